//! Resources that are no stored objects: reviews and tokens.

mod admit;
pub mod backend;
pub mod binding;
mod conditions;
mod containers;
pub mod eviction;
pub mod exchange;
pub mod kubelet;
mod links;
mod location;
pub mod logs;
pub(crate) mod loopback;
pub mod proxy;
pub mod relay;
pub mod reviews;
pub mod streams;
pub mod tokens;
mod websocket;

use std::sync::Arc;

use crate::authn::Authenticator;
use crate::authz::Authorizer;
use crate::rest::Rest;

/// Registers what assigns and evicts pods.
pub fn register_pods(rest: &mut Rest) {
    rest.connect("", "pods", "binding", Arc::new(binding::Bindings));
    rest.connect("", "bindings", "", Arc::new(binding::Bindings));
    rest.connect("", "pods", "eviction", Arc::new(eviction::Evictions));
}

/// Registers what reaches kubelets, pods and services.
pub fn register_streams(
    rest: &mut Rest,
    kubelets: kubelet::Config,
    family: &'static str,
) -> Result<(), backend::TlsError> {
    let kubelets = Arc::new(kubelet::Kubelets::new(kubelets));
    for (subresource, kind) in [
        ("exec", streams::Kind::Exec),
        ("attach", streams::Kind::Attach),
        ("portforward", streams::Kind::PortForward),
    ] {
        let streams = streams::Streams { kind, kubelets: kubelets.clone() };
        rest.connect("", "pods", subresource, Arc::new(streams));
    }
    rest.connect("", "pods", "log", Arc::new(logs::Logs { kubelets: kubelets.clone() }));
    let tls = backend::tls(None, None)?;
    for (plural, kind) in [
        ("pods", proxy::Kind::Pod),
        ("services", proxy::Kind::Service),
        ("nodes", proxy::Kind::Node),
    ] {
        let proxy = proxy::Proxy { kind, family, kubelets: kubelets.clone(), tls: tls.clone() };
        rest.connect("", plural, "proxy", Arc::new(proxy));
    }
    Ok(())
}

/// Registers everything in this folder that is no stream.
pub fn register(rest: &mut Rest, authenticator: &Arc<Authenticator>, authorizer: &Arc<Authorizer>) {
    register_pods(rest);
    for (kind, plural) in reviews::ACCESS {
        let review = reviews::Access { kind, authorizer: authorizer.clone() };
        rest.connect("authorization.k8s.io", plural, "", Arc::new(review));
    }
    let rules = reviews::Rules { authorizer: authorizer.clone() };
    rest.connect("authorization.k8s.io", "selfsubjectrulesreviews", "", Arc::new(rules));
    rest.connect("authentication.k8s.io", "selfsubjectreviews", "", Arc::new(reviews::WhoAmI));
    let tokens = reviews::Tokens { authenticator: authenticator.clone() };
    rest.connect("authentication.k8s.io", "tokenreviews", "", Arc::new(tokens));
    let requests = tokens::TokenRequests { authenticator: authenticator.clone() };
    rest.connect("", "serviceaccounts", "token", Arc::new(requests));
    rest.authorizer = authorizer.clone();
    rest.may_create = Some(Arc::new(reviews::MayCreate { authorizer: authorizer.clone() }));
    rest.async_admission.push(Arc::new(reviews::Escalation { authorizer: authorizer.clone() }));
}

#[cfg(test)]
mod tests;
