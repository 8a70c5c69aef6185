//! Merging of lists: by a merge key, or as sets of scalars.

use super::*;

/// `mergeSliceHandler`.
pub(super) fn merge_field<S: PatchSchema>(
    original: Vec<Value>,
    patch: Vec<Value>,
    field: &PatchField<S>,
    deletes: bool,
) -> Result<Vec<Value>, Error> {
    if strategy(field)? != "merge" && !deletes {
        return Ok(patch);
    }
    if original.is_empty() && patch.is_empty() {
        return Ok(original);
    }
    let maps = elements_are_maps(&[&original, &patch])?;
    let key = field.merge_key;
    if !maps {
        if deletes {
            return Ok(original.into_iter().filter(|value| !patch.contains(value)).collect());
        }
        let mut merged = original.clone();
        merged.extend(patch.iter().cloned());
        return ordered(deduplicate(merged), &patch, &original, key, false);
    }
    if key.is_empty() {
        let kind = field.schema.kind();
        return other(format!("cannot merge lists without merge key for {kind}"));
    }
    let (original, patch) = apply_special_elements(original, patch, key)?;
    let mut merged = original.clone();
    for value in &patch {
        let change = map(value)?;
        let Some(id) = change.get(key) else { return no_merge_key(change, key) };
        match find(&merged, key, id)? {
            Some(place) => {
                let Value::Object(current) = std::mem::take(&mut merged[place]) else {
                    unreachable!("find returns maps")
                };
                let change = change.clone();
                merged[place] = Value::Object(merge_map(current, change, &field.schema)?);
            }
            None => merged.push(value.clone()),
        }
    }
    ordered(merged, &patch, &original, key, true)
}

/// Orders a merged list by `$setElementOrder`'s list.
pub(super) fn reorder(
    merged: Vec<Value>,
    order: &[Value],
    original: &[Value],
    patch: &[Value],
    key: &str,
) -> Result<Vec<Value>, Error> {
    let maps = elements_are_maps(&[original, patch])?;
    ordered(merged, order, original, key, maps)
}

/// Elements named by the patch in the patch's order, the others in the original's, woven together
/// so that both orders hold (`partition…`, `normalizeElementOrder`).
fn ordered(
    merged: Vec<Value>,
    patch_order: &[Value],
    server_order: &[Value],
    key: &str,
    maps: bool,
) -> Result<Vec<Value>, Error> {
    let (mut patched, mut server_only) = (Vec::new(), Vec::new());
    for value in merged {
        let in_patch = if key.is_empty() {
            patch_order.contains(&value)
        } else {
            let element = map(&value)?;
            let Some(id) = element.get(key) else { return no_merge_key(element, key) };
            find(patch_order, key, id)?.is_some()
        };
        if in_patch { patched.push(value) } else { server_only.push(value) }
    }
    let patched = sorted(patched, patch_order, key, maps)?;
    let server_only = sorted(server_only, server_order, key, maps)?;
    let mut out = Vec::with_capacity(patched.len() + server_only.len());
    let mut left = server_only.into_iter().peekable();
    for right in patched {
        let right_place = place(server_order, &right, key, maps);
        while let Some(value) = left.next_if(|value| {
            let left_place = place(server_order, value, key, maps);
            left_place.is_some() && right_place.is_some() && left_place < right_place
        }) {
            out.push(value);
        }
        out.push(right);
    }
    out.extend(left);
    Ok(out)
}

/// `normalizeSliceOrder`.
fn sorted(list: Vec<Value>, order: &[Value], key: &str, maps: bool) -> Result<Vec<Value>, Error> {
    if !maps {
        let mut list = list;
        list.sort_by_key(|value| place(order, value, key, maps).unwrap_or(usize::MAX));
        return Ok(list);
    }
    for value in list.iter().chain(order) {
        let element = map(value)?;
        if !element.contains_key(key) {
            return no_merge_key(element, key);
        }
    }
    let (deleted, mut kept): (Vec<_>, Vec<_>) = list.into_iter().partition(is_deletion);
    kept.sort_by_key(|value| place(order, value, key, maps).unwrap_or(usize::MAX));
    kept.extend(deleted);
    Ok(kept)
}

fn is_deletion(value: &Value) -> bool {
    value.get(DIRECTIVE).and_then(Value::as_str) == Some("delete")
}

/// Where a value stands in a list, by its merge key if it is a map (`index`).
fn place(list: &[Value], value: &Value, key: &str, maps: bool) -> Option<usize> {
    list.iter()
        .position(|other| if maps { other.get(key) == value.get(key) } else { other == value })
}

fn map(value: &Value) -> Result<&Map<String, Value>, Error> {
    match value {
        Value::Object(map) => Ok(map),
        other => wrong_type(MAP_TYPE, other),
    }
}

/// `findMapInSliceBasedOnKeyValue`.
fn find(list: &[Value], key: &str, id: &Value) -> Result<Option<usize>, Error> {
    for (i, value) in list.iter().enumerate() {
        let Value::Object(element) = value else {
            return other(format!("value for key {i} is not a map"));
        };
        if element.get(key) == Some(id) {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

/// `sliceElementType`: true for maps; an error for mixed types, nested lists or no elements.
fn elements_are_maps(lists: &[&[Value]]) -> Result<bool, Error> {
    let mut elements = lists.iter().copied().flatten();
    let Some(first) = elements.next() else {
        return other("no elements in any of the given slices");
    };
    if first.is_array() {
        return Err(LIST_OF_LISTS);
    }
    if first.is_null() || elements.any(|element| go_type(element) != go_type(first)) {
        let lists = lists.iter().map(|list| Value::from(list.to_vec())).collect();
        let lists = verb(&Value::Array(lists));
        return other(format!("list element types are not identical: {lists}"));
    }
    Ok(first.is_object())
}

/// `deduplicateScalars`: a duplicate is replaced by the last element.
fn deduplicate(mut list: Vec<Value>) -> Vec<Value> {
    let mut i = 0;
    while i < list.len() {
        let mut j = i + 1;
        while j < list.len() {
            if list[i] == list[j] {
                list.swap_remove(j);
            } else {
                j += 1;
            }
        }
        i += 1;
    }
    list
}

/// `mergeSliceWithSpecialElements`: carries out the patch's directives; what is left of both.
fn apply_special_elements(
    mut original: Vec<Value>,
    patch: Vec<Value>,
    key: &str,
) -> Result<(Vec<Value>, Vec<Value>), Error> {
    let mut rest = Vec::new();
    let mut replaces = false;
    for value in patch {
        let element = map(&value)?;
        let Some(directive) = element.get(DIRECTIVE) else {
            rest.push(value);
            continue;
        };
        match directive.as_str() {
            Some("delete") => {
                let Some(id) = element.get(key) else { return no_merge_key(element, key) };
                while let Some(place) = find(&original, key, id)? {
                    original.remove(place);
                }
            }
            Some("replace") => replaces = true,
            Some("merge") => return other("merging lists cannot yet be specified in the patch"),
            _ => return bad_patch_type(directive, element),
        }
    }
    Ok(if replaces { (rest, Vec::new()) } else { (original, rest) })
}

/// `validatePatchWithSetOrderList`: the patch's elements must stand in the list's order.
pub(super) fn check_order(patch: &[Value], order: &[Value], key: &str) -> Result<(), Error> {
    if order.is_empty() || patch.is_empty() {
        return Ok(());
    }
    if !key.is_empty() {
        for value in patch {
            map(value)?;
        }
    }
    let mut rest = patch.iter().filter(|value| key.is_empty() || !is_deletion(value)).peekable();
    let mut places = order.iter().peekable();
    while let (Some(value), Some(place)) = (rest.peek(), places.peek()) {
        if value.get(DIRECTIVE).is_some() {
            rest.next();
            continue;
        }
        if same(value, place, key)? {
            rest.next();
        }
        places.next();
    }
    if rest.peek().is_some() && places.peek().is_none() {
        return other(format!(
            "The order in patch list:\n{}\n doesn't match {ELEMENT_ORDER} list:\n{}\n",
            verb(&Value::from(patch.to_vec())),
            verb(&Value::from(order.to_vec()))
        ));
    }
    Ok(())
}

/// `mergeKeyValueEqual`.
fn same(a: &Value, b: &Value, key: &str) -> Result<bool, Error> {
    if key.is_empty() {
        return Ok(a == b);
    }
    let (a, b) = (map(a)?, map(b)?);
    let Some(left) = a.get(key) else { return no_merge_key(a, key) };
    let Some(right) = b.get(key) else { return no_merge_key(b, key) };
    Ok(left == right)
}
