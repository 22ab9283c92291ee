//! How replies spell the text of a codec.

use crate::{describe::protocol::FormatDescription, text::lines};

/// A text of a codec as replies in this format have it: in lines, perhaps. `None`: it cannot be written so.
pub fn spelled(format: &FormatDescription, text: String) -> Option<String> {
    if format.lines { lines::of_form(&text) } else { Some(text) }
}
