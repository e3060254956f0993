//! `datetime` of the OGC API: a day, or an interval of days that is open where nothing is said.

use jiff::civil::Date;

/// Days, both included; open where absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    first: Option<Date>,
    last: Option<Date>,
}

impl Interval {
    /// `2024-01-01`, `2024-01-01T00:00:00Z/..`, `../2024-12-31`.
    pub fn parse(text: &str) -> Option<Self> {
        let day = |text: &str| match text {
            "" | ".." => Some(None),
            _ => day_of(text).map(Some),
        };
        match text.split_once('/') {
            None => day(text)?.map(|day| Self {
                first: Some(day),
                last: Some(day),
            }),
            Some((first, last)) => {
                let interval = Self {
                    first: day(first)?,
                    last: day(last)?,
                };
                let ordered = interval
                    .first
                    .zip(interval.last)
                    .is_none_or(|(first, last)| first <= last);
                ordered.then_some(interval)
            }
        }
    }

    /// Whether it holds a day; what has none is held by any.
    pub fn holds(self, day: Option<Date>) -> bool {
        day.is_none_or(|day| {
            self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
        })
    }
}

/// A date, or an instant of RFC 3339, which counts by its day.
fn day_of(text: &str) -> Option<Date> {
    if text.len() > 10 {
        text.parse::<jiff::Timestamp>().ok()?;
    }
    text.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn datetime_is_a_day_or_an_interval_open_at_either_end() {
        let (a, b) = (date(2024, 1, 1), date(2024, 12, 31));
        for (text, expected) in [
            ("2024-01-01", Some((Some(a), Some(a)))),
            (
                "2024-01-01T10:00:00Z/2024-12-31T00:00:00Z",
                Some((Some(a), Some(b))),
            ),
            ("2024-01-01/..", Some((Some(a), None))),
            ("../2024-12-31", Some((None, Some(b)))),
            ("/2024-12-31", Some((None, Some(b)))),
            ("2024-12-31/2024-01-01", None),
            ("hier", None),
            ("2024-01-01 et demi", None),
            ("", None),
            ("..", None),
        ] {
            let parsed = Interval::parse(text).map(|interval| (interval.first, interval.last));
            assert_eq!(parsed, expected, "{text}");
        }
        assert!(
            Interval {
                first: Some(a),
                last: None
            }
            .holds(None)
        );
        assert!(
            !Interval {
                first: Some(b),
                last: None
            }
            .holds(Some(a))
        );
    }
}
