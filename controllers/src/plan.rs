//! What a controller wants done.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::kind::Kind;
use crate::object::{Read, reference};
use crate::world::Key;

/// A failed request, as a controller may need to know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The reason of the server's `Status`; empty if no answer came.
    pub reason: String,
    /// The message.
    pub message: String,
    /// Which action failed: `create`, `update`, `patch`, `adopt`, `delete` or `ask`.
    pub of: &'static str,
}

impl Failure {
    /// Whether the object is not there.
    pub fn is_not_found(&self) -> bool {
        self.reason == "NotFound"
    }
}

/// A question that only the live API can answer. The decision is made again once it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// One object, by the path of the API.
    Get(String),
    /// All objects under a path, in pages of metadata.
    List(String),
    /// Delete everything under a path.
    DeleteCollection(String),
    /// What the server serves: a list of `{path, kind, namespaced, verbs, ...}`.
    Discovery,
    /// Whether someone may do something: the JSON of a `SubjectAccessReview`.
    Review(String),
}

/// The events that tell of an action's end; `{}` stands for the object's name, or for the error.
#[derive(Clone, Debug, PartialEq)]
pub struct Announce {
    /// The object that the events are about.
    pub about: Value,
    /// Reason and message when it worked; an empty reason keeps quiet.
    pub done: (&'static str, String),
    /// Reason and message when it did not; an empty reason keeps quiet.
    pub failed: (&'static str, String),
}

/// The formats of patches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RFC 6902.
    Json,
    /// RFC 7386.
    Merge,
    /// Strategic merge.
    Strategic,
}

/// One write.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Create an object.
    Create {
        /// Its kind.
        kind: &'static Kind,
        /// The object.
        object: Value,
        /// Events.
        announce: Option<Announce>,
        /// Whether it may be there already.
        may_exist: bool,
    },
    /// Replace an object, or a subresource of it, at the version that it names.
    Update {
        /// Its kind.
        kind: &'static Kind,
        /// The object.
        object: Value,
        /// Subresource; empty for the object itself.
        subresource: &'static str,
    },
    /// Patch an object. One that is gone is no failure.
    Patch {
        /// Its kind.
        kind: &'static Kind,
        /// Which one.
        key: Key,
        /// Subresource; empty for the object itself.
        subresource: &'static str,
        /// Format.
        form: Form,
        /// The patch.
        body: Value,
    },
    /// Take an object over, after a live look whether the owner still may.
    Adopt {
        /// The dependent's kind.
        kind: &'static Kind,
        /// The dependent.
        object: Arc<Value>,
        /// The owner's kind.
        owner_kind: &'static Kind,
        /// The owner as cached.
        owner: Arc<Value>,
        /// The patch that makes it the owner's.
        body: Value,
    },
    /// Delete an object. One that is gone is no failure.
    Delete {
        /// Its kind.
        kind: &'static Kind,
        /// Which one.
        key: Key,
        /// Only the one with this uid, if not empty.
        uid: String,
        /// Only at this version, if not empty.
        version: String,
        /// `Foreground`, `Background`, `Orphan` or the server's default.
        propagation: Option<&'static str>,
        /// Seconds of grace, or the object's own.
        grace: Option<i64>,
        /// Events.
        announce: Option<Announce>,
    },
    /// A raw request on a path, for kinds known only at run time. 404 is no failure.
    Raw {
        /// `PATCH` (merge patch), `APPLY` (server-side apply) or `DELETE`.
        method: &'static str,
        /// The path.
        path: String,
        /// The body.
        body: Value,
    },
    /// Record an event.
    Event {
        /// The object that it is about.
        about: Value,
        /// `Normal` or `Warning`.
        kind: &'static str,
        /// Reason.
        reason: &'static str,
        /// Message.
        message: String,
    },
}

/// How the actions of a step are carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At the same time.
    Together,
    /// In batches of 1, 2, 4, …, until one of a batch fails.
    SlowStart,
}

/// Actions that belong together; a failure keeps later steps from being carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The actions.
    pub actions: Vec<Action>,
    /// How.
    pub pace: Pace,
}

/// The outcome of a decision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Questions; if there are any, nothing else counts.
    pub asks: Vec<Ask>,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// When to look again, even if nothing changes.
    pub requeue: Option<Duration>,
    /// Other keys to look at.
    pub also: Vec<Key>,
    /// Why this has to be tried again, with growing delays.
    pub error: Option<String>,
}

impl Plan {
    /// Nothing to do.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Questions only.
    pub fn ask(asks: Vec<Ask>) -> Self {
        Self { asks, ..Self::default() }
    }

    /// Nothing to do but to try again.
    pub fn fail(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }

    /// One more action, after all before it.
    pub fn then(&mut self, action: Action) {
        self.steps.push(Step { actions: vec![action], pace: Pace::Together });
    }

    /// Actions at the same time, after all before them.
    pub fn together(&mut self, actions: Vec<Action>) {
        if !actions.is_empty() {
            self.steps.push(Step { actions, pace: Pace::Together });
        }
    }

    /// Actions in slow-start batches, after all before them.
    pub fn slow_start(&mut self, actions: Vec<Action>) {
        if !actions.is_empty() {
            self.steps.push(Step { actions, pace: Pace::SlowStart });
        }
    }

    /// Looks again after a time, or earlier if that was planned already.
    pub fn again_in(&mut self, delay: Duration) {
        self.requeue = Some(self.requeue.map_or(delay, |planned| planned.min(delay)));
    }

    /// All actions, in order.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.steps.iter().flat_map(|step| &step.actions)
    }
}

impl From<Action> for Plan {
    fn from(action: Action) -> Self {
        let mut plan = Self::nothing();
        plan.then(action);
        plan
    }
}

impl Action {
    /// An event about an object.
    pub fn event(
        object: &Value,
        kind: &'static str,
        reason: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self::Event { about: reference(object), kind, reason, message: message.into() }
    }

    /// Replaces an object's status.
    pub fn status(kind: &'static Kind, object: &Value, status: Value) -> Self {
        let mut object = object.clone();
        object["status"] = status;
        Self::Update { kind, object, subresource: "status" }
    }

    /// Creates an object that must not be there yet.
    pub fn create(kind: &'static Kind, object: Value) -> Self {
        Self::Create { kind, object, announce: None, may_exist: false }
    }

    /// Deletes an object with its own grace, whichever has the name.
    pub fn delete(kind: &'static Kind, object: &Value) -> Self {
        Self::Delete {
            kind,
            key: Key::of(object),
            uid: String::new(),
            version: String::new(),
            propagation: None,
            grace: None,
            announce: None,
        }
    }
}

/// A controller's owner reference.
pub fn owner_reference(owner: &Value, kind: &Kind) -> Value {
    json!({
        "apiVersion": kind.api_version(), "kind": kind.kind, "name": owner.name(),
        "uid": owner.uid(), "controller": true, "blockOwnerDeletion": true,
    })
}

/// A pod from a template, as upstream's `GetPodFromTemplate` makes it.
pub fn pod_from_template(template: &Value, owner: &Value, owner_kind: &Kind) -> Value {
    let mut meta = Map::new();
    // validation.NameIsDNSSubdomain of `<name>-` with the dash masked holds for every owner name.
    meta.insert("generateName".into(), format!("{}-", owner.name()).into());
    meta.insert("namespace".into(), owner.namespace().into());
    for field in ["labels", "annotations", "finalizers"] {
        let value = template.at("metadata").at(field);
        if !value.is_null() {
            meta.insert(field.into(), value.clone());
        }
    }
    meta.insert("ownerReferences".into(), json!([owner_reference(owner, owner_kind)]));
    json!({"kind": "Pod", "apiVersion": "v1", "metadata": meta, "spec": template.at("spec")})
}

/// The events of a pod's creation.
pub fn announce_pod_creation(owner: &Value) -> Announce {
    Announce {
        about: reference(owner),
        done: ("SuccessfulCreate", "Created pod: {}".into()),
        failed: ("FailedCreate", "Error creating: {}".into()),
    }
}

/// A pod's deletion, with its events.
pub fn delete_pod(pod: &Value, owner: &Value) -> Action {
    let mut action = Action::delete(crate::kind::PODS, pod);
    if let Action::Delete { announce, .. } = &mut action {
        *announce = Some(Announce {
            about: reference(owner),
            done: ("SuccessfulDelete", format!("Deleted pod: {}", pod.name())),
            failed: ("FailedDelete", "Error deleting: {}".into()),
        });
    }
    action
}
