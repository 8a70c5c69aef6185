//! Tokens that secrets hold: without an end, as good as the secret (`serviceaccount.legacyValidator`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pintle_engine::User;
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;

use super::Reference;
use crate::authn::jwt::Token;
use crate::authn::{World, same};

/// Marks a secret whose token counts no more.
const INVALID_SINCE: &str = "kubernetes.io/legacy-token-invalid-since";

/// Namespace and name of the secret that a token says it is held by; nothing is checked.
pub(in crate::authn) fn secret_of(text: &str) -> Option<(String, String)> {
    let token = Token::parse(text)?;
    let claim = |name: &str| token.claims.get(name).and_then(Value::as_str);
    let name = claim("kubernetes.io/serviceaccount/secret.name")?;
    let namespace = claim("kubernetes.io/serviceaccount/namespace")?;
    (claim("iss") == Some(super::LEGACY_ISSUER)).then(|| (namespace.into(), name.into()))
}

/// Checks that secret and account are still those of the token, and names the user.
pub(super) fn user(text: &str, token: &Token<'_>, world: &World<'_>) -> Result<User, String> {
    let claim = |name: &str| token.claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let own =
        |name: &str, missing: &str| match claim(&format!("kubernetes.io/serviceaccount/{name}")) {
            "" => Err(format!("{missing} claim is missing")),
            value => Ok(value),
        };
    if claim("sub").is_empty() {
        return Err("sub claim is missing".into());
    }
    let namespace = own("namespace", "namespace")?;
    let secret_name = own("secret.name", "secretName")?;
    let name = own("service-account.name", "serviceAccountName")?;
    let uid = own("service-account.uid", "serviceAccountUID")?;
    let subject = format!("system:serviceaccount:{namespace}:{name}");
    if claim("sub") != subject {
        return Err("sub claim is invalid".into());
    }
    let secret = world.objects.get("", "secrets", namespace, secret_name);
    let going = |object: &Value| object.at(&["metadata", "deletionTimestamp"]).is_some();
    let secret = secret.filter(|secret| !going(secret)).ok_or("Token has been invalidated")?;
    let held = STANDARD.decode(secret.str_at(&["data", "token"]).unwrap_or_default());
    if !held.is_ok_and(|held| same(&held, text.as_bytes())) {
        return Err("Token does not match server's copy".into());
    }
    let account = world.objects.get("", "serviceaccounts", namespace, name);
    let account = account.ok_or_else(|| format!("serviceaccounts \"{name}\" not found"))?;
    if going(&account) {
        return Err(format!("ServiceAccount {namespace}/{name} has been deleted"));
    }
    let found = Reference::to(&account).uid;
    if found != uid {
        return Err(format!("ServiceAccount UID ({found}) does not match claim ({uid})"));
    }
    let invalid = secret.str_at(&["metadata", "labels", INVALID_SINCE]).unwrap_or_default();
    if !invalid.is_empty() {
        return Err(format!(
            "the token in secret {namespace}/{secret_name} for service account {namespace}/{name} \
             has been marked invalid. Use tokens from the TokenRequest API or manually created \
             secret-based tokens, or remove the '{INVALID_SINCE}' label from the secret to \
             temporarily allow use of this token"
        ));
    }
    let groups =
        vec!["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")];
    Ok(User { name: subject, uid: uid.to_owned(), groups, ..User::default() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pintle_component::pki::PrivateKey;
    use pintle_engine::Lookup;
    use serde_json::json;

    use super::*;
    use crate::authn::Outcome;
    use crate::authn::service_account::ServiceAccounts;

    /// A secret, and the account `a/bot`.
    struct Objects(Value);

    impl Lookup for Objects {
        fn get(&self, _: &str, plural: &str, _: &str, _: &str) -> Option<Arc<Value>> {
            let account = json!({"metadata": {"name": "bot", "uid": "u"}});
            Some(Arc::new(if plural == "secrets" { self.0.clone() } else { account }))
        }
        fn list(&self, _: &str, _: &str, _: &str) -> Vec<Arc<Value>> {
            Vec::new()
        }
    }

    /// What the token of a secret is worth once `change` has come over the secret.
    #[track_caller]
    fn check(change: impl FnOnce(&mut Value), expected: Result<&str, &str>) {
        let key = PrivateKey::generate().unwrap();
        let accounts = ServiceAccounts {
            issuers: vec!["https://issuer".into()],
            keys: vec![key.public()],
            api_audiences: vec!["api".into()],
            ..ServiceAccounts::default()
        };
        let claims = json!({
            "iss": "kubernetes/serviceaccount",
            "sub": "system:serviceaccount:a:bot",
            "kubernetes.io/serviceaccount/namespace": "a",
            "kubernetes.io/serviceaccount/secret.name": "s",
            "kubernetes.io/serviceaccount/service-account.name": "bot",
            "kubernetes.io/serviceaccount/service-account.uid": "u",
        });
        let token = key.sign_jwt(claims.to_string().as_bytes()).unwrap();
        let mut secret = json!({"metadata": {}, "data": {"token": STANDARD.encode(&token)}});
        change(&mut secret);
        let world = World { now: 0, objects: &Objects(secret) };
        match accounts.authenticate(&token, &["api".into()], &world) {
            Outcome::Yes(identity) => assert_eq!(Ok(identity.user.name.as_str()), expected),
            Outcome::No(reason) => assert_eq!(Err(reason.as_str()), expected),
            Outcome::NoOpinion => panic!("no opinion"),
        }
    }

    #[test]
    fn a_token_is_as_good_as_its_secret() {
        check(|_| {}, Ok("system:serviceaccount:a:bot"));
        let mismatch = "Token does not match server's copy";
        check(|secret| secret.set(&["data", "token"], "eA=="), Err(mismatch));
        let going = "Token has been invalidated";
        check(|secret| secret.set(&["metadata", "deletionTimestamp"], "x"), Err(going));
        let marked = "the token in secret a/s for service account a/bot has been marked invalid. \
                      Use tokens from the TokenRequest API or manually created secret-based \
                      tokens, or remove the 'kubernetes.io/legacy-token-invalid-since' label from \
                      the secret to temporarily allow use of this token";
        let label = ["metadata", "labels", INVALID_SINCE];
        check(|secret| secret.set(&label, "2026-01-01"), Err(marked));
    }
}
