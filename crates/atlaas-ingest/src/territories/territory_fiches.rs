//! Fiches of communes, EPCI, départements and régions, made from the administrative division.
//!
//! A wider territory lies where its people live: the mean of its communes' centres, weighted by
//! population. Its population is the sum of theirs unless its own is given, its surface that of their
//! outlines when all of them are known and drawn. A territory that
//! reaches into several départements or régions belongs to the one where most of its people live.

use crate::{
    territories::decoupage::{Commune, CommunePart, Decoupage, Epci, Province},
    territories::resolver::Resolver,
    territories::surface,
};
use atlaas_model::{
    Alias, Attribute, Code, Fiche, FicheId, Level, Outline, Position, Precision, Territory, slug,
};
use std::collections::{BTreeMap, HashMap};

/// The fiches of every territory of the division, in no particular order; outlines are those of communes
/// of today.
pub(crate) fn fiches(
    division: &Decoupage,
    resolver: &Resolver,
    outlines: &[Outline],
) -> Vec<Fiche> {
    let measured = outlines
        .iter()
        .map(|outline| (outline.code, surface::km2(&outline.polygons)));
    let surfaces: HashMap<Code, f64> = measured.collect();
    let mut parts: HashMap<Code, Vec<&CommunePart>> = HashMap::new();
    for part in &division.parts {
        if let Some((parent, _)) = resolver
            .by_code(part.parent)
            .filter(|_| part.code != part.parent || resolver.place(part.code).is_some())
        {
            parts.entry(parent).or_default().push(part);
        }
    }
    let mut sums = Sums::default();
    let mut out = Vec::with_capacity(division.communes.len() + division.epcis.len() + 200);
    for commune in &division.communes {
        let territory = resolver
            .place(commune.code)
            .map(|place| place.territory)
            .unwrap_or_default();
        let surface = surfaces.get(&commune.code).copied();
        sums.add(commune, territory, surface);
        let parts = parts.get(&commune.code).map_or(&[][..], Vec::as_slice);
        let mut fiche = commune_fiche(commune, territory, parts);
        fiche.set_extent(commune.population, surface);
        out.push(fiche);
    }
    for epci in &division.epcis {
        let sum = sums.of(Level::Epci, epci.code);
        let mut fiche = territory_fiche(Level::Epci, epci.code, &epci.name, sum);
        fiche.set_extent(
            epci.population.or_else(|| sum?.people()),
            sum.filter(|sum| sum.is_all_of(epci)).and_then(Sum::surface),
        );
        for (name, value) in [
            ("nature", &epci.nature),
            ("mode_financement", &epci.funding),
        ] {
            if !value.is_empty() {
                fiche.attributes.push(Attribute {
                    name: name.to_owned(),
                    values: vec![value.clone()],
                });
            }
        }
        out.push(fiche);
    }
    for (kind, provinces) in [
        (Level::Departement, &division.departements),
        (Level::Region, &division.regions),
    ] {
        out.extend(
            provinces
                .iter()
                .map(|province| province_fiche(kind, province, &sums, resolver)),
        );
    }
    out
}

fn commune_fiche(commune: &Commune, territory: Territory, parts: &[&CommunePart]) -> Fiche {
    let id = FicheId::territory(Level::Commune, commune.code);
    let mut fiche = Fiche::new(id, Level::Commune, commune.name.clone());
    fiche.position = commune.centre;
    if commune.centre.is_some() {
        fiche.precision = Precision::Commune;
    }
    fiche.territory = territory;
    fiche.code = Some(commune.code);
    fiche.siren = commune.siren;
    fiche.postcodes.clone_from(&commune.postcodes);
    fiche.former_codes.clone_from(&commune.former_codes);
    let own = slug(&commune.name);
    for part in parts {
        // A chief town that kept the name of the whole tells nothing new.
        if part.code == commune.code && slug(&part.name) == own {
            continue;
        }
        fiche.aliases.push(Alias {
            name: part.name.clone(),
            code: Some(part.code),
            kind: part.kind,
            population: part.population,
            postcodes: part.postcodes.clone(),
            position: part.centre,
        });
    }
    fiche
}

fn territory_fiche(level: Level, code: Code, name: &str, sum: Option<&Sum>) -> Fiche {
    let mut fiche = Fiche::new(FicheId::territory(level, code), level, name.to_owned());
    fiche.code = Some(code);
    if let Some(sum) = sum {
        fiche.position = sum.centre();
        fiche.territory.departement = most(&sum.departements);
        fiche.territory.region = most(&sum.regions);
    }
    if fiche.position.is_some() {
        fiche.precision = Precision::Territoire;
    }
    match level {
        Level::Epci => fiche.territory.epci = Some(code),
        Level::Departement => fiche.territory.departement = Some(code),
        Level::Commune | Level::Region => {
            fiche.territory.departement = None;
            fiche.territory.region = Some(code);
        }
    }
    fiche
}

fn province_fiche(kind: Level, province: &Province, sums: &Sums, resolver: &Resolver) -> Fiche {
    let sum = sums.of(kind, province.code);
    let mut fiche = territory_fiche(kind, province.code, &province.name, sum);
    fiche.set_extent(sum.and_then(Sum::people), sum.and_then(Sum::surface));
    if kind == Level::Departement {
        fiche.territory.region = province.region.or(fiche.territory.region);
    }
    let seat = province.seat.and_then(|code| resolver.place(code));
    if let Some(seat) = seat {
        if fiche.position.is_none() && seat.centre.is_some() {
            fiche.position = seat.centre;
            fiche.precision = Precision::Territoire;
        }
        fiche.attributes.push(Attribute {
            name: "chef_lieu".to_owned(),
            values: vec![seat.name.clone()],
        });
    }
    fiche
}

/// What the communes of each wider territory add up to.
#[derive(Default)]
struct Sums(HashMap<(Level, Code), Sum>);

#[derive(Default)]
struct Sum {
    people: u64,
    communes: u32,
    surface: f64,
    /// Communes without an outline.
    undrawn: u32,
    /// Longitude and latitude, weighted, and the weight.
    moment: [f64; 3],
    departements: BTreeMap<Code, u64>,
    regions: BTreeMap<Code, u64>,
}

impl Sums {
    fn add(&mut self, commune: &Commune, territory: Territory, surface: Option<f64>) {
        let people = u64::from(commune.population.unwrap_or(0));
        for kind in [Level::Epci, Level::Departement, Level::Region] {
            let Some(code) = territory.at(kind) else {
                continue;
            };
            let sum = self.0.entry((kind, code)).or_default();
            sum.people += people;
            sum.communes += 1;
            match surface {
                Some(surface) => sum.surface += surface,
                None => sum.undrawn += 1,
            }
            if let Some(centre) = commune.centre {
                // A commune without people still is somewhere.
                let weight = people.max(1) as f64;
                sum.moment[0] += centre.longitude() * weight;
                sum.moment[1] += centre.latitude() * weight;
                sum.moment[2] += weight;
            }
            if let Some(departement) = territory.departement {
                *sum.departements.entry(departement).or_default() += people;
            }
            if let Some(region) = territory.region {
                *sum.regions.entry(region).or_default() += people;
            }
        }
    }

    fn of(&self, kind: Level, code: Code) -> Option<&Sum> {
        self.0.get(&(kind, code))
    }
}

impl Sum {
    fn people(&self) -> Option<u32> {
        (self.people > 0).then_some(self.people.min(u64::from(u32::MAX)) as u32)
    }

    /// Whether the communes that were read are all that an EPCI has: as many as it names, and about as
    /// many people as it tells.
    fn is_all_of(&self, epci: &Epci) -> bool {
        let people = epci.population.map_or(self.people, u64::from);
        let members = epci.members.unwrap_or(self.communes);
        members == self.communes && self.people.abs_diff(people) <= people / 10
    }

    /// Part of a surface would tell too little.
    fn surface(&self) -> Option<f64> {
        (self.undrawn == 0).then_some(self.surface)
    }

    fn centre(&self) -> Option<Position> {
        let [longitude, latitude, weight] = self.moment;
        let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
        Position::new(round(longitude / weight), round(latitude / weight)).ok()
    }
}

/// Where most people live; the last of the greatest by code, so that equal shares always give the
/// same answer.
fn most(shares: &BTreeMap<Code, u64>) -> Option<Code> {
    let (code, _) = shares.iter().max_by_key(|(_, people)| **people)?;
    Some(*code)
}
