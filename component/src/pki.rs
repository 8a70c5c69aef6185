//! Keys, certificates, certificate requests and kubeconfigs, in the layout that kubeadm writes.

pub mod authority;
pub mod certificate;
mod der;
pub mod key;
pub mod kubeconfig;
pub mod layout;
pub mod request;
pub mod verify;

pub use authority::Authority;
pub use certificate::{Profile, Usage};
pub use key::{PrivateKey, PublicKey};

/// Why a key, certificate or request could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Path.
        path: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is not PEM, or not of a kind that is expected.
    #[error("no {0} found in PEM data")]
    Pem(&'static str),
    /// The DER inside is malformed or of an unsupported algorithm.
    #[error("malformed or unsupported {0}")]
    Malformed(&'static str),
    /// A signature does not match.
    #[error("signature of the certificate request does not match its key")]
    Signature,
    /// The system's random source failed.
    #[error("random source failed")]
    Random,
}

/// Wraps DER in PEM armor.
pub fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = tail;
    }
    out + &format!("-----END {label}-----\n")
}

/// Every certificate in a PEM text, in order; other blocks are passed over.
pub fn certificates(pem: &[u8]) -> Result<Vec<rustls_pki_types::CertificateDer<'static>>, Error> {
    use rustls_pki_types::pem::PemObject;
    let all: Result<Vec<_>, _> = rustls_pki_types::CertificateDer::pem_slice_iter(pem).collect();
    match all {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(Error::Pem("certificate")),
    }
}

/// Reads a file, naming it in the error.
pub fn read(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error::File { path: path.into(), source })
}
