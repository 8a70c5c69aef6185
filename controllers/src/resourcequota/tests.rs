use super::*;
use crate::plan::Ask;
use crate::plan::Failure;
use crate::settings::Settings;

fn quota(hard: Value, status: Value) -> Arc<Value> {
    Arc::new(json!({
        "metadata": {"name": "q", "namespace": "n"}, "spec": {"hard": hard}, "status": status,
    }))
}

fn pod(name: &str, phase: &str) -> Arc<Value> {
    let resources = json!({"requests": {"cpu": "250m"}});
    Arc::new(json!({
        "metadata": {"name": name, "namespace": "n"}, "status": {"phase": phase},
        "spec": {"containers": [{"name": "c", "resources": resources}]},
    }))
}

fn put(tables: &mut Tables, plural: &'static str, object: Arc<Value>) {
    tables.of_mut(plural).set(&Key::of(&object), Some(object.clone()));
}

fn secrets() -> Arc<Served> {
    let (api_version, kind, plural) = ("v1".into(), "Secret".into(), "secrets".into());
    Arc::new(Served { api_version, kind, plural, namespaced: true })
}

fn secret(uid: &str) -> Value {
    json!({"metadata": {"namespace": "n", "uid": uid}})
}

/// The status that a decision about the quota `n/q` writes.
#[track_caller]
fn check(quotas: &mut Quotas, tables: &Tables, wanted: Option<Value>) {
    let settings = Settings::default();
    let answers: BTreeMap<Ask, Result<Value, Failure>> = BTreeMap::new();
    let now = Timestamp::UNIX_EPOCH;
    let world =
        World { tables, now, settings: &settings, failure: None, answers: &answers, retries: 0 };
    let plan = quotas.reconcile(&world, &Key::new("n", "q"));
    let status = plan.actions().next().map(|action| match action {
        Action::Update { object, subresource: "status", .. } => object["status"].clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(status, wanted);
}

#[test]
fn what_is_used_is_worked_out_from_what_is_there() {
    let mut quotas = Quotas::default();
    quotas.served(&[secrets()]);
    quotas.observe_metadata(&secrets(), &secret("a"), Seen::New);
    quotas.observe_metadata(&secrets(), &secret("a"), Seen::Again);
    quotas.observe_metadata(&secrets(), &secret("b"), Seen::New);
    let mut tables = Tables::default();
    put(&mut tables, "pods", pod("a", "Running"));
    put(&mut tables, "pods", pod("b", "Pending"));
    put(&mut tables, "pods", pod("c", "Succeeded"));
    let hard = json!({"pods": "9", "requests.cpu": "2", "secrets": "5", "services": "1", "x": "1"});
    let used = json!({"pods": "2", "requests.cpu": "500m", "secrets": "2", "services": "0"});
    let status = json!({"hard": hard, "used": used});
    put(&mut tables, "resourcequotas", quota(hard.clone(), json!({})));
    check(&mut quotas, &tables, Some(status.clone()));
    put(&mut tables, "resourcequotas", quota(hard, status));
    check(&mut quotas, &tables, None);
}

#[test]
fn a_quota_counts_itself_before_the_metadata_tell_of_it() {
    let mut quotas = Quotas::default();
    let (api_version, kind) = ("v1".to_owned(), "ResourceQuota".to_owned());
    let plural = "resourcequotas".to_owned();
    quotas.served(&[Arc::new(Served { api_version, kind, plural, namespaced: true })]);
    let hard = json!({"resourcequotas": "1"});
    let mut tables = Tables::default();
    put(&mut tables, "resourcequotas", quota(hard.clone(), json!({})));
    check(&mut quotas, &tables, Some(json!({"hard": hard, "used": hard})));
}

#[test]
fn a_quota_with_scopes_counts_no_plain_objects() {
    let mut quotas = Quotas::default();
    quotas.observe_metadata(&secrets(), &secret("a"), Seen::New);
    let mut tables = Tables::default();
    put(&mut tables, "pods", pod("a", "Running"));
    let mut scoped = Value::clone(&quota(json!({"pods": "1", "secrets": "1"}), json!({})));
    scoped["spec"]["scopes"] = json!(["Terminating"]);
    put(&mut tables, "resourcequotas", Arc::new(scoped));
    let used = json!({"pods": "0", "secrets": "0"});
    let status = json!({"hard": {"pods": "1", "secrets": "1"}, "used": used});
    check(&mut quotas, &tables, Some(status));
}

#[test]
fn what_goes_away_concerns_the_quotas_that_limit_it() {
    let mut quotas = Quotas::default();
    let limits = |name: &str| quota(json!({}), json!({"hard": {name: "1"}}));
    let tables = Tables::default();
    let now = Timestamp::UNIX_EPOCH;
    let see = |quotas: &mut Quotas, limit: &str| {
        let new = limits(limit);
        let change = Change { tables: &tables, old: None, new: Some(&new), now };
        quotas.observe(RESOURCEQUOTAS, &change);
        quotas.observe_metadata(&secrets(), &secret("a"), Seen::New);
        quotas.observe_metadata(&secrets(), &secret("a"), Seen::Gone)
    };
    assert_eq!(see(&mut quotas, "count/secrets"), [Key::new("n", "q")]);
    assert_eq!(see(&mut quotas, "configmaps"), []);
}

#[test]
fn a_pod_that_ends_concerns_the_quotas_of_pods() {
    let mut tables = Tables::default();
    put(&mut tables, "resourcequotas", quota(json!({}), json!({"hard": {"requests.cpu": "1"}})));
    let keys = |old: Option<&Arc<Value>>, new: Option<&Arc<Value>>| {
        let mut keys = Keys::default();
        let change = Change { tables: &tables, old, new, now: Timestamp::UNIX_EPOCH };
        freed(&change, &Evaluator::Pods, super::pod, &mut keys);
        keys.into_inner().len()
    };
    let (running, ended) = (pod("a", "Running"), pod("a", "Failed"));
    assert_eq!(keys(Some(&running), Some(&ended)), 1);
    assert_eq!(keys(Some(&ended), None), 1);
    assert_eq!(keys(None, Some(&running)), 0);
    assert_eq!(keys(Some(&running), Some(&running)), 0);
}
