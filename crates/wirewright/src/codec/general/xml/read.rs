//! From text to a tree. quick-xml finds the markup; what is well formed is judged here.

use std::borrow::Cow;

use quick_xml::{Reader, events::Event};

use crate::{
    Format, Limits,
    error::{Fault, Step, render},
    text::xml::{
        bad_char, declaration, doctype, instruction, is_qualified_name, is_space, lines, local,
        syntax_message, unescape,
    },
    tree::{Bindings, Id, ItemKind, Mark, Namespaces, Tree},
    wire::Shape,
};

#[cfg(any(feature = "catalog", feature = "rows"))]
pub(crate) fn parse(text: &str, limits: Limits) -> Result<Tree<'_>, Fault> {
    parse_within(text, limits, &[])
}

/// Parses a piece of a document, around which prefixes are bound to these namespaces.
#[cfg(any(feature = "catalog", feature = "rows"))]
pub(crate) fn parse_within<'de>(
    text: &'de str,
    limits: Limits,
    bindings: &'de Bindings,
) -> Result<Tree<'de>, Fault> {
    parse_wanted(None, text, limits, bindings)
}

/// The same for a structure of this shape: what it skips is judged, and not kept.
pub(crate) fn parse_for<'de>(
    shape: &'static Shape,
    text: &'de str,
    limits: Limits,
    bindings: &'de Bindings,
) -> Result<Tree<'de>, Fault> {
    parse_wanted(Some(shape), text, limits, bindings)
}

fn parse_wanted<'de>(
    shape: Option<&'static Shape>,
    text: &'de str,
    limits: Limits,
    bindings: &'de Bindings,
) -> Result<Tree<'de>, Fault> {
    if text.len() > limits.max_bytes() {
        return Err(Fault::limit(limits.max_bytes(), "bytes", limits.max_bytes()));
    }
    if text.starts_with('\u{feff}') {
        // quick-xml would skip a second byte order mark without counting it.
        return Err(Fault::syntax(0, "text outside the root element"));
    }
    if let Some(at) = bad_char(text) {
        return Err(Fault::syntax(at, "a character that XML does not allow"));
    }
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = false;

    let mut builder = Builder {
        text,
        limits,
        shape,
        tree: Tree::within(text, Namespaces::within(bindings)),
        open: Vec::new(),
        skipped: Vec::new(),
        any_skipped: false,
        names: Vec::new(),
        nil: Vec::new(),
        doctype: false,
    };
    let position = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    let mut start = 0;
    loop {
        let event = reader.read_event();
        let end = position(reader.buffer_position());
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => {
                let done = builder.event(&event, start, end);
                done.map_err(|fault| fault.at(builder.path()))?;
            }
            Err(error) => {
                let at = position(reader.error_position());
                return Err(Fault::syntax(at, syntax_message(&error)).at(builder.path()));
            }
        }
        start = end;
    }
    builder.finish()
}

/// The local name of the root element, of a text that was read already.
pub(crate) fn root(text: &str) -> Option<&str> {
    let mut reader = Reader::from_str(text);
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                let length = element.name().as_ref().len();
                return text.get(start + 1..start + 1 + length).map(local);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

struct Builder<'de> {
    text: &'de str,
    limits: Limits,
    /// What the document is read into, if that is known.
    shape: Option<&'static Shape>,
    tree: Tree<'de>,
    open: Vec<Id>,
    /// Where the tree goes back to when they end: those that are skipped.
    skipped: Vec<Option<Mark>>,
    any_skipped: bool,
    /// The open elements' names with their prefixes.
    names: Vec<&'de str>,
    /// Which of them say that they are nil.
    nil: Vec<bool>,
    doctype: bool,
}

impl<'de> Builder<'de> {
    fn path(&self) -> std::string::String {
        let steps: Vec<_> = self.names.iter().map(|name| Step::Name(local(name))).collect();
        render(&steps)
    }

    fn finish(self) -> Result<Tree<'de>, Fault> {
        let end = self.text.len();
        if !self.open.is_empty() {
            return Err(Fault::syntax(end, "the text ends before its elements do").at(self.path()));
        }
        if self.tree.is_empty() {
            return Err(Fault::syntax(end, "no root element"));
        }
        Ok(self.tree)
    }

    fn event(&mut self, event: &Event<'_>, start: usize, end: usize) -> Result<(), Fault> {
        let raw = self.text.get(start..end).unwrap_or_default();
        match event {
            Event::Text(_) | Event::GeneralRef(_) => self.characters(raw, start),
            Event::CData(_) => {
                let inside = raw.strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>"));
                match self.open.last() {
                    Some(open) => self.tree.append(*open, lines(inside.unwrap_or_default())),
                    None => return Err(Fault::syntax(start, "text outside the root element")),
                }
                Ok(())
            }
            Event::Start(_) => self.start(raw, start, false),
            Event::Empty(_) => self.start(raw, start, true),
            Event::End(_) => self.end(raw, start),
            Event::Decl(_) => declaration(raw, start),
            Event::PI(_) => instruction(raw, start),
            Event::DocType(_) => {
                doctype(raw, start)?;
                if self.doctype || !self.tree.is_empty() {
                    return Err(Fault::syntax(start, "a DOCTYPE that is not before the root element"));
                }
                self.doctype = true;
                Ok(())
            }
            Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn characters(&mut self, raw: &'de str, start: usize) -> Result<(), Fault> {
        match self.open.last() {
            Some(open) => self.tree.append(*open, unescape(raw, start, false)?),
            None if raw.bytes().all(is_space) => {}
            None => return Err(Fault::syntax(start, "text outside the root element")),
        }
        Ok(())
    }

    fn start(&mut self, raw: &'de str, start: usize, empty: bool) -> Result<(), Fault> {
        if self.open.is_empty() && !self.tree.is_empty() {
            return Err(Fault::syntax(start, "a second root element"));
        }
        if self.open.len() >= self.limits.max_depth() {
            return Err(Fault::limit(start, "levels", self.limits.max_depth()));
        }
        let inside = raw.strip_prefix('<').and_then(|raw| raw.strip_suffix('>')).unwrap_or_default();
        let inside = if empty { inside.strip_suffix('/').unwrap_or(inside) } else { inside };
        let name =
            inside.split(|char: char| char.is_ascii() && is_space(char as u8)).next().unwrap_or_default();
        if !is_qualified_name(name) {
            return Err(Fault::syntax(start, "a tag without a name"));
        }
        let parent = self.open.last().copied();
        let mark = self.skips(local(name)).and(parent).map(|parent| self.tree.mark(parent));
        let id =
            self.tree.add(parent, ItemKind::Element, Cow::Borrowed(local(name)), Cow::Borrowed(""), start);
        self.tree.check(self.limits.max_elements(), start)?;
        let level = self.open.len() + 1;
        let nil = self.attributes(id, (parent, name), inside, start + 1)?;
        if !empty {
            self.open.push(id);
            self.skipped.push(mark);
            self.names.push(name);
            self.nil.push(nil);
            return Ok(());
        }
        self.tree.namespaces.leave(level);
        if nil {
            self.tree.nil(id);
        }
        self.forget(mark, level);
        Ok(())
    }

    /// Whether the element that starts here is skipped by whoever reads, or is in one that is.
    fn skips(&self, name: &str) -> Option<()> {
        let inside = self.skipped.last().is_some_and(Option::is_some);
        let unknown =
            || self.open.len() == 1 && self.shape.is_some_and(|shape| shape.skips(Format::Xml, name));
        (inside || unknown()).then_some(())
    }

    /// Takes an element of this level away that is skipped. The first one stays, without what is in it: an element that has one is no text.
    fn forget(&mut self, mark: Option<Mark>, level: usize) {
        let Some(mark) = mark else { return };
        if level > 2 || std::mem::replace(&mut self.any_skipped, true) {
            self.tree.forget(mark);
        }
    }

    fn end(&mut self, raw: &'de str, start: usize) -> Result<(), Fault> {
        let name = raw.strip_prefix("</").and_then(|raw| raw.strip_suffix('>')).unwrap_or_default();
        let name = name.trim_end_matches(|char: char| char.is_ascii() && is_space(char as u8));
        // The name of what is open is known to be one.
        if self.names.last() != Some(&name) {
            let known = is_qualified_name(name);
            let message = if known { "an end tag without its start tag" } else { "an end tag is not closed" };
            return Err(Fault::syntax(start, message));
        }
        self.tree.namespaces.leave(self.open.len());
        self.names.pop();
        if let (Some(id), Some(true)) = (self.open.pop(), self.nil.pop()) {
            self.tree.nil(id);
        }
        let mark = self.skipped.pop().flatten();
        self.forget(mark, self.open.len() + 1);
        Ok(())
    }

    /// The attributes in the tag of an element; the tag's inside starts at `offset` of the source. Says whether it is nil.
    fn attributes(
        &mut self,
        id: Id,
        (parent, name): (Option<Id>, &'de str),
        inside: &'de str,
        offset: usize,
    ) -> Result<bool, Fault> {
        let mut at = name.len();
        let bytes = inside.as_bytes();
        let mut attributes: Vec<(&'de str, usize, Cow<'de, str>)> = Vec::new();
        let skip = |mut at: usize| {
            while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
                at += 1;
            }
            at
        };
        loop {
            let begin = skip(at);
            if begin == bytes.len() {
                break;
            }
            let fault = |message| Fault::syntax(offset + begin, message);
            if begin == at {
                return Err(fault("no space before an attribute"));
            }
            let rest = bytes.get(begin..).unwrap_or_default();
            let length = rest.iter().take_while(|byte| **byte != b'=' && !is_space(**byte)).count();
            let name = inside.get(begin..begin + length).unwrap_or_default();
            if !is_qualified_name(name) {
                return Err(fault("an attribute without a name"));
            }
            let equals = skip(begin + length);
            let quote = skip(equals + 1);
            let mark = bytes.get(quote).copied().filter(|byte| matches!(byte, b'"' | b'\''));
            let (Some(b'='), Some(mark)) = (bytes.get(equals), mark) else {
                return Err(fault("an attribute without a quoted value"));
            };
            let rest = inside.get(quote + 1..).unwrap_or_default();
            let Some(length) = rest.bytes().position(|byte| byte == mark) else {
                return Err(fault("an attribute's value is not closed"));
            };
            let raw = rest.get(..length).unwrap_or_default();
            if raw.contains('<') {
                return Err(fault("`<` in an attribute's value"));
            }
            attributes.push((name, offset + begin, unescape(raw, offset + quote + 1, true)?));
            at = quote + 1 + length + 1;
        }
        let names = attributes.iter().map(|(name, at, _)| (*name, Namespaces::NONE, *at));
        given_once(names.collect())?;
        let level = self.open.len() + 1;
        let declares = |name: &str| name == "xmlns" || name.starts_with("xmlns:");
        for (name, _, value) in attributes.iter().filter(|attribute| declares(attribute.0)) {
            let prefix = name.strip_prefix("xmlns:").unwrap_or_default();
            self.tree.namespaces.bind(level, prefix, value.clone());
        }
        let namespace = self.tree.namespaces.of_element(name);
        self.tree.place(id, parent, namespace);
        attributes.retain(|attribute| !declares(attribute.0));
        let mut nil = false;
        let mut names = Vec::with_capacity(attributes.len());
        for (name, at, value) in attributes {
            let namespace = self.tree.namespaces.of_attribute(name);
            let name = local(name);
            if namespace != Namespaces::NONE {
                names.push((name, namespace, at));
            }
            if namespace == Namespaces::INSTANCE {
                nil |= name == "nil" && matches!(value.trim(), "true" | "1");
            } else if name != "xmlns" {
                // What is called `xmlns` behind a prefix could not be written back.
                let attribute = self.tree.add(Some(id), ItemKind::Attribute, name.into(), value, at);
                self.tree.place(attribute, Some(id), namespace);
                self.tree.check(self.limits.max_elements(), at)?;
            }
        }
        given_once(names)?;
        Ok(nil)
    }
}

/// No two attributes have the same name in the same namespace.
fn given_once(mut names: Vec<(&str, u32, usize)>) -> Result<(), Fault> {
    names.sort_unstable();
    let same =
        |(one, other): &(&(&str, u32, usize), &(&str, u32, usize))| (one.0, one.1) == (other.0, other.1);
    let twice = names.iter().zip(names.iter().skip(1)).find(same);
    twice.map_or(Ok(()), |(_, other)| Err(Fault::syntax(other.2, "an attribute is given twice")))
}
