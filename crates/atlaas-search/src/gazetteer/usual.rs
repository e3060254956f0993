//! Usual names of régions and départements that their official names do not give.
//!
//! Sources: the régions' own sites and press usage; the codes are INSEE's.

use atlaas_model::Level;

/// Kind, code and usual names, of régions and départements.
const USUAL: [(Level, &str, &[&str]); 18] = [
    (Level::Epci, "200046977", &["Grand Lyon"]),
    (Level::Epci, "200054781", &["Grand Paris"]),
    (
        Level::Region,
        "93",
        &[
            "PACA",
            "Région Sud",
            "Sud PACA",
            "Provence Alpes Côte d'Azur",
        ],
    ),
    (
        Level::Region,
        "11",
        &["IDF", "Région parisienne", "Ile de France"],
    ),
    (Level::Region, "32", &["HDF", "Nord Pas de Calais Picardie"]),
    (
        Level::Region,
        "84",
        &["AURA", "ARA", "Rhône-Alpes Auvergne"],
    ),
    (Level::Region, "27", &["BFC"]),
    (Level::Region, "24", &["Centre", "Région Centre", "CVL"]),
    (Level::Region, "52", &["PDL", "Pays de Loire"]),
    (Level::Region, "75", &["Nouvelle Aquitaine", "NAQ"]),
    (
        Level::Region,
        "76",
        &["Région Occitanie", "Occitanie Pyrénées-Méditerranée"],
    ),
    (Level::Region, "53", &["Breizh", "BZH"]),
    (Level::Region, "94", &["Île de Beauté"]),
    (Level::Region, "44", &["Alsace Champagne-Ardenne Lorraine"]),
    (Level::Region, "04", &["Réunion", "Île de la Réunion"]),
    (Level::Departement, "974", &["Réunion", "Île de la Réunion"]),
    (Level::Departement, "984", &["TAAF"]),
    (Level::Departement, "973", &["Guyane française"]),
];

/// The usual names of a territory; none for most.
pub(crate) fn usual_names(level: Level, code: &str) -> &'static [&'static str] {
    USUAL
        .iter()
        .find(|(of, known, _)| *of == level && *known == code)
        .map_or(&[], |(_, _, names)| names)
}
