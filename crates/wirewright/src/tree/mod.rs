//! What the general readers make of an input before any type looks at it: one arena of named items, for every format.

mod absence;
mod choice;
mod columns;
mod decoder;
mod flat;
mod item;
mod list;
mod map;
mod matching;
mod named;
mod namespaces;
mod node;
mod repeated;

use std::{borrow::Cow, collections::BTreeSet};

use crate::{error::Fault, wire::add};

#[cfg(feature = "serde")]
pub(crate) use self::decoder::UNNAMED;
use self::item::{NONE, Packed, Texts, TextsMark};
pub(crate) use self::{
    decoder::{NESTED, read},
    item::{Id, Item, ItemKind},
    namespaces::{Bindings, Namespaces},
};

/// The pairs of a query string that are a row of a list, with their names without the number.
type Row = Vec<(String, Id)>;

/// All items; the first one is the root.
#[derive(Debug, Default)]
pub(crate) struct Tree<'de> {
    items: Vec<Packed>,
    texts: Texts<'de>,
    pub(crate) namespaces: Namespaces<'de>,
    /// Whether some item is in another namespace than its place makes likely.
    mixed: bool,
    /// How many items were taken away again.
    dropped: usize,
}

/// A place in a tree that is being made, to go back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    parent: Id,
    /// The first and the last child of the parent.
    first: Id,
    last: Id,
    items: usize,
    texts: TextsMark,
}

impl<'de> Tree<'de> {
    pub(crate) const ROOT: Id = 0;

    /// A tree without items, of a text around which these namespaces are known.
    pub(crate) fn within(source: &'de str, namespaces: Namespaces<'de>) -> Self {
        Self { texts: Texts::of(source), namespaces, ..Self::default() }
    }

    /// A tree without items, of a text that knows no namespaces.
    pub(crate) fn of(source: &'de str) -> Self {
        Self::within(source, Namespaces::default())
    }

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
        let mut item = self.texts.pack(kind, name, text, start);
        if let Some(parent) = parent {
            let previous = std::mem::replace(&mut self.items[parent as usize].last, id);
            item.next = match self.items.get_mut(previous as usize) {
                Some(previous) => std::mem::replace(&mut previous.next, id),
                None => id,
            };
        }
        add(&mut self.items, item);
        id
    }

    /// Says which namespace an item is in that was added as a child of `parent`.
    pub(crate) fn place(&mut self, id: Id, parent: Option<Id>, namespace: u32) {
        self.items[id as usize].namespace = namespace;
        self.mixed |= parent.is_some_and(|parent| self.rank(parent, id) > 0);
    }

    /// Makes an element nothing, because it says so, unless there is something in it.
    pub(crate) fn nil(&mut self, id: Id) {
        if self.elements(id).next().is_none() && self.item(id).text.trim().is_empty() {
            self.items[id as usize].kind = ItemKind::Null;
        }
    }

    /// Whether names alone do not tell the items apart.
    pub(crate) fn is_mixed(&self) -> bool {
        self.mixed
    }

    /// How likely an item is to be what its local name says, the likeliest first: an element in the namespace of the one around
    /// it, then one in none, then one in any other. An attribute without a prefix is in none.
    pub(crate) fn rank(&self, parent: Id, id: Id) -> u8 {
        let item = self.item(id);
        if item.kind == ItemKind::Attribute {
            u8::from(item.namespace != Namespaces::NONE)
        } else if item.namespace == self.item(parent).namespace {
            0
        } else if item.namespace == Namespaces::NONE {
            1
        } else {
            2
        }
    }

    /// The children that another one of the same local name is more likely than: another namespace is another name.
    fn shadowed(&self, parent: Id) -> BTreeSet<Id> {
        if !self.mixed {
            return BTreeSet::new();
        }
        let mut all: Vec<_> = self
            .children(parent)
            .map(|id| {
                let item = self.item(id);
                (item.name, item.kind == ItemKind::Attribute, self.rank(parent, id), id)
            })
            .collect();
        all.sort_unstable();
        let mut shadowed = BTreeSet::new();
        let mut best = None;
        for (name, attribute, rank, id) in all {
            match best {
                Some((known, kind, least)) if (known, kind) == (name, attribute) => {
                    if rank > least {
                        shadowed.insert(id);
                    }
                }
                _ => best = Some((name, attribute, rank)),
            }
        }
        shadowed
    }

    /// The elements that their local names may stand for: see [`shadowed`](Self::shadowed).
    pub(crate) fn candidates(&self, parent: Id) -> impl Iterator<Item = Id> + use<'_, 'de> {
        let shadowed = self.shadowed(parent);
        self.elements(parent).filter(move |id| !shadowed.contains(id))
    }

    /// The children of a local name, without those that another one is more likely than.
    pub(crate) fn named(&self, parent: Id, name: &str) -> Vec<Id> {
        let mut found: Vec<Id> = self.children(parent).filter(|id| self.item(*id).name == name).collect();
        if self.mixed {
            let best = found.iter().map(|id| self.rank(parent, *id)).min();
            found.retain(|id| Some(self.rank(parent, *id)) == best);
        }
        found
    }

    /// The names under which children are kept: their local names; with its namespace, `{urn:example}name`, where another one of
    /// the same local name is more likely.
    pub(crate) fn keys<'t, 'c>(
        &'t self,
        parent: Id,
        children: &'c [Id],
    ) -> impl Iterator<Item = Cow<'t, str>> + use<'t, 'c, 'de> {
        let shadowed = self.shadowed(parent);
        children.iter().map(move |id| {
            let item = self.item(*id);
            if shadowed.contains(id) {
                Cow::Owned(format!("{{{}}}{}", self.namespaces.name(item.namespace), item.name))
            } else {
                Cow::Borrowed(item.name)
            }
        })
    }

    /// The place before the next child of an item.
    pub(crate) fn mark(&self, parent: Id) -> Mark {
        let last = self.items[parent as usize].last;
        let first = self.items.get(last as usize).map_or(NONE, |last| last.next);
        Mark { parent, first, last, items: self.items.len(), texts: self.texts.mark() }
    }

    /// Takes a child away again that was added behind a mark, with all that is in it. They count as before.
    pub(crate) fn forget(&mut self, mark: Mark) {
        self.dropped += self.items.len() - mark.items;
        self.items.truncate(mark.items);
        self.texts.forget(mark.texts);
        self.items[mark.parent as usize].last = mark.last;
        if let Some(last) = self.items.get_mut(mark.last as usize) {
            last.next = mark.first;
        }
    }

    /// That there are no more items than are allowed, the last of which is at byte `start`.
    pub(crate) fn check(&self, most: usize, start: usize) -> Result<(), Fault> {
        if self.items.len() + self.dropped > most {
            Err(Fault::limit(start, "elements", most))
        } else {
            Ok(())
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    #[expect(clippy::inline_always, reason = "most callers look at one part of it, and need no other")]
    #[inline(always)]
    pub(crate) fn item(&self, id: Id) -> Item<'_, 'de> {
        self.texts.unpack(&self.items[id as usize])
    }

    /// Appends to an item's own text.
    pub(crate) fn append(&mut self, id: Id, text: Cow<'de, str>) {
        self.texts.append(&mut self.items[id as usize], text);
    }

    /// An item's text in pieces, each with the child (or attribute) that it is behind, in the order of the input.
    pub(crate) fn pieces(&self, id: Id) -> Vec<(Option<Id>, &str)> {
        self.texts.pieces(&self.items[id as usize])
    }

    pub(crate) fn children(&self, id: Id) -> Children<'_> {
        let last = self.items[id as usize].last;
        Children { items: &self.items, next: self.items.get(last as usize).map(|last| last.next), last }
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
pub(crate) struct Children<'t> {
    items: &'t [Packed],
    next: Option<Id>,
    last: Id,
}

impl Iterator for Children<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next?;
        self.next = self.items.get(id as usize).filter(|_| id != self.last).map(|item| item.next);
        Some(id)
    }
}
