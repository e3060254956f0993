//! Numbers and dates as people write them.

use crate::words::language::Language;

impl Language {
    /// A count with separators: `19 000`, `19,000`.
    pub fn number(self, n: u64) -> String {
        let separator = match self {
            Self::French => "\u{202f}",
            Self::English => ",",
        };
        let digits = n.to_string();
        let mut out = String::new();
        for (rank, digit) in digits.chars().enumerate() {
            if rank > 0 && (digits.len() - rank).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A number with its decimals and its unit: `12,5 m`, `12.5 m`.
    pub fn measure(self, number: f64, unit: Option<&str>) -> String {
        // More decimals of a number of some size would tell nothing.
        let number = if number.abs() < 1.0 {
            number
        } else {
            (number * 100.0).round() / 100.0
        };
        let plain = format!("{}", number.abs());
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = whole
            .parse()
            .map_or_else(|_| whole.to_owned(), |n| self.number(n));
        if !decimals.is_empty() {
            text.push(if self == Self::French { ',' } else { '.' });
            text.push_str(decimals);
        }
        let sign = if number < 0.0 { "-" } else { "" };
        match unit {
            Some(unit) => format!("{sign}{text}\u{a0}{unit}"),
            None => format!("{sign}{text}"),
        }
    }

    /// A number with as many decimals as tell something at its size.
    pub fn figure(self, number: f64) -> String {
        let decimals = match number.abs() {
            large if large >= 100.0 => 0,
            middling if middling >= 10.0 => 1,
            _ => 2,
        };
        let scale = 10_f64.powi(decimals);
        self.measure((number * scale).round() / scale, None)
    }

    /// A date as people write it: `22/11/2026`, `2026-11-22`.
    pub fn date(self, date: jiff::civil::Date) -> String {
        match self {
            Self::French => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            Self::English => date.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_keep_their_decimals_sign_and_unit() {
        let (fr, en) = (Language::French, Language::English);
        assert_eq!(fr.measure(-1234.5, Some("m")), "-1\u{202f}234,5\u{a0}m");
        assert_eq!(en.measure(0.25, None), "0.25");
        assert_eq!(fr.measure(20.0, Some("m")), "20\u{a0}m");
    }

    #[test]
    fn numbers_are_written_as_people_do() {
        let (fr, en) = (Language::French, Language::English);
        assert_eq!(fr.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(
            (en.number(999), en.number(19_000)),
            ("999".into(), "19,000".into())
        );
    }
}
