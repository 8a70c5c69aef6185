//! `clusterrolebindings.rbac.authorization.k8s.io`: who has a role everywhere.

use pintle_engine::Resource;
use pintle_machinery::name::name_is_path_segment;

/// The row.
pub const CLUSTER_ROLE_BINDINGS: Resource = Resource {
    group: "rbac.authorization.k8s.io",
    plural: "clusterrolebindings",
    create_on_update: true,
    validate_name: name_is_path_segment,
    columns: super::BINDING_COLUMNS,
    validate: |_, binding, old, errors| super::validation::binding(binding, old, false, errors),
    ..Resource::CLUSTER
};
