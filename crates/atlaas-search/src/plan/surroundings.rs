//! Third step: the circle around `pres_de`, or around `lat` and `lon` with `rayon`.

use crate::{
    opened::Opened,
    plan::{
        comprehension::{Alternative, ChosenPlace},
        places,
        understood::Understood,
    },
    query::{
        centre::Near, limits::DEFAULT_RADIUS_KM, mistake::Mistake, parameter_error::ParameterError,
    },
};
use atlaas_model::DocId;

/// Alternatives that are told for a place.
const MAX_ALTERNATIVES: usize = 5;

/// A query whose centre is known.
pub(super) struct Surrounded {
    pub understood: Understood,
    /// The place that `pres_de` names, for `autour`.
    pub near_doc: Option<DocId>,
}

/// Resolves the centre that parameters name.
pub(super) fn surround(
    opened: &Opened,
    mut understood: Understood,
    mistakes: &mut Vec<ParameterError>,
) -> Surrounded {
    let radius = understood.asked.radius_km;
    let mut near_doc = None;
    match understood.asked.near.clone() {
        Some(Near::Position(centre)) => {
            understood.whereabouts.origin = Some(centre);
            let text = format!("{},{}", centre.longitude(), centre.latitude());
            understood.comprehension.lieu = Some(ChosenPlace {
                id: None,
                nom: text,
                ancien_nom: None,
                relation: "pres",
                pourquoi: "position donnée par `pres_de`".into(),
            });
            let whereabouts = &mut understood.whereabouts;
            whereabouts.circle(centre, radius.unwrap_or(DEFAULT_RADIUS_KM));
        }
        Some(Near::Name(name)) => near_doc = near_name(opened, &mut understood, &name, mistakes),
        None => match (understood.asked.position, radius) {
            (Some(centre), Some(radius_km)) => understood.whereabouts.circle(centre, radius_km),
            (None, Some(radius_km)) if understood.whereabouts.areas.is_empty() => {
                mistakes.push(ParameterError::new(
                    "rayon",
                    &radius_km.to_string(),
                    Mistake::NoPlaceInWords,
                ));
            }
            _ => {}
        },
    }
    Surrounded {
        understood,
        near_doc,
    }
}

/// The place of `pres_de`; told when it waits for `autour`.
fn near_name(
    opened: &Opened,
    understood: &mut Understood,
    name: &str,
    mistakes: &mut Vec<ParameterError>,
) -> Option<DocId> {
    let asked = &understood.asked;
    let found = match places::by_id(opened, name) {
        Some(place) => vec![place],
        None => places::named(opened, name, &[], asked.position, 1 + MAX_ALTERNATIVES),
    };
    let Some(best) = found.first() else {
        mistakes.push(ParameterError::new("pres_de", name, Mistake::UnknownPlace));
        return None;
    };
    let comprehension = &mut understood.comprehension;
    comprehension.lieu = Some(places::chosen(opened, best, "pres", "nommé par `pres_de`"));
    for other in &found[1..] {
        let mut query = asked.clone();
        query.near = Some(places::near_of(opened, other.doc));
        comprehension.alternatives.push(Alternative {
            id: opened.fiches[other.doc as usize].id.to_string(),
            nom: other.name.clone(),
            precision: places::where_it_lies(opened, other.doc),
            requete: query.canonical(),
        });
    }
    if asked.around_km.is_some() {
        return Some(best.doc);
    }
    let radius_km = asked.radius_km.unwrap_or(DEFAULT_RADIUS_KM);
    let fiche = &opened.fiches[best.doc as usize];
    if let Err(mistake) = understood.whereabouts.around(fiche, best.alias, radius_km) {
        mistakes.push(*mistake);
    }
    None
}
