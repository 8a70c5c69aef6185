//! The cluster addresses of services: one IPAddress object for each.

use std::net::IpAddr;
use std::sync::Arc;

use pintle_engine::{Lookup, Status, Value, meta};
use pintle_machinery::ip::Cidr;
use pintle_machinery::time::Time;
use pintle_storage::{Compare, Op, Range, Txn};
use serde_json::json;

use super::subnet::Subnet;
use crate::registry::Registry;
use crate::rest::Rest;

const GROUP: &str = "networking.k8s.io";
/// Marks the addresses that the apiserver keeps (`ipallocator.ControllerName`).
const MANAGED_BY: &str = "ipallocator.k8s.io";

/// Why there is no address (`registry/core/service/ipallocator`).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum AddressError {
    /// Every address is taken.
    #[error("range is full")]
    Full,
    /// The address is taken.
    #[error("provided IP is already allocated")]
    Allocated,
    /// No ServiceCIDR that is ready has the address.
    #[error("the provided network does not match the current range")]
    OtherNetwork,
    /// No ServiceCIDR of the family is known.
    #[error("allocator not ready")]
    NotReady,
    /// The address is not one that is given out.
    #[error("the provided IP ({0}) is not in the valid range. The range of valid IPs is {1}")]
    NotInRange(IpAddr, String),
    /// The address could not be stored.
    #[error("{}", .0.message)]
    Refused(Box<Status>),
}

/// What an address is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner<'a> {
    /// Namespace of the service.
    pub(super) namespace: &'a str,
    /// Name of the service.
    pub(super) name: &'a str,
}

/// The subnets of one family, whether each is ready to give out (`ipallocator.MetaAllocator`).
fn subnets(lookup: &dyn Lookup, v4: bool) -> Vec<(Subnet, bool)> {
    let mut found: Vec<(Subnet, bool)> = Vec::new();
    for range in lookup.list(GROUP, "servicecidrs", "") {
        let ready = is_ready(&range) && meta::deletion_timestamp(&range).is_none();
        let cidrs = meta::strings(range.pointer("/spec/cidrs"));
        for subnet in cidrs.into_iter().filter_map(Cidr::parse_sloppy).filter_map(Subnet::new) {
            if subnet.network().is_ipv4() != v4 {
                continue;
            }
            match found.iter_mut().find(|(known, _)| *known == subnet) {
                Some((_, known)) => *known |= ready,
                None => found.push((subnet, ready)),
            }
        }
    }
    found
}

/// A range without the condition counts as ready (`ipallocator.isReady`).
fn is_ready(range: &Value) -> bool {
    let conditions = range.pointer("/status/conditions").and_then(Value::as_array);
    conditions
        .and_then(|conditions| conditions.iter().find(|condition| condition["type"] == "Ready"))
        .is_none_or(|ready| ready["status"] == "True")
}

/// Takes an address that was asked for.
pub(super) async fn allocate(
    rest: &Rest,
    owner: Owner<'_>,
    ip: IpAddr,
    dry_run: bool,
) -> Result<(), AddressError> {
    sync(rest).await?;
    let known = subnets(&*rest.registry, ip.is_ipv4());
    let subnet = if dry_run {
        known.first().ok_or(AddressError::NotReady)?.0
    } else {
        let ready = known.iter().find(|(subnet, ready)| *ready && subnet.contains(ip));
        ready.ok_or(AddressError::OtherNetwork)?.0
    };
    if !subnet.offers(ip) {
        return Err(AddressError::NotInRange(ip, subnet.to_string()));
    }
    if dry_run { Ok(()) } else { create(rest, owner, ip).await }
}

/// Takes any free address of a family.
pub(super) async fn allocate_next(
    rest: &Rest,
    owner: Owner<'_>,
    v4: bool,
    dry_run: bool,
) -> Result<IpAddr, AddressError> {
    sync(rest).await?;
    let known = subnets(&*rest.registry, v4);
    if dry_run {
        return known.first().map(|(subnet, _)| subnet.network()).ok_or(AddressError::NotReady);
    }
    for (subnet, _) in known.iter().filter(|(_, ready)| *ready) {
        for ip in subnet.candidates(|below| rand::random_range(0..below)) {
            if rest.registry.get(GROUP, "ipaddresses", "", &ip.to_string()).is_some() {
                continue;
            }
            match create(rest, owner, ip).await {
                Err(AddressError::Allocated) => {}
                done => return done.map(|()| ip),
            }
        }
    }
    Err(AddressError::Full)
}

async fn sync(rest: &Rest) -> Result<(), AddressError> {
    let caches = rest.registry.sync(&[(GROUP, "servicecidrs"), (GROUP, "ipaddresses")]);
    caches.await.map_err(|_| AddressError::NotReady)
}

/// Makes the object of an address that a stored service has, if it is missing.
pub(super) async fn restore(rest: &Rest, owner: Owner<'_>, ip: IpAddr) {
    if rest.registry.get(GROUP, "ipaddresses", "", &ip.to_string()).is_some() {
        return;
    }
    match create(rest, owner, ip).await {
        Ok(()) => tracing::warn!("the address {ip} of {owner:?} was not allocated; repairing"),
        Err(error) => tracing::error!("the address {ip} of {owner:?} is not allocated: {error}"),
    }
}

async fn create(rest: &Rest, owner: Owner<'_>, ip: IpAddr) -> Result<(), AddressError> {
    let now = Time::new(rest.now().div_euclid(1_000_000_000), 0).rfc3339();
    match rest.insert((GROUP, "ipaddresses"), address(owner, ip, &now)).await {
        Ok(_) => Ok(()),
        Err(status) if status.reason == "AlreadyExists" => Err(AddressError::Allocated),
        Err(status) => Err(AddressError::Refused(Box::new(status))),
    }
}

/// The object that says that an address is taken, as the apiserver writes it.
fn address(owner: Owner<'_>, ip: IpAddr, now: &str) -> Value {
    let parent = json!({"resource": "services", "namespace": owner.namespace, "name": owner.name});
    json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "IPAddress",
        "metadata": {
            "name": ip.to_string(),
            "labels": {
                "ipaddress.kubernetes.io/ip-family": if ip.is_ipv4() { "IPv4" } else { "IPv6" },
                "ipaddress.kubernetes.io/managed-by": MANAGED_BY,
            },
            "managedFields": [{
                "manager": "kube-apiserver",
                "operation": "Update",
                "apiVersion": "networking.k8s.io/v1",
                "time": now,
                "fieldsType": "FieldsV1",
                "fieldsV1": {
                    "f:metadata": {"f:labels": {
                        ".": {},
                        "f:ipaddress.kubernetes.io/ip-family": {},
                        "f:ipaddress.kubernetes.io/managed-by": {},
                    }},
                    "f:spec": {"f:parentRef": {
                        ".": {},
                        "f:name": {},
                        "f:namespace": {},
                        "f:resource": {},
                    }},
                },
            }],
        },
        "spec": {"parentRef": parent},
    })
}

/// Gives addresses back. What cannot be given back is left to the repair loop.
pub(super) async fn release(registry: Arc<Registry>, ips: Vec<IpAddr>) {
    for ip in ips {
        if let Err(error) = remove(&registry, ip).await {
            tracing::warn!("error releasing ip {ip} : {error}");
        }
    }
}

async fn remove(registry: &Registry, ip: IpAddr) -> Result<(), pintle_storage::Error> {
    let Some(stored) = registry.stored(GROUP, "ipaddresses") else { return Ok(()) };
    let key = stored.key("", &ip.to_string());
    loop {
        let range = Range { start: key.clone(), ..Range::default() };
        let found = stored.store.range(range).await?;
        let Some(kv) = found.kvs.first() else { return Ok(()) };
        let compare = vec![Compare { key: key.clone(), mod_revision: kv.mod_revision }];
        let success = vec![Op::Delete { key: key.clone() }];
        let txn = Txn { compare, success, failure: Vec::new() };
        if stored.store.txn(txn).await?.succeeded {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ranges(Vec<Value>);

    impl Lookup for Ranges {
        fn get(&self, _: &str, _: &str, _: &str, _: &str) -> Option<Arc<Value>> {
            None
        }

        fn list(&self, _: &str, plural: &str, _: &str) -> Vec<Arc<Value>> {
            assert_eq!(plural, "servicecidrs");
            self.0.iter().cloned().map(Arc::new).collect()
        }
    }

    #[track_caller]
    fn check(ranges: Vec<Value>, v4: bool, expected: &[(&str, bool)]) {
        let found: Vec<(String, bool)> = subnets(&Ranges(ranges), v4)
            .into_iter()
            .map(|(subnet, ready)| (subnet.to_string(), ready))
            .collect();
        let found: Vec<(&str, bool)> =
            found.iter().map(|(s, ready)| (s.as_str(), *ready)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_range_is_ready_until_its_condition_denies_it() {
        let ready = json!({"spec": {"cidrs": ["10.0.0.0/24", "fd00::/112"]}});
        let denied = json!({"spec": {"cidrs": ["10.1.0.0/24"]},
            "status": {"conditions": [{"type": "Ready", "status": "False"}]}});
        let leaving = json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"},
            "spec": {"cidrs": ["10.2.0.0/24", "10.0.0.0/24"]}});
        check(
            vec![ready.clone(), denied, leaving],
            true,
            &[("10.0.0.0/24", true), ("10.1.0.0/24", false), ("10.2.0.0/24", false)],
        );
        check(vec![ready], false, &[("fd00::/112", true)]);
    }
}
