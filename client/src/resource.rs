//! Names a resource and the path under which the API serves it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A resource as the API serves it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource {
    /// API group; empty for the core group.
    pub group: Cow<'static, str>,
    /// Version of the group.
    pub version: Cow<'static, str>,
    /// Kind of its objects.
    pub kind: Cow<'static, str>,
    /// Plural name in the URL.
    pub plural: Cow<'static, str>,
    /// Whether its objects live in namespaces.
    pub namespaced: bool,
}

impl Resource {
    /// A namespaced resource.
    pub const fn namespaced(
        group: &'static str,
        version: &'static str,
        kind: &'static str,
        plural: &'static str,
    ) -> Self {
        Self {
            group: Cow::Borrowed(group),
            version: Cow::Borrowed(version),
            kind: Cow::Borrowed(kind),
            plural: Cow::Borrowed(plural),
            namespaced: true,
        }
    }

    /// A resource of the whole cluster.
    pub const fn cluster(
        group: &'static str,
        version: &'static str,
        kind: &'static str,
        plural: &'static str,
    ) -> Self {
        let mut resource = Self::namespaced(group, version, kind, plural);
        resource.namespaced = false;
        resource
    }

    /// `apiVersion` of its objects.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_string()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// `plural.group`, or just the plural name in the core group.
    pub fn qualified(&self) -> String {
        if self.group.is_empty() {
            self.plural.to_string()
        } else {
            format!("{}.{}", self.plural, self.group)
        }
    }

    /// The path of the collection; of all namespaces if `namespace` is empty.
    pub fn collection(&self, namespace: &str) -> String {
        let mut path = if self.group.is_empty() {
            format!("/api/{}", self.version)
        } else {
            format!("/apis/{}/{}", self.group, self.version)
        };
        if self.namespaced && !namespace.is_empty() {
            path.push_str("/namespaces/");
            path.push_str(namespace);
        }
        path.push('/');
        path.push_str(&self.plural);
        path
    }

    /// The path of one object, or of a subresource of it.
    pub fn object(&self, namespace: &str, name: &str, subresource: &str) -> String {
        let mut path = self.collection(namespace);
        path.push('/');
        escape(name, &mut path);
        if !subresource.is_empty() {
            path.push('/');
            path.push_str(subresource);
        }
        path
    }
}

/// Appends `text` with what a URL's path or query cannot hold percent-encoded.
pub(crate) fn escape(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            into.push(byte as char);
        } else {
            write!(into, "%{byte:02X}").expect("a String takes every write");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_group_and_scope() {
        let pods = Resource::namespaced("", "v1", "Pod", "pods");
        assert_eq!(pods.collection(""), "/api/v1/pods");
        assert_eq!(pods.object("a", "b", "status"), "/api/v1/namespaces/a/pods/b/status");
        let roles =
            Resource::cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles");
        assert_eq!(
            roles.object("", "system:node", ""),
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node"
        );
        assert_eq!(roles.qualified(), "clusterroles.rbac.authorization.k8s.io");
    }
}
