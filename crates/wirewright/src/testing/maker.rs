//! A decoder without an input.

use std::borrow::Cow;

use super::texts::{NUMBERS, TEXTS};
use crate::{
    File, scalar,
    wire::{Aborted, Decoder, Document, FromText, Member, MemberData, MemberLocation, Shape, Slot, TextRef},
};

/// How much a sample has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sample {
    /// Every member, two items in each list, two entries in each map.
    Full,
    /// Required members only.
    Minimal,
}

/// Structures inside one another, before all that can be left out is.
const MAX_DEPTH: usize = 4;

pub(super) struct Maker<'b> {
    /// `None`: the bytes decide.
    sample: Option<Sample>,
    bytes: &'b [u8],
    count: u32,
    depth: usize,
    /// Whether the next structure must have something in it to be seen at all.
    forced: bool,
    /// Whether a structure that must have something in it has no members, or none that is there.
    hollow: bool,
}

/// Where a value is, which limits what it can be and still be read back.
#[derive(Clone, Copy)]
struct Position {
    member: Member,
    /// In an `Option`: what is empty would be read as none.
    lazy: bool,
    /// In a list or map: it cannot be left out.
    item: bool,
    /// Its structure must have something in it.
    forced: bool,
}

impl<'b> Maker<'b> {
    pub(super) fn sample(sample: Sample) -> Self {
        Self { sample: Some(sample), bytes: &[], count: 0, depth: 0, forced: false, hollow: false }
    }

    pub(super) fn arbitrary(bytes: &'b [u8]) -> Self {
        Self { sample: None, bytes, count: 0, depth: 0, forced: false, hollow: false }
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    fn choose<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let index = usize::from(self.byte()).checked_rem(from.len())?;
        from.get(index).copied()
    }

    fn number(&mut self) -> u64 {
        if self.sample.is_some() {
            self.count += 1;
            return self.count.into();
        }
        match self.byte() % 4 {
            0 => self.byte().into(),
            1 => u64::MAX,
            2 => 0,
            _ => (0..8).fold(0, |number, _| number << 8 | u64::from(self.byte())),
        }
    }

    /// How many items or entries there are.
    fn amount(&mut self, position: Position) -> usize {
        let filled = position.member.list().filled || position.member.required_in_requests();
        let least = usize::from(position.lazy || position.item || position.forced || filled);
        match self.sample {
            _ if self.depth > MAX_DEPTH => usize::from(position.item || filled),
            Some(Sample::Full) => 2,
            Some(Sample::Minimal) => usize::from(filled),
            None => least.max(usize::from(self.byte() % 4)),
        }
    }

    fn is_there(&mut self, position: Position) -> bool {
        let form = position.member.list();
        match self.sample {
            // An absent item that is alone would be an empty text, which is no item of a joined list.
            _ if position.item && !(form.absent_items && form.joined.is_none()) => true,
            _ if self.depth > MAX_DEPTH => false,
            Some(_) if position.member.samples().is_some_and(<[_]>::is_empty) => false,
            _ if position.member.required_in_requests() => true,
            Some(sample) => sample == Sample::Full,
            None => position.forced || self.byte() % 2 == 1,
        }
    }

    fn text(&mut self, position: Position) -> Cow<'static, str> {
        let member = position.member;
        if self.sample.is_some() {
            return Cow::Borrowed(member.json());
        }
        let mut text = Cow::Borrowed(self.choose(TEXTS).unwrap_or_default());
        if self.byte().is_multiple_of(4) {
            let more = self.choose(TEXTS).unwrap_or_default();
            text.to_mut().push_str(more);
        }
        if let Some(separator) = member.list().joined {
            text = Cow::Owned(text.chars().filter(|char| !separator.contains(*char)).collect());
        }
        let visible = !member.absent().is_empty()
            || member.absent_inside()
            || member.list().joined.is_some()
            || member.place() == MemberLocation::Text;
        if visible && text.trim().is_empty() || member.absent().contains(&&*text) {
            text.to_mut().push('x');
        }
        text
    }

    /// The text that samples of the member are, if it says so.
    fn sampled(&self, position: Position) -> Option<&'static str> {
        position.member.samples()?.first().copied().filter(|_| self.sample.is_some())
    }

    /// A number that the member may be.
    fn ranged(&self, position: Position, number: f64) -> f64 {
        match position.member.range().filter(|_| self.sample.is_some()) {
            Some([least, most]) if number < least || number > most => least,
            _ => number,
        }
    }

    fn scalar_text(&mut self, place: &mut dyn FromText, position: Position) {
        if self.sampled(position).is_some_and(|text| place.set(text).is_ok()) {
            return;
        }
        let samples = place.samples();
        let index = if self.sample.is_some() { 0 } else { self.byte().into() };
        let chosen = match samples {
            [] => None,
            samples => samples.get(index % samples.len()).filter(|text| {
                let form = position.member.list();
                let absent = text.is_empty() && position.member.absent_inside()
                    || position.member.absent().contains(text);
                !absent && form.joined.is_none_or(|separator| !text.contains(separator))
            }),
        };
        let fits = chosen.is_some_and(|text| place.set(text).is_ok());
        if !fits {
            let text = self.text(position);
            if place.set(&text).is_err() {
                // Some text that it certainly takes, if it has one.
                let _ = samples.iter().any(|text| place.set(text).is_ok());
            }
        }
    }

    fn node(&mut self, position: Position) -> Document {
        // Texts alone survive every format, and in XML an empty one would be nothing.
        let text = |maker: &mut Self| {
            let text = maker.text(position);
            Document::from(if text.trim().is_empty() { "text" } else { &*text })
        };
        let flat = position.member.place().is_flat();
        if self.byte().is_multiple_of(2) && !(flat && position.forced) {
            return if flat { Document::Null } else { text(self) };
        }
        Document::new().with("key1", text(self)).with("key2", text(self))
    }

    fn fill(&mut self, slot: &mut Slot<'_, '_>, position: Position) {
        let member = position.member;
        let inside = Position { lazy: false, item: true, ..position };
        match slot {
            // Formats that do not have it would lose it.
            Slot::Option(lazy) if !member.is_everywhere() => lazy.none(),
            Slot::List(list) if !member.is_everywhere() => list.clear(),
            Slot::Map(map) if !member.is_everywhere() => map.clear(),
            Slot::Option(lazy) => {
                if self.is_there(position) {
                    // A structure without anything in it may be treated as absent.
                    let empty_is_none = !member.absent().is_empty() || member.absent_inside();
                    let forced = position.forced || empty_is_none || member.is_flat_somewhere();
                    self.hollow = false;
                    self.fill(&mut lazy.some(), Position { lazy: true, forced, ..position });
                    if std::mem::take(&mut self.hollow) {
                        lazy.none();
                    }
                } else {
                    lazy.none();
                }
            }
            Slot::Record(record) => {
                self.forced = position.forced;
                self.depth += 1;
                let _ = record.decode_fields(self);
                self.depth -= 1;
            }
            Slot::List(list) => {
                list.clear();
                self.depth += 1;
                // A row without a column would leave no trace.
                let inside = Position { forced: position.forced || member.columns().is_some(), ..inside };
                for _ in 0..self.amount(position) {
                    self.fill(&mut list.push(), inside);
                }
                self.depth -= 1;
            }
            Slot::Map(map) => {
                map.clear();
                self.depth += 1;
                let named = member.map().key.is_empty() || member.place() == MemberLocation::Flatten;
                for index in 1..=self.amount(position) {
                    let mut key = format!("key{index}");
                    if !named && self.sample.is_none() {
                        key.push_str(&self.text(position));
                    }
                    if let Ok(mut value) = map.entry(&key) {
                        self.fill(&mut value, inside);
                    }
                }
                self.depth -= 1;
            }
            Slot::Union(choice) => {
                let variants = choice.shape().variants;
                let mut tag = variants.first().copied().unwrap_or_default();
                if self.depth > MAX_DEPTH {
                    let ends = |tag: &&&str| matches!(choice.pick(tag), Ok(Slot::Ignore));
                    tag = variants.iter().find(ends).copied().unwrap_or(tag);
                } else if self.sample.is_none() {
                    tag = self.choose(variants).unwrap_or(tag);
                }
                let internal = choice.shape().tag.is_some() && choice.shape().content.is_none();
                let nested = nested(internal);
                self.depth += 1;
                if let Ok(mut payload) = choice.pick(tag) {
                    self.fill(
                        &mut payload,
                        Position { member: nested, lazy: false, item: true, forced: false },
                    );
                }
                self.depth -= 1;
            }
            Slot::Document(node) => {
                **node = match self.sample {
                    Some(Sample::Full) if member.place().is_flat() => Document::new().with("key1", "value"),
                    Some(Sample::Minimal) if !member.required_in_requests() => Document::Null,
                    Some(_) => Document::from(member.json()),
                    None => self.node(position),
                };
            }
            Slot::Text(place) => self.scalar_text(*place, position),
            Slot::File(file) if self.sample.is_some() => {
                let name = position.member.json();
                let content = format!("the content of {name}");
                **file = File::new(format!("{name}.txt"), content).with_media_type("text/plain");
            }
            Slot::Ignore => {}
            slot => self.scalar(slot, position),
        }
    }

    fn scalar(&mut self, slot: &mut Slot<'_, '_>, position: Position) {
        if let Some(text) = self.sampled(position)
            && scalar::set(slot, TextRef::Made(text), position.member.boolean()).is_ok()
        {
            return;
        }
        self.made(slot, position);
        let made = scalar::number(slot);
        if let Some(number) =
            made.map(|number| self.ranged(position, number)).filter(|number| Some(*number) != made)
        {
            let _ = scalar::set(slot, TextRef::Made(&number.to_string()), None);
        }
    }

    fn made(&mut self, slot: &mut Slot<'_, '_>, position: Position) {
        match slot {
            Slot::Bool(place) => {
                let shown_by_absence =
                    position.member.boolean().is_some_and(|spelling| spelling.no.is_none());
                **place = match self.sample {
                    _ if shown_by_absence && position.lazy => true,
                    Some(sample) => sample == Sample::Full,
                    None => self.byte() % 2 == 1,
                };
                let text = if **place { "true" } else { "false" };
                **place ^= scalar::means_absent(&Slot::Bool(place), text, position.member.absent());
            }
            Slot::F64(place) => {
                **place = match self.sample {
                    Some(_) => {
                        self.count += 1;
                        self.count.into()
                    }
                    None => self.choose(NUMBERS).unwrap_or_default(),
                };
                let text = scalar::float(**place);
                if scalar::means_absent(&Slot::F64(place), &text, position.member.absent()) {
                    **place = 0.5;
                }
            }
            slot if is_number(slot) => self.integer(slot, position),
            slot => {
                let text: String = self.text(position).into_owned();
                let _ = scalar::set(slot, TextRef::Made(&text), None);
            }
        }
    }

    /// An integer. The bits that fit make a number of every width.
    fn integer(&mut self, slot: &mut Slot<'_, '_>, position: Position) {
        let number = self.number();
        // One of so many numbers means something.
        for number in (0..).map(|more| number.wrapping_add(more)).take(position.member.absent().len() + 1) {
            let text = match slot {
                Slot::U64(place) => {
                    **place = number;
                    number.to_string()
                }
                Slot::U32(place) => {
                    **place = low(number);
                    place.to_string()
                }
                Slot::U16(place) => {
                    **place = u16::try_from(number & u64::from(u16::MAX)).unwrap_or_default();
                    place.to_string()
                }
                Slot::I64(place) => {
                    **place = number.cast_signed();
                    place.to_string()
                }
                Slot::I32(place) => {
                    **place = low(number).cast_signed();
                    place.to_string()
                }
                _ => return,
            };
            if !scalar::means_absent(slot, &text, position.member.absent()) {
                return;
            }
        }
    }
}

const fn is_number(slot: &Slot<'_, '_>) -> bool {
    matches!(slot, Slot::U64(_) | Slot::U32(_) | Slot::U16(_) | Slot::I64(_) | Slot::I32(_))
}

fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default()
}

/// A union's payload, which has no member of its own; when it is `flat` its members are beside the tag.
fn nested(flat: bool) -> Member {
    const fn value(place: MemberLocation) -> MemberData {
        MemberData { at: [0, 15, 26], length: [5, 5, 5], place, required: true, secret: false, details: None }
    }
    static UNNAMED: Shape = Shape {
        root: "",
        json_root: None,
        namespace: None,
        literals: "<value></value>\",\"value\":\"&value=",
        members: &[value(MemberLocation::Element), value(MemberLocation::Flatten)],
        places: 0,
    };
    UNNAMED.member(usize::from(flat))
}

impl<'de> Decoder<'de> for Maker<'_> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        let forced = std::mem::take(&mut self.forced);
        // So deep all that can be left out is.
        let empty = shape.members.is_empty() || (self.depth > MAX_DEPTH && shape.all_optional());
        for (member, slot) in shape.members().zip(slots) {
            self.fill(slot, Position { member, lazy: false, item: false, forced });
        }
        self.hollow = forced && empty;
        Ok(())
    }

    /// Samples have them; what bytes choose is what documents can say.
    fn beside(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        match self.sample {
            Some(sample) if self.depth == 0 => Self::sample(sample).record(shape, slots),
            _ => Ok(()),
        }
    }
}
