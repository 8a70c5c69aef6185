//! `cargo xtask handover`: a cluster's data handed between stock's API server and ours, on one etcd.

use std::path::Path;
use std::time::Instant;

use pintle_conformance::Error;
use pintle_conformance::handover::{Load, Report, handover, side_by_side};
use pintle_conformance::plane::Make;
use pintle_conformance::stock::Stock;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "handover",
    about: "hand a cluster's data from stock to ours and back [theirs|ours|both [KILLS]]",
    run,
};

const LOAD: Load = Load { kills: 20, writers: 8, watchers: 4 };

fn run(arguments: &[String]) -> Result<(), String> {
    let root = crate::root();
    let Some(stock) = crate::stock_or_skip(&root) else { return Ok(()) };
    let pintle = crate::build_pintle("debug")?;
    let names: Vec<&str> = match arguments.first() {
        None => vec!["theirs", "ours", "both"],
        Some(name) => vec![name],
    };
    let kills =
        arguments.get(1).map(|text| text.parse().map_err(|_| format!("not a number: {text}")));
    let load = Load { kills: kills.transpose()?.unwrap_or(LOAD.kills), ..LOAD };
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let mut wrong = 0;
    for name in names {
        let started = Instant::now();
        match runtime.block_on(one(name, &stock, &pintle, load)) {
            Err(Error::Missing(reason)) => eprintln!("{name}: skipped: {reason}"),
            Err(error) => return Err(format!("{name}: {error}")),
            Ok(report) => {
                eprintln!("{name}: {:.1} s", started.elapsed().as_secs_f64());
                report.done.iter().for_each(|line| eprintln!("  {line}"));
                report.wrong.iter().for_each(|line| eprintln!("  WRONG {line}"));
                wrong += report.wrong.len();
            }
        }
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} things are wrong")) }
}

async fn one(name: &str, stock: &Stock, pintle: &Path, load: Load) -> Result<Report, Error> {
    match name {
        "theirs" => handover(stock, pintle, Make::Stock).await,
        "ours" => handover(stock, pintle, Make::Pintle).await,
        "both" => side_by_side(stock, pintle, load).await,
        _ => Err(Error::Missing(format!("{name} is no run: want theirs, ours or both"))),
    }
}
