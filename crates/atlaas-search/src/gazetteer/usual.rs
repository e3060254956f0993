//! Usual names of régions and départements that their official names do not give.
//!
//! Sources: the régions' own sites and press usage; the codes are INSEE's.

use atlaas_model::Kind;

/// Kind, code and usual names, of régions and départements.
const USUAL: [(Kind, &str, &[&str]); 18] = [
    (Kind::Epci, "200046977", &["Grand Lyon"]),
    (Kind::Epci, "200054781", &["Grand Paris"]),
    (
        Kind::Region,
        "93",
        &[
            "PACA",
            "Région Sud",
            "Sud PACA",
            "Provence Alpes Côte d'Azur",
        ],
    ),
    (
        Kind::Region,
        "11",
        &["IDF", "Région parisienne", "Ile de France"],
    ),
    (Kind::Region, "32", &["HDF", "Nord Pas de Calais Picardie"]),
    (Kind::Region, "84", &["AURA", "ARA", "Rhône-Alpes Auvergne"]),
    (Kind::Region, "27", &["BFC"]),
    (Kind::Region, "24", &["Centre", "Région Centre", "CVL"]),
    (Kind::Region, "52", &["PDL", "Pays de Loire"]),
    (Kind::Region, "75", &["Nouvelle Aquitaine", "NAQ"]),
    (
        Kind::Region,
        "76",
        &["Région Occitanie", "Occitanie Pyrénées-Méditerranée"],
    ),
    (Kind::Region, "53", &["Breizh", "BZH"]),
    (Kind::Region, "94", &["Île de Beauté"]),
    (Kind::Region, "44", &["Alsace Champagne-Ardenne Lorraine"]),
    (Kind::Region, "04", &["Réunion", "Île de la Réunion"]),
    (Kind::Departement, "974", &["Réunion", "Île de la Réunion"]),
    (Kind::Departement, "984", &["TAAF"]),
    (Kind::Departement, "973", &["Guyane française"]),
];

/// The usual names of a territory; none for most.
pub(crate) fn usual_names(kind: Kind, code: &str) -> &'static [&'static str] {
    USUAL
        .iter()
        .find(|(of, known, _)| *of == kind && *known == code)
        .map_or(&[], |(_, _, names)| names)
}
