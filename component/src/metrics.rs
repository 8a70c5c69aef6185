//! A small registry of metrics, printed in the Prometheus text format 0.0.4.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{Mutex, RwLock};

/// Content type of the text format, as stock writes it.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

/// Stability that HELP begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// `[ALPHA]`.
    Alpha,
    /// `[BETA]`.
    Beta,
    /// `[STABLE]`.
    Stable,
}

/// A number that can be added to and read without a lock.
#[derive(Debug, Default)]
pub struct Cell(AtomicU64);

impl Cell {
    /// Adds to the number.
    pub fn add(&self, amount: f64) {
        let add = |bits| Some((f64::from_bits(bits) + amount).to_bits());
        // The update closure always answers, so this cannot fail.
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).ok();
    }

    /// Adds one.
    pub fn increment(&self) {
        self.add(1.0);
    }

    /// Replaces the number.
    pub fn set(&self, value: f64) {
        self.0.store(value.to_bits(), Ordering::Relaxed);
    }

    /// The number.
    pub fn get(&self) -> f64 {
        f64::from_bits(self.0.load(Ordering::Relaxed))
    }
}

/// Counts of observations up to each bound, and their sum.
#[derive(Debug)]
pub struct Distribution {
    bounds: Arc<[f64]>,
    counts: Vec<AtomicU64>,
    sum: Cell,
}

impl Distribution {
    /// Adds an observation.
    pub fn observe(&self, value: f64) {
        let slot = self.bounds.partition_point(|bound| *bound < value);
        self.counts[slot].fetch_add(1, Ordering::Relaxed);
        self.sum.add(value);
    }
}

/// Members of a metric by their label values.
#[derive(Debug)]
pub struct Family<T> {
    name: &'static str,
    help: String,
    kind: &'static str,
    labels: &'static [&'static str],
    bounds: Arc<[f64]>,
    /// By the hash of their label values: each request looks its members up by borrowed texts.
    members: RwLock<HashMap<u64, Vec<Member<T>>>>,
    hasher: RandomState,
}

#[derive(Debug)]
struct Member<T> {
    values: Vec<String>,
    numbers: Arc<T>,
}

/// A metric that only grows, or that goes up and down.
pub type Numbers = Family<Cell>;
/// A histogram.
pub type Histograms = Family<Distribution>;

impl<T> Family<T> {
    fn member(&self, values: &[&str], make: impl FnOnce() -> T) -> Arc<T> {
        debug_assert_eq!(values.len(), self.labels.len());
        let hash = self.hasher.hash_one(values);
        let find = |alike: &Vec<Member<T>>| {
            let found = alike.iter().find(|member| member.values == values)?;
            Some(found.numbers.clone())
        };
        if let Some(found) = self.members.read().get(&hash).and_then(find) {
            return found;
        }
        let mut members = self.members.write();
        let alike = members.entry(hash).or_default();
        find(alike).unwrap_or_else(|| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            let numbers = Arc::new(make());
            alike.push(Member { values, numbers: numbers.clone() });
            numbers
        })
    }

    /// All members, by their label values.
    fn sorted(&self) -> Vec<(Vec<String>, Arc<T>)> {
        let members = self.members.read();
        let all = members.values().flatten();
        let mut all: Vec<_> =
            all.map(|member| (member.values.clone(), member.numbers.clone())).collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all
    }

    /// Forgets every member.
    pub fn clear(&self) {
        self.members.write().clear();
    }

    fn head(&self, out: &mut String) {
        // Writing to a string cannot fail.
        writeln!(out, "# HELP {} {}\n# TYPE {0} {}", self.name, self.help, self.kind).ok();
    }

    fn labelled(&self, values: &[String], extra: Option<(&str, &str)>) -> String {
        let pairs = self.labels.iter().copied().zip(values.iter().map(String::as_str));
        let text: Vec<_> = pairs
            .chain(extra)
            .map(|(label, value)| {
                let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                format!("{label}=\"{escaped}\"")
            })
            .collect();
        if text.is_empty() { String::new() } else { format!("{{{}}}", text.join(",")) }
    }
}

impl Numbers {
    /// The member with these label values.
    pub fn with(&self, values: &[&str]) -> Arc<Cell> {
        self.member(values, Cell::default)
    }
}

impl Histograms {
    /// The member with these label values.
    pub fn with(&self, values: &[&str]) -> Arc<Distribution> {
        self.member(values, || Distribution {
            bounds: self.bounds.clone(),
            counts: (0..=self.bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            sum: Cell::default(),
        })
    }
}

trait Print: Send + Sync {
    fn name(&self) -> &'static str;
    fn print(&self, out: &mut String);
    fn reset(&self);
}

impl Print for Numbers {
    fn name(&self) -> &'static str {
        self.name
    }

    fn print(&self, out: &mut String) {
        let members = self.sorted();
        if members.is_empty() {
            return;
        }
        self.head(out);
        for (values, cell) in &members {
            let labels = self.labelled(values, None);
            writeln!(out, "{}{labels} {}", self.name, number(cell.get())).ok();
        }
    }

    fn reset(&self) {
        self.clear();
    }
}

impl Print for Histograms {
    fn name(&self) -> &'static str {
        self.name
    }

    fn print(&self, out: &mut String) {
        let members = self.sorted();
        if members.is_empty() {
            return;
        }
        self.head(out);
        for (values, member) in &members {
            let mut total = 0;
            let bounds = self.bounds.iter().map(|bound| number(*bound));
            for (bound, count) in bounds.chain(["+Inf".to_owned()]).zip(&member.counts) {
                total += count.load(Ordering::Relaxed);
                let labels = self.labelled(values, Some(("le", &bound)));
                writeln!(out, "{}_bucket{labels} {total}", self.name).ok();
            }
            let labels = self.labelled(values, None);
            let sum = number(member.sum.get());
            writeln!(out, "{0}_sum{labels} {sum}\n{0}_count{labels} {total}", self.name).ok();
        }
    }

    fn reset(&self) {
        self.clear();
    }
}

/// A number as Go's client library prints it.
fn number(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "+Inf".into() } else { "-Inf".into() };
    }
    let magnitude = value.abs();
    if value != 0.0 && !(1e-4..1e21).contains(&magnitude) {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, digits) =
            exponent.strip_prefix('-').map_or(("+", exponent), |digits| ("-", digits));
        return format!("{mantissa}e{sign}{digits:0>2}");
    }
    format!("{value}")
}

/// All metrics of a process.
#[derive(Clone, Default)]
pub struct Registry {
    families: Arc<Mutex<Vec<Arc<dyn Print>>>>,
    collectors: Arc<Mutex<Vec<Collector>>>,
    resets: Arc<AtomicU64>,
}

type Collector = Box<dyn Fn() + Send + Sync>;

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.families.lock().iter().map(|family| family.name())).finish()
    }
}

impl Registry {
    /// A registry.
    pub fn new() -> Self {
        Self::default()
    }

    fn family<T>(
        &self,
        kind: &'static str,
        name: &'static str,
        stability: Stability,
        help: &str,
        labels: &'static [&'static str],
        bounds: &[f64],
    ) -> Arc<Family<T>>
    where
        Family<T>: Print + 'static,
    {
        let stability = match stability {
            Stability::Alpha => "ALPHA",
            Stability::Beta => "BETA",
            Stability::Stable => "STABLE",
        };
        let family = Arc::new(Family {
            name,
            help: format!("[{stability}] {}", help.replace('\\', "\\\\").replace('\n', "\\n")),
            kind,
            labels,
            bounds: bounds.into(),
            members: RwLock::default(),
            hasher: RandomState::new(),
        });
        self.families.lock().push(family.clone());
        family
    }

    /// A metric that only grows.
    pub fn counter(
        &self,
        name: &'static str,
        stability: Stability,
        help: &str,
        labels: &'static [&'static str],
    ) -> Arc<Numbers> {
        self.family("counter", name, stability, help, labels, &[])
    }

    /// A metric that goes up and down.
    pub fn gauge(
        &self,
        name: &'static str,
        stability: Stability,
        help: &str,
        labels: &'static [&'static str],
    ) -> Arc<Numbers> {
        self.family("gauge", name, stability, help, labels, &[])
    }

    /// A histogram with these upper bounds; infinity is added.
    pub fn histogram(
        &self,
        name: &'static str,
        stability: Stability,
        help: &str,
        labels: &'static [&'static str],
        bounds: &[f64],
    ) -> Arc<Histograms> {
        self.family("histogram", name, stability, help, labels, bounds)
    }

    /// Runs before each scrape, to bring gauges up to date.
    pub fn before_scrape(&self, collect: impl Fn() + Send + Sync + 'static) {
        self.collectors.lock().push(Box::new(collect));
    }

    /// The text format, families by name.
    pub fn print(&self) -> String {
        for collect in self.collectors.lock().iter() {
            collect();
        }
        let mut families = self.families.lock().clone();
        families.sort_by_key(|family| family.name());
        let mut out = String::new();
        for family in families {
            family.print(&mut out);
        }
        out
    }

    /// Forgets every number (`DELETE /metrics`).
    pub fn reset(&self) {
        for family in self.families.lock().iter() {
            family.reset();
        }
        // Only now: who looks up a member because of this must find a new one.
        self.resets.fetch_add(1, Ordering::Release);
    }

    /// How often that was done: a member that somebody holds from before is not printed any more.
    pub fn resets(&self) -> u64 {
        self.resets.load(Ordering::Acquire)
    }
}

/// Metrics of the process itself, in the words of Go's client library.
pub fn register_process(registry: &Registry, started_unix_seconds: f64) {
    let gauge = |name, help| registry.gauge(name, Stability::Alpha, help, &[]);
    let resident = gauge("process_resident_memory_bytes", "Resident memory size in bytes.");
    let virtual_memory = gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.");
    let descriptors = gauge("process_open_fds", "Number of open file descriptors.");
    let cpu = registry.counter(
        "process_cpu_seconds_total",
        Stability::Alpha,
        "Total user and system CPU time spent in seconds.",
        &[],
    );
    let start = "Start time of the process since unix epoch in seconds.";
    gauge("process_start_time_seconds", start).with(&[]).set(started_unix_seconds);
    registry.before_scrape(move || {
        let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let mut pages = statm.split(' ').map(|field| field.parse::<f64>().unwrap_or(0.0) * 4096.0);
        virtual_memory.with(&[]).set(pages.next().unwrap_or(0.0));
        resident.with(&[]).set(pages.next().unwrap_or(0.0));
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields: Vec<&str> =
            stat.rsplit_once(") ").map(|(_, rest)| rest.split(' ').collect()).unwrap_or_default();
        let ticks: f64 = [11, 12].iter().filter_map(|i| fields.get(*i)?.parse::<f64>().ok()).sum();
        cpu.with(&[]).set(ticks / 100.0);
        let open = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        descriptors.with(&[]).set(open as f64);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_families_by_name_with_escaped_labels() {
        let registry = Registry::new();
        let b = registry.counter("b_total", Stability::Stable, "Counts b.", &["code"]);
        registry.gauge("a", Stability::Alpha, "An a.", &[]).with(&[]).set(1.5);
        b.with(&["2\"0"]).increment();
        assert_eq!(
            registry.print(),
            "# HELP a [ALPHA] An a.\n# TYPE a gauge\na 1.5\n# HELP b_total [STABLE] Counts b.\n\
             # TYPE b_total counter\nb_total{code=\"2\\\"0\"} 1\n"
        );
    }

    #[test]
    fn histograms_accumulate() {
        let registry = Registry::new();
        let times = registry.histogram("t", Stability::Alpha, "T.", &[], &[0.5, 1.0]);
        for value in [0.5, 0.7, 2.0] {
            times.with(&[]).observe(value);
        }
        assert_eq!(
            registry.print(),
            "# HELP t [ALPHA] T.\n# TYPE t histogram\nt_bucket{le=\"0.5\"} 1\nt_bucket{le=\"1\"} \
             2\nt_bucket{le=\"+Inf\"} 3\nt_sum 3.2\nt_count 3\n"
        );
    }
}
