//! The small form of a quantity: an `i64` and a decimal scale (`int64Amount`).

use std::cmp::Ordering;

use super::decimal::Decimal;

/// `value * 10^scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaled {
    pub(super) value: i64,
    pub(super) scale: i32,
}

impl Scaled {
    pub(super) fn to_decimal(self) -> Decimal {
        let mut decimal = Decimal::from_i64(self.value);
        decimal.shift(self.scale);
        decimal
    }

    pub(super) fn negated(self) -> Scaled {
        Scaled { value: self.value.wrapping_neg(), scale: self.scale }
    }

    /// The value in units of `10^scale`, rounded away from zero, and if it is exact
    /// (`AsScaledInt64`).
    pub(super) fn at_scale(self, scale: i32) -> (i64, bool) {
        if self.scale < scale {
            divide_rounding_up(self.value, i64::from(scale) - i64::from(self.scale))
        } else {
            multiply_by_power(self.value, i64::from(self.scale) - i64::from(scale))
        }
    }

    pub(super) fn compare(self, other: Scaled) -> Ordering {
        if self.scale == other.scale {
            return self.value.cmp(&other.value);
        }
        self.to_decimal().compare(&other.to_decimal())
    }

    /// Adds in place; false, and nothing changed, on overflow.
    pub(super) fn add(&mut self, other: Scaled) -> bool {
        if other.value == 0 {
            return true;
        }
        if self.value == 0 {
            *self = other;
            return true;
        }
        let scale = self.scale.min(other.scale);
        let (a, a_exact) = self.at_scale(scale);
        let (b, b_exact) = other.at_scale(scale);
        match a.checked_add(b) {
            Some(value) if a_exact && b_exact => {
                *self = Scaled { value, scale };
                true
            }
            _ => false,
        }
    }

    /// Multiplies in place; false, and nothing changed, on overflow.
    pub(super) fn mul(&mut self, factor: i64) -> bool {
        if self.value == 0 {
            return true;
        }
        if factor == 0 {
            *self = Scaled { value: 0, scale: 0 };
            return true;
        }
        let Some(value) = self.value.checked_mul(factor) else { return false };
        let scale = i64::from(self.scale);
        let exact = match scale {
            0 => true,
            1.. => multiply_by_power(value, scale).1,
            _ => divide_rounding_up(value, -scale).1,
        };
        if exact {
            self.value = value;
        }
        exact
    }

    /// Mantissa and decimal exponent, a multiple of three (`AsCanonicalBytes`).
    pub(super) fn canonical(self) -> (String, i32) {
        let (value, times) = remove_factors(self.value, 10);
        let exponent = self.scale.wrapping_add(times);
        let extra = exponent.rem_euclid(3);
        match value.checked_mul(10_i64.pow(extra as u32)) {
            Some(value) => (value.to_string(), exponent - extra),
            None => self.to_decimal().canonical(),
        }
    }

    /// Mantissa and power of 1024 (`AsCanonicalBase1024Bytes`).
    pub(super) fn canonical_1024(self) -> (String, i32) {
        let (value, fits) = self.at_scale(0);
        if self.scale >= 0 && !fits {
            return self.to_decimal().canonical_1024();
        }
        let (value, times) = remove_factors(value, 1024);
        (value.to_string(), times)
    }
}

/// `positiveScaleInt64`: on overflow the answer is upstream's, wrapped or zero.
fn multiply_by_power(value: i64, power: i64) -> (i64, bool) {
    match power {
        0 => (value, true),
        1 | 2 | 3 | 6 | 9 => {
            let factor = 10_i64.pow(power as u32);
            match value.checked_mul(factor) {
                Some(product) => (product, true),
                None if value == i64::MIN => (0, false),
                None => (value.wrapping_mul(factor), false),
            }
        }
        _ if value == 0 => (0, true),
        _ => {
            let factor = u32::try_from(power).ok().and_then(|power| 10_i64.checked_pow(power));
            match factor.and_then(|factor| value.checked_mul(factor)) {
                Some(product) => (product, true),
                None => (0, false),
            }
        }
    }
}

/// `negativeScaleInt64`.
fn divide_rounding_up(value: i64, power: i64) -> (i64, bool) {
    let Some(divisor) = u32::try_from(power).ok().and_then(|power| 10_i64.checked_pow(power))
    else {
        return (value.signum(), value == 0);
    };
    let (quotient, remainder) = (value / divisor, value % divisor);
    if remainder == 0 { (quotient, true) } else { (quotient + value.signum(), false) }
}

fn remove_factors(value: i64, base: i64) -> (i64, i32) {
    let (mut value, mut times) = (value, 0);
    // The most negative value has no positive counterpart and is left alone, as upstream.
    while value != i64::MIN && value.abs() >= base && value % base == 0 {
        value /= base;
        times += 1;
    }
    (value, times)
}
