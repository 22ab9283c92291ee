//! From text to a tree. `serde_json` judges the text; a walk over what it has accepted keeps digits and positions.

use std::borrow::Cow;

use serde_core::de::IgnoredAny;

use crate::{
    Format, Limits,
    error::Fault,
    tree::{Id, ItemKind, Mark, Tree},
    wire::Shape,
};

#[cfg(any(feature = "catalog", feature = "serde"))]
pub(crate) fn parse(text: &str, limits: Limits) -> Result<Tree<'_>, Fault> {
    parse_wanted(None, text, limits)
}

/// The same for a structure of this shape: what it skips is judged, and not kept.
pub(crate) fn parse_for<'de>(
    shape: &'static Shape,
    text: &'de str,
    limits: Limits,
) -> Result<Tree<'de>, Fault> {
    // What is around a wrapped message is looked at.
    parse_wanted(Some(shape).filter(|shape| shape.json_root.is_none()), text, limits)
}

fn parse_wanted<'de>(
    shape: Option<&'static Shape>,
    text: &'de str,
    limits: Limits,
) -> Result<Tree<'de>, Fault> {
    if text.len() > limits.max_bytes() {
        return Err(Fault::limit(limits.max_bytes(), "bytes", limits.max_bytes()));
    }
    // This skips without recursion, however deep the text is.
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(Fault::syntax(offset(text, &error), message(&error)));
    }
    Walk { text, limits, shape, tree: Tree::of(text), open: Vec::new(), skipped: Vec::new(), key: None }.run()
}

/// `serde_json` counts lines from 1 and columns in bytes, up to and with the byte that it refuses.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.len();
    }
    let mut start = 0;
    for line in text.split_inclusive('\n').take(error.line().saturating_sub(1)) {
        start += line.len();
    }
    (start + error.column().saturating_sub(1)).min(text.len())
}

/// The messages of this project for those of the library.
fn message(error: &serde_json::Error) -> &'static str {
    if error.is_eof() {
        return "the text ends too early";
    }
    let text = error.to_string();
    let known = [
        ("expected value", "expected a value"),
        ("expected ident", "expected true, false or null"),
        ("expected `:`", "expected `:`"),
        ("expected `,` or `]`", "expected `,` or `]`"),
        ("expected `,` or `}`", "expected `,` or `}`"),
        ("trailing characters", "text after the end of the value"),
        ("key must be a string", "expected a name in quotes"),
        ("invalid number", "a malformed number"),
        ("number out of range", "a number out of range"),
        ("invalid escape", "a malformed escape"),
        ("control character", "a control character in a string"),
        ("lone leading surrogate", "half a surrogate pair"),
        ("unexpected end of hex escape", "half a surrogate pair"),
        ("invalid unicode code point", "an escape that is not a character"),
    ];
    known.iter().find(|(theirs, _)| text.starts_with(theirs)).map_or("malformed JSON", |(_, ours)| ours)
}

struct Walk<'de> {
    text: &'de str,
    limits: Limits,
    /// What the text is read into, if that is known.
    shape: Option<&'static Shape>,
    tree: Tree<'de>,
    open: Vec<Id>,
    /// Where the tree goes back to when they end: those that are skipped.
    skipped: Vec<Option<Mark>>,
    key: Option<Cow<'de, str>>,
}

impl<'de> Walk<'de> {
    fn run(mut self) -> Result<Tree<'de>, Fault> {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'{' | b'[' => {
                    if self.open.len() >= self.limits.max_depth() {
                        return Err(Fault::limit(at, "levels", self.limits.max_depth()));
                    }
                    let kind = if *byte == b'{' { ItemKind::Object } else { ItemKind::Array };
                    let (id, mark) = self.add(kind, Cow::Borrowed(""), at)?;
                    self.open.push(id);
                    self.skipped.push(mark);
                    at += 1;
                }
                b'}' | b']' => {
                    self.open.pop();
                    if let Some(mark) = self.skipped.pop().flatten() {
                        self.tree.forget(mark);
                    }
                    at += 1;
                }
                b'"' => at = self.string(at)?,
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => at += 1,
                first => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
                    let end = at + rest.iter().position(ends).unwrap_or(rest.len());
                    let text = self.text.get(at..end).unwrap_or_default();
                    let kind = match first {
                        b'n' => ItemKind::Null,
                        b't' | b'f' => ItemKind::Bool,
                        _ => ItemKind::Number,
                    };
                    self.value(kind, Cow::Borrowed(text), at)?;
                    at = end;
                }
            }
        }
        Ok(self.tree)
    }

    /// A value that has nothing inside.
    fn value(&mut self, kind: ItemKind, text: Cow<'de, str>, at: usize) -> Result<(), Fault> {
        if let (_, Some(mark)) = self.add(kind, text, at)? {
            self.tree.forget(mark);
        }
        Ok(())
    }

    /// Adds a value, and says where the tree goes back to behind it if it is skipped by whoever reads, or is in one that is.
    fn add(&mut self, kind: ItemKind, text: Cow<'de, str>, at: usize) -> Result<(Id, Option<Mark>), Fault> {
        let name = self.key.take().unwrap_or(Cow::Borrowed(""));
        let parent = self.open.last().copied();
        let inside = self.skipped.last().is_some_and(Option::is_some);
        let mark = parent.filter(|parent| inside || self.is_skipped(*parent, &name));
        let mark = mark.map(|parent| self.tree.mark(parent));
        let id = self.tree.add(parent, kind, name, text, at);
        self.tree.check(self.limits.max_elements(), at)?;
        Ok((id, mark))
    }

    /// Whether a value is a member of the message itself that nobody asks for.
    fn is_skipped(&self, parent: Id, name: &str) -> bool {
        self.open.len() == 1
            && self.tree.item(parent).kind == ItemKind::Object
            && self.shape.is_some_and(|shape| shape.skips(Format::Json, name))
    }

    /// A key or a value that starts at the quote at `at`; returns where it ends.
    fn string(&mut self, at: usize) -> Result<usize, Fault> {
        let mut escaped = false;
        let mut backslash = false;
        let rest = self.text.as_bytes().get(at + 1..).unwrap_or_default();
        let length = rest.iter().position(|byte| {
            if backslash {
                backslash = false;
                return false;
            }
            backslash = *byte == b'\\';
            escaped |= backslash;
            *byte == b'"'
        });
        let end = at + 1 + length.unwrap_or(rest.len());
        let text = if escaped {
            let quoted = self.text.get(at..=end).unwrap_or_default();
            let text = serde_json::from_str(quoted).map_err(|error| Fault::syntax(at, message(&error)))?;
            Cow::Owned(text)
        } else {
            Cow::Borrowed(self.text.get(at + 1..end).unwrap_or_default())
        };
        let in_object = self.open.last().is_some_and(|open| self.tree.item(*open).kind == ItemKind::Object);
        if in_object && self.key.is_none() {
            self.key = Some(text);
        } else {
            self.value(ItemKind::Text, text, at)?;
        }
        Ok(end + 1)
    }
}
