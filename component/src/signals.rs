//! Signals: the first SIGTERM or SIGINT asks for a clean stop, a second one ends the process.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Tells when to stop; copies may be handed to every task.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// Asks for the stop.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Asks everyone who waits on the [`Stop`] to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// A stop with its switch.
    pub fn new() -> (Stopper, Stop) {
        let (sender, receiver) = watch::channel(false);
        (Stopper(sender), Stop(receiver))
    }

    /// A stop switched by the process's signals (`server.SetupSignalContext`).
    pub fn on_signals() -> std::io::Result<Stop> {
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let (stopper, stop) = Self::new();
        tokio::spawn(async move {
            for round in 0..2 {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                if round == 0 {
                    stopper.stop();
                } else {
                    std::process::exit(1);
                }
            }
        });
        Ok(stop)
    }

    /// A stop has been asked for.
    pub fn stopped(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for the stop; forever if nobody can ask for one any more.
    pub async fn wait(&mut self) {
        if self.0.wait_for(|stopped| *stopped).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
