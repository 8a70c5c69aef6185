//! `CertificateApproval`: who approves a signing request may do so for its signer
//! (`plugin/pkg/admission/certificates/approval`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::signer;

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "CertificateApproval",
    operations: &[Operation::Update],
    validate: Some(validate),
    ..Plugin::NONE
};

fn validate(
    attributes: &Attributes<'_>,
    _: &Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    let approval = attributes.group == signer::GROUP
        && attributes.resource == "certificatesigningrequests"
        && attributes.subresource == "approval";
    if !approval {
        return Ok(());
    }
    let name = old.and_then(|old| old.str_at(&["spec", "signerName"])).unwrap_or("");
    if signer::allows(attributes, "approve", name) {
        return Ok(());
    }
    Err(signer::refusal(attributes, "approve requests with", name))
}
