//! Questions about places that need names and borders together: suggestions, geocoding both ways.

use crate::snapshot::Snapshot;
use atlaas_model::{Code, DocId, Level, Position};
use atlaas_search::{GeocodeHit, GeocodeRequest, Geocoder, LookupOptions, PlaceMatch, Suggestions};

/// Nearest commune when no polygon holds a position: beyond so many kilometres it is not France.
const FARTHEST_KM: f64 = 100.0;

impl Snapshot {
    /// What a text being typed may become; at most `limit` a group.
    pub fn suggest(&self, text: &str, near: Option<Position>, limit: usize) -> Suggestions {
        self.suggester()
            .suggest(text, self.search().gazetteer(), near, limit)
    }

    /// Fiches that lie in a territory, itself among them.
    pub fn count_in(&self, level: Level, code: Code) -> u32 {
        self.suggester().count_in(level, code)
    }

    /// The municipalities that a text may mean, best first.
    pub fn geocode(&self, request: &GeocodeRequest<'_>) -> Vec<GeocodeHit> {
        self.geocoder().geocode(request)
    }

    /// The territories of some kinds that a text may name, best first.
    pub fn lookup(&self, text: &str, options: &LookupOptions) -> Vec<PlaceMatch> {
        self.search().gazetteer().lookup(text, options)
    }

    /// The commune at a position: by polygon, else the nearest centre within 100 km, with its
    /// distance in kilometres (0 inside).
    pub fn commune_at(&self, position: Position) -> Option<(DocId, f64)> {
        let doc_of = |code: Code| self.catalogue().territory(Level::Commune, code);
        if let Some(doc) = self.territories().locate(position).and_then(doc_of) {
            return Some((doc, 0.0));
        }
        let is_commune = |doc: DocId| self.catalogue().fiche(doc).kind == Level::Commune;
        let nearest = self
            .spatial()
            .nearest(position, 1, is_commune)
            .into_iter()
            .next();
        nearest.filter(|(_, km)| *km <= FARTHEST_KM)
    }

    /// The record of a commune for geocoding answers.
    pub fn geocode_hit(&self, doc: DocId) -> Option<GeocodeHit> {
        self.geocoder().hit_of(doc, None)
    }

    fn geocoder(&self) -> Geocoder<'_> {
        Geocoder {
            fiches: self.catalogue().fiches(),
            territories: self.search().territories(),
            gazetteer: self.search().gazetteer(),
        }
    }
}
