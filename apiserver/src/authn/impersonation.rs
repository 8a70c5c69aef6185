//! Impersonation: acting as somebody else, by the constrained modes first and the old verb last.

use std::collections::BTreeMap;

use http::HeaderMap;
use http::header::HeaderName;
use pintle_engine::User;
use pintle_engine::query::unescape;
use pintle_machinery::json::quote;
use pintle_machinery::name;
use pintle_machinery::status::Status;

use super::{ANONYMOUS, AUTHENTICATED, UNAUTHENTICATED};
use crate::authz::{Attributes, Authorizer, Decision, MASTERS, forbidden};

const GROUP: &str = "authentication.k8s.io";
const EXTRA: &str = "impersonate-extra-";
/// From so many values on, a grant for all of them is asked for first.
const MANY: usize = 4;

/// Who the request wants to be; the headers that say so are taken away
/// (`filters/impersonation.processImpersonationHeaders`).
pub fn wanted(headers: &mut HeaderMap) -> Result<Option<User>, Status> {
    if !headers.keys().any(|name| name.as_str().starts_with("impersonate-")) {
        return Ok(None);
    }
    let first = |name: &str| -> String {
        let value = headers.get(name);
        value
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .unwrap_or_default()
    };
    let mut user =
        User { name: first("impersonate-user"), uid: first("impersonate-uid"), ..User::default() };
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    user.groups = headers.get_all("impersonate-group").iter().map(text).collect();
    for (header, value) in headers.iter() {
        if let Some(key) = header.as_str().strip_prefix(EXTRA) {
            let key =
                unescape(key, false).map_or_else(|| key.to_owned(), std::borrow::Cow::into_owned);
            user.extra.entry(key).or_default().push(text(value));
        }
    }
    if user.name.is_empty() {
        if user.uid.is_empty() && user.groups.is_empty() && user.extra.is_empty() {
            return Ok(None);
        }
        let shown = go_syntax(&user);
        return Err(Status::bad_request(format!(
            "requested {shown} without impersonating a user name"
        )));
    }
    let doomed: Vec<HeaderName> = headers
        .keys()
        .filter(|name| {
            matches!(name.as_str(), "impersonate-user" | "impersonate-uid" | "impersonate-group")
                || name.as_str().starts_with(EXTRA)
        })
        .cloned()
        .collect();
    for header in doomed {
        headers.remove(header);
    }
    Ok(Some(user))
}

/// A user as Go's `%#v` shows it.
fn go_syntax(user: &User) -> String {
    let list = |values: &[String]| {
        let quoted: Vec<_> = values.iter().map(|value| quote(value)).collect();
        format!("[]string{{{}}}", quoted.join(", "))
    };
    let groups = if user.groups.is_empty() { "[]string(nil)".into() } else { list(&user.groups) };
    let extra = if user.extra.is_empty() {
        "map[string][]string(nil)".to_owned()
    } else {
        let entries: Vec<_> = user
            .extra
            .iter()
            .map(|(key, values)| format!("{}:{}", quote(key), list(values)))
            .collect();
        format!("map[string][]string{{{}}}", entries.join(", "))
    };
    format!(
        "&user.DefaultInfo{{Name:{}, UID:{}, Groups:{groups}, Extra:{extra}}}",
        quote(&user.name),
        quote(&user.uid)
    )
}

/// A way to impersonate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    AssociatedNode,
    ArbitraryNode,
    ServiceAccount,
    UserInfo,
    Legacy,
}

const MODES: [Mode; 5] =
    [Mode::AssociatedNode, Mode::ArbitraryNode, Mode::ServiceAccount, Mode::UserInfo, Mode::Legacy];

/// The user that the request goes on as, if its sender may impersonate them for what it asks
/// (`filters/impersonation.WithConstrainedImpersonation`).
pub fn authorize(
    authorizer: &Authorizer,
    request: &Attributes<'_>,
    wanted: &User,
) -> Result<User, Status> {
    let mut first = None;
    for mode in MODES {
        match mode.check(authorizer, request, wanted) {
            Ok(Some(user)) => return Ok(user),
            Ok(None) => {}
            Err(status) => first = first.or(Some(status)),
        }
    }
    Err(first.unwrap_or_else(|| Status::internal_error("all impersonation modes failed")))
}

/// One authorization after the other, all as the same sender.
struct Asker<'a> {
    authorizer: &'a Authorizer,
    sender: &'a User,
    verb: String,
    constrained: bool,
    any_node: bool,
}

impl Asker<'_> {
    fn attributes<'b>(
        &'b self,
        group: &'b str,
        resource: &'b str,
        name: &'b str,
    ) -> Attributes<'b> {
        Attributes {
            group,
            version: "v1",
            resource,
            name: if self.any_node && resource == "nodes" { "*" } else { name },
            ..Attributes::of(self.sender, &self.verb)
        }
    }

    /// Group of users, groups and service accounts: the old mode knows them as core resources.
    fn group(&self) -> &'static str {
        if self.constrained { GROUP } else { "" }
    }

    fn allowed(&self, attributes: &Attributes<'_>) -> bool {
        self.authorizer.authorize(attributes).0 == Decision::Allow
    }
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Self::AssociatedNode => "associated-node",
            Self::ArbitraryNode => "arbitrary-node",
            Self::ServiceAccount => "serviceaccount",
            Self::UserInfo => "user-info",
            Self::Legacy => "",
        }
    }

    fn applies(self, sender: &User, wanted: &User) -> bool {
        let bare = wanted.uid.is_empty() && wanted.groups.is_empty() && wanted.extra.is_empty();
        let node = node_name(&wanted.name);
        let account = service_account(&wanted.name);
        match self {
            Self::AssociatedNode => {
                let own = sender.extra.get("authentication.kubernetes.io/node-name");
                bare && node.is_some()
                    && service_account(&sender.name).is_some()
                    && own.is_some_and(|own| own.len() == 1 && Some(own[0].as_str()) == node)
            }
            Self::ArbitraryNode => bare && node.is_some(),
            Self::ServiceAccount => bare && account.is_some(),
            Self::UserInfo => node.is_none() && account.is_none(),
            Self::Legacy => true,
        }
    }

    fn check(
        self,
        authorizer: &Authorizer,
        request: &Attributes<'_>,
        wanted: &User,
    ) -> Result<Option<User>, Status> {
        if !self.applies(request.user, wanted) {
            return Ok(None);
        }
        // The node that a service account is tied to says nothing about whether it may; rights are
        // judged on the account alone, for whatever node it runs on.
        let mut plain = request.user.clone();
        let sender = if self == Self::AssociatedNode {
            let keys = plain.extra.keys().cloned().collect();
            plain.extra =
                [("authentication.kubernetes.io/associated-node-keys".to_owned(), keys)].into();
            &plain
        } else {
            request.user
        };
        let constrained = self != Self::Legacy;
        let verb = if constrained {
            let verb = format!("impersonate-on:{}:{}", self.name(), request.verb);
            authorizer.check(&Attributes { user: sender, verb: &verb, ..*request })?;
            format!("impersonate:{}", self.name())
        } else {
            "impersonate".to_owned()
        };
        let any_node = self == Self::AssociatedNode;
        let asker = Asker { authorizer, sender, verb, constrained, any_node };
        let mut user = wanted.clone();
        check_name(&asker, wanted, &mut user)?;
        if !wanted.uid.is_empty() {
            authorizer.check(&asker.attributes(GROUP, "uids", &wanted.uid))?;
        }
        check_groups(&asker, &wanted.groups)?;
        check_extra(&asker, &wanted.extra)?;
        add_own_group(&mut user);
        Ok(Some(user))
    }
}

fn check_name(asker: &Asker<'_>, wanted: &User, user: &mut User) -> Result<(), Status> {
    if asker.constrained
        && let Some(node) = node_name(&wanted.name)
    {
        user.groups = vec![crate::authz::node::NODES.to_owned()];
        return asker.authorizer.check(&asker.attributes(GROUP, "nodes", node));
    }
    let Some((namespace, account)) = service_account(&wanted.name) else {
        return asker.authorizer.check(&asker.attributes(asker.group(), "users", &wanted.name));
    };
    if wanted.groups.is_empty() {
        user.groups = vec![
            "system:serviceaccounts".to_owned(),
            format!("system:serviceaccounts:{namespace}"),
        ];
    }
    let attributes = asker.attributes(asker.group(), "serviceaccounts", account);
    asker.authorizer.check(&Attributes { namespace, ..attributes })
}

fn check_groups(asker: &Asker<'_>, groups: &[String]) -> Result<(), Status> {
    let about = |name| asker.attributes(asker.group(), "groups", name);
    if asker.constrained {
        if groups.iter().any(String::is_empty) {
            let why = "impersonating the empty string group is not allowed";
            return Err(forbidden(&about(""), why));
        }
        if groups.iter().any(|group| group == MASTERS) {
            let why = "impersonating the system:masters group is not allowed";
            return Err(forbidden(&about(MASTERS), why));
        }
        if groups.len() >= MANY && asker.allowed(&about("*")) {
            return Ok(());
        }
    }
    groups.iter().try_for_each(|group| asker.authorizer.check(&about(group)))
}

fn check_extra(asker: &Asker<'_>, extra: &BTreeMap<String, Vec<String>>) -> Result<(), Status> {
    if extra.is_empty() {
        return Ok(());
    }
    let about = |key, value| Attributes {
        subresource: key,
        ..asker.attributes(GROUP, "userextras", value)
    };
    if asker.constrained {
        validate_extra(extra).map_err(|why| forbidden(&about("", ""), &why))?;
        let values: usize = extra.values().map(Vec::len).sum();
        if (extra.len() >= MANY || values >= MANY) && asker.allowed(&about("*", "*")) {
            return Ok(());
        }
    }
    for (key, values) in extra {
        for value in values {
            asker.authorizer.check(&about(key, value))?;
        }
    }
    Ok(())
}

fn validate_extra(extra: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
    for (key, values) in extra {
        if key.is_empty() {
            return Err("impersonating the empty string key in extra is not allowed".into());
        }
        if let Some(message) = pintle_machinery::field::aggregate(
            name::domain_prefixed_path(key)
                .into_iter()
                .map(|(_, message)| format!("extra.key: Invalid value: {}: {message}", quote(key))),
        ) {
            return Err(format!("impersonating an invalid key in extra is not allowed: {message}"));
        }
        if *key != key.to_lowercase() {
            return Err(format!(
                "impersonating a non-lowercase key in extra is not allowed: {}",
                quote(key)
            ));
        }
        if values.iter().any(String::is_empty) {
            return Err("impersonating the empty string value in extra is not allowed".into());
        }
    }
    Ok(())
}

fn add_own_group(user: &mut User) {
    let unauthenticated = user.groups.iter().any(|group| group == UNAUTHENTICATED);
    let group = match (user.name == ANONYMOUS, unauthenticated) {
        (true, false) => UNAUTHENTICATED,
        (false, false) => AUTHENTICATED,
        (_, true) => return,
    };
    if !user.groups.iter().any(|known| known == group) {
        user.groups.push(group.into());
    }
}

fn node_name(user: &str) -> Option<&str> {
    let node = user.strip_prefix("system:node:")?;
    name::name_is_dns_subdomain(node, false).is_empty().then_some(node)
}

/// `serviceaccount.SplitUsername`.
fn service_account(user: &str) -> Option<(&str, &str)> {
    let (namespace, account) = user.strip_prefix("system:serviceaccount:")?.split_once(':')?;
    let valid = name::name_is_dns_label(namespace, false).is_empty()
        && name::name_is_dns_subdomain(account, false).is_empty();
    valid.then_some((namespace, account))
}
