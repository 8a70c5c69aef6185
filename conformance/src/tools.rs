//! kubeadm and Helm against a control plane: what they print and which objects they leave.
//!
//! The script is written as the session's, with the tool's name before its arguments. `!` stands before a
//! call that must fail, as in a shell. `objects KINDS` is a call of kubectl whose answer is put in order;
//! `join` is `kubeadm join`, with a kubelet that starts when kubeadm wants it to.

mod join;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Instant;

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use x509_parser::pem::Pem;

use crate::cluster::{self, Machine, Worker, WorkerSettings, requirements};
use crate::plane::{CALL, Make, Parts, Plane, Site, Store};
use crate::process::{Background, bounded};
use crate::session::{self, Mask, Outcome, Step};
use crate::stock::Stock;
use crate::{Error, images};

/// Word of a script for a question about objects.
const OBJECTS: &str = "objects";
/// Word of a script for a machine that joins.
const JOIN: &str = "join";
/// Token of the first machines that join.
const TOKEN: &str = "abcdef.0123456789abcdef";
/// File, in a plane's folder, with what kubeadm is told.
const CONFIG: &str = "tools.yaml";
/// And what the one is told that lets a machine join.
const JOINING: &str = "join.yaml";
const ADDRESS: &str = "192.0.2.1";
const PORT: u16 = 6443;
/// Where kubeadm looks for the kubeconfigs of administrators, some of its phases without asking.
const KUBERNETES: &str = "/etc/kubernetes";
const FAKE_NODES: &str = "2";
/// Kinds whose names, or numbers of generations, are as chance has it.
const BY_CHANCE: &[&str] = &["Pod", "ReplicaSet"];
/// What is each plane's own in what these tools print and write.
const OWN: &[(&str, &str)] = &[
    (r"[\w/.-]*/pintle-tools-\d+", "STATE"),
    // What client-go says of watches that end when its caller has seen enough.
    (r"(?m)^[IWE]\d{4} .* reflector\.go:\d+\] .*\n?", ""),
    (r"-----BEGIN (?s:.)+?-----END [A-Z ]+-----(\\n|\n)?", "PEM"),
    (r"LS0tLS1[A-Za-z0-9+/=]+", "PEM"),
    (r"sha256:[0-9a-f]{64}", "sha256:HASH"),
    (r"\b[0-9a-f]{64}\b", "KEY"),
    (r"kubeadm-join-dryrun\d+", "DRYRUN"),
    // `kubeadm token create` draws one.
    (r"--token [a-z0-9]{6}\.[a-z0-9]{16}", "--token TOKEN"),
    (r"healthy after [\d.]+m?s", "healthy after AGE"),
    (r"bootstrap-token-[a-z0-9]{6}", "bootstrap-token-ID"),
    (r#"(modifiedAt"?[=:] ?)"?\d+"?"#, "${1}TIME"),
    (r"\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}", "TIME"),
    (r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?", "TIME"),
    (r"\b[IWE]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ ", "TIME "),
    (r#"("expiration": ?)"\w+={0,2}""#, "${1}TIME"),
    (r#"("release": ?)"[\w+/]+={0,2}""#, "${1}RELEASE"),
    // Of what `upload-certs` encrypts nothing repeats.
    (r#"("[a-z-]+\.(?:crt|key|pub)": ?)"[\w+/]+={0,2}""#, "${1}ENCRYPTED"),
];

/// What a run needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The stock release, with the tools.
    pub stock: Stock,
    /// Our binary.
    pub pintle: PathBuf,
    /// Whose the parts of the plane are.
    pub parts: Parts,
    /// Folder of the chart to install.
    pub chart: PathBuf,
    /// Folder for state; it goes with the run.
    pub state: PathBuf,
    /// Folder for logs; it stays.
    pub logs: PathBuf,
}

/// Fails if the system lacks something that the run needs.
pub fn check() -> Result<(), Error> {
    requirements::for_node().map(drop)
}

/// Sets up a plane and carries out a script; to be called inside an enclosure. `print` is given each
/// step as it is done. A step that does not end as the script says is an error with stock's API server;
/// with ours it is a difference.
pub fn inside(
    settings: &Settings,
    steps: &[Step],
    print: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Outcome>, Error> {
    let machines = cluster::machines(1, &settings.state)?;
    let machine = &machines[0];
    machine.enter(|| {
        let mut plane = start_plane(settings)?;
        let config = kubeconfig(&plane);
        let arguments = ["fake-nodes", "--kubeconfig", &config, FAKE_NODES];
        let fakes = Background::start("fake-nodes", &settings.pintle, &arguments, &settings.logs);
        let mut fakes = fakes?;
        let mut worker = start_runtime(settings, machine)?;
        let bench = Bench::new(&plane, settings)?;
        let waits = ["wait", "nodes", "--all", "--for=condition=Ready", "--timeout=30s"];
        crate::process::wait_until("nodes", join::PATIENCE, || {
            Ok(plane.kubectl(&waits, "")?.status.success())
        })?;
        let outcomes = bench.script(steps, print)?;
        drop(bench);
        fakes.check()?;
        worker.check()?;
        plane.check()?;
        Ok(outcomes)
    })?
}

fn start_plane(settings: &Settings) -> Result<Plane, Error> {
    let folder = settings.state.join("plane");
    std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
    let site = Site {
        folder,
        logs: settings.logs.clone(),
        advertised: ADDRESS.into(),
        endpoint: ADDRESS.into(),
        port: PORT,
        audit: None,
    };
    let mut plane = Plane::prepare_at(&settings.stock, site)?;
    plane.start_server(&settings.pintle, settings.parts.apiserver, Store::Embedded)?;
    plane.wait_ready()?;
    plane.start_clients(&settings.pintle, settings.parts)?;
    for name in ["admin.conf", "super-admin.conf"] {
        let file = Path::new(KUBERNETES).join(name);
        std::fs::copy(plane.folder().join(name), &file)
            .map_err(|error| Error::file(&file, error))?;
    }
    Ok(plane)
}

/// Starts containerd for the machine that joins.
fn start_runtime(settings: &Settings, machine: &std::sync::Arc<Machine>) -> Result<Worker, Error> {
    let system = requirements::for_node()?;
    let tools = settings.state.join("images");
    images::build_tools(&tools, &system.busybox)?;
    let about = WorkerSettings {
        system,
        runtime: None,
        pause: images::TOOLS_PAUSE,
        registry: None,
        group: cluster::group(&settings.state),
        ca: settings.state.join("plane/pki/ca.crt"),
        logs: settings.logs.clone(),
    };
    let worker = Worker::start(machine.clone(), &about)?;
    worker.import(&tools)?;
    Ok(worker)
}

/// A plane with what its administrator's tools need.
struct Bench<'a> {
    plane: &'a Plane,
    settings: &'a Settings,
    mask: Mask,
    /// Words of the script, and what stands for them.
    words: BTreeMap<&'static str, String>,
    /// The kubelet of the machine, once it has joined.
    kubelet: RefCell<Option<Background>>,
}

impl<'a> Bench<'a> {
    /// Writes down what kubeadm is told.
    fn new(plane: &'a Plane, settings: &'a Settings) -> Result<Self, Error> {
        let description = plane.description();
        let text = std::fs::read_to_string(&description)
            .map_err(|error| Error::file(&description, error))?;
        let config = plane.folder().join(CONFIG);
        let kubelets = join::kubelet_config(&cluster::group(&settings.state));
        let text = format!("{text}bootstrapTokens: [{{token: {TOKEN}, ttl: 4h}}]\n{kubelets}");
        std::fs::write(&config, text).map_err(|error| Error::file(&config, error))?;
        let hash = ca_hash(&plane.folder().join("pki/ca.crt"))?;
        let joining = plane.folder().join(JOINING);
        std::fs::write(&joining, join::config(&format!("{ADDRESS}:{PORT}"), TOKEN, &hash, ADDRESS))
            .map_err(|error| Error::file(&joining, error))?;
        let words = BTreeMap::from([
            ("CHART", settings.chart.display().to_string()),
            ("CONFIG", config.display().to_string()),
            ("HASH", hash),
            ("JOIN", joining.display().to_string()),
            ("KUBECONFIG", kubeconfig(plane)),
            ("SERVER", format!("{ADDRESS}:{PORT}")),
        ]);
        let mask = Mask::after(OWN);
        Ok(Self { plane, settings, mask, words, kubelet: RefCell::default() })
    }

    fn script(&self, steps: &[Step], print: &dyn Fn(&str)) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = Vec::new();
        for step in steps {
            let started = Instant::now();
            let outcome = self.run(step)?;
            let seconds = started.elapsed().as_secs_f64();
            print(&format!("{seconds:6.2} s  exit {:>2}  {}", outcome.code, step.line));
            let wrong = must_fail(step) == (outcome.code == 0);
            if wrong && self.settings.parts.apiserver == Make::Stock {
                let reason = format!("exit {}\n{}{}", outcome.code, outcome.output, outcome.errors);
                return Err(Error::Program { program: step.line.clone(), reason });
            }
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }

    /// Carries out a step. Whether it should have failed is for the caller to judge.
    fn run(&self, step: &Step) -> Result<Outcome, Error> {
        let mut words = step.arguments.iter().map(String::as_str).filter(|word| *word != "!");
        let tool = words.next().unwrap_or_default();
        let own = |word: &str| self.words.get(word).cloned().unwrap_or_else(|| word.to_owned());
        let arguments: Vec<String> = words.map(own).collect();
        let output = match tool {
            OBJECTS => {
                let get = ["get", "-o=json", "--show-managed-fields"].map(str::to_owned);
                let mut output = self.call("kubectl", &[&get, &arguments[..]].concat(), "")?;
                output.stdout = ordered(&output.stdout)?;
                output
            }
            JOIN => self.join(&arguments)?,
            _ => self.call(tool, &arguments, &step.input)?,
        };
        let mut outcome = session::masked(self.plane, &output, &self.mask);
        if tool == "helm" && arguments.first().is_some_and(|verb| verb == "status") {
            // Helm shows a release's resources in the order of a Go map.
            let mut lines: Vec<&str> = outcome.output.lines().collect();
            lines.sort_unstable();
            outcome.output = lines.join("\n");
        }
        Ok(outcome)
    }

    fn call(&self, tool: &str, arguments: &[String], input: &str) -> Result<Output, Error> {
        let home = self.plane.folder().join("home");
        bounded(&self.settings.stock.program(tool), CALL, input, |command| {
            command.args(arguments).env("KUBECONFIG", kubeconfig(self.plane)).env("HOME", &home);
            command.env("KUBECACHEDIR", home.join("cache"));
            for (variable, folder) in [
                ("HELM_CACHE_HOME", "helm-cache"),
                ("HELM_CONFIG_HOME", "helm-config"),
                ("HELM_DATA_HOME", "helm-data"),
            ] {
                command.env(variable, home.join(folder));
            }
            command.env("KUBEADM_JOIN_DRYRUN_DIR", self.plane.folder());
        })
    }
}

/// Whether a step must fail.
fn must_fail(step: &Step) -> bool {
    step.arguments.first().is_some_and(|word| word == "!")
}

fn kubeconfig(plane: &Plane) -> String {
    plane.folder().join("super-admin.conf").display().to_string()
}

/// Digest of a CA's public key, as machines that join compare it.
fn ca_hash(certificate: &Path) -> Result<String, Error> {
    let failed = |reason: String| Error::Program { program: "CA".into(), reason };
    let text = std::fs::read(certificate).map_err(|error| Error::file(certificate, error))?;
    let pem = Pem::iter_from_buffer(&text).next().ok_or_else(|| failed("no certificate".into()))?;
    let pem = pem.map_err(|error| failed(error.to_string()))?;
    let parsed = pem.parse_x509().map_err(|error| failed(error.to_string()))?;
    Ok(format!("sha256:{:x}", Sha256::digest(parsed.public_key().raw)))
}

/// A list's items by kind, namespace and name.
fn ordered(list: &[u8]) -> Result<Vec<u8>, Error> {
    let failed = |error: serde_json::Error| Error::Program {
        program: OBJECTS.into(),
        reason: format!("{error}: {}", String::from_utf8_lossy(list)),
    };
    let list: Value = serde_json::from_slice(list).map_err(failed)?;
    let mut items: Vec<&Value> = list["items"].as_array().into_iter().flatten().collect();
    items.retain(|item| !BY_CHANCE.iter().any(|kind| item["kind"] == *kind));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    items.sort_by_key(|item| {
        let about = &item["metadata"];
        (text(&item["kind"]), text(&about["namespace"]), text(&about["name"]))
    });
    serde_json::to_vec_pretty(&items).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::{OWN, must_fail, ordered};
    use crate::session::{Mask, parse};

    #[test]
    fn an_exclamation_mark_is_of_calls_that_must_fail() {
        let steps = parse("$ ! helm status x\n$ helm list\n");
        assert_eq!(steps.iter().map(must_fail).collect::<Vec<bool>>(), [true, false]);
    }

    #[test]
    fn objects_are_in_order_and_without_pods() {
        let list = br#"{"items":[{"kind":"Service","metadata":{"name":"b"}},{"kind":"Pod"},
            {"kind":"Service","metadata":{"name":"a"}},{"kind":"Job","metadata":{"name":"c"}}]}"#;
        let names: serde_json::Value = serde_json::from_slice(&ordered(list).unwrap()).unwrap();
        let names: Vec<&str> = names
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|item| item["metadata"]["name"].as_str())
            .collect();
        assert_eq!(names, ["c", "a", "b"]);
    }

    #[test]
    fn what_tools_draw_by_chance_is_masked() {
        let mask = Mask::after(OWN);
        for (given, then) in [
            ("kubeadm join --token 07401b.f395accd246ae52d \\", "kubeadm join --token TOKEN \\"),
            ("LAST DEPLOYED: Sat Nov 21 10:00:00 2026", "LAST DEPLOYED: TIME"),
            (r#""expiration": "MjAyNg==""#, r#""expiration": TIME"#),
            ("a: |\n -----BEGIN X-----\n MII\n -----END X-----\n", "a: |\n PEM"),
        ] {
            assert_eq!(mask.apply(given), then);
        }
    }
}
