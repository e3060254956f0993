//! Numbers, distances and dates as people write them.

use crate::words::language::Language;

impl Language {
    /// A count with separators: `19 000`, `19,000`.
    pub fn number(self, n: u64) -> String {
        let separator = self.t("\u{202f}", ",");
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

    /// A distance: `350 m`, `3,4 km`, `120 km`.
    pub fn kilometres(self, km: f64) -> String {
        if km < 0.05 {
            return self.t("sur place", "on the spot").to_owned();
        }
        if km < 0.995 {
            return format!("{:.0}\u{a0}m", (km * 100.0).round() * 10.0);
        }
        let text = if km < 10.0 {
            format!("{km:.1}")
        } else {
            format!("{km:.0}")
        };
        let text = if self == Self::French {
            text.replace('.', ",")
        } else {
            text
        };
        format!("{text}\u{a0}km")
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
    fn numbers_and_distances_are_written_as_people_do() {
        let (fr, en) = (Language::French, Language::English);
        assert_eq!(fr.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(
            (en.number(999), en.number(19_000)),
            ("999".into(), "19,000".into())
        );
        assert_eq!(
            (
                fr.kilometres(0.013),
                fr.kilometres(0.348),
                en.kilometres(0.996)
            ),
            (
                "sur place".into(),
                "350\u{a0}m".into(),
                "1.0\u{a0}km".into()
            )
        );
        assert_eq!(
            (fr.kilometres(3.44), en.kilometres(120.4)),
            ("3,4\u{a0}km".into(), "120\u{a0}km".into())
        );
    }
}
