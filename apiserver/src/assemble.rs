//! A server put together from options and a store.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use pintle_component::host;
use pintle_component::metrics::{Registry as Metrics, register_process};
use pintle_component::pki::{self, PrivateKey, PublicKey};
use pintle_component::serving::tls;
use pintle_component::serving::{self, Limits};
use pintle_component::signals::Stop;
use pintle_component::zpages::Pages;
use pintle_engine::admission::Plugin;
use pintle_storage::Clock;
use pintle_storage::cache::{CacheError, CacheOptions};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::authn::{self, Authenticator, ClientAuthority, FrontProxy, ServiceAccounts, TokenFile};
use crate::authz::Authorizer;
use crate::bootstrap::{self, AuthenticationInfo, Hooks, Loopback, ServerLeases};
use crate::connect;
use crate::options::{Authentication, Options};
use crate::registry::{Layout, Registry};
use crate::reserve::{self, PortError, PortRange, Ports, Services};
use crate::rest::Rest;
use crate::server::{self, Parts, Server};
use crate::storage::Stores;
use crate::storage_metrics;
use crate::token_tracking;

/// How long requests in flight may take to end once the server stops.
const GRACE: Duration = Duration::from_secs(2);
/// How long the caches may take to fill.
const CACHES: Duration = Duration::from_mins(1);

/// Paths that `/statusz` names.
const DEBUGGING: &[&str] =
    &["/flagz", "/healthz", "/livez", "/metrics", "/readyz", "/statusz", "/version"];

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A certificate or key is missing or malformed.
    #[error(transparent)]
    Pki(#[from] pki::Error),
    /// The static tokens are malformed.
    #[error(transparent)]
    TokenFile(#[from] authn::token_file::Error),
    /// The serving certificate does not fit.
    #[error(transparent)]
    Tls(#[from] tls::Error),
    /// The address cannot be listened on.
    #[error("failed to create listener: failed to listen on {address}: {source}")]
    Listen {
        /// Address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// A plugin of the command line does not exist.
    #[error("{flag} plugin {name:?} is unknown")]
    Plugin {
        /// Flag.
        flag: &'static str,
        /// Name.
        name: String,
    },
    /// The store does not answer.
    #[error("caches could not be filled from the store: {0}")]
    Store(#[from] CacheError),
    /// The rules of connections to pods and services do not hold together.
    #[error(transparent)]
    Backend(#[from] connect::backend::TlsError),
    /// The ports of services cannot be taken note of.
    #[error("unable to perform initial node port check: {0}")]
    Ports(#[from] PortError),
}

/// A server that listens.
#[derive(Debug)]
pub struct Running {
    /// The server, for in-process transports.
    pub server: Arc<Server>,
    /// Where it listens.
    pub address: SocketAddr,
    /// The hooks have done their work once this says so.
    pub hooks: Hooks,
    serving: JoinHandle<()>,
}

impl Running {
    /// Waits until the server has stopped.
    pub async fn wait(self) {
        if let Err(error) = self.serving.await {
            tracing::error!(err = %error, "The server panicked");
        }
    }
}

/// A server that is being put together.
pub type Starting = Pin<Box<dyn Future<Output = Result<Running, Error>> + Send>>;

/// Puts a server together and starts it; it ends some time after `stop`. The future is boxed here, so that
/// the code of all that it spawns is made in this crate, and once.
pub fn start(options: Options, stores: Stores, clock: Arc<dyn Clock>, stop: Stop) -> Starting {
    Box::pin(listen(options, stores, clock, stop))
}

async fn listen(
    options: Options,
    stores: Stores,
    clock: Arc<dyn Clock>,
    stop: Stop,
) -> Result<Running, Error> {
    let metrics = Metrics::new();
    let stores = stores.measured(&metrics);
    let listener = serving::bind(options.bind, options.share_port)
        .map_err(|source| Error::Listen { address: options.bind, source })?;
    let address = listener.local_addr().unwrap_or(options.bind);
    let tls = serving_certificate(&options, clock.as_ref())?;
    let (server, registry) = build(&options, &stores, clock.clone(), metrics, &stop).await?;
    let hooks = Hooks::default();
    for checks in [&server.healthz, &server.readyz] {
        hooks.register(checks, || false);
    }
    let grace = i64::try_from(options.livez_grace.as_millis()).unwrap_or(i64::MAX);
    let (until, time) = (clock.now_milliseconds().saturating_add(grace), clock.clone());
    hooks.register(&server.livez, move || time.now_milliseconds() <= until);
    server.finish_checks();
    let hooked = bootstrap_config(&options, address, &server, &stores);
    let tasks = Tasks { server: server.clone(), registry, stores, listener, tls, clock };
    let serving = tokio::spawn(tasks.run(options, hooked, hooks.clone(), stop));
    Ok(Running { server, address, hooks, serving })
}

/// What runs while the server serves.
struct Tasks {
    server: Arc<Server>,
    registry: Arc<Registry>,
    stores: Stores,
    listener: TcpListener,
    tls: Arc<tls::Reloading>,
    clock: Arc<dyn Clock>,
}

impl Tasks {
    async fn run(self, options: Options, config: bootstrap::Config, hooks: Hooks, mut stop: Stop) {
        let (stopper, listening) = Stop::new();
        let limits =
            Limits { max_streams: options.max_streams, http2: options.http2, ..Limits::default() };
        tokio::spawn(self.tls.clone().follow(stop.clone()));
        tokio::spawn(follow_authorities(self.server.clone(), stop.clone()));
        self.stores.compact(options.storage.compaction_interval, &self.registry, &stop);
        let served = tokio::spawn(serving::serve(
            self.listener,
            self.tls,
            limits,
            self.server.clone(),
            listening,
            GRACE,
        ));
        let loopback = Loopback::new(self.server.clone());
        tokio::spawn(token_tracking::follow(
            self.server.clone(),
            loopback.clone(),
            self.clock.clone(),
            stop.clone(),
        ));
        let bootstrapped = tokio::spawn(bootstrap::run(loopback, config, hooks, stop.clone()));
        tracing::info!(address = %options.bind, "Serving securely");
        stop.wait().await;
        self.server.begin_shutdown();
        tokio::time::sleep(options.shutdown_delay).await;
        // The endpoint goes away while the server still answers.
        if tokio::time::timeout(GRACE, bootstrapped).await.is_err() {
            tracing::warn!("The post-start hooks did not end in time");
        }
        stopper.stop();
        tracing::info!("Draining connections");
        if let Err(error) = served.await {
            tracing::error!(err = %error, "The listener panicked");
        }
        tracing::info!("Stopped listening");
        drop(self.registry);
    }
}

fn serving_certificate(options: &Options, clock: &dyn Clock) -> Result<Arc<tls::Reloading>, Error> {
    let files =
        tls::Files { certificate: options.tls_certificate.clone(), key: options.tls_key.clone() };
    if !options.tls_named && !tls::exist(&files.certificate, &files.key) {
        let host = options.advertise_address.to_string();
        let now = clock.now_milliseconds().div_euclid(1000);
        let (certificate, key) = tls::self_signed(&host, now)?;
        return Ok(tls::Reloading::fixed(&certificate, &key, options.http2)?);
    }
    Ok(tls::Reloading::from_files(files, options.http2)?)
}

/// The server without a listener.
async fn build(
    options: &Options,
    stores: &Stores,
    clock: Arc<dyn Clock>,
    metrics: Metrics,
    stop: &Stop,
) -> Result<(Arc<Server>, Arc<Registry>), Error> {
    let authenticator = Arc::new(Authenticator::new(authentication(&options.authentication)?));
    let authorizer = Arc::new(Authorizer::new(options.authorization.clone()));
    let caches = CacheOptions { clock: clock.clone(), ..CacheOptions::default() };
    let layout = Layout { prefix: &options.storage.prefix, as_json: options.storage.as_json };
    let rows = pintle_resources::RESOURCES;
    let registry = Registry::serving(stores.clone(), layout, rows, &caches, options.enabled);
    registry.wait_ready(CACHES).await?;
    server::watch::feed(authorizer.clone(), &registry).await;
    let mut rest = Rest::new(registry.clone(), clock.clone());
    rest.plugins = plugins(options)?;
    rest.event_ttl_seconds = i64::try_from(options.storage.event_ttl.as_secs()).ok();
    rest.lease_reuse_seconds = i64::try_from(options.storage.lease_reuse.as_secs()).unwrap_or(0);
    rest.toleration_seconds = options.toleration_seconds;
    rest.garbage_collection = options.garbage_collection;
    rest.delete_collection_workers = options.delete_collection_workers;
    rest.min_request_timeout_seconds = options.min_request_timeout_seconds;
    connect::register(&mut rest, &authenticator, &authorizer);
    let services = services(options, &rest).await?;
    reserve::register(&mut rest, services);
    let ranges = options.service_ranges.first();
    let family = if ranges.is_some_and(|range| range.contains(':')) { "IPv6" } else { "IPv4" };
    connect::register_streams(&mut rest, kubelets(options), family)?;
    let started = clock.now_milliseconds();
    register_process(&metrics, started as f64 / 1000.0);
    let often = (options.storage.count_interval, options.storage.size_interval);
    storage_metrics::register(&metrics, &registry, stores, often, stop);
    let host = if options.external_hostname.is_empty() {
        options.advertise_address.to_string()
    } else {
        options.external_hostname.clone()
    };
    let external_address = if host.contains(':') {
        format!("[{host}]:{}", options.bind.port())
    } else {
        format!("{host}:{}", options.bind.port())
    };
    let server = Server::new(Parts {
        backend: Arc::new(rest),
        authenticator,
        authorizer,
        clock,
        registry: metrics,
        external_address,
        jwks_uri: options.authentication.jwks_uri.clone(),
        storage: stores.checks(&options.storage, stop),
        flow: options.flow,
        request_timeout_seconds: options.request_timeout.as_secs(),
        goaway_chance: options.goaway_chance,
        compression: options.compression,
        enabled: options.enabled,
        pages: Pages {
            component: "apiserver",
            started: started.div_euclid(1000),
            flags: options.printed.clone(),
            paths: DEBUGGING.to_vec(),
        },
    });
    Ok((server, registry))
}

/// How kubelets are reached.
fn kubelets(options: &Options) -> connect::kubelet::Config {
    connect::kubelet::Config {
        authority: options.kubelet.authority.clone(),
        certificate: options.kubelet.certificate.clone(),
        key: options.kubelet.key.clone(),
        address_types: options.kubelet.address_types.clone(),
    }
}

/// What gives out addresses and ports of services.
async fn services(options: &Options, rest: &Rest) -> Result<Arc<Services>, Error> {
    let (base, size) = options.node_ports;
    let range = PortRange { base, size };
    let ports = Ports::new(rest.registry.store().clone(), &options.storage.prefix, range);
    let services = Services::new(&options.service_ranges, Arc::new(ports));
    services.repair(rest).await?;
    Ok(Arc::new(services))
}

/// The default plugins and those turned on, less those turned off.
fn plugins(options: &Options) -> Result<Vec<Plugin>, Error> {
    let table = pintle_admission::PLUGINS;
    let known = |name: &String| table.iter().any(|plugin| plugin.name == name) || upstream(name);
    let given = [
        ("enable-admission-plugins", &options.enabled_plugins),
        ("disable-admission-plugins", &options.disabled_plugins),
    ];
    for (flag, names) in given {
        if let Some(name) = names.iter().find(|name| !known(name)) {
            return Err(Error::Plugin { flag, name: name.clone() });
        }
    }
    let absent = options.enabled_plugins.iter().filter(|name| upstream(name));
    for name in absent.filter(|name| !table.iter().any(|plugin| plugin.name == name.as_str())) {
        tracing::warn!(plugin = name, "Admission plugin is not available in this build");
    }
    let on = |plugin: &&Plugin| {
        let named = |names: &[String]| names.iter().any(|name| name == plugin.name);
        named(&options.enabled_plugins) || plugin.default_on && !named(&options.disabled_plugins)
    };
    Ok(table.iter().filter(on).copied().collect())
}

/// Plugins that upstream knows, whether or not they are here.
fn upstream(name: &str) -> bool {
    pintle_admission::NAMES.contains(&name)
}

fn authentication(options: &Authentication) -> Result<authn::Config, Error> {
    let client_authority = options.client_authority.clone().map(ClientAuthority::from_file);
    let proxy_authority = options.proxy_authority.clone().map(ClientAuthority::from_file);
    let front_proxy = proxy_authority.transpose()?.map(|authority| FrontProxy {
        authority,
        allowed_names: options.proxy_names.clone(),
        username_headers: options.username_headers.clone(),
        uid_headers: options.uid_headers.clone(),
        group_headers: options.group_headers.clone(),
        extra_prefixes: options.extra_prefixes.clone(),
    });
    let signer = match &options.signing_key {
        Some(path) => Some(PrivateKey::from_pem(&pki::read(path)?)?),
        None => None,
    };
    let mut keys = Vec::new();
    for path in &options.key_files {
        keys.extend(PublicKey::all_from_pem(&pki::read(path)?)?);
    }
    let service_accounts = ServiceAccounts {
        issuers: options.issuers.clone(),
        keys,
        signer,
        api_audiences: options.api_audiences.clone(),
        max_expiration_seconds: options.max_expiration_seconds,
        extend_expiration: options.extend_expiration,
    };
    Ok(authn::Config {
        front_proxy,
        client_authority: client_authority.transpose()?,
        token_file: options.token_file.as_deref().map(TokenFile::load).transpose()?,
        service_accounts: (!options.issuers.is_empty()).then_some(service_accounts),
        bootstrap_tokens: options.bootstrap_tokens,
        anonymous: options.anonymous,
        api_audiences: options.api_audiences.clone(),
        loopback_token: format!("{}{}", uuid::Uuid::new_v4(), uuid::Uuid::new_v4()),
    })
}

fn bootstrap_config(
    options: &Options,
    address: SocketAddr,
    server: &Server,
    stores: &Stores,
) -> bootstrap::Config {
    let prefix = &options.storage.prefix;
    let config = server.authenticator().config();
    let pem = |authority: Option<&ClientAuthority>| {
        authority.map(ClientAuthority::pem).unwrap_or_default()
    };
    let proxy = config.front_proxy.as_ref();
    let authentication = &options.authentication;
    bootstrap::Config {
        advertise_address: options.advertise_address,
        port: address.port(),
        service_ranges: options.service_ranges.clone(),
        service_address: options.service_address,
        enabled: options.enabled,
        reconcile_endpoints: options.reconcile_endpoints,
        servers: ServerLeases::of_service(stores.of_servers("apiServerIPInfo"), prefix),
        peers: ServerLeases::of_peers(stores.of_servers("apiServerPeerIPInfo"), prefix),
        authentication: AuthenticationInfo {
            client_authority: pem(config.client_authority.as_ref()),
            proxy_authority: pem(proxy.map(|proxy| &proxy.authority)),
            allowed_names: authentication.proxy_names.clone(),
            username_headers: authentication.username_headers.clone(),
            uid_headers: authentication.uid_headers.clone(),
            group_headers: authentication.group_headers.clone(),
            extra_prefixes: authentication.extra_prefixes.clone(),
        },
        hostname: host::name(),
        instance: uuid::Uuid::new_v4().to_string(),
    }
}

/// Looks at the authorities' files every minute.
async fn follow_authorities(server: Arc<Server>, mut stop: Stop) {
    loop {
        tokio::select! {
            () = stop.wait() => return,
            () = tokio::time::sleep(Duration::from_mins(1)) => {}
        }
        let config = server.authenticator().config();
        let proxy = config.front_proxy.as_ref().map(|proxy| &proxy.authority);
        for authority in config.client_authority.iter().chain(proxy) {
            if let Err(error) = authority.refresh() {
                tracing::error!(err = %error, "Failed to reload client authorities");
            }
        }
    }
}
