use crate::plan::Failure;
use crate::{Settings, Tables};

use super::*;

struct Scene {
    collector: Collector,
    live: BTreeMap<String, Value>,
}

fn kind(api_version: &str, kind: &str, plural: &str) -> Arc<Served> {
    let (api_version, kind, plural) = (api_version.into(), kind.into(), plural.into());
    Arc::new(Served { api_version, kind, plural, namespaced: true })
}

impl Scene {
    fn new() -> Self {
        let mut collector = Collector::default();
        collector
            .served(&[kind("apps/v1", "ReplicaSet", "replicasets"), kind("v1", "Pod", "pods")]);
        Self { collector, live: BTreeMap::new() }
    }

    /// An object on the server and in the graph; its name is its uid.
    fn put(&mut self, kind: (&str, &str), name: &str, meta: Value) -> Vec<Key> {
        let served = self.collector.served[&(kind.0.into(), kind.1.into())].clone();
        let mut object = json!({"metadata": {
            "namespace": "n", "name": name, "uid": name, "resourceVersion": "1",
        }});
        for (field, value) in meta.as_object().unwrap() {
            object["metadata"][field] = value.clone();
        }
        self.live.insert(served.path("n", name), object.clone());
        self.collector.observe_metadata(&served, &object, Seen::New)
    }

    fn plan(&mut self, key: &Key) -> Plan {
        let (tables, settings) = (Tables::default(), Settings::default());
        let mut answers = BTreeMap::new();
        loop {
            let world = World {
                tables: &tables,
                now: jiff::Timestamp::UNIX_EPOCH,
                settings: &settings,
                failure: None,
                answers: &answers,
                retries: 0,
            };
            let plan = self.collector.reconcile(&world, key);
            if plan.asks.is_empty() {
                return plan;
            }
            for ask in plan.asks {
                let Ask::Get(path) = &ask else { panic!("unexpected question") };
                let missing = Failure { reason: "NotFound".into(), ..Failure::default() };
                let answer = self.live.get(path).cloned().ok_or(missing);
                answers.insert(ask, answer);
            }
        }
    }

    #[track_caller]
    fn check(&mut self, key: &Key, want: &[&str]) {
        let plan = self.plan(key);
        let mut got: Vec<String> = plan
            .actions()
            .map(|action| {
                let Action::Raw { method, path, body } = action else { panic!("odd action") };
                let what = if *method == "DELETE" {
                    body.text("propagationPolicy").to_owned()
                } else {
                    let mut meta = body.at("metadata").as_object().unwrap().clone();
                    meta.remove("uid");
                    meta.remove("resourceVersion");
                    Value::Object(meta).to_string()
                };
                format!("{method} {} {what}", path.rsplit('/').next().unwrap())
            })
            .collect();
        got.extend(plan.also.iter().map(|key| format!("look {}", key.name)));
        assert_eq!(got, want);
    }
}

const SET: (&str, &str) = ("apps/v1", "ReplicaSet");
const POD: (&str, &str) = ("v1", "Pod");

fn owned(uid: &str) -> Value {
    json!({"ownerReferences": [{
        "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": uid, "uid": uid,
        "blockOwnerDeletion": true, "controller": true,
    }]})
}

#[test]
fn an_object_whose_owner_is_there_stays() {
    let mut scene = Scene::new();
    scene.put(POD, "pod", owned("set"));
    scene.put(SET, "set", json!({}));
    scene.check(&to_delete("pod"), &[]);
}

#[test]
fn an_object_whose_owner_never_was_is_deleted() {
    let mut scene = Scene::new();
    let keys = scene.put(POD, "pod", owned("set"));
    assert_eq!(keys, [to_delete("pod")]);
    scene.check(&to_delete("pod"), &["DELETE pod Background"]);
}

#[test]
fn an_owner_that_the_graph_has_not_seen_but_the_server_has_counts() {
    let mut scene = Scene::new();
    scene.put(POD, "pod", owned("set"));
    scene.live.insert(
        "/apis/apps/v1/namespaces/n/replicasets/set".into(),
        json!({"metadata": {"uid": "set"}}),
    );
    scene.check(&to_delete("pod"), &[]);
}

#[test]
fn the_deletion_of_an_owner_concerns_its_dependents() {
    let mut scene = Scene::new();
    scene.put(SET, "set", json!({}));
    scene.put(POD, "pod", owned("set"));
    let served = kind("apps/v1", "ReplicaSet", "replicasets");
    scene.live.remove(&served.path("n", "set"));
    let gone = json!({"metadata": {"uid": "set"}});
    let keys = scene.collector.observe_metadata(&served, &gone, Seen::Gone);
    assert_eq!(keys, [to_delete("pod")]);
    scene.check(&to_delete("pod"), &["DELETE pod Background"]);
}

#[test]
fn a_foreground_deletion_waits_for_what_blocks_it() {
    let mut scene = Scene::new();
    scene.put(SET, "set", json!({}));
    scene.put(POD, "pod", owned("set"));
    let going = json!({"deletionTimestamp": "x", "finalizers": ["foregroundDeletion", "mine"]});
    let keys = scene.put(SET, "set", going);
    assert_eq!(keys, [to_delete("pod"), to_delete("set")]);
    scene.check(&to_delete("set"), &["look pod"]);
    scene.check(&to_delete("pod"), &["DELETE pod Background"]);
    let gone = json!({"metadata": {"uid": "pod"}});
    let keys = scene.collector.observe_metadata(&kind("v1", "Pod", "pods"), &gone, Seen::Gone);
    assert_eq!(keys, [to_delete("set")]);
    scene.check(&to_delete("set"), &[r#"PATCH set {"finalizers":["mine"]}"#]);
}

#[test]
fn orphans_lose_their_owner_before_it_goes() {
    let mut scene = Scene::new();
    scene.put(SET, "set", json!({}));
    scene.put(POD, "pod", owned("set"));
    let going = json!({"deletionTimestamp": "x", "finalizers": ["orphan"]});
    let keys = scene.put(SET, "set", going);
    assert_eq!(keys, [Key::new(ORPHANING, "set")]);
    scene.check(
        &Key::new(ORPHANING, "set"),
        &[r#"PATCH pod {"ownerReferences":[]}"#, r#"PATCH set {"finalizers":[]}"#],
    );
}

#[test]
fn one_solid_owner_is_enough_and_the_others_are_dropped() {
    let mut scene = Scene::new();
    scene.put(SET, "set", json!({}));
    let mut meta = owned("set");
    let other = owned("other")["ownerReferences"][0].clone();
    meta["ownerReferences"].as_array_mut().unwrap().push(other);
    scene.put(POD, "pod", meta);
    let kept = owned("set").to_string();
    scene.check(&to_delete("pod"), &[&format!("PATCH pod {kept}")]);
}
