//! `pintle up`: a control plane from nothing to ready, step by step.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use pintle_apiserver::assemble::{self, Running};
use pintle_apiserver::options::{Command, Options};
use pintle_apiserver::server::Server;
use pintle_apiserver::server::in_process::InProcess;
use pintle_client::{Access, Client, SystemClock};
use pintle_component::pki::layout;
use pintle_component::serving::Connection;
use pintle_component::signals::Stop;
use pintle_component::{host, klog, version};
use pintle_storage::{EmbeddedStore, Store, embedded};

use crate::cli::{Up, say};
use crate::fake::FakeNode;
use crate::{kubeconfig, rights};

/// The administrator's kubeconfig in the data folder: in group `system:masters`.
pub(crate) const ADMIN: &str = "super-admin.conf";
const SERVICES: &str = "10.96.0.0/12";
/// First address of the services: the API server's own service.
const SERVICE_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 96, 0, 1));
/// How long the control plane may take to become ready.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take to stop.
const STOP: Duration = Duration::from_secs(2);

/// Steps with their times, as they are done.
struct Steps {
    started: Instant,
    last: Instant,
}

impl Steps {
    fn done(&mut self, what: &str) {
        let now = Instant::now();
        let took = now.duration_since(self.last);
        self.last = now;
        say(&format!(" ✓ {what:<44} {:>6.0} ms", took.as_secs_f64() * 1000.0));
    }
}

/// Runs a control plane until the process is asked to stop.
pub(crate) async fn run(options: Up) -> Result<(), String> {
    let log = klog::Config { verbosity: options.verbosity, ..klog::Config::default() };
    if options.verbosity > 0 {
        klog::init(log);
    }
    let started = Instant::now();
    let mut steps = Steps { started, last: started };
    let stop = Stop::on_signals().map_err(|error| error.to_string())?;
    let folder = make_folder(&options.data.folder)?;
    // Its lock comes first: what is in a folder in use stays as the other process needs it.
    let store = open_store(&folder)?;
    steps.done("Store");
    write_credentials(&options, &folder)?;
    steps.done("Certificates and kubeconfigs");
    let running = start_apiserver(&options, &folder, store, stop.clone()).await?;
    wait_ready(&running).await?;
    bind_rights(&running.server, &folder).await?;
    steps.done("kube-apiserver");
    // The parts find their rights in place: a refusal would cost each of them a pause.
    let parts = start_clients(&running.server, &folder, stop.clone())?;
    steps.done("kube-controller-manager, kube-scheduler");
    let fakes = start_fakes(&running.server, &folder, options.fake_nodes)?;
    if options.fake_nodes > 0 {
        steps.done(&format!("{} fake nodes", options.fake_nodes));
    }
    announce(&options, &folder, &steps)?;
    end(running, stop, parts, fakes).await;
    Ok(())
}

fn make_folder(folder: &Path) -> Result<PathBuf, String> {
    let made = std::fs::create_dir_all(folder).and_then(|()| folder.canonicalize());
    made.map_err(|error| unusable(folder, &error))
}

fn unusable(folder: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}; choose another folder with --data-dir", folder.display())
}

/// Makes certificates and kubeconfigs; what is there stays.
fn write_credentials(options: &Up, folder: &Path) -> Result<(), String> {
    let address = options.address;
    let reached = if address.is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { address };
    let mut addresses = vec![SERVICE_ADDRESS, Ipv4Addr::LOCALHOST.into()];
    if !addresses.contains(&reached) {
        addresses.push(reached);
    }
    let server = format!("https://{}", SocketAddr::new(reached, options.port));
    let names = vec![host::name()];
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let cluster = layout::Cluster {
        folder,
        name: kubeconfig::CONTEXT,
        server: &server,
        names: &names,
        addresses: &addresses,
        domain: "cluster.local",
        now: i64::try_from(now.as_secs()).unwrap_or(i64::MAX),
    };
    let moved = point_elsewhere(folder, &server);
    cluster.ensure(moved).map_err(|error| unusable(folder, &error))
}

/// Kubeconfigs of another address are made anew, and so is the serving certificate.
fn point_elsewhere(folder: &Path, server: &str) -> bool {
    let known = std::fs::read_to_string(folder.join(ADMIN)).unwrap_or_default();
    if known.is_empty() || known.contains(&format!("server: {server}\n")) {
        return false;
    }
    for name in ["admin", "super-admin", "controller-manager", "scheduler"] {
        // A file that cannot be removed cannot be written either, and that is reported.
        std::fs::remove_file(folder.join(format!("{name}.conf"))).ok();
    }
    true
}

fn open_store(folder: &Path) -> Result<Arc<dyn Store>, String> {
    let directory = folder.join("store");
    let store = EmbeddedStore::open(&directory, embedded::Options::default());
    store.map(|store| Arc::new(store) as Arc<dyn Store>).map_err(|error| {
        let advice = match error {
            pintle_storage::Error::Corrupted(_) => {
                "see `pintle store check`; put the folder aside and `pintle store restore` a snapshot"
            }
            _ => "stop the other process, or choose another folder with --data-dir",
        };
        format!("{error}; {advice}")
    })
}

async fn start_apiserver(
    options: &Up,
    folder: &Path,
    store: Arc<dyn Store>,
    stop: Stop,
) -> Result<Running, String> {
    let clock = Arc::new(pintle_storage::SystemClock);
    let parsed = Options::parse(&apiserver_flags(options, folder));
    let Command::Serve(parsed) = parsed.map_err(|error| error.to_string())? else {
        return Err("the API server was asked for its help".into());
    };
    assemble::start(*parsed, store.into(), clock, stop).await.map_err(|error| match error {
        assemble::Error::Listen { address, source } => format!(
            "{address} cannot be listened on: {source}; stop what listens there, or choose another \
             port with --port"
        ),
        error => error.to_string(),
    })
}

/// The flags that kubeadm would write.
fn apiserver_flags(options: &Up, folder: &Path) -> Vec<String> {
    let pki = |file: &str| folder.join("pki").join(file).display().to_string();
    let mut flags = vec![
        format!("--bind-address={}", options.address),
        format!("--secure-port={}", options.port),
        format!("--embedded-store-dir={}", folder.join("store").display()),
        "--allow-privileged=true".into(),
        "--authorization-mode=Node,RBAC".into(),
        format!("--client-ca-file={}", pki("ca.crt")),
        "--enable-admission-plugins=NodeRestriction".into(),
        "--enable-bootstrap-token-auth=true".into(),
        format!("--kubelet-client-certificate={}", pki("apiserver-kubelet-client.crt")),
        format!("--kubelet-client-key={}", pki("apiserver-kubelet-client.key")),
        "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname".into(),
        format!("--proxy-client-cert-file={}", pki("front-proxy-client.crt")),
        format!("--proxy-client-key-file={}", pki("front-proxy-client.key")),
        "--requestheader-allowed-names=front-proxy-client".into(),
        format!("--requestheader-client-ca-file={}", pki("front-proxy-ca.crt")),
        "--requestheader-extra-headers-prefix=X-Remote-Extra-".into(),
        "--requestheader-group-headers=X-Remote-Group".into(),
        "--requestheader-username-headers=X-Remote-User".into(),
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local".into(),
        format!("--service-account-key-file={}", pki("sa.pub")),
        format!("--service-account-signing-key-file={}", pki("sa.key")),
        format!("--service-cluster-ip-range={SERVICES}"),
        format!("--tls-cert-file={}", pki("apiserver.crt")),
        format!("--tls-private-key-file={}", pki("apiserver.key")),
    ];
    if options.address.is_loopback() {
        // No pod could reach the API server there, so there is no endpoint to publish.
        flags.push("--endpoint-reconciler-type=none".into());
    } else if !options.address.is_unspecified() {
        flags.push(format!("--advertise-address={}", options.address));
    }
    flags
}

fn start_clients(
    server: &Arc<Server>,
    folder: &Path,
    stop: Stop,
) -> Result<Vec<tokio::task::JoinHandle<()>>, String> {
    let pki = |file: &str| folder.join("pki").join(file).display().to_string();
    let flags = vec![
        "--controllers=*,bootstrap-signer-controller,token-cleaner-controller".into(),
        format!("--cluster-signing-cert-file={}", pki("ca.crt")),
        format!("--cluster-signing-key-file={}", pki("ca.key")),
        format!("--root-ca-file={}", pki("ca.crt")),
        "--use-service-account-credentials=true".into(),
    ];
    let controllers = access(server, &folder.join("controller-manager.conf"))?;
    let scheduler = access(server, &folder.join("scheduler.conf"))?;
    let lease = pintle_scheduler::command::election(&host::name());
    let for_controllers = stop.clone();
    Ok(vec![
        tokio::spawn(async move {
            let ended = pintle_controller_manager::command::run_in_process(
                controllers,
                &flags,
                for_controllers,
            );
            if let Err(reason) = ended.await {
                tracing::error!(err = reason, "kube-controller-manager ended");
            }
        }),
        tokio::spawn(pintle_scheduler::command::run_in_process(
            scheduler.client().clone(),
            Some(lease),
            stop,
        )),
    ])
}

/// Access over a connection inside the process, with the client certificate of a kubeconfig: the
/// server judges it as it would one from outside.
fn access(server: &Arc<Server>, config: &Path) -> Result<Access, String> {
    let certificates = kubeconfig::client_certificates(config)
        .map_err(|error| format!("{}: {error}", config.display()))?;
    let part = config.file_stem().unwrap_or_default().to_string_lossy();
    let agent = match &*part {
        "controller-manager" => version::user_agent("kube-controller-manager"),
        "scheduler" => version::user_agent("kube-scheduler"),
        _ => version::user_agent("pintle"),
    };
    Ok(Access::in_process(
        InProcess::new(server.clone(), connection(certificates)),
        InProcess::new(server.clone(), connection(Vec::new())),
        &agent,
    ))
}

fn connection(certificates: Vec<rustls_pki_types::CertificateDer<'static>>) -> Connection {
    let here = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0);
    Connection { peer: here, local: here, client_certificates: certificates.into() }
}

async fn wait_ready(running: &Running) -> Result<(), String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = running.server.readyz.root("readyz", false, &[]);
        if answer.code == 200 {
            return Ok(());
        }
        if Instant::now() > deadline {
            let failed: Vec<String> =
                answer.failed.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
            return Err(format!("the API server did not become ready: {}", failed.join(", ")));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Gives administrators and the API server's kubelet client their rights.
async fn bind_rights(server: &Arc<Server>, folder: &Path) -> Result<(), String> {
    let administrator = access(server, &folder.join(ADMIN))?;
    let bound = rights::bind(administrator.client(), rights::CLUSTER).await;
    bound.map_err(|error| format!("the cluster's first rights: {error}"))
}

/// Each fake node gets a certificate with a node's identity, as a kubelet would.
fn start_fakes(
    server: &Arc<Server>,
    folder: &Path,
    count: u32,
) -> Result<Vec<tokio::task::JoinHandle<()>>, String> {
    let pki = folder.join("pki");
    let mut fakes = Vec::new();
    for index in 0..count {
        let certificates = crate::fake::certificate(&pki, index).map_err(|e| e.to_string())?;
        let transport = InProcess::new(server.clone(), connection(certificates));
        let client = Client::new(kube::Client::new(transport, "default"), "pintle-fake-node");
        fakes.push(tokio::spawn(FakeNode::new(client, Arc::new(SystemClock), index).run()));
    }
    Ok(fakes)
}

fn announce(options: &Up, folder: &Path, steps: &Steps) -> Result<(), String> {
    let admin = folder.join(ADMIN);
    say(&format!(
        "\n   Kubernetes {} is ready after {:.0} ms.\n",
        version::RELEASE,
        steps.started.elapsed().as_secs_f64() * 1000.0
    ));
    say(&format!("   kubeconfig   {}", admin.display()));
    let file = kubeconfig::user_file().filter(|_| !options.no_kubeconfig);
    if let Some(file) = file {
        kubeconfig::merge(&file, &admin)
            .map_err(|error| format!("{}: {error}; see --no-kubeconfig", file.display()))?;
        say(&format!("   context      {} in {}", kubeconfig::CONTEXT, file.display()));
        say("   next         kubectl get namespaces");
    } else {
        say(&format!("   next         kubectl --kubeconfig {} get namespaces", admin.display()));
    }
    say("   stop         Ctrl-C\n");
    Ok(())
}

async fn end(
    running: Running,
    mut stop: Stop,
    parts: Vec<tokio::task::JoinHandle<()>>,
    fakes: Vec<tokio::task::JoinHandle<()>>,
) {
    stop.wait().await;
    say(" Stopping");
    fakes.iter().for_each(tokio::task::JoinHandle::abort);
    let all = async {
        for part in parts {
            part.await.ok();
        }
        running.wait().await;
    };
    if tokio::time::timeout(STOP, all).await.is_err() {
        tracing::warn!("Some parts did not end in time; every acknowledged write is on disk");
    }
}

/// Deletes the data folder and our entries in the user's kubeconfig.
pub(crate) fn reset(folder: &Path, yes: bool) -> Result<(), String> {
    if !folder.join("pki").exists() {
        return Err(format!("{}: there is no cluster here", folder.display()));
    }
    if !yes {
        return Err(format!(
            "this deletes everything in {}: repeat it with --yes",
            folder.display()
        ));
    }
    // The store's lock says whether a process still uses the folder.
    drop(open_store(folder)?);
    std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if let Some(file) = kubeconfig::user_file() {
        kubeconfig::remove(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    say(&format!(" ✓ {} is gone", folder.display()));
    Ok(())
}

/// Runs fake nodes against any API server, as an administrator who acts for them.
pub(crate) async fn fake_nodes(config: &Path, count: u32) -> Result<(), String> {
    let mut stop = Stop::on_signals().map_err(|error| error.to_string())?;
    klog::init(klog::Config::default());
    let mut fakes = Vec::new();
    for index in 0..count {
        let client = crate::fake::impersonated(config, index).await?;
        fakes.push(tokio::spawn(FakeNode::new(client, Arc::new(SystemClock), index).run()));
    }
    say(&format!("{count} fake nodes"));
    stop.wait().await;
    fakes.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}
