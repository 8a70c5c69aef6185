//! Defaults: those that the schema declares, and rules by message for what the schema cannot say.

use std::collections::BTreeMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use pintle_api::catalog::{Field, FieldType, Form, Message, Omit, Scalar, Shape};
use pintle_machinery::{Map, Value};

/// Fills in what a message leaves to other fields.
pub type Rule = fn(&mut Map<String, Value>);

/// Finds the rule of a message by its OpenAPI name.
pub type Rules = fn(&str) -> Option<Rule>;

/// Applies defaults; remembers what there is to do for each message.
#[derive(Debug)]
pub struct Defaulter {
    rules: Rules,
    /// By the message's address.
    plans: RwLock<BTreeMap<usize, &'static Plan>>,
}

/// What a message's defaults are, in order; nothing if neither it nor what lies below has any.
#[derive(Debug)]
struct Plan(Vec<Step>);

/// One thing to do with an object's fields.
#[derive(Debug)]
enum Step {
    /// Applies a rule.
    Rule(Rule),
    /// Gives an unset field a value.
    Fill(&'static Field, Value),
    /// Goes into a field.
    Descend(&'static Field, Below),
}

/// A message below another, with its plan once that has been looked up.
#[derive(Debug)]
struct Below {
    message: &'static Message,
    plan: OnceLock<&'static Plan>,
}

/// Applies what the schema declares, and nothing else.
pub static SCHEMA_ONLY: Defaulter = Defaulter::new(|_| None);

impl Defaulter {
    /// A defaulter with these rules.
    pub const fn new(rules: Rules) -> Self {
        Self { rules, plans: RwLock::new(BTreeMap::new()) }
    }

    /// Fills in every default of the message and of what lies below, parents before children: first
    /// the message's rule, then each `+default` where the field is absent or, without a pointer,
    /// zero.
    pub fn apply(&self, message: &'static Message, tree: &mut Value) {
        self.carry_out(self.plan(message), tree);
    }

    fn carry_out(&self, Plan(steps): &Plan, tree: &mut Value) {
        let Value::Object(fields) = tree else { return };
        for step in steps {
            match step {
                Step::Rule(rule) => rule(fields),
                Step::Fill(field, value) => {
                    if fields.get(field.json).is_none_or(|found| is_unset(field, found)) {
                        fields.insert(field.json.to_owned(), value.clone());
                    }
                }
                Step::Descend(field, below) => self.descend(field, below, fields),
            }
        }
    }

    /// Whether the message or anything below has a default or a rule.
    pub fn concerns(&self, message: &'static Message) -> bool {
        !self.plan(message).0.is_empty()
    }

    fn descend(&self, field: &Field, below: &Below, fields: &mut Map<String, Value>) {
        let plan = below.plan.get_or_init(|| self.plan(below.message));
        match (field.shape, fields.get_mut(field.json)) {
            (Shape::Single, Some(value)) => self.carry_out(plan, value),
            (Shape::Single, None) if !field.pointer => {
                let mut value = Value::Object(Map::new());
                self.carry_out(plan, &mut value);
                if value.as_object().is_some_and(|fields| !fields.is_empty()) {
                    fields.insert(field.json.to_owned(), value);
                }
            }
            (Shape::List, Some(Value::Array(items))) => {
                for item in items.iter_mut() {
                    self.carry_out(plan, item);
                }
            }
            (Shape::Map, Some(Value::Object(items))) => {
                for item in items.values_mut() {
                    self.carry_out(plan, item);
                }
            }
            _ => {}
        }
    }

    fn plan(&self, message: &'static Message) -> &'static Plan {
        let address = std::ptr::from_ref(message).addr();
        let read = self.plans.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(&address) {
            return known;
        }
        drop(read);
        let mut steps = Vec::new();
        if self.search(message, &mut Vec::new()) {
            self.steps(message, &mut steps);
        }
        // Messages live as long as the process, and so may what is known about them.
        let plan: &'static Plan = Box::leak(Box::new(Plan(steps)));
        let mut write = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        write.entry(address).or_insert(plan)
    }

    fn steps(&self, message: &'static Message, steps: &mut Vec<Step>) {
        steps.extend((self.rules)(message.name).map(Step::Rule));
        for field in message.fields {
            if field.json.is_empty() {
                if let FieldType::Message(inlined) = field.ty {
                    self.steps(inlined, steps);
                }
                continue;
            }
            if let Some(default) = field.declared.default
                && let Ok(value) = serde_json::from_str::<Value>(default)
                && !is_left_out(field, &value)
            {
                steps.push(Step::Fill(field, value));
            }
            if let FieldType::Message(below) = field.ty
                && self.search(below, &mut Vec::new())
            {
                let below = Below { message: below, plan: OnceLock::new() };
                steps.push(Step::Descend(field, below));
            }
        }
    }

    fn search(&self, message: &'static Message, seen: &mut Vec<&'static str>) -> bool {
        if message.form != Form::Object || seen.contains(&message.name) {
            return false;
        }
        seen.push(message.name);
        (self.rules)(message.name).is_some()
            || message.fields.iter().any(|field| {
                field.declared.default.is_some()
                    || matches!(field.ty, FieldType::Message(below) if self.search(below, seen))
            })
    }
}

/// A declared zero that the canonical form leaves out.
fn is_left_out(field: &Field, value: &Value) -> bool {
    !field.pointer && field.omit != Omit::Never && is_unset(field, value)
}

fn is_unset(field: &Field, value: &Value) -> bool {
    match value {
        Value::Null => true,
        _ if field.pointer => false,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(flag) => !flag && matches!(field.ty, FieldType::Scalar(Scalar::Bool)),
        Value::Array(items) => items.is_empty(),
        Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use pintle_api::catalog;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(defaulter: &Defaulter, kind: (&str, &str, &str), mut tree: Value, wanted: &Value) {
        let kind = catalog().kind(kind.0, kind.1, kind.2).expect("the kind exists");
        defaulter.apply(kind.message, &mut tree);
        assert_eq!(tree, *wanted);
    }

    #[test]
    fn constants_fill_what_is_absent() {
        let given = json!({"spec": {"ports": [{"port": 1}, {"port": 2, "protocol": "UDP"}]}});
        let wanted = json!({"spec": {"ports": [{"port": 1, "protocol": "TCP"}, {"port": 2, "protocol": "UDP"}]}});
        let mut found = given;
        let kind = catalog().kind("", "v1", "Service").expect("the kind exists");
        SCHEMA_ONLY.apply(kind.message, &mut found);
        assert_eq!(found["spec"]["ports"], wanted["spec"]["ports"]);
    }

    #[test]
    fn a_rule_goes_before_the_constants() {
        static RULED: Defaulter = Defaulter::new(|name| {
            let rule: Rule = |fields| {
                fields.insert("protocol".into(), "SCTP".into());
            };
            (name == "io.k8s.api.core.v1.ContainerPort").then_some(rule)
        });
        let given = json!({"spec": {"containers": [{"ports": [{"containerPort": 1}]}]}});
        let kind = ("", "v1", "Pod");
        let mut wanted = given.clone();
        wanted["spec"]["containers"][0]["ports"][0]["protocol"] = "SCTP".into();
        let message = catalog().kind(kind.0, kind.1, kind.2).expect("the kind exists").message;
        let mut found = given;
        RULED.apply(message, &mut found);
        assert_eq!(
            found["spec"]["containers"][0]["ports"],
            wanted["spec"]["containers"][0]["ports"]
        );
    }

    #[test]
    fn a_declared_zero_is_left_out_where_go_leaves_it_out() {
        let kind = catalog().kind("", "v1", "ReplicationController").expect("the kind exists");
        let mut found = json!({"spec": {"selector": {"a": "b"}}});
        SCHEMA_ONLY.apply(kind.message, &mut found);
        assert_eq!(found["spec"].get("minReadySeconds"), None);
        assert_eq!(found["spec"]["replicas"], 1);
    }

    #[test]
    fn a_message_without_defaults_is_left_alone() {
        let tree = json!({"data": {"a": "b"}});
        check(&SCHEMA_ONLY, ("", "v1", "ConfigMap"), tree.clone(), &tree);
    }
}
