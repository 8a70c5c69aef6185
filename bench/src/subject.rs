//! What is measured: stock's plane of four programs, all of ours in one, or an API server alone.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use pintle_conformance::plane::{Make, Parts, Plane, Store, free_port};
use pintle_conformance::process::Background;
use pintle_conformance::scratch::Scratch;
use pintle_conformance::stock::Stock;

use crate::Failure;
use crate::client::{Made, Protocol, Target};

/// How long a plane may take to become ready.
const PATIENCE: Duration = Duration::from_mins(1);
/// Time between two questions for readiness.
const PAUSE: Duration = Duration::from_millis(2);
/// The administrator's kubeconfig, by the same name in both planes.
const ADMINISTRATOR: &str = "super-admin.conf";
/// Name of the part that answers.
const SERVER: &str = "kube-apiserver";
/// What `pintle up` is called here.
const ALL_IN_ONE: &str = "pintle";

/// The binaries to measure.
pub(crate) struct Binaries {
    /// Stock's.
    pub(crate) stock: Stock,
    /// Ours.
    pub(crate) pintle: PathBuf,
}

/// What a part has used, and holds.
pub(crate) struct Usage {
    pub(crate) part: String,
    /// Processor seconds since its start.
    pub(crate) seconds: f64,
    /// Resident bytes.
    pub(crate) resident: u64,
}

/// A running plane; it ends when dropped.
pub(crate) struct Subject {
    target: Target,
    running: Running,
    ready_after: Duration,
}

enum Running {
    Parts(Box<Plane>),
    Pintle { process: Background, _folder: Scratch },
}

impl Subject {
    /// Starts a plane and measures how long it takes to become ready.
    pub(crate) fn start(binaries: &Binaries, make: Make) -> Result<Self, Failure> {
        match make {
            Make::Stock => start_stock(binaries),
            Make::Pintle => start_pintle(binaries),
        }
    }

    /// Starts an API server and its store, without clients.
    pub(crate) fn server(binaries: &Binaries, make: Make, store: Store) -> Result<Self, Failure> {
        let mut plane = Plane::prepare(&binaries.stock)?;
        let started = Instant::now();
        plane.start_server(&binaries.pintle, make, store)?;
        let config = plane.folder().join(ADMINISTRATOR);
        let port = plane.port();
        let (target, ready_after) = wait_ready(started, &config, port, || Ok(plane.check()?))?;
        Ok(Self { target, running: Running::Parts(Box::new(plane)), ready_after })
    }

    /// Ends the API server, starts it again on what it has stored, and says how long that took until it
    /// was ready.
    pub(crate) fn restart_server(&mut self) -> Result<Duration, Failure> {
        let Running::Parts(plane) = &mut self.running else {
            return Err("only parts are started again".into());
        };
        let started = plane.restart(SERVER)?;
        let config = plane.folder().join(ADMINISTRATOR);
        let port = plane.port();
        let (target, ready_after) = wait_ready(started, &config, port, || Ok(plane.check()?))?;
        self.target = target;
        Ok(ready_after)
    }

    /// The most bytes that the API server held since `forget_peak`.
    pub(crate) fn peak(&self) -> Option<u64> {
        self.server_process()?.peak()
    }

    /// Forgets what the API server once held.
    pub(crate) fn forget_peak(&self) -> Result<(), Failure> {
        let process = self.server_process().ok_or("no API server")?;
        Ok(std::fs::write(format!("/proc/{}/clear_refs", process.pid()), "5")?)
    }

    fn server_process(&self) -> Option<&Background> {
        match &self.running {
            Running::Parts(plane) => plane.running().find(|part| part.name() == SERVER),
            Running::Pintle { process, .. } => Some(process),
        }
    }

    pub(crate) fn target(&self) -> &Target {
        &self.target
    }

    /// From the first program's start to the first good answer of `/readyz`.
    pub(crate) fn ready_after(&self) -> Duration {
        self.ready_after
    }

    /// What each part has used.
    pub(crate) fn usage(&self) -> Vec<Usage> {
        let used = match &self.running {
            Running::Parts(plane) => plane.usage(),
            Running::Pintle { process, .. } => {
                let used = process.usage().into_iter();
                used.map(|(seconds, bytes)| (ALL_IN_ONE.to_owned(), seconds, bytes)).collect()
            }
        };
        let used = used.into_iter();
        used.map(|(part, seconds, resident)| Usage { part, seconds, resident }).collect()
    }

    /// The parts that answer requests. Ours counts whole, with its controllers and its scheduler.
    pub(crate) fn server_parts(&self) -> &'static [&'static str] {
        match &self.running {
            Running::Parts(_) => &[SERVER],
            Running::Pintle { .. } => &[ALL_IN_ONE],
        }
    }

    /// The parts that make a write durable, besides those that answer.
    pub(crate) fn store_parts(&self) -> &'static [&'static str] {
        match &self.running {
            Running::Parts(_) => &["etcd"],
            Running::Pintle { .. } => &[],
        }
    }

    /// One request of a few, on a connection of its own.
    pub(crate) fn fetch(&self, request: &dyn Fn(&Target) -> Made) -> Result<(u16, Bytes), Failure> {
        fetch(&self.target, request)
    }
}

fn start_stock(binaries: &Binaries) -> Result<Subject, Failure> {
    let mut plane = Plane::prepare(&binaries.stock)?;
    let started = Instant::now();
    plane.start_server(&binaries.pintle, Make::Stock, Store::Etcd)?;
    let config = plane.folder().join(ADMINISTRATOR);
    let port = plane.port();
    let (target, ready_after) = wait_ready(started, &config, port, || Ok(plane.check()?))?;
    plane.start_clients(&binaries.pintle, Parts::all(Make::Stock))?;
    Ok(Subject { target, running: Running::Parts(Box::new(plane)), ready_after })
}

fn start_pintle(binaries: &Binaries) -> Result<Subject, Failure> {
    let folder = Scratch::new()?;
    let port = free_port()?;
    let data = folder.path().join("data");
    let arguments = [
        "up".to_owned(),
        format!("--data-dir={}", data.display()),
        format!("--port={port}"),
        "--no-kubeconfig".to_owned(),
    ];
    let started = Instant::now();
    let mut process = Background::start(ALL_IN_ONE, &binaries.pintle, &arguments, folder.path())?;
    let (target, ready_after) =
        wait_ready(started, &data.join(ADMINISTRATOR), port, || Ok(process.check()?))?;
    Ok(Subject { target, running: Running::Pintle { process, _folder: folder }, ready_after })
}

/// Asks until the answer is good. The kubeconfig may come into being meanwhile.
fn wait_ready(
    started: Instant,
    config: &Path,
    port: u16,
    mut check: impl FnMut() -> Result<(), Failure>,
) -> Result<(Target, Duration), Failure> {
    let ask = |target: &Target| Ok(target.request("GET", "/readyz").body(Full::default())?);
    loop {
        let attempt = Target::of(config, port).and_then(|target| {
            let (code, body) = fetch(&target, &ask)?;
            Ok((code, body, target))
        });
        let reason: Failure = match attempt {
            Ok((200, _, target)) => return Ok((target, started.elapsed())),
            Ok((code, body, _)) => format!("{code}: {}", String::from_utf8_lossy(&body)).into(),
            Err(failure) => failure,
        };
        check()?;
        if started.elapsed() > PATIENCE {
            return Err(format!("the API server did not become ready: {reason}").into());
        }
        std::thread::sleep(PAUSE);
    }
}

fn fetch(target: &Target, request: &dyn Fn(&Target) -> Made) -> Result<(u16, Bytes), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut connection = target.connect(Protocol::Http2).await?;
        connection.fetch(request(target)?).await
    })
}
