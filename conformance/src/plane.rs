//! A control plane on loopback whose parts are stock's or ours, in any mix.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use crate::Error;
use crate::process::{Background, bounded, run, wait_until};
use crate::scratch::Scratch;
use crate::stock::{RELEASE, Stock};

/// Whose part it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// Built from the stock release's modules.
    Stock,
    /// Built from this repository.
    Pintle,
}

/// Which part is whose.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// kube-apiserver.
    pub apiserver: Make,
    /// kube-scheduler.
    pub scheduler: Make,
    /// kube-controller-manager.
    pub controllers: Make,
}

impl Parts {
    /// All of one make.
    pub const fn all(make: Make) -> Self {
        Self { apiserver: make, scheduler: make, controllers: make }
    }

    /// Each part's name and make.
    pub const fn named(self) -> [(&'static str, Make); 3] {
        [
            ("apiserver", self.apiserver),
            ("scheduler", self.scheduler),
            ("controllers", self.controllers),
        ]
    }
}

/// What holds the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// A process of its own.
    Etcd,
    /// A folder of the API server's; stock has none.
    Embedded,
}

/// Where a plane lives.
#[derive(Clone, Debug)]
pub struct Site {
    /// Certificates, kubeconfigs and the store.
    pub folder: PathBuf,
    /// What the parts print.
    pub logs: PathBuf,
    /// Address that the plane advertises.
    pub advertised: String,
    /// Address at which clients find it.
    pub endpoint: String,
    /// Port of the API.
    pub port: u16,
    /// File of an audit policy; what it asks for is kept in `audit.log` beside the other logs.
    pub audit: Option<PathBuf>,
}

/// Name of the file that holds the audited requests.
pub const AUDIT_LOG: &str = "audit.log";

/// An address that belongs to nobody (RFC 5737): a plane on loopback advertises it and nobody dials it.
const ADVERTISED: &str = "192.0.2.1";
const LOOPBACK: &str = "127.0.0.1";
const SERVICES: &str = "10.96.0.0/12";
const PODS: &str = "10.244.0.0/16";
const PATIENCE: Duration = Duration::from_mins(1);
/// Longest time that one call of a tool may take.
pub(crate) const CALL: Duration = Duration::from_secs(90);

/// A part that runs, and how it was started.
struct Part {
    process: Background,
    program: PathBuf,
    arguments: Vec<String>,
}

/// A running control plane; it ends when dropped.
pub struct Plane {
    // Parts end in this order: clients first.
    parts: Vec<Part>,
    site: Site,
    // A folder that goes with the plane.
    _folder: Option<Scratch>,
    stock: Stock,
}

impl Plane {
    /// Starts the parts and waits until the API is ready. `pintle` is our binary.
    pub fn start(stock: &Stock, pintle: &Path, parts: Parts) -> Result<Self, Error> {
        let mut plane = Self::prepare(stock)?;
        plane.start_server(pintle, parts.apiserver, Store::Embedded)?;
        plane.wait_ready()?;
        plane.start_clients(pintle, parts)?;
        Ok(plane)
    }

    /// Makes certificates and kubeconfigs for a plane on loopback of which nothing runs yet.
    pub fn prepare(stock: &Stock) -> Result<Self, Error> {
        let folder = Scratch::new()?;
        let site = Site {
            folder: folder.path().into(),
            logs: folder.path().into(),
            advertised: ADVERTISED.into(),
            endpoint: LOOPBACK.into(),
            port: free_port()?,
            audit: None,
        };
        Ok(Self { _folder: Some(folder), ..Self::prepare_at(stock, site)? })
    }

    /// Makes certificates and kubeconfigs for a plane of which nothing runs yet.
    pub fn prepare_at(stock: &Stock, site: Site) -> Result<Self, Error> {
        let plane = Self { parts: Vec::new(), site, _folder: None, stock: stock.clone() };
        plane.make_certificates()?;
        Ok(plane)
    }

    /// Starts the API server and its store; does not wait for either. Stock stores in etcd.
    pub fn start_server(&mut self, pintle: &Path, make: Make, store: Store) -> Result<(), Error> {
        let store = if (make, store) == (Make::Pintle, Store::Embedded) {
            format!("--embedded-store-dir={}", self.path("store").display())
        } else {
            format!("--etcd-servers={}", self.start_etcd()?)
        };
        let flags = self.apiserver_flags(store, self.site.port);
        self.start_part("kube-apiserver", make, pintle, &flags)
    }

    /// Starts one of several API servers on an etcd; does not wait for it.
    pub fn start_server_on(
        &mut self,
        name: &str,
        (pintle, make): (&Path, Make),
        etcd: &str,
        port: u16,
    ) -> Result<(), Error> {
        let flags = self.apiserver_flags(format!("--etcd-servers={etcd}"), port);
        self.start_as(name, "kube-apiserver", (pintle, make), &flags)
    }

    /// Ends a part, and starts it again with the same arguments once it is gone; says when that was.
    pub fn restart(&mut self, name: &str) -> Result<Instant, Error> {
        let at = self.parts.iter().position(|part| part.process.name() == name);
        let Some(Part { process, program, arguments }) = at.map(|at| self.parts.remove(at)) else {
            let reason = "no such part".into();
            return Err(Error::Program { program: name.into(), reason });
        };
        drop(process);
        let started = Instant::now();
        let process = Background::start(name, &program, &arguments, &self.site.logs)?;
        self.parts.insert(0, Part { process, program, arguments });
        Ok(started)
    }

    /// Takes a part out of the plane; it ends with its owner.
    pub fn take_part(&mut self, name: &str) -> Option<Background> {
        let at = self.parts.iter().position(|part| part.process.name() == name)?;
        Some(self.parts.remove(at).process)
    }

    /// Starts the API server's clients, once it is ready.
    pub fn start_clients(&mut self, pintle: &Path, parts: Parts) -> Result<(), Error> {
        let flags = self.controller_flags()?;
        self.start_part("kube-controller-manager", parts.controllers, pintle, &flags)?;
        let flags = self.scheduler_flags()?;
        self.start_part("kube-scheduler", parts.scheduler, pintle, &flags)?;
        self.bind_administrators()
    }

    /// Runs the stock kubectl as the administrator.
    pub fn kubectl(&self, arguments: &[&str], input: &str) -> Result<Output, Error> {
        kubectl(&self.stock, &self.path("super-admin.conf"), arguments, input)
    }

    /// Fails if a part has ended by itself.
    pub fn check(&mut self) -> Result<(), Error> {
        self.parts.iter_mut().try_for_each(|part| part.process.check())
    }

    /// Starts again what has ended by itself, as a kubelet does with the parts of a plane: stock's
    /// clients end when they lose their lease. Says what ended, and with which last words.
    pub fn revive(&mut self) -> Result<Vec<Error>, Error> {
        let mut ended = Vec::new();
        for part in &mut self.parts {
            if let Err(error) = part.process.check() {
                ended.push(error);
                let name = part.process.name().to_owned();
                let logs = &self.site.logs;
                part.process = Background::start(&name, &part.program, &part.arguments, logs)?;
            }
        }
        Ok(ended)
    }

    /// The parts that run, clients first.
    pub fn running(&self) -> impl Iterator<Item = &Background> {
        self.parts.iter().map(|part| &part.process)
    }

    /// Processor seconds and resident bytes of each part, by name.
    pub fn usage(&self) -> Vec<(String, f64, u64)> {
        let used = self.running().filter_map(|part| Some((part.name(), part.usage()?)));
        used.map(|(name, (seconds, bytes))| (name.to_owned(), seconds, bytes)).collect()
    }

    /// Folder of certificates, kubeconfigs and logs.
    pub fn folder(&self) -> &Path {
        &self.site.folder
    }

    /// Port of the API.
    pub fn port(&self) -> u16 {
        self.site.port
    }

    /// What kubeadm is told about the plane.
    pub fn description(&self) -> PathBuf {
        self.path("kubeadm.yaml")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.site.folder.join(name)
    }

    fn start_part(
        &mut self,
        name: &str,
        make: Make,
        pintle: &Path,
        flags: &[String],
    ) -> Result<(), Error> {
        self.start_as(name, name, (pintle, make), flags)
    }

    /// Starts a part under a name of its own.
    fn start_as(
        &mut self,
        name: &str,
        part: &str,
        (pintle, make): (&Path, Make),
        flags: &[String],
    ) -> Result<(), Error> {
        let (program, mut arguments) = match make {
            Make::Stock => (self.stock.program(part), Vec::new()),
            Make::Pintle => (pintle.to_owned(), vec![part.to_owned()]),
        };
        arguments.extend_from_slice(flags);
        let process = Background::start(name, &program, &arguments, &self.site.logs)?;
        self.parts.insert(0, Part { process, program, arguments });
        Ok(())
    }

    fn make_certificates(&self) -> Result<(), Error> {
        let config = format!(
            "apiVersion: kubeadm.k8s.io/v1beta4\n\
             kind: ClusterConfiguration\n\
             kubernetesVersion: {RELEASE}\n\
             certificatesDir: {pki}\n\
             controlPlaneEndpoint: {endpoint}:{port}\n\
             networking: {{serviceSubnet: {SERVICES}, podSubnet: {PODS}}}\n\
             apiServer: {{certSANs: [127.0.0.1, localhost]}}\n\
             ---\n\
             apiVersion: kubeadm.k8s.io/v1beta4\n\
             kind: InitConfiguration\n\
             localAPIEndpoint: {{advertiseAddress: {advertised}, bindPort: {port}}}\n\
             nodeRegistration: {{name: node1}}\n",
            pki = self.path("pki").display(),
            endpoint = self.site.endpoint,
            advertised = self.site.advertised,
            port = self.site.port,
        );
        let file = self.description();
        std::fs::write(&file, config).map_err(|error| Error::file(&file, error))?;
        for phase in ["certs", "kubeconfig"] {
            run(&self.stock.program("kubeadm"), |command| {
                command.args(["init", "phase", phase, "all", "--config"]).arg(&file);
                if phase == "kubeconfig" {
                    command.arg("--kubeconfig-dir").arg(&self.site.folder);
                }
            })?;
        }
        ["controller-manager.conf", "scheduler.conf"]
            .into_iter()
            .try_for_each(|name| self.point_at_endpoint(&self.path(name)))
    }

    /// Starts an empty etcd; answers its address.
    pub fn start_etcd(&mut self) -> Result<String, Error> {
        let (client, peer) = (free_port()?, free_port()?);
        let url = format!("http://127.0.0.1:{client}");
        let peer = format!("http://127.0.0.1:{peer}");
        let flags = [
            format!("--data-dir={}", self.path("etcd").display()),
            format!("--listen-client-urls={url}"),
            format!("--advertise-client-urls={url}"),
            format!("--listen-peer-urls={peer}"),
            format!("--initial-advertise-peer-urls={peer}"),
            format!("--initial-cluster=default={peer}"),
        ];
        self.start_part("etcd", Make::Stock, Path::new(""), &flags)?;
        Ok(url)
    }

    /// The flags that kubeadm writes.
    fn apiserver_flags(&self, store: String, port: u16) -> Vec<String> {
        let pki = |file: &str| self.path("pki").join(file).display().to_string();
        let mut flags = vec![
            store,
            format!("--advertise-address={}", self.site.advertised),
            format!("--bind-address={}", self.bound()),
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
            format!("--secure-port={port}"),
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local".into(),
            format!("--service-account-key-file={}", pki("sa.pub")),
            format!("--service-account-signing-key-file={}", pki("sa.key")),
            format!("--service-cluster-ip-range={SERVICES}"),
            format!("--tls-cert-file={}", pki("apiserver.crt")),
            format!("--tls-private-key-file={}", pki("apiserver.key")),
        ];
        if let Some(policy) = &self.site.audit {
            flags.push(format!("--audit-policy-file={}", policy.display()));
            flags.push(format!("--audit-log-path={}", self.site.logs.join(AUDIT_LOG).display()));
        }
        flags
    }

    fn controller_flags(&self) -> Result<Vec<String>, Error> {
        let pki = |file: &str| self.path("pki").join(file).display().to_string();
        let config = self.path("controller-manager.conf").display().to_string();
        Ok(vec![
            format!("--authentication-kubeconfig={config}"),
            format!("--authorization-kubeconfig={config}"),
            "--bind-address=127.0.0.1".into(),
            format!("--secure-port={}", free_port()?),
            format!("--client-ca-file={}", pki("ca.crt")),
            "--cluster-name=kubernetes".into(),
            format!("--cluster-signing-cert-file={}", pki("ca.crt")),
            format!("--cluster-signing-key-file={}", pki("ca.key")),
            "--controllers=*,bootstrapsigner,tokencleaner".into(),
            format!("--kubeconfig={config}"),
            "--leader-elect=true".into(),
            format!("--requestheader-client-ca-file={}", pki("front-proxy-ca.crt")),
            format!("--root-ca-file={}", pki("ca.crt")),
            format!("--service-account-private-key-file={}", pki("sa.key")),
            "--use-service-account-credentials=true".into(),
        ])
    }

    fn scheduler_flags(&self) -> Result<Vec<String>, Error> {
        let config = self.path("scheduler.conf").display().to_string();
        Ok(vec![
            format!("--authentication-kubeconfig={config}"),
            format!("--authorization-kubeconfig={config}"),
            "--bind-address=127.0.0.1".into(),
            format!("--secure-port={}", free_port()?),
            format!("--kubeconfig={config}"),
            "--leader-elect=true".into(),
        ])
    }

    /// Waits until the API server says that it is ready.
    pub fn wait_ready(&mut self) -> Result<(), Error> {
        let config = self.path("super-admin.conf");
        let stock = self.stock.clone();
        let part = &mut self.parts[0].process;
        wait_until("kube-apiserver", PATIENCE, || {
            part.check()?;
            let answer = kubectl(&stock, &config, &["get", "--raw", "/readyz"], "")?;
            Ok(answer.stdout == b"ok")
        })
    }

    /// What later phases of kubeadm do: rights of the administrators and of the API server's own calls.
    fn bind_administrators(&self) -> Result<(), Error> {
        for (name, role, subject) in [
            ("kubeadm:cluster-admins", "cluster-admin", "--group=kubeadm:cluster-admins"),
            (
                "kubeadm:apiserver-kubelet-client",
                "system:kubelet-api-admin",
                "--user=kube-apiserver-kubelet-client",
            ),
        ] {
            let role = format!("--clusterrole={role}");
            self.kubectl(&["create", "clusterrolebinding", name, &role, subject], "")?;
        }
        Ok(())
    }

    /// The address at which the API server listens.
    fn bound(&self) -> &str {
        if self.site.endpoint == LOOPBACK { LOOPBACK } else { "0.0.0.0" }
    }

    /// The components' kubeconfigs name the advertised address, whatever the endpoint of the plane is.
    fn point_at_endpoint(&self, file: &Path) -> Result<(), Error> {
        let failed = |error| Error::file(file, error);
        let config = std::fs::read_to_string(file).map_err(failed)?;
        let config = config.replace(&self.site.advertised, &self.site.endpoint);
        std::fs::write(file, config).map_err(failed)
    }
}

/// What a call of kubectl printed; a refusal is an error.
pub(crate) fn printed(done: &Output, arguments: &[&str]) -> Result<String, Error> {
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        return Ok(said);
    }
    let reason = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    let program = format!("kubectl {}", arguments.join(" "));
    Err(Error::Program { program, reason: format!("{said}{reason}") })
}

/// Runs kubectl with a kubeconfig; a refusal is an outcome, not an error.
pub fn kubectl(
    stock: &Stock,
    config: &Path,
    arguments: &[&str],
    input: &str,
) -> Result<Output, Error> {
    bounded(&stock.program("kubectl"), CALL, input, |command| {
        command.arg("--kubeconfig").arg(config).args(arguments);
        command.env("KUBECACHEDIR", config.with_extension("cache")).env_remove("KUBECONFIG");
    })
}

/// A port that is free at the moment.
pub fn free_port() -> Result<u16, Error> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map(|address| address.port())
        .map_err(|error| Error::Program { program: "loopback".into(), reason: error.to_string() })
}
