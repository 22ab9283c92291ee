//! Fills a message's slots from a tree.

use std::{collections::BTreeSet, mem, ops::Range};

use super::{Id, ItemKind, Row, Tree, named::Named};
use crate::{
    DecodeError, DecodeErrorKind, Format, Options,
    error::{Fault, Step, render},
    scalar,
    wire::{
        Aborted, Decoder, Details, Document, Expected, Fill, ListForm, Member, MemberData, MemberLocation,
        OptionSlot, Shape, Slot, TextRef,
    },
};

/// How lists and maps are laid out that are directly in a list, a map or a union: they have no member of their own.
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
        forgiving: options.forgiving,
        more: Vec::new(),
        beside: None,
        lone: None,
        row: None,
        max_depth: options.limits.max_depth(),
        at: Tree::ROOT,
        flat: false,
        probing: false,
        found: false,
        flattened: 0,
        hits: Vec::new(),
        claims: BTreeSet::new(),
        named: Named::default(),
        whole: false,
        path: Vec::new(),
        error: None,
    };
    match format {
        Format::Xml => {
            decoder.path.push(Step::Name(tree.item(Tree::ROOT).name));
            if tree.item(Tree::ROOT).kind == ItemKind::Null {
                return Err(decoder.expected(Tree::ROOT, Expected::new("a value")));
            }
        }
        Format::Json => {
            let is_object = |id: &Id| tree.item(*id).kind == ItemKind::Object;
            let root = shape.json_root.filter(|_| is_object(&Tree::ROOT)).and_then(|root| {
                let named = tree.children(Tree::ROOT).filter(|id| tree.item(*id).name == root).last();
                // What is called as the root and as a member may be either.
                let is_member = |id: &Id| shape.members().any(|member| decoder.is(member, *id));
                named
                    .filter(|id| is_object(id) || !is_member(id))
                    .or_else(|| other_root(tree, shape).filter(is_object))
            });
            if let Some(root) = root {
                // Of a root that is `null` nothing is read but what tells, beside it, of an error.
                let tells = tree.children(Tree::ROOT).any(|id| id != root && decoder.tells(shape, id));
                decoder.beside = Some(root).filter(|_| tells);
                if !tells || is_object(&root) {
                    decoder.at = root;
                    decoder.path.push(Step::Name(tree.item(root).name));
                }
            }
            return decoder.fill_object(decoder.at, fill);
        }
        Format::Query => {}
    }
    decoder.fill_record_of(fill)
}

/// What is around a message under another name than the root's: an object's only member, if it is none of the message's.
fn other_root(tree: &Tree<'_>, shape: &'static Shape) -> Option<Id> {
    let mut members = tree.children(Tree::ROOT);
    let only = members.next().filter(|_| members.next().is_none())?;
    let name = tree.item(only).name;
    let known = |member: Member| {
        let place = member.place_in(Format::Json);
        !place.is_flat() && place != MemberLocation::Nowhere && member.is_named(Format::Json, name)
    };
    (!shape.members().any(known)).then_some(only)
}

/// A member's number in its shape, and an item that bears its name.
pub(super) type Hit = (u32, Id);

/// The items of one member: a range of [`TreeDecoder::hits`].
pub(super) type Hits = Range<usize>;

#[expect(clippy::struct_excessive_bools, reason = "each is the state of another question")]
pub(super) struct TreeDecoder<'t, 'de> {
    pub(super) tree: &'t Tree<'de>,
    pub(super) format: Format,
    source: &'t str,
    pub(super) separator: &'static str,
    pub(super) strict: bool,
    /// Whether a member that cannot be read is left out.
    pub(super) forgiving: bool,
    /// Items whose children are beside those of the item at hand: see [`first_of`](Self::first_of).
    pub(super) more: Vec<Id>,
    /// The root of a JSON text, beside which something else tells of an error.
    pub(super) beside: Option<Id>,
    /// The text that is in place of the next structure.
    lone: Option<Id>,
    /// What the next structure is a row of.
    pub(super) row: Option<Row>,
    pub(super) max_depth: usize,
    /// The item whose children are the members of the structure at hand.
    pub(super) at: Id,
    /// Whether the next structure is among the members of another one, whose claims are known.
    pub(super) flat: bool,
    /// Whether this walk only claims items.
    pub(super) probing: bool,
    /// Whether a probing walk has met anything.
    pub(super) found: bool,
    /// How many flattened structures are inside one another.
    pub(super) flattened: usize,
    /// The number of a member, and an item that it has: a stack of the structures at work.
    pub(super) hits: Vec<Hit>,
    /// Items of the level at hand that a member has.
    pub(super) claims: BTreeSet<Id>,
    /// What the structures that share this level say of namespaces.
    pub(super) named: Named,
    /// Whether a member has been the whole of the array at hand.
    pub(super) whole: bool,
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
    /// Fills a structure from what is an object as a rule: an array may be a member of it, and an empty one, as PHP writes it, is
    /// an empty object.
    fn fill_object(&mut self, id: Id, record: &mut dyn Fill<'de>) -> Result<(), DecodeError> {
        let tree = self.tree;
        match tree.item(id).kind {
            ItemKind::Object => self.fill_record_of(record),
            ItemKind::Array => {
                let outer = mem::replace(&mut self.whole, false);
                let depth = self.path.len();
                let filled = self.fill_record_of(record);
                let whole = mem::replace(&mut self.whole, outer);
                if whole || tree.children(id).next().is_none() {
                    return filled;
                }
                // It has been looked at for members that it does not have.
                self.path.truncate(depth);
                Err(self.expected(id, Expected::new("an object")))
            }
            _ => Err(self.expected(id, Expected::new("an object"))),
        }
    }

    /// Has a structure hand over its members.
    pub(super) fn fill_record_of(&mut self, record: &mut dyn Fill<'de>) -> Result<(), DecodeError> {
        record.decode_fields(self).map_err(|Aborted| {
            // A structure that stops by itself gives no reason.
            self.error.take().unwrap_or_else(|| self.expected(self.at, Expected::new("members")))
        })
    }

    fn walk_record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), DecodeError> {
        if let Some(text) = self.lone.take() {
            return self.fill_lone(text, shape, slots);
        }
        let flat = mem::take(&mut self.flat);
        if self.probing {
            return self.claim_record(shape, slots);
        }
        if flat || shape.places & (Shape::FLATTENED | Shape::REST) == 0 {
            return self.fill_record(shape, slots);
        }
        let outer = self.claim_level(&BTreeSet::new(), |this| this.claim_record(shape, slots))?;
        self.fill_record(shape, slots)?;
        (self.claims, self.named) = outer;
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

    fn fill_record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), DecodeError> {
        let at = self.at;
        let base = self.collect(shape);
        let end = self.hits.len();
        if base == end && self.is_other_text(shape, slots) {
            if self.forgiving && shape.members().any(Member::lone) {
                return self.fill_lone(at, shape, slots);
            }
            return Err(self.expected(at, Expected::new("members")));
        }
        let mut cursor = base;
        for (index, (member, slot)) in (0..).zip(shape.members().zip(slots)) {
            let from = cursor;
            while cursor < end && self.hits[cursor].0 == index {
                cursor += 1;
            }
            let place = member.place_in(self.format);
            if place == MemberLocation::Rest && self.format == Format::Xml && shape.places & Shape::TEXT == 0
            {
                self.fill_rest(member, slot)?;
            } else if place.is_flat() {
                self.fill_flat(member, slot)?;
            } else {
                self.path.push(Step::Name(member.name(self.format)));
                if place == MemberLocation::Text && self.format == Format::Xml {
                    let filled = self.fill_text(member, slot);
                    self.forgive(slot, filled)?;
                } else if let Some(numbered) = self.columns(member) {
                    self.fill_columns(member, slot, numbered)?;
                } else {
                    self.fill_member(member, slot, from..cursor)?;
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

    /// Fills a member from the items that bear its name, which may be none.
    pub(super) fn fill(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        let missing = |this: &Self, hits: Hits| {
            let id = this.hits.get(hits).and_then(<[_]>::last).map_or(this.at, |hit| hit.1);
            Err(this.fail(id, DecodeErrorKind::Missing))
        };
        let demanded = self.strict && member.required_in_requests();
        if let Slot::Option(lazy) = slot {
            let there = self.fill_lazy(member, *lazy, hits.clone())?;
            return if there || !demanded { Ok(()) } else { missing(self, hits) };
        }
        if !self.is_absent(member, slot, &hits) {
            self.fill_present(member, slot, hits.clone())?;
            return match slot {
                Slot::List(list)
                    if (member.list().filled || demanded && !member.list().always) && list.is_empty() =>
                {
                    missing(self, hits)
                }
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
            Slot::List(_)
                if member.required() && (member.list().filled || self.shows_empty(member))
                    || demanded && (!member.list().always || self.shows_empty(member)) =>
            {
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

    /// Returns whether there is a value.
    fn fill_lazy(
        &mut self,
        member: Member,
        lazy: &mut dyn OptionSlot<'de>,
        hits: Hits,
    ) -> Result<bool, DecodeError> {
        if !hits.is_empty() {
            let mut slot = lazy.some();
            if let Slot::Option(inner) = slot {
                return self.fill_lazy(member, inner, hits);
            }
            if !self.is_absent(member, &slot, &hits) && !self.is_php_nothing(&mut slot, &hits) {
                self.fill_present(member, &mut slot, hits)?;
                // An empty element, kept as it came, is written as nothing: it is nothing.
                if !matches!(slot, Slot::Document(Document::Null)) {
                    return Ok(true);
                }
            }
        }
        lazy.none();
        Ok(false)
    }

    /// Fills a slot from one item that is there: a list's item, a map's value.
    pub(super) fn fill_one(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        id: Id,
    ) -> Result<(), DecodeError> {
        let null = self.is_nothing(member, slot, id);
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
                scalar::set(slot, text, member.boolean()).map_err(|expected| self.expected(id, expected))?;
                self.check_range(member, slot, id)
            }
        }
    }

    /// Fills a structure from the children of an item.
    fn fill_inside(&mut self, id: Id, record: &mut dyn Fill<'de>) -> Result<(), DecodeError> {
        let item = self.tree.item(id);
        match item.kind {
            ItemKind::Element | ItemKind::Object | ItemKind::Array | ItemKind::Branch => {}
            // A structure with no member that is there.
            ItemKind::Leaf if item.text.is_empty() => {}
            ItemKind::Text | ItemKind::Leaf if self.forgiving && !item.text.trim().is_empty() => {
                self.lone = Some(id);
                return self.fill_record_of(record);
            }
            ItemKind::Text | ItemKind::Number | ItemKind::Bool | ItemKind::Null => {
                return Err(self.expected(id, Expected::new("an object")));
            }
            ItemKind::Leaf | ItemKind::Attribute => return Err(self.expected(id, Expected::new("members"))),
        }
        let outer = mem::replace(&mut self.at, id);
        // One item deeper there is an end: what is flattened is counted anew.
        let flattened = mem::take(&mut self.flattened);
        let named = mem::take(&mut self.named);
        if self.format == Format::Json { self.fill_object(id, record) } else { self.fill_record_of(record) }?;
        (self.flattened, self.named) = (flattened, named);
        self.at = outer;
        Ok(())
    }

    /// The text of an item that has nothing else inside.
    pub(super) fn text(&self, id: Id) -> Result<TextRef<'t, 'de>, DecodeError> {
        if self.tree.is_text(id) {
            Ok(self.tree.item(id).text)
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
                let mut slot = lazy.some();
                if item.text.is_empty() || layout || scalar::means_absent(&slot, &item.text, member.absent())
                {
                    lazy.none();
                    let demanded = self.strict && member.required_in_requests();
                    if demanded { Err(self.fail(self.at, DecodeErrorKind::Missing)) } else { Ok(()) }
                } else {
                    self.fill_text(member, &mut slot)
                }
            }
            Slot::List(list) => {
                list.clear();
                if item.text.is_empty() && member.list().filled {
                    Err(self.fail(self.at, DecodeErrorKind::Missing))
                } else if item.text.is_empty() {
                    Ok(())
                } else {
                    self.fill_joined(member, *list, self.at, item.text)
                }
            }
            _ => scalar::set(slot, item.text, member.boolean())
                .map_err(|expected| self.expected(self.at, expected)),
        }
    }
}
