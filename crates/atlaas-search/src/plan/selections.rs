//! Fifth step: selections of facets and communes as values of columns.

use crate::{matching::filter::Filters, opened::Opened, plan::bounds::Bounded};
use atlaas_model::{Facet, Kind};

/// A query whose selections are values of columns.
pub(super) struct Filtered {
    pub bounded: Bounded,
    pub filters: Filters,
}

/// Values that no fiche has are left out: an empty selection matches nothing.
pub(super) fn select(opened: &Opened, bounded: Bounded) -> Filtered {
    let mut filters = Filters::default();
    let territory_is_area = bounded.asked.around_km.is_some();
    for facet in Facet::ALL {
        let wanted = bounded.resolved.selected(facet);
        let is_territory = matches!(facet, Facet::Region | Facet::Departement | Facet::Epci);
        if wanted.is_empty() || (is_territory && territory_is_area) {
            continue;
        }
        let column = opened.columns.of(facet);
        let ids = wanted.iter().filter_map(|value| column.id(value)).collect();
        filters.selections.push((facet, ids));
    }
    if let Some(codes) = bounded.resolved.territories.get(&Kind::Commune)
        && !territory_is_area
    {
        let codes = codes.iter().filter_map(|code| code.parse().ok());
        filters.communes = codes.collect();
    }
    Filtered { bounded, filters }
}
