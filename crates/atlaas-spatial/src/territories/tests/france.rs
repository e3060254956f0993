//! The whole of France, where the full-scale inputs are at hand.

use crate::archive::{gunzip, gzip};
use crate::territories::{Territories, TerritoryAttributes, encode::layer_writers, pyramid_level};
use atlaas_model::{Code, Level, Outline, Ring, Territory};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

fn read() -> Option<(Vec<Outline>, Vec<TerritoryAttributes>)> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/communes.geojson.gz");
    let Ok(bytes) = std::fs::read(&path) else {
        assert!(
            std::env::var_os("ATLAAS_REQUIRE_SHARED").is_none(),
            "{} is missing",
            path.display()
        );
        println!("skipped: {} is not there", path.display());
        return None;
    };
    let json: serde_json::Value =
        serde_json::from_slice(&gunzip(&bytes, 1 << 30).unwrap()).unwrap();
    let read = json["features"].as_array().unwrap().iter().map(|feature| {
        let property =
            |name: &str| -> Option<Code> { feature["properties"][name].as_str()?.parse().ok() };
        let code = property("code").unwrap();
        let geometry = &feature["geometry"];
        let coordinates = geometry["coordinates"].clone();
        let polygons: Vec<Vec<Ring>> = if geometry["type"] == "Polygon" {
            vec![serde_json::from_value(coordinates).unwrap()]
        } else {
            serde_json::from_value(coordinates).unwrap()
        };
        let attributes = TerritoryAttributes {
            kind: Level::Commune,
            code,
            feature_id: code.feature_id(),
            name: feature["properties"]["nom"].as_str().unwrap().to_owned(),
            population: (code.feature_id() * 7919 % 9000) as u32,
            numbers: Vec::new(),
            arobases: 0,
            counts: Vec::new(),
            centre: None,
            parents: Territory {
                commune: Some(code),
                epci: property("epci"),
                departement: property("departement"),
                region: property("region"),
            },
        };
        (Outline { code, polygons }, attributes)
    });
    let (outlines, mut attributes): (Vec<Outline>, Vec<TerritoryAttributes>) = read.unzip();
    let larger: BTreeSet<(Level, Code)> = attributes
        .iter()
        .flat_map(|attributes| {
            [Level::Epci, Level::Departement, Level::Region]
                .map(|kind| attributes.parents.at(kind).map(|code| (kind, code)))
        })
        .flatten()
        .collect();
    let model = attributes[0].clone();
    attributes.extend(larger.into_iter().map(|(kind, code)| TerritoryAttributes {
        kind,
        code,
        feature_id: code.feature_id(),
        ..model.clone()
    }));
    Some((outlines, attributes))
}

/// The outlines of France and what they become, built once a run.
pub fn france() -> Option<&'static (Vec<Outline>, Territories)> {
    static FRANCE: OnceLock<Option<(Vec<Outline>, Territories)>> = OnceLock::new();
    let built = FRANCE.get_or_init(|| {
        let (outlines, attributes) = read()?;
        let mut remarks = Vec::new();
        let territories = Territories::build(&outlines, attributes, &mut remarks).unwrap();
        assert!(remarks.len() < 300, "{} remarks", remarks.len());
        Some((outlines, territories))
    });
    built.as_ref()
}

#[test]
fn france_has_all_its_communes_in_tiles_of_bounded_size() {
    let Some((_, territories)) = france() else {
        return;
    };
    for zoom in [5, 6] {
        let mut communes = BTreeSet::new();
        let mut largest = 0;
        for (_, content) in territories.contents(zoom) {
            let drawn = content.pieces.iter().map(|piece| piece.shape);
            communes.extend(drawn.filter(|&rank| {
                territories.shapes[rank as usize].attributes.kind == Level::Commune
            }));
            let tile = territories.encode(zoom, content, &mut layer_writers());
            largest = largest.max(gzip(&tile, pyramid_level(zoom)).len());
        }
        assert!(largest <= 500_000, "zoom {zoom}: {largest} bytes");
        assert_eq!(communes.len(), 34_875, "zoom {zoom}");
    }
    let places = [
        ("75056", 2.3522, 48.8566),
        ("13055", 5.3698, 43.2965),
        ("2A004", 8.7369, 41.9192),
        ("97411", 55.4480, -20.8789),
    ];
    for (code, longitude, latitude) in places {
        let position = atlaas_model::Position::new(longitude, latitude).unwrap();
        let found = territories.locate(position);
        assert_eq!(found.map(|code| code.to_string()), Some(code.to_owned()));
    }
}
