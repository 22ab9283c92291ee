//! Values that are kept as they came.

use super::{
    Id, ItemKind,
    decoder::{Hits, TreeDecoder},
};
use crate::{
    Format,
    wire::{Document, DocumentText},
};

impl TreeDecoder<'_, '_> {
    /// One member's items: several are a list, but in JSON the last one counts.
    pub(super) fn node(&self, hits: Hits) -> Document {
        let ids = self.hits.get(hits).unwrap_or_default();
        match ids {
            [] => Document::Null,
            [.., (_, last)] if ids.len() == 1 || self.format == Format::Json => self.build(*last),
            _ => Document::List(ids.iter().map(|(_, id)| self.build(*id)).collect()),
        }
    }

    /// What no member of the structure at hand has. Who comes later and takes what is left gets nothing.
    pub(super) fn rest(&mut self) -> Document {
        let rest = self.unclaimed();
        let members = self.members(self.at, &rest);
        self.claims.extend(rest);
        if members.is_empty() { Document::Null } else { Document::Record(members.into()) }
    }

    fn members(&self, parent: Id, children: &[Id]) -> Vec<(DocumentText, Document)> {
        let keys = self.tree.keys(parent, children);
        children.iter().zip(keys).map(|(id, key)| self.member(*id, &key)).collect()
    }

    fn member(&self, id: Id, key: &str) -> (DocumentText, Document) {
        let item = self.tree.item(id);
        match item.kind {
            ItemKind::Attribute => (format!("@{key}").into(), Document::Text((&*item.text).into())),
            _ => (key.into(), self.build(id)),
        }
    }

    fn build(&self, id: Id) -> Document {
        let item = self.tree.item(id);
        let text = || DocumentText::from(&*item.text);
        match item.kind {
            ItemKind::Null => Document::Null,
            ItemKind::Bool => Document::Bool(&*item.text == "true"),
            ItemKind::Number => Document::Number(text()),
            // As an empty element: it may stand for anything that has nothing in it.
            ItemKind::Leaf if item.text.is_empty() => Document::Null,
            ItemKind::Text | ItemKind::Leaf | ItemKind::Attribute => Document::Text(text()),
            ItemKind::Array => Document::List(self.tree.children(id).map(|id| self.build(id)).collect()),
            ItemKind::Object => {
                Document::Record(self.members(id, &self.tree.children(id).collect::<Vec<_>>()).into())
            }
            ItemKind::Branch => {
                let children: Vec<_> = self.tree.children(id).filter(|id| self.is_left(*id)).collect();
                Document::Record(self.members(id, &children).into())
            }
            ItemKind::Element => self.element(id),
        }
    }

    fn element(&self, id: Id) -> Document {
        let text = &self.tree.item(id).text;
        if self.tree.children(id).next().is_none() {
            return if text.is_empty() { Document::Null } else { Document::Text((&**text).into()) };
        }
        let layout = !self.tree.is_text(id) && text.trim().is_empty();
        let pieces = if layout { Vec::new() } else { self.tree.pieces(id) };
        let mut pieces = pieces.into_iter().peekable();
        let mut members = Vec::new();
        let mut behind = None;
        let children: Vec<Id> = self.tree.children(id).collect();
        let mut children = children.iter().zip(self.tree.keys(id, &children));
        loop {
            if let Some((_, piece)) = pieces.next_if(|(child, _)| *child == behind)
                && !piece.is_empty()
            {
                members.push((Document::TEXT.into(), Document::Text(piece.into())));
            }
            let Some((child, key)) = children.next() else { break };
            behind = Some(*child);
            members.push(self.member(*child, &key));
        }
        Document::Record(members.into())
    }
}
