//! Places of digital mediation, in the national schema `lieux-mediation-numerique`: its version
//! 1.0.2 (32 columns) and its older 0.1.0 (29 columns, several values joined by semicolons), told
//! apart by the header. Source: github.com/LaMednum/standard-mediation-num.
//!
//! Mails and phones (`courriels`, `telephone`) are never carried over: they may be those of a
//! person, and nobody asked that person to be on this map.

use crate::{
    points::fiches::{self, Context},
    report::remarks::Remarks,
    tables::row::Row,
    text::clean,
    values::fields,
    values::terms::{self, Terms},
};
use atlaas_model::{Action, Fiche, Kind, Name};

/// Version of the schema that a file follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediationVersion {
    /// 1.0.0 to 1.0.2.
    V1,
    /// 0.1.0 and 0.1.1.
    V0,
}

impl MediationVersion {
    /// The version that a header shows.
    pub(crate) fn of<'a>(columns: impl Iterator<Item = &'a str>) -> Self {
        let old = [
            "publics_accueillis",
            "conditions_acces",
            "labels_nationaux",
            "labels_autres",
        ];
        let mut columns = columns;
        if columns.any(|column| old.contains(&column)) {
            Self::V0
        } else {
            Self::V1
        }
    }
}

/// Columns that this reader takes care of itself, in both versions.
const KNOWN: [&str; 36] = [
    "id",
    "nom",
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "complement_adresse",
    "latitude",
    "longitude",
    "typologie",
    "telephone",
    "courriels",
    "site_web",
    "horaires",
    "presentation_resume",
    "presentation_detail",
    "itinerance",
    "date_maj",
    "services",
    "publics_specifiquement_adresses",
    "prise_en_charge_specifique",
    "frais_a_charge",
    "dispositif_programmes_nationaux",
    "formations_labels",
    "autres_formations_labels",
    "modalites_acces",
    "modalites_accompagnement",
    "fiche_acces_libre",
    "prise_rdv",
    "publics_accueillis",
    "conditions_acces",
    "labels_nationaux",
    "labels_autres",
    "accessibilite",
    "structure_parente",
    "source",
];

/// The fiche of one row; `None`, with a remark, when it has no name.
pub(crate) fn fiche(
    row: &Row,
    version: MediationVersion,
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Option<Fiche> {
    let mut fiche = fiches::start(
        row,
        Kind::point("colieu"),
        (&["id"], &["nom"]),
        context,
        remarks,
    )?;
    describe(&mut fiche, row, remarks);
    classify(&mut fiche, row, context.terms, remarks);
    match version {
        MediationVersion::V1 => enumerate(&mut fiche, row, context.terms, remarks),
        MediationVersion::V0 => enumerate_old(&mut fiche, row, context.terms, remarks),
    }
    for column in ["source", "structure_parente"] {
        let value = row.get(column);
        terms::add(
            &mut fiche,
            column,
            Some(value).filter(|v| !v.is_empty()).into_iter().collect(),
        );
    }
    terms::others(&mut fiche, row, &KNOWN);
    Some(fiche)
}

/// Text, address, hours, links and date.
fn describe(fiche: &mut Fiche, row: &Row, remarks: &mut Remarks<'_>) {
    let (summary, detail) = (
        fiches::text(row, "presentation_resume", remarks),
        fiches::text(row, "presentation_detail", remarks),
    );
    if !detail.is_empty() && !summary.is_empty() && detail != summary {
        terms::add(fiche, "presentation_resume", vec![summary.clone()]);
    }
    fiche.text = if detail.is_empty() { summary } else { detail };
    let address = [row.get("adresse"), row.get("complement_adresse")];
    let address: Vec<&str> = address
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    fiche.address = Some(address.join(", ")).filter(|address| !address.is_empty());
    fiche.postcodes.extend(fields::postcode(row, remarks));
    fiche.updated = fields::date(row, "date_maj", remarks);
    let hours = row.get("horaires");
    terms::add(
        fiche,
        "horaires",
        Some(hours).filter(|h| !h.is_empty()).into_iter().collect(),
    );
    for (column, name) in [
        ("site_web", "site_web"),
        ("prise_rdv", "prise_rdv"),
        ("fiche_acces_libre", "fiche_acces_libre"),
        ("accessibilite", "fiche_acces_libre"),
    ] {
        links(fiche, row, (column, name), remarks);
    }
}

fn links(fiche: &mut Fiche, row: &Row, (column, name): (&str, &str), remarks: &mut Remarks<'_>) {
    let mut good = Vec::new();
    for text in fields::several(&row.raw(column).replace(",http", "|http"), Some(';')) {
        match fields::link(&text) {
            Some(link) => good.push(link),
            None => remarks.note(
                Action::Ignore,
                column,
                &text,
                "une adresse du web est attendue, comme https://www.exemple.fr : laissée de côté",
            ),
        }
    }
    terms::add(fiche, name, good);
}

/// The enumerations that are facets.
fn classify(fiche: &mut Fiche, row: &Row, terms: &mut Terms, remarks: &mut Remarks<'_>) {
    let codes = row.raw("typologie").replace(',', "|");
    terms.facet(
        fiche,
        Name::known("typologie"),
        fields::several(&codes, Some(';')),
        remarks,
    );
    let services = fields::several(row.raw("services"), Some(';'));
    terms.facet(fiche, Name::known("services"), services, remarks);
}

fn enumerate(fiche: &mut Fiche, row: &Row, terms: &mut Terms, remarks: &mut Remarks<'_>) {
    let publics = fields::several(row.raw("publics_specifiquement_adresses"), Some(';'));
    terms.facet(fiche, Name::known("publics"), publics, remarks);
    for column in [
        "prise_en_charge_specifique",
        "frais_a_charge",
        "itinerance",
        "dispositif_programmes_nationaux",
        "formations_labels",
        "autres_formations_labels",
        "modalites_acces",
        "modalites_accompagnement",
    ] {
        terms.enumeration(
            fiche,
            column,
            fields::several(row.raw(column), Some(';')),
            remarks,
        );
    }
}

fn enumerate_old(fiche: &mut Fiche, row: &Row, terms: &mut Terms, remarks: &mut Remarks<'_>) {
    let split = |column| fields::several(row.raw(column), Some(';'));
    // Version 0.1.0 mixed whom a place is for with the care it can give.
    let care = "prise_en_charge_specifique";
    let (cared, publics): (Vec<_>, Vec<_>) = split("publics_accueillis")
        .into_iter()
        .partition(|value| terms.is_in(care, value));
    terms.facet(fiche, Name::known("publics"), publics, remarks);
    terms.enumeration(fiche, care, cared, remarks);
    terms.enumeration(fiche, "frais_a_charge", split("conditions_acces"), remarks);
    let labels = "formations_labels";
    let (trained, programmes): (Vec<_>, Vec<_>) = split("labels_nationaux")
        .into_iter()
        .partition(|value| terms.is_in(labels, value));
    terms.enumeration(
        fiche,
        "dispositif_programmes_nationaux",
        programmes,
        remarks,
    );
    terms.enumeration(fiche, labels, trained, remarks);
    terms.enumeration(
        fiche,
        "autres_formations_labels",
        split("labels_autres"),
        remarks,
    );
    let ways = clean::line(row.raw("modalites_accompagnement"));
    terms.enumeration(
        fiche,
        "modalites_accompagnement",
        fields::several(&ways, Some(';')),
        remarks,
    );
}
