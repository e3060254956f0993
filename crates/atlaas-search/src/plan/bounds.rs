//! Fourth step: `autour`, `bbox` and `polygone`; after it every area is known.

use crate::{
    opened::Opened,
    plan::{
        comprehension::Comprehension, planned::Spot, surroundings::Surrounded,
        understood::Understood, whereabouts::Whereabouts,
    },
    query::{mistake::Mistake, parameter_error::ParameterError, request::Query},
};
use atlaas_model::{Area, DocId};

/// A query of which every area is known.
pub(super) struct Bounded {
    pub asked: Query,
    pub resolved: Query,
    pub comprehension: Comprehension,
    /// The place that was named.
    pub place: Option<DocId>,
    pub spot: Option<Spot>,
    pub whereabouts: Whereabouts,
}

/// Adds the areas that stand beside a circle.
pub(super) fn bound(
    opened: &Opened,
    surrounded: Surrounded,
    mistakes: &mut Vec<ParameterError>,
) -> Bounded {
    let Surrounded {
        mut understood,
        near_doc,
    } = surrounded;
    match understood.asked.around_km {
        Some(margin_km) => around(opened, &mut understood, (margin_km, near_doc), mistakes),
        None => measure_from_territory(opened, &mut understood),
    }
    let Understood {
        asked,
        resolved,
        mut comprehension,
        place,
        spot,
        mut whereabouts,
    } = understood;
    whereabouts.areas.extend(asked.bbox.map(Area::Box));
    whereabouts
        .areas
        .extend(asked.polygon.clone().map(Area::Polygons));
    let peers = resolved.peers.clone();
    whereabouts
        .areas
        .extend(peers.map(|peers| Area::Peers(Box::new(peers))));
    let aspects = resolved.aspects.iter().cloned();
    whereabouts.areas.extend(aspects.map(Area::Aspect));
    comprehension.rayon = whereabouts.radius_km;
    Bounded {
        asked,
        resolved,
        comprehension,
        place,
        spot,
        whereabouts,
    }
}

/// `autour`: the territories become areas, any of which holds, and are no facet selection any more.
fn around(
    opened: &Opened,
    understood: &mut Understood,
    (margin_km, near_doc): (f64, Option<DocId>),
    mistakes: &mut Vec<ParameterError>,
) {
    let territories = &mut understood.resolved.territories;
    // Words may name one of another level beside a parameter's.
    let first = territories.keys().next().copied();
    territories.retain(|level, _| Some(*level) == first);
    if let (true, Some(doc)) = (territories.is_empty(), near_doc) {
        let fiche = &opened.fiches[doc as usize];
        if let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) {
            territories.insert(level, vec![code.to_string()]);
        }
    }
    let only = territories.iter().next().and_then(|(&level, codes)| {
        let [code] = codes.as_slice() else {
            return None;
        };
        opened.territories.doc(level, code.parse().ok()?)
    });
    let areas = around_each(&understood.resolved, margin_km);
    if areas.is_none() && mistakes.is_empty() {
        mistakes.push(ParameterError::new(
            "autour",
            &margin_km.to_string(),
            Mistake::AroundNothing,
        ));
    }
    understood.whereabouts.areas.extend(areas);
    let centre = only.and_then(|doc| opened.fiches[doc as usize].position);
    understood.whereabouts.origin = understood.whereabouts.origin.or(centre);
}

/// The territories of a resolved query with a margin around each: any of them.
pub(super) fn around_each(resolved: &Query, margin_km: f64) -> Option<Area> {
    let (&kind, codes) = resolved.territories.iter().next()?;
    let around = |code: &String| {
        Some(Area::Around {
            kind,
            code: code.parse().ok()?,
            margin_km,
        })
    };
    let mut areas: Vec<Area> = codes.iter().filter_map(around).collect();
    match areas.len() {
        0 | 1 => areas.pop(),
        _ => Some(Area::Any(areas)),
    }
}

/// Distances are told from the centre of a territory when nothing nearer is asked for.
fn measure_from_territory(opened: &Opened, understood: &mut Understood) {
    if understood.whereabouts.origin.is_none()
        && let Some((&kind, codes)) = understood.resolved.territories.iter().next()
        && let [code] = codes.as_slice()
        && let Ok(code) = code.parse()
    {
        let doc = opened.territories.doc(kind, code);
        understood.whereabouts.origin = doc.and_then(|doc| opened.fiches[doc as usize].position);
    }
}
