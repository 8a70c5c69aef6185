//! Tokens of service accounts by TokenRequest (controller-manager `pkg/clientbuilder`).

use std::sync::Mutex;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use tokio::time::Instant;
use tracing::warn;

use crate::{Client, Error, Resource};

const ACCOUNTS: Resource = Resource::namespaced("", "v1", "ServiceAccount", "serviceaccounts");
const NAMESPACES: Resource = Resource::cluster("", "v1", "Namespace", "namespaces");
const LIFETIME_SECONDS: u64 = 3600;
const LEEWAY_PERCENT: u32 = 20;

/// A service account's token, asked for when needed and renewed before it expires.
pub struct ServiceAccountToken {
    minter: Client,
    namespace: String,
    name: String,
    current: Mutex<Option<(String, Instant)>>,
    renewal: tokio::sync::Mutex<()>,
}

impl ServiceAccountToken {
    /// The token of an account, minted with another client's rights.
    pub fn new(minter: Client, namespace: &str, name: &str) -> Self {
        Self {
            minter,
            namespace: namespace.into(),
            name: name.into(),
            current: Mutex::new(None),
            renewal: tokio::sync::Mutex::new(()),
        }
    }

    /// A token that is good now.
    pub async fn get(&self) -> Result<String, Error> {
        if let Some(token) = self.cached() {
            return Ok(token);
        }
        let _turn = self.renewal.lock().await;
        if let Some(token) = self.cached() {
            return Ok(token);
        }
        let mut delay = Duration::from_millis(500);
        let mut attempt = 1;
        loop {
            match self.mint().await {
                Ok(token) => return Ok(token),
                Err(error) if attempt == 4 => return Err(error),
                Err(error) => warn!(account = %self.name, %error, "get token failed"),
            }
            tokio::time::sleep(delay).await;
            delay *= 2;
            attempt += 1;
        }
    }

    /// Forgets the token, after the server refused it.
    pub fn reset(&self) {
        *self.current.lock().expect("no holder of this lock panics") = None;
    }

    fn cached(&self) -> Option<String> {
        let current = self.current.lock().expect("no holder of this lock panics");
        let (token, until) = current.as_ref()?;
        (Instant::now() < *until).then(|| token.clone())
    }

    async fn mint(&self) -> Result<String, Error> {
        self.ensure_account().await?;
        let path = ACCOUNTS.object(&self.namespace, &self.name, "token");
        let body = json!({
            "kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1",
            "spec": {"audiences": null, "expirationSeconds": LIFETIME_SECONDS},
        });
        let request = self.json(&path, &body).await?;
        let token = request.pointer("/status/token").and_then(Value::as_str).unwrap_or_default();
        if token.is_empty() {
            return Err(Error::Malformed("the token request came back without a token".into()));
        }
        let lifetime = Duration::from_secs(LIFETIME_SECONDS);
        let until = Instant::now() + lifetime - lifetime * LEEWAY_PERCENT / 100;
        *self.current.lock().expect("no holder of this lock panics") =
            Some((token.to_owned(), until));
        Ok(token.to_owned())
    }

    // The minter never has a token of its own to mint, so the recursion that the compiler sees
    // through `Client::send` ends at once; the box keeps the future's size finite.
    fn json<'a>(
        &'a self,
        path: &'a str,
        body: &'a Value,
    ) -> futures::future::BoxFuture<'a, Result<Value, Error>> {
        Box::pin(self.minter.json(Method::POST, path, Some(body)))
    }

    fn ensure_account(&self) -> futures::future::BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            match self.minter.get(&ACCOUNTS, &self.namespace, &self.name).await {
                Ok(_) => return Ok(()),
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
            if let Err(error) = self.minter.get(&NAMESPACES, "", &self.namespace).await
                && error.is_not_found()
            {
                let namespace = json!({
                    "kind": "Namespace", "apiVersion": "v1", "metadata": {"name": self.namespace},
                });
                if let Err(error) = self.minter.create(&NAMESPACES, "", &namespace).await {
                    warn!(namespace = %self.namespace, %error, "create non-exist namespace failed");
                }
            }
            let account = json!({
                "kind": "ServiceAccount", "apiVersion": "v1",
                "metadata": {"name": self.name, "namespace": self.namespace},
            });
            match self.minter.create(&ACCOUNTS, &self.namespace, &account).await {
                Err(error) if !error.is_already_exists() => Err(error),
                _ => Ok(()),
            }
        })
    }
}
