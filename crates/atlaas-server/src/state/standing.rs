//! What was built and is not served: the newest snapshot when it is damaged, and why.
//!
//! What is open stays open, so that nobody who asks for a page would notice: readiness, the metrics
//! and the log say it to whoever runs the service.

use atlaas_engine::Refusal;
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Snapshots refused since the one that is open was opened.
pub struct Standing {
    refused: Mutex<Vec<Refusal>>,
    reloads_done: AtomicU64,
    reloads_refused: AtomicU64,
}

/// A refused snapshot, as readiness tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = InstantaneRefuse)]
pub struct RefusedReload {
    /// Name of the snapshot.
    pub id: String,
    /// What is wrong with it.
    pub raison: String,
}

impl Standing {
    /// As it is when the service starts; each refusal is said in the log.
    pub fn new(refused: Vec<Refusal>, open: &str) -> Self {
        for refusal in &refused {
            tracing::error!(
                refused = refusal.name,
                reason = refusal.reason,
                open,
                "snapshot refused: an older one is served"
            );
        }
        Self {
            refused: Mutex::new(refused),
            reloads_done: AtomicU64::new(0),
            reloads_refused: AtomicU64::new(0),
        }
    }

    /// The newest snapshot was opened.
    pub fn reloaded(&self) {
        self.reloads_done.fetch_add(1, Ordering::Relaxed);
        self.set(Vec::new());
    }

    /// The newest snapshot was refused: what is open stays.
    pub fn refuse(&self, refusal: Refusal) {
        self.reloads_refused.fetch_add(1, Ordering::Relaxed);
        self.set(vec![refusal]);
    }

    fn set(&self, refused: Vec<Refusal>) {
        // A poisoned lock only means that another thread panicked: the list is replaced whole.
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = refused;
    }

    /// What is refused now, the newest first.
    pub fn refused(&self) -> Vec<RefusedReload> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let told = |refusal: &Refusal| RefusedReload {
            id: refusal.name.clone(),
            raison: refusal.reason.clone(),
        };
        refused.iter().map(told).collect()
    }

    /// Reloads that opened the newest snapshot, and those that refused it.
    pub fn reloads(&self) -> (u64, u64) {
        (
            self.reloads_done.load(Ordering::Relaxed),
            self.reloads_refused.load(Ordering::Relaxed),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_until_a_snapshot_is_opened_again() {
        let refusal = |name: &str| Refusal {
            name: name.to_owned(),
            reason: "fiches.bin is damaged".to_owned(),
        };
        let names = |standing: &Standing| -> Vec<String> {
            let refused = standing.refused();
            refused.into_iter().map(|refused| refused.id).collect()
        };
        let standing = Standing::new(vec![refusal("a"), refusal("b")], "c");
        assert_eq!(names(&standing), ["a", "b"]);
        standing.refuse(refusal("d"));
        assert_eq!(names(&standing), ["d"]);
        assert_eq!(standing.reloads(), (0, 1));
        standing.reloaded();
        assert!(names(&standing).is_empty());
        assert_eq!(standing.reloads(), (1, 1));
    }
}
