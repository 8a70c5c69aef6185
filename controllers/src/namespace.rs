//! `namespace-controller`: empties a namespace that is going away
//! (`pkg/controller/namespace/deletion`).

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Watch};
use crate::kind::{NAMESPACES, PODS};
use crate::object::{Read, between, set, time_text};
use crate::plan::{Action, Ask, Failure, Plan};
use crate::pods::is_finished;
use crate::world::{Key, World};

const FINALIZER: &str = "kubernetes";
/// Lets admission caches of every apiserver see that the namespace is going.
const GRACE: Duration = Duration::from_secs(5);
const FINALIZER_ESTIMATE_SECONDS: i64 = 15;

/// The row.
pub const NAMESPACE: Controller = Controller {
    name: "namespace-controller",
    alias: "namespace",
    account: "namespace-controller",
    component: "namespace-controller",
    watches: &[Watch { kind: NAMESPACES, keys }, Watch { kind: PODS, keys: |_, _| {} }],
    logic: Logic::Reconcile(reconcile),
    workers: 10,
    backoff: (Duration::from_millis(5), Duration::from_mins(1)),
    ..Controller::BASE
};

fn keys(change: &Change<'_>, keys: &mut Keys) {
    if change.new.is_some_and(|namespace| namespace.is_terminating()) {
        keys.add_after(Key::of(change.object()), GRACE);
    }
}

/// What one resource still has in the namespace.
#[derive(Default)]
struct Rest {
    estimate: i64,
    count: usize,
    finalizers: BTreeMap<String, usize>,
    error: Option<String>,
}

/// Answers are missing; these have been asked for.
struct Asked(Vec<Ask>);

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    let cached = world.tables.of("namespaces").get(key);
    if !cached.is_some_and(|namespace| namespace.is_terminating()) {
        return Plan::nothing();
    }
    let live = Ask::Get(format!("/api/v1/namespaces/{}", key.name));
    let namespace = match world.answer(&live) {
        None => return Plan::ask(vec![live]),
        Some(Err(failure)) if failure.is_not_found() => return Plan::nothing(),
        Some(Err(failure)) => return Plan::fail(failure.message.clone()),
        Some(Ok(namespace)) => namespace,
    };
    if !namespace.is_terminating() || namespace.list("spec.finalizers").is_empty() {
        return Plan::nothing();
    }
    match empty(world, namespace) {
        Err(Asked(asks)) => Plan::ask(asks),
        Ok(outcome) => conclude(world, namespace, outcome),
    }
}

/// What came of emptying the namespace.
#[derive(Default)]
struct Outcome {
    estimate: i64,
    counts: BTreeMap<String, usize>,
    finalizers: BTreeMap<String, usize>,
    errors: Vec<String>,
    discovery: Option<String>,
    /// Pods go first; as long as they are there the rest is not touched.
    pods_remain: bool,
}

impl Outcome {
    fn take(&mut self, name: String, rest: Rest, prefix: &str) {
        self.estimate = self.estimate.max(rest.estimate);
        if rest.count > 0 {
            self.counts.insert(name, rest.count);
        }
        for (finalizer, count) in rest.finalizers {
            *self.finalizers.entry(finalizer).or_default() += count;
        }
        self.errors.extend(rest.error.map(|error| format!("{prefix}{error}")));
    }
}

fn empty(world: &World<'_>, namespace: &Value) -> Result<Outcome, Asked> {
    let mut outcome = Outcome::default();
    let name = namespace.name();
    let served = match world.answer(&Ask::Discovery) {
        None => return Err(Asked(vec![Ask::Discovery])),
        Some(Err(failure)) => {
            outcome.discovery = Some(failure.message.clone());
            outcome.errors.push(failure.message.clone());
            return Ok(outcome);
        }
        Some(Ok(served)) => served,
    };
    let stale = served.list("stale");
    if !stale.is_empty() {
        let groups: Vec<&str> = stale.iter().filter_map(Value::as_str).collect();
        let parts: Vec<String> =
            groups.iter().map(|group| format!("{group}: stale GroupVersion discovery")).collect();
        let error =
            format!("unable to retrieve the complete list of server APIs: {}", parts.join(", "));
        outcome.discovery =
            Some(format!("Discovery failed for some groups, {} failing: {error}", groups.len()));
        outcome.errors.push(error);
    }
    let is_pods =
        |resource: &Value| resource.text("plural") == "pods" && resource.text("group").is_empty();
    let deletable: Vec<&Value> = served
        .list("served")
        .iter()
        .filter(|resource| resource.flag("namespaced") && has_verb(resource, "delete"))
        .collect();
    if let Some(pods) = deletable.iter().find(|resource| is_pods(resource)) {
        let grace = pods_estimate(world, namespace);
        let rest = clear(world, pods, name, grace)?;
        outcome.pods_remain = rest.count > 0;
        let prefix = format!("failed to delete pods for namespace: {name}, err: ");
        outcome.take("pods.".into(), rest, &prefix);
        if outcome.pods_remain {
            return Ok(outcome);
        }
    }
    let mut asks = Vec::new();
    for resource in deletable.iter().filter(|resource| !is_pods(resource)) {
        match clear(world, resource, name, 0) {
            Err(Asked(more)) => asks.extend(more),
            Ok(rest) => {
                let name = format!("{}.{}", resource.text("plural"), resource.text("group"));
                outcome.take(name, rest, "");
            }
        }
    }
    if asks.is_empty() { Ok(outcome) } else { Err(Asked(asks)) }
}

fn has_verb(resource: &Value, verb: &str) -> bool {
    resource.list("verbs").iter().any(|served| served == verb)
}

fn path_of(resource: &Value, namespace: &str) -> String {
    let (group, version) = (resource.text("group"), resource.text("version"));
    let root = if group.is_empty() {
        format!("/api/{version}")
    } else {
        format!("/apis/{group}/{version}")
    };
    format!("{root}/namespaces/{namespace}/{}", resource.text("plural"))
}

/// The longest grace of a pod that still runs, unless that time is over already.
fn pods_estimate(world: &World<'_>, namespace: &Value) -> i64 {
    let running = world.of("pods").in_namespace(namespace.name()).filter(|pod| !is_finished(pod));
    let grace = running.map(|pod| pod.int("spec.terminationGracePeriodSeconds")).max();
    let gone = namespace
        .time("metadata.deletionTimestamp")
        .map_or(0, |since| between(since, world.now).as_secs() as i64);
    grace.filter(|grace| *grace > gone).unwrap_or(0)
}

fn is_unsupported(failure: &Failure) -> bool {
    matches!(failure.reason.as_str(), "MethodNotAllowed" | "NotFound")
}

/// Deletes what a resource has in the namespace, then looks what is left.
fn clear(
    world: &World<'_>,
    resource: &Value,
    namespace: &str,
    estimate: i64,
) -> Result<Rest, Asked> {
    let path = path_of(resource, namespace);
    let failed = |failure: &Failure| Rest {
        estimate,
        error: Some(failure.message.clone()),
        ..Rest::default()
    };
    let collection = Ask::DeleteCollection(path.clone());
    let list = Ask::List(path.clone());
    let mut one_by_one = !has_verb(resource, "deletecollection");
    if !one_by_one {
        match world.answer(&collection) {
            None => return Err(Asked(vec![collection])),
            Some(Err(failure)) if is_unsupported(failure) => one_by_one = true,
            Some(Err(failure)) => return Ok(failed(failure)),
            Some(Ok(_)) => {}
        }
    }
    if !has_verb(resource, "list") {
        return Ok(Rest { estimate, ..Rest::default() });
    }
    let items = match world.answer(&list) {
        None => return Err(Asked(vec![list])),
        Some(Err(failure)) if is_unsupported(failure) => {
            return Ok(Rest { estimate, ..Rest::default() });
        }
        Some(Err(failure)) => return Ok(failed(failure)),
        Some(Ok(found)) => found.list("items"),
    };
    let mut left: Vec<&Value> = items.iter().collect();
    if one_by_one {
        let asks: Vec<Ask> = items
            .iter()
            .map(|item| Ask::DeleteCollection(format!("{path}/{}", item.name())))
            .collect();
        let missing: Vec<Ask> =
            asks.iter().filter(|ask| world.answer(ask).is_none()).cloned().collect();
        if !missing.is_empty() {
            return Err(Asked(missing));
        }
        // An object that a finalizer keeps comes back as itself, one that is gone as a Status.
        let stays = |ask: &Ask| match world.answer(ask) {
            Some(Ok(answer)) => answer.text("kind") != "Status",
            Some(Err(failure)) => !is_unsupported(failure),
            None => true,
        };
        left = items.iter().zip(&asks).filter(|(_, ask)| stays(ask)).map(|(i, _)| i).collect();
    }
    Ok(rest_of(resource, namespace, &left, estimate))
}

fn rest_of(resource: &Value, namespace: &str, left: &[&Value], estimate: i64) -> Rest {
    if left.is_empty() {
        return Rest::default();
    }
    let mut rest = Rest { estimate, count: left.len(), ..Rest::default() };
    for finalizer in left.iter().flat_map(|item| item.list("metadata.finalizers")) {
        *rest.finalizers.entry(finalizer.as_str().unwrap_or_default().into()).or_default() += 1;
    }
    if estimate == 0 && !rest.finalizers.is_empty() {
        rest.estimate = FINALIZER_ESTIMATE_SECONDS;
    } else if estimate == 0 {
        let group_version = if resource.text("group").is_empty() {
            format!("/{}", resource.text("version"))
        } else {
            format!("{}/{}", resource.text("group"), resource.text("version"))
        };
        rest.error = Some(format!(
            "unexpected items still remain in namespace: {namespace} for gvr: {group_version}, Resource={}",
            resource.text("plural")
        ));
    }
    rest
}

fn conclude(world: &World<'_>, namespace: &Value, outcome: Outcome) -> Plan {
    let mut plan = Plan::nothing();
    let mut changed = namespace.clone();
    let terminating = namespace.text("status.phase") != "Terminating";
    set(&mut changed, "status.phase", "Terminating");
    if conditions(world, &mut changed, &outcome) || terminating {
        let object = changed.clone();
        plan.then(Action::Update { kind: NAMESPACES, object, subresource: "status" });
    }
    if !outcome.errors.is_empty() {
        let errors = outcome.errors.join(", ");
        plan.error = Some(if outcome.errors.len() == 1 { errors } else { format!("[{errors}]") });
    } else if outcome.estimate > 0 {
        let seconds = outcome.estimate / 2 + 1;
        plan.again_in(Duration::from_secs(seconds.unsigned_abs()));
    } else {
        let finalizers: Vec<Value> = namespace
            .list("spec.finalizers")
            .iter()
            .filter(|finalizer| *finalizer != FINALIZER)
            .cloned()
            .collect();
        set(&mut changed, "spec.finalizers", finalizers);
        // The status has a newer version by now, and what is finalized does not depend on it.
        crate::object::remove_entry(&mut changed, "metadata", "resourceVersion");
        plan.then(Action::Update { kind: NAMESPACES, object: changed, subresource: "finalize" });
    }
    plan
}

fn joined(counts: &BTreeMap<String, usize>, verb: &str) -> String {
    let mut parts: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("{name} {verb} {count} resource instances"))
        .collect();
    parts.sort();
    parts.join(", ")
}

/// `namespaceConditionUpdater`: each of the five conditions says either what is wrong or that
/// nothing is.
fn conditions(world: &World<'_>, namespace: &mut Value, outcome: &Outcome) -> bool {
    let mut errors: Vec<&str> = outcome.errors.iter().map(String::as_str).collect();
    errors.sort_unstable();
    let some = |bad: bool, reason: &'static str, message: String| bad.then_some((reason, message));
    let content = !outcome.pods_remain;
    let rows = [
        (
            "NamespaceDeletionDiscoveryFailure",
            outcome.discovery.clone().map(|message| ("DiscoveryFailed", message)),
            ("ResourcesDiscovered", "All resources successfully discovered"),
        ),
        (
            "NamespaceDeletionGroupVersionParsingFailure",
            None,
            ("ParsedGroupVersions", "All legacy kube types successfully parsed"),
        ),
        (
            "NamespaceDeletionContentFailure",
            some(
                !errors.is_empty(),
                "ContentDeletionFailed",
                format!(
                    "Failed to delete all resource types, {} remaining: {}",
                    errors.len(),
                    errors.join(", ")
                ),
            ),
            ("ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
        ),
        (
            "NamespaceContentRemaining",
            some(
                content && !outcome.counts.is_empty(),
                "SomeResourcesRemain",
                format!("Some resources are remaining: {}", joined(&outcome.counts, "has")),
            ),
            ("ContentRemoved", "All content successfully removed"),
        ),
        (
            "NamespaceFinalizersRemaining",
            some(
                content && !outcome.finalizers.is_empty(),
                "SomeFinalizersRemain",
                format!(
                    "Some content in the namespace has finalizers remaining: {}",
                    joined(&outcome.finalizers, "in")
                ),
            ),
            ("ContentHasNoFinalizers", "All content-preserving finalizers finished"),
        ),
    ];
    let mut changed = false;
    for (kind, bad, good) in rows {
        let status = if bad.is_some() { "True" } else { "False" };
        let (reason, message) = bad.unwrap_or((good.0, good.1.to_owned()));
        changed |= put(world, namespace, kind, status, reason, &message);
    }
    changed
}

fn put(
    world: &World<'_>,
    namespace: &mut Value,
    kind: &str,
    status: &str,
    reason: &str,
    message: &str,
) -> bool {
    let mut conditions = namespace.list("status.conditions").to_vec();
    let mut new = json!({
        "type": kind, "status": status, "reason": reason, "message": message,
        "lastTransitionTime": time_text(world.now),
    });
    match conditions.iter_mut().find(|old| old.text("type") == kind) {
        Some(old) => {
            if old.text("status") == status {
                new["lastTransitionTime"] = old.at("lastTransitionTime").clone();
            }
            if *old == new {
                return false;
            }
            *old = new;
        }
        None => conditions.push(new),
    }
    set(namespace, "status.conditions", conditions);
    true
}
