//! `runtimeclasses.node.k8s.io`: how nodes run containers.

use pintle_engine::{Resource, age, column, name};

use crate::node_labels;
use crate::print::text;

/// The row.
pub const RUNTIME_CLASSES: Resource = Resource {
    group: "node.k8s.io",
    plural: "runtimeclasses",
    create_on_update: true,
    unconditional_update: false,
    columns: &[name(), column("Handler", |class, _| text(class, &["handler"])), age()],
    validate: super::validation::runtime_class,
    warnings: |class, _| node_labels::in_map(class, &["scheduling", "nodeSelector"]),
    ..Resource::CLUSTER
};
