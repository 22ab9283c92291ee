//! An item as the tree keeps it: 32 bytes, most of which are places in the source.

use std::borrow::Cow;

use super::namespaces::Namespaces;
use crate::wire::TextRef;

/// An item's number in its tree.
pub(crate) type Id = u32;

/// No item.
pub(super) const NONE: Id = Id::MAX;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// An XML element.
    Element,
    /// An XML attribute.
    Attribute,
    /// A JSON object.
    Object,
    /// A JSON array.
    Array,
    /// A JSON string.
    Text,
    /// A JSON number.
    Number,
    /// JSON's `true` or `false`.
    Bool,
    /// JSON's `null`, and an element that says that it is nil.
    Null,
    /// A pair of a query string: the last part of its name.
    Leaf,
    /// All pairs of a query string whose names go on behind this part.
    Branch,
}

/// One element, attribute, member, array item, or part of a nested name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'t, 'de> {
    /// Its local name; empty in an array.
    pub(crate) name: &'t str,
    /// Its own text, unescaped.
    pub(crate) text: TextRef<'t, 'de>,
    /// Where it starts in the source, in bytes.
    pub(crate) start: usize,
    pub(crate) kind: ItemKind,
    /// The number of its namespace; [`Namespaces::NONE`] in formats that have none.
    pub(crate) namespace: u32,
}

/// The same, packed. A source has at most [`Limits::MAX_BYTES`](crate::Limits::MAX_BYTES) bytes, so that each place in it fits.
#[derive(Debug)]
pub(super) struct Packed {
    /// Where the name is in the source, or its number among those that are not there.
    name: u32,
    /// Where the text is in the source, or its number among those that are not there, or have pieces.
    text: u32,
    /// [`Packed::ELSEWHERE`]: the text is not in the source.
    text_len: u32,
    start: u32,
    pub(super) namespace: u32,
    /// The last child.
    pub(super) last: Id,
    /// The next child of the item around it; behind the last one, the first.
    pub(super) next: Id,
    /// [`Packed::NAMED_ELSEWHERE`]: the name is not in the source.
    name_len: u16,
    pub(super) kind: ItemKind,
}

impl Packed {
    const ELSEWHERE: u32 = u32::MAX;
    const NAMED_ELSEWHERE: u16 = u16::MAX;
}

const _: () = assert!(size_of::<Packed>() == 32);

/// A text that is not in the source as it is, or has pieces behind children.
#[derive(Debug)]
struct Made<'de> {
    text: Cow<'de, str>,
    /// The last of the pieces that are behind children.
    piece: Id,
}

/// Text that is behind a child: where it starts in the text of the item around it.
#[derive(Debug)]
struct Piece {
    behind: Id,
    start: usize,
    previous: Id,
}

/// The names and texts of a tree's items.
#[derive(Debug, Default)]
pub(super) struct Texts<'de> {
    source: &'de str,
    names: Vec<Cow<'de, str>>,
    made: Vec<Made<'de>>,
    pieces: Vec<Piece>,
}

/// How many there are of each, to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextsMark {
    names: usize,
    made: usize,
    pieces: usize,
}

impl<'de> Texts<'de> {
    /// Those of a tree that is made of this text.
    pub(super) fn of(source: &'de str) -> Self {
        Self { source, ..Self::default() }
    }

    pub(super) fn mark(&self) -> TextsMark {
        TextsMark { names: self.names.len(), made: self.made.len(), pieces: self.pieces.len() }
    }

    pub(super) fn forget(&mut self, mark: TextsMark) {
        self.names.truncate(mark.names);
        self.made.truncate(mark.made);
        self.pieces.truncate(mark.pieces);
    }

    /// Packs an item that has no children yet.
    pub(super) fn pack(
        &mut self,
        kind: ItemKind,
        name: Cow<'de, str>,
        text: Cow<'de, str>,
        start: usize,
    ) -> Packed {
        let short = |len: usize| u16::try_from(len).ok().filter(|len| *len != Packed::NAMED_ELSEWHERE);
        let (name, name_len) = if let (Some(at), Some(len)) = (self.place(&name), short(name.len())) {
            (at, len)
        } else {
            self.names.push(name);
            (number(self.names.len() - 1), Packed::NAMED_ELSEWHERE)
        };
        let mut item = Packed {
            name,
            text: 0,
            text_len: 0,
            start: number(start),
            namespace: Namespaces::NONE,
            last: NONE,
            next: NONE,
            name_len,
            kind,
        };
        self.set_text(&mut item, text);
        item
    }

    /// An item as it is read.
    #[expect(clippy::inline_always, reason = "most callers look at one part of it, and need no other")]
    #[inline(always)]
    pub(super) fn unpack<'t>(&'t self, item: &Packed) -> Item<'t, 'de> {
        Item {
            name: if item.name_len == Packed::NAMED_ELSEWHERE {
                self.names.get(item.name as usize).map_or("", |name| name)
            } else {
                self.in_source(item.name, u32::from(item.name_len))
            },
            text: match self.made_of(item) {
                Some(made) => TextRef::from(&made.text),
                None => TextRef::Source(self.in_source(item.text, item.text_len)),
            },
            start: item.start as usize,
            kind: item.kind,
            namespace: item.namespace,
        }
    }

    /// Appends to an item's own text.
    pub(super) fn append(&mut self, item: &mut Packed, text: Cow<'de, str>) {
        let known = self.made_of(item).and_then(|made| self.pieces.get(made.piece as usize));
        let behind = known.map_or(NONE, |piece| piece.behind);
        if item.last == behind && item.text_len == 0 {
            return self.set_text(item, text);
        }
        if item.text_len != Packed::ELSEWHERE {
            let text = Cow::Borrowed(self.in_source(item.text, item.text_len));
            self.make(item, text);
        }
        let Some(made) = self.made.get_mut(item.text as usize) else { return };
        if item.last != behind {
            self.pieces.push(Piece { behind: item.last, start: made.text.len(), previous: made.piece });
            made.piece = number(self.pieces.len() - 1);
        }
        if made.text.is_empty() {
            made.text = text;
        } else {
            made.text.to_mut().push_str(&text);
        }
    }

    /// An item's text in pieces, each with the child (or attribute) that it is behind, in the order of the input.
    pub(super) fn pieces<'t>(&'t self, item: &Packed) -> Vec<(Option<Id>, &'t str)> {
        let Some(made) = self.made_of(item) else {
            return vec![(None, self.in_source(item.text, item.text_len))];
        };
        let mut pieces = Vec::new();
        let (mut end, mut next) = (made.text.len(), made.piece);
        while let Some(piece) = self.pieces.get(next as usize) {
            pieces.push((Some(piece.behind), made.text.get(piece.start..end).unwrap_or_default()));
            (end, next) = (piece.start, piece.previous);
        }
        pieces.push((None, made.text.get(..end).unwrap_or_default()));
        pieces.reverse();
        pieces
    }

    /// Gives an item its first text.
    fn set_text(&mut self, item: &mut Packed, text: Cow<'de, str>) {
        match self.place(&text) {
            Some(at) => (item.text, item.text_len) = (at, number(text.len())),
            None => self.make(item, text),
        }
    }

    /// Keeps a text of its own for an item.
    fn make(&mut self, item: &mut Packed, text: Cow<'de, str>) {
        (item.text, item.text_len) = (number(self.made.len()), Packed::ELSEWHERE);
        self.made.push(Made { text, piece: NONE });
    }

    #[inline]
    fn made_of(&self, item: &Packed) -> Option<&Made<'de>> {
        if item.text_len == Packed::ELSEWHERE { self.made.get(item.text as usize) } else { None }
    }

    /// Where a text is in the source, if it is a part of it.
    fn place(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(0);
        }
        let at = text.as_ptr().addr().checked_sub(self.source.as_ptr().addr())?;
        (at + text.len() <= self.source.len()).then(|| number(at))
    }

    /// The part of the source at a place, of this length.
    #[inline]
    fn in_source(&self, at: u32, len: u32) -> &'de str {
        let at = at as usize;
        self.source.get(at..at + len as usize).unwrap_or_default()
    }
}

/// A place, a length or a number in 32 bits. More than those hold would take a source beyond what is ever read.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}
