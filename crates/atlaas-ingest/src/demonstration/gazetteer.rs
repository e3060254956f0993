//! The embedded gazetteer: every commune, EPCI, EPT, département and région of France, facts only.
//!
//! `data/gazetteer.py` says how the file is made and what its lines hold; `data/PROVENANCE.md` says
//! where the facts come from.

use crate::{
    IngestError,
    territories::decoupage::{Commune, CommunePart, Decoupage, Epci, Ept, Province},
};
use atlaas_model::{AliasKind, Code, Position};
use flate2::read::GzDecoder;
use std::io::Read;

const PACKED: &[u8] = include_bytes!("../../../../data/gazetteer.tsv.gz");

/// Unpacks and reads the gazetteer.
pub(crate) fn read() -> Result<Decoupage, IngestError> {
    let mut text = String::new();
    GzDecoder::new(PACKED)
        .read_to_string(&mut text)
        .map_err(|error| IngestError::Embedded(error.to_string()))?;
    let mut division = Decoupage::default();
    for (line, number) in text.lines().zip(1_u32..) {
        record(line, &mut division)
            .ok_or_else(|| IngestError::Embedded(format!("gazetteer, line {number}")))?;
    }
    Ok(division)
}

fn record(line: &str, division: &mut Decoupage) -> Option<()> {
    let mut fields = line.split('\t');
    let mut next = || fields.next().unwrap_or_default();
    let letter = next();
    let code: Code = next().parse().ok()?;
    let name = next().to_owned();
    match letter {
        "R" => division.regions.push(Province {
            code,
            name,
            region: None,
            seat: Some(next().parse().ok()?),
        }),
        "D" => division.departements.push(Province {
            code,
            name,
            region: Some(next().parse().ok()?),
            seat: Some(next().parse().ok()?),
        }),
        "E" => division.epcis.push(Epci {
            code,
            name,
            nature: next().to_owned(),
            funding: next().to_owned(),
            population: next().parse().ok(),
            members: None,
        }),
        "T" => division.epts.push(Ept {
            code,
            name,
            communes: codes(next())?,
        }),
        "C" => {
            let rest: Vec<&str> = fields.collect();
            let commune = commune(code, name, &rest, division)?;
            division.communes.push(commune);
        }
        _ => division.parts.push(CommunePart {
            code,
            name,
            kind: match letter {
                "L" => AliasKind::Deleguee,
                "A" => AliasKind::Associee,
                "M" => AliasKind::Arrondissement,
                _ => return None,
            },
            parent: next().parse().ok()?,
            postcodes: list(next()).map(str::to_owned).collect(),
            population: next().parse().ok(),
            centre: None,
        }),
    }
    Some(())
}

fn commune(code: Code, name: String, rest: &[&str], division: &Decoupage) -> Option<Commune> {
    let field = |rank: usize| rest.get(rank).copied().unwrap_or_default();
    let degrees = |rank| field(rank).parse::<i32>().ok().map(|n| f64::from(n) / 1e4);
    let departement: Code = match field(7) {
        "" => code.as_str().get(..2)?,
        other => other,
    }
    .parse()
    .ok()?;
    let of = |province: &&Province| province.code == departement;
    Some(Commune {
        code,
        name,
        departement: Some(departement),
        region: division.departements.iter().find(of).and_then(|d| d.region),
        epci: match field(2) {
            "" => None,
            rank => Some(division.epcis.get(rank.parse::<usize>().ok()?)?.code),
        },
        siren: match field(6) {
            "" => Some(usual_siren(code)?),
            "-" => None,
            other => Some(other.parse().ok()?),
        },
        postcodes: list(field(1)).map(str::to_owned).collect(),
        population: field(0).parse().ok(),
        former_codes: codes(field(5))?,
        centre: degrees(3)
            .zip(degrees(4))
            .and_then(|(longitude, latitude)| Position::new(longitude, latitude).ok()),
    })
}

fn codes(text: &str) -> Option<Vec<Code>> {
    list(text).map(|code| code.parse().ok()).collect()
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|item| !item.is_empty())
}

/// The SIREN that most communes have: 21, département, 0, commune, check digit (Luhn).
fn usual_siren(code: Code) -> Option<Code> {
    let stem = format!("21{}0{}", code.as_str().get(..2)?, code.as_str().get(2..)?);
    let sum: u32 = stem
        .bytes()
        .rev()
        .enumerate()
        .map(|(rank, digit)| {
            let value = u32::from(digit.saturating_sub(b'0')) * if rank % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    format!("{stem}{}", (10 - sum % 10) % 10).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gazetteer_holds_france() {
        let division = read().unwrap();
        assert_eq!(division.communes.len(), 34_969);
        assert_eq!(division.epcis.len(), 1255);
        assert_eq!(division.epts.len(), 11);
        assert_eq!(division.departements.len(), 109);
        assert_eq!(division.regions.len(), 26);
        assert_eq!(division.parts.len(), 2105 + 471 + 45);
        let centres = division
            .communes
            .iter()
            .filter(|c| c.centre.is_some())
            .count();
        assert_eq!(centres, 34_908);
    }

    #[test]
    fn a_siren_follows_from_the_code_or_stands_beside_it() {
        let division = read().unwrap();
        for (code, siren, epci) in [
            ("01001", "210100012", "200069193"),
            ("2A004", "212000046", "242010056"),
        ] {
            let commune = division
                .communes
                .iter()
                .find(|c| c.code.as_str() == code)
                .unwrap();
            assert_eq!(commune.siren.unwrap().as_str(), siren);
            assert_eq!(commune.epci.unwrap().as_str(), epci);
        }
    }
}
