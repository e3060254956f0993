//! Fourth step: `autour`, `bbox` and `polygone`; after it every area is known.

use crate::{
    opened::Opened,
    plan::{
        comprehension::Comprehension, planned::Spot, surroundings::Surrounded,
        understood::Understood, whereabouts::Whereabouts,
    },
    query::{mistake::Mistake, parameter_error::ParameterError, request::Query},
};
use atlaas_model::{Area, Code, DocId};

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

/// `autour`: the one territory becomes an area and is no facet selection any more.
fn around(
    opened: &Opened,
    understood: &mut Understood,
    (margin_km, near_doc): (f64, Option<DocId>),
    mistakes: &mut Vec<ParameterError>,
) {
    let selected = understood.resolved.territories.iter().next();
    let by_code = selected.and_then(|(&kind, codes)| {
        let code: Code = codes.first()?.parse().ok()?;
        opened.territories.doc(kind, code)
    });
    let Some(doc) = by_code.or(near_doc) else {
        if mistakes.is_empty() {
            mistakes.push(ParameterError::new(
                "autour",
                &margin_km.to_string(),
                Mistake::AroundNothing,
            ));
        }
        return;
    };
    let territories = &mut understood.resolved.territories;
    territories.clear();
    let fiche = &opened.fiches[doc as usize];
    if let (Some(kind), Some(code)) = (fiche.kind.level(), fiche.code) {
        territories.insert(kind, vec![code.to_string()]);
        understood.whereabouts.areas.push(Area::Around {
            kind,
            code,
            margin_km,
        });
    }
    understood.whereabouts.origin = understood.whereabouts.origin.or(fiche.position);
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
