//! Fills a message's slots from a tree.
//!
//! A structure with flattened members is walked twice. The first walk, *probing*, only finds out which items belong to which
//! of the structures that share one level, so that a flattened map can take what is left, and an absent flattened structure is
//! seen to be absent.

use std::{borrow::Cow, collections::BTreeSet, mem, ops::Range};

use super::{Id, ItemKind, Tree};
use crate::{
    DecodeError, DecodeErrorKind, Format, Options,
    error::{Fault, Step, render},
    scalar,
    wire::{
        Aborted, Decoder, Details, Document, Expected, Fill, ListForm, Member, MemberData, MemberLocation,
        OptionSlot, Shape, Slot,
    },
};

/// How lists and maps are laid out that stand directly in a list, a map or a union: they have no member of their own.
pub(crate) const NESTED: Member = UNNAMED.member(0);

/// A record of one member, without a name of its own: `item`.
pub(crate) static UNNAMED: Shape = Shape {
    root: "",
    json_root: None,
    namespace: None,
    literals: "<item></item>\",\"item\":\"&item=",
    members: &[MemberData {
        at: [0, 13, 23],
        length: [4, 4, 4],
        place: MemberLocation::Element,
        required: true,
        secret: false,
        details: Some(&Details {
            list: ListForm { item: Some("item"), ..ListForm::REPEATED },
            ..Details::USUAL
        }),
    }],
    places: 0,
};

/// Reads a message of `shape` from a tree.
pub(crate) fn read<'de>(
    tree: &Tree<'de>,
    format: Format,
    source: &str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), DecodeError> {
    let mut decoder = TreeDecoder {
        tree,
        format,
        source,
        separator: options.nested,
        strict: options.strict,
        max_depth: options.limits.max_depth(),
        at: Tree::ROOT,
        flat: false,
        probing: false,
        found: false,
        flattened: 0,
        hits: Vec::new(),
        claims: BTreeSet::new(),
        path: Vec::new(),
        error: None,
    };
    match format {
        Format::Xml => decoder.path.push(Step::Name(&tree.item(Tree::ROOT).name)),
        Format::Json => {
            let is_object = |id: &Id| tree.item(*id).kind == ItemKind::Object;
            if !is_object(&Tree::ROOT) {
                return Err(decoder.expected(Tree::ROOT, Expected::new("an object")));
            }
            let root = shape.json_root.and_then(|root| {
                let named = tree.children(Tree::ROOT).filter(|id| tree.item(*id).name == root).last();
                named.or_else(|| other_root(tree, shape)).filter(is_object)
            });
            if let Some(root) = root {
                decoder.at = root;
                decoder.path.push(Step::Name(&tree.item(root).name));
            }
        }
        Format::Query => {}
    }
    decoder.fill_record_of(fill)
}

/// What is around a message under another name than the root's: an object's only member, if it is none of the message's.
fn other_root(tree: &Tree<'_>, shape: &'static Shape) -> Option<Id> {
    let mut members = tree.children(Tree::ROOT);
    let only = members.next().filter(|_| members.next().is_none())?;
    let name = &tree.item(only).name;
    let known = |member: Member| !member.place().is_flat() && member.is_named(Format::Json, name);
    (!shape.members().any(known)).then_some(only)
}

/// The items of one member: a range of [`TreeDecoder::hits`].
pub(super) type Hits = Range<usize>;

#[expect(clippy::struct_excessive_bools, reason = "each is the state of another question")]
pub(super) struct TreeDecoder<'t, 'de> {
    pub(super) tree: &'t Tree<'de>,
    pub(super) format: Format,
    source: &'t str,
    pub(super) separator: &'static str,
    pub(super) strict: bool,
    max_depth: usize,
    /// The item whose children are the members of the structure at hand.
    pub(super) at: Id,
    /// Whether the next structure is among the members of another one, whose claims are known.
    pub(super) flat: bool,
    /// Whether this walk only claims items.
    probing: bool,
    /// Whether a probing walk has met anything.
    pub(super) found: bool,
    /// How many flattened structures are inside one another.
    flattened: usize,
    /// Member and item, a stack of the structures at work.
    pub(super) hits: Vec<(usize, Id)>,
    /// Items of the level at hand that a member has.
    pub(super) claims: BTreeSet<Id>,
    pub(super) path: Vec<Step<'t>>,
    /// Why filling has stopped.
    error: Option<DecodeError>,
}

impl<'de> Decoder<'de> for TreeDecoder<'_, 'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        self.walk_record(shape, slots).map_err(|error| {
            self.error = Some(error);
            Aborted
        })
    }
}

impl<'t, 'de> TreeDecoder<'t, 'de> {
    /// Has a structure hand over its members.
    fn fill_record_of(&mut self, record: &mut dyn Fill<'de>) -> Result<(), DecodeError> {
        record.decode_fields(self).map_err(|Aborted| {
            // A structure that stops by itself gives no reason.
            self.error.take().unwrap_or_else(|| self.expected(self.at, Expected::new("members")))
        })
    }

    fn walk_record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), DecodeError> {
        let flat = mem::take(&mut self.flat);
        if self.probing {
            return self.claim_record(shape, slots);
        }
        if flat || shape.places & (Shape::FLATTENED | Shape::REST) == 0 {
            return self.fill_record(shape, slots);
        }
        let outer = mem::take(&mut self.claims);
        self.probe(|this| this.claim_record(shape, slots))?;
        self.fill_record(shape, slots)?;
        self.claims = outer;
        Ok(())
    }

    #[cold]
    pub(super) fn fail(&self, id: Id, kind: DecodeErrorKind) -> DecodeError {
        let fault = Fault { offset: self.tree.item(id).start, path: render(&self.path), kind };
        fault.into_error(self.format, self.source)
    }

    #[cold]
    pub(super) fn expected(&self, id: Id, expected: Expected) -> DecodeError {
        self.fail(id, DecodeErrorKind::Expected { what: expected.0 })
    }

    /// Whether a child is this member.
    fn is(&self, member: Member, child: Id) -> bool {
        let item = self.tree.item(child);
        match (self.format, member.place()) {
            (_, MemberLocation::Flatten | MemberLocation::Rest) | (Format::Xml, MemberLocation::Text) => {
                false
            }
            (Format::Xml, MemberLocation::Attribute) => {
                item.kind == ItemKind::Attribute && member.is_named(self.format, &item.name)
            }
            (Format::Xml, MemberLocation::Element) => {
                item.kind == ItemKind::Element && member.is_named(self.format, &item.name)
            }
            (Format::Json, _) => member.is_named(self.format, &item.name),
            (Format::Query, _) => {
                member.is_named(self.format, &item.name) || member.number_behind(&item.name).is_some()
            }
        }
    }

    /// Pushes the children of `at` that are members, in the order of the members.
    fn collect(&mut self, shape: &'static Shape) -> usize {
        let base = self.hits.len();
        let count = shape.members.len();
        // Most inputs keep the documented order, so the search goes on where it last succeeded.
        let mut hint = 0;
        for child in self.tree.children(self.at) {
            let found = (hint..count).chain(0..hint).find(|index| self.is(shape.member(*index), child));
            if let Some(index) = found {
                self.hits.push((index, child));
                hint = index;
            }
        }
        if self.format == Format::Query && !self.separator.is_empty() {
            self.collect_paths(shape);
        }
        if let Some(hits) = self.hits.get_mut(base..) {
            hits.sort_by_key(|hit| hit.0);
        }
        base
    }

    /// A member of a query string whose own name contains the separator is found along the parts of its name.
    fn collect_paths(&mut self, shape: &'static Shape) {
        let tree = self.tree;
        for (index, member) in shape.members().enumerate() {
            if member.place().is_flat() {
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
        let tree = self.tree;
        self.hits.extend(tree.children(parent).filter(|id| tree.item(*id).name == name).map(|id| (0, id)));
        base..self.hits.len()
    }

    fn fill_record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), DecodeError> {
        let at = self.at;
        let base = self.collect(shape);
        let end = self.hits.len();
        let mut cursor = base;
        for (index, (member, slot)) in shape.members().zip(slots).enumerate() {
            let from = cursor;
            while cursor < end && self.hits[cursor].0 == index {
                cursor += 1;
            }
            if member.place() == MemberLocation::Rest
                && self.format == Format::Xml
                && shape.places & Shape::TEXT == 0
            {
                self.fill_rest(member, slot)?;
            } else if member.place().is_flat() {
                self.fill_flat(member, slot)?;
            } else {
                self.path.push(Step::Name(member.name(self.format)));
                if member.place() == MemberLocation::Text && self.format == Format::Xml {
                    self.fill_text(member, slot)?;
                } else {
                    self.fill(member, slot, from..cursor)?;
                }
                self.path.pop();
            }
            self.at = at;
        }
        self.hits.truncate(base);
        Ok(())
    }

    /// The item that counts when a member is given several times: the last one that its slot can take.
    pub(super) fn last(&self, slot: &Slot<'_, 'de>, hits: &Hits) -> Option<Id> {
        let ids = self.hits.get(hits.clone())?;
        if self.format == Format::Query {
            let wanted = if scalar::is_scalar(slot) { ItemKind::Leaf } else { ItemKind::Branch };
            let found = ids.iter().rev().find(|hit| self.tree.item(hit.1).kind == wanted);
            if found.is_some() || wanted == ItemKind::Leaf {
                return found.map(|hit| hit.1);
            }
        }
        ids.last().map(|hit| hit.1)
    }

    fn is_absent(&self, member: Member, slot: &Slot<'_, 'de>, hits: &Hits) -> bool {
        let Some(id) = self.last(slot, hits) else { return true };
        if self.tree.item(id).kind == ItemKind::Null {
            return true;
        }
        let alone = hits.len() == 1 || !matches!(slot, Slot::List(_) | Slot::Map(_));
        member.empty_is_absent() && alone && self.tree.is_text(id) && self.tree.item(id).text.is_empty()
    }

    /// Fills a member from the items that bear its name, which may be none.
    pub(super) fn fill(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        if let Slot::Option(lazy) = slot {
            return self.fill_lazy(member, *lazy, hits);
        }
        let missing = |this: &Self, hits: Hits| {
            let id = this.hits.get(hits).and_then(<[_]>::last).map_or(this.at, |hit| hit.1);
            Err(this.fail(id, DecodeErrorKind::Missing))
        };
        if !self.is_absent(member, slot, &hits) {
            self.fill_present(member, slot, hits.clone())?;
            return match slot {
                Slot::List(list) if member.list().filled && list.is_empty() => missing(self, hits),
                _ => Ok(()),
            };
        }
        match slot {
            // A list's item, a map's value or a variant's payload that may have any form may also be nothing.
            Slot::Document(_) if member.required() && !member.is_of(&UNNAMED) => {
                if hits.is_empty() {
                    missing(self, hits)
                } else {
                    self.fill_present(member, slot, hits)
                }
            }
            // A query string has no wrapper that could be there without items.
            Slot::List(_) if member.required() && (member.list().filled || self.shows_empty(member)) => {
                missing(self, hits)
            }
            Slot::List(_) | Slot::Map(_) | Slot::Document(_) | Slot::Ignore => Ok(()),
            Slot::Bool(place) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => {
                **place = false;
                Ok(())
            }
            _ if member.required() => missing(self, hits),
            _ => Ok(()),
        }
    }

    /// Whether the format tells an empty list from an absent one.
    fn shows_empty(&self, member: Member) -> bool {
        self.format != Format::Query || member.list().joined.is_some()
    }

    fn fill_lazy(
        &mut self,
        member: Member,
        lazy: &mut dyn OptionSlot<'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        if !hits.is_empty() {
            let mut slot = lazy.some();
            if let Slot::Option(inner) = slot {
                return self.fill_lazy(member, inner, hits);
            }
            if !self.is_absent(member, &slot, &hits) {
                self.fill_present(member, &mut slot, hits)?;
                // An empty element, kept as it came, is written as nothing: it is nothing.
                if !matches!(slot, Slot::Document(Document::Null)) {
                    return Ok(());
                }
            }
        }
        lazy.none();
        Ok(())
    }

    /// Fills a slot from one item that is there: a list's item, a map's value.
    pub(super) fn fill_one(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        id: Id,
    ) -> Result<(), DecodeError> {
        let item = self.tree.item(id);
        let null = item.kind == ItemKind::Null
            || member.list().absent_items && self.tree.is_text(id) && item.text.is_empty();
        match slot {
            Slot::Option(lazy) if null => {
                lazy.none();
                Ok(())
            }
            Slot::Option(lazy) => self.fill_one(member, &mut lazy.some(), id),
            Slot::Document(_) | Slot::Ignore if null => Ok(()),
            _ if null => Err(self.expected(id, Expected::new("a value"))),
            _ => {
                let member = if matches!(slot, Slot::List(_) | Slot::Map(_)) { NESTED } else { member };
                let base = self.hits.len();
                self.hits.push((0, id));
                self.fill_present(member, slot, base..base + 1)?;
                self.hits.truncate(base);
                Ok(())
            }
        }
    }

    /// Fills a slot from at least one item.
    pub(super) fn fill_present(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        let Some(id) = self.last(slot, &hits) else { return Ok(()) };
        match slot {
            Slot::Record(record) => self.fill_inside(id, *record),
            Slot::List(list) => self.fill_list(member, *list, hits),
            Slot::Map(map) => self.fill_map(member, *map, hits),
            Slot::Union(choice) => self.fill_choice(*choice, id, false),
            Slot::Option(lazy) => self.fill_present(member, &mut lazy.some(), hits),
            Slot::Document(node) => {
                **node = self.node(hits);
                Ok(())
            }
            Slot::Ignore => Ok(()),
            _ => {
                let given =
                    hits.filter(|hit| self.tree.item(self.hits[*hit].1).kind != ItemKind::Branch).count();
                if self.strict && given > 1 {
                    return Err(self.fail(id, DecodeErrorKind::Duplicate));
                }
                let text = self.text(id)?;
                scalar::set(slot, text, member.boolean()).map_err(|expected| self.expected(id, expected))
            }
        }
    }

    /// Fills a structure from the children of an item.
    fn fill_inside(&mut self, id: Id, record: &mut dyn Fill<'de>) -> Result<(), DecodeError> {
        let item = self.tree.item(id);
        match item.kind {
            ItemKind::Element | ItemKind::Object | ItemKind::Branch => {}
            // A structure with no member that is there.
            ItemKind::Leaf if item.text.is_empty() => {}
            ItemKind::Array | ItemKind::Text | ItemKind::Number | ItemKind::Bool | ItemKind::Null => {
                return Err(self.expected(id, Expected::new("an object")));
            }
            ItemKind::Leaf | ItemKind::Attribute => return Err(self.expected(id, Expected::new("members"))),
        }
        let outer = mem::replace(&mut self.at, id);
        // One item deeper there is an end: what is flattened is counted anew.
        let flattened = mem::take(&mut self.flattened);
        self.fill_record_of(record)?;
        self.flattened = flattened;
        self.at = outer;
        Ok(())
    }

    /// The text of an item that has nothing else inside.
    pub(super) fn text(&self, id: Id) -> Result<&'t Cow<'de, str>, DecodeError> {
        if self.tree.is_text(id) {
            Ok(&self.tree.item(id).text)
        } else {
            Err(self.expected(id, Expected::new("text")))
        }
    }

    /// Fills the member that is its element's own text. XML cannot tell an empty text from none.
    fn fill_text(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        let item = self.tree.item(self.at);
        match slot {
            Slot::Option(lazy) => {
                let layout = !self.tree.is_text(self.at) && item.text.trim().is_empty();
                if item.text.is_empty() || layout {
                    lazy.none();
                    Ok(())
                } else {
                    self.fill_text(member, &mut lazy.some())
                }
            }
            Slot::List(list) => {
                list.clear();
                if item.text.is_empty() && member.list().filled {
                    Err(self.fail(self.at, DecodeErrorKind::Missing))
                } else if item.text.is_empty() {
                    Ok(())
                } else {
                    self.fill_joined(member, *list, self.at, &item.text)
                }
            }
            _ => scalar::set(slot, &item.text, member.boolean())
                .map_err(|expected| self.expected(self.at, expected)),
        }
    }

    /// Fills what is among the members of the structure at hand.
    pub(super) fn fill_flat(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        self.deeper()?;
        match slot {
            Slot::Record(record) => {
                self.flat = true;
                self.fill_record_of(*record)?;
            }
            Slot::Option(lazy) => {
                let mut found = mem::replace(&mut self.found, false);
                self.probe(|this| this.claim_flat(member, &mut lazy.some()))?;
                mem::swap(&mut found, &mut self.found);
                if found {
                    self.fill_flat(member, &mut lazy.some())?;
                } else {
                    lazy.none();
                }
            }
            Slot::Union(choice) => self.fill_choice(*choice, self.at, true)?,
            Slot::List(list) => self.fill_flat_list(member, *list)?,
            Slot::Map(map) => self.fill_flat_map(member, *map)?,
            Slot::Document(node) => **node = self.rest(),
            _ => {}
        }
        self.flattened -= 1;
        Ok(())
    }

    /// Fills the member that keeps the rest. Text of an element that has no member for it is a part of that, unless a structure
    /// around this one may have a member for it.
    fn fill_rest(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        let outermost = self.flattened == 0;
        self.fill_flat(member, slot)?;
        let text = &self.tree.item(self.at).text;
        if let Slot::Document(node) = slot
            && outermost
            && !text.trim().is_empty()
        {
            let text = Document::Text(text.as_ref().into());
            **node = mem::take(*node).with(Document::TEXT, text);
        }
        Ok(())
    }

    /// A flattened structure that contains itself would never end.
    fn deeper(&mut self) -> Result<(), DecodeError> {
        self.flattened += 1;
        if self.flattened > self.max_depth {
            return Err(self.fail(self.at, DecodeErrorKind::Limit { what: "levels", limit: self.max_depth }));
        }
        Ok(())
    }

    /// Runs a walk that only claims.
    pub(super) fn probe(
        &mut self,
        walk: impl FnOnce(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let outer = mem::replace(&mut self.probing, true);
        walk(self)?;
        self.probing = outer;
        Ok(())
    }

    fn claim_record(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
    ) -> Result<(), DecodeError> {
        let base = self.collect(shape);
        while self.hits.len() > base {
            if let Some((_, id)) = self.hits.pop() {
                self.claims.insert(id);
                self.found |= self.tree.item(id).kind != ItemKind::Null;
            }
        }
        let item = self.tree.item(self.at);
        for (member, slot) in shape.members().zip(slots) {
            match member.place() {
                MemberLocation::Flatten | MemberLocation::Rest => self.claim_flat(member, slot)?,
                MemberLocation::Text if self.format == Format::Xml => {
                    self.found |= !item.text.trim().is_empty();
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Claims the items of what is among the members of the structure at hand.
    pub(super) fn claim_flat(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        self.deeper()?;
        match slot {
            Slot::Record(record) => self.fill_record_of(*record)?,
            Slot::Option(lazy) => {
                self.claim_flat(member, &mut lazy.some())?;
                lazy.none();
            }
            Slot::Union(choice) => self.claim_choice(*choice)?,
            Slot::List(list) => self.claim_flat_list(member, *list),
            // They take what is left. In the filling walk every claim is known.
            Slot::Map(_) | Slot::Document(_) => {
                let tree = self.tree;
                self.found |= tree.elements(self.at).any(|id| self.is_left(id));
            }
            _ => {}
        }
        self.flattened -= 1;
        Ok(())
    }

    /// The children of the structure at hand that no member has.
    pub(super) fn unclaimed(&self) -> Vec<Id> {
        self.tree.children(self.at).filter(|id| self.is_left(*id)).collect()
    }

    /// Whether no member has an item. Of the names that share a part, some may be members.
    pub(super) fn is_left(&self, id: Id) -> bool {
        let branch = self.tree.item(id).kind == ItemKind::Branch;
        !self.claims.contains(&id) && (!branch || self.tree.children(id).any(|child| self.is_left(child)))
    }
}
