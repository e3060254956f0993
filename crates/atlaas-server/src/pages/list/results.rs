//! The results region: how the query was understood, active filters, facets, list, exports. The
//! same for the page without scripts and for the scripts that swap it.

use crate::call::tilesets::tilesets;
use crate::formats::format::{Content, ListFormat};
use crate::formats::proposal::told;
use crate::formats::{self, LIST};
use crate::pages::layout::frame::Frame;
use crate::pages::list::anchor::Anchor;
use crate::pages::list::choices::{FacetView, facets};
use crate::pages::list::echo::{active, alternatives, steps, strictly, understood};
use crate::pages::list::hits::HitView;
use crate::pages::list::links;
use crate::picture::view::View;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{FacetCounts, Plan, Query, SearchAnswer, Snapshot, Sort};
use atlaas_model::{ColumnType, Facet, Kind, Order, Schema};

/// Words, places and filters that a title names; a tab shows no more.
const NAMED: usize = 5;

/// Everything that the region shows.
pub struct ResultsView {
    /// Which fiches: the query of tiles and exports.
    pub query: String,
    /// The same with order and page.
    pub whole_query: String,
    /// Tilesets that can hold matches, joined by spaces.
    pub tilesets: String,
    /// Where the map looks.
    pub view: View,
    /// `12 345 fiches`.
    pub count: String,
    /// Counts by kind, for the line under the title.
    pub kinds: String,
    /// Title of the page under this query.
    pub title: String,
    /// How the words were read; empty when there is nothing to tell.
    pub understood: Vec<String>,
    /// What gave way for anything to be found, a sentence each.
    pub steps: Vec<String>,
    /// The query without any step.
    pub strictly: Anchor,
    /// What a screen reader is told when the list changes.
    pub announce: String,
    /// Other readings.
    pub alternatives: Vec<Anchor>,
    /// Filters in force, each with the query without it.
    pub active: Vec<Anchor>,
    /// Facets with at least two values, or one that is on.
    pub facets: Vec<FacetView>,
    /// This page of the list.
    pub hits: Vec<HitView>,
    /// Rank of the first hit.
    pub first: u32,
    /// Orders.
    pub orders: Vec<Anchor>,
    /// Page before.
    pub before: Option<String>,
    /// Page after.
    pub after: Option<String>,
    /// What to try when nothing matches.
    pub proposals: Vec<Anchor>,
    /// Queries that find something, for whoever found nothing.
    pub examples: [Anchor; 3],
    /// Exports of this query.
    pub exports: Vec<Anchor>,
    /// Address to share.
    pub permalink: String,
    /// The generator of embeds for this query.
    pub embed: String,
    /// The changes of what this query finds.
    pub changes: String,
    /// The same list, from this snapshot for as long as it is kept.
    pub dated: String,
    /// What stays in the form when one searches again.
    pub kept: Vec<(String, String)>,
}

impl ResultsView {
    /// The region for one answered query.
    pub fn new(
        frame: &Frame,
        snapshot: &Snapshot,
        query: &Query,
        found: &SearchAnswer,
        view: View,
    ) -> Self {
        let (plan, answer) = (&found.plan, &found.answer);
        let lang = frame.lang;
        let base = base_query(query, plan);
        let filter = links::first_page(query);
        let (before, after) = links::neighbours(query, answer.matched);
        let address = |query: &Query| frame.explorer(&query.canonical());
        let count = fiches(lang, answer.matched);
        let nearest = answer.hits.first().filter(|_| query.offset == 0);
        let nearest = nearest.and_then(|hit| {
            let fiche = snapshot.catalogue().fiche(hit.doc);
            Some((fiche.name.as_str(), hit.distance_km?))
        });
        let steps = steps(lang, plan, nearest);
        Self {
            query: query.filter_canonical(),
            whole_query: query.canonical(),
            tilesets: tilesets(query, snapshot.schema()).join(" "),
            view,
            kinds: by_kind(lang, snapshot.schema(), &answer.facets),
            title: title(lang, query, &active(frame, query, snapshot), &count),
            announce: [std::slice::from_ref(&count), &steps].concat().join(". "),
            count,
            steps,
            strictly: strictly(frame, query),
            understood: understood(lang, snapshot.schema(), plan, query),
            alternatives: alternatives(frame, query, plan),
            active: active(frame, &base, snapshot),
            facets: facets(frame, &base, query, &answer.facets, snapshot),
            hits: answer
                .hits
                .iter()
                .map(|hit| HitView::of_hit(frame, snapshot, hit))
                .collect(),
            first: query.offset + 1,
            orders: orders(frame, query, plan, snapshot.schema()),
            before: before.as_ref().map(address),
            after: after.as_ref().map(address),
            proposals: answer
                .proposals
                .iter()
                .map(|proposal| Anchor {
                    text: format!(
                        "{} ({})",
                        told(lang, snapshot.schema(), &proposal.advice),
                        lang.number(proposal.n.into())
                    ),
                    href: frame.explorer(&proposal.requete),
                    on: false,
                })
                .collect(),
            examples: examples(frame),
            exports: exports(frame, &filter.canonical()),
            permalink: frame.absolute("/", &query.canonical()),
            embed: frame.to("/integrer", &filter.canonical()),
            changes: frame.to("/changements", &query.filter_canonical()),
            dated: dated(frame, query),
            kept: kept(query),
        }
    }
}

/// Title of the page: the words, the place and the filters that are looked at, never a bare number.
fn title(lang: Language, query: &Query, active: &[Anchor], count: &str) -> String {
    if query.canonical().is_empty() {
        return lang.say("results-home-title").to_owned();
    }
    let filters = active.iter().map(|filter| filter.text.as_str());
    let named: Vec<&str> = query.q.as_deref().into_iter().chain(filters).collect();
    if named.is_empty() {
        return format!("{count} – Atlaas");
    }
    let named = named[..named.len().min(NAMED)].join(", ");
    format!("{named} : {count} – Atlaas")
}

/// What facet links start from: with what was understood made explicit, when something was.
fn base_query(asked: &Query, plan: &Plan) -> Query {
    let understood = &plan.comprehension;
    let nothing = understood.lieu.is_none() && understood.facettes.is_empty();
    if nothing || asked.q.is_none() {
        return asked.clone();
    }
    Query {
        q_brut: plan.resolved.q.is_some(),
        ..links::first_page(&plan.resolved)
    }
}

fn fiches(lang: Language, n: u32) -> String {
    lang.tell(&Message::new("count-entries").count("n", n))
}

fn by_kind(lang: Language, schema: &Schema, facets: &[FacetCounts]) -> String {
    let Some(counts) = facets.iter().find(|counts| counts.facette == Facet::Type) else {
        return String::new();
    };
    let selected = counts.valeurs.iter().any(|value| value.selectionnee);
    let parts: Vec<String> = counts
        .valeurs
        .iter()
        .filter(|value| value.n > 0 && (value.selectionnee || !selected))
        .filter_map(|value| Some(lang.counted(schema, schema.kind(&value.valeur)?, value.n)))
        .collect();
    parts.join(", ")
}

fn orders(frame: &Frame, query: &Query, plan: &Plan, schema: &Schema) -> Vec<Anchor> {
    let lang = frame.lang;
    let mut orders = vec![(Sort::Relevance, lang.say("order-relevance"))];
    if plan.origin.is_some() {
        orders.push((Sort::Distance, lang.say("order-distance")));
    }
    orders.extend([
        (Sort::Newest, lang.say("order-date")),
        (Sort::Name, lang.say("order-name")),
    ]);
    // Columns that everything asked for has; years follow from the date.
    let kinds = &plan.resolved.kinds;
    let told = |order: &&Order| {
        let has = |kind: &Kind| {
            order
                .kinds
                .iter()
                .any(|name| name.as_str() == kind.as_str())
        };
        order.kind != ColumnType::Year && !kinds.is_empty() && kinds.iter().all(has)
    };
    for order in schema.orders().iter().filter(told) {
        let (falling, rising) = (
            Sort::Falling(order.column, order.falling),
            Sort::Rising(order.column),
        );
        let title = lang.of(&order.title);
        if order.kind.is_measured() {
            orders.push((falling, title));
        } else {
            orders.push((rising, title));
        }
    }
    let link = |(sort, text): (Sort, &str)| Anchor {
        text: text.to_owned(),
        href: frame.explorer(&links::sorted(query, sort).canonical()),
        on: query.sort == sort,
    };
    orders.into_iter().map(link).collect()
}

/// What one may ask: around a place, in one, by topic.
fn examples(frame: &Frame) -> [Anchor; 3] {
    [
        "explorer-example-around",
        "explorer-example-place",
        "explorer-example-topic",
    ]
    .map(|id| {
        let words = frame.lang.say(id);
        let query = Query {
            q: Some(words.to_owned()),
            ..Query::default()
        };
        Anchor {
            text: words.to_owned(),
            href: frame.explorer(&query.canonical()),
            on: false,
        }
    })
}

/// The address of a query that names the snapshot.
fn dated(frame: &Frame, query: &Query) -> String {
    let canonical = query.canonical();
    let mark = if canonical.is_empty() { "" } else { "&" };
    frame.to("/", &format!("{canonical}{mark}v={}", frame.snapshot))
}

/// The forms of this query that pages offer: those that hold all of it first.
fn exports(frame: &Frame, query: &str) -> Vec<Anchor> {
    let all = formats::ALL.iter().copied();
    let (whole, pages): (Vec<&ListFormat>, Vec<&ListFormat>) =
        all.partition(|format| matches!(format.content, Content::Whole { .. }));
    let offers = whole.iter().chain(&pages).flat_map(|format| {
        let address = format!("{LIST}.{}", format.name);
        let own = format.offers.iter();
        own.map(move |offer| ((offer.text)(frame.lang), address.clone(), offer.query))
    });
    let api = (frame.lang.say("export-api"), LIST.to_owned(), "");
    offers
        .chain([api])
        .map(|(text, address, added)| {
            let parts = [query, added].into_iter().filter(|part| !part.is_empty());
            Anchor {
                text: text.to_owned(),
                href: frame.data(&address, &parts.collect::<Vec<_>>().join("&")),
                on: false,
            }
        })
        .collect()
}

/// What a new search in the form keeps: everything but the words, the place and the page.
fn kept(query: &Query) -> Vec<(String, String)> {
    let mut pairs = links::pairs(&links::first_page(query).canonical());
    pairs.retain(|(name, _)| !["q", "q_brut", "pres_de", "rayon"].contains(&name.as_str()));
    pairs
}
