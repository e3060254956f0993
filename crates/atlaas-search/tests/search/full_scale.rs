//! The operator's files as fiches: 35,000 communes, their territories, labels, colieux, initiatives.
//!
//! Read for tests and measurements only; what the product reads is `atlaas-ingest`.

use atlaas_model::{
    Alias, AliasKind, Code, Facet, Fiche, FicheId, Kind, Label, LabelOrigin, Level, Name, Position,
    Territory, Value as Held, Vocabulary,
};
use serde_json::Value;
use std::{collections::HashMap, fs, path::PathBuf};

/// A file of the operator's, or `None` (and a word about it) when there is none here.
fn file(name: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let path = root.join("shared/data").join(name);
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

/// Everything, in the order of documents, with the words of the facets.
pub fn read() -> Option<(Vec<Fiche>, Vocabulary)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let taxonomy = fs::read_to_string(root.join("data/taxonomie.toml")).unwrap();
    let mut vocabulary = Vocabulary::from_toml(&taxonomy).unwrap();
    let mut fiches = territories()?;
    add_labels(&mut fiches, &mut vocabulary)?;
    let homes: HashMap<Code, (Territory, Option<Position>)> = fiches
        .iter()
        .filter(|fiche| fiche.kind == Level::Commune)
        .filter_map(|fiche| Some((fiche.code?, (fiche.territory, fiche.position))))
        .collect();
    for row in rows("initiatives.csv")? {
        fiches.extend(own_content(
            Kind::point("initiative"),
            &row,
            &homes,
            &mut vocabulary,
        ));
    }
    for row in rows("colieux.csv")? {
        fiches.extend(own_content(
            Kind::point("colieu"),
            &row,
            &homes,
            &mut vocabulary,
        ));
    }
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Some((fiches, vocabulary))
}

fn json(name: &str) -> Option<Vec<Value>> {
    let text = file(&format!("decoupage/{name}.json"))?;
    Some(serde_json::from_str(&text).unwrap())
}

type Row = HashMap<String, String>;

fn rows(name: &str) -> Option<Vec<Row>> {
    let text = file(name)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    Some(reader.deserialize().map(Result::unwrap).collect())
}

fn code(row: &Value, field: &str) -> Option<Code> {
    row[field].as_str()?.parse().ok()
}

fn territory(kind: Level, row: &Value) -> Fiche {
    let own = code(row, "code").unwrap();
    let name = row["nom"].as_str().unwrap().to_owned();
    let mut fiche = Fiche::new(FicheId::territory(kind, own), kind, name);
    fiche.code = Some(own);
    let people = row["population"]
        .as_u64()
        .or(row["populationMunicipale"].as_u64());
    fiche.set_extent(people.map(|count| count as u32), None);
    fiche.territory.departement = code(row, "departement");
    fiche.territory.region = code(row, "region");
    fiche.postcodes = strings(&row["codesPostaux"]);
    fiche
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(|text| Some(text.as_str()?.to_owned()))
        .collect()
}

fn communes() -> Option<Vec<Fiche>> {
    let centres: HashMap<Code, Position> = rows("centres.csv")?
        .iter()
        .filter_map(|row| Some((row["code"].parse().ok()?, position(row)?)))
        .collect();
    let rows = json("communes")?;
    let today = |row: &&Value| row["type"] == "commune-actuelle";
    let mut communes: Vec<Fiche> = rows
        .iter()
        .filter(today)
        .map(|row| {
            let mut fiche = territory(Level::Commune, row);
            fiche.territory.commune = fiche.code;
            fiche.siren = code(row, "siren");
            fiche.position = centres.get(&fiche.code.unwrap()).copied();
            fiche
        })
        .collect();
    let ranks: HashMap<Code, usize> = communes
        .iter()
        .enumerate()
        .map(|(rank, fiche)| (fiche.code.unwrap(), rank))
        .collect();
    for row in rows.iter().filter(|row| !today(row)) {
        let main = code(row, "chefLieu").or(code(row, "commune"));
        if let Some(&rank) = main.and_then(|main| ranks.get(&main)) {
            communes[rank].aliases.push(Alias {
                name: row["nom"].as_str().unwrap().to_owned(),
                code: code(row, "code"),
                kind: AliasKind::Deleguee,
                population: row["population"].as_u64().map(|count| count as u32),
                postcodes: strings(&row["codesPostaux"]),
                position: None,
            });
        }
    }
    Some(communes)
}

fn territories() -> Option<Vec<Fiche>> {
    let mut communes = communes()?;
    let ranks: HashMap<Code, usize> = communes
        .iter()
        .enumerate()
        .map(|(rank, fiche)| (fiche.code.unwrap(), rank))
        .collect();
    let mut fiches = Vec::new();
    for row in json("epci")? {
        let mut fiche = territory(Level::Epci, &row);
        let members = row["membres"].as_array().into_iter().flatten();
        for &rank in members.filter_map(|member| ranks.get(&code(member, "code")?)) {
            communes[rank].territory.epci = fiche.code;
            fiche.territory = communes[rank].territory;
        }
        fiche.territory.commune = None;
        fiche.territory.epci = fiche.code;
        fiches.push(fiche);
    }
    for (name, kind) in [
        ("departements", Level::Departement),
        ("regions", Level::Region),
    ] {
        for row in json(name)? {
            let mut fiche = territory(kind, &row);
            match kind {
                Level::Departement => fiche.territory.departement = fiche.code,
                _ => fiche.territory.region = fiche.code,
            }
            fiches.push(fiche);
        }
    }
    place_and_people(&communes, &mut fiches);
    fiches.extend(communes);
    Some(fiches)
}

/// Gives wider territories the mean position and the inhabitants of their communes.
fn place_and_people(communes: &[Fiche], wider: &mut [Fiche]) {
    let mut sums: HashMap<(Level, Code), (f64, f64, f64, u32)> = HashMap::new();
    for commune in communes {
        for kind in [Level::Epci, Level::Departement, Level::Region] {
            if let (Some(code), Some(position)) = (commune.territory.at(kind), commune.position) {
                let sum = sums.entry((kind, code)).or_default();
                sum.0 += position.longitude();
                sum.1 += position.latitude();
                sum.2 += 1.0;
                sum.3 += commune.population().unwrap_or(0);
            }
        }
    }
    for fiche in wider {
        if let Some(sum) = sums.get(&(fiche.kind.level().unwrap(), fiche.code.unwrap())) {
            fiche.position = Position::new(sum.0 / sum.2, sum.1 / sum.2).ok();
            fiche.set_extent(Some(sum.3), None);
        }
    }
}

fn position(row: &Row) -> Option<Position> {
    Position::new(
        row["longitude"].parse().ok()?,
        row["latitude"].parse().ok()?,
    )
    .ok()
}

fn add_labels(fiches: &mut [Fiche], vocabulary: &mut Vocabulary) -> Option<()> {
    let ranks: HashMap<Code, usize> = fiches
        .iter()
        .enumerate()
        .filter(|(_, fiche)| fiche.kind == Level::Commune || fiche.kind == Level::Epci)
        .map(|(rank, fiche)| (fiche.code.unwrap(), rank))
        .collect();
    for row in rows("labels.csv")? {
        let Some(&rank) = row["code"]
            .parse()
            .ok()
            .and_then(|code: Code| ranks.get(&code))
        else {
            continue;
        };
        let mention = Some(row["mention"].clone()).filter(|mention| !mention.is_empty());
        if let Some(mention) = &mention {
            vocabulary.intern(Facet::Mention, mention);
        }
        fiches[rank].labels.push(Label {
            year: row["millesime"].parse().unwrap(),
            level: row["arobases"].parse().ok(),
            mention,
            origin: LabelOrigin::Synthetique,
            group: None,
        });
    }
    Some(())
}

fn own_content(
    kind: Kind,
    row: &Row,
    homes: &HashMap<Code, (Territory, Option<Position>)>,
    vocabulary: &mut Vocabulary,
) -> Option<Fiche> {
    let field = |name: &str| row.get(name).map_or("", |value| value.trim());
    let name = if kind == Kind::point("colieu") {
        field("nom")
    } else {
        field("titre")
    };
    if name.is_empty() {
        return None;
    }
    let mut fiche = Fiche::new(
        FicheId::of_row(kind, field("id")).ok()?,
        kind,
        name.to_owned(),
    );
    fiche.text = format!("{}{}", field("description"), field("presentation_resume"));
    let home = field("code_insee")
        .parse()
        .ok()
        .and_then(|code: Code| homes.get(&code));
    fiche.territory = home.map_or(Territory::default(), |(territory, _)| *territory);
    fiche.position = position(row).or(home.and_then(|(_, centre)| *centre));
    for (name, column) in [
        (Name::known("enjeu"), "enjeu"),
        (Name::known("categorie"), "categorie"),
        (Name::known("services"), "services"),
        (Name::known("publics"), "publics"),
        (Name::known("publics"), "publics_specifiquement_adresses"),
        (Name::known("typologie"), "typologie"),
    ] {
        let facet = Facet::Column(name);
        let raw = field(column)
            .split('|')
            .filter(|value| !value.trim().is_empty());
        let slugs: Vec<String> = raw
            .filter_map(|value| vocabulary.intern(facet, value))
            .collect();
        if !slugs.is_empty() {
            fiche.values.add_terms(name, slugs);
        }
    }
    if let Ok(year) = field("annee").parse() {
        fiche.values.set(Name::known("annee"), Held::Year(year));
    }
    fiche.updated = field("date_maj").parse().ok();
    fiche.address = Some(field("adresse").to_owned()).filter(|address| !address.is_empty());
    Some(fiche)
}
