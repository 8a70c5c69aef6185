//! What the kernel alone takes to send an event on a connection of its own.
//!
//! No server that tells each watcher of each change at once can do with less: beside its figures, this
//! one says how much of them is its own.

use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use futures::future::try_join_all;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use tokio::io::AsyncReadExt as _;

use crate::Failure;
use crate::load;
use crate::watch::PACE;

/// Events on connections that do not share anything.
#[derive(Clone, Copy)]
pub(crate) struct Floor {
    pub(crate) connections: usize,
    /// Events that each is told.
    pub(crate) events: usize,
    /// Bytes of an event.
    pub(crate) bytes: usize,
}

impl Floor {
    /// Processor seconds of the sender for each event and connection: a system call, and what the
    /// kernel does within. The receiver has the load's processor.
    pub(crate) fn run(self) -> Result<f64, Failure> {
        let (senders, receivers) = self.connect()?;
        std::thread::scope(|scope| {
            let sender = scope.spawn(|| self.send(senders));
            let all = self.events * self.bytes;
            load::on_own_processor(|| async move {
                let readers = receivers.into_iter().map(|stream| async move {
                    let mut stream = tokio::net::TcpStream::from_std(stream)?;
                    let (mut buffer, mut seen) = (vec![0; self.bytes], 0);
                    while seen < all {
                        match stream.read(&mut buffer).await? {
                            0 => return Err(Failure::from("the sender ended early")),
                            read => seen += read,
                        }
                    }
                    Ok(())
                });
                try_join_all(readers).await.map(drop)
            })?;
            sender.join().map_err(|_| Failure::from("the sender panicked"))?
        })
    }

    /// Both ends of each, one after the other: a listener that is behind forgets connections.
    fn connect(self) -> Result<(Vec<TcpStream>, Vec<TcpStream>), Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let mut ends = (Vec::new(), Vec::new());
        for _ in 0..self.connections {
            let receiver = TcpStream::connect(address)?;
            receiver.set_nonblocking(true)?;
            let (sender, _) = listener.accept()?;
            sender.set_nodelay(true)?;
            ends.0.push(sender);
            ends.1.push(receiver);
        }
        Ok(ends)
    }

    fn send(self, mut streams: Vec<TcpStream>) -> Result<f64, Failure> {
        let event = vec![0; self.bytes];
        let before = seconds()?;
        for _ in 0..self.events {
            streams.iter_mut().try_for_each(|stream| stream.write_all(&event))?;
            std::thread::sleep(PACE);
        }
        Ok((seconds()? - before) / (self.connections * self.events) as f64)
    }
}

/// Processor seconds of the current thread.
fn seconds() -> Result<f64, Failure> {
    let used = getrusage(UsageWho::RUSAGE_THREAD)?;
    let microseconds = (used.user_time() + used.system_time()).num_microseconds();
    Ok(microseconds as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::Floor;

    #[test]
    fn every_event_arrives_and_costs_something() {
        // More than a listener lets wait.
        let floor = Floor { connections: 300, events: 2, bytes: 10_000 };
        let seconds = floor.run().unwrap();
        assert!(seconds > 0.0 && seconds < 1.0, "{seconds}");
    }
}
