//! Node ports of one write: taken at once, given back when the write has ended.

use std::sync::Arc;

use pintle_engine::{Errors, Status, Value};
use pintle_machinery::field::Path;

use super::families::invalid;
use super::ports::{PortError, Ports};
use super::spec;

/// The ports that a write takes and gives up (`portallocator.PortAllocationOperation`).
pub(super) struct Operation {
    ports: Arc<Ports>,
    taken: Vec<u16>,
    given_up: Vec<u16>,
    dry_run: bool,
}

impl Operation {
    pub(super) fn new(ports: Arc<Ports>, dry_run: bool) -> Self {
        Self { ports, taken: Vec::new(), given_up: Vec::new(), dry_run }
    }

    /// Gives back what was taken, or what was given up if the write is committed.
    pub(super) async fn finish(self, committed: bool) {
        if self.dry_run {
            return;
        }
        let ports = if committed { self.given_up } else { self.taken };
        release(&self.ports, &ports).await;
    }

    async fn take(&mut self, port: u16) -> Result<(), PortError> {
        if !self.dry_run {
            self.ports.allocate(port).await?;
        } else if self.taken.contains(&port) || self.ports.has(port).await? {
            return Err(PortError::Allocated);
        }
        self.taken.push(port);
        Ok(())
    }

    async fn take_any(&mut self) -> Result<u16, PortError> {
        let port = if self.dry_run {
            self.taken.iter().max().map_or(32769, |last| last.saturating_add(1))
        } else {
            self.ports.allocate_next().await?
        };
        self.taken.push(port);
        Ok(port)
    }

    /// The ports of a new service (`Allocators.txnAllocNodePorts`).
    pub(super) async fn create(&mut self, service: &mut Value) -> Result<(), Status> {
        if spec::is_node_port_type(service) {
            self.init(service).await?;
        }
        if spec::needs_health_check(service) {
            self.take_health_check(service).await?;
        }
        Ok(())
    }

    /// The same port of several protocols has one node port (`initNodePorts`).
    async fn init(&mut self, service: &mut Value) -> Result<(), Status> {
        let mut chosen: Vec<(u16, u16)> = Vec::new();
        for index in 0..spec::ports(service).len() {
            let port = spec::number(&spec::ports(service)[index], "port");
            let wanted = spec::number(&spec::ports(service)[index], "nodePort");
            if wanted == 0 && !spec::wants_node_ports(service) {
                continue;
            }
            let known = chosen.iter().find(|(known, _)| *known == port).map(|(_, node)| *node);
            match known {
                None => {
                    let node_port = match requested(service, port) {
                        0 => self.take_any().await.map_err(|error| no_port(&error))?,
                        node_port => {
                            self.take_for(service, index, node_port).await?;
                            node_port
                        }
                    };
                    spec::set_node_port(service, index, node_port);
                    chosen.push((port, node_port));
                }
                Some(node_port) if wanted == 0 => spec::set_node_port(service, index, node_port),
                Some(node_port) if wanted != node_port => {
                    self.take_for(service, index, wanted).await?;
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    async fn take_for(&mut self, service: &Value, index: usize, port: u16) -> Result<(), Status> {
        self.take(port).await.map_err(|error| {
            let mut errors = Errors::new();
            let ports = Path::new("spec.ports");
            errors.invalid(ports.index(index).child("nodePort"), port, error.to_string());
            invalid(service, &errors)
        })
    }

    /// `Allocators.allocHealthCheckNodePort`.
    async fn take_health_check(&mut self, service: &mut Value) -> Result<(), Status> {
        let port = spec::number(&service["spec"], "healthCheckNodePort");
        if port == 0 {
            let port = self.take_any().await.map_err(|error| {
                Status::internal_error(format!(
                    "failed to allocate a HealthCheck NodePort 0: {error}"
                ))
            })?;
            spec::set(service, "healthCheckNodePort", port);
            return Ok(());
        }
        self.take(port).await.map_err(|error| {
            Status::internal_error(format!(
                "failed to allocate requested HealthCheck NodePort {port}: {error}"
            ))
        })
    }

    /// The ports of a changed service (`Allocators.txnUpdateNodePorts`).
    pub(super) async fn update(&mut self, new: &mut Value, old: &Value) -> Result<(), Status> {
        if spec::is_node_port_type(old)
            && matches!(spec::text(new, "type"), "ExternalName" | "ClusterIP")
        {
            self.given_up.extend(spec::node_ports(old));
        }
        if spec::is_node_port_type(new) {
            self.replace(new, old).await?;
        }
        match (spec::needs_health_check(old), spec::needs_health_check(new)) {
            (false, true) => self.take_health_check(new).await?,
            (true, false) => {
                self.given_up.push(spec::number(&old["spec"], "healthCheckNodePort"));
            }
            _ => {}
        }
        Ok(())
    }

    /// `Allocators.updateNodePorts`.
    async fn replace(&mut self, new: &mut Value, old: &Value) -> Result<(), Status> {
        let had = spec::node_ports(old);
        let mut taken: Vec<u16> = Vec::new();
        let mut seen: Vec<(String, u16)> = Vec::new();
        for index in 0..spec::ports(new).len() {
            let mut port = spec::number(&spec::ports(new)[index], "nodePort");
            if port == 0 && !spec::wants_node_ports(new) {
                continue;
            }
            if port == 0 {
                port = self.take_any().await.map_err(|error| no_port(&error))?;
                spec::set_node_port(new, index, port);
            } else if !had.contains(&port) && !taken.contains(&port) {
                self.take_for(new, index, port).await?;
                taken.push(port);
            }
            let protocol = spec::ports(new)[index]["protocol"].as_str().unwrap_or_default();
            let pair = (protocol.to_owned(), port);
            if seen.contains(&pair) {
                let message = format!("duplicate nodePort: {{{} {}}}", pair.0, pair.1);
                return Err(Status::failure(500, "", message));
            }
            seen.push(pair);
        }
        let has = spec::node_ports(new);
        self.given_up.extend(had.into_iter().filter(|port| !has.contains(port)));
        Ok(())
    }
}

/// Gives back ports. What cannot be given back is left to the repair loop.
pub(super) async fn release(ports: &Ports, released: &[u16]) {
    for port in released.iter().filter(|port| **port != 0) {
        if let Err(error) = ports.release(*port).await {
            tracing::error!("error releasing node port {port}: {error}");
        }
    }
}

/// The node port that the service asks for on a port, be it for another protocol.
fn requested(service: &Value, port: u16) -> u16 {
    let wanted = spec::ports(service)
        .iter()
        .filter(|candidate| spec::number(candidate, "port") == port)
        .map(|candidate| spec::number(candidate, "nodePort"));
    wanted.into_iter().find(|node_port| *node_port != 0).unwrap_or_default()
}

fn no_port(error: &PortError) -> Status {
    Status::internal_error(format!("failed to allocate a nodePort: {error}"))
}
