//! Text as it is between tags.

use crate::{
    EncodeErrorKind,
    text::{
        scan::{self, XmlSpecial},
        xml::is_char,
    },
};

/// Appends text with what XML cannot have as it is escaped.
pub(super) fn escape(out: &mut Vec<u8>, text: &str) -> Result<(), EncodeErrorKind> {
    if scan::find::<XmlSpecial>(text.as_bytes(), 0) == text.len() {
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    let mut plain = 0;
    for (at, char) in text.char_indices() {
        let reference: &[u8] = match char {
            '&' => b"&amp;",
            '<' => b"&lt;",
            '>' => b"&gt;",
            '\r' => b"&#13;",
            char if is_char(char) => continue,
            _ => return Err(EncodeErrorKind::Character),
        };
        out.extend_from_slice(text.get(plain..at).unwrap_or_default().as_bytes());
        out.extend_from_slice(reference);
        plain = at + 1;
    }
    out.extend_from_slice(text.get(plain..).unwrap_or_default().as_bytes());
    Ok(())
}
