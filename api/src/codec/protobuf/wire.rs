//! The wire format: tags, varints and lengths, with the errors of generated unmarshalers.

/// Bytes that are no message of the expected type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// `io.ErrUnexpectedEOF`.
    #[error("unexpected EOF")]
    UnexpectedEof,
    /// `ErrIntOverflowGenerated`.
    #[error("proto: integer overflow")]
    IntOverflow,
    /// `ErrInvalidLengthGenerated`.
    #[error("proto: negative length found during unmarshaling")]
    InvalidLength,
    /// `ErrUnexpectedEndOfGroupGenerated`.
    #[error("proto: unexpected end of group")]
    UnexpectedEndOfGroup,
    /// An unknown wire type.
    #[error("proto: illegal wireType {0}")]
    IllegalWireType(u8),
    /// A group ends that never began.
    #[error("proto: {0}: wiretype end group for non-group")]
    EndGroup(&'static str),
    /// A field number out of range.
    #[error("proto: {name}: illegal tag {number} (wire type {wire})")]
    IllegalTag {
        /// The Go struct.
        name: &'static str,
        /// The field number.
        number: i32,
        /// The whole tag.
        wire: u64,
    },
    /// A known field with another type's encoding.
    #[error("proto: wrong wireType = {wire_type} for field {field}")]
    WrongWireType {
        /// The wire type found.
        wire_type: u8,
        /// The Go field.
        field: String,
    },
    /// Messages nest too deep.
    #[error("proto: message nested too deeply")]
    TooDeep,
    /// A type's own parser refuses the value; the text is its whole message.
    #[error("{0}")]
    Value(String),
}

/// One field as it stands on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) number: u32,
    pub(crate) payload: Payload<'a>,
}

/// The value of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payload<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'a [u8]),
    Group,
    Fixed32,
}

impl Payload<'_> {
    fn wire_type(self) -> u8 {
        match self {
            Payload::Varint(_) => 0,
            Payload::Fixed64(_) => 1,
            Payload::Bytes(_) => 2,
            Payload::Group => 3,
            Payload::Fixed32 => 5,
        }
    }

    pub(crate) fn wrong(self, json: &str) -> WireError {
        let mut field = json.to_owned();
        if let Some(first) = field.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        WireError::WrongWireType { wire_type: self.wire_type(), field }
    }
}

impl<'a> Payload<'a> {
    #[inline]
    pub(crate) fn bytes(self, json: &str) -> Result<&'a [u8], WireError> {
        match self {
            Payload::Bytes(bytes) => Ok(bytes),
            other => Err(other.wrong(json)),
        }
    }

    #[inline]
    pub(crate) fn varint(self, json: &str) -> Result<u64, WireError> {
        match self {
            Payload::Varint(value) => Ok(value),
            other => Err(other.wrong(json)),
        }
    }
}

/// Reads the fields of one message.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Reader { data, at: 0 }
    }

    /// How far the reader has come.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// A reader of the same message that goes on at `offset`.
    pub(crate) fn starting_at(data: &'a [u8], offset: usize) -> Self {
        Reader { data, at: offset }
    }

    #[inline]
    pub(crate) fn varint(&mut self) -> Result<u64, WireError> {
        match self.data.get(self.at) {
            Some(&byte) if byte < 0x80 => {
                self.at += 1;
                Ok(u64::from(byte))
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, WireError> {
        let mut value = 0u64;
        let mut shift = 0u32;
        loop {
            let &byte = self.data.get(self.at).ok_or(WireError::UnexpectedEof)?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
            if shift >= 64 {
                return Err(WireError::IntOverflow);
            }
        }
    }

    #[inline]
    fn take(&mut self, length: u64) -> Result<&'a [u8], WireError> {
        if i64::try_from(length).is_err() {
            return Err(WireError::InvalidLength);
        }
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        let bytes = end.and_then(|end| self.data.get(self.at..end));
        let bytes = bytes.ok_or(WireError::UnexpectedEof)?;
        self.at += bytes.len();
        Ok(bytes)
    }

    /// The next field of the message named `name`, or nothing at its end.
    #[inline]
    pub(crate) fn next(&mut self, name: &'static str) -> Result<Option<Entry<'a>>, WireError> {
        if self.at >= self.data.len() {
            return Ok(None);
        }
        let wire = self.varint()?;
        let number = (wire >> 3) as i32;
        if wire & 7 == 4 {
            return Err(WireError::EndGroup(name));
        }
        if number <= 0 {
            return Err(WireError::IllegalTag { name, number, wire });
        }
        let payload = self.payload((wire & 7) as u8)?;
        Ok(Some(Entry { number: number as u32, payload }))
    }

    #[inline]
    fn payload(&mut self, wire_type: u8) -> Result<Payload<'a>, WireError> {
        Ok(match wire_type {
            0 => Payload::Varint(self.varint()?),
            1 => Payload::Fixed64(u64::from_le_bytes(self.fixed()?)),
            2 => {
                let length = self.varint()?;
                Payload::Bytes(self.take(length)?)
            }
            3 => {
                self.skip_group()?;
                Payload::Group
            }
            5 => {
                self.take(4)?;
                Payload::Fixed32
            }
            other => return Err(WireError::IllegalWireType(other)),
        })
    }

    pub(crate) fn fixed64(&mut self) -> Result<u64, WireError> {
        Ok(u64::from_le_bytes(self.fixed()?))
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let bytes = self.take(N as u64)?;
        bytes.try_into().map_err(|_| WireError::UnexpectedEof)
    }

    fn skip_group(&mut self) -> Result<(), WireError> {
        let mut depth = 1usize;
        while depth > 0 {
            match (self.varint()? & 7) as u8 {
                3 => depth += 1,
                4 => depth -= 1,
                other => drop(self.payload(other)?),
            }
        }
        Ok(())
    }
}

/// How many bytes a varint takes.
pub(crate) fn varint_size(value: u64) -> usize {
    (64 - (value | 1).leading_zeros() as usize).div_ceil(7)
}

/// Appends a varint.
pub fn push_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends the tag and the length of a field whose bytes follow.
pub(crate) fn push_length(out: &mut Vec<u8>, number: u32, length: usize) {
    push_varint(out, u64::from(number) << 3 | 2);
    push_varint(out, length as u64);
}

/// Appends a whole field of bytes.
pub fn push_bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    push_length(out, number, bytes.len());
    out.extend_from_slice(bytes);
}

/// How many bytes a field of bytes takes with its tag and length.
pub(crate) fn bytes_size(number: u32, length: usize) -> usize {
    varint_size(u64::from(number) << 3) + varint_size(length as u64) + length
}

/// A buffer that is filled from its end, so that every length is known when it is written.
#[derive(Debug)]
pub(crate) struct Backward {
    data: Vec<u8>,
    at: usize,
}

impl Backward {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Backward { data: vec![0; capacity], at: capacity }
    }

    /// How many bytes were written.
    pub(crate) fn len(&self) -> usize {
        self.data.len() - self.at
    }

    /// What was written, in a buffer of just that size.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.data[self.at..].to_vec()
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if bytes.len() > self.at {
            self.grow(bytes.len());
        }
        let start = self.at - bytes.len();
        self.data[start..self.at].copy_from_slice(bytes);
        self.at = start;
    }

    /// Most tags and lengths are one byte.
    fn push_byte(&mut self, byte: u8) {
        if self.at == 0 {
            self.grow(1);
        }
        self.at -= 1;
        self.data[self.at] = byte;
    }

    fn grow(&mut self, more: usize) {
        let used = self.len();
        let size = (self.data.len() * 2).max(used + more).max(64);
        let mut data = vec![0; size];
        data[size - used..].copy_from_slice(&self.data[self.at..]);
        self.at = size - used;
        self.data = data;
    }

    pub(crate) fn varint(&mut self, value: u64) {
        if value < 0x80 {
            return self.push_byte(value as u8);
        }
        let mut bytes = [0u8; 10];
        let size = varint_size(value);
        let mut rest = value;
        for byte in &mut bytes[..size] {
            *byte = rest as u8 & 0x7f | 0x80;
            rest >>= 7;
        }
        bytes[size - 1] &= 0x7f;
        self.push(&bytes[..size]);
    }

    pub(crate) fn tag(&mut self, number: u32, wire_type: u8) {
        self.varint(u64::from(number) << 3 | u64::from(wire_type));
    }

    /// Ends a field of bytes whose content began at `len() == before`.
    pub(crate) fn wrap(&mut self, number: u32, before: usize) {
        self.varint((self.len() - before) as u64);
        self.tag(number, 2);
    }

    /// A whole field of bytes.
    pub(crate) fn bytes(&mut self, number: u32, bytes: &[u8]) {
        let before = self.len();
        self.push(bytes);
        self.wrap(number, before);
    }

    /// A whole field of a varint.
    pub(crate) fn integer(&mut self, number: u32, value: u64) {
        self.varint(value);
        self.tag(number, 0);
    }
}
