//! From a path to a served resource.

use std::sync::Arc;

use http::Method;
use pintle_engine::{Enabled, RequestInfo, Scope, Status, negotiate};

use super::{ApiRequest, Failure};
use crate::registry::{Registry, Served};

/// Where a request goes.
pub(super) struct Route {
    pub(super) served: Arc<Served>,
    pub(super) scope: Scope,
}

/// Finds the resource, and refuses what has no route.
pub(super) fn resolve(registry: &Registry, request: &ApiRequest) -> Result<Route, Failure> {
    let info = &request.info;
    let served = registry.served(&info.api_group, &info.api_version, &info.resource);
    let served = served
        .filter(|_| is_below_its_prefix(info))
        .ok_or_else(|| why_unserved(&registry.enabled, info))?;
    let scope = match info.subresource.as_str() {
        "" => served.scope,
        name => served.scope.below(name).ok_or_else(not_found)?,
    };
    check_shape(&scope, request)?;
    let verbs = scope.verbs();
    let served_verb = verbs.contains(&info.verb.as_str())
        || (matches!(info.verb.as_str(), "get" | "create" | "update" | "patch" | "delete")
            && connects(&scope));
    let proxied = scope.subresource_name() == "proxy";
    let any = proxied && matches!(request.parts.method, Method::HEAD | Method::OPTIONS);
    if !any && (!served_verb || request.parts.method == Method::HEAD) {
        return Err(method_not_allowed().into());
    }
    Ok(Route { served: Arc::clone(served), scope })
}

/// The core group has a prefix of its own.
fn is_below_its_prefix(info: &RequestInfo) -> bool {
    info.api_group.is_empty() == (info.api_prefix == "api")
}

/// A group that is not served is no path at all.
fn why_unserved(enabled: &Enabled, info: &RequestInfo) -> Failure {
    if enabled.group(&info.api_group).is_none() || !is_below_its_prefix(info) {
        return Failure::NotFoundText;
    }
    not_found().into()
}

/// Streams answer to methods that discovery does not list for GET.
fn connects(scope: &Scope) -> bool {
    matches!(scope.subresource_name(), "exec" | "attach" | "portforward" | "proxy")
}

/// Namespaced resources are listed and watched across namespaces, and nothing else; cluster-scoped
/// ones are not below a namespace.
fn check_shape(scope: &Scope, request: &ApiRequest) -> Result<(), Failure> {
    let info = &request.info;
    let in_path = info.parts.len() > 1;
    let below_namespace = !info.namespace.is_empty();
    let is_namespace = scope.resource.plural == "namespaces" && info.api_group.is_empty();
    if scope.resource.namespaced {
        if !below_namespace && in_path {
            return Err(not_found().into());
        }
        if !below_namespace && !matches!(info.verb.as_str(), "list" | "watch") {
            let everywhere = scope.verbs().contains(&"list");
            let status = if everywhere { method_not_allowed() } else { not_found() };
            // Reviews of a namespace and such are created below one only.
            return Err(status.into());
        }
    } else if below_namespace && !is_namespace {
        return Err(not_found().into());
    }
    let named = matches!(info.verb.as_str(), "update" | "patch" | "delete");
    let collective = info.verb == "create" && scope.subresource.is_none();
    if (named && info.name.is_empty()) || (collective && in_path) {
        return Err(method_not_allowed().into());
    }
    let tail = info.parts.len() > 3;
    if tail && !matches!(scope.subresource_name(), "proxy") {
        return Err(not_found().into());
    }
    Ok(())
}

/// `the server could not find the requested resource`.
pub(super) fn not_found() -> Status {
    negotiate::route_error(404, "")
}

/// `the server does not allow this method on the requested resource`.
pub(super) fn method_not_allowed() -> Status {
    negotiate::route_error(405, "")
}
