//! `services`: cluster addresses and node ports.

use std::net::IpAddr;
use std::sync::Arc;

use futures::future::BoxFuture;
use pintle_engine::{Context, Errors, Lookup, Status, Value, meta};
use pintle_machinery::ip::parse_sloppy;

use super::addresses::{self, AddressError, Owner};
use super::families::{self, invalid};
use super::node_ports::{self, Operation};
use super::ports::{PortError, Ports};
use super::spec;
use crate::registry::Registry;
use crate::rest::{Reservation, Reserve, Rest};

/// Allocates for services (`registry/core/service/storage.Allocators`).
pub struct Services {
    /// The cluster's families, its default first.
    families: Vec<&'static str>,
    ports: Arc<Ports>,
}

/// What one write has taken.
struct Taken {
    registry: Arc<Registry>,
    ports: Operation,
    /// Addresses taken by the write.
    allocated: Vec<IpAddr>,
    /// Addresses that the committed service no longer has.
    released: Vec<IpAddr>,
    dry_run: bool,
}

impl Reservation for Taken {
    fn finish(self: Box<Self>, committed: bool) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.ports.finish(committed).await;
            if !self.dry_run {
                let ips = if committed { self.released } else { self.allocated };
                addresses::release(self.registry, ips).await;
            }
        })
    }
}

impl Reserve for Services {
    fn reserve<'a>(
        &'a self,
        rest: &'a Rest,
        ctx: &'a Context<'a>,
        new: &'a mut Value,
        old: Option<&'a Value>,
    ) -> BoxFuture<'a, Result<Box<dyn Reservation>, Status>> {
        Box::pin(async move {
            let mut taken = Box::new(Taken {
                registry: Arc::clone(&rest.registry),
                ports: Operation::new(Arc::clone(&self.ports), ctx.dry_run),
                allocated: Vec::new(),
                released: Vec::new(),
                dry_run: ctx.dry_run,
            });
            match self.fill(rest, ctx, &mut taken, new, old).await {
                Ok(()) => Ok(taken as Box<dyn Reservation>),
                Err(status) => {
                    taken.finish(false).await;
                    Err(status)
                }
            }
        })
    }

    fn deleted<'a>(&'a self, rest: &'a Rest, object: &'a Value) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if needs_address(object) && !spec::is_headless(object) {
                let ips = spec::list(object, "clusterIPs");
                let ips = ips.iter().filter_map(|ip| parse_sloppy(ip)).collect();
                addresses::release(Arc::clone(&rest.registry), ips).await;
            }
            let mut ports = spec::node_ports(object);
            if spec::needs_health_check(object) {
                ports.push(spec::number(&object["spec"], "healthCheckNodePort"));
            }
            node_ports::release(&self.ports, &ports).await;
        })
    }
}

impl Services {
    /// An allocator for a cluster with these ranges of addresses (`--service-cluster-ip-range`).
    pub fn new(ranges: &[String], ports: Arc<Ports>) -> Self {
        let mut families: Vec<&'static str> = Vec::new();
        for range in ranges {
            let family = if range.contains(':') { "IPv6" } else { "IPv4" };
            if !families.contains(&family) {
                families.push(family);
            }
        }
        Self { families, ports }
    }

    /// Takes the addresses and ports that stored services have, as at the start of the server
    /// (`ipallocator/controller.RepairIPAddress`, `portallocator/controller.Repair`).
    pub async fn repair(&self, rest: &Rest) -> Result<(), PortError> {
        let mut used = Vec::new();
        for service in rest.registry.list("", "services", "") {
            used.extend(spec::node_ports(&service));
            if spec::needs_health_check(&service) {
                used.push(spec::number(&service["spec"], "healthCheckNodePort"));
            }
            if needs_address(&service) && !spec::is_headless(&service) {
                let owner =
                    Owner { namespace: meta::namespace(&service), name: meta::name(&service) };
                let ips = spec::list(&service, "clusterIPs");
                for ip in ips.iter().filter_map(|ip| parse_sloppy(ip)) {
                    addresses::restore(rest, owner, ip).await;
                }
            }
        }
        self.ports.repair(&used).await
    }

    async fn fill(
        &self,
        rest: &Rest,
        ctx: &Context<'_>,
        taken: &mut Taken,
        new: &mut Value,
        old: Option<&Value>,
    ) -> Result<(), Status> {
        if !new["spec"].is_object() {
            return Ok(());
        }
        if let Some(old) = old {
            patch_allocated(new, old);
        }
        normalize(new, old);
        families::settle(new, old, &self.families)?;
        let wanted = match old {
            None => all_addresses(new),
            Some(old) => changed_addresses(new, old, &mut taken.released),
        };
        if let Some(wanted) = wanted {
            self.addresses(rest, ctx, taken, new, wanted).await?;
        }
        match old {
            None => taken.ports.create(new).await,
            Some(old) => taken.ports.update(new, old).await,
        }
    }

    /// Takes an address for each family from `first` on (`Allocators.allocIPs`).
    async fn addresses(
        &self,
        rest: &Rest,
        ctx: &Context<'_>,
        taken: &mut Taken,
        new: &mut Value,
        first: usize,
    ) -> Result<(), Status> {
        let name = meta::name(new).to_owned();
        let owner = Owner { namespace: ctx.namespace, name: &name };
        let mut ips = spec::list(new, "clusterIPs");
        let shown = |ips: &[String]| Value::from(ips.to_vec());
        for (index, family) in spec::list(new, "ipFamilies").iter().enumerate().skip(first) {
            if index >= ips.len() {
                ips.push(String::new());
            }
            let wanted = ips[index].clone();
            if wanted.is_empty() {
                let v4 = family == "IPv4";
                let ip = addresses::allocate_next(rest, owner, v4, ctx.dry_run).await;
                let ip = ip.map_err(|error| no_address(new, shown(&ips), &error))?;
                taken.allocated.push(ip);
                ips[index] = ip.to_string();
                continue;
            }
            let Some(ip) = parse_sloppy(&wanted) else {
                let message = format!(
                    "failed to parse service IP {}",
                    pintle_machinery::json::quote(&wanted)
                );
                return Err(Status::internal_error(message));
            };
            addresses::allocate(rest, owner, ip, ctx.dry_run).await.map_err(|error| {
                refused(new, shown(&ips), &format!("failed to allocate IP {wanted}: {error}"))
            })?;
            taken.allocated.push(ip);
        }
        if let Some(first) = ips.first() {
            spec::set(new, "clusterIP", first.as_str());
        }
        spec::set(new, "clusterIPs", ips);
        Ok(())
    }
}

fn needs_address(service: &Value) -> bool {
    spec::text(service, "type") != "ExternalName"
}

/// A new service takes all its addresses, unless it has none.
fn all_addresses(new: &Value) -> Option<usize> {
    (needs_address(new) && !spec::is_headless(new)).then_some(0)
}

/// From which family on a changed service takes addresses; what it gives up is noted
/// (`Allocators.updateClusterIPs`).
fn changed_addresses(new: &Value, old: &Value, released: &mut Vec<IpAddr>) -> Option<usize> {
    if families::keeps_preference(new, Some(old)) {
        return None;
    }
    if !needs_address(old) && needs_address(new) {
        return all_addresses(new);
    }
    if spec::is_headless(old) {
        return None;
    }
    let had = spec::list(old, "clusterIPs");
    let had: Vec<IpAddr> = had.iter().filter_map(|ip| parse_sloppy(ip)).collect();
    if needs_address(old) && !needs_address(new) {
        released.extend(had);
        return None;
    }
    match (spec::list(old, "ipFamilies").len(), spec::list(new, "ipFamilies").len()) {
        (1, 2) => Some(1),
        (2, 1) => {
            released.extend(had.into_iter().skip(1));
            None
        }
        _ => None,
    }
}

fn no_address(service: &Value, ips: Value, error: &AddressError) -> Status {
    if *error == AddressError::Full {
        let name = pintle_machinery::json::quote(meta::name(service));
        let message = format!("failed to allocate a serviceIP for Service {name}: {error}");
        return Status::internal_error(message);
    }
    refused(service, ips, &format!("failed to allocate IP: {error}"))
}

fn refused(service: &Value, ips: Value, detail: &str) -> Status {
    let mut errors = Errors::new();
    errors.invalid("spec.clusterIPs", ips, detail);
    invalid(service, &errors)
}

/// Keeps `clusterIP` and `clusterIPs` in step when a client sends one of them
/// (`service/storage.normalizeClusterIPs`).
fn normalize(new: &mut Value, old: Option<&Value>) {
    let ip = spec::text(new, "clusterIP").to_owned();
    let ips = spec::list(new, "clusterIPs");
    let Some(old) = old else {
        if !ip.is_empty() && ips.is_empty() {
            spec::set(new, "clusterIPs", vec![ip]);
        }
        return;
    };
    let old_ip = spec::text(old, "clusterIP");
    let old_ips = spec::list(old, "clusterIPs");
    if !old_ips.is_empty() && ips.is_empty() && old_ip == ip {
        spec::set(new, "clusterIPs", old_ips.clone());
    }
    if old_ip != ip && old_ips == spec::list(new, "clusterIPs") {
        let cleared = !old_ip.is_empty() && ip.is_empty();
        spec::set(new, "clusterIPs", if cleared { Vec::new() } else { vec![ip] });
    }
}

/// Carries over what was allocated where the client left it out
/// (`service/storage.patchAllocatedValues`).
fn patch_allocated(new: &mut Value, old: &Value) {
    if needs_address(old) && needs_address(new) {
        if spec::text(new, "clusterIP").is_empty() {
            spec::set(new, "clusterIP", spec::text(old, "clusterIP"));
        }
        if spec::list(new, "clusterIPs").is_empty() {
            spec::set(new, "clusterIPs", spec::list(old, "clusterIPs"));
        }
    }
    if spec::wants_node_ports(old) && spec::wants_node_ports(new) {
        let had = spec::node_ports(old);
        let used: Vec<u16> =
            spec::node_ports(new).into_iter().filter(|port| had.contains(port)).collect();
        for index in 0..spec::ports(new).len() {
            let port = &spec::ports(new)[index];
            let before = spec::ports(old).iter().rfind(|before| before["name"] == port["name"]);
            let before = before.map_or(0, |before| spec::number(before, "nodePort"));
            if spec::number(port, "nodePort") == 0 && !used.contains(&before) {
                spec::set_node_port(new, index, before);
            }
        }
    }
    if spec::needs_health_check(old)
        && spec::needs_health_check(new)
        && spec::number(&new["spec"], "healthCheckNodePort") == 0
    {
        let port = spec::number(&old["spec"], "healthCheckNodePort");
        let port = if port == 0 { Value::Null } else { port.into() };
        spec::set(new, "healthCheckNodePort", port);
    }
}
