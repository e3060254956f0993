//! The recipe *compare a territory*: who resembles it by context, and what lies in these.

use crate::recipes::search::QueryError;
use crate::snapshot::Snapshot;
use atlaas_compare::{CompareError, Compared, Comparer};
use atlaas_model::{Code, DocId, DocSet, Fiche, Level, PeersOf, Weighing};
use atlaas_search::{Mistake, ParameterError};

impl Snapshot {
    /// The tables by which territories are compared.
    pub fn comparer(&self) -> &Comparer {
        self.comparing.comparer(self.catalogue().fiches())
    }

    /// A territory beside its peers.
    pub fn compare(&self, ask: &PeersOf) -> Result<Compared, QueryError> {
        let compared = self.comparer().compare(ask);
        compared.map_err(|error| QueryError::Parameters(vec![self.refusal(ask, &error)]))
    }

    /// What is wrong with a request for peers, told before it selects nothing.
    pub(crate) fn check_peers(&self, ask: &PeersOf) -> Result<(), QueryError> {
        let checked = self.comparer().check(ask);
        checked.map_err(|error| QueryError::Parameters(vec![self.refusal(ask, &error)]))
    }

    /// The peers of a territory, by code; none where nothing is known by which to compare.
    pub fn peers(&self, ask: &PeersOf) -> Vec<Code> {
        self.comparer().peers(ask).unwrap_or_default()
    }

    /// The documents that lie in the peers of a territory, these among them.
    pub fn in_peers(&self, ask: &PeersOf) -> DocSet {
        let codes = self.peers(ask);
        self.members
            .of_any(self.catalogue().fiches(), ask.level, &codes)
    }

    /// The documents that lie in a territory, itself among them.
    pub fn members(&self, level: Level, code: Code) -> impl Iterator<Item = DocId> + '_ {
        self.members.of(self.catalogue().fiches(), level, code)
    }

    /// The territories that resemble one as a fiche, the nearest first; none for a fiche that is none.
    pub fn alike(&self, fiche: &Fiche, count: u32) -> Vec<DocId> {
        let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
            return Vec::new();
        };
        let ask = PeersOf {
            count,
            ..PeersOf::usual(level, code)
        };
        let compared = self.comparer().compare(&ask).ok();
        compared.map_or_else(Vec::new, |compared| {
            compared.peers.iter().map(|peer| peer.doc).collect()
        })
    }

    /// Why peers cannot be had, as a mistake of the parameter that asks for them.
    fn refusal(&self, ask: &PeersOf, error: &CompareError) -> ParameterError {
        let of = format!("{}-{}", ask.level, ask.code);
        let unknown = || Mistake::UnknownValue {
            allowed: Vec::new(),
        };
        match error {
            CompareError::UnknownLens(name) => {
                let lenses = self
                    .comparer()
                    .lenses()
                    .iter()
                    .map(|lens| lens.name.as_str());
                let names = lenses.chain(["libre"]);
                ParameterError::new("lentille", name, unknown()).allowed(name, names)
            }
            CompareError::UnknownVariable(name) => {
                let variables = self.comparer().variables().iter();
                let names = variables.map(|variable| variable.name.as_str());
                ParameterError::new("poids", name, unknown()).allowed(name, names)
            }
            CompareError::UnknownPlace(..) => {
                ParameterError::new("semblables_a", &of, Mistake::UnknownTerritory)
            }
            CompareError::NothingKnown(_) => {
                let name = match ask.weighing {
                    Weighing::Own(_) => "poids",
                    Weighing::Lens(_) => "semblables_a",
                };
                ParameterError::new(name, &of, Mistake::NothingToCompare)
            }
        }
    }
}
