//! Programs that run in the background and end with their owner.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
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
        let mut command = Command::new(program);
        configure(&mut command);
        let child = command
            .stdin(Stdio::null())
            .stdout(open()?)
            .stderr(open()?)
            .spawn()
            .map_err(|error| failed(name, error))?;
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
    let mut command = Command::new(program);
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
