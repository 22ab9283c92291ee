//! From a query string into the members, when no name goes on behind a member's own.

use std::borrow::Cow;

use super::plain::{plain, value};
use crate::{
    Options,
    codec::compact::{
        Seen, complete, fits, is_other_name, is_strict, literal::Literal, meet, number, takes, text,
    },
    scalar,
    text::{
        form::decode,
        scan::{self, NameEnd},
    },
    wire::{Aborted, Decoder, Details, Fill, List, Map, MemberData, MemberLocation, Shape, Slot},
};

/// Reads a query string.
pub(crate) fn read<'de>(text: &'de str, options: &Options, fill: &mut dyn Fill<'de>) -> Result<(), Aborted> {
    let separator = options.nested;
    // A name that is written without escapes is one that such a separator takes no part of.
    let apart =
        separator.bytes().any(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b'*'));
    if text.len() > options.limits.max_bytes() || options.limits.max_depth() == 0 || !apart {
        return Err(Aborted);
    }
    fill.decode_fields(&mut Reader { text, at: 0, separator, strict: options.strict })
}

struct Reader<'de> {
    text: &'de str,
    at: usize,
    separator: &'static str,
    strict: bool,
}

/// What a name is.
enum Name<'de> {
    Member(usize),
    Unknown(Cow<'de, str>),
    /// There is no pair here.
    Nothing,
}

/// The only flattened member of a structure, if it has just one.
fn rest_of(shape: &'static Shape) -> Option<usize> {
    if shape.places & Shape::FLATTENED == 0 {
        return None;
    }
    let is_flat = |member: &MemberData| member.place == MemberLocation::Flatten;
    let rest = shape.members.iter().position(is_flat)?;
    shape.members.iter().skip(rest + 1).all(|member| !is_flat(member)).then_some(rest)
}

impl<'de> Decoder<'de> for Reader<'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        // A structure in a structure would get here a second time, and finds nothing: nested names are not read.
        let rest = rest_of(shape);
        let rest_alone = rest.is_some() && shape.places & Shape::VARYING == 0;
        if !takes(shape) && (!rest_alone || self.strict || !fits(shape)) || self.strict && is_strict(shape) {
            return Err(Aborted);
        }
        let bytes = self.text.as_bytes();
        let (mut seen, mut next): (Seen, usize) = (0, 0);
        while self.at < bytes.len() {
            let expected = shape.members.get(next).filter(|member| is_plain(member));
            let pair = expected.map_or(Literal::NONE, |member| Literal::pair(shape, member, true));
            if pair.is_at(bytes, self.at) {
                self.at += pair.len();
            } else {
                match (self.name(shape, next)?, rest.and_then(|rest| slots.get_mut(rest))) {
                    (Name::Member(index), _) => next = index,
                    (Name::Nothing, _) => continue,
                    (Name::Unknown(name), Some(Slot::Map(map))) if shape.places & Shape::REST == 0 => {
                        self.entry(*map, &name)?;
                        continue;
                    }
                    (Name::Unknown(_), _) if shape.places & Shape::REST != 0 => return Err(Aborted),
                    (Name::Unknown(_), Some(_)) => return Err(Aborted),
                    (Name::Unknown(_), None) => {
                        self.value_text()?;
                        continue;
                    }
                }
            }
            let (Some(data), Some(slot)) = (shape.members.get(next), slots.get_mut(next)) else {
                return Err(Aborted);
            };
            if data.details.is_none() {
                if let Slot::List(list) = slot {
                    seen |= 1 << next;
                    self.item(*list)?;
                    continue;
                }
                if let Some(end) = plain(slot, self.text, self.at) {
                    meet(&mut seen, next)?;
                    self.at = end + 1;
                    next += 1;
                    continue;
                }
            }
            meet(&mut seen, next)?;
            // One that is absent by its value has been met all the same.
            if !self.value(slot, data.details())? && data.required {
                return Err(Aborted);
            }
            next += 1;
        }
        complete(shape, seen)
    }
}

/// Whether a name has no byte that a separator may have.
#[inline]
fn is_plain(member: &MemberData) -> bool {
    member.details.is_none_or(|details| details.names.is_none()) && !member.place.is_flat()
}

impl<'de> Reader<'de> {
    /// Reads a name that was not expected here, with its `=`.
    fn name(&mut self, shape: &'static Shape, hint: usize) -> Result<Name<'de>, Aborted> {
        let bytes = self.text.as_bytes();
        let end = scan::find::<NameEnd>(bytes, self.at);
        let raw = self.text.get(self.at..end).ok_or(Aborted)?;
        self.at = end + usize::from(bytes.get(end) == Some(&b'='));
        if raw.is_empty() && bytes.get(end) != Some(&b'=') {
            self.at += 1;
            return Ok(Name::Nothing);
        }
        let name = decode(raw);
        if name.contains(self.separator) {
            return Err(Aborted);
        }
        let is = |index: &usize| {
            let member = shape.member(*index);
            !member.place().is_flat() && member.query() == name && member.columns().is_none()
        };
        let found = (hint..shape.members.len()).chain(0..hint).find(is);
        let spread = |name: &str| shape.members().any(|member| member.is_spread(name));
        if found.is_none() && (is_other_name(shape, &name) || spread(&name)) {
            return Err(Aborted);
        }
        Ok(found.map_or(Name::Unknown(name), Name::Member))
    }

    /// An entry of the map that takes what no member is.
    fn entry(&mut self, map: &mut dyn Map<'de>, name: &str) -> Result<(), Aborted> {
        let mut slot = map.entry(name).map_err(|_| Aborted)?;
        if !scalar::is_scalar(&slot) {
            return Err(Aborted);
        }
        if let Some(end) = plain(&mut slot, self.text, self.at) {
            self.at = end + 1;
            return Ok(());
        }
        let text = self.value_text()?;
        text::fill(&mut slot, text, &Details::USUAL).map(drop)
    }

    /// The value up to the next pair, and the `&` before that.
    #[inline]
    fn value_text(&mut self) -> Result<Cow<'de, str>, Aborted> {
        let (text, end) = value(self.text, self.at).ok_or(Aborted)?;
        self.at = end + 1;
        Ok(text)
    }

    #[inline]
    fn value(&mut self, slot: &mut Slot<'_, 'de>, details: &Details) -> Result<bool, Aborted> {
        let bytes = self.text.as_bytes();
        if scalar::takes_numbers(details.absent)
            && let Some(end) = number::read(slot, bytes, self.at)
            && matches!(bytes.get(end), None | Some(b'&'))
        {
            self.at = end + 1;
            return Ok(true);
        }
        match slot {
            Slot::Option(lazy) if details.absent.is_empty() => {
                let mut slot = lazy.some();
                match slot {
                    Slot::Option(_) | Slot::List(_) => Err(Aborted),
                    _ => self.some(&mut slot, details),
                }
            }
            Slot::List(_) if details.list.joined.is_none() => Err(Aborted),
            slot => self.some(slot, details),
        }
    }

    fn some(&mut self, slot: &mut Slot<'_, 'de>, details: &Details) -> Result<bool, Aborted> {
        let bytes = self.text.as_bytes();
        if scalar::takes_numbers(details.absent)
            && let Some(end) = number::read(slot, bytes, self.at)
            && matches!(bytes.get(end), None | Some(b'&'))
        {
            self.at = end + 1;
            return Ok(true);
        }
        let text = self.value_text()?;
        text::fill(slot, text, details)
    }

    /// An item of a list that repeats its name.
    fn item(&mut self, list: &mut dyn List<'de>) -> Result<(), Aborted> {
        let text = self.value_text()?;
        let mut slot = list.push();
        let slot = if let Slot::Option(lazy) = slot { &mut lazy.some() } else { &mut slot };
        if !scalar::is_scalar(slot) {
            return Err(Aborted);
        }
        text::fill(slot, text, &Details::USUAL).map(drop)
    }
}
