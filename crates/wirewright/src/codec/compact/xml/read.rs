//! From XML into the members.

use super::{
    markup::{End, Markup, Next, behind_space, is_space},
    plain::plain,
};
use crate::{
    Options,
    codec::compact::{Seen, complete, is_other_name, is_strict, literal::Literal, meet, number, takes, text},
    scalar,
    text::scan::{self, Byte, XmlAttribute},
    wire::{Aborted, Decoder, Details, Fill, List, MemberLocation, Shape, Slot, SlotKind},
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

struct Reader<'de> {
    markup: Markup<'de>,
    /// How the element at hand ends.
    end: End<'de>,
    tag: Tag,
    /// Whether no end tag has been seen yet behind which anything but the next start tag was.
    tight: bool,
    /// Whether the reader is strict: where a structure asks something of it, the general reader does that.
    strict: bool,
}

/// How far the start tag of the element at hand is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
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
        if self.tag == Tag::Open {
            self.attributes(shape, slots, &mut seen)?;
        }
        if shape.places & Shape::TEXT != 0 {
            self.own_text(shape, slots, &mut seen)?;
        } else if self.tag != Tag::Empty {
            self.children(shape, slots, &mut seen, end)?;
        }
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
    ) -> Result<(), Aborted> {
        let (mut next, mut any, mut entered) = (0, false, false);
        loop {
            let from = next;
            next = self.lane(shape, slots, seen, from, entered)?;
            any |= next > from;
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
            } else if keeps_rest || is_other_name(shape, name) {
                return Err(Aborted);
            } else {
                self.markup.skip(name)?;
                (any, entered) = (true, false);
            }
        }
    }

    /// Enters the element of a member whose start tag is plain, if there is one here. The one that was to be next is not.
    #[inline]
    fn likely(&mut self, shape: &'static Shape, next: usize) -> Option<usize> {
        let bytes = self.markup.bytes();
        let length = scan::find::<Byte<b'>'>>(bytes, self.markup.at).saturating_sub(self.markup.at);
        let members = shape.members.iter().enumerate();
        let (before, behind) = (members.clone().take(next), members.skip(next));
        for (index, member) in behind.chain(before) {
            if usize::from(member.length[0]) + 1 == length
                && member.place == MemberLocation::Element
                && self.markup.literal(Literal::open(shape, member))
            {
                self.tag = Tag::Closed;
                return Some(index);
            }
        }
        None
    }

    /// Reads the members from `next` on as long as each is the documented one, with nothing around it but white space, and says which one
    /// is not. `entered`: the element of the first one has been entered, as far as `self.tag` says.
    #[inline]
    fn lane(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
        mut next: usize,
        mut entered: bool,
    ) -> Result<usize, Aborted> {
        let (source, returns) = (self.markup.text, self.markup.returns);
        let bytes = source.as_bytes();
        let mut at = self.markup.at;
        let members = shape.members.get(next..).unwrap_or_default();
        let slots = slots.get_mut(next..).unwrap_or_default();
        for (index, (data, slot)) in members.iter().zip(slots).enumerate() {
            // Attributes and the text are in the same table; no child is one.
            if data.place != MemberLocation::Element {
                next += 1;
                continue;
            }
            if entered {
                entered = false;
            } else {
                at = behind_space(bytes, at);
                let open = Literal::open(shape, data);
                if open.is_at(bytes, at) {
                    at += open.len();
                    self.tag = Tag::Closed;
                } else {
                    let half = Literal::half_open(shape, data);
                    let behind = at + half.len();
                    if !half.is_at(bytes, at) || !bytes.get(behind).is_some_and(|byte| ends_name(*byte)) {
                        break;
                    }
                    let skipped = if is_scalar(slot) { self.markup.one_attribute(behind) } else { None };
                    self.tag = if skipped.is_some() { Tag::Closed } else { Tag::Open };
                    at = skipped.unwrap_or(behind);
                }
            }
            if data.details.is_none() && self.tag == Tag::Closed && self.markup.levels > 0 {
                if let Slot::Record(record) = slot {
                    meet(seen, next)?;
                    self.markup.at = at;
                    self.markup.levels -= 1;
                    self.end = End { name: shape.member(next).xml(), literal: Literal::close(shape, data) };
                    record.decode_fields(self)?;
                    self.markup.levels += 1;
                    at = self.markup.at;
                    next += 1;
                    continue;
                }
                if let Some(stop) = plain(slot, source, at, returns) {
                    let following = members.get(index + 1).filter(|_| self.tight);
                    let tags = following.map_or(Literal::NONE, |next| Literal::close_open(shape, data, next));
                    let close = Literal::close(shape, data);
                    if tags.is_at(bytes, stop)
                        && following.is_some_and(|next| next.place == MemberLocation::Element)
                    {
                        at = stop + tags.len();
                        entered = true;
                    } else if close.is_at(bytes, stop) {
                        at = stop + close.len();
                        self.tight = false;
                    } else {
                        self.markup.at = at;
                        self.member(shape, next, slot, seen)?;
                        at = self.markup.at;
                        next += 1;
                        continue;
                    }
                    meet(seen, next)?;
                    next += 1;
                    continue;
                }
            }
            self.markup.at = at;
            self.member(shape, next, slot, seen)?;
            at = self.markup.at;
            next += 1;
        }
        self.markup.at = behind_space(bytes, at);
        Ok(next)
    }

    /// A member whose element has been entered.
    #[inline]
    fn member(
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
        if !self.element(slot, data.details(), end, Some((shape, index)))? {
            *seen &= !(1 << index);
            if data.required {
                return Err(Aborted);
            }
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

    fn attributes(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
    ) -> Result<(), Aborted> {
        if self.plain_attributes(shape, slots, seen)? {
            return Ok(());
        }
        let has_content = self.markup.attributes(|name, value| {
            if shape.places & (Shape::ATTRIBUTES | Shape::REST) == 0 {
                return Ok(());
            }
            let Some(index) = find(shape, name, MemberLocation::Attribute, 0) else {
                let unknown = shape.places & Shape::REST != 0 || is_other_name(shape, name);
                return if unknown { Err(Aborted) } else { Ok(()) };
            };
            let (data, slot) = (&shape.members[index], slots.get_mut(index).ok_or(Aborted)?);
            if text::fill(slot, value, data.details())? {
                *seen |= 1 << index;
            }
            Ok(())
        })?;
        self.tag = if has_content { Tag::Closed } else { Tag::Empty };
        Ok(())
    }

    /// The rest of a start tag whose attributes are the documented ones, in order and without anything unusual. `false`: it is not so, and
    /// nothing of it has been read.
    #[inline]
    fn plain_attributes(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
    ) -> Result<bool, Aborted> {
        let source = self.markup.text;
        let bytes = source.as_bytes();
        let mut at = self.markup.at;
        if shape.places & Shape::ATTRIBUTES != 0 {
            for (index, (data, slot)) in shape.members.iter().zip(slots).enumerate() {
                let name = Literal::name(shape, data);
                let value = at + name.len() + 3;
                if data.place != MemberLocation::Attribute
                    || bytes.get(at) != Some(&b' ')
                    || !name.is_at(bytes, at + 1)
                    || bytes.get(value - 2..value) != Some(b"=\"")
                {
                    continue;
                }
                let end = scan::find::<XmlAttribute>(bytes, value);
                // What is about namespaces is looked at elsewhere.
                if bytes.get(end) != Some(&b'"') || bytes.get(at + 1..at + 4) == Some(b"xml") {
                    return Ok(false);
                }
                let text = source.get(value..end).ok_or(Aborted)?;
                if text::fill(slot, text.into(), data.details())? {
                    *seen |= 1 << index;
                }
                at = end + 1;
            }
        }
        self.tag = match bytes.get(at..) {
            Some([b'>', ..]) => Tag::Closed,
            Some([b'/', b'>', ..]) => Tag::Empty,
            _ => return Ok(false),
        };
        self.markup.without_namespace(at + if self.tag == Tag::Empty { 2 } else { 1 });
        Ok(true)
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

/// Whether a byte ends the name in a start tag that is not just that name.
const fn ends_name(byte: u8) -> bool {
    is_space(byte) || byte == b'/'
}

/// Whether the attributes of an element mean nothing, as a scalar is in it.
const fn is_scalar(slot: &Slot<'_, '_>) -> bool {
    matches!(
        slot,
        Slot::Str(_)
            | Slot::Cow(_)
            | Slot::U64(_)
            | Slot::U32(_)
            | Slot::U16(_)
            | Slot::I64(_)
            | Slot::I32(_)
            | Slot::F64(_)
            | Slot::Bool(_)
            | Slot::Text(_)
    )
}

/// The member of this name and place; `hint` is the likely one.
fn find(shape: &'static Shape, name: &str, place: MemberLocation, hint: usize) -> Option<usize> {
    let is = |index: &usize| shape.members[*index].place == place && shape.member(*index).xml() == name;
    (hint..shape.members.len()).chain(0..hint).find(is)
}
