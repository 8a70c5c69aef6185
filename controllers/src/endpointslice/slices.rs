//! Spreads endpoints over slices with as few changed slices as possible
//! (`endpointslice.Reconciler`).

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{HEADLESS, MANAGED_BY, NAME, SERVICE_NAME, TRIGGER_TIME, failed};
use crate::kind::{ENDPOINTSLICES, SERVICES};
use crate::object::{Read, remove_entry, set_entry};
use crate::plan::{Action, Plan, owner_reference};
use crate::pods::{is_finished, is_ready};
use crate::world::World;

/// What is to happen to slices.
#[derive(Default)]
struct Changes {
    create: Vec<Value>,
    update: Vec<Value>,
    delete: Vec<Arc<Value>>,
}

pub(super) fn plan(
    world: &World<'_>,
    service: &Arc<Value>,
    pods: &[&Arc<Value>],
    trigger: Option<Timestamp>,
) -> Plan {
    let existing: Vec<&Arc<Value>> = world
        .of("endpointslices")
        .in_namespace(service.namespace())
        .filter(|slice| {
            slice.label(SERVICE_NAME) == Some(service.name())
                && slice.label(MANAGED_BY) == Some(NAME)
                && !slice.is_terminating()
        })
        .collect();
    let families = families(service);
    let mut plan = Plan::nothing();
    let mut errors = Vec::new();
    let mut steps = Changes::default();
    for family in &families {
        let of_family: Vec<&Arc<Value>> =
            existing.iter().copied().filter(|s| s.text("addressType") == *family).collect();
        let changes = reconcile_family(world, service, pods, &of_family, family, &mut errors);
        reuse(service, changes, &mut steps);
    }
    let strange = existing.iter().filter(|slice| !families.contains(&slice.text("addressType")));
    steps.delete.extend(strange.map(|slice| (*slice).clone()));
    let stamp = |slice: &mut Value| match trigger {
        Some(time) => {
            set_entry(slice, "metadata.annotations", TRIGGER_TIME, time.to_string());
        }
        None => drop(remove_entry(slice, "metadata.annotations", TRIGGER_TIME)),
    };
    steps.create.iter_mut().chain(&mut steps.update).for_each(stamp);
    if !service.is_terminating() {
        let create = steps.create.into_iter();
        plan.together(create.map(|slice| Action::create(ENDPOINTSLICES, slice)).collect());
    }
    let update = steps.update.into_iter();
    plan.together(
        update
            .map(|object| Action::Update { kind: ENDPOINTSLICES, object, subresource: "" })
            .collect(),
    );
    plan.together(steps.delete.iter().map(|s| Action::delete(ENDPOINTSLICES, s)).collect());
    match errors.len() {
        0 => {}
        1 => failed(&mut plan, service, errors.remove(0)),
        _ => failed(&mut plan, service, format!("[{}]", errors.join(", "))),
    }
    plan
}

fn families(service: &Value) -> Vec<&'static str> {
    let listed: Vec<&str> = service
        .list("spec.ipFamilies")
        .iter()
        .filter_map(|family| match family.as_str()? {
            "IPv4" => Some("IPv4"),
            "IPv6" => Some("IPv6"),
            _ => None,
        })
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    match service.text("spec.clusterIP") {
        "" | "None" => vec!["IPv4", "IPv6"],
        address if address.contains(':') => vec!["IPv6"],
        _ => vec!["IPv4"],
    }
}

fn is_owned(slice: &Value, service: &Value) -> bool {
    slice.list("metadata.ownerReferences").iter().any(|owner| {
        owner.text("uid") == service.uid()
            && owner.text("kind") == "Service"
            && owner.text("apiVersion") == "v1"
    })
}

/// Ports in the order in which they are compared.
fn port_key(ports: &[Value]) -> String {
    let mut ports: Vec<String> = ports.iter().map(Value::to_string).collect();
    ports.sort();
    ports.join(",")
}

fn reconcile_family(
    world: &World<'_>,
    service: &Arc<Value>,
    pods: &[&Arc<Value>],
    existing: &[&Arc<Value>],
    family: &str,
    errors: &mut Vec<String>,
) -> Changes {
    let mut changes = Changes::default();
    let mut by_ports: BTreeMap<String, Vec<Arc<Value>>> = BTreeMap::new();
    for slice in existing {
        if is_owned(slice, service) {
            by_ports.entry(port_key(slice.list("ports"))).or_default().push((*slice).clone());
        } else {
            changes.delete.push((*slice).clone());
        }
    }
    let mut wanted: BTreeMap<String, (Vec<Value>, VecDeque<Value>)> = BTreeMap::new();
    for pod in pods.iter().filter(|pod| !is_finished(pod) && has_address(pod)) {
        let ports = ports(service, pod);
        let entry = wanted.entry(port_key(&ports)).or_insert_with(|| (ports, VecDeque::new()));
        let node_name = pod.text("spec.nodeName");
        let node = world.get("nodes", "", node_name);
        if node.is_none() && !service.flag("spec.publishNotReadyAddresses") {
            errors.push(format!(
                "skipping Pod {} for Service {}/{}: Node {node_name} Not Found",
                pod.name(),
                service.namespace(),
                service.name()
            ));
            continue;
        }
        let endpoint = endpoint(service, pod, node.map(|node| &**node), family);
        if !endpoint.list("addresses").is_empty() {
            entry.1.push_back(endpoint);
        }
    }
    let most = world.settings.max_endpoints_per_slice;
    for (key, (ports, endpoints)) in wanted {
        let present = by_ports.remove(&key).unwrap_or_default();
        spread(service, family, (ports, endpoints), &present, most, &mut changes);
    }
    changes.delete.extend(by_ports.into_values().flatten());
    if existing.len() == changes.delete.len() && changes.create.is_empty() {
        let placeholder = new_slice(service, family, &[]);
        let fits = |slice: &Value| {
            is_owned(slice, service)
                && slice.list("ports").is_empty()
                && slice.list("endpoints").is_empty()
                && slice.at("metadata.labels") == placeholder.at("metadata.labels")
        };
        if changes.delete.len() == 1 && fits(&changes.delete[0]) {
            changes.delete.clear();
        } else {
            changes.create.push(placeholder);
        }
    }
    changes
}

fn has_address(pod: &Value) -> bool {
    !pod.text("status.podIP").is_empty() || !pod.list("status.podIPs").is_empty()
}

/// A slice that would go is turned into one that is needed.
fn reuse(service: &Value, mut changes: Changes, into: &mut Changes) {
    let mut delete = Vec::new();
    for slice in changes.delete {
        if is_owned(&slice, service)
            && let Some(mut new) = changes.create.pop()
        {
            remove_entry(&mut new, "metadata", "generateName");
            new["metadata"]["name"] = slice.name().into();
            into.update.push(new);
        } else {
            delete.push(slice);
        }
    }
    into.create.append(&mut changes.create);
    into.update.append(&mut changes.update);
    into.delete.append(&mut delete);
}

/// What makes two endpoints the same one.
fn identity(endpoint: &Value) -> Value {
    let mut addresses = endpoint.list("addresses").to_vec();
    addresses.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    json!([
        addresses,
        endpoint.text("hostname"),
        endpoint.text("targetRef.namespace"),
        endpoint.text("targetRef.name")
    ])
}

fn is_same(a: &Value, b: &Value) -> bool {
    ["nodeName", "zone", "targetRef.uid", "conditions.ready", "conditions.serving"]
        .iter()
        .chain(&["conditions.terminating"])
        .all(|field| a.at(field) == b.at(field))
}

fn spread(
    service: &Arc<Value>,
    family: &str,
    (ports, mut wanted): (Vec<Value>, VecDeque<Value>),
    present: &[Arc<Value>],
    most: usize,
    changes: &mut Changes,
) {
    let mut touched: Vec<Value> = Vec::new();
    let mut untouched: Vec<&Arc<Value>> = Vec::new();
    for slice in present {
        let old = slice.list("endpoints");
        let mut kept = Vec::new();
        let mut changed = false;
        for endpoint in old {
            let at = wanted.iter().position(|new| identity(new) == identity(endpoint));
            if let Some(new) = at.and_then(|at| wanted.remove(at)) {
                changed |= !is_same(&new, endpoint);
                kept.push(new);
            }
        }
        let labels = labels(service);
        if changed || kept.len() != old.len() {
            if kept.is_empty() {
                changes.delete.push(slice.clone());
                continue;
            }
            touched.push(with(slice, &kept, &labels));
        } else if slice.at("metadata.labels") != &labels {
            touched.push(with(slice, old, &labels));
        } else {
            untouched.push(slice);
        }
    }
    touched.sort_by_key(|slice| std::cmp::Reverse(slice.list("endpoints").len()));
    for slice in &mut touched {
        fill(slice, &mut wanted, most);
    }
    while !wanted.is_empty() {
        let room = |slice: &Value| most.checked_sub(wanted.len() + slice.list("endpoints").len());
        let best = (0..untouched.len())
            .filter_map(|at| room(untouched[at]).map(|room| (room, at)))
            .min()
            .filter(|_| wanted.len() < most);
        if let Some((_, at)) = best {
            let mut slice = (**untouched.remove(at)).clone();
            fill(&mut slice, &mut wanted, most);
            touched.push(slice);
        } else {
            let mut slice = new_slice(service, family, &ports);
            fill(&mut slice, &mut wanted, most);
            changes.create.push(slice);
        }
    }
    changes.update.append(&mut touched);
}

fn with(slice: &Value, endpoints: &[Value], labels: &Value) -> Value {
    let mut slice = slice.clone();
    slice["endpoints"] = endpoints.to_vec().into();
    slice["metadata"]["labels"] = labels.clone();
    slice
}

fn fill(slice: &mut Value, wanted: &mut VecDeque<Value>, most: usize) {
    let mut endpoints = slice.list("endpoints").to_vec();
    while endpoints.len() < most
        && let Some(endpoint) = wanted.pop_front()
    {
        endpoints.push(endpoint);
    }
    slice["endpoints"] = endpoints.into();
}

fn labels(service: &Value) -> Value {
    let reserved = [SERVICE_NAME, MANAGED_BY, HEADLESS];
    let own = service.entries("metadata.labels").into_iter().flatten();
    let mut labels: Map<String, Value> = own
        .filter(|(key, _)| !reserved.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if matches!(service.text("spec.clusterIP"), "" | "None") {
        labels.insert(HEADLESS.into(), "".into());
    }
    labels.insert(SERVICE_NAME.into(), service.name().into());
    labels.insert(MANAGED_BY.into(), NAME.into());
    Value::Object(labels)
}

fn new_slice(service: &Arc<Value>, family: &str, ports: &[Value]) -> Value {
    json!({
        "kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1",
        "metadata": {
            "generateName": format!("{}-", service.name()), "namespace": service.namespace(),
            "labels": labels(service), "ownerReferences": [owner_reference(service, SERVICES)],
        },
        "addressType": family, "endpoints": [], "ports": ports,
    })
}

fn ports(service: &Value, pod: &Value) -> Vec<Value> {
    let listed = service.list("spec.ports").iter();
    listed
        .filter_map(|port| {
            let mut endpoint = json!({
                "name": port.text("name"), "port": find_port(pod, port)?,
                "protocol": port.text("protocol"),
            });
            if port.has("appProtocol") {
                endpoint["appProtocol"] = port.at("appProtocol").clone();
            }
            Some(endpoint)
        })
        .collect()
}

/// `FindPort`: a named port is one of the pod's containers or sidecars.
fn find_port(pod: &Value, port: &Value) -> Option<i64> {
    let target = port.at("targetPort");
    if let Some(number) = target.as_i64() {
        return Some(number);
    }
    let name = target.as_str()?;
    let sidecars = pod.list("spec.initContainers").iter();
    pod.list("spec.containers")
        .iter()
        .chain(sidecars.filter(|container| container.text("restartPolicy") == "Always"))
        .flat_map(|container| container.list("ports"))
        .find(|found| found.text("name") == name && found.text("protocol") == port.text("protocol"))
        .map(|found| found.int("containerPort"))
}

fn endpoint(service: &Value, pod: &Value, node: Option<&Value>, family: &str) -> Value {
    let (serving, terminating) = (is_ready(pod), pod.is_terminating());
    let ready = service.flag("spec.publishNotReadyAddresses") || (serving && !terminating);
    let addresses: Vec<String> = pod
        .list("status.podIPs")
        .iter()
        .filter_map(|entry| entry.text("ip").parse::<IpAddr>().ok())
        .filter(|address| address.is_ipv6() == (family == "IPv6"))
        .map(|address| address.to_string())
        .collect();
    let mut endpoint = json!({
        "addresses": addresses,
        "conditions": {"ready": ready, "serving": serving, "terminating": terminating},
        "targetRef": {
            "kind": "Pod", "namespace": pod.namespace(), "name": pod.name(), "uid": pod.uid(),
        },
    });
    if !pod.text("spec.nodeName").is_empty() {
        endpoint["nodeName"] = pod.text("spec.nodeName").into();
    }
    let zone = node.and_then(|node| node.label("topology.kubernetes.io/zone"));
    if let Some(zone) = zone.filter(|zone| !zone.is_empty()) {
        endpoint["zone"] = zone.into();
    }
    let hostname = pod.text("spec.hostname");
    if !hostname.is_empty() && pod.text("spec.subdomain") == service.name() {
        endpoint["hostname"] = hostname.into();
    }
    endpoint
}
