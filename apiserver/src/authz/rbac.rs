//! RBAC: roles and bindings in an index by subject, kept up to date object by object.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use parking_lot::RwLock;
use pintle_engine::User;
use pintle_machinery::Value;
use pintle_machinery::json::quote;

use super::rule::Rule;
use super::{Attributes, Decision};

/// API group of roles and bindings.
pub const GROUP: &str = "rbac.authorization.k8s.io";

/// The RBAC authorizer and rule resolver.
#[derive(Debug, Default)]
pub struct Rbac(RwLock<Index>);

/// Namespace (empty for the cluster) and name.
type Key = (String, String);

#[derive(Debug, Default)]
struct Index {
    roles: HashMap<Key, Arc<[Rule]>>,
    bindings: HashMap<Key, Vec<Subject>>,
    /// Per namespace, the bindings of each subject by name.
    subjects: HashMap<String, HashMap<Subject, BTreeMap<String, Grant>>>,
}

/// A user (service accounts by their user name) or a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Subject {
    User(String),
    Group(String),
}

#[derive(Clone, Debug)]
struct Grant {
    role: RoleRef,
    /// The subject as written in the reason.
    subject: Arc<str>,
}

/// The role that a binding names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRef {
    /// `Role` or `ClusterRole`.
    pub kind: String,
    /// API group.
    pub group: String,
    /// Name.
    pub name: String,
}

impl RoleRef {
    /// Reads `roleRef` of a binding.
    pub fn of_binding(binding: &Value) -> Self {
        let text = |field: &str| binding["roleRef"][field].as_str().unwrap_or_default().to_owned();
        Self { kind: text("kind"), group: text("apiGroup"), name: text("name") }
    }
}

impl Rbac {
    /// Decides (`rbac.RBACAuthorizer.Authorize`).
    pub fn authorize(&self, attributes: &Attributes<'_>) -> (Decision, String) {
        let index = self.0.read();
        let mut errors = Vec::new();
        let mut allowed = None;
        index.visit(attributes.user, attributes.namespace, &mut |namespace, name, grant, rules| {
            match rules {
                Ok(rules) if rules.iter().any(|rule| rule.allows(attributes)) => {
                    allowed = Some(reason(namespace, name, grant));
                    false
                }
                Ok(_) => true,
                Err(error) => {
                    errors.push(error);
                    true
                }
            }
        });
        if let Some(reason) = allowed {
            return (Decision::Allow, reason);
        }
        let text = aggregate(errors).map(|text| format!("RBAC: {text}")).unwrap_or_default();
        (Decision::NoOpinion, text)
    }

    /// Every rule that applies to a user, and what could not be resolved
    /// (`validation.DefaultRuleResolver.RulesFor`).
    pub fn rules_for(&self, user: &User, namespace: &str) -> (Vec<Rule>, Option<String>) {
        let (mut rules, mut errors) = (Vec::new(), Vec::new());
        self.0.read().visit(user, namespace, &mut |_, _, _, found| {
            match found {
                Ok(found) => rules.extend_from_slice(found),
                Err(error) => errors.push(error),
            }
            true
        });
        (rules, aggregate(errors))
    }

    /// Rules of a role (`GetRoleReferenceRules`); `Err` names what is missing.
    pub fn rules_of(&self, role: &RoleRef, namespace: &str) -> Result<Arc<[Rule]>, MissingRole> {
        self.0.read().role(role, namespace).cloned()
    }

    /// Takes note of a role or binding, or of its end.
    pub fn observe(&self, plural: &str, namespace: &str, name: &str, object: Option<&Value>) {
        let key = (namespace.to_owned(), name.to_owned());
        match plural {
            "roles" | "clusterroles" => {
                let rules = object.map(Rule::of_role);
                let mut index = self.0.write();
                match rules {
                    Some(rules) => index.roles.insert(key, rules.into()),
                    None => index.roles.remove(&key),
                };
            }
            "rolebindings" | "clusterrolebindings" => self.0.write().bind(key, object),
            _ => {}
        }
    }
}

/// A binding names a role that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissingRole {
    /// No such role or cluster role.
    NotFound {
        /// Plural name.
        plural: &'static str,
        /// Name.
        name: String,
    },
    /// A kind that is neither.
    Unsupported(String),
}

impl std::fmt::Display for MissingRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // Upstream's listers name the resource in the singular.
            Self::NotFound { plural, name } => {
                write!(f, "{}.{GROUP} {} not found", plural.trim_end_matches('s'), quote(name))
            }
            Self::Unsupported(kind) => {
                write!(f, "unsupported role reference kind: {}", quote(kind))
            }
        }
    }
}

type Visit<'a> = dyn FnMut(&str, &str, &Grant, Result<&Arc<[Rule]>, MissingRole>) -> bool + 'a;

impl Index {
    fn role(&self, role: &RoleRef, namespace: &str) -> Result<&Arc<[Rule]>, MissingRole> {
        let (plural, namespace) = match role.kind.as_str() {
            "Role" => ("roles", namespace),
            "ClusterRole" => ("clusterroles", ""),
            other => return Err(MissingRole::Unsupported(other.to_owned())),
        };
        self.roles
            .get(&(namespace.to_owned(), role.name.clone()))
            .ok_or_else(|| MissingRole::NotFound { plural, name: role.name.clone() })
    }

    /// Cluster-wide bindings first, then the namespace's; ends when `visit` answers false.
    fn visit(&self, user: &User, namespace: &str, visit: &mut Visit<'_>) {
        if !self.visit_in("", user, visit) || namespace.is_empty() {
            return;
        }
        self.visit_in(namespace, user, visit);
    }

    fn visit_in(&self, namespace: &str, user: &User, visit: &mut Visit<'_>) -> bool {
        let Some(subjects) = self.subjects.get(namespace) else { return true };
        let own = subjects.get(&Subject::User(user.name.clone()));
        let groups = user.groups.iter().map(|group| Subject::Group(group.clone()));
        let mut seen: Vec<&str> = Vec::new();
        for grants in own.into_iter().chain(groups.filter_map(|group| subjects.get(&group))) {
            for (name, grant) in grants {
                if seen.contains(&name.as_str()) {
                    continue;
                }
                seen.push(name);
                if !visit(namespace, name, grant, self.role(&grant.role, namespace)) {
                    return false;
                }
            }
        }
        true
    }

    fn bind(&mut self, key: Key, object: Option<&Value>) {
        let (namespace, name) = &key;
        for subject in self.bindings.remove(&key).unwrap_or_default() {
            let Some(subjects) = self.subjects.get_mut(namespace) else { continue };
            if let Some(grants) = subjects.get_mut(&subject) {
                grants.remove(name);
                if grants.is_empty() {
                    subjects.remove(&subject);
                }
            }
        }
        let Some(binding) = object else {
            self.subjects.retain(|_, subjects| !subjects.is_empty());
            return;
        };
        let role = RoleRef::of_binding(binding);
        let mut bound = Vec::new();
        for subject in binding["subjects"].as_array().into_iter().flatten() {
            let Some((subject, text)) = read_subject(subject, namespace) else { continue };
            let grants = self
                .subjects
                .entry(namespace.clone())
                .or_default()
                .entry(subject.clone())
                .or_default();
            grants
                .entry(name.clone())
                .or_insert_with(|| Grant { role: role.clone(), subject: text.into() });
            bound.push(subject);
        }
        self.bindings.insert(key, bound);
    }
}

/// The subject and how a reason writes it.
fn read_subject(subject: &Value, namespace: &str) -> Option<(Subject, String)> {
    let text = |field: &str| subject[field].as_str().unwrap_or_default();
    let name = text("name");
    match text("kind") {
        "User" => Some((Subject::User(name.into()), format!("User {}", quote(name)))),
        "Group" => Some((Subject::Group(name.into()), format!("Group {}", quote(name)))),
        "ServiceAccount" => {
            let own = text("namespace");
            let namespace = if own.is_empty() { namespace } else { own };
            let shown = quote(&format!("{name}/{own}"));
            (!namespace.is_empty()).then(|| {
                let user = format!("system:serviceaccount:{namespace}:{name}");
                (Subject::User(user), format!("ServiceAccount {shown}"))
            })
        }
        _ => None,
    }
}

fn reason(namespace: &str, name: &str, grant: &Grant) -> String {
    let (kind, binding) = if namespace.is_empty() {
        ("ClusterRoleBinding", quote(name))
    } else {
        ("RoleBinding", quote(&format!("{name}/{namespace}")))
    };
    format!(
        "RBAC: allowed by {kind} {binding} of {} {} to {}",
        grant.role.kind,
        quote(&grant.role.name),
        grant.subject
    )
}

fn aggregate(errors: Vec<MissingRole>) -> Option<String> {
    pintle_machinery::field::aggregate(errors.iter().map(ToString::to_string))
}
