//! IP addresses and CIDRs: upstream's lenient parsing, its strict validation, its warnings
//! (`util/validation`'s `ip.go`, `k8s.io/utils/net`).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::field::Errors;
use crate::json::quote;

/// Parses an address as Go did before 1.17, leading zeros and all (`netutils.ParseIPSloppy`).
///
/// An IPv4-mapped IPv6 address is returned as IPv4, which is how Go's `net.IP` prints and compares
/// it.
pub fn parse_sloppy(text: &str) -> Option<IpAddr> {
    match text.bytes().find(|byte| matches!(byte, b'.' | b':'))? {
        b'.' => parse_v4(text).map(IpAddr::V4),
        _ => parse_v6(text).map(|ip| IpAddr::V6(ip).to_canonical()),
    }
}

fn parse_v4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = part.trim_start_matches('0');
        *octet = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

fn parse_v6(text: &str) -> Option<Ipv6Addr> {
    let (head, tail) = match text.split_once("::") {
        Some((head, tail)) => (head, Some(tail)),
        None => (text, None),
    };
    let head_groups = groups(head, tail.is_none())?;
    let Some(tail) = tail else {
        return <[u16; 8]>::try_from(head_groups).ok().map(Ipv6Addr::from);
    };
    let tail_groups = groups(tail, true)?;
    let gap = 8_usize.checked_sub(head_groups.len() + tail_groups.len()).filter(|gap| *gap > 0)?;
    let mut all = head_groups;
    all.extend(std::iter::repeat_n(0, gap));
    all.extend(tail_groups);
    <[u16; 8]>::try_from(all).ok().map(Ipv6Addr::from)
}

/// The groups between colons; the last one may be an IPv4 address.
fn groups(text: &str, last: bool) -> Option<Vec<u16>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let parts: Vec<&str> = text.split(':').collect();
    let mut groups = Vec::with_capacity(8);
    for (i, part) in parts.iter().enumerate() {
        if last && i + 1 == parts.len() && part.contains('.') {
            let [a, b, c, d] = parse_v4(part)?.octets();
            groups.extend([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
            continue;
        }
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let digits = part.trim_start_matches('0');
        groups.push(if digits.is_empty() { 0 } else { u16::from_str_radix(digits, 16).ok()? });
    }
    (groups.len() <= 8).then_some(groups)
}

/// An address and the length of its prefix, as `netutils.ParseCIDRSloppy` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    /// The address as written; IPv4-mapped IPv6 stays IPv6.
    pub ip: IpAddr,
    /// Bits of the prefix.
    pub prefix: u8,
}

impl Cidr {
    /// Parses a CIDR, leading zeros and all.
    pub fn parse_sloppy(text: &str) -> Option<Cidr> {
        let (address, prefix) = text.split_once('/')?;
        let ip = match parse_v4(address) {
            Some(ip) => IpAddr::V4(ip),
            None => IpAddr::V6(parse_v6(address)?),
        };
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = prefix.trim_start_matches('0');
        let prefix: u8 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        (prefix <= bits(ip)).then_some(Cidr { ip, prefix })
    }

    /// The network: the address without the bits beyond the prefix, IPv4-mapped ones as IPv4.
    pub fn network(&self) -> Cidr {
        let ip = masked(self.ip, self.prefix);
        match ip.to_canonical() {
            IpAddr::V4(v4) if ip.is_ipv6() => {
                Cidr { ip: IpAddr::V4(v4), prefix: self.prefix.saturating_sub(96) }
            }
            _ => Cidr { ip, prefix: self.prefix },
        }
    }

    /// True if the address is in the network.
    pub fn contains(&self, ip: IpAddr) -> bool {
        let network = self.network();
        let ip = ip.to_canonical();
        ip.is_ipv4() == network.ip.is_ipv4() && masked(ip, network.prefix) == network.ip
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.ip, self.prefix)
    }
}

fn bits(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

fn masked(ip: IpAddr, prefix: u8) -> IpAddr {
    match ip {
        IpAddr::V4(ip) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from(u32::from(ip) & mask))
        }
        IpAddr::V6(ip) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from(u128::from(ip) & mask))
        }
    }
}

fn is_mapped(ip: IpAddr) -> bool {
    ip.is_ipv6() && ip.to_canonical().is_ipv4()
}

/// `netip.ParsePrefix`, without its zones, which the lenient parse refuses before.
fn parse_prefix(text: &str) -> Option<Cidr> {
    let (address, prefix) = text.split_once('/')?;
    if prefix.len() > 1 && prefix.starts_with('0') {
        return None;
    }
    let ip = address.parse().ok()?;
    Some(Cidr { ip, prefix: prefix.parse().ok()? })
}

fn strict_ip(errors: &mut Errors, path: &impl fmt::Display, value: &str) -> Option<IpAddr> {
    let Some(ip) = parse_sloppy(value) else {
        let detail = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
        errors.invalid(path, value, detail);
        return None;
    };
    match value.parse::<IpAddr>() {
        Err(_) => errors.invalid(path, value, "must not have leading 0s"),
        Ok(ip) if is_mapped(ip) => {
            errors.invalid(path, value, "must not be an IPv4-mapped IPv6 address");
        }
        Ok(_) => return Some(ip),
    }
    None
}

/// `IsValidIP`: strict and canonical, for new fields.
pub fn validate_ip(errors: &mut Errors, path: impl fmt::Display, value: &str) {
    if let Some(ip) = strict_ip(errors, &path, value)
        && ip.to_string() != value
    {
        let detail = format!("must be in canonical form ({})", quote(&ip.to_string()));
        errors.invalid(path, value, detail);
    }
}

/// `IsValidIPForLegacyField` with strict validation, on by default since 1.36: not canonical is
/// fine, and so is what the old object had.
pub fn validate_legacy_ip(
    errors: &mut Errors,
    path: impl fmt::Display,
    value: &str,
    old_values: &[&str],
) {
    if !old_values.contains(&value) {
        strict_ip(errors, &path, value);
    }
}

/// `GetWarningsForIP`, for a value that was validated as a legacy field.
pub fn ip_warning(path: impl fmt::Display, value: &str) -> Option<String> {
    let sloppy = parse_sloppy(value)?;
    let value_quoted = quote(value);
    match value.parse::<IpAddr>().ok().filter(|ip| !is_mapped(*ip)) {
        None => Some(format!(
            "{path}: non-standard IP address {value_quoted} is invalid: use {}",
            quote(&sloppy.to_string())
        )),
        Some(ip) if ip.is_ipv6() && ip.to_string() != value => Some(format!(
            "{path}: IPv6 address {value_quoted} should be in RFC 5952 canonical format ({})",
            quote(&ip.to_string())
        )),
        Some(_) => None,
    }
}

fn strict_cidr(errors: &mut Errors, path: &impl fmt::Display, value: &str) -> Option<Cidr> {
    let Some(cidr) = Cidr::parse_sloppy(value) else {
        let detail = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        errors.invalid(path, value, detail);
        return None;
    };
    let detail = match parse_prefix(value) {
        None => "must not have leading 0s in IP or prefix length",
        Some(cidr) if is_mapped(cidr.ip) => "must not have an IPv4-mapped IPv6 address",
        Some(cidr) if masked(cidr.ip, cidr.prefix) != cidr.ip => {
            "must not have bits set beyond the prefix length"
        }
        Some(_) => return Some(cidr),
    };
    errors.invalid(path, value, detail);
    None
}

/// `IsValidCIDR`: strict and canonical, for new fields.
pub fn validate_cidr(errors: &mut Errors, path: impl fmt::Display, value: &str) {
    if let Some(cidr) = strict_cidr(errors, &path, value) {
        let network = cidr.network().to_string();
        if network != value {
            let detail = format!("must be in canonical form ({})", quote(&network));
            errors.invalid(path, value, detail);
        }
    }
}

/// `IsValidCIDRForLegacyField` with strict validation.
pub fn validate_legacy_cidr(
    errors: &mut Errors,
    path: impl fmt::Display,
    value: &str,
    old_values: &[&str],
) {
    if !old_values.contains(&value) {
        strict_cidr(errors, &path, value);
    }
}

/// `GetWarningsForCIDR`, for a value that was validated as a legacy field.
pub fn cidr_warnings(path: impl fmt::Display, value: &str) -> Vec<String> {
    let mut warnings = Vec::new();
    let Some(cidr) = Cidr::parse_sloppy(value) else { return warnings };
    let (network, value_quoted) = (cidr.network(), quote(value));
    if masked(cidr.ip, cidr.prefix) != cidr.ip {
        let single = format!("{}/{}", cidr.ip.to_canonical(), bits(cidr.ip));
        warnings.push(format!(
            "{path}: CIDR value {value_quoted} is ambiguous in this context (should be {} or {}?)",
            quote(&network.to_string()),
            quote(&single)
        ));
    }
    match parse_prefix(value).filter(|cidr| !is_mapped(cidr.ip)) {
        None => warnings.push(format!(
            "{path}: non-standard CIDR value {value_quoted} is invalid: use {}",
            quote(&network.to_string())
        )),
        Some(cidr) if warnings.is_empty() && cidr.ip.is_ipv6() && cidr.to_string() != value => {
            warnings.push(format!(
                "{path}: IPv6 CIDR value {value_quoted} should be in RFC 5952 canonical format ({})",
                quote(&cidr.to_string())
            ));
        }
        Some(_) => {}
    }
    warnings
}

/// `IsValidInterfaceAddress`: an address with the length of its subnet.
pub fn validate_interface_address(errors: &mut Errors, path: impl fmt::Display, value: &str) {
    let Some(cidr) = Cidr::parse_sloppy(value) else {
        let detail = "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)";
        errors.invalid(path, value, detail);
        return;
    };
    let ip = cidr.ip.to_canonical();
    // A prefix shorter than the mapping's becomes negative, as upstream's does.
    let mapped = ip.is_ipv4() && cidr.prefix > 32;
    let prefix = i16::from(cidr.prefix) - if mapped { 96 } else { 0 };
    let canonical = format!("{ip}/{prefix}");
    if canonical != value {
        errors.invalid(path, value, format!("must be in canonical form ({})", quote(&canonical)));
    }
}

#[cfg(test)]
mod tests;
