//! What the targets share.

use pintle_api::{Kind, catalog};

/// The kind that an object says it is; a pod's if the catalog has no such kind, so that
/// damage to the first lines does not end a run early.
///
/// # Panics
///
/// If the catalog has no pods.
pub fn kind_of(api_version: &str, kind: &str) -> &'static Kind {
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let pod = || catalog().kind("", "v1", "Pod").expect("pods are in the catalog");
    catalog().kind(group, version, kind).unwrap_or_else(pod)
}
