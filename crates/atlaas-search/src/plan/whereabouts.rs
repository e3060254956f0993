//! Where a query looks: areas, and the origin that distances are measured from.

use crate::query::{mistake::Mistake, parameter_error::ParameterError};
use atlaas_model::{Area, Fiche, Kind, Level, Position};

/// Where a query looks, as far as it is known.
#[derive(Default)]
pub(super) struct Whereabouts {
    /// Areas that a fiche must lie in, all of them.
    pub areas: Vec<Area>,
    /// Where distances are measured from.
    pub origin: Option<Position>,
    /// Kilometres of the last circle.
    pub radius_km: Option<f64>,
    /// Whether nearness to the origin raises the score.
    pub near_first: bool,
}

impl Whereabouts {
    /// Everywhere, with the asker's position for an origin.
    pub fn of(position: Option<Position>) -> Self {
        Self {
            origin: position,
            near_first: position.is_some(),
            ..Self::default()
        }
    }

    /// Within a circle.
    pub fn circle(&mut self, centre: Position, radius_km: f64) {
        self.areas.push(Area::Disc { centre, radius_km });
        self.radius_km = Some(radius_km);
        self.near_first = true;
    }

    /// Around the centre of a commune, around the boundary of a wider territory.
    pub fn around(
        &mut self,
        fiche: &Fiche,
        alias: Option<usize>,
        radius_km: f64,
    ) -> Result<(), Box<ParameterError>> {
        let own = alias.and_then(|alias| fiche.aliases.get(alias)?.position);
        let Some(centre) = own.or(fiche.position) else {
            return Err(Box::new(ParameterError::new(
                "pres_de",
                &fiche.name,
                Mistake::PlaceWithoutPosition,
            )));
        };
        self.origin = Some(centre);
        self.near_first = true;
        self.radius_km = Some(radius_km);
        self.areas.push(match (fiche.kind, fiche.code) {
            (Kind::Territory(level), Some(code)) if level != Level::Commune => Area::Around {
                kind: level,
                code,
                margin_km: radius_km,
            },
            _ => Area::Disc { centre, radius_km },
        });
        Ok(())
    }
}
