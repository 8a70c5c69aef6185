//! Private and public keys: RSA and ECDSA P-256 or P-384, read from every PEM form that Go reads.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, KeyPair, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Value, json};
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey as Parsed;
use x509_parser::x509::SubjectPublicKeyInfo;

use super::der::{self, tag};
use super::{Error, pem};

const RSA_ENCRYPTION: &[u64] = &[1, 2, 840, 113549, 1, 1, 1];
const RSA_SHA256: &[u64] = &[1, 2, 840, 113549, 1, 1, 11];
const EC_PUBLIC_KEY: &[u64] = &[1, 2, 840, 10045, 2, 1];
const ECDSA_SHA256: &[u64] = &[1, 2, 840, 10045, 4, 3, 2];
const ECDSA_SHA384: &[u64] = &[1, 2, 840, 10045, 4, 3, 3];
const P256: &[u64] = &[1, 2, 840, 10045, 3, 1, 7];
const P384: &[u64] = &[1, 3, 132, 0, 34];

/// A key that signs.
pub struct PrivateKey {
    pkcs8: Vec<u8>,
    kind: Kind,
}

enum Kind {
    Rsa(Box<RsaKeyPair>),
    Ec { curve: Curve, asn1: Box<EcdsaKeyPair>, fixed: Box<EcdsaKeyPair> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Curve {
    P256,
    P384,
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey").finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// A fresh ECDSA P-256 key.
    pub fn generate() -> Result<Self, Error> {
        let random = SystemRandom::new();
        let document =
            EcdsaKeyPair::generate_pkcs8(&signature::ECDSA_P256_SHA256_ASN1_SIGNING, &random)
                .map_err(|_| Error::Random)?;
        Self::from_pkcs8(document.as_ref().to_vec())
    }

    /// The first private key of a PEM text: PKCS #8, PKCS #1 or SEC 1.
    pub fn from_pem(text: &[u8]) -> Result<Self, Error> {
        let key = PrivateKeyDer::from_pem_slice(text).map_err(|_| Error::Pem("private key"))?;
        match key {
            PrivateKeyDer::Pkcs8(key) => Self::from_pkcs8(key.secret_pkcs8_der().to_vec()),
            PrivateKeyDer::Pkcs1(key) => {
                let algorithm =
                    der::sequence(&[&der::oid(RSA_ENCRYPTION), &der::element(tag::NULL, &[])]);
                Self::from_pkcs8(wrap(&algorithm, key.secret_pkcs1_der()))
            }
            PrivateKeyDer::Sec1(key) => [P256, P384]
                .into_iter()
                .find_map(|curve| {
                    let algorithm = der::sequence(&[&der::oid(EC_PUBLIC_KEY), &der::oid(curve)]);
                    Self::from_pkcs8(wrap(&algorithm, key.secret_sec1_der())).ok()
                })
                .ok_or(Error::Malformed("EC private key")),
            _ => Err(Error::Pem("private key")),
        }
    }

    fn from_pkcs8(pkcs8: Vec<u8>) -> Result<Self, Error> {
        if let Ok(pair) = RsaKeyPair::from_pkcs8(&pkcs8) {
            return Ok(Self { pkcs8, kind: Kind::Rsa(Box::new(pair)) });
        }
        let random = SystemRandom::new();
        let curves = [
            (
                Curve::P256,
                &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
                &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            ),
            (
                Curve::P384,
                &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
                &signature::ECDSA_P384_SHA384_FIXED_SIGNING,
            ),
        ];
        for (curve, asn1, fixed) in curves {
            if let Ok(asn1) = EcdsaKeyPair::from_pkcs8(asn1, &pkcs8, &random) {
                let fixed = EcdsaKeyPair::from_pkcs8(fixed, &pkcs8, &random)
                    .map_err(|_| Error::Malformed("EC private key"))?;
                let kind = Kind::Ec { curve, asn1: Box::new(asn1), fixed: Box::new(fixed) };
                return Ok(Self { pkcs8, kind });
            }
        }
        Err(Error::Malformed("private key"))
    }

    /// The key as PKCS #8 PEM.
    pub fn to_pem(&self) -> String {
        pem("PRIVATE KEY", &self.pkcs8)
    }

    /// The key as PKCS #8 DER, for TLS.
    pub fn to_tls(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(self.pkcs8.clone().into())
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        let spki = match &self.kind {
            Kind::Rsa(pair) => {
                let algorithm =
                    der::sequence(&[&der::oid(RSA_ENCRYPTION), &der::element(tag::NULL, &[])]);
                der::sequence(&[&algorithm, &der::bit_string(pair.public_key().as_ref())])
            }
            Kind::Ec { curve, asn1, .. } => {
                let curve = if *curve == Curve::P256 { P256 } else { P384 };
                let algorithm = der::sequence(&[&der::oid(EC_PUBLIC_KEY), &der::oid(curve)]);
                der::sequence(&[&algorithm, &der::bit_string(asn1.public_key().as_ref())])
            }
        };
        PublicKey::from_spki(&spki).expect("a key pair has a well-formed public key")
    }

    /// `AlgorithmIdentifier` of [`PrivateKey::sign`].
    pub(super) fn signature_algorithm(&self) -> Vec<u8> {
        match &self.kind {
            Kind::Rsa(_) => der::sequence(&[&der::oid(RSA_SHA256), &der::element(tag::NULL, &[])]),
            Kind::Ec { curve: Curve::P256, .. } => der::sequence(&[&der::oid(ECDSA_SHA256)]),
            Kind::Ec { curve: Curve::P384, .. } => der::sequence(&[&der::oid(ECDSA_SHA384)]),
        }
    }

    /// Signs as certificates are signed.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.sign_with(message, false)
    }

    /// Signs as JSON web signatures are signed, with [`PublicKey::algorithm`].
    pub fn sign_jws(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.sign_with(message, true)
    }

    /// Makes a JSON web token in its compact form.
    pub fn sign_jwt(&self, claims: &[u8]) -> Result<String, Error> {
        let public = self.public();
        let header = format!(r#"{{"alg":"{}","kid":"{}"}}"#, public.algorithm(), public.key_id());
        let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let signed = format!("{}.{}", encode(header.as_bytes()), encode(claims));
        let signature = self.sign_jws(signed.as_bytes())?;
        Ok(format!("{signed}.{}", encode(&signature)))
    }

    fn sign_with(&self, message: &[u8], jws: bool) -> Result<Vec<u8>, Error> {
        let random = SystemRandom::new();
        match &self.kind {
            Kind::Rsa(pair) => {
                let mut out = vec![0; pair.public().modulus_len()];
                pair.sign(&signature::RSA_PKCS1_SHA256, &random, message, &mut out)
                    .map_err(|_| Error::Random)?;
                Ok(out)
            }
            Kind::Ec { asn1, fixed, .. } => {
                let pair = if jws { fixed } else { asn1 };
                let signed = pair.sign(&random, message).map_err(|_| Error::Random)?;
                Ok(signed.as_ref().to_vec())
            }
        }
    }
}

fn wrap(algorithm: &[u8], key: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::unsigned(&[0]), algorithm, &der::element(tag::OCTET_STRING, key)])
}

/// A key that verifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    spki: Vec<u8>,
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Rsa { der: Vec<u8>, modulus: Vec<u8>, exponent: Vec<u8> },
    Ec { curve: Curve, point: Vec<u8> },
}

impl PublicKey {
    /// Every public key of a PEM text: public keys, certificates, or the public halves of private
    /// keys (`client-go/util/keyutil.ParsePublicKeysPEM`).
    pub fn all_from_pem(text: &[u8]) -> Result<Vec<Self>, Error> {
        use rustls_pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
        let mut found = Vec::new();
        for key in SubjectPublicKeyInfoDer::pem_slice_iter(text).flatten() {
            found.push(Self::from_spki(key.as_ref())?);
        }
        for certificate in CertificateDer::pem_slice_iter(text).flatten() {
            let (_, parsed) = x509_parser::certificate::X509Certificate::from_der(&certificate)
                .map_err(|_| Error::Malformed("certificate"))?;
            found.push(Self::from_spki(parsed.public_key().raw)?);
        }
        if let Ok(key) = PrivateKey::from_pem(text) {
            found.push(key.public());
        }
        if found.is_empty() { Err(Error::Pem("public key")) } else { Ok(found) }
    }

    /// Reads a DER `SubjectPublicKeyInfo`.
    pub fn from_spki(spki: &[u8]) -> Result<Self, Error> {
        let bad = || Error::Malformed("public key");
        let (_, parsed) = SubjectPublicKeyInfo::from_der(spki).map_err(|_| bad())?;
        let form = match parsed.parsed().map_err(|_| bad())? {
            Parsed::RSA(key) => Form::Rsa {
                der: parsed.subject_public_key.data.to_vec(),
                modulus: strip(key.modulus),
                exponent: strip(key.exponent),
            },
            Parsed::EC(point) => {
                let curve = match point.data().len() {
                    65 => Curve::P256,
                    97 => Curve::P384,
                    _ => return Err(bad()),
                };
                Form::Ec { curve, point: point.data().to_vec() }
            }
            _ => return Err(bad()),
        };
        Ok(Self { spki: spki.to_vec(), form })
    }

    /// DER `SubjectPublicKeyInfo`.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// The key as PEM.
    pub fn to_pem(&self) -> String {
        pem("PUBLIC KEY", &self.spki)
    }

    /// SHA-256 of the key in base64url: the `kid` of service account tokens
    /// (`serviceaccount.keyIDFromPublicKey`).
    pub fn key_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, &self.spki))
    }

    /// JSON web algorithm: `RS256`, `ES256` or `ES384`.
    pub fn algorithm(&self) -> &'static str {
        match self.form {
            Form::Rsa { .. } => "RS256",
            Form::Ec { curve: Curve::P256, .. } => "ES256",
            Form::Ec { curve: Curve::P384, .. } => "ES384",
        }
    }

    /// Checks a JSON web signature made with [`PublicKey::algorithm`].
    pub fn verify_jws(&self, message: &[u8], signature: &[u8]) -> bool {
        let (algorithm, key): (&dyn signature::VerificationAlgorithm, &[u8]) = match &self.form {
            Form::Rsa { der, .. } => (&signature::RSA_PKCS1_2048_8192_SHA256, der),
            Form::Ec { curve: Curve::P256, point } => (&signature::ECDSA_P256_SHA256_FIXED, point),
            Form::Ec { curve: Curve::P384, point } => (&signature::ECDSA_P384_SHA384_FIXED, point),
        };
        signature::UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok()
    }

    /// The key as a JSON web key.
    pub fn to_jwk(&self) -> Value {
        let (kid, algorithm) = (self.key_id(), self.algorithm());
        match &self.form {
            Form::Rsa { modulus, exponent, .. } => json!({
                "use": "sig", "kty": "RSA", "kid": kid, "alg": algorithm,
                "n": URL_SAFE_NO_PAD.encode(modulus), "e": URL_SAFE_NO_PAD.encode(exponent),
            }),
            Form::Ec { curve, point } => {
                let (x, y) = point[1..].split_at((point.len() - 1) / 2);
                json!({
                    "use": "sig", "kty": "EC", "kid": kid, "alg": algorithm,
                    "crv": if *curve == Curve::P256 { "P-256" } else { "P-384" },
                    "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
                })
            }
        }
    }
}

fn strip(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    bytes[start..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_verifies_with_its_key_alone() {
        let key = PrivateKey::generate().unwrap();
        let other = PrivateKey::generate().unwrap();
        let signed = key.sign_jws(b"message").unwrap();
        assert!(key.public().verify_jws(b"message", &signed));
        assert!(!key.public().verify_jws(b"massage", &signed));
        assert!(!other.public().verify_jws(b"message", &signed));
    }

    #[test]
    fn keys_survive_pem() {
        let key = PrivateKey::generate().unwrap();
        let again = PrivateKey::from_pem(key.to_pem().as_bytes()).unwrap();
        assert_eq!(key.public(), again.public());
        let read = PublicKey::all_from_pem(key.public().to_pem().as_bytes()).unwrap();
        assert_eq!(read, [key.public()]);
    }
}
