//! Identity asserted by an authenticating proxy in front of the server.

use http::HeaderMap;
use http::header::HeaderName;
use pintle_engine::User;
use pintle_engine::query::unescape;
use rustls::pki_types::CertificateDer;

use super::{ClientAuthority, Identity, Outcome, x509};

/// `--requestheader-*`.
#[derive(Debug)]
pub struct FrontProxy {
    /// Who signs proxies' certificates.
    pub authority: ClientAuthority,
    /// Common names of proxies; empty for any.
    pub allowed_names: Vec<String>,
    /// Headers with the user name.
    pub username_headers: Vec<String>,
    /// Headers with the UID.
    pub uid_headers: Vec<String>,
    /// Headers with groups.
    pub group_headers: Vec<String>,
    /// Prefixes of headers with extra facts.
    pub extra_prefixes: Vec<String>,
}

impl FrontProxy {
    /// Takes the identity from the headers if the peer is a proxy
    /// (`request/headerrequest`, `request/x509.Verifier`).
    pub fn authenticate(
        &self,
        chain: &[CertificateDer<'_>],
        headers: &mut HeaderMap,
        now: i64,
    ) -> Outcome {
        let Some(leaf) = chain.first() else { return Outcome::NoOpinion };
        if let Err(reason) = self.authority.verify(chain, now) {
            return Outcome::No(reason);
        }
        let name = x509::common_name(leaf).unwrap_or_default();
        if !self.allowed_names.is_empty() && !self.allowed_names.contains(&name) {
            return Outcome::No(format!("x509: subject with cn={name} is not in the allowed list"));
        }
        let first = |names: &[String]| -> Option<String> {
            names
                .iter()
                .filter_map(|name| headers.get(name.as_str()))
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .find(|value| !value.is_empty())
        };
        let Some(user) = first(&self.username_headers) else { return Outcome::NoOpinion };
        let mut found = User {
            name: user,
            uid: first(&self.uid_headers).unwrap_or_default(),
            ..User::default()
        };
        for header in &self.group_headers {
            let values = headers.get_all(header.as_str()).iter();
            found.groups.extend(values.map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned()));
        }
        for (header, value) in headers.iter() {
            let Some(key) = self.extra_key(header.as_str()) else { continue };
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            found.extra.entry(key).or_default().push(value);
        }
        strip(headers, Some(self));
        Outcome::Yes(Identity { user: found, audiences: Vec::new() })
    }

    /// What follows the prefix of extra facts in a header's name.
    fn extra<'a>(&self, header: &'a str) -> Option<&'a str> {
        self.extra_prefixes.iter().find_map(|prefix| {
            let (head, key) = header.split_at_checked(prefix.len())?;
            head.eq_ignore_ascii_case(prefix).then_some(key)
        })
    }

    fn extra_key(&self, header: &str) -> Option<String> {
        let key = self.extra(header)?;
        Some(unescape(key, false).map_or_else(|| key.to_owned(), std::borrow::Cow::into_owned))
    }
}

/// Takes every header away by which a proxy asserts an identity, configured or customary.
pub(super) fn strip(headers: &mut HeaderMap, config: Option<&FrontProxy>) {
    let lists = config.map_or([&[][..]; 3], |config| {
        [&config.username_headers[..], &config.uid_headers, &config.group_headers]
    });
    let asserts = |header: &HeaderName| {
        let header = header.as_str();
        let own = ["x-remote-user", "x-remote-uid", "x-remote-group"].contains(&header)
            || header.starts_with("x-remote-extra-");
        let named =
            || lists.iter().copied().flatten().any(|name| name.eq_ignore_ascii_case(header));
        own || named() || config.is_some_and(|config| config.extra(header).is_some())
    };
    let doomed: Vec<HeaderName> =
        headers.keys().filter(|header| asserts(header)).cloned().collect();
    for header in doomed {
        headers.remove(header);
    }
}
