//! Files that callers of addok-csv send: their rows come back in their order, each with what was found.
//!
//! 1. Any delimiter and encoding; columns, filters and positions by the names of columns.
//! 2. What is wrong with a file or a form is told before any row is sent.
//! 3. Bounds: 50 MB, two at once, nothing written on disk, no row in the log.
//! 4. The command line answers the same bytes.

use crate::demonstration::{Answer, app, directory, send, serve_within};
use atlaas_server::{Limits, PublicAddress};
use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::Command;

const BOUNDARY: &str = "----un-formulaire";

fn form(file: &[u8], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    write!(
        body,
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"data\"; filename=\"mes lieux.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    )
    .unwrap();
    body.extend_from_slice(file);
    for (name, value) in fields {
        write!(
            body,
            "\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}"
        )
        .unwrap();
    }
    write!(body, "\r\n--{BOUNDARY}--\r\n").unwrap();
    body
}

fn request(path: &str, body: Vec<u8>) -> Request<Body> {
    let request = Request::post(path).header("host", "atlaas.test");
    let request = request.header(
        "content-type",
        format!("multipart/form-data; boundary={BOUNDARY}"),
    );
    request.body(Body::from(body)).unwrap()
}

async fn post(path: &str, file: &[u8], fields: &[(&str, &str)]) -> Answer {
    send(&app(), request(path, form(file, fields))).await
}

type Row = BTreeMap<String, String>;

fn rows(text: &[u8], delimiter: u8) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn column<'a>(rows: &'a [Row], name: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[name].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_come_back_in_their_order_with_what_was_found() {
    let file = "id;commune;cp\r\n1;Martigues;13500\r\n2;\"Saint Étienne, du Grès\";13103\r\n3;xqzvkw;\r\n4;;\r\n";
    let answer = post(
        "/search/csv/",
        file.as_bytes(),
        &[("columns", "commune"), ("postcode", "cp")],
    )
    .await;
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"mes_lieux.geocoded.csv\""
    );
    let found = rows(&answer.body, b';');
    assert_eq!(column(&found, "id"), ["1", "2", "3", "4"]);
    assert_eq!(column(&found, "commune")[1], "Saint Étienne, du Grès");
    assert_eq!(
        column(&found, "result_citycode"),
        ["13056", "13094", "", ""]
    );
    assert_eq!(
        column(&found, "result_postcode"),
        ["13500", "13103", "", ""]
    );
    assert_eq!(
        column(&found, "result_status"),
        ["ok", "ok", "not-found", "not-found"]
    );
    assert!((found[0]["latitude"].parse::<f64>().unwrap() - 43.4).abs() < 0.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_encoding_and_delimiter_is_read() {
    let text = "adresse\tville\nMairie\tL’Haÿ-les-Roses\nMairie\tÉvry-Courcouronnes\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    let windows: Vec<u8> = text
        .chars()
        .map(|letter| match letter {
            '’' => 0x92,
            letter => u8::try_from(u32::from(letter)).unwrap(),
        })
        .collect();
    for (name, bytes) in [
        ("", text.as_bytes().to_vec()),
        ("utf-8-sig", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("", windows.clone()),
        ("latin1", windows),
        ("", utf16(u16::to_le_bytes)),
        ("utf-16be", utf16(u16::to_be_bytes)),
    ] {
        let fields = [("columns", "ville"), ("encoding", name)];
        let answer = post("/geocodage/search/csv", &bytes, &fields).await;
        assert_eq!(
            answer.status,
            200,
            "{name}: {}",
            String::from_utf8_lossy(&answer.body)
        );
        let found = rows(&answer.body, b'\t');
        assert_eq!(
            column(&found, "ville"),
            ["L’Haÿ-les-Roses", "Évry-Courcouronnes"],
            "{name}"
        );
        assert_eq!(
            column(&found, "result_citycode"),
            ["94038", "91228"],
            "{name}"
        );
    }
    let odd = "ville~'a~b'\n'Martigues'~'1~2'\n";
    let told = [
        ("delimiter", "~"),
        ("quote", "'"),
        ("with_bom", "1"),
        ("columns", "ville"),
    ];
    let answer = post("/search/csv/", odd.as_bytes(), &told).await;
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.starts_with("\u{feff}ville~'a~b'~latitude~"), "{text}");
    assert!(text.contains("\r\nMartigues~'1~2'~43."), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_chosen_overwritten_and_never_twice() {
    let file = b"commune,latitude,insee\nMartigues,0,13056\nParis,,75110\nMartigues,7,13001\n";
    let fields = [
        ("columns", "commune"),
        ("citycode", "insee"),
        ("result_columns", "latitude"),
        ("result_columns", "result_label"),
        ("result_columns", "inconnue"),
    ];
    let answer = post("/search/csv?columns=commune&data2=x", file, &fields).await;
    assert_eq!(answer.header("atlaas-parametres-ignores"), "data2");
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert!(
        text.starts_with("commune,latitude,insee,result_label\r\n"),
        "{text}"
    );
    let found = rows(&answer.body, b',');
    assert_eq!(
        column(&found, "result_label"),
        ["Martigues", "Paris 10e Arrondissement", ""]
    );
    assert!(found[0]["latitude"].starts_with("43."), "{text}");
    // Where nothing is found, what the file says stays.
    assert_eq!(found[2]["latitude"], "7");
}

/// A street beside a town: with a code, the town is found in its own column.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_found_by_its_town_where_a_code_narrows() {
    let file = "voie,ville,cp\n\"Espace public numérique, 12 rue de la République\",Martigues,13500\n1 rue de Paris,Lyon,13500\n";
    let fields = [
        ("columns", "voie"),
        ("columns", "ville"),
        ("postcode", "cp"),
    ];
    let answer = post("/search/csv/", file.as_bytes(), &fields).await;
    let found = rows(&answer.body, b',');
    assert_eq!(column(&found, "result_citycode"), ["13056", ""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_turned_into_communes() {
    let file = "id,lat,lng\n1,43.4,5.05\n2,\"43,4\",\"5,05\"\n3,40,-30\n4,,\n5,nord,est\n";
    let answer = post("/reverse/csv/", file.as_bytes(), &[]).await;
    let found = rows(&answer.body, b',');
    assert_eq!(
        column(&found, "result_citycode"),
        ["13056", "13056", "", "", ""]
    );
    assert_eq!(column(&found, "result_distance"), ["0", "0", "", "", ""]);
    let named = "n,y,x\n1,43.4,5.05\n";
    let answer = post(
        "/reverse/csv",
        named.as_bytes(),
        &[("lat", "y"), ("lon", "x")],
    )
    .await;
    assert_eq!(
        column(&rows(&answer.body, b','), "result_label"),
        ["Martigues"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_before_any_row() {
    let file = b"ville\nMartigues\n";
    for (path, file, fields, told) in [
        (
            "/search/csv/",
            &file[..],
            vec![("columns", "commune")],
            "commune",
        ),
        (
            "/search/csv/",
            file,
            vec![("encoding", "klingon")],
            "klingon",
        ),
        ("/search/csv/", file, vec![("delimiter", ";;")], ";;"),
        ("/search/csv/", b"", vec![], "vide"),
        ("/search/csv/", b"\n\n", vec![], "vide"),
        ("/reverse/csv/", file, vec![], "latitude"),
    ] {
        let answer = post(path, file, &fields).await;
        assert_eq!(answer.status, 400, "{fields:?}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(told), "{fields:?}: {detail}");
    }
    let no_form = Request::post("/search/csv/")
        .header("host", "atlaas.test")
        .body(Body::from("a,b"))
        .unwrap();
    assert_eq!(send(&app(), no_form).await.status, 400);
    let no_file = format!("--{BOUNDARY}--\r\n").into_bytes();
    assert_eq!(
        send(&app(), request("/search/csv/", no_file)).await.status,
        400
    );
    assert_eq!(crate::demonstration::get("/search/csv/").await.status, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_bounded_in_size_and_number() {
    let limits = Limits {
        file_bytes: 4 << 20,
        ..Limits::default()
    };
    let app = serve_within(directory(), limits, PublicAddress::default());
    let row = "Martigues;13500;".repeat(8) + "\n";
    let file = |bytes: usize| row.repeat(bytes / row.len()).into_bytes();
    let large = send(&app, request("/search/csv/", form(&file(5 << 20), &[]))).await;
    assert_eq!(large.status, 413);
    // An answer that is not read keeps its place.
    let waiting = || async {
        let router = atlaas_server::router(std::sync::Arc::clone(&app));
        let sent = request("/search/csv/", form(&file(3 << 20), &[]));
        tower::ServiceExt::oneshot(router, sent).await.unwrap()
    };
    let (one, two) = (waiting().await, waiting().await);
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (200, 200));
    let third = waiting().await;
    assert_eq!(third.status(), 503);
    assert!(third.headers().contains_key("retry-after"));
    drop(one);
    // The writer notices at its next piece.
    for _ in 0..200 {
        let again = send(
            &app,
            request("/search/csv/", form(b"ville\nMartigues\n", &[])),
        )
        .await;
        if again.status == 200 {
            return drop(two);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("a client that left kept its place");
}

#[test]
fn the_command_line_answers_the_same() {
    let directory_of_file = tempfile::tempdir().unwrap();
    let path = directory_of_file.path().join("lieux.csv");
    let file = "ville,code\nMartigues,13056\nLyon,69383\nxqzvkw,\n";
    std::fs::write(&path, file).unwrap();
    let run = |more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_atlaas-under-test"))
            .args(["geocode", "--snapshot"])
            .arg(directory())
            .arg(&path)
            .args(more)
            .output()
            .unwrap()
    };
    let told = run(&["--columns", "ville", "--citycode", "code"]);
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fields = [("columns", "ville"), ("citycode", "code")];
    let served = runtime.block_on(post("/search/csv/", file.as_bytes(), &fields));
    assert_eq!(
        String::from_utf8_lossy(&told.stdout),
        String::from_utf8_lossy(&served.body)
    );
    let wrong = run(&["--columns", "commune"]);
    assert_eq!(wrong.status.code(), Some(2));
    let error = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        error.contains("commune") && error.contains("ville, code"),
        "{error}"
    );
}
