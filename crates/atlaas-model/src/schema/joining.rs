//! What declarations make together: which names are free, what each facet is called, which orders there are.

use super::column::{Column, ColumnType, Wording};
use super::error::SchemaError;
use super::facet_info::FacetInfo;
use super::layer::Layer;
use crate::{Facet, Level, Name};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Names that no column may take alone: they belong to the query or to every answer.
const RESERVED: [&str; 80] = [
    "q",
    "q_brut",
    "strict",
    "ou_nom",
    "ou_texte",
    "type",
    "couches",
    "bbox",
    "lon",
    "lat",
    "lng",
    "rayon",
    "pres_de",
    "semblables_a",
    "lentille",
    "poids",
    "n",
    "strate",
    "avec",
    "autour",
    "polygone",
    "commune",
    "epci",
    "departement",
    "region",
    "territoire",
    "arobases",
    "mention",
    "facettes",
    "tri",
    "limit",
    "offset",
    "apres",
    "depuis",
    "suivre",
    "archive",
    "explication",
    "f",
    "format",
    "lang",
    "dialecte",
    "v",
    "id",
    "nom",
    "titre",
    "texte",
    "code",
    "siren",
    "url",
    "distance_km",
    "score",
    "cluster",
    "cluster_id",
    "point_count",
    "extrait",
    "precision",
    "labels",
    "label_de",
    "longitude",
    "latitude",
    "codes_postaux",
    "sens_proches",
    "annee_label",
    "habitants",
    "grille",
    "mise_a_jour",
    "mesure",
    "maille",
    "standardise",
    "adresse",
    "date_maj",
    "code_commune",
    "code_epci",
    "code_departement",
    "code_region",
    "autres_noms",
    "attributs",
    "titre_marque",
    "url_fiche",
    "snapshot",
];

/// An order by a declared column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The column, under the name of the order that has the least first.
    pub column: Facet,
    /// The name of the order that has the greatest first.
    pub falling: Name,
    /// Title of the column.
    pub title: Wording,
    /// What its values are.
    pub kind: ColumnType,
    /// The kinds that have it.
    pub kinds: Vec<Name>,
}

/// The facets of every schema, and where they stand: declared ones stand between.
fn core_facets() -> Vec<FacetInfo> {
    let ranks = [
        (Facet::Type, 0, "facette.type"),
        (Facet::Arobases, 60, "facette.arobases"),
        (Facet::Region, 70, "facette.region"),
        (Facet::Departement, 80, "facette.departement"),
        (Facet::Epci, 90, "facette.epci"),
        (Facet::Mention, 120, "facette.mention"),
    ];
    let info = |(facet, rank, search)| FacetInfo {
        facet,
        kind: None,
        title: Wording::default(),
        help: Wording::default(),
        search: Name::known(search),
        bounds: None,
        unit: None,
        classes: Vec::new(),
        spoken: Vec::new(),
        kinds: Vec::new(),
        suggested: None,
        telling: u16::MAX,
        rank,
    };
    ranks.map(info).to_vec()
}

/// Whether the names of layers and columns are free.
pub(super) fn check_names(layers: &[Layer]) -> Result<(), SchemaError> {
    let mut taken: BTreeSet<&str> = Level::ALL.map(Level::as_str).into_iter().collect();
    taken.extend(Level::ALL.map(Level::plural));
    taken.extend(["territoires", "atlaas"]);
    for layer in layers {
        for name in [layer.id, layer.name] {
            if name.as_str().contains('.') || !taken.insert(name.as_str()) && layer.id != layer.name
            {
                return Err(SchemaError::Taken(name));
            }
        }
        let mut columns = BTreeSet::new();
        for column in &layer.columns {
            if !columns.insert(column.name) {
                return Err(SchemaError::Repeated(layer.name, column.name));
            }
            if RESERVED.contains(&column.name.as_str()) {
                return Err(SchemaError::Reserved(column.name));
            }
        }
    }
    Ok(())
}

/// Names each column that can be asked for by itself alone where no other layer has one of that name.
/// Columns of territories and of what ships with the program keep their names, so that a layer more
/// changes no address; a column that nobody can ask for gives way to one of its name.
pub(super) fn name_columns(
    layers: &mut [Layer],
    territories: &[Column],
) -> Result<(), SchemaError> {
    let mut bearers: BTreeMap<Name, usize> = BTreeMap::new();
    for column in layers.iter().flat_map(|layer| &layer.columns) {
        if column.is_asked() {
            *bearers.entry(column.name).or_default() += 1;
        }
    }
    let core: BTreeSet<Name> = {
        let shipped = layers.iter().filter(|layer| layer.ships);
        let shipped = shipped.flat_map(|layer| &layer.columns);
        let all = territories.iter().chain(shipped);
        all.map(|column| column.name).collect()
    };
    for layer in layers {
        let coloured_by = layer.coloured_by;
        let of_layer = layer.name;
        for column in &mut layer.columns {
            let alone = bearers.get(&column.name) == Some(&1) && !core.contains(&column.name);
            let bare = layer.ships
                || column.shared
                || if column.is_asked() {
                    alone
                } else {
                    !bearers.contains_key(&column.name) && !core.contains(&column.name)
                };
            let before = column.facet;
            column.key = if bare {
                column.name
            } else {
                column.with(of_layer)?
            };
            column.facet = before.map(|_| Facet::Column(column.key));
            if before.is_some() && coloured_by == before {
                layer.coloured_by = column.facet;
            }
        }
    }
    Ok(())
}

/// `hauteur_min`, `hauteur_max`.
fn bounds(column: &Column) -> Result<Option<(Name, Name)>, SchemaError> {
    let ranged = column.kind.is_measured() && column.kind != ColumnType::Year;
    let name = |end: &str| Name::new(&format!("{}_{end}", column.key));
    Ok(if ranged {
        Some((name("min")?, name("max")?))
    } else {
        None
    })
}

/// The facets and the orders of all declarations.
pub(super) fn join(
    layers: &[Layer],
    territories: &[Column],
) -> Result<(Vec<FacetInfo>, Vec<Order>), SchemaError> {
    let levels: Vec<Name> = Level::ALL
        .into_iter()
        .map(|level| Name::known(level.as_str()))
        .collect();
    let of_layers = layers.iter().flat_map(|layer| {
        let columns = layer.columns.iter();
        columns.map(|column| (vec![layer.id], column))
    });
    let of_territories = territories.iter().map(|column| (levels.clone(), column));
    let mut facets = core_facets();
    let mut orders = Vec::new();
    for (kinds, column) in of_layers.chain(of_territories) {
        join_facet(&mut facets, &kinds, column)?;
        join_order(&mut orders, &kinds, column)?;
    }
    facets.sort_by_key(|info| (info.rank, info.facet));
    Ok((facets, orders))
}

fn join_facet(
    facets: &mut Vec<FacetInfo>,
    kinds: &[Name],
    column: &Column,
) -> Result<(), SchemaError> {
    let Some(facet) = column.facet else {
        return Ok(());
    };
    if let Some(known) = facets.iter_mut().find(|info| info.facet == facet) {
        if known.kind != Some(column.kind) {
            return Err(SchemaError::Shared(column.name));
        }
        known.kinds.extend(kinds);
        return Ok(());
    }
    facets.push(FacetInfo {
        facet,
        kind: Some(column.kind),
        title: column.title.clone(),
        help: column.help.clone(),
        search: Name::search(column.key)?,
        bounds: bounds(column)?,
        unit: column.unit.clone(),
        classes: column.classes.clone(),
        spoken: column.spoken.clone(),
        kinds: kinds.to_vec(),
        suggested: column.suggested,
        telling: column.telling,
        rank: column.rank,
    });
    Ok(())
}

fn join_order(orders: &mut Vec<Order>, kinds: &[Name], column: &Column) -> Result<(), SchemaError> {
    if !column.sortable {
        return Ok(());
    }
    let facet = Facet::Column(column.key);
    if let Some(known) = orders.iter_mut().find(|order| order.column == facet) {
        known.kinds.extend(kinds);
        return Ok(());
    }
    orders.push(Order {
        column: facet,
        falling: Name::falling(column.key)?,
        title: column.title.clone(),
        kind: column.kind,
        kinds: kinds.to_vec(),
    });
    Ok(())
}
