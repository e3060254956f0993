//! The answer to a comparison, as JSON has it: method, profile, peers, what they have.

use crate::api::figures::comparison::diagnosis::Diagnosed;
use crate::api::figures::spread::{Spread, tidy};
use crate::formats::stamp::{LICENCE, SnapshotStamp};
use crate::words::language::Language;
use atlaas_engine::{Compared, Diagnosis, Peer, Quartiles, Snapshot, Standing, Stratum, Width};
use atlaas_model::{ContextColumn, Level, PeerChoice, PeersOf, Transform, Weighing};
use serde::Serialize;
use std::collections::BTreeMap;

/// A territory beside those that resemble it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Comparaison)]
pub struct ComparisonAnswer<'a> {
    territoire: ComparedPlace<'a>,
    methode: Method<'a>,
    /// Each variable: its value, those of the peers, those of all.
    profil: Vec<ComparedVariable<'a>>,
    /// The nearest first.
    semblables: Vec<PeerLine<'a>>,
    #[serde(flatten)]
    diagnostic: Diagnosed<'a>,
    /// Which snapshot tells this.
    snapshot: &'a str,
    instantane: SnapshotStamp,
    /// Where the text of the licence stands.
    licence: &'static str,
}

/// A territory.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TerritoireCompare)]
pub struct ComparedPlace<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    code: String,
    nom: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    departement: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<u32>,
    arobases: u8,
    url: String,
}

/// How peers were found.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = MethodeDeComparaison)]
struct Method<'a> {
    /// `voisins`, `strate` or `choisis`.
    choix: &'static str,
    lentille: LensOf<'a>,
    /// Version of the variables, weights and formula.
    version: u32,
    distance: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bande: Option<BandOf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strate: Option<StratumOf>,
    /// Among how many territories peers were looked for.
    candidats: usize,
    /// How many of these lack a value that weighs.
    incomplets: usize,
    variables: Vec<VariableOf<'a>>,
    /// Columns of the context that weigh, and where they come from.
    colonnes: Vec<ColumnOf<'a>>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ColonneDeContexte)]
struct ColumnOf<'a> {
    nom: &'a str,
    titre: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unite: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    annee: Option<u16>,
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    licence: &'a str,
    /// What it is for the territory that communes make up: `somme`, `moyenne`, `mediane`, `ordinal`,
    /// `nominal` or `aucune`.
    agregation: &'static str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Lentille)]
struct LensOf<'a> {
    nom: &'a str,
    titre: &'a str,
    pourquoi: &'a str,
}

/// The inhabitants that a peer may have; without a factor any number.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BandeDePopulation)]
struct BandOf {
    #[serde(skip_serializing_if = "Option::is_none")]
    facteur: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    de: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<u64>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Strate)]
struct StratumOf {
    /// Fewest inhabitants, included.
    de: u64,
    /// Most inhabitants, excluded; absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<u64>,
    /// Levels of the density grid, where they count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    niveaux: Vec<i64>,
    /// `exacte`, `groupee`, `population` or `population_elargie`.
    largeur: &'static str,
    /// A cell of fewer places than this is widened.
    au_moins: usize,
    n: usize,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = VariableDeComparaison)]
struct VariableOf<'a> {
    nom: &'a str,
    titre: &'a str,
    unite: &'a str,
    /// 0 where it does not count.
    poids: f64,
    /// Whether its logarithm is compared.
    log: bool,
    /// Columns of the context that it is made of.
    colonnes: &'a [String],
    annees: &'a [u16],
    /// Whether it should count and has no value at this level.
    manque: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = LigneDeProfil)]
struct ComparedVariable<'a> {
    variable: &'a str,
    valeur: Option<f64>,
    semblables: Option<Spread>,
    tous: Option<Spread>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Semblable)]
struct PeerLine<'a> {
    #[serde(flatten)]
    place: ComparedPlace<'a>,
    /// Absent when nothing that weighs is known of both.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<f64>,
    /// What part of the weight is on variables that one of the two lacks.
    #[serde(skip_serializing_if = "is_zero")]
    part_manquante: f64,
    /// What part of the distance comes from each variable.
    parts: BTreeMap<&'a str, f64>,
    valeurs: BTreeMap<&'a str, f64>,
}

/// What an answer is made of.
pub struct AskedComparison<'a> {
    /// The snapshot that answers.
    pub snapshot: &'a Snapshot,
    /// What was asked.
    pub ask: &'a PeersOf,
    /// Who is compared with whom.
    pub compared: &'a Compared,
    /// What they have.
    pub diagnosis: &'a Diagnosis,
    /// Public address.
    pub base: &'a str,
    /// Language of titles.
    pub language: Language,
}

impl<'a> ComparisonAnswer<'a> {
    /// The answer to what was asked.
    pub fn new(asked: &AskedComparison<'a>) -> Self {
        let AskedComparison {
            snapshot, compared, ..
        } = *asked;
        Self {
            territoire: asked.place(compared.doc),
            methode: asked.method(),
            profil: asked.profile(),
            semblables: asked.peers(),
            diagnostic: Diagnosed::new(snapshot, asked.diagnosis, asked.base),
            snapshot: snapshot.id(),
            instantane: SnapshotStamp::of(snapshot),
            licence: LICENCE.url,
        }
    }
}

impl<'a> AskedComparison<'a> {
    fn place(&self, doc: u32) -> ComparedPlace<'a> {
        let catalogue = self.snapshot.catalogue();
        let fiche = catalogue.fiche(doc);
        ComparedPlace {
            id: fiche.id.to_string(),
            kind: fiche.kind.as_str(),
            code: fiche.code.map_or_else(String::new, |code| code.to_string()),
            nom: &fiche.name,
            departement: catalogue.name_above(fiche, Level::Departement),
            population: fiche.population(),
            arobases: catalogue.level(doc),
            url: format!("{}/fiche/{}", self.base, fiche.id),
        }
    }

    fn method(&self) -> Method<'a> {
        let comparer = self.snapshot.comparer();
        let compared = self.compared;
        let variables = comparer.variables().iter().enumerate();
        let variables = variables.map(|(rank, variable)| VariableOf {
            nom: &variable.name,
            titre: self.language.of(&variable.title),
            unite: self.language.of(&variable.unit),
            poids: compared.weights[rank],
            log: variable.transform == Transform::Log,
            colonnes: &variable.columns,
            annees: &variable.years,
            manque: compared.lacking.contains(&rank),
        });
        let people = |number: f64| number.is_finite().then_some(number.round() as u64);
        Method {
            choix: match self.ask.choice {
                PeerChoice::Nearest => "voisins",
                PeerChoice::Stratum => "strate",
                PeerChoice::Chosen(_) => "choisis",
            },
            lentille: self.lens(),
            version: comparer.version(),
            distance: self.language.say("compare-formula"),
            bande: compared.band.map(|band| BandOf {
                facteur: band.factor,
                de: band.factor.and(people(band.least)),
                a: people(band.most),
            }),
            strate: compared.stratum.as_ref().map(StratumOf::new),
            candidats: compared.candidates,
            incomplets: compared.incomplete,
            variables: variables.collect(),
            colonnes: self.columns(),
        }
    }

    fn columns(&self) -> Vec<ColumnOf<'a>> {
        let sources = self.snapshot.comparer().sources(&self.compared.weights);
        let column = |source: &'a ContextColumn| ColumnOf {
            nom: &source.name,
            titre: self.language.of(&source.about.title),
            unite: &source.about.unit,
            annee: source.vintage(),
            source: &source.about.source,
            licence: &source.about.licence,
            agregation: source.merge().as_str(),
        };
        sources.map(column).collect()
    }

    fn lens(&self) -> LensOf<'a> {
        let name = match &self.ask.weighing {
            Weighing::Lens(name) => name.as_str(),
            Weighing::Own(_) => "libre",
        };
        let mut lenses = self.snapshot.comparer().lenses().iter();
        match lenses.find(|lens| lens.name == name) {
            Some(lens) => LensOf {
                nom: &lens.name,
                titre: self.language.of(&lens.title),
                pourquoi: self.language.of(&lens.reason),
            },
            None => LensOf {
                nom: "libre",
                titre: self.language.say("lens-own"),
                pourquoi: self.language.say("lens-own-reason"),
            },
        }
    }

    fn profile(&self) -> Vec<ComparedVariable<'a>> {
        let comparer = self.snapshot.comparer();
        let compared = self.compared;
        let known = comparer.variables().iter().enumerate();
        let known = known.filter(|(_, variable)| variable.is_known());
        known
            .map(|(rank, variable)| {
                let of_peers = compared.peers.iter();
                let of_peers = of_peers.map(|peer| comparer.value(peer.at, rank));
                let of_all = comparer.spread(self.ask.level, rank);
                ComparedVariable {
                    variable: &variable.name,
                    valeur: value(comparer.value(compared.at, rank)),
                    semblables: Quartiles::of(of_peers).map(Spread::from),
                    tous: of_all.map(Spread::from),
                }
            })
            .collect()
    }

    /// The peers that are listed: of a stratum, as many of the nearest as are asked for.
    pub fn listed(&self) -> &'a [Peer] {
        let peers = &self.compared.peers;
        match self.ask.choice {
            PeerChoice::Stratum => &peers[..peers.len().min(self.ask.count as usize)],
            PeerChoice::Nearest | PeerChoice::Chosen(_) => peers,
        }
    }

    /// The values that are known of a territory, by variable.
    pub fn values(&self, at: Standing) -> BTreeMap<&'a str, f64> {
        let comparer = self.snapshot.comparer();
        let variables = comparer.variables().iter().enumerate();
        let known = variables.filter_map(|(rank, variable)| {
            Some((variable.name.as_str(), value(comparer.value(at, rank))?))
        });
        known.collect()
    }

    fn peers(&self) -> Vec<PeerLine<'a>> {
        let variables = self.snapshot.comparer().variables();
        let line = |peer: &'a Peer| {
            let parts = variables.iter().zip(&peer.shares);
            let parts = parts.filter(|(_, share)| **share > 0.0);
            PeerLine {
                place: self.place(peer.doc),
                distance: peer.distance.map(|far| far.value),
                part_manquante: peer.distance.map_or(0.0, |far| tidy(far.missing)),
                parts: parts
                    .map(|(v, share)| (v.name.as_str(), tidy(*share)))
                    .collect(),
                valeurs: self.values(peer.at),
            }
        };
        self.listed().iter().map(line).collect()
    }
}

impl StratumOf {
    fn new(stratum: &Stratum) -> Self {
        Self {
            de: stratum.least as u64,
            a: stratum.most.map(|most| most as u64),
            niveaux: stratum.values.clone(),
            largeur: match stratum.width {
                Width::Exact => "exacte",
                Width::Grouped => "groupee",
                Width::Class => "population",
                Width::Classes(_) => "population_elargie",
            },
            au_moins: stratum.at_least,
            n: stratum.count(),
        }
    }
}

/// A value that is there, without the noise of its last figures.
fn value(number: f64) -> Option<f64> {
    number.is_finite().then(|| tidy(number))
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}
