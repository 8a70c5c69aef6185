//! `serviceaccounts`: identities of pods.

use pintle_engine::{Context, Resource, ReturnsDeleted, Value, age, name};
use pintle_machinery::path::ValueExt;

/// The row.
pub const SERVICE_ACCOUNTS: Resource = Resource {
    group: "",
    plural: "serviceaccounts",
    returns_deleted: ReturnsDeleted::Always,
    prepare,
    columns: &[name(), age()],
    ..Resource::NAMESPACED
};

/// References to secrets hold nothing but names
/// (`serviceaccount.strategy.cleanSecretReferences`).
fn prepare(_: &Context<'_>, object: &mut Value, _: Option<&Value>) {
    let secrets = object.at_mut(&["secrets"]).and_then(Value::as_array_mut);
    for secret in secrets.into_iter().flatten().filter_map(Value::as_object_mut) {
        secret.retain(|field, _| field == "name");
    }
}
