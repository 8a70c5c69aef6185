//! Bootstrap tokens: `kube-public/cluster-info` is signed with each, and expired ones are deleted
//! (`pkg/controller/bootstrap`).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::Value;

use crate::controller::{Change, Controller, Keys, Logic, Watch};
use crate::kind::{CONFIGMAPS, SECRETS};
use crate::object::{Read, between};
use crate::plan::{Action, Plan};
use crate::world::{Key, World};

pub(crate) const TYPE: &str = "bootstrap.kubernetes.io/token";
const SIGNATURE: &str = "jws-kubeconfig-";

/// The row that signs.
pub const BOOTSTRAP_SIGNER: Controller = Controller {
    name: "bootstrap-signer-controller",
    alias: "bootstrapsigner",
    account: "bootstrap-signer",
    component: "bootstrap-signer-controller",
    watches: &[
        Watch { kind: CONFIGMAPS, keys: cluster_info },
        Watch { kind: SECRETS, keys: signs },
    ],
    logic: Logic::Reconcile(sign),
    workers: 1,
    by_default: false,
    ..Controller::BASE
};

/// The row that deletes expired tokens.
pub const TOKEN_CLEANER: Controller = Controller {
    name: "token-cleaner-controller",
    alias: "tokencleaner",
    account: "token-cleaner",
    component: "token-cleaner-controller",
    watches: &[Watch { kind: SECRETS, keys: token }],
    logic: Logic::Reconcile(clean),
    workers: 1,
    by_default: false,
    ..Controller::BASE
};

fn info_key() -> Key {
    Key::new("kube-public", "cluster-info")
}

fn is_token(secret: &Value) -> bool {
    secret.namespace() == "kube-system" && secret.text("type") == TYPE
}

fn signs(change: &Change<'_>, keys: &mut Keys) {
    if is_token(change.object()) {
        keys.add(info_key());
    }
}

fn token(change: &Change<'_>, keys: &mut Keys) {
    if is_token(change.object()) {
        keys.add(Key::of(change.object()));
    }
}

fn cluster_info(change: &Change<'_>, keys: &mut Keys) {
    if Key::of(change.object()) == info_key() {
        keys.add(info_key());
    }
}

fn data(secret: &Value, field: &str) -> String {
    let bytes = STANDARD.decode(secret.at("data").text(field)).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// When a token ends: never, at a time, or (a time that cannot be read) long ago.
fn expiry(secret: &Value) -> Option<Timestamp> {
    let text = data(secret, "expiration");
    (!text.is_empty()).then(|| text.parse().unwrap_or(Timestamp::MIN))
}

fn tokens(world: &World<'_>) -> BTreeMap<String, String> {
    let mut tokens = BTreeMap::new();
    for secret in world.of(SECRETS.plural).in_namespace("kube-system") {
        let (id, token) = (data(secret, "token-id"), data(secret, "token-secret"));
        let named = secret.name().strip_prefix("bootstrap-token-") == Some(id.as_str());
        let usable = is_token(secret)
            && named
            && !id.is_empty()
            && !token.is_empty()
            && expiry(secret).is_none_or(|end| end > world.now)
            && data(secret, "usage-bootstrap-signing") == "true";
        if usable {
            tokens.entry(id).or_insert(token);
        }
    }
    tokens
}

/// `jws.ComputeDetachedSignature`: a compact JWS without its content.
fn signature(hmac: fn(&[u8], &[u8]) -> [u8; 32], content: &str, id: &str, token: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"HS256","kid":"{id}"}}"#));
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(content));
    let mac = hmac(token.as_bytes(), signed.as_bytes());
    format!("{header}..{}", URL_SAFE_NO_PAD.encode(mac))
}

fn sign(world: &World<'_>, key: &Key) -> Plan {
    let Some(map) = world.tables.of("configmaps").get(key) else { return Plan::nothing() };
    let old = map.entries("data");
    let content = old.and_then(|data| data.get("kubeconfig")).and_then(Value::as_str);
    let (Some(old), Some(content)) = (old, content) else { return Plan::nothing() };
    let mut new = old.clone();
    new.retain(|field, _| !field.starts_with(SIGNATURE));
    for (id, token) in tokens(world) {
        let signature = signature(world.settings.hmac_sha256, content, &id, &token);
        new.insert(format!("{SIGNATURE}{id}"), signature.into());
    }
    if new == *old {
        return Plan::nothing();
    }
    let mut object = (**map).clone();
    object["data"] = new.into();
    Action::Update { kind: CONFIGMAPS, object, subresource: "" }.into()
}

fn clean(world: &World<'_>, key: &Key) -> Plan {
    let Some(secret) = world.tables.of(SECRETS.plural).get(key) else {
        return Plan::nothing();
    };
    let Some(end) = expiry(secret).filter(|_| is_token(secret)) else {
        return Plan::nothing();
    };
    if end > world.now {
        let mut plan = Plan::nothing();
        plan.again_in(between(world.now, end));
        return plan;
    }
    let mut action = Action::delete(SECRETS, secret);
    if let Action::Delete { uid, .. } = &mut action {
        *uid = secret.uid().into();
    }
    action.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_leaves_its_content_out() {
        let signature = signature(|_, _| [0; 32], "content", "abcdef", "secret");
        let parts: Vec<&str> = signature.split('.').collect();
        let header = URL_SAFE_NO_PAD.decode(parts[0]).unwrap();
        assert_eq!(header, br#"{"alg":"HS256","kid":"abcdef"}"#);
        assert_eq!(parts[1], "");
        assert_eq!(parts[2].len(), 43);
    }
}
