//! Drives the engine: requests in, store transactions and responses out.

mod answer;
mod collection;
mod commit;
mod create;
mod delete;
mod items;
mod leases;
mod list;
mod patch;
mod read;
mod route;
mod runs;
mod scale;
mod unreadable;
mod update;
mod watch;

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::BoxFuture;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderValue, Response};
use pintle_engine::admission::{
    AllowNone, Attributes, Authorize, Plugin, TOLERATION_SECONDS, Warnings,
};
use pintle_engine::negotiate::{self, Accepted, Encoding, Offer};
use pintle_engine::query::Query;
use pintle_engine::{Context, RequestInfo, Scope, Status, User, Value};
use pintle_storage::Clock;

pub use self::commit::Change;

use self::leases::Leases;
use crate::body::{self, Body};
use crate::charge::Budgets;
use crate::registry::{Registry, Served, Stored};
use crate::server::openapi::OpenApi;

/// Longest request body (`--max-request-body-bytes` of the generic server).
pub const MAX_BODY: usize = 3 * 1024 * 1024;

/// A request whose caller is known and allowed.
#[derive(Debug)]
pub struct ApiRequest {
    /// What it asks for.
    pub info: RequestInfo,
    /// Who asks.
    pub user: Arc<User>,
    /// Request line and headers.
    pub parts: http::request::Parts,
    /// Body.
    pub body: Body,
}

/// A resource or subresource that is not an object: streams, tokens, evictions, reviews.
pub trait Connect: Send + Sync {
    /// Answers a request.
    fn connect<'a>(&'a self, rest: &'a Rest, request: ApiRequest) -> BoxFuture<'a, Response<Body>>;
}

/// What a write has taken before its commit, such as addresses of a service.
pub trait Reservation: Send {
    /// Keeps (`true`) or gives back what was taken.
    fn finish(self: Box<Self>, committed: bool) -> BoxFuture<'static, ()>;
}

/// Takes what a write needs from the outside before it is validated and committed
/// (`registry.Store.BeginCreate`, `BeginUpdate`), and learns of deletions.
pub trait Reserve: Send + Sync {
    /// Takes what the new object needs, and writes it into the object.
    fn reserve<'a>(
        &'a self,
        rest: &'a Rest,
        ctx: &'a Context<'a>,
        new: &'a mut Value,
        old: Option<&'a Value>,
    ) -> BoxFuture<'a, Result<Box<dyn Reservation>, Status>>;

    /// The object is gone (`registry.Store.AfterDelete`).
    fn deleted<'a>(&'a self, rest: &'a Rest, object: &'a Value) -> BoxFuture<'a, ()>;
}

/// Admission that waits for somebody, such as webhooks; after the table's plugins of each stage.
pub trait AsyncAdmission: Send + Sync {
    /// Changes the object.
    fn mutate<'a>(
        &'a self,
        attributes: &'a Attributes<'a>,
        object: &'a mut Value,
        old: Option<&'a Value>,
    ) -> BoxFuture<'a, Result<(), Status>>;

    /// Accepts or refuses.
    fn validate<'a>(
        &'a self,
        attributes: &'a Attributes<'a>,
        object: &'a Value,
        old: Option<&'a Value>,
    ) -> BoxFuture<'a, Result<(), Status>>;
}

/// Asks whether a caller of PUT or apply may also create.
pub trait MayCreate: Send + Sync {
    /// Refuses with the status that the authorizer gives. `info` has the verb `create`.
    fn check<'a>(
        &'a self,
        user: &'a User,
        info: &'a RequestInfo,
    ) -> BoxFuture<'a, Result<(), Status>>;
}

/// Group, resource and subresource.
type SubKey = (&'static str, &'static str, &'static str);

/// The generic REST server.
pub struct Rest {
    /// The resources.
    pub registry: Arc<Registry>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Active admission plugins, in order.
    pub plugins: Vec<Plugin>,
    /// Whom plugins ask about rights.
    pub authorizer: Arc<dyn Authorize>,
    /// Admission that waits.
    pub async_admission: Vec<Arc<dyn AsyncAdmission>>,
    /// Authorizer of create-on-update; without one such creates are refused.
    pub may_create: Option<Arc<dyn MayCreate>>,
    /// `--min-request-timeout`: watches last between this and twice as long.
    pub min_request_timeout_seconds: u64,
    /// `--event-ttl`, in place of the row's.
    pub event_ttl_seconds: Option<i64>,
    /// `--enable-garbage-collector`: deletions wait for the garbage collector if asked to.
    pub garbage_collection: bool,
    /// `--delete-collection-workers`.
    pub delete_collection_workers: usize,
    /// How far leases of objects that expire are rounded up, and how long one is used for new
    /// objects (`--lease-reuse-duration-seconds`).
    pub lease_reuse_seconds: i64,
    /// `--default-not-ready-toleration-seconds`, `--default-unreachable-toleration-seconds`.
    pub toleration_seconds: (i64, i64),
    /// OpenAPI documents.
    pub(crate) openapi: OpenApi,
    connects: HashMap<SubKey, Arc<dyn Connect>>,
    reserves: HashMap<(&'static str, &'static str), Arc<dyn Reserve>>,
    /// Leases in use.
    leases: Leases,
    /// Who waits to be charged.
    pub(crate) budgets: Budgets,
}

impl Rest {
    /// A server without plugins and connects.
    pub fn new(registry: Arc<Registry>, clock: Arc<dyn Clock>) -> Self {
        Self {
            openapi: OpenApi::new(&registry.enabled),
            registry,
            clock,
            plugins: Vec::new(),
            authorizer: Arc::new(AllowNone),
            async_admission: Vec::new(),
            may_create: None,
            event_ttl_seconds: None,
            garbage_collection: true,
            delete_collection_workers: 1,
            lease_reuse_seconds: 60,
            min_request_timeout_seconds: 1800,
            toleration_seconds: TOLERATION_SECONDS,
            connects: HashMap::new(),
            reserves: HashMap::new(),
            leases: Leases::default(),
            budgets: Budgets::default(),
        }
    }

    fn reserve_of(&self, scope: &Scope) -> Option<&Arc<dyn Reserve>> {
        let key = (scope.resource.group, scope.resource.plural);
        self.reserves.get(&key).filter(|_| scope.subresource.is_none())
    }

    /// Registers what answers for a resource, or for a subresource if `subresource` is not empty.
    pub fn connect(
        &mut self,
        group: &'static str,
        resource: &'static str,
        subresource: &'static str,
        connect: Arc<dyn Connect>,
    ) {
        self.connects.insert((group, resource, subresource), connect);
    }

    /// Registers what reserves for a resource's writes.
    pub fn reserve(
        &mut self,
        group: &'static str,
        resource: &'static str,
        reserve: Arc<dyn Reserve>,
    ) {
        self.reserves.insert((group, resource), reserve);
    }

    /// Now, in Unix nanoseconds.
    pub fn now(&self) -> i64 {
        self.clock.now_milliseconds().saturating_mul(1_000_000)
    }

    /// Answers a resource request.
    pub async fn handle(&self, request: ApiRequest) -> Response<Body> {
        let errors = ErrorForm::of(&request);
        match self.dispatch(request).await {
            Ok(response) => response,
            Err(failure) => answer::failure(failure, &errors),
        }
    }

    async fn dispatch(&self, request: ApiRequest) -> Result<Response<Body>, Failure> {
        let route = route::resolve(&self.registry, &request)?;
        let scope = &route.scope;
        let key = (scope.resource.group, scope.resource.plural, scope.subresource_name());
        if let Some(connect) = self.connects.get(&key) {
            return Ok(connect.connect(self, request).await);
        }
        let call = Call::new(self, route, request)?;
        if call.info.verb != "get" {
            // The connection's other requests need not wait for what is no mere read.
            tokio::task::yield_now().await;
        }
        match (call.scope.subresource_name(), call.info.verb.as_str()) {
            ("scale", verb @ ("get" | "update" | "patch")) => {
                Box::pin(scale::handle(&call, verb)).await
            }
            // The others are boxed so that the state of this one stays small: it is moved a few times.
            (_, "get") => read::get(&call).await,
            (_, "list") => Box::pin(list::list(&call)).await,
            (_, "watch") => Box::pin(watch::watch(&call)).await,
            (_, "create") => Box::pin(create::create(&call)).await,
            (_, "update") => Box::pin(update::update(&call)).await,
            (_, "patch") => Box::pin(patch::patch(&call)).await,
            (_, "delete") => Box::pin(delete::delete(&call)).await,
            (_, "deletecollection") => Box::pin(collection::delete(&call)).await,
            _ => Err(route::method_not_allowed().into()),
        }
    }
}

/// Why a request fails: a status, or plain text of the router.
#[derive(Debug)]
pub enum Failure {
    /// A status in the form that the client accepts.
    Status(Box<Status>),
    /// No such path at all.
    NotFoundText,
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        Self::Status(Box::new(status))
    }
}

/// In which form an error is told; negotiated only once there is one.
#[derive(Clone, Debug)]
pub struct ErrorForm {
    accept: Option<HeaderValue>,
    pretty: bool,
}

impl ErrorForm {
    /// The form that a request accepts.
    pub fn of(request: &ApiRequest) -> Self {
        Self::new(&request.info.query, &request.parts.headers)
    }

    /// As [`Self::of`], from the request's parameters and headers.
    pub fn new(query: &Query, headers: &HeaderMap) -> Self {
        let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let pretty = negotiate::wants_pretty(query.get("pretty"), agent.unwrap_or_default());
        Self { accept: headers.get(ACCEPT).cloned(), pretty }
    }

    /// The encoding; none if the client accepts nothing that there is.
    fn encoding(&self) -> Option<Encoding> {
        let accept = self.accept.as_ref().and_then(|accept| accept.to_str().ok());
        let accepted = negotiate::negotiate(accept.unwrap_or_default(), Offer::PLAIN, self.pretty);
        accepted.ok().map(|accepted| accepted.encoding)
    }
}

/// A status as a response, in the form that the request accepts
/// (`responsewriters.ErrorNegotiated`).
pub fn status_response(status: Status, form: &ErrorForm) -> Response<Body> {
    answer::failure(Failure::from(status), form)
}

pub(crate) fn header<'a>(parts: &'a http::request::Parts, name: &str) -> &'a str {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// One request on its way.
pub(crate) struct Call<'a> {
    pub(crate) rest: &'a Rest,
    pub(crate) served: Arc<Served>,
    pub(crate) stored: Arc<Stored>,
    pub(crate) scope: Scope,
    pub(crate) info: RequestInfo,
    pub(crate) user: Arc<User>,
    pub(crate) parts: http::request::Parts,
    body: parking_lot::Mutex<Option<Body>>,
    pub(crate) accepted: Accepted,
    pub(crate) warnings: Warnings,
}

impl<'a> Call<'a> {
    fn new(rest: &'a Rest, route: route::Route, request: ApiRequest) -> Result<Self, Failure> {
        let ApiRequest { info, user, parts, body } = request;
        let stored = route.served.stored.clone().ok_or_else(route::method_not_allowed)?;
        let pretty =
            negotiate::wants_pretty(info.query.get("pretty"), header(&parts, "user-agent"));
        let reads_list = matches!(info.verb.as_str(), "list" | "watch");
        let accept = header(&parts, "accept");
        let produces = &negotiate::ROUTE_TYPES;
        let count = if reads_list { produces.len() } else { negotiate::MEDIA_TYPES.len() };
        negotiate::check_route(accept, &produces[..count])?;
        if info.verb == "patch" {
            patch::check_content_type(header(&parts, "content-type"))?;
        }
        let offer = if info.verb == "watch" { Offer::WATCH } else { Offer::OBJECTS };
        let accepted = negotiate::negotiate(accept, offer, pretty)?;
        Ok(Self {
            rest,
            scope: route.scope,
            served: route.served,
            stored,
            info,
            user,
            parts,
            body: parking_lot::Mutex::new(Some(body)),
            accepted,
            warnings: Warnings::default(),
        })
    }

    pub(crate) fn namespace(&self) -> &str {
        self.scope.namespace(&self.info.namespace)
    }

    pub(crate) fn key(&self, name: &str) -> bytes::Bytes {
        self.stored.key(self.namespace(), name)
    }

    pub(crate) fn context<'b>(&'b self, name: &'b str, dry_run: bool) -> Context<'b> {
        Context {
            now: self.rest.now(),
            user: &self.user,
            namespace: &self.info.namespace,
            name,
            subresource: self.scope.subresource_name(),
            random: rand::random(),
            dry_run,
        }
    }

    pub(crate) async fn read_body(&self) -> Result<bytes::Bytes, Status> {
        let body = self.body.lock().take();
        let Some(body) = body else { return Ok(bytes::Bytes::new()) };
        body::read(body, MAX_BODY).await.map_err(|error| error.status())
    }
}
