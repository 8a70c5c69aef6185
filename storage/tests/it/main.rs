//! The stores as processes meet them: real etcds, kills, and whether what clients saw makes sense.

mod etcd;
mod failover;
mod linearizability;
mod members;
mod transfer;

/// A number from the environment.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}
