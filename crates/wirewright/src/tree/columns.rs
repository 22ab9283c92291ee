//! Lists of a query string whose items are rows: each member of an item stands by itself, with the item's number behind its name.

use std::collections::BTreeSet;

use super::{Id, Tree, decoder::TreeDecoder};
use crate::{
    DecodeError, DecodeErrorKind, Format,
    error::Step,
    wire::{List, Member, Numbered, Shape, Slot},
};

/// The row that the next structure is.
#[derive(Clone, Copy)]
pub(super) struct Row {
    numbered: Numbered,
    number: u64,
}

impl<'de> Tree<'de> {
    /// The pairs below an item that may be a part of a row, with their names and numbers.
    fn rows(&self, parent: Id, numbered: Numbered) -> impl Iterator<Item = (&str, u64, Id)> {
        let below = self.numbered.iter().filter(move |ending| ending.parent == parent);
        below.filter_map(move |ending| {
            numbered.split(&ending.name).map(|(name, number)| (name, number, ending.leaf))
        })
    }
}

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
        for (index, number) in rows.iter().enumerate() {
            self.path.push(Step::Index(index));
            if let Slot::Record(record) = list.push() {
                self.row = Some(Row { numbered, number: *number });
                self.fill_record_of(record)?;
            }
            self.path.pop();
        }
        if rows.is_empty() && member.list().filled {
            return Err(self.fail(self.at, DecodeErrorKind::Missing));
        }
        Ok(())
    }

    /// Claims the pairs of all rows, and returns the numbers of those rows that have any. The list is empty then.
    pub(super) fn claim_columns(
        &mut self,
        list: &mut dyn List<'de>,
        numbered: Numbered,
    ) -> Result<Vec<u64>, DecodeError> {
        list.clear();
        let numbers: BTreeSet<u64> = self.tree.rows(self.at, numbered).map(|(_, number, _)| number).collect();
        let mut rows = Vec::new();
        for number in numbers {
            let outer = std::mem::replace(&mut self.found, false);
            if let Slot::Record(record) = list.push() {
                self.row = Some(Row { numbered, number });
                self.probe(|this| this.fill_record_of(record))?;
            }
            rows.extend(self.found.then_some(number));
            self.found |= outer;
        }
        list.clear();
        Ok(rows)
    }

    /// Pushes the pairs of a row that are members, in the order of the members.
    pub(super) fn collect_row(&mut self, shape: &'static Shape, row: Row) -> usize {
        let base = self.hits.len();
        for (index, member) in shape.members().enumerate() {
            let of_row = self.tree.rows(self.at, row.numbered).filter(|(_, number, _)| *number == row.number);
            let named = of_row.filter(|(name, ..)| member.is_named(Format::Query, name));
            self.hits.extend(named.map(|(.., leaf)| (index, leaf)));
        }
        base
    }
}
