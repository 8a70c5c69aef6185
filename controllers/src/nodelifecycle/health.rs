//! Whether a node still speaks: by its status and by its Lease (`tryUpdateNodeHealth`).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::kind::NODES;
use crate::object::{Read, between, condition, time_text};
use crate::plan::{Action, Ask, Form};
use crate::world::{Key, World};

const LEASES: &str = "kube-node-lease";

/// What was last heard of a node.
#[derive(Clone, Debug)]
pub(super) struct Health {
    /// When something was last heard, by this process's clock.
    pub(super) probe: Timestamp,
    heartbeat: Option<Value>,
    renewed: Option<String>,
    lease_version: String,
}

/// How a node stands.
pub(super) struct Verdict {
    pub(super) health: Health,
    /// Status of the `Ready` condition as it was seen.
    pub(super) before: String,
    /// And as it is after this look; empty if there is none.
    pub(super) now: String,
    /// The status to write, if that changed.
    pub(super) status: Option<Action>,
}

/// Judges a node. A node whose Lease is newer on the server than here is left alone: it is this
/// process that hears late.
pub(super) fn judge(
    world: &World<'_>,
    node: &Value,
    saved: Option<&Health>,
) -> Result<Option<Verdict>, Ask> {
    let ready = condition(node, "Ready");
    let heartbeat = ready.map(|ready| ready.at("lastHeartbeatTime").clone());
    let created = node.created().unwrap_or(world.now);
    let mut health = match saved {
        Some(saved) if saved.heartbeat == heartbeat => saved.clone(),
        None if ready.is_none() => new(created, heartbeat),
        _ => new(world.now, heartbeat),
    };
    if let Some(saved) = saved {
        health.renewed.clone_from(&saved.renewed);
        health.lease_version.clone_from(&saved.lease_version);
    }
    if let Some(lease) = world.get("leases", LEASES, node.name()) {
        let renewed = lease.text("spec.renewTime").to_owned();
        if health.renewed.as_ref().is_none_or(|old| *old < renewed) {
            health.renewed = Some(renewed);
            health.probe = world.now;
        }
        health.lease_version = lease.version().into();
    }
    let settings = world.settings;
    let grace =
        if ready.is_some() { settings.node_monitor_grace } else { settings.node_startup_grace };
    let before = ready.map_or("Unknown", |ready| ready.text("status")).to_owned();
    if between(health.probe, world.now) <= grace {
        let now = ready.map_or("", |ready| ready.text("status")).to_owned();
        return Ok(Some(Verdict { health, before, now, status: None }));
    }
    let live = Ask::Get(format!(
        "/apis/coordination.k8s.io/v1/namespaces/{LEASES}/leases/{}",
        node.name()
    ));
    match world.answer(&live) {
        None => return Err(live),
        Some(Ok(lease)) if lease.version() != health.lease_version => return Ok(None),
        Some(Err(failure)) if !failure.is_not_found() => return Ok(None),
        Some(_) => {}
    }
    let status = silenced(node, world.now);
    Ok(Some(Verdict { health, before, now: "Unknown".into(), status }))
}

fn new(probe: Timestamp, heartbeat: Option<Value>) -> Health {
    Health { probe, heartbeat, renewed: None, lease_version: String::new() }
}

/// Nothing is known any more about what only the kubelet can tell.
fn silenced(node: &Value, now: Timestamp) -> Option<Action> {
    let mut conditions = Vec::new();
    for kind in ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"] {
        let (reason, message) = match condition(node, kind) {
            None => ("NodeStatusNeverUpdated", "Kubelet never posted node status."),
            Some(held) if held.text("status") == "Unknown" => continue,
            Some(_) => ("NodeStatusUnknown", "Kubelet stopped posting node status."),
        };
        let mut new = json!({
            "type": kind, "status": "Unknown", "reason": reason, "message": message,
            "lastTransitionTime": time_text(now),
        });
        if condition(node, kind).is_none() {
            new["lastHeartbeatTime"] = node.at("metadata.creationTimestamp").clone();
        }
        conditions.push(new);
    }
    let about_ready = conditions.iter().any(|new| new.text("type") == "Ready");
    about_ready.then(|| Action::Patch {
        kind: NODES,
        key: Key::of(node),
        subresource: "status",
        form: Form::Strategic,
        body: json!({"status": {"conditions": conditions}}),
    })
}
