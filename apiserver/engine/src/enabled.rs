//! What of the catalog a server serves: everything, or what `--runtime-config` leaves of it.

use pintle_api::catalog::Group;
use pintle_api::{Resource, catalog};

/// The groups and resources that a server serves.
#[derive(Clone, Copy, Debug)]
pub struct Enabled {
    /// Groups in discovery order.
    pub groups: &'static [Group],
    /// Resources in discovery order.
    pub resources: &'static [Resource],
}

impl Default for Enabled {
    fn default() -> Self {
        Self { groups: catalog().groups, resources: catalog().resources }
    }
}

impl Enabled {
    /// The resources that are kept, and the groups and versions that still have one. A process
    /// decides this once: the tables live as long as it does.
    pub fn keep(kept: impl Fn(&Resource) -> bool) -> Self {
        let all = Self::default();
        let resources: Vec<Resource> =
            all.resources.iter().filter(|resource| kept(resource)).cloned().collect();
        if resources.len() == all.resources.len() {
            return all;
        }
        let mut groups = Vec::new();
        for group in all.groups {
            let has = |version: &str| {
                resources.iter().any(|found| (found.group, found.version) == (group.name, version))
            };
            let versions: Vec<_> =
                group.versions.iter().filter(|entry| has(entry.version)).cloned().collect();
            if !versions.is_empty() {
                groups.push(Group { versions: versions.leak(), ..group.clone() });
            }
        }
        Self { groups: groups.leak(), resources: resources.leak() }
    }

    /// Nothing was taken away.
    pub fn is_whole(&self) -> bool {
        std::ptr::eq(self.resources, catalog().resources)
    }

    /// A group; the core group's name is empty.
    pub fn group(&self, name: &str) -> Option<&'static Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// The version is served.
    pub fn has_version(&self, group: &str, version: &str) -> bool {
        let versions = self.group(group).map_or(&[][..], |group| group.versions);
        versions.iter().any(|entry| entry.version == version)
    }

    /// The resources of a version, in discovery order.
    pub fn resources_of(
        &self,
        group: &str,
        version: &str,
    ) -> impl Iterator<Item = &'static Resource> {
        self.resources
            .iter()
            .filter(move |resource| (resource.group, resource.version) == (group, version))
    }

    /// The resource is served.
    pub fn has(&self, resource: &Resource) -> bool {
        self.resources_of(resource.group, resource.version)
            .any(|found| found.plural == resource.plural)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_goes_with_its_last_resource_and_a_group_with_its_last_version() {
        let enabled = Enabled::keep(|resource| {
            resource.group != "batch"
                && (resource.group, resource.version) != ("autoscaling", "v1")
                && resource.plural != "daemonsets"
        });
        assert!(enabled.group("batch").is_none());
        assert!(!enabled.has_version("autoscaling", "v1"));
        assert!(enabled.has_version("autoscaling", "v2"));
        let left: Vec<_> =
            enabled.resources_of("apps", "v1").map(|resource| resource.plural).collect();
        assert!(left.contains(&"deployments") && !left.contains(&"daemonsets"), "{left:?}");
    }
}
