//! What a list of territories is narrowed to, and the territories that are left: communes and what is
//! wider, or the parts of communes that have a code of their own.

use crate::call::parameters::{LATITUDES, LONGITUDES, ParameterReader};
use crate::describe::parameter::{LATITUDE, LONGITUDE, Parameter, Takes, parameters};
use crate::national::entry::NationalEntry;
use crate::national::part_types::part_type;
use crate::national::territory::zone;
use atlaas_engine::{LookupOptions, Snapshot};
use atlaas_model::{AliasKind, Code, DocId, Level, Position};

/// Names that narrow a list, beside where it lies.
const FILTERS: [&str; 16] = [
    "nom",
    "code",
    "codePostal",
    "boost",
    "codeDepartement",
    "codeRegion",
    "codeEpci",
    "codeParent",
    "ancienCode",
    "anciensCodes",
    "associees",
    "deleguees",
    "siren",
    "zone",
    "type",
    "limit",
];
/// Zones of the national API.
pub const ZONES: [&str; 3] = ["metro", "drom", "com"];
/// Types of communes, and of the parts of communes that are listed with them.
pub const TYPES: [&str; 2] = ["commune-actuelle", "arrondissement-municipal"];
/// Types of the parts of communes that have a list of their own.
pub const PART_TYPES: [&str; 2] = ["commune-associee", "commune-deleguee"];
/// Territories of one answer: all.
const MOST: u32 = 100_000;
/// Names that are looked up at most.
const MOST_NAMED: usize = 200;

parameters! {
    /// What narrows any list of territories.
    pub Narrowed = [
        Parameter::query("nom", Takes::Text, "Nom, même mal tapé.").like("martig"),
        Parameter::query("code", Takes::Texts, "Codes."),
        Parameter::query(
            "codePostal",
            Takes::Texts,
            "Codes postaux ; d’un EPCI, ceux de ses communes.",
        )
        .like("13500"),
        Parameter::query(
            "lon",
            LONGITUDE,
            "Longitude, avec lat : la commune qui est là (aussi lng, long, longitude).",
        )
        .when("Avec lat."),
        Parameter::query("lat", LATITUDE, "Latitude, avec lon (aussi latitude).").when("Avec lon."),
        Parameter::query("codeDepartement", Takes::Texts, "Numéros de département.").like("13"),
        Parameter::query("codeRegion", Takes::Texts, "Codes de région.").like("93"),
        Parameter::query("codeEpci", Takes::Texts, "SIREN d’EPCI."),
        Parameter::query(
            "codeParent",
            Takes::Texts,
            "Codes des communes dont ce sont des parties.",
        ),
        Parameter::query(
            "ancienCode",
            Takes::Texts,
            "Codes que la commune a portés ou repris (aussi anciensCodes).",
        ),
        Parameter::query("associees", Takes::Texts, "Codes de communes associées."),
        Parameter::query("deleguees", Takes::Texts, "Codes de communes déléguées."),
        Parameter::query("siren", Takes::Texts, "SIREN de communes."),
        Parameter::query(
            "zone",
            Takes::Several(&ZONES),
            "Métropole, départements, collectivités d’outre-mer.",
        ),
        Parameter::query(
            "boost",
            Takes::OneOf(&["population"]),
            "Les plus peuplés d’abord.",
        )
        .like("population"),
        Parameter::query(
            "limit",
            Takes::Integer(0, i64::from(MOST)),
            "Au plus tant (tous sans ce paramètre, ou avec 0).",
        )
        .like("5"),
    ]
}
parameters! {
    /// Types of communes.
    pub CommuneTypes = [
        Parameter::query("type", Takes::Several(&TYPES), "Types de communes (commune-actuelle sans ce paramètre)."),
    ]
}
parameters! {
    /// Types of the parts of communes.
    pub PartTypes = [
        Parameter::query("type", Takes::Several(&PART_TYPES), "Types de parties (toutes sans ce paramètre)."),
    ]
}

/// Names of every parameter that narrows.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.into_iter().chain(LONGITUDES).chain(LATITUDES)
}

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Territories of a level.
    Level(Level),
    /// Parts of communes.
    Parts,
}

impl Listed {
    /// The level of what is listed, or of what it is a part of.
    pub const fn level(self) -> Level {
        match self {
            Self::Level(level) => level,
            Self::Parts => Level::Commune,
        }
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Narrowing {
    listed: Listed,
    name: Option<String>,
    codes: Option<Vec<String>>,
    postcodes: Option<Vec<String>>,
    sirens: Option<Vec<String>>,
    parents: Option<Vec<String>>,
    /// Parts that a commune must have: of a kind, or of any, its former codes included.
    has: Vec<(Option<AliasKind>, Vec<String>)>,
    within: Vec<(Level, Vec<String>)>,
    at: Option<Position>,
    /// Zones that are kept.
    pub zones: Option<Vec<&'static str>>,
    by_population: bool,
    types: Vec<&'static str>,
    limit: usize,
}

impl Narrowing {
    /// Reads what narrows a list, which may lie within a territory.
    pub fn read(
        reader: &mut ParameterReader<'_>,
        listed: Listed,
        within: Option<(Level, Code)>,
    ) -> Self {
        let own = |name: &str| {
            let values = reader.texts(name)?;
            Some(values.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let wider = [
            ("codeDepartement", Level::Departement),
            ("codeRegion", Level::Region),
            ("codeEpci", Level::Epci),
        ];
        let asked = wider
            .into_iter()
            .filter_map(|(name, level)| Some((level, own(name)?)));
        let within = within.map(|(level, code)| (level, vec![code.to_string()]));
        let parts = [
            ("ancienCode", None),
            ("anciensCodes", None),
            ("associees", Some(AliasKind::Associee)),
            ("deleguees", Some(AliasKind::Deleguee)),
        ];
        let has = parts
            .into_iter()
            .filter_map(|(name, kind)| Some((kind, own(name)?)));
        let (has, within) = (has.collect(), within.into_iter().chain(asked).collect());
        let (name, codes) = (reader.text("nom").map(str::to_owned), own("code"));
        let (postcodes, sirens) = (own("codePostal"), own("siren"));
        let parents = own("codeParent");
        let types = match listed {
            Listed::Parts => reader.several("type", &PART_TYPES),
            Listed::Level(_) => reader.several("type", &TYPES),
        };
        Self {
            listed,
            name,
            codes,
            postcodes,
            sirens,
            parents,
            has,
            within,
            at: reader.position_as_spelt(),
            zones: reader.several("zone", &ZONES),
            by_population: reader.one_of("boost", &["population"]).is_some(),
            types: types.unwrap_or_else(|| listed.usual_types()),
            // As there, 0 is no limit.
            limit: match reader.number("limit", 0..=MOST, MOST) {
                0 => MOST as usize,
                limit => limit as usize,
            },
        }
    }

    /// Whether all of France is left.
    pub const fn is_open(&self) -> bool {
        self.name.is_none()
            && self.codes.is_none()
            && self.postcodes.is_none()
            && self.sirens.is_none()
            && self.parents.is_none()
            && self.at.is_none()
            && self.has.is_empty()
            && self.within.is_empty()
    }

    /// What is left, best first, with its score when a name was asked for.
    pub fn apply(&self, snapshot: &Snapshot) -> Vec<NationalEntry> {
        let mut found = match (&self.name, self.at) {
            (Some(name), _) => self.named(snapshot, name),
            (None, Some(at)) if self.listed.level() == Level::Commune => {
                let catalogue = snapshot.catalogue();
                let commune = snapshot.territories().locate(at);
                let doc = commune.and_then(|code| catalogue.territory(Level::Commune, code));
                // A part has no outline: none is known to be there.
                let whole = self.lists_wholes();
                doc.filter(|_| whole)
                    .map(NationalEntry::whole)
                    .into_iter()
                    .collect()
            }
            _ => self.all(snapshot),
        };
        found.retain(|entry| self.keeps(snapshot, *entry));
        if self.by_population {
            found.sort_by_key(|entry| std::cmp::Reverse(entry.population(snapshot).unwrap_or(0)));
        }
        found.truncate(self.limit);
        found
    }

    fn lists_wholes(&self) -> bool {
        match self.listed {
            Listed::Level(Level::Commune) => self.types.contains(&"commune-actuelle"),
            Listed::Level(_) => true,
            Listed::Parts => false,
        }
    }

    fn lists_part(&self, kind: AliasKind) -> bool {
        part_type(kind).is_some_and(|own| self.types.contains(&own))
    }

    fn all(&self, snapshot: &Snapshot) -> Vec<NationalEntry> {
        let (whole, level) = (self.lists_wholes(), self.listed.level());
        let docs = snapshot.catalogue().docs_of(level);
        let wholes = docs.clone().filter(|_| whole).map(NationalEntry::whole);
        let parts = docs.flat_map(|doc| {
            let parts = snapshot.catalogue().fiche(doc).aliases.iter().enumerate();
            let listed =
                parts.filter(|(_, part)| part.code.is_some() && self.lists_part(part.kind));
            listed.map(move |(part, _)| NationalEntry::part(doc, part))
        });
        wholes.chain(parts).collect()
    }

    /// Territories by name, best first, without repetition.
    fn named(&self, snapshot: &Snapshot, name: &str) -> Vec<NationalEntry> {
        let options = LookupOptions {
            limit: MOST_NAMED,
            near: None,
            kinds: vec![self.listed.level()],
            autocomplete: true,
        };
        let mut found: Vec<NationalEntry> = Vec::new();
        for place in snapshot.lookup(name, &options) {
            let part = place.alias.filter(|&part| {
                let alias = snapshot.catalogue().fiche(place.doc).aliases.get(part);
                alias.is_some_and(|alias| alias.code.is_some() && self.lists_part(alias.kind))
            });
            let entry = match part {
                Some(part) => NationalEntry::part(place.doc, part),
                None if self.lists_wholes() => NationalEntry::whole(place.doc),
                None => continue,
            };
            if found.iter().all(|known| !known.same(entry)) {
                found.push(entry.scored(place.score));
            }
        }
        found
    }

    fn keeps(&self, snapshot: &Snapshot, entry: NationalEntry) -> bool {
        let fiche = snapshot.catalogue().fiche(entry.doc);
        let within =
            |(level, asked): &(Level, Vec<String>)| has_code(asked, fiche.territory.at(*level));
        let has = |(kind, asked): &(Option<AliasKind>, Vec<String>)| {
            let parts = fiche.aliases.iter();
            let mut parts = parts.filter(|part| kind.is_none_or(|kind| part.kind == kind));
            parts.any(|part| has_code(asked, part.code))
                || (kind.is_none()
                    && fiche
                        .former_codes
                        .iter()
                        .any(|code| has_code(asked, Some(*code))))
        };
        let is = |asked: &Option<Vec<String>>, own: Option<Code>| {
            asked.as_ref().is_none_or(|asked| has_code(asked, own))
        };
        let parent = fiche.code.filter(|_| entry.part.is_some());
        is(&self.codes, entry.code(snapshot))
            && is(&self.sirens, fiche.siren.filter(|_| entry.part.is_none()))
            && is(&self.parents, parent)
            && self.within.iter().all(within)
            && self.has.iter().all(has)
            && self
                .zones
                .as_ref()
                .is_none_or(|zones| zones.contains(&zone(fiche)))
            && self
                .postcodes
                .as_ref()
                .is_none_or(|asked| self.has_postcode(snapshot, entry, asked))
    }

    fn has_postcode(&self, snapshot: &Snapshot, entry: NationalEntry, asked: &[String]) -> bool {
        if self.listed.level() != Level::Epci {
            let own = entry.postcodes(snapshot);
            return own.iter().any(|own| asked.contains(own));
        }
        let catalogue = snapshot.catalogue();
        let epci = catalogue.fiche(entry.doc).code;
        let fiches = catalogue
            .docs_of(Level::Commune)
            .map(|doc| catalogue.fiche(doc));
        let mut communes = fiches.filter(|commune| commune.territory.epci == epci);
        communes.any(|commune| commune.postcodes.iter().any(|own| asked.contains(own)))
    }
}

impl Listed {
    fn usual_types(self) -> Vec<&'static str> {
        match self {
            Self::Parts => PART_TYPES.to_vec(),
            Self::Level(_) => TYPES[..1].to_vec(),
        }
    }
}

fn has_code(asked: &[String], own: Option<Code>) -> bool {
    own.is_some_and(|own| {
        asked
            .iter()
            .any(|asked| own.as_str().eq_ignore_ascii_case(asked))
    })
}

/// The commune, or the arrondissement of one, that bears a code; a former code leads to today's commune.
pub fn commune_of(snapshot: &Snapshot, code: Code) -> Option<NationalEntry> {
    let doc = snapshot.catalogue().territory(Level::Commune, code)?;
    Some(part_of(snapshot, doc, code, &TYPES).unwrap_or_else(|| NationalEntry::whole(doc)))
}

/// The part of a commune that bears a code.
pub fn part_with(snapshot: &Snapshot, code: Code) -> Option<NationalEntry> {
    let catalogue = snapshot.catalogue();
    let doc = catalogue.territory(Level::Commune, code)?;
    // A chief town has the code of today's commune, which then wins.
    part_of(snapshot, doc, code, &PART_TYPES)
}

fn part_of(snapshot: &Snapshot, doc: DocId, code: Code, types: &[&str]) -> Option<NationalEntry> {
    let mut parts = snapshot.catalogue().fiche(doc).aliases.iter();
    let rank = parts.position(|part| {
        part.code == Some(code) && part_type(part.kind).is_some_and(|own| types.contains(&own))
    })?;
    Some(NationalEntry::part(doc, rank))
}
