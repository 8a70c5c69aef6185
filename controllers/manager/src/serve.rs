//! Who may see more than health: whom the API server knows and allows.

use std::sync::Arc;

use pintle_client::Client;
use pintle_client::delegated::{Access, Delegated};
use pintle_component::endpoints::{Guard, Verdict};

/// Asks the API server about every caller; without a way to ask nobody is allowed.
pub(crate) fn guard(client: Option<Client>) -> Guard {
    let delegated = client.map(|client| Arc::new(Delegated::new(client)));
    Arc::new(move |question| {
        let delegated = delegated.clone();
        Box::pin(async move {
            let Some(delegated) = delegated else {
                return Verdict::Forbidden("system:anonymous".into());
            };
            match delegated.access(&question.token, &question.verb, &question.path).await {
                Access::Allowed => Verdict::Allowed,
                Access::Unknown => Verdict::Unknown,
                Access::Forbidden(user) => Verdict::Forbidden(user),
            }
        })
    })
}
