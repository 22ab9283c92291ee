//! Lists of a query string whose items are rows: each member of an item stands by itself, with the item's number behind its name.

use std::collections::BTreeMap;

use super::{Id, Row, decoder::TreeDecoder};
use crate::{
    DecodeError, DecodeErrorKind, Format,
    error::Step,
    wire::{List, Member, Numbered, Shape, Slot},
};

impl<'de> TreeDecoder<'_, 'de> {
    /// How the rows of a member are numbered, if that is how its items are laid out here.
    pub(super) fn columns(&self, member: Member) -> Option<Numbered> {
        member.columns().filter(|_| self.format == Format::Query)
    }

    /// The items of a list of rows. A number that no member of a row has is none of its rows'.
    pub(super) fn fill_columns(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        numbered: Numbered,
    ) -> Result<(), DecodeError> {
        let Slot::List(list) = slot else { return Ok(()) };
        let rows = self.claim_columns(*list, numbered)?;
        if rows.is_empty() && member.list().filled {
            return Err(self.fail(self.at, DecodeErrorKind::Missing));
        }
        for (index, row) in rows.into_iter().enumerate() {
            self.path.push(Step::Index(index));
            if let Slot::Record(record) = list.push() {
                self.row = Some(row);
                self.fill_record_of(record)?;
            }
            self.path.pop();
        }
        Ok(())
    }

    /// Claims the pairs of all rows, and returns the rows that have any, by their numbers. The list is empty then.
    pub(super) fn claim_columns(
        &mut self,
        list: &mut dyn List<'de>,
        numbered: Numbered,
    ) -> Result<Vec<Row>, DecodeError> {
        list.clear();
        let mut leaves = Vec::new();
        for child in self.tree.children(self.at) {
            self.leaves(child, String::new(), &mut leaves, |_| true);
        }
        let mut rows: BTreeMap<u64, Row> = BTreeMap::new();
        for (name, leaf) in leaves {
            if let Some((column, number)) = numbered.split(&name) {
                rows.entry(number).or_default().push((column.to_owned(), leaf));
            }
        }
        let mut there = Vec::new();
        for row in rows.into_values() {
            let outer = std::mem::replace(&mut self.found, false);
            if let Slot::Record(record) = list.push() {
                self.row = Some(row.clone());
                self.probe(|this| this.fill_record_of(record))?;
            }
            there.extend(self.found.then_some(row));
            self.found |= outer;
        }
        list.clear();
        Ok(there)
    }

    /// Pushes the pairs of a row that are members, in the order of the members.
    pub(super) fn collect_row(&mut self, shape: &'static Shape, row: &[(String, Id)]) -> usize {
        let base = self.hits.len();
        for (index, member) in (0..).zip(shape.members()) {
            let named = row.iter().filter(|(name, _)| member.is_named(Format::Query, name));
            self.hits.extend(named.map(|(_, leaf)| (index, *leaf)));
        }
        base
    }
}
