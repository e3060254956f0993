//! Fiches out of rows: colieux, initiatives, and where on Earth each row lies.

pub(crate) mod arrondissements;
pub(crate) mod colieux;
pub(crate) mod declared;
pub(crate) mod fiches;
pub(crate) mod initiatives;
pub(crate) mod surroundings;
