//! A cached object: the stored bytes, the facts that selectors need, and encoded forms on loan.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::{Arc, OnceLock, Weak};

use bytes::Bytes;
use parking_lot::Mutex;

use crate::store::{KeyValue, Revision};

/// Names a form that an object is encoded in; the numbers are the caller's.
pub type FormKey = u32;

/// What selectors look at, packed into one text: labels, a separator, fields. The texts lie behind one
/// another, each closed by a NUL; labels can hold neither that nor the separator, field values not the NUL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Box<str>);

/// What stands behind the last label.
const SEPARATOR: char = '\u{1}';

impl Facts {
    /// Packs labels, and the values of the fields in the order of [`Indexer::fields`].
    pub fn new<'a>(
        labels: impl IntoIterator<Item = (&'a str, &'a str)>,
        fields: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut packed = String::new();
        for text in labels.into_iter().flat_map(|(name, value)| [name, value]) {
            packed.push_str(text);
            packed.push('\0');
        }
        packed.push(SEPARATOR);
        for text in fields {
            packed.push_str(text);
            packed.push('\0');
        }
        Self(packed.into())
    }

    fn halves(&self) -> (&str, &str) {
        self.0.split_once(SEPARATOR).unwrap_or_default()
    }

    /// Labels with their values.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut texts = self.halves().0.split_terminator('\0');
        std::iter::from_fn(move || Some((texts.next()?, texts.next()?)))
    }

    /// Value of a label.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels().find(|(label, _)| *label == name).map(|(_, value)| value)
    }

    /// Value of the n-th selectable field; empty if the object has none.
    pub fn field(&self, index: usize) -> &str {
        self.halves().1.split_terminator('\0').nth(index).unwrap_or_default()
    }

    fn bytes(&self) -> usize {
        self.0.len()
    }
}

/// Tells the cache what to remember of an object.
#[derive(Clone)]
pub struct Indexer {
    /// Names of the selectable fields.
    pub fields: Vec<String>,
    /// Fields (indexes into `fields`) whose watchers are woken only for their own value.
    pub triggers: Vec<usize>,
    /// What is remembered in place of a stored value, if it is not the value itself; an error if the
    /// value cannot be read.
    pub complete: CompleteFn,
    /// Reads the facts out of a key and a value as it is remembered; must not fail.
    pub facts: FactsFn,
}

/// See [`Indexer::complete`].
pub type CompleteFn = Arc<dyn Fn(&KeyValue) -> Result<Option<Bytes>, String> + Send + Sync>;

/// See [`Indexer::facts`].
pub type FactsFn = Arc<dyn Fn(&Bytes, &Bytes) -> Facts + Send + Sync>;

struct Form {
    key: FormKey,
    /// The entries behind this one that the form shows, too.
    others: Box<[Weak<Entry>]>,
    body: Bytes,
    used: bool,
}

impl Form {
    /// How many entries the form shows, if they are the first of these.
    fn begins(&self, entries: &[&Arc<Entry>]) -> Option<usize> {
        let behind = entries.get(1..=self.others.len())?;
        let same = |(own, entry): (&Weak<Entry>, &&Arc<Entry>)| own.as_ptr() == Arc::as_ptr(entry);
        self.others.iter().zip(behind).all(same).then_some(self.others.len() + 1)
    }

    fn is_current(&self) -> bool {
        self.others.iter().all(|entry| entry.strong_count() > 0)
    }
}

/// One version of an object. Key and value are the store's own buffers, unless
/// [`Indexer::complete`] has made another value.
pub struct Entry {
    /// Key in the store.
    pub key: Bytes,
    /// Stored bytes, complete.
    pub value: Bytes,
    /// Revision of this version.
    pub mod_revision: Revision,
    /// Revision at which the object was made.
    pub create_revision: Revision,
    /// What selectors look at.
    pub facts: Facts,
    prefix_length: u32,
    budget: Arc<FormBudget>,
    forms: Mutex<Box<[Form]>>,
}

impl Entry {
    pub(super) fn new(
        (key, value): (Bytes, Bytes),
        (create_revision, mod_revision): (Revision, Revision),
        facts: Facts,
        prefix_length: usize,
        budget: &Arc<FormBudget>,
    ) -> Arc<Self> {
        Arc::new(Self {
            key,
            value,
            mod_revision,
            create_revision,
            facts,
            prefix_length: prefix_length as u32,
            budget: budget.clone(),
            forms: Mutex::default(),
        })
    }

    /// The same object under another revision, as a deletion shows it.
    pub(super) fn at(&self, mod_revision: Revision) -> Arc<Self> {
        Self::new(
            (self.key.clone(), self.value.clone()),
            (self.create_revision, mod_revision),
            self.facts.clone(),
            self.prefix_length as usize,
            &self.budget,
        )
    }

    fn path(&self) -> &str {
        let path = self.key.get(self.prefix_length as usize..).unwrap_or_default();
        std::str::from_utf8(path).unwrap_or_default()
    }

    /// Namespace, from the key; empty if the resource has none.
    pub fn namespace(&self) -> &str {
        self.path().rsplit_once('/').map_or("", |(namespace, _)| namespace)
    }

    /// Name, from the key.
    pub fn name(&self) -> &str {
        let path = self.path();
        path.rsplit_once('/').map_or(path, |(_, name)| name)
    }

    /// What the keys of the object's namespace begin with.
    pub(super) fn namespace_prefix(&self) -> Bytes {
        let namespace = self.namespace();
        let slash = usize::from(!namespace.is_empty());
        self.key.slice(..self.prefix_length as usize + namespace.len() + slash)
    }

    /// The object in a form: made at most once while it is kept, and shared by all who ask. `make`
    /// runs under the entry's lock and must not ask for a form of the same entry.
    pub fn encoded(self: &Arc<Self>, form: FormKey, make: impl FnOnce() -> Bytes) -> Bytes {
        let mut forms = self.forms.lock();
        if let Some(found) = forms.iter_mut().find(|found| found.key == form) {
            found.used = true;
            return found.body.clone();
        }
        let body = make();
        if body.len() > self.budget.limit / 4 {
            return body;
        }
        let mut all = std::mem::take(&mut *forms).into_vec();
        all.push(Form { key: form, others: Box::default(), body: body.clone(), used: false });
        *forms = all.into();
        drop(forms);
        self.budget.charge(Loan { entry: Arc::downgrade(self), form, bytes: body.len() });
        body
    }

    /// A form that shows the first of these entries together, of which this is the very first: how
    /// many, and the form. An entry has several such forms if lists end at different ones behind it.
    pub fn run(&self, form: FormKey, entries: &[&Arc<Self>]) -> Option<(usize, Bytes)> {
        let mut forms = self.forms.lock();
        forms.iter_mut().filter(|found| found.key == form).find_map(|found| {
            let count = found.begins(entries)?;
            found.used = true;
            Some((count, found.body.clone()))
        })
    }

    /// Whether forms of this entry and others behind it are kept.
    pub fn begins_run(&self, form: FormKey) -> bool {
        self.forms.lock().iter().any(|found| found.key == form)
    }

    /// Keeps a form that shows these entries together, of which this is the very first. The numbers
    /// of such forms are not used for others.
    pub fn keep_run(self: &Arc<Self>, form: FormKey, entries: &[&Arc<Self>], body: Bytes) {
        let others: Box<[_]> = entries.iter().skip(1).map(|entry| Arc::downgrade(entry)).collect();
        let bytes = body.len() + size_of_val(&*others);
        if bytes > self.budget.limit / 4 {
            return;
        }
        let mut forms = self.forms.lock();
        let mut all = std::mem::take(&mut *forms).into_vec();
        all.retain(|kept| kept.key != form || kept.is_current());
        let known = |kept: &Form| kept.key == form && kept.begins(entries) == Some(entries.len());
        let fresh = !all.iter().any(known);
        if fresh {
            all.push(Form { key: form, others, body, used: false });
        }
        *forms = all.into();
        drop(forms);
        if fresh {
            self.budget.charge(Loan { entry: Arc::downgrade(self), form, bytes });
        }
    }

    /// The object in a form, if somebody has made it and it is still kept.
    pub fn kept(&self, form: FormKey) -> Option<Bytes> {
        let mut forms = self.forms.lock();
        let found = forms.iter_mut().find(|found| found.key == form)?;
        found.used = true;
        Some(found.body.clone())
    }

    /// Spares a form that was used since it was last looked at.
    fn spare(&self, form: FormKey) -> bool {
        let mut forms = self.forms.lock();
        let found = forms.iter_mut().find(|found| found.key == form);
        found.is_some_and(|found| std::mem::take(&mut found.used))
    }

    fn forget(&self, form: FormKey) {
        let mut forms = self.forms.lock();
        let mut all = std::mem::take(&mut *forms).into_vec();
        all.retain(|found| found.key != form);
        *forms = all.into();
    }

    /// Bytes held for this entry beyond the stored ones and the forms.
    pub(super) fn overhead(&self) -> usize {
        size_of::<Self>() + self.facts.bytes()
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", String::from_utf8_lossy(&self.key), self.mod_revision)
    }
}

struct Loan {
    entry: Weak<Entry>,
    form: FormKey,
    bytes: usize,
}

/// Bounds the bytes of encoded forms over all entries that share it. Forms go in the order they
/// came, but one that was used since gets a second round.
pub struct FormBudget {
    limit: usize,
    loans: Mutex<(VecDeque<Loan>, usize)>,
}

impl FormBudget {
    /// A budget of so many bytes; 0 keeps nothing.
    pub fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, loans: Mutex::default() })
    }

    /// Bytes on loan; those of entries that are gone count until their turn comes.
    pub fn bytes(&self) -> usize {
        self.loans.lock().1
    }

    fn charge(&self, loan: Loan) {
        let mut chances = {
            let mut loans = self.loans.lock();
            loans.1 += loan.bytes;
            loans.0.push_back(loan);
            loans.0.len()
        };
        // Entry locks are taken only while the budget's is not held: `charge` runs the other way.
        while let Some(loan) = self.oldest_over_limit() {
            if let Some(entry) = loan.entry.upgrade() {
                if chances > 0 && entry.spare(loan.form) {
                    chances -= 1;
                    self.loans.lock().0.push_back(loan);
                    continue;
                }
                entry.forget(loan.form);
            }
            self.loans.lock().1 -= loan.bytes;
        }
    }

    fn oldest_over_limit(&self) -> Option<Loan> {
        let mut loans = self.loans.lock();
        if loans.1 > self.limit { loans.0.pop_front() } else { None }
    }
}

/// What happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It was made.
    Added,
    /// It was changed.
    Modified,
    /// It was deleted.
    Deleted,
}

/// A change, shared by all who watch.
#[derive(Debug)]
pub struct CacheEvent {
    /// What happened.
    pub kind: EventKind,
    /// The object after the change; for a deletion its last state under the deletion's revision.
    pub entry: Arc<Entry>,
    /// The object before the change.
    pub previous: Option<Arc<Entry>>,
    /// Revision of the change.
    pub revision: Revision,
    departed: OnceLock<Arc<Entry>>,
}

impl CacheEvent {
    pub(super) fn new(
        kind: EventKind,
        entry: Arc<Entry>,
        previous: Option<Arc<Entry>>,
        revision: Revision,
    ) -> Arc<Self> {
        Arc::new(Self { kind, entry, previous, revision, departed: OnceLock::new() })
    }

    /// What a watcher is shown whose selector matched before the change and does not any more: the
    /// state before under the revision of the change. The entry itself where there was none.
    pub fn departed(&self) -> &Arc<Entry> {
        match (&self.previous, self.kind) {
            (Some(previous), EventKind::Modified) => {
                self.departed.get_or_init(|| previous.at(self.revision))
            }
            _ => &self.entry,
        }
    }

    /// What the ring pays for the event: the state before lives only here.
    pub(super) fn bytes(&self) -> usize {
        let previous = self.previous.as_ref();
        previous.map_or(0, |entry| entry.value.len() + entry.overhead()) + size_of::<Self>()
    }
}

/// An entry as a member of an ordered set.
#[derive(Clone, Debug)]
pub(super) struct Slot(pub(super) Arc<Entry>);

impl Borrow<[u8]> for Slot {
    fn borrow(&self) -> &[u8] {
        &self.0.key
    }
}

impl Ord for Slot {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.key.cmp(&other.0.key)
    }
}

impl PartialOrd for Slot {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

impl Eq for Slot {}
