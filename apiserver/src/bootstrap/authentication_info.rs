//! What delegated authenticators read: `kube-system/extension-apiserver-authentication`.

use pintle_machinery::Value;
use serde_json::{Map, json};

use super::{Error, Loopback};

const COLLECTION: &str = "/api/v1/namespaces/kube-system/configmaps";

/// The facts to publish; empty ones are left out.
#[derive(Clone, Debug, Default)]
pub struct AuthenticationInfo {
    /// Authorities of clients, PEM.
    pub client_authority: String,
    /// Authorities of front proxies, PEM.
    pub proxy_authority: String,
    /// Common names of front proxies.
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

impl AuthenticationInfo {
    fn data(&self) -> Map<String, Value> {
        let mut data = Map::new();
        if !self.client_authority.is_empty() {
            data.insert("client-ca-file".into(), self.client_authority.clone().into());
        }
        if self.proxy_authority.is_empty() {
            return data;
        }
        data.insert("requestheader-client-ca-file".into(), self.proxy_authority.clone().into());
        let lists = [
            ("allowed-names", &self.allowed_names),
            ("username-headers", &self.username_headers),
            ("uid-headers", &self.uid_headers),
            ("group-headers", &self.group_headers),
            ("extra-headers-prefix", &self.extra_prefixes),
        ];
        for (name, values) in lists {
            if name == "uid-headers" && values.is_empty() {
                continue;
            }
            data.insert(format!("requestheader-{name}"), json!(values).to_string().into());
        }
        data
    }

    /// The config map where there is none; none is made that would say nothing.
    fn config_map(&self) -> Option<Value> {
        let data = self.data();
        (!data.is_empty()).then(|| {
            json!({
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": {
                    "name": "extension-apiserver-authentication",
                    "namespace": "kube-system",
                },
                "data": data,
            })
        })
    }
}

/// Writes the config map if it says anything else
/// (`controlplane/controller/clusterauthenticationtrust`).
pub(super) async fn ensure(server: &Loopback, info: &AuthenticationInfo) -> Result<(), Error> {
    let path = format!("{COLLECTION}/extension-apiserver-authentication");
    let Some(mut found) = server.get(&path).await? else {
        return match info.config_map() {
            Some(config) => server.ensure(COLLECTION, &config).await,
            None => Ok(()),
        };
    };
    let mut changed = false;
    for (key, value) in info.data() {
        if found["data"][&key] != value {
            found["data"][&key] = value;
            changed = true;
        }
    }
    if changed { server.put(&path, &found).await.map(|_| ()) } else { Ok(()) }
}

/// Notes the day from which on the use of old tokens is tracked
/// (`controlplane/controller/legacytokentracking`).
pub(super) async fn track_legacy_tokens(server: &Loopback) -> Result<(), Error> {
    let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let config = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": "kube-apiserver-legacy-service-account-token-tracking",
            "namespace": "kube-system",
        },
        "data": {"since": day},
    });
    server.ensure(COLLECTION, &config).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_knows_no_authorities_publishes_nothing() {
        assert_eq!(AuthenticationInfo::default().config_map(), None);
        let info = AuthenticationInfo { client_authority: "x".into(), ..Default::default() };
        let config = info.config_map().expect("there is something to say");
        assert_eq!(config["data"], json!({"client-ca-file": "x"}));
    }
}
