//! Which addresses of a CIDR services may have, and in which order they are tried.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use pintle_machinery::ip::Cidr;

/// The addresses of a ServiceCIDR that can be given out
/// (`registry/core/service/ipallocator.Allocator`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subnet {
    cidr: Cidr,
    first: u128,
    last: u128,
    /// Addresses at the lower end that are for static use first.
    offset: u128,
}

impl Subnet {
    /// A subnet; `None` for IPv6 prefixes shorter than 64 bits.
    pub(super) fn new(cidr: Cidr) -> Option<Self> {
        let cidr = cidr.network();
        let bits: u32 = if cidr.ip.is_ipv4() { 32 } else { 128 };
        if bits == 128 && cidr.prefix < 64 {
            return None;
        }
        let base = number(cidr.ip);
        let size = 1_u128 << (bits - u32::from(cidr.prefix));
        let broadcast = u128::from(bits == 32);
        let last = (base + size - 1).saturating_sub(broadcast);
        Some(Self { cidr, first: base + 1, last, offset: offset_of(size) })
    }

    /// The network's address.
    pub(super) fn network(&self) -> IpAddr {
        self.cidr.ip
    }

    /// The CIDR has the address, be it one that can be given out or not.
    pub(super) fn contains(&self, ip: IpAddr) -> bool {
        self.cidr.contains(ip)
    }

    /// The address can be given out.
    pub(super) fn offers(&self, ip: IpAddr) -> bool {
        ip.is_ipv4() == self.cidr.ip.is_ipv4() && (self.first..=self.last).contains(&number(ip))
    }

    /// Every address in the order of trying: from a random one on through the upper part, then
    /// through the lower. `pick` chooses a number below its argument.
    pub(super) fn candidates(
        &self,
        mut pick: impl FnMut(u64) -> u64,
    ) -> impl Iterator<Item = IpAddr> {
        let v4 = self.cidr.ip.is_ipv4();
        let middle = self.first + self.offset;
        let size = (self.last + 1).saturating_sub(self.first);
        let upper = size.saturating_sub(self.offset);
        let lower = size.min(self.offset);
        let mut start = |length: u128| match u64::try_from(length).unwrap_or(u64::MAX) {
            0 => 0,
            length => u128::from(pick(length)),
        };
        let (at_upper, at_lower) = (start(upper), start(lower));
        let first = self.first;
        let above = (0..upper).map(move |step| middle + (at_upper + step) % upper);
        let below = (0..lower).map(move |step| first + (at_lower + step) % lower);
        above.chain(below).map(move |number| address(number, v4))
    }
}

impl std::fmt::Display for Subnet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cidr.fmt(f)
    }
}

/// `ipallocator.calculateRangeOffset`.
fn offset_of(size: u128) -> u128 {
    if size <= 16 { 0 } else { (size / 16).clamp(16, 256) }
}

fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u128::from(u32::from(ip)),
        IpAddr::V6(ip) => u128::from(ip),
    }
}

fn address(number: u128, v4: bool) -> IpAddr {
    if v4 { Ipv4Addr::from(number as u32).into() } else { Ipv6Addr::from(number).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subnet(text: &str) -> Subnet {
        Cidr::parse_sloppy(text).and_then(Subnet::new).expect("a CIDR of services")
    }

    #[track_caller]
    fn check(cidr: &str, offered: &[&str], refused: &[&str]) {
        let subnet = subnet(cidr);
        for ip in offered {
            assert!(subnet.offers(ip.parse().expect("an address")), "{ip} in {cidr}");
        }
        for ip in refused {
            assert!(!subnet.offers(ip.parse().expect("an address")), "{ip} in {cidr}");
        }
    }

    #[test]
    fn network_and_broadcast_addresses_are_not_given_out() {
        check(
            "10.96.0.0/12",
            &["10.96.0.1", "10.111.255.254"],
            &["10.96.0.0", "10.111.255.255", "10.95.0.1", "fd00::1"],
        );
        check("fd00::/112", &["fd00::1", "fd00::ffff"], &["fd00::", "fd00::1:0"]);
    }

    #[test]
    fn the_lower_band_comes_last() {
        let tried: Vec<String> = subnet("10.0.0.0/27")
            .candidates(|length| length - 1)
            .map(|ip| ip.to_string())
            .collect();
        assert_eq!(tried.len(), 30);
        assert_eq!(&tried[..2], ["10.0.0.30", "10.0.0.17"]);
        assert_eq!(&tried[14..16], ["10.0.0.16", "10.0.0.1"]);
    }

    #[test]
    fn a_small_network_has_no_bands() {
        let tried: Vec<String> =
            subnet("10.0.0.0/30").candidates(|_| 0).map(|ip| ip.to_string()).collect();
        assert_eq!(tried, ["10.0.0.1", "10.0.0.2"]);
    }

    #[test]
    fn huge_networks_start_anywhere() {
        let first = subnet("fd00::/64").candidates(|_| 5).next();
        assert_eq!(first, "fd00::106".parse().ok());
        assert_eq!(Cidr::parse_sloppy("fd00::/48").and_then(Subnet::new), None);
    }
}
