//! The large form of a quantity: any precision, as `inf.Dec`.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};

/// Operands this many digits apart are not brought to one scale: the smaller one is dropped.
const MAX_SPREAD: u64 = 20_000;

/// `unscaled * 10^exponent`.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    unscaled: BigInt,
    exponent: i32,
}

impl Decimal {
    pub(super) fn from_i64(value: i64) -> Decimal {
        Decimal { unscaled: BigInt::from(value), exponent: 0 }
    }

    pub(super) fn from_digits(digits: &str, exponent: i32) -> Option<Decimal> {
        Some(Decimal { unscaled: BigInt::parse_bytes(digits.as_bytes(), 10)?, exponent })
    }

    /// Multiplies by `10^exponent`.
    pub(super) fn shift(&mut self, exponent: i32) {
        self.exponent = self.exponent.wrapping_add(exponent);
    }

    /// Multiplies by `2^bits`.
    pub(super) fn shift_left(&mut self, bits: u32) {
        self.unscaled <<= bits;
    }

    pub(super) fn sign(&self) -> i32 {
        match self.unscaled.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    pub(super) fn negated(&self) -> Decimal {
        Decimal { unscaled: -&self.unscaled, exponent: self.exponent }
    }

    pub(super) fn min(self, other: &Decimal) -> Decimal {
        if self.compare(other).is_gt() { other.clone() } else { self }
    }

    pub(super) fn fits_i64(&self) -> bool {
        i64::try_from(&self.unscaled).is_ok()
    }

    /// An upper bound of the number of decimal digits, at most one too high.
    fn digits(&self) -> u64 {
        self.unscaled.bits() * 30_103 / 100_000 + 1
    }

    /// Brings both to one exponent; None if they are too far apart.
    fn aligned(&self, other: &Decimal) -> Option<(BigInt, BigInt, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let up = |decimal: &Decimal| {
            let difference = i64::from(decimal.exponent) - i64::from(exponent);
            let difference = u32::try_from(difference).ok()?;
            if decimal.sign() == 0 || difference == 0 {
                return Some(decimal.unscaled.clone());
            }
            (u64::from(difference) <= MAX_SPREAD)
                .then(|| &decimal.unscaled * BigInt::from(10).pow(difference))
        };
        Some((up(self)?, up(other)?, exponent))
    }

    pub(super) fn plus(&self, other: &Decimal) -> Decimal {
        match self.aligned(other) {
            Some((a, b, exponent)) => Decimal { unscaled: a + b, exponent },
            None if self.exponent > other.exponent => self.clone(),
            None => other.clone(),
        }
    }

    pub(super) fn times(&self, factor: i64) -> Decimal {
        Decimal { unscaled: &self.unscaled * factor, exponent: self.exponent }
    }

    pub(super) fn compare(&self, other: &Decimal) -> Ordering {
        let by_sign = self.sign().cmp(&other.sign());
        if by_sign.is_ne() || self.sign() == 0 {
            return by_sign;
        }
        // Far apart in magnitude, the larger one is plain to see.
        let magnitude = |decimal: &Decimal| decimal.digits() as i64 + i64::from(decimal.exponent);
        let (a, b) = (magnitude(self), magnitude(other));
        if (a - b).abs() > 2 {
            return if self.sign() > 0 { a.cmp(&b) } else { b.cmp(&a) };
        }
        match self.aligned(other) {
            Some((a, b, _)) => a.cmp(&b),
            None => Ordering::Equal,
        }
    }

    /// Rounds away from zero to a multiple of `10^exponent`.
    pub(super) fn rounded_up(&self, exponent: i32) -> Decimal {
        if self.exponent >= exponent || self.sign() == 0 {
            return self.clone();
        }
        let difference = (i64::from(exponent) - i64::from(self.exponent)) as u64;
        if difference > self.digits() {
            return Decimal { unscaled: BigInt::from(self.sign()), exponent };
        }
        let divisor = BigInt::from(10).pow(difference as u32);
        let (mut quotient, remainder) = (&self.unscaled / &divisor, &self.unscaled % &divisor);
        if remainder.sign() != Sign::NoSign {
            quotient += self.sign();
        }
        Decimal { unscaled: quotient, exponent }
    }

    /// The same value in units of `10^exponent`, where that is not too long: upstream's answers on
    /// overflow depend on it.
    pub(super) fn expanded(self, exponent: i32) -> Decimal {
        let difference = i64::from(self.exponent) - i64::from(exponent);
        match u32::try_from(difference) {
            Ok(power) if u64::from(power) <= MAX_SPREAD => {
                Decimal { unscaled: self.unscaled * BigInt::from(10).pow(power), exponent }
            }
            _ => self,
        }
    }

    /// The value in units of `10^scale` as an `i64` (`scaledValue`), with its answers on overflow.
    pub(super) fn at_scale(&self, scale: i32) -> i64 {
        let difference = i64::from(scale) - i64::from(self.exponent);
        match difference {
            0 => low_i64(&self.unscaled),
            ..0 => {
                let power = u32::try_from(-difference).ok().and_then(|p| 10_i64.checked_pow(p));
                low_i64(&self.unscaled).wrapping_mul(power.unwrap_or(i64::MIN))
            }
            // Far below zero this wraps, and a remainder adds one below zero too: upstream's way.
            1..19 if self.unscaled < BigInt::from(i64::MAX) => {
                let divisor = 10_i64.pow(difference as u32);
                let unscaled = low_i64(&self.unscaled);
                unscaled / divisor + i64::from(unscaled % divisor != 0)
            }
            _ if difference as u64 > self.digits() => i64::from(self.sign() > 0),
            _ => {
                let divisor = BigInt::from(10).pow(difference as u32);
                let remainder = &self.unscaled % &divisor;
                let quotient = low_i64(&(&self.unscaled / &divisor));
                let up = remainder.sign() == Sign::Plus;
                quotient.wrapping_add(i64::from(up))
            }
        }
    }

    pub(super) fn to_float_parts(&self) -> (f64, i32) {
        (self.unscaled.to_string().parse().unwrap_or(f64::NAN), self.exponent)
    }

    pub(super) fn canonical(&self) -> (String, i32) {
        let text = self.unscaled.to_string();
        let digits = text.trim_end_matches('0');
        let exponent = i64::from(self.exponent) + (text.len() - digits.len()) as i64;
        let extra = exponent.rem_euclid(3);
        let mantissa = format!("{digits}{}", &"00"[..extra as usize]);
        (mantissa, (exponent - extra) as i32)
    }

    pub(super) fn canonical_1024(&self) -> (String, i32) {
        let whole = self.rounded_up(0);
        let power = u32::try_from(whole.exponent.max(0)).unwrap_or(0);
        if u64::from(power) > MAX_SPREAD {
            return whole.canonical();
        }
        let mut value = whole.unscaled * BigInt::from(10).pow(power);
        let mut times = 0;
        while value.sign() != Sign::NoSign && (&value % 1024_i32).sign() == Sign::NoSign {
            value /= 1024_i32;
            times += 1;
        }
        (value.to_string(), times)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }
}

/// The low 63 bits with the sign, as Go's `big.Int.Int64`.
fn low_i64(value: &BigInt) -> i64 {
    let low = value.magnitude().iter_u64_digits().next().unwrap_or(0) as i64;
    if value.sign() == Sign::Minus { low.wrapping_neg() } else { low }
}
