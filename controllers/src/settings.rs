//! What kube-controller-manager's flags tell the controllers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Signs a certificate request to PEM; nothing if there is no key for the signer.
pub type SignFn = dyn Fn(&Request<'_>) -> Result<Option<String>, String> + Send + Sync;

/// Makes a JSON web token of claims.
pub type SignTokenFn = dyn Fn(&serde_json::Value) -> Result<String, String> + Send + Sync;

/// What a signer is asked to sign.
pub struct Request<'a> {
    /// The PKCS #10 request in PEM.
    pub pem: &'a str,
    /// The signer's name.
    pub signer: &'a str,
    /// `spec.usages`.
    pub usages: Vec<&'a str>,
    /// How long the certificate is to live.
    pub lifetime: Duration,
    /// The time.
    pub now: jiff::Timestamp,
}

/// What a certificate request says, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Common name of the subject.
    pub common_name: String,
    /// Organizations of the subject.
    pub organizations: Vec<String>,
    /// DNS names.
    pub dns_names: Vec<String>,
    /// IP addresses, as text.
    pub ip_addresses: Vec<String>,
    /// Email addresses.
    pub emails: Vec<String>,
    /// URIs.
    pub uris: Vec<String>,
}

/// Parses a PEM certificate request.
pub type ParseFn = dyn Fn(&str) -> Result<Parsed, String> + Send + Sync;

/// A range of pod addresses, and how large a node's part of it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeRange {
    /// An address of the range.
    pub base: std::net::IpAddr,
    /// Length of the range's prefix.
    pub prefix: u8,
    /// Length of a part's prefix.
    pub node_prefix: u8,
}

/// Flags, with upstream's defaults.
#[derive(Clone)]
pub struct Settings {
    /// How many keys a controller works on at once, where a flag says so; by name.
    pub workers: BTreeMap<&'static str, usize>,
    /// Content of `--root-ca-file`.
    pub root_ca: String,
    /// `--terminated-pod-gc-threshold`.
    pub terminated_pod_threshold: i64,
    /// `--node-monitor-grace-period`.
    pub node_monitor_grace: Duration,
    /// `--node-startup-grace-period`.
    pub node_startup_grace: Duration,
    /// `--node-eviction-rate`.
    pub node_eviction_rate: f64,
    /// `--secondary-node-eviction-rate`.
    pub secondary_node_eviction_rate: f64,
    /// `--large-cluster-size-threshold`.
    pub large_cluster_size: usize,
    /// `--unhealthy-zone-threshold`.
    pub unhealthy_zone_threshold: f64,
    /// `--cluster-cidr` with `--allocate-node-cidrs`; empty without.
    pub node_ranges: Vec<NodeRange>,
    /// `--max-endpoints-per-slice`.
    pub max_endpoints_per_slice: usize,
    /// `--cluster-signing-duration`.
    pub signing_duration: Duration,
    /// Makes tokens with `--service-account-private-key-file`, if it is given.
    pub sign_token: Option<Arc<SignTokenFn>>,
    /// The signing keys, if any are given.
    pub sign: Option<Arc<SignFn>>,
    /// How certificate requests are read.
    pub parse_request: Option<Arc<ParseFn>>,
    /// Reads the end of a PEM certificate's validity, in Unix seconds.
    pub certificate_end: fn(&str) -> Option<i64>,
    /// Makes token signatures for `kube-public/cluster-info`: HMAC-SHA-256.
    pub hmac_sha256: fn(&[u8], &[u8]) -> [u8; 32],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            workers: BTreeMap::new(),
            root_ca: String::new(),
            terminated_pod_threshold: 12500,
            node_monitor_grace: Duration::from_secs(50),
            node_startup_grace: Duration::from_mins(1),
            node_eviction_rate: 0.1,
            secondary_node_eviction_rate: 0.01,
            large_cluster_size: 50,
            unhealthy_zone_threshold: 0.55,
            node_ranges: Vec::new(),
            max_endpoints_per_slice: 100,
            signing_duration: Duration::from_hours(8760),
            sign_token: None,
            sign: None,
            parse_request: None,
            certificate_end: |_| None,
            hmac_sha256: |_, _| [0; 32],
        }
    }
}
