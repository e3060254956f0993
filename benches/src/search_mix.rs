//! What people ask a search for, drawn by seed from a snapshot: names, words of titles, places,
//! facets, typing mistakes. The same mix is asked of Atlaas and of its peers.

use atlaas_engine::Snapshot;
use atlaas_model::{Facet, Fiche, Kind, Level, Position};

/// A small seeded generator (splitmix64).
#[derive(Clone, Debug)]
pub struct Draw(pub u64);

impl Draw {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed % end.max(1) as u64) as usize
    }
}

/// One query, in parts that every engine can be asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What kind of query it is.
    pub family: &'static str,
    /// Words.
    pub words: String,
    /// Slug of an enjeu.
    pub enjeu: Option<String>,
    /// Code of a région.
    pub region: Option<String>,
    /// Centre and kilometres.
    pub around: Option<(Position, f64)>,
}

impl Asked {
    /// The address of its answer: 20 hits and every facet.
    pub fn path(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if !self.words.is_empty() {
            pairs.push(("q", self.words.clone()));
        }
        pairs.extend(self.enjeu.clone().map(|slug| ("enjeu", slug)));
        pairs.extend(self.region.clone().map(|code| ("region", code)));
        if let Some((centre, km)) = self.around {
            let (longitude, latitude) = (centre.longitude(), centre.latitude());
            pairs.push(("pres_de", format!("{longitude},{latitude}")));
            pairs.push(("rayon", km.to_string()));
        }
        address("/api/v1/fiches", &pairs)
    }
}

/// A path with its parameters, percent-encoded.
pub fn address(path: &str, pairs: &[(&str, String)]) -> String {
    let encode = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte);
        text.bytes()
            .map(|byte| {
                if plain(byte) {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

/// The fiches that queries are drawn from.
pub struct Source<'a> {
    communes: Vec<&'a Fiche>,
    sheets: Vec<&'a Fiche>,
    draw: Draw,
}

impl<'a> Source<'a> {
    /// Draws from a snapshot.
    pub fn new(snapshot: &'a Snapshot, seed: u64) -> Self {
        let of = |kind: Kind| {
            let fiches = snapshot.catalogue().fiches().iter();
            fiches.filter(move |fiche| fiche.kind == kind).collect()
        };
        Self {
            communes: of(Level::Commune.into()),
            sheets: of(Kind::point("initiative")),
            draw: Draw(seed),
        }
    }

    /// So many queries.
    pub fn queries(&mut self, count: usize) -> Vec<Asked> {
        (0..count).map(|_| self.query()).collect()
    }

    /// So many beginnings of names and titles, from one letter to twelve.
    pub fn beginnings(&mut self, count: usize) -> Vec<String> {
        let mut beginning = || {
            let length = 1 + self.draw.below(12);
            let name = match self.draw.below(4) {
                0 => &self.sheet().name,
                _ => &self.commune().name,
            };
            name.chars().take(length).collect()
        };
        (0..count).map(|_| beginning()).collect()
    }

    fn commune(&mut self) -> &'a Fiche {
        let rank = self.draw.below(self.communes.len());
        self.communes[rank]
    }

    fn sheet(&mut self) -> &'a Fiche {
        let rank = self.draw.below(self.sheets.len());
        self.sheets[rank]
    }

    /// Up to so many neighbouring words of a title, of four letters and more.
    fn words(&mut self, sheet: &Fiche, most: usize) -> Vec<String> {
        let apart = |letter: char| !letter.is_alphanumeric();
        let long = |word: &&str| word.chars().count() > 3;
        let all: Vec<&str> = sheet.name.split(apart).filter(long).collect();
        let start = self.draw.below(all.len());
        let some: Vec<String> = all
            .iter()
            .skip(start)
            .take(most)
            .map(ToString::to_string)
            .collect();
        if some.is_empty() {
            vec!["numérique".to_owned()]
        } else {
            some
        }
    }

    fn query(&mut self) -> Asked {
        let (sheet, commune) = (self.sheet(), self.commune());
        let asked = |family, words: String| Asked {
            family,
            words,
            ..Asked::default()
        };
        match self.draw.below(20) {
            0..=3 => asked("name", commune.name.clone()),
            4..=6 => asked("word", self.words(sheet, 1).join(" ")),
            7..=10 => asked("words", self.words(sheet, 3).join(" ")),
            11..=13 => {
                let word = self.words(sheet, 1).join(" ");
                asked("word + place", format!("{word} {}", commune.name))
            }
            14 | 15 => asked("typo", self.misspelt(sheet)),
            16 | 17 => Asked {
                enjeu: sheet.slugs(Facet::column("enjeu")).first().cloned(),
                region: sheet.territory.region.map(|code| code.to_string()),
                ..asked("facets", self.words(sheet, 1).join(" "))
            },
            18 => Asked {
                around: commune.position.map(|centre| (centre, 30.0)),
                ..asked("radius", self.words(sheet, 1).join(" "))
            },
            _ => Asked {
                enjeu: sheet.slugs(Facet::column("enjeu")).first().cloned(),
                ..asked("browse", String::new())
            },
        }
    }

    /// Two words, one of them with a wrong letter.
    fn misspelt(&mut self, sheet: &Fiche) -> String {
        let words = self.words(sheet, 2).join(" ");
        let mut letters: Vec<char> = words.chars().collect();
        let at = self.draw.below(letters.len());
        letters[at] = char::from(b'a' + self.draw.below(26) as u8);
        letters.into_iter().collect()
    }
}
