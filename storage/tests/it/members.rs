//! Real etcd processes on loopback, one member or several.
//!
//! They are run if `PINTLE_STOCK` names a folder with `etcd`, or if it is on the path.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use parking_lot::Mutex;
use pintle_storage::EtcdStore;
use pintle_storage::etcd::Options;
use tempfile::TempDir;

pub(crate) fn program() -> Option<PathBuf> {
    let folders = match std::env::var_os("PINTLE_STOCK") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => std::env::split_paths(&std::env::var_os("PATH")?).collect(),
    };
    let found = folders.into_iter().map(|folder| folder.join("etcd")).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: there is no etcd; PINTLE_STOCK may name the folder that has it");
    }
    found
}

/// A member of a cluster, killed at the end.
pub(crate) struct Etcd {
    program: PathBuf,
    folder: TempDir,
    client: SocketAddr,
    flags: Vec<String>,
    process: Mutex<Option<Child>>,
}

impl Etcd {
    /// A cluster of one.
    pub(crate) fn start(program: PathBuf, flags: &[&str]) -> Self {
        let timing = ["--heartbeat-interval", "20", "--election-timeout", "100"];
        let flags = [&timing[..], flags].concat();
        Self::members(&program, 1, &flags).pop().expect("it has a member")
    }

    fn members(program: &Path, size: usize, flags: &[&str]) -> Vec<Self> {
        let hold = || TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let held: Vec<_> = (0..size).map(|_| (hold(), hold())).collect();
        let address = |listener: &TcpListener| listener.local_addr().expect("it is bound");
        let addresses: Vec<_> =
            held.iter().map(|(client, peer)| (address(client), address(peer))).collect();
        drop(held);
        let peer = |(n, (_, peer)): (usize, &(_, SocketAddr))| format!("member-{n}=http://{peer}");
        let peers = addresses.iter().enumerate().map(peer).collect::<Vec<_>>().join(",");
        let member = |(n, (client, peer)): (usize, &(SocketAddr, SocketAddr))| {
            let (listen, listen_peer) = (format!("http://{client}"), format!("http://{peer}"));
            let name = format!("member-{n}");
            let own = [
                ["--name", &name],
                ["--log-level", "error"],
                ["--initial-cluster", &peers],
                ["--listen-client-urls", &listen],
                ["--advertise-client-urls", &listen],
                ["--listen-peer-urls", &listen_peer],
                ["--initial-advertise-peer-urls", &listen_peer],
            ];
            let all = own.as_flattened().iter().chain(["--unsafe-no-fsync"].iter()).chain(flags);
            let member = Self {
                program: program.to_owned(),
                folder: tempfile::tempdir().expect("a folder can be made"),
                client: *client,
                flags: all.map(|flag| (*flag).to_owned()).collect(),
                process: Mutex::new(None),
            };
            member.run();
            member
        };
        addresses.iter().enumerate().map(member).collect()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.client)
    }

    /// Starts the process, again after it was killed.
    pub(crate) fn run(&self) {
        let child = Command::new(&self.program)
            .args(&self.flags)
            .arg("--data-dir")
            .arg(self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("etcd can be run");
        *self.process.lock() = Some(child);
    }

    pub(crate) fn kill(&self) {
        if let Some(mut child) = self.process.lock().take() {
            child.kill().expect("it is ours");
            child.wait().expect("it is ours");
        }
    }

    /// Loses what it has stored.
    pub(crate) fn forget(&self) {
        std::fs::remove_dir_all(self.folder.path()).expect("it is ours");
    }

    /// Halts the process until [`Etcd::resume`].
    pub(crate) fn pause(&self) {
        self.signal(Signal::SIGSTOP);
    }

    pub(crate) fn resume(&self) {
        self.signal(Signal::SIGCONT);
    }

    fn signal(&self, signal: Signal) {
        let process = self.process.lock();
        let child = process.as_ref().expect("it runs");
        kill(Pid::from_raw(child.id().cast_signed()), signal).expect("it is ours");
    }

    pub(crate) async fn store(&self) -> EtcdStore {
        let options = Options { endpoints: vec![self.url()], ..Options::default() };
        EtcdStore::connect(options).await.expect("it answers")
    }

    /// Whether it takes itself for the leader; unknown if it does not answer.
    fn leads(&self) -> Option<bool> {
        let metrics = self.metrics()?;
        let line = metrics.lines().find(|line| line.starts_with("etcd_server_is_leader "))?;
        Some(line.ends_with(" 1"))
    }

    /// Sum of a metric where it has a label; 0 if there is none.
    pub(crate) fn metric(&self, name: &str, label: &str) -> f64 {
        let metrics = self.metrics().expect("it answers");
        let wanted = |line: &&str| line.starts_with(name) && line.contains(label);
        let value = |line: &str| line.rsplit(' ').next()?.parse::<f64>().ok();
        metrics.lines().filter(wanted).filter_map(value).sum()
    }

    fn metrics(&self) -> Option<String> {
        let patience = Duration::from_secs(1);
        let mut stream = TcpStream::connect_timeout(&self.client, patience).ok()?;
        stream.set_read_timeout(Some(patience)).ok()?;
        stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Three members.
pub(crate) struct Cluster {
    pub(crate) members: Vec<Etcd>,
}

impl Cluster {
    pub(crate) const SIZE: usize = 3;

    pub(crate) fn start(program: &Path) -> Self {
        let flags = ["--heartbeat-interval", "30", "--election-timeout", "300"];
        Self { members: Etcd::members(program, Self::SIZE, &flags) }
    }

    /// A client that begins at a member.
    pub(crate) async fn store(&self, first: usize) -> EtcdStore {
        let mut endpoints: Vec<_> = self.members.iter().map(Etcd::url).collect();
        endpoints.rotate_left(first);
        EtcdStore::connect(Options { endpoints, ..Options::default() }).await.expect("one answers")
    }

    /// The member that leads, as soon as there is one.
    pub(crate) fn leader(&self) -> usize {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            let found = self.members.iter().position(|member| member.leads() == Some(true));
            if let Some(found) = found {
                return found;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("no member leads");
    }
}
