//! Certificates: what goes in, and the DER that comes out.

use std::net::IpAddr;

use super::der::{self, tag};
use super::{Error, PrivateKey, PublicKey};

const COMMON_NAME: &[u64] = &[2, 5, 4, 3];
const ORGANIZATION: &[u64] = &[2, 5, 4, 10];

/// What a key may be used for, as CertificateSigningRequests spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Bit of the key usage extension.
    Key(u8),
    /// Last arc under `id-kp`.
    Extended(u64),
    /// Any extended usage.
    Any,
}

impl Usage {
    /// `digital signature`.
    pub const DIGITAL_SIGNATURE: Usage = Usage::Key(0);
    /// `key encipherment`.
    pub const KEY_ENCIPHERMENT: Usage = Usage::Key(2);
    /// `cert sign`.
    pub const CERT_SIGN: Usage = Usage::Key(5);
    /// `server auth`.
    pub const SERVER_AUTH: Usage = Usage::Extended(1);
    /// `client auth`.
    pub const CLIENT_AUTH: Usage = Usage::Extended(2);

    /// Reads a usage of a CertificateSigningRequest (`authority.keyUsagesFromStrings`).
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "signing" | "digital signature" => Self::Key(0),
            "content commitment" => Self::Key(1),
            "key encipherment" => Self::Key(2),
            "data encipherment" => Self::Key(3),
            "key agreement" => Self::Key(4),
            "cert sign" => Self::Key(5),
            "crl sign" => Self::Key(6),
            "encipher only" => Self::Key(7),
            "decipher only" => Self::Key(8),
            "any" => Self::Any,
            "server auth" => Self::Extended(1),
            "client auth" => Self::Extended(2),
            "code signing" => Self::Extended(3),
            "email protection" | "s/mime" => Self::Extended(4),
            "ipsec end system" => Self::Extended(5),
            "ipsec tunnel" => Self::Extended(6),
            "ipsec user" => Self::Extended(7),
            "timestamping" => Self::Extended(8),
            "ocsp signing" => Self::Extended(9),
            _ => return None,
        })
    }
}

/// A subject alternative name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Host name.
    Dns(String),
    /// Address.
    Ip(IpAddr),
    /// Mail address.
    Email(String),
    /// URI.
    Uri(String),
}

/// Everything about a certificate but its keys.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// DER of the subject name.
    pub subject: Vec<u8>,
    /// Subject alternative names.
    pub names: Vec<Name>,
    /// Usages, in order.
    pub usages: Vec<Usage>,
    /// May sign certificates.
    pub authority: bool,
    /// Start of validity, Unix seconds.
    pub not_before: i64,
    /// End of validity, Unix seconds.
    pub not_after: i64,
}

/// DER of a name made of organizations and a common name, in Go's order
/// (`crypto/x509/pkix.Name.ToRDNSequence`: one set for all organizations).
pub fn subject(common_name: &str, organizations: &[&str]) -> Vec<u8> {
    let mut sets = Vec::new();
    if !organizations.is_empty() {
        let mut values: Vec<_> =
            organizations.iter().map(|value| attribute(ORGANIZATION, value)).collect();
        values.sort();
        sets.extend(der::element(tag::SET, &values.concat()));
    }
    if !common_name.is_empty() {
        sets.extend(der::nest(tag::SET, &[&attribute(COMMON_NAME, common_name)]));
    }
    der::element(tag::SEQUENCE, &sets)
}

fn attribute(oid: &[u64], value: &str) -> Vec<u8> {
    der::sequence(&[&der::oid(oid), &der::text(value)])
}

/// Key identifier: SHA-256 of the public key, cut to 20 bytes (RFC 7093, as Go's).
pub(super) fn key_identifier(key: &PublicKey) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA256, key.spki()).as_ref()[..20].to_vec()
}

/// Signs a certificate for `key` in the name of `issuer` (a DER name).
pub(super) fn sign(
    profile: &Profile,
    key: &PublicKey,
    issuer: &[u8],
    issuer_key_identifier: Option<&[u8]>,
    signer: &PrivateKey,
) -> Result<Vec<u8>, Error> {
    let mut serial = [0; 16];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut serial)
        .map_err(|_| Error::Random)?;
    serial[0] = serial[0] & 0x7f | 1;
    let algorithm = signer.signature_algorithm();
    let validity = der::sequence(&[&der::time(profile.not_before), &der::time(profile.not_after)]);
    let body = der::sequence(&[
        &der::explicit(0, &der::unsigned(&[2])),
        &der::unsigned(&serial),
        &algorithm,
        issuer,
        &validity,
        &profile.subject,
        key.spki(),
        &der::explicit(3, &extensions(profile, key, issuer_key_identifier)),
    ]);
    let signature = signer.sign(&body)?;
    Ok(der::sequence(&[&body, &algorithm, &der::bit_string(&signature)]))
}

/// In the order in which Go writes them.
fn extensions(profile: &Profile, key: &PublicKey, issuer: Option<&[u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    let bits = profile.usages.iter().fold(0_u16, |bits, usage| match usage {
        Usage::Key(bit) => bits | 0x8000 >> bit,
        _ => bits,
    });
    if bits != 0 {
        out.extend(extension(&[2, 5, 29, 15], true, &named_bits(bits)));
    }
    let extended: Vec<u8> = profile.usages.iter().filter_map(extended_usage).flatten().collect();
    if !extended.is_empty() {
        let value = der::element(tag::SEQUENCE, &extended);
        out.extend(extension(&[2, 5, 29, 37], false, &value));
    }
    let constraints = if profile.authority {
        der::sequence(&[&der::element(tag::BOOLEAN, &[0xff])])
    } else {
        der::sequence(&[])
    };
    out.extend(extension(&[2, 5, 29, 19], true, &constraints));
    if profile.authority {
        let value = der::element(tag::OCTET_STRING, &key_identifier(key));
        out.extend(extension(&[2, 5, 29, 14], false, &value));
    }
    if let Some(issuer) = issuer {
        let value = der::sequence(&[&der::element(0x80, issuer)]);
        out.extend(extension(&[2, 5, 29, 35], false, &value));
    }
    if !profile.names.is_empty() {
        let names: Vec<u8> = profile.names.iter().flat_map(general_name).collect();
        // Critical when it is the only name there is (RFC 5280, 4.2.1.6).
        let critical = profile.subject == der::sequence(&[]);
        let value = der::element(tag::SEQUENCE, &names);
        out.extend(extension(&[2, 5, 29, 17], critical, &value));
    }
    der::element(tag::SEQUENCE, &out)
}

fn extension(oid: &[u64], critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { der::element(tag::BOOLEAN, &[0xff]) } else { Vec::new() };
    der::sequence(&[&der::oid(oid), &critical, &der::element(tag::OCTET_STRING, value)])
}

fn named_bits(bits: u16) -> Vec<u8> {
    let bytes = bits.to_be_bytes();
    let used = if bytes[1] == 0 { &bytes[..1] } else { &bytes[..] };
    let mut content = vec![used.last().map_or(0, |byte| byte.trailing_zeros() as u8)];
    content.extend_from_slice(used);
    der::element(tag::BIT_STRING, &content)
}

fn extended_usage(usage: &Usage) -> Option<Vec<u8>> {
    match usage {
        Usage::Key(_) => None,
        Usage::Extended(arc) => Some(der::oid(&[1, 3, 6, 1, 5, 5, 7, 3, *arc])),
        Usage::Any => Some(der::oid(&[2, 5, 29, 37, 0])),
    }
}

fn general_name(name: &Name) -> Vec<u8> {
    match name {
        Name::Email(value) => der::element(0x81, value.as_bytes()),
        Name::Dns(value) => der::element(0x82, value.as_bytes()),
        Name::Uri(value) => der::element(0x86, value.as_bytes()),
        Name::Ip(IpAddr::V4(address)) => der::element(0x87, &address.octets()),
        Name::Ip(IpAddr::V6(address)) => der::element(0x87, &address.octets()),
    }
}
