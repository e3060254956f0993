//! The one list of addresses: each is added once, with its handler and its description, and gives a
//! route and an entry of the OpenAPI document. An address without a description does not compile.
//!
//! Descriptions are `#[utoipa::path]` attributes above the handlers. `aide` 0.15 was tried beside them
//! on three addresses (readiness, suggestions, a commune). Its documentation is a function, and a sample
//! can be a value of the answer's type. But its last stable release wants schemars 0.9, one major version
//! back; it writes a list that is left out when it is empty as required; and it reads an answer off the
//! type that a handler returns, where ours return bytes: GeoJSON, CSV, a workbook, a feed at one address.
//! utoipa was here already, reads serde's attributes as we use them, and tells several types of one answer.

use crate::describe::responses;
use crate::error::body::Problem;
use axum::routing::MethodRouter;
use utoipa::openapi::path::{Operation, Paths};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Components, RefOr};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::UtoipaMethodRouter;

/// Key of an address that answers on the demonstration's data.
pub const EXAMPLE: &str = "x-example";

/// Routes and their descriptions.
pub struct Surface<S> {
    router: axum::Router<S>,
    /// The routes of this list alone, for [`with_slashes`](Self::with_slashes).
    made: Vec<(String, MethodRouter<S>)>,
    paths: Paths,
    components: Components,
}

impl<S: Clone + Send + Sync + 'static> Surface<S> {
    /// No address, and the shape of errors, which all share.
    pub fn new() -> Self {
        let mut schemas = Vec::new();
        Problem::schemas(&mut schemas);
        schemas.push((Problem::name().into_owned(), Problem::schema()));
        let mut surface = Self {
            router: axum::Router::new(),
            made: Vec::new(),
            paths: Paths::new(),
            components: Components::new(),
        };
        surface.know(schemas);
        surface
    }

    /// An address and its handler: `routes!(handler)`.
    #[must_use]
    pub fn with(self, described: UtoipaMethodRouter<S>) -> Self {
        self.each(described, |_| {})
    }

    /// The same handler at another address, described by what differs.
    #[must_use]
    pub fn also(
        self,
        address: &str,
        (schemas, paths, methods): UtoipaMethodRouter<S>,
        change: impl Fn(&mut Operation),
    ) -> Self {
        let mut moved = Paths::new();
        moved.paths.extend(
            paths
                .paths
                .into_values()
                .map(|item| (address.to_owned(), item)),
        );
        self.each((schemas, moved, methods), change)
    }

    /// The same addresses with a slash at the end, as callers of the national APIs write them: routes
    /// without a description of their own.
    #[must_use]
    pub fn with_slashes(mut self) -> Self {
        let slashed: Vec<_> = self
            .made
            .iter()
            .filter(|(route, _)| !route.ends_with('/'))
            .filter(|(route, _)| {
                self.made
                    .iter()
                    .all(|(other, _)| *other != format!("{route}/"))
            })
            .map(|(route, methods)| (format!("{route}/"), methods.clone()))
            .collect();
        for (route, methods) in slashed {
            self.router = self.router.route(&route, methods);
        }
        self
    }

    /// All addresses of another list.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.paths.paths.extend(other.paths.paths);
        self.know(other.components.schemas.into_iter().collect());
        self
    }

    /// The routes, and what is told of them.
    pub fn split(self) -> (axum::Router<S>, Paths, Components) {
        (self.router, self.paths, self.components)
    }

    fn each(
        mut self,
        (schemas, paths, methods): UtoipaMethodRouter<S>,
        change: impl Fn(&mut Operation),
    ) -> Self {
        self.know(schemas);
        for (address, mut item) in paths.paths {
            if let Some(operation) = item.get.as_mut().or(item.post.as_mut()) {
                change(operation);
                operation.operation_id = Some(self.free_id(&address));
                complete(operation);
            }
            let route = template(&address);
            self.router = self.router.route(&route, methods.clone());
            self.made.push((route, methods.clone()));
            self.paths.paths.insert(address, item);
        }
        self
    }

    fn know(&mut self, schemas: Vec<(String, RefOr<Schema>)>) {
        for (name, schema) in schemas {
            let known = self.components.schemas.get(&name);
            let same = known.is_none_or(|known| *known == schema);
            debug_assert!(
                same,
                "two types are called {name}: name one with #[schema(as = …)]"
            );
            self.components.schemas.insert(name, schema);
        }
    }

    /// The name of an address for programs; the second of two that would be called the same, with and
    /// without a slash at the end, is `_bis`.
    fn free_id(&self, address: &str) -> String {
        let mut id = operation_id(address);
        let operations = || {
            self.paths
                .paths
                .values()
                .filter_map(|item| item.get.as_ref().or(item.post.as_ref()))
        };
        while operations().any(|one| one.operation_id.as_ref() == Some(&id)) {
            id.push_str("_bis");
        }
        id
    }
}

/// What follows from the rest of a description: an answer that says nothing of itself is its summary, and
/// parameters can make any address too long.
fn complete(operation: &mut Operation) {
    operation.description = operation.description.take().filter(|text| !text.is_empty());
    if operation
        .parameters
        .as_ref()
        .is_some_and(|all| !all.is_empty())
    {
        let (status, response) = responses::too_long();
        operation
            .responses
            .responses
            .entry(status)
            .or_insert(response);
    }
    if names_a_snapshot(operation) {
        for (status, response) in responses::not_kept() {
            let known = operation.responses.responses.entry(status);
            known.or_insert(response);
        }
    }
    let summary = operation.summary.clone().unwrap_or_default();
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description.clone_from(&summary);
        }
    }
}

/// Whether the address answers from the snapshot that `v` names.
fn names_a_snapshot(operation: &Operation) -> bool {
    let parameters = operation.parameters.iter().flatten();
    parameters.into_iter().any(|one| match one {
        RefOr::T(one) => one.name == "v",
        RefOr::Ref(_) => false,
    })
}

/// `/communes/{code}` is `communes_code` for programs.
fn operation_id(address: &str) -> String {
    let words = address.split(|character: char| !character.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    match (words.join("_"), address) {
        (_, "/") => "accueil".to_owned(),
        (id, _) => id,
    }
}

/// An address as the router spells it: a part that a parameter begins is that parameter, whose reader
/// takes the extension off.
fn template(address: &str) -> String {
    let part = |part: &str| match part.split_once('}') {
        Some((parameter, _)) => format!("{parameter}}}"),
        None => part.to_owned(),
    };
    address.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_after_a_parameter_is_its_readers() {
        for (address, route, id) in [
            ("/", "/", "accueil"),
            ("/communes/{code}", "/communes/{code}", "communes_code"),
            (
                "/tiles/{tileset}.json",
                "/tiles/{tileset}",
                "tiles_tileset_json",
            ),
            (
                "/tiles/{tileset}/{z}/{x}/{y}.mvt",
                "/tiles/{tileset}/{z}/{x}/{y}",
                "tiles_tileset_z_x_y_mvt",
            ),
        ] {
            assert_eq!(
                (template(address).as_str(), operation_id(address).as_str()),
                (route, id)
            );
        }
    }
}
