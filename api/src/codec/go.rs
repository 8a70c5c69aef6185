//! Go's spelling of types, strings and floats in texts that the API shows.

use pintle_machinery::json::quote;

use crate::catalog::{FieldType, Message, Scalar, Shape};

/// Shows one byte as Go's JSON scanner does: the byte is read as a Latin-1 character.
pub(crate) fn quote_byte(byte: u8) -> String {
    match byte {
        b'\'' => "'\\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        _ => {
            let quoted = quote(char::from(byte).encode_utf8(&mut [0; 4]));
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    }
}

/// The name of the message's Go struct, such as `DeploymentSpec`.
pub(crate) fn struct_name(message: &Message) -> &'static str {
    message.name.rsplit('.').next().unwrap_or(message.name)
}

/// The Go type of a value, list or map as `reflect` prints it, such as `[]v1.Container`; `named`
/// is what the field says of it.
pub(crate) fn type_name(ty: FieldType, shape: Shape, named: &str) -> String {
    if !named.is_empty() {
        return named.to_owned();
    }
    let element = match ty {
        FieldType::Scalar(scalar) => scalar_name(scalar).to_owned(),
        FieldType::Message(message) => message_name(message),
    };
    match shape {
        Shape::Single => element,
        Shape::List => format!("[]{element}"),
        Shape::Map => format!("map[string]{element}"),
    }
}

/// What `named` says of the elements of a list or the values of a map; empty if the list or map
/// type has a name itself, or none has.
pub(crate) fn element_name(named: &'static str) -> &'static str {
    match named.strip_prefix("map[") {
        Some(map) => map.split_once(']').map_or("", |(_, value)| value),
        None => named.strip_prefix("[]").unwrap_or_default(),
    }
}

/// The Go type of a message with its package, such as `v1.Pod`.
pub(crate) fn message_name(message: &Message) -> String {
    let mut parts = message.name.rsplitn(3, '.');
    let name = parts.next().unwrap_or_default();
    match parts.next() {
        Some(package) => format!("{package}.{name}"),
        None => name.to_owned(),
    }
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Int32 => "int32",
        Scalar::Int64 => "int64",
        Scalar::Uint32 => "uint32",
        Scalar::Uint64 => "uint64",
        Scalar::Double => "float64",
        Scalar::String => "string",
        Scalar::Bytes => "[]uint8",
    }
}

/// Decodes base64 as Go's `base64.StdEncoding`: line ends are ignored wherever they stand.
///
/// The error is the offset of the byte at fault.
pub(crate) fn base64(text: &[u8]) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let mut at = 0;
    let skip = |at: &mut usize| {
        while let Some(b'\n' | b'\r') = text.get(*at) {
            *at += 1;
        }
    };
    loop {
        let mut quantum = [0u8; 4];
        let mut filled = 0;
        while filled < 4 {
            let Some(&byte) = text.get(at) else {
                return if filled == 0 { Ok(out) } else { Err(at - filled) };
            };
            at += 1;
            match byte {
                b'A'..=b'Z' => quantum[filled] = byte - b'A',
                b'a'..=b'z' => quantum[filled] = byte - b'a' + 26,
                b'0'..=b'9' => quantum[filled] = byte - b'0' + 52,
                b'+' => quantum[filled] = 62,
                b'/' => quantum[filled] = 63,
                b'\n' | b'\r' => continue,
                b'=' if filled >= 2 => break,
                _ => return Err(at - 1),
            }
            filled += 1;
        }
        out.push(quantum[0] << 2 | quantum[1] >> 4);
        if filled == 4 {
            out.push(quantum[1] << 4 | quantum[2] >> 2);
            out.push(quantum[2] << 6 | quantum[3]);
            continue;
        }
        skip(&mut at);
        if filled == 2 {
            match text.get(at) {
                None => return Err(text.len()),
                Some(b'=') => at += 1,
                Some(_) => return Err(at - 1),
            }
            skip(&mut at);
        } else {
            out.push(quantum[1] << 4 | quantum[2] >> 2);
        }
        return if at < text.len() { Err(at) } else { Ok(out) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_bytes_as_characters() {
        assert_eq!(quote_byte(b'x'), "'x'");
        assert_eq!(quote_byte(b'\''), "'\\''");
        assert_eq!(quote_byte(b'"'), "'\"'");
        assert_eq!(quote_byte(b'\n'), "'\\n'");
        assert_eq!(quote_byte(0xc3), "'Ã'");
    }

    #[test]
    fn elements_are_named_by_their_field() {
        assert_eq!(element_name("[]v1.FinalizerName"), "v1.FinalizerName");
        assert_eq!(element_name("map[v1.ResourceName]v1.Status"), "v1.Status");
        assert_eq!(element_name("v1.ResourceList"), "");
        assert_eq!(element_name(""), "");
    }

    #[test]
    fn reads_base64_with_line_ends() {
        assert_eq!(base64(b"aGVs\nbG8="), Ok(b"hello".to_vec()));
        assert_eq!(base64(b"aGVsbG8"), Err(4));
        assert_eq!(base64(b"aGVs*"), Err(4));
        assert_eq!(base64(b"aGVsbA==x"), Err(8));
    }
}
