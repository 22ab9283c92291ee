//! The literals of a shape, compared and copied in steps of a fixed size.

use crate::wire::{MemberData, Shape};

/// How many bytes are compared or copied at once.
const STEP: usize = 16;

/// A literal and what is behind it in its shape, so that more than the literal can be read.
#[derive(Clone, Copy)]
pub(super) struct Literal {
    bytes: &'static [u8],
    length: usize,
}

/// `MASKS[n]` keeps the first `n` bytes.
const MASKS: [u128; STEP + 1] = {
    let mut masks = [u128::MAX; STEP + 1];
    let mut length = 0;
    while length < STEP {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

impl Literal {
    /// No literal at all: it is nowhere.
    pub(super) const NONE: Self = Self { bytes: b"", length: 0 };

    #[inline]
    fn at(shape: &'static Shape, start: usize, length: usize) -> Self {
        Self { bytes: shape.literals.as_bytes().get(start..).unwrap_or_default(), length }
    }

    /// `<a>`
    #[inline]
    pub(super) fn open(shape: &'static Shape, member: &MemberData) -> Self {
        Self::at(shape, member.at[0] as usize, usize::from(member.length[0]) + 2)
    }

    /// `<a`
    #[inline]
    pub(super) fn half_open(shape: &'static Shape, member: &MemberData) -> Self {
        Self::at(shape, member.at[0] as usize, usize::from(member.length[0]) + 1)
    }

    /// `a`, as it is in XML.
    #[inline]
    pub(super) fn name(shape: &'static Shape, member: &MemberData) -> Self {
        Self::at(shape, member.at[0] as usize + 1, usize::from(member.length[0]))
    }

    /// `</a>`
    #[inline]
    pub(super) fn close(shape: &'static Shape, member: &MemberData) -> Self {
        let length = usize::from(member.length[0]);
        Self::at(shape, member.at[0] as usize + length + 2, length + 3)
    }

    /// `</a><b>`, where `b` is the next member.
    #[inline]
    pub(super) fn close_open(shape: &'static Shape, member: &MemberData, next: &MemberData) -> Self {
        let (length, next) = (usize::from(member.length[0]), usize::from(next.length[0]));
        Self::at(shape, member.at[0] as usize + length + 2, length + 3 + next + 2)
    }

    /// `,"a":`, or `"a":` for the first member of an object.
    #[inline]
    pub(super) fn key(shape: &'static Shape, member: &MemberData, first: bool) -> Self {
        let skip = 1 + usize::from(first);
        Self::at(shape, member.at[1] as usize + skip, usize::from(member.length[1]) + 5 - skip)
    }

    /// `,"a":"`, or `"a":"` for the first member of an object.
    #[inline]
    pub(super) fn string_key(shape: &'static Shape, member: &MemberData, first: bool) -> Self {
        let skip = 1 + usize::from(first);
        Self::at(shape, member.at[1] as usize + skip, usize::from(member.length[1]) + 6 - skip)
    }

    /// `","a":"` without its first `skip` bytes and, unless a string follows, without the last quote.
    #[inline]
    pub(super) fn between(shape: &'static Shape, index: usize, skip: usize, string: bool) -> Self {
        let member = &shape.members[index];
        let length = usize::from(member.length[1]) + 5 + usize::from(string);
        Self::at(shape, member.at[1] as usize + skip, length - skip)
    }

    /// `&a=`, or `a=` for the first pair.
    #[inline]
    pub(super) fn pair(shape: &'static Shape, member: &MemberData, first: bool) -> Self {
        let skip = usize::from(first);
        Self::at(shape, member.at[2] as usize + skip, usize::from(member.length[2]) + 2 - skip)
    }

    /// How long it is, in bytes.
    #[inline]
    pub(super) const fn len(self) -> usize {
        self.length
    }

    /// Whether it is in `text` at `at`.
    #[inline]
    pub(super) fn is_at(self, text: &[u8], at: usize) -> bool {
        let text = text.get(at..).unwrap_or_default();
        match (text.first_chunk::<STEP>(), self.bytes.first_chunk::<STEP>()) {
            (Some(found), Some(wanted)) => {
                let difference = u128::from_le_bytes(*found) ^ u128::from_le_bytes(*wanted);
                if self.length <= STEP {
                    difference & MASKS[self.length] == 0 && self.length != 0
                } else {
                    difference == 0 && text.get(STEP..self.length) == self.bytes.get(STEP..self.length)
                }
            }
            _ => self.length != 0 && text.get(..self.length) == self.bytes.get(..self.length),
        }
    }

    /// Appends it.
    #[inline]
    pub(super) fn write(self, out: &mut Vec<u8>) {
        const COPIED: usize = 2 * STEP;
        match self.bytes.first_chunk::<COPIED>() {
            Some(chunk) if self.length <= COPIED => {
                let end = out.len() + self.length;
                out.extend_from_slice(chunk);
                out.truncate(end);
            }
            _ => out.extend_from_slice(self.bytes.get(..self.length).unwrap_or_default()),
        }
    }
}
