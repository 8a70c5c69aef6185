//! Pieces of a gzip member that can be shared between members: each is compressed on its own and ends
//! at a byte's boundary, so that pieces are put together without a look at what is in them.

use bytes::Bytes;
use crc32fast::Hasher;
use flate2::{Compress, FlushCompress, Status};

use super::LEVEL;

/// A member's beginning: no name, no time, no system (RFC 1952).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The last block of every member, with nothing in it: pieces have none that is marked as the last.
const LAST: [u8; 2] = [3, 0];
/// Length and checksum of a piece's text stand before its blocks.
const PREFIX: usize = 8;

/// A piece: length and CRC-32 of its text, and deflate's blocks.
#[derive(Clone, Debug)]
pub(crate) struct Piece(Bytes);

impl Piece {
    /// Compresses a text.
    pub(crate) fn of(text: &[u8]) -> Self {
        let length = u32::try_from(text.len()).expect("pieces are short");
        let mut out = Vec::with_capacity(PREFIX + text.len() / 8 + 64);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&crc32fast::hash(text).to_le_bytes());
        if text.is_empty() {
            return Self(out.into());
        }
        let mut state = Compress::new(LEVEL, false);
        loop {
            let rest = &text[state.total_in() as usize..];
            let done = state.compress_vec(rest, &mut out, FlushCompress::Sync);
            // With nothing left to do there is an error, but no room was lacking either.
            let idle = matches!(done, Ok(Status::BufError) | Err(_));
            if idle || (state.total_in() == u64::from(length) && out.len() < out.capacity()) {
                break;
            }
            out.reserve(out.len());
        }
        assert_eq!(state.total_in(), u64::from(length), "memory takes everything");
        out.shrink_to_fit();
        Self(out.into())
    }

    /// A piece as it was kept.
    pub(crate) fn from_bytes(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// The piece to be kept.
    pub(crate) fn into_bytes(self) -> Bytes {
        self.0
    }

    /// Bytes of the text.
    pub(crate) fn length(&self) -> usize {
        self.number(0) as usize
    }

    /// There is no text.
    pub(crate) fn is_empty(&self) -> bool {
        self.length() == 0
    }

    fn number(&self, at: usize) -> u32 {
        let bytes = self.0.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    fn blocks(&self) -> &[u8] {
        self.0.get(PREFIX..).unwrap_or_default()
    }

    fn checksum(&self) -> Hasher {
        Hasher::new_with_initial_len(self.number(4), u64::from(self.number(0)))
    }
}

/// A member on its way.
pub(super) struct Member<I> {
    /// None once the member has ended.
    pieces: Option<I>,
    begun: bool,
    checksum: Hasher,
    /// Bytes of all texts; the format keeps the lowest 32 bits.
    length: u32,
}

impl<I: Iterator<Item = Piece>> Member<I> {
    pub(super) fn new(pieces: I) -> Self {
        Self { pieces: Some(pieces), begun: false, checksum: Hasher::new(), length: 0 }
    }

    /// The next bytes: at least so many, unless the member ends before.
    pub(super) fn next(&mut self, least: usize) -> Option<Bytes> {
        let pieces = self.pieces.as_mut()?;
        let mut out = Vec::with_capacity(least + least / 4);
        if !std::mem::replace(&mut self.begun, true) {
            out.extend_from_slice(&HEADER);
        }
        while out.len() < least {
            let Some(piece) = pieces.next() else {
                out.extend_from_slice(&LAST);
                out.extend_from_slice(&self.checksum.clone().finalize().to_le_bytes());
                out.extend_from_slice(&self.length.to_le_bytes());
                self.pieces = None;
                break;
            };
            out.extend_from_slice(piece.blocks());
            self.checksum.combine(&piece.checksum());
            self.length = self.length.wrapping_add(piece.number(0));
        }
        Some(out.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    /// Puts texts together and takes them apart again.
    #[track_caller]
    fn check(texts: &[&[u8]], least: usize) {
        let mut member = Member::new(texts.iter().map(|text| Piece::of(text)));
        let mut whole = Vec::new();
        while let Some(bytes) = member.next(least) {
            assert!(bytes.len() >= least || member.pieces.is_none());
            whole.extend_from_slice(&bytes);
        }
        let mut text = Vec::new();
        let mut decoder = GzDecoder::new(&*whole);
        decoder.read_to_end(&mut text).expect("checksum and length are right");
        assert!(decoder.into_inner().is_empty(), "there is one member");
        assert!(text == texts.concat());
    }

    #[test]
    fn pieces_make_one_member() {
        let noise: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
        let alike = b"abcdefgh".repeat(30_000);
        for least in [1, 100, 100_000] {
            check(&[], least);
            check(&[b""], least);
            check(&[b"a"], least);
            check(&[b"{", &alike, b",", b"", &noise, b",", &alike, b"}"], least);
        }
    }
}
