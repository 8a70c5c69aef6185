//! Service account tokens: checking and making them.

mod legacy;

pub(super) use legacy::secret_of;

use pintle_component::pki::{self, PrivateKey, PublicKey};
use pintle_engine::User;
use pintle_machinery::time::Time;
use pintle_machinery::{Value, json};
use serde_json::json;

use super::jwt::Token;
use super::{Identity, Outcome, World};

/// Issuer of the tokens that secrets hold.
const LEGACY_ISSUER: &str = "kubernetes/serviceaccount";

const LEEWAY_SECONDS: i64 = 60;

/// `--service-account-*`.
#[derive(Debug, Default)]
pub struct ServiceAccounts {
    /// Issuers that are accepted; the first one makes tokens.
    pub issuers: Vec<String>,
    /// Keys that verify.
    pub keys: Vec<PublicKey>,
    /// Key that signs.
    pub signer: Option<PrivateKey>,
    /// `--api-audiences`.
    pub api_audiences: Vec<String>,
    /// `--service-account-max-token-expiration`; 0 for none.
    pub max_expiration_seconds: i64,
    /// `--service-account-extend-token-expiration`.
    pub extend_expiration: bool,
}

/// An object by name and UID.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Name.
    pub name: String,
    /// UID.
    pub uid: String,
}

impl Reference {
    /// Of an object.
    pub fn to(object: &Value) -> Self {
        let text = |field: &str| object["metadata"][field].as_str().unwrap_or_default().to_owned();
        Self { name: text("name"), uid: text("uid") }
    }

    fn read(claim: &Value) -> Option<Self> {
        claim.as_object()?;
        let text = |field: &str| claim[field].as_str().unwrap_or_default().to_owned();
        Some(Self { name: text("name"), uid: text("uid") })
    }

    fn to_value(&self) -> Value {
        let fields = [("name", &self.name), ("uid", &self.uid)];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        Value::Object(filled.map(|(name, value)| (name.into(), value.clone().into())).collect())
    }
}

/// What a new token is to say.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Namespace of the service account.
    pub namespace: String,
    /// The service account.
    pub account: Reference,
    /// Pod that the token is bound to.
    pub pod: Option<Reference>,
    /// Secret that the token is bound to.
    pub secret: Option<Reference>,
    /// Node that the token is bound to, or that the pod runs on.
    pub node: Option<Reference>,
    /// Audiences.
    pub audiences: Vec<String>,
    /// Now, Unix seconds.
    pub now: i64,
    /// Seconds until it ends.
    pub expiration_seconds: i64,
    /// Seconds until its use is worth a warning; 0 for never.
    pub warn_after_seconds: i64,
    /// Identity of the token.
    pub id: String,
}

impl ServiceAccounts {
    /// Makes a token.
    pub fn issue(&self, claims: &Claims) -> Result<String, IssueError> {
        let signer = self.signer.as_ref().ok_or(IssueError::NoKey)?;
        let mut kubernetes = json!({
            "namespace": claims.namespace,
            "serviceaccount": claims.account.to_value(),
        });
        let bound = [("pod", &claims.pod), ("secret", &claims.secret), ("node", &claims.node)];
        for (name, reference) in bound {
            if let Some(reference) = reference {
                kubernetes[name] = reference.to_value();
            }
        }
        if claims.warn_after_seconds > 0 {
            kubernetes["warnafter"] = (claims.now + claims.warn_after_seconds).into();
        }
        let account = &claims.account.name;
        let body = json!({
            "iss": self.issuers.first(),
            "sub": format!("system:serviceaccount:{}:{account}", claims.namespace),
            "aud": claims.audiences,
            "iat": claims.now,
            "nbf": claims.now,
            "exp": claims.now + claims.expiration_seconds,
            "jti": claims.id,
            "kubernetes.io": kubernetes,
        });
        Ok(signer.sign_jwt(&json::to_vec(&body))?)
    }

    /// Whose token it is (`serviceaccount.jwtTokenAuthenticator`).
    pub fn authenticate(&self, text: &str, audiences: &[String], world: &World<'_>) -> Outcome {
        let Some(token) = Token::parse(text) else { return Outcome::NoOpinion };
        let issuer = token.claims.get("iss").and_then(Value::as_str).unwrap_or_default();
        if issuer != LEGACY_ISSUER && !self.issuers.iter().any(|known| known == issuer) {
            return Outcome::NoOpinion;
        }
        let mut keys = self
            .keys
            .iter()
            .filter(|key| token.key_id.is_empty() || key.key_id() == token.key_id)
            .peekable();
        if keys.peek().is_none() {
            return Outcome::No("no keys found".into());
        }
        if !keys.any(|key| token.signed_by(key)) {
            return Outcome::No("error in cryptographic primitive".into());
        }
        match self.judge(text, &token, audiences, world) {
            Ok(identity) => Outcome::Yes(identity),
            Err(reason) => Outcome::No(reason),
        }
    }

    fn judge(
        &self,
        text: &str,
        token: &Token<'_>,
        audiences: &[String],
        world: &World<'_>,
    ) -> Result<Identity, String> {
        let claims = &token.claims;
        let named: Vec<String> = match claims.get("aud") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(list)) => {
                list.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        // Tokens of old carry no audience and are meant for the API server.
        let named = if named.is_empty() { self.api_audiences.clone() } else { named };
        let matching: Vec<String> =
            audiences.iter().filter(|wanted| named.contains(wanted)).cloned().collect();
        if matching.is_empty() && !audiences.is_empty() {
            let list = |items: &[String]| {
                let quoted: Vec<_> = items.iter().map(|item| json::quote(item)).collect();
                format!("[{}]", quoted.join(" "))
            };
            return Err(format!(
                "token audiences {} is invalid for the target audiences {}",
                list(&named),
                list(audiences)
            ));
        }
        let moment =
            |name: &str| claims.get(name).and_then(Value::as_f64).map(|value| value as i64);
        if moment("nbf").is_some_and(|start| world.now + LEEWAY_SECONDS < start) {
            return Err("service account token is not valid yet".into());
        }
        if moment("exp").is_some_and(|end| world.now - LEEWAY_SECONDS > end) {
            return Err("service account token has expired".into());
        }
        if moment("iat").is_some_and(|start| world.now + LEEWAY_SECONDS < start) {
            return Err("service account token is issued in the future".into());
        }
        let legacy = claims.get("iss").and_then(Value::as_str) == Some(LEGACY_ISSUER);
        let user = if legacy { legacy::user(text, token, world) } else { user(token, world) }?;
        Ok(Identity { user, audiences: matching })
    }
}

/// Why no token could be made.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The server has no key to sign with.
    #[error("no key to sign service account tokens with")]
    NoKey,
    /// Signing failed.
    #[error(transparent)]
    Sign(#[from] pki::Error),
}

/// Checks that what the token is bound to still lives, and names the user
/// (`serviceaccount.validator.Validate`).
fn user(token: &Token<'_>, world: &World<'_>) -> Result<User, String> {
    let claims = token.claims.get("kubernetes.io").unwrap_or(&Value::Null);
    let namespace = claims["namespace"].as_str().unwrap_or_default();
    let account = Reference::read(&claims["serviceaccount"]).unwrap_or_default();
    let subject = format!("system:serviceaccount:{namespace}:{}", account.name);
    if token.claims.get("sub").and_then(Value::as_str) != Some(subject.as_str()) {
        return Err("sub claim is invalid".into());
    }
    let found = world.objects.get("", "serviceaccounts", namespace, &account.name);
    let found =
        found.ok_or_else(|| format!("serviceaccounts {} not found", json::quote(&account.name)))?;
    let uid = Reference::to(&found).uid;
    if uid != account.uid {
        return Err(format!("service account UID ({uid}) does not match claim ({})", account.uid));
    }
    if deleted(&found, world.now) {
        return Err(format!("service account {namespace}/{} has been deleted", account.name));
    }
    let mut extra = std::collections::BTreeMap::new();
    let mut tell = |key: &str, value: &str| {
        if !value.is_empty() {
            extra.insert(format!("authentication.kubernetes.io/{key}"), vec![value.to_owned()]);
        }
    };
    if let Some(id) = token.claims.get("jti").and_then(Value::as_str) {
        tell("credential-id", &format!("JTI={id}"));
    }
    if let Some(secret) = Reference::read(&claims["secret"]) {
        let what = "secret UID ({}) does not match service account secret ref claim";
        bound(world, "secrets", namespace, &secret, what)?;
    }
    let pod = Reference::read(&claims["pod"]);
    if let Some(pod) = &pod {
        let what = "pod UID ({}) does not match service account pod ref claim";
        bound(world, "pods", namespace, pod, what)?;
        tell("pod-name", &pod.name);
        tell("pod-uid", &pod.uid);
    }
    if let Some(node) = Reference::read(&claims["node"]) {
        // The node of a pod-bound token is told, not checked.
        if pod.is_none() {
            let what = "node UID ({}) does not match service account node ref claim";
            bound(world, "nodes", "", &node, what)?;
        }
        tell("node-name", &node.name);
        tell("node-uid", &node.uid);
    }
    let groups =
        vec!["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")];
    Ok(User { name: subject, uid: account.uid, groups, extra })
}

fn bound(
    world: &World<'_>,
    plural: &str,
    namespace: &str,
    reference: &Reference,
    mismatch: &str,
) -> Result<(), String> {
    let gone = || "service account token has been invalidated".to_owned();
    let object = world.objects.get("", plural, namespace, &reference.name).ok_or_else(gone)?;
    let uid = Reference::to(&object).uid;
    if uid != reference.uid {
        return Err(format!("{} ({})", mismatch.replace("{}", &uid), reference.uid));
    }
    if deleted(&object, world.now) { Err(gone()) } else { Ok(()) }
}

/// Deleted more than the leeway ago.
fn deleted(object: &Value, now: i64) -> bool {
    let text = object["metadata"]["deletionTimestamp"].as_str();
    text.and_then(|text| Time::parse(text).ok())
        .is_some_and(|time| time.seconds < now - LEEWAY_SECONDS)
}
