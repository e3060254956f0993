//! One query, every form: the form is chosen by extension, `f=`, `Accept`; exports hold the whole
//! result in every form; file names can be read; tables survive spreadsheets; feeds keep their ids.

use crate::demonstration::{Answer, app, get, get_with};
use std::time::Duration;

/// Rows of a CSV without line breaks inside cells.
fn lines(answer: &Answer) -> Vec<String> {
    let text = String::from_utf8(answer.body.clone()).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_form_is_chosen_by_extension_then_f_then_accept() {
    for (path, accept, media) in [
        ("/api/v1/fiches?limit=1", "*/*", "application/geo+json"),
        (
            "/api/v1/fiches?type=region",
            "text/csv",
            "text/csv; charset=utf-8; header=present",
        ),
        (
            "/api/v1/fiches?type=region&f=atom",
            "text/csv",
            "application/atom+xml; charset=utf-8",
        ),
        (
            "/api/v1/fiches.ndjson?type=region&f=atom",
            "text/csv",
            "application/x-ndjson",
        ),
    ] {
        let answer = get_with(&app(), path, &[("accept", accept)]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, media),
            "{path}"
        );
        assert!(answer.header("vary").contains("accept"), "{path}");
    }
    let page = get_with(&app(), "/api/v1/fiches?q=wifi", &[("accept", "text/html")]).await;
    assert_eq!(
        (page.status.as_u16(), page.header("location")),
        (303, "http://atlaas.test/?q=wifi")
    );
    assert_eq!(
        get_with(&app(), "/api/v1/fiches", &[("accept", "image/png")])
            .await
            .status,
        406
    );
    assert_eq!(
        get("/api/v1/fiches?f=cvs").await.json()["errors"][0]["suggestion"],
        "csv"
    );
}

#[tokio::test]
async fn every_export_holds_the_whole_result() {
    let query = "type=initiative&departement=13";
    let page = get(&format!("/api/v1/fiches?{query}&limit=1")).await.json();
    let matched = page["numberMatched"].as_u64().unwrap() as usize;
    assert!(matched > 20, "{matched}");
    let ndjson = get(&format!("/api/v1/fiches.ndjson?{query}")).await;
    assert_eq!(lines(&ndjson).len(), matched);
    let sequence = get(&format!("/api/v1/fiches.geojsonseq?{query}")).await;
    assert_eq!(
        sequence.body.split(|&byte| byte == 0x1e).count() - 1,
        matched
    );
    let gpx = get(&format!("/api/v1/fiches.gpx?{query}")).await;
    let placed = lines(&ndjson)
        .iter()
        .filter(|line| !line.contains("\"geometry\":null"))
        .count();
    let waypoints = String::from_utf8(gpx.body).unwrap();
    assert_eq!(waypoints.matches("<wpt ").count(), placed);
    let first: serde_json::Value = serde_json::from_str(&lines(&ndjson)[0]).unwrap();
    assert_eq!(first["type"], "Feature");
    let some = get(&format!("/api/v1/fiches.ndjson?{query}&limit=7&offset=3")).await;
    assert_eq!(lines(&some), lines(&ndjson)[3..10]);
}

#[tokio::test]
async fn a_csv_has_a_readable_name_and_says_where_its_rows_come_from() {
    let answer = get("/api/v1/fiches.csv?type=region&tri=nom").await;
    let rows = lines(&answer);
    assert!(rows[0].starts_with("id,type,nom,texte,"), "{}", rows[0]);
    assert!(rows[0].ends_with(",url_fiche,snapshot"), "{}", rows[0]);
    assert!(
        rows[1].contains("http://atlaas.test/fiche/region-"),
        "{}",
        rows[1]
    );
    let name = answer.header("content-disposition");
    assert!(
        name.starts_with("attachment; filename=\"atlaas-regions-2"),
        "{name}"
    );
    assert!(name.ends_with(".csv\""), "{name}");
}

#[tokio::test]
async fn the_dialect_for_a_french_excel_has_a_mark_semicolons_and_decimal_commas() {
    let answer = get("/api/v1/fiches.csv?type=commune&commune=13056&dialecte=excel-fr").await;
    let text = String::from_utf8(answer.body).unwrap();
    assert!(
        text.starts_with("\u{feff}id;type;nom;") && text.contains("\r\n"),
        "{text}"
    );
    assert!(text.contains(";5,0") && text.contains(";43,"), "{text}");
    assert_eq!(get("/api/v1/fiches.csv?dialecte=excel").await.status, 400);
}

#[tokio::test]
async fn a_workbook_is_a_zip_and_a_compressed_export_is_whole() {
    let workbook = get("/api/v1/fiches.xlsx?type=region").await;
    assert!(workbook.body.starts_with(b"PK"));
    let path = "/api/v1/fiches.csv?type=colieu&departement=13";
    let plain = get(path).await;
    let packed = get_with(&app(), path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < plain.body.len() / 2);
    assert_ne!(packed.header("etag"), plain.header("etag"));
}

#[tokio::test]
async fn a_feed_gives_the_newest_first_under_ids_that_stay() {
    let answer = get("/api/v1/fiches.atom?type=initiative&enjeu=education&limit=20").await;
    let text = String::from_utf8(answer.body).unwrap();
    assert!(
        text.contains("<id>tag:atlaas.test,2026:initiative-"),
        "{text}"
    );
    let entries: Vec<&str> = text.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), 20);
    let days: Vec<&str> = entries
        .iter()
        .map(|entry| {
            entry
                .split("<updated>")
                .nth(1)
                .unwrap()
                .split('<')
                .next()
                .unwrap()
        })
        .collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
}

#[tokio::test]
async fn a_head_request_gets_the_head_and_no_body() {
    for path in [
        "/api/v1/fiches.csv",
        "/api/v1/fiches?limit=1",
        "/communes/13056",
        "/ogc/collections",
    ] {
        let request = axum::http::Request::head(path).header("host", "atlaas.test");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let head = crate::demonstration::send(&app(), request).await;
        let whole = get(path).await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("etag"), whole.header("etag"), "{path}");
    }
}

#[tokio::test]
async fn an_export_of_nothing_ends_in_every_form() {
    for form in [
        "csv",
        "xlsx",
        "gpx",
        "geojsonseq",
        "ndjson",
        "atom",
        "geojson",
    ] {
        let address = format!("/api/v1/fiches.{form}?q=zzyzxqwv");
        let answer = tokio::time::timeout(Duration::from_secs(30), get(&address)).await;
        let answer = answer.unwrap_or_else(|_| panic!("{form} does not end"));
        assert_eq!(answer.status, 200, "{form}");
    }
}
