//! `storageclasses.storage.k8s.io`: how volumes are made.

use pintle_engine::{Resource, ReturnsDeleted, Value, age, column};
use pintle_machinery::path::ValueExt;

use crate::node_labels::deprecated;
use crate::print::{flag_or, name_as, text, text_or};

/// The row.
pub const STORAGE_CLASSES: Resource = Resource {
    group: "storage.k8s.io",
    plural: "storageclasses",
    columns: &[
        name_as(|class, _| shown_name(class).into()),
        column("Provisioner", |class, _| text(class, &["provisioner"])),
        column("ReclaimPolicy", |class, _| text_or(class, &["reclaimPolicy"], "Delete")),
        column("VolumeBindingMode", |class, _| text_or(class, &["volumeBindingMode"], "Immediate")),
        column("AllowVolumeExpansion", |class, _| flag_or(class, &["allowVolumeExpansion"], false)),
        age(),
    ],
    validate: super::validation::storage_class,
    warnings,
    returns_deleted: ReturnsDeleted::Always,
    ..Resource::CLUSTER
};

/// Classes that are marked as default say so (`storage/util.IsDefaultAnnotation`).
fn shown_name(class: &Value) -> String {
    let name = class.str_at(&["metadata", "name"]).unwrap_or_default();
    let marks = ["storageclass.kubernetes.io/", "storageclass.beta.kubernetes.io/"];
    let default = marks.iter().any(|mark| {
        let key = format!("{mark}is-default-class");
        class.str_at(&["metadata", "annotations", &key]) == Some("true")
    });
    if default { format!("{name} (default)") } else { name.to_owned() }
}

/// `api/storage.GetWarningsForStorageClass`.
fn warnings(class: &Value, _: Option<&Value>) -> Vec<String> {
    let mut warnings = Vec::new();
    for (i, term) in class.list_at(&["allowedTopologies"]).iter().enumerate() {
        for (j, expression) in term.list_at(&["matchLabelExpressions"]).iter().enumerate() {
            let key = expression.str_at(&["key"]).unwrap_or_default();
            if let Some(message) = deprecated(key) {
                let path = format!("allowedTopologies[{i}].matchLabelExpressions[{j}].key");
                warnings.push(format!("{path}: {message}"));
            }
        }
    }
    warnings
}
