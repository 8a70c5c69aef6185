//! `DefaultIngressClass`: an ingress without a class gets the cluster's default
//! (`plugin/pkg/admission/network/defaultingressclass`).

use std::cmp::Reverse;

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::is;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "DefaultIngressClass",
    operations: &[Operation::Create],
    mutate: Some(mutate),
    ..Plugin::NONE
};

const GROUP: &str = "networking.k8s.io";
const DEFAULT: &str = "ingressclass.kubernetes.io/is-default-class";
/// How classes were named before they were objects.
const CLASS_ANNOTATION: &str = "kubernetes.io/ingress.class";

fn mutate(
    attributes: &Attributes<'_>,
    ingress: &mut Value,
    _: Option<&Value>,
    lookup: &dyn Lookup,
) -> Result<(), Status> {
    let has_class = ingress.at(&["spec", "ingressClassName"]).is_some_and(|name| !name.is_null())
        || ingress.at(&["metadata", "annotations", CLASS_ANNOTATION]).is_some();
    if !is(attributes, GROUP, "ingresses") || has_class {
        return Ok(());
    }
    let mut classes = lookup.list(GROUP, "ingressclasses", "");
    classes.retain(|class| class.str_at(&["metadata", "annotations", DEFAULT]) == Some("true"));
    // The newest is the default; among equals, the first by name.
    let newest = classes.iter().min_by_key(|class| {
        let text = |field: &str| class.str_at(&["metadata", field]).unwrap_or("").to_owned();
        (Reverse(text("creationTimestamp")), text("name"))
    });
    if let Some(name) = newest.and_then(|class| class.str_at(&["metadata", "name"])) {
        ingress.set(&["spec", "ingressClassName"], name);
    }
    Ok(())
}
