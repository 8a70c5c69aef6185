//! `clusterroles.rbac.authorization.k8s.io`: what may be done anywhere.

use pintle_engine::Resource;
use pintle_machinery::name::name_is_path_segment;

/// The row.
pub const CLUSTER_ROLES: Resource = Resource {
    group: "rbac.authorization.k8s.io",
    plural: "clusterroles",
    create_on_update: true,
    validate_name: name_is_path_segment,
    validate: |_, role, old, errors| super::validation::role(role, old, false, errors),
    ..Resource::CLUSTER
};
