//! Values of any form.

use super::text::Text;
use crate::wire::{Aborted, Document, add};

impl Text<'_> {
    /// A value of any form, which starts here.
    pub(super) fn document(&mut self) -> Result<Document, Aborted> {
        Ok(match self.peek() {
            Some(b'"') => Document::Text(self.string()?.into()),
            Some(b'{') => {
                self.open(b'{')?;
                let mut members = Vec::new();
                while self.next(members.is_empty())? {
                    let key = self.key()?;
                    self.white_space();
                    let value = self.document()?;
                    add(&mut members, (key.into(), value));
                }
                self.levels += 1;
                Document::Record(members.into())
            }
            Some(b'[') => {
                self.open(b'[')?;
                let mut items = Vec::new();
                while self.item(items.is_empty())? {
                    let item = self.document()?;
                    add(&mut items, item);
                }
                self.levels += 1;
                Document::List(items.into())
            }
            Some(b'-' | b'0'..=b'9') => Document::Number(self.number()?.into()),
            _ if self.word("null") => Document::Null,
            _ if self.word("true") => Document::Bool(true),
            _ if self.word("false") => Document::Bool(false),
            _ => return Err(Aborted),
        })
    }
}
