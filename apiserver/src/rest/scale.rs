//! The scale subresource: replicas of an object as `autoscaling/v1` Scale.

use http::Response;
use pintle_api::{Kind, catalog, codec};
use pintle_engine::decode;
use pintle_engine::negotiate::{self, Transform};
use pintle_engine::options::{Write, WriteOptions, manager_or_user_agent};
use pintle_engine::resource::Scale;
use pintle_engine::{Errors, Status, Value, encode, meta, write};
use pintle_machinery::selector::LabelSelector;
use pintle_machinery::status::GroupKind;

use super::answer::respond;
use super::create::own;
use super::patch::{merged, read_change};
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
            super::read::catch_up(call, call.query.get("resourceVersion").unwrap_or_default())
                .await?;
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
        let mode = if verb == "update" { Write::Update } else { Write::Patch(false) };
        let options = WriteOptions::parse(&call.query, mode)?;
        let change = if verb == "update" {
            let encoding = negotiate::input(content_type)?;
            let target = self.kind.into();
            let decoded = decode::body(&target, &body, encoding, options.field_validation)?;
            decoded.warnings.into_iter().for_each(|warning| call.warnings.push(warning));
            write::check_name(&decoded.object, &call.info.name)?;
            Change::Put(decoded.object)
        } else {
            Change::Patch(read_change(content_type, &body, options.field_validation)?)
        };
        let manager =
            manager_or_user_agent(&options.field_manager, header(&call.parts, "user-agent"));
        let wanted = WantedScale { scaled: self, change, manager };
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
        if matches!(accepted.transform, Some(Transform::Metadata(_))) {
            let partial =
                pintle_engine::table::partial_json(&pintle_engine::table::partial(&scale, "v1"));
            let bytes = encode::from_json(&partial, accepted.encoding, accepted.pretty);
            return Ok(self.call.finish(respond(200, accepted.encoding.media_type(), bytes)));
        }
        let bytes = encode::object(self.kind.message, &scale, accepted.encoding, accepted.pretty);
        Ok(self.call.finish(respond(200, accepted.encoding.media_type(), bytes)))
    }
}

enum Change {
    Put(Value),
    Patch(super::patch::ChangeSet),
}

struct WantedScale<'a> {
    scaled: &'a Scaled<'a>,
    change: Change,
    manager: String,
}

impl Wanted for WantedScale<'_> {
    fn make(&self, current: Option<&Value>) -> Result<Value, Status> {
        let (call, scaled) = (self.scaled.call, self.scaled);
        let current = current.ok_or_else(|| call.scope.not_found(&call.info.name))?;
        let scale = match &self.change {
            Change::Put(scale) => scale.clone(),
            Change::Patch(change) => {
                let (tree, _) = merged(change, scaled.of(current), scaled.kind.message)?;
                let typed = codec::json::retype(scaled.kind.message, &tree, false);
                let (tree, _) = typed.map_err(|error| Status::bad_request(error.to_string()))?;
                write::check_name(&tree, &call.info.name)?;
                tree
            }
        };
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
        own(call, &self.manager, Some(current), &mut object);
        Ok(object)
    }
}

/// `.spec.replicas` as a JSON pointer.
fn pointer(path: &str) -> String {
    path.split('.').filter(|part| !part.is_empty()).map(|part| format!("/{part}")).collect()
}
