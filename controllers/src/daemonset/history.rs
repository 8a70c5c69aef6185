//! A DaemonSet's revisions.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{HASH_LABEL, Sync};
use crate::claim::Claim;
use crate::hash;
use crate::kind::{CONTROLLERREVISIONS, DAEMONSETS, PODS};
use crate::object::{Read, selects, set_entry};
use crate::plan::{Action, Form, Plan, owner_reference};
use crate::world::Key;

/// The present revision's hash, and the earlier revisions.
pub(super) struct Revisions {
    pub(super) hash: String,
    pub(super) old: Vec<Arc<Value>>,
}

/// What a revision keeps (`getPatch`).
fn data(set: &Value) -> Value {
    let mut template = set.at("spec.template").clone();
    template["$patch"] = "replace".into();
    json!({"spec": {"template": template}})
}

fn update(object: Value) -> Action {
    Action::Update { kind: CONTROLLERREVISIONS, object, subresource: "" }
}

impl Sync<'_> {
    /// Finds or makes the present revision; nothing if that has to be seen first.
    pub(super) fn construct_history(&self, plan: &mut Plan) -> Option<Revisions> {
        let selector = self.set.at("spec.selector");
        let claim = Claim {
            owner: self.set,
            owner_kind: DAEMONSETS,
            kind: CONTROLLERREVISIONS,
            finalizer: "",
        };
        let claimed = claim.over(
            self.world.of("controllerrevisions"),
            |_| true,
            |revision| selects(selector, revision.entries("metadata.labels")),
        );
        plan.together(claimed.actions);
        let data = data(self.set);
        let (mut present, old): (Vec<Arc<Value>>, Vec<Arc<Value>>) =
            claimed.objects.into_iter().cloned().partition(|it| *it.at("data") == data);
        let number = old.iter().map(|revision| revision.int("revision")).max().unwrap_or(0) + 1;
        present.sort_by_key(|revision| revision.int("revision"));
        let Some(kept) = present.pop() else {
            self.snapshot(data, number, plan);
            return None;
        };
        for double in &present {
            self.relabel(&kept, plan);
            plan.then(Action::delete(CONTROLLERREVISIONS, double));
        }
        let hash = kept.label(HASH_LABEL).unwrap_or(kept.name()).to_owned();
        if kept.int("revision") < number || kept.label(HASH_LABEL).is_none() {
            let mut changed = (*kept).clone();
            changed["revision"] = kept.int("revision").max(number).into();
            set_entry(&mut changed, "metadata.labels", HASH_LABEL, hash.as_str());
            plan.then(update(changed));
        }
        Some(Revisions { hash, old })
    }

    fn relabel(&self, kept: &Value, plan: &mut Plan) {
        let hash = kept.label(HASH_LABEL);
        for pod in self.pods.iter().filter(|pod| pod.label(HASH_LABEL) != hash) {
            plan.then(Action::Patch {
                kind: PODS,
                key: Key::of(pod),
                subresource: "",
                form: Form::Merge,
                body: json!({"metadata": {"labels": {HASH_LABEL: hash}}}),
            });
        }
    }

    fn snapshot(&self, data: Value, number: i64, plan: &mut Plan) {
        let collisions = self.set.number("status.collisionCount");
        let hash = hash::of(self.set.at("spec.template"), collisions);
        let name = format!("{}-{hash}", self.set.name());
        let key = Key::new(self.set.namespace(), &name);
        if let Some(failure) = self.world.failure {
            let taken = self.world.of("controllerrevisions").get(&key);
            if failure.reason == "AlreadyExists" && taken.is_some_and(|it| *it.at("data") != data) {
                let mut status = self.set.at("status").clone();
                status["collisionCount"] = json!(collisions.unwrap_or(0) + 1);
                plan.then(Action::status(DAEMONSETS, self.set, status));
            }
            return;
        }
        let mut labels = json!({});
        for (key, value) in self.set.entries("spec.template.metadata.labels").into_iter().flatten()
        {
            labels[key] = value.clone();
        }
        labels[HASH_LABEL] = hash.into();
        let mut object = json!({
            "kind": "ControllerRevision", "apiVersion": "apps/v1",
            "metadata": {
                "name": name, "namespace": self.set.namespace(), "labels": labels,
                "ownerReferences": [owner_reference(self.set, DAEMONSETS)],
            },
            "data": data, "revision": number,
        });
        let annotations = self.set.at("metadata.annotations");
        if !annotations.is_null() {
            object["metadata"]["annotations"] = annotations.clone();
        }
        plan.then(Action::create(CONTROLLERREVISIONS, object));
    }

    /// Deletes old revisions that no pod has, beyond `spec.revisionHistoryLimit`.
    pub(super) fn clean_history(&self, mut old: Vec<Arc<Value>>, plan: &mut Plan) {
        let limit = usize::try_from(self.set.int("spec.revisionHistoryLimit")).unwrap_or(0);
        let surplus = old.len().saturating_sub(limit);
        let live: BTreeSet<&str> =
            self.pods.iter().filter_map(|pod| pod.label(HASH_LABEL)).collect();
        old.sort_by_key(|revision| revision.int("revision"));
        let unused = old
            .iter()
            .filter(|revision| revision.label(HASH_LABEL).is_none_or(|hash| !live.contains(hash)));
        let deletions = unused.take(surplus);
        plan.together(deletions.map(|it| Action::delete(CONTROLLERREVISIONS, it)).collect());
    }
}
