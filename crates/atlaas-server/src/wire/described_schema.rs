//! The schema that a description is written for.
//!
//! What handlers say of themselves are functions without arguments, called once a document: whoever
//! writes a document says beforehand for which schema, on its own thread, and for as long as it writes.

use atlaas_model::Schema;
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    static SCHEMA: RefCell<Option<Arc<Schema>>> = const { RefCell::new(None) };
}

/// Writes a description for a schema.
pub fn with<T>(schema: &Arc<Schema>, write: impl FnOnce() -> T) -> T {
    let before = SCHEMA.replace(Some(Arc::clone(schema)));
    let written = write();
    SCHEMA.set(before);
    written
}

/// The schema that is being described; what ships with the program outside of any description.
pub fn schema() -> Arc<Schema> {
    let described = SCHEMA.with_borrow(Clone::clone);
    described.unwrap_or_default()
}
