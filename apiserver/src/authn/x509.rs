//! Client certificates.

use std::path::PathBuf;

use parking_lot::RwLock;
use pintle_component::pki::verify::Roots;
use pintle_component::pki::{self};
use pintle_engine::User;
use rustls::pki_types::CertificateDer;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Identity, Outcome};

const UID: &str = "1.3.6.1.4.1.57683.2";

/// A bundle of authorities that follows its file.
#[derive(Debug)]
pub struct ClientAuthority {
    path: Option<PathBuf>,
    state: RwLock<(Vec<u8>, Roots)>,
}

impl ClientAuthority {
    /// Reads `--client-ca-file`.
    pub fn from_file(path: PathBuf) -> Result<Self, pki::Error> {
        let text = pki::read(&path)?;
        let roots = Roots::from_pem(&text)?;
        Ok(Self { path: Some(path), state: RwLock::new((text, roots)) })
    }

    /// Takes a bundle that never changes.
    pub fn fixed(text: &str) -> Result<Self, pki::Error> {
        let roots = Roots::from_pem(text.as_bytes())?;
        Ok(Self { path: None, state: RwLock::new((text.into(), roots)) })
    }

    /// Reads the file anew if it has changed.
    pub fn refresh(&self) -> Result<(), pki::Error> {
        let Some(path) = &self.path else { return Ok(()) };
        let text = pki::read(path)?;
        if self.state.read().0 != text {
            let roots = Roots::from_pem(&text)?;
            let mut state = self.state.write();
            *state = (text, roots);
        }
        Ok(())
    }

    /// The bundle in PEM.
    pub fn pem(&self) -> String {
        String::from_utf8_lossy(&self.state.read().0).into_owned()
    }

    /// Certificates of the bundle.
    pub fn certificates(&self) -> Vec<CertificateDer<'static>> {
        self.state.read().1.certificates().to_vec()
    }

    /// Checks a chain against the bundle.
    pub(super) fn verify(&self, chain: &[CertificateDer<'_>], now: i64) -> Result<(), String> {
        self.state.read().1.verify_client(chain, now).map_err(|error| format!("x509: {error}"))
    }

    /// Who presents this chain (`request/x509.Authenticator`, `CommonNameUserConversion`).
    pub fn authenticate(&self, chain: &[CertificateDer<'_>], now: i64) -> Outcome {
        let Some(leaf) = chain.first() else { return Outcome::NoOpinion };
        match self.verify(chain, now) {
            Ok(()) => identify(leaf),
            Err(reason) => Outcome::No(reason),
        }
    }
}

fn identify(leaf: &CertificateDer<'_>) -> Outcome {
    match user(leaf) {
        Ok(Some(user)) => Outcome::Yes(Identity { user, audiences: Vec::new() }),
        Ok(None) => Outcome::NoOpinion,
        Err(reason) => Outcome::No(reason),
    }
}

/// The common name; the last one if there are several, as in Go.
pub(super) fn common_name(leaf: &CertificateDer<'_>) -> Option<String> {
    let (_, parsed) = X509Certificate::from_der(leaf).ok()?;
    let last = parsed.subject().iter_common_name().last()?;
    last.as_str().ok().map(str::to_owned)
}

fn user(leaf: &CertificateDer<'_>) -> Result<Option<User>, String> {
    let malformed = || "x509: malformed certificate".to_owned();
    let (_, parsed) = X509Certificate::from_der(leaf).map_err(|_| malformed())?;
    let subject = parsed.subject();
    let name = subject.iter_common_name().last().and_then(|name| name.as_str().ok());
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    let organizations = subject.iter_organization();
    let groups = organizations.filter_map(|group| group.as_str().ok().map(str::to_owned)).collect();
    let mut uids = subject.iter_attributes().filter(|a| a.attr_type().to_id_string() == UID);
    let uid = match (uids.next(), uids.next()) {
        (None, _) => String::new(),
        (Some(_), Some(_)) => {
            return Err("expected 1 UID, but found multiple".into());
        }
        (Some(uid), None) => {
            let text = uid.as_str().map_err(|_| "unable to parse UID into a string".to_owned())?;
            if text.is_empty() {
                return Err("UID cannot be an empty string".into());
            }
            text.to_owned()
        }
    };
    let fingerprint = ring::digest::digest(&ring::digest::SHA256, leaf);
    let hex = hex(fingerprint.as_ref());
    let credential = (
        "authentication.kubernetes.io/credential-id".to_owned(),
        vec![format!("X509SHA256={hex}")],
    );
    Ok(Some(User { name: name.into(), uid, groups, extra: [credential].into() }))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
