//! A certificate authority: a certificate and its key.

use std::path::Path;

use rustls_pki_types::CertificateDer;
use x509_parser::prelude::{FromDer, ParsedExtension, X509Certificate};

use super::certificate::{self, Profile, Usage};
use super::{Error, PrivateKey, PublicKey, pem};

/// Signs certificates.
#[derive(Debug)]
pub struct Authority {
    certificate: CertificateDer<'static>,
    subject: Vec<u8>,
    key_identifier: Option<Vec<u8>>,
    not_after: i64,
    key: PrivateKey,
}

impl Authority {
    /// A new self-signed authority with the usages that kubeadm gives
    /// (`client-go/util/cert.NewSelfSignedCACert`).
    pub fn generate(common_name: &str, not_before: i64, not_after: i64) -> Result<Self, Error> {
        let key = PrivateKey::generate()?;
        let public = key.public();
        let profile = Profile {
            subject: certificate::subject(common_name, &[]),
            names: vec![certificate::Name::Dns(common_name.into())],
            usages: vec![Usage::DIGITAL_SIGNATURE, Usage::KEY_ENCIPHERMENT, Usage::CERT_SIGN],
            authority: true,
            not_before,
            not_after,
        };
        let der = certificate::sign(&profile, &public, &profile.subject, None, &key)?;
        Self::new(der.into(), key)
    }

    /// Reads both halves from files.
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, Error> {
        let certificate = super::certificates(&super::read(certificate)?)?.remove(0);
        Self::new(certificate, PrivateKey::from_pem(&super::read(key)?)?)
    }

    fn new(certificate: CertificateDer<'static>, key: PrivateKey) -> Result<Self, Error> {
        let (_, parsed) =
            X509Certificate::from_der(&certificate).map_err(|_| Error::Malformed("certificate"))?;
        let key_identifier =
            parsed.extensions().iter().find_map(|extension| match extension.parsed_extension() {
                ParsedExtension::SubjectKeyIdentifier(id) => Some(id.0.to_vec()),
                _ => None,
            });
        let subject = parsed.subject().as_raw().to_vec();
        let not_after = parsed.validity().not_after.timestamp();
        Ok(Self { certificate, subject, key_identifier, not_after, key })
    }

    /// The certificate in PEM.
    pub fn certificate_pem(&self) -> String {
        pem("CERTIFICATE", &self.certificate)
    }

    /// The key in PEM.
    pub fn key_pem(&self) -> String {
        self.key.to_pem()
    }

    /// End of the authority's validity, Unix seconds.
    pub fn not_after(&self) -> i64 {
        self.not_after
    }

    /// Signs a certificate; answers PEM.
    pub fn sign(&self, profile: &Profile, key: &PublicKey) -> Result<String, Error> {
        let issuer = self.key_identifier.as_deref();
        let der = certificate::sign(profile, key, &self.subject, issuer, &self.key)?;
        Ok(pem("CERTIFICATE", &der))
    }
}
