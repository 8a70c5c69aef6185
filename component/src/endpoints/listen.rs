//! The listener of a part's endpoints, as the flags of secure serving say.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use pintle_machinery::flags::Parsed;
use tracing::info;

use super::Endpoints;
use crate::serving::{self, Limits, tls};
use crate::signals::Stop;
use crate::{host, pki};

/// How long requests in flight may take at the end.
const GRACE: Duration = Duration::from_secs(1);

/// Why endpoints cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such port.
    #[error(
        "--secure-port {0} must be between 0 and 65535, inclusive. 0 for turning off secure port"
    )]
    Port(i64),
    /// The certificate that the flags name does not fit.
    #[error(transparent)]
    Tls(#[from] tls::Error),
    /// No certificate could be made.
    #[error(transparent)]
    Pki(#[from] pki::Error),
    /// The address cannot be listened on.
    #[error("failed to create listener: failed to listen on {address}: {source}")]
    Listen {
        /// Address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Serves in the background until the stop; not at all if the port is 0.
pub fn listen(parsed: &Parsed, endpoints: Endpoints, stop: Stop) -> Result<(), Error> {
    let port = parsed.int("secure-port");
    let port = u16::try_from(port).map_err(|_| Error::Port(port))?;
    if port == 0 {
        return Ok(());
    }
    let http2 = !parsed.bool("disable-http2-serving");
    let (certificate, key) = (parsed.text("tls-cert-file"), parsed.text("tls-private-key-file"));
    let tls = if certificate.is_empty() || key.is_empty() {
        let now = jiff::Timestamp::now().as_second();
        let (certificate, key) = tls::self_signed(&host::name(), now)?;
        tls::Reloading::fixed(&certificate, &key, http2)?
    } else {
        let files = tls::Files { certificate: certificate.into(), key: key.into() };
        tls::Reloading::from_files(files, http2)?
    };
    let address = parsed.ip("bind-address").unwrap_or([0, 0, 0, 0].into());
    let address = SocketAddr::new(address, port);
    let listener = serving::bind(address, parsed.bool("permit-port-sharing"))
        .map_err(|source| Error::Listen { address, source })?;
    info!(%address, "Serving securely");
    tokio::spawn(tls.clone().follow(stop.clone()));
    let streams = u32::try_from(parsed.int("http2-max-streams-per-connection")).unwrap_or(0);
    let usual = Limits::default();
    let max_streams = if streams == 0 { usual.max_streams } else { streams };
    let limits = Limits { max_streams, http2, ..usual };
    tokio::spawn(serving::serve(listener, tls, limits, Arc::new(endpoints), stop, GRACE));
    Ok(())
}
