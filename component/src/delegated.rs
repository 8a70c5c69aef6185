//! Asks the API server who a caller is and what it may do (upstream's delegated authentication and
//! authorization).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::{Value, json};
use tokio::time::Instant;
use tracing::warn;

const TOKEN_REVIEWS: &str = "/apis/authentication.k8s.io/v1/tokenreviews";
const ACCESS_REVIEWS: &str = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
/// How long an answer holds (`--authentication-token-webhook-cache-ttl` and its kin).
const KEPT: Duration = Duration::from_secs(10);
/// Most answers kept.
const MOST: usize = 1000;

/// Posts an object to a path and brings the answer, or says why there is none.
pub type Post =
    Arc<dyn Fn(&'static str, Value) -> BoxFuture<'static, Result<Value, String>> + Send + Sync>;

/// What the API server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The caller may.
    Allowed,
    /// The token is not valid.
    Unknown,
    /// The user of this name may not.
    Forbidden(String),
}

/// Answers and how long they hold, by token, verb and path.
type Kept = BTreeMap<(String, String, String), (Instant, Verdict)>;

/// Asks on behalf of a part.
pub struct Delegated {
    /// Without it nobody is let in.
    post: Option<Post>,
    kept: Mutex<Kept>,
}

impl Delegated {
    /// Asks in the name of somebody with the rights of `system:auth-delegator`.
    pub fn new(post: Option<Post>) -> Self {
        Self { post, kept: Mutex::default() }
    }

    /// Whether the bearer of a token, nobody if it is empty, may use a path.
    pub async fn access(&self, token: &str, verb: &str, path: &str) -> Verdict {
        let key = (token.to_owned(), verb.to_owned(), path.to_owned());
        if let Some((until, access)) = self.kept().get(&key)
            && *until > Instant::now()
        {
            return access.clone();
        }
        let access = self.ask(token, verb, path).await;
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, (Instant::now() + KEPT, access.clone()));
        access
    }

    async fn ask(&self, token: &str, verb: &str, path: &str) -> Verdict {
        let user = if token.is_empty() {
            json!({ "username": "system:anonymous", "groups": ["system:unauthenticated"] })
        } else {
            let review = json!({
                "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
                "spec": { "token": token },
            });
            let answer = self.post(TOKEN_REVIEWS, review).await;
            if answer["status"]["authenticated"] != true {
                return Verdict::Unknown;
            }
            answer["status"]["user"].clone()
        };
        let review = json!({
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
            "spec": {
                "user": user["username"], "groups": user["groups"], "uid": user["uid"],
                "extra": user["extra"],
                "nonResourceAttributes": { "verb": verb, "path": path },
            },
        });
        if self.post(ACCESS_REVIEWS, review).await["status"]["allowed"] == true {
            return Verdict::Allowed;
        }
        Verdict::Forbidden(user["username"].as_str().unwrap_or_default().to_owned())
    }

    /// The answer, or nothing: then nobody is let in.
    async fn post(&self, path: &'static str, review: Value) -> Value {
        let Some(post) = &self.post else { return Value::Null };
        post(path, review).await.unwrap_or_else(|error| {
            warn!(%error, path, "Unable to ask the API server about a caller");
            Value::Null
        })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
