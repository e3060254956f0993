//! The parameters that ask for territories which resemble one by their context: `semblables_a`, and
//! `lentille`, `poids`, `n`, `strate`, `avec` that say how.

use crate::query::{given::Given, mistake::Mistake, values};
use atlaas_model::{
    Code, FicheId, Level, PEERS, PeerChoice, PeersOf, USUAL_LENS, USUAL_PEERS, Weighing,
};

/// Parameters that mean nothing without `semblables_a`.
const QUALIFIERS: [&str; 5] = ["lentille", "poids", "n", "strate", "avec"];
/// The heaviest that a variable may weigh.
const HEAVIEST: f64 = 100.0;
/// Most characters of the name of a variable or a lens.
const LONGEST_NAME: usize = 60;

/// Reads them; `None` when peers are not asked for.
pub(super) fn read(given: &mut Given<'_>) -> Option<PeersOf> {
    let asked = given.has("semblables_a");
    if !asked {
        for name in QUALIFIERS {
            if given.has(name) {
                given.fail(name, "", Mistake::PeersOfWhat);
                given.values.remove(name);
            }
        }
        return None;
    }
    let of = given.one("semblables_a", territory);
    let qualifiers = Qualifiers::read(given);
    let (level, code) = of?;
    Some(qualifiers.of(level, code))
}

/// How peers are chosen, whoever they are the peers of.
struct Qualifiers {
    weighing: Weighing,
    count: u32,
    choice: PeerChoice,
}

impl Qualifiers {
    /// Reads them from what was given.
    fn read(given: &mut Given<'_>) -> Self {
        let lens = given.one("lentille", name);
        let weights = given.many("poids", weight);
        let weights: Vec<(String, f64)> = weights.into_iter().map(Weight::pair).collect();
        let free = lens.as_deref() == Some("libre");
        if free && weights.is_empty() {
            given.fail("lentille", "libre", Mistake::FreeWithoutWeights);
        }
        if let (Some(lens), false, false) = (&lens, free, weights.is_empty()) {
            given.fail("poids", lens, Mistake::WeightsBesideLens);
        }
        let with = given.many("avec", |value| Ok(vec![code(value)?]));
        let stratum = given.one("strate", values::flag).unwrap_or(false);
        if stratum && !with.is_empty() {
            given.fail("strate", "oui", Mistake::StratumBesideChoice);
        }
        Self {
            weighing: if weights.is_empty() {
                Weighing::Lens(lens.unwrap_or_else(|| USUAL_LENS.to_owned()))
            } else {
                Weighing::Own(weights)
            },
            count: given.one("n", count).unwrap_or(USUAL_PEERS),
            choice: match (stratum, with.is_empty()) {
                (_, false) => PeerChoice::Chosen(with),
                (true, true) => PeerChoice::Stratum,
                (false, true) => PeerChoice::Nearest,
            },
        }
    }

    /// The peers of a territory, chosen so.
    fn of(self, level: Level, code: Code) -> PeersOf {
        PeersOf {
            level,
            code,
            weighing: self.weighing,
            count: self.count,
            choice: self.choice,
        }
    }
}

/// The one spelling of a request for peers.
pub(crate) fn pairs(peers: &PeersOf) -> Vec<(String, String)> {
    let of = format!("{}-{}", peers.level, peers.code);
    let mut pairs = vec![("semblables_a".to_owned(), of)];
    pairs.extend(how(peers));
    pairs
}

/// The same without whose peers they are.
pub fn how(peers: &PeersOf) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
    match &peers.weighing {
        Weighing::Lens(lens) if lens == USUAL_LENS => {}
        Weighing::Lens(lens) => push("lentille", lens.clone()),
        Weighing::Own(weights) => {
            let weights: Vec<String> = weights.iter().map(|(v, w)| format!("{v}:{w}")).collect();
            push("poids", weights.join(","));
        }
    }
    match &peers.choice {
        PeerChoice::Nearest if peers.count == USUAL_PEERS => {}
        PeerChoice::Nearest => push("n", peers.count.to_string()),
        PeerChoice::Stratum => push("strate", "oui".to_owned()),
        PeerChoice::Chosen(codes) => {
            let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
            push("avec", codes.join(","));
        }
    }
    pairs
}

fn territory(value: &str) -> Result<(Level, Code), Mistake> {
    FicheId::territory_of(value).ok_or(Mistake::TerritoryId)
}

fn code(value: &str) -> Result<Code, Mistake> {
    let of_id = FicheId::territory_of(value).map(|(_, code)| code);
    of_id
        .or_else(|| value.parse().ok())
        .ok_or(Mistake::CodeOrName)
}

fn name(value: &str) -> Result<String, Mistake> {
    if value.chars().nth(LONGEST_NAME).is_some() {
        return Err(Mistake::TooLong { most: LONGEST_NAME });
    }
    Ok(value.to_owned())
}

fn count(value: &str) -> Result<u32, Mistake> {
    let (least, most) = (*PEERS.start(), *PEERS.end());
    let read: Option<u32> = value.parse().ok();
    read.filter(|count| PEERS.contains(count))
        .ok_or(Mistake::CountBetween { least, most })
}

/// A variable and its weight, in the order of variables.
#[derive(PartialEq)]
struct Weight(String, f64);

impl Weight {
    fn pair(self) -> (String, f64) {
        (self.0, self.1)
    }
}

impl Eq for Weight {}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Weight {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0).then(self.1.total_cmp(&other.1))
    }
}

fn weight(value: &str) -> Result<Vec<Weight>, Mistake> {
    let wrong = Mistake::Weights { most: HEAVIEST };
    let Some((variable, weight)) = value.split_once(':') else {
        return Err(wrong);
    };
    let variable = name(variable.trim())?;
    let weight: f64 = weight.trim().parse().map_err(|_| wrong.clone())?;
    // Zero weighs nothing: the variable may as well not be named.
    if variable.is_empty() || !(weight > 0.0 && weight <= HEAVIEST) {
        return Err(wrong);
    }
    Ok(vec![Weight(variable, weight)])
}

#[cfg(test)]
mod tests {
    use crate::query::{mistake::Mistake, request::Query};
    use atlaas_model::Schema;

    fn parse(text: &str) -> Result<Query, Vec<(String, Mistake)>> {
        let pairs: Vec<(String, String)> = text
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Query::parse(&pairs, &Schema::default(), &[]).map_err(|errors| {
            let told = errors.into_iter();
            told.map(|error| (error.parametre, error.mistake)).collect()
        })
    }

    #[test]
    fn one_request_has_one_spelling() {
        for (asked, canonical) in [
            ("semblables_a=commune-19015", "semblables_a=commune-19015"),
            (
                "lentille=general&n=20&strate=non&semblables_a=commune-19015",
                "semblables_a=commune-19015",
            ),
            (
                "semblables_a=epci-200066371&lentille=rural&n=5",
                "lentille=rural&n=5&semblables_a=epci-200066371",
            ),
            (
                "semblables_a=commune-19015&poids=densite:1&poids=population:2.50",
                "poids=densite%3A1,population%3A2.5&semblables_a=commune-19015",
            ),
            (
                "semblables_a=commune-19015&strate=oui",
                "semblables_a=commune-19015&strate=oui",
            ),
            (
                "semblables_a=commune-19015&avec=87085,commune-19047",
                "avec=19047,87085&semblables_a=commune-19015",
            ),
        ] {
            let query = parse(asked).unwrap();
            assert_eq!(query.canonical(), canonical, "{asked}");
        }
    }

    #[test]
    fn what_cannot_be_is_said() {
        for (asked, name, mistake) in [
            ("n=5", "n", Mistake::PeersOfWhat),
            ("strate=oui", "strate", Mistake::PeersOfWhat),
            ("semblables_a=Ayen", "semblables_a", Mistake::TerritoryId),
            (
                "semblables_a=commune-19015&n=0",
                "n",
                Mistake::CountBetween {
                    least: 1,
                    most: 200,
                },
            ),
            (
                "semblables_a=commune-19015&poids=population",
                "poids",
                Mistake::Weights { most: 100.0 },
            ),
            (
                "semblables_a=commune-19015&poids=population:NaN",
                "poids",
                Mistake::Weights { most: 100.0 },
            ),
            (
                "semblables_a=commune-19015&lentille=rural&poids=population:1",
                "poids",
                Mistake::WeightsBesideLens,
            ),
            (
                "semblables_a=commune-19015&lentille=libre",
                "lentille",
                Mistake::FreeWithoutWeights,
            ),
            (
                "semblables_a=commune-19015&strate=oui&avec=19047",
                "strate",
                Mistake::StratumBesideChoice,
            ),
        ] {
            let errors = parse(asked).unwrap_err();
            assert_eq!(errors, [(name.to_owned(), mistake)], "{asked}");
        }
    }
}
