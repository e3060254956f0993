//! Rates shrunk towards the common rate, the more the fewer people they rest on: Marshall's empirical
//! Bayes estimator, over all places or within groups, with the interval of each.
//!
//! Marshall 1991, "Mapping disease and mortality rates using empirical Bayes estimators", Applied
//! Statistics 40, as `EBest(family = "poisson")` of the R package spdep computes it.

use super::counted::{Counted, exact_count};
use super::distributions::gamma_quantile;
use super::interval::Interval;
use std::collections::BTreeMap;

/// What the places together say of a rate before one of them is looked at: moments of the true rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The pooled rate: all events divided by all population.
    pub mean: f64,
    /// How much true rates vary, what chance adds taken off; 0 when chance alone explains the spread.
    pub variance: f64,
    /// How many places it rests on: those that have a rate.
    pub places: usize,
    /// Their events.
    pub events: u64,
    /// Their population.
    pub at_risk: f64,
}

impl Prior {
    /// Of places; those without population are left out, with their events. `None` when none is left.
    ///
    /// `m = Σn ÷ Σx`, `s² = Σ x(p − m)² ÷ Σx`, variance `s² − m ÷ mean(x)`, not below 0.
    pub fn of(places: impl Iterator<Item = Counted>) -> Option<Self> {
        let known: Vec<(Counted, f64)> = places
            .filter_map(|place| Some((place, place.rate()?)))
            .collect();
        let events: u64 = known
            .iter()
            .map(|(place, _)| u64::from(place.events()))
            .sum();
        let at_risk: f64 = known.iter().map(|(place, _)| place.at_risk()).sum();
        let mean = events as f64 / at_risk;
        let squares = known
            .iter()
            .map(|(place, rate)| place.at_risk() * (rate - mean).powi(2));
        let spread = squares.sum::<f64>() / at_risk;
        let by_chance = mean / (at_risk / known.len() as f64);
        let variance = spread - by_chance;
        let sound = at_risk.is_finite() && mean.is_finite() && variance.is_finite();
        sound.then_some(Self {
            mean,
            variance: variance.max(0.0),
            places: known.len(),
            events,
            at_risk,
        })
    }

    /// The rate of a place, shrunk: `m + (p − m) × a ÷ (a + m ÷ x)`; `None` without population.
    pub fn smoothed(&self, place: &Counted) -> Option<f64> {
        let gap = place.rate()? - self.mean;
        // Without variance the formula is 0 ÷ 0 where nothing happened anywhere.
        if self.variance <= 0.0 {
            return Some(self.mean);
        }
        let weight = self.variance / (self.variance + self.mean / place.at_risk());
        Some(self.mean + gap * weight)
    }

    /// The 95 % credible interval of the shrunk rate: equal tails of the posterior
    /// `Gamma(n + m² ÷ a, x + m ÷ a)`, whose mean the shrunk rate is.
    ///
    /// The prior's own uncertainty is not in it (it is empirical). Where chance explains all the spread
    /// the posterior is a point, and the pooled rate's exact interval is given instead. Where nearly all
    /// the mass is at 0 the mean can exceed the upper end, which is then raised to it.
    pub fn interval(&self, place: &Counted) -> Option<Interval> {
        let smoothed = self.smoothed(place)?;
        let more_at_risk = self.mean / self.variance;
        let more_events = self.mean * more_at_risk;
        if self.variance <= 0.0 || !more_events.is_finite() {
            return self.pooled_interval();
        }
        let shape = f64::from(place.events()) + more_events;
        let posterior = Interval {
            low: gamma_quantile(shape, 0.025),
            high: gamma_quantile(shape, 0.975),
        };
        let found = posterior.over(place.at_risk() + more_at_risk)?;
        Some(Interval {
            low: found.low.min(smoothed),
            high: found.high.max(smoothed),
        })
    }

    /// The exact 95 % interval of the pooled rate.
    pub fn pooled_interval(&self) -> Option<Interval> {
        exact_count(self.events as f64).over(self.at_risk)
    }

    fn of_place(&self, place: &Counted, pool: Pool) -> Option<Smoothed> {
        Some(Smoothed {
            raw: place.rate()?,
            rate: self.smoothed(place)?,
            interval: self.interval(place)?,
            pool,
        })
    }
}

/// Towards what a rate was shrunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// The rate of all places.
    Whole,
    /// The rate of its group.
    Group,
}

/// A rate and what remains of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Smoothed {
    /// Events divided by population.
    pub raw: f64,
    /// The shrunk rate.
    pub rate: f64,
    /// Its 95 % credible interval.
    pub interval: Interval,
    /// Towards what it was shrunk.
    pub pool: Pool,
}

/// Towards what the rates of some places are shrunk: that of their group, else that of all.
#[derive(Clone, Debug)]
pub struct Priors<G> {
    /// Of all places.
    pub whole: Option<Prior>,
    groups: BTreeMap<G, Prior>,
}

impl<G: Ord + Copy> Priors<G> {
    /// That of all alone.
    pub fn whole(places: impl Iterator<Item = Counted>) -> Self {
        Self {
            whole: Prior::of(places),
            groups: BTreeMap::new(),
        }
    }

    /// Those of groups too (places by département), with the variance in each. A group of fewer than
    /// `at_least` places that have a rate says too little of either; its places are shrunk towards the
    /// rate of all. spdep's `EBlocal` takes neighbours, not groups.
    pub fn within(places: &[(Counted, G)], at_least: usize) -> Self {
        let mut members: BTreeMap<G, Vec<Counted>> = BTreeMap::new();
        for (place, group) in places {
            members.entry(*group).or_default().push(*place);
        }
        let of_group = |(group, members): (G, Vec<Counted>)| {
            let prior = Prior::of(members.into_iter())?;
            (prior.places >= at_least).then_some((group, prior))
        };
        Self {
            groups: members.into_iter().filter_map(of_group).collect(),
            ..Self::whole(places.iter().map(|(place, _)| *place))
        }
    }

    /// The rate of one of the places; `None` without population.
    pub fn shrunk(&self, place: &Counted, group: G) -> Option<Smoothed> {
        match self.groups.get(&group) {
            Some(prior) => prior.of_place(place, Pool::Group),
            None => self.whole?.of_place(place, Pool::Whole),
        }
    }
}

/// The rates of places, shrunk towards that of all; `None` for a place without population.
pub fn smoothed(places: &[Counted]) -> Vec<Option<Smoothed>> {
    let priors = Priors::whole(places.iter().copied());
    places
        .iter()
        .map(|place| priors.shrunk(place, ()))
        .collect()
}

/// The same within groups; see [`Priors::within`].
pub fn smoothed_within<G: Ord + Copy>(
    places: &[(Counted, G)],
    at_least: usize,
) -> Vec<Option<Smoothed>> {
    let priors = Priors::within(places, at_least);
    let of = |(place, group): &(Counted, G)| priors.shrunk(place, *group);
    places.iter().map(of).collect()
}

#[cfg(test)]
mod tests;
