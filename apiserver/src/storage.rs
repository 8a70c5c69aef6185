//! Where the objects are: the stores that the flags name, how they are, and their compaction.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use pintle_component::metrics::Registry as Metrics;
use pintle_component::signals::Stop;
use pintle_storage::etcd::{self, Compactor};
use pintle_storage::{EmbeddedStore, EtcdStore, Store, Transformed, Transformer, embedded};
use tokio::time::{sleep, timeout};

use crate::registry::Registry;
use crate::storage_metrics::{Families, Measured, ResourceMetrics};

/// What the flags say about storage.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the embedded store; without one, objects are in etcd.
    pub directory: Option<PathBuf>,
    /// Size at which the embedded store refuses to grow.
    pub quota_bytes: Option<u64>,
    /// How etcd is reached.
    pub etcd: etcd::Options,
    /// Resources that are in an etcd of their own.
    pub overrides: Vec<Override>,
    /// What keys begin with.
    pub prefix: String,
    /// Everything is stored as JSON.
    pub as_json: bool,
    /// How often to compact; zero for never.
    pub compaction_interval: Duration,
    /// How often objects are counted, if not zero.
    pub count_interval: Duration,
    /// How often the size of etcd's database is asked for, if not zero.
    pub size_interval: Duration,
    /// How long a store may take to answer the check `etcd`.
    pub healthcheck_timeout: Duration,
    /// How long a store may take to answer the check `etcd-readiness`.
    pub readycheck_timeout: Duration,
    /// How long events are kept.
    pub event_ttl: Duration,
    /// How long a lease is used for new objects.
    pub lease_reuse: Duration,
}

/// A resource that is in an etcd of its own (`--etcd-servers-overrides`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Group.
    pub group: String,
    /// Plural.
    pub resource: String,
    /// Endpoints.
    pub servers: Vec<String>,
}

impl Override {
    /// Reads `group/resource#server;server` (`options.ParseEtcdServersOverrides`).
    pub fn parse(text: &str) -> Result<Self, String> {
        let malformed = || {
            "--etcd-servers-overrides invalid, must be of format: group/resource#servers, where \
             servers are URLs, semicolon separated"
                .to_owned()
        };
        let split = |text: &str, by: char| {
            let (before, after) = text.split_once(by).filter(|(_, after)| !after.contains(by))?;
            Some((before.to_owned(), after.to_owned()))
        };
        let (name, servers) = split(text, '#').ok_or_else(malformed)?;
        let (group, resource) = split(&name, '/').ok_or_else(malformed)?;
        let servers: Vec<String> = servers.split(';').map(str::to_owned).collect();
        if servers.iter().any(String::is_empty) {
            return Err(malformed());
        }
        Ok(Self { group, resource, servers })
    }
}

/// A store besides the main one, and what is in it.
#[derive(Clone)]
struct Other {
    resources: Vec<(String, String)>,
    store: Arc<dyn Store>,
}

/// How the values of a resource, by group and plural, are stored, unless as they are.
pub type TransformerOf = fn(&str, &str) -> Option<Arc<dyn Transformer>>;

/// The stores of a server.
#[derive(Clone)]
pub struct Stores {
    main: Arc<dyn Store>,
    others: Vec<Other>,
    etcds: Vec<EtcdStore>,
    embedded: Option<Arc<EmbeddedStore>>,
    transformer: Option<TransformerOf>,
    metrics: Option<Arc<Families>>,
}

impl From<Arc<dyn Store>> for Stores {
    fn from(main: Arc<dyn Store>) -> Self {
        Self {
            main,
            others: Vec::new(),
            etcds: Vec::new(),
            embedded: None,
            transformer: None,
            metrics: None,
        }
    }
}

impl Stores {
    /// Opens what the flags name.
    pub async fn open(config: &Config) -> Result<Self, pintle_storage::Error> {
        if let Some(directory) = &config.directory {
            let quota_bytes = config.quota_bytes;
            let writer = program();
            let options = embedded::Options { quota_bytes, writer, ..embedded::Options::default() };
            let store = Arc::new(EmbeddedStore::open(directory, options)?);
            let embedded = Some(store.clone());
            return Ok(Self { embedded, ..Self::from(store as Arc<dyn Store>) });
        }
        let main = EtcdStore::connect(config.etcd.clone()).await?;
        let mut etcds = vec![main.clone()];
        let mut others: Vec<(Vec<String>, Other)> = Vec::new();
        for given in &config.overrides {
            let resource = (given.group.clone(), given.resource.clone());
            let mut servers = given.servers.clone();
            servers.sort();
            if let Some((_, known)) = others.iter_mut().find(|(known, _)| *known == servers) {
                known.resources.push(resource);
                continue;
            }
            let endpoints = given.servers.clone();
            let options = etcd::Options { endpoints, ..config.etcd.clone() };
            let store = EtcdStore::connect(options).await?;
            etcds.push(store.clone());
            let store = Arc::new(store);
            others.push((servers, Other { resources: vec![resource], store }));
        }
        let others = others.into_iter().map(|(_, other)| other).collect();
        let stores = Self::from(Arc::new(main) as Arc<dyn Store>);
        Ok(Self { others, etcds, ..stores })
    }

    /// Closes what this process alone has open; it is about to end.
    pub fn close(&self) {
        if let Some(store) = &self.embedded {
            store.close();
        }
    }

    /// Stores the values of some resources otherwise than as they are.
    pub fn transformed(self, transformer: TransformerOf) -> Self {
        Self { transformer: Some(transformer), ..self }
    }

    /// Counts what is done.
    pub fn measured(self, metrics: &Metrics) -> Self {
        Self { metrics: Some(Families::new(metrics)), ..self }
    }

    /// The metrics of a resource, if they are counted.
    pub(crate) fn metrics_of(&self, group: &str, plural: &str) -> Option<Arc<ResourceMetrics>> {
        Some(self.metrics.as_ref()?.of(group, plural))
    }

    /// The main store for what the servers tell each other in it, by upstream's name for that.
    pub fn of_servers(&self, name: &str) -> Arc<dyn Store> {
        self.counted(self.main(), "", name)
    }

    /// An etcd, with calls counted.
    fn counted(&self, store: &Arc<dyn Store>, group: &str, resource: &str) -> Arc<dyn Store> {
        match self.metrics_of(group, resource) {
            Some(metrics) if !self.etcds.is_empty() => {
                Arc::new(Measured::new(Arc::clone(store), metrics))
            }
            _ => Arc::clone(store),
        }
    }

    /// The store of a resource as it is read and written: with values as they are before they are
    /// stored. What is stored as it is and not counted passes through nothing.
    pub fn plain(&self, group: &str, plural: &str) -> Arc<dyn Store> {
        let store = self.counted(self.of(group, plural), group, plural);
        match self.transformer.and_then(|transformer| transformer(group, plural)) {
            Some(transformer) => Arc::new(Transformed::new(store, transformer)),
            None => store,
        }
    }

    /// The store of everything that has none of its own.
    pub fn main(&self) -> &Arc<dyn Store> {
        &self.main
    }

    /// The stores that are etcds: the main one and the others.
    pub fn etcds(&self) -> &[EtcdStore] {
        &self.etcds
    }

    /// The store of a resource.
    pub fn of(&self, group: &str, plural: &str) -> &Arc<dyn Store> {
        let holds = |other: &&Other| {
            other.resources.iter().any(|(known, resource)| known == group && resource == plural)
        };
        self.others.iter().find(holds).map_or(&self.main, |other| &other.store)
    }

    fn all(&self) -> impl Iterator<Item = &Arc<dyn Store>> {
        std::iter::once(&self.main).chain(self.others.iter().map(|other| &other.store))
    }

    /// Starts to look after the stores; answers the checks of `/healthz`, `/livez` and `/readyz`
    /// (`options.EtcdOptions.addEtcdHealthEndpoint`).
    pub fn checks(&self, config: &Config, stop: &Stop) -> Vec<Check> {
        let mut checks = Vec::new();
        for (number, store) in self.all().enumerate() {
            let name = |first: &str, other: &str| match number.checked_sub(1) {
                None => first.to_owned(),
                Some(number) => format!("{other}-{number}"),
            };
            checks.push(Check {
                name: name("etcd", "etcd-override"),
                readiness: false,
                pulse: Pulse::follow(store, config.healthcheck_timeout, stop),
            });
            checks.push(Check {
                name: name("etcd-readiness", "etcd-override-readiness"),
                readiness: true,
                pulse: Pulse::follow(store, config.readycheck_timeout, stop),
            });
        }
        checks
    }

    /// Compacts every store now and then until the stop, and tells the caches above it.
    pub fn compact(&self, interval: Duration, registry: &Arc<Registry>, stop: &Stop) {
        if interval.is_zero() {
            return;
        }
        for store in self.all() {
            tokio::spawn(compact(store.clone(), registry.clone(), interval, stop.clone()));
        }
    }
}

/// A check of a store.
#[derive(Clone, Debug)]
pub struct Check {
    /// Name.
    pub name: String,
    /// It is only part of `/readyz`.
    pub readiness: bool,
    /// What it says.
    pub pulse: Pulse,
}

/// What a store said last. It is asked twice in the time that it may take to answer.
#[derive(Clone, Debug)]
pub struct Pulse(Arc<Mutex<Result<(), String>>>);

impl Pulse {
    fn follow(store: &Arc<dyn Store>, limit: Duration, stop: &Stop) -> Self {
        let last = Arc::new(Mutex::new(Ok(())));
        let (pulse, store, mut stop) = (Self(last.clone()), store.clone(), stop.clone());
        tokio::spawn(async move {
            loop {
                let failed = |reason: String| format!("error getting data from etcd: {reason}");
                let answer = match timeout(limit, store.health()).await {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(error)) => Err(failed(error.to_string())),
                    Err(_) => Err(failed("context deadline exceeded".into())),
                };
                *last.lock() = answer;
                tokio::select! {
                    () = stop.wait() => return,
                    () = sleep(limit / 2) => {}
                }
            }
        });
        pulse
    }

    /// Fine, or why not.
    pub fn read(&self) -> Result<(), String> {
        self.0.lock().clone()
    }
}

/// Names the running program: another may know other defaults. None if the system does not tell.
fn program() -> Option<i64> {
    let file = std::fs::metadata("/proc/self/exe").ok()?;
    let mut name = DefaultHasher::new();
    (file.len(), file.modified().ok()?, file.created().ok()?).hash(&mut name);
    Some(name.finish().cast_signed())
}

/// Forgets history that every watcher has had time to see.
async fn compact(
    store: Arc<dyn Store>,
    registry: Arc<Registry>,
    interval: Duration,
    mut stop: Stop,
) {
    let mut compactor = Compactor::new(store.clone());
    loop {
        tokio::select! {
            () = stop.wait() => return,
            () = sleep(interval) => {}
        }
        match compactor.round().await {
            Ok(Some(revision)) => registry.compacted(&store, revision),
            Ok(None) => {}
            Err(error) => tracing::error!(err = %error, "Failed to compact"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str, &[&str])>) {
        let parsed = Override::parse(text).ok();
        let expected = expected.map(|(group, resource, servers)| Override {
            group: group.into(),
            resource: resource.into(),
            servers: servers.iter().map(|server| (*server).to_owned()).collect(),
        });
        assert_eq!(parsed, expected, "{text}");
    }

    #[test]
    fn overrides_name_a_resource_and_its_servers() {
        check("/events#http://e:1", Some(("", "events", &["http://e:1"])));
        check("apps/deployments#e:1;e:2", Some(("apps", "deployments", &["e:1", "e:2"])));
        check("events#http://e:1", None);
        check("/events", None);
        check("/events#", None);
        check("/events#e:1#e:2", None);
    }
}
