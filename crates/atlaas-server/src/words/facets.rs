//! Titles of facets.

use crate::words::language::Language;
use atlaas_model::Facet;

impl Language {
    /// The title of a facet.
    pub fn facet(self, facet: Facet) -> &'static str {
        self.say(match facet {
            Facet::Type => "facet-type",
            Facet::Enjeu => "facet-enjeu",
            Facet::Categorie => "facet-categorie",
            Facet::Services => "facet-services",
            Facet::Publics => "facet-publics",
            Facet::Annee => "facet-annee",
            Facet::Arobases => "facet-arobases",
            Facet::Region => "facet-region",
            Facet::Departement => "facet-departement",
            Facet::Epci => "facet-epci",
            Facet::Typologie => "facet-typologie",
            Facet::Mention => "facet-mention",
        })
    }
}
