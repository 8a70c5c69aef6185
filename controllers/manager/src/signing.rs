//! Certificate authorities for the signing controller, and the crypto that pure rows are given.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pintle_component::pki::{self, Authority, Profile, Usage, certificate::Name};
use pintle_controllers::Settings;
use pintle_controllers::settings::{Parsed, Request};

const BACKDATE: i64 = 5 * 60;
const SHORT: i64 = 8 * 3600;

/// The authorities by signer name.
#[derive(Default)]
pub struct Authorities(BTreeMap<&'static str, Arc<Authority>>);

/// The signers, with the flags' part that names their files.
pub(crate) const SIGNERS: &[(&str, &str)] = &[
    ("kubernetes.io/kubelet-serving", "kubelet-serving"),
    ("kubernetes.io/kube-apiserver-client-kubelet", "kubelet-client"),
    ("kubernetes.io/kube-apiserver-client", "kube-apiserver-client"),
    ("kubernetes.io/legacy-unknown", "legacy-unknown"),
];

impl Authorities {
    /// One authority for all signers.
    pub fn one(authority: Authority) -> Self {
        let authority = Arc::new(authority);
        Self(SIGNERS.iter().map(|(signer, _)| (*signer, authority.clone())).collect())
    }

    /// Reads a signer's authority from its files.
    pub(crate) fn load(
        &mut self,
        signer: &'static str,
        certificate: &str,
        key: &str,
    ) -> Result<(), pki::Error> {
        let authority = Authority::load(Path::new(certificate), Path::new(key))?;
        self.0.insert(signer, Arc::new(authority));
        Ok(())
    }
}

/// Gives the controllers their crypto: reading and signing requests, and token signatures.
pub fn install(settings: &mut Settings, authorities: Authorities) {
    settings.parse_request = Some(Arc::new(parse));
    settings.certificate_end = certificate_end;
    settings.hmac_sha256 = hmac_sha256;
    if !authorities.0.is_empty() {
        settings.sign = Some(Arc::new(move |request| sign(&authorities, request)));
    }
}

fn parse(pem: &str) -> Result<Parsed, String> {
    let request =
        pki::request::Request::from_pem(pem.as_bytes()).map_err(|error| error.to_string())?;
    let mut parsed = Parsed {
        common_name: request.common_name,
        organizations: request.organizations,
        ..Parsed::default()
    };
    for name in request.names {
        match name {
            Name::Dns(name) => parsed.dns_names.push(name),
            Name::Ip(address) => parsed.ip_addresses.push(address.to_string()),
            Name::Email(address) => parsed.emails.push(address),
            Name::Uri(uri) => parsed.uris.push(uri),
        }
    }
    Ok(parsed)
}

/// `authority.PermissiveSigningPolicy`.
fn sign(authorities: &Authorities, asked: &Request<'_>) -> Result<Option<String>, String> {
    let Some(authority) = authorities.0.get(asked.signer) else { return Ok(None) };
    let request =
        pki::request::Request::from_pem(asked.pem.as_bytes()).map_err(|error| error.to_string())?;
    request.check_signature().map_err(|error| error.to_string())?;
    let mut usages = Vec::new();
    for usage in &asked.usages {
        let known = Usage::parse(usage);
        usages.push(known.ok_or_else(|| format!("unrecognized usage values: [{usage:?}]"))?);
    }
    let now = asked.now.as_second();
    let lifetime = asked.lifetime.as_secs() as i64;
    // A backdated certificate lives as long as asked for in all, unless that is short already.
    let end = now + if lifetime < SHORT { lifetime } else { lifetime - BACKDATE };
    if now >= authority.not_after() {
        return Err(format!(
            "refusing to sign a certificate that expired in the past: NotAfter={}",
            authority.not_after()
        ));
    }
    let profile = Profile {
        subject: request.subject.clone(),
        names: request.names.clone(),
        usages,
        authority: false,
        not_before: now - BACKDATE,
        not_after: end.min(authority.not_after()),
    };
    authority.sign(&profile, &request.key).map(Some).map_err(|error| error.to_string())
}

fn certificate_end(pem: &str) -> Option<i64> {
    let certificates = pki::certificates(pem.as_bytes()).ok()?;
    let (_, parsed) = x509_parser::parse_x509_certificate(certificates.first()?).ok()?;
    Some(parsed.validity().not_after.timestamp())
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key);
    let tag = ring::hmac::sign(&key, message);
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}
