//! `resource.Quantity`: parsing, canonical printing and arithmetic as apimachinery's
//! `api/resource`.

mod amount;
mod decimal;
mod parse;

use std::cmp::Ordering;
use std::fmt;

use amount::Scaled;
use decimal::Decimal;

/// How a quantity is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `12e6`.
    DecimalExponent,
    /// `12Mi`.
    BinarySi,
    /// `12M`.
    DecimalSi,
}

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// `ErrFormatWrong`.
    #[error(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    )]
    Format,
    /// `ErrNumeric`.
    #[error("unable to parse numeric part of quantity")]
    Numeric,
    /// `ErrSuffix`.
    #[error("unable to parse quantity's suffix")]
    Suffix,
}

/// A fixed-point number with a unit suffix.
///
/// Small numbers are an `i64` with a scale, others have any precision, as upstream's two forms:
/// which of them a value has decides how [`Quantity::value`] behaves beyond the range of `i64`.
#[derive(Clone, Debug)]
pub struct Quantity {
    amount: Amount,
    format: Format,
    /// The input, if it was canonical by upstream's rule of thumb; printed as it was.
    text: Option<Box<str>>,
}

#[derive(Clone, Debug)]
enum Amount {
    Small(Scaled),
    Big(Decimal),
}

impl Amount {
    fn to_decimal(&self) -> Decimal {
        match self {
            Amount::Small(small) => small.to_decimal(),
            Amount::Big(big) => big.clone(),
        }
    }
}

impl Default for Quantity {
    fn default() -> Self {
        Quantity::new(0, Format::DecimalSi)
    }
}

impl Quantity {
    /// A whole number (`NewQuantity`).
    pub fn new(value: i64, format: Format) -> Quantity {
        Quantity::scaled(value, 0, format)
    }

    /// A number of thousandths (`NewMilliQuantity`).
    pub fn new_milli(value: i64, format: Format) -> Quantity {
        Quantity::scaled(value, -3, format)
    }

    /// `value * 10^scale` (`NewScaledQuantity`).
    pub fn scaled(value: i64, scale: i32, format: Format) -> Quantity {
        Quantity { amount: Amount::Small(Scaled { value, scale }), format, text: None }
    }

    /// Parses a quantity (`ParseQuantity`). JSON input is trimmed of white space by the caller.
    pub fn parse(text: &str) -> Result<Quantity, ParseError> {
        parse::parse(text)
    }

    /// How it is printed.
    pub fn format(&self) -> Format {
        self.format
    }

    /// True for zero.
    pub fn is_zero(&self) -> bool {
        self.sign() == 0
    }

    /// -1, 0 or 1.
    pub fn sign(&self) -> i32 {
        match &self.amount {
            Amount::Small(small) => small.value.signum() as i32,
            Amount::Big(big) => big.sign(),
        }
    }

    /// The value rounded up to a whole number (`Value`).
    pub fn value(&self) -> i64 {
        self.scaled_value(0)
    }

    /// The number of thousandths, rounded up (`MilliValue`).
    pub fn milli_value(&self) -> i64 {
        self.scaled_value(-3)
    }

    /// `ceil(self / 10^scale)` (`ScaledValue`), with upstream's answers where that overflows.
    pub fn scaled_value(&self, scale: i32) -> i64 {
        match &self.amount {
            Amount::Small(small) => small.at_scale(scale).0,
            Amount::Big(big) => big.at_scale(scale),
        }
    }

    /// The value, if it is a whole number that is kept small (`AsInt64`).
    pub fn as_i64(&self) -> Option<i64> {
        match &self.amount {
            Amount::Small(small) if small.scale >= 0 => {
                let (value, exact) = small.at_scale(0);
                exact.then_some(value)
            }
            _ => None,
        }
    }

    /// The value as a float (`AsApproximateFloat64`).
    pub fn as_f64(&self) -> f64 {
        let (base, exponent) = match &self.amount {
            #[expect(clippy::cast_precision_loss, reason = "approximate by name")]
            Amount::Small(small) => (small.value as f64, small.scale),
            Amount::Big(big) => big.to_float_parts(),
        };
        if exponent == 0 { base } else { base * 10_f64.powi(exponent) }
    }

    /// Adds in place (`Add`); a zero takes the other's format.
    pub fn add(&mut self, other: &Quantity) {
        self.combine(other, false);
    }

    /// Subtracts in place (`Sub`); a zero takes the other's format.
    pub fn sub(&mut self, other: &Quantity) {
        self.combine(other, true);
    }

    fn combine(&mut self, other: &Quantity, subtract: bool) {
        self.text = None;
        if self.is_zero() {
            self.format = other.format;
        }
        if let (Amount::Small(a), Amount::Small(b)) = (&mut self.amount, &other.amount) {
            let b = if subtract { b.negated() } else { *b };
            if a.add(b) {
                return;
            }
        }
        let other = other.amount.to_decimal();
        let other = if subtract { other.negated() } else { other };
        self.amount = Amount::Big(self.amount.to_decimal().plus(&other));
    }

    /// Multiplies in place (`Mul`); false if the result does not fit an `i64`.
    pub fn mul(&mut self, factor: i64) -> bool {
        self.text = None;
        if let Amount::Small(small) = &mut self.amount
            && small.mul(factor)
        {
            return true;
        }
        let product = self.amount.to_decimal().times(factor);
        let fits = product.fits_i64();
        self.amount = Amount::Big(product);
        fits
    }

    /// Changes the sign (`Neg`).
    pub fn neg(&mut self) {
        self.text = None;
        match &mut self.amount {
            Amount::Small(small) => *small = small.negated(),
            Amount::Big(big) => *big = big.negated(),
        }
    }

    /// Rounds away from zero to a multiple of `10^scale` (`RoundUp`); false if that lost something.
    pub fn round_up(&mut self, scale: i32) -> bool {
        match &mut self.amount {
            Amount::Small(small) if small.scale >= scale => true,
            Amount::Small(small) => {
                let (value, exact) = small.at_scale(scale);
                self.text = None;
                *small = Scaled { value, scale };
                exact
            }
            Amount::Big(big) => {
                let rounded = big.rounded_up(scale);
                let exact = rounded == *big;
                self.text = None;
                *big = rounded;
                exact
            }
        }
    }

    fn compare(&self, other: &Quantity) -> Ordering {
        if let (Amount::Small(a), Amount::Small(b)) = (&self.amount, &other.amount) {
            return a.compare(*b);
        }
        self.amount.to_decimal().compare(&other.amount.to_decimal())
    }

    /// Mantissa and suffix (`CanonicalizeBytes`).
    fn canonical(&self) -> (String, String) {
        if self.is_zero() {
            return ("0".to_owned(), String::new());
        }
        if self.format == Format::BinarySi {
            let small = *self > Quantity::new(-1024, Format::DecimalSi)
                && *self < Quantity::new(1024, Format::DecimalSi);
            let mut whole = self.clone();
            if !small && whole.round_up(0) {
                let (mantissa, exponent) = match &whole.amount {
                    Amount::Small(small) => small.canonical_1024(),
                    Amount::Big(big) => big.canonical_1024(),
                };
                return (mantissa, binary_suffix(exponent).to_owned());
            }
        }
        let (mantissa, exponent) = match &self.amount {
            Amount::Small(small) => small.canonical(),
            Amount::Big(big) => big.canonical(),
        };
        let suffix = match self.format {
            Format::DecimalExponent if exponent == 0 => String::new(),
            Format::DecimalExponent => format!("e{exponent}"),
            Format::BinarySi | Format::DecimalSi => decimal_suffix(exponent).to_owned(),
        };
        (mantissa, suffix)
    }
}

/// Empty beyond the known suffixes too, as upstream.
fn decimal_suffix(exponent: i32) -> &'static str {
    match exponent {
        -9 => "n",
        -6 => "u",
        -3 => "m",
        3 => "k",
        6 => "M",
        9 => "G",
        12 => "T",
        15 => "P",
        18 => "E",
        _ => "",
    }
}

/// The suffix of `1024^exponent`.
fn binary_suffix(exponent: i32) -> &'static str {
    match exponent {
        1 => "Ki",
        2 => "Mi",
        3 => "Gi",
        4 => "Ti",
        5 => "Pi",
        6 => "Ei",
        _ => "",
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = &self.text {
            return f.pad(text);
        }
        let (mantissa, suffix) = self.canonical();
        f.pad(&format!("{mantissa}{suffix}"))
    }
}

impl std::str::FromStr for Quantity {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Quantity, ParseError> {
        Quantity::parse(text)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

#[cfg(test)]
mod tests;
