//! Starts the controllers, as the leader, each with its own account.

use std::sync::Arc;

use pintle_client::events::Recorder;
use pintle_client::{Access, Client, Clock, Election, Elector, SystemClock, default_identity};
use pintle_component::signals::Stop;
use pintle_controller_runtime::Runtime;
use pintle_controllers::{CONTROLLERS, Controller, Settings};
use tracing::{error, info};

/// Rate of a client, in requests a second and at once.
pub type Rate = (f64, u32);

/// How a manager runs.
pub struct Config {
    /// The way to the API.
    pub access: Access,
    /// What the controllers need to know.
    pub settings: Settings,
    /// Which controllers to run.
    pub controllers: Vec<&'static Controller>,
    /// Whether each controller speaks as an account of its own
    /// (`--use-service-account-credentials`).
    pub own_accounts: bool,
    /// The rate of each client.
    pub rate: Rate,
    /// The lock to hold; none runs without election.
    pub election: Option<Election>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// Everything that runs by default, with upstream's rates and lock.
    pub fn new(access: Access, hostname: &str) -> Self {
        let identity = default_identity(hostname);
        Self {
            access,
            settings: Settings::default(),
            controllers: CONTROLLERS.iter().copied().filter(|row| row.by_default).collect(),
            own_accounts: false,
            rate: (20.0, 30),
            election: Some(Election::new("kube-system", "kube-controller-manager", identity)),
            clock: Arc::new(SystemClock),
        }
    }
}

/// Why a manager stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was asked to.
    Stopped,
    /// It does not hold the lock any more.
    LostLeadership,
    /// A controller ended, which none should.
    Failed,
}

/// Runs until `stop`; waits for leadership first.
pub async fn run(config: Config, mut stop: Stop) -> Ended {
    let Some(election) = config.election.clone() else {
        let mut runtime = start(&config);
        return tokio::select! {
            () = stop.wait() => Ended::Stopped,
            () = runtime.ended() => Ended::Failed,
        };
    };
    let client = config.access.client().named("leader-election");
    let recorder = Recorder::start(
        config.access.client().clone(),
        config.clock.clone(),
        "kube-controller-manager",
    );
    let mut elector = Elector::new(client, election, config.clock.clone(), Some(recorder));
    tokio::select! {
        () = stop.wait() => return Ended::Stopped,
        () = elector.acquire() => {}
    }
    let mut runtime = start(&config);
    tokio::select! {
        () = stop.wait() => {
            drop(runtime);
            elector.release().await;
            Ended::Stopped
        }
        () = elector.renew() => {
            error!("leaderelection lost");
            Ended::LostLeadership
        }
        () = runtime.ended() => Ended::Failed,
    }
}

/// Starts the controllers at once, whoever leads.
pub fn start(config: &Config) -> Runtime {
    let (qps, burst) = config.rate;
    let own = config.access.client().clone();
    let accounts = |account: &str| -> Client {
        // The tokens of all other accounts come from this controller.
        let client = if config.own_accounts && account != "tokens-controller" {
            config.access.service_account(account)
        } else {
            own.named(account)
        };
        match account {
            // These two talk to every resource there is.
            "namespace-controller" => client.limited(qps * 20.0, burst * 100),
            "generic-garbage-collector" => client.limited(qps * 2.0, burst * 2),
            _ => client.limited(qps, burst),
        }
    };
    info!(count = config.controllers.len(), "Starting controllers");
    Runtime::start(
        &config.controllers,
        &own.named("shared-informers"),
        &accounts,
        config.clock.clone(),
        config.settings.clone(),
    )
}
