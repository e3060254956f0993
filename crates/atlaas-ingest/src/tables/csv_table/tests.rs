//! CSV tables as people write them: each way, the rows that it must give and what must be said.

use super::*;
use atlaas_model::Report;
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;

type Lines = Vec<(u64, Vec<String>)>;

fn read(bytes: &[u8]) -> (Vec<String>, Lines, Report) {
    let mut report = Report::default();
    let mut remarks = Remarks::on(&mut report, "x.csv");
    let mut out = Vec::new();
    let mut columns = Vec::new();
    if let Ok(mut table) = CsvTable::new("x.csv", bytes, &mut remarks) {
        columns = table.columns().map(str::to_owned).collect();
        while let Some(row) = table.next(&mut remarks) {
            out.push((
                row.line,
                columns.iter().map(|c| row.raw(c).to_owned()).collect(),
            ));
        }
    }
    drop(remarks);
    (columns, out, report)
}

#[test]
fn every_delimiter_and_encoding_reads_the_same() {
    let windows = WINDOWS_1252.encode("nom;ville\nL\u{2019}été;Cœur\n").0;
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "nom,ville\nL\u{2019}été,Cœur\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    for bytes in [
        "nom,ville\nL\u{2019}été,Cœur\n".as_bytes(),
        "\u{feff}nom;ville\r\nL\u{2019}été;Cœur\r\n".as_bytes(),
        "nom\tville\nL\u{2019}été\tCœur".as_bytes(),
        "\n\n\"nom\",\"ville\"\n\"L\u{2019}été\",Cœur".as_bytes(),
        &windows,
        &utf16,
    ] {
        let (columns, rows, _) = read(bytes);
        assert_eq!(columns, ["nom", "commune"]);
        assert_eq!(rows[0].1, ["L\u{2019}été", "Cœur"]);
    }
}

#[test]
fn lines_are_counted_through_quotes_blank_lines_and_crlf() {
    let text = "a,b\r\n\"un\r\ndeux\",2\r\n\r\n3,4\r\n,\r\n5,\"x\"\"y\"\r\n";
    let (_, rows, _) = read(text.as_bytes());
    let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 5, 7]);
    assert_eq!(rows[0].1[0], "un\r\ndeux");
    assert_eq!(rows[2].1[1], "x\"y");
}

/// The first value of each row, and action and line of each remark.
fn told(text: &str) -> (Vec<String>, Vec<(Action, u64)>) {
    let (_, rows, report) = read(text.as_bytes());
    let lines = report.lines.iter();
    (
        rows.into_iter().map(|(_, v)| v.join("|")).collect(),
        lines.map(|line| (line.action, line.line)).collect(),
    )
}

#[test]
fn a_quote_that_is_never_closed_costs_no_row() {
    use Action::{Garde, Repare};
    for (text, rows, said) in [
        // Never closed at all.
        (
            "a,b\n1,2\n\"3,4\n5,6\n7,8\n",
            &["1|2", "3|4", "5|6", "7|8"][..],
            &[(Repare, 3), (Garde, 4), (Garde, 5)][..],
        ),
        // Closed by the quote that opens a later value.
        (
            "a,b,c\n1,\"un,2020\n2,deux,2021\n3,\"trois, 3\",2022\n4,quatre,2023\n",
            &[
                "1|un|2020",
                "2|deux|2021",
                "3|trois, 3|2022",
                "4|quatre|2023",
            ],
            &[(Repare, 2), (Garde, 3), (Garde, 4)],
        ),
        // Closed by a quote that looks right, after rows in the rhythm of the header.
        (
            "a,b,c\n1,\"un,2020\n2,deux,2021\n3,trois,24\"\n4,quatre,2023\n",
            &["1|un|2020", "2|deux|2021", "3|trois|24\"", "4|quatre|2023"],
            &[(Repare, 2), (Garde, 3), (Garde, 4)],
        ),
        // Values of several lines, with delimiters of prose in them.
        (
            "a,b,c\n1,\"un\ndeux, trois\nquatre\",2020\n2,\"a, b, c\nd, e, f\",2021\n",
            &["1|un\ndeux, trois\nquatre|2020", "2|a, b, c\nd, e, f|2021"],
            &[],
        ),
        (
            "a;b;c\n1;2020;\"un ; deux\nlui dit : \"\"trois\"\" ; quatre\"\n2;2021;x\n",
            &["1|2020|un ; deux\nlui dit : \"trois\" ; quatre", "2|2021|x"],
            &[],
        ),
    ] {
        let (got, remarks) = told(text);
        assert_eq!(
            (got.as_slice(), remarks.as_slice()),
            (
                &rows.iter().map(|&row| row.to_owned()).collect::<Vec<_>>()[..],
                said
            ),
            "{text}"
        );
    }
}

#[test]
fn more_quotes_than_anyone_closes_lose_no_row() {
    let mut text = "a,b\n".to_owned();
    for n in 0..300 {
        text += &format!("{n},\"x\n");
    }
    let (rows, remarks) = told(&text);
    assert_eq!(rows.len(), 300);
    assert_eq!(rows[299], "299|x");
    assert!(remarks.iter().any(|&(action, _)| action == Action::Repare));
}

#[test]
fn what_stands_around_the_rows_is_said_and_no_row() {
    use Action::{Garde, Ignore, Repare};
    for (text, rows, said) in [
        (
            "id,titre\n1,a\nid,titre\n2,b\n",
            &["1|a", "2|b"][..],
            &[(Ignore, 3)][..],
        ),
        (
            "id,titre\n1,a\n\u{feff}ID,Titre\n2,b\n",
            &["1|a", "2|b"],
            &[(Repare, 0), (Ignore, 3)],
        ),
        (
            "id,titre\n1,a\ntitre,id\nb,2\n",
            &["1|a", "2|b"],
            &[(Ignore, 3)],
        ),
        (
            "Liste\n\nid;titre;annee\n1;a;2020\n",
            &["1|a|2020"],
            &[(Ignore, 1)],
        ),
        ("sep=;\nid;titre\n1;a,b\n", &["1|a,b"], &[]),
        ("id,titre,\n1,a,\n2,b,\n", &["1|a", "2|b"], &[]),
        ("id,titre\n1,a,\n2,b,,,\n", &["1|a", "2|b"], &[]),
        ("id,,titre\n1,x,a\n2,y,b\n", &["1|a", "2|b"], &[(Garde, 2)]),
        (
            "id,titre,annee\n1,a\n2,b,2020\n",
            &["1|a|", "2|b|2020"],
            &[(Garde, 2)],
        ),
        ("id,titre\n1,a\n ,\n2,b\n", &["1|a", "2|b"], &[]),
        ("id,titre\r1,a\r2,b", &["1|a", "2|b"], &[]),
        (
            "id,titre\n1,\"le \"fab\" lab\"\n",
            &["1|le \"fab\" lab"],
            &[(Repare, 2)],
        ),
        ("id,titre\n1,\"fab\" lab\n", &["1|\"fab\" lab"], &[]),
        ("id,titre\n1,#N/D\n2,b\n", &["1|", "2|b"], &[(Ignore, 2)]),
    ] {
        let (got, remarks) = told(text);
        let rows: Vec<String> = rows.iter().map(|&row| row.to_owned()).collect();
        assert_eq!((got, remarks.as_slice()), (rows, said), "{text}");
    }
}

#[test]
fn surplus_values_and_columns_named_twice_are_reported() {
    let (columns, rows, report) = read(b"a,b,a\n1,2,3,4\n");
    assert_eq!(columns, ["a", "b", "a_2"]);
    assert_eq!(rows[0].1, ["1", "2", "3"]);
    assert_eq!(report.lines.len(), 2);
}

#[test]
fn cells_of_two_encodings_stand_side_by_side() {
    let mut bytes = "nom,ville\nÉcole,Nîmes\n".as_bytes().to_vec();
    bytes.extend(b"M\xe9diath\xe8que,N\xeemes\n");
    let (_, rows, report) = read(&bytes);
    assert_eq!(rows[0].1, ["École", "Nîmes"]);
    assert_eq!(rows[1].1, ["Médiathèque", "Nîmes"]);
    let said: Vec<_> = report
        .lines
        .iter()
        .map(|l| (l.line, l.field.as_str()))
        .collect();
    assert_eq!(said, [(3, "nom"), (3, "commune")]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn hostile_texts_end(text in "[a\",;\t\r\n\u{feff}]{0,80}") {
        let (_, rows, _) = read(text.as_bytes());
        prop_assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn what_the_writer_quotes_is_read_back(
        values in proptest::collection::vec(("[a-z\",;\n é]{1,9}", "[a-z\"]{1,5}"), 1..8)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["un", "deux"]).unwrap();
        for (one, two) in &values {
            writer.write_record([one, two]).unwrap();
        }
        let (_, rows, _) = read(&writer.into_inner().unwrap());
        let got: Vec<_> = rows.into_iter().map(|(_, v)| (v[0].clone(), v[1].clone())).collect();
        let blank = |text: String| if text.trim().is_empty() { String::new() } else { text };
        let expected: Vec<_> = values
            .into_iter()
            .map(|(one, two)| (blank(one), two))
            .filter(|(one, two)| !one.is_empty() || !two.is_empty())
            .collect();
        prop_assert_eq!(got, expected);
    }
}
