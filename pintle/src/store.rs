//! `pintle store`: checks, copies and moves the store of a control plane.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use pintle_storage::embedded::{self, Moved, Report, Trouble};
use pintle_storage::{EtcdStore, etcd};

use crate::cli::{Data, say};

/// How long etcd may take to answer at first.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Subcommand)]
pub(crate) enum Store {
    /// Read the whole store through and say whether it is sound; changes nothing.
    Check(Place),
    /// Copy the store into a new file, whether the control plane runs or not.
    Snapshot {
        #[command(flatten)]
        place: Place,
        /// File to make.
        file: PathBuf,
    },
    /// Make the store from a snapshot; its folder must be empty or missing.
    Restore {
        #[command(flatten)]
        place: Place,
        /// The snapshot.
        file: PathBuf,
    },
    /// Move the store of a stopped control plane into an empty etcd.
    Export {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        etcd: Etcd,
    },
    /// Make the store from what is in etcd; its folder must be empty or missing.
    Import {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        etcd: Etcd,
    },
}

/// Where the store is.
#[derive(Args)]
pub(crate) struct Place {
    #[command(flatten)]
    data: Data,
    /// The store's own folder, as kube-apiserver takes it, if it is not in a data folder.
    #[arg(long)]
    embedded_store_dir: Option<PathBuf>,
}

impl Place {
    fn folder(&self) -> PathBuf {
        self.embedded_store_dir.clone().unwrap_or_else(|| self.data.folder.join("store"))
    }
}

/// How etcd is reached, in kube-apiserver's words.
#[derive(Args)]
pub(crate) struct Etcd {
    /// URLs of the members.
    #[arg(long = "etcd-servers", value_delimiter = ',', required = true)]
    servers: Vec<String>,
    /// Authorities of etcd's certificates.
    #[arg(long = "etcd-cafile")]
    authority: Option<PathBuf>,
    /// The client's certificate.
    #[arg(long = "etcd-certfile")]
    certificate: Option<PathBuf>,
    /// Its key.
    #[arg(long = "etcd-keyfile")]
    key: Option<PathBuf>,
}

impl Etcd {
    async fn connect(&self) -> Result<EtcdStore, Trouble> {
        let tls = etcd::TlsFiles {
            authority: self.authority.clone(),
            certificate: self.certificate.clone(),
            key: self.key.clone(),
        };
        let endpoints = self.servers.clone();
        let options =
            etcd::Options { endpoints, tls, patience: PATIENCE, ..etcd::Options::default() };
        Ok(EtcdStore::connect(options).await?)
    }
}

/// Runs a command; an error says what failed, why, and what can be done.
pub(crate) async fn run(command: Store) -> Result<(), String> {
    let done = match command {
        Store::Check(place) => {
            let folder = place.folder();
            embedded::check(&folder).map(|report| describe(&folder, "sound", report))
        }
        Store::Snapshot { place, file } => embedded::take_snapshot(&place.folder(), &file)
            .map(|bytes| say(&format!("{}: {bytes} bytes", file.display()))),
        Store::Restore { place, file } => {
            let folder = place.folder();
            embedded::restore(&file, &folder).map(|report| describe(&folder, "restored", report))
        }
        Store::Export { place, etcd } => export(&place.folder(), &etcd).await,
        Store::Import { place, etcd } => import(&place.folder(), &etcd).await,
    };
    done.map_err(|trouble| {
        let cause = match &trouble {
            Trouble::Etcd(error) => format!(": {error}"),
            _ => String::new(),
        };
        format!("{trouble}{cause}; {}", trouble.advice())
    })
}

fn describe(folder: &Path, what: &str, report: Report) {
    let Report { revision, compacted, keys, leases, rows, bytes, file_bytes } = report;
    say(&format!(
        "{}: {what}: revision {revision}, history from {compacted}, {keys} keys, {leases} leases, \
         {rows} rows of {bytes} bytes in a file of {file_bytes}",
        folder.display()
    ));
}

async fn export(folder: &Path, etcd: &Etcd) -> Result<(), Trouble> {
    let moved = embedded::export(folder, &etcd.connect().await?).await?;
    tell(moved);
    if moved.to_revision < moved.from_revision {
        say(&format!(
            "etcd counts revisions anew: clients that have seen {from} must list again. To count on \
             from there, take a snapshot of etcd and restore it with `etcdutl snapshot restore \
             --bump-revision {from} --mark-compacted`",
            from = moved.from_revision
        ));
    }
    Ok(())
}

async fn import(folder: &Path, etcd: &Etcd) -> Result<(), Trouble> {
    let moved = embedded::import(&etcd.connect().await?, folder).await?;
    tell(moved);
    Ok(())
}

fn tell(moved: Moved) {
    let Moved { keys, leases, from_revision, to_revision } = moved;
    say(&format!("{keys} keys and {leases} leases; revision {from_revision} is now {to_revision}"));
}
