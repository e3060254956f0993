//! The sample of `data/echantillon`: each trap in it, and what must become of it.

use crate::readings::{attribute, copy, data, fiche, read, remarks, sample};
use atlaas_ingest::{IngestError, ReadOptions, read_sources};
use atlaas_model::{Action, Facet, Origin, Precision};
use std::{fs, io::Write as _, path::Path};

#[test]
fn every_kind_is_counted_and_the_files_are_named_by_their_content() {
    let dataset = sample();
    let count = |kind| {
        dataset
            .fiches
            .iter()
            .filter(|fiche| fiche.kind == kind)
            .count()
    };
    let counts: Vec<usize> = dataset.schema.kinds().into_iter().map(count).collect();
    assert_eq!(counts, [16, 13, 14, 11, 4, 14]);
    let Origin::Sources { fichiers } = &dataset.origin else {
        panic!("not from sources")
    };
    assert_eq!(fichiers.len(), 9);
    assert!(
        fichiers
            .iter()
            .all(|file| file.sha256.len() == 64 && file.bytes > 0)
    );
    let initiatives = fichiers
        .iter()
        .find(|file| file.name == "initiatives.csv")
        .unwrap();
    assert_eq!(initiatives.rows, 16);
    assert!(
        dataset
            .fiches
            .is_sorted_by(|a, b| (a.kind, &a.id) < (b.kind, &b.id))
    );
    assert!(dataset.fiches.iter().all(|fiche| {
        !fiche.name.is_empty()
            && fiche.position.is_none() == (fiche.precision == Precision::Inconnue)
    }));
}

#[test]
fn territories_keep_their_names_codes_and_former_lives() {
    let dataset = sample();
    assert_eq!(fiche(&dataset, "commune-80829").name, "Y");
    assert_eq!(fiche(&dataset, "commune-62633").name, "Œuf-en-Ternois");
    assert_eq!(fiche(&dataset, "commune-94038").name, "L'Haÿ-les-Roses");
    assert_eq!(
        fiche(&dataset, "commune-97411")
            .territory
            .region
            .unwrap()
            .as_str(),
        "04"
    );
    let arboys = fiche(&dataset, "commune-01015");
    let names: Vec<&str> = arboys
        .aliases
        .iter()
        .map(|alias| alias.name.as_str())
        .collect();
    assert_eq!(names, ["Arbignieu", "Saint-Bois"]);
    let paris = fiche(&dataset, "commune-75056");
    let seventeenth = &paris.aliases[1];
    assert_eq!(seventeenth.code.unwrap().as_str(), "75117");
    assert_eq!(seventeenth.postcodes, ["75017"]);
    assert_eq!(seventeenth.population, Some(159_212));
    let papeete = fiche(&dataset, "commune-98735");
    assert_eq!(
        (papeete.position, papeete.precision),
        (None, Precision::Inconnue)
    );
    let epci = fiche(&dataset, "epci-242010056");
    assert_eq!(epci.territory.departement.unwrap().as_str(), "2A");
    assert_eq!(epci.precision, Precision::Territoire);
    assert_eq!(fiche(&dataset, "departement-2A").population(), Some(76_320));
}

#[test]
fn outlines_keep_holes_and_islands_and_follow_their_communes() {
    let dataset = sample();
    let outline = |code: &str| {
        let found = dataset
            .outlines
            .iter()
            .find(|outline| outline.code.as_str() == code);
        found.map(|outline| &outline.polygons)
    };
    let y = outline("80829").unwrap();
    assert_eq!(
        (y.len(), y[0].len(), y[0][0].len(), y[0][1].len()),
        (1, 2, 5, 4)
    );
    assert_eq!(outline("2A004").unwrap().len(), 3);
    let [longitude, latitude] = outline("97411").unwrap()[0][0][0];
    assert!((longitude - 55.4).abs() < 1e-12 && (latitude + 20.99).abs() < 1e-12);
    // A former commune's outline joins that of today's.
    assert_eq!(outline("01015").unwrap().len(), 2);
    assert_eq!((outline("99999"), outline("98735")), (None, None));
    // A commune without a centre in centres.csv gets one from its outline.
    let centre = fiche(&dataset, "commune-62633").position.unwrap();
    assert!((centre.longitude() - 2.21).abs() < 1e-9 && (centre.latitude() - 50.36).abs() < 1e-9);
}

#[test]
fn positions_are_found_repaired_or_doubted() {
    let dataset = sample();
    let with = |id: &str| {
        let fiche = fiche(&dataset, id);
        let commune = fiche.territory.commune.map(|code| code.to_string());
        (fiche.precision, commune.unwrap_or_default())
    };
    let file = "initiatives.csv";
    assert_eq!(
        with("initiative-1"),
        (Precision::Commune, "94038".to_owned())
    );
    assert_eq!(with("initiative-3"), (Precision::Point, "97411".to_owned()));
    assert!(
        fiche(&dataset, "initiative-3")
            .position
            .unwrap()
            .longitude()
            > 55.0
    );
    assert_eq!(
        remarks(&dataset, file, 6),
        [(Action::Repare, "latitude".to_owned())]
    );
    assert_eq!(with("initiative-4"), (Precision::Point, "29083".to_owned()));
    assert_eq!(
        remarks(&dataset, file, 7),
        [(Action::Garde, "latitude".to_owned())]
    );
    assert_eq!(with("initiative-6"), (Precision::Point, "01015".to_owned()));
    assert_eq!(with("initiative-7"), (Precision::Point, "01004".to_owned()));
    assert_eq!(with("initiative-8"), (Precision::Point, "75056".to_owned()));
    // Three communes have that name and nothing tells which.
    assert_eq!(with("initiative-11"), (Precision::Inconnue, String::new()));
    assert_eq!(
        with("initiative-12"),
        (Precision::Point, "05135".to_owned())
    );
    assert_eq!(
        with("initiative-ligne-17"),
        (Precision::Commune, "69123".to_owned())
    );
}

#[test]
fn rows_are_refused_replaced_or_cleaned_with_a_remark() {
    let dataset = sample();
    assert_eq!(fiche(&dataset, "initiative-5").name, "Seconde version");
    assert_eq!(
        remarks(&dataset, "initiatives.csv", 9),
        [(Action::Repare, "id".to_owned())]
    );
    assert!(
        dataset
            .fiches
            .iter()
            .all(|fiche| fiche.id.as_str() != "initiative-14")
    );
    assert_eq!(
        remarks(&dataset, "initiatives.csv", 18),
        [(Action::Refuse, "titre".to_owned())]
    );
    let seven = fiche(&dataset, "initiative-7");
    assert_eq!((seven.year(), seven.updated), (None, None));
    let two = fiche(&dataset, "initiative-2");
    assert_eq!(two.name, "La fibre, « enfin », dit-on \"au bout du monde\"");
    assert!(two.text.contains("virgule.\n\nDeuxième"));
    assert_eq!(
        attribute(fiche(&dataset, "initiative-1"), "budget"),
        ["12000"]
    );
    assert!(attribute(two, "contact_mail").is_empty());
    assert_eq!(
        fiche(&dataset, "initiative-3").text,
        "Un texte écrit en HTML."
    );
    assert_eq!(
        fiche(&dataset, "initiative-9").text,
        "Écrire à [courriel] ou au [téléphone]."
    );
    let ten = fiche(&dataset, "initiative-10");
    assert_eq!(ten.slugs(Facet::column("enjeu")), ["astronomie"]);
    assert_eq!(
        dataset
            .schema
            .vocabulary
            .label(Facet::column("enjeu"), "astronomie"),
        "astronomie"
    );
}

#[test]
fn places_of_mediation_follow_the_national_schema() {
    let dataset = sample();
    let one = fiche(&dataset, "colieu-a-1");
    assert_eq!(one.slugs(Facet::column("typologie")), ["bib"]);
    assert_eq!(one.slugs(Facet::column("publics")), ["seniors", "jeunes"]);
    assert_eq!(attribute(one, "frais_a_charge"), ["Gratuit"]);
    assert_eq!(attribute(one, "frais_a_charge_brut").len(), 1);
    assert_eq!(
        attribute(one, "prise_en_charge_specifique"),
        ["Surdité", "Illettrisme"]
    );
    assert_eq!(attribute(one, "site_web"), ["https://www.exemple.fr"]);
    assert_eq!(one.address.as_deref(), Some("1 rue du Puits, RDC"));
    assert_eq!(one.text, "Le détail dit plus que le résumé.");
    assert!(attribute(one, "telephone").is_empty() && attribute(one, "courriels").is_empty());
    let two = fiche(&dataset, "colieu-a-2");
    assert_eq!(two.slugs(Facet::column("typologie")), ["rfs", "asso"]);
    assert!(attribute(two, "site_web").is_empty() && two.updated.is_none());
    assert_eq!(fiche(&dataset, "colieu-a-3").precision, Precision::Commune);
    assert_eq!(
        fiche(&dataset, "colieu-a-4-e").slugs(Facet::column("typologie")),
        ["planetarium"]
    );
}

#[test]
fn the_older_schema_leads_to_the_same_terms() {
    let old = tempfile::tempdir().unwrap();
    copy(
        &data().join("echantillon/decoupage"),
        &old.path().join("decoupage"),
    );
    copy(&data().join("echantillon-0.1.0"), old.path());
    let centres = data().join("echantillon/centres.csv");
    fs::copy(centres, old.path().join("centres.csv")).unwrap();
    let dataset = read(old.path());
    let one = fiche(&dataset, "colieu-v-1");
    assert_eq!(
        one.slugs(Facet::column("typologie")),
        ["epn", "tiers-lieux"]
    );
    assert_eq!(
        one.slugs(Facet::column("services")),
        [
            "maitrise-des-outils-numeriques-du-quotidien",
            "acces-internet-et-materiel-informatique"
        ]
    );
    assert_eq!(
        one.slugs(Facet::column("publics")),
        ["seniors", "familles-et-ou-enfants"]
    );
    assert_eq!(
        attribute(one, "prise_en_charge_specifique"),
        ["Déficience visuelle"]
    );
    assert_eq!(
        attribute(one, "dispositif_programmes_nationaux"),
        ["France Services", "Conseillers numériques"]
    );
    assert_eq!(
        attribute(one, "formations_labels"),
        ["Fabriques de Territoire"]
    );
    assert_eq!(
        attribute(one, "site_web"),
        ["https://exemple.fr/", "https://exemple.org/"]
    );
    assert_eq!(
        fiche(&dataset, "colieu-v-2").updated.unwrap().to_string(),
        "2022-06-02"
    );
}

#[test]
fn labels_are_read_from_windows_1252_and_given_to_their_territories() {
    let dataset = sample();
    let levels = |id: &str| -> Vec<(u16, Option<u8>)> {
        let labels = fiche(&dataset, id).labels.iter();
        labels.map(|label| (label.year, label.level)).collect()
    };
    assert_eq!(levels("commune-80829"), [(2019, Some(3)), (2021, Some(5))]);
    assert_eq!(levels("commune-94038"), [(2020, Some(4))]);
    assert_eq!(levels("commune-2A004"), [(2018, None)]);
    assert_eq!(levels("commune-01015"), [(2012, Some(2))]);
    assert_eq!(
        fiche(&dataset, "commune-2A004").labels[0]
            .mention
            .as_deref(),
        Some("Santé")
    );
    assert!(levels("commune-44109").is_empty() && levels("commune-62633").is_empty());
    let file = dataset
        .report
        .lines
        .iter()
        .find(|line| line.file == "labels.csv")
        .unwrap();
    assert_eq!((file.line, file.action), (0, Action::Repare));
}

#[test]
fn packed_files_give_the_same_dataset() {
    let packed = tempfile::tempdir().unwrap();
    copy(&data().join("echantillon"), packed.path());
    for name in [
        "communes.geojson",
        "initiatives.csv",
        "decoupage/communes.json",
    ] {
        let plain = packed.path().join(name);
        let file = fs::File::create(packed.path().join(format!("{name}.gz"))).unwrap();
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        encoder.write_all(&fs::read(&plain).unwrap()).unwrap();
        encoder.finish().unwrap();
        fs::remove_file(plain).unwrap();
    }
    let (one, other) = (sample(), read(packed.path()));
    assert_eq!(one.fiches, other.fiches);
    assert_eq!(one.outlines, other.outlines);
    assert_eq!(one.schema, other.schema);
}

#[test]
fn what_cannot_be_read_at_all_is_an_error_that_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let read = |dir: &Path| read_sources(dir, &ReadOptions::default(), &|_| {});
    assert!(matches!(read(dir.path()), Err(IngestError::Missing { .. })));
    copy(&data().join("echantillon"), dir.path());
    let expect = |text: &str| ReadOptions {
        expect: vec![text.parse().unwrap()],
    };
    assert!(read_sources(dir.path(), &expect("commune=16"), &|_| {}).is_ok());
    let error = read_sources(dir.path(), &expect("initiative=100.."), &|_| {}).unwrap_err();
    assert!(
        matches!(error, IngestError::Unexpected { found: 14, .. }),
        "{error}"
    );
    let geojson = dir.path().join("communes.geojson");
    let text = fs::read_to_string(&geojson).unwrap();
    fs::write(&geojson, &text[..text.len() / 2]).unwrap();
    let error = read(dir.path()).unwrap_err();
    assert!(
        matches!(error, IngestError::Json { offset, .. } if offset > 0),
        "{error}"
    );
    fs::write(&geojson, &text).unwrap();
    fs::write(dir.path().join("initiatives.csv"), "a;b\n1;2\n").unwrap();
    let error = read(dir.path()).unwrap_err();
    assert!(error.to_string().contains("titre"), "{error}");
}
