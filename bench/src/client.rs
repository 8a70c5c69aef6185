//! The administrator's connections: TLS 1.3 and nothing older, HTTP/1.1 or h2.

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use serde::Deserialize;
use tokio::io::BufReader;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::Failure;

/// A request made for a target, or why it could not be made.
pub(crate) type Made = Result<Request<Full<Bytes>>, Failure>;

/// The one address that both planes serve and have a certificate for.
const HOST: &str = "127.0.0.1";
/// Windows of client-go's transport (`golang.org/x/net/http2.Transport`): it never holds a list up.
const STREAM_WINDOW: u32 = 4 << 20;
const CONNECTION_WINDOW: u32 = 1 << 30;

/// Bytes that are taken from a connection at a time: the TLS library takes a record or less, with a
/// system call for each, and the time of a long answer would be mostly this side's.
const READ: usize = 128 << 10;

/// The HTTP version that a connection speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

/// An API server and the administrator's way in.
#[derive(Clone)]
pub(crate) struct Target {
    port: u16,
    http1: TlsConnector,
    http2: TlsConnector,
}

/// An open connection.
pub(crate) enum Connection {
    Http1(http1::SendRequest<Full<Bytes>>),
    Http2(http2::SendRequest<Full<Bytes>>),
}

#[derive(Deserialize)]
struct Config {
    clusters: Vec<NamedCluster>,
    users: Vec<NamedUser>,
}

#[derive(Deserialize)]
struct NamedCluster {
    cluster: Cluster,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Cluster {
    certificate_authority_data: String,
}

#[derive(Deserialize)]
struct NamedUser {
    user: User,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct User {
    client_certificate_data: String,
    client_key_data: String,
}

impl Target {
    /// Reads a kubeconfig with one cluster and one user.
    pub(crate) fn of(kubeconfig: &Path, port: u16) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(kubeconfig)?;
        let config: Config = serde_saphyr::from_str(&text)?;
        let (Some(cluster), Some(user)) = (config.clusters.first(), config.users.first()) else {
            return Err(format!("{}: no cluster or no user", kubeconfig.display()).into());
        };
        let mut roots = rustls::RootCertStore::empty();
        for certificate in certificates(&cluster.cluster.certificate_authority_data)? {
            roots.add(certificate)?;
        }
        let chain = certificates(&user.user.client_certificate_data)?;
        let key = PrivateKeyDer::from_pem_slice(&decode(&user.user.client_key_data)?)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_root_certificates(roots)
            .with_client_auth_cert(chain, key)?;
        let speaking = |protocol: &[u8]| {
            let mut config = config.clone();
            config.alpn_protocols = vec![protocol.to_vec()];
            TlsConnector::from(Arc::new(config))
        };
        Ok(Self { port, http1: speaking(b"http/1.1"), http2: speaking(b"h2") })
    }

    /// Opens a connection; its driver runs on the current runtime until the connection is dropped.
    pub(crate) async fn connect(&self, protocol: Protocol) -> Result<Connection, Failure> {
        let stream = TcpStream::connect((HOST, self.port)).await?;
        stream.set_nodelay(true)?;
        let stream = BufReader::with_capacity(READ, stream);
        let connector = match protocol {
            Protocol::Http1 => &self.http1,
            Protocol::Http2 => &self.http2,
        };
        let stream = connector.connect(ServerName::try_from(HOST)?, stream).await?;
        let stream = TokioIo::new(stream);
        // What ends a connection shows in the requests on it.
        match protocol {
            Protocol::Http1 => {
                let (sender, driver) = http1::handshake(stream).await?;
                tokio::spawn(async { driver.await.ok() });
                Ok(Connection::Http1(sender))
            }
            Protocol::Http2 => {
                let (sender, driver) = http2::Builder::new(TokioExecutor::new())
                    .initial_stream_window_size(STREAM_WINDOW)
                    .initial_connection_window_size(CONNECTION_WINDOW)
                    .handshake(stream)
                    .await?;
                tokio::spawn(async { driver.await.ok() });
                Ok(Connection::Http2(sender))
            }
        }
    }

    /// A request for a path of this server.
    pub(crate) fn request(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("https://{HOST}:{}{path}", self.port))
            .header("host", format!("{HOST}:{}", self.port))
            .header("user-agent", "pintle-bench/v1 (linux/amd64)")
    }
}

impl Connection {
    /// Another handle of an h2 connection; an HTTP/1.1 connection has one request at a time.
    pub(crate) fn share(&self) -> Option<Self> {
        match self {
            Self::Http1(_) => None,
            Self::Http2(sender) => Some(Self::Http2(sender.clone())),
        }
    }

    /// Sends a request; the answer's body is still to come.
    pub(crate) async fn send(
        &mut self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, Failure> {
        match self {
            Self::Http1(sender) => {
                let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
                *request.uri_mut() = path.parse()?;
                sender.ready().await?;
                Ok(sender.send_request(request).await?)
            }
            Self::Http2(sender) => {
                request.headers_mut().remove("host");
                sender.ready().await?;
                Ok(sender.send_request(request).await?)
            }
        }
    }

    /// Sends a request and returns the answer's code and whole body.
    pub(crate) async fn fetch(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<(u16, Bytes), Failure> {
        let answer = self.send(request).await?;
        let code = answer.status().as_u16();
        Ok((code, answer.into_body().collect().await?.to_bytes()))
    }
}

fn decode(data: &str) -> Result<Vec<u8>, Failure> {
    Ok(base64::engine::general_purpose::STANDARD.decode(data)?)
}

fn certificates(data: &str) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&decode(data)?).collect();
    Ok(chain?)
}
