//! `serviceaccount-token-controller`: fills in the tokens of secrets that name an account, and
//! deletes them with the account (`pkg/controller/serviceaccount.TokensController`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::controller::{Change, Controller, Keys, Logic, Watch};
use crate::kind::{SECRETS, SERVICEACCOUNTS};
use crate::object::{Read, set_entry};
use crate::plan::{Action, Ask, Plan};
use crate::world::{Key, World};

/// The row.
pub const SERVICEACCOUNT_TOKEN: Controller = Controller {
    name: "serviceaccount-token-controller",
    alias: "serviceaccount-token",
    // Others get their accounts by its work: it speaks as the manager itself.
    account: "tokens-controller",
    component: "serviceaccount-token-controller",
    watches: &[
        Watch { kind: SERVICEACCOUNTS, keys: of_account },
        Watch { kind: SECRETS, keys: of_secret },
    ],
    logic: Logic::Reconcile(reconcile),
    max_retries: 10,
    ..Controller::BASE
};

/// Type of the secrets that hold a token.
pub(crate) const TYPE: &str = "kubernetes.io/service-account-token";
const ACCOUNT: &str = "kubernetes.io/service-account.name";
const ACCOUNT_UID: &str = "kubernetes.io/service-account.uid";
const ISSUER: &str = "kubernetes/serviceaccount";

/// An account that goes away takes its tokens along.
fn of_account(change: &Change<'_>, keys: &mut Keys) {
    if change.new.is_some() {
        return;
    }
    let account = change.object();
    for secret in change.tables.of("secrets").in_namespace(account.namespace()) {
        if account_of(secret) == account.name() && account_uid(secret) == account.uid() {
            keys.add(Key::of(secret));
        }
    }
}

/// A secret that went away is told with the account that may refer to it.
fn of_secret(change: &Change<'_>, keys: &mut Keys) {
    let secret = change.object();
    let account = account_of(secret);
    if secret.text("type") != TYPE || account.is_empty() {
        return;
    }
    if change.new.is_some() {
        keys.add(Key::of(secret));
    } else {
        let name = format!("{account}/{}", secret.name());
        keys.add(Key::new(secret.namespace(), &name));
    }
}

fn account_of(secret: &Value) -> &str {
    secret.annotation(ACCOUNT).unwrap_or_default()
}

fn account_uid(secret: &Value) -> &str {
    secret.annotation(ACCOUNT_UID).unwrap_or_default()
}

fn reconcile(world: &World<'_>, key: &Key) -> Plan {
    if world.settings.sign_token.is_none() {
        return Plan::nothing();
    }
    if let Some((account, secret)) = key.name.split_once('/') {
        return forget(world, &key.namespace, account, secret);
    }
    let Some(secret) = world.of("secrets").get(key) else { return Plan::nothing() };
    let (name, uid) = (account_of(secret), account_uid(secret));
    let is_meant = |account: &&Value| uid.is_empty() || account.uid() == uid;
    let cached = world.get("serviceaccounts", &key.namespace, name).map(|account| &**account);
    if let Some(account) = cached.filter(is_meant) {
        return fill(world, account, secret);
    }
    let ask = Ask::Get(format!("/api/v1/namespaces/{}/serviceaccounts/{name}", key.namespace));
    match world.answer(&ask) {
        None => return Plan::ask(vec![ask]),
        Some(Ok(account)) if is_meant(&account) => return fill(world, account, secret),
        Some(Err(failure)) if !failure.is_not_found() => {
            return Plan::fail(failure.message.clone());
        }
        Some(_) => {}
    }
    let mut action = Action::delete(SECRETS, secret);
    if let Action::Delete { uid, .. } = &mut action {
        *uid = secret.uid().into();
    }
    action.into()
}

/// Takes a secret that is gone out of the account's list (`removeSecretReference`).
fn forget(world: &World<'_>, namespace: &str, account: &str, secret: &str) -> Plan {
    let gone = world.get("secrets", namespace, secret).is_none();
    let Some(found) = world.get("serviceaccounts", namespace, account).filter(|_| gone) else {
        return Plan::nothing();
    };
    let (named, others): (Vec<&Value>, Vec<&Value>) =
        found.list("secrets").iter().partition(|reference| reference.text("name") == secret);
    if named.is_empty() {
        return Plan::nothing();
    }
    let mut object = Value::clone(found);
    object["secrets"] = json!(others);
    Action::Update { kind: SERVICEACCOUNTS, object, subresource: "" }.into()
}

/// `generateTokenIfNeeded`.
fn fill(world: &World<'_>, account: &Value, secret: &Value) -> Plan {
    let root = &world.settings.root_ca;
    let data = secret.at("data");
    let held = |field: &str| data.get(field).and_then(Value::as_str).unwrap_or_default();
    let root = STANDARD.encode(root);
    let needs_root = !root.is_empty() && held("ca.crt") != root;
    let (needs_namespace, needs_token) = (held("namespace").is_empty(), held("token").is_empty());
    if !needs_root && !needs_namespace && !needs_token {
        return Plan::nothing();
    }
    let mut object = secret.clone();
    if needs_root {
        set_entry(&mut object, "data", "ca.crt", root);
    }
    if needs_namespace {
        set_entry(&mut object, "data", "namespace", STANDARD.encode(secret.namespace()));
    }
    if needs_token {
        match token(world, account, secret) {
            Ok(token) => set_entry(&mut object, "data", "token", STANDARD.encode(token)),
            Err(error) => return Plan::fail(error),
        }
    }
    set_entry(&mut object, "metadata.annotations", ACCOUNT, account.name());
    set_entry(&mut object, "metadata.annotations", ACCOUNT_UID, account.uid());
    Action::Update { kind: SECRETS, object, subresource: "" }.into()
}

/// A token without an end (`serviceaccount.LegacyClaims`).
fn token(world: &World<'_>, account: &Value, secret: &Value) -> Result<String, String> {
    let Some(sign) = &world.settings.sign_token else { return Err("no key to sign with".into()) };
    let namespace = account.namespace();
    sign(&json!({
        "iss": ISSUER,
        "sub": format!("system:serviceaccount:{namespace}:{}", account.name()),
        "kubernetes.io/serviceaccount/namespace": namespace,
        "kubernetes.io/serviceaccount/secret.name": secret.name(),
        "kubernetes.io/serviceaccount/service-account.name": account.name(),
        "kubernetes.io/serviceaccount/service-account.uid": account.uid(),
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::plan::Failure;
    use crate::settings::Settings;
    use crate::world::Tables;

    fn secret(uid: &str, data: Value) -> Value {
        let annotations = json!({ (ACCOUNT): "a", (ACCOUNT_UID): uid });
        let meta = json!({ "name": "s", "namespace": "n", "uid": "1", "annotations": annotations });
        json!({ "metadata": meta, "type": TYPE, "data": data })
    }

    fn account(secrets: Value) -> Value {
        let meta = json!({ "name": "a", "namespace": "n", "uid": "u" });
        json!({ "metadata": meta, "secrets": secrets })
    }

    /// The decision about a key, where the live API has no accounts.
    fn plan(key: &str, objects: &[(&'static str, Value)]) -> Plan {
        let mut tables = Tables::default();
        for (plural, object) in objects {
            tables.of_mut(plural).set(&Key::of(object), Some(Arc::new(object.clone())));
        }
        let settings = Settings {
            root_ca: "root".into(),
            sign_token: Some(Arc::new(|claims: &Value| Ok(claims["sub"].to_string()))),
            ..Settings::default()
        };
        let ask = Ask::Get("/api/v1/namespaces/n/serviceaccounts/a".into());
        let missing = Failure { reason: "NotFound".into(), ..Failure::default() };
        let answers = BTreeMap::from([(ask, Err(missing))]);
        let now = jiff::Timestamp::UNIX_EPOCH;
        let tables = &tables;
        let settings = &settings;
        let world = World { tables, now, settings, failure: None, answers: &answers, retries: 0 };
        reconcile(&world, &Key::new("n", key))
    }

    #[test]
    fn a_secret_gets_what_a_client_needs() {
        let objects = [("secrets", secret("", json!({}))), ("serviceaccounts", account(json!([])))];
        let plan = plan("s", &objects);
        let Some(Action::Update { object, .. }) = plan.actions().next() else { panic!("no write") };
        let sub = STANDARD.encode("\"system:serviceaccount:n:a\"");
        let data = json!({
            "ca.crt": STANDARD.encode("root"), "namespace": STANDARD.encode("n"), "token": sub,
        });
        assert_eq!(object["data"], data);
        assert_eq!(account_uid(object), "u");
    }

    #[test]
    fn a_full_secret_is_left_alone() {
        let data =
            json!({ "ca.crt": STANDARD.encode("root"), "namespace": "bg==", "token": "dA==" });
        let objects = [("secrets", secret("u", data)), ("serviceaccounts", account(json!([])))];
        assert_eq!(plan("s", &objects), Plan::nothing());
    }

    #[test]
    fn a_secret_goes_with_its_account() {
        let objects =
            [("secrets", secret("other", json!({}))), ("serviceaccounts", account(json!([])))];
        let plan = plan("s", &objects);
        let Some(Action::Delete { uid, .. }) = plan.actions().next() else { panic!("no delete") };
        assert_eq!(uid, "1");
    }

    #[test]
    fn an_account_forgets_a_secret_that_is_gone() {
        let referred = json!([{ "name": "s" }, { "name": "t" }]);
        let plan = plan("a/s", &[("serviceaccounts", account(referred))]);
        let Some(Action::Update { object, .. }) = plan.actions().next() else { panic!("no write") };
        assert_eq!(object["secrets"], json!([{ "name": "t" }]));
    }
}
