//! Types with a name. Each is compared once, however many operations it reaches.

use std::collections::BTreeSet;

use super::compare::{Comparison, Spot};
use super::effect::Direction;
use super::kinds::Kind;
use super::members::epoch;
use super::pairs::{NameOf, beyond, pairs};
use super::quote::{code, list, option};
use crate::model::{EnumerationValue, Moment, Type, TypeKind, UnionVariant, ValueType};
use crate::plan::context::Scope;

const TYPES: &[NameOf<Type>] = &[|one| Some(&one.name.wire), |one| Some(&one.name.rust)];
const VALUES: &[NameOf<EnumerationValue>] = &[|one| Some(&one.name.wire), |one| Some(&one.name.rust)];
const VARIANTS: &[NameOf<UnionVariant>] = &[|one| Some(&one.name.wire), |one| Some(&one.name.rust)];

/// More comparisons of types by what they hold than this are not made: whoever renames so many types at once reads no list of them.
const COMPARISONS: usize = 100_000;

impl Comparison<'_> {
    /// Finds out which old type is which new one. Types that lost their name are known by what they hold.
    pub(super) fn pair_types(&mut self) {
        let (old, new) = (&self.old.vendor.types, &self.new.vendor.types);
        let found = pairs(old, new, TYPES);
        self.types = found.both.iter().map(|((old, _), (new, _))| (*old, *new)).collect();
        let gone: Vec<(usize, BTreeSet<&str>)> = (old.iter().enumerate())
            .filter(|(index, _)| !self.types.contains_key(index))
            .map(|(index, one)| (index, content(&one.kind)))
            .collect();
        if gone.len().saturating_mul(found.added.len()) > COMPARISONS {
            return;
        }
        for (index, one) in found.added {
            let content = content(&one.kind);
            let alike = |(was, held): &&(usize, BTreeSet<&str>)| {
                let kind = old.get(*was).is_some_and(|old| word(&old.kind) == word(&one.kind));
                let shared = held.intersection(&content).count();
                let free = !self.types.contains_key(was);
                free && kind && shared > 0 && shared * 2 >= held.len().max(content.len())
            };
            let best = gone.iter().filter(alike).max_by_key(|(_, held)| held.intersection(&content).count());
            if let Some((was, _)) = best {
                self.types.insert(*was, index);
            }
        }
    }

    /// All types.
    pub(super) fn named_types(&mut self) {
        let (old, new) = (&self.old.vendor.types, &self.new.vendor.types);
        let mut was: Vec<Option<usize>> = vec![None; new.len()];
        for (before, now) in &self.types {
            if let Some(was) = was.get_mut(*now) {
                *was = Some(*before);
            }
        }
        for (now, (one, before)) in new.iter().zip(was).enumerate() {
            let direction = self.direction(before, Some(now));
            let at = Spot::named_type(&one.name.wire, before, Some(now)).on(direction);
            match before.and_then(|before| old.get(before)) {
                Some(before) => self.named_type(&at, before, one),
                None => self.came(&at, Kind::TypeAdded, word(&one.kind)),
            }
        }
        for (before, one) in old.iter().enumerate() {
            if self.types.contains_key(&before) {
                continue;
            }
            let direction = self.direction(Some(before), None);
            let at = Spot::named_type(&one.name.wire, Some(before), None).on(direction);
            self.went(&at, Kind::TypeRemoved, word(&one.kind));
        }
    }

    /// On which sides a type is or was.
    fn direction(&self, old: Option<usize>, new: Option<usize>) -> Direction {
        let sides = |definition: &super::compare::Definition<'_>, index: Option<usize>| {
            index.map_or((false, false), |index| definition.reach.sides(index))
        };
        let (was, now) = (sides(&self.old, old), sides(&self.new, new));
        Direction::of(was.0 || now.0, was.1 || now.1)
    }

    fn named_type(&mut self, at: &Spot, old: &Type, new: &Type) {
        let Type {
            name,
            kind,
            partial,
            // Shown in pages, and nowhere else.
            facts: _,
        } = new;
        if old.name.rust != name.rust {
            self.became(at, Kind::TypeRustName, code(&old.name.rust), code(&name.rust));
        }
        self.flag(at, (old.partial.is_some(), partial.is_some()), Kind::PartialAdded, Kind::PartialRemoved);
        match (&old.kind, kind) {
            (
                TypeKind::Enumeration { values, number },
                TypeKind::Enumeration { values: new_values, number: new_number },
            ) => {
                let shown = |number: &bool| if *number { "numbers" } else { "texts" }.to_owned();
                self.differs(at, Kind::ValuesAreNumbers, (number, new_number), shown);
                self.values(at, values, new_values);
            }
            (TypeKind::Structure(old), TypeKind::Structure(new)) => {
                self.members(&at.child("members"), old, new);
            }
            (
                TypeKind::Union { tag, content, variants },
                TypeKind::Union { tag: new_tag, content: new_content, variants: new_variants },
            ) => {
                let shown = |(tag, content): &(&Option<String>, &Option<String>)| {
                    format!("tag {} and content {}", option(tag.as_deref()), option(content.as_deref()))
                };
                self.differs(at, Kind::UnionLayout, (&(tag, content), &(new_tag, new_content)), shown);
                self.variants(at, variants, new_variants);
            }
            (TypeKind::DateTime(moment, formats), TypeKind::DateTime(new_moment, new_formats))
                if moment == new_moment =>
            {
                self.dates(at, formats, new_formats);
            }
            (TypeKind::Epoch(old), TypeKind::Epoch(new)) => {
                if (old.start, old.unit) != (new.start, new.unit) {
                    self.became(at, Kind::Epoch, epoch(*old), epoch(*new));
                }
                self.differs(at, Kind::EpochDecimals, (&old.decimals, &new.decimals), u8::to_string);
            }
            (
                TypeKind::Separated { cells, lines },
                TypeKind::Separated { cells: new_cells, lines: new_lines },
            ) => {
                let shown = |(cells, lines): &(&String, &String)| {
                    format!("{} between cells and {} between lines", code(cells), code(lines))
                };
                self.differs(at, Kind::Separators, (&(cells, lines), &(new_cells, new_lines)), shown);
            }
            (TypeKind::Text, TypeKind::Text) => {}
            (TypeKind::Formed(old), TypeKind::Formed(new)) => {
                for form in beyond(old, new) {
                    self.came(at, Kind::FormAdded, code(form));
                }
                for form in beyond(new, old) {
                    self.went(at, Kind::FormRemoved, code(form));
                }
                // Made-up values are of the first one.
                if old.len() == new.len() && old != new && beyond(old, new).is_empty() {
                    self.became(at, Kind::Samples, list(old), list(new));
                }
            }
            (was, now) => self.became(at, Kind::TypeKind, word(was), word(now)),
        }
    }

    fn values(&mut self, at: &Spot, old: &[EnumerationValue], new: &[EnumerationValue]) {
        let found = pairs(old, new, VALUES);
        for ((_, old), (_, new)) in &found.both {
            let EnumerationValue {
                name,
                also,
                // Shown in pages, and nowhere else.
                facts: _,
            } = new;
            let at = at.child("values").child(&name.wire);
            self.differs(&at, Kind::ValueWireName, (old.name.wire.as_str(), name.wire.as_str()), code);
            self.differs(&at, Kind::ValueRustName, (old.name.rust.as_str(), name.rust.as_str()), code);
            for text in beyond(&old.also, also) {
                self.came(&at, Kind::ValueAlsoAdded, code(text));
            }
            for text in beyond(also, &old.also) {
                self.went(&at, Kind::ValueAlsoRemoved, code(text));
            }
        }
        for value in &found.removed {
            let at = at.child("values").child(&value.name.wire);
            self.went(&at, Kind::ValueRemoved, code(&value.name.wire));
        }
        for (_, value) in &found.added {
            let at = at.child("values").child(&value.name.wire);
            self.came(&at, Kind::ValueAdded, code(&value.name.wire));
        }
    }

    fn variants(&mut self, at: &Spot, old: &[UnionVariant], new: &[UnionVariant]) {
        let found = pairs(old, new, VARIANTS);
        for ((_, old), (_, new)) in &found.both {
            let UnionVariant {
                name,
                content,
                // Shown in pages, and nowhere else.
                facts: _,
            } = new;
            let at = at.child("variants").child(&name.wire);
            self.differs(&at, Kind::VariantWireName, (old.name.wire.as_str(), name.wire.as_str()), code);
            self.differs(&at, Kind::VariantRustName, (old.name.rust.as_str(), name.rust.as_str()), code);
            if self.same_index(old.content, *content) {
                self.boxed_variant(&at, old.content, *content);
            } else {
                let (was, now) = (self.old.type_name(old.content), self.new.type_name(*content));
                self.became(&at, Kind::VariantType, was, now);
            }
        }
        for variant in &found.removed {
            let at = at.child("variants").child(&variant.name.wire);
            let what = self.old.type_name(variant.content);
            self.went(&at, Kind::VariantRemoved, what);
        }
        for (_, variant) in &found.added {
            let at = at.child("variants").child(&variant.name.wire);
            let what = self.new.type_name(variant.content);
            self.came(&at, Kind::VariantAdded, what);
        }
    }

    /// A variant is in a box where types contain each other, and where its content is large.
    fn boxed_variant(&mut self, at: &Spot, old: Option<usize>, new: Option<usize>) {
        let Some(((old_type, new_type), (old, new))) = at.types().zip(old.zip(new)) else { return };
        let was = self.old.context.boxed_variant(&ValueType::Type(old), Scope::Types(old_type));
        let now = self.new.context.boxed_variant(&ValueType::Type(new), Scope::Types(new_type));
        self.differs(at, Kind::Boxed, (&was, &now), |boxed| super::quote::flag(*boxed).to_owned());
    }

    fn dates(&mut self, at: &Spot, old: &[String], new: &[String]) {
        let unread = beyond(new, old);
        for format in &unread {
            self.went(at, Kind::DateNotRead, code(format));
        }
        if let (Some(was), Some(now)) = (old.first(), new.first())
            && was != now
            && !old.contains(now)
        {
            self.became(at, Kind::DateWritten, code(was), code(now));
        } else if old != new && unread.is_empty() {
            self.became(at, Kind::DateFormats, list(old), list(new));
        }
    }
}

/// What a type is, in words.
const fn word(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Enumeration { .. } => "an enumeration",
        TypeKind::Structure(_) => "a structure",
        TypeKind::Union { .. } => "a union",
        TypeKind::DateTime(Moment::DateTime, _) => "a date and time",
        TypeKind::DateTime(Moment::Date, _) => "a date",
        TypeKind::DateTime(Moment::Time, _) => "a time of day",
        TypeKind::Epoch(_) => "a moment that is counted",
        TypeKind::Separated { .. } => "a text that is a table",
        TypeKind::Text => "a text",
        TypeKind::Formed(_) => "a text of some form",
    }
}

/// What is in a type, by name on the wire.
fn content(kind: &TypeKind) -> BTreeSet<&str> {
    match kind {
        TypeKind::Enumeration { values, .. } => values.iter().map(|value| value.name.wire.as_str()).collect(),
        TypeKind::Structure(members) => members.iter().map(|member| member.name.wire.as_str()).collect(),
        TypeKind::Union { variants, .. } => variants.iter().map(|one| one.name.wire.as_str()).collect(),
        TypeKind::DateTime(_, texts) | TypeKind::Formed(texts) => texts.iter().map(String::as_str).collect(),
        TypeKind::Text | TypeKind::Epoch(_) | TypeKind::Separated { .. } => BTreeSet::new(),
    }
}
