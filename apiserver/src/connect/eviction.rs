//! `pods/eviction`: deletes a pod if its disruption budget allows.

mod budget;

use std::time::Duration;

use futures::future::BoxFuture;
use http::{Method, Response};
use pintle_engine::{Errors, Lookup, Status, Value, meta, write};
use pintle_machinery::selector::LabelSelector;
use pintle_machinery::status::{GroupKind, GroupResource};
use serde_json::json;

use super::exchange::Exchange;
use super::{conditions, loopback};
use crate::body::Body;
use crate::rest::{ApiRequest, Connect, Rest, status_response};

/// Attempts when somebody else changes the same object, and the pause between them
/// (`EvictionsRetry`).
const ATTEMPTS: usize = 20;
const PAUSE: Duration = Duration::from_millis(500);

/// Evicts pods (`registry/core/pod/storage.EvictionREST`).
pub struct Evictions;

impl Connect for Evictions {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>> {
        Box::pin(async move {
            match Exchange::read(request, ("policy", "v1", "Eviction")).await {
                Ok(exchange) => {
                    let outcome = evict(rest, &exchange).await;
                    exchange.answer_status(outcome)
                }
                Err((form, status)) => status_response(status, &form),
            }
        })
    }
}

/// One eviction on its way.
struct Eviction<'a> {
    rest: &'a Rest,
    namespace: &'a str,
    name: &'a str,
    /// DeleteOptions as the client sent them.
    options: Value,
    dry_run: bool,
}

async fn evict(rest: &Rest, exchange: &Exchange) -> Result<Status, Status> {
    let (namespace, name) = (exchange.info.namespace.as_str(), exchange.info.name.as_str());
    let mut object = exchange.object.clone();
    write::wipe(&mut object);
    write::ensure_namespace(&mut object, namespace)?;
    exchange.admit(rest, &mut object)?;
    if meta::name(&object) != name {
        let message = "name in URL does not match name in Eviction object";
        return Err(Status::bad_request(message));
    }
    let options = delete_options(&object, name, exchange.dry_run())?;
    let dry_run = options["dryRun"].as_array().is_some_and(|values| !values.is_empty());
    let eviction = Eviction { rest, namespace, name, options, dry_run };
    let Some(pod) = eviction.without_budget().await? else {
        return Ok(Status::success(None));
    };
    eviction.within_budget(&pod).await
}

/// The options of the deletion (`propagateDryRun`).
fn delete_options(eviction: &Value, name: &str, dry_run: bool) -> Result<Value, Status> {
    let mut options = match &eviction["deleteOptions"] {
        Value::Null => json!({}),
        options => options.clone(),
    };
    let reckless = "ignoreStoreReadErrorWithClusterBreakingPotential";
    if options[reckless] == true {
        let mut errors = Errors::new();
        let detail = "can not be set for pod eviction, try after removing the option";
        errors.invalid(format!("deleteOptions.{reckless}"), true, detail);
        return Err(Status::invalid(GroupKind::new("policy", "Eviction"), name, &errors));
    }
    let own = options["dryRun"].as_array().is_some_and(|values| !values.is_empty());
    if dry_run && !own {
        options["dryRun"] = json!(["All"]);
    }
    options["kind"] = "DeleteOptions".into();
    options["apiVersion"] = "v1".into();
    Ok(options)
}

/// The resource version that the deletion demands.
fn demanded_version(options: &Value) -> Option<&str> {
    options.pointer("/preconditions/resourceVersion").and_then(Value::as_str)
}

fn demand_version(options: &mut Value, version: &str) {
    if !options["preconditions"].is_object() {
        options["preconditions"] = json!({});
    }
    options["preconditions"]["resourceVersion"] = version.into();
}

fn is_conflict(status: &Status) -> bool {
    status.reason == "Conflict"
}

/// The pod disrupts nothing any more, or not yet (`canIgnorePDB`).
fn needs_no_budget(pod: &Value) -> bool {
    meta::deletion_timestamp(pod).is_some()
        || matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed" | "Pending"))
}

impl Eviction<'_> {
    /// Deletes a pod that no budget counts; the pod if one does.
    async fn without_budget(&self) -> Result<Option<Value>, Status> {
        let mut attempt = 1;
        loop {
            let pod = self.rest.fetch("", "pods", self.namespace, self.name).await?;
            if !needs_no_budget(&pod) {
                return Ok(Some(pod));
            }
            let mut options = self.options.clone();
            let pending = pod["status"]["phase"] == "Pending";
            let enforce = pending && meta::deletion_timestamp(&pod).is_none();
            if enforce && demanded_version(&options).is_none() {
                demand_version(&mut options, meta::resource_version(&pod));
            }
            match self.delete(options).await {
                Ok(()) => return Ok(None),
                Err(status)
                    if is_conflict(&status)
                        && demanded_version(&self.options).is_none()
                        && attempt < ATTEMPTS => {}
                Err(status) => return Err(status),
            }
            attempt += 1;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Deletes a running pod if its budget allows.
    async fn within_budget(&self, pod: &Value) -> Result<Status, Status> {
        let budgets = self.budgets(pod).await?;
        if budgets.len() > 1 {
            let message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
            return Ok(Status::failure(500, "", message));
        }
        let mut options = self.options.clone();
        let mut name = "";
        let mut enforce = false;
        if let Some(budget) = budgets.first() {
            name = meta::name(budget);
            enforce = budget::ignores_unhealthy(budget, pod);
            if !enforce {
                self.spend(budget).await?;
            }
        }
        if enforce {
            demand_version(&mut options, meta::resource_version(pod));
        }
        let given = demanded_version(&self.options).is_some();
        match self.delete(options).await {
            Err(status) if is_conflict(&status) && enforce && !given => {
                Err(budget::being_processed(name))
            }
            other => other.map(|()| Status::success(None)),
        }
    }

    /// The budgets whose selector has the pod.
    async fn budgets(&self, pod: &Value) -> Result<Vec<Value>, Status> {
        let group = "policy";
        let plural = "poddisruptionbudgets";
        let registry = &self.rest.registry;
        registry.sync(&[(group, plural)]).await.map_err(Status::internal_error)?;
        let budgets = registry.list(group, plural, self.namespace);
        let labels = meta::map(pod, "labels");
        let has = |budget: &&std::sync::Arc<Value>| {
            LabelSelector::from_value(budget["spec"].get("selector"))
                .is_ok_and(|selector| selector.matches(labels))
        };
        Ok(budgets.iter().filter(has).map(|budget| (**budget).clone()).collect())
    }

    /// Takes one disruption from the budget (`EvictionREST.checkAndDecrement`).
    async fn spend(&self, first: &Value) -> Result<(), Status> {
        let name = meta::name(first);
        let mut budget = first.clone();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(PAUSE).await;
                let plural = "poddisruptionbudgets";
                budget = self.rest.fetch("policy", plural, self.namespace, name).await?;
            }
            budget::spend(&mut budget, self.name, self.rest.now())?;
            if self.dry_run {
                return Ok(());
            }
            let path = format!(
                "/apis/policy/v1/namespaces/{}/poddisruptionbudgets/{name}/status",
                self.namespace
            );
            match loopback::call(self.rest, Method::PUT, &path, &budget).await {
                Ok(_) => return Ok(()),
                Err(status) if is_conflict(&status) => {}
                Err(status) => return Err(status),
            }
        }
        let name = pintle_machinery::json::quote(name);
        let message = format!("couldn't update PodDisruptionBudget {name} due to conflicts");
        Err(Status::timeout(&message, 10))
    }

    /// Notes on the pod why it goes, and deletes it (`addConditionAndDeletePod`).
    async fn delete(&self, mut options: Value) -> Result<(), Status> {
        if !self.dry_run {
            let now = self.rest.now();
            let key = (self.namespace, self.name);
            let pod = self.rest.modify(("", "pods"), key, |pod| {
                check_preconditions(pod, &options)?;
                let (reason, message) = ("EvictionByEvictionAPI", "Eviction API: evicting");
                conditions::set_on_pod(pod, "DisruptionTarget", reason, message, now);
                Ok(())
            });
            let pod = pod.await?;
            if demanded_version(&options).is_some() {
                demand_version(&mut options, meta::resource_version(&pod));
            }
        }
        let path = format!("/api/v1/namespaces/{}/pods/{}", self.namespace, self.name);
        loopback::call(self.rest, Method::DELETE, &path, &options).await.map(|_| ())
    }
}

fn check_preconditions(pod: &Value, options: &Value) -> Result<(), Status> {
    let wanted = |field: &str| options["preconditions"][field].as_str().unwrap_or_default();
    let refuse = |what: &str, field: &str, found: &str, guess: &str| {
        let problem = format!(
            "the {what} in the precondition ({}) does not match the {what} in record ({found}). The object might have been {guess}",
            wanted(field)
        );
        Err(Status::conflict(GroupResource::new("", "Pod"), meta::name(pod), problem))
    };
    if !wanted("uid").is_empty() && wanted("uid") != meta::uid(pod) {
        return refuse("UID", "uid", meta::uid(pod), "deleted and then recreated");
    }
    let version = meta::resource_version(pod);
    if !wanted("resourceVersion").is_empty() && wanted("resourceVersion") != version {
        return refuse("ResourceVersion", "resourceVersion", version, "modified");
    }
    Ok(())
}
