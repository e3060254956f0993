//! Parameters of the routes that are no search: read by name, every mistake told at once.

use crate::call::request::Call;
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_model::Position;
use std::ops::RangeInclusive;

/// Most characters of a value.
const LONGEST_VALUE: usize = 500;

/// Reads the parameters of one request.
pub struct ParameterReader<'a> {
    call: &'a Call,
    mistakes: Vec<Refusal>,
}

impl<'a> ParameterReader<'a> {
    /// Begins with the names: those that are not allowed are mistakes.
    pub fn new(call: &'a Call, allowed: &[&str]) -> Self {
        let mut mistakes = call.unknown(allowed);
        for (name, value) in &call.pairs {
            if value.chars().nth(LONGEST_VALUE).is_some() && allowed.contains(&name.as_str()) {
                let too_long = Message::new("mistake-too-long").with("most", LONGEST_VALUE);
                mistakes.push(Refusal::new(name, value, too_long));
            }
        }
        Self { call, mistakes }
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

    /// Several of a few values, separated by commas.
    pub fn several(&mut self, name: &str, allowed: &[&'static str]) -> Option<Vec<&'static str>> {
        let values = self.text(name)?;
        let mut chosen = Vec::new();
        for value in values
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
        {
            match allowed.iter().find(|known| **known == value) {
                Some(known) if chosen.contains(known) => {}
                Some(known) => chosen.push(*known),
                None => self.refuse_value(name, value, allowed),
            }
        }
        Some(chosen)
    }

    /// `lon` and `lat` together; 0 is a longitude.
    pub fn position(&mut self) -> Option<Position> {
        let given = ["lon", "lat"].map(|name| self.text(name).is_some());
        let lon = self.degrees("lon", 180.0);
        let lat = self.degrees("lat", 90.0);
        if given[0] != given[1] {
            let missing = if given[0] { "lat" } else { "lon" };
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

    /// Everything was right, or all that was wrong.
    pub fn finish(self) -> Result<(), ApiError> {
        if self.mistakes.is_empty() {
            Ok(())
        } else {
            Err(ApiError::parameters(self.mistakes))
        }
    }
}
