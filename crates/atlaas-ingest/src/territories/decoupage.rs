//! The administrative division as records: communes, their parts, EPCI, EPT, départements, régions,
//! before they become fiches. The source files and the embedded gazetteer both end here.

use atlaas_model::{AliasKind, Code, Position};

/// A commune of today.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Commune {
    pub(crate) code: Code,
    pub(crate) name: String,
    pub(crate) departement: Option<Code>,
    pub(crate) region: Option<Code>,
    pub(crate) epci: Option<Code>,
    pub(crate) siren: Option<Code>,
    pub(crate) postcodes: Vec<String>,
    pub(crate) population: Option<u32>,
    pub(crate) former_codes: Vec<Code>,
    pub(crate) centre: Option<Position>,
}

/// A part or a former life of a commune, with a name of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CommunePart {
    pub(crate) code: Code,
    pub(crate) name: String,
    pub(crate) kind: AliasKind,
    /// The commune it belongs to, or another part.
    pub(crate) parent: Code,
    pub(crate) postcodes: Vec<String>,
    pub(crate) population: Option<u32>,
    pub(crate) centre: Option<Position>,
}

/// An EPCI; which communes belong to it is told by the communes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Epci {
    pub(crate) code: Code,
    pub(crate) name: String,
    /// `CC`, `CA`, `CU`, `METRO`, `MET69`…
    pub(crate) nature: String,
    /// `FPU`, `FA`…
    pub(crate) funding: String,
    pub(crate) population: Option<u32>,
    /// How many communes it has; `None` when only they tell.
    pub(crate) members: Option<u32>,
}

/// An EPT of Grand Paris: a group of communes within an EPCI, that may be labelled as a whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ept {
    pub(crate) code: Code,
    pub(crate) name: String,
    pub(crate) communes: Vec<Code>,
}

/// A département or a région.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Province {
    pub(crate) code: Code,
    pub(crate) name: String,
    /// The région of a département.
    pub(crate) region: Option<Code>,
    /// INSEE code of the chief town.
    pub(crate) seat: Option<Code>,
}

/// The whole division.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Decoupage {
    pub(crate) communes: Vec<Commune>,
    pub(crate) parts: Vec<CommunePart>,
    pub(crate) epcis: Vec<Epci>,
    pub(crate) epts: Vec<Ept>,
    pub(crate) departements: Vec<Province>,
    pub(crate) regions: Vec<Province>,
}
