//! Reads of other objects while a write is admitted.

use std::sync::Arc;

use pintle_machinery::Value;

/// What admission plugins and rows may read: the newest objects that the caches hold, as trees in
/// the storage version.
pub trait Lookup: Sync {
    /// One object; `namespace` is empty for cluster scope.
    fn get(&self, group: &str, plural: &str, namespace: &str, name: &str) -> Option<Arc<Value>>;

    /// All objects of a namespace; of all namespaces if `namespace` is empty.
    fn list(&self, group: &str, plural: &str, namespace: &str) -> Vec<Arc<Value>>;
}

/// A lookup that finds nothing, for rules that need none.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Lookup for Nothing {
    fn get(&self, _: &str, _: &str, _: &str, _: &str) -> Option<Arc<Value>> {
        None
    }

    fn list(&self, _: &str, _: &str, _: &str) -> Vec<Arc<Value>> {
        Vec::new()
    }
}
