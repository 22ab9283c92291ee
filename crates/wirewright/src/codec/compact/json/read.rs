//! From JSON into the members.

use super::{
    plain::{plain, starts_with_zeros},
    text::Text,
};
use crate::{
    Format, Options,
    codec::compact::{
        complete, is_other_name, is_strict,
        literal::Literal,
        meet_all, number,
        rest::{Members, keep},
        takes, text,
    },
    scalar,
    text::scan::{self, JsonSpecial},
    wire::{Aborted, Decoder, Details, Fill, List, MemberData, MemberLocation, Shape, Slot, add},
};

/// Reads a JSON text.
pub(crate) fn read<'de>(
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), Aborted> {
    let mut reader = Reader(Text::new(text, options.limits)?, options.strict);
    reader.0.white_space();
    match shape.json_root {
        Some(root) => reader.wrapped(root, shape, fill)?,
        None => fill.decode_fields(&mut reader)?,
    }
    reader.0.finish()
}

/// The text, and whether the reader is strict: where a structure asks something of it, the general reader does that.
struct Reader<'de>(Text<'de>, bool);

/// What comes next in an object.
enum Next {
    /// The value of a member, by its index.
    Member(usize),
    /// Whatever is behind a member that nobody asked for.
    Unknown,
    /// Nothing, as the object has ended.
    End,
}

impl<'de> Decoder<'de> for Reader<'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        if !takes(shape) || shape.members.len() != slots.len() {
            return Err(Aborted);
        }
        if self.1 && is_strict(shape) {
            return Err(Aborted);
        }
        self.0.open(b'{')?;
        let next = self.usual(shape, slots)?;
        if next == slots.len() && self.0.take(b'}') {
            self.0.levels += 1;
            return Ok(());
        }
        self.others(shape, slots, next)
    }
}

impl<'de> Reader<'de> {
    /// Reads the members from the first one on as long as each is the documented one, with nothing around it, and has a usual value of a usual
    /// type. Says how many there are.
    ///
    /// A loop of its own, in which each slot is looked at once: with what [`Self::documented`] does besides in it, a row takes a twentieth
    /// longer.
    #[inline]
    fn usual(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<usize, Aborted> {
        let source = self.0.source();
        let bytes = source.as_bytes();
        let (mut at, mut next) = (self.0.at, 0);
        for (data, slot) in shape.members.iter().zip(slots.iter_mut()) {
            if data.details.is_some() {
                break;
            }
            macro_rules! number {
                ($place:expr, $read:ident $(, $narrower:ty)?) => {{
                    let key = Literal::key(shape, data, next == 0);
                    if !key.is_at(bytes, at) {
                        break;
                    }
                    let from = at + key.len();
                    let Some((value, end)) = number::$read(bytes, from) else { break };
                    if starts_with_zeros(bytes, from) {
                        break;
                    }
                    $(let Ok(value) = <$narrower>::try_from(value) else { break };)?
                    **$place = value;
                    at = end;
                }};
            }
            match slot {
                Slot::Str(place) => {
                    let key = Literal::string_key(shape, data, next == 0);
                    if !key.is_at(bytes, at) {
                        break;
                    }
                    let from = at + key.len();
                    let end = scan::find::<JsonSpecial>(bytes, from);
                    if bytes.get(end) != Some(&b'"') {
                        break;
                    }
                    let Some(text) = source.get(from..end) else { break };
                    **place = String::from(text);
                    at = end + 1;
                }
                Slot::U64(place) => number!(place, unsigned),
                Slot::U32(place) => number!(place, unsigned, u32),
                Slot::U16(place) => number!(place, unsigned, u16),
                Slot::I64(place) => number!(place, signed),
                Slot::I32(place) => number!(place, signed, i32),
                Slot::F64(place) => number!(place, decimal),
                slot => {
                    let key = Literal::key(shape, data, next == 0);
                    if !key.is_at(bytes, at) || data.place == MemberLocation::Rest {
                        break;
                    }
                    let from = at + key.len();
                    if let (Slot::Record(record), Some(b'{')) = (&mut *slot, bytes.get(from)) {
                        self.0.at = from;
                        record.decode_fields(self)?;
                        at = self.0.at;
                    } else if let Some(end) = plain(slot, source, from) {
                        at = end;
                    } else {
                        break;
                    }
                }
            }
            next += 1;
        }
        self.0.at = at;
        Ok(next)
    }

    /// Reads an object of which the first `next` members have been read, whatever comes next.
    #[inline(never)]
    fn others(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        mut next: usize,
    ) -> Result<(), Aborted> {
        let (mut seen, mut first, mut keyed) = (0, next == 0, false);
        if next > 0 {
            meet_all(&mut seen, 0, next)?;
        }
        let mut rest = Members::new();
        loop {
            let from = next;
            next = self.documented(shape, slots, from, first, keyed)?;
            if next > from {
                meet_all(&mut seen, from, next)?;
                first = false;
            }
            if self.0.take(b'}') {
                break;
            }
            match self.member(shape, next, first, &mut rest)? {
                Next::Member(index) => (next, keyed) = (index, true),
                Next::Unknown => keyed = false,
                Next::End => break,
            }
            first = false;
        }
        self.0.levels += 1;
        keep(shape, slots, rest)?;
        complete(shape, seen)
    }

    /// Reads the members from `next` on as long as each is the documented one, with nothing around it, and says which one is not.
    /// `keyed`: the name of the first one has been read.
    #[inline]
    fn documented(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        mut next: usize,
        mut first: bool,
        mut keyed: bool,
    ) -> Result<usize, Aborted> {
        let source = self.0.source();
        let mut at = self.0.at;
        let members = shape.members.get(next..).unwrap_or_default();
        for (data, slot) in members.iter().zip(slots.get_mut(next..).unwrap_or_default()) {
            if !keyed {
                let key = Literal::key(shape, data, first);
                if !key.is_at(source.as_bytes(), at) || data.place == MemberLocation::Rest {
                    break;
                }
                at += key.len();
            }
            (first, keyed) = (false, false);
            next += 1;
            if data.details.is_none() {
                if let (Slot::Record(record), Some(b'{')) = (&mut *slot, source.as_bytes().get(at)) {
                    self.0.at = at;
                    record.decode_fields(self)?;
                    at = self.0.at;
                    continue;
                }
                if let Some(end) = plain(slot, source, at) {
                    at = end;
                    continue;
                }
            }
            self.0.at = at;
            // What is absent and then given again is left to the general reader, like all that comes twice.
            if !self.value(slot, data.details())? && data.required {
                return Err(Aborted);
            }
            at = self.0.at;
        }
        self.0.at = at;
        Ok(next)
    }

    /// Goes to the value of the next member, whichever it is, or behind one that nobody asked for. `hint` is the likely one.
    #[inline(never)]
    fn member(
        &mut self,
        shape: &'static Shape,
        hint: usize,
        first: bool,
        rest: &mut Members,
    ) -> Result<Next, Aborted> {
        let start = self.0.at;
        if !self.0.next(first)? {
            return Ok(Next::End);
        }
        let (before, behind) = shape.members.split_at_checked(hint).ok_or(Aborted)?;
        let is = |this: &mut Self, member: &MemberData| {
            member.place != MemberLocation::Rest && this.0.literal(Literal::key(shape, member, true))
        };
        // Without white space the likely one is not here: that has been looked at.
        let spaced = self.0.at > start + usize::from(!first);
        if spaced && behind.first().is_some_and(|likely| is(self, likely)) {
            self.0.white_space();
            return Ok(Next::Member(hint));
        }
        let length = self.0.string_length();
        for (members, from) in [(behind, hint), (before, 0)] {
            for (index, member) in members.iter().enumerate() {
                if usize::from(member.length[1]) == length && is(self, member) {
                    self.0.white_space();
                    return Ok(Next::Member(from + index));
                }
            }
        }
        let key = self.0.key()?;
        let is = |index: &usize| {
            shape.members[*index].place != MemberLocation::Rest && shape.member(*index).json() == key
        };
        if let Some(index) = (hint..shape.members.len()).chain(0..hint).find(is) {
            self.0.white_space();
            return Ok(Next::Member(index));
        }
        if is_other_name(shape, &key) {
            return Err(Aborted);
        }
        if shape.places & Shape::REST == 0 {
            self.0.skip()?;
        } else {
            self.0.white_space();
            let value = self.0.document()?;
            add(rest, (key.into(), value));
        }
        Ok(Next::Unknown)
    }

    /// The object in an object's member `root`.
    fn wrapped(
        &mut self,
        root: &str,
        shape: &'static Shape,
        fill: &mut dyn Fill<'de>,
    ) -> Result<(), Aborted> {
        self.0.open(b'{')?;
        let (mut first, mut found) = (true, false);
        while self.0.next(first)? {
            let key = self.0.key()?;
            first = false;
            if key == root {
                if found {
                    return Err(Aborted);
                }
                found = true;
                self.0.white_space();
                fill.decode_fields(self)?;
            } else if shape.members().any(|member| member.first() && member.is_named(Format::Json, &key)) {
                // What tells of an error may be beside the root.
                return Err(Aborted);
            } else {
                self.0.skip()?;
            }
        }
        self.0.levels += 1;
        // Without that member the object itself is the message.
        if found { Ok(()) } else { Err(Aborted) }
    }

    /// A member's value. `false`: it means that the member is absent.
    #[inline]
    fn value(&mut self, slot: &mut Slot<'_, 'de>, details: &'static Details) -> Result<bool, Aborted> {
        self.0.white_space();
        if self.0.peek() == Some(b'n') {
            return if self.0.word("null") { Ok(false) } else { Err(Aborted) };
        }
        self.some(slot, details, false)
    }

    /// A value that is not `null`.
    #[inline]
    fn some(
        &mut self,
        slot: &mut Slot<'_, 'de>,
        details: &'static Details,
        item: bool,
    ) -> Result<bool, Aborted> {
        match slot {
            Slot::Str(place) if self.0.peek() == Some(b'"') && details.absent.is_empty() => {
                **place = self.0.string()?.into_owned();
                Ok(true)
            }
            Slot::Record(record) => record.decode_fields(self).map(|()| true),
            Slot::Option(lazy) if details.absent.is_empty() => self.lazy(&mut lazy.some(), details, item),
            Slot::Document(place) if details.absent.is_empty() => {
                **place = self.0.document()?;
                Ok(true)
            }
            // A list in a list has a layout of its own.
            Slot::List(_) if item => Err(Aborted),
            Slot::List(list) if details.list.joined.is_none() => {
                self.array(*list, details)?;
                Ok(!(details.list.filled && list.is_empty()))
            }
            slot => self.scalar(slot, details),
        }
    }

    #[inline(never)]
    fn lazy(
        &mut self,
        slot: &mut Slot<'_, 'de>,
        details: &'static Details,
        item: bool,
    ) -> Result<bool, Aborted> {
        self.some(slot, details, item)
    }

    fn array(&mut self, list: &mut dyn List<'de>, details: &'static Details) -> Result<(), Aborted> {
        if !details.absent.is_empty() {
            return Err(Aborted);
        }
        self.0.open(b'[')?;
        let mut first = true;
        while self.0.item(first)? {
            first = false;
            let mut slot = list.push();
            if self.0.peek() == Some(b'n') {
                // An absent item is one that is `None`, or nothing, already.
                if !self.0.word("null") || !matches!(slot, Slot::Option(_) | Slot::Document(_)) {
                    return Err(Aborted);
                }
            } else if let (Slot::Option(lazy), true) = (&mut slot, details.list.absent_items) {
                let mut inside = lazy.some();
                if !scalar::is_scalar(&inside) {
                    return Err(Aborted);
                }
                if !self.scalar(&mut inside, &Details { absent: &[""], ..*details })? {
                    lazy.none();
                }
            } else {
                self.lazy(&mut slot, details, true)?;
            }
        }
        self.0.levels += 1;
        Ok(())
    }

    #[inline]
    fn scalar(&mut self, slot: &mut Slot<'_, 'de>, details: &Details) -> Result<bool, Aborted> {
        let first = self.0.peek();
        if first == Some(b'"') {
            let text = self.0.string()?;
            return text::fill(slot, text, details);
        }
        let bytes = self.0.bytes();
        if !starts_with_zeros(bytes, self.0.at)
            && scalar::takes_numbers(details.absent)
            && let Some(end) = number::read(slot, bytes, self.0.at)
        {
            self.0.at = end;
            return Ok(true);
        }
        let text = match first {
            Some(b't') if self.0.word("true") => "true",
            Some(b'f') if self.0.word("false") => "false",
            Some(b'-' | b'0'..=b'9') => self.0.number()?,
            _ => return Err(Aborted),
        };
        if let (Slot::Bool(place), None, []) = (&mut *slot, &details.boolean, details.absent)
            && let Some(value @ (b't' | b'f')) = first
        {
            **place = value == b't';
            return Ok(true);
        }
        text::fill(slot, text.into(), details)
    }
}
