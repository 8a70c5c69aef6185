//! `CertificateSigning`: who signs a request may do so for its signer
//! (`plugin/pkg/admission/certificates/signing`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::signer;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "CertificateSigning",
    operations: &[Operation::Update],
    validate: Some(validate),
    ..Plugin::NONE
};

fn validate(
    attributes: &Attributes<'_>,
    request: &Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    let status = attributes.group == signer::GROUP
        && attributes.resource == "certificatesigningrequests"
        && attributes.subresource == "status";
    let old = old.unwrap_or(&Value::Null);
    let same_certificate =
        old.at(&["status", "certificate"]) == request.at(&["status", "certificate"]);
    let same_conditions =
        old.list_at(&["status", "conditions"]) == request.list_at(&["status", "conditions"]);
    if !status || same_certificate && same_conditions {
        return Ok(());
    }
    let name = old.str_at(&["spec", "signerName"]).unwrap_or("");
    if signer::allows(attributes, "sign", name) {
        return Ok(());
    }
    Err(signer::refusal(attributes, "sign requests with", name))
}
