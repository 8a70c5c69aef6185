//! Certificate requests (PKCS #10): reading, checking, making, and the profile they ask for.

use std::net::IpAddr;

use rustls_pki_types::pem::{self as pem_reader, SectionKind};
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::FromDer;

use super::certificate::{self, Name};
use super::der::{self, tag};
use super::{Error, PrivateKey, PublicKey, pem};

/// What a certificate request says.
#[derive(Clone, Debug)]
pub struct Request {
    /// DER of the subject.
    pub subject: Vec<u8>,
    /// First common name; empty if none.
    pub common_name: String,
    /// Organizations, in order.
    pub organizations: Vec<String>,
    /// Subject alternative names.
    pub names: Vec<Name>,
    /// The key to certify.
    pub key: PublicKey,
    signed: bool,
}

impl Request {
    /// Reads a PEM `CERTIFICATE REQUEST` (`k8s.io/api/certificates: ParseCSR`).
    pub fn from_pem(text: &[u8]) -> Result<Self, Error> {
        let mut reader = text;
        let (kind, der) = pem_reader::from_buf(&mut reader)
            .ok()
            .flatten()
            .ok_or(Error::Pem("certificate request"))?;
        if kind != SectionKind::Csr {
            return Err(Error::Pem("certificate request"));
        }
        let malformed = || Error::Malformed("certificate request");
        let (_, parsed) = X509CertificationRequest::from_der(&der).map_err(|_| malformed())?;
        let info = &parsed.certification_request_info;
        let texts = |found: Vec<Option<&str>>| -> Vec<String> {
            found.into_iter().flatten().map(str::to_owned).collect()
        };
        let common = texts(info.subject.iter_common_name().map(|a| a.as_str().ok()).collect());
        let organizations =
            texts(info.subject.iter_organization().map(|a| a.as_str().ok()).collect());
        let mut names = Vec::new();
        for extension in parsed.requested_extensions().into_iter().flatten() {
            if let ParsedExtension::SubjectAlternativeName(found) = extension {
                for name in &found.general_names {
                    names.push(general_name(name).ok_or_else(malformed)?);
                }
            }
        }
        let signed = parsed.verify_signature().is_ok();
        Ok(Self {
            subject: info.subject.as_raw().to_vec(),
            common_name: common.into_iter().next_back().unwrap_or_default(),
            organizations,
            names,
            key: PublicKey::from_spki(info.subject_pki.raw)?,
            signed,
        })
    }

    /// The requester holds the key.
    pub fn check_signature(&self) -> Result<(), Error> {
        if self.signed { Ok(()) } else { Err(Error::Signature) }
    }
}

fn general_name(name: &GeneralName<'_>) -> Option<Name> {
    match name {
        GeneralName::DNSName(value) => Some(Name::Dns((*value).to_owned())),
        GeneralName::RFC822Name(value) => Some(Name::Email((*value).to_owned())),
        GeneralName::URI(value) => Some(Name::Uri((*value).to_owned())),
        GeneralName::IPAddress(octets) => {
            let address = <[u8; 4]>::try_from(*octets).map(IpAddr::from);
            Some(Name::Ip(
                address.or_else(|_| <[u8; 16]>::try_from(*octets).map(IpAddr::from)).ok()?,
            ))
        }
        _ => None,
    }
}

/// Makes a request for a client certificate; answers PEM.
pub fn create(
    common_name: &str,
    organizations: &[&str],
    key: &PrivateKey,
) -> Result<String, Error> {
    let subject = certificate::subject(common_name, organizations);
    let info = der::sequence(&[
        &der::unsigned(&[0]),
        &subject,
        key.public().spki(),
        &der::element(0xa0, &[]),
    ]);
    let signature = key.sign(&info)?;
    let request = der::sequence(&[&info, &key.signature_algorithm(), &der::bit_string(&signature)]);
    debug_assert_eq!(request[0], tag::SEQUENCE);
    Ok(pem("CERTIFICATE REQUEST", &request))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_reads_back() {
        let key = PrivateKey::generate().unwrap();
        let text = create("system:node:a", &["system:nodes", "other"], &key).unwrap();
        let request = Request::from_pem(text.as_bytes()).unwrap();
        request.check_signature().unwrap();
        assert_eq!(request.common_name, "system:node:a");
        assert_eq!(request.organizations, ["other", "system:nodes"]);
        assert_eq!(request.key, key.public());
    }
}
