//! `CertificateSubjectRestriction`: nobody asks for a client certificate of `system:masters`
//! (`plugin/pkg/admission/certificates/subjectrestriction`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Operation, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::csr::Subject;
use crate::{forbidden, is, signer};

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "CertificateSubjectRestriction",
    operations: &[Operation::Create],
    validate: Some(validate),
    ..Plugin::NONE
};

/// The signer of client certificates.
const SIGNER: &str = "kubernetes.io/kube-apiserver-client";

fn validate(
    attributes: &Attributes<'_>,
    request: &Value,
    _: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    let ours = is(attributes, signer::GROUP, "certificatesigningrequests")
        && request.str_at(&["spec", "signerName"]) == Some(SIGNER);
    if !ours {
        return Ok(());
    }
    let subject = Subject::of(request)
        .map_err(|error| forbidden(attributes, format!("failed to parse CSR: {error}")))?;
    if subject.organizations.iter().any(|group| group == "system:masters") {
        let reason = format!("use of {SIGNER} signer with system:masters group is not allowed");
        return Err(forbidden(attributes, reason));
    }
    Ok(())
}
