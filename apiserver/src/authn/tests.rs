use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pintle_component::pki::certificate::{Profile, Usage, subject};
use pintle_component::pki::{Authority, PrivateKey, certificates};
use pintle_machinery::Value;
use rustls::pki_types::CertificateDer;
use serde_json::json;

use super::service_account::{Claims, Reference};
use super::*;

const NOW: i64 = 1_800_000_000;

#[derive(Default)]
struct Objects(HashMap<String, Arc<Value>>);

impl Objects {
    fn with(mut self, plural: &str, namespace: &str, name: &str, object: Value) -> Self {
        self.0.insert(format!("{plural}/{namespace}/{name}"), Arc::new(object));
        self
    }
}

impl Lookup for Objects {
    fn get(&self, _: &str, plural: &str, namespace: &str, name: &str) -> Option<Arc<Value>> {
        self.0.get(&format!("{plural}/{namespace}/{name}")).cloned()
    }

    fn list(&self, _: &str, _: &str, _: &str) -> Vec<Arc<Value>> {
        Vec::new()
    }
}

fn connection(chain: Vec<CertificateDer<'static>>) -> Connection {
    let here = SocketAddr::from(([127, 0, 0, 1], 1));
    Connection { peer: here, local: here, client_certificates: chain.into() }
}

fn client(authority: &Authority, name: &str, groups: &[&str]) -> Vec<CertificateDer<'static>> {
    let profile = Profile {
        subject: subject(name, groups),
        usages: vec![Usage::DIGITAL_SIGNATURE, Usage::CLIENT_AUTH],
        not_before: NOW - 60,
        not_after: NOW + 3600,
        ..Profile::default()
    };
    let key = PrivateKey::generate().unwrap();
    certificates(authority.sign(&profile, &key.public()).unwrap().as_bytes()).unwrap()
}

fn authority() -> Authority {
    Authority::generate("ca", NOW - 60, NOW + 3600).unwrap()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

fn authenticate(
    config: Config,
    chain: Vec<CertificateDer<'static>>,
    headers: &mut HeaderMap,
    objects: &Objects,
) -> Result<Arc<User>, Vec<String>> {
    let world = World { now: NOW, objects };
    Authenticator::new(config).authenticate(&connection(chain), headers, &world)
}

#[test]
fn a_client_certificate_names_user_and_groups() {
    let authority = authority();
    let config = Config {
        client_authority: Some(ClientAuthority::fixed(&authority.certificate_pem()).unwrap()),
        ..Config::default()
    };
    let chain = client(&authority, "alice", &["b", "a"]);
    let user = authenticate(config, chain, &mut HeaderMap::new(), &Objects::default()).unwrap();
    assert_eq!(user.name, "alice");
    assert_eq!(user.groups, ["a", "b", AUTHENTICATED]);
    let credential = &user.extra["authentication.kubernetes.io/credential-id"][0];
    assert!(credential.starts_with("X509SHA256="), "{credential}");
}

#[test]
fn a_strangers_certificate_is_not_anonymous() {
    let config = || Config {
        client_authority: Some(ClientAuthority::fixed(&authority().certificate_pem()).unwrap()),
        anonymous: true,
        ..Config::default()
    };
    let chain = client(&authority(), "alice", &[]);
    let none = Objects::default();
    assert!(authenticate(config(), chain, &mut HeaderMap::new(), &none).is_err());
    let user = authenticate(config(), Vec::new(), &mut HeaderMap::new(), &none).unwrap();
    assert_eq!(
        (user.name.as_str(), &user.groups[..]),
        (ANONYMOUS, &[UNAUTHENTICATED.to_owned()][..])
    );
}

#[test]
fn a_bad_token_is_not_anonymous() {
    let config = Config { anonymous: true, ..Config::default() };
    let mut headers = headers(&[("authorization", "Bearer nonsense")]);
    let refused = authenticate(config, Vec::new(), &mut headers, &Objects::default());
    assert_eq!(refused, Err(vec!["invalid bearer token".to_owned()]));
}

#[test]
fn other_schemes_are_anonymous() {
    let config = Config { anonymous: true, ..Config::default() };
    let mut headers = headers(&[("authorization", "Basic YTpi")]);
    let user = authenticate(config, Vec::new(), &mut headers, &Objects::default()).unwrap();
    assert_eq!(user.name, ANONYMOUS);
}

fn front_proxy(authority: &Authority, allowed: &[&str]) -> Config {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Config {
        front_proxy: Some(FrontProxy {
            authority: ClientAuthority::fixed(&authority.certificate_pem()).unwrap(),
            allowed_names: texts(allowed),
            username_headers: texts(&["X-Remote-User"]),
            uid_headers: Vec::new(),
            group_headers: texts(&["X-Remote-Group"]),
            extra_prefixes: texts(&["X-Remote-Extra-"]),
        }),
        anonymous: true,
        ..Config::default()
    }
}

const ASSERTED: &[(&str, &str)] = &[
    ("x-remote-user", "bob"),
    ("x-remote-group", "g1"),
    ("x-remote-extra-acme.com%2fproject", "p"),
    ("x-remote-uid", "not configured"),
];

#[test]
fn a_front_proxy_speaks_for_its_users() {
    let authority = authority();
    let chain = client(&authority, "front-proxy-client", &[]);
    let config = front_proxy(&authority, &["front-proxy-client"]);
    let mut headers = headers(ASSERTED);
    let user = authenticate(config, chain, &mut headers, &Objects::default()).unwrap();
    assert_eq!((user.name.as_str(), user.uid.as_str()), ("bob", ""));
    assert_eq!(user.groups, ["g1", AUTHENTICATED]);
    assert_eq!(user.extra["acme.com/project"], ["p"]);
    assert!(headers.is_empty(), "{headers:?}");
}

#[test]
fn nobody_else_does_and_the_headers_go_all_the_same() {
    let authority = authority();
    let chain = client(&authority, "someone", &[]);
    let none = Objects::default();
    let config = front_proxy(&authority, &["front-proxy-client"]);
    assert!(authenticate(config, chain, &mut headers(ASSERTED), &none).is_err());
    let mut headers = headers(ASSERTED);
    let config = front_proxy(&authority, &["front-proxy-client"]);
    let user = authenticate(config, Vec::new(), &mut headers, &none).unwrap();
    assert_eq!(user.name, ANONYMOUS);
    assert!(headers.is_empty(), "{headers:?}");
}

fn bootstrap_secret(changes: &[(&str, &str)]) -> Objects {
    let mut fields: HashMap<&str, &str> = [
        ("token-id", "abcdef"),
        ("token-secret", "0123456789abcdef"),
        ("usage-bootstrap-authentication", "true"),
    ]
    .into();
    fields.extend(changes.iter().copied());
    let data: serde_json::Map<String, Value> = fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), STANDARD.encode(value).into()))
        .collect();
    let secret = json!({"type": "bootstrap.kubernetes.io/token", "metadata": {}, "data": data});
    Objects::default().with("secrets", "kube-system", "bootstrap-token-abcdef", secret)
}

#[track_caller]
fn check_bootstrap(token: &str, changes: &[(&str, &str)], groups: Option<&[&str]>) {
    let objects = bootstrap_secret(changes);
    let found = bootstrap_token::authenticate(token, &World { now: NOW, objects: &objects });
    match (found, groups) {
        (Outcome::Yes(identity), Some(groups)) => {
            assert_eq!(identity.user.name, "system:bootstrap:abcdef");
            assert_eq!(identity.user.groups, groups);
        }
        (found, None) => assert_eq!(found, Outcome::NoOpinion),
        (found, groups) => panic!("{found:?} is not {groups:?}"),
    }
}

#[test]
fn bootstrap_tokens() {
    let token = "abcdef.0123456789abcdef";
    let own: &[&str] = &["system:bootstrappers"];
    check_bootstrap(token, &[], Some(own));
    let extra = [("auth-extra-groups", "system:bootstrappers:z,system:bootstrappers:a")];
    let both: &[&str] =
        &["system:bootstrappers", "system:bootstrappers:a", "system:bootstrappers:z"];
    check_bootstrap(token, &extra, Some(both));
    check_bootstrap(token, &[("auth-extra-groups", "system:masters")], None);
    check_bootstrap(token, &[("expiration", "2026-01-01T00:00:00Z")], None);
    check_bootstrap(token, &[("expiration", "2099-01-01T00:00:00Z")], Some(own));
    check_bootstrap(token, &[("expiration", "soon")], None);
    check_bootstrap(token, &[("usage-bootstrap-authentication", "false")], None);
    check_bootstrap(token, &[("token-secret", "fedcba9876543210")], None);
    check_bootstrap("abcdef.0123456789abcdeF", &[], None);
}

fn accounts(key: &PrivateKey) -> ServiceAccounts {
    ServiceAccounts {
        issuers: vec!["https://issuer".into()],
        keys: vec![key.public()],
        signer: Some(PrivateKey::from_pem(key.to_pem().as_bytes()).unwrap()),
        api_audiences: vec!["api".into()],
        max_expiration_seconds: 0,
        extend_expiration: true,
    }
}

fn named(name: &str, uid: &str) -> Value {
    json!({"metadata": {"name": name, "namespace": "a", "uid": uid}})
}

fn world() -> Objects {
    Objects::default().with("serviceaccounts", "a", "bot", named("bot", "u1")).with(
        "pods",
        "a",
        "p",
        named("p", "u2"),
    )
}

fn claims() -> Claims {
    Claims {
        namespace: "a".into(),
        account: Reference { name: "bot".into(), uid: "u1".into() },
        pod: Some(Reference { name: "p".into(), uid: "u2".into() }),
        node: Some(Reference { name: "n".into(), uid: "u3".into() }),
        audiences: vec!["api".into()],
        now: NOW,
        expiration_seconds: 600,
        id: "j".into(),
        ..Claims::default()
    }
}

#[track_caller]
fn check_token(claims: &Claims, objects: &Objects, now: i64, expected: Result<&str, &str>) {
    let key = PrivateKey::generate().unwrap();
    let accounts = accounts(&key);
    let token = accounts.issue(claims).unwrap();
    let world = World { now, objects };
    match accounts.authenticate(&token, &["api".into()], &world) {
        Outcome::Yes(identity) => assert_eq!(Ok(identity.user.name.as_str()), expected),
        Outcome::No(reason) => assert_eq!(Err(reason.as_str()), expected),
        Outcome::NoOpinion => panic!("no opinion"),
    }
}

#[test]
fn service_account_tokens_die_with_what_they_are_bound_to() {
    let name = "system:serviceaccount:a:bot";
    check_token(&claims(), &world(), NOW, Ok(name));
    check_token(&claims(), &world(), NOW + 650, Ok(name));
    check_token(&claims(), &world(), NOW + 661, Err("service account token has expired"));
    check_token(&claims(), &world(), NOW - 61, Err("service account token is not valid yet"));
    let gone = Objects::default();
    check_token(&claims(), &gone, NOW, Err("serviceaccounts \"bot\" not found"));
    let other = world().with("serviceaccounts", "a", "bot", named("bot", "new"));
    let mismatch = "service account UID (new) does not match claim (u1)";
    check_token(&claims(), &other, NOW, Err(mismatch));
    let other = world().with("pods", "a", "p", named("p", "new"));
    let mismatch = "pod UID (new) does not match service account pod ref claim (u2)";
    check_token(&claims(), &other, NOW, Err(mismatch));
    let mut dying = named("p", "u2");
    dying["metadata"]["deletionTimestamp"] = "2027-01-15T07:58:00Z".into();
    let invalidated = "service account token has been invalidated";
    check_token(&claims(), &world().with("pods", "a", "p", dying), NOW, Err(invalidated));
}

#[test]
fn tokens_for_others_are_refused() {
    let other = Claims { audiences: vec!["vault".into()], ..claims() };
    let reason = "token audiences [\"vault\"] is invalid for the target audiences [\"api\"]";
    check_token(&other, &world(), NOW, Err(reason));
}

#[test]
fn the_header_cannot_choose_the_algorithm() {
    let key = PrivateKey::generate().unwrap();
    let token = accounts(&key).issue(&claims()).unwrap();
    let body = token.split('.').nth(1).unwrap();
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"HS256"}"#] {
        let forged = format!("{}.{body}.", URL_SAFE_NO_PAD.encode(header));
        let world = World { now: NOW, objects: &world() };
        let found = accounts(&key).authenticate(&forged, &["api".into()], &world);
        assert!(matches!(found, Outcome::No(_)), "{found:?}");
    }
}

#[test]
fn tokens_of_other_issuers_are_no_business_of_ours() {
    let key = PrivateKey::generate().unwrap();
    let foreign = ServiceAccounts { issuers: vec!["https://other".into()], ..accounts(&key) };
    let token = foreign.issue(&claims()).unwrap();
    let found = accounts(&key).authenticate(
        &token,
        &["api".into()],
        &World { now: NOW, objects: &world() },
    );
    assert_eq!(found, Outcome::NoOpinion);
}

#[test]
fn websocket_tokens_travel_as_a_subprotocol() {
    let token = URL_SAFE_NO_PAD.encode("secret");
    let protocol = format!("base64url.bearer.authorization.k8s.io.{token}, v4.channel.k8s.io");
    let mut found = headers(&[
        ("connection", "Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-protocol", &protocol),
    ]);
    assert_eq!(websocket::token(&found), Ok(Some("secret".into())));
    websocket::strip(&mut found);
    assert_eq!(found["sec-websocket-protocol"], "v4.channel.k8s.io");
    let alone = protocol.split(',').next().unwrap();
    found.insert("sec-websocket-protocol", alone.parse().unwrap());
    assert_eq!(websocket::token(&found), Err("missing additional subprotocol".into()));
}

mod impersonating {
    use super::super::impersonation::{authorize, wanted};
    use super::*;
    use crate::authz::{Attributes, Authorizer, Mode};

    fn allowed(rules: &Value) -> Authorizer {
        let authorizer = Authorizer::new(vec![Mode::Rbac]);
        let group = crate::authz::rbac::GROUP;
        let role = json!({ "rules": rules });
        authorizer.observe(group, "clusterroles", "", "r", Some(&role));
        let binding = json!({
            "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": "r"},
            "subjects": [{"kind": "User", "name": "alice"}],
        });
        authorizer.observe(group, "clusterrolebindings", "", "b", Some(&binding));
        authorizer
    }

    fn act(rules: &Value, pairs: &[(&'static str, &str)]) -> Result<User, String> {
        let mut headers = headers(pairs);
        let wanted = wanted(&mut headers).map_err(|status| status.message)?.unwrap();
        assert!(headers.is_empty(), "{headers:?}");
        let alice = User { name: "alice".into(), ..User::default() };
        let request =
            Attributes { resource: "pods", namespace: "a", ..Attributes::of(&alice, "list") };
        authorize(&allowed(rules), &request, &wanted).map_err(|status| status.message)
    }

    #[test]
    fn the_old_verb_is_enough() {
        let rules = json!([{"verbs": ["impersonate"], "apiGroups": [""],
            "resources": ["users", "groups"]}]);
        let pairs = [("impersonate-user", "bob"), ("impersonate-group", "devs")];
        let user = act(&rules, &pairs).unwrap();
        assert_eq!(
            (user.name.as_str(), user.groups),
            ("bob", vec!["devs".to_owned(), AUTHENTICATED.to_owned()])
        );
    }

    #[test]
    fn the_constrained_verbs_name_the_request_too() {
        let whom = json!({"verbs": ["impersonate:user-info"],
            "apiGroups": ["authentication.k8s.io"], "resources": ["users"]});
        let what = json!({"verbs": ["impersonate-on:user-info:list"], "apiGroups": [""],
            "resources": ["pods"]});
        let pairs = [("impersonate-user", "bob")];
        assert_eq!(act(&json!([whom, what]), &pairs).unwrap().name, "bob");
        let refused = act(&json!([whom]), &pairs).unwrap_err();
        assert_eq!(
            refused,
            "pods is forbidden: User \"alice\" cannot impersonate-on:user-info:list resource \
             \"pods\" in API group \"\" in the namespace \"a\""
        );
    }

    #[test]
    fn a_service_account_brings_its_groups() {
        let rules = json!([{"verbs": ["impersonate"], "apiGroups": [""],
            "resources": ["serviceaccounts"]}]);
        let pairs = [("impersonate-user", "system:serviceaccount:a:bot")];
        assert_eq!(
            act(&rules, &pairs).unwrap().groups,
            ["system:serviceaccounts", "system:serviceaccounts:a", AUTHENTICATED]
        );
    }

    #[test]
    fn a_user_must_be_named() {
        assert_eq!(
            act(&json!([]), &[("impersonate-group", "g")]),
            Err("requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"g\"}, \
                 Extra:map[string][]string(nil)} without impersonating a user name"
                .into())
        );
    }
}
