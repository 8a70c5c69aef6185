//! `volumeattachments.storage.k8s.io`: which volumes are attached to which nodes.

use pintle_engine::{Column, Resource, ReturnsDeleted, age, column, name};

use crate::print::{flag_or, text};
use crate::status::metadata_for_status;

/// The row.
pub const VOLUME_ATTACHMENTS: Resource = Resource {
    group: "storage.k8s.io",
    plural: "volumeattachments",
    unconditional_update: false,
    has_status: true,
    resets: &[("status", &[&["metadata"]])],
    prepare: |ctx, attachment, old| metadata_for_status(ctx, attachment, old),
    columns: &[
        name(),
        Column {
            format: "name",
            ..column("Attacher", |attachment, _| text(attachment, &["spec", "attacher"]))
        },
        column("PV", |attachment, _| text(attachment, &["spec", "source", "persistentVolumeName"])),
        column("Node", |attachment, _| text(attachment, &["spec", "nodeName"])),
        column("Attached", |attachment, _| flag_or(attachment, &["status", "attached"], false))
            .of_type("boolean"),
        age(),
    ],
    validate: super::validation::volume_attachment,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};
