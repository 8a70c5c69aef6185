//! `serviceaccounts/token`: tokens on request.

use pintle_engine::{Errors, Lookup};
use pintle_machinery::status::Status;
use pintle_machinery::status::{GroupKind, GroupResource};
use pintle_machinery::time::Time;
use pintle_machinery::{Value, json};

use super::service_account::{Claims, Reference, ServiceAccounts};

/// The lifetime that clients ask for who may hold a token longer than they say.
const WARN_ONLY_SECONDS: i64 = 3607;
const EXTENDED_SECONDS: i64 = 365 * 24 * 3600;
const KIND: GroupKind<'static> = GroupKind::new("authentication.k8s.io", "TokenRequest");

/// The service account and the moment of a request.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Namespace in the URL.
    pub namespace: &'a str,
    /// Name in the URL.
    pub name: &'a str,
    /// Now, Unix seconds.
    pub now: i64,
    /// Identity of the new token.
    pub id: &'a str,
}

/// A request that has been checked, and the claims of its token.
#[derive(Debug)]
pub struct Prepared {
    /// The request with everything filled in but the status.
    pub request: Value,
    claims: Claims,
    /// Warnings for the client.
    pub warnings: Vec<String>,
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// Fills in and checks the request itself, before admission sees it
/// (`serviceaccount/storage.TokenREST.Create`).
pub fn fill(
    accounts: &ServiceAccounts,
    objects: &dyn Lookup,
    place: &Place<'_>,
    mut request: Value,
) -> Result<Value, Status> {
    let metadata = request["metadata"].clone();
    for (field, own) in [("name", place.name), ("namespace", place.namespace)] {
        let body = text(&metadata, field);
        if !body.is_empty() && body != own {
            let mut errors = Errors::default();
            let detail = format!("must match the service account {field} if specified");
            errors.invalid(format!("metadata.{field}"), body, detail);
            return Err(Status::invalid(KIND, place.name, &errors));
        }
    }
    let account = objects
        .get("", "serviceaccounts", place.namespace, place.name)
        .ok_or_else(|| Status::not_found(GroupResource::new("", "serviceaccounts"), place.name))?;
    let uid = Reference::to(&account).uid;
    let body = text(&metadata, "uid");
    if !body.is_empty() && body != uid {
        let what = format!(
            "the UID in the token request ({body}) does not match the UID of the service account \
             ({uid})"
        );
        let resource = GroupResource::new(KIND.group, KIND.kind);
        return Err(Status::conflict(resource, place.name, what));
    }
    if request["spec"]["audiences"].as_array().is_none_or(Vec::is_empty) {
        request["spec"]["audiences"] = accounts.api_audiences.clone().into();
    }
    if request["spec"]["expirationSeconds"].is_null() {
        request["spec"]["expirationSeconds"] = 3600.into();
    }
    request["metadata"]["name"] = place.name.into();
    request["metadata"]["namespace"] = place.namespace.into();
    request["metadata"]["uid"] = uid.into();
    let created = Time::new(place.now, 0);
    request["metadata"]["creationTimestamp"] = created.rfc3339().into();
    request["status"] = serde_json::json!({"token": "", "expirationTimestamp": null});
    validate(&request)?;
    Ok(request)
}

/// `apis/authentication/validation.ValidateTokenRequest`.
fn validate(request: &Value) -> Result<(), Status> {
    let mut errors = Errors::default();
    let seconds = request["spec"]["expirationSeconds"].as_i64().unwrap_or_default();
    let path = "spec.expirationSeconds";
    if seconds < 600 {
        errors.invalid(path, seconds, "may not specify a duration less than 10 minutes");
    }
    if seconds > 1 << 32 {
        errors.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    if errors.is_empty() { Ok(()) } else { Err(Status::invalid(KIND, "", &errors)) }
}

/// Binds the request to what it names and decides how long the token lives.
pub fn prepare(
    accounts: &ServiceAccounts,
    objects: &dyn Lookup,
    place: &Place<'_>,
    mut request: Value,
) -> Result<Prepared, Status> {
    let spec = &request["spec"];
    let audiences: Vec<String> = spec["audiences"].as_array().map_or_else(Vec::new, |list| {
        list.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    });
    let mut claims = Claims {
        namespace: place.namespace.into(),
        account: Reference::to(&request),
        audiences,
        now: place.now,
        id: place.id.into(),
        ..Claims::default()
    };
    if let Some(reference) = spec.get("boundObjectRef").filter(|value| !value.is_null()) {
        bind(objects, place, reference, &mut claims)?;
    }
    let mut warnings = Vec::new();
    let mut seconds = spec["expirationSeconds"].as_i64().unwrap_or_default();
    let most = accounts.max_expiration_seconds;
    if most > 0 && seconds > most {
        warnings
            .push(format!("requested expiration of {seconds} seconds shortened to {most} seconds"));
        seconds = most;
        request["spec"]["expirationSeconds"] = most.into();
    }
    claims.expiration_seconds = seconds;
    let for_server = claims.audiences.iter().all(|one| accounts.api_audiences.contains(one));
    let patient = claims.pod.is_some() && seconds == WARN_ONLY_SECONDS && for_server;
    if accounts.extend_expiration && patient {
        claims.warn_after_seconds = seconds;
        claims.expiration_seconds =
            if most > 0 { most.min(EXTENDED_SECONDS) } else { EXTENDED_SECONDS };
    }
    let end = Time::new(place.now + seconds, 0);
    request["status"]["expirationTimestamp"] = end.rfc3339().into();
    Ok(Prepared { request, claims, warnings })
}

/// Signs the token and answers the finished request.
pub fn finish(accounts: &ServiceAccounts, mut prepared: Prepared) -> Result<Value, Status> {
    let token = accounts
        .issue(&prepared.claims)
        .map_err(|error| Status::internal_error(format!("failed to generate token: {error}")))?;
    prepared.request["status"]["token"] = token.into();
    Ok(prepared.request)
}

fn bind(
    objects: &dyn Lookup,
    place: &Place<'_>,
    reference: &Value,
    claims: &mut Claims,
) -> Result<(), Status> {
    let (name, kind) = (text(reference, "name"), text(reference, "kind"));
    let (group, version) = text(reference, "apiVersion")
        .rsplit_once('/')
        .unwrap_or(("", text(reference, "apiVersion")));
    let (plural, namespace) = match (group, kind) {
        ("", "Pod") => ("pods", place.namespace),
        ("", "Secret") => ("secrets", place.namespace),
        ("", "Node") => ("nodes", ""),
        _ => {
            let whole = format!("{group}/{version}, Kind={kind}");
            return Err(Status::bad_request(format!(
                "cannot bind token to object of type {whole}"
            )));
        }
    };
    let object = objects
        .get("", plural, namespace, name)
        .ok_or_else(|| Status::not_found(GroupResource::new("", plural), name))?;
    let found = Reference::to(&object);
    match kind {
        "Pod" => {
            if text(&object["spec"], "serviceAccountName") != place.name {
                return Err(Status::bad_request(format!(
                    "cannot bind token for serviceaccount {} to pod running with different \
                     serviceaccount name.",
                    json::quote(place.name)
                )));
            }
            let node = text(&object["spec"], "nodeName");
            if !node.is_empty() {
                let known = objects.get("", "nodes", "", node);
                let named = || Reference { name: node.into(), uid: String::new() };
                claims.node = Some(known.map_or_else(named, |node| Reference::to(&node)));
            }
            claims.pod = Some(found.clone());
        }
        "Node" => claims.node = Some(found.clone()),
        _ => claims.secret = Some(found.clone()),
    }
    let uid = text(reference, "uid");
    if !uid.is_empty() && uid != found.uid {
        let what = format!(
            "the UID in the bound object reference ({uid}) does not match the UID in record. The \
             object might have been deleted and then recreated"
        );
        return Err(Status::conflict(GroupResource::new(group, kind), name, what));
    }
    Ok(())
}
