//! Texts with values in braces.

use crate::source::{Sources, Span, Text};

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Always this.
    Literal(String),
    /// A value.
    Value(Placeholder<'a>),
}

/// A value's place in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placeholder<'a> {
    /// What is in the braces, without a final `?`.
    pub(crate) name: &'a str,
    /// Whether there is a `?`: the value may be absent.
    pub(crate) optional: bool,
    /// How many braces of the same content are before it.
    repeats: usize,
}

impl<'a> Placeholder<'a> {
    /// What is before the first dot, and what is behind it.
    pub(crate) fn parts(self) -> (&'a str, Option<&'a str>) {
        self.name.split_once('.').map_or((self.name, None), |(group, field)| (group, Some(field)))
    }

    /// Where it is in the file: a value's name has no escapes, whatever the rest of the text has.
    pub(crate) fn span(self, template: Text<'_>, sources: &Sources) -> Span {
        let mark = if self.optional { "?" } else { "" };
        sources.nth(template.span, &format!("{{{}{mark}}}", self.name), self.repeats).unwrap_or(template.span)
    }
}

/// The parts of a template, none of them empty.
///
/// # Errors
///
/// A brace that is alone.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, &'static str> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    let mut seen: Vec<(&str, bool)> = Vec::new();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, behind) = rest.split_at(at);
        literal.push_str(before);
        if let Some(after) = behind.strip_prefix("{{") {
            literal.push('{');
            rest = after;
        } else if let Some(after) = behind.strip_prefix("}}") {
            literal.push('}');
            rest = after;
        } else if let Some(inner) = behind.strip_prefix('{') {
            let end = inner.find(['{', '}']).filter(|end| inner[*end..].starts_with('}'));
            let end = end.ok_or("a `{` that no `}` follows")?;
            let (name, optional) = match inner[..end].strip_suffix('?') {
                Some(name) => (name, true),
                None => (&inner[..end], false),
            };
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            let repeats = seen.iter().filter(|one| **one == (name, optional)).count();
            seen.push((name, optional));
            pieces.push(Piece::Value(Placeholder { name, optional, repeats }));
            rest = &inner[end + 1..];
        } else {
            return Err("a `}` without a `{`");
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

/// The values of a template; those of one that cannot be read are none.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = Placeholder<'_>> {
    pieces(text).unwrap_or_default().into_iter().filter_map(|piece| match piece {
        Piece::Value(value) => Some(value),
        Piece::Literal(_) => None,
    })
}
