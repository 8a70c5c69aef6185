//! Connections to etcd: TCP or a Unix socket, TLS with files that are read anew at each dial.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;

/// Files of a TLS client; all optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsFiles {
    /// Authorities of etcd's certificates; the system's if absent.
    pub authority: Option<PathBuf>,
    /// The client's certificate.
    pub certificate: Option<PathBuf>,
    /// Its key.
    pub key: Option<PathBuf>,
}

impl TlsFiles {
    fn given(&self) -> bool {
        self.authority.is_some() || self.certificate.is_some() || self.key.is_some()
    }
}

/// A connection, whatever it runs over.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Why a connection could not be made: nothing has been sent.
#[derive(Clone, Debug)]
pub(super) struct DialError {
    address: String,
    cause: Arc<io::Error>,
}

impl fmt::Display for DialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let network = if self.address.contains('/') { "unix" } else { "tcp" };
        let reason = match self.cause.kind() {
            io::ErrorKind::ConnectionRefused => "connect: connection refused".to_owned(),
            io::ErrorKind::NotFound => "connect: no such file or directory".to_owned(),
            io::ErrorKind::TimedOut => "i/o timeout".to_owned(),
            _ => self.cause.to_string(),
        };
        let address = &self.address;
        write!(
            f,
            "connection error: desc = \"transport: Error while dialing: dial {network} {address}: \
             {reason}\""
        )
    }
}

impl std::error::Error for DialError {}

/// Where a member listens and how to get there.
#[derive(Clone, Debug)]
pub(super) struct Target {
    socket: Socket,
    tls: Option<TlsFiles>,
}

#[derive(Clone, Debug)]
enum Socket {
    Tcp { host: String, port: u16 },
    Unix(PathBuf),
}

impl Target {
    /// Reads an endpoint as etcd's client does: a URL, or `host:port`
    /// (`etcd/client/v3/internal/endpoint.Interpret`).
    pub(super) fn parse(endpoint: &str, files: &TlsFiles) -> Result<Self, String> {
        let malformed = || format!("endpoint {endpoint:?} is not an address of etcd");
        let (scheme, rest) = match endpoint.split_once(':') {
            Some((scheme @ ("http" | "https"), rest)) => {
                (scheme, rest.strip_prefix("//").ok_or_else(malformed)?)
            }
            Some((scheme @ ("unix" | "unixs"), rest)) => {
                (scheme, rest.strip_prefix("//").unwrap_or(rest))
            }
            _ => ("", endpoint),
        };
        let secure = match scheme {
            "https" | "unixs" => true,
            "http" | "unix" => false,
            _ => files.given(),
        };
        let tls = secure.then(|| files.clone());
        if scheme.starts_with("unix") {
            return Ok(Self { socket: Socket::Unix(rest.into()), tls });
        }
        let authority: http::uri::Authority =
            rest.trim_end_matches('/').parse().map_err(|_| malformed())?;
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let port = authority.port_u16().ok_or_else(malformed)?;
        Ok(Self { socket: Socket::Tcp { host, port }, tls })
    }

    /// `:authority` of requests.
    pub(super) fn authority(&self) -> String {
        match &self.socket {
            Socket::Tcp { .. } => self.address(),
            Socket::Unix(_) => "localhost".to_owned(),
        }
    }

    fn address(&self) -> String {
        match &self.socket {
            Socket::Tcp { host, port } if host.contains(':') => format!("[{host}]:{port}"),
            Socket::Tcp { host, port } => format!("{host}:{port}"),
            Socket::Unix(path) => path.display().to_string(),
        }
    }

    /// Connects.
    pub(super) fn dial(self) -> BoxFuture<'static, Result<TokioIo<Box<dyn Stream>>, DialError>> {
        Box::pin(async move {
            let connected = self.connect().await;
            connected
                .map(TokioIo::new)
                .map_err(|cause| DialError { address: self.address(), cause: Arc::new(cause) })
        })
    }

    async fn connect(&self) -> io::Result<Box<dyn Stream>> {
        let (stream, name): (Box<dyn Stream>, &str) = match &self.socket {
            Socket::Tcp { host, port } => {
                let stream = TcpStream::connect((host.as_str(), *port)).await?;
                stream.set_nodelay(true)?;
                (Box::new(stream), host)
            }
            Socket::Unix(path) => (Box::new(UnixStream::connect(path).await?), "localhost"),
        };
        let Some(files) = &self.tls else { return Ok(stream) };
        let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
        let connector = TlsConnector::from(Arc::new(config(files)?));
        Ok(Box::new(connector.connect(name, stream).await?))
    }
}

fn config(files: &TlsFiles) -> io::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = &files.authority {
        for certificate in certificates(path)? {
            roots.add(certificate).map_err(|error| named(path, error))?;
        }
    } else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots);
    let mut config = match (&files.certificate, &files.key) {
        (Some(certificate), Some(key)) => {
            let chain = certificates(certificate)?;
            let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| named(key, error))?;
            builder.with_client_auth_cert(chain, secret).map_err(|error| named(key, error))?
        }
        _ => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}

fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(path).map_err(|error| named(path, error))?;
    let all: Result<Vec<_>, _> = read.collect();
    all.map_err(|error| named(path, error))
}

fn named(path: &Path, error: impl fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(endpoint: &str, address: &str, secure: bool) {
        let target = Target::parse(endpoint, &TlsFiles::default()).unwrap();
        assert_eq!((target.address().as_str(), target.tls.is_some()), (address, secure));
    }

    #[test]
    fn endpoints_are_urls_or_addresses() {
        check("https://127.0.0.1:2379", "127.0.0.1:2379", true);
        check("http://etcd-0.etcd:2379/", "etcd-0.etcd:2379", false);
        check("127.0.0.1:2379", "127.0.0.1:2379", false);
        check("https://[::1]:2379", "[::1]:2379", true);
        check("unix:///run/kine.sock", "/run/kine.sock", false);
        assert!(Target::parse("https://etcd", &TlsFiles::default()).is_err());
        assert!(Target::parse("ftp://etcd:21", &TlsFiles::default()).is_err());
    }

    #[test]
    fn a_bare_address_is_secure_if_certificates_are_given() {
        let files = TlsFiles { authority: Some("ca.crt".into()), ..TlsFiles::default() };
        assert!(Target::parse("etcd:2379", &files).unwrap().tls.is_some());
        assert!(Target::parse("http://etcd:2379", &files).unwrap().tls.is_none());
    }
}
