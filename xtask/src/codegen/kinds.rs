//! Which Go type each group, version and kind stands for, read from the packages' `register.go`.

use std::collections::BTreeMap;

use super::go::Package;
use super::model::{Gvk, Id};
use super::resolve::Universe;

const META: &str = "k8s.io/apimachinery/pkg/apis/meta/v1";

/// Kinds that upstream's `meta/v1.AddToGroupVersion` adds to every group version.
const COMMON: &[&str] = &[
    "CreateOptions",
    "DeleteOptions",
    "GetOptions",
    "ListOptions",
    "PatchOptions",
    "UpdateOptions",
    "WatchEvent",
];

/// Kinds that it adds to the core group, `v1`, whatever their group.
const UNVERSIONED: &[&str] =
    &["APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status"];

/// Every registered kind.
pub(crate) fn read(universe: &Universe) -> Result<BTreeMap<Gvk, Id>, String> {
    let mut kinds = BTreeMap::new();
    for package in universe.packages() {
        let Some((group, version)) = group_version(package) else { continue };
        let mut add = |group: &str, name: &str, id: Id| -> Result<(), String> {
            let gvk = (group.to_owned(), version.clone(), name.to_owned());
            kinds.insert(gvk, universe.canonical(id)?);
            Ok(())
        };
        for (path, name) in registered(package) {
            add(&group, &name, (path, name.clone()))?;
        }
        if package.register.contains("AddToGroupVersion(scheme") {
            for name in COMMON {
                add(&group, name, (META.to_owned(), (*name).to_owned()))?;
            }
        }
        if package.path == META {
            for name in UNVERSIONED {
                add("", name, (META.to_owned(), (*name).to_owned()))?;
                add(&group, name, (META.to_owned(), (*name).to_owned()))?;
            }
        }
    }
    Ok(kinds)
}

/// The group version that a package declares.
pub(crate) fn group_version(package: &Package) -> Option<(String, String)> {
    let group = package.constants.iter().find(|constant| constant.name == "GroupName")?;
    let version = package.path.rsplit('/').next()?;
    (!package.register.is_empty()).then(|| (group.value.clone(), version.to_owned()))
}

/// The types of `AddKnownTypes(SchemeGroupVersion, &A{}, ..)`.
fn registered(package: &Package) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for call in package.register.split(".AddKnownTypes(").skip(1) {
        let arguments = call.split(')').next().unwrap_or_default();
        if !arguments.trim_start().starts_with("SchemeGroupVersion") {
            continue;
        }
        for argument in arguments.split('&').skip(1) {
            let name = argument.split('{').next().unwrap_or_default();
            found.push(match name.split_once('.') {
                Some((_, name)) => (META.to_owned(), name.to_owned()),
                None => (package.path.clone(), name.to_owned()),
            });
        }
    }
    found
}
