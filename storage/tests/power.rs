//! Cuts the power of a file system under 16 writers, again and again, and looks for what was lost.
//!
//! The file system is ext4 on a loop device; its `FS_IOC_SHUTDOWN` drops everything that was not
//! flushed. `cargo xtask powercuts` runs this; it needs root, and `mkfs.ext4`, `mount` and `perl`.
//! `PINTLE_POWER_CUTS` sets how often (0), `PINTLE_POWER_SEED` repeats a run's moments, and
//! `PINTLE_POWER_FOLDER` says where the image is.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::executor::block_on;
use pintle_storage::embedded::{EmbeddedStore, Options};
use pintle_storage::{Event, Op, Range, Revision, Store, Txn};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const WRITERS: usize = 16;
const IMAGE_BYTES: u64 = 64 << 20;
/// Without flushing its journal (`EXT4_GOING_FLAGS_NOLOGFLUSH`), when a line comes in.
const CUT: &str = r#"open(F, "<", $ARGV[0]) or die $!; $| = 1; print "ready\n"; <STDIN>;
$how = pack("L", 2); ioctl(F, 0x8004587D, $how) or die $!;"#;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

fn must(command: &mut Command) {
    let output = command.output().expect("the program is there");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {text}");
}

/// An ext4 in a file.
struct FileSystem {
    folder: tempfile::TempDir,
}

impl FileSystem {
    fn new() -> Self {
        let base = std::env::var_os("PINTLE_POWER_FOLDER").map(PathBuf::from);
        let base = base.unwrap_or_else(std::env::temp_dir);
        let folder = tempfile::tempdir_in(base).expect("a folder can be made");
        let system = Self { folder };
        std::fs::create_dir(system.root()).expect("the folder is ours");
        let image = std::fs::File::create(system.image()).expect("the folder is ours");
        image.set_len(IMAGE_BYTES).expect("there is room");
        must(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(system.image()));
        system.mount();
        system
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn mount(&self) {
        must(Command::new("mount").args(["-o", "loop"]).arg(self.image()).arg(self.root()));
    }

    fn unmount(&self) {
        let deadline = Instant::now() + Duration::from_secs(5);
        let done = || Command::new("umount").arg(self.root()).output().expect("it is there");
        while !done().status.success() {
            assert!(Instant::now() < deadline, "the file system stays in use");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// A process that cuts the power as soon as it is sent a line.
    fn cutter(&self) -> Child {
        use std::io::{BufRead, BufReader};
        let mut child = Command::new("perl")
            .args(["-e", CUT])
            .arg(self.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("perl is there");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let ready = out.lines().map_while(Result::ok).any(|line| line == "ready");
        assert!(ready, "the file system cannot be opened");
        child
    }
}

impl Drop for FileSystem {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.unmount();
        }
    }
}

/// Revision, key, and value unless deleted.
type Change = (Revision, Bytes, Option<Bytes>);

fn change(event: Event) -> Change {
    let value = (!event.deleted).then_some(event.kv.value);
    (event.kv.mod_revision, event.kv.key, value)
}

/// Changes that somebody was told of: before the power was cut, and after. With the power of the file
/// system alone the process goes on, and the kernel tells some of its callers that their data was
/// synced though the journal was dropped meanwhile; with the machine's nobody is told any more.
#[derive(Default)]
struct Log(Mutex<(Vec<Change>, Vec<Change>)>);

impl Log {
    fn note(&self, changes: impl IntoIterator<Item = Change>, cut: &AtomicBool) {
        let late = cut.load(Ordering::SeqCst);
        let mut log = self.0.lock().expect("nobody panics");
        if late { log.1.extend(changes) } else { log.0.extend(changes) }
    }

    fn take(&self) -> (Vec<Change>, Vec<Change>) {
        std::mem::take(&mut *self.0.lock().expect("nobody panics"))
    }
}

#[derive(Default)]
struct Told {
    acknowledged: Log,
    shown: Log,
    /// The power is about to be cut.
    cut: AtomicBool,
}

/// What has been proven to be in the store.
#[derive(Default)]
struct Proven {
    revision: Revision,
    state: BTreeMap<Bytes, Bytes>,
    acknowledged: u64,
    /// Changes told of after the cut that are not there.
    late: u64,
}

fn open(folder: &Path) -> Result<EmbeddedStore, String> {
    let options = Options {
        on_fatal: Arc::new(|_| {}),
        history_bytes: 4 << 20,
        housekeeping: Duration::from_millis(5),
        ..Options::default()
    };
    EmbeddedStore::open(&folder.join("store"), options).map_err(|error| error.to_string())
}

fn write_until_cut(
    store: &EmbeddedStore,
    (cycle, thread): (u64, usize),
    told: &Told,
    first: &mpsc::Sender<()>,
) {
    for n in 0_u64.. {
        let key = Bytes::from(format!("/{thread}/{}", (n * 7 + cycle) % 50));
        let padding = "x".repeat(((n * 131 + cycle * 17) % 900) as usize);
        let value = (n % 11 != 10).then(|| Bytes::from(format!("{cycle}-{n} {padding}")));
        let op = match value.clone() {
            Some(value) => Op::Put { key: key.clone(), value, lease: 0 },
            None => Op::Delete { key: key.clone() },
        };
        let Ok(done) = block_on(store.txn(Txn { success: vec![op], ..Txn::default() })) else {
            return;
        };
        if value.is_some() || done.responses[0].is_some() {
            told.acknowledged.note([(done.revision, key, value)], &told.cut);
            // Only the first of all is waited for.
            first.send(()).ok();
        }
    }
}

/// Writes until the power is cut at a random moment, and proves that what was acknowledged or shown
/// is there afterwards.
fn cycle(
    system: &FileSystem,
    number: u64,
    random: &mut StdRng,
    proven: &mut Proven,
) -> Result<(), String> {
    let store = Arc::new(open(&system.root())?);
    let told = Arc::new(Told::default());
    let stop = Arc::new(AtomicBool::new(false));
    let mut watch =
        block_on(store.watch(Bytes::new(), proven.revision)).map_err(|e| e.to_string())?;
    let (seen, over) = (told.clone(), stop.clone());
    let watcher = std::thread::spawn(move || {
        loop {
            let last_look = over.load(Ordering::SeqCst);
            while let Ok(Some(batch)) = watch.try_next() {
                seen.shown.note(batch.events.into_iter().map(change), &seen.cut);
            }
            if last_look {
                return;
            }
            std::thread::sleep(Duration::from_micros(200));
        }
    });
    let (sender, first) = mpsc::channel();
    let writers: Vec<_> = (0..WRITERS)
        .map(|thread| {
            let (store, told, sender) = (store.clone(), told.clone(), sender.clone());
            let name = (number, thread);
            std::thread::spawn(move || write_until_cut(&store, name, &told, &sender))
        })
        .collect();
    drop(sender);
    first.recv().map_err(|_| "nothing could be written".to_owned())?;
    let mut cutter = system.cutter();
    std::thread::sleep(Duration::from_micros(random.random_range(0..25_000)));
    told.cut.store(true, Ordering::SeqCst);
    cutter.stdin.take().expect("it is piped").write_all(b"\n").expect("it listens");
    let cut = cutter.wait().expect("it was started");
    assert!(cut.success(), "the power could not be cut");
    for writer in writers {
        writer.join().map_err(|_| "a writer panicked")?;
    }
    stop.store(true, Ordering::SeqCst);
    watcher.join().map_err(|_| "the watcher panicked")?;
    drop(Arc::into_inner(store).expect("the writers have ended"));
    system.unmount();
    system.mount();
    prove(&open(&system.root())?, proven, &told)
}

fn prove(store: &EmbeddedStore, proven: &mut Proven, told: &Told) -> Result<(), String> {
    let newest = block_on(store.revision()).map_err(|error| error.to_string())?;
    let mut watch =
        block_on(store.watch(Bytes::new(), proven.revision)).map_err(|error| error.to_string())?;
    let mut found: BTreeMap<Revision, Change> = BTreeMap::new();
    let mut reached = proven.revision;
    while reached < newest {
        let batch = block_on(watch.next()).map_err(|error| error.to_string())?;
        for event in batch.events {
            let revision = event.kv.mod_revision;
            if revision != reached + 1 {
                return Err(format!("a watch goes from revision {reached} to {revision}"));
            }
            reached = revision;
            found.insert(revision, change(event));
        }
        if batch.revision > reached {
            return Err(format!("a watch says {} after {reached}", batch.revision));
        }
    }
    let ((acknowledged, late), (shown, _)) = (told.acknowledged.take(), told.shown.take());
    proven.late += late.iter().filter(|one| found.get(&one.0) != Some(one)).count() as u64;
    for (what, changes) in [("acknowledged", &acknowledged), ("shown", &shown)] {
        for one in changes {
            if found.get(&one.0) != Some(one) {
                let (revision, key, _) = one;
                return Err(format!("revision {revision} of {key:?} was {what} and is lost"));
            }
        }
    }
    let mut expected = proven.revision;
    for (revision, ..) in &shown {
        expected += 1;
        if *revision != expected {
            return Err(format!("a live watch showed revision {revision} in place of {expected}"));
        }
    }
    for (_, key, value) in found.into_values() {
        match value {
            Some(value) => proven.state.insert(key, value),
            None => proven.state.remove(&key),
        };
    }
    let all = Range { start: "\0".into(), end: "~".into(), ..Range::default() };
    let kvs = block_on(store.range(all)).map_err(|error| error.to_string())?.kvs;
    let state: BTreeMap<_, _> = kvs.into_iter().map(|kv| (kv.key, kv.value)).collect();
    if state != proven.state {
        return Err("the keys are not what their changes add up to".into());
    }
    proven.revision = newest;
    proven.acknowledged += acknowledged.len() as u64;
    Ok(())
}

/// Runs cycles until one finds something or all are done.
fn cycles(most: u64, seed: u64) -> Result<(), String> {
    eprintln!("PINTLE_POWER_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let system = FileSystem::new();
    let mut proven = Proven { revision: 1, ..Proven::default() };
    let start = Instant::now();
    for number in 1..=most {
        cycle(&system, number, &mut random, &mut proven)
            .map_err(|error| format!("cycle {number} of seed {seed}: {error}"))?;
        if number % 100 == 0 || number == most {
            eprintln!(
                "{number} power cuts in {:.0} s: {} writes acknowledged, none lost, no gap ({} told of \
                 after the cut are not there)",
                start.elapsed().as_secs_f64(),
                proven.acknowledged,
                proven.late
            );
        }
    }
    Ok(())
}

#[test]
fn loses_nothing_acknowledged_when_the_power_is_cut() {
    let most = setting("PINTLE_POWER_CUTS", 0);
    if most == 0 {
        eprintln!("skipped: PINTLE_POWER_CUTS says how many power cuts, and needs root");
        return;
    }
    let seed = setting("PINTLE_POWER_SEED", u64::from(rand::random::<u32>()));
    cycles(most, seed).unwrap();
}

/// The test above can fail: it does with each of these bugs.
#[cfg(feature = "planted-bugs")]
#[test]
fn finds_planted_bugs() {
    use pintle_storage::planted::{Bug, plant};
    for bug in [Bug::NoSync, Bug::EarlyWatch, Bug::LostWrite] {
        plant(bug);
        let found = cycles(300, rand::random::<u32>().into());
        plant(Bug::None);
        eprintln!("{bug:?}: {}", found.expect_err("the bug is found"));
    }
}
