//! TLS settings from files, read anew when the files change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ClientHello;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::CertifiedKey;
use rustls::{
    CipherSuite, DigitallySignedStruct, DistinguishedName, ServerConfig, SignatureScheme,
};

use crate::pki::{self, PrivateKey};
use crate::signals::Stop;

/// Where the serving certificate comes from.
#[derive(Clone, Debug)]
pub struct Files {
    /// Chain in PEM, leaf first.
    pub certificate: PathBuf,
    /// Key in PEM.
    pub key: PathBuf,
}

/// Settings that follow their files.
#[derive(Debug)]
pub struct Reloading {
    files: Option<Files>,
    http2: bool,
    current: RwLock<Settings>,
    seen: RwLock<(Vec<u8>, Vec<u8>)>,
}

/// The settings for new connections, by what their clients are good at.
#[derive(Clone, Debug)]
pub struct Settings {
    /// For those who like AES best: they have it in hardware, as this side has.
    aes: Arc<ServerConfig>,
    /// For the others.
    other: Arc<ServerConfig>,
}

impl Settings {
    /// The settings for a client. Go's server chooses by its own order, in which the shorter key
    /// stands first, unless the client is one that likes `ChaCha20` better
    /// (`crypto/tls.serverHandshakeStateTLS13.processClientHello`, `isAESGCMPreferred`).
    pub fn of(&self, hello: &ClientHello<'_>) -> Arc<ServerConfig> {
        let first = hello.cipher_suites().iter().find_map(|suite| place(*suite));
        if first == Some(CHACHA20) { self.other.clone() } else { self.aes.clone() }
    }
}

/// The place of a suite in Go's order; none for those that neither side knows.
fn place(suite: CipherSuite) -> Option<u8> {
    match suite {
        CipherSuite::TLS13_AES_128_GCM_SHA256
        | CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        | CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => Some(0),
        CipherSuite::TLS13_AES_256_GCM_SHA384
        | CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        | CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => Some(1),
        CipherSuite::TLS13_CHACHA20_POLY1305_SHA256
        | CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        | CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => Some(CHACHA20),
        _ => None,
    }
}

const CHACHA20: u8 = 2;

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Certificate or key could not be read.
    #[error(transparent)]
    Pki(#[from] pki::Error),
    /// They do not fit together, or the library refuses them.
    #[error("{0}")]
    Tls(#[from] rustls::Error),
}

impl Reloading {
    /// Reads the files.
    pub fn from_files(files: Files, http2: bool) -> Result<Arc<Self>, Error> {
        let seen = (pki::read(&files.certificate)?, pki::read(&files.key)?);
        let config = config(&seen.0, &seen.1, http2)?;
        Ok(Arc::new(Self {
            files: Some(files),
            http2,
            current: RwLock::new(config),
            seen: RwLock::new(seen),
        }))
    }

    /// Takes a certificate and a key in PEM that never change.
    pub fn fixed(certificate: &str, key: &str, http2: bool) -> Result<Arc<Self>, Error> {
        let config = config(certificate.as_bytes(), key.as_bytes(), http2)?;
        Ok(Arc::new(Self {
            files: None,
            http2,
            current: RwLock::new(config),
            seen: RwLock::default(),
        }))
    }

    /// The settings for new connections.
    pub fn current(&self) -> Settings {
        self.current.read().clone()
    }

    /// Reads the files anew if they have changed; what does not fit is passed over.
    pub fn refresh(&self) -> Result<bool, Error> {
        let Some(files) = &self.files else { return Ok(false) };
        let found = (pki::read(&files.certificate)?, pki::read(&files.key)?);
        if *self.seen.read() == found {
            return Ok(false);
        }
        let fresh = config(&found.0, &found.1, self.http2)?;
        *self.current.write() = fresh;
        *self.seen.write() = found;
        Ok(true)
    }

    /// Looks at the files every minute (`server/dynamiccertificates`).
    pub async fn follow(self: Arc<Self>, mut stop: Stop) {
        loop {
            tokio::select! {
                () = stop.wait() => return,
                () = tokio::time::sleep(Duration::from_mins(1)) => {}
            }
            match self.refresh() {
                Ok(true) => tracing::info!("Reloaded the serving certificate"),
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(err = %error, "Failed to reload the serving certificate");
                }
            }
        }
    }
}

fn config(certificate: &[u8], key: &[u8], http2: bool) -> Result<Settings, Error> {
    let mut provider = rustls::crypto::ring::default_provider();
    provider.cipher_suites.sort_by_key(|suite| place(suite.suite()));
    let provider = Arc::new(provider);
    let chain = pki::certificates(certificate)?;
    let key = PrivateKey::from_pem(key)?.to_tls();
    let certified = CertifiedKey::from_der(chain, key, &provider)?;
    let verifier = Arc::new(AnyClient { provider: provider.clone() });
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
        .with_client_cert_verifier(verifier)
        .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(certified)));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    if http2 {
        config.alpn_protocols.insert(0, b"h2".to_vec());
    }
    let other = Arc::new(config.clone());
    config.ignore_client_order = true;
    Ok(Settings { aes: Arc::new(config), other })
}

/// Asks for a certificate and takes any: it proves that the client holds the key. Whose it is, is
/// judged per request, so that a bad certificate still leaves other ways to authenticate.
#[derive(Debug)]
struct AnyClient {
    provider: Arc<CryptoProvider>,
}

impl ClientCertVerifier for AnyClient {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A self-signed certificate for a part that was given none, in memory only: certificate, key.
pub fn self_signed(host: &str, now: i64) -> Result<(String, String), pki::Error> {
    let authority = pki::Authority::generate(&format!("{host}-ca@{now}"), now - 3600, now + YEAR)?;
    let key = PrivateKey::generate()?;
    let names = ["localhost", host].map(|name| match name.parse() {
        Ok(address) => pki::certificate::Name::Ip(address),
        Err(_) => pki::certificate::Name::Dns(name.to_owned()),
    });
    let profile = pki::Profile {
        subject: pki::certificate::subject(&format!("{host}@{now}"), &[]),
        names: names.into(),
        usages: vec![
            pki::Usage::DIGITAL_SIGNATURE,
            pki::Usage::KEY_ENCIPHERMENT,
            pki::Usage::SERVER_AUTH,
        ],
        authority: false,
        not_before: now - 3600,
        not_after: now + YEAR,
    };
    let certificate = authority.sign(&profile, &key.public())? + &authority.certificate_pem();
    Ok((certificate, key.to_pem()))
}

const YEAR: i64 = 365 * 24 * 3600;

/// Both files are there.
pub fn exist(certificate: &Path, key: &Path) -> bool {
    certificate.exists() && key.exists()
}
