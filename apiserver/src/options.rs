//! What the command line asks for.

mod enablement;
mod limits;
mod table;
mod values;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::time::Duration;

use pintle_component::{features, klog};
use pintle_engine::Enabled;
use pintle_machinery::flags::{Error as FlagError, FlagSet, Parsed};
use pintle_machinery::json::quote;

use self::table::Support;
use crate::authz::Mode;
use crate::{compression, storage};

const DESCRIPTION: &str = "Serves the Kubernetes API: checks, stores and hands out the objects of \
a cluster, and is the only part of it that touches the store.";

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// Serve.
    Serve(Box<Options>),
    /// Print this on standard output and end well.
    Print(String),
}

/// Why the command line is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The grammar.
    #[error(transparent)]
    Flag(#[from] FlagError),
    /// Arguments that are no flags.
    #[error("unknown command {0} for \"kube-apiserver\"")]
    Arguments(String),
}

/// The command line, checked.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen.
    pub bind: SocketAddr,
    /// Where clients are sent.
    pub advertise_address: IpAddr,
    /// Host name in links; empty for the advertised address.
    pub external_hostname: String,
    /// Several processes may listen on the port.
    pub share_port: bool,
    /// HTTP/2 is offered.
    pub http2: bool,
    /// Streams per HTTP/2 connection.
    pub max_streams: u32,
    /// Serving certificate.
    pub tls_certificate: PathBuf,
    /// Serving key.
    pub tls_key: PathBuf,
    /// The serving certificate was named, so it must be there.
    pub tls_named: bool,
    /// Where objects are stored.
    pub storage: storage::Config,
    /// How authentication goes.
    pub authentication: Authentication,
    /// Authorizers in order.
    pub authorization: Vec<Mode>,
    /// Admission plugins turned on.
    pub enabled_plugins: Vec<String>,
    /// Admission plugins turned off.
    pub disabled_plugins: Vec<String>,
    /// Ranges of service addresses.
    pub service_ranges: Vec<String>,
    /// First address of the first range.
    pub service_address: IpAddr,
    /// First node port and number of node ports.
    pub node_ports: (u16, u16),
    /// Endpoints of the kubernetes service are kept.
    pub reconcile_endpoints: bool,
    /// Limits.
    pub flow: crate::server::FlowLimits,
    /// How long a request may take.
    pub request_timeout: Duration,
    /// How long a watch lasts at least.
    pub min_request_timeout_seconds: u64,
    /// How long `/livez` spares hooks that have not finished.
    pub livez_grace: Duration,
    /// Objects of a collection that are deleted at a time.
    pub delete_collection_workers: usize,
    /// How long to serve after the stop was asked for.
    pub shutdown_delay: Duration,
    /// How kubelets are reached.
    pub kubelet: Kubelet,
    /// What is served.
    pub enabled: Enabled,
    /// All flags with their values.
    pub printed: BTreeMap<String, String>,
    /// Chance that a request makes its HTTP/2 connection end.
    pub goaway_chance: f64,
    /// `--enable-garbage-collector`.
    pub garbage_collection: bool,
    /// What is compressed, by `--feature-gates`.
    pub compression: compression::Gates,
    /// Seconds of the two default tolerations: not-ready and unreachable.
    pub toleration_seconds: (i64, i64),
    /// Logs.
    pub log: klog::Config,
    /// What to tell the user, such as that a flag is deprecated.
    pub notes: Vec<String>,
}

/// How authentication goes.
#[derive(Clone, Debug, Default)]
pub struct Authentication {
    /// Requests without credentials get in.
    pub anonymous: bool,
    /// Audiences.
    pub api_audiences: Vec<String>,
    /// Authorities of clients.
    pub client_authority: Option<PathBuf>,
    /// Bootstrap tokens get in.
    pub bootstrap_tokens: bool,
    /// Static tokens.
    pub token_file: Option<PathBuf>,
    /// Authorities of front proxies.
    pub proxy_authority: Option<PathBuf>,
    /// Common names of front proxies.
    pub proxy_names: Vec<String>,
    /// Headers with the user name.
    pub username_headers: Vec<String>,
    /// Headers with the UID.
    pub uid_headers: Vec<String>,
    /// Headers with groups.
    pub group_headers: Vec<String>,
    /// Prefixes of headers with extra facts.
    pub extra_prefixes: Vec<String>,
    /// Issuers.
    pub issuers: Vec<String>,
    /// Keys that verify.
    pub key_files: Vec<PathBuf>,
    /// Key that signs.
    pub signing_key: Option<PathBuf>,
    /// Longest life of a token in seconds; 0 for none.
    pub max_expiration_seconds: i64,
    /// Tokens of pods live longer than asked for.
    pub extend_expiration: bool,
    /// `jwks_uri`.
    pub jwks_uri: String,
}

/// How kubelets are reached.
#[derive(Clone, Debug, Default)]
pub struct Kubelet {
    /// Authorities of serving certificates; none: they are not checked.
    pub authority: Option<PathBuf>,
    /// Certificate shown to kubelets.
    pub certificate: Option<PathBuf>,
    /// Its key.
    pub key: Option<PathBuf>,
    /// Types of addresses, in order.
    pub address_types: Vec<String>,
}

impl Options {
    /// Reads a command line without the program's name.
    pub fn parse<S: AsRef<str>>(args: &[S]) -> Result<Command, Error> {
        let flags = FlagSet::new(table::flags());
        let parsed = match flags.parse(args) {
            Err(FlagError::Help) => return Ok(Command::Print(help(&flags))),
            other => other?,
        };
        if parsed.bool("help") {
            return Ok(Command::Print(help(&flags)));
        }
        if let Some(text) = version(parsed.text("version")) {
            return Ok(Command::Print(text));
        }
        if let Some(argument) = parsed.args.first() {
            return Err(Error::Arguments(quote(argument)));
        }
        Ok(Command::Serve(Box::new(Self::from(&flags, &parsed))))
    }

    /// Everything that is wrong with flags that parsed, or with their combination.
    pub fn problems<S: AsRef<str>>(args: &[S]) -> Vec<String> {
        let flags = FlagSet::new(table::flags());
        let Ok(parsed) = flags.parse(args) else { return Vec::new() };
        problems(&parsed)
    }

    fn from(flags: &FlagSet, parsed: &Parsed) -> Self {
        let address = parsed.ip("bind-address").unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let port = u16::try_from(parsed.int("secure-port")).unwrap_or_default();
        let folder = PathBuf::from(parsed.text("cert-dir"));
        let tls_named = parsed.changed("tls-cert-file");
        let named =
            |flag: &str, other: &str| path(parsed, flag).unwrap_or_else(|| folder.join(other));
        let streams = parsed.int("http2-max-streams-per-connection");
        let ranges: Vec<String> = parsed
            .text("service-cluster-ip-range")
            .split(',')
            .map(|range| range.trim().to_owned())
            .filter(|range| !range.is_empty())
            .collect();
        let ranges = if ranges.is_empty() { vec!["10.0.0.0/24".into()] } else { ranges };
        let modes = modes(parsed).unwrap_or_default();
        Self {
            bind: SocketAddr::new(address, port),
            advertise_address: advertise(parsed, address),
            external_hostname: parsed.text("external-hostname").into(),
            share_port: parsed.bool("permit-port-sharing"),
            http2: !parsed.bool("disable-http2-serving"),
            max_streams: u32::try_from(streams).ok().filter(|count| *count > 0).unwrap_or(100),
            tls_certificate: named("tls-cert-file", "apiserver.crt"),
            tls_key: named("tls-private-key-file", "apiserver.key"),
            tls_named,
            storage: values::storage(parsed),
            authentication: Authentication::from(parsed, &modes),
            authorization: modes,
            enabled_plugins: enabled(parsed),
            disabled_plugins: parsed.list("disable-admission-plugins").to_vec(),
            service_address: values::first_address(&ranges[0]).unwrap_or(address),
            service_ranges: ranges,
            node_ports: values::port_range(parsed.text("service-node-port-range"))
                .unwrap_or((30000, 2768)),
            reconcile_endpoints: parsed.text("endpoint-reconciler-type") != "none",
            flow: crate::server::FlowLimits {
                read: usize::try_from(parsed.int("max-requests-inflight")).unwrap_or(0),
                mutating: usize::try_from(parsed.int("max-mutating-requests-inflight"))
                    .unwrap_or(0),
                queue: parsed.bool("enable-priority-and-fairness"),
            },
            request_timeout: parsed.duration("request-timeout").to_std(),
            min_request_timeout_seconds: u64::try_from(parsed.int("min-request-timeout"))
                .unwrap_or(1800),
            livez_grace: parsed.duration("livez-grace-period").to_std(),
            delete_collection_workers: usize::try_from(parsed.int("delete-collection-workers"))
                .unwrap_or(1),
            shutdown_delay: parsed.duration("shutdown-delay-duration").to_std(),
            kubelet: Kubelet {
                authority: path(parsed, "kubelet-certificate-authority"),
                certificate: path(parsed, "kubelet-client-certificate"),
                key: path(parsed, "kubelet-client-key"),
                address_types: parsed.list("kubelet-preferred-address-types").to_vec(),
            },
            enabled: enablement::enabled(parsed.map("runtime-config")).unwrap_or_default(),
            printed: parsed.printed(flags),
            goaway_chance: parsed.float("goaway-chance"),
            garbage_collection: parsed.bool("enable-garbage-collector"),
            compression: compression::Gates {
                answers: gate(parsed, "APIResponseCompression"),
                watch_lists: gate(parsed, "WatchListCompression"),
            },
            toleration_seconds: (
                parsed.int("default-not-ready-toleration-seconds"),
                parsed.int("default-unreachable-toleration-seconds"),
            ),
            log: log(parsed),
            notes: parsed.notes.clone(),
        }
    }
}

impl Authentication {
    fn from(parsed: &Parsed, modes: &[Mode]) -> Self {
        let list = |flag: &str| parsed.list(flag).to_vec();
        let issuers = list("service-account-issuer");
        let audiences = list("api-audiences");
        let mut key_files: Vec<PathBuf> =
            parsed.list("service-account-key-file").iter().map(PathBuf::from).collect();
        if key_files.is_empty() {
            key_files.extend(path(parsed, "tls-private-key-file"));
        }
        let longest = parsed.duration("service-account-max-token-expiration").to_std();
        Self {
            anonymous: parsed.bool("anonymous-auth") && !modes.contains(&Mode::AlwaysAllow),
            api_audiences: if audiences.is_empty() {
                issuers.first().cloned().into_iter().collect()
            } else {
                audiences
            },
            client_authority: path(parsed, "client-ca-file"),
            bootstrap_tokens: parsed.bool("enable-bootstrap-token-auth"),
            token_file: path(parsed, "token-auth-file"),
            proxy_authority: path(parsed, "requestheader-client-ca-file"),
            proxy_names: list("requestheader-allowed-names"),
            username_headers: list("requestheader-username-headers"),
            uid_headers: list("requestheader-uid-headers"),
            group_headers: list("requestheader-group-headers"),
            extra_prefixes: list("requestheader-extra-headers-prefix"),
            issuers,
            key_files,
            signing_key: path(parsed, "service-account-signing-key-file"),
            max_expiration_seconds: i64::try_from(longest.as_secs()).unwrap_or(0),
            extend_expiration: parsed.bool("service-account-extend-token-expiration"),
            jwks_uri: parsed.text("service-account-jwks-uri").into(),
        }
    }
}

fn help(flags: &FlagSet) -> String {
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    flags.help(DESCRIPTION, "kube-apiserver [flags]", columns)
}

/// What `--version` prints; `None` if it was not asked for.
fn version(value: &str) -> Option<String> {
    match value {
        "" | "false" => None,
        "raw" => Some(format!("{:?}\n", pintle_component::version::RELEASE)),
        _ => Some(format!("Kubernetes {}\n", pintle_component::version::RELEASE)),
    }
}

fn path(parsed: &Parsed, flag: &str) -> Option<PathBuf> {
    let text = parsed.text(flag);
    (!text.is_empty()).then(|| text.into())
}

fn gate(parsed: &Parsed, name: &str) -> bool {
    features::is_on(parsed.multimap("feature-gates"), name)
}

fn enabled(parsed: &Parsed) -> Vec<String> {
    let mut names = parsed.list("enable-admission-plugins").to_vec();
    names.extend_from_slice(parsed.list("admission-control"));
    names
}

fn log(parsed: &Parsed) -> klog::Config {
    let modules = parsed.text("vmodule").split(',').filter_map(|pair| {
        let (pattern, level) = pair.split_once('=')?;
        Some((pattern.trim().to_owned(), level.trim().parse().ok()?))
    });
    klog::Config {
        format: if parsed.text("logging-format") == "json" {
            klog::Format::Json
        } else {
            klog::Format::Text
        },
        verbosity: u32::try_from(parsed.int("v")).unwrap_or(0),
        modules: modules.collect(),
    }
}

fn modes(parsed: &Parsed) -> Result<Vec<Mode>, String> {
    let given = parsed.list("authorization-mode");
    if given.is_empty() {
        return Ok(vec![Mode::AlwaysAllow]);
    }
    let mut modes = Vec::new();
    for name in given {
        let mode = match name.as_str() {
            "AlwaysAllow" => Mode::AlwaysAllow,
            "AlwaysDeny" => Mode::AlwaysDeny,
            "Node" => Mode::Node,
            "RBAC" => Mode::Rbac,
            "ABAC" | "Webhook" => {
                return Err(format!(
                    "authorization-mode {} is not available in this build",
                    quote(name)
                ));
            }
            _ => return Err(format!("authorization-mode {} is not a valid mode", quote(name))),
        };
        if modes.contains(&mode) {
            return Err(format!(
                "authorization-mode [{}] has mode specified more than once",
                given.iter().map(|name| quote(name)).collect::<Vec<_>>().join(" ")
            ));
        }
        modes.push(mode);
    }
    Ok(modes)
}

/// The given address, else the one that is bound, else that of the default route.
fn advertise(parsed: &Parsed, bound: IpAddr) -> IpAddr {
    if let Some(address) = parsed.ip("advertise-address").filter(|a| !a.is_unspecified()) {
        return address;
    }
    if !bound.is_unspecified() {
        return bound;
    }
    default_address().unwrap_or(bound)
}

/// Connecting a datagram socket sends nothing; it only picks the source address.
fn default_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}

/// `options.Validate`, as far as it goes here.
fn problems(parsed: &Parsed) -> Vec<String> {
    let mut found = Vec::new();
    for name in parsed.changed_flags() {
        if table::support(name) == Support::Later && *parsed.value(name) != default_of(name) {
            found.push(format!("--{name} asks for something that is not available in this build"));
        }
    }
    found.extend(limits::problems(parsed));
    found.extend(features::problems(parsed.multimap("feature-gates")));
    let flow_control = parsed.bool("enable-priority-and-fairness");
    found.extend(enablement::problems(parsed.map("runtime-config"), flow_control));
    let port = parsed.int("secure-port");
    if !(1..=65535).contains(&port) {
        found.push(format!(
            "--secure-port {port} must be between 1 and 65535, inclusive. It cannot be turned off with 0"
        ));
    }
    found.extend(values::storage_problems(parsed));
    if let Err(problem) = modes(parsed) {
        found.push(problem);
    }
    if parsed.list("service-account-issuer").is_empty()
        || parsed.text("service-account-signing-key-file").is_empty()
    {
        found.push(
            "--service-account-signing-key-file and --service-account-issuer are required flags"
                .into(),
        );
    }
    let longest = parsed.duration("service-account-max-token-expiration").to_std().as_secs();
    if longest != 0 && !(3600..=1 << 32).contains(&longest) {
        found.push(
            "the service-account-max-token-expiration must be between 1 hour and 2^32 seconds"
                .into(),
        );
    }
    for range in parsed.text("service-cluster-ip-range").split(',').filter(|r| !r.is_empty()) {
        if values::first_address(range).is_none() {
            found.push("specified --service-cluster-ip-range is not a valid IP range".into());
        }
    }
    let proxies = parsed.text("requestheader-client-ca-file");
    if !proxies.is_empty() && proxies == parsed.text("client-ca-file") {
        found.push(
            "--requestheader-client-ca-file and --client-ca-file must not be the same: every \
             client could then speak for any user"
                .into(),
        );
    }
    let kinds = ["lease", "master-count", "none"];
    let kind = parsed.text("endpoint-reconciler-type");
    if !kinds.contains(&kind) {
        found.push(format!("--endpoint-reconciler-type: unknown type {}", quote(kind)));
    }
    if found.is_empty() {
        found.extend(enablement::enabled(parsed.map("runtime-config")).err());
    }
    found
}

fn default_of(name: &str) -> pintle_machinery::flags::Value {
    let defaults = FlagSet::new(table::flags()).parse::<&str>(&[]);
    defaults
        .map_or(pintle_machinery::flags::Value::Bool(false), |parsed| parsed.value(name).clone())
}

#[cfg(test)]
mod tests;
