//! What the general readers make of an input before any type looks at it: one arena of named items, for every format.

mod choice;
mod decoder;
mod list;
mod map;
mod node;
mod repeated;

use std::borrow::Cow;

#[cfg(feature = "serde")]
pub(crate) use self::decoder::UNNAMED;
pub(crate) use self::decoder::{NESTED, read};

/// An item's number in its tree.
pub(crate) type Id = u32;

/// No item.
const NONE: Id = Id::MAX;

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
    /// JSON's `null`.
    Null,
    /// A pair of a query string: the last part of its name.
    Leaf,
    /// All pairs of a query string whose names go on behind this part.
    Branch,
}

/// One element, attribute, member, array item, or part of a nested name.
#[derive(Debug)]
pub(crate) struct Item<'de> {
    /// Its local name; empty in an array.
    pub(crate) name: Cow<'de, str>,
    /// Its own text, unescaped.
    pub(crate) text: Cow<'de, str>,
    /// Where it starts in the source, in bytes.
    pub(crate) start: usize,
    pub(crate) kind: ItemKind,
    first: Id,
    last: Id,
    next: Id,
    /// The last of the pieces that its text has behind children.
    piece: Id,
}

/// Text that is behind a child: where it starts in the text of the item around it.
#[derive(Debug)]
struct Piece {
    behind: Id,
    start: usize,
    previous: Id,
}

/// All items; the first one is the root.
#[derive(Debug, Default)]
pub(crate) struct Tree<'de> {
    items: Vec<Item<'de>>,
    pieces: Vec<Piece>,
}

impl<'de> Tree<'de> {
    pub(crate) const ROOT: Id = 0;

    /// Adds an item as the last child of `parent`.
    pub(crate) fn add(
        &mut self,
        parent: Option<Id>,
        kind: ItemKind,
        name: Cow<'de, str>,
        text: Cow<'de, str>,
        start: usize,
    ) -> Id {
        // Inputs are at most `Limits::MAX_BYTES` bytes, so that the count fits.
        let id = Id::try_from(self.items.len()).unwrap_or(NONE);
        self.items.push(Item { name, text, start, kind, first: NONE, last: NONE, next: NONE, piece: NONE });
        if let Some(parent) = parent.and_then(|parent| self.items.get_mut(parent as usize)) {
            let previous = std::mem::replace(&mut parent.last, id);
            if previous == NONE {
                parent.first = id;
            } else if let Some(previous) = self.items.get_mut(previous as usize) {
                previous.next = id;
            }
        }
        id
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(crate) fn item(&self, id: Id) -> &Item<'de> {
        &self.items[id as usize]
    }

    /// Appends to an item's own text.
    pub(crate) fn append(&mut self, id: Id, text: Cow<'de, str>) {
        let item = &mut self.items[id as usize];
        let known = self.pieces.get(item.piece as usize).map_or(NONE, |piece| piece.behind);
        if item.last != known {
            let number = Id::try_from(self.pieces.len()).unwrap_or(NONE);
            self.pieces.push(Piece { behind: item.last, start: item.text.len(), previous: item.piece });
            item.piece = number;
        }
        if item.text.is_empty() {
            item.text = text;
        } else {
            item.text.to_mut().push_str(&text);
        }
    }

    /// An item's text in pieces, each with the child (or attribute) that it is behind, in the order of the input.
    pub(crate) fn pieces(&self, id: Id) -> Vec<(Option<Id>, &str)> {
        let item = self.item(id);
        let mut pieces = Vec::new();
        let (mut end, mut next) = (item.text.len(), item.piece);
        while let Some(piece) = self.pieces.get(next as usize) {
            pieces.push((Some(piece.behind), item.text.get(piece.start..end).unwrap_or_default()));
            (end, next) = (piece.start, piece.previous);
        }
        pieces.push((None, item.text.get(..end).unwrap_or_default()));
        pieces.reverse();
        pieces
    }

    pub(crate) fn children(&self, id: Id) -> Children<'_, 'de> {
        Children { tree: self, next: self.item(id).first }
    }

    /// The children that stand for members: all but XML attributes.
    pub(crate) fn elements(&self, id: Id) -> impl Iterator<Item = Id> + use<'_, 'de> {
        self.children(id).filter(|child| self.item(*child).kind != ItemKind::Attribute)
    }

    /// Whether an item is one text, with nothing inside it.
    pub(crate) fn is_text(&self, id: Id) -> bool {
        match self.item(id).kind {
            ItemKind::Element => self.elements(id).next().is_none(),
            ItemKind::Attribute | ItemKind::Text | ItemKind::Number | ItemKind::Bool | ItemKind::Leaf => true,
            ItemKind::Object | ItemKind::Array | ItemKind::Null | ItemKind::Branch => false,
        }
    }
}

/// The children of an item, in the order of the input.
pub(crate) struct Children<'t, 'de> {
    tree: &'t Tree<'de>,
    next: Id,
}

impl Iterator for Children<'_, '_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next;
        if id == NONE {
            return None;
        }
        self.next = self.tree.item(id).next;
        Some(id)
    }
}
