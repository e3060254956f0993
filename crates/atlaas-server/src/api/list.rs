//! A list of fiches on its one way: plan → answer → representation.
//!
//! What is asked is read once, whatever the form; validators, limits and links are here, around the
//! form, which only writes.

mod neighbours;

use crate::api::export::{self, Order};
use crate::api::list::neighbours::{address, list_links};
use crate::call::request::Call;
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::file_name::{file_name, heading};
use crate::formats::format::{AnswerPage, Content, ListFormat, Selection};
use crate::formats::stamp::{Provenance, SnapshotStamp};
use crate::formats::table::Table;
use crate::formats::table::csvw::{self, CsvMetadata};
use crate::formats::table::own_columns::IDENTIFIER;
use crate::formats::{self, LIST, csv};
use crate::state::exports::{self, Begun};
use crate::wire::conditional::Validator;
use crate::wire::links::{self, Link};
use crate::wire::packing::{self, Packer};
use crate::wire::step;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{Plan, Query, Snapshot, Widening};
use atlaas_model::DocId;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// What a request for a list asks: which fiches, in which form.
pub struct AskedList {
    format: &'static ListFormat,
    dialect: Dialect,
    query: Query,
    /// The canonical spelling of the query.
    canonical: String,
    /// How many, when the address says so.
    limit: Option<u32>,
}

/// An answer, in its form.
pub struct ListAnswer {
    format: &'static ListFormat,
    links: Vec<Link>,
    body: Form,
    /// What gave way for anything to be found.
    told: Told,
}

/// What of an answer's comprehension goes into headers.
#[derive(Default)]
struct Told {
    let_go: Vec<String>,
    close: bool,
    widening: Option<Widening>,
}

impl Told {
    fn of(plan: &Plan) -> Self {
        Self {
            let_go: plan.comprehension.mots_laisses.clone(),
            close: !plan.comprehension.sens_proches.is_empty(),
            widening: plan.comprehension.elargissement.clone(),
        }
    }
}

/// The bytes of an answer, or what will make them.
enum Form {
    Written(Vec<u8>),
    Streamed {
        begun: Begun,
        order: Box<Order>,
        file_name: String,
    },
    Elsewhere(String),
}

impl AskedList {
    /// Reads form, dialect and query; every mistake of the query at once.
    pub fn read(call: &Call) -> Result<Self, ApiError> {
        let extension = call.path.strip_prefix(LIST);
        let extension = extension.and_then(|rest| rest.strip_prefix('.'));
        let format = formats::choose(extension, call.parameter("f"), &call.headers)?;
        Self::read_in(call, format)
    }

    /// What a request for what lies beside a CSV asks: the list in that form.
    pub fn beside_csv(call: &Call) -> Result<Self, ApiError> {
        let asked = Self::read_in(call, &csv::FORMAT)?;
        if asked.query.after.is_some() {
            return Err(no_cursor());
        }
        Ok(asked)
    }

    fn read_in(call: &Call, format: &'static ListFormat) -> Result<Self, ApiError> {
        let dialect = Dialect::parse(call.parameter("dialecte"))?;
        let query = call.query()?;
        let limit = call.gives("limit").then_some(query.limit);
        let query = match format.content {
            Content::Page { ask, .. } => ask(query, limit),
            _ => query,
        };
        Ok(Self {
            format,
            dialect,
            canonical: query.canonical(),
            query,
            limit,
        })
    }

    /// The address of what is asked, below a path.
    fn address(&self, base: &str, path: &str) -> String {
        let length = self.limit.map(|limit| ("limit", limit.to_string()));
        let dialect = (self.dialect != Dialect::default())
            .then(|| ("dialecte", self.dialect.as_str().to_owned()));
        let mut spelt = form_urlencoded::Serializer::new(String::new());
        let canonical = form_urlencoded::parse(self.canonical.as_bytes());
        spelt.extend_pairs(canonical.filter(|(name, _)| name != "limit"));
        let spelt = spelt
            .extend_pairs(length.into_iter().chain(dialect))
            .finish();
        let mark = if spelt.is_empty() { "" } else { "?" };
        format!("{base}{path}{mark}{spelt}")
    }

    /// Where it is told what the columns of an export are, and where its rows come from.
    fn description(&self, base: &str) -> Link {
        let path = format!("{LIST}.{}", csvw::SUFFIX);
        Link::new("describedby", self.address(base, &path), csvw::CSVM_JSON)
    }

    /// What is told of the CSV of these fiches.
    pub fn csv_metadata(
        &self,
        snapshot: &Snapshot,
        base: &str,
        language: Language,
    ) -> Result<CsvMetadata, ApiError> {
        let (plan, docs) = selected(snapshot, &self.query, self.limit)?;
        let table = Table::new(snapshot.catalogue(), &docs, snapshot.id());
        let fields = table.fields(snapshot.catalogue(), language);
        let told = self.provenance(snapshot, &plan, base);
        let columns = (fields.as_slice(), Some(IDENTIFIER));
        Ok(CsvMetadata::new(&told, columns, self.dialect, language))
    }

    /// What an export of these fiches tells of itself.
    fn provenance(&self, snapshot: &Snapshot, plan: &Plan, base: &str) -> Provenance {
        Provenance {
            title: heading(snapshot, plan),
            stamp: SnapshotStamp::of(snapshot),
            query: self.canonical.clone(),
            address: self.address(base, &formats::path(self.format)),
        }
    }

    /// Whatever determines the bytes, beside snapshot and address.
    pub fn identity(&self) -> [&str; 4] {
        // An export without `limit` is whole; with the one that pages have it is not.
        let extent = self.limit.map_or("whole", |_| "limited");
        let own = self.format.name;
        [&self.canonical, own, self.dialect.as_str(), extent]
    }

    /// The answer to a client that holds this very representation, before any work.
    pub fn unchanged(&self, call: &Call, validator: &Validator) -> Option<Response> {
        if matches!(self.format.content, Content::Elsewhere) {
            return None;
        }
        validator.not_modified(&call.headers)
    }

    /// Plans and answers, off the threads that serve tiles.
    pub async fn answer(self, call: &Call) -> Result<ListAnswer, ApiError> {
        let format = self.format;
        let (body, links, told) = match format.content {
            Content::Page { write, .. } => self.page(call, write).await?,
            Content::Whole { packed, .. } => {
                let links = vec![self.description(&call.base), links::license(&call.base)];
                let (body, told) = self.export(call, packed).await?;
                (body, links, told)
            }
            Content::Elsewhere => {
                let page = format!("{}{}", call.base, formats::path(format));
                let form = Form::Elsewhere(address(&page, &self.query));
                (form, Vec::new(), Told::default())
            }
        };
        Ok(ListAnswer {
            format,
            links,
            body,
            told,
        })
    }

    async fn page(
        self,
        call: &Call,
        write: fn(&AnswerPage<'_>) -> std::io::Result<Vec<u8>>,
    ) -> Result<(Form, Vec<Link>, Told), ApiError> {
        let base = call.base.clone();
        call.heavy(move |snapshot| {
            let found = snapshot.answer(&self.query)?;
            let links = list_links(&base, &self.query, &found, self.format);
            let body = write(&AnswerPage {
                snapshot,
                base: &base,
                query: &self.query,
                found: &found,
                links: &links,
            });
            let body = body.map_err(|error| ApiError::internal(&error))?;
            Ok((Form::Written(body), links, Told::of(&found.plan)))
        })
        .await
    }

    /// The whole result unless `limit` is given.
    async fn export(self, call: &Call, packed: bool) -> Result<(Form, Told), ApiError> {
        if self.query.after.is_some() {
            return Err(no_cursor());
        }
        let begun = call.app.exports.begin(call.client).await?;
        let coded = !packed || call.refuses_plain;
        let packer = coded.then(|| Packer::new(call.coding)).flatten();
        let (base, snapshot) = (call.base.clone(), Arc::clone(&call.snapshot));
        let (order, file_name, told) = call
            .heavy(move |_| self.order(snapshot, base, packer))
            .await?;
        let form = Form::Streamed {
            begun,
            order: Box::new(order),
            file_name,
        };
        Ok((form, told))
    }

    /// What is to be exported, and the name of the file that holds it.
    fn order(
        self,
        snapshot: Arc<Snapshot>,
        base: String,
        packer: Option<Packer>,
    ) -> Result<(Order, String, Told), ApiError> {
        let (plan, docs) = selected(&snapshot, &self.query, self.limit)?;
        let Content::Whole { writer, .. } = self.format.content else {
            return Err(ApiError::internal(&"a form of pages was to be exported"));
        };
        let writer = writer(&Selection {
            snapshot: &snapshot,
            docs: &docs,
            told: &self.provenance(&snapshot, &plan, &base),
            dialect: self.dialect,
        });
        let name = file_name(&snapshot, &plan, self.format.name);
        let origin = plan.origin;
        let order = Order {
            snapshot,
            base,
            docs,
            origin,
            writer,
            packer,
        };
        Ok((order, name, Told::of(&plan)))
    }
}

/// The fiches of an export: all that match, or as many as are asked for.
pub fn selected(
    snapshot: &Snapshot,
    query: &Query,
    limit: Option<u32>,
) -> Result<(Plan, Vec<DocId>), ApiError> {
    let (plan, mut docs) = snapshot.ordered(query)?;
    docs.drain(..(query.offset as usize).min(docs.len()));
    docs.truncate(limit.map_or(usize::MAX, |limit| limit as usize));
    Ok((plan, docs))
}

impl ListAnswer {
    /// The response, with what every form of a list has.
    pub fn respond(self, call: &Call, validator: &Validator) -> Response {
        let mut response = match self.body {
            Form::Written(body) => call.respond(self.format.media, body, validator),
            Form::Elsewhere(page) => see_other(&page),
            Form::Streamed {
                begun,
                order,
                file_name,
            } => {
                let mut response = Response::new(Body::empty());
                let headers = response.headers_mut();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.format.media));
                if order.packer.is_some() {
                    call.coding.mark(headers);
                }
                attach(&file_name, headers);
                *response.body_mut() = if call.is_head {
                    export::untold()
                } else {
                    let packed = order.packer.as_ref().map(|_| packing::kept(call.coding));
                    let kept = exports::kept(order.docs.len(), packed.unwrap_or(0));
                    response.extensions_mut().insert(kept);
                    export::stream(begun, *order)
                };
                response
            }
        };
        validator.apply(response.headers_mut());
        step::say(
            &self.told.let_go,
            self.told.close,
            self.told.widening.as_ref(),
            response.headers_mut(),
        );
        links::apply(&self.links, response.headers_mut());
        response
    }
}

fn see_other(page: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(value) = HeaderValue::try_from(page) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// Names the file that a browser makes of an answer.
fn attach(file_name: &str, headers: &mut HeaderMap) {
    // A name is made of slugs and a date: always a header value.
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{file_name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
}

fn no_cursor() -> ApiError {
    ApiError::bad_request(Message::new("error-cursor-in-export"))
}
