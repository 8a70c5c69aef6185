//! One record of comma-separated values, as Go's `encoding/csv` reads it.

/// Splits a record into its fields; the error is Go's text.
pub(super) fn read(text: &str) -> Result<Vec<String>, String> {
    let fail =
        |column: usize, what: &str| Err(format!("parse error on line 1, column {column}: {what}"));
    let text = text.trim_start_matches(['\r', '\n']);
    if text.is_empty() {
        return Err("EOF".to_owned());
    }
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        if !text[at..].starts_with('"') {
            let end = text[at..].find([',', '\n']).map_or(text.len(), |length| at + length);
            if let Some(quote) = text[at..end].find('"') {
                return fail(at + quote + 1, "bare \" in non-quoted-field");
            }
            fields.push(text[at..end].to_owned());
            if text[end..].starts_with(',') {
                at = end + 1;
                continue;
            }
            return Ok(fields);
        }
        let mut field = String::new();
        at += 1;
        loop {
            let Some(length) = text[at..].find('"') else {
                return fail(text.len() + 1, "extraneous or missing \" in quoted-field");
            };
            field.push_str(&text[at..at + length]);
            at += length + 1;
            match text.as_bytes().get(at) {
                Some(b'"') => {
                    field.push('"');
                    at += 1;
                }
                Some(b',') => {
                    at += 1;
                    fields.push(field);
                    break;
                }
                None | Some(b'\n') => {
                    fields.push(field);
                    return Ok(fields);
                }
                Some(_) => return fail(at, "extraneous or missing \" in quoted-field"),
            }
        }
    }
}
