//! What territories are compared by: read with the snapshot, made into tables when somebody first
//! compares, so that opening costs nothing for those who never do.

use atlaas_compare::{Comparer, Method};
use atlaas_model::{ContextTable, Fiche};
use std::sync::OnceLock;

/// The context of a snapshot and, once somebody has compared, its tables.
pub struct Comparing {
    method: Method,
    context: ContextTable,
    made: OnceLock<Comparer>,
}

impl Comparing {
    /// By this method, of this context.
    pub const fn new(method: Method, context: ContextTable) -> Self {
        Self {
            method,
            context,
            made: OnceLock::new(),
        }
    }

    /// The tables; `fiches` are those of the snapshot.
    pub fn comparer(&self, fiches: &[Fiche]) -> &Comparer {
        let make = || Comparer::new(&self.method, &self.context, fiches);
        self.made.get_or_init(make)
    }
}
