//! A set of small numbers, stored as Go prints a `big.Int`.

/// Which offsets of a range are taken (`registry/core/service/allocator.AllocationBitmap`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u8>);

impl Bits {
    /// Reads the bytes of a big-endian number without leading zeros.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.iter().rev().copied().collect())
    }

    /// The bytes of a big-endian number without leading zeros.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().rev().skip_while(|byte| **byte == 0).copied().collect()
    }

    /// The offset is taken.
    pub(super) fn has(&self, offset: usize) -> bool {
        self.0.get(offset / 8).is_some_and(|byte| byte & (1 << (offset % 8)) != 0)
    }

    /// Takes an offset; false if it is taken already.
    pub(super) fn take(&mut self, offset: usize) -> bool {
        if self.has(offset) {
            return false;
        }
        if self.0.len() <= offset / 8 {
            self.0.resize(offset / 8 + 1, 0);
        }
        self.0[offset / 8] |= 1 << (offset % 8);
        true
    }

    /// Gives an offset back; false if it was not taken.
    pub(super) fn release(&mut self, offset: usize) -> bool {
        let had = self.has(offset);
        if had {
            self.0[offset / 8] &= !(1 << (offset % 8));
        }
        had
    }

    /// A free offset below `size`: at random from `preferred` on, else at random below it
    /// (`randomScanStrategyWithOffset.AllocateBit`). `pick` chooses a number below its argument.
    pub(super) fn free(
        &self,
        size: usize,
        preferred: usize,
        mut pick: impl FnMut(usize) -> usize,
    ) -> Option<usize> {
        let mut scan = |low: usize, length: usize| {
            if length == 0 {
                return None;
            }
            let start = pick(length);
            (0..length).map(|step| low + (start + step) % length).find(|at| !self.has(*at))
        };
        scan(preferred, size - preferred).or_else(|| scan(0, preferred))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_a_big_endian_number() {
        let mut bits = Bits::default();
        assert!(bits.take(0) && bits.take(9));
        assert_eq!(bits.to_bytes(), [0b10, 0b1]);
        assert_eq!(Bits::from_bytes(&[0b10, 0b1]), bits);
        assert!(!bits.take(9));
        assert!(bits.release(9) && !bits.release(9));
        assert_eq!(bits.to_bytes(), [1]);
    }

    #[test]
    fn the_upper_part_is_used_up_before_the_lower() {
        let mut bits = Bits::default();
        let mut found = Vec::new();
        while let Some(at) = bits.free(6, 2, |length| length - 1) {
            bits.take(at);
            found.push(at);
        }
        assert_eq!(found, [5, 2, 3, 4, 1, 0]);
    }
}
