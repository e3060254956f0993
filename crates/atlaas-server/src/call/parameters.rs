//! Parameters of the routes that are no search: read by name, every mistake told at once. What the
//! callers of the national APIs may send besides is no mistake: it is left out, and named.

use crate::call::ignored::Ignored;
use crate::call::request::Call;
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_model::Position;
use std::ops::RangeInclusive;

/// Most characters of a value.
const LONGEST_VALUE: usize = 500;

/// The ways in which callers of the national APIs spell a longitude and a latitude, ours first.
pub const LONGITUDES: [&str; 4] = ["lon", "lng", "long", "longitude"];
/// The latitude, likewise.
pub const LATITUDES: [&str; 2] = ["lat", "latitude"];

/// Reads the parameters of one request.
pub struct ParameterReader<'a> {
    call: &'a Call,
    mistakes: Vec<Refusal>,
    ignored: Ignored,
}

impl<'a> ParameterReader<'a> {
    /// Begins with the names: those that are not allowed are mistakes.
    pub fn new(call: &'a Call, allowed: &[&str]) -> Self {
        let mut mistakes = call.unknown(allowed);
        mistakes.extend(too_long(call, allowed));
        Self {
            call,
            mistakes,
            ignored: Ignored::default(),
        }
    }

    /// Begins with the names: others are ignored, as the national APIs do.
    pub fn tolerant(call: &'a Call, known: &[&str]) -> Self {
        let strange = call.pairs.iter().map(|(name, _)| name.as_str());
        let mut ignored = Ignored::default();
        for name in strange.filter(|name| !known.contains(name)) {
            ignored.name(name);
        }
        Self {
            call,
            mistakes: too_long(call, known),
            ignored,
        }
    }

    /// A text; absent when empty.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.call
            .parameter(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str, example: &str) -> &'a str {
        self.text(name).unwrap_or_else(|| {
            let required = Message::new("mistake-required")
                .with("name", name)
                .with("example", example);
            self.refuse(name, "", required);
            ""
        })
    }

    /// A whole number within bounds.
    pub fn number(&mut self, name: &str, bounds: RangeInclusive<u32>, usual: u32) -> u32 {
        let Some(value) = self.text(name) else {
            return usual;
        };
        match value.parse() {
            Ok(number) if bounds.contains(&number) => number,
            _ => {
                let whole = Message::new("mistake-whole-number")
                    .with("first", bounds.start())
                    .with("last", bounds.end());
                self.refuse(name, value, whole);
                usual
            }
        }
    }

    /// `0` or `1`, and their other spellings.
    pub fn flag(&mut self, name: &str, usual: bool) -> bool {
        match self.one_of(name, &["0", "1", "true", "false", "oui", "non"]) {
            Some("1" | "true" | "oui") => true,
            Some(_) => false,
            None => usual,
        }
    }

    /// One of a few values.
    pub fn one_of(&mut self, name: &str, allowed: &[&'static str]) -> Option<&'static str> {
        let value = self.text(name)?;
        let found = allowed.iter().find(|known| **known == value).copied();
        if found.is_none() {
            self.refuse_value(name, value, allowed);
        }
        found
    }

    /// The values of a parameter, separated by commas or given again; none when it is absent or empty.
    pub fn texts(&self, name: &str) -> Option<Vec<&'a str>> {
        let given = self.call.pairs.iter().filter(|(key, _)| key == name);
        let values = given.flat_map(|(_, values)| values.split(','));
        let values = values.map(str::trim).filter(|value| !value.is_empty());
        let mut kept: Vec<&str> = Vec::new();
        for value in values {
            if !kept.contains(&value) {
                kept.push(value);
            }
        }
        (!kept.is_empty()).then_some(kept)
    }

    /// Several of a few values, separated by commas or given again.
    pub fn several(&mut self, name: &str, allowed: &[&'static str]) -> Option<Vec<&'static str>> {
        let values = self.texts(name)?;
        let mut chosen = Vec::new();
        for value in values {
            match allowed.iter().find(|known| **known == value) {
                Some(known) => chosen.push(*known),
                None => self.refuse_value(name, value, allowed),
            }
        }
        Some(chosen)
    }

    /// The same, where a value that is not known is ignored and named.
    pub fn several_known(
        &mut self,
        name: &str,
        known: &[&'static str],
    ) -> Option<Vec<&'static str>> {
        let values = self.texts(name)?;
        let mut chosen = Vec::new();
        for value in values {
            match known.iter().find(|known| **known == value) {
                Some(known) => chosen.push(*known),
                None => self.ignored.value(name, value),
            }
        }
        Some(chosen)
    }

    /// `lon` and `lat` together; 0 is a longitude.
    pub fn position(&mut self) -> Option<Position> {
        self.position_as(&LONGITUDES[..1], &LATITUDES[..1])
    }

    /// The same in any of the spellings that the national APIs take.
    pub fn position_as_spelt(&mut self) -> Option<Position> {
        self.position_as(&LONGITUDES, &LATITUDES)
    }

    fn position_as(&mut self, longitudes: &[&str], latitudes: &[&str]) -> Option<Position> {
        let given = |names: &[&str]| names.iter().position(|name| self.text(name).is_some());
        let (lon_name, lat_name) = (given(longitudes), given(latitudes));
        let lon = self.degrees(longitudes[lon_name.unwrap_or(0)], 180.0);
        let lat = self.degrees(latitudes[lat_name.unwrap_or(0)], 90.0);
        if lon_name.is_some() != lat_name.is_some() {
            let missing = if lon_name.is_some() { "lat" } else { "lon" };
            self.refuse(missing, "", Message::new("mistake-lon-and-lat"));
        }
        Position::new(lon?, lat?).ok()
    }

    fn degrees(&mut self, name: &str, most: f64) -> Option<f64> {
        let value = self.text(name)?;
        let number = value.parse::<f64>().ok();
        let number = number.filter(|number| (-most..=most).contains(number));
        if number.is_none() {
            let degrees = Message::new("mistake-degrees-number").with("most", most);
            self.refuse(name, value, degrees);
        }
        number
    }

    /// Notes a mistake.
    pub fn refuse(&mut self, name: &str, value: &str, why: Message) {
        self.mistakes.push(Refusal::new(name, value, why));
    }

    fn refuse_value(&mut self, name: &str, value: &str, allowed: &[&'static str]) {
        let mistake = Refusal::new(name, value, Message::new("mistake-unknown-value"));
        self.mistakes.push(mistake.allowed(value, allowed));
    }

    /// Everything was right, or all that was wrong; what was ignored, where anything may be.
    pub fn finish(self) -> Result<Ignored, ApiError> {
        if self.mistakes.is_empty() {
            Ok(self.ignored)
        } else {
            Err(ApiError::parameters(self.mistakes))
        }
    }
}

/// A mistake for each value that is too long.
fn too_long(call: &Call, known: &[&str]) -> Vec<Refusal> {
    let long = call.pairs.iter().filter(|(name, value)| {
        value.chars().nth(LONGEST_VALUE).is_some() && known.contains(&name.as_str())
    });
    long.map(|(name, value)| {
        let too_long = Message::new("mistake-too-long").with("most", LONGEST_VALUE);
        Refusal::new(name, value, too_long)
    })
    .collect()
}
