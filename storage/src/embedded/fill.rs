//! A new store from rows: made beside its place, and put there once it is whole.

use std::fs::File;
use std::path::{Path, PathBuf};

use redb::{Database, WriteTransaction};

use super::disk::{FILE, FORMAT, LEASES, META, REVISIONS};
use crate::store::{LeaseId, Revision};

const PARTIAL: &str = "store.redb.partial";
/// Rows that are written in one transaction.
const STEP: u64 = 10_000;

/// A store that is being filled. If it is dropped before [`Filling::finish`], nothing is left.
pub(super) struct Filling {
    directory: PathBuf,
    partial: PathBuf,
    database: Option<Database>,
    transaction: Option<WriteTransaction>,
    rows: u64,
}

impl Filling {
    pub(super) fn start(directory: &Path) -> Result<Self, redb::Error> {
        let partial = directory.join(PARTIAL);
        let database = Database::create(&partial)?;
        let mut filling = Self {
            directory: directory.to_owned(),
            partial,
            database: None,
            transaction: None,
            rows: 0,
        };
        filling.transaction = Some(database.begin_write()?);
        filling.database = Some(database);
        Ok(filling)
    }

    fn transaction(&mut self) -> Result<&WriteTransaction, redb::Error> {
        if self.transaction.is_none() {
            let database = self.database.as_ref().expect("it is open until it is finished");
            self.transaction = Some(database.begin_write()?);
        }
        Ok(self.transaction.as_ref().expect("it was begun above"))
    }

    fn commit(&mut self) -> Result<(), redb::Error> {
        if let Some(transaction) = self.transaction.take() {
            transaction.commit()?;
        }
        Ok(())
    }

    pub(super) fn row(&mut self, revision: u64, sub: u32, body: &[u8]) -> Result<(), redb::Error> {
        self.transaction()?.open_table(REVISIONS)?.insert((revision, sub), body)?;
        self.rows += 1;
        if self.rows.is_multiple_of(STEP) { self.commit() } else { Ok(()) }
    }

    pub(super) fn lease(&mut self, id: LeaseId, expires: i64) -> Result<(), redb::Error> {
        self.transaction()?.open_table(LEASES)?.insert(id, expires)?;
        Ok(())
    }

    pub(super) fn meta(
        &mut self,
        (revision, compacted): (Revision, Revision),
        next_lease: LeaseId,
    ) -> Result<(), redb::Error> {
        let mut meta = self.transaction()?.open_table(META)?;
        meta.insert("format", FORMAT)?;
        meta.insert("revision", revision)?;
        meta.insert("compacted", compacted)?;
        meta.insert("next_lease", next_lease)?;
        Ok(())
    }

    /// Makes everything durable and puts it in place.
    pub(super) fn finish(mut self) -> Result<(), redb::Error> {
        {
            // Tables that got no row are there all the same.
            let transaction = self.transaction()?;
            transaction.open_table(REVISIONS)?;
            transaction.open_table(LEASES)?;
        }
        self.commit()?;
        drop(self.database.take());
        std::fs::rename(&self.partial, self.directory.join(FILE))?;
        File::open(&self.directory)?.sync_all()?;
        Ok(())
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        drop(self.transaction.take());
        if self.database.take().is_some() {
            // If this fails the folder is not empty, and that is what the next attempt says.
            std::fs::remove_file(&self.partial).ok();
        }
    }
}
