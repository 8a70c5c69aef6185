//! Access reviews, token reviews, and the authorizer's part in writes.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::Response;
use pintle_engine::admission::{Attributes as Write, Operation};
use pintle_engine::{RequestInfo, User, Value};
use pintle_machinery::status::Status;
use pintle_machinery::time::Time;
use serde_json::json;

use super::exchange::Exchange;
use crate::authn::{Authenticator, Outcome, World};
use crate::authz::{self, Authorizer, escalation, reviews};
use crate::body::Body;
use crate::rest::{self, ApiRequest, AsyncAdmission, Connect, Rest};

/// Kinds that ask about access, and their resources.
pub(super) const ACCESS: &[(&str, &str)] = &[
    ("SubjectAccessReview", "subjectaccessreviews"),
    ("SelfSubjectAccessReview", "selfsubjectaccessreviews"),
    ("LocalSubjectAccessReview", "localsubjectaccessreviews"),
];

type Answer<'a> = BoxFuture<'a, Response<Body>>;

/// What may a subject do?
#[derive(Debug)]
pub struct Access {
    /// Kind of the review.
    pub kind: &'static str,
    /// Who decides.
    pub authorizer: Arc<Authorizer>,
}

impl Connect for Access {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> Answer<'a> {
        Box::pin(async move {
            let kind = ("authorization.k8s.io", "v1", self.kind);
            let mut exchange = match Exchange::read(request, kind).await {
                Ok(exchange) => exchange,
                Err((form, status)) => return rest::status_response(status, &form),
            };
            exchange.own(rest);
            let mut object = exchange.object.clone();
            let outcome = exchange.admit(rest, &mut object).and_then(|()| {
                let namespace = &exchange.info.namespace;
                reviews::access(&self.authorizer, self.kind, &exchange.user, namespace, object)
            });
            exchange.answer(outcome)
        })
    }
}

/// Which rules apply to the caller?
#[derive(Debug)]
pub struct Rules {
    /// Who decides.
    pub authorizer: Arc<Authorizer>,
}

impl Connect for Rules {
    fn connect<'a>(&'a self, _: &'a Rest, request: ApiRequest) -> Answer<'a> {
        Box::pin(async move {
            let kind = ("authorization.k8s.io", "v1", "SelfSubjectRulesReview");
            let exchange = match Exchange::read(request, kind).await {
                Ok(exchange) => exchange,
                Err((form, status)) => return rest::status_response(status, &form),
            };
            let outcome = reviews::rules(&self.authorizer, &exchange.user, &exchange.object);
            exchange.answer(outcome)
        })
    }
}

/// Who is the caller?
#[derive(Clone, Copy, Debug)]
pub struct WhoAmI;

impl Connect for WhoAmI {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> Answer<'a> {
        Box::pin(async move {
            let kind = ("authentication.k8s.io", "v1", "SelfSubjectReview");
            let exchange = match Exchange::read(request, kind).await {
                Ok(exchange) => exchange,
                Err((form, status)) => return rest::status_response(status, &form),
            };
            let now = Time::new(seconds(rest), 0).rfc3339();
            let outcome = Ok(reviews::whoami(&exchange.user, &now));
            exchange.answer(outcome)
        })
    }
}

fn seconds(rest: &Rest) -> i64 {
    rest.clock.now_milliseconds().div_euclid(1000)
}

/// Whose token is it?
#[derive(Debug)]
pub struct Tokens {
    /// Who knows.
    pub authenticator: Arc<Authenticator>,
}

impl Connect for Tokens {
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> Answer<'a> {
        Box::pin(async move {
            let kind = ("authentication.k8s.io", "v1", "TokenReview");
            let mut exchange = match Exchange::read(request, kind).await {
                Ok(exchange) => exchange,
                Err((form, status)) => return rest::status_response(status, &form),
            };
            exchange.own(rest);
            let outcome = self.review(rest, exchange.object.clone());
            exchange.answer(outcome)
        })
    }
}

impl Tokens {
    /// `authentication/tokenreview.REST.Create`.
    fn review(&self, rest: &Rest, mut review: Value) -> Result<Value, Status> {
        let token = review["spec"]["token"].as_str().unwrap_or_default().to_owned();
        if token.is_empty() {
            return Err(Status::bad_request("token is required for TokenReview in authentication"));
        }
        let asked = review["spec"]["audiences"].as_array().into_iter().flatten();
        let mut audiences: Vec<String> =
            asked.filter_map(|item| item.as_str().map(str::to_owned)).collect();
        if audiences.is_empty() {
            audiences.clone_from(&self.authenticator.config().api_audiences);
        }
        let world = World { now: seconds(rest), objects: &*rest.registry };
        let mut status = json!({"user": {}});
        match self.authenticator.token(&token, &audiences, &world) {
            Outcome::Yes(identity) => {
                let meant = audiences.is_empty()
                    || audiences.iter().any(|audience| identity.audiences.contains(audience));
                if !meant {
                    return Err(Status::internal_error("error validating audiences"));
                }
                let mut user = identity.user;
                let group = crate::authn::AUTHENTICATED;
                if !user.groups.iter().any(|known| known == group) {
                    user.groups.push(group.into());
                }
                status["authenticated"] = true.into();
                status["user"] = reviews::user_info(&user);
                if !identity.audiences.is_empty() {
                    status["audiences"] = json!(identity.audiences);
                }
            }
            Outcome::No(reason) => {
                let error =
                    pintle_machinery::field::aggregate([reason, "invalid bearer token".to_owned()]);
                status["error"] = error.into();
            }
            Outcome::NoOpinion => status["error"] = "invalid bearer token".into(),
        }
        review["status"] = status;
        Ok(review)
    }
}

/// Says whether PUT and apply may create.
#[derive(Debug)]
pub struct MayCreate {
    /// Who decides.
    pub authorizer: Arc<Authorizer>,
}

impl rest::MayCreate for MayCreate {
    fn check<'a>(
        &'a self,
        user: &'a User,
        info: &'a RequestInfo,
    ) -> BoxFuture<'a, Result<(), Status>> {
        Box::pin(async move { self.authorizer.check(&authz::attributes_of(user, info)) })
    }
}

/// Keeps writers of roles and bindings from handing out what they do not have.
#[derive(Debug)]
pub struct Escalation {
    /// Who knows what they have.
    pub authorizer: Arc<Authorizer>,
}

impl AsyncAdmission for Escalation {
    fn mutate<'a>(
        &'a self,
        write: &'a Write<'a>,
        object: &'a mut Value,
        old: Option<&'a Value>,
    ) -> BoxFuture<'a, Result<(), Status>> {
        Box::pin(async move {
            let writes = matches!(write.operation, Operation::Create | Operation::Update);
            if write.group != authz::rbac::GROUP || !write.subresource.is_empty() || !writes {
                return Ok(());
            }
            let target = escalation::Target {
                plural: write.resource,
                namespace: write.namespace,
                name: write.name,
            };
            let user = write.context.user;
            let checked = escalation::check(&self.authorizer, user, &target, object, old);
            if checked.is_err() {
                let (resource, name) = (write.resource, write.name);
                tracing::info!(user = user.name, resource, name, "Escalation refused");
            }
            checked
        })
    }

    fn validate<'a>(
        &'a self,
        _: &'a Write<'a>,
        _: &'a Value,
        _: Option<&'a Value>,
    ) -> BoxFuture<'a, Result<(), Status>> {
        Box::pin(async { Ok(()) })
    }
}
