//! Carries a plan out.

use futures::future::join_all;
use http::Method;
use pintle_client::watch::version_of;
use pintle_client::{Client, Deletion, Error, PatchType};
use pintle_controllers::object::Read;
use pintle_controllers::plan::{Announce, Ask, Failure, Form, Pace, Step};
use pintle_controllers::{Action, Key, Plan};
use serde_json::{Value, json};

use crate::barrier::Sight;
use crate::runtime::{Running, resource};

/// Carries out the steps in order, up to the first failure, and notes in the barrier what the
/// caches must show before the next decision.
pub(crate) async fn carry_out(running: &Running, key: &Key, plan: &Plan) -> Result<(), Failure> {
    for step in &plan.steps {
        let (sights, outcome) = carry_out_step(running, step).await;
        running.barrier.expect(key, sights);
        outcome?;
    }
    Ok(())
}

async fn carry_out_step(running: &Running, step: &Step) -> (Vec<Sight>, Result<(), Failure>) {
    let mut sights = Vec::new();
    let mut failure = None;
    let mut rest = step.actions.as_slice();
    let mut batch = match step.pace {
        Pace::SlowStart => 1,
        Pace::Together => rest.len(),
    };
    while !rest.is_empty() && failure.is_none() {
        let (now, later) = rest.split_at(batch.min(rest.len()));
        for outcome in join_all(now.iter().map(|action| carry_out_one(running, action))).await {
            match outcome {
                Ok(seen) => sights.extend(seen),
                Err(other) => failure = failure.or(Some(other)),
            }
        }
        rest = later;
        batch *= 2;
    }
    (sights, failure.map_or(Ok(()), Err))
}

fn failure(error: &Error, of: &'static str) -> Failure {
    Failure { reason: error.reason().into(), message: error.to_string(), of }
}

/// What a written object tells the barrier.
fn sight(table: &'static str, written: &Value) -> Option<Sight> {
    let version = version_of(written);
    (version > 0).then_some(Sight::Version(table, version))
}

async fn carry_out_one(running: &Running, action: &Action) -> Result<Option<Sight>, Failure> {
    let client = &running.client;
    match action {
        Action::Create { kind, object, announce, may_exist } => {
            let created = client.create(&resource(kind), object.namespace(), object).await;
            say(running, announce.as_ref(), created.as_ref().map(Read::name));
            match created {
                Ok(object) => Ok(sight(kind.plural, &object)),
                Err(error) if error.is_already_exists() && *may_exist => Ok(None),
                Err(error) if error.is_namespace_terminating() => Ok(None),
                Err(error) => Err(failure(&error, "create")),
            }
        }
        Action::Update { kind, object, subresource } => {
            let place = (object.namespace(), object.name(), *subresource);
            match client.update(&resource(kind), place, object).await {
                Ok(object) => Ok(sight(kind.plural, &object)),
                Err(error) if error.is_not_found() => Ok(None),
                Err(error) => Err(failure(&error, "update")),
            }
        }
        Action::Patch { kind, key, subresource, form, body } => {
            let form = match form {
                Form::Json => PatchType::Json,
                Form::Merge => PatchType::Merge,
                Form::Strategic => PatchType::Strategic,
            };
            let place = (key.namespace.as_str(), key.name.as_str(), *subresource);
            match client.patch(&resource(kind), place, form, body).await {
                Ok(object) => Ok(sight(kind.plural, &object)),
                // Gone, or (an uid that differs) another object by the same name.
                Err(error) if error.is_not_found() || is_other(&error, body) => Ok(None),
                Err(error) => Err(failure(&error, "patch")),
            }
        }
        Action::Adopt { .. } => adopt(client, action).await,
        Action::Delete { .. } => delete(running, action).await,
        Action::Raw { method, path, body } => raw(client, method, path, body).await,
        Action::Event { about, kind, reason, message } => {
            running.recorder.event(about, kind, reason, message);
            Ok(None)
        }
    }
}

fn is_other(error: &Error, body: &Value) -> bool {
    error.is_invalid() && body.has("metadata.uid")
}

/// Records how an action ended.
fn say(running: &Running, announce: Option<&Announce>, outcome: Result<&str, &Error>) {
    let Some(announce) = announce else { return };
    let (kind, (reason, text), value) = match outcome {
        Ok(name) => ("Normal", &announce.done, name.to_owned()),
        Err(error) if error.is_namespace_terminating() || error.is_already_exists() => return,
        Err(error) => ("Warning", &announce.failed, error.to_string()),
    };
    if !reason.is_empty() {
        running.recorder.event(&announce.about, kind, reason, &text.replacen("{}", &value, 1));
    }
}

async fn adopt(client: &Client, action: &Action) -> Result<Option<Sight>, Failure> {
    let Action::Adopt { kind, object, owner_kind, owner, body } = action else { return Ok(None) };
    let fail = |why: String| {
        let about = format!("{}/{} ({})", object.namespace(), object.name(), object.uid());
        let message = format!("can't adopt {} {about}: {why}", kind.kind);
        Err(Failure { message, of: "adopt", ..Failure::default() })
    };
    match client.get(&resource(owner_kind), owner.namespace(), owner.name()).await {
        Err(error) => return fail(format!("can't recheck DeletionTimestamp: {error}")),
        Ok(fresh) if fresh.uid() != owner.uid() => {
            return fail(format!(
                "can't recheck DeletionTimestamp: original {} {}/{} is gone: got uid {}, wanted {}",
                owner_kind.kind,
                owner.namespace(),
                owner.name(),
                fresh.uid(),
                owner.uid()
            ));
        }
        Ok(fresh) if fresh.is_terminating() => {
            return fail(format!(
                "{}/{} has just been deleted at {}",
                fresh.namespace(),
                fresh.name(),
                fresh.text("metadata.deletionTimestamp")
            ));
        }
        Ok(_) => {}
    }
    let place = (object.namespace(), object.name(), "");
    match client.patch(&resource(kind), place, PatchType::Strategic, body).await {
        Ok(object) => Ok(sight(kind.plural, &object)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(failure(&error, "adopt")),
    }
}

async fn delete(running: &Running, action: &Action) -> Result<Option<Sight>, Failure> {
    let Action::Delete { kind, key, uid, version, propagation, grace, announce } = action else {
        return Ok(None);
    };
    let deletion = Deletion {
        uid: (!uid.is_empty()).then(|| uid.clone()),
        resource_version: (!version.is_empty()).then(|| version.clone()),
        propagation: *propagation,
        grace_seconds: *grace,
    };
    let place = (key.namespace.as_str(), key.name.as_str());
    match running.client.delete(&resource(kind), place, &deletion).await {
        Ok(answer) => {
            say(running, announce.as_ref(), Ok(&key.name));
            let uid = if answer.text("kind") == "Status" {
                answer.text("details.uid")
            } else {
                answer.uid()
            };
            Ok(Some(Sight::Gone(kind.plural, key.clone(), uid.into())))
        }
        Err(error) if error.is_not_found() => Ok(None),
        // Another object by the same name is not the one that was to go.
        Err(error) if error.is_conflict() && !uid.is_empty() => Ok(None),
        Err(error) => {
            say(running, announce.as_ref(), Err(&error));
            Err(failure(&error, "delete"))
        }
    }
}

async fn raw(
    client: &Client,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<Option<Sight>, Failure> {
    let (method, content) = match method {
        "DELETE" => (Method::DELETE, "application/json"),
        "APPLY" => (Method::PATCH, "application/apply-patch+yaml"),
        _ => (Method::PATCH, "application/merge-patch+json"),
    };
    let body = Some((content, body.to_string().into_bytes()));
    match client.bytes(method, path, "application/json", body).await {
        Ok(_) => Ok(None),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(failure(&error, "raw")),
    }
}

/// Answers a row's question from the live API.
pub(crate) async fn answer(running: &Running, ask: &Ask) -> Result<Value, Failure> {
    let client = &running.client;
    let answer = match ask {
        Ask::Get(path) => client.json(Method::GET, path, None).await,
        Ask::List(path) => list(client, path).await,
        Ask::DeleteCollection(path) => {
            let options = Deletion { propagation: Some("Background"), ..Deletion::default() };
            client.json(Method::DELETE, path, Some(&options.options())).await
        }
        Ask::Discovery => discover(client).await,
        Ask::Review(review) => {
            let review: Value = serde_json::from_str(review).unwrap_or_default();
            let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
            client.json(Method::POST, path, Some(&review)).await
        }
    };
    answer.map_err(|error| failure(&error, "ask"))
}

async fn list(client: &Client, path: &str) -> Result<Value, Error> {
    let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    let mut items = Vec::new();
    let mut next = String::new();
    loop {
        let page = format!("{path}?limit=500{next}");
        let bytes = client.bytes(Method::GET, &page, accept, None).await?;
        let mut page: Value =
            serde_json::from_slice(&bytes).map_err(|error| Error::Malformed(error.to_string()))?;
        if let Some(more) = page["items"].as_array_mut() {
            items.append(more);
        }
        match page.text("metadata.continue") {
            "" => return Ok(json!({"items": items})),
            token => next = format!("&continue={token}"),
        }
    }
}

async fn discover(client: &Client) -> Result<Value, Error> {
    let found = pintle_client::discovery::Discovery::fetch(client).await?;
    let served = found.served.iter().map(|served| {
        let resource = &served.resource;
        json!({
            "group": resource.group, "version": resource.version, "kind": resource.kind,
            "plural": resource.plural, "namespaced": resource.namespaced,
            "verbs": served.verbs,
        })
    });
    Ok(json!({"served": served.collect::<Vec<_>>(), "stale": found.stale}))
}
