//! Get-, List-, Create-, Update-, Patch- and DeleteOptions from a query or a body.

use pintle_machinery::field::Errors;
use pintle_machinery::json::quote;
use pintle_machinery::selector::{FieldSelector, LabelSelector};
use pintle_machinery::status::{GroupKind, Status};
use pintle_machinery::{Value, json};

use crate::query::Query;

/// Longest field manager (`metav1/validation.FieldManagerMaxLength`).
const FIELD_MANAGER_MAX: usize = 128;

/// What to do with unknown and duplicate fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldValidation {
    /// Drop them in silence.
    Ignore,
    /// Drop them with a warning.
    #[default]
    Warn,
    /// Refuse the request.
    Strict,
}

/// `ListOptions`.
#[derive(Clone, Debug, Default)]
pub struct ListOptions {
    /// Labels that objects must match; none selects all.
    pub label_selector: Option<LabelSelector>,
    /// Fields that objects must match.
    pub field_selector: Option<FieldSelector>,
    /// A watch, not a list.
    pub watch: bool,
    /// The client understands bookmarks.
    pub allow_watch_bookmarks: bool,
    /// As sent.
    pub resource_version: String,
    /// As sent.
    pub resource_version_match: String,
    /// How long a watch lasts.
    pub timeout_seconds: Option<i64>,
    /// Most objects of a page; 0 for all.
    pub limit: i64,
    /// Token of the next page.
    pub continue_token: String,
    /// The watch starts with the present objects.
    pub send_initial_events: Option<bool>,
}

impl ListOptions {
    /// Reads and validates a query (`handlers.listOpts`).
    pub fn parse(query: &Query) -> Result<Self, Status> {
        let text = |key: &str| query.get(key).unwrap_or_default().to_owned();
        let mut options = Self {
            watch: query.flag("watch").unwrap_or(false),
            allow_watch_bookmarks: query.flag("allowWatchBookmarks").unwrap_or(false),
            resource_version: text("resourceVersion"),
            resource_version_match: text("resourceVersionMatch"),
            timeout_seconds: integer(query, "timeoutSeconds")?,
            limit: integer(query, "limit")?.unwrap_or(0),
            continue_token: text("continue"),
            send_initial_events: query.flag("sendInitialEvents"),
            ..Self::default()
        };
        if let Some(text) = query.get("labelSelector").filter(|text| !text.is_empty()) {
            let selector = LabelSelector::parse(text);
            options.label_selector =
                Some(selector.map_err(|error| Status::bad_request(error.to_string()))?);
        }
        if let Some(text) = query.get("fieldSelector").filter(|text| !text.is_empty()) {
            let selector = FieldSelector::parse(text);
            options.field_selector =
                Some(selector.map_err(|error| Status::bad_request(error.to_string()))?);
        }
        options.set_defaults();
        options.validate()?;
        Ok(options)
    }

    /// A watch without a version starts with the present objects
    /// (`metainternalversion.SetListOptionsDefaults`).
    fn set_defaults(&mut self) {
        let legacy = matches!(self.resource_version.as_str(), "" | "0");
        if self.send_initial_events.is_none()
            && self.resource_version_match.is_empty()
            && self.watch
            && legacy
        {
            self.send_initial_events = Some(true);
            self.resource_version_match = "NotOlderThan".into();
        }
    }

    /// `metainternalversion/validation.ValidateListOptions`.
    fn validate(&self) -> Result<(), Status> {
        let mut errors = Errors::new();
        if self.watch {
            self.validate_watch(&mut errors);
        } else {
            self.validate_list(&mut errors);
        }
        invalid("ListOptions", &errors)
    }

    fn validate_list(&self, errors: &mut Errors) {
        let field = "resourceVersionMatch";
        if !self.resource_version_match.is_empty() {
            if self.resource_version.is_empty() {
                errors.forbidden(
                    field,
                    "resourceVersionMatch is forbidden unless resourceVersion is provided",
                );
            }
            if !self.continue_token.is_empty() {
                errors.forbidden(
                    field,
                    "resourceVersionMatch is forbidden when continue is provided",
                );
            }
            if !matches!(self.resource_version_match.as_str(), "Exact" | "NotOlderThan") {
                let supported = ["Exact", "NotOlderThan", ""];
                errors.not_supported(field, self.resource_version_match.as_str(), &supported);
            }
            if self.resource_version_match == "Exact" && self.resource_version == "0" {
                errors.forbidden(
                    field,
                    "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
                );
            }
        }
        if self.send_initial_events.is_some() {
            errors.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
    }

    fn validate_watch(&self, errors: &mut Errors) {
        let field = "resourceVersionMatch";
        if self.send_initial_events.is_some() && self.resource_version_match != "NotOlderThan" {
            errors.forbidden(
                field,
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
            );
        }
        if self.resource_version_match.is_empty() {
            return;
        }
        if self.send_initial_events.is_none() {
            errors.forbidden(
                field,
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
            );
        }
        if self.resource_version_match != "NotOlderThan" {
            errors.not_supported(field, self.resource_version_match.as_str(), &["NotOlderThan"]);
        }
        if !self.continue_token.is_empty() {
            errors.forbidden(field, "resourceVersionMatch is forbidden when continue is provided");
        }
    }
}

/// Create-, Update- or PatchOptions.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Nothing is stored.
    pub dry_run: bool,
    /// As sent; empty if not.
    pub field_manager: String,
    /// What to do with unknown fields.
    pub field_validation: FieldValidation,
    /// Apply takes fields from other managers.
    pub force: Option<bool>,
    /// The options as an object, with their kind.
    pub tree: Value,
}

/// Which options a write takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// POST.
    Create,
    /// PUT.
    Update,
    /// PATCH; true for apply.
    Patch(bool),
}

impl WriteOptions {
    /// Reads and validates a query (`metav1/validation.ValidateCreateOptions` and its kin).
    pub fn parse(query: &Query, write: Write) -> Result<Self, Status> {
        let kind = match write {
            Write::Create => "CreateOptions",
            Write::Update => "UpdateOptions",
            Write::Patch(_) => "PatchOptions",
        };
        let force = match write {
            Write::Patch(_) => query.flag("force"),
            _ => None,
        };
        let manager = query.get("fieldManager").unwrap_or_default();
        let dry_run: Vec<&str> = query.all("dryRun").collect();
        let mut errors = Errors::new();
        match write {
            Write::Patch(true) if manager.is_empty() => {
                errors.required("fieldManager", "is required for apply patch");
            }
            Write::Patch(false) if force.is_some() => {
                errors.forbidden("force", "may not be specified for non-apply patch");
            }
            _ => {}
        }
        validate_manager(manager, "fieldManager", &mut errors);
        validate_dry_run(&dry_run, &mut errors);
        let directive = query.get("fieldValidation").unwrap_or_default();
        let field_validation = match directive {
            "" | "Warn" => FieldValidation::Warn,
            "Ignore" => FieldValidation::Ignore,
            "Strict" => FieldValidation::Strict,
            other => {
                let supported = ["", "Ignore", "Strict", "Warn"];
                errors.not_supported("fieldValidation", other, &supported);
                FieldValidation::Warn
            }
        };
        invalid(kind, &errors)?;
        let mut tree = serde_json::json!({"kind": kind, "apiVersion": "meta.k8s.io/v1"});
        if !dry_run.is_empty() {
            tree["dryRun"] = dry_run.clone().into();
        }
        for (key, value) in [("fieldManager", manager), ("fieldValidation", directive)] {
            if !value.is_empty() {
                tree[key] = value.into();
            }
        }
        if let Some(force) = force {
            tree["force"] = force.into();
        }
        Ok(Self {
            dry_run: !dry_run.is_empty(),
            field_manager: manager.to_owned(),
            field_validation,
            force,
            tree,
        })
    }

    /// The same options under another kind, for admission.
    pub fn as_kind(&self, kind: &str) -> Value {
        let mut tree = self.tree.clone();
        tree["kind"] = kind.into();
        if let Some(fields) = tree.as_object_mut() {
            fields.remove("force");
        }
        tree
    }
}

/// `DeleteOptions`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteOptions {
    /// Seconds to wait.
    pub grace_period_seconds: Option<i64>,
    /// UID that the object must have.
    pub precondition_uid: Option<String>,
    /// Resource version that the object must have.
    pub precondition_resource_version: Option<String>,
    /// The old way to say Orphan or Background.
    pub orphan_dependents: Option<bool>,
    /// What happens to dependents.
    pub propagation_policy: Option<String>,
    /// Nothing is stored.
    pub dry_run: bool,
    /// The options as an object.
    pub tree: Value,
}

impl DeleteOptions {
    /// Reads a query.
    pub fn from_query(query: &Query) -> Result<Self, Status> {
        let mut tree = serde_json::json!({});
        if let Some(seconds) = integer(query, "gracePeriodSeconds")? {
            tree["gracePeriodSeconds"] = seconds.into();
        }
        if let Some(orphan) = query.flag("orphanDependents") {
            tree["orphanDependents"] = orphan.into();
        }
        if let Some(policy) = query.get("propagationPolicy") {
            tree["propagationPolicy"] = policy.into();
        }
        if let Some(flag) = query.flag("ignoreStoreReadErrorWithClusterBreakingPotential") {
            tree["ignoreStoreReadErrorWithClusterBreakingPotential"] = flag.into();
        }
        let dry_run: Vec<&str> = query.all("dryRun").collect();
        if !dry_run.is_empty() {
            tree["dryRun"] = dry_run.into();
        }
        Self::from_tree(tree)
    }

    /// Takes a decoded body, and validates (`metav1/validation.ValidateDeleteOptions`).
    pub fn from_tree(mut tree: Value) -> Result<Self, Status> {
        tree["kind"] = "DeleteOptions".into();
        tree["apiVersion"] = "meta.k8s.io/v1".into();
        let text = |path: &str| tree.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let mut options = Self {
            grace_period_seconds: tree["gracePeriodSeconds"].as_i64(),
            precondition_uid: text("/preconditions/uid"),
            precondition_resource_version: text("/preconditions/resourceVersion"),
            orphan_dependents: tree["orphanDependents"].as_bool(),
            propagation_policy: text("/propagationPolicy"),
            ..Self::default()
        };
        let mut errors = Errors::new();
        options.validate_policy(&mut errors);
        let dry_run = crate::meta::strings(tree.get("dryRun"));
        validate_dry_run(&dry_run, &mut errors);
        options.dry_run = !dry_run.is_empty();
        let ignore = "ignoreStoreReadErrorWithClusterBreakingPotential";
        if tree[ignore].as_bool() == Some(true) {
            options.validate_ignore(ignore, &mut errors);
        }
        invalid("DeleteOptions", &errors)?;
        options.tree = tree;
        Ok(options)
    }

    fn validate_policy(&self, errors: &mut Errors) {
        let Some(policy) = self.propagation_policy.as_deref() else { return };
        if self.orphan_dependents.is_some() {
            errors.invalid(
                "propagationPolicy",
                policy,
                "orphanDependents and deletionPropagation cannot be both set",
            );
        }
        if !matches!(policy, "Foreground" | "Background" | "Orphan") {
            let supported = ["Foreground", "Background", "Orphan", "nil"];
            errors.not_supported("propagationPolicy", policy, &supported);
        }
    }

    /// `metav1/validation.ValidateIgnoreStoreReadError`.
    fn validate_ignore(&self, field: &str, errors: &mut Errors) {
        let refused = [
            (self.propagation_policy.is_some(), "propagationPolicy"),
            (self.orphan_dependents.is_some(), "orphanDependents"),
            (self.grace_period_seconds.is_some(), "gracePeriodSeconds"),
            (
                self.precondition_uid.is_some() || self.precondition_resource_version.is_some(),
                "preconditions",
            ),
        ];
        for (set, other) in refused {
            if set {
                let detail = format!("cannot be set together with .{other}");
                errors.invalid(field, true, detail);
            }
        }
    }
}

fn validate_manager(manager: &str, path: &str, errors: &mut Errors) {
    if manager.len() > FIELD_MANAGER_MAX {
        errors.too_long(path, FIELD_MANAGER_MAX);
    }
    for (at, c) in manager.char_indices() {
        if c.is_control() {
            let detail = format!("invalid character U+{:04X} (at position {at})", u32::from(c));
            errors.invalid(path, manager, detail);
        }
    }
}

/// The manager of a write: as sent, or from the user agent (`handlers.managerOrUserAgent`).
pub fn manager_or_user_agent(manager: &str, user_agent: &str) -> String {
    if !manager.is_empty() {
        return manager.to_owned();
    }
    let mut out = String::new();
    for c in user_agent.split('/').next().unwrap_or_default().chars() {
        if c.is_control() {
            continue;
        }
        if out.len() + c.len_utf8() > FIELD_MANAGER_MAX {
            break;
        }
        out.push(c);
    }
    out
}

fn validate_dry_run(values: &[&str], errors: &mut Errors) {
    if values.iter().any(|value| *value != "All") {
        let list: Vec<Value> = values.iter().map(|&value| value.into()).collect();
        errors.not_supported("dryRun", Value::Array(list), &["All"]);
    }
}

/// An integer parameter; upstream's decoder speaks in `strconv`'s words.
fn integer(query: &Query, key: &str) -> Result<Option<i64>, Status> {
    let Some(text) = query.get(key) else { return Ok(None) };
    match text.parse::<i64>() {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            let range = matches!(
                error.kind(),
                std::num::IntErrorKind::PosOverflow | std::num::IntErrorKind::NegOverflow
            );
            let problem = if range { "value out of range" } else { "invalid syntax" };
            let message = format!("strconv.ParseInt: parsing {}: {problem}", quote(text));
            Err(Status::bad_request(message))
        }
    }
}

fn invalid(kind: &str, errors: &Errors) -> Result<(), Status> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(Status::invalid(GroupKind::new("meta.k8s.io", kind), "", errors))
}

/// What of the object a table's rows carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncludeObject {
    /// Nothing.
    None,
    /// Metadata only.
    Metadata,
    /// All.
    Object,
}

impl IncludeObject {
    /// Reads a query (`handlers.optionsForTransform`).
    pub fn parse(query: &Query) -> Result<Self, Status> {
        match query.get("includeObject").unwrap_or_default() {
            "" | "Metadata" => Ok(Self::Metadata),
            "None" => Ok(Self::None),
            "Object" => Ok(Self::Object),
            other => Err(Status::bad_request(format!(
                "Unable to convert to Table as requested: includeObject: Invalid value: {}: must be 'Metadata', 'Object', 'None', or empty",
                json::quote(other)
            ))),
        }
    }
}
