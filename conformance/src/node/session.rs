//! What has to work on the node, step by step, with the stock kubectl.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;

use super::plane::{Kubectl, Plane};
use crate::Error;
use crate::cluster::{Steps, Worker};
use crate::process::wait_until;
use crate::scratch::Scratch;

const WORKLOADS: &str = include_str!("workloads.yaml");
/// Name of the machine and of its Node.
const NAME: &str = "node1";
const REPLICAS: usize = 3;
/// Seconds within which pods run.
const RUN: u64 = 60;
/// Seconds within which a silent node is noticed: upstream's grace period, and some.
const NOTICE: u64 = 90;

pub(super) fn run(
    kubectl: &Kubectl,
    plane: &mut Plane,
    worker: &mut Worker,
    steps: &Steps<'_>,
) -> Result<(), Error> {
    let alive = |plane: &mut Plane, worker: &mut Worker, done: Result<(), Error>| {
        // A part that has ended says more than the step that missed it.
        plane.check()?;
        worker.check()?;
        done
    };
    for (what, step) in STEPS {
        let done = step(kubectl);
        alive(plane, worker, done)?;
        steps.done(what);
    }
    worker.stop_kubelet();
    plane.add_fake_node()?;
    for (what, step) in STEPS_WITHOUT_KUBELET {
        let done = step(kubectl);
        alive(plane, worker, done)?;
        steps.done(what);
    }
    Ok(())
}

/// One thing to do and to check.
type Step = fn(&Kubectl) -> Result<(), Error>;

const STEPS: &[(&str, Step)] = &[
    ("the node's certificate is approved and signed", certificate),
    ("the node is Ready", ready),
    ("a Deployment of 3, a DaemonSet and a Job run", workloads),
    ("kubectl logs", logs),
    ("kubectl exec", exec),
    ("kubectl attach", attach),
    ("kubectl cp, there and back", copy),
    ("kubectl port-forward", port_forward),
    ("a deleted pod is gone and replaced", replace),
];

const STEPS_WITHOUT_KUBELET: &[(&str, Step)] = &[
    ("the kubelet is stopped: the node is not Ready, and tainted", silent),
    ("its pods are not Ready, then evicted", evicted),
    ("the Deployment's pods run on another (fake) node", moved),
];

fn certificate(kubectl: &Kubectl) -> Result<(), Error> {
    let issued = "-o=jsonpath={.items[*].status.certificate}";
    let signer = "--field-selector=spec.signerName=kubernetes.io/kube-apiserver-client-kubelet";
    wait_until("certificate of the kubelet", Duration::from_secs(RUN), || {
        Ok(!kubectl.call(&["get", "csr", signer, issued], "")?.is_empty())
    })?;
    kubectl.wait(&["csr", "--all", "--for=condition=Approved"], RUN)
}

fn ready(kubectl: &Kubectl) -> Result<(), Error> {
    let node = format!("node/{NAME}");
    kubectl.wait(&[&node, "--for=create"], RUN)?;
    kubectl.wait(&[&node, "--for=condition=Ready"], RUN)?;
    let lease = format!("lease/{NAME}");
    kubectl.wait(&["-n", "kube-node-lease", &lease, "--for=create"], RUN)?;
    let holder = "-o=jsonpath={.spec.holderIdentity}";
    expect(&kubectl.call(&["get", "-n", "kube-node-lease", &lease, holder], "")?, NAME)
}

fn workloads(kubectl: &Kubectl) -> Result<(), Error> {
    kubectl.call(&["apply", "-f", "-"], WORKLOADS)?;
    let timeout = format!("--timeout={RUN}s");
    for set in ["deployment/web", "daemonset/agent"] {
        kubectl.call(&["rollout", "status", set, &timeout], "")?;
    }
    kubectl.wait(&["job/sum", "--for=condition=Complete"], RUN)?;
    kubectl.wait(&["pod/echo", "--for=condition=Ready"], RUN)
}

fn logs(kubectl: &Kubectl) -> Result<(), Error> {
    expect(&kubectl.call(&["logs", "job/sum"], "")?, "42\n")?;
    let all = kubectl.call(&["logs", "-l", "app=web", "--prefix", "--timestamps"], "")?;
    if all.lines().filter(|line| line.ends_with(" serving")).count() == REPLICAS {
        return Ok(());
    }
    Err(failed(format!("logs of {REPLICAS} pods: {all:?}")))
}

fn exec(kubectl: &Kubectl) -> Result<(), Error> {
    let said =
        kubectl.call(&["exec", "deployment/web", "--", "sh", "-c", "echo $((6 * 7))"], "")?;
    expect(&said, "42\n")?;
    let said = kubectl.call(&["exec", "-i", "deployment/web", "--", "cat"], "through a pipe\n")?;
    expect(&said, "through a pipe\n")?;
    let refused = kubectl.call(&["exec", "deployment/web", "--", "sh", "-c", "exit 7"], "");
    match refused {
        Err(error) if error.to_string().contains("exit code 7") => Ok(()),
        other => Err(failed(format!("a command's exit code: {other:?}"))),
    }
}

fn attach(kubectl: &Kubectl) -> Result<(), Error> {
    expect(&kubectl.call(&["attach", "-i", "-q", "echo"], "heard\n")?, "heard\n")
}

fn copy(kubectl: &Kubectl) -> Result<(), Error> {
    let folder = Scratch::new()?;
    let (sent, back) = (folder.path().join("sent"), folder.path().join("back"));
    let content = "0123456789abcdef".repeat(64 * 1024);
    std::fs::write(&sent, &content).map_err(|error| Error::file(&sent, error))?;
    let pod = first_pod(kubectl)?;
    let inside = format!("{pod}:/tmp/copied");
    kubectl.call(&["cp", &sent.display().to_string(), &inside], "")?;
    kubectl.call(&["cp", &inside, &back.display().to_string()], "")?;
    let returned = std::fs::read_to_string(&back).map_err(|error| Error::file(&back, error))?;
    if returned == content { Ok(()) } else { Err(failed("the copy differs".into())) }
}

fn port_forward(kubectl: &Kubectl) -> Result<(), Error> {
    let mut forwarder = kubectl.spawn(&["port-forward", "deployment/web", ":8080"])?;
    let port = forwarded_port(&mut forwarder);
    let answers = port.and_then(|port| (0..2).try_for_each(|_| request(port)));
    // It goes on until told.
    forwarder.kill().ok();
    forwarder.wait().ok();
    answers
}

/// The port that the forwarder names in its first line.
fn forwarded_port(forwarder: &mut Child) -> Result<u16, Error> {
    let output = forwarder.stdout.as_mut().ok_or_else(|| failed("no output".into()))?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).map_err(|error| failed(error.to_string()))?;
    let port = line.strip_prefix("Forwarding from 127.0.0.1:");
    let port = port.and_then(|rest| rest.split(' ').next()?.parse().ok());
    port.ok_or_else(|| failed(format!("port-forward said {line:?}")))
}

/// Sends a request through the forwarder.
fn request(port: u16) -> Result<(), Error> {
    let mut answer = String::new();
    TcpStream::connect(("127.0.0.1", port))
        .and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(RUN)))?;
            stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
            stream.read_to_string(&mut answer)
        })
        .map_err(|error| failed(format!("a request through port-forward: {error}")))?;
    if answer.ends_with("hello\n") { Ok(()) } else { Err(failed(format!("answer: {answer:?}"))) }
}

fn replace(kubectl: &Kubectl) -> Result<(), Error> {
    let pod = first_pod(kubectl)?;
    let timeout = format!("--timeout={RUN}s");
    kubectl.call(&["delete", "pod", &pod, "--grace-period=1", &timeout], "")?;
    kubectl.call(&["rollout", "status", "deployment/web", &timeout], "").map(drop)
}

fn silent(kubectl: &Kubectl) -> Result<(), Error> {
    let node = format!("node/{NAME}");
    kubectl.wait(&[&node, "--for=condition=Ready=Unknown"], NOTICE)?;
    let effects = "-o=jsonpath={.spec.taints[?(@.key==\"node.kubernetes.io/unreachable\")].effect}";
    wait_until("taints", Duration::from_secs(RUN), || {
        let mut effects: Vec<String> = kubectl
            .call(&["get", &node, effects], "")?
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        effects.sort();
        Ok(effects == ["NoExecute", "NoSchedule"])
    })
}

fn evicted(kubectl: &Kubectl) -> Result<(), Error> {
    let here = format!("--field-selector=spec.nodeName={NAME}");
    let deleted = "-o=jsonpath={range .items[*]}{.metadata.deletionTimestamp} \
                   {.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}";
    wait_until("eviction", Duration::from_secs(RUN), || {
        let pods = kubectl.call(&["get", "pods", "-l", "app=web", &here, deleted], "")?;
        let evicted = |pod: &&str| pod.len() > " False".len() && pod.ends_with(" False");
        Ok(pods.lines().filter(evicted).count() == REPLICAS)
    })
}

fn moved(kubectl: &Kubectl) -> Result<(), Error> {
    let timeout = format!("--timeout={RUN}s");
    kubectl.call(&["rollout", "status", "deployment/web", &timeout], "")?;
    let elsewhere = format!("--field-selector=spec.nodeName!={NAME},status.phase=Running");
    let running = ["get", "pods", "-l", "app=web", &elsewhere, "-o=name"];
    let count = kubectl.call(&running, "")?.lines().count();
    if count == REPLICAS { Ok(()) } else { Err(failed(format!("{count} pods moved"))) }
}

fn first_pod(kubectl: &Kubectl) -> Result<String, Error> {
    let name = "-o=jsonpath={.items[0].metadata.name}";
    kubectl.call(&["get", "pods", "-l", "app=web", name], "")
}

fn expect(said: &str, expected: &str) -> Result<(), Error> {
    if said == expected {
        return Ok(());
    }
    Err(failed(format!("expected {expected:?}, got {said:?}")))
}

fn failed(reason: String) -> Error {
    Error::Program { program: "session".into(), reason }
}
