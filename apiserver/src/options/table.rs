//! The flags of kube-apiserver: upstream's names, types and defaults, and what this build makes of
//! each.

use std::borrow::Cow;

use pintle_machinery::flags::{Custom, Flag, Type};

/// What this build makes of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    /// It does what it says.
    Used,
    /// It tunes something that works differently here; any value will do.
    Harmless,
    /// It asks for something that is not there yet: any value but the default is refused.
    Later,
}

static PORT_RANGE: Custom =
    Custom { type_name: "portRange", no_value: "", check: super::values::check_port_range };
static VERSION: Custom =
    Custom { type_name: "version[=true]", no_value: "true", check: |_| Ok(()) };

/// Name, shorthand, type, default, section, support, usage.
type Row = (&'static str, &'static str, Type, &'static str, &'static str, Support, &'static str);

/// The table as flags.
pub(super) fn flags() -> impl Iterator<Item = Flag> {
    ROWS.iter().map(|(name, shorthand, ty, default, section, _, usage)| Flag {
        name,
        shorthand,
        ty: *ty,
        default: Cow::Borrowed(default),
        usage: Cow::Borrowed(usage),
        section,
        deprecated: if *name == "admission-control" {
            "Use --enable-admission-plugins or --disable-admission-plugins instead. Will be \
             removed in a future version."
        } else {
            ""
        },
        ..Flag::NONE
    })
}

/// What this build makes of a flag.
pub(super) fn support(name: &str) -> Support {
    ROWS.iter().find(|row| row.0 == name).map_or(Support::Used, |row| row.5)
}

use Support::{Harmless, Later, Used};
use Type::{
    Bool, ConfigurationMap, Custom as Checked, Duration, Float32, Float64, Int, Int32Slice, Ip,
    Level, MapStringString, Multimap, NamedCertKeys, String, StringArray, StringToString, Strings,
};

#[rustfmt::skip]
static ROWS: &[Row] = &[
    ("advertise-address", "", Ip, "", "generic", Used, "The address that members of the cluster reach this server at."),
    ("cors-allowed-origins", "", Strings, "", "generic", Later, "Not available in this build; must keep its default."),
    ("emulated-version", "", Strings, "", "generic", Used, "Version to behave as."),
    ("emulation-forward-compatible", "", Bool, "", "generic", Harmless, "Accepted for compatibility; has no effect."),
    ("external-hostname", "", String, "", "generic", Used, "Host name in the links that this server gives out."),
    ("feature-gates", "", Multimap, "", "generic", Used, "Features to turn on or off."),
    ("goaway-chance", "", Float64, "", "generic", Used, "Chance that a request ends its HTTP/2 connection, at most 0.02, so that clients spread over several servers."),
    ("livez-grace-period", "", Duration, "", "generic", Used, "How long /livez takes a hook for finished that has yet to finish."),
    ("max-mutating-requests-inflight", "", Int, "200", "generic", Used, "Changing requests served at once; 0 for no limit."),
    ("max-requests-inflight", "", Int, "400", "generic", Used, "Reading requests served at once; 0 for no limit."),
    ("min-compatibility-version", "", Strings, "", "generic", Used, "Oldest version to be compatible with."),
    ("min-request-timeout", "", Int, "1800", "generic", Used, "Seconds that a watch lasts at least; it ends at a random moment up to twice as late."),
    ("request-timeout", "", Duration, "1m0s", "generic", Used, "How long a request may take unless it is open-ended."),
    ("runtime-config-emulation-forward-compatible", "", Bool, "", "generic", Harmless, "Accepted for compatibility; has no effect."),
    ("shutdown-delay-duration", "", Duration, "", "generic", Used, "How long the server goes on serving, but is not ready, after it was told to stop."),
    ("shutdown-send-retry-after", "", Bool, "", "generic", Later, "Not available in this build; must keep its default."),
    ("shutdown-watch-termination-grace-period", "", Duration, "", "generic", Harmless, "Accepted for compatibility; has no effect."),
    ("storage-initialization-timeout", "", Duration, "1m0s", "generic", Harmless, "Accepted for compatibility; has no effect."),
    ("strict-transport-security-directives", "", Strings, "", "generic", Later, "Not available in this build; must keep its default."),
    ("delete-collection-workers", "", Int, "1", "etcd", Used, "How many objects of a collection are deleted at a time."),
    ("enable-garbage-collector", "", Bool, "true", "etcd", Used, "Let deletions wait for the garbage collector; kube-controller-manager has to be told the same."),
    ("encryption-provider-config", "", String, "", "etcd", Later, "Not available in this build; must keep its default."),
    ("encryption-provider-config-automatic-reload", "", Bool, "", "etcd", Later, "Not available in this build; must keep its default."),
    ("etcd-cafile", "", String, "", "etcd", Used, "Authorities of etcd's certificates."),
    ("etcd-certfile", "", String, "", "etcd", Used, "Certificate that the server shows to etcd."),
    ("etcd-compaction-interval", "", Duration, "5m0s", "etcd", Used, "How often history is compacted; 0 for never."),
    ("etcd-count-metric-poll-period", "", Duration, "1m0s", "etcd", Used, "Whether the objects of each resource are counted, which is done at each look at the metrics: 0 for not."),
    ("etcd-db-metric-poll-interval", "", Duration, "30s", "etcd", Used, "How often the size of etcd's database is asked for; 0 for never."),
    ("etcd-healthcheck-timeout", "", Duration, "2s", "etcd", Used, "How long etcd may take to answer the check etcd."),
    ("etcd-keyfile", "", String, "", "etcd", Used, "Key of --etcd-certfile."),
    ("etcd-prefix", "", String, "/registry", "etcd", Used, "What all keys in the store begin with."),
    ("etcd-readycheck-timeout", "", Duration, "2s", "etcd", Used, "How long etcd may take to answer the check etcd-readiness."),
    ("etcd-servers", "", Strings, "", "etcd", Used, "Addresses of the etcd that holds the cluster: URLs, or host and port."),
    ("etcd-servers-overrides", "", Strings, "", "etcd", Used, "Resources that are in an etcd of their own: group/resource#server;server,..."),
    ("lease-reuse-duration-seconds", "", Int, "60", "etcd", Used, "Seconds for which a lease is used for new objects that expire."),
    ("storage-backend", "", String, "", "etcd", Used, "What holds the cluster; only etcd3."),
    ("storage-media-type", "", String, "application/vnd.kubernetes.protobuf", "etcd", Used, "Form in which objects are stored: application/vnd.kubernetes.protobuf or application/json."),
    ("watch-cache", "", Bool, "true", "etcd", Harmless, "Accepted for compatibility; has no effect."),
    ("watch-cache-sizes", "", Strings, "", "etcd", Harmless, "Accepted for compatibility; has no effect."),
    ("embedded-store-dir", "", String, "", "etcd", Used, "Folder of the store inside this process; takes the place of --etcd-servers."),
    ("embedded-store-quota-bytes", "", Int, "0", "etcd", Used, "Size at which the store inside this process refuses to grow, as etcd does at --quota-backend-bytes: 0 for 2 GiB, less for no limit."),
    ("bind-address", "", Ip, "0.0.0.0", "secure serving", Used, "The address to listen on."),
    ("cert-dir", "", String, "/var/run/kubernetes", "secure serving", Used, "Folder of the serving certificate when no files are named."),
    ("disable-http2-serving", "", Bool, "", "secure serving", Used, "Serve HTTP/1.1 only."),
    ("http2-max-streams-per-connection", "", Int, "", "secure serving", Used, "Streams that a client may open on one HTTP/2 connection; 0 for the default of 100."),
    ("permit-address-sharing", "", Bool, "", "secure serving", Harmless, "Accepted for compatibility; has no effect."),
    ("permit-port-sharing", "", Bool, "", "secure serving", Used, "Let several processes listen on the port."),
    ("secure-port", "", Int, "6443", "secure serving", Used, "The port to listen on."),
    ("tls-cert-file", "", String, "", "secure serving", Used, "The serving certificate with its intermediates."),
    ("tls-cipher-suites", "", Strings, "", "secure serving", Later, "Not available in this build; must keep its default."),
    ("tls-curve-preferences", "", Int32Slice, "[]", "secure serving", Later, "Not available in this build; must keep its default."),
    ("tls-min-version", "", String, "", "secure serving", Later, "Not available in this build; must keep its default."),
    ("tls-private-key-file", "", String, "", "secure serving", Used, "The key of --tls-cert-file."),
    ("tls-sni-cert-key", "", NamedCertKeys, "[]", "secure serving", Later, "Not available in this build; must keep its default."),
    ("audit-log-batch-buffer-size", "", Int, "10000", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-batch-max-size", "", Int, "1", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-batch-max-wait", "", Duration, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-batch-throttle-burst", "", Int, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-batch-throttle-enable", "", Bool, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-batch-throttle-qps", "", Float32, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-compress", "", Bool, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-format", "", String, "json", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-maxage", "", Int, "366", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-maxbackup", "", Int, "100", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-maxsize", "", Int, "100", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-mode", "", String, "blocking", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-path", "", String, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-truncate-enabled", "", Bool, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-truncate-max-batch-size", "", Int, "10485760", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-truncate-max-event-size", "", Int, "102400", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-log-version", "", String, "audit.k8s.io/v1", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-policy-file", "", String, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-batch-buffer-size", "", Int, "10000", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-batch-max-size", "", Int, "400", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-batch-max-wait", "", Duration, "30s", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-batch-throttle-burst", "", Int, "15", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-batch-throttle-enable", "", Bool, "true", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-batch-throttle-qps", "", Float32, "10", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-config-file", "", String, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-initial-backoff", "", Duration, "10s", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-mode", "", String, "batch", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-truncate-enabled", "", Bool, "", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-truncate-max-batch-size", "", Int, "10485760", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-truncate-max-event-size", "", Int, "102400", "auditing", Later, "Not available in this build; must keep its default."),
    ("audit-webhook-version", "", String, "audit.k8s.io/v1", "auditing", Later, "Not available in this build; must keep its default."),
    ("contention-profiling", "", Bool, "", "features", Harmless, "Accepted for compatibility; has no effect."),
    ("debug-socket-path", "", String, "", "features", Later, "Not available in this build; must keep its default."),
    ("enable-priority-and-fairness", "", Bool, "true", "features", Used, "Let requests over the limits wait for their turn."),
    ("profiling", "", Bool, "true", "features", Harmless, "Accepted for compatibility; has no effect."),
    ("anonymous-auth", "", Bool, "true", "authentication", Used, "Let requests without credentials in as system:anonymous."),
    ("api-audiences", "", Strings, "", "authentication", Used, "Audiences by which this server is known; the first issuer by default."),
    ("authentication-config", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("authentication-token-webhook-cache-ttl", "", Duration, "2m0s", "authentication", Later, "Not available in this build; must keep its default."),
    ("authentication-token-webhook-config-file", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("authentication-token-webhook-version", "", String, "v1beta1", "authentication", Later, "Not available in this build; must keep its default."),
    ("client-ca-file", "", String, "", "authentication", Used, "Authorities of client certificates."),
    ("enable-bootstrap-token-auth", "", Bool, "", "authentication", Used, "Let nodes in that present a bootstrap token."),
    ("oidc-ca-file", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-client-id", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-groups-claim", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-groups-prefix", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-issuer-url", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-required-claim", "", MapStringString, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-signing-algs", "", Strings, "[RS256]", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-username-claim", "", String, "sub", "authentication", Later, "Not available in this build; must keep its default."),
    ("oidc-username-prefix", "", String, "", "authentication", Later, "Not available in this build; must keep its default."),
    ("requestheader-allowed-names", "", Strings, "", "authentication", Used, "Common names of front proxies; empty for any that their authority signed."),
    ("requestheader-client-ca-file", "", String, "", "authentication", Used, "Authorities of front proxies."),
    ("requestheader-extra-headers-prefix", "", Strings, "", "authentication", Used, "Prefixes of headers with further facts about the user."),
    ("requestheader-group-headers", "", Strings, "", "authentication", Used, "Headers with the groups of the user."),
    ("requestheader-uid-headers", "", Strings, "", "authentication", Used, "Headers with the UID of the user."),
    ("requestheader-username-headers", "", Strings, "", "authentication", Used, "Headers with the name of the user."),
    ("service-account-extend-token-expiration", "", Bool, "true", "authentication", Used, "Let tokens of pods live longer than asked for, and note their late use."),
    ("service-account-issuer", "", StringArray, "", "authentication", Used, "Issuer of service account tokens; the first one signs, all are accepted."),
    ("service-account-jwks-uri", "", String, "", "authentication", Used, "Where the discovery document says that the keys are."),
    ("service-account-key-file", "", StringArray, "", "authentication", Used, "Files with keys that verify service account tokens."),
    ("service-account-lookup", "", Bool, "true", "authentication", Used, "Look up the account and what the token is bound to."),
    ("service-account-max-token-expiration", "", Duration, "", "authentication", Used, "The longest life of a token."),
    ("token-auth-file", "", String, "", "authentication", Used, "CSV file with static tokens."),
    ("authorization-config", "", String, "", "authorization", Later, "Not available in this build; must keep its default."),
    ("authorization-mode", "", Strings, "", "authorization", Used, "Authorizers in the order in which they are asked: AlwaysAllow, AlwaysDeny, Node, RBAC."),
    ("authorization-policy-file", "", String, "", "authorization", Later, "Not available in this build; must keep its default."),
    ("authorization-webhook-cache-authorized-ttl", "", Duration, "5m0s", "authorization", Later, "Not available in this build; must keep its default."),
    ("authorization-webhook-cache-unauthorized-ttl", "", Duration, "30s", "authorization", Later, "Not available in this build; must keep its default."),
    ("authorization-webhook-config-file", "", String, "", "authorization", Later, "Not available in this build; must keep its default."),
    ("authorization-webhook-version", "", String, "v1beta1", "authorization", Later, "Not available in this build; must keep its default."),
    ("runtime-config", "", ConfigurationMap, "", "api enablement", Used, "API groups and versions to turn on or off."),
    ("egress-selector-config-file", "", String, "", "egress selector", Later, "Not available in this build; must keep its default."),
    ("admission-control", "", Strings, "", "admission", Used, "Deprecated: use --enable-admission-plugins and --disable-admission-plugins."),
    ("admission-control-config-file", "", String, "", "admission", Later, "Not available in this build; must keep its default."),
    ("default-not-ready-toleration-seconds", "", Int, "300", "admission", Used, "Seconds that pods tolerate not-ready:NoExecute unless they say otherwise."),
    ("default-unreachable-toleration-seconds", "", Int, "300", "admission", Used, "Seconds that pods tolerate unreachable:NoExecute unless they say otherwise."),
    ("disable-admission-plugins", "", Strings, "", "admission", Used, "Default admission plugins to turn off."),
    ("enable-admission-plugins", "", Strings, "", "admission", Used, "Admission plugins to turn on besides the default ones."),
    ("allow-metric-labels", "", StringToString, "[]", "metrics", Harmless, "Accepted for compatibility; has no effect."),
    ("allow-metric-labels-manifest", "", String, "", "metrics", Harmless, "Accepted for compatibility; has no effect."),
    ("disabled-metrics", "", Strings, "", "metrics", Harmless, "Accepted for compatibility; has no effect."),
    ("show-hidden-metrics-for-version", "", String, "", "metrics", Harmless, "Accepted for compatibility; has no effect."),
    ("log-flush-frequency", "", Duration, "5s", "logs", Harmless, "Accepted for compatibility; has no effect."),
    ("log-json-info-buffer-size", "", String, "", "logs", Harmless, "Accepted for compatibility; has no effect."),
    ("log-json-split-stream", "", Bool, "", "logs", Harmless, "Accepted for compatibility; has no effect."),
    ("log-text-info-buffer-size", "", String, "", "logs", Harmless, "Accepted for compatibility; has no effect."),
    ("log-text-split-stream", "", Bool, "", "logs", Harmless, "Accepted for compatibility; has no effect."),
    ("logging-format", "", String, "text", "logs", Used, "Form of the log: text or json."),
    ("v", "v", Level, "0", "logs", Used, "How much is logged."),
    ("vmodule", "", String, "", "logs", Used, "How much is logged per source file: pattern=N,..."),
    ("tracing-config-file", "", String, "", "traces", Later, "Not available in this build; must keep its default."),
    ("aggregator-reject-forwarding-redirect", "", Bool, "true", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("allow-privileged", "", Bool, "", "misc", Used, "Allow privileged containers."),
    ("coordinated-leadership-lease-duration", "", Duration, "15s", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("coordinated-leadership-renew-deadline", "", Duration, "10s", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("coordinated-leadership-retry-period", "", Duration, "2s", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("enable-aggregator-routing", "", Bool, "", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("enable-logs-handler", "", Bool, "", "misc", Later, "Not available in this build; must keep its default."),
    ("endpoint-reconciler-type", "", String, "lease", "misc", Used, "How the endpoints of the kubernetes service are kept: lease, master-count or none."),
    ("event-ttl", "", Duration, "1h0m0s", "misc", Used, "How long events are kept."),
    ("kubelet-certificate-authority", "", String, "", "misc", Used, "Authorities of kubelets' serving certificates."),
    ("kubelet-client-certificate", "", String, "", "misc", Used, "Certificate that the server shows to kubelets."),
    ("kubelet-client-key", "", String, "", "misc", Used, "Key of --kubelet-client-certificate."),
    ("kubelet-preferred-address-types", "", Strings, "[Hostname,InternalDNS,InternalIP,ExternalDNS,ExternalIP]", "misc", Used, "Which of a node's addresses to use, in order."),
    ("kubelet-timeout", "", Duration, "5s", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("kubernetes-service-node-port", "", Int, "", "misc", Later, "Not available in this build; must keep its default."),
    ("max-connection-bytes-per-sec", "", Int, "", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("peer-advertise-ip", "", String, "", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("peer-advertise-port", "", String, "", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("peer-ca-file", "", String, "", "misc", Later, "Not available in this build; must keep its default."),
    ("proxy-client-cert-file", "", String, "", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("proxy-client-key-file", "", String, "", "misc", Harmless, "Accepted for compatibility; has no effect."),
    ("service-account-signing-endpoint", "", String, "", "misc", Later, "Not available in this build; must keep its default."),
    ("service-account-signing-key-file", "", String, "", "misc", Used, "File with the key that signs service account tokens."),
    ("service-cluster-ip-range", "", String, "", "misc", Used, "Ranges of service addresses, one for each IP family."),
    ("service-node-port-range", "", Checked(&PORT_RANGE), "30000-32767", "misc", Used, "Ports for services of type NodePort."),
    ("help", "h", Bool, "", "global", Used, "Print this."),
    ("version", "", Checked(&VERSION), "", "global", Used, "Print the version, or the raw facts with --version=raw."),
];
