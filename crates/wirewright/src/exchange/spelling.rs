//! How replies spell the text of a codec.

use crate::{EncodeError, EncodeErrorKind, Format, describe::protocol::FormatDescription, text::lines};

/// A text of a codec as replies in this format have it: in lines, perhaps.
///
/// # Errors
///
/// When a value cannot be in a line: it has a line break.
pub fn spelled(format: &FormatDescription, text: String) -> Result<String, EncodeError> {
    if !format.lines {
        return Ok(text);
    }
    lines::of_form(&text).map_err(|name| EncodeError::new(Format::Query, &name, EncodeErrorKind::Character))
}
