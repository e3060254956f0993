//! A made-up coverage: a board of communes whose corners and borders are jagged at random, grouped
//! into EPCI, in one département of one région.

use crate::territories::{Territories, TerritoryAttributes};
use atlaas_model::{Code, Level, Name, Outline, Position, Ring, Territory};

/// Outlines and where their middles are.
pub struct Coverage {
    side: usize,
    middles: Vec<[f64; 2]>,
    pub outlines: Vec<Outline>,
}

/// Six decimals, as sources have.
fn rounded(at: [f64; 2]) -> [f64; 2] {
    at.map(|degrees| (degrees * 1e6).round() / 1e6)
}

struct Dice(u64);

impl Dice {
    /// Between -1 and 1.
    fn throw(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
    }
}

impl Dice {
    /// A jagged line between two corners, both included.
    fn border(&mut self, a: [f64; 2], b: [f64; 2], width: f64) -> Ring {
        let steps = 3 + (self.throw().abs() * 20.0) as usize;
        let wobble = 0.1 * width / steps as f64;
        let mut line = vec![a];
        for step in 1..steps {
            let share = step as f64 / steps as f64;
            let along = |axis: usize| a[axis] + share * (b[axis] - a[axis]);
            line.push(rounded([
                along(0) + wobble * self.throw(),
                along(1) + wobble * self.throw(),
            ]));
        }
        line.push(b);
        line
    }
}

/// Rows and columns of a board.
fn cells(side: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..side).flat_map(move |r| (0..side).map(move |c| (r, c)))
}

impl Coverage {
    /// `side × side` communes, 4 to 30 km wide.
    pub fn new(seed: u64, side: usize) -> Self {
        let width = 0.05 * (1.0 + (seed % 7) as f64);
        Self::of_width(seed, side, width)
    }

    /// Communes smaller than a unit at zoom 5.
    pub fn tiny(side: usize) -> Self {
        Self::of_width(1, side, 0.002)
    }

    fn of_width(seed: u64, side: usize, width: f64) -> Self {
        let mut dice = Dice(seed);
        let mut corners = vec![vec![[0.0; 2]; side + 1]; side + 1];
        for (r, c) in cells(side + 1) {
            let (x, y) = (
                c as f64 + 0.25 * dice.throw(),
                r as f64 + 0.25 * dice.throw(),
            );
            corners[r][c] = rounded([1.9 + x * width, 46.3 - y * width]);
        }
        // Borders eastwards and southwards from each corner.
        let mut borders = vec![vec![[Ring::new(), Ring::new()]; side + 1]; side + 1];
        for (r, c) in cells(side + 1) {
            let from = corners[r][c];
            let ends = [corners[r].get(c + 1), corners.get(r + 1).map(|row| &row[c])];
            for (border, end) in borders[r][c].iter_mut().zip(ends) {
                *border = end.map_or_else(Ring::new, |to| dice.border(from, *to, width));
            }
        }
        let mut outlines = Vec::new();
        let mut middles = Vec::new();
        for (r, c) in cells(side) {
            let [mut south, mut west] = [borders[r + 1][c][0].clone(), borders[r][c][1].clone()];
            south.reverse();
            west.reverse();
            let mut ring = Ring::new();
            for line in [&borders[r][c][0], &borders[r][c + 1][1], &south, &west] {
                ring.extend(&line[..line.len() - 1]);
            }
            let (x, y) = (c as f64 + 0.5, r as f64 + 0.5);
            middles.push([1.9 + x * width, 46.3 - y * width]);
            outlines.push(Outline {
                code: code(r * side + c),
                polygons: vec![vec![ring]],
            });
        }
        Self {
            side,
            middles,
            outlines,
        }
    }

    /// A place well inside each commune.
    pub fn places_inside(&self) -> Vec<(Position, Code)> {
        let places = self.middles.iter().zip(0..);
        places
            .map(|(at, rank)| (Position::new(at[0], at[1]).unwrap(), code(rank)))
            .collect()
    }

    fn attributes(&self) -> Vec<TerritoryAttributes> {
        let described = |kind, code: Code, rank: usize, parents| TerritoryAttributes {
            kind,
            code,
            feature_id: code.feature_id(),
            name: format!("{kind} {code}"),
            population: (rank * 37 % 5000) as u32,
            numbers: Vec::new(),
            arobases: (rank % 6) as u8,
            counts: vec![(Name::known("initiatives"), (rank % 4) as u32)],
            centre: self
                .middles
                .get(rank)
                .map(|at| Position::new(at[0], at[1]).unwrap()),
            parents,
        };
        let epci = |rank: usize| {
            Some(
                format!("20000000{}", rank * 4 / (self.side * self.side))
                    .parse()
                    .unwrap(),
            )
        };
        let (departement, region) = (Some("18".parse().unwrap()), Some("24".parse().unwrap()));
        let mut attributes = Vec::new();
        for rank in 0..self.side * self.side {
            let parents = Territory {
                commune: Some(code(rank)),
                epci: epci(rank),
                departement,
                region,
            };
            attributes.push(described(Level::Commune, code(rank), rank, parents));
        }
        let none = Territory::default();
        for rank in [0, 1, 2, 3] {
            let any = epci(rank * self.side * self.side / 4 + 1).unwrap();
            attributes.push(described(Level::Epci, any, rank, none));
        }
        attributes.push(described(Level::Departement, departement.unwrap(), 0, none));
        attributes.push(described(Level::Region, region.unwrap(), 0, none));
        attributes
    }
}

fn code(rank: usize) -> Code {
    format!("18{rank:03}").parse().unwrap()
}

/// The territories of a coverage.
pub fn built(coverage: &Coverage) -> Territories {
    let mut remarks = Vec::new();
    let territories =
        Territories::build(&coverage.outlines, coverage.attributes(), &mut remarks).unwrap();
    assert_eq!(remarks, []);
    territories
}
