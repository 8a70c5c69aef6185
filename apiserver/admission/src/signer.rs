//! Rights over certificate signers (`kubernetes/pkg/certauthorization`).

use pintle_engine::admission::{Access, Attributes};
use pintle_machinery::json::quote;
use pintle_machinery::status::Status;

use crate::forbidden;

/// API group of certificates.
pub(crate) const GROUP: &str = "certificates.k8s.io";

/// The caller may `verb` for the signer, or for all signers of its domain
/// (`IsAuthorizedForSignerName`).
pub(crate) fn allows(attributes: &Attributes<'_>, verb: &str, signer: &str) -> bool {
    let domain = signer.split('/').next().unwrap_or("");
    let wildcard = format!("{domain}/*");
    [signer, wildcard.as_str()].into_iter().any(|name| {
        let access = Access {
            verb,
            group: GROUP,
            version: "*",
            resource: "signers",
            name,
            ..Access::default()
        };
        attributes.authorizer.allows(attributes.context.user, &access)
    })
}

/// The refusal of a caller who may not.
pub(crate) fn refusal(attributes: &Attributes<'_>, what: &str, signer: &str) -> Status {
    let signer = quote(signer);
    forbidden(attributes, format!("user not permitted to {what} signerName {signer}"))
}
