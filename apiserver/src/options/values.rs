//! Flag values that only this component knows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use pintle_machinery::flags::Parsed;
use pintle_machinery::json::quote;
use pintle_storage::{embedded, etcd};

use crate::storage::{self, Override};

const JSON: &str = "application/json";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
const YAML: &str = "application/yaml";

/// Where objects are stored.
pub(super) fn storage(parsed: &Parsed) -> storage::Config {
    let prefix = parsed.text("etcd-prefix").to_owned();
    let overrides = parsed.list("etcd-servers-overrides");
    let seconds = u64::try_from(parsed.int("lease-reuse-duration-seconds")).unwrap_or(0);
    storage::Config {
        directory: super::path(parsed, "embedded-store-dir"),
        quota_bytes: quota(parsed.int("embedded-store-quota-bytes")),
        etcd: etcd::Options {
            endpoints: parsed.list("etcd-servers").to_vec(),
            tls: etcd::TlsFiles {
                authority: super::path(parsed, "etcd-cafile"),
                certificate: super::path(parsed, "etcd-certfile"),
                key: super::path(parsed, "etcd-keyfile"),
            },
            prefix: prefix.clone(),
            ..etcd::Options::default()
        },
        overrides: overrides.iter().filter_map(|text| Override::parse(text).ok()).collect(),
        prefix,
        as_json: parsed.text("storage-media-type") == JSON,
        compaction_interval: parsed.duration("etcd-compaction-interval").to_std(),
        count_interval: parsed.duration("etcd-count-metric-poll-period").to_std(),
        size_interval: parsed.duration("etcd-db-metric-poll-interval").to_std(),
        healthcheck_timeout: parsed.duration("etcd-healthcheck-timeout").to_std(),
        readycheck_timeout: parsed.duration("etcd-readycheck-timeout").to_std(),
        event_ttl: parsed.duration("event-ttl").to_std(),
        lease_reuse: Duration::from_secs(seconds),
    }
}

/// etcd's reading of `--quota-backend-bytes` (`server/storage.NewBackendQuota`).
fn quota(bytes: i64) -> Option<u64> {
    match bytes {
        0 => Some(embedded::DEFAULT_QUOTA_BYTES),
        bytes => u64::try_from(bytes).ok(),
    }
}

/// `options.EtcdOptions.Validate`.
pub(super) fn storage_problems(parsed: &Parsed) -> Vec<String> {
    let mut found = Vec::new();
    if parsed.text("embedded-store-dir").is_empty() && parsed.list("etcd-servers").is_empty() {
        found.push("--etcd-servers must be specified".to_owned());
    }
    if !matches!(parsed.text("storage-backend"), "" | "etcd3") {
        found.push(
            "--storage-backend invalid, allowed values: etcd3. If not specified, it will default \
             to 'etcd3'"
                .to_owned(),
        );
    }
    let mut overrides = parsed.list("etcd-servers-overrides").iter();
    found.extend(overrides.find_map(|text| Override::parse(text).err()));
    match parsed.text("storage-media-type") {
        "" | JSON | PROTOBUF => {}
        YAML => found.push(format!("--storage-media-type {YAML} is not available in this build")),
        other => found.push(format!(
            "--storage-media-type {} invalid, allowed values: {JSON}, {PROTOBUF}, {YAML}",
            quote(other)
        )),
    }
    found
}

/// Says what is wrong with a port range (`apimachinery/pkg/util/net.PortRange.Set`).
pub(super) fn check_port_range(text: &str) -> Result<(), String> {
    port_range(text).map(|_| ())
}

/// First port and number of ports of `a-b`, `a+n` or `a`.
pub(super) fn port_range(text: &str) -> Result<(u16, u16), String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((0, 0));
    }
    let port = |part: &str| -> Result<u32, String> {
        part.parse::<u32>()
            .map_err(|_| format!("unable to parse port range: {text}: bad syntax for port: {part}"))
    };
    let (low, high) = if let Some((low, size)) = text.split_once('+') {
        let low = port(low)?;
        (low, (low + port(size)?).min(65535))
    } else if let Some((low, high)) = text.split_once('-') {
        (port(low)?, port(high)?)
    } else {
        let low = port(text)?;
        (low, low)
    };
    if low > 65535 || high > 65535 {
        return Err(format!("the port range cannot be greater than 65535: {text}"));
    }
    if high < low {
        return Err(format!("end port cannot be less than start port: {text}"));
    }
    Ok((low as u16, (high - low + 1).min(65535) as u16))
}

/// First usable address of a range in CIDR notation; `None` if it is malformed.
pub(super) fn first_address(range: &str) -> Option<IpAddr> {
    let (address, bits) = range.trim().split_once('/')?;
    let bits: u32 = bits.parse().ok()?;
    match address.parse().ok()? {
        IpAddr::V4(address) if bits <= 32 => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            let first = (u32::from(address) & mask).checked_add(1)?;
            Some(Ipv4Addr::from(first).into())
        }
        IpAddr::V6(address) if bits <= 128 => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            let first = (u128::from(address) & mask).checked_add(1)?;
            Some(Ipv6Addr::from(first).into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_ranges_come_in_three_forms() {
        assert_eq!(port_range("30000-32767"), Ok((30000, 2768)));
        assert_eq!(port_range("30000+9"), Ok((30000, 10)));
        assert_eq!(port_range("80"), Ok((80, 1)));
        assert!(port_range("9-8").is_err());
        assert!(port_range("1-70000").is_err());
    }

    #[test]
    fn the_first_service_address_follows_the_network() {
        assert_eq!(first_address("10.96.0.0/12"), Some(IpAddr::from([10, 96, 0, 1])));
        assert_eq!(first_address("fd00::/108"), "fd00::1".parse().ok());
        assert_eq!(first_address("10.96.0.0/33"), None);
    }
}
