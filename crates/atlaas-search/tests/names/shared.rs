//! The full-scale gazetteer as fiches, read from the operator's files when they are there.

use atlaas_model::{Alias, AliasKind, Code, Fiche, FicheId, Kind, Level, Position, TerritoryIndex};
use atlaas_search::{Gazetteer, Geocoder};
use serde_json::Value;
use std::{collections::HashMap, fs, path::PathBuf, sync::OnceLock};

/// A file of the operator's, or `None` (and a word about it) when there is none here.
pub fn file(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            assert!(
                std::env::var_os("ATLAAS_REQUIRE_SHARED").is_none(),
                "{}: {error}",
                path.display()
            );
            println!("skipped: {} is not here", path.display());
            None
        }
    }
}

/// All territories, colieux and initiatives, in the order of documents; read once.
pub fn fiches() -> Option<&'static [Fiche]> {
    static FICHES: OnceLock<Option<Vec<Fiche>>> = OnceLock::new();
    FICHES.get_or_init(read).as_deref()
}

/// All that geocoding needs, made once a test.
pub struct Known {
    pub gazetteer: Gazetteer,
    territories: TerritoryIndex,
    fiches: &'static [Fiche],
}

impl Known {
    pub fn of(fiches: &'static [Fiche]) -> Self {
        Self {
            gazetteer: Gazetteer::build(fiches),
            territories: TerritoryIndex::new(fiches),
            fiches,
        }
    }

    pub fn geocoder(&self) -> Geocoder<'_> {
        Geocoder {
            fiches: self.fiches,
            territories: &self.territories,
            gazetteer: &self.gazetteer,
        }
    }
}

fn read() -> Option<Vec<Fiche>> {
    let mut fiches = territories()?;
    fiches.extend(rows("colieux.csv", Kind::point("colieu"), "nom")?);
    fiches.extend(rows("initiatives.csv", Kind::point("initiative"), "titre")?);
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Some(fiches)
}

fn json(name: &str) -> Option<Vec<Value>> {
    let text = file(&format!("decoupage/{name}.json"))?;
    Some(serde_json::from_str(&text).expect("readable JSON"))
}

fn code(row: &Value, field: &str) -> Option<Code> {
    row[field]
        .as_str()
        .map(|text| text.parse().expect("a code"))
}

fn postcodes(row: &Value) -> Vec<String> {
    let list = row["codesPostaux"].as_array();
    list.into_iter()
        .flatten()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn territory(kind: Level, row: &Value) -> Fiche {
    let own = code(row, "code").expect("a code");
    let name = row["nom"].as_str().expect("a name").to_owned();
    let mut fiche = Fiche::new(FicheId::territory(kind, own), kind, name);
    fiche.code = Some(own);
    fiche.territory.departement = code(row, "departement");
    fiche.territory.region = code(row, "region");
    fiche.set_extent(
        row["population"]
            .as_u64()
            .or(row["populationMunicipale"].as_u64())
            .map(|n| n as u32),
        None,
    );
    fiche.postcodes = postcodes(row);
    fiche
}

fn centres() -> Option<HashMap<String, Position>> {
    let text = file("centres.csv")?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("a row");
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        let position = Position::new(number(2), number(3)).expect("a position");
        (row[0].to_owned(), position)
    };
    Some(reader.records().map(row).collect())
}

fn territories() -> Option<Vec<Fiche>> {
    let centres = centres()?;
    let rows = json("communes")?;
    let mut communes: Vec<Fiche> = Vec::new();
    let mut ranks = HashMap::new();
    for row in rows.iter().filter(|row| row["type"] == "commune-actuelle") {
        let mut fiche = territory(Level::Commune, row);
        let own = fiche.code.expect("a code");
        fiche.territory.commune = fiche.code;
        fiche.siren = code(row, "siren");
        fiche.position = centres.get(own.as_str()).copied();
        let former = row["anciensCodes"].as_array().into_iter().flatten();
        fiche.former_codes = former
            .filter_map(|text| text.as_str()?.parse().ok())
            .collect();
        ranks.insert(own, communes.len());
        communes.push(fiche);
    }
    for row in rows.iter().filter(|row| row["type"] != "commune-actuelle") {
        let main = code(row, "chefLieu")
            .or(code(row, "commune"))
            .expect("a commune");
        let Some(&rank) = ranks.get(&main) else {
            continue;
        };
        let kind = match row["type"].as_str() {
            Some("commune-deleguee") => AliasKind::Deleguee,
            Some("commune-associee") => AliasKind::Associee,
            _ => AliasKind::Arrondissement,
        };
        communes[rank].aliases.push(Alias {
            name: row["nom"].as_str().expect("a name").to_owned(),
            code: code(row, "code"),
            kind,
            population: row["population"].as_u64().map(|n| n as u32),
            postcodes: postcodes(row),
            position: None,
        });
    }
    let mut fiches = Vec::new();
    for row in json("epci")? {
        let fiche = territory(Level::Epci, &row);
        for member in row["membres"].as_array().into_iter().flatten() {
            if let Some(&rank) = code(member, "code").and_then(|code| ranks.get(&code)) {
                communes[rank].territory.epci = fiche.code;
            }
        }
        fiches.push(fiche);
    }
    for row in json("departements")? {
        let mut fiche = territory(Level::Departement, &row);
        fiche.territory.departement = fiche.code;
        fiches.push(fiche);
    }
    for row in json("regions")? {
        let mut fiche = territory(Level::Region, &row);
        fiche.territory.region = fiche.code;
        fiches.push(fiche);
    }
    fiches.extend(communes);
    Some(fiches)
}

fn rows(name: &str, kind: Kind, title: &str) -> Option<Vec<Fiche>> {
    let text = file(name)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (id, title) = (column("id")?, column(title)?);
    let text = column("description");
    let fiches = reader.records().filter_map(|row| {
        let row = row.expect("a row");
        let id = FicheId::of_row(kind, &row[id]).ok()?;
        let mut fiche = Fiche::new(id, kind, row[title].to_owned());
        fiche.text = text.map_or_else(String::new, |text| row[text].to_owned());
        (!fiche.name.is_empty()).then_some(fiche)
    });
    Some(fiches.collect())
}
