//! What is asked of the barometer: the one query, what figures are told apart by, what rates are out of;
//! and what its values are called.

use crate::call::request::Call;
use crate::error::mistake::{Refusal, refusals};
use crate::error::problem::ApiError;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{BarometerAsk, DimensionName, DimensionValue, Query, Snapshot, TableDimension};
use atlaas_model::{Facet, Level};

/// What it reads besides the query.
pub const OWN: [&str; 3] = ["par", "parmi", "standardise"];
/// Whom rates are out of: those who take part, or all communes.
pub const AMONG: [&str; 2] = ["participantes", "communes"];

/// What rates can be standardised by: classes of inhabitants.
pub const STANDARDS: [&str; 1] = ["strate"];

/// The word by which people ask for figures.
const LEAD: &str = "barometre";

/// What a request asks; every mistake of it at once.
pub fn read(call: &Call, others: &[&str]) -> Result<BarometerAsk, ApiError> {
    of(&call.snapshot, &call.pairs, others).map_err(ApiError::parameters)
}

/// The same of pairs, `others` being parameters that say nothing to it.
pub fn of(
    snapshot: &Snapshot,
    pairs: &[(String, String)],
    others: &[&str],
) -> Result<BarometerAsk, Vec<Refusal>> {
    let known: Vec<&str> = OWN.into_iter().chain(others.iter().copied()).collect();
    let standard = last(pairs, "standardise");
    let mistake = not_of("standardise", standard, &STANDARDS);
    let (query, of_all) = counted(snapshot, pairs, &known, mistake)?;
    let by = pairs.iter().filter(|(name, _)| name == "par");
    let by = by.flat_map(|(_, value)| value.split(',')).map(str::trim);
    Ok(BarometerAsk {
        query,
        by: by
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        of_all,
        standardised: !standard.is_empty(),
    })
}

/// What is counted, and whether rates are out of all communes; `known` are the names beside those of a query,
/// `mistakes` what was found wrong before.
pub fn counted(
    snapshot: &Snapshot,
    pairs: &[(String, String)],
    known: &[&str],
    mistakes: impl IntoIterator<Item = Refusal>,
) -> Result<(Query, bool), Vec<Refusal>> {
    let among = last(pairs, "parmi");
    let mut mistakes: Vec<Refusal> = mistakes.into_iter().collect();
    mistakes.extend(not_of("parmi", among, &AMONG));
    let query = Query::parse(&without_lead(pairs), snapshot.schema(), known);
    let query = query.map_err(refusals);
    match query {
        Ok(query) if mistakes.is_empty() => Ok((query, among == AMONG[1])),
        Ok(_) => Err(mistakes),
        Err(errors) => {
            mistakes.extend(errors);
            Err(mistakes)
        }
    }
}

/// The mistake of a value that is none of those there are.
pub fn not_of(name: &str, given: &str, known: &[&str]) -> Option<Refusal> {
    if given.is_empty() || known.contains(&given) {
        return None;
    }
    let mistake = Refusal::new(name, given, Message::new("mistake-unknown-value"));
    Some(mistake.allowed(given, known.iter().copied()))
}

/// The pairs without the word by which people ask for figures, when others follow it.
fn without_lead(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let short = |(name, value): &(String, String)| {
        let first = value.split_whitespace().next().map(atlaas_model::slug);
        let rest = value.trim_start().split_once(char::is_whitespace);
        let rest = rest.filter(|_| name == "q" && first.as_deref() == Some(LEAD));
        let value = rest.map_or(value.as_str(), |(_, rest)| rest);
        (name.clone(), value.to_owned())
    };
    pairs.iter().map(short).collect()
}

/// The one spelling of what is asked besides the query.
pub fn spelt(ask: &BarometerAsk) -> String {
    let mut spelt = format!("par={}", ask.by.join(","));
    if ask.of_all {
        spelt.push_str("&parmi=communes");
    }
    if ask.standardised {
        spelt.push_str("&standardise=strate");
    }
    spelt
}

/// The title of a dimension.
pub fn title(snapshot: &Snapshot, dimension: &TableDimension, lang: Language) -> String {
    title_of(snapshot, &dimension.name, dimension.facet, lang)
}

fn title_of(snapshot: &Snapshot, name: &str, facet: Option<Facet>, lang: Language) -> String {
    if let Some(facet) = facet {
        return lang.facet(snapshot.schema(), facet);
    }
    match name {
        "strate" => lang.say("barometer-stratum").to_owned(),
        "grille" => {
            let refining = snapshot.comparer().classes(Level::Commune).refining;
            let title = refining.map(|(_, variable)| lang.of(&variable.title).to_owned());
            title.unwrap_or_default()
        }
        "commune" => lang.say("barometer-commune").to_owned(),
        "mise_a_jour" => lang.say("barometer-updated").to_owned(),
        name => name.to_owned(),
    }
}

/// Names and titles of all dimensions.
pub fn titles(snapshot: &Snapshot, lang: Language) -> Vec<(String, String)> {
    let title = |name: String| {
        let facet = snapshot.schema().facet(&name);
        let title = title_of(snapshot, &name, facet, lang);
        (name, title)
    };
    snapshot.dimensions().into_iter().map(title).collect()
}

/// What a value is called.
pub fn called(value: &DimensionValue, lang: Language) -> String {
    match &value.name {
        DimensionName::Text(text) => text.clone(),
        DimensionName::Worded(wording) => lang.of(wording).to_owned(),
        DimensionName::Inhabitants(least, most) => inhabitants(*least, *most, lang),
    }
}

fn inhabitants(least: f64, most: Option<f64>, lang: Language) -> String {
    let number = |n: f64| lang.number(n.max(0.0) as u64);
    let message = match most {
        None => Message::new("barometer-inhabitants-from").with("from", number(least)),
        Some(most) if least <= 0.0 => {
            Message::new("barometer-inhabitants-below").with("to", number(most))
        }
        Some(most) => Message::new("barometer-inhabitants-between")
            .with("from", number(least))
            .with("to", number(most - 1.0)),
    };
    lang.tell(&message)
}

/// The value of a parameter, the last one given.
pub fn last<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let mut named = pairs.iter().rev().filter(|(key, _)| key == name);
    named.next().map_or("", |(_, value)| value.trim())
}
