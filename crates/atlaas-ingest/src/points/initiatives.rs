//! Initiatives out of `initiatives.csv`, `.geojson` or `.json`: the columns `id, titre,
//! description, enjeu, categorie, services, publics, annee, date_maj, code_insee, commune,
//! latitude, longitude`; any other is carried over as an attribute.

use crate::{
    points::fiches::{self, Context},
    report::remarks::Remarks,
    tables::row::Row,
    values::fields,
    values::terms,
};
use atlaas_model::{Fiche, Kind, Name, Value};

const KNOWN: [&str; 16] = [
    "geometry",
    "code_postal",
    "id",
    "titre",
    "nom",
    "description",
    "enjeu",
    "categorie",
    "services",
    "publics",
    "annee",
    "date_maj",
    "code_insee",
    "commune",
    "latitude",
    "longitude",
];

/// The fiche of one row; `None`, with a remark, when it has no title.
pub(crate) fn fiche(
    row: &Row,
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Option<Fiche> {
    let mut fiche = fiches::start(
        row,
        Kind::point("initiative"),
        (&["id"], &["titre", "nom"]),
        context,
        remarks,
    )?;
    fiche.text = fiches::text(row, "description", remarks);
    for column in [
        Name::known("enjeu"),
        Name::known("categorie"),
        Name::known("services"),
        Name::known("publics"),
    ] {
        let values = fields::several(row.raw(column.as_str()), None);
        context.terms.facet(&mut fiche, column, values, remarks);
    }
    if let Some(year) = fields::year(row, "annee", remarks) {
        fiche.values.set(Name::known("annee"), Value::Year(year));
    }
    fiche.updated = fields::date(row, "date_maj", remarks);
    fiche.postcodes.extend(fields::postcode(row, remarks));
    terms::others(&mut fiche, row, &KNOWN);
    Some(fiche)
}
