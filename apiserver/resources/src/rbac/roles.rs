//! `roles.rbac.authorization.k8s.io`: what may be done in a namespace.

use pintle_engine::Resource;
use pintle_machinery::name::name_is_path_segment;

/// The row.
pub const ROLES: Resource = Resource {
    group: "rbac.authorization.k8s.io",
    plural: "roles",
    create_on_update: true,
    validate_name: name_is_path_segment,
    validate: |_, role, old, errors| super::validation::role(role, old, true, errors),
    ..Resource::NAMESPACED
};
