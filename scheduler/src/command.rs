//! The command `kube-scheduler`: flags, leader election, endpoints.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pintle_client::events::{Recorder, SeriesRecorder};
use pintle_client::{Access, Client, Clock, Election, Elector, SystemClock, default_identity};
use pintle_component::endpoints::{self, Endpoints, Site};
use pintle_component::flags::{self, Table};
use pintle_component::health::Checks;
use pintle_component::metrics::Registry;
use pintle_component::signals::Stop;
use pintle_component::{configz, host, klog, version};
use pintle_machinery::flags::Parsed;
use serde_json::json;
use tracing::error;

use crate::plugins::PLUGINS;
use crate::queue::Backoff;
use crate::scheduler::{Config, Scheduler};

/// Name of the part, of its Lease and in its user agent.
const NAME: &str = "kube-scheduler";
/// Scheduler that pods ask for by default.
const PROFILE: &str = "default-scheduler";
/// What `/configz` says besides the profiles.
const CONFIG: &str = include_str!("configz.tsv");

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command with its arguments, without the program's name.
pub async fn run(arguments: Vec<String>) -> ExitCode {
    let table = flags::scheduler();
    let parsed = match table.parse(&arguments) {
        Ok(parsed) => parsed,
        Err(code) => return code,
    };
    klog::init(klog::Config {
        format: if parsed.text("logging-format") == "json" {
            klog::Format::Json
        } else {
            klog::Format::Text
        },
        verbosity: u32::try_from(parsed.int("v")).unwrap_or(0),
        modules: Vec::new(),
    });
    match start(&(table, parsed)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            error!(err = %reason, "command failed");
            ExitCode::FAILURE
        }
    }
}

async fn start(command: &(Table, Parsed)) -> Result<(), Failure> {
    let (_, parsed) = command;
    if let Some(config) = Some(parsed.text("config")).filter(|file| !file.is_empty()) {
        return Err(format!("--config {config}: configuration files are not supported").into());
    }
    let given = |name: &str| Some(parsed.text(name)).filter(|text| !text.is_empty());
    let agent = version::user_agent(NAME);
    let access = Access::from_kubeconfig(given("kubeconfig"), given("master"), &agent).await?;
    let stop = Stop::on_signals()?;
    let mut lease = Election::new(
        parsed.text("leader-elect-resource-namespace"),
        parsed.text("leader-elect-resource-name"),
        default_identity(&host::name()),
    );
    let time = |name: &str| {
        Duration::from_nanos(u64::try_from(parsed.duration(name).0).unwrap_or_default())
    };
    lease.lease_duration = time("leader-elect-lease-duration");
    lease.renew_deadline = time("leader-elect-renew-deadline");
    lease.retry_period = time("leader-elect-retry-period");
    let lease = parsed.bool("leader-elect").then_some(lease);
    // Upstream's own limits would bound how fast pods are placed.
    let limits = ["kube-api-qps", "kube-api-burst"].iter().any(|flag| parsed.changed(flag));
    let burst = u32::try_from(parsed.int("kube-api-burst")).unwrap_or(0);
    let client = if limits {
        access.client().limited(parsed.float("kube-api-qps"), burst)
    } else {
        access.client().clone()
    };
    let scheduler = new(&client);
    serve(command, access.client(), &scheduler, stop.clone())?;
    lead(&client, scheduler, lease, stop).await
}

/// The lease of stock's scheduler, for a candidate on this host.
pub fn election(hostname: &str) -> Election {
    Election::new("kube-system", NAME, default_identity(hostname))
}

/// A scheduler over a client, with the system's clock.
fn new(client: &Client) -> Arc<Scheduler> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Scheduler::new(Config {
        client: client.named("scheduler"),
        clock: clock.clone(),
        recorder: SeriesRecorder::start(client.clone(), clock, PROFILE, &host::name()),
        scheduler_name: PROFILE.into(),
        backoff: Backoff::default(),
    })
}

/// Runs a scheduler in this process, elected or, without a lease, at once; ends when `stop` says so
/// or the lease is lost.
pub async fn run_in_process(client: Client, lease: Option<Election>, stop: Stop) {
    if let Err(reason) = lead(&client, new(&client), lease, stop).await {
        error!(err = %reason, "scheduler ended");
    }
}

async fn lead(
    client: &Client,
    scheduler: Arc<Scheduler>,
    lease: Option<Election>,
    mut stop: Stop,
) -> Result<(), Failure> {
    scheduler.watch();
    let Some(lease) = lease else {
        tokio::select! {
            () = stop.wait() => {}
            () = scheduler.run() => {}
        }
        return Ok(());
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let recorder = Recorder::start(client.clone(), clock.clone(), PROFILE);
    let mut elector = Elector::new(client.named("leader-election"), lease, clock, Some(recorder));
    tokio::select! {
        () = stop.wait() => return Ok(()),
        () = elector.acquire() => {}
    }
    let work = tokio::spawn(scheduler.run());
    let ended = tokio::select! {
        () = stop.wait() => true,
        () = elector.renew() => false,
    };
    work.abort();
    if ended {
        elector.release().await;
        return Ok(());
    }
    Err("leaderelection lost".into())
}

fn serve(
    command: &(Table, Parsed),
    client: &Client,
    scheduler: &Arc<Scheduler>,
    stop: Stop,
) -> Result<(), Failure> {
    let (table, parsed) = command;
    let endpoints = Endpoints::new(Site {
        component: NAME,
        health: health(scheduler, parsed.bool("leader-elect"), stop.clone()),
        registry: metrics(scheduler),
        flags: table.printed(parsed),
        config: config(parsed),
        open: parsed.list("authorization-always-allow-paths").to_vec(),
        post: Some(client.poster()),
    });
    Ok(endpoints::listen(parsed, endpoints, stop)?)
}

/// The document at `/configz`: the flags, and the profile that is built in.
fn config(parsed: &Parsed) -> String {
    let enabled =
        PLUGINS.iter().map(|plugin| json!({"name": plugin.name, "weight": plugin.weight}));
    let plugins = json!({"multiPoint": {"enabled": enabled.collect::<Vec<_>>()}});
    let profiles = json!([{"schedulerName": PROFILE, "plugins": plugins}]);
    let table = format!("{CONFIG}profiles\t{}\n", pintle_machinery::json::to_string(&profiles));
    configz::document("componentconfig", &table, parsed)
}

fn health(scheduler: &Arc<Scheduler>, elects: bool, stop: Stop) -> Vec<(&'static str, Checks)> {
    let [healthz, livez, readyz] = [Checks::default(), Checks::default(), Checks::default()];
    livez.add("ping", || Ok(()));
    for checks in [&healthz, &readyz] {
        if elects {
            checks.leader_election();
        } else {
            checks.add("ping", || Ok(()));
        }
    }
    readyz.add("shutdown", move || {
        if stop.stopped() { Err("process is shutting down".into()) } else { Ok(()) }
    });
    let scheduler = scheduler.clone();
    readyz.add("sched-handler-sync", move || {
        if scheduler.has_synced() { Ok(()) } else { Err("waiting for handlers to sync".into()) }
    });
    vec![("healthz", healthz), ("livez", livez), ("readyz", readyz)]
}

fn metrics(scheduler: &Arc<Scheduler>) -> Registry {
    let registry = Registry::new();
    let pending = registry.gauge(
        "scheduler_pending_pods",
        pintle_component::metrics::Stability::Stable,
        "Pods that wait for a node, by the queue that they wait in.",
        &["queue"],
    );
    let scheduler = scheduler.clone();
    registry.before_scrape(move || {
        let queues = ["active", "backoff", "unschedulable", "gated"];
        for (queue, count) in queues.into_iter().zip(scheduler.pending()) {
            pending.with(&[queue]).set(count as f64);
        }
    });
    registry
}
