//! Bytes to characters, a chunk at a time (`go.yaml.in/yaml/v2` `yaml_parser_update_buffer`).

use super::error::SyntaxError;

/// How many bytes are decoded at once. It shows: a chunk's broken characters are told of before
/// anything that is wrong with its text.
const CHUNK: usize = 512;

#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The encoding that a byte order mark tells of, and the mark's length.
    pub(super) fn of(input: &[u8]) -> (Self, usize) {
        match input {
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            _ => (Encoding::Utf8, 0),
        }
    }
}

/// The input's chunks.
pub(super) struct Chunks<'i> {
    input: &'i [u8],
    encoding: Encoding,
    /// How much is decoded.
    decoded: usize,
    /// How far the chunks taken so far reach.
    taken: usize,
    /// Whether the first chunk is still to be decoded.
    fresh: bool,
    ended: bool,
}

impl<'i> Chunks<'i> {
    pub(super) fn new(input: &'i [u8], (encoding, mark): (Encoding, usize)) -> Self {
        // To look for a mark takes the first chunk, and a second one where it is too short for a
        // mark.
        let ended = input.len() < 3;
        let taken = CHUNK.min(input.len());
        Chunks { input, encoding, decoded: mark, taken, fresh: mark < taken, ended }
    }

    /// Whether a chunk was asked for after the last one.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Decodes the next chunk, and tells how many characters it has. One that is cut off at the
    /// chunk's end is left for the next one.
    pub(super) fn decode(&mut self, out: &mut String) -> Result<usize, SyntaxError> {
        if !std::mem::take(&mut self.fresh) {
            self.ended |= self.taken == self.input.len();
            self.taken = self.input.len().min(self.decoded + CHUNK);
        }
        let chunk = &self.input[self.decoded..self.taken];
        if matches!(self.encoding, Encoding::Utf8)
            && chunk.iter().all(|&byte| is_allowed(char::from(byte)) && byte.is_ascii())
        {
            out.push_str(str::from_utf8(chunk).unwrap_or_default());
            self.decoded = self.taken;
            return Ok(chunk.len());
        }
        let mut count = 0;
        while self.decoded < self.taken {
            let rest = &self.input[self.decoded..self.taken];
            let character = match self.encoding {
                Encoding::Utf8 => utf8(rest),
                Encoding::Utf16Le => utf16(rest, u16::from_le_bytes),
                Encoding::Utf16Be => utf16(rest, u16::from_be_bytes),
            };
            let (character, width) = match character {
                Ok(character) => character,
                Err(Broken::CutOff(_)) if !self.ended => break,
                Err(Broken::CutOff(problem) | Broken::Invalid(problem)) => {
                    return Err(SyntaxError::reader(problem));
                }
            };
            if !is_allowed(character) {
                return Err(SyntaxError::reader("control characters are not allowed"));
            }
            out.push(character);
            self.decoded += width;
            count += 1;
        }
        Ok(count)
    }
}

/// Why no character can be decoded.
enum Broken {
    /// There are too few bytes.
    CutOff(&'static str),
    Invalid(&'static str),
}

/// The characters that YAML 1.1 prints.
fn is_allowed(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}'
            | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}'
    )
}

/// The first character of UTF-8, and how many bytes it has.
fn utf8(bytes: &[u8]) -> Result<(char, usize), Broken> {
    let first = bytes.first().copied().unwrap_or_default();
    let (width, bits, least) = match first {
        0..=0x7F => (1, first, 0),
        0xC0..=0xDF => (2, first & 0x1F, 0x80),
        0xE0..=0xEF => (3, first & 0x0F, 0x800),
        0xF0..=0xF7 => (4, first & 0x07, 0x1_0000),
        _ => return Err(Broken::Invalid("invalid leading UTF-8 octet")),
    };
    let Some(trailing) = bytes.get(1..width) else {
        return Err(Broken::CutOff("incomplete UTF-8 octet sequence"));
    };
    let mut value = u32::from(bits);
    for byte in trailing {
        if byte & 0xC0 != 0x80 {
            return Err(Broken::Invalid("invalid trailing UTF-8 octet"));
        }
        value = (value << 6) | u32::from(byte & 0x3F);
    }
    if value < least {
        return Err(Broken::Invalid("invalid length of a UTF-8 sequence"));
    }
    match char::from_u32(value) {
        Some(character) => Ok((character, width)),
        None => Err(Broken::Invalid("invalid Unicode character")),
    }
}

/// The first character of UTF-16, and how many bytes it has.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(char, usize), Broken> {
    let Some(&first) = bytes.first_chunk() else {
        return Err(Broken::CutOff("incomplete UTF-16 character"));
    };
    let high = unit(first);
    match high {
        0xDC00..=0xDFFF => return Err(Broken::Invalid("unexpected low surrogate area")),
        0xD800..=0xDBFF => {}
        unit => return Ok((char::from_u32(unit.into()).unwrap_or_default(), 2)),
    }
    let Some(&second) = bytes.get(2..).and_then(|rest| rest.first_chunk()) else {
        return Err(Broken::CutOff("incomplete UTF-16 surrogate pair"));
    };
    let low = unit(second);
    if !(0xDC00..=0xDFFF).contains(&low) {
        return Err(Broken::Invalid("expected low surrogate area"));
    }
    let value = 0x1_0000 + (u32::from(high & 0x3FF) << 10) + u32::from(low & 0x3FF);
    Ok((char::from_u32(value).unwrap_or_default(), 4))
}
