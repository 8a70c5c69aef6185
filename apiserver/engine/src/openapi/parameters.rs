//! Query and path parameters of operations.

use pintle_api::catalog::Scalar;
use pintle_api::{FieldType, catalog};
use pintle_machinery::Value;
use serde_json::json;

use super::Docs;

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";

/// Options of a kind of operation, with the message whose fields they are.
pub(super) struct Options(&'static str, &'static [(&'static str, &'static str)]);

/// `meta/v1.ListOptions`, without `watch` and bookmarks for the deletion of collections.
pub(super) const LIST: Options = Options(
    "ListOptions",
    &[
        ("allowWatchBookmarks", "boolean"),
        ("continue", "string"),
        ("fieldSelector", "string"),
        ("labelSelector", "string"),
        ("limit", "integer"),
        ("resourceVersion", "string"),
        ("resourceVersionMatch", "string"),
        ("sendInitialEvents", "boolean"),
        ("shardSelector", "string"),
        ("timeoutSeconds", "integer"),
        ("watch", "boolean"),
    ],
);

/// The part of `meta/v1.ListOptions` that selects what is deleted.
pub(super) const SELECT: Options = Options(
    "ListOptions",
    &[
        ("continue", "string"),
        ("fieldSelector", "string"),
        ("labelSelector", "string"),
        ("limit", "integer"),
        ("resourceVersion", "string"),
        ("resourceVersionMatch", "string"),
        ("sendInitialEvents", "boolean"),
        ("shardSelector", "string"),
        ("timeoutSeconds", "integer"),
    ],
);

/// `meta/v1.DeleteOptions`, as far as it fits a query.
pub(super) const DELETE: Options = Options(
    "DeleteOptions",
    &[
        ("dryRun", "string"),
        ("gracePeriodSeconds", "integer"),
        ("ignoreStoreReadErrorWithClusterBreakingPotential", "boolean"),
        ("orphanDependents", "boolean"),
        ("propagationPolicy", "string"),
    ],
);

/// `meta/v1.CreateOptions` and `UpdateOptions`.
pub(super) const WRITE: Options = Options(
    "CreateOptions",
    &[("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string")],
);

/// `meta/v1.PatchOptions`.
pub(super) const PATCH: Options = Options(
    "PatchOptions",
    &[
        ("dryRun", "string"),
        ("fieldManager", "string"),
        ("fieldValidation", "string"),
        ("force", "boolean"),
    ],
);

impl Options {
    /// The parameters, sorted by name.
    pub(super) fn parameters(&self, docs: Docs<'_>) -> Vec<Value> {
        let message = format!("{META}{}", self.0);
        self.1.iter().map(|(name, ty)| query(name, ty, docs.describe(&message, name))).collect()
    }
}

/// The fields of a connect option as parameters, sorted by name.
pub(super) fn of_message(name: &str, docs: Docs<'_>) -> Vec<Value> {
    let fields = catalog().message(name).map_or(&[][..], |message| message.fields);
    let mut found: Vec<Value> = fields
        .iter()
        .filter_map(|field| match field.ty {
            FieldType::Scalar(scalar) => {
                let ty = match scalar {
                    Scalar::Bool => "boolean",
                    Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => "integer",
                    Scalar::Double => "number",
                    Scalar::String | Scalar::Bytes => "string",
                };
                Some(query(field.json, ty, docs.describe(name, field.json)))
            }
            // Options have times besides scalars, which the documents leave out.
            FieldType::Message(_) => None,
        })
        .collect();
    sort(&mut found);
    found
}

/// A parameter of the query.
pub(super) fn query(name: &str, ty: &str, doc: Option<&str>) -> Value {
    let mut parameter =
        json!({"name": name, "in": "query", "schema": {"type": ty, "uniqueItems": true}});
    if let Some(doc) = doc {
        parameter["description"] = doc.into();
    }
    parameter
}

/// A segment of the path.
pub(super) fn segment(name: &str, doc: &str) -> Value {
    json!({
        "name": name,
        "in": "path",
        "required": true,
        "description": doc,
        "schema": {"type": "string", "uniqueItems": true},
    })
}

/// Sorts by name, then place.
pub(super) fn sort(parameters: &mut [Value]) {
    let key = |parameter: &Value, key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
    parameters.sort_by_key(|parameter| (key(parameter, "name"), key(parameter, "in")));
}
