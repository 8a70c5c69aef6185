//! What can be asked of a run.

use std::path::PathBuf;
use std::time::Duration;

use pintle_conformance::cluster::letters;
use pintle_conformance::plane::{Make, Parts, Store};
use pintle_conformance::stock::Set;
use pintle_conformance::suite::Choice;

pub(super) const HELP: &str = "\
cargo xtask conformance [OPTIONS]

  --apiserver, --scheduler, --controllers stock|pintle
                        whose part it is (pintle)
  --store embedded|etcd what holds our API server's objects (embedded); stock's are in etcd
  --kubelet, --proxy stock
                        whose the nodes' parts are: Pintle has none of its own
  --proxy-mode nftables|iptables
                        how kube-proxy translates (nftables)
  --tier LETTERS        only tests that need: A the API, C controllers too, K pods that run,
                        R what runs in them
  --focus REGEX         only tests whose names match
  --smoke               only the smoke set
  --nodes N             machines (2); the suite wants two at least
  --procs N             tests at once (6)
  --repeat N            run the tests N times on the same cluster and say how often each passed; with
                        --record, beside the results; one failure is a failure
  --audit               keep what clients ask and hear, for `shadow`
  --keep                leave the cluster running until Ctrl-C
  --record              take the results over into conformance/results
  --pintle FILE         our binary, if it is built already
  --limit MINUTES       end the run, as a failure, if it takes longer
  --skip-if-missing     build what is missing of the stock release and its images; where that, root, a
                        package or the right to make namespaces is not to be had, say so and do not fail
  --clean               undo what a run that crashed has left, and do nothing else

cargo xtask conformance matrix [MIX..] [OPTIONS]
                        the smoke set on every mix of parts, or those named, such as spp
cargo xtask conformance enter [COMMAND..]
                        a command, or a shell, on the first machine of a cluster that is kept
cargo xtask conformance shadow [LOG] [--record] [--pintle FILE]
                        ask our API server what stock's was asked in a run with --audit, and compare
                        the answers; --record writes the list of differences anew
cargo xtask conformance page
                        write docs/conformance.md anew from conformance/results";

/// What is added to the name of an audited run's folder.
pub(super) const AUDITED: &str = "-audit";

const NFTABLES: &str = "nftables";
const IPTABLES: &str = "iptables";
/// Machines and their pods have addresses of one byte.
const MOST_NODES: usize = 250;

/// The options of a run.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) parts: Parts,
    pub(super) store: Store,
    pub(super) proxy_mode: String,
    pub(super) choice: Choice,
    pub(super) nodes: usize,
    pub(super) procs: usize,
    pub(super) repeat: usize,
    pub(super) audit: bool,
    pub(super) keep: bool,
    pub(super) record: bool,
    pub(super) clean: bool,
    pub(super) skip_ok: bool,
    pub(super) limit: Option<Duration>,
    pub(super) pintle: Option<PathBuf>,
}

impl Options {
    /// Reads the command line.
    pub(super) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self {
            parts: Parts::all(Make::Pintle),
            store: Store::Embedded,
            proxy_mode: NFTABLES.into(),
            choice: Choice::default(),
            nodes: 2,
            procs: 6,
            repeat: 1,
            audit: false,
            keep: false,
            record: false,
            clean: false,
            skip_ok: false,
            limit: None,
            pintle: None,
        };
        let mut words = arguments.iter().flat_map(|word| match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => vec![name, value],
            _ => vec![word.as_str()],
        });
        while let Some(name) = words.next() {
            match name {
                "--smoke" => options.choice.smoke = true,
                "--audit" => options.audit = true,
                "--keep" => options.keep = true,
                "--record" => options.record = true,
                "--clean" => options.clean = true,
                "--skip-if-missing" => options.skip_ok = true,
                _ => {
                    let value =
                        words.next().ok_or_else(|| format!("{name}: no value, see --help"))?;
                    options.set(name, value).map_err(|reason| format!("{name}: {reason}"))?;
                }
            }
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let number = || {
            let number = value.parse::<usize>().ok().filter(|number| *number > 0);
            number.ok_or_else(|| format!("not a number above 0: {value}"))
        };
        match name {
            "--apiserver" => self.parts.apiserver = make(value)?,
            "--scheduler" => self.parts.scheduler = make(value)?,
            "--controllers" => self.parts.controllers = make(value)?,
            "--store" => {
                self.store = match value {
                    "embedded" => Store::Embedded,
                    "etcd" => Store::Etcd,
                    _ => return Err(format!("neither embedded nor etcd: {value}")),
                }
            }
            "--kubelet" | "--proxy" => {
                if make(value)? == Make::Pintle {
                    return Err("Pintle is a control plane: nodes have stock's".into());
                }
            }
            "--proxy-mode" if [NFTABLES, IPTABLES].contains(&value) => {
                self.proxy_mode = value.into();
            }
            "--tier"
                if !value.is_empty() && value.chars().all(|letter| "ACKR".contains(letter)) =>
            {
                self.choice.tiers = value.into();
            }
            "--focus" => {
                let focus = value.parse().map_err(|error| format!("{error}"))?;
                self.choice.focus = Some(focus);
            }
            "--nodes" if number()? <= MOST_NODES => self.nodes = number()?,
            "--procs" => self.procs = number()?,
            "--repeat" => self.repeat = number()?,
            "--limit" => self.limit = Some(Duration::from_mins(number()? as u64)),
            // Inside the namespaces the working folder is another.
            "--pintle" => {
                let file = std::path::absolute(value).map_err(|error| error.to_string())?;
                self.pintle = Some(file);
            }
            _ => return Err(format!("cannot be {value}, see --help")),
        }
        Ok(())
    }

    /// What it needs of the stock release.
    pub(super) fn needs(&self) -> Set {
        let etcd = self.parts.apiserver == Make::Stock || self.store == Store::Etcd;
        if self.choice.smoke && !etcd { Set::Smoke } else { Set::Suite }
    }

    /// Whether one of the parts is ours.
    pub(super) fn needs_pintle(&self) -> bool {
        let Parts { apiserver, scheduler, controllers } = self.parts;
        [apiserver, scheduler, controllers].contains(&Make::Pintle)
    }

    /// Name of the folder for reports and logs: the configuration's, and another for runs with a difference.
    pub(super) fn folder(&self) -> String {
        let proxies = if self.proxy_mode == IPTABLES { "-iptables" } else { "" };
        self.configuration() + proxies + if self.audit { AUDITED } else { "" }
    }

    /// Name of the configuration: whose the parts are, and our API server's store unless it is our own.
    pub(super) fn configuration(&self) -> String {
        let letters = letters(self.parts);
        if (self.parts.apiserver, self.store) == (Make::Pintle, Store::Etcd) {
            return format!("{letters}-etcd");
        }
        letters
    }
}

fn make(value: &str) -> Result<Make, String> {
    match value {
        "stock" => Ok(Make::Stock),
        "pintle" => Ok(Make::Pintle),
        _ => Err(format!("neither stock nor pintle: {value}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Set};

    fn parse(line: &str) -> Result<Options, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[track_caller]
    fn check(line: &str, want: &str) {
        assert_eq!(parse(line).map(|options| options.configuration()), Ok(want.into()), "{line}");
    }

    #[test]
    fn a_configuration_is_named_by_its_parts() {
        check("", "ppp");
        check("--apiserver stock --scheduler=stock --controllers stock", "sss");
        check("--scheduler stock --store etcd", "psp-etcd");
        check("--apiserver stock --store etcd", "spp");
        check("--kubelet stock --proxy stock --proxy-mode iptables", "ppp");
    }

    #[test]
    fn the_smoke_set_on_our_api_server_needs_less_of_stock() {
        for (line, want) in [
            ("--smoke", Set::Smoke),
            ("--smoke --store etcd", Set::Suite),
            ("--smoke --apiserver stock", Set::Suite),
            ("", Set::Suite),
        ] {
            assert_eq!(parse(line).map(|options| options.needs()), Ok(want), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in [
            "--procs",
            "--procs 0",
            "--limit 1h",
            "--nodes 251",
            "--tier X",
            "--focus (",
            "--proxy-mode ipvs",
            "--proxy pintle",
            "--kubelet pintle",
            "--new x",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
