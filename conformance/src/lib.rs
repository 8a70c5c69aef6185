//! Stock clients and components against Pintle's parts.
//!
//! Everything here drives real programs: the stock release's, built from its published modules, and
//! ours. A machine without Go skips it, and says so.

pub mod cluster;
pub mod handover;
pub mod images;
pub mod node;
pub mod plane;
pub mod process;
pub mod results;
pub mod scratch;
pub mod session;
pub mod shadow;
pub mod stock;
pub mod suite;
pub mod tools;

/// Why a comparison could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something that the machine lacks; the comparison is to be skipped.
    #[error("{0}")]
    Missing(String),
    /// Another run has the machine.
    #[error("{0} is under way: two runs at once would disturb each other")]
    Busy(String),
    /// A program could not be started or failed.
    #[error("{program}: {reason}")]
    Program {
        /// Name of the program.
        program: String,
        /// What it said, or what the system said.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{path}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// A failure with a file.
    pub fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }
}
