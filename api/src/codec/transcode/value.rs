//! The values of fields: scalars, and messages with a JSON form of their own.

use super::Transcoder;
use crate::catalog::{Form, Scalar};
use crate::codec::protobuf::wire::Payload;
use crate::codec::protobuf::{Parts, WireError};
use crate::codec::{scalar, scan, text};

impl Transcoder<'_> {
    pub(super) fn scalar(
        &mut self,
        scalar: Scalar,
        name: &str,
        payload: Payload<'_>,
    ) -> Result<(), WireError> {
        match scalar {
            Scalar::String => text::write_bytes(self.out, payload.bytes(name)?),
            Scalar::Bytes => scalar::write_base64(self.out, payload.bytes(name)?),
            Scalar::Bool => {
                let text: &[u8] = if payload.varint(name)? != 0 { b"true" } else { b"false" };
                self.out.extend_from_slice(text);
            }
            Scalar::Int32 => text::write_i64(self.out, i64::from(payload.varint(name)? as i32)),
            Scalar::Int64 => text::write_i64(self.out, payload.varint(name)? as i64),
            Scalar::Uint32 => text::write_u64(self.out, u64::from(payload.varint(name)? as u32)),
            Scalar::Uint64 => text::write_u64(self.out, payload.varint(name)?),
            Scalar::Double => match payload {
                Payload::Fixed64(bits) => {
                    let value = f64::from_bits(bits);
                    text::write_f64(self.out, if value.is_finite() { value } else { 0.0 });
                }
                other => return Err(other.wrong(name)),
            },
        }
        Ok(())
    }

    pub(super) fn special(
        &mut self,
        form: Form,
        name: &'static str,
        bytes: &[u8],
    ) -> Result<(), WireError> {
        let parts = Parts::read(name, bytes)?;
        match form {
            Form::Quantity => {
                let quantity = parts.bytes.unwrap_or(b"0");
                if scalar::is_plain_quantity(quantity) {
                    self.quoted(|out| out.extend_from_slice(quantity));
                } else {
                    let quantity = scalar::quantity(&text::to_text(quantity));
                    text::write_str(self.out, &quantity.map_err(WireError::Value)?);
                }
            }
            Form::Time => match parts.seconds() {
                Some(seconds) => self.quoted(|out| scalar::write_time(out, seconds)),
                None => self.out.extend_from_slice(b"null"),
            },
            Form::MicroTime => match parts.moment() {
                Some((seconds, nanos)) => {
                    self.quoted(|out| scalar::write_micro_time(out, seconds, nanos));
                }
                None => self.out.extend_from_slice(b"null"),
            },
            Form::Duration => {
                text::write_str(self.out, &scalar::duration_text(parts.first as i64));
            }
            Form::IntOrString => match parts.first {
                0 => text::write_i64(self.out, i64::from(parts.second as i32)),
                1 => text::write_bytes(self.out, parts.third),
                _ => return Err(WireError::Value("impossible IntOrString.Type".to_owned())),
            },
            _ => match parts.bytes {
                Some(raw) if scan::is_known_compact(raw) => self.out.extend_from_slice(raw),
                Some(raw) if !(raw.is_empty() && form == Form::FieldsV1) => {
                    scan::validate(raw).map_err(|error| WireError::Value(error.to_string()))?;
                    text::write_compact(self.out, raw);
                }
                _ => self.out.extend_from_slice(b"null"),
            },
        }
        Ok(())
    }

    fn quoted(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.out.push(b'"');
        write(self.out);
        self.out.push(b'"');
    }
}
