//! Bootstrap tokens: secrets by which a node asks for its first certificate.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pintle_engine::User;
use pintle_machinery::Value;
use pintle_machinery::time::Time;

use super::{Identity, Outcome, World, same};

/// Group of everybody who comes with a bootstrap token.
const GROUP: &str = "system:bootstrappers";

/// Who owns this token (`auth/authenticator/token/bootstrap.TokenAuthenticator`).
pub fn authenticate(token: &str, world: &World<'_>) -> Outcome {
    let Some((id, secret)) = parse(token) else { return Outcome::NoOpinion };
    let name = format!("bootstrap-token-{id}");
    let Some(object) = world.objects.get("", "secrets", "kube-system", &name) else {
        return Outcome::NoOpinion;
    };
    if object["metadata"].get("deletionTimestamp").is_some()
        || object["type"] != "bootstrap.kubernetes.io/token"
    {
        return Outcome::NoOpinion;
    }
    let stored = data(&object, "token-secret");
    let valid = !stored.is_empty()
        && same(stored.as_bytes(), secret.as_bytes())
        && data(&object, "token-id") == id
        && !expired(&object, world.now)
        && data(&object, "usage-bootstrap-authentication") == "true";
    if !valid {
        return Outcome::NoOpinion;
    }
    let Some(groups) = groups(&object) else { return Outcome::NoOpinion };
    let user = User { name: format!("system:bootstrap:{id}"), groups, ..User::default() };
    Outcome::Yes(Identity { user, audiences: Vec::new() })
}

fn parse(token: &str) -> Option<(&str, &str)> {
    let (id, secret) = token.split_once('.')?;
    let plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (id.len() == 6 && secret.len() == 16 && plain(id) && plain(secret)).then_some((id, secret))
}

fn data(secret: &Value, key: &str) -> String {
    let text = secret["data"][key].as_str().unwrap_or_default();
    let bytes = STANDARD.decode(text).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A malformed time counts as past.
fn expired(secret: &Value, now: i64) -> bool {
    let text = data(secret, "expiration");
    !text.is_empty() && Time::parse(&text).map_or(true, |time| time.seconds <= now)
}

/// The groups; `None` if the secret names one that it may not.
fn groups(secret: &Value) -> Option<Vec<String>> {
    let mut groups = vec![GROUP.to_owned()];
    let extra = data(secret, "auth-extra-groups");
    if extra.is_empty() {
        return Some(groups);
    }
    let mut named: Vec<&str> = extra.split(',').map(str::trim).collect();
    named.sort_unstable();
    named.dedup();
    for group in named {
        let rest = group.strip_prefix("system:bootstrappers:")?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let inner = |byte: u8| plain(byte) || matches!(byte, b':' | b'-');
        let (last, start) = rest.as_bytes().split_last()?;
        if start.len() > 255 || !plain(*last) || !start.iter().all(|byte| inner(*byte)) {
            return None;
        }
        groups.push(group.to_owned());
    }
    Some(groups)
}
