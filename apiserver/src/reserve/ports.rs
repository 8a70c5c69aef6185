//! The node ports of services: one bitmap in the store.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use pintle_api::codec::protobuf;
use pintle_api::{Kind, catalog};
use pintle_engine::Value;
use pintle_storage::{Compare, Error, Op, Range, Revision, Store, Txn};

use super::bits::Bits;

/// Ports that a cluster gives out (`--service-node-port-range`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortRange {
    /// First port.
    pub base: u16,
    /// How many there are.
    pub size: u16,
}

impl PortRange {
    /// `30000-32767`.
    pub const DEFAULT: PortRange = PortRange { base: 30000, size: 2768 };

    fn offset(self, port: u16) -> Option<usize> {
        port.checked_sub(self.base).filter(|offset| *offset < self.size).map(usize::from)
    }

    /// Ports at the lower end that are for static use first (`portallocator.calculateRangeOffset`).
    fn preferred(self) -> usize {
        let size = usize::from(self.size);
        if size <= 16 { 0 } else { (size / 32).clamp(16, 128) }
    }
}

impl std::fmt::Display for PortRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let last = u32::from(self.base) + u32::from(self.size).saturating_sub(1);
        write!(f, "{}-{last}", self.base)
    }
}

/// Why there is no port (`registry/core/service/portallocator`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// Every port is taken.
    #[error("range is full")]
    Full,
    /// The port is taken.
    #[error("provided port is already allocated")]
    Allocated,
    /// The port is not one that the cluster gives out.
    #[error("provided port is not in the valid range. The range of valid ports is {0}")]
    NotInRange(PortRange),
    /// The stored bitmap is of another range.
    #[error("the provided range does not match the current range")]
    OtherRange,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
    /// The stored bitmap cannot be read.
    #[error("unable to decode {0}")]
    Undecodable(String),
}

/// Gives out ports (`portallocator.PortAllocator` over `allocator/storage.Etcd`).
pub struct Ports {
    store: Arc<dyn Store>,
    key: Bytes,
    range: PortRange,
    turn: tokio::sync::Mutex<()>,
}

impl Ports {
    /// An allocator whose bitmap lies below the store's prefix, such as `/registry`.
    pub fn new(store: Arc<dyn Store>, prefix: &str, range: PortRange) -> Self {
        let key = format!("{}/ranges/servicenodeports", prefix.trim_end_matches('/'));
        Self { store, key: key.into(), range, turn: tokio::sync::Mutex::new(()) }
    }

    /// Takes a port.
    pub async fn allocate(&self, port: u16) -> Result<(), PortError> {
        let offset = self.range.offset(port).ok_or(PortError::NotInRange(self.range))?;
        self.change(|bits| if bits.take(offset) { Ok(()) } else { Err(PortError::Allocated) }).await
    }

    /// Takes any free port.
    pub async fn allocate_next(&self) -> Result<u16, PortError> {
        let range = self.range;
        let pick = |below: usize| rand::random_range(0..below);
        self.change(|bits| {
            let free = bits.free(usize::from(range.size), range.preferred(), pick);
            let offset = free.ok_or(PortError::Full)?;
            bits.take(offset);
            Ok(range.base + offset as u16)
        })
        .await
    }

    /// Gives a port back.
    pub async fn release(&self, port: u16) -> Result<(), PortError> {
        let Some(offset) = self.range.offset(port) else { return Ok(()) };
        self.change(|bits| {
            bits.release(offset);
            Ok(())
        })
        .await
    }

    /// The port is taken.
    pub async fn has(&self, port: u16) -> Result<bool, PortError> {
        let Some(offset) = self.range.offset(port) else { return Ok(false) };
        Ok(self.read().await?.0.has(offset))
    }

    /// Makes the bitmap if there is none, and takes the ports that services already have
    /// (`portallocator/controller.Repair`; what nobody seems to use stays taken).
    pub async fn repair(&self, used: &[u16]) -> Result<(), PortError> {
        let offsets: Vec<usize> = used.iter().filter_map(|port| self.range.offset(*port)).collect();
        self.change(|bits| {
            for offset in &offsets {
                bits.take(*offset);
            }
            Ok(())
        })
        .await
    }

    async fn change<T>(
        &self,
        mut change: impl FnMut(&mut Bits) -> Result<T, PortError>,
    ) -> Result<T, PortError> {
        let _turn = self.turn.lock().await;
        loop {
            let (mut bits, revision) = self.read().await?;
            let before = bits.to_bytes();
            let result = change(&mut bits)?;
            let after = bits.to_bytes();
            if revision != 0 && before == after {
                return Ok(result);
            }
            let put = Op::Put { key: self.key.clone(), value: self.encode(&after), lease: 0 };
            let compare = vec![Compare { key: self.key.clone(), mod_revision: revision }];
            let txn = Txn { compare, success: vec![put], failure: Vec::new() };
            if self.store.txn(txn).await?.succeeded {
                return Ok(result);
            }
        }
    }

    async fn read(&self) -> Result<(Bits, Revision), PortError> {
        let range = Range { start: self.key.clone(), ..Range::default() };
        let found = self.store.range(range).await?;
        match found.kvs.first() {
            None => Ok((Bits::default(), 0)),
            Some(kv) => Ok((self.decode(&kv.value)?, kv.mod_revision)),
        }
    }

    fn decode(&self, value: &[u8]) -> Result<Bits, PortError> {
        let undecodable = || PortError::Undecodable(String::from_utf8_lossy(&self.key).into());
        let envelope = protobuf::Envelope::read(value).map_err(|_| undecodable())?;
        let object = protobuf::decode(kind().message, envelope.raw).map_err(|_| undecodable())?;
        if object["range"].as_str() != Some(self.range.to_string().as_str()) {
            return Err(PortError::OtherRange);
        }
        let data = object["data"].as_str().unwrap_or_default();
        Ok(Bits::from_bytes(&BASE64.decode(data).unwrap_or_default()))
    }

    fn encode(&self, bits: &[u8]) -> Bytes {
        let object: Value = serde_json::json!({
            "metadata": {},
            "range": self.range.to_string(),
            "data": BASE64.encode(bits),
        });
        let raw = protobuf::encode(kind().message, &object);
        protobuf::Envelope::new("v1", "RangeAllocation", &raw).write().into()
    }
}

fn kind() -> &'static Kind {
    catalog().kind("", "v1", "RangeAllocation").expect("the catalog has every kind of core/v1")
}
