//! The results region: how the query was understood, active filters, facets, list, exports. The
//! same for the page without scripts and for the scripts that swap it.

use super::frame::{Frame, Lang};
use super::hits::HitView;
use super::links;
use super::view::View;
use atlaas_engine::{FacetCounts, Plan, Query, SearchAnswer, Snapshot, Sort};
use atlaas_model::{Facet, Kind};

/// Values of a facet that are shown before one searches in it.
const SHOWN: usize = 12;
/// Values shown when they answer a search inside the facet.
const SHOWN_FOUND: usize = 30;

/// One value of a facet, as a link that puts it on or takes it off.
pub struct Choice {
    /// Unique in the page, so that focus survives a swap.
    pub id: String,
    /// Name.
    pub name: String,
    /// Count, written out.
    pub n: String,
    /// Whether it is on.
    pub on: bool,
    /// The query with it turned over.
    pub href: String,
    /// Colour, for enjeux; may be empty.
    pub color: String,
}

/// A facet with its values.
pub struct FacetView {
    /// Public name.
    pub name: &'static str,
    /// Title.
    pub title: &'static str,
    /// How many values there are.
    pub count: usize,
    /// Whether it is shown open.
    pub open: bool,
    /// Values in order.
    pub choices: Vec<Choice>,
}

/// A link with a text.
pub struct Link {
    /// Text.
    pub text: String,
    /// Address.
    pub href: String,
    /// Whether it is the one in force.
    pub on: bool,
}

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
    /// Other readings.
    pub alternatives: Vec<Link>,
    /// Filters in force, each with the query without it.
    pub active: Vec<Link>,
    /// Facets with at least two values, or one that is on.
    pub facets: Vec<FacetView>,
    /// This page of the list.
    pub hits: Vec<HitView>,
    /// Rank of the first hit.
    pub first: u32,
    /// Orders.
    pub orders: Vec<Link>,
    /// Page before.
    pub before: Option<String>,
    /// Page after.
    pub after: Option<String>,
    /// What to try when nothing matches.
    pub proposals: Vec<Link>,
    /// Exports of this query.
    pub exports: Vec<Link>,
    /// Address to share.
    pub permalink: String,
    /// The generator of embeds for this query.
    pub embed: String,
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
        Self {
            query: query.filter_canonical(),
            whole_query: query.canonical(),
            tilesets: tilesets(query).join(" "),
            view,
            kinds: by_kind(lang, &answer.facets),
            title: format!(
                "{}{count} – Atlaas",
                query
                    .q
                    .as_ref()
                    .map(|q| format!("{q} : "))
                    .unwrap_or_default()
            ),
            count,
            understood: understood(lang, plan, query),
            alternatives: alternatives(frame, query, plan),
            active: active(frame, &base, snapshot),
            facets: facets(frame, &base, query, &answer.facets, snapshot),
            hits: answer
                .hits
                .iter()
                .map(|hit| HitView::of_hit(frame, snapshot, hit))
                .collect(),
            first: query.offset + 1,
            orders: orders(frame, query, plan),
            before: before.as_ref().map(address),
            after: after.as_ref().map(address),
            proposals: answer
                .proposals
                .iter()
                .map(|proposal| Link {
                    text: format!("{} ({})", proposal.texte, lang.number(proposal.n.into())),
                    href: frame.explorer(&proposal.requete),
                    on: false,
                })
                .collect(),
            exports: exports(frame, &filter.canonical()),
            permalink: frame.absolute("/", &query.canonical()),
            embed: frame.to("/integrer", &filter.canonical()),
            kept: kept(query),
        }
    }
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

fn fiches(lang: Lang, n: u32) -> String {
    let noun = if n < 2 {
        lang.t("fiche", "entry")
    } else {
        lang.t("fiches", "entries")
    };
    format!("{} {noun}", lang.number(n.into()))
}

fn by_kind(lang: Lang, facets: &[FacetCounts]) -> String {
    let Some(counts) = facets.iter().find(|counts| counts.facette == Facet::Type) else {
        return String::new();
    };
    let selected = counts.valeurs.iter().any(|value| value.selectionnee);
    let parts: Vec<String> = counts
        .valeurs
        .iter()
        .filter(|value| value.n > 0 && (value.selectionnee || !selected))
        .map(|value| {
            format!(
                "{} {}",
                lang.number(value.n.into()),
                plural(lang, &value.valeur, value.n)
            )
        })
        .collect();
    parts.join(", ")
}

/// The name of a kind, after a number.
fn plural(lang: Lang, kind: &str, n: u32) -> &'static str {
    let one = n < 2;
    match kind {
        "commune" => {
            if one {
                "commune"
            } else {
                "communes"
            }
        }
        "epci" => {
            if one {
                lang.t("intercommunalité", "intercommunality")
            } else {
                lang.t("intercommunalités", "intercommunalities")
            }
        }
        "departement" => {
            if one {
                lang.t("département", "department")
            } else {
                lang.t("départements", "departments")
            }
        }
        "region" => {
            if one {
                lang.t("région", "region")
            } else {
                lang.t("régions", "regions")
            }
        }
        "colieu" => {
            if one {
                lang.t("lieu de médiation", "digital place")
            } else {
                lang.t("lieux de médiation", "digital places")
            }
        }
        _ => {
            if one {
                "initiative"
            } else {
                "initiatives"
            }
        }
    }
}

/// The tilesets that can show what the query matches.
pub fn tilesets(query: &Query) -> Vec<&'static str> {
    let wants = |kind| query.kinds.is_empty() || query.kinds.contains(&kind);
    let mut sets = Vec::new();
    if wants(Kind::Initiative) {
        sets.push("initiatives");
    }
    if wants(Kind::Colieu) {
        sets.push("colieux");
    }
    sets
}

fn understood(lang: Lang, plan: &Plan, query: &Query) -> Vec<String> {
    let told = &plan.comprehension;
    let mut lines = Vec::new();
    if let Some(place) = &told.lieu {
        let relation = if place.relation == "pres" {
            lang.t("près de", "near")
        } else {
            lang.t("dans", "in")
        };
        let radius = told
            .rayon
            .map(|km| format!(" ({})", lang.kilometres(km)))
            .unwrap_or_default();
        let former = place
            .ancien_nom
            .as_ref()
            .map(|name| format!(", {} {name}", lang.t("autrefois", "formerly")));
        lines.push(format!(
            "{relation} {}{}{radius}",
            place.nom,
            former.unwrap_or_default()
        ));
    }
    if query.q.is_some()
        && !told.texte.is_empty()
        && (told.lieu.is_some() || !told.facettes.is_empty())
    {
        lines.push(format!(
            "{} « {} »",
            lang.t("mots cherchés :", "words:"),
            told.texte
        ));
    }
    for facet in &told.facettes {
        lines.push(format!(
            "{} : {}",
            title(lang, facet.facette).to_lowercase(),
            facet.nom
        ));
    }
    for correction in &told.corrections {
        lines.push(format!(
            "« {} » {} « {} »",
            correction.mot,
            lang.t("lu", "read as"),
            correction.lu
        ));
    }
    lines
}

fn alternatives(frame: &Frame, query: &Query, plan: &Plan) -> Vec<Link> {
    let mut links: Vec<Link> = plan
        .comprehension
        .alternatives
        .iter()
        .map(|other| Link {
            text: if other.precision.is_empty() {
                other.nom.clone()
            } else {
                format!("{} ({})", other.nom, other.precision)
            },
            href: frame.explorer(&other.requete),
            on: false,
        })
        .collect();
    let told = &plan.comprehension;
    let read = told.lieu.is_some() || !told.facettes.is_empty() || !told.corrections.is_empty();
    if let (Some(q), true, false) = (&query.q, read, query.q_brut) {
        let literal = Query {
            q_brut: true,
            ..links::first_page(query)
        };
        links.push(Link {
            text: format!(
                "{} « {q} »",
                frame.lang.t("exactement les mots", "exactly the words")
            ),
            href: frame.explorer(&literal.canonical()),
            on: false,
        });
    }
    links
}

/// The filters in force, each with the query that lifts it.
fn active(frame: &Frame, base: &Query, snapshot: &Snapshot) -> Vec<Link> {
    let lang = frame.lang;
    let catalogue = snapshot.catalogue();
    let mut active = Vec::new();
    let mut push = |text: String, without: Query| {
        active.push(Link {
            text,
            href: frame.explorer(&without.canonical()),
            on: true,
        });
    };
    for (&kind, codes) in &base.territories {
        for code in codes {
            let name = code
                .parse()
                .ok()
                .and_then(|code| catalogue.territory_name(kind, code));
            let mut without = links::first_page(base);
            if let Some(codes) = without.territories.get_mut(&kind) {
                codes.retain(|other| other != code);
            }
            without.territories.retain(|_, codes| !codes.is_empty());
            push(name.unwrap_or(code).to_owned(), without);
        }
    }
    for facet in Facet::ALL {
        if matches!(facet, Facet::Region | Facet::Departement | Facet::Epci) {
            continue;
        }
        for value in base.selected(facet).into_iter().take(30) {
            let name = match facet {
                Facet::Annee => value.clone(),
                Facet::Arobases => "@".repeat(value.parse().unwrap_or(0)),
                Facet::Type => plural(lang, &value, 2).to_owned(),
                _ => catalogue.vocabulary().label(facet, &value).to_owned(),
            };
            push(name, links::toggle(base, facet, &value));
        }
    }
    let plain = links::first_page(base);
    if base.near.is_some() || (base.position.is_some() && base.radius_km.is_some()) {
        let without = Query {
            near: None,
            position: None,
            radius_km: None,
            sort: Sort::default(),
            ..plain.clone()
        };
        push(
            lang.t("autour d’un lieu", "around a place").to_owned(),
            without,
        );
    }
    if base.bbox.is_some() {
        push(
            lang.t("zone affichée", "shown area").to_owned(),
            Query {
                bbox: None,
                ..plain.clone()
            },
        );
    }
    if base.polygon.is_some() {
        push(
            lang.t("zone dessinée", "drawn area").to_owned(),
            Query {
                polygon: None,
                ..plain
            },
        );
    }
    active
}

fn facets(
    frame: &Frame,
    base: &Query,
    asked: &Query,
    counts: &[FacetCounts],
    snapshot: &Snapshot,
) -> Vec<FacetView> {
    counts
        .iter()
        .filter(|counts| {
            counts.valeurs.len() > 1 || counts.valeurs.iter().any(|value| value.selectionnee)
        })
        .map(|counts| facet(frame, base, asked, counts, snapshot))
        .collect()
}

fn facet(
    frame: &Frame,
    base: &Query,
    asked: &Query,
    counts: &FacetCounts,
    snapshot: &Snapshot,
) -> FacetView {
    let name = counts.facette;
    let searched = asked.facet_search.contains_key(&name);
    let shown = if searched { SHOWN_FOUND } else { SHOWN };
    let terms = snapshot.catalogue().vocabulary().terms(name);
    let kept = counts
        .valeurs
        .iter()
        .enumerate()
        .filter(|(rank, value)| *rank < shown || value.selectionnee);
    let choices = kept
        .map(|(_, value)| Choice {
            id: format!("f-{name}-{}", value.valeur),
            name: match name {
                Facet::Type => plural(frame.lang, &value.valeur, 2).to_owned(),
                _ => value.nom.clone(),
            },
            n: frame.lang.number(value.n.into()),
            on: value.selectionnee,
            href: frame.explorer(&links::toggle(base, name, &value.valeur).canonical()),
            color: terms
                .iter()
                .find(|term| term.slug == value.valeur)
                .map(|term| term.couleur.clone())
                .unwrap_or_default(),
        })
        .collect();
    FacetView {
        name: name.as_str(),
        title: title(frame.lang, name),
        count: counts.valeurs.len(),
        open: matches!(name, Facet::Type | Facet::Enjeu)
            || counts.valeurs.iter().any(|value| value.selectionnee),
        choices,
    }
}

/// The title of a facet.
pub const fn title(lang: Lang, facet: Facet) -> &'static str {
    match facet {
        Facet::Type => lang.t("Type", "Type"),
        Facet::Enjeu => lang.t("Enjeu", "Topic"),
        Facet::Categorie => lang.t("Catégorie", "Category"),
        Facet::Services => "Services",
        Facet::Publics => lang.t("Publics", "Audience"),
        Facet::Annee => lang.t("Année", "Year"),
        Facet::Arobases => lang.t("Label (arobases)", "Label (arobases)"),
        Facet::Region => lang.t("Région", "Region"),
        Facet::Departement => lang.t("Département", "Department"),
        Facet::Epci => lang.t("Intercommunalité", "Intercommunality"),
        Facet::Typologie => lang.t("Type de lieu", "Kind of place"),
        Facet::Mention => "Mention",
    }
}

fn orders(frame: &Frame, query: &Query, plan: &Plan) -> Vec<Link> {
    let lang = frame.lang;
    let mut orders = vec![(Sort::Relevance, lang.t("pertinence", "relevance"))];
    if plan.origin.is_some() {
        orders.push((Sort::Distance, "distance"));
    }
    orders.extend([
        (Sort::Newest, "date"),
        (Sort::Name, lang.t("nom", "name")),
        (Sort::Population, "population"),
    ]);
    let link = |(sort, text): (Sort, &str)| Link {
        text: text.to_owned(),
        href: frame.explorer(&links::sorted(query, sort).canonical()),
        on: query.sort == sort,
    };
    orders.into_iter().map(link).collect()
}

fn exports(frame: &Frame, query: &str) -> Vec<Link> {
    let excel = if query.is_empty() {
        "dialecte=excel-fr".to_owned()
    } else {
        format!("{query}&dialecte=excel-fr")
    };
    [
        ("CSV", ".csv", query),
        (
            frame.lang.t("CSV pour Excel", "CSV for French Excel"),
            ".csv",
            excel.as_str(),
        ),
        ("XLSX", ".xlsx", query),
        ("GeoJSON", ".geojson", query),
        (
            frame
                .lang
                .t("Atom (suivre les nouveautés)", "Atom (follow what is new)"),
            ".atom",
            query,
        ),
        (frame.lang.t("Lien de l’API", "API link"), "", query),
    ]
    .map(|(text, extension, query)| Link {
        text: text.to_owned(),
        href: frame.data(&format!("/api/v1/fiches{extension}"), query),
        on: false,
    })
    .into()
}

/// What a new search in the form keeps: everything but the words, the place and the page.
fn kept(query: &Query) -> Vec<(String, String)> {
    let mut pairs = links::pairs(&links::first_page(query).canonical());
    pairs.retain(|(name, _)| !["q", "q_brut", "pres_de", "rayon"].contains(&name.as_str()));
    pairs
}
