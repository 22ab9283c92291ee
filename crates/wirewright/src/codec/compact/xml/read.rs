//! From XML into the members.

use super::markup::{End, Markup, Next};
use crate::{
    Options,
    codec::compact::{
        Seen, complete, is_other_name, is_strict,
        literal::Literal,
        meet, number,
        rest::{Members, keep},
        takes, text,
    },
    scalar,
    wire::{Aborted, Decoder, Details, Fill, List, MemberLocation, Shape, Slot, SlotKind, add},
};

/// Reads a document.
pub(crate) fn read<'de>(
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), Aborted> {
    let (markup, name) = Markup::start(text, options.limits, shape.root)?;
    let end = End { name, literal: Literal::NONE };
    let mut reader = Reader { markup, end, tag: Tag::Open, tight: true, strict: options.strict };
    fill.decode_fields(&mut reader)?;
    reader.markup.finish()
}

/// Reads the element that starts at `at`, and says where it ends. The text may end behind it, or anywhere before.
#[cfg(feature = "rows")]
pub(crate) fn read_element<'de>(
    text: &'de str,
    at: usize,
    levels: usize,
    returns: bool,
    fill: &mut dyn Fill<'de>,
) -> Result<usize, Aborted> {
    let (markup, name) = Markup::element(text, at, levels, returns)?;
    let end = End { name, literal: Literal::NONE };
    let mut reader = Reader { markup, end, tag: Tag::Open, tight: true, strict: false };
    fill.decode_fields(&mut reader)?;
    Ok(reader.markup.at)
}

pub(super) struct Reader<'de> {
    pub(super) markup: Markup<'de>,
    /// How the element at hand ends.
    pub(super) end: End<'de>,
    pub(super) tag: Tag,
    /// Whether no end tag has been seen yet behind which anything but the next start tag was.
    pub(super) tight: bool,
    /// Whether the reader is strict: where a structure asks something of it, the general reader does that.
    strict: bool,
}

/// How far the start tag of the element at hand is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// Up to behind the name.
    Open,
    /// To its end.
    Closed,
    /// To its end, which is the element's end as well: `<a/>`.
    Empty,
}

impl<'de> Decoder<'de> for Reader<'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        if !takes(shape) || shape.places & Shape::NAMESPACES != 0 || shape.members.len() != slots.len() {
            return Err(Aborted);
        }
        let end = self.end;
        if self.strict && is_strict(shape) {
            return Err(Aborted);
        }
        let mut seen = 0;
        let mut rest = Members::new();
        if self.tag == Tag::Open {
            self.attributes(shape, slots, &mut seen, &mut rest)?;
        }
        if shape.places & Shape::TEXT != 0 {
            self.own_text(shape, slots, &mut seen)?;
        } else if self.tag != Tag::Empty {
            self.children(shape, slots, &mut seen, end, &mut rest)?;
        }
        keep(shape, slots, rest)?;
        complete(shape, seen)
    }
}

impl<'de> Reader<'de> {
    /// The children up to the end of the element.
    #[inline]
    fn children(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
        end: End<'de>,
        rest: &mut Members,
    ) -> Result<(), Aborted> {
        let (mut next, mut any, mut entered) = (0, false, false);
        loop {
            next = self.documented(shape, slots, seen, (next, entered), &mut any)?;
            if next == slots.len() && self.markup.literal(end.literal) {
                return Ok(());
            }
            let keeps_rest = shape.places & Shape::REST != 0;
            // Text before any child may be all that is there, where members should be.
            if keeps_rest && !self.markup.at_tag() || !any && self.markup.at_text() {
                return Err(Aborted);
            }
            if !any && self.markup.literal(end.literal) {
                return Ok(());
            }
            if any && self.markup.end(end)? {
                return Ok(());
            }
            if any && self.markup.comment_here()? {
                entered = false;
                continue;
            }
            if let Some(index) = self.likely(shape, next) {
                (next, entered) = (index, true);
                continue;
            }
            let Next::Child(name) = self.markup.next(end)? else {
                // Behind a comment there may have been text, where members should be.
                return if any { Ok(()) } else { Err(Aborted) };
            };
            if let Some(index) = find(shape, name, MemberLocation::Element, next) {
                self.tag = Tag::Open;
                (next, entered) = (index, true);
            } else if is_other_name(shape, name) {
                return Err(Aborted);
            } else {
                if keeps_rest {
                    let element = self.markup.child(name)?;
                    add(rest, element);
                } else {
                    self.markup.skip(name)?;
                }
                (any, entered) = (true, false);
            }
        }
    }

    /// A member whose element has been entered.
    #[inline]
    pub(super) fn member(
        &mut self,
        shape: &'static Shape,
        index: usize,
        slot: &mut Slot<'_, 'de>,
        seen: &mut Seen,
    ) -> Result<(), Aborted> {
        let data = &shape.members[index];
        let close = Literal::close(shape, data);
        if let Slot::List(list) = slot
            && data.details.is_none()
        {
            // The items of a list need not be together.
            *seen |= 1 << index;
            return self.items(shape, index, close, *list);
        }
        meet(seen, index)?;
        let end = End { name: shape.member(index).xml(), literal: close };
        // One that is absent by its value has been met all the same.
        if !self.element(slot, data.details(), end, Some((shape, index)))? && data.required {
            return Err(Aborted);
        }
        Ok(())
    }

    /// One element: the start tag is read as `self.tag` says. `false`: it means that the member is absent.
    #[inline]
    fn element(
        &mut self,
        slot: &mut Slot<'_, 'de>,
        details: &'static Details,
        end: End<'de>,
        of: Option<(&'static Shape, usize)>,
    ) -> Result<bool, Aborted> {
        match slot {
            Slot::Option(lazy) if details.absent.is_empty() => {
                return self.lazy(&mut lazy.some(), details, end, of);
            }
            Slot::List(list) if details.list.joined.is_none() && details.list.item.is_none() => {
                let Some((shape, index)) = of.filter(|_| details.absent.is_empty()) else {
                    return Err(Aborted);
                };
                return self.items(shape, index, end.literal, *list).map(|()| true);
            }
            // A list in a list has a layout of its own.
            Slot::List(_) if of.is_none() || (!details.absent.is_empty() && details.list.item.is_some()) => {
                return Err(Aborted);
            }
            // Whether a structure is absent is not seen from its text alone.
            Slot::Option(lazy) => {
                if !scalar::is_scalar(&lazy.some()) {
                    return Err(Aborted);
                }
                lazy.none();
            }
            _ => {}
        }
        self.markup.enter()?;
        let there = match (slot, details.list.item) {
            (Slot::Record(record), _) => {
                self.end = end;
                record.decode_fields(self)?;
                true
            }
            (Slot::List(list), Some(item)) => {
                self.wrapped(*list, item, details, end)?;
                !(details.list.filled && list.is_empty())
            }
            (Slot::Document(place), _) if details.absent.is_empty() => {
                **place = self.markup.document(self.tag, end)?;
                // Whether nothing is a value here is left to the general reader.
                if place.is_null() {
                    return Err(Aborted);
                }
                true
            }
            (slot, _) => self.scalar(slot, details, end)?,
        };
        self.markup.levels += 1;
        Ok(there)
    }

    #[inline(never)]
    fn lazy(
        &mut self,
        slot: &mut Slot<'_, 'de>,
        details: &'static Details,
        end: End<'de>,
        of: Option<(&'static Shape, usize)>,
    ) -> Result<bool, Aborted> {
        self.element(slot, details, end, of)
    }

    #[inline]
    fn scalar(
        &mut self,
        slot: &mut Slot<'_, 'de>,
        details: &Details,
        end: End<'de>,
    ) -> Result<bool, Aborted> {
        if self.tag != Tag::Closed && !self.content()? {
            return text::fill(slot, "".into(), details);
        }
        if scalar::takes_numbers(details.absent)
            && let Some(stop) = number::read(slot, self.markup.bytes(), self.markup.at)
            && end.literal.is_at(self.markup.bytes(), stop)
        {
            self.markup.at = stop + end.literal.len();
            return Ok(true);
        }
        let text = self.markup.text(end)?;
        text::fill(slot, text, details)
    }

    /// Reads the rest of a start tag whose attributes mean nothing. Returns whether there is content.
    fn content(&mut self) -> Result<bool, Aborted> {
        match self.tag {
            Tag::Open => self.markup.attributes(|_, _| Ok(())),
            Tag::Closed => Ok(true),
            Tag::Empty => Ok(false),
        }
    }

    /// The items of a list that repeats its own element; the first one has been entered.
    fn items(
        &mut self,
        shape: &'static Shape,
        index: usize,
        close: Literal,
        list: &mut dyn List<'de>,
    ) -> Result<(), Aborted> {
        let open = Literal::open(shape, &shape.members[index]);
        let details = shape.members[index].details();
        let end = End { name: shape.member(index).xml(), literal: close };
        loop {
            self.item(list, details, end)?;
            self.markup.white_space();
            if !self.markup.literal(open) {
                return Ok(());
            }
            self.tag = Tag::Closed;
        }
    }

    /// One item of a list, whose element has been entered.
    #[inline]
    fn item(
        &mut self,
        list: &mut dyn List<'de>,
        details: &'static Details,
        end: End<'de>,
    ) -> Result<(), Aborted> {
        let mut slot = list.push();
        match slot {
            Slot::Option(lazy) if details.list.absent_items => {
                let mut inside = lazy.some();
                if !scalar::is_scalar(&inside) {
                    return Err(Aborted);
                }
                self.markup.enter()?;
                let there = self.scalar(&mut inside, &Details { absent: &[""], ..*details }, end)?;
                self.markup.levels += 1;
                if !there {
                    lazy.none();
                }
            }
            _ => drop(self.lazy(&mut slot, details, end, None)?),
        }
        Ok(())
    }

    /// `<users><user/><user/></users>`
    fn wrapped(
        &mut self,
        list: &mut dyn List<'de>,
        item: &'static str,
        details: &'static Details,
        end: End<'de>,
    ) -> Result<(), Aborted> {
        list.clear();
        if !self.content()? {
            return Ok(());
        }
        // The items of a list of unions are named otherwise.
        if matches!(list.kind(), SlotKind::Union(_)) {
            return Err(Aborted);
        }
        while let Next::Child(name) = self.markup.next(end)? {
            if name == item {
                self.tag = Tag::Open;
                self.item(list, details, End { name: item, literal: Literal::NONE })?;
            } else {
                self.markup.skip(name)?;
            }
        }
        Ok(())
    }

    /// A structure that has its element's text as a member; with children beside it, the general reader sorts it out.
    fn own_text(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
    ) -> Result<(), Aborted> {
        let end = self.end;
        let text = if self.tag == Tag::Empty { "".into() } else { self.markup.text(end)? };
        for (index, (data, slot)) in shape.members.iter().zip(slots).enumerate() {
            if data.place != MemberLocation::Text {
                continue;
            }
            *seen |= 1 << index;
            match slot {
                // XML cannot tell an empty text from none.
                Slot::List(_) if text.is_empty() && data.details().list.filled => return Err(Aborted),
                Slot::Option(_) | Slot::List(_) if text.is_empty() => {}
                _ if !scalar::takes_numbers(data.details().absent) => return Err(Aborted),
                slot => {
                    let details = Details { absent: &[], ..*data.details() };
                    text::fill(slot, text.clone(), &details)?;
                }
            }
        }
        Ok(())
    }
}

/// The member of this name and place; `hint` is the likely one.
pub(super) fn find(shape: &'static Shape, name: &str, place: MemberLocation, hint: usize) -> Option<usize> {
    let is = |index: &usize| shape.members[*index].place == place && shape.member(*index).xml() == name;
    (hint..shape.members.len()).chain(0..hint).find(is)
}
