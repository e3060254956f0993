//! The parameters of a search, which lists, tiles, pages and pictures share: the one table of the query,
//! as it is described. What a single address takes besides stands beside its handler.

use crate::call::peers::QUALIFIERS;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::wire::described_schema as scope;
use atlaas_engine::{Purpose, Tileset, parameters as rows};

parameters! {
    /// What is searched: the one query.
    pub Search = query_parameters()
}
parameters! {
    /// The same, as pages take it: a radius without a centre, which any empty form sends, says nothing.
    pub PageSearch = page_parameters()
}
parameters! {
    /// The same, as forms take it: mistakes are told in the page.
    pub FormSearch = query_parameters().into_iter().map(freely).collect::<Vec<_>>()
}
parameters! {
    /// Pages of a result, its order, what is counted.
    pub Pages = of_purpose(Purpose::How)
}
parameters! {
    /// What a page of results shows besides.
    pub PageForm = [
        Parameter::query("fiche", Takes::Anything, "Fiche ouverte, par son identifiant."),
        Parameter::query("carte", Takes::Anything, "Cadre de la carte, tel que la page l’écrit."),
        Parameter::query("fond", Takes::Anything, "Ce qui colore le fond de la carte."),
    ]
}
parameters! {
    /// How territories that resemble one are chosen.
    pub Likeness = named(&QUALIFIERS)
}
parameters! {
    /// Order and length of an export.
    pub Order = order()
}
parameters! {
    /// Where the asker is.
    pub Asker = named(&["lon", "lat"])
}
parameters! {
    /// The snapshot that is expected, and the language: what any answer takes.
    pub Own = [version(), language()]
}
parameters! {
    /// The one form of an answer that is GeoJSON.
    pub GeoJsonForm = [Parameter::query("f", Takes::OneOf(&["geojson"]), "Format.")]
}
parameters! {
    /// Id of a fiche.
    pub FicheId = [Parameter::path("id", Takes::Text, "Identifiant de fiche.").like("commune-13056")]
}
parameters! {
    /// A commune.
    pub CommuneCode = [Parameter::path("code", Takes::Text, "Code INSEE.").like("13056")]
}
parameters! {
    /// A part of a commune.
    pub PartCode = [Parameter::path("code", Takes::Text, "Code INSEE.").like("01120")]
}
parameters! {
    /// An EPCI.
    pub EpciCode = [Parameter::path("code", Takes::Text, "SIREN.").like("200054807")]
}
parameters! {
    /// A département.
    pub DepartementCode = [Parameter::path("code", Takes::Text, "Numéro.").like("13")]
}
parameters! {
    /// A région.
    pub RegionCode = [Parameter::path("code", Takes::Text, "Code.").like("93")]
}
parameters! {
    /// A tileset.
    pub TilesetName = [tileset("atlaas")]
}
parameters! {
    /// Parameters of a page that filters nothing.
    pub Language = [language()]
}

/// Every parameter of a search, its page and form aside.
pub fn query_parameters() -> Vec<Parameter> {
    let mut all = of_purpose(Purpose::Which);
    all.extend([version(), language()]);
    all
}

/// Those of these names, in their order.
pub fn named(names: &[&str]) -> Vec<Parameter> {
    let known = rows(&scope::schema());
    let row = |name: &&str| known.iter().find(|row| row.name == *name).cloned();
    names.iter().filter_map(row).map(Parameter::from).collect()
}

/// The part of a path that names a tileset.
pub fn tileset(example: &'static str) -> Parameter {
    let names = Tileset::all(&scope::schema())
        .into_iter()
        .map(Tileset::as_str);
    let names = Takes::Declared(names.collect());
    Parameter::path("tileset", names, "Jeu de tuiles.").like(example)
}

fn of_purpose(purpose: Purpose) -> Vec<Parameter> {
    let known = rows(&scope::schema()).into_iter();
    let wanted = known.filter(|row| row.purpose == purpose);
    wanted.map(Parameter::from).collect()
}

fn page_parameters() -> Vec<Parameter> {
    let all = query_parameters().into_iter();
    all.map(|parameter| match parameter.name() {
        "rayon" => parameter
            .freely()
            .when("Avec un lieu, un nombre de kilomètres jusqu’à 500."),
        _ => parameter,
    })
    .collect()
}

/// The language is the server's own: it is refused everywhere.
fn freely(parameter: Parameter) -> Parameter {
    match parameter.name() {
        "lang" | "v" => parameter,
        _ => parameter.freely(),
    }
}

/// What cuts a result into pages of a usual length, where the form decides all else.
pub fn page_cuts(usual: u32) -> Vec<Parameter> {
    let all = named(&["limit", "offset", "apres"]).into_iter();
    all.map(|parameter| match parameter.name() {
        "limit" => parameter.about(format!("Fiches par page ({usual} sans ce paramètre).")),
        _ => parameter,
    })
    .collect()
}

/// Without `limit`, an export is whole.
fn order() -> Vec<Parameter> {
    let all = named(&["limit", "offset", "tri"]).into_iter();
    all.map(|parameter| match parameter.name() {
        "limit" => parameter
            .about("Au plus tant de fiches (toutes sans ce paramètre).")
            .like("10"),
        "tri" => parameter.like("nom"),
        _ => parameter,
    })
    .collect()
}

fn version() -> Parameter {
    let about = "L’instantané qui répond, tant qu’il est gardé (l’actuel et celui d’avant) : la réponse ne change plus. Sinon 410 ou 404, avec le plus proche ; des tuiles et des styles l’actuel répond toujours.";
    let condition = "Le nom d’un instantané gardé, 64 octets au plus.";
    Parameter::query("v", Takes::Version, about).when(condition)
}

fn language() -> Parameter {
    let about = "Langue des pages et des messages ; sans ce paramètre, celle du navigateur.";
    Parameter::query("lang", Takes::OneOf(&["fr", "en"]), about)
}
