//! Writes on secrets when the tokens in them were used last
//! (`serviceaccount.legacyValidator.patchSecretWithLastUsedDate`).

use std::sync::Arc;

use pintle_component::signals::Stop;
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt;
use pintle_machinery::time::Time;
use pintle_storage::Clock;

use crate::bootstrap::{Error, Loopback};
use crate::server::Server;

const LAST_USED: &str = "kubernetes.io/legacy-token-last-used";
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Follows the uses until `stop`.
pub(crate) async fn follow(
    server: Arc<Server>,
    loopback: Loopback,
    clock: Arc<dyn Clock>,
    mut stop: Stop,
) {
    loop {
        let used = tokio::select! {
            () = stop.wait() => return,
            used = server.authenticator().used_secrets().next() => used,
        };
        let now = clock.now_milliseconds().div_euclid(1000);
        for (namespace, name) in used {
            if let Err(error) = mark(&loopback, &namespace, &name, now).await {
                tracing::error!(err = %error, namespace, name, "Failed to label a used secret");
            }
        }
    }
}

async fn mark(loopback: &Loopback, namespace: &str, name: &str, now: i64) -> Result<(), Error> {
    let path = format!("/api/v1/namespaces/{namespace}/secrets/{name}");
    let Some(mut secret) = loopback.get(&path).await? else { return Ok(()) };
    if !is_due(&mut secret, now) {
        return Ok(());
    }
    loopback.put(&path, &secret).await.map(|_| ())
}

/// Puts the day on the secret, unless it is there; another server may live a day ahead.
fn is_due(secret: &mut Value, now: i64) -> bool {
    let day = |seconds: i64| Time::new(seconds, 0).rfc3339()[..10].to_owned();
    let label = ["metadata", "labels", LAST_USED];
    let last = secret.str_at(&label).unwrap_or_default();
    if [day(now), day(now + DAY_SECONDS)].iter().any(|known| known == last) {
        return false;
    }
    secret.set(&label, day(now));
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_day_is_written_once() {
        let mut secret = json!({"metadata": {}});
        let now = 1_767_225_600;
        assert!(is_due(&mut secret, now));
        assert_eq!(secret["metadata"]["labels"][LAST_USED], "2026-01-01");
        assert!(!is_due(&mut secret, now + 3600));
        assert!(!is_due(&mut secret, now - 3600));
        assert!(is_due(&mut secret, now + DAY_SECONDS));
    }
}
