//! `cargo xtask conformance matrix`: the smoke set on every mix of stock's and our parts.

use std::time::Instant;

use pintle_conformance::Error;
use pintle_conformance::cluster::enclosure;

use super::options::Options;

/// Names of the mixes: API server, scheduler, controllers; `s` for stock, `p` for Pintle.
const MIXES: &[&str] = &["sss", "ssp", "sps", "spp", "pss", "psp", "pps", "ppp"];

/// Runs the mixes that are named, or all.
pub(super) fn run(arguments: &[String]) -> Result<(), String> {
    let (mixes, rest): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|word| MIXES.contains(&word.as_str()));
    let mixes: Vec<&str> = if mixes.is_empty() {
        MIXES.to_vec()
    } else {
        mixes.into_iter().map(String::as_str).collect()
    };
    let mut lines = Vec::new();
    let mut bad = 0;
    let started = Instant::now();
    for mix in mixes {
        let mut words: Vec<String> = rest.iter().map(ToString::to_string).collect();
        words.extend(options(mix));
        let begun = Instant::now();
        let done = super::outside(&Options::parse(&words)?, &words);
        if let Err(error @ (Error::Missing(_) | Error::Busy(_))) = done {
            return Err(error.to_string());
        }
        if enclosure::interrupted() {
            return Err("interrupted".into());
        }
        bad += usize::from(done.is_err());
        let word = if done.is_ok() { "as expected" } else { "FAILED" };
        lines.push(format!("{mix}  {:>5.0} s  {word}", begun.elapsed().as_secs_f64()));
    }
    eprintln!("\n{}\nall: {:.0} s", lines.join("\n"), started.elapsed().as_secs_f64());
    if bad == 0 { Ok(()) } else { Err(format!("{bad} mixes failed")) }
}

/// The options that make a mix.
fn options(mix: &str) -> Vec<String> {
    let make = |letter| if letter == 's' { "stock" } else { "pintle" };
    let parts = ["--apiserver", "--scheduler", "--controllers"].into_iter().zip(mix.chars());
    let words = parts.flat_map(|(name, letter)| [name, make(letter)]);
    words.chain(["--smoke"]).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::options::Options;
    use super::{MIXES, options};

    #[test]
    fn every_mix_is_what_its_name_says() {
        for mix in MIXES {
            let parsed = Options::parse(&options(mix)).expect("the options are known");
            assert_eq!(parsed.configuration(), *mix);
            assert!(parsed.choice.smoke);
        }
        assert_eq!(MIXES.len(), 8);
    }
}
