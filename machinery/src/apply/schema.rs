//! What apply knows about types: which lists are maps or sets, and which values are one piece.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::Value;

/// A text of the schema, usually static.
pub type Text = Cow<'static, str>;

/// A type within a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeId(u32);

/// Any value; lists and maps are one piece (`__untyped_atomic_`).
pub const UNTYPED: TypeId = TypeId(0);
/// Any value; the type is read off the value and maps are granular (`__untyped_deduced_`).
pub const DEDUCED: TypeId = TypeId(1);

/// Types that refer to each other by [`TypeId`] (structured-merge-diff `schema.Schema`).
#[derive(Debug)]
pub struct Schema {
    atoms: Vec<Atom>,
    names: BTreeMap<Text, TypeId>,
}

/// What a value may be: any of the forms that are present (`schema.Atom`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Atom {
    /// It may be a scalar.
    pub scalar: Option<Scalar>,
    /// It may be a list.
    pub list: Option<List>,
    /// It may be a map or a structure.
    pub map: Option<Map>,
}

/// Kinds of scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Any number.
    Numeric,
    /// A string.
    String,
    /// A bool.
    Boolean,
    /// Any scalar.
    Untyped,
}

/// A list type (`schema.List`).
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Type of the elements.
    pub element: TypeId,
    /// How elements are told apart.
    pub topology: Topology,
}

/// How the elements of a list are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topology {
    /// Not at all: the list is one piece.
    Atomic,
    /// By their value.
    Set,
    /// By the values of these fields.
    Map(Vec<Text>),
}

/// A map or structure type (`schema.Map`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// The declared fields.
    pub fields: BTreeMap<Text, Field>,
    /// Type of the fields that are not declared; none are allowed if absent.
    pub element: Option<TypeId>,
    /// The map is one piece.
    pub atomic: bool,
}

/// A declared field (`schema.StructField`).
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its type.
    pub ty: TypeId,
    /// Its default, as a list's key takes it.
    pub default: Option<Value>,
}

/// The form that a value of a type takes; maps go before scalars, scalars before lists.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// A map.
    Map(&'a Map),
    /// A scalar.
    Scalar(Scalar),
    /// A list.
    List(&'a List),
}

impl Form<'_> {
    /// Whether both are maps, scalars or lists.
    pub fn same_as(&self, other: &Form<'_>) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}

impl Schema {
    /// A schema with [`UNTYPED`] and [`DEDUCED`] only.
    pub fn new() -> Self {
        let any = |element, atomic| Atom {
            scalar: Some(Scalar::Untyped),
            list: Some(List { element: UNTYPED, topology: Topology::Atomic }),
            map: Some(Map { fields: BTreeMap::new(), element: Some(element), atomic }),
        };
        Self { atoms: vec![any(UNTYPED, true), any(DEDUCED, false)], names: BTreeMap::new() }
    }

    /// Adds a type.
    pub fn add(&mut self, atom: Atom) -> TypeId {
        self.atoms.push(atom);
        TypeId(u32::try_from(self.atoms.len() - 1).expect("types fit in memory"))
    }

    /// The type of that name; a new one that has no form yet, if the name is new.
    pub fn named(&mut self, name: impl Into<Text>) -> (TypeId, bool) {
        let name = name.into();
        if let Some(&id) = self.names.get(&name) {
            return (id, false);
        }
        let id = self.add(Atom::default());
        self.names.insert(name, id);
        (id, true)
    }

    /// Gives a type its form.
    pub fn define(&mut self, id: TypeId, atom: Atom) {
        self.atoms[id.0 as usize] = atom;
    }

    /// The type of that name.
    pub fn find(&self, name: &str) -> Option<TypeId> {
        self.names.get(name).copied()
    }

    /// Names and types, sorted by name.
    pub fn names(&self) -> impl Iterator<Item = (&str, TypeId)> {
        self.names.iter().map(|(name, &id)| (name.as_ref(), id))
    }

    /// What a value of the type may be.
    pub fn atom(&self, id: TypeId) -> &Atom {
        &self.atoms[id.0 as usize]
    }

    /// The form that `value` takes as a value of the type (`typed.deduceAtom`, `handleAtom`);
    /// none if the type has no form at all.
    pub fn form(&self, id: TypeId, value: Option<&Value>) -> Option<Form<'_>> {
        let atom = self.atom(id);
        match value {
            Some(Value::Object(_)) if let Some(map) = &atom.map => return Some(Form::Map(map)),
            Some(Value::Array(_)) if let Some(list) = &atom.list => return Some(Form::List(list)),
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_))
                if let Some(scalar) = atom.scalar =>
            {
                return Some(Form::Scalar(scalar));
            }
            _ => {}
        }
        (atom.map.as_ref().map(Form::Map))
            .or_else(|| atom.scalar.map(Form::Scalar))
            .or_else(|| atom.list.as_ref().map(Form::List))
    }
}

impl Map {
    /// The type of a field, declared or not.
    pub fn field_type(&self, name: &str) -> Option<TypeId> {
        self.fields.get(name).map(|field| field.ty).or(self.element)
    }

    /// The map says nothing but that it may hold anything (`isUntypedDeducedMap`).
    pub fn is_deduced(&self) -> bool {
        self.element == Some(DEDUCED) && self.fields.is_empty()
    }
}
