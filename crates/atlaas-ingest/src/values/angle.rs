//! A latitude or a longitude as a text: degrees with a point or a comma, degrees, minutes and seconds,
//! a side of the Earth as a letter; and two of them in one cell.

/// One number, and whether it was written in degrees, minutes and seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Angle {
    pub(crate) degrees: f64,
    pub(crate) sexagesimal: bool,
}

/// Degrees, or metres of a plane system: a finite number however it is written.
pub(crate) fn angle(text: &str) -> Option<Angle> {
    let upper = text.trim().to_uppercase().replace(['−', '–'], "-");
    let (side, body) = side(&upper);
    let decimal = |degrees| Angle {
        degrees,
        sexagesimal: false,
    };
    let read = match number(body.trim_end_matches('°').trim()) {
        Some(degrees) => decimal(degrees),
        None => Angle {
            degrees: sexagesimal(body)?,
            sexagesimal: true,
        },
    };
    // A letter of the west or south says what a minus would.
    let degrees = if "SWO".contains(side) && side != ' ' {
        -read.degrees.abs()
    } else {
        read.degrees
    };
    degrees.is_finite().then_some(Angle { degrees, ..read })
}

/// The letter N, S, E, W or O at one end, and the rest; a space when there is none.
fn side(text: &str) -> (char, &str) {
    let text = text.trim();
    for letter in ['N', 'S', 'E', 'W', 'O'] {
        if let Some(rest) = text
            .strip_suffix(letter)
            .or_else(|| text.strip_prefix(letter))
        {
            let rest = rest.trim();
            if rest.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c)) {
                return (letter, rest);
            }
        }
    }
    (' ', text)
}

/// `48.85`, `48,85`, `652 381,04`.
fn number(text: &str) -> Option<f64> {
    let spaces = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];
    let text = if text.contains(spaces) {
        let groups: Vec<&str> = text.split(spaces).collect();
        let whole = |group: &&str| group.split(['.', ',']).next().is_some_and(|g| g.len() == 3);
        // Spaces part thousands, nothing else.
        groups[1..].iter().all(whole).then(|| groups.concat())?
    } else {
        text.to_owned()
    };
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.,E".contains(&byte));
    let text = if text.contains('.') {
        text
    } else {
        text.replacen(',', ".", 1)
    };
    text.parse().ok().filter(|_| plain)
}

/// `45°15'16"`, `45° 15,5'`, `45 15 16`, `45D15M16S`: degrees, then at most minutes and seconds.
fn sexagesimal(text: &str) -> Option<f64> {
    let negative = text.starts_with('-');
    let text = text.trim_start_matches(['-', '+']);
    let sign = |c: char| !(c.is_ascii_digit() || ".,".contains(c));
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,°º'’′\"”″DMS:".contains(c);
    let parts: Vec<&str> = text.split(sign).filter(|part| !part.is_empty()).collect();
    if !text.chars().all(known) || !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut total = 0.0;
    for (rank, part) in parts.iter().enumerate() {
        let value: f64 = part.replacen(',', ".", 1).parse().ok()?;
        let most = if rank == 0 { 180.0 } else { 60.0 };
        let whole = rank + 1 == parts.len() || value.fract() == 0.0;
        if value > most || !whole {
            return None;
        }
        total += value / 60_f64.powi(rank as i32);
    }
    Some(if negative { -total } else { total })
}

/// The two numbers of a cell, latitude first: `48.85, 2.35`, `48,85 ; 2,35`; and where brackets say
/// that the longitude stands first, `[2.35, 48.85]`, `POINT(2.35 48.85)`, a GeoJSON point.
pub(crate) fn pair(text: &str) -> Option<(Angle, Angle)> {
    let (one, other) = two_numbers(text.trim())?;
    let longitude_first = text.contains(['[', '(']);
    Some(if longitude_first {
        (other, one)
    } else {
        (one, other)
    })
}

fn two_numbers(text: &str) -> Option<(Angle, Angle)> {
    let inner = match (text.find(['[', '(']), text.rfind([']', ')'])) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        (None, None) => text,
        _ => return None,
    };
    let inner = inner.trim();
    let two = |separator: &str| {
        let mut halves = inner
            .split(separator)
            .map(str::trim)
            .filter(|half| !half.is_empty());
        let (one, other) = (halves.next()?, halves.next()?);
        // A height may follow in a point of WKT or GeoJSON.
        let rest = halves.all(|more| angle(more).is_some());
        (rest && (halves.next().is_none())).then_some(())?;
        Some((angle(one)?, angle(other)?))
    };
    if let Some(pair) = two(";")
        .or_else(|| two("|"))
        .or_else(|| two("/"))
        .or_else(|| two(", "))
    {
        return Some(pair);
    }
    let commas = inner.matches(',').count();
    if commas == 3 {
        // `48,85,2,35`: both commas of the decimals and the one between.
        let parts: Vec<&str> = inner.split(',').collect();
        let decimal = |whole: &str, part: &str| angle(&format!("{},{}", whole.trim(), part.trim()));
        return Some((decimal(parts[0], parts[1])?, decimal(parts[2], parts[3])?));
    }
    // A comma alone is that of a decimal, unless points are.
    let by_comma = commas <= 2 && inner.contains(['.', '°']);
    let pair = by_comma.then(|| two(",")).flatten();
    pair.or_else(|| two(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn angles_are_read_as_people_write_them() {
        for (text, expected) in [
            ("48.85", 48.85),
            ("48,85", 48.85),
            (" -1.5° ", -1.5),
            ("−1,5", -1.5),
            ("+48.85", 48.85),
            ("48.85N", 48.85),
            ("N 48.85", 48.85),
            ("1.5 W", -1.5),
            ("1,5° O", -1.5),
            ("4.85 E", 4.85),
            ("20,9 S", -20.9),
            ("4.8853E1", 48.853),
            ("45°15'16\"N", 45.0 + 15.0 / 60.0 + 16.0 / 3600.0),
            ("45° 15′ 16,5″ N", 45.0 + 15.0 / 60.0 + 16.5 / 3600.0),
            ("1°33'13''O", -(1.0 + 33.0 / 60.0 + 13.0 / 3600.0)),
            ("-1°30'", -1.5),
            ("45 15 16 N", 45.0 + 15.0 / 60.0 + 16.0 / 3600.0),
            ("45d15m", 45.25),
            ("652381.04", 652_381.04),
            ("652 381,04", 652_381.04),
            ("6 862 047", 6_862_047.0),
        ] {
            let read = angle(text).unwrap_or_else(|| panic!("{text}"));
            assert!(close(read.degrees, expected), "{text}: {read:?}");
        }
        for text in [
            "",
            "x",
            "1,234.5",
            "inf",
            "nan",
            "45°75'",
            "45.5°15'",
            "48.85 2.35",
            "1 2 3 4",
            "N",
            "E",
        ] {
            assert_eq!(angle(text), None, "{text}");
        }
    }

    #[test]
    fn two_in_a_cell_are_told_apart() {
        for (text, expected) in [
            ("48.85, 2.35", (48.85, 2.35)),
            ("48.85,2.35", (48.85, 2.35)),
            ("48.85 2.35", (48.85, 2.35)),
            ("48,85 2,35", (48.85, 2.35)),
            ("48,85 ; 2,35", (48.85, 2.35)),
            ("48,85, 2,35", (48.85, 2.35)),
            ("48,85,2,35", (48.85, 2.35)),
            ("48.85/2.35", (48.85, 2.35)),
            ("[2.35, 48.85]", (48.85, 2.35)),
            ("[2.35,48.85]", (48.85, 2.35)),
            ("POINT (2.35 48.85)", (48.85, 2.35)),
            ("SRID=4326;POINT(2.35 48.85)", (48.85, 2.35)),
            (
                "{\"type\":\"Point\",\"coordinates\":[2.35,48.85]}",
                (48.85, 2.35),
            ),
            ("48°30'0\"N, 2°30'0\"E", (48.5, 2.5)),
            ("48, 2", (48.0, 2.0)),
        ] {
            let (one, other) = pair(text).unwrap_or_else(|| panic!("{text}"));
            assert!(
                close(one.degrees, expected.0) && close(other.degrees, expected.1),
                "{text}"
            );
        }
        for text in [
            "",
            "48.85",
            "48,85",
            "a, b",
            "[",
            "1, 2, x",
            "LINESTRING(1 2",
        ] {
            assert_eq!(pair(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9.,°'\"NSEWO \\[\\]()-]{0,20}|\\PC{0,12}") {
            let _ = (angle(&text), pair(&text));
        }
    }
}
