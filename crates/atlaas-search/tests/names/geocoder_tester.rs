//! The public cases of geocoder-tester for French communes.

use crate::shared;
use atlaas_search::GeocodeRequest;

#[test]
fn at_least_68_of_the_69_public_cases_are_found() {
    let (Some(fiches), Some(cases)) = (
        shared::fiches(),
        shared::file("requetes/geocoder-tester-communes.csv"),
    ) else {
        return;
    };
    let known = shared::Known::of(fiches);
    let geocoder = known.geocoder();
    let mut reader = csv::Reader::from_reader(cases.as_bytes());
    let (mut all, mut found) = (0, 0);
    for row in reader.records() {
        let row = row.expect("a row");
        let request = GeocodeRequest {
            text: &row[0],
            limit: row[1].parse().expect("a limit"),
            autocomplete: true,
            near: None,
            postcodes: &[],
            citycodes: &[],
        };
        let hits = geocoder.geocode(&request);
        all += 1;
        if hits.iter().any(|hit| hit.citycode == row[2]) {
            found += 1;
        } else {
            let names: Vec<_> = hits.iter().map(|hit| &hit.name).collect();
            println!("{}: expected {}, got {names:?}", &row[0], &row[3]);
        }
    }
    println!("{found} of {all}");
    assert!(found + 1 >= all, "{found} of {all}");
}
