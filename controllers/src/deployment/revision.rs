//! The new set of a Deployment, the old ones, and their numbering.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    DESIRED_REPLICAS, HASH_LABEL, MAX_REPLICAS, REVISION, REVISION_HISTORY, ROLLBACK_TO, Sync, Wait,
};
use crate::hash;
use crate::kind::{DEPLOYMENTS, REPLICASETS};
use crate::object::{Read, reference, remove_entry, scaled, set_entry};
use crate::plan::{Action, Announce, owner_reference};

const HISTORY_CHARS: usize = 2000;
const NAME_CHARS: usize = 253;

/// Annotations that a Deployment and its sets do not share.
const OWN: &[&str] = &[
    "kubectl.kubernetes.io/last-applied-configuration",
    REVISION,
    REVISION_HISTORY,
    DESIRED_REPLICAS,
    MAX_REPLICAS,
    ROLLBACK_TO,
];

/// An object's revision; 0 if it has none that can be read.
pub(super) fn of(object: &Value) -> i64 {
    object.annotation(REVISION).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Whether a set has the Deployment's template, but for the hash.
pub(super) fn same_template(set: &Value, deployment: &Value) -> bool {
    let plain = |owner: &Value| {
        let mut template = owner.at("spec.template").clone();
        remove_entry(&mut template, "metadata.labels", HASH_LABEL);
        if template.entries("metadata.labels").is_some_and(serde_json::Map::is_empty) {
            remove_entry(&mut template, "metadata", "labels");
        }
        if template.entries("metadata").is_none_or(serde_json::Map::is_empty)
            && let Some(fields) = template.as_object_mut()
        {
            fields.remove("metadata");
        }
        template
    };
    plain(set) == plain(deployment)
}

fn new_hash(deployment: &Value) -> String {
    hash::of(deployment.at("spec.template"), deployment.number("status.collisionCount"))
}

/// What the set of the present template is called.
pub(super) fn new_name(deployment: &Value) -> String {
    let hash = new_hash(deployment);
    let room = NAME_CHARS - 1 - hash.len();
    let name = deployment.name();
    format!("{}-{hash}", name.get(..room).unwrap_or(name))
}

type Sets = (Option<Arc<Value>>, Vec<Arc<Value>>);

impl Sync<'_> {
    /// The set of the present template and all others; numbers the former, and makes it if asked.
    pub(super) fn sync_revision(&mut self, create: bool) -> Result<Sets, Wait> {
        let new = self.sets.iter().find(|set| same_template(set, &self.deployment)).cloned();
        let uid = new.as_ref().map(|set| set.uid().to_owned());
        let old: Vec<Arc<Value>> =
            self.sets.iter().filter(|set| Some(set.uid()) != uid.as_deref()).cloned().collect();
        let revision = old.iter().map(|set| of(set)).max().unwrap_or(0).max(0) + 1;
        match &new {
            Some(set) => self.number(set, revision)?,
            None if create => return Err(self.create(revision)),
            None => {}
        }
        Ok((new, old))
    }

    fn number(&mut self, set: &Arc<Value>, revision: i64) -> Result<(), Wait> {
        let mut changed = (**set).clone();
        let annotated = self.annotate(&mut changed, revision);
        let min_ready = self.deployment.int("spec.minReadySeconds");
        if annotated || changed.int("spec.minReadySeconds") != min_ready {
            changed["spec"]["minReadySeconds"] = min_ready.into();
            self.plan.then(Action::Update { kind: REPLICASETS, object: changed, subresource: "" });
            return Err(Wait);
        }
        let number = changed.annotation(REVISION).unwrap_or_default().to_owned();
        let mut update = self.set_revision(&number);
        if self.deadline().is_some() && self.find_condition("Progressing").is_none() {
            let message = format!("Found new replica set \"{}\"", set.name());
            self.condition("Progressing", "True", "FoundNewReplicaSet", &message);
            update = true;
        }
        if update {
            self.write_status();
            return Err(Wait);
        }
        Ok(())
    }

    fn set_revision(&mut self, revision: &str) -> bool {
        if self.deployment.annotation(REVISION) == Some(revision) {
            return false;
        }
        set_entry(&mut self.deployment, "metadata.annotations", REVISION, revision);
        true
    }

    fn create(&mut self, revision: i64) -> Wait {
        let hash = new_hash(&self.deployment);
        let name = new_name(&self.deployment);
        let mut template = self.deployment.at("spec.template").clone();
        set_entry(&mut template, "metadata.labels", HASH_LABEL, hash.as_str());
        let mut selector = self.deployment.at("spec.selector").clone();
        set_entry(&mut selector, "matchLabels", HASH_LABEL, hash.as_str());
        let size = self.new_size(0, self.sets.iter().map(|set| set.int("spec.replicas")).sum());
        let mut set = json!({
            "kind": "ReplicaSet", "apiVersion": "apps/v1",
            "metadata": {
                "name": name, "namespace": self.deployment.namespace(),
                "labels": template.at("metadata.labels"),
                "ownerReferences": [owner_reference(&self.deployment, DEPLOYMENTS)],
            },
            "spec": {"replicas": size, "selector": selector, "template": template},
        });
        let min_ready = self.deployment.int("spec.minReadySeconds");
        if min_ready != 0 {
            set["spec"]["minReadySeconds"] = min_ready.into();
        }
        self.annotate(&mut set, revision);
        self.annotate_size(&mut set);
        let failed = format!("Failed to create new replica set \"{name}\": {{}}");
        self.plan.then(Action::Create {
            kind: REPLICASETS,
            object: set,
            announce: Some(Announce {
                about: reference(&self.deployment),
                done: ("", String::new()),
                failed: ("ReplicaSetCreateError", failed),
            }),
            may_exist: false,
        });
        if size > 0 {
            let message = format!("Scaled up replica set {name} from 0 to {size}");
            self.event("Normal", "ScalingReplicaSet", message);
        }
        let mut update = self.set_revision(&revision.to_string());
        if self.deadline().is_some() {
            let message = format!("Created new replica set \"{name}\"");
            self.condition("Progressing", "True", "NewReplicaSetCreated", &message);
            update = true;
        }
        if update {
            self.write_status();
        }
        Wait
    }

    /// `NewRSNewReplicas`: how far the new set may grow.
    pub(super) fn new_size(&self, present: i64, all: i64) -> i64 {
        let wanted = self.replicas();
        if !self.is_rolling() {
            return wanted;
        }
        let surge = self.deployment.at("spec.strategy.rollingUpdate.maxSurge");
        let room = wanted + scaled(surge, wanted, true).unwrap_or(0) - all;
        if room <= 0 { present } else { present + room.min(wanted - present) }
    }

    /// `SetNewReplicaSetAnnotations`: the Deployment's annotations, the revision, and which
    /// revisions it had before.
    fn annotate(&self, set: &mut Value, revision: i64) -> bool {
        let mut changed = false;
        for (name, value) in self.deployment.entries("metadata.annotations").into_iter().flatten() {
            if !OWN.contains(&name.as_str()) && set.annotation(name) != value.as_str() {
                set_entry(set, "metadata.annotations", name, value.clone());
                changed = true;
            }
        }
        let old = set.annotation(REVISION).map(str::to_owned);
        let number = match old.as_deref() {
            None | Some("") => 0,
            Some(text) => match text.parse::<i64>() {
                Ok(number) => number,
                Err(_) => return false,
            },
        };
        if number < revision {
            set_entry(set, "metadata.annotations", REVISION, revision.to_string());
            changed = true;
            if let Some(old) = old {
                let history = set.annotation(REVISION_HISTORY).unwrap_or_default();
                if let Some(history) = longer(history, &old) {
                    set_entry(set, "metadata.annotations", REVISION_HISTORY, history);
                }
            }
        }
        changed
    }

    pub(super) fn rollback_to(&self) -> Option<i64> {
        self.deployment.annotation(ROLLBACK_TO)?.parse().ok()
    }

    /// Puts the template of an earlier revision back (asked for by annotation only).
    pub(super) fn rollback(&mut self, revision: i64) -> Result<(), Wait> {
        let (new, old) = self.sync_revision(true)?;
        let all: Vec<Arc<Value>> = old.into_iter().chain(new).collect();
        let revision = if revision == 0 { last_but_one(&all) } else { revision };
        if revision == 0 {
            let message = "Unable to find last revision.".to_owned();
            self.event("Warning", "DeploymentRollbackRevisionNotFound", message);
            self.clear_rollback();
            return Ok(());
        }
        let name = self.deployment.name().to_owned();
        match all.iter().find(|set| of(set) == revision) {
            None => {
                let message = "Unable to find the revision to rollback to.".to_owned();
                self.event("Warning", "DeploymentRollbackRevisionNotFound", message);
                self.clear_rollback();
            }
            Some(set) if same_template(set, &self.deployment) => {
                let message = format!(
                    "The rollback revision contains the same template as current deployment \"{name}\""
                );
                self.event("Warning", "DeploymentRollbackTemplateUnchanged", message);
                self.clear_rollback();
            }
            Some(set) => {
                self.take_template(set);
                self.clear_rollback();
                let message = format!("Rolled back deployment \"{name}\" to revision {revision}");
                self.event("Normal", "DeploymentRollback", message);
            }
        }
        Ok(())
    }

    fn take_template(&mut self, set: &Value) {
        let mut template = set.at("spec.template").clone();
        remove_entry(&mut template, "metadata.labels", HASH_LABEL);
        self.deployment["spec"]["template"] = template;
        let own = self.deployment.entries("metadata.annotations").into_iter().flatten();
        let own = own.filter(|(name, _)| OWN.contains(&name.as_str()));
        let theirs = set.entries("metadata.annotations").into_iter().flatten();
        let theirs = theirs.filter(|(name, _)| !OWN.contains(&name.as_str()));
        let all = own.chain(theirs).map(|(name, value)| (name.clone(), value.clone())).collect();
        self.deployment["metadata"]["annotations"] = Value::Object(all);
    }

    fn clear_rollback(&mut self) {
        remove_entry(&mut self.deployment, "metadata.annotations", ROLLBACK_TO);
        let object = self.deployment.clone();
        self.plan.then(Action::Update { kind: DEPLOYMENTS, object, subresource: "" });
    }
}

fn last_but_one(sets: &[Arc<Value>]) -> i64 {
    let (mut first, mut second) = (0, 0);
    for revision in sets.iter().map(|set| of(set)) {
        if revision >= first {
            (first, second) = (revision, first);
        } else if revision > second {
            second = revision;
        }
    }
    second
}

/// The history with one more entry; the oldest make room.
fn longer(history: &str, entry: &str) -> Option<String> {
    if history.is_empty() {
        return Some(entry.into());
    }
    let mut rest = history;
    while rest.len() + entry.len() + 1 > HISTORY_CHARS && !rest.is_empty() {
        rest = rest.split_once(',').map_or("", |(_, rest)| rest);
    }
    if rest.is_empty() {
        (entry.len() <= HISTORY_CHARS).then(|| entry.into())
    } else {
        Some(format!("{rest},{entry}"))
    }
}
