//! Which values Go takes for zero, so that JSON may leave them out.

use super::plan::{Plan, Type};
use crate::catalog::{Form, Scalar, Shape};
use crate::codec::protobuf::wire::{Payload, Reader};
use crate::codec::protobuf::{Parts, WireError};

#[inline]
pub(super) fn is_zero_scalar(payload: Payload<'_>) -> bool {
    match payload {
        Payload::Varint(value) => value == 0,
        Payload::Fixed64(bits) => f64::from_bits(bits) == 0.0,
        Payload::Bytes(bytes) => bytes.is_empty(),
        Payload::Group | Payload::Fixed32 => false,
    }
}

/// Whether a message's bytes are those of Go's zero struct.
#[inline]
pub(super) fn is_zero_message(plan: &'static Plan, bytes: &[u8]) -> Result<bool, WireError> {
    match plan.form {
        Form::Object => {}
        Form::Time => return Ok(Parts::read(plan.name, bytes)?.seconds().is_none()),
        Form::MicroTime => return Ok(Parts::read(plan.name, bytes)?.moment().is_none()),
        Form::Duration => return Ok(Parts::read(plan.name, bytes)?.first == 0),
        Form::IntOrString => {
            let parts = Parts::read(plan.name, bytes)?;
            return Ok(parts.first == 0 && parts.second as i32 == 0);
        }
        _ => return Ok(bytes.is_empty()),
    }
    let mut reader = Reader::new(bytes);
    while let Some(entry) = reader.next(plan.name)? {
        let Some(place) = plan.seat(entry.number) else { continue };
        let step = &plan.steps[place];
        if step.field.pointer || step.field.shape != Shape::Single {
            return Ok(false);
        }
        let zero = match step.ty() {
            Type::Scalar(Scalar::Bytes) => false,
            Type::Scalar(_) => is_zero_scalar(entry.payload),
            Type::Message(plan) => is_zero_message(plan, entry.payload.bytes(step.field.json)?)?,
        };
        if !zero {
            return Ok(false);
        }
    }
    Ok(true)
}
