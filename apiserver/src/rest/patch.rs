//! PATCH: JSON, merge, strategic and apply.

use std::collections::BTreeMap;

use http::Response;
use parking_lot::Mutex;
use pintle_api::catalog::{FieldType, Form, Message, Scalar, Shape};
use pintle_api::codec::{json, yaml};
use pintle_engine::decode::{check_kind, split_warnings, strict_error};
use pintle_engine::negotiate::{PATCH_TYPES, route_error};
use pintle_engine::options::{FieldValidation, Write, WriteOptions, manager_or_user_agent};
use pintle_engine::ownership::{KindTypes, RequestTypes, reset_filter};
use pintle_engine::{Errors, Status, Value, meta, write};
use pintle_machinery::apply::{self, ApplyError};
use pintle_machinery::json_patch::Patch;
use pintle_machinery::merge_patch;
use pintle_machinery::status::{Cause, GroupKind, cause};
use pintle_machinery::strategic::{self, PatchField, PatchSchema};
use serde_json::value::RawValue;

use super::answer::rfc3339;
use super::create::{is_too_large, own};
use super::update::{Wanted, store};
use super::{Call, Failure, MAX_BODY, header};
use crate::body::Body;

/// Most operations of a JSON patch (`maxJSONPatchOperations`).
const MAX_OPERATIONS: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PatchType {
    Json,
    Merge,
    Strategic,
    Apply,
}

/// Refuses unknown patch types before anything else, as the router does.
pub(super) fn check_content_type(content_type: &str) -> Result<(), Status> {
    patch_type(content_type).map(|_| ())
}

fn patch_type(content_type: &str) -> Result<PatchType, Status> {
    let bare = content_type.split(';').next().unwrap_or_default();
    match PATCH_TYPES.iter().position(|known| *known == bare) {
        Some(0) => Ok(PatchType::Json),
        Some(1) => Ok(PatchType::Merge),
        Some(2) => Ok(PatchType::Strategic),
        Some(3) => Ok(PatchType::Apply),
        _ => Err(route_error(415, "415: Unsupported Media Type")),
    }
}

/// Answers a PATCH (`handlers.PatchResource`).
pub(super) async fn patch(call: &Call<'_>) -> Result<Response<Body>, Failure> {
    let patch_type = patch_type(header(&call.parts, "content-type"))?;
    let bytes = call.read_body().await?;
    let is_apply = patch_type == PatchType::Apply;
    let options = WriteOptions::parse(&call.info.query, Write::Patch(is_apply))?;
    let manager = manager_or_user_agent(&options.field_manager, header(&call.parts, "user-agent"));
    let change = parse(patch_type, &bytes, options.field_validation)?;
    let may_create = is_apply && call.scope.subresource.is_none();
    let mut patched = Patched {
        call,
        change,
        manager,
        options: &options,
        track: true,
        original: Mutex::default(),
    };
    let outcome = match store(call, &options, &patched, may_create).await {
        Err(status) if is_too_large(&status) && !is_apply => {
            patched.track = false;
            store(call, &options, &patched, may_create).await
        }
        other => other,
    };
    let (object, created) = outcome?;
    Ok(call.written(if created { 201 } else { 200 }, object, options.dry_run)?)
}

/// A patch that has been read.
pub(super) enum ChangeSet {
    Json(Patch, Vec<String>),
    Merge(Value, Vec<String>),
    Strategic(Value, Vec<String>),
    Apply(Value, Option<String>),
}

fn parse(
    patch_type: PatchType,
    bytes: &[u8],
    validation: FieldValidation,
) -> Result<ChangeSet, Status> {
    let strict = validation != FieldValidation::Ignore;
    if patch_type == PatchType::Apply {
        let document = yaml::parse(bytes)
            .map_err(|error| Status::bad_request(format!("error encoding patch: {error}")))?;
        if !document.value.is_object() && !document.value.is_null() {
            let text = unmarshal(&document.value, GO_MAP);
            return Err(Status::bad_request(format!(
                "error decoding patch: error unmarshaling JSON: while decoding JSON: {text}"
            )));
        }
        let problem = document.strict_error.filter(|_| strict);
        let problem = problem.map(|problem| format!("error converting YAML to JSON: {problem}"));
        return Ok(ChangeSet::Apply(document.value, problem));
    }
    let parsed = json::parse_any_strict(bytes, strict);
    let (value, found) = parsed.map_err(|_| Status::bad_request("invalid JSON patch"))?;
    let mut problems: Vec<String> = found.iter().map(ToString::to_string).collect();
    match patch_type {
        PatchType::Json => {
            if strict {
                problems.extend(check_operations(&value)?);
            }
            let patch =
                Patch::decode(value).map_err(|error| Status::bad_request(error.to_string()))?;
            if patch.len() > MAX_OPERATIONS {
                return Err(Status::request_entity_too_large(&format!(
                    "The allowed maximum operations in a JSON patch is {MAX_OPERATIONS}, got {}",
                    patch.len()
                )));
            }
            let problems = problems.into_iter().map(|problem| format!("json patch {problem}"));
            Ok(ChangeSet::Json(patch, problems.collect()))
        }
        PatchType::Merge => {
            if value.is_null() {
                return Err(Status::bad_request("Invalid JSON Patch"));
            }
            if !value.is_object() && strict {
                let text = unmarshal(&value, GO_MAP);
                return Err(Status::bad_request(format!("error decoding patch: {text}")));
            }
            Ok(ChangeSet::Merge(value, problems))
        }
        _ if !value.is_object() && !value.is_null() => {
            Err(Status::bad_request(unmarshal(&value, GO_MAP)))
        }
        _ => Ok(ChangeSet::Strategic(value, problems)),
    }
}

const GO_MAP: &str = "map[string]interface {}";

/// How Go's decoder calls a value.
fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::String(_) => "string",
        Value::Bool(_) => "bool",
        _ => "number",
    }
}

fn unmarshal(value: &Value, ty: &str) -> String {
    format!("json: cannot unmarshal {} into Go value of type {ty}", json_kind(value))
}

/// Reads a JSON patch as upstream's own type for it: unknown fields are reported.
fn check_operations(patch: &Value) -> Result<Vec<String>, Status> {
    let refuse = |value: &Value, what: &str| {
        Status::bad_request(format!("error decoding patch: {}", unmarshal(value, what)))
    };
    let refuse_field = |value: &Value, name: &str| {
        let text = format!("json: cannot unmarshal {} into Go struct field", json_kind(value));
        Status::bad_request(format!(
            "error decoding patch: {text} jsonPatchOp.{name} of type string"
        ))
    };
    let operations = match patch {
        Value::Null => return Ok(Vec::new()),
        Value::Array(operations) => operations,
        other => return Err(refuse(other, "[]handlers.jsonPatchOp")),
    };
    let mut unknown = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let fields = match operation {
            Value::Null => continue,
            Value::Object(fields) => fields,
            other => return Err(refuse(other, "handlers.jsonPatchOp")),
        };
        for name in ["op", "path", "from"] {
            if let Some(value) = fields.get(name).filter(|it| !it.is_string() && !it.is_null()) {
                return Err(refuse_field(value, name));
            }
        }
        let foreign =
            fields.keys().filter(|key| !matches!(key.as_str(), "op" | "path" | "from" | "value"));
        unknown.extend(foreign.map(|key| format!("unknown field \"[{index}].{key}\"")));
    }
    Ok(unknown)
}

struct Patched<'a> {
    call: &'a Call<'a>,
    change: ChangeSet,
    manager: String,
    options: &'a WriteOptions,
    track: bool,
    /// What the patch was last applied to, for errors to quote.
    original: Mutex<Value>,
}

impl Wanted for Patched<'_> {
    fn make(&self, current: Option<&Value>) -> Result<Value, Status> {
        let call = self.call;
        let had_uid = current.is_some();
        let mut object = match (&self.change, current) {
            (ChangeSet::Apply(config, problem), current) => {
                self.apply(config, problem.as_deref(), current)?
            }
            (_, None) => return Err(call.scope.not_found(&call.info.name)),
            (change, Some(current)) => self.merge(change, current)?,
        };
        if !had_uid && !meta::uid(&object).is_empty() {
            let problem = format!(
                "uid mismatch: the provided object specified uid {}, and no existing object was found",
                meta::uid(&object)
            );
            return Err(Status::conflict(call.scope.group_resource(), &call.info.name, problem));
        }
        write::ensure_namespace(&mut object, call.namespace())?;
        write::check_name(&object, &call.info.name)?;
        Ok(object)
    }
}

impl Patched<'_> {
    /// The patches that know no managers.
    fn merge(&self, change: &ChangeSet, current: &Value) -> Result<Value, Status> {
        let scope = &self.call.scope;
        let versioned = scope.to_request(current.clone());
        self.original.lock().clone_from(&versioned);
        let (patched, problems) = merged(change, versioned, scope.kind.message)?;
        let mut object = self.retype(change, &patched, problems)?;
        meta::set_type(&mut object, scope.kind.group, scope.kind.version, scope.kind.kind);
        scope.defaulter.apply(scope.kind.message, &mut object);
        let mut object = scope.complete(object, self.call.rest.now());
        if self.track {
            own(self.call, &self.manager, Some(current), &mut object);
        } else {
            meta::set(&mut object, "managedFields", Value::Null);
        }
        Ok(object)
    }

    fn retype(
        &self,
        change: &ChangeSet,
        patched: &Value,
        mut problems: Vec<String>,
    ) -> Result<Value, Status> {
        let strict = self.options.field_validation != FieldValidation::Ignore;
        let strategic = match change {
            ChangeSet::Strategic(patch, _) => Some(patch),
            _ => None,
        };
        let invalid = |detail: String| {
            let shown = match strategic {
                Some(patch) => pintle_machinery::json::verb(patch),
                None => self.shown(patched),
            };
            let mut errors = Errors::new();
            errors.invalid("patch", shown, detail);
            Status::invalid(GroupKind::new("", ""), "", &errors)
        };
        if strategic.is_none() {
            check_kind(&self.call.scope.target(), patched).map_err(invalid)?;
        }
        let message = self.call.scope.kind.message;
        let (object, found) = json::retype(message, patched, strict).map_err(|error| {
            invalid(match strategic {
                Some(_) => converter_text(&error),
                None => error.to_string(),
            })
        })?;
        problems.extend(found.iter().map(ToString::to_string));
        if problems.is_empty() {
            return Ok(object);
        }
        if self.options.field_validation == FieldValidation::Strict {
            return Err(invalid(strict_error(&problems)));
        }
        for warning in split_warnings(problems) {
            self.call.warnings.push(warning);
        }
        Ok(object)
    }

    /// The patched document, as an error quotes it.
    fn shown(&self, patched: &Value) -> String {
        let message = self.call.scope.kind.message;
        let mut original = Vec::new();
        json::encode(message, &self.original.lock(), &mut original);
        let raw = serde_json::from_slice::<&RawValue>(original.trim_ascii_end()).ok();
        let mut out = Vec::new();
        write_like(patched, raw, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    fn apply(
        &self,
        config: &Value,
        problem: Option<&str>,
        current: Option<&Value>,
    ) -> Result<Value, Status> {
        let scope = &self.call.scope;
        let moment = self.call.rest.now();
        let default = |object: &mut Value| (scope.row.default)(object, moment);
        let types = RequestTypes {
            types: KindTypes::of(scope.kind.group, scope.kind.kind),
            kind: scope.kind,
            filter: reset_filter(scope.kind.message, scope.subresource_name(), &scope.row),
            defaulter: scope.defaulter,
            default: (!scope.converts()).then_some(&default as &(dyn Fn(&mut Value) + Sync)),
        };
        let api_version = scope.api_version();
        let now = rfc3339(self.call.rest.now());
        let request = apply::Request {
            types: &types,
            api_version: &api_version,
            kind: scope.kind.kind,
            subresource: scope.subresource_name(),
            manager: &self.options.field_manager,
            now: &now,
        };
        let live = current.map(|current| scope.to_request(current.clone()));
        let force = self.options.force.unwrap_or(false);
        let object = apply::on_apply(&request, live.as_ref(), config, force)
            .map_err(|error| apply_error(&error))?;
        if let Some(problem) = problem {
            if self.options.field_validation == FieldValidation::Strict {
                let message = format!("error strict decoding patch: {problem}");
                return Err(Status::bad_request(message));
            }
            for warning in split_warnings(vec![problem.to_owned()]) {
                self.call.warnings.push(warning);
            }
        }
        Ok(scope.complete(object, moment))
    }
}

/// A tree after a patch, and what strict decoding of the patch found.
pub(super) fn merged(
    change: &ChangeSet,
    mut tree: Value,
    message: &'static Message,
) -> Result<(Value, Vec<String>), Status> {
    match change {
        ChangeSet::Json(patch, problems) => {
            patch
                .apply(&mut tree, MAX_BODY)
                .map_err(|error| route_error(422, &error.to_string()))?;
            Ok((tree, problems.clone()))
        }
        ChangeSet::Merge(patch, problems) => {
            merge_patch::apply(&mut tree, patch.clone())
                .map_err(|_| Status::bad_request("invalid JSON patch"))?;
            Ok((tree, problems.clone()))
        }
        ChangeSet::Strategic(patch, problems) => {
            let schema = Structure { message: Some(message), kind: "struct" };
            let merged = strategic::apply(tree, patch.clone(), &schema)
                .map_err(|error| error.to_status())?;
            Ok((merged, problems.clone()))
        }
        ChangeSet::Apply(..) => Err(Status::internal_error("apply is not a merge")),
    }
}

/// Reads the body of a patch for a subresource that is not the object itself.
pub(super) fn read_change(
    content_type: &str,
    bytes: &[u8],
    validation: FieldValidation,
) -> Result<ChangeSet, Status> {
    parse(patch_type(content_type)?, bytes, validation)
}

/// Writes a patched tree as a patch library does that leaves untouched what it need not touch:
/// that keeps the original's spelling, the rest has sorted keys.
fn write_like(tree: &Value, original: Option<&RawValue>, out: &mut Vec<u8>) {
    if let Some(raw) = original
        && serde_json::from_str::<Value>(raw.get()).is_ok_and(|value| value == *tree)
    {
        out.extend_from_slice(raw.get().as_bytes());
        return;
    }
    let Value::Object(fields) = tree else {
        json::encode_any(tree, out);
        return;
    };
    let before: BTreeMap<String, &RawValue> =
        original.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    out.push(b'{');
    for (index, (key, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(pintle_machinery::json::to_string(key).as_bytes());
        out.push(b':');
        write_like(value, before.get(key).copied(), out);
    }
    out.push(b'}');
}

/// What the converter from maps says where the JSON decoder speaks of unmarshalling
/// (`runtime.DefaultUnstructuredConverter`).
fn converter_text(error: &json::DecodeError) -> String {
    let json::DecodeError::Type { value, ty, .. } = error else { return error.to_string() };
    let from = match value.split(' ').next().unwrap_or_default() {
        "number" if value.contains('.') => "float64",
        "number" => "int64",
        "object" => "map",
        "array" => "slice",
        other => other,
    };
    if ty.starts_with("map[") {
        format!("cannot restore map from {from}")
    } else if ty.starts_with("[]") {
        format!("cannot restore slice from {from}")
    } else if ty.contains('.') {
        format!("cannot restore struct from: {from}")
    } else if matches!((from, ty.as_str()), ("int64", "string") | ("float64", "int32" | "int64")) {
        format!("cannot convert {from} to {ty}")
    } else {
        format!("unrecognized type: {ty}")
    }
}

/// What apply says, on the wire.
pub(super) fn apply_error(error: &ApplyError) -> Status {
    match error {
        ApplyError::BadRequest(message) => Status::bad_request(message.clone()),
        ApplyError::Conflicts(conflicts) => {
            let causes = conflicts
                .0
                .iter()
                .map(|conflict| Cause {
                    reason: cause::FIELD_MANAGER_CONFLICT.into(),
                    message: conflict.message(),
                    field: conflict.field(),
                })
                .collect();
            Status::apply_conflict(causes, conflicts.message())
        }
        ApplyError::Other(message) => Status::failure(500, "", message.clone()),
    }
}

/// The catalog as strategic merge patches look at it.
#[derive(Clone, Copy)]
struct Structure {
    message: Option<&'static Message>,
    kind: &'static str,
}

impl Structure {
    fn find(message: &'static Message, name: &str) -> Option<&'static pintle_api::Field> {
        message.fields.iter().find_map(|field| match field.ty {
            FieldType::Message(inlined) if field.json.is_empty() => Self::find(inlined, name),
            _ => (field.json == name).then_some(field),
        })
    }
}

impl PatchSchema for Structure {
    fn field(&self, name: &str) -> Result<PatchField<Self>, String> {
        let Some(message) = self.message else { return Err(strategic::not_a_struct(self.kind)) };
        let Some(field) = Self::find(message, name) else {
            let short = message.name.rsplit('.').next().unwrap_or_default();
            return Err(strategic::unknown_field(short, name));
        };
        let schema = match (field.shape, field.ty) {
            (Shape::Map, _) => Structure { message: None, kind: "map" },
            (_, FieldType::Message(below)) if below.form == Form::Object => {
                Structure { message: Some(below), kind: "struct" }
            }
            (_, FieldType::Message(_)) => Structure { message: None, kind: "struct" },
            (_, FieldType::Scalar(scalar)) => Structure { message: None, kind: go_kind(scalar) },
        };
        Ok(PatchField {
            strategies: field.declared.merge.patch_strategy,
            merge_key: field.declared.merge.patch_merge_key,
            schema,
            is_list: field.shape == Shape::List,
        })
    }

    fn kind(&self) -> &str {
        self.kind
    }
}

fn go_kind(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Int32 => "int32",
        Scalar::Int64 => "int64",
        Scalar::Uint32 => "uint32",
        Scalar::Uint64 => "uint64",
        Scalar::Double => "float64",
        Scalar::String => "string",
        Scalar::Bytes => "slice",
    }
}
