//! Authentication: who sends a request, by every method in upstream's order.

pub mod bootstrap_token;
pub mod front_proxy;
pub mod impersonation;
pub mod jwt;
pub mod service_account;
pub mod token_file;
pub mod token_request;
pub mod websocket;
pub mod x509;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use parking_lot::Mutex;
use pintle_component::serving::Connection;
use pintle_engine::{Lookup, User};
use rustls::pki_types::CertificateDer;
use tokio::sync::Notify;

pub use self::front_proxy::FrontProxy;
pub use self::service_account::ServiceAccounts;
use self::service_account::secret_of;
pub use self::token_file::TokenFile;
pub use self::x509::ClientAuthority;

/// Group of everybody who authenticated.
pub const AUTHENTICATED: &str = "system:authenticated";
/// Group of everybody who did not.
pub const UNAUTHENTICATED: &str = "system:unauthenticated";
/// User name of those who did not authenticate.
pub const ANONYMOUS: &str = "system:anonymous";

/// How long a token that was accepted is accepted without another look.
const CACHE_SECONDS: i64 = 10;
/// Accepted tokens remembered at most.
const CACHE_ENTRIES: usize = 32_768;

/// What one method says about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not its business.
    NoOpinion,
    /// Authenticated.
    Yes(Identity),
    /// Its business, and refused.
    No(String),
}

/// Who it is, and whom the credential was meant for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// User.
    pub user: User,
    /// Audiences; empty if the method knows none.
    pub audiences: Vec<String>,
}

/// The moment, and the objects that credentials refer to.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Unix seconds.
    pub now: i64,
    /// Newest objects.
    pub objects: &'a dyn Lookup,
}

/// The methods that are on.
#[derive(Debug, Default)]
pub struct Config {
    /// `--requestheader-*`.
    pub front_proxy: Option<FrontProxy>,
    /// `--client-ca-file`.
    pub client_authority: Option<ClientAuthority>,
    /// `--token-auth-file`.
    pub token_file: Option<TokenFile>,
    /// `--service-account-*`.
    pub service_accounts: Option<ServiceAccounts>,
    /// `--enable-bootstrap-token-auth`.
    pub bootstrap_tokens: bool,
    /// `--anonymous-auth`.
    pub anonymous: bool,
    /// `--api-audiences`, or the service account issuer.
    pub api_audiences: Vec<String>,
    /// Token of the server's own requests to itself; made at start, never stored.
    pub loopback_token: String,
}

/// The union of all methods.
#[derive(Debug)]
pub struct Authenticator {
    config: Config,
    accepted: Mutex<HashMap<[u8; 32], (i64, Identity)>>,
    used: UsedSecrets,
    known: Mutex<Known>,
}

/// Connections whose certificates alone said who is there, in the current second: within it nothing
/// that a verdict depends on changes, so the requests of a connection share one.
#[derive(Debug, Default)]
struct Known {
    second: i64,
    /// By the address of the certificates, which the entry keeps alive.
    users: HashMap<usize, (Chain, Arc<User>)>,
}

/// What a client has presented, leaf first.
type Chain = Arc<[CertificateDer<'static>]>;

impl Known {
    fn of(&self, chain: &Chain, now: i64) -> Option<Arc<User>> {
        let found = (self.second == now).then(|| self.users.get(&address(chain)))?;
        found.map(|(_, user)| user.clone())
    }

    fn keep(&mut self, chain: &Chain, now: i64, user: Arc<User>) {
        if self.second != now {
            self.users.clear();
            self.second = now;
        }
        self.users.insert(address(chain), (chain.clone(), user));
    }
}

fn address(chain: &Chain) -> usize {
    chain.as_ptr().addr()
}

/// Secrets whose tokens have been used, until somebody takes note.
#[derive(Debug, Default)]
pub struct UsedSecrets {
    /// By namespace and name.
    secrets: Mutex<BTreeSet<(String, String)>>,
    noted: Notify,
}

impl UsedSecrets {
    fn note(&self, secret: (String, String)) {
        self.secrets.lock().insert(secret);
        self.noted.notify_one();
    }

    /// Waits for uses and takes them.
    pub async fn next(&self) -> BTreeSet<(String, String)> {
        self.noted.notified().await;
        std::mem::take(&mut *self.secrets.lock())
    }
}

impl Authenticator {
    /// An authenticator.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            accepted: Mutex::default(),
            known: Mutex::default(),
            used: UsedSecrets::default(),
        }
    }

    /// The secrets whose tokens have been used.
    pub fn used_secrets(&self) -> &UsedSecrets {
        &self.used
    }

    /// The methods that are on.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Finds out who sends a request, and takes the credentials out of its headers
    /// (`kubeapiserver/authenticator.Config.New`, `filters.WithAuthentication`). `Err` says, for
    /// the log, why every method refused.
    pub fn authenticate(
        &self,
        connection: &Connection,
        headers: &mut HeaderMap,
        world: &World<'_>,
    ) -> Result<Arc<User>, Vec<String>> {
        let chain = &connection.client_certificates;
        if let Some(user) = self.known.lock().of(chain, world.now) {
            headers.remove(AUTHORIZATION);
            front_proxy::strip(headers, self.config.front_proxy.as_ref());
            return Ok(user);
        }
        let mut errors = Vec::new();
        let identity = self.first(connection, headers, world, &mut errors);
        let user = match identity {
            Some(identity) => {
                let audiences = &self.config.api_audiences;
                let meant = identity.audiences.is_empty()
                    || audiences.is_empty()
                    || identity.audiences.iter().any(|audience| audiences.contains(audience));
                if !meant {
                    return Err(vec!["token audiences do not include the API server".into()]);
                }
                Arc::new(with_authenticated(identity.user))
            }
            None if errors.is_empty() && self.config.anonymous => Arc::new(User {
                name: ANONYMOUS.into(),
                groups: vec![UNAUTHENTICATED.into()],
                ..User::default()
            }),
            None => return Err(errors),
        };
        headers.remove(AUTHORIZATION);
        front_proxy::strip(headers, self.config.front_proxy.as_ref());
        Ok(user)
    }

    fn first(
        &self,
        connection: &Connection,
        headers: &mut HeaderMap,
        world: &World<'_>,
        errors: &mut Vec<String>,
    ) -> Option<Identity> {
        let chain = &connection.client_certificates;
        let mut take = |outcome: Outcome| match outcome {
            Outcome::Yes(identity) => Some(identity),
            Outcome::NoOpinion => None,
            Outcome::No(reason) => {
                errors.push(reason);
                None
            }
        };
        let mut of_proxy = false;
        if let Some(front_proxy) = &self.config.front_proxy {
            let outcome = front_proxy.authenticate(chain, headers, world.now);
            of_proxy = !matches!(outcome, Outcome::No(_));
            if let Some(found) = take(outcome) {
                return Some(found);
            }
        }
        if let Some(authority) = &self.config.client_authority
            && let Some(found) = take(authority.authenticate(chain, world.now))
        {
            if !of_proxy {
                let user = Arc::new(with_authenticated(found.user.clone()));
                self.known.lock().keep(chain, world.now, user);
            }
            return Some(found);
        }
        if let Some(token) = bearer(headers) {
            let outcome = match self.token(&token, &self.config.api_audiences, world) {
                Outcome::NoOpinion => Outcome::No("invalid bearer token".into()),
                other => other,
            };
            if let Some(found) = take(outcome) {
                return Some(found);
            }
        }
        match websocket::token(headers) {
            Ok(None) => None,
            Err(reason) => take(Outcome::No(reason)),
            Ok(Some(token)) => {
                let outcome = match self.token(&token, &self.config.api_audiences, world) {
                    Outcome::NoOpinion => Outcome::No("invalid bearer token".into()),
                    other => other,
                };
                let found = take(outcome)?;
                websocket::strip(headers);
                Some(found)
            }
        }
    }

    /// Authenticates a token for any of `audiences`; also what a TokenReview does.
    pub fn token(&self, token: &str, audiences: &[String], world: &World<'_>) -> Outcome {
        let key = cache_key(token, audiences);
        if let Some((until, identity)) = self.accepted.lock().get(&key)
            && *until > world.now
        {
            return Outcome::Yes(identity.clone());
        }
        let outcome = self.uncached_token(token, audiences, world);
        if let Outcome::Yes(identity) = &outcome {
            let mut accepted = self.accepted.lock();
            if accepted.len() >= CACHE_ENTRIES {
                accepted.retain(|_, (until, _)| *until > world.now);
                if accepted.len() >= CACHE_ENTRIES {
                    accepted.clear();
                }
            }
            accepted.insert(key, (world.now + CACHE_SECONDS, identity.clone()));
        }
        outcome
    }

    fn uncached_token(&self, token: &str, audiences: &[String], world: &World<'_>) -> Outcome {
        let own = self.config.loopback_token.as_bytes();
        if !own.is_empty() && same(own, token.as_bytes()) {
            let user = User {
                name: "system:apiserver".into(),
                groups: vec![crate::authz::MASTERS.into()],
                ..User::default()
            };
            return Outcome::Yes(Identity { user, audiences: Vec::new() });
        }
        let mut errors = Vec::new();
        let mut methods: Vec<Box<dyn Fn() -> Outcome + '_>> = Vec::new();
        if let Some(file) = &self.config.token_file {
            methods.push(Box::new(move || file.authenticate(token)));
        }
        if let Some(accounts) = &self.config.service_accounts {
            methods.push(Box::new(move || {
                let outcome = accounts.authenticate(token, audiences, world);
                if let (Outcome::Yes(_), Some(secret)) = (&outcome, secret_of(token)) {
                    self.used.note(secret);
                }
                outcome
            }));
        }
        if self.config.bootstrap_tokens {
            methods.push(Box::new(move || bootstrap_token::authenticate(token, world)));
        }
        for method in methods {
            match method() {
                Outcome::NoOpinion => {}
                Outcome::No(reason) => errors.push(reason),
                Outcome::Yes(mut identity) => {
                    if identity.audiences.is_empty() {
                        // A method that knows no audiences speaks for the API server's.
                        let own = &self.config.api_audiences;
                        identity.audiences = audiences
                            .iter()
                            .filter(|wanted| own.contains(wanted))
                            .cloned()
                            .collect();
                    }
                    return Outcome::Yes(identity);
                }
            }
        }
        match pintle_machinery::field::aggregate(errors) {
            Some(reason) => Outcome::No(reason),
            None => Outcome::NoOpinion,
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let (scheme, token) = value.split_once(' ')?;
    let token = token.split(' ').next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.to_owned())
}

/// `group.AuthenticatedGroupAdder`.
fn with_authenticated(mut user: User) -> User {
    let known = |group: &String| group == AUTHENTICATED || group == UNAUTHENTICATED;
    if user.name != ANONYMOUS && !user.groups.iter().any(known) {
        user.groups.push(AUTHENTICATED.into());
    }
    user
}

/// Compares without telling, by its time, how much is equal.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |different, (a, b)| different | a ^ b) == 0
}

fn cache_key(token: &str, audiences: &[String]) -> [u8; 32] {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for part in std::iter::once(token).chain(audiences.iter().map(String::as_str)) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    let mut key = [0; 32];
    key.copy_from_slice(context.finish().as_ref());
    key
}

#[cfg(test)]
mod tests;
