//! Finding things in the catalog.

use std::sync::LazyLock;

use crate::catalog::{Catalog, Group, Kind, Message, Resource};
use crate::generated::CATALOG;

/// Positions in `CATALOG.resources`, sorted by group, version, plural.
static BY_NAME: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut positions: Vec<u16> = (0..CATALOG.resources.len() as u16).collect();
    positions.sort_by_key(|position| name(&CATALOG.resources[usize::from(*position)]));
    positions
});

/// The catalog of the pinned release.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

impl Catalog {
    /// The message of an OpenAPI definition name, such as `io.k8s.api.core.v1.Pod`.
    pub fn message(&self, name: &str) -> Option<&'static Message> {
        let position = self.messages.binary_search_by_key(&name, |message| message.name).ok()?;
        Some(self.messages[position])
    }

    /// A kind of a group version, registered whether it is served or not.
    pub fn kind(&self, group: &str, version: &str, kind: &str) -> Option<&'static Kind> {
        let key = (group, version, kind);
        let kinds = self.kinds;
        let position = kinds.binary_search_by_key(&key, |k| (k.group, k.version, k.kind)).ok()?;
        Some(&kinds[position])
    }

    /// A resource that is served by default.
    pub fn resource(&self, group: &str, version: &str, plural: &str) -> Option<&'static Resource> {
        let resources = self.resources;
        let key = (group, version, plural);
        let position =
            BY_NAME.binary_search_by_key(&key, |at| name(&resources[usize::from(*at)])).ok()?;
        Some(&resources[usize::from(BY_NAME[position])])
    }

    /// The resources of a group version, sorted by plural; empty if it is not served.
    pub fn resources_of(&self, group: &str, version: &str) -> &'static [Resource] {
        let resources = self.resources;
        let within = |resource: &Resource| (resource.group, resource.version) == (group, version);
        let Some(first) = resources.iter().position(within) else { return &[] };
        let rest = &resources[first..];
        let count = rest.iter().position(|resource| !within(resource));
        &rest[..count.unwrap_or(rest.len())]
    }

    /// A group that is served by default; the core group's name is empty.
    pub fn group(&self, name: &str) -> Option<&'static Group> {
        self.groups.iter().find(|group| group.name == name)
    }
}

fn name(resource: &'static Resource) -> (&'static str, &'static str, &'static str) {
    (resource.group, resource.version, resource.plural)
}

#[cfg(test)]
mod tests;
