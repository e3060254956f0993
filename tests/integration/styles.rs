//! Styles as map libraries take them: names are drawn with signs that we serve, or not at all, and what a
//! library copies from the style's address to all that it leads to changes nothing there.

use crate::demonstration::get;
use serde_json::Value;

fn is_written(layer: &Value) -> bool {
    layer["layout"]["text-field"] != Value::Null
}

/// The first fields of a message of protocol buffers: number and bytes of each.
fn fields(mut bytes: &[u8]) -> Vec<(u64, &[u8])> {
    let varint = |bytes: &mut &[u8]| {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = bytes[0];
            *bytes = &bytes[1..];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    };
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        match key & 7 {
            0 => {
                let before = bytes;
                varint(&mut bytes);
                found.push((key >> 3, &before[..before.len() - bytes.len()]));
            }
            2 => {
                let length = varint(&mut bytes) as usize;
                let (body, rest) = bytes.split_at(length);
                found.push((key >> 3, body));
                bytes = rest;
            }
            other => panic!("wire type {other}"),
        }
    }
    found
}

#[tokio::test]
async fn names_are_drawn_with_signs_that_are_served_or_not_at_all() {
    for name in ["clair", "sombre", "contraste"] {
        let style = get(&format!("/styles/{name}.json")).await.json();
        let layers = style["layers"].as_array().unwrap();
        let written = layers.iter().filter(|layer| is_written(layer)).count();
        let Some(glyphs) = style["glyphs"].as_str() else {
            // Built without Node.js: said, and no library is left without a map.
            assert_eq!(written, 0, "{name}");
            assert!(
                style["metadata"]["atlaas:texte"]
                    .as_str()
                    .unwrap()
                    .contains("Node.js")
            );
            continue;
        };
        assert!(written > 3, "{name}");
        let template = glyphs.strip_prefix("http://atlaas.test").unwrap();
        for font in layers.iter().filter(|layer| is_written(layer)) {
            let stack = font["layout"]["text-font"][0].as_str().unwrap();
            let address = template
                .replace("{fontstack}", stack)
                .replace("{range}", "0-255");
            let answer = get(&address).await;
            assert_eq!(answer.status, 200, "{address}");
            assert_eq!(answer.header("content-type"), "application/x-protobuf");
            let stacks = fields(&answer.body);
            let signs = fields(stacks[0].1)
                .into_iter()
                .filter(|(number, _)| *number == 3);
            let ids: Vec<u8> = signs.map(|(_, sign)| fields(sign)[0].1[0]).collect();
            // Those of two bytes are told by the lower one with its mark.
            for letter in [
                b'A',
                b'z',
                b'0',
                b' ',
                0xe9 & 0x7f | 0x80,
                0xc7 & 0x7f | 0x80,
            ] {
                assert!(ids.contains(&letter), "{letter}: {ids:?}");
            }
        }
        for (range, status) in [("8192-8447", 200), ("19968-20223", 200), ("1-256", 404)] {
            let address = template
                .replace("{fontstack}", "X")
                .replace("{range}", range);
            assert_eq!(get(&address).await.status, status, "{address}");
        }
        let bare = get(&format!("/styles/{name}.json?texte=non&fond=epci"))
            .await
            .json();
        assert!(bare["glyphs"].is_null());
        let layers = bare["layers"].as_array().unwrap();
        assert!(layers.len() > 5 && !layers.iter().any(is_written), "{name}");
    }
    assert_eq!(get("/styles/clair.json?texte=peut-etre").await.status, 400);
}

#[tokio::test]
async fn what_is_copied_from_a_style_changes_nothing() {
    const COPIED: &str = "fond=epci&texte=non&lang=fr&access_token=abc&key=def";
    for address in [
        "/tiles/territoires.json",
        "/tiles/initiatives.json?enjeu=education",
        "/tiles/territoires/6/32/22.mvt",
        "/tiles/initiatives/6/32/22.mvt?enjeu=education",
        "/tiles/initiatives/14/8298/5640.mvt",
    ] {
        let joint = if address.contains('?') { '&' } else { '?' };
        let plain = get(address).await;
        let copied = get(&format!("{address}{joint}{COPIED}")).await;
        assert_eq!(copied.status, plain.status, "{address}");
        assert_eq!(copied.body, plain.body, "{address}");
        assert_eq!(copied.header("etag"), plain.header("etag"), "{address}");
    }
    let style = get(&format!("/styles/clair.json?{COPIED}")).await;
    assert_eq!(style.status, 200);
    assert_eq!(get("/api/v1/fiches?access_token=abc").await.status, 400);
}
