//! A query applied to what the journal kept of fiches: kinds, territories, areas, terms, numbers, years, labels.
//! Words are not: nothing of them is kept.

use crate::journal::ground::JournalGround;
use crate::journal::trace::Trace;
use crate::recipes::aspects;
use crate::snapshot::Snapshot;
use atlaas_model::{
    Area, Aspect, Code, DocId, DocSet, Facet, FacetInfo, Level, PeersOf, Position, Schema, Value,
};
use atlaas_search::{Plan, Query, Range};
use atlaas_spatial::SpatialIndex;
use std::sync::Arc;

/// One query, ready for every change.
pub struct KeptFilter<'a> {
    snapshot: &'a Snapshot,
    ground: &'a JournalGround,
    schema: Arc<Schema>,
    query: Query,
    /// Terms, classes, levels and mentions by facet, of which any must be borne.
    wanted: Vec<(Facet, Vec<String>)>,
    /// Codes of the territories of a level, of which any must be the fiche's.
    territories: Vec<(Level, Vec<Code>)>,
    /// The changes whose fiche lies in all areas, after and before; absent without areas.
    areas: Option<[DocSet; 2]>,
}

impl<'a> KeptFilter<'a> {
    /// The filter of a query that was planned.
    pub fn new(snapshot: &'a Snapshot, ground: &'a JournalGround, plan: Plan) -> Self {
        let Plan {
            areas,
            resolved: query,
            ..
        } = plan;
        let mut territories = Vec::new();
        // With a margin around them, they are an area.
        if query.around_km.is_none() {
            for (level, codes) in &query.territories {
                let codes = codes.iter().filter_map(|code| code.parse().ok());
                territories.push((*level, codes.collect()));
            }
        }
        let mut around = Vec::new();
        for area in &areas {
            match area {
                Area::Peers(peers) => territories.push(alike(snapshot, peers)),
                // Asked of the commune of a fiche, as it is today.
                Area::Aspect(_) => {}
                _ => around.push(area),
            }
        }
        let areas = (!around.is_empty()).then(|| {
            [ground.after(), ground.before()].map(|places| {
                let mut left = DocSet::full(places.positions().len() as DocId);
                for area in &around {
                    left.intersect(&within(snapshot, places, area));
                }
                left
            })
        });
        let schema = Arc::clone(snapshot.schema());
        let wanted = schema
            .facets()
            .iter()
            .map(|info| info.facet)
            .filter(|facet| *facet != Facet::Type && facet.level().is_none())
            // Beside some terms words count as well: what they find is not known here.
            .filter(|facet| {
                !query.or_named.contains_key(facet) && !query.or_texted.contains_key(facet)
            })
            .map(|facet| (facet, query.selected(facet)))
            .filter(|(_, wanted)| !wanted.is_empty())
            .collect();
        Self {
            snapshot,
            ground,
            schema,
            query,
            wanted,
            territories,
            areas,
        }
    }

    /// Whether it finds the fiche of a change as it was after it; of one that went, as it was last.
    pub fn keeps(&self, change: usize) -> bool {
        let inside = |areas: &[DocSet; 2]| areas[0].contains(change as DocId);
        self.areas.as_ref().is_none_or(inside) && self.finds(&self.ground.change(change).fiche)
    }

    /// Whether it found the fiche before the change, in a state that could be told apart.
    pub fn kept_before(&self, change: usize) -> bool {
        let inside = |areas: &[DocSet; 2]| areas[1].contains(change as DocId);
        let before = self.ground.change(change).avant.as_deref();
        before.is_some_and(|before| self.areas.as_ref().is_none_or(inside) && self.finds(before))
    }

    fn finds(&self, trace: &Trace) -> bool {
        let query = &self.query;
        let labelled = |year: &u16| query.label_years.iter().any(|years| years.contains(year));
        (query.kinds.is_empty() || query.kinds.contains(&trace.kind))
            && (query.label_years.is_empty() || trace.annees_label.iter().any(labelled))
            && self.territories.iter().all(|(level, codes)| {
                let own = trace.territoire.at(*level);
                own.is_some_and(|own| codes.contains(&own))
            })
            && self
                .wanted
                .iter()
                .all(|(facet, wanted)| self.bears(trace, *facet, wanted))
            && query
                .aspects
                .iter()
                .all(|aspect| self.has_aspect(trace, aspect))
            && query
                .ranges
                .iter()
                .all(|(facet, range)| within_range(trace, *facet, range))
    }

    /// Whether a fiche lies in a commune of an aspect. The day of its last change is not kept: any year may be
    /// the one.
    fn has_aspect(&self, trace: &Trace, aspect: &Aspect) -> bool {
        if matches!(aspect, Aspect::Updated(_)) {
            return true;
        }
        let communes = self.snapshot.communes();
        let code = trace.territoire.commune;
        let doc = code.and_then(|code| self.snapshot.catalogue().territory(Level::Commune, code));
        let row = doc.and_then(|doc| communes.row_of_commune(doc));
        row.is_some_and(|row| aspects::bears(communes, aspect, row))
    }

    fn bears(&self, trace: &Trace, facet: Facet, wanted: &[String]) -> bool {
        let wants = |spelt: &str| wanted.iter().any(|wanted| wanted == spelt);
        match facet {
            Facet::Arobases => trace.arobases > 0 && wants(&trace.arobases.to_string()),
            Facet::Mention => trace.mentions.iter().any(|mention| wants(mention)),
            Facet::Column(key) => match trace.valeurs.get(key) {
                Some(Value::Terms(slugs)) => slugs.iter().any(|slug| wants(slug)),
                Some(Value::Year(year)) => wants(&year.to_string()),
                Some(Value::Date(day)) => wants(&day.year().to_string()),
                Some(Value::Boolean(yes)) => wants(if *yes { "oui" } else { "non" }),
                Some(Value::Number(number)) => {
                    let class = |info: &FacetInfo| info.classes().nth(info.class_of(*number));
                    let class = self.schema.info(facet).and_then(class);
                    class.is_some_and(|class| wants(&class))
                }
                Some(Value::Texts(_)) | None => false,
            },
            Facet::Type | Facet::Region | Facet::Departement | Facet::Epci => true,
        }
    }
}

/// Whether a number or a date lies in a range, its ends included.
fn within_range(trace: &Trace, facet: Facet, range: &Range) -> bool {
    let Facet::Column(key) = facet else {
        return true;
    };
    let Some(measure) = trace.valeurs.get(key).and_then(Value::measure) else {
        return false;
    };
    let above = range
        .least
        .as_ref()
        .is_none_or(|least| measure >= least.value);
    let below = range.most.as_ref().is_none_or(|most| measure <= most.value);
    above && below
}

/// The territories that resemble one.
fn alike(snapshot: &Snapshot, peers: &PeersOf) -> (Level, Vec<Code>) {
    (peers.level, snapshot.peers(peers))
}

/// The changes whose fiche lies in an area. A territory without a polygon is a disc around its centre.
fn within(snapshot: &Snapshot, places: &SpatialIndex, area: &Area) -> DocSet {
    if let Some(docs) = places.select(area) {
        return docs;
    }
    let none = || DocSet::empty(places.positions().len() as DocId);
    if let Area::Any(areas) = area {
        let mut any = none();
        for area in areas {
            any.union(&within(snapshot, places, area));
        }
        return any;
    }
    let Area::Around {
        kind,
        code,
        margin_km,
    } = *area
    else {
        return none();
    };
    let territories = snapshot.territories();
    let around = territories.around(kind, code, margin_km, places.positions());
    around.unwrap_or_else(|| {
        let catalogue = snapshot.catalogue();
        let centre: Option<Position> = catalogue
            .territory(kind, code)
            .and_then(|doc| catalogue.fiche(doc).position);
        let disc = centre.filter(|_| margin_km > 0.0).map(|centre| Area::Disc {
            centre,
            radius_km: margin_km,
        });
        disc.and_then(|disc| places.select(&disc))
            .unwrap_or_else(none)
    })
}
