//! What trust bundles must look like (`pkg/apis/certificates/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::name_is_dns_subdomain;
use pintle_machinery::path::ValueExt;

use super::pem;
use super::validation::signer_name;

const MAX_BYTES: usize = 1024 * 1024;

/// `ValidateClusterTrustBundle`, `ValidateClusterTrustBundleUpdate`.
pub(super) fn validate(_: &Context<'_>, bundle: &Value, old: Option<&Value>, errors: &mut Errors) {
    let spec = |bundle: &Value, field: &str| {
        bundle.str_at(&["spec", field]).unwrap_or_default().to_owned()
    };
    let signer = spec(bundle, "signerName");
    let name = bundle.str_at(&["metadata", "name"]).unwrap_or_default();
    errors.invalid_each("metadata.name", name, self::name(name, &signer));
    let path = Path::new("spec");
    if !signer.is_empty() {
        signer_name(&signer, &path.child("signerName"), errors);
    }
    let text = spec(bundle, "trustBundle");
    if old.is_none_or(|old| spec(old, "trustBundle") != text) {
        anchors(&text, &path.child("trustBundle"), errors);
    }
    if old.is_some_and(|old| spec(old, "signerName") != signer) {
        errors.invalid(path.child("signerName"), signer, "field is immutable");
    }
}

/// `core/validation.ValidateClusterTrustBundleName`.
pub(crate) fn name(name: &str, signer: &str) -> Vec<String> {
    if signer.is_empty() {
        if name.contains(':') {
            let message = "ClusterTrustBundle without signer name must not have \":\" in its name";
            return vec![message.to_owned()];
        }
        return name_is_dns_subdomain(name, false);
    }
    let prefix = format!("{}:", signer.replace('/', ":"));
    match name.strip_prefix(&prefix) {
        Some(rest) => name_is_dns_subdomain(rest, false),
        None => vec![format!(
            "ClusterTrustBundle for signerName {signer} must be named with prefix {prefix}"
        )],
    }
}

/// `validateTrustBundle`, but for what is inside the certificates.
fn anchors(text: &str, path: &Path<'_>, errors: &mut Errors) {
    if text.len() > MAX_BYTES {
        return errors.too_long(path, MAX_BYTES);
    }
    let omitted = "<value omitted>";
    let mut problems = Errors::new();
    let mut anchors: Vec<(Vec<u8>, Vec<usize>)> = Vec::new();
    for (index, block) in pem::blocks(text).into_iter().enumerate() {
        let problem = if block.label != "CERTIFICATE" {
            format!("entry {index} has bad block type: {}", block.label)
        } else if block.headers {
            format!("entry {index} has PEM block headers")
        } else if !pem::is_signed(&block.bytes) {
            format!("entry {index} does not parse as X.509")
        } else {
            match anchors.iter_mut().find(|(bytes, _)| *bytes == block.bytes) {
                Some((_, indices)) => indices.push(index),
                None => anchors.push((block.bytes, vec![index])),
            }
            continue;
        };
        problems.invalid(path, omitted, problem);
    }
    if !problems.is_empty() {
        return errors.append(problems);
    }
    if anchors.is_empty() {
        errors.invalid(path, omitted, "at least one trust anchor must be provided");
    }
    for (_, indices) in anchors.iter().filter(|(_, indices)| indices.len() > 1) {
        let list: Vec<String> = indices.iter().map(usize::to_string).collect();
        let detail = format!("duplicate trust anchor (indices [{}])", list.join(" "));
        errors.invalid(path, omitted, detail);
    }
}
