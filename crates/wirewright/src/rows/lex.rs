//! Where markup ends. quick-xml finds it, as it does for whole documents, so that both see the same tags.

use quick_xml::{Reader, errors::SyntaxError, events::Event};

use crate::{error::Fault, text::xml::syntax_message};

/// How long markup can be that quick-xml may not know yet: `<!DOCTYPE`.
const BANG: usize = 16;

/// What starts at a `<`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    Start,
    /// An element with an empty tag: `<a/>`.
    Empty,
    End,
    Comment,
    Other,
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = false;
    reader
}

fn position(at: u64, text: &str) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX).min(text.len())
}

/// What `text` starts with, a `<`, and how long it is. `None`: its end has not come.
pub(super) fn markup(text: &str) -> Result<Option<(Markup, usize)>, Fault> {
    let mut reader = reader(text);
    let markup = match reader.read_event() {
        Ok(Event::Eof) => return Ok(None),
        Ok(Event::Start(_)) => Markup::Start,
        Ok(Event::Empty(_)) => Markup::Empty,
        Ok(Event::End(_)) => Markup::End,
        Ok(Event::Comment(_)) => Markup::Comment,
        Ok(_) => Markup::Other,
        Err(error) => {
            return if can_go_on(&error, text) { Ok(None) } else { Err(fault(&error, &reader, text)) };
        }
    };
    Ok(Some((markup, position(reader.buffer_position(), text))))
}

/// How long the element is that `text` starts with. `None`: its end has not come.
pub(super) fn element(text: &str) -> Result<Option<usize>, Fault> {
    let mut reader = reader(text);
    let mut depth = 0_usize;
    loop {
        let start = position(reader.buffer_position(), text);
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(None),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => {
                let rest = text.get(start..).unwrap_or_default();
                return if can_go_on(&error, rest) { Ok(None) } else { Err(fault(&error, &reader, text)) };
            }
        }
        if depth == 0 {
            return Ok(Some(position(reader.buffer_position(), text)));
        }
    }
}

/// Whether more text could mend it.
fn can_go_on(error: &quick_xml::Error, rest: &str) -> bool {
    match error {
        quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup) => rest.len() < BANG,
        quick_xml::Error::Syntax(_) => true,
        _ => false,
    }
}

fn fault(error: &quick_xml::Error, reader: &Reader<&[u8]>, text: &str) -> Fault {
    Fault::syntax(position(reader.error_position(), text), syntax_message(error))
}
