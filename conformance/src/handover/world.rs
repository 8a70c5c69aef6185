//! One etcd and the API servers that share it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::client::{Client, failed};
use super::dump::{Dump, dump};
use crate::Error;
use crate::plane::{Make, Plane};
use crate::stock::Stock;

const PATIENCE: Duration = Duration::from_mins(2);

/// The programs of a run.
pub(super) struct World {
    plane: Plane,
    stock: Stock,
    pintle: PathBuf,
    etcd: String,
}

/// A running API server.
pub(super) struct Server {
    pub(super) name: String,
    pub(super) client: Client,
}

impl World {
    /// Starts an empty etcd.
    pub(super) fn new(stock: &Stock, pintle: &Path) -> Result<Self, Error> {
        let mut plane = Plane::prepare(stock)?;
        let etcd = plane.start_etcd()?;
        Ok(Self { plane, stock: stock.clone(), pintle: pintle.to_owned(), etcd })
    }

    /// Port of the first server.
    pub(super) fn port(&self) -> u16 {
        self.plane.port()
    }

    /// Starts a server and waits until it is ready and has told the others of itself.
    pub(super) async fn start(&mut self, make: Make, port: u16) -> Result<Server, Error> {
        let name = format!("kube-apiserver-{}-{port}", if make == Make::Stock { "s" } else { "p" });
        let program = (&*self.pintle, make);
        self.plane.start_server_on(&name, program, &self.etcd, port)?;
        let client = Client::new(&self.plane.folder().join("super-admin.conf"), port).await?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let ready = client.call("GET", "/readyz", None).await;
            if ready.is_ok_and(|answer| answer.code == 200) {
                return Ok(Server { name, client });
            }
            self.plane.check()?;
            if Instant::now() > deadline {
                return Err(failed(format!("{name} is not ready")));
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Asks a server to end and waits for it.
    pub(super) fn stop(&mut self, server: Server) {
        drop(self.plane.take_part(&server.name));
    }

    /// Ends a server as a power cut would.
    pub(super) fn kill(&mut self, server: Server) {
        if let Some(part) = self.plane.take_part(&server.name) {
            part.kill();
        }
    }

    /// What etcd holds.
    pub(super) fn dump(&self) -> Result<Dump, Error> {
        dump(&self.stock, &self.etcd)
    }
}
