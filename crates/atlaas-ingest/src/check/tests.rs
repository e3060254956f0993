//! Checking of files by name and by content, and of every reader on bytes of any kind.

use super::*;
use proptest::prelude::*;

#[test]
fn a_file_is_recognised_by_its_header_when_its_name_says_nothing() {
    let outline = r#"{"features":[{"type":"Feature","properties":{"code":"01001"},
        "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]}"#;
    let epci = r#"[{"code":"200069193","nom":"CC","membres":[{"code":"01001"}]}]"#;
    for (name, text, expected) in [
        ("export.csv", "id;titre\n1;Un\n", Content::Initiatives),
        ("mednum.csv", "id,nom,services\n1,Un,x\n", Content::Colieux),
        (
            "x.csv",
            "code\tmillesime\tarobases\n01001\t2020\t3\n",
            Content::Labels,
        ),
        (
            "y.csv",
            "code,nom,longitude,latitude\n01001,A,4.9,46.1\n",
            Content::Centres,
        ),
        ("z.json", epci, Content::Epci),
        ("c.geojson", outline, Content::Outlines),
        ("colieux-2024.csv", "nom\nx\n", Content::Colieux),
    ] {
        let outcome = check_bytes(name, text.as_bytes()).unwrap();
        assert_eq!(outcome.files[0].content, expected, "{name}");
        assert_eq!(
            (outcome.files[0].rows, outcome.files[0].kept),
            (1, 1),
            "{name}"
        );
    }
}

#[test]
fn what_is_nothing_known_is_an_error_that_names_what_could_be() {
    let error = check_bytes("notes.csv", b"a,b\n1,2\n").unwrap_err();
    assert!(error.to_string().contains("initiatives.csv"), "{error}");
    let nothing = check_bytes("x.json", b"{}");
    assert!(matches!(nothing, Err(IngestError::Unrecognised { .. })));
    let nowhere = check_files(&[PathBuf::from("nowhere/initiatives.csv")]);
    assert!(matches!(nowhere, Err(IngestError::Io { .. })));
    let untitled = check_bytes("initiatives.csv", b"id;texte\n1;x\n");
    assert!(matches!(untitled, Err(IngestError::Table { .. })));
}

#[test]
fn codes_are_checked_against_the_embedded_gazetteer() {
    let text = "id,titre,code_insee,latitude,longitude\n\
        1,Un,13055,43.3,5.4\n2,Deux,99999,,\n3,Trois,01015,45.7,5.6\n";
    let outcome = check_bytes("initiatives.csv", text.as_bytes()).unwrap();
    let remarks: Vec<(u64, Action)> = outcome
        .report
        .lines
        .iter()
        .map(|line| (line.line, line.action))
        .collect();
    assert_eq!(remarks, [(3, Action::Ignore), (3, Action::Garde)]);
    assert!(outcome.files[0].french().contains("3 lues, 3 retenues"));
    assert!(outcome.files[0].english().contains("3 read, 3 kept"));
    assert!(!outcome.files[0].is_clean());
}

/// Texts that begin as a file of each kind should, and go on as they like.
fn hostile() -> impl Strategy<Value = (String, Vec<u8>)> {
    let starts = prop_oneof![
        Just((
            "initiatives.csv",
            "id,titre,enjeu,annee,date_maj,code_insee,commune,latitude,longitude\n"
        )),
        Just((
            "colieux.csv",
            "id,nom,commune,code_insee,services,typologie,site_web,latitude,longitude\n"
        )),
        Just((
            "colieux.csv",
            "id;nom;services;publics_accueillis;conditions_acces;labels_nationaux\n"
        )),
        Just(("labels.csv", "code,millesime,arobases,mention\n")),
        Just(("centres.csv", "code,nom,longitude,latitude\n")),
        Just(("initiatives.json", "[{\"titre\":")),
        Just((
            "initiatives.geojson",
            "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"titre\":\"a\"},\"geometry\":"
        )),
        Just((
            "communes.geojson",
            "{\"features\":[{\"properties\":{\"code\":\"01001\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        )),
        Just(("communes.json", "[{\"code\":\"01001\",\"nom\":")),
        Just((
            "epci.json",
            "[{\"code\":\"200069193\",\"nom\":\"x\",\"membres\":"
        )),
        Just(("departements.json", "[{\"code\":\"01\",\"nom\":")),
        Just(("labels.csv.gz", "\u{1f}\u{8b}")),
        Just(("initiatives.csv", "")),
    ];
    let rest = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..120),
        "[\\[\\]{}\",;|:0-9.a-e@<>&é°\n\r\t-]{0,120}".prop_map(String::into_bytes),
        Just(b"01001,2020,3\n01001,2020,4\n,,\n01001,99999999999999999999,@@@@\n".to_vec()),
        Just(b"1,x,y,2020,2024-01-01,01001,Y,1e308,-1e308\n".to_vec()),
    ];
    (starts, rest).prop_map(|((name, start), rest)| {
        let bytes = start.bytes().chain(rest).collect();
        (name.to_owned(), bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn no_file_makes_a_reader_panic((name, bytes) in hostile()) {
        if let Ok(outcome) = check_bytes(&name, &bytes) {
            // A commune in two rows of labels or centres may count less, never more.
            prop_assert!(outcome.files[0].kept <= outcome.files[0].rows);
        }
    }
}
