//! A small made-up country: fiches of every kind with every facet, from a seed.

use crate::random::Random;
use atlaas_model::{
    Code, Facet, Fiche, FicheId, Kind, Label, LabelOrigin, Level, Name, Position, Schema,
    Territory, Value, Vocabulary,
};
use atlaas_search::{Search, Tuning};
use std::sync::{Arc, OnceLock};

/// Words that texts are made of; no two share a stem, none is one edit from another.
pub const WORDS: [&str; 16] = [
    "fablab", "tablette", "cadastre", "jardin", "poterie", "robot", "drone", "musique", "velo",
    "compost", "radio", "theatre", "piscine", "forge", "chorale", "moulin",
];

pub const ENJEUX: [&str; 3] = ["education", "culture", "mobilite"];
pub const SERVICES: [&str; 4] = ["imprimer", "coder", "filmer", "naviguer"];

/// A snapshot's search, and the fiches it was made of.
pub struct World {
    pub fiches: Arc<Vec<Fiche>>,
    pub schema: Arc<Schema>,
    pub search: Search,
}

/// The world, built once.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| open(fiches(), vocabulary()))
}

/// Builds and opens an index in a temporary directory.
pub fn open(fiches: Vec<Fiche>, vocabulary: Vocabulary) -> World {
    let (fiches, schema) = (Arc::new(fiches), Arc::new(Schema::shipped(vocabulary)));
    open_tuned(fiches, schema, Tuning::default())
}

/// The same, made and ranked otherwise.
pub fn open_tuned(fiches: Arc<Vec<Fiche>>, schema: Arc<Schema>, tuning: Tuning) -> World {
    let dir = tempfile::tempdir().unwrap();
    Search::build_tuned(dir.path(), &fiches, &schema, tuning).unwrap();
    let opened = Search::open_tuned(dir.path(), fiches.clone(), schema.clone(), tuning);
    let search = opened.unwrap();
    World {
        fiches,
        schema,
        search,
    }
}

pub fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for name in ENJEUX {
        vocabulary.intern(Facet::column("enjeu"), name);
    }
    for name in SERVICES {
        vocabulary.intern(Facet::column("services"), name);
    }
    for name in ["tiers lieu", "mairie"] {
        vocabulary.intern(Facet::column("typologie"), name);
    }
    for name in ["mention a", "mention b"] {
        vocabulary.intern(Facet::Mention, name);
    }
    vocabulary
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn territory(kind: Level, own: &str, name: String) -> Fiche {
    let mut fiche = Fiche::new(FicheId::territory(kind, code(own)), kind, name);
    fiche.code = Some(code(own));
    fiche
}

/// Where commune `n` of 60 lies: 10 communes an EPCI, 20 a département, 30 a région.
pub fn territory_of(n: usize) -> Territory {
    Territory {
        commune: Some(code(&format!("{:05}", 1000 + n))),
        epci: Some(code(&format!("2000000{:02}", n / 10))),
        departement: Some(code(&format!("{:02}", 1 + n / 20))),
        region: Some(code(&format!("{:02}", 84 + n / 30))),
    }
}

fn labels(random: &mut Random) -> Vec<Label> {
    (0..random.below(3))
        .map(|n| Label {
            year: 2010 + n as u16,
            level: (!random.once_in(4)).then(|| 1 + random.below(5) as u8),
            mention: random
                .once_in(3)
                .then(|| (*random.pick(&["mention a", "mention b"])).to_owned()),
            origin: LabelOrigin::Synthetique,
            group: None,
        })
        .collect()
}

/// All fiches, sorted.
pub fn fiches() -> Vec<Fiche> {
    let mut random = Random(20_261_122);
    let mut fiches = territories(&mut random);
    for n in 0..500 {
        fiches.push(own_content(n, &mut random));
    }
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    fiches
}

fn territories(random: &mut Random) -> Vec<Fiche> {
    let mut fiches = Vec::new();
    for n in 0..60 {
        let name = format!("Bourgade-{}", ["Aval", "Amont", "Rive"][n % 3]);
        let mut commune = territory(Level::Commune, &format!("{:05}", 1000 + n), name);
        commune.territory = territory_of(n);
        commune.set_extent(Some(100 * (random.below(500) as u32 + 1)), None);
        commune.position = Position::new((n % 10) as f64 / 5.0, 45.0 + (n / 10) as f64 / 5.0).ok();
        commune.labels = labels(random);
        fiches.push(commune);
    }
    for n in 0..6 {
        let mut epci = territory(
            Level::Epci,
            &format!("2000000{n:02}"),
            format!("CC Pays {n}"),
        );
        epci.territory = Territory {
            commune: None,
            ..territory_of(n * 10)
        };
        epci.labels = labels(random);
        fiches.push(epci);
    }
    for n in 0..3 {
        let own = format!("{:02}", 1 + n);
        let mut departement = territory(Level::Departement, &own, format!("Contrée {n}"));
        departement.territory = Territory {
            commune: None,
            epci: None,
            ..territory_of(n * 20)
        };
        fiches.push(departement);
    }
    for n in 0..2 {
        let mut region = territory(
            Level::Region,
            &format!("{}", 84 + n),
            format!("Province {n}"),
        );
        region.territory.region = territory_of(n * 30).region;
        fiches.push(region);
    }
    fiches
}

fn own_content(n: usize, random: &mut Random) -> Fiche {
    let kind = if random.once_in(3) {
        Kind::point("colieu")
    } else {
        Kind::point("initiative")
    };
    let mut words = |count| {
        let picked: Vec<&str> = (0..count).map(|_| *random.pick(&WORDS)).collect();
        picked.join(" ")
    };
    let (name, text) = (words(2), words(6));
    let id = FicheId::of_row(kind, &format!("{n:04}")).unwrap();
    let mut fiche = Fiche::new(id, kind, name);
    fiche.text = text;
    let home = random.below(60);
    fiche.territory = territory_of(home);
    if random.once_in(10) {
        // Carried by an EPCI: no commune.
        fiche.territory.commune = None;
    }
    if !random.once_in(8) {
        let longitude = random.below(200) as f64 / 100.0;
        fiche.position = Position::new(longitude, 45.0 + random.below(120) as f64 / 100.0).ok();
    }
    if kind == Kind::point("initiative") {
        let enjeu = (*random.pick(&ENJEUX)).to_owned();
        fiche.values.add_terms(Name::known("enjeu"), vec![enjeu]);
        let year = Value::Year(2012 + random.below(6) as u16);
        fiche.values.set(Name::known("annee"), year);
    } else {
        fiche
            .values
            .add_terms(Name::known("typologie"), vec!["mairie".into()]);
    }
    let services: Vec<String> = SERVICES
        .iter()
        .filter(|_| random.once_in(2))
        .map(|&service| service.to_owned())
        .collect();
    fiche.values.add_terms(Name::known("services"), services);
    fiche.updated = jiff::civil::Date::new(2018, 1 + random.below(12) as i8, 1).ok();
    fiche
}
