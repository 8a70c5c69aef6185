//! Merging what a manager applies into the live value.

use super::path::{PathElement, of_item};
use super::schema::{Form, List, Map, Schema, Topology, TypeId};
use super::validate::{TypeErrors, check_scalar};
use crate::Value;

type Side<'a> = Option<&'a Value>;
type Fields = serde_json::Map<String, Value>;

/// Merges `config` into `live`: the config's leaves win (`TypedValue.Merge`).
pub fn merge(
    schema: &Schema,
    ty: TypeId,
    live: &Value,
    config: &Value,
) -> Result<Value, TypeErrors> {
    let mut errors = TypeErrors::default();
    let merged = value(schema, ty, Some(live), Some(config), &mut errors);
    errors.into_result().map(|()| merged.unwrap_or(Value::Null))
}

fn value(
    schema: &Schema,
    ty: TypeId,
    live: Side,
    config: Side,
    errors: &mut TypeErrors,
) -> Option<Value> {
    let live_form = schema.form(ty, live);
    let config_form = schema.form(ty, config);
    match (live_form, config_form) {
        (Some(live_form), _) if config.is_none() => {
            in_form(schema, live_form, live, config, errors)
        }
        (Some(live_form), Some(config_form)) => {
            if live.is_some() && !live_form.same_as(&config_form) {
                // The other form's outcome counts for its errors only.
                in_form(schema, live_form, live, config, errors);
            }
            in_form(schema, config_form, live, config, errors)
        }
        _ => {
            errors.add("schema error: invalid atom: inlined");
            None
        }
    }
}

fn in_form(
    schema: &Schema,
    form: Form,
    live: Side,
    config: Side,
    errors: &mut TypeErrors,
) -> Option<Value> {
    let leaf = || config.or(live).cloned();
    match form {
        Form::Scalar(scalar) => {
            if let (Err(live), Err(config)) =
                (check_scalar(scalar, live, "lhs: "), check_scalar(scalar, config, "rhs: "))
            {
                errors.add(live);
                errors.add(config);
                return None;
            }
            leaf()
        }
        Form::List(list) => {
            let (live_items, config_items) = (items(live), items(config));
            if list.topology == Topology::Atomic
                || (live_items.is_empty() && config_items.is_empty())
            {
                return leaf();
            }
            let merged = Lists::new(schema, list, live_items, config_items, errors)?.merge();
            (!merged.is_empty()).then_some(Value::Array(merged))
        }
        Form::Map(map) => {
            let (live_fields, config_fields) = (fields(live), fields(config));
            if map.atomic || (is_empty(live_fields) && is_empty(config_fields)) {
                return leaf();
            }
            let merged = merge_maps(schema, map, live_fields, config_fields, errors);
            (!merged.is_empty()).then_some(Value::Object(merged))
        }
    }
}

fn merge_maps(
    schema: &Schema,
    map: &Map,
    live: Option<&Fields>,
    config: Option<&Fields>,
    errors: &mut TypeErrors,
) -> Fields {
    let mut out = Fields::new();
    let only_config = config
        .into_iter()
        .flatten()
        .filter(|(name, _)| live.is_none_or(|live| !live.contains_key(*name)))
        .map(|(name, value)| (name, None, Some(value)));
    let rest = live
        .into_iter()
        .flatten()
        .map(|(name, value)| (name, Some(value), config.and_then(|config| config.get(name))));
    for (name, live, config) in rest.chain(only_config) {
        let mut below = TypeErrors::default();
        let merged = if let Some(ty) = map.field_type(name) {
            value(schema, ty, live, config, &mut below)
        } else {
            below.add("schema error: no type found");
            None
        };
        errors.add_below(&PathElement::field(name), below);
        if let Some(merged) = merged {
            out.insert(name.clone(), merged);
        }
    }
    out
}

/// Two lists to be merged by their path elements (`mergingWalker.visitListItems`).
struct Lists<'a> {
    schema: &'a Schema,
    element: TypeId,
    live: Vec<(PathElement, &'a Value)>,
    config: Vec<(PathElement, &'a Value)>,
    /// Positions in `live`, sorted by path element.
    live_order: Vec<usize>,
    config_order: Vec<usize>,
}

static NULL: Value = Value::Null;

impl<'a> Lists<'a> {
    fn new(
        schema: &'a Schema,
        list: &List,
        live: &'a [Value],
        config: &'a [Value],
        errors: &mut TypeErrors,
    ) -> Option<Self> {
        let before = errors.0.len();
        let mut index = |items: &'a [Value], duplicates: bool| {
            let mut out: Vec<(PathElement, &'a Value)> = Vec::with_capacity(items.len());
            for (at, item) in items.iter().enumerate() {
                match of_item(schema, list, item) {
                    Err(message) => errors.add(format!("element {at}: {message}")),
                    Ok(element)
                        if !duplicates && out.iter().any(|(other, _)| *other == element) =>
                    {
                        errors.add(format!("duplicate entries for key {element}"));
                    }
                    Ok(element) => out.push((element, item)),
                }
            }
            let mut order: Vec<usize> = (0..out.len()).collect();
            order.sort_by(|a, b| out[*a].0.cmp(&out[*b].0));
            (out, order)
        };
        let (config, config_order) = index(config, false);
        let (live, live_order) = index(live, true);
        (errors.0.len() == before).then_some(Self {
            schema,
            element: list.element,
            live,
            config,
            live_order,
            config_order,
        })
    }

    /// The live item of that path element; null if there are several.
    fn live(&self, element: &PathElement) -> Side<'_> {
        let order = &self.live_order;
        let from = order.partition_point(|at| self.live[*at].0 < *element);
        let same = |at: usize| order.get(at).is_some_and(|at| self.live[*at].0 == *element);
        match (same(from), same(from + 1)) {
            (false, _) => None,
            (true, true) => Some(&NULL),
            (true, false) => Some(self.live[order[from]].1),
        }
    }

    /// The position in the config of that path element.
    fn config_at(&self, element: &PathElement) -> Option<usize> {
        self.config_order
            .binary_search_by(|at| self.config[*at].0.cmp(element))
            .ok()
            .map(|found| self.config_order[found])
    }

    fn item(&self, live: Side, config: Side, out: &mut Vec<Value>) {
        // Errors of items are dropped upstream too; both sides have been validated.
        let mut errors = TypeErrors::default();
        out.extend(value(self.schema, self.element, live, config, &mut errors));
    }

    fn merge(&self) -> Vec<Value> {
        let (live, config) = (&self.live, &self.config);
        let mut out = Vec::with_capacity(live.len().max(config.len()));
        let mut shared = config.iter().map(|(element, _)| element);
        let mut shared = std::iter::from_fn(|| shared.find(|element| self.live(element).is_some()));
        let mut next_shared = shared.next();
        let mut merged = vec![false; config.len()];
        let (mut l, mut c) = (0, 0);
        while l < live.len() || c < config.len() {
            if l < live.len() && c < config.len() {
                let element = &live[l].0;
                if *element == config[c].0 {
                    merged[c] = true;
                    self.item(self.live(element), Some(config[c].1), &mut out);
                    l += 1;
                    c += 1;
                    next_shared = shared.next();
                    continue;
                }
                if self.config_at(element).is_some()
                    && next_shared.is_some_and(|next| next != element)
                {
                    l += 1;
                    continue;
                }
            }
            if l < live.len() {
                match self.config_at(&live[l].0) {
                    None => {
                        self.item(Some(live[l].1), None, &mut out);
                        l += 1;
                        continue;
                    }
                    Some(at) if merged[at] => l += 1,
                    Some(_) => {}
                }
            }
            if c < config.len() {
                let element = &config[c].0;
                merged[c] = true;
                self.item(self.live(element), Some(config[c].1), &mut out);
                if next_shared == Some(element) {
                    next_shared = shared.next();
                }
                c += 1;
            }
        }
        out
    }
}

fn items(side: Side<'_>) -> &[Value] {
    side.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn fields(side: Side<'_>) -> Option<&Fields> {
    side.and_then(Value::as_object)
}

fn is_empty(fields: Option<&Fields>) -> bool {
    fields.is_none_or(Fields::is_empty)
}
