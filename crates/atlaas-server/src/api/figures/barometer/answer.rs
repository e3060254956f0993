//! The barometer as JSON has it: what was counted, what it is out of, a case for each value.

use crate::api::figures::spread::{Spread, tidy};
use crate::call::barometer;
use crate::formats::LIST;
use crate::formats::stamp::SnapshotStamp;
use crate::words::language::Language;
use atlaas_engine::{
    ATTRIBUTION, Barometer, BarometerAsk, Cell, CellRate, CellStandard, CellStanding, Pool, Query,
    Snapshot, Verdict,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What an answer is made of.
pub struct AskedBarometer<'a> {
    /// The snapshot that answers.
    pub snapshot: &'a Snapshot,
    /// What was asked.
    pub ask: &'a BarometerAsk,
    /// What was counted.
    pub found: &'a Barometer,
    /// How absolute addresses begin.
    pub base: &'a str,
    /// Language of the names.
    pub language: Language,
}

/// What a query counts.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Barometre)]
pub struct BarometerAnswer<'a> {
    /// The query whose objects are counted.
    requete: String,
    par: Vec<Axis>,
    /// `participantes` or `communes`: what rates and parts are out of.
    parmi: &'static str,
    total: Case<'a>,
    cases: Vec<Case<'a>>,
    /// Year of the sources, which they know in part.
    #[serde(skip_serializing_if = "Option::is_none")]
    annee_partielle: Option<u16>,
    methode: &'static str,
    source: &'static str,
    licence: String,
    instantane: SnapshotStamp,
}

/// A dimension.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DimensionDuBarometre)]
struct Axis {
    nom: String,
    titre: String,
    /// Whether an object can have several values: parts then sum over 1.
    plusieurs_valeurs: bool,
    /// Whether each value has communes and inhabitants of its own.
    de_territoires: bool,
    /// Objects that have no value.
    sans_valeur: u32,
}

/// The figures under a value, or a pair of values.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = CaseDuBarometre)]
struct Case<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    valeurs: Vec<CaseValue>,
    /// Objects that match.
    fiches: u32,
    /// CasePart of all that match.
    part: f64,
    /// Communes that have at least one.
    actives: u32,
    /// Communes that take part.
    participantes: u32,
    communes: u32,
    /// Inhabitants of the communes that rates are out of.
    population: u64,
    /// Communes among these of which inhabitants are unknown.
    population_inconnue: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pour_10000: Option<CaseRate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standardise: Option<CaseStandard>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_active: Option<CasePart>,
    /// Objects of an active commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    par_active: Option<Spread>,
    /// Communes with one to five arobases.
    arobases: [u32; 5],
    /// All objects of each layer in the communes, whatever is asked.
    objets: BTreeMap<&'a str, u32>,
    /// Whether it is the year of the sources.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partielle: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    liens: Option<CaseLinks>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ValeurDuBarometre)]
struct CaseValue {
    valeur: String,
    nom: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TauxDuBarometre)]
struct CaseRate {
    brut: f64,
    lisse: f64,
    /// Ends of the 95 % interval.
    de: f64,
    a: f64,
    /// Towards what it was shrunk: `departement` or `ensemble`.
    #[serde(skip_serializing_if = "Option::is_none")]
    lisse_vers: Option<&'static str>,
    /// `hasard`, `95` or `99,8`: beyond which limits of the funnel it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    ecart: Option<&'static str>,
}

/// A rate with the composition of all territories by stratum.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TauxStandardise)]
struct CaseStandard {
    pour_10000: f64,
    /// Ends of the 95 % interval.
    de: f64,
    a: f64,
    /// Strata in which the territory has nobody, and their part of the reference.
    strates_absentes: usize,
    part_absente: f64,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = PartActive)]
struct CasePart {
    valeur: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ecart: Option<&'static str>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = LiensDuBarometre)]
struct CaseLinks {
    liste: String,
    carte: String,
    csv: String,
}

impl<'a> BarometerAnswer<'a> {
    /// What was counted, with the names of the schema.
    pub fn new(asked: &AskedBarometer<'a>) -> Self {
        let found = asked.found;
        let axes = found.dimensions.iter().zip(&found.without);
        let axes = axes.map(|(dimension, without)| Axis {
            nom: dimension.name.clone(),
            titre: barometer::title(asked.snapshot, dimension, asked.language),
            plusieurs_valeurs: dimension.several,
            de_territoires: dimension.of_communes,
            sans_valeur: *without,
        });
        Self {
            requete: found.query.canonical(),
            par: axes.collect(),
            parmi: barometer::AMONG[usize::from(asked.ask.of_all)],
            total: Case::new(asked, &found.total),
            cases: found
                .cells
                .iter()
                .map(|cell| Case::new(asked, cell))
                .collect(),
            annee_partielle: found.present,
            methode: asked.language.say("barometer-method-about"),
            source: ATTRIBUTION,
            licence: format!("{}/docs#licence", asked.base),
            instantane: SnapshotStamp::of(asked.snapshot),
        }
    }
}

impl<'a> Case<'a> {
    fn new(asked: &AskedBarometer<'a>, cell: &Cell) -> Self {
        let counts = &cell.counts;
        let all = asked.found.total.counts.sheets;
        let layers = asked.snapshot.schema().layers().iter();
        let objects = layers.zip(&counts.contents);
        Self {
            valeurs: values(asked, cell),
            fiches: counts.sheets,
            part: share(counts.sheets, all),
            actives: counts.active,
            participantes: counts.participating,
            communes: counts.communes,
            population: counts.inhabitants as u64,
            population_inconnue: counts.without_inhabitants,
            pour_10000: cell.rate.as_ref().map(rate),
            standardise: cell.standard.as_ref().map(standard),
            part_active: cell.standing.as_ref().map(part),
            par_active: counts.per_active.map(Spread::from),
            arobases: counts.levels,
            objets: objects
                .map(|(layer, n)| (layer.name.as_str(), *n))
                .collect(),
            partielle: asked.found.is_partial(cell),
            liens: cell.query.as_ref().map(|query| links(asked.base, query)),
        }
    }
}

/// Spellings and names of the values of a cell.
fn values(asked: &AskedBarometer<'_>, cell: &Cell) -> Vec<CaseValue> {
    let told = asked.found.values(cell).map(|(_, value)| CaseValue {
        valeur: value.spelling.clone(),
        nom: barometer::called(value, asked.language),
    });
    told.collect()
}

/// A part of a whole; 0 of nothing.
pub fn share(part: u32, whole: u32) -> f64 {
    tidy(f64::from(part) / f64::from(whole.max(1)))
}

fn rate(rate: &CellRate) -> CaseRate {
    CaseRate {
        brut: tidy(rate.raw),
        lisse: tidy(rate.smoothed),
        de: tidy(rate.interval.low),
        a: tidy(rate.interval.high),
        lisse_vers: rate.pool.map(|pool| match pool {
            Pool::Whole => "ensemble",
            Pool::Group => "departement",
        }),
        ecart: rate.verdict.map(verdict),
    }
}

fn standard(standard: &CellStandard) -> CaseStandard {
    CaseStandard {
        pour_10000: tidy(standard.rate),
        de: tidy(standard.interval.low),
        a: tidy(standard.interval.high),
        strates_absentes: standard.left_out,
        part_absente: tidy(standard.share_left_out),
    }
}

fn part(standing: &CellStanding) -> CasePart {
    CasePart {
        valeur: tidy(standing.part),
        ecart: standing.verdict.map(verdict),
    }
}

/// How a verdict is spelt.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Within => "hasard",
        Verdict::Beyond95 => "95",
        Verdict::Beyond998 => "99,8",
    }
}

fn links(base: &str, query: &Query) -> CaseLinks {
    let query = query.canonical();
    CaseLinks {
        liste: format!("{base}{LIST}?{query}"),
        carte: format!("{base}/?{query}"),
        csv: format!("{base}{LIST}.csv?{query}"),
    }
}
