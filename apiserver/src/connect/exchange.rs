//! One create-only exchange: a body in, the same kind out.

use std::sync::Arc;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Response, StatusCode};
use pintle_api::Kind;
use pintle_engine::admission::{Attributes, Operation, Plugin, Warnings};
use pintle_engine::decode::{self, Target};
use pintle_engine::negotiate::{self, Accepted, Offer};
use pintle_engine::options::{Write, WriteOptions, manager_or_user_agent};
use pintle_engine::ownership::{self, KindTypes, RequestTypes, Writer};
use pintle_engine::query::Query;
use pintle_engine::{Context, RequestInfo, User, Value, encode};
use pintle_machinery::json::quote;
use pintle_machinery::status::Status;
use pintle_machinery::time::Time;

use crate::body::{self, Body};
use crate::compression;
use crate::registry::DEFAULTER;
use crate::rest::{ApiRequest, ErrorForm, MAX_BODY, Rest, status_response};

const WARNING: HeaderName = HeaderName::from_static("warning");

/// A request that has been read.
pub struct Exchange {
    /// What it asks for.
    pub info: RequestInfo,
    /// Who asks.
    pub user: Arc<User>,
    /// The body, with defaults, in the request's version.
    pub object: Value,
    /// Warnings for the client.
    pub warnings: Warnings,
    dry_run: bool,
    manager: String,
    kind: &'static Kind,
    target: Target,
    accepted: Accepted,
    form: ErrorForm,
}

impl Exchange {
    /// Reads a request whose body has this kind.
    pub async fn read(
        request: ApiRequest,
        kind: (&str, &str, &str),
    ) -> Result<Self, (ErrorForm, Status)> {
        let form = ErrorForm::of(&request);
        let read = Self::try_read(request, kind, form.clone()).await;
        read.map_err(|status| (form, status))
    }

    async fn try_read(
        request: ApiRequest,
        kind: (&str, &str, &str),
        form: ErrorForm,
    ) -> Result<Self, Status> {
        let ApiRequest { info, user, parts, body } = request;
        if parts.method != Method::POST {
            return Err(negotiate::route_error(405, ""));
        }
        let text = |name: &str| {
            parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
        };
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let pretty = negotiate::wants_pretty(query.get("pretty"), text("user-agent"));
        let accepted = negotiate::negotiate(text("accept"), Offer::PLAIN, pretty)?;
        let encoding = negotiate::input(text("content-type"))?;
        let (group, version, name) = kind;
        let found = pintle_api::catalog()
            .kind(group, version, name)
            .ok_or_else(|| Status::internal_error(format!("no kind {}", quote(name))))?;
        let target = Target { defaulter: &DEFAULTER, ..Target::from(found) };
        let bytes = body::read(body, MAX_BODY).await.map_err(|error| error.status())?;
        let WriteOptions { dry_run, field_manager, field_validation, .. } =
            WriteOptions::parse(&query, Write::Create)?;
        let decoded = decode::body(&target, &bytes, encoding, field_validation)?;
        let warnings = Warnings::default();
        decoded.warnings.into_iter().for_each(|warning| warnings.push(warning));
        let manager = manager_or_user_agent(&field_manager, text("user-agent"));
        let object = decoded.object;
        Ok(Self {
            info,
            user,
            object,
            warnings,
            dry_run,
            manager,
            kind: found,
            target,
            accepted,
            form,
        })
    }

    /// Records the request's manager as the owner of what the body says.
    pub fn own(&mut self, rest: &Rest) {
        let types = RequestTypes {
            types: KindTypes::of(self.kind.group, self.kind.kind),
            kind: self.kind,
            filter: None,
            defaulter: &DEFAULTER,
            default: None,
        };
        let now = Time::new(rest.now().div_euclid(1_000_000_000), 0).rfc3339();
        let subresource = &self.info.subresource;
        let writer = Writer { manager: &self.manager, subresource, now: &now };
        if let Err(problem) = ownership::record(&types, writer, None, &mut self.object) {
            tracing::error!(kind = self.kind.kind, "managed fields could not be set: {problem}");
        }
    }

    /// Runs both stages of the plugins that look at creates of subresources.
    pub fn admit(&self, rest: &Rest, object: &mut Value) -> Result<(), Status> {
        self.mutate(rest, object)?;
        self.validate(rest, object)
    }

    /// Runs the mutating plugins that look at creates of subresources.
    pub fn mutate(&self, rest: &Rest, object: &mut Value) -> Result<(), Status> {
        let attributes = self.attributes(rest);
        for plugin in rest.plugins.iter().filter(|plugin| on_create(plugin)) {
            if let Some(mutate) = plugin.mutate {
                mutate(&attributes, object, None, &*rest.registry)?;
            }
        }
        Ok(())
    }

    /// Runs the validating plugins that look at creates of subresources.
    pub fn validate(&self, rest: &Rest, object: &Value) -> Result<(), Status> {
        let attributes = self.attributes(rest);
        for plugin in rest.plugins.iter().filter(|plugin| on_create(plugin)) {
            if let Some(validate) = plugin.validate {
                validate(&attributes, object, None, &*rest.registry)?;
            }
        }
        Ok(())
    }

    fn attributes<'a>(&'a self, rest: &'a Rest) -> Attributes<'a> {
        Attributes {
            group: &self.info.api_group,
            version: &self.info.api_version,
            resource: &self.info.resource,
            subresource: &self.info.subresource,
            kind: (self.target.group, self.target.version, self.target.kind),
            namespace: &self.info.namespace,
            name: &self.info.name,
            shown_name: &self.info.name,
            operation: Operation::Create,
            options: &Value::Null,
            context: Context {
                now: rest.now(),
                user: &self.user,
                namespace: &self.info.namespace,
                name: &self.info.name,
                subresource: &self.info.subresource,
                random: rand::random(),
                dry_run: self.dry_run,
            },
            authorizer: &*rest.authorizer,
            warnings: &self.warnings,
            toleration_seconds: rest.toleration_seconds,
        }
    }

    /// Answers `201 Created` with an object of the request's kind, or with why not.
    pub fn answer(self, outcome: Result<Value, Status>) -> Response<Body> {
        let object = match outcome {
            Ok(object) => object,
            Err(status) => {
                return warned(status_response(status, &self.form), &self.warnings);
            }
        };
        let Accepted { encoding, pretty, .. } = self.accepted;
        let bytes = encode::object(self.target.message, &object, encoding, pretty);
        let mut response = Response::new(body::full(bytes));
        *response.status_mut() = StatusCode::CREATED;
        let kind = HeaderValue::from_static(encoding.media_type());
        response.headers_mut().insert(CONTENT_TYPE, kind);
        compression::mark_document(&mut response);
        warned(response, &self.warnings)
    }

    /// Nothing is to be stored.
    pub fn dry_run(&self) -> bool {
        self.dry_run
    }

    /// Answers `201 Created` with a status instead of an object, or with why not.
    pub fn answer_status(self, outcome: Result<Status, Status>) -> Response<Body> {
        let mut status = match outcome {
            Ok(status) => status,
            Err(status) => {
                return warned(status_response(status, &self.form), &self.warnings);
            }
        };
        if status.code == 0 {
            status.code = StatusCode::CREATED.as_u16();
        }
        let Accepted { encoding, pretty, .. } = self.accepted;
        let mut response = Response::new(body::full(encode::status(&status, encoding, pretty)));
        *response.status_mut() = StatusCode::CREATED;
        let kind = HeaderValue::from_static(encoding.media_type());
        response.headers_mut().insert(CONTENT_TYPE, kind);
        compression::mark_document(&mut response);
        warned(response, &self.warnings)
    }
}

fn on_create(plugin: &Plugin) -> bool {
    plugin.operations.contains(&Operation::Create)
}

fn warned(mut response: Response<Body>, warnings: &Warnings) -> Response<Body> {
    for warning in warnings.take() {
        if let Ok(value) = HeaderValue::from_str(&format!("299 - {}", quote(&warning))) {
            response.headers_mut().append(WARNING, value);
        }
    }
    response
}
