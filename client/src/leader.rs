//! Leader election on a Lease (client-go `tools/leaderelection`).

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};
use tracing::{debug, error, info};

use crate::clock::micro_time;
use crate::events::Recorder;
use crate::{Client, Clock, Error, Resource};

const LEASES: Resource = Resource::namespaced("coordination.k8s.io", "v1", "Lease", "leases");
const JITTER: f64 = 1.2;

/// Which lock, and how it is held.
#[derive(Clone, Debug)]
pub struct Election {
    /// Namespace of the Lease.
    pub namespace: String,
    /// Name of the Lease.
    pub name: String,
    /// Who this candidate is; `<hostname>_<uuid>` upstream.
    pub identity: String,
    /// How long others wait after the last renewal seen.
    pub lease_duration: Duration,
    /// How long the holder tries to renew before it gives up.
    pub renew_deadline: Duration,
    /// The pace of attempts.
    pub retry_period: Duration,
}

impl Election {
    /// Upstream's times.
    pub fn new(namespace: &str, name: &str, identity: String) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
            identity,
            lease_duration: Duration::from_secs(15),
            renew_deadline: Duration::from_secs(10),
            retry_period: Duration::from_secs(2),
        }
    }
}

/// `<hostname>_<uuid>`, as upstream's parts call themselves.
pub fn default_identity(hostname: &str) -> String {
    format!("{hostname}_{}", uuid::Uuid::new_v4())
}

/// A candidate.
pub struct Elector {
    client: Client,
    election: Election,
    clock: Arc<dyn Clock>,
    recorder: Option<Recorder>,
    lease: Option<Value>,
    observed: (Value, Option<Instant>),
}

impl Elector {
    /// A candidate that has not looked at the lock yet.
    pub fn new(
        client: Client,
        election: Election,
        clock: Arc<dyn Clock>,
        recorder: Option<Recorder>,
    ) -> Self {
        Self { client, election, clock, recorder, lease: None, observed: (Value::Null, None) }
    }

    /// Waits until this candidate leads.
    pub async fn acquire(&mut self) {
        let lock = self.describe();
        info!(%lock, "Attempting to acquire leader lease...");
        while !self.attempt().await {
            debug!(%lock, "Failed to acquire lease");
            let jitter = 1.0 + JITTER * rand::random::<f64>();
            sleep(self.election.retry_period.mul_f64(jitter)).await;
        }
        self.record("became leader");
        info!(%lock, "Successfully acquired lease");
    }

    /// Renews until that fails for longer than the deadline: leadership is lost then.
    pub async fn renew(&mut self) {
        loop {
            let deadline = self.election.renew_deadline;
            let period = self.election.retry_period;
            let renewed = timeout(deadline, async {
                while !self.attempt().await {
                    sleep(period).await;
                }
            });
            if renewed.await.is_err() {
                let lock = self.describe();
                info!(%lock, "Failed to renew lease");
                self.record("stopped leading");
                return;
            }
            sleep(period).await;
        }
    }

    /// Gives the lock up, so that the next candidate need not wait.
    pub async fn release(&mut self) {
        if !self.leads() {
            return;
        }
        let now = micro_time(self.clock.now());
        let spec = json!({
            "holderIdentity": "", "leaseDurationSeconds": 1, "renewTime": now, "acquireTime": now,
            "leaseTransitions": self.observed.0.get("leaseTransitions").cloned()
                .unwrap_or(Value::from(0)),
        });
        let work = async {
            while let Err(error) = self.write(spec.clone()).await {
                if !error.is_conflict() || self.read().await.is_err() || !self.leads() {
                    error!(lock = %self.describe(), %error, "Failed to release lease");
                    return;
                }
            }
        };
        if timeout(Duration::from_secs(10), work).await.is_err() {
            error!("Failed to release lease in time");
        }
    }

    fn describe(&self) -> String {
        format!("{}/{}", self.election.namespace, self.election.name)
    }

    fn holder(&self) -> &str {
        self.observed.0.get("holderIdentity").and_then(Value::as_str).unwrap_or_default()
    }

    fn leads(&self) -> bool {
        self.holder() == self.election.identity
    }

    /// Validity counts from when this candidate saw the record, by its own clock: nobody else's
    /// clock is trusted.
    fn valid(&self) -> bool {
        let seconds = self.observed.0.get("leaseDurationSeconds").and_then(Value::as_u64);
        let duration = Duration::from_secs(seconds.unwrap_or(0));
        self.observed.1.is_some_and(|at| at + duration > Instant::now())
    }

    async fn attempt(&mut self) -> bool {
        if self.leads() && self.valid() {
            match self.write(self.claim(true)).await {
                Ok(()) => return true,
                Err(error) => {
                    debug!(%error, "Failed to update lease optimistically, falling back");
                }
            }
        }
        match self.read().await {
            Ok(()) => {}
            Err(error) if error.is_not_found() => return self.create().await,
            Err(error) => {
                error!(lock = %self.describe(), %error, "Error retrieving lease lock");
                return false;
            }
        }
        if !self.holder().is_empty() && self.valid() && !self.leads() {
            return false;
        }
        match self.write(self.claim(self.leads())).await {
            Ok(()) => true,
            Err(error) => {
                error!(lock = %self.describe(), %error, "Failed to update lease");
                false
            }
        }
    }

    fn claim(&self, keep: bool) -> Value {
        let now = micro_time(self.clock.now());
        let old = &self.observed.0;
        let transitions = old.get("leaseTransitions").and_then(Value::as_i64).unwrap_or(0);
        let acquired = old.get("acquireTime").filter(|_| keep).cloned();
        json!({
            "holderIdentity": self.election.identity,
            "leaseDurationSeconds": self.election.lease_duration.as_secs(),
            "acquireTime": acquired.unwrap_or_else(|| now.as_str().into()),
            "renewTime": now,
            "leaseTransitions": if keep { transitions } else { transitions + 1 },
        })
    }

    async fn create(&mut self) -> bool {
        let mut spec = self.claim(false);
        spec["leaseTransitions"] = 0.into();
        let lease = json!({
            "kind": "Lease", "apiVersion": "coordination.k8s.io/v1",
            "metadata": {"name": self.election.name, "namespace": self.election.namespace},
            "spec": spec,
        });
        let created = self.client.create(&LEASES, &self.election.namespace, &lease).await;
        match created {
            Ok(lease) => {
                self.observe(lease);
                true
            }
            Err(error) => {
                error!(lock = %self.describe(), %error, "Error initially creating lease lock");
                false
            }
        }
    }

    async fn read(&mut self) -> Result<(), Error> {
        let (namespace, name) = (&self.election.namespace, &self.election.name);
        let lease = self.client.get(&LEASES, namespace, name).await?;
        if lease.get("spec") == Some(&self.observed.0) {
            self.lease = Some(lease);
        } else {
            self.observe(lease);
        }
        Ok(())
    }

    async fn write(&mut self, spec: Value) -> Result<(), Error> {
        let Some(mut lease) = self.lease.clone() else {
            return Err(Error::Malformed("lease not initialized, call get or create first".into()));
        };
        // What upstream's coordinated election keeps beside the record stays.
        if let (Some(old), Value::Object(new)) = (lease["spec"].as_object_mut(), &spec) {
            old.extend(new.iter().map(|(name, value)| (name.clone(), value.clone())));
        } else {
            lease["spec"] = spec;
        }
        let (namespace, name) = (&self.election.namespace, &self.election.name);
        let lease = self.client.update(&LEASES, (namespace, name, ""), &lease).await?;
        self.observe(lease);
        Ok(())
    }

    fn observe(&mut self, lease: Value) {
        self.observed = (lease.get("spec").cloned().unwrap_or(Value::Null), Some(Instant::now()));
        self.lease = Some(lease);
    }

    fn record(&self, what: &str) {
        if let (Some(recorder), Some(lease)) = (&self.recorder, &self.lease) {
            let message = format!("{} {what}", self.election.identity);
            recorder.event(&crate::events::reference(lease), "Normal", "LeaderElection", &message);
        }
    }
}

#[cfg(test)]
mod tests;
