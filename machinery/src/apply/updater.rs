//! What an update or an apply does to the object and to who owns what.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::compare::{Comparison, compare};
use super::conflict::Conflicts;
use super::fieldset::field_set;
use super::managed::{Managers, Owned, Owner};
use super::manager::Types;
use super::merge::merge;
use super::path::equal_values;
use super::reconcile::reconcile;
use super::remove::remove_items;
use super::schema::{Schema, TypeId};
use super::set::Set;
use super::validate::{Duplicates, validate};
use crate::Value;

/// Why there is no outcome.
#[derive(Debug)]
pub(super) enum Failure {
    /// Others own what would change.
    Conflicts(Conflicts),
    /// Something else, in upstream's words.
    Other(String),
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

/// An object in a version.
#[derive(Clone)]
struct Typed<'a> {
    value: Cow<'a, Value>,
    version: String,
    ty: TypeId,
}

/// Carries out writes for a kind (structured-merge-diff `merge.Updater`).
pub(super) struct Updater<'a> {
    pub(super) types: &'a dyn Types,
    pub(super) api_version: &'a str,
}

impl Updater<'_> {
    fn schema(&self) -> &Schema {
        self.types.schema()
    }

    fn typed<'v>(&self, value: &'v Value) -> Result<Typed<'v>, String> {
        let version = self.api_version.to_owned();
        let ty = self.types.root(&version).ok_or_else(|| format!("no type for {version}"))?;
        Ok(Typed { value: Cow::Borrowed(value), version, ty })
    }

    /// The object in another version; none if there is no such version
    /// (`versionConverter.Convert`).
    fn convert<'v>(
        &self,
        object: &'v Typed<'_>,
        version: &str,
    ) -> Result<Option<Typed<'v>>, String> {
        if object.version == version {
            let value = Cow::Borrowed(object.value.as_ref());
            return Ok(Some(Typed { value, version: object.version.clone(), ty: object.ty }));
        }
        let Some(ty) = self.types.root(version) else { return Ok(None) };
        let value = self.types.convert(&object.value, version)?;
        validate(self.schema(), ty, &value, Duplicates::Forbidden).map_err(|e| e.to_string())?;
        Ok(Some(Typed { value: Cow::Owned(value), version: version.to_owned(), ty }))
    }

    fn compare(&self, old: &Typed<'_>, new: &Typed<'_>) -> Result<Comparison, String> {
        compare(self.schema(), old.ty, &old.value, &new.value)
            .map(|comparison| comparison.filtered(self.types.filter(&old.version)))
            .map_err(|errors| format!("failed to compare objects: {errors}"))
    }

    /// Brings the stored sets in line with the types; owners by versions that are gone go
    /// (`Updater.reconcileManagedFieldsWithSchemaChanges`).
    fn reconcile(&self, live: &Typed<'_>, managers: &mut Managers) -> Result<(), String> {
        let mut known: BTreeMap<String, Option<TypeId>> = BTreeMap::new();
        known.insert(live.version.clone(), Some(live.ty));
        for owned in managers.values_mut() {
            let ty = if let Some(ty) = known.get(&owned.api_version) {
                *ty
            } else {
                let ty = self.convert(live, &owned.api_version)?.map(|typed| typed.ty);
                known.insert(owned.api_version.clone(), ty);
                ty
            };
            if let Some(set) = ty.and_then(|ty| reconcile(self.schema(), ty, &owned.set)) {
                owned.set = set;
            }
        }
        managers.retain(|_, owned| known.get(&owned.api_version).is_some_and(Option::is_some));
        Ok(())
    }

    /// Takes from the owners what changed, or reports the conflicts (`Updater.update`).
    fn settle(
        &self,
        old: &Typed<'_>,
        new: &Typed<'_>,
        managers: &mut Managers,
        writer: Option<&Owner>,
        force: bool,
    ) -> Result<Comparison, Failure> {
        let mut versions: BTreeMap<String, Option<(Comparison, Set)>> = BTreeMap::new();
        let comparison = self.compare(old, new)?;
        if managers.is_empty() {
            return Ok(comparison);
        }
        let changed = comparison.clone().changed();
        versions.insert(old.version.clone(), Some((comparison.clone(), changed)));
        let mut conflicts = Managers::new();
        let mut gone = Vec::new();
        for (owner, owned) in managers.iter() {
            if Some(owner) == writer {
                continue;
            }
            if !versions.contains_key(&owned.api_version) {
                let in_version = self.compare_in(old, new, &owned.api_version)?;
                versions.insert(owned.api_version.clone(), in_version);
            }
            let Some(Some((_, changed))) = versions.get(&owned.api_version) else {
                gone.push(owner.clone());
                continue;
            };
            let set = owned.set.intersection(changed);
            if !set.is_empty() {
                conflicts.insert(owner.clone(), Owned { set, ..owned.clone() });
            }
        }
        if !force && !conflicts.is_empty() {
            return Err(Failure::Conflicts(Conflicts::of(&conflicts)));
        }
        managers.retain(|owner, _| !gone.contains(owner));
        for (owner, owned) in managers.iter_mut().filter(|(owner, _)| Some(*owner) != writer) {
            if let Some(conflict) = conflicts.get(owner) {
                owned.set.remove(&conflict.set);
            }
            if let Some(Some((comparison, _))) = versions.get(&owned.api_version)
                && !comparison.removed.is_empty()
            {
                owned.set.remove(&comparison.removed);
            }
        }
        managers.retain(|_, owned| !owned.set.is_empty());
        Ok(comparison)
    }

    fn compare_in(
        &self,
        old: &Typed<'_>,
        new: &Typed<'_>,
        version: &str,
    ) -> Result<Option<(Comparison, Set)>, String> {
        let Some(old) = self
            .convert(old, version)
            .map_err(|error| format!("failed to convert old object: {error}"))?
        else {
            return Ok(None);
        };
        let Some(new) = self
            .convert(new, version)
            .map_err(|error| format!("failed to convert new object: {error}"))?
        else {
            return Ok(None);
        };
        let comparison = self.compare(&old, &new)?;
        let changed = comparison.clone().changed();
        Ok(Some((comparison, changed)))
    }

    /// An update: changes `managers`, gives the fields that the writer changed
    /// (`Updater.Update`).
    pub(super) fn update(
        &self,
        live: &Value,
        new: &Value,
        managers: &mut Managers,
    ) -> Result<Set, Failure> {
        let (live, new) = (self.typed(live)?, self.typed(new)?);
        self.reconcile(&live, managers)?;
        let comparison = self.settle(&live, &new, managers, None, true)?;
        Ok(comparison.changed())
    }

    /// An apply: changes `managers`, gives the new object, none if it equals the live one
    /// (`Updater.Apply`).
    pub(super) fn apply(
        &self,
        live: &Value,
        config: &Value,
        managers: &mut Managers,
        writer: &Owner,
        force: bool,
    ) -> Result<Option<Value>, Failure> {
        let (live, config) = (self.typed(live)?, self.typed(config)?);
        self.reconcile(&live, managers)?;
        let merged = merge(self.schema(), live.ty, &live.value, &config.value)
            .map_err(|errors| format!("failed to merge config: {errors}"))?;
        let merged = Typed { value: Cow::Owned(merged), ..live.clone() };
        let mut set = field_set(self.schema(), config.ty, &config.value);
        if let Some(filter) = self.types.filter(&config.version) {
            set = filter.apply(set);
        }
        let owned = Owned { set, api_version: config.version.clone(), applied: true };
        let last = managers.insert(writer.clone(), owned);
        let new = self
            .prune(merged, managers, last)
            .map_err(|error| format!("failed to prune fields: {error}"))?;
        self.settle(&live, &new, managers, Some(writer), force)?;
        let same = equal_values(&live.value, &new.value);
        Ok((!same).then(|| new.value.into_owned()))
    }

    /// Takes out what the writer applied before and nobody wants now (`Updater.prune`).
    fn prune<'v>(
        &self,
        merged: Typed<'v>,
        managers: &Managers,
        last: Option<Owned>,
    ) -> Result<Typed<'v>, String> {
        let Some(last) = last.filter(|last| !last.set.is_empty()) else { return Ok(merged) };
        let Some(converted) = self.convert(&merged, &last.api_version).map_err(|error| {
            format!("failed to convert merged object to last applied version: {error}")
        })?
        else {
            return Ok(merged);
        };
        let schema = self.schema();
        let named = |set: &Set| set.with_named_fields(schema, Some(converted.ty));
        let pruned = without(schema, &converted, &named(&last.set));
        let pruned = self.add_back_owned(converted.clone(), pruned, managers)?;
        let Some(pruned) = self.convert(&pruned, &last.api_version)? else {
            return Ok(merged);
        };
        let pruned_set = named(&field_set(schema, pruned.ty, &pruned.value));
        let merged_set = named(&field_set(schema, converted.ty, &converted.value));
        let dangling = merged_set.difference(&pruned_set).intersection(&named(&last.set));
        let pruned = without(schema, &converted, &dangling);
        let back = self.convert(&pruned, self.api_version)?;
        Ok(match back {
            Some(back) => Typed { value: Cow::Owned(back.value.into_owned()), ..back },
            None => merged,
        })
    }

    /// Puts back what some manager owns (`Updater.addBackOwnedItems`).
    fn add_back_owned(
        &self,
        merged: Typed<'_>,
        pruned: Typed<'_>,
        managers: &Managers,
    ) -> Result<Typed<'static>, String> {
        let first = merged.version.clone();
        let mut by_version: BTreeMap<&str, Set> = BTreeMap::new();
        for owned in managers.values() {
            let set = by_version.entry(&owned.api_version).or_default();
            *set = set.union(&owned.set);
        }
        let mut order: Vec<(&str, Set)> = by_version.into_iter().collect();
        order.sort_by_key(|(version, _)| *version != first);
        let mut merged = owned(merged);
        let mut pruned = owned(pruned);
        for (version, managed) in order {
            let Some(in_version) = self.convert(&merged, version)?.map(owned) else { continue };
            merged = in_version;
            let Some(in_version) = self.convert(&pruned, version)?.map(owned) else { continue };
            pruned = in_version;
            let schema = self.schema();
            let named = |set: &Set| set.with_named_fields(schema, Some(merged.ty));
            let merged_set = named(&field_set(schema, merged.ty, &merged.value));
            let pruned_set = named(&field_set(schema, pruned.ty, &pruned.value));
            let superfluous = merged_set.difference(&pruned_set.union(&named(&managed)));
            pruned = without(schema, &merged, &superfluous);
        }
        Ok(pruned)
    }
}

fn owned(typed: Typed<'_>) -> Typed<'static> {
    Typed { value: Cow::Owned(typed.value.into_owned()), version: typed.version, ty: typed.ty }
}

fn without(schema: &Schema, object: &Typed<'_>, items: &Set) -> Typed<'static> {
    let value = remove_items(schema, object.ty, &object.value, items);
    Typed { value: Cow::Owned(value), version: object.version.clone(), ty: object.ty }
}
