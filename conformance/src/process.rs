//! Programs that run in the background and end with their owner.

use std::cell::Cell;
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::Error;

/// Longer than any program takes that is waited for.
const LONG: Duration = Duration::from_hours(1);

/// A program in the background, its output in a log file.
pub struct Background {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Background {
    /// Starts a program; what it prints goes to `FOLDER/NAME.log`.
    pub fn start<S: AsRef<OsStr>>(
        name: &str,
        program: &Path,
        arguments: &[S],
        folder: &Path,
    ) -> Result<Self, Error> {
        Self::configured(name, program, folder, |command| {
            command.args(arguments);
        })
    }

    /// Starts a program as `configure` says; what it prints goes to `FOLDER/NAME.log`.
    pub fn configured(
        name: &str,
        program: &Path,
        folder: &Path,
        configure: impl FnOnce(&mut Command),
    ) -> Result<Self, Error> {
        let log = folder.join(format!("{name}.log"));
        let open = || {
            let mut options = File::options();
            options.create(true).append(true).open(&log).map_err(|error| Error::file(&log, error))
        };
        let stays = STAYS.get();
        let mut command = if stays { Command::new(program) } else { leashed(program) };
        configure(&mut command);
        command.stdin(Stdio::null()).stdout(open()?).stderr(open()?);
        let child = if stays { command.spawn() } else { spawn(command) };
        let child = child.map_err(|error| failed(name, error))?;
        Ok(Self { name: name.into(), child, log })
    }

    /// What it was called when it was started.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends the program at once, as a power cut would.
    pub fn kill(mut self) {
        self.end(Signal::SIGKILL, Duration::from_secs(10));
    }

    /// The last lines that the program printed.
    pub fn tail(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(8).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// Fails if the program has ended by itself.
    pub fn check(&mut self) -> Result<(), Error> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(failed(&self.name, format!("{status}\n{}", self.tail()))),
            Err(error) => Err(failed(&self.name, error)),
        }
    }

    /// Processor seconds used and resident bytes, from the kernel's books.
    pub fn usage(&self) -> Option<(f64, u64)> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
        let ticks: u64 =
            fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        let pages: u64 = fields.get(21)?.parse().ok()?;
        Some((ticks as f64 / 100.0, pages * 4096))
    }

    /// The most bytes that were resident so far.
    pub fn peak(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
    }

    /// The exit code, once it has ended; -1 if a signal ended it.
    pub fn ended(&mut self) -> Result<Option<i32>, Error> {
        let status = self.child.try_wait().map_err(|error| failed(&self.name, error))?;
        Ok(status.map(|status| status.code().unwrap_or(-1)))
    }

    fn end(&mut self, signal: Signal, patience: Duration) {
        // A program that is gone already needs no signal.
        kill(Pid::from_raw(self.child.id() as i32), signal).ok();
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.end(Signal::SIGTERM, Duration::from_secs(3));
    }
}

thread_local! {
    static STAYS: Cell<bool> = const { Cell::new(false) };
}

/// What the calling thread starts in the background from now on belongs where the thread is: in
/// namespaces, which end whatever is in them.
pub(crate) fn stay() {
    STAYS.set(true);
}

/// A program that the kernel ends when the thread that starts it ends, and so with this process, however
/// that does; where there is no `setpriv` of util-linux, a program like any other.
fn leashed(program: &Path) -> Command {
    static SETPRIV: LazyLock<bool> = LazyLock::new(|| {
        let tried = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--", "true"])
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    });
    if !*SETPRIV {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// Starts a leashed program on a thread that lives as long as this process.
fn spawn(command: Command) -> std::io::Result<Child> {
    type Job = (Command, Sender<std::io::Result<Child>>);
    static STARTER: LazyLock<Sender<Job>> = LazyLock::new(|| {
        let (jobs, queue) = channel::<Job>();
        std::thread::spawn(move || {
            for (mut command, answer) in queue {
                // Whoever asked waits for it.
                answer.send(command.spawn()).ok();
            }
        });
        jobs
    });
    let gone = || std::io::Error::other("the thread that starts programs is gone");
    let (answer, child) = channel();
    STARTER.send((command, answer)).map_err(|_| gone())?;
    child.recv().map_err(|_| gone())?
}

/// Runs a program to its end and returns what it printed; an exit code other than 0 is an error.
pub fn run(program: &Path, configure: impl FnOnce(&mut Command)) -> Result<String, Error> {
    run_within(program, LONG, configure)
}

/// Runs a program as `run` does, and ends it if it takes longer.
pub(crate) fn run_within(
    program: &Path,
    patience: Duration,
    configure: impl FnOnce(&mut Command),
) -> Result<String, Error> {
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let output = bounded(program, patience, "", configure)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(&name, format!("{}\n{}", output.status, said.trim_end())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program to its end, within bounds; a refusal is an outcome, not an error.
pub(crate) fn bounded(
    program: &Path,
    patience: Duration,
    input: &str,
    configure: impl FnOnce(&mut Command),
) -> Result<Output, Error> {
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut command = leashed(program);
    configure(&mut command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&name, error))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read its input closes it.
        std::io::Write::write_all(&mut stdin, input.as_bytes()).ok();
    }
    let deadline = Instant::now() + patience;
    let watchdog = Watchdog::start(child.id(), patience);
    let output = child.wait_with_output().map_err(|error| failed(&name, error))?;
    drop(watchdog);
    if output.status.code().is_none() && Instant::now() >= deadline {
        return Err(failed(&name, format!("not done after {} s", patience.as_secs())));
    }
    Ok(output)
}

/// Ends a process that outlives its time.
pub(crate) struct Watchdog(Sender<()>);

impl Watchdog {
    pub(crate) fn start(pid: u32, patience: Duration) -> Self {
        let (alive, owner) = channel();
        std::thread::spawn(move || {
            let late = owner.recv_timeout(patience) == Err(RecvTimeoutError::Timeout);
            if late {
                // It may have ended just now.
                kill(Pid::from_raw(pid.cast_signed()), Signal::SIGKILL).ok();
            }
        });
        Self(alive)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // The thread may have given up already.
        self.0.send(()).ok();
    }
}

/// Waits until `ready` says so; fails with what was waited for.
pub fn wait_until(
    what: &str,
    patience: Duration,
    mut ready: impl FnMut() -> Result<bool, Error>,
) -> Result<(), Error> {
    let deadline = Instant::now() + patience;
    while !ready()? {
        if Instant::now() > deadline {
            return Err(failed(what, format!("not ready after {} s", patience.as_secs())));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn failed(program: &str, reason: impl std::fmt::Display) -> Error {
    Error::Program { program: program.into(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use super::{Background, leashed, run_within, wait_until};

    /// Names a folder for logs where a test's program is the owner.
    const OWNER: &str = "PINTLE_TEST_OWNER";

    /// Starts a program from a thread that ends, says its process id, and waits to be killed.
    #[test]
    fn owner() {
        let Some(folder) = std::env::var_os(OWNER) else { return };
        let folder = Path::new(&folder).to_owned();
        let start = move || Background::start("sleep", Path::new("sleep"), &["600"], &folder);
        let sleep = std::thread::spawn(start).join().unwrap().unwrap();
        println!("\npid {}", sleep.pid());
        std::thread::sleep(Duration::from_mins(10));
    }

    #[test]
    fn programs_end_with_an_owner_that_is_killed() {
        if leashed(Path::new("true")).get_program() != "setpriv" {
            eprintln!("skipped: no setpriv");
            return;
        }
        let logs = tempfile::tempdir().unwrap();
        let mut owner = Command::new(std::env::current_exe().unwrap())
            .args(["process::tests::owner", "--exact", "--nocapture"])
            .env(OWNER, logs.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(owner.stdout.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.starts_with("pid ")).unwrap();
        let folder = Path::new("/proc").join(line.trim_start_matches("pid "));
        let name = || std::fs::read_to_string(folder.join("comm"));
        wait_until("sleep", Duration::from_secs(10), || Ok(name().unwrap() == "sleep\n")).unwrap();
        owner.kill().unwrap();
        owner.wait().unwrap();
        let gone = || Ok(name().map_or(true, |name| name != "sleep\n") || is_dead(&folder));
        wait_until("its end", Duration::from_secs(10), gone).unwrap();
    }

    /// Whether it waits to be buried, by whoever inherited it.
    fn is_dead(folder: &Path) -> bool {
        let stat = std::fs::read_to_string(folder.join("stat")).unwrap_or_default();
        stat.contains(") Z ")
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let late = run_within(Path::new("sleep"), Duration::from_millis(100), |command| {
            command.arg("600");
        });
        assert_eq!(late.unwrap_err().to_string(), "sleep: not done after 0 s");
    }
}
