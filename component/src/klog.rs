//! Logs in klog's text format, or as JSON lines, on standard error.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

/// Form of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// klog text.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// What is logged, and how.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Form of the lines.
    pub format: Format,
    /// `-v`: 0 logs info and worse, 4 debug too, 6 and up everything.
    pub verbosity: u32,
    /// `--vmodule`: verbosity by file name without extension; `*` stands for anything.
    pub modules: Vec<(String, u32)>,
}

/// Makes this the log of the process; does nothing if there is one.
pub fn init(config: Config) {
    let subscriber = tracing_subscriber::registry().with(Klog { config });
    tracing::subscriber::set_global_default(subscriber).ok();
}

/// Stands for the name of a file that is not known.
const UNKNOWN: &str = "unknown.rs";

struct Klog {
    config: Config,
}

impl Klog {
    fn shows(&self, level: Level, file: &str, target: &str) -> bool {
        let ours = target.starts_with("pintle") || target.starts_with("kube");
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".rs");
        let module = self.config.modules.iter().find(|(pattern, _)| matches(pattern, stem));
        let verbosity = module.map_or(self.config.verbosity, |(_, verbosity)| *verbosity);
        let needed = match level {
            Level::ERROR | Level::WARN => 0,
            Level::INFO => {
                if ours {
                    0
                } else {
                    4
                }
            }
            Level::DEBUG => {
                if ours {
                    4
                } else {
                    8
                }
            }
            Level::TRACE => {
                if ours {
                    6
                } else {
                    10
                }
            }
        };
        verbosity >= needed
    }
}

/// A `--vmodule` pattern: `*` for any run of characters.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, tail)) => name.strip_prefix(head).is_some_and(|rest| {
            (0..=rest.len())
                .filter(|start| rest.is_char_boundary(*start))
                .any(|start| matches(tail, &rest[start..]))
        }),
    }
}

impl<S: Subscriber> Layer<S> for Klog {
    /// Asked once for each place in the code: what is not shown costs next to nothing there, and
    /// spans, of which the lines say nothing, are never made.
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let file = metadata.file().unwrap_or(UNKNOWN);
        !metadata.is_span() && self.shows(*metadata.level(), file, metadata.target())
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        let modules = self.config.modules.iter().map(|(_, verbosity)| *verbosity);
        Some(match modules.fold(self.config.verbosity, u32::max) {
            0..4 => LevelFilter::INFO,
            4..6 => LevelFilter::DEBUG,
            _ => LevelFilter::TRACE,
        })
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let file = metadata.file().unwrap_or(UNKNOWN);
        let mut fields = Fields::default();
        event.record(&mut fields);
        let now = jiff::Timestamp::now();
        let place =
            format!("{}:{}", file.rsplit('/').next().unwrap_or(file), metadata.line().unwrap_or(0));
        let line = match self.config.format {
            Format::Text => text(*metadata.level(), now, &place, &fields),
            Format::Json => json(*metadata.level(), now, &place, fields),
        };
        // Nobody is left to hear of a log that cannot be written.
        std::io::stderr().lock().write_all(line.as_bytes()).ok();
    }
}

#[derive(Default)]
struct Fields {
    message: String,
    values: Vec<(&'static str, Value)>,
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        if field.name() == "message" {
            self.message = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        } else {
            self.values.push((field.name(), value));
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.put(field, format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let mut chain = value.to_string();
        let mut source = value.source();
        while let Some(error) = source {
            write!(chain, ": {error}").ok();
            source = error.source();
        }
        self.put(field, chain.into());
    }
}

fn text(level: Level, now: jiff::Timestamp, place: &str, fields: &Fields) -> String {
    let letter = match level {
        Level::ERROR => 'E',
        Level::WARN => 'W',
        _ => 'I',
    };
    let pid = std::process::id();
    let stamp = now.to_zoned(jiff::tz::TimeZone::system()).strftime("%m%d %H:%M:%S%.6f");
    let message = pintle_machinery::json::quote(&fields.message);
    let mut line = format!("{letter}{stamp} {pid:>7} {place}] {message}");
    for (name, value) in &fields.values {
        match value {
            Value::String(text) if text.contains('\n') => {
                write!(line, " {name}=<").ok();
                for part in text.lines() {
                    write!(line, "\n\t{part}").ok();
                }
                line.push_str("\n >");
            }
            Value::String(text) => {
                write!(line, " {name}={}", pintle_machinery::json::quote(text)).ok();
            }
            other => {
                write!(line, " {name}={other}").ok();
            }
        }
    }
    line.push('\n');
    line
}

fn json(level: Level, now: jiff::Timestamp, place: &str, fields: Fields) -> String {
    let milliseconds = now.as_microsecond() as f64 / 1000.0;
    let mut rest = Map::new();
    for (name, value) in fields.values {
        rest.insert(name.to_owned(), value);
    }
    let mut line = format!(
        "{{\"ts\":{milliseconds},\"caller\":{},\"msg\":{}",
        Value::from(place),
        Value::from(fields.message)
    );
    if level != Level::ERROR && level != Level::WARN {
        line.push_str(",\"v\":0");
    }
    for (name, value) in rest {
        write!(line, ",{}:{value}", Value::from(name)).ok();
    }
    line.push_str("}\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields {
            message: "Started".into(),
            values: vec![("err", "a\nb".into()), ("count", 3.into()), ("name", "x y".into())],
        }
    }

    #[test]
    fn text_quotes_strings_and_indents_lines() {
        let line = text(Level::ERROR, jiff::Timestamp::UNIX_EPOCH, "main.rs:7", &fields());
        let (head, body) = line.split_once("] ").unwrap();
        assert!(head.starts_with('E') && head.ends_with("main.rs:7"), "{head}");
        assert_eq!(body, "\"Started\" err=<\n\ta\n\tb\n > count=3 name=\"x y\"\n");
    }

    #[test]
    fn json_carries_milliseconds() {
        let line = json(Level::INFO, jiff::Timestamp::UNIX_EPOCH, "main.rs:7", fields());
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["ts"], 0.0);
        assert_eq!(value["msg"], "Started");
        assert_eq!(value["count"], 3);
    }

    /// What is to be shown of a module of ours and of somebody else's, worst first, and whether spans are.
    #[track_caller]
    fn check(config: Config, ours: [bool; 3], theirs: [bool; 3]) {
        let subscriber = tracing_subscriber::registry().with(Klog { config });
        tracing::subscriber::with_default(subscriber, || {
            use tracing::enabled;
            let found = [enabled!(Level::INFO), enabled!(Level::DEBUG), enabled!(Level::TRACE)];
            assert_eq!(found, ours);
            let found = [
                enabled!(target: "h2", Level::INFO),
                enabled!(target: "h2", Level::DEBUG),
                enabled!(target: "h2", Level::TRACE),
            ];
            assert_eq!(found, theirs);
            assert!(tracing::error_span!("span").is_disabled());
        });
    }

    #[test]
    fn what_is_not_shown_is_not_recorded_either() {
        let verbosity = |verbosity| Config { verbosity, ..Config::default() };
        check(verbosity(0), [true, false, false], [false; 3]);
        check(verbosity(4), [true, true, false], [true, false, false]);
        check(verbosity(10), [true; 3], [true; 3]);
        let modules = vec![("tests".to_owned(), 6), ("klog".to_owned(), 6)];
        check(Config { modules, ..Config::default() }, [true; 3], [true, false, false]);
    }

    #[test]
    fn modules_match_by_pattern() {
        assert!(matches("a*c", "abbc"));
        assert!(!matches("a*c", "abbd"));
    }
}
