//! What a stage may know about the request and the moment: clock, chance and caller come in here.

use std::collections::BTreeMap;

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// Name, such as `system:admin`.
    pub name: String,
    /// UID; empty if unknown.
    pub uid: String,
    /// Groups.
    pub groups: Vec<String>,
    /// Extra facts.
    pub extra: BTreeMap<String, Vec<String>>,
}

/// The moment and the caller of one write.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Now, as Unix time in nanoseconds.
    pub now: i64,
    /// Caller.
    pub user: &'a User,
    /// Namespace of the request; empty for cluster scope.
    pub namespace: &'a str,
    /// Name in the request; empty for generateName.
    pub name: &'a str,
    /// Subresource written; empty for the object itself.
    pub subresource: &'a str,
    /// Fresh random bits for this write: UIDs, name suffixes, pod-template hashes.
    pub random: u128,
    /// Nothing will be stored.
    pub dry_run: bool,
}
