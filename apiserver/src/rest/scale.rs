//! The scale subresource: replicas of an object as `autoscaling/v1` Scale.

use std::collections::BTreeMap;

use http::Response;
use pintle_api::{Kind, catalog, codec};
use pintle_engine::defaults::SCHEMA_ONLY;
use pintle_engine::negotiate::{self, PATCH_TYPES, Transform};
use pintle_engine::options::{IncludeObject, Write, WriteOptions, manager_or_user_agent};
use pintle_engine::ownership::{KindTypes, RequestTypes};
use pintle_engine::resource::Scale;
use pintle_engine::{Column, Errors, Resource, Status, Value, column};
use pintle_engine::{decode, encode, meta, table, write};
use pintle_machinery::apply;
use pintle_machinery::apply::scale::ScaleHandler;
use pintle_machinery::selector::LabelSelector;
use pintle_machinery::status::GroupKind;

use super::answer::{own_meta, respond, rfc3339};
use super::patch::{ChangeSet, apply_error, merged, read_change};
use super::read::{catch_up, from_store};
use super::update::{Wanted, store};
use super::{Call, Failure, header};
use crate::body::Body;

/// Answers a request for `/scale`.
pub(super) async fn handle(call: &Call<'_>, verb: &str) -> Result<Response<Body>, Failure> {
    let Some(scale) = call.scope.row.scale else {
        return Err(super::route::not_found().into());
    };
    let kind = catalog()
        .kind("autoscaling", "v1", "Scale")
        .ok_or_else(|| Status::internal_error("no Scale in the catalog"))?;
    let scaled = Scaled { call, scale, kind };
    match verb {
        "get" => {
            let version = call.info.query.get("resourceVersion").unwrap_or_default();
            if !catch_up(call, version).await? {
                return scaled.answer(&from_store(call).await?);
            }
            let entry = call.stored.cache.get(&call.key(&call.info.name));
            let entry = entry.ok_or_else(|| call.scope.not_found(&call.info.name))?;
            let tree = call.stored.tree(&entry).map_err(super::answer::undecodable)?;
            scaled.answer(&tree)
        }
        verb => scaled.change(verb).await,
    }
}

struct Scaled<'a> {
    call: &'a Call<'a>,
    scale: Scale,
    kind: &'static Kind,
}

impl Scaled<'_> {
    async fn change(&self, verb: &str) -> Result<Response<Body>, Failure> {
        let call = self.call;
        let body = call.read_body().await?;
        let content_type = header(&call.parts, "content-type");
        let is_apply = verb == "patch" && content_type.starts_with(PATCH_TYPES[3]);
        let mode = if verb == "update" { Write::Update } else { Write::Patch(is_apply) };
        let options = WriteOptions::parse(&call.info.query, mode)?;
        let change = if verb == "update" {
            let encoding = negotiate::input(content_type)?;
            let target = self.kind.into();
            let decoded = decode::body(&target, &body, encoding, options.field_validation)?;
            call.warnings.extend(decoded.warnings);
            write::check_name(&decoded.object, &call.info.name)?;
            Change::Put(decoded.object)
        } else {
            Change::Patch(read_change(content_type, &body, options.field_validation)?)
        };
        let manager =
            manager_or_user_agent(&options.field_manager, header(&call.parts, "user-agent"));
        let force = options.force.unwrap_or(false);
        let wanted = WantedScale { scaled: self, change, manager, force };
        let (object, _) = store(call, &options, &wanted, false).await?;
        self.answer(&object)
    }

    /// The Scale of an object in the storage version.
    fn of(&self, object: &Value) -> Value {
        let at = |path: &str| object.pointer(&pointer(path)).cloned().unwrap_or_default();
        let mut metadata = serde_json::Map::new();
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            if let Some(value) = meta::get(object, field) {
                metadata.insert(field.into(), value.clone());
            }
        }
        let replicas = |path: &str| at(path).as_i64().unwrap_or(0);
        let mut out = serde_json::json!({
            "metadata": metadata,
            "spec": {},
            "status": {"replicas": replicas(self.scale.status_replicas)},
        });
        meta::set_type(&mut out, "autoscaling", "v1", "Scale");
        if replicas(self.scale.spec_replicas) != 0 {
            out["spec"]["replicas"] = replicas(self.scale.spec_replicas).into();
        }
        let selector = at(self.scale.selector);
        let text = match selector.as_object() {
            None => String::new(),
            Some(map) if map.values().all(Value::is_string) => {
                LabelSelector::from_map(map).to_string()
            }
            Some(_) => LabelSelector::from_value(Some(&selector))
                .map(|selector| selector.to_string())
                .unwrap_or_default(),
        };
        if !text.is_empty() {
            out["status"]["selector"] = text.into();
        }
        out
    }

    fn answer(&self, object: &Value) -> Result<Response<Body>, Failure> {
        let scale = self.of(object);
        let accepted = &self.call.accepted;
        let encoding = accepted.encoding;
        let bytes = match &accepted.transform {
            Some(Transform::Table(version)) => {
                let options = table::Options {
                    version,
                    include: IncludeObject::parse(&self.call.info.query)?,
                    now: self.call.rest.now().div_euclid(1_000_000_000),
                    headers: true,
                };
                let full = (options.include == IncludeObject::Object).then(|| {
                    encode::object(self.kind.message, &scale, negotiate::Encoding::Json, false)
                });
                let rows = std::iter::once((&scale, full));
                let bytes = table::write(&SCALES, &own_meta(&scale), rows, options);
                encode::from_json(&bytes, encoding, accepted.pretty)
            }
            Some(Transform::Metadata(version) | Transform::MetadataList(version)) => {
                let partial = table::partial_json(&table::partial(&scale, version));
                encode::from_json(&partial, encoding, accepted.pretty)
            }
            None => encode::object(self.kind.message, &scale, encoding, accepted.pretty),
        };
        Ok(self.call.finish(respond(200, encoding.media_type(), bytes)))
    }
}

/// The columns of Scale's tables.
const SCALES: Resource = Resource {
    group: "autoscaling",
    plural: "scales",
    columns: &[
        Column { format: "", ..pintle_engine::name() },
        column("Desired", |scale, _| scale["spec"]["replicas"].as_i64().unwrap_or(0).into())
            .of_type("integer"),
        column("Available", |scale, _| scale["status"]["replicas"].as_i64().unwrap_or(0).into())
            .of_type("integer"),
        pintle_engine::age(),
    ],
    ..Resource::DEFAULT
};

enum Change {
    Put(Value),
    Patch(ChangeSet),
}

struct WantedScale<'a> {
    scaled: &'a Scaled<'a>,
    change: Change,
    manager: String,
    force: bool,
}

impl Wanted for WantedScale<'_> {
    fn make(&self, current: Option<&Value>) -> Result<Value, Status> {
        let (call, scaled) = (self.scaled.call, self.scaled);
        let current = current.ok_or_else(|| call.scope.not_found(&call.info.name))?;
        let scale = self.scale(current)?;
        let replicas = scale["spec"]["replicas"].as_i64().unwrap_or(0);
        if replicas < 0 {
            let mut errors = Errors::new();
            let detail = "must be greater than or equal to 0";
            errors.invalid("spec.replicas", replicas, detail);
            let kind = GroupKind::new("autoscaling", "Scale");
            return Err(Status::invalid(kind, meta::name(&scale), &errors));
        }
        let uid = meta::uid(&scale);
        if !uid.is_empty() {
            let key = call.key(&call.info.name);
            write::check_uid(&call.scope, &String::from_utf8_lossy(&key), uid, Some(current))?;
        }
        let mut object = current.clone();
        if let Some(slot) = object.pointer_mut(&pointer(scaled.scale.spec_replicas)) {
            *slot = replicas.into();
        } else {
            object["spec"]["replicas"] = replicas.into();
        }
        let version = meta::resource_version(&scale);
        if !version.is_empty() && version != "0" {
            meta::set(&mut object, "resourceVersion", version);
        }
        self.give_back(current, &scale, &mut object);
        Ok(object)
    }
}

impl WantedScale<'_> {
    /// The wanted Scale, with its share of the parent's managed fields.
    fn scale(&self, current: &Value) -> Result<Value, Status> {
        let (call, scaled) = (self.scaled.call, self.scaled);
        let mut live = scaled.of(current);
        let own = self.with_handler(current, |handler: &ScaleHandler<'_>| handler.to_subresource());
        meta::set(&mut live, "managedFields", own.unwrap_or_default());
        let types = RequestTypes {
            types: KindTypes::of("autoscaling", "Scale"),
            kind: scaled.kind,
            filter: None,
            defaulter: &SCHEMA_ONLY,
            default: None,
        };
        let now = rfc3339(call.rest.now());
        let request = apply::Request {
            types: &types,
            api_version: "autoscaling/v1",
            kind: "Scale",
            subresource: "scale",
            manager: &self.manager,
            now: &now,
        };
        let mut scale = match &self.change {
            Change::Put(scale) => scale.clone(),
            Change::Patch(ChangeSet::Apply(config, _)) => {
                return apply::on_apply(&request, Some(&live), config, self.force)
                    .map_err(|error| apply_error(&error));
            }
            Change::Patch(change) => {
                let (tree, _) = merged(change, live.clone(), scaled.kind.message)?;
                let typed = codec::json::retype(scaled.kind.message, &tree, false);
                let (tree, _) = typed.map_err(|error| Status::bad_request(error.to_string()))?;
                write::check_name(&tree, &call.info.name)?;
                tree
            }
        };
        if let Err(problem) = apply::on_update(&request, Some(&live), &mut scale) {
            tracing::error!("managed fields of a scale could not be updated: {problem}");
        }
        Ok(scale)
    }

    /// Moves the Scale's managed fields into the parent's.
    fn give_back(&self, current: &Value, scale: &Value, object: &mut Value) {
        let entries = meta::get(scale, "managedFields").and_then(Value::as_array).cloned();
        let entries = entries.unwrap_or_default();
        if let Some(entries) = self.with_handler(current, |handler| handler.to_parent(&entries)) {
            meta::set(object, "managedFields", entries);
        }
    }

    fn with_handler(
        &self,
        current: &Value,
        run: impl FnOnce(&ScaleHandler<'_>) -> Result<Option<Vec<Value>>, String>,
    ) -> Option<Vec<Value>> {
        let scope = &self.scaled.call.scope;
        let parts = self.scaled.scale.spec_replicas.split('.').filter(|part| !part.is_empty());
        let path: apply::Path = parts.map(apply::PathElement::field).collect();
        let kinds = catalog().kinds.iter();
        let mappings: BTreeMap<String, Option<apply::Path>> = kinds
            .filter(|kind| kind.group == scope.kind.group && kind.kind == scope.kind.kind)
            .map(|kind| (meta::api_version(kind.group, kind.version), Some(path.clone())))
            .collect();
        let parent = meta::get(current, "managedFields").and_then(Value::as_array);
        let handler = ScaleHandler {
            parent: parent.map_or(&[], Vec::as_slice),
            api_version: &scope.api_version(),
            mappings: &mappings,
        };
        run(&handler).unwrap_or_else(|problem| {
            tracing::error!("managed fields of a scale could not be mapped: {problem}");
            None
        })
    }
}

/// `.spec.replicas` as a JSON pointer.
fn pointer(path: &str) -> String {
    let parts = path.split('.').filter(|part| !part.is_empty());
    parts.flat_map(|part| ["/", part]).collect()
}
