//! Which members the items of one level are.

use super::{
    Id, ItemKind,
    decoder::{Hit, Hits, TreeDecoder},
};
use crate::{
    Format,
    wire::{Member, MemberLocation, Shape, add},
};

impl TreeDecoder<'_, '_> {
    /// Whether a child is this member.
    pub(super) fn is(&self, member: Member, child: Id) -> bool {
        let item = self.tree.item(child);
        if self.format == Format::Xml
            && member.namespace().is_some_and(|name| name != self.tree.namespaces.name(item.namespace))
        {
            return false;
        }
        match (self.format, member.place_in(self.format)) {
            (_, MemberLocation::Flatten | MemberLocation::Rest | MemberLocation::Nowhere)
            | (Format::Xml, MemberLocation::Text) => false,
            (Format::Xml, MemberLocation::Attribute) => {
                item.kind == ItemKind::Attribute && member.is_named(self.format, item.name)
            }
            (Format::Xml, MemberLocation::Element) => {
                item.kind != ItemKind::Attribute && member.is_named(self.format, item.name)
            }
            (Format::Json, _) => member.is_named(self.format, item.name),
            (Format::Query, _) if member.columns().is_some() => false,
            (Format::Query, _) if member.map().between.is_some() => {
                let goes_on = || [item.name, self.separator].concat();
                member.key_behind(item.name).is_some()
                    || (item.kind == ItemKind::Branch && member.key_behind(&goes_on()).is_some())
            }
            (Format::Query, _) => {
                member.is_named(self.format, item.name) || member.number_behind(item.name).is_some()
            }
        }
    }

    /// Pushes the children of `at` that are members, in the order of the members.
    pub(super) fn collect(&mut self, shape: &'static Shape) -> usize {
        if let Some(row) = self.row.take() {
            return self.collect_row(shape, &row);
        }
        let base = self.hits.len();
        let count = shape.members.len();
        if self.format == Format::Json && self.tree.item(self.at).kind == ItemKind::Array {
            let whole = (0..).zip(shape.members()).find(|(_, member)| member.whole());
            self.hits.extend(whole.map(|(index, _)| (index, self.at)));
            self.whole |= whole.is_some();
            return base;
        }
        let spaced = self.format == Format::Xml && shape.places & Shape::NAMESPACES != 0;
        // Most inputs keep the documented order, so the search goes on where it last succeeded.
        let mut hint = 0;
        let more = std::mem::take(&mut self.more);
        let parents = std::iter::once(self.at).chain(more);
        for child in parents.flat_map(|parent| self.tree.children(parent)) {
            let mut found = (hint..count).chain(0..hint).find(|index| self.is(shape.member(*index), child));
            if spaced {
                found = self.in_namespace(shape, child, found);
            }
            if !self.named.is_empty() {
                let named = |index: &usize| shape.member(*index).namespace().is_some();
                found = found.filter(|index| named(index) || !self.is_named_elsewhere(child));
            }
            if let Some(index) = found {
                // No shape has as many members: their places in its literals are numbers of 32 bits.
                add(&mut self.hits, (u32::try_from(index).unwrap_or(u32::MAX), child));
                hint = index;
            }
        }
        if self.format == Format::Query && !self.separator.is_empty() {
            self.collect_paths(shape);
        }
        self.collect_beside(shape, base);
        if let Some(hits) = self.hits.get_mut(base..) {
            // Most are in order, and a sort would take half as much memory again.
            if !hits.is_sorted_by_key(|hit| hit.0) {
                hits.sort_by_key(|hit| hit.0);
            }
        }
        if self.tree.is_mixed() {
            self.keep_likeliest(base);
        }
        base
    }

    /// The member that an element or attribute is, where some members name a namespace: the one that names its own, else the one
    /// that has its name, unless its namespace belongs to others.
    pub(super) fn in_namespace(
        &self,
        shape: &'static Shape,
        child: Id,
        by_name: Option<usize>,
    ) -> Option<usize> {
        let named = |member: Member| member.namespace().is_some();
        let found = shape.members().position(|member| named(member) && self.is(member, child));
        if found.is_some() || self.tree.rank(self.at, child) == 0 {
            return found.or(by_name);
        }
        let name = self.tree.namespaces.name(self.tree.item(child).namespace);
        by_name.filter(|_| shape.members().all(|member| member.namespace() != Some(name)))
    }

    /// Notes which namespaces a structure's members name, and which of its hits from `base` on are in them.
    pub(super) fn note_namespaces(&mut self, shape: &'static Shape, base: usize) {
        if self.format != Format::Xml || shape.places & Shape::NAMESPACES == 0 {
            return;
        }
        let hits = self.hits.get(base..).unwrap_or_default().iter();
        let items = hits.filter(|hit| shape.member(hit.0 as usize).namespace().is_some()).map(|hit| hit.1);
        self.named.note(shape.members().filter_map(Member::namespace), items);
    }

    /// Whether a child is only for members that name a namespace, of whatever structure on this level: as in
    /// [`in_namespace`](Self::in_namespace), which sees those of one.
    pub(super) fn is_named_elsewhere(&self, child: Id) -> bool {
        if self.named.is_empty() {
            return false;
        }
        let name = self.tree.namespaces.name(self.tree.item(child).namespace);
        self.named.has(child) || (self.tree.rank(self.at, child) > 0 && self.named.names(name))
    }

    /// Of the candidates that each member has from `base` on, keeps those that it is likeliest to be.
    pub(super) fn keep_likeliest(&mut self, base: usize) {
        let (mut from, mut kept) = (base, base);
        while let Some((index, _)) = self.hits.get(from).copied() {
            let same = self.hits[from..].iter().take_while(|hit| hit.0 == index).count();
            let rank = |hit: &Hit| self.tree.rank(self.at, hit.1);
            let best = self.hits[from..from + same].iter().map(rank).min();
            for at in from..from + same {
                if Some(rank(&self.hits[at])) == best {
                    self.hits[kept] = self.hits[at];
                    kept += 1;
                }
            }
            from += same;
        }
        self.hits.truncate(kept);
    }

    /// A member of a query string whose own name contains the separator is found along the parts of its name.
    pub(super) fn collect_paths(&mut self, shape: &'static Shape) {
        let tree = self.tree;
        for (index, member) in (0..).zip(shape.members()) {
            let place = member.place_in(self.format);
            if place.is_flat() || place == MemberLocation::Nowhere || member.columns().is_some() {
                continue;
            }
            let read = std::iter::once(member.query()).chain(member.also().iter().copied());
            for name in read.filter(|name| name.contains(self.separator)) {
                let mut at = Some(self.at);
                let mut parts = name.split(self.separator).peekable();
                while let (Some(part), Some(parent)) = (parts.next(), at) {
                    let named = |id: &Id| tree.item(*id).name == part;
                    if parts.peek().is_none() {
                        self.hits.extend(tree.children(parent).filter(named).map(|id| (index, id)));
                    }
                    at = tree
                        .children(parent)
                        .filter(named)
                        .find(|id| tree.item(*id).kind == ItemKind::Branch);
                }
            }
        }
    }

    /// The children of `parent` that have a name, as hits of their own. The caller truncates.
    pub(super) fn named(&mut self, parent: Id, name: &str) -> Hits {
        let base = self.hits.len();
        self.hits.extend(self.tree.named(parent, name).into_iter().map(|id| (0, id)));
        base..self.hits.len()
    }
}
