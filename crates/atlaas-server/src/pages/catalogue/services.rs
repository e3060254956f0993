//! The services that answer questions about the data sets.

use crate::formats::LIST;
use crate::words::language::Language;

/// A service.
#[derive(Clone, Debug)]
pub struct ListedService {
    /// Name of it, unique in the catalogue.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it answers.
    pub about: &'static str,
    /// Where it answers.
    pub endpoint: String,
    /// What says how to ask.
    pub description: String,
    /// The standard that it follows, if it does.
    pub standard: Option<&'static str>,
}

/// Every service.
pub fn all(base: &str, language: Language) -> Vec<ListedService> {
    let say = |id| language.say(id);
    let openapi = || format!("{base}/openapi.json");
    vec![
        ListedService {
            id: "api",
            title: say("catalogue-service-api"),
            about: say("catalogue-service-api-about"),
            endpoint: format!("{base}{LIST}"),
            description: openapi(),
            standard: None,
        },
        ListedService {
            id: "ogc",
            title: say("catalogue-service-ogc"),
            about: say("catalogue-service-ogc-about"),
            endpoint: format!("{base}/ogc"),
            description: format!("{base}/ogc/api"),
            standard: Some("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"),
        },
        ListedService {
            id: "tuiles",
            title: say("catalogue-service-tiles"),
            about: say("catalogue-service-tiles-about"),
            endpoint: format!("{base}/tiles/atlaas.json"),
            description: openapi(),
            standard: Some("https://github.com/mapbox/vector-tile-spec/tree/master/2.1"),
        },
        ListedService {
            id: "geocodeur",
            title: say("catalogue-service-geocoder"),
            about: say("catalogue-service-geocoder-about"),
            endpoint: format!("{base}/search/"),
            description: openapi(),
            standard: None,
        },
    ]
}
