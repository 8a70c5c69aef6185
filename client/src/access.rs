//! Makes clients: over TLS from a kubeconfig, or in process.

use std::sync::Arc;

use http::{Request, Response};
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use tower::{BoxError, Service};

use crate::{Client, ServiceAccountToken};

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The kubeconfig cannot be read or is wrong.
    #[error("{0}")]
    Kubeconfig(#[from] kube::config::KubeconfigError),
    /// The configuration around the process is missing.
    #[error("{0}")]
    Environment(#[from] kube::config::InferConfigError),
    /// The address is no URL.
    #[error("invalid server address {0:?}")]
    Address(String),
    /// The certificates or keys cannot be used.
    #[error("{0}")]
    Transport(#[from] kube::Error),
}

/// A part's access to one API server: as itself, and as service accounts.
#[derive(Clone)]
pub struct Access {
    own: Client,
    anonymous: Client,
}

/// An apiserver in the same process, entered by the same door as its listener.
pub trait InProcess:
    Service<Request<Body>, Error: Into<BoxError>, Future: Send + 'static> + Send + 'static
{
}

impl<S> InProcess for S where
    S: Service<Request<Body>, Error: Into<BoxError>, Future: Send + 'static> + Send + 'static
{
}

impl Access {
    /// From a kubeconfig file (the current context), with `--master` over its server if given; from
    /// the pod's own account when neither is named.
    pub async fn from_kubeconfig(
        path: Option<&str>,
        master: Option<&str>,
        user_agent: &str,
    ) -> Result<Self, AccessError> {
        let options = KubeConfigOptions::default();
        let mut config = match (path, master) {
            (Some(path), _) => {
                let file = Kubeconfig::read_from(path)?;
                kube::Config::from_custom_kubeconfig(file, &options).await?
            }
            (None, Some(master)) => kube::Config::new(parse(master)?),
            (None, None) => kube::Config::infer().await?,
        };
        if let Some(master) = master {
            config.cluster_url = parse(master)?;
        }
        // A refusal is the caller's to judge: leases and queues have their own pace of retries.
        config.default_retry = false;
        Self::from_config(config, user_agent)
    }

    /// From a configuration made elsewhere.
    pub fn from_config(config: kube::Config, user_agent: &str) -> Result<Self, AccessError> {
        let mut bare = config.clone();
        bare.auth_info = kube::config::AuthInfo::default();
        let own = kube::Client::try_from(config)?;
        let anonymous = kube::Client::try_from(bare)?;
        Ok(Self::from_clients(own, anonymous, user_agent))
    }

    /// From two transports: one that carries the part's own credentials and one that carries none.
    pub fn from_clients(own: kube::Client, anonymous: kube::Client, user_agent: &str) -> Self {
        Self { own: Client::new(own, user_agent), anonymous: Client::new(anonymous, user_agent) }
    }

    /// Over an apiserver in this process: `own` is a connection with the part's credentials,
    /// `anonymous` one without any, over which service accounts speak.
    pub fn in_process<S, B>(own: S, anonymous: S, user_agent: &str) -> Self
    where
        S: InProcess + Service<Request<Body>, Response = Response<B>>,
        B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::from_clients(
            kube::Client::new(own, "default"),
            kube::Client::new(anonymous, "default"),
            user_agent,
        )
    }

    /// The part's own client.
    pub fn client(&self) -> &Client {
        &self.own
    }

    /// A client that speaks as a service account of `kube-system`, by tokens that it asks for
    /// itself.
    pub fn service_account(&self, name: &str) -> Client {
        let token = ServiceAccountToken::new(self.own.clone(), "kube-system", name);
        self.anonymous
            .named(&format!("system:serviceaccount:kube-system:{name}"))
            .with_token(Arc::new(token))
    }
}

fn parse(address: &str) -> Result<http::Uri, AccessError> {
    address.parse().map_err(|_| AccessError::Address(address.into()))
}
