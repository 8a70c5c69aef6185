//! Chains of client certificates, judged as Go's `crypto/x509` judges them.

use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

use super::Error;

/// A set of trusted authorities.
#[derive(Clone, Debug)]
pub struct Roots {
    certificates: Vec<CertificateDer<'static>>,
    anchors: Vec<TrustAnchor<'static>>,
}

impl Roots {
    /// Reads a PEM bundle.
    pub fn from_pem(text: &[u8]) -> Result<Self, Error> {
        let certificates = super::certificates(text)?;
        let anchors = certificates
            .iter()
            .map(|certificate| Ok(anchor_from_trusted_cert(certificate)?.to_owned()))
            .collect::<Result<_, webpki::Error>>()
            .map_err(|_| Error::Malformed("certificate"))?;
        Ok(Self { certificates, anchors })
    }

    /// The certificates of the bundle.
    pub fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.certificates
    }

    /// Checks a client's chain, leaf first, at a moment; the usage `client auth` is needed.
    pub fn verify_client(
        &self,
        chain: &[CertificateDer<'_>],
        unix_seconds: i64,
    ) -> Result<(), webpki::Error> {
        let (leaf, intermediates) = chain.split_first().ok_or(webpki::Error::UnknownIssuer)?;
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(
            u64::try_from(unix_seconds).unwrap_or(0),
        ));
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        EndEntityCert::try_from(leaf)?
            .verify_for_usage(
                algorithms.all,
                &self.anchors,
                intermediates,
                now,
                KeyUsage::client_auth(),
                None,
                None,
            )
            .map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::certificate::{self, Profile, Usage};
    use crate::pki::{Authority, PrivateKey, certificates};

    const NOW: i64 = 1_800_000_000;

    #[track_caller]
    fn check(usage: Usage, not_after: i64, same_authority: bool, expected: bool) {
        let authority = Authority::generate("kubernetes", NOW - 60, NOW + 600).unwrap();
        let other = Authority::generate("kubernetes", NOW - 60, NOW + 600).unwrap();
        let key = PrivateKey::generate().unwrap();
        let profile = Profile {
            subject: certificate::subject("u", &["g"]),
            usages: vec![Usage::DIGITAL_SIGNATURE, usage],
            not_before: NOW - 60,
            not_after,
            ..Profile::default()
        };
        let signer = if same_authority { &authority } else { &other };
        let leaf = signer.sign(&profile, &key.public()).unwrap();
        let roots = Roots::from_pem(authority.certificate_pem().as_bytes()).unwrap();
        let chain = certificates(leaf.as_bytes()).unwrap();
        assert_eq!(roots.verify_client(&chain, NOW).is_ok(), expected);
    }

    #[test]
    fn accepts_a_client_of_the_authority() {
        check(Usage::CLIENT_AUTH, NOW + 60, true, true);
    }

    #[test]
    fn refuses_other_usages_authorities_and_times() {
        check(Usage::SERVER_AUTH, NOW + 60, true, false);
        check(Usage::CLIENT_AUTH, NOW + 60, false, false);
        check(Usage::CLIENT_AUTH, NOW - 1, true, false);
    }
}
