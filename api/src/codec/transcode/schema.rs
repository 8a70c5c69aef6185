//! JSON schemas in places that may also hold something else.

use super::plan::{Plan, Type};
use super::{Level, Run, Transcoder};
use crate::catalog::{Form, Scalar};
use crate::codec::canonical;
use crate::codec::json::close;
use crate::codec::protobuf::WireError;
use crate::codec::protobuf::wire::Reader;

impl Transcoder<'_> {
    /// Writes a schema, or the boolean or list that stands in its place.
    pub(super) fn schema_or(
        &mut self,
        plan: &'static Plan,
        bytes: &[u8],
        level: Level,
    ) -> Result<(), WireError> {
        let Some(schema) = canonical::schema_of(plan.message).map(Plan::of) else { return Ok(()) };
        let mut reader = Reader::new(bytes);
        let (mut allows, mut object, mut list) = (false, Vec::new(), None);
        loop {
            let offset = reader.offset();
            let Some(entry) = reader.next(plan.name)? else { break };
            match (plan.form, entry.number) {
                (Form::SchemaOrBool, 1) => allows = entry.payload.varint("allows")? != 0,
                (Form::SchemaOrBool, 2) | (_, 1) => object.push(entry.payload.bytes("schema")?),
                (_, 2) => list = list.or(Some(offset)),
                _ => {}
            }
        }
        match (list, object.as_slice()) {
            (Some(first), _) => {
                let ty = match plan.form {
                    Form::SchemaOrArray => Type::Message(schema),
                    _ => Type::Scalar(Scalar::String),
                };
                let run = Run { ty, name: "items", number: 2, first, count: usize::MAX };
                self.out.push(b'[');
                self.elements(&run, bytes, level)?;
                close(self.out, b']');
            }
            (None, [object]) => return self.message(schema, object, level),
            (None, []) if plan.form == Form::SchemaOrBool => {
                self.out.extend_from_slice(if allows { b"true" } else { b"false" });
            }
            (None, []) => self.out.extend_from_slice(b"null"),
            (None, objects) => return self.message(schema, &objects.concat(), level),
        }
        Ok(())
    }
}
