//! What the server does to its own API once it is up: the post-start hooks.

mod authentication_info;
mod identity;
mod identity_garbage;
mod kubernetes_service;
mod namespaces;
mod objects;
pub mod rbac;
mod server_leases;

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{Method, Request};
use parking_lot::Mutex;
use pintle_component::health::Checks;
use pintle_component::serving::Connection;
use pintle_component::signals::Stop;
use pintle_engine::Enabled;
use pintle_machinery::Value;
use pintle_machinery::time::Time;
use tokio::task::JoinSet;

use crate::body;
use crate::server::Server;

pub use authentication_info::AuthenticationInfo;
pub use server_leases::ServerLeases;

/// Why a hook has not done its work yet.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server refused a request.
    #[error("{method} {path}: {code}: {message}")]
    Refused {
        /// Method.
        method: Method,
        /// Path.
        path: String,
        /// HTTP code.
        code: u16,
        /// Message of the status.
        message: String,
    },
    /// The answer could not be read.
    #[error("{0}: unreadable answer")]
    Unreadable(String),
    /// The object changed under every attempt.
    #[error("{0}: too many conflicts")]
    Contended(String),
    /// The options contradict each other.
    #[error("{0}")]
    Config(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] pintle_storage::Error),
}

/// A client of the server within the server: it goes through the whole request chain, with a token
/// that only this process knows.
#[derive(Clone, Debug)]
pub struct Loopback {
    server: Arc<Server>,
    token: String,
    connection: Arc<Connection>,
}

impl Loopback {
    /// A client of `server`.
    pub fn new(server: Arc<Server>) -> Self {
        let here = SocketAddr::from(([127, 0, 0, 1], 0));
        let connection = Connection { peer: here, local: here, client_certificates: Arc::from([]) };
        let token = server.authenticator().config().loopback_token.clone();
        Self { server, token, connection: Arc::new(connection) }
    }

    /// What time it is for the server.
    fn now(&self) -> Time {
        let now = self.server.clock().now_milliseconds();
        let nanoseconds = u32::try_from(now.rem_euclid(1000)).unwrap_or(0) * 1_000_000;
        Time::new(now.div_euclid(1000), nanoseconds)
    }

    /// Reads an object; `None` if it does not exist.
    pub async fn get(&self, path: &str) -> Result<Option<Value>, Error> {
        match self.call(Method::GET, path, None).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::Refused { code: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes an object.
    pub async fn post(&self, path: &str, object: &Value) -> Result<Value, Error> {
        self.call(Method::POST, path, Some(object)).await
    }

    /// Replaces an object.
    pub async fn put(&self, path: &str, object: &Value) -> Result<Value, Error> {
        self.call(Method::PUT, path, Some(object)).await
    }

    /// Applies a part of an object, whoever else owns its fields.
    pub async fn apply(&self, path: &str, manager: &str, object: &Value) -> Result<Value, Error> {
        let path = format!("{path}?fieldManager={manager}&force=true");
        self.send(Method::PATCH, &path, Some(object), APPLY).await
    }

    /// Deletes an object.
    pub async fn delete(&self, path: &str) -> Result<Value, Error> {
        self.call(Method::DELETE, path, None).await
    }

    /// Makes an object unless it is there.
    pub async fn ensure(&self, collection: &str, object: &Value) -> Result<(), Error> {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        if self.get(&format!("{collection}/{name}")).await?.is_some() {
            return Ok(());
        }
        match self.post(collection, object).await {
            Ok(_) | Err(Error::Refused { code: 409, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        object: Option<&Value>,
    ) -> Result<Value, Error> {
        self.send(method, path, object, "application/json").await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        object: Option<&Value>,
        media_type: &str,
    ) -> Result<Value, Error> {
        let bytes =
            object.map_or_else(Bytes::new, |object| pintle_machinery::json::to_vec(object).into());
        let mut request = Request::new(body::full(bytes));
        *request.method_mut() = method.clone();
        *request.uri_mut() = path.parse().map_err(|_| Error::Unreadable(path.to_owned()))?;
        let agent = format!("{}/loopback", pintle_component::version::user_agent("kube-apiserver"));
        let headers = [
            (AUTHORIZATION, format!("Bearer {}", self.token)),
            (ACCEPT, "application/json".to_owned()),
            (HOST, "localhost".to_owned()),
            (USER_AGENT, agent),
            (CONTENT_TYPE, media_type.to_owned()),
        ];
        for (name, value) in headers {
            let value = value.parse().map_err(|_| Error::Unreadable(path.to_owned()))?;
            request.headers_mut().insert(name, value);
        }
        let response = self.server.handle(&self.connection, request).await;
        let code = response.status().as_u16();
        let text = body::read(response.into_body(), usize::MAX)
            .await
            .map_err(|_| Error::Unreadable(path.to_owned()))?;
        let value: Value = serde_json::from_slice(&text)
            .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&text).trim()));
        if (200..300).contains(&code) {
            return Ok(value);
        }
        let message = value["message"].as_str().or(value.as_str()).unwrap_or_default().to_owned();
        Err(Error::Refused { method, path: path.to_owned(), code, message })
    }
}

/// Which hooks have finished.
#[derive(Clone, Debug, Default)]
pub struct Hooks(Arc<Mutex<BTreeSet<&'static str>>>);

/// Media type of an apply.
const APPLY: &str = "application/apply-patch+yaml";

/// Hooks in stock's order, as far as their work exists here.
const HOOKS: &[&str] = &[
    "start-apiserver-admission-initializer",
    "generic-apiserver-start-informers",
    "start-system-namespaces-controller",
    "peer-endpoint-reconciler-controller",
    "start-cluster-authentication-info-controller",
    "start-kube-apiserver-identity-lease-controller",
    "start-kube-apiserver-identity-lease-garbage-collector",
    "storage-readiness",
    "start-legacy-token-tracking-controller",
    "start-service-ip-repair-controllers",
    "rbac/bootstrap-roles",
    "scheduling/bootstrap-system-priority-classes",
    "priority-and-fairness-config-producer",
    "bootstrap-controller",
    "start-kubernetes-service-cidr-controller",
    "kube-apiserver-autoregistration",
];

impl Hooks {
    /// Adds one check for each hook; none fails while hooks are spared
    /// (`server.delayedHealthCheck`).
    pub fn register(
        &self,
        checks: &Checks,
        spared: impl Fn() -> bool + Clone + Send + Sync + 'static,
    ) {
        for name in HOOKS {
            let (hooks, spared) = (self.clone(), spared.clone());
            checks.add(format!("poststarthook/{name}"), move || {
                let done = spared() || hooks.0.lock().contains(name);
                if done { Ok(()) } else { Err("not finished".into()) }
            });
        }
    }

    /// A hook has finished.
    pub fn finish(&self, name: &'static str) {
        self.0.lock().insert(name);
    }

    /// All hooks have finished.
    pub fn finished(&self) -> bool {
        let done = self.0.lock();
        HOOKS.iter().all(|name| done.contains(name))
    }
}

/// What the hooks need to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// `--advertise-address`.
    pub advertise_address: IpAddr,
    /// `--secure-port`.
    pub port: u16,
    /// `--service-cluster-ip-range`: one or two ranges.
    pub service_ranges: Vec<String>,
    /// First address of the first range.
    pub service_address: IpAddr,
    /// What is served: hooks for anything else have nothing to do.
    pub enabled: Enabled,
    /// `--endpoint-reconciler-type` is not `none`.
    pub reconcile_endpoints: bool,
    /// Servers behind the service.
    pub servers: ServerLeases,
    /// Servers as they reach each other.
    pub peers: ServerLeases,
    /// What delegated authenticators are to know.
    pub authentication: AuthenticationInfo,
    /// Host name.
    pub hostname: String,
    /// UUID of this process.
    pub instance: String,
}

/// Starts every hook; answers when all that must end before a clean stop have ended.
pub async fn run(server: Loopback, config: Config, hooks: Hooks, stop: Stop) {
    let config = Arc::new(config);
    // What these stand for was done before the server listened.
    hooks.finish("start-apiserver-admission-initializer");
    hooks.finish("generic-apiserver-start-informers");
    hooks.finish("storage-readiness");
    // It is done as soon as the collector runs.
    hooks.finish(identity_garbage::HOOK);
    hooks.finish("start-service-ip-repair-controllers");
    // What the other hooks make lives in these; whatever fails here is tried again below.
    if let Err(error) = namespaces::ensure(&server).await {
        tracing::warn!(err = %error, "Failed to make the system namespaces");
    }
    if config.enabled.has_version("networking.k8s.io", "v1")
        && let Err(error) = kubernetes_service::ensure_range(&server, &config).await
    {
        tracing::warn!(err = %error, "Failed to make the range of service addresses");
    }
    let mut tasks = JoinSet::new();
    let every = Every { server, hooks, stop };
    tasks.spawn(every.clone().repeat(
        "start-system-namespaces-controller",
        Duration::from_mins(1),
        |server| async move { namespaces::ensure(&server).await },
    ));
    let given = config.clone();
    tasks.spawn(every.clone().repeat(
        "start-cluster-authentication-info-controller",
        Duration::from_mins(1),
        move |server| {
            let config = given.clone();
            async move { authentication_info::ensure(&server, &config.authentication).await }
        },
    ));
    identify(&every, &config, &mut tasks);
    tasks.spawn(
        every.clone().once("start-legacy-token-tracking-controller", |server| async move {
            authentication_info::track_legacy_tokens(&server).await
        }),
    );
    ensure_defaults(&every, &config.enabled, &mut tasks);
    if config.enabled.has_version("networking.k8s.io", "v1") {
        let given = config.clone();
        tasks.spawn(every.clone().repeat(
            "start-kubernetes-service-cidr-controller",
            Duration::from_secs(10),
            move |server| {
                let config = given.clone();
                async move { kubernetes_service::ensure_range(&server, &config).await }
            },
        ));
    } else {
        every.hooks.finish("start-kubernetes-service-cidr-controller");
    }
    tasks.spawn(kubernetes_service::run(every, config));
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended {
            tracing::error!(err = %error, "A post-start hook panicked");
        }
    }
}

/// Makes this server known to its peers, and forgets those that are gone.
fn identify(every: &Every, config: &Arc<Config>, tasks: &mut JoinSet<()>) {
    let config = config.clone();
    tasks.spawn(every.clone().repeat(
        "start-kube-apiserver-identity-lease-controller",
        Duration::from_secs(10),
        move |server| {
            let config = config.clone();
            async move { identity::renew(&server, &config).await }
        },
    ));
    tasks.spawn(every.clone().repeat(
        identity_garbage::HOOK,
        identity_garbage::PERIOD,
        |server| async move { identity_garbage::collect(&server).await },
    ));
}

/// Makes what every cluster begins with: roles, priorities, flow control, API services.
fn ensure_defaults(every: &Every, enabled: &Enabled, tasks: &mut JoinSet<()>) {
    if enabled.has_version("rbac.authorization.k8s.io", "v1") {
        tasks.spawn(
            every.clone().once("rbac/bootstrap-roles", |server| async move {
                rbac::reconcile(&server).await
            }),
        );
    } else {
        every.hooks.finish("rbac/bootstrap-roles");
    }
    for (hook, kinds) in objects::BY_HOOK {
        if !kinds.iter().all(|(_, collection)| is_served(enabled, collection)) {
            every.hooks.finish(hook);
            continue;
        }
        tasks.spawn(
            every
                .clone()
                .once(hook, move |server| async move { objects::ensure(&server, kinds).await }),
        );
    }
}

/// The group version of a collection is served.
fn is_served(enabled: &Enabled, collection: &str) -> bool {
    let mut parts = collection.trim_start_matches("/apis/").split('/');
    enabled.has_version(parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// How hooks are run: tried again until they succeed, and then ever so often.
#[derive(Clone)]
pub(crate) struct Every {
    server: Loopback,
    hooks: Hooks,
    stop: Stop,
}

impl Every {
    async fn once<F, R>(mut self, name: &'static str, work: F)
    where
        F: Fn(Loopback) -> R,
        R: Future<Output = Result<(), Error>>,
    {
        self.until_done(name, &work).await;
    }

    async fn repeat<F, R>(mut self, name: &'static str, period: Duration, work: F)
    where
        F: Fn(Loopback) -> R,
        R: Future<Output = Result<(), Error>>,
    {
        if !self.until_done(name, &work).await {
            return;
        }
        loop {
            tokio::select! {
                () = self.stop.wait() => return,
                () = tokio::time::sleep(period) => {}
            }
            if let Err(error) = work(self.server.clone()).await {
                tracing::error!(hook = name, err = %error, "Failed to reconcile");
            }
        }
    }

    /// Waits until `/readyz` is fine. False if the stop came first.
    async fn until_ready(&mut self) -> bool {
        while self.server.server.readyz.root("readyz", false, &[]).code != 200 {
            tokio::select! {
                () = self.stop.wait() => return false,
                () = tokio::time::sleep(Duration::from_millis(100)) => {}
            }
        }
        true
    }

    /// False if the stop came first.
    async fn until_done<F, R>(&mut self, name: &'static str, work: &F) -> bool
    where
        F: Fn(Loopback) -> R,
        R: Future<Output = Result<(), Error>>,
    {
        let mut pause = Duration::from_millis(20);
        loop {
            match work(self.server.clone()).await {
                Ok(()) => {
                    self.hooks.finish(name);
                    return true;
                }
                Err(error) => {
                    tracing::warn!(hook = name, err = %error, "Post-start hook will be tried again");
                }
            }
            tokio::select! {
                () = self.stop.wait() => return false,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(Duration::from_secs(2));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn a_hook_is_spared_for_a_while() {
        let (hooks, checks) = (Hooks::default(), Checks::default());
        let grace = Arc::new(AtomicBool::new(true));
        let spared = grace.clone();
        hooks.register(&checks, move || spared.load(Ordering::Relaxed));
        assert_eq!(checks.root("livez", false, &[]).code, 200);
        grace.store(false, Ordering::Relaxed);
        let answer = checks.root("livez", false, &[]);
        assert_eq!((answer.code, answer.failed.len()), (500, HOOKS.len()));
        for hook in HOOKS {
            hooks.finish(hook);
        }
        assert_eq!(checks.root("livez", false, &[]).code, 200);
    }
}
