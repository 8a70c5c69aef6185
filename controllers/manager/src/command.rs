//! The program: upstream's flags, listener and exit codes.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pintle_client::{Access, Election, SystemClock, default_identity};
use pintle_component::endpoints::{self, Endpoints, Site};
use pintle_component::flags::{self, Table};
use pintle_component::health::Checks;
use pintle_component::metrics::Registry;
use pintle_component::pki::PrivateKey;
use pintle_component::signals::Stop;
use pintle_component::{configz, host, klog, version};
use pintle_controllers::settings::NodeRange;
use pintle_controllers::{Controller, Settings};
use pintle_machinery::flags::Parsed;
use tracing::{error, info, warn};

use crate::manager::{self, Config, Ended};
use crate::names::{absent, enabled};
use crate::signing::{Authorities, SIGNERS, install};

/// Name of the part.
const NAME: &str = "kube-controller-manager";

/// What `/configz` says.
const CONFIG: &str = include_str!("configz.tsv");

/// Which controller's workers a flag counts.
const CONCURRENCY: &[(&str, &str)] = &[
    ("concurrent-cron-job-syncs", "cronjob-controller"),
    ("concurrent-daemonset-syncs", "daemonset-controller"),
    ("concurrent-deployment-syncs", "deployment-controller"),
    ("concurrent-device-taint-eviction-syncs", "device-taint-eviction-controller"),
    ("concurrent-disruption-syncs", "disruption-controller"),
    ("concurrent-endpoint-syncs", "endpoints-controller"),
    ("concurrent-ephemeralvolume-syncs", "ephemeral-volume-controller"),
    ("concurrent-gc-syncs", "garbage-collector-controller"),
    ("concurrent-horizontal-pod-autoscaler-syncs", "horizontal-pod-autoscaler-controller"),
    ("concurrent-job-syncs", "job-controller"),
    ("concurrent-namespace-syncs", "namespace-controller"),
    ("concurrent-rc-syncs", "replicationcontroller-controller"),
    ("concurrent-replicaset-syncs", "replicaset-controller"),
    ("concurrent-resource-quota-syncs", "resourcequota-controller"),
    ("concurrent-resourceclaim-syncs", "resourceclaim-controller"),
    ("concurrent-service-endpoint-syncs", "endpointslice-controller"),
    ("concurrent-serviceaccount-token-syncs", "serviceaccount-token-controller"),
    ("concurrent-statefulset-syncs", "statefulset-controller"),
    ("concurrent-ttl-after-finished-syncs", "ttl-after-finished-controller"),
    (
        "concurrent-validating-admission-policy-status-syncs",
        "validatingadmissionpolicy-status-controller",
    ),
    ("mirroring-concurrent-service-endpoint-syncs", "endpointslice-mirroring-controller"),
];

/// Runs kube-controller-manager with a command line without the program's name.
pub async fn run(arguments: Vec<String>) -> ExitCode {
    let table = flags::controller_manager();
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
        Ok(Ended::Stopped) => ExitCode::SUCCESS,
        Ok(Ended::LostLeadership | Ended::Failed) => ExitCode::FAILURE,
        Err(reason) => {
            error!(err = %reason, "command failed");
            ExitCode::FAILURE
        }
    }
}

async fn start(command: &(Table, Parsed)) -> Result<Ended, String> {
    let (_, parsed) = command;
    let controllers = selected(parsed)?;
    info!(version = version::RELEASE, "Starting");
    let agent = version::user_agent(NAME);
    let access = access(parsed, "kubeconfig", &agent).await?;
    let stop = Stop::on_signals().map_err(|error| error.to_string())?;
    listen(command, &agent, &controllers, stop.clone()).await?;
    Ok(manager::run(configure(parsed, controllers, access)?, stop).await)
}

/// Runs the controllers inside another program, over its access to the API and without a listener;
/// the arguments are those of the command line.
pub async fn run_in_process(
    access: Access,
    arguments: &[String],
    stop: Stop,
) -> Result<Ended, String> {
    let parsed = flags::controller_manager()
        .parse(arguments)
        .map_err(|_| "the arguments are not those of a command line".to_owned())?;
    let controllers = selected(&parsed)?;
    Ok(manager::run(configure(&parsed, controllers, access)?, stop).await)
}

fn configure(
    parsed: &Parsed,
    controllers: Vec<&'static Controller>,
    access: Access,
) -> Result<Config, String> {
    let mut config = Config::new(access, &host::name());
    config.controllers = controllers;
    config.settings = settings(parsed)?;
    config.own_accounts = parsed.bool("use-service-account-credentials");
    let burst = u32::try_from(parsed.int("kube-api-burst")).unwrap_or(0);
    config.rate = (parsed.float("kube-api-qps"), burst);
    config.clock = Arc::new(SystemClock);
    config.election = parsed.bool("leader-elect").then(|| election(parsed));
    Ok(config)
}

/// The controllers that `--controllers` selects.
fn selected(parsed: &Parsed) -> Result<Vec<&'static Controller>, String> {
    let list = parsed.list("controllers");
    let mut rows = enabled(list).map_err(|unknown| {
        let texts: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        if texts.len() == 1 { texts.concat() } else { format!("[{}]", texts.join(", ")) }
    })?;
    for name in absent(list) {
        warn!(controller = name, "Warning: skipping controller");
    }
    if !parsed.bool("enable-garbage-collector") {
        rows.retain(|row| row.name != "garbage-collector-controller");
    }
    Ok(rows)
}

fn text<'a>(parsed: &'a Parsed, name: &str) -> Option<&'a str> {
    Some(parsed.text(name)).filter(|text| !text.is_empty())
}

async fn access(parsed: &Parsed, flag: &str, agent: &str) -> Result<Access, String> {
    let master = text(parsed, "master");
    Access::from_kubeconfig(text(parsed, flag), master, agent)
        .await
        .map_err(|error| error.to_string())
}

fn election(parsed: &Parsed) -> Election {
    let namespace = parsed.text("leader-elect-resource-namespace");
    let name = parsed.text("leader-elect-resource-name");
    let mut election = Election::new(namespace, name, default_identity(&host::name()));
    election.lease_duration = duration(parsed, "leader-elect-lease-duration");
    election.renew_deadline = duration(parsed, "leader-elect-renew-deadline");
    election.retry_period = duration(parsed, "leader-elect-retry-period");
    election
}

/// Go's durations may be below zero; none here means anything then.
fn duration(parsed: &Parsed, name: &str) -> Duration {
    Duration::from_nanos(u64::try_from(parsed.duration(name).0).unwrap_or(0))
}

fn settings(parsed: &Parsed) -> Result<Settings, String> {
    let mut settings = Settings {
        terminated_pod_threshold: parsed.int("terminated-pod-gc-threshold"),
        node_monitor_grace: duration(parsed, "node-monitor-grace-period"),
        node_startup_grace: duration(parsed, "node-startup-grace-period"),
        node_eviction_rate: parsed.float("node-eviction-rate"),
        secondary_node_eviction_rate: parsed.float("secondary-node-eviction-rate"),
        large_cluster_size: usize::try_from(parsed.int("large-cluster-size-threshold"))
            .unwrap_or(0),
        unhealthy_zone_threshold: parsed.float("unhealthy-zone-threshold"),
        max_endpoints_per_slice: usize::try_from(parsed.int("max-endpoints-per-slice"))
            .unwrap_or(1)
            .max(1),
        signing_duration: duration(parsed, "cluster-signing-duration"),
        workers: workers(parsed),
        ..Settings::default()
    };
    settings.node_ranges = node_ranges(parsed)?;
    if let Some(path) = text(parsed, "root-ca-file") {
        let root = std::fs::read_to_string(path);
        settings.root_ca =
            root.map_err(|error| format!("error parsing root-ca-file at {path}: {error}"))?;
    }
    if let Some(path) = text(parsed, "service-account-private-key-file") {
        let key = std::fs::read(path).map_err(|error| error.to_string());
        let key = key.and_then(|pem| PrivateKey::from_pem(&pem).map_err(|error| error.to_string()));
        let key = key.map_err(|error| {
            format!("error reading key for service account token controller: {error}")
        })?;
        settings.sign_token = Some(Arc::new(move |claims| {
            let claims = pintle_machinery::json::to_vec(claims);
            key.sign_jwt(&claims).map_err(|error| error.to_string())
        }));
    }
    let mut authorities = Authorities::default();
    for (signer, part) in SIGNERS {
        let own = |what: &str| parsed.text(&format!("cluster-signing-{part}-{what}-file"));
        let (mut certificate, mut key) = (own("cert"), own("key"));
        if certificate.is_empty() && key.is_empty() {
            certificate = parsed.text("cluster-signing-cert-file");
            key = parsed.text("cluster-signing-key-file");
        }
        if !certificate.is_empty() && !key.is_empty() {
            let loaded = authorities.load(signer, certificate, key);
            loaded.map_err(|error| {
                format!("error reading CA cert file {certificate:?} or its key: {error}")
            })?;
        }
    }
    install(&mut settings, authorities);
    Ok(settings)
}

/// The `--concurrent-*` flags; a controller without workers does nothing, as upstream's.
fn workers(parsed: &Parsed) -> BTreeMap<&'static str, usize> {
    let count = |flag: &str| usize::try_from(parsed.int(flag)).unwrap_or(0);
    CONCURRENCY.iter().map(|(flag, controller)| (*controller, count(flag))).collect()
}

/// `--cluster-cidr`, one range per family, in parts by the `--node-cidr-mask-size` flags.
fn node_ranges(parsed: &Parsed) -> Result<Vec<NodeRange>, String> {
    if !parsed.bool("allocate-node-cidrs") {
        return Ok(Vec::new());
    }
    let ranges = parsed.text("cluster-cidr").split(',').filter(|range| !range.is_empty());
    ranges
        .map(|range| {
            let invalid = || format!("invalid CIDR address: {range}");
            let (base, prefix) = range.trim().split_once('/').ok_or_else(invalid)?;
            let base: IpAddr = base.parse().map_err(|_| invalid())?;
            let prefix: u8 = prefix.parse().map_err(|_| invalid())?;
            let (family, default) = if base.is_ipv4() { ("ipv4", 24) } else { ("ipv6", 64) };
            let sizes = [format!("node-cidr-mask-size-{family}"), "node-cidr-mask-size".into()];
            let asked = sizes.iter().map(|name| parsed.int(name)).find(|size| *size != 0);
            let node_prefix = u8::try_from(asked.unwrap_or(default)).map_err(|_| invalid())?;
            let longest = if base.is_ipv4() { 32 } else { 128 };
            if prefix > node_prefix || node_prefix > longest || node_prefix - prefix > 16 {
                return Err(format!(
                    "the subnet mask size {node_prefix} of a node does not fit cluster CIDR {range}"
                ));
            }
            Ok(NodeRange { base, prefix, node_prefix })
        })
        .collect()
}

async fn listen(
    (table, parsed): &(Table, Parsed),
    agent: &str,
    controllers: &[&Controller],
    stop: Stop,
) -> Result<(), String> {
    let healthz = Checks::default();
    if parsed.bool("leader-elect") {
        healthz.leader_election();
    }
    for row in controllers {
        healthz.add(row.name, || Ok(()));
    }
    let post = match text(parsed, "authorization-kubeconfig") {
        Some(_) => Some(access(parsed, "authorization-kubeconfig", agent).await?.client().poster()),
        None => None,
    };
    let endpoints = Endpoints::new(Site {
        component: NAME,
        health: vec![("healthz", healthz)],
        registry: Registry::new(),
        flags: table.printed(parsed),
        config: configz::document("kubecontrollermanager.config.k8s.io", CONFIG, parsed),
        open: parsed.list("authorization-always-allow-paths").to_vec(),
        post,
    });
    endpoints::listen(parsed, endpoints, stop).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parse(arguments: &[&str]) -> Parsed {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        flags::controller_manager().parse(&arguments).expect("the command line parses")
    }

    #[test]
    fn nothing_is_collected_if_the_flag_says_so() {
        let collects = |arguments: &[&str]| {
            let rows = selected(&parse(arguments)).expect("the names are known");
            rows.iter().any(|row| row.name == "garbage-collector-controller")
        };
        assert!(collects(&[]));
        assert!(!collects(&["--enable-garbage-collector=false"]));
    }

    #[test]
    fn flags_count_the_workers_of_the_controllers_they_name() {
        let counts = workers(&parse(&["--concurrent-deployment-syncs=9"]));
        assert_eq!(counts["deployment-controller"], 9);
        assert_eq!(counts["namespace-controller"], 10);
        assert_eq!(counts["replicaset-controller"], 5);
        let names: Vec<String> = CONCURRENCY.iter().map(|(_, name)| (*name).to_owned()).collect();
        assert!(enabled(&names).is_ok(), "a controller that nobody knows is named");
    }
}
