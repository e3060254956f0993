//! Distances as people read them.

use crate::words::language::Language;

impl Language {
    /// A distance: `350 m`, `3,4 km`, `120 km`.
    pub fn kilometres(self, km: f64) -> String {
        if km < 0.05 {
            return self.say("distance-here").to_owned();
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_written_as_people_do() {
        let (fr, en) = (Language::French, Language::English);
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
