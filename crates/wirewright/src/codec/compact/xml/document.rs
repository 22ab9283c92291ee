//! Elements of any form.

use std::borrow::Cow;

use super::{
    markup::{End, Markup, Piece},
    read::Tag,
};
use crate::{
    codec::compact::literal::Literal,
    wire::{Aborted, Document, DocumentText, add},
};

impl<'de> Markup<'de> {
    /// An element of any form that has been entered, as far as `tag` says.
    pub(super) fn document(&mut self, tag: Tag, end: End<'de>) -> Result<Document, Aborted> {
        let mut members = Vec::new();
        let mut inside = match tag {
            Tag::Open => self.attributes(|name, value| {
                members.push(attribute(name, value));
                Ok(())
            })?,
            Tag::Closed => true,
            Tag::Empty => false,
        };
        let mut text = Cow::Borrowed("");
        // Whether there is text that is more than layout, and whether there are elements.
        let (mut texts, mut elements) = (false, false);
        while inside {
            match self.piece(end)? {
                Piece::Text(piece) if text.is_empty() => text = piece,
                Piece::Text(piece) => text.to_mut().push_str(&piece),
                Piece::Child(name) => {
                    elements = true;
                    texts |= add_text(&mut members, &mut text);
                    let element = self.child(name)?;
                    add(&mut members, element);
                }
                Piece::End => inside = false,
            }
        }
        if members.is_empty() {
            return Ok(if text.is_empty() { Document::Null } else { Document::Text(text.into()) });
        }
        texts |= add_text(&mut members, &mut text);
        if elements && !texts {
            members.retain(|(name, _)| name != Document::TEXT);
        }
        Ok(Document::Record(members.into()))
    }

    /// An element of any form, the start tag of which has been read up to behind its name.
    pub(super) fn child(&mut self, name: &'de str) -> Result<(DocumentText, Document), Aborted> {
        self.enter()?;
        let document = self.document(Tag::Open, End { name, literal: Literal::NONE })?;
        self.levels += 1;
        Ok((name.into(), document))
    }
}

/// An attribute as it is kept.
pub(super) fn attribute(name: &str, value: Cow<'_, str>) -> (DocumentText, Document) {
    (format!("@{name}").into(), Document::Text(value.into()))
}

/// Adds the text before an element or behind the last one. Says whether it is more than layout.
fn add_text(members: &mut Vec<(DocumentText, Document)>, text: &mut Cow<'_, str>) -> bool {
    let text = std::mem::take(text);
    let more = !text.trim().is_empty();
    if !text.is_empty() {
        add(members, (Document::TEXT.into(), Document::Text(text.into())));
    }
    more
}
