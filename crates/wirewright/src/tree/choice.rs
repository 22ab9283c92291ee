//! Tagged unions: the tag is an element's name, a member, or a member beside the payload's.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    Id, ItemKind,
    decoder::{Hits, NESTED, TreeDecoder},
};
use crate::{
    DecodeError, DecodeErrorKind,
    error::Step,
    wire::{Expected, UnionShape, UnionSlot},
};

/// A tag that names no variant was found where one was expected.
fn one_of(tagging: &UnionShape) -> Expected {
    let mut what = String::from("one of");
    for (index, variant) in tagging.variants.iter().enumerate() {
        what.push_str(if index == 0 { " " } else { ", " });
        what.push('`');
        what.push_str(variant);
        what.push('`');
    }
    Expected::from(what)
}

impl<'de> TreeDecoder<'_, 'de> {
    /// Fills a union from an item, or, when it is `flat`, from what is among the members of a structure.
    pub(super) fn fill_choice(
        &mut self,
        choice: &mut dyn UnionSlot<'de>,
        id: Id,
        flat: bool,
    ) -> Result<(), DecodeError> {
        let tagging = choice.shape();
        let tree = self.tree;
        let Some(tag) = tagging.tag else { return self.fill_named(choice, id, flat) };

        let name = tag.of(self.format);
        self.path.push(Step::Name(name));
        let Some(tag) = self.last_named(id, name) else {
            return Err(self.fail(id, DecodeErrorKind::Missing));
        };
        let text = self.text(tag)?;
        let mut payload = choice.pick(text.trim()).map_err(|expected| self.expected(tag, expected))?;
        self.path.pop();

        if let Some(content) = tagging.content {
            let name = content.of(self.format);
            self.path.push(Step::Name(name));
            let hits = self.named(id, name);
            let base = hits.start;
            let outer = std::mem::replace(&mut self.at, id);
            self.fill(NESTED, &mut payload, hits)?;
            self.at = outer;
            self.hits.truncate(base);
            self.path.pop();
            return Ok(());
        }
        if flat {
            return self.fill_flat(NESTED, &mut payload);
        }
        if !matches!(tree.item(id).kind, ItemKind::Element | ItemKind::Object | ItemKind::Branch) {
            return Err(self.expected(id, Expected::new("members")));
        }
        let outer = std::mem::replace(&mut self.at, id);
        let tags = self.all_named(id, name);
        let level = self.claim_level(&tags, |this| this.claim_flat(NESTED, &mut payload))?;
        self.fill_flat(NESTED, &mut payload)?;
        (self.claims, self.named) = level;
        self.at = outer;
        Ok(())
    }

    fn all_named(&self, parent: Id, name: &str) -> BTreeSet<Id> {
        self.tree.named(parent, name).into_iter().collect()
    }

    fn last_named(&self, parent: Id, name: &str) -> Option<Id> {
        let tree = self.tree;
        let is_value = |id: &Id| !matches!(tree.item(*id).kind, ItemKind::Null | ItemKind::Branch);
        tree.named(parent, name).into_iter().rfind(is_value)
    }

    /// A union whose variants are named by their element or key.
    fn fill_named(&mut self, choice: &mut dyn UnionSlot<'de>, id: Id, flat: bool) -> Result<(), DecodeError> {
        let tagging = choice.shape();
        let tree = self.tree;
        if let Some(child) = self.variant(tagging, id, flat, tagging.keeps_unknown) {
            let name = tree.item(child).name;
            let mut payload = choice.pick(name).map_err(|expected| self.expected(child, expected))?;
            self.path.push(Step::Name(name));
            let hits: Hits = self.named(id, name);
            let base = hits.start;
            let outer = std::mem::replace(&mut self.at, id);
            self.fill(NESTED, &mut payload, hits)?;
            self.at = outer;
            self.hits.truncate(base);
            self.path.pop();
            return Ok(());
        }
        // A variant without a payload may be a text.
        if !flat && tree.is_text(id) && !tree.item(id).text.trim().is_empty() {
            let text = tree.item(id).text.as_str().trim();
            let mut payload = choice.pick(text).map_err(|expected| self.expected(id, expected))?;
            return self.fill(NESTED, &mut payload, 0..0);
        }
        Err(self.expected(id, one_of(tagging)))
    }

    /// The child that names the variant: the last known one that has a value, else the last known one, else, if the union
    /// keeps unknown ones, the last child. One that is likelier by its namespace comes before any other.
    fn variant(&self, tagging: &UnionShape, parent: Id, flat: bool, keeps_unknown: bool) -> Option<Id> {
        let tree = self.tree;
        let known = |id: &Id| tagging.variants.contains(&tree.item(*id).name);
        let filled = |id: &Id| tree.item(*id).kind != ItemKind::Null;
        let mut best: Option<Id> = None;
        for id in tree.candidates(parent) {
            // A level of its own knows nothing of what is named around it.
            if flat && self.is_named_elsewhere(id) {
                continue;
            }
            if !known(&id) && (!keeps_unknown || (flat && self.claims.contains(&id))) {
                continue;
            }
            let rank = |id: &Id| (known(id), Reverse(tree.rank(parent, *id)), filled(id));
            if best.is_none_or(|best| rank(&id) >= rank(&best)) {
                best = Some(id);
            }
        }
        best
    }

    /// Claims the items of a union that is among the members of the structure at hand.
    pub(super) fn claim_choice(&mut self, choice: &mut dyn UnionSlot<'de>) -> Result<(), DecodeError> {
        let tagging = choice.shape();
        let Some(tag) = tagging.tag else {
            if let Some(child) = self.variant(tagging, self.at, true, false) {
                let same = self.all_named(self.at, self.tree.item(child).name);
                self.claims.extend(same);
                self.found = true;
            } else if tagging.keeps_unknown {
                self.found |= self.variant(tagging, self.at, true, true).is_some();
            }
            return Ok(());
        };
        let name = tag.of(self.format);
        let tags = self.all_named(self.at, name);
        self.claims.extend(tags);
        if let Some(content) = tagging.content {
            let contents = self.all_named(self.at, content.of(self.format));
            self.claims.extend(contents);
        }
        let Some(tag) = self.last_named(self.at, name) else { return Ok(()) };
        self.found = true;
        if tagging.content.is_none() && self.tree.is_text(tag) {
            let text = self.tree.item(tag).text.as_str().trim();
            if let Ok(mut payload) = choice.pick(text) {
                self.claim_flat(NESTED, &mut payload)?;
            }
        }
        Ok(())
    }
}
