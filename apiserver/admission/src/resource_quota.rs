//! `ResourceQuota`: a namespace uses no more than its quotas allow
//! (`k8s.io/apiserver/pkg/admission/plugin/resourcequota`).

use std::sync::Arc;

use pintle_engine::Lookup;
use pintle_engine::admission::{Operation, Plugin, Write};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::quota::{Around, Evaluator, is_terminating};
use pintle_machinery::resources::List;
use pintle_machinery::status::{GroupResource, Status};

/// The row.
pub(crate) const PLUGIN: Plugin =
    Plugin { name: "ResourceQuota", charge: Some(charge), ..Plugin::NONE };

struct Cluster<'a>(&'a dyn Lookup, i64);

impl Around for Cluster<'_> {
    fn now_seconds(&self) -> i64 {
        self.1
    }
    fn device_classes(&self) -> Vec<Arc<Value>> {
        self.0.list("resource.k8s.io", "deviceclasses", "")
    }
    fn pod(&self, namespace: &str, name: &str) -> Option<Arc<Value>> {
        self.0.get("", "pods", namespace, name)
    }
    fn resource_claims(&self, namespace: &str) -> Vec<Arc<Value>> {
        self.0.list("resource.k8s.io", "resourceclaims", namespace)
    }
}

/// Raises `status.used` of the quotas that a write concerns (`CheckRequest`). Quotas that it does
/// not concern come back as they are.
fn charge(
    write: &Write,
    quotas: &[Arc<Value>],
    now: i64,
    lookup: &dyn Lookup,
) -> Result<Vec<Arc<Value>>, Status> {
    let evaluator = Evaluator::of(&write.group, &write.resource);
    let Some(evaluator) = evaluator.filter(|evaluator| handles(evaluator, write)) else {
        return Ok(quotas.to_vec());
    };
    let around = Cluster(lookup, now.div_euclid(1_000_000_000));
    let request = Request { evaluator, write, around };
    let mut concerned = Vec::new();
    for (index, quota) in quotas.iter().enumerate() {
        if request.matches(quota, &write.object) {
            request.check(quota)?;
            concerned.push(index);
        }
    }
    let usage = request.usage(&write.object)?;
    let mut charged = quotas.to_vec();
    for index in concerned {
        let quota = &quotas[index];
        let delta = match &write.old {
            Some(old) if request.matches(quota, old) => {
                usage.less(&request.evaluator.usage(old, &request.around))
            }
            _ => usage.clone(),
        };
        if let Some(used) = request.used_after(quota, &delta)? {
            let mut quota = Value::clone(quota);
            quota.set(&["status", "used"], used.to_value());
            charged[index] = Arc::new(quota);
        }
    }
    Ok(charged)
}

/// Which writes can change what is used (the evaluators' `Handles`).
fn handles(evaluator: &Evaluator, write: &Write) -> bool {
    let namespace = write.group.is_empty() && write.resource == "namespaces";
    let create = write.operation == Operation::Create && !namespace;
    let update = write.operation == Operation::Update;
    match (evaluator, write.subresource.as_str()) {
        (Evaluator::Pods, "") if update => {
            let was = write.old.as_ref().is_some_and(is_terminating);
            was != is_terminating(&write.object)
        }
        (Evaluator::Pods, "resize") | (Evaluator::VolumeClaims, "status") => update,
        (Evaluator::Services | Evaluator::VolumeClaims | Evaluator::ResourceClaims, "") => {
            create || update
        }
        (_, "") => create,
        _ => false,
    }
}

struct Request<'a> {
    evaluator: Evaluator,
    write: &'a Write,
    around: Cluster<'a>,
}

impl Request<'_> {
    fn forbidden(&self, reason: impl std::fmt::Display) -> Status {
        let resource = GroupResource::new(&self.write.group, &self.write.resource);
        Status::forbidden(resource, &self.write.name, reason)
    }

    fn measures(&self, name: &str) -> bool {
        self.evaluator.measures(name, &self.around)
    }

    /// The quota limits something of the object, and the object is in all its scopes.
    fn matches(&self, quota: &Value, object: &Value) -> bool {
        let hard = quota.map_at(&["status", "hard"]);
        hard.into_iter().flatten().any(|(name, _)| self.measures(name))
            && self.evaluator.is_in_scopes(quota, object)
    }

    /// The object says what the quota limits, and what is used is known.
    fn check(&self, quota: &Value) -> Result<(), Status> {
        let hard = quota.map_at(&["status", "hard"]).into_iter().flatten();
        let names: Vec<&str> =
            hard.map(|(name, _)| name.as_str()).filter(|name| self.measures(name)).collect();
        let name = quota.str_at(&["metadata", "name"]).unwrap_or_default();
        if let Some(lack) = self.evaluator.lacks(&names, &self.write.object) {
            return Err(self.forbidden(format!("failed quota: {name}: {lack}")));
        }
        let known = |name: &&str| quota.at(&["status", "used", name]).is_some();
        if !names.iter().all(known) {
            let names = names.join(",");
            let reason = format!("status unknown for quota: {name}, resources: {names}");
            return Err(self.forbidden(reason));
        }
        Ok(())
    }

    fn usage(&self, object: &Value) -> Result<List, Status> {
        let usage = self.evaluator.usage(object, &self.around);
        let negative: Vec<&str> =
            usage.iter().filter(|(_, amount)| amount.sign() < 0).map(|(name, _)| &**name).collect();
        if negative.is_empty() {
            return Ok(usage);
        }
        let names = negative.join(",");
        Err(self.forbidden(format!("quota usage is negative for resource(s): {names}")))
    }

    /// What the quota has used up once the write is done; nothing if that does not change.
    fn used_after(&self, quota: &Value, delta: &List) -> Result<Option<List>, Status> {
        let [hard, used] = ["hard", "used"].map(|field| List::at(quota, &["status", field]));
        let delta = delta.only(|name| delta.get(name).is_some_and(|amount| !amount.is_zero()));
        let requested = delta.only(|name| hard.get(name).is_some());
        if requested.is_empty() {
            return Ok(None);
        }
        let mut after = used.clone();
        after.add(&requested);
        let exceeds =
            |name: &str| requested.get(name).is_some() && after.get(name) > hard.get(name);
        let exceeded = hard.only(exceeds);
        if exceeded.is_empty() || self.write.subresource == "status" {
            return Ok(Some(after));
        }
        let name = quota.str_at(&["metadata", "name"]).unwrap_or_default();
        let of = |list: &List| printed(&list.only(|name| exceeded.get(name).is_some()));
        Err(self.forbidden(format!(
            "exceeded quota: {name}, requested: {}, used: {}, limited: {}",
            of(&requested),
            of(&used),
            printed(&exceeded)
        )))
    }
}

/// `prettyPrint`.
fn printed(list: &List) -> String {
    let entries = list.iter().map(|(name, amount)| format!("{name}={amount}"));
    entries.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
