//! Namespaces around a whole run: made, recorded, waited for, undone.
//!
//! Everything that a run starts is in one PID namespace and dies with its first process, and that one
//! ends when the program outside does, however it does. What the kernel does not clean up by itself
//! (cgroups, folders, settings) is on record until it is undone; a second process outside undoes it if the
//! first was killed, and the next run if both were.

use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal, kill};
use nix::sys::wait::{WaitStatus, wait};
use nix::unistd::Pid;

use super::groups;
use super::record::Record;
use super::requirements;
use crate::Error;
use crate::process::Watchdog;

/// File, in a run's folder, with the id of the process whose child is the first in the namespaces.
pub const PID: &str = "pid";

/// One of everything that a run makes, from within its namespaces; `$1` is the run's folder.
const PROBE: &str = "\
mount -t tmpfs tmpfs /run
cd \"$1\"
mkdir lower upper work merged
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
ip link set lo up
ip link add switch0 type bridge
ip link add port1 type veth peer name eth0
nft add table ip probe
iptables -t nat --list-rules >/dev/null
echo 1 >/proc/sys/net/ipv4/ip_forward";
const PROBING: Duration = Duration::from_mins(1);
/// How long what was killed may take to be gone.
const DYING: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

/// The process to end when this one is asked to.
static RUNNING: Mutex<Option<Pid>> = Mutex::new(None);
static ASKED: AtomicBool = AtomicBool::new(false);
static WATCH: Once = Once::new();

/// Runs a command as the second process of new namespaces, and undoes what it left. `state` is a
/// folder for the run, whose name is the name of its cgroups; it goes away. `survivor` starts a process
/// that calls [`survive`]. Refuses beside another run.
pub fn run(
    state: &Path,
    limit: Option<Duration>,
    survivor: Command,
    configure: impl FnOnce(&mut Command),
) -> Result<(), Error> {
    watch_signals()?;
    sweep()?;
    groups::check()?;
    let _survivor = Survivor::start(survivor)?;
    let record = Record::start(state)?;
    let done = match record.other() {
        Some(other) => Err(Error::Busy(other)),
        None => enclose(state, limit, configure),
    };
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = None;
    record.undo();
    if interrupted() {
        return Err(failed("interrupted; everything it started is gone"));
    }
    done
}

/// Fails if this machine does not let its user make what runs consist of.
pub fn probe(state: &Path, survivor: Command) -> Result<(), Error> {
    let tried = run(state, Some(PROBING), survivor, |command| {
        command.args(["sh", "-e", "-c", PROBE, "sh"]).arg(state);
    });
    match tried {
        Err(error) if !interrupted() && !matches!(error, Error::Busy(_)) => {
            let reason = "namespaces, mounts, networks or cgroups cannot be made here";
            Err(Error::Missing(format!("{reason}: {error}")))
        }
        other => other,
    }
}

fn enclose(
    state: &Path,
    limit: Option<Duration>,
    configure: impl FnOnce(&mut Command),
) -> Result<(), Error> {
    groups::make(&super::group(state))?;
    let mut command = Command::new("unshare");
    command.args(["--fork", "--kill-child", "--pid", "--mount-proc", "--mount", "--net"]);
    // The first process reads this pipe: its end is the end of whoever holds the other side.
    command.args(["--uts", "--ipc"]).stdin(Stdio::piped()).env("PATH", requirements::path());
    configure(&mut command);
    let mut child = command.spawn().map_err(failed)?;
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) =
        Some(Pid::from_raw(child.id() as i32));
    let alive = child.stdin.take();
    let file = state.join(PID);
    std::fs::write(&file, child.id().to_string()).map_err(|error| Error::file(&file, error))?;
    let watchdog = limit.map(|limit| Watchdog::start(child.id(), limit));
    let started = Instant::now();
    let status = child.wait().map_err(failed)?;
    drop((alive, watchdog));
    match limit {
        _ if status.success() => Ok(()),
        Some(limit) if started.elapsed() >= limit => {
            let reason = format!("not done after {} s; it was ended", limit.as_secs());
            Err(failed(reason))
        }
        _ => Err(failed("it did not succeed; see above")),
    }
}

/// A process beside this one, in no group of this one's, so that what ends this one does not reach it.
struct Survivor(Child);

impl Survivor {
    fn start(mut command: Command) -> Result<Self, Error> {
        command.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0);
        command.spawn().map(Self).map_err(failed)
    }
}

impl Drop for Survivor {
    fn drop(&mut self) {
        // To wait is to close its pipe first, on which it ends.
        self.0.wait().ok();
    }
}

/// What the process beside a run does: waits until the run's own process is gone, and undoes what it
/// left in the folder `state` and elsewhere, if it did not do that itself.
pub fn survive(state: &Path) -> Result<(), Error> {
    // Nothing is ever sent; an error is as good as the end.
    std::io::stdin().read_to_end(&mut Vec::new()).ok();
    let until = Instant::now() + DYING;
    while Record::stands(state) {
        sweep()?;
        if Instant::now() > until {
            return Err(failed("a run was killed, and what it left is still in use"));
        }
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

/// From now on a signal ends what runs in namespaces, and not this process.
fn watch_signals() -> Result<(), Error> {
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGINT);
    signals.add(Signal::SIGTERM);
    signals.thread_block().map_err(failed)?;
    WATCH.call_once(|| {
        std::thread::spawn(move || {
            while signals.wait().is_ok() {
                ASKED.store(true, Ordering::SeqCst);
                let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(pid) = *running {
                    // One that has ended by itself needs no signal.
                    kill(pid, Signal::SIGKILL).ok();
                }
            }
        });
    });
    Ok(())
}

/// Whether a signal has ended a run.
pub fn interrupted() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Undoes what runs that are gone have left; says how many there were.
pub fn sweep() -> Result<usize, Error> {
    requirements::need_root()?;
    let left = Record::left();
    let count = left.len();
    left.into_iter().for_each(Record::undo);
    Ok(count)
}

/// What the first process of the namespaces does: starts the command, buries whoever is orphaned, and
/// ends with the command or with the program outside. Returns the command's exit code.
pub fn first(configure: impl FnOnce(&mut Command)) -> Result<i32, Error> {
    SigSet::empty().thread_set_mask().map_err(failed)?;
    std::thread::spawn(|| {
        // Nothing is ever sent; an error is as good as the end.
        std::io::stdin().read_to_end(&mut Vec::new()).ok();
        std::process::exit(1);
    });
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    configure(&mut command);
    let child = Pid::from_raw(command.spawn().map_err(failed)?.id() as i32);
    loop {
        match wait().map_err(failed)? {
            WaitStatus::Exited(pid, code) if pid == child => return Ok(code),
            WaitStatus::Signaled(pid, ..) if pid == child => return Ok(1),
            _ => {}
        }
    }
}

fn failed(reason: impl std::fmt::Display) -> Error {
    Error::Program { program: "enclosure".into(), reason: reason.to_string() }
}
