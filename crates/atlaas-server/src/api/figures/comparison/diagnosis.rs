//! What a territory and its peers have, as JSON has it.

use crate::api::figures::spread::{Spread, tidy};
use crate::formats::LIST;
use atlaas_engine::{Activity, ComparedTerm, Diagnosis, Nearby, Snapshot};
use atlaas_model::{Facet, Kind, Level, Schema};
use serde::Serialize;

/// Objects, terms, neighbourhood, label.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = PreDiagnostic)]
pub struct Diagnosed<'a> {
    /// Objects of each layer.
    activite: Vec<ActivityOf<'a>>,
    /// What there is under each term of the compared facets.
    diagnostic: Vec<FacetOf<'a>>,
    /// Objects near the place.
    proximite: Vec<NearbyOf<'a>>,
    /// The label, the oldest year first.
    label: Vec<LabelOf>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ActiviteComparee)]
struct ActivityOf<'a> {
    couche: &'a str,
    n: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pour_10000: Option<f64>,
    /// Peers that have at least one.
    semblables_actifs: usize,
    semblables: Option<Spread>,
    semblables_pour_10000: Option<Spread>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = FacetteComparee)]
struct FacetOf<'a> {
    couche: &'a str,
    facette: &'a str,
    termes: Vec<TermOf<'a>>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TermeCompare)]
struct TermOf<'a> {
    terme: &'a str,
    nom: &'a str,
    /// Sheets of the territory.
    n: u32,
    /// Sheets of the peers in all, and peers that have at least one.
    fiches_semblables: u32,
    semblables_actifs: usize,
    semblables: Option<Spread>,
    /// Whether most of the peers have it and the territory has not.
    manque: bool,
    /// Sheets of peers to read, the most recent and best documented first.
    a_lire: Vec<ToRead<'a>>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = FicheALire)]
struct ToRead<'a> {
    id: String,
    nom: &'a str,
    commune: Option<&'a str>,
    href: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ProximiteComparee)]
struct NearbyOf<'a> {
    couche: &'a str,
    rayon_km: f64,
    /// Absent when nobody knows where the place lies.
    n: Option<u32>,
    semblables: Option<Spread>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = LabelCompare)]
struct LabelOf {
    annee: u16,
    /// 0 for a mention alone; absent without a label that year.
    arobases: Option<u8>,
    /// How many peers had one to five arobases.
    semblables: [u32; 5],
}

impl<'a> Diagnosed<'a> {
    /// What was found, told with the names of the schema.
    pub fn new(snapshot: &'a Snapshot, found: &'a Diagnosis, base: &str) -> Self {
        let schema = snapshot.schema();
        let facets = found.facets.iter().map(|facet| FacetOf {
            couche: layer(schema, facet.kind),
            facette: facet.facet.as_str(),
            termes: facet
                .terms
                .iter()
                .map(|term| TermOf::new(snapshot, facet.facet, term, (found.peers, base)))
                .collect(),
        });
        let labels = found.labels.iter().map(|label| LabelOf {
            annee: label.year,
            arobases: label.own,
            semblables: label.levels,
        });
        Self {
            activite: found
                .activity
                .iter()
                .map(|one| activity(schema, one))
                .collect(),
            diagnostic: facets.collect(),
            proximite: found.nearby.iter().map(|one| nearby(schema, one)).collect(),
            label: labels.collect(),
        }
    }
}

fn layer(schema: &Schema, kind: Kind) -> &str {
    schema.layer(kind).map_or("", |layer| layer.name.as_str())
}

fn activity<'a>(schema: &'a Schema, activity: &Activity) -> ActivityOf<'a> {
    ActivityOf {
        couche: layer(schema, activity.kind),
        n: activity.own,
        pour_10000: activity.own_rate.map(tidy),
        semblables_actifs: activity.having,
        semblables: activity.counts.map(Spread::from),
        semblables_pour_10000: activity.rates.map(Spread::from),
    }
}

fn nearby<'a>(schema: &'a Schema, nearby: &Nearby) -> NearbyOf<'a> {
    NearbyOf {
        couche: layer(schema, nearby.kind),
        rayon_km: nearby.km,
        n: nearby.own,
        semblables: nearby.counts.map(Spread::from),
    }
}

impl<'a> TermOf<'a> {
    fn new(
        snapshot: &'a Snapshot,
        facet: Facet,
        term: &'a ComparedTerm,
        (peers, base): (usize, &str),
    ) -> Self {
        let catalogue = snapshot.catalogue();
        let read = term.read.iter().map(|&doc| {
            let fiche = catalogue.fiche(doc);
            ToRead {
                id: fiche.id.to_string(),
                nom: &fiche.name,
                commune: catalogue.name_at(fiche, Level::Commune),
                href: format!("{base}{LIST}/{}", fiche.id),
            }
        });
        Self {
            terme: &term.slug,
            nom: catalogue.vocabulary().label(facet, &term.slug),
            n: term.own,
            fiches_semblables: term.theirs,
            semblables_actifs: term.having,
            semblables: term.counts.map(Spread::from),
            manque: term.is_gap(peers),
            a_lire: read.collect(),
        }
    }
}
