//! The sources' own date: the day up to which their dates can be believed, told by the dates alone.
//!
//! A typing error (`2049` for `2019`) or the default of some software (`2050-12-31`) would otherwise
//! be the newest of all, and everything else old beside it. Today's date is no help: the same sources
//! must give the same snapshot whenever they are read.
//!
//! The rule: **the newest date that has company**. Of fiches, the dates of change count (of one that
//! has none, 1 January of its year); a date has company when one other in a hundred lies on the same
//! day or within the year before it. Labels are given once a year, in numbers that vary: a year of
//! theirs has company when one other in a thousand lies within the five years before it; and no year
//! is doubted that the fiches have reached. Fewer than twenty dates are few: one other within the
//! ten years before is company enough. When none has company nothing can be told, and the newest
//! date of all is taken.

use crate::Fiche;
use jiff::civil::Date;

/// What company is.
struct Company {
    /// One other date in so many.
    one_in: u64,
    /// How far back, in years.
    years: usize,
}

const OF_CHANGES: Company = Company {
    one_in: 100,
    years: 1,
};
const OF_LABELS: Company = Company {
    one_in: 1000,
    years: 5,
};
const OF_FEW: Company = Company {
    one_in: u64::MAX,
    years: 10,
};
/// Fewer dates than these are few.
const FEW: usize = 20;
/// Keys of a year of days.
const YEAR: usize = 367;

/// The day after which dates are doubted: they are kept as they stand, but make nothing fresh.
///
/// ```
/// use atlaas_model::{Fiche, FicheId, Kind, SourceDate};
/// let dated = |day: &str| {
///     let id = FicheId::of_row(Kind::point("initiative"), day).unwrap();
///     let mut fiche = Fiche::new(id, Kind::point("initiative"), day.to_owned());
///     fiche.updated = day.parse().ok();
///     fiche
/// };
/// let date = SourceDate::of(&["2023-05-02", "2024-03-01", "2049-03-01"].map(dated));
/// assert_eq!(date.last_day().unwrap().to_string(), "2024-03-01");
/// assert!(date.doubts_year(2025) && !date.doubts_year(2024));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceDate {
    day: Option<Date>,
    label_year: Option<u16>,
}

impl SourceDate {
    /// Reads it off the dates of all fiches and labels of a dataset.
    pub fn of(fiches: &[Fiche]) -> Self {
        let own = |fiche: &Fiche| fiche.updated.or_else(|| january(fiche.year()?));
        let labels = fiches.iter().flat_map(|fiche| &fiche.labels);
        Self::among(
            fiches.iter().filter_map(own),
            labels.map(|label| label.year),
        )
    }

    /// Reads it off the dates of change and the years of labels.
    pub fn among(
        changes: impl Iterator<Item = Date>,
        label_years: impl Iterator<Item = u16>,
    ) -> Self {
        let day = newest(&changes.map(day_key).collect::<Vec<_>>(), &OF_CHANGES);
        let labels: Vec<usize> = label_years.map(|year| usize::from(year) * YEAR).collect();
        let label_year = newest(&labels, &OF_LABELS);
        Self {
            day: day.and_then(day_of),
            label_year: label_year.map(|key| (key / YEAR) as u16),
        }
    }

    /// The last day that is believed; `None` when no fiche is dated.
    pub const fn last_day(self) -> Option<Date> {
        self.day
    }

    /// The last year of labels that is believed; `None` when nothing is dated.
    pub fn last_label_year(self) -> Option<u16> {
        let reached = self.day.map(|day| day.year().max(0) as u16);
        self.label_year.map(|year| year.max(reached.unwrap_or(0)))
    }

    /// Whether a date lies after the sources' own.
    pub fn doubts_day(self, date: Date) -> bool {
        self.day.is_some_and(|last| date > last)
    }

    /// Whether a year of a fiche lies wholly after the sources' own date.
    pub fn doubts_year(self, year: u16) -> bool {
        self.day
            .is_some_and(|last| i32::from(year) > i32::from(last.year()))
    }

    /// Whether the year of a label lies after all that are believed.
    pub fn doubts_label(self, year: u16) -> bool {
        self.last_label_year().is_some_and(|last| year > last)
    }
}

/// The newest key that has company, else the newest.
fn newest(keys: &[usize], company: &Company) -> Option<usize> {
    let (first, last) = (*keys.iter().min()?, *keys.iter().max()?);
    let mut days: Vec<u32> = vec![0; last - first + 1];
    for key in keys {
        days[key - first] += 1;
    }
    let company = if keys.len() < FEW { &OF_FEW } else { company };
    let (near, wanted) = (company.years * YEAR, wanted(keys.len(), company));
    // How many lie on the days `from..=day`, while both ends go back.
    let mut within: u64 = 0;
    let mut from = days.len();
    for day in (0..days.len()).rev() {
        while from > 0 && from + near > day {
            from -= 1;
            within += u64::from(days[from]);
        }
        if days[day] > 0 && within > wanted {
            return Some(first + day);
        }
        within -= u64::from(days[day]);
    }
    Some(last)
}

/// How many others a date must have near it.
const fn wanted(total: usize, company: &Company) -> u64 {
    (total as u64).div_ceil(company.one_in)
}

/// Days in order, 367 a year.
fn day_key(date: Date) -> usize {
    date.year().max(0) as usize * YEAR + date.day_of_year().max(0) as usize
}

fn day_of(key: usize) -> Option<Date> {
    let start = january(u16::try_from(key / YEAR).ok()?)?;
    start.with().day_of_year((key % YEAR) as i16).build().ok()
}

fn january(year: u16) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, 1, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many<T: Clone>(counted: impl IntoIterator<Item = (T, usize)>) -> Vec<T> {
        let each = counted.into_iter();
        each.flat_map(|(date, times)| vec![date; times]).collect()
    }

    #[test]
    fn the_newest_date_with_company_is_the_sources_own() {
        let usual = ("2024-06-01", 1000);
        for (dates, expected) in [
            (vec![], ""),
            (vec![("2049-01-01", 1)], "2049-01-01"),
            // Without an outlier: many dates, few dates, two dates.
            (vec![("2023-02-01", 900), ("2024-12-31", 100)], "2024-12-31"),
            (vec![usual, ("2025-06-01", 1)], "2025-06-01"),
            (vec![("2008-01-01", 3), ("2016-02-29", 1)], "2016-02-29"),
            (vec![("2019-01-01", 1), ("2024-01-01", 1)], "2024-01-01"),
            // One outlier.
            (vec![usual, ("2031-01-01", 1)], "2024-06-01"),
            (vec![usual, ("2025-06-04", 1)], "2024-06-01"),
            (
                vec![("2008-01-01", 3), ("2016-02-29", 1), ("2049-01-01", 1)],
                "2016-02-29",
            ),
            // Many outliers, spread and on one day.
            (
                vec![
                    usual,
                    ("2026-01-01", 5),
                    ("2027-05-01", 5),
                    ("2050-12-31", 9),
                ],
                "2024-06-01",
            ),
            // What more than one in a hundred say is believed: it is no error of one hand.
            (vec![usual, ("2026-01-01", 20)], "2026-01-01"),
        ] {
            let days = many(dates.clone())
                .into_iter()
                .map(|day| day.parse().unwrap());
            let found = SourceDate::among(days, std::iter::empty()).last_day();
            let found = found.map_or(String::new(), |day| day.to_string());
            assert_eq!(found, expected, "{dates:?}");
        }
    }

    #[test]
    fn years_of_labels_fall_off_without_being_doubted() {
        let fading = [
            (2018, 1900),
            (2020, 800),
            (2022, 56),
            (2023, 17),
            (2024, 12),
        ];
        for (more, day, expected) in [
            (vec![], "", 2024),
            (vec![(2026, 3)], "", 2026),
            (vec![(2026, 3), (2033, 1)], "", 2026),
            (vec![(2049, 2), (2050, 1)], "", 2024),
            // A year that the fiches have reached is believed.
            (vec![(2049, 1)], "2027-02-01", 2027),
        ] {
            let years = many(fading.into_iter().chain(more.clone()));
            let date = SourceDate::among(day.parse().into_iter(), years.into_iter());
            assert_eq!(date.last_label_year(), Some(expected), "{more:?}");
            assert!(date.doubts_label(expected + 1) && !date.doubts_label(expected));
        }
    }

    #[test]
    fn the_window_agrees_with_a_count_of_each_day() {
        let mut seed: u64 = 7;
        let mut draw = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..500 {
            let (span, count) = (1 + draw(3000), 20 + draw(400));
            let keys: Vec<usize> = (0..count).map(|_| 9 + draw(span) as usize).collect();
            let near = |key: usize| keys.iter().filter(move |&&k| k <= key && k + YEAR > key);
            let wanted = wanted(keys.len(), &OF_CHANGES) as usize;
            let accompanied = keys
                .iter()
                .copied()
                .filter(|&key| near(key).count() > wanted);
            let naive = accompanied.max().or_else(|| keys.iter().copied().max());
            assert_eq!(newest(&keys, &OF_CHANGES), naive);
        }
    }

    #[test]
    fn every_day_is_found_by_its_key() {
        let mut day: Date = "1999-12-25".parse().unwrap();
        for _ in 0..800 {
            assert_eq!(day_of(day_key(day)), Some(day));
            day = day.tomorrow().unwrap();
        }
    }
}
