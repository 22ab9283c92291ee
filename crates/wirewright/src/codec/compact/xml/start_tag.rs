//! What is in a start tag behind its name.

use std::borrow::Cow;

use super::markup::Markup;
use crate::{
    text::{
        scan::{self, Byte, XmlAttribute},
        xml::unescape,
    },
    wire::Aborted,
};

/// How many attributes one element can have here.
const ATTRIBUTES: usize = 8;

/// The namespace of `xsi:nil`, as it is written.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl<'de> Markup<'de> {
    /// Where a start tag ends that has one plain attribute behind its name, for which nobody has asked.
    #[inline]
    pub(super) fn one_attribute(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes();
        let name = at + 1;
        if bytes.get(at) != Some(&b' ') || bytes.get(name..)?.starts_with(b"xml") {
            return None;
        }
        let letters = bytes.get(name..)?.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let value = name + letters + 2;
        if letters == 0 || bytes.get(name + letters..value)? != b"=\"" {
            return None;
        }
        let end = scan::find::<XmlAttribute>(bytes, value);
        (bytes.get(end..end + 2)? == b"\">").then_some(end + 2)
    }

    /// Reads the rest of a start tag. `each` gets the name and the value of each attribute that means something, as they are.
    /// Returns whether the element has content.
    pub(super) fn attributes(
        &mut self,
        mut each: impl FnMut(&'de str, Cow<'de, str>) -> Result<(), Aborted>,
    ) -> Result<bool, Aborted> {
        let mut names = [""; ATTRIBUTES];
        let mut count = 0;
        let at_root = std::mem::take(&mut self.at_root);
        if at_root {
            self.namespace = Some("");
        }
        loop {
            let before = self.at;
            self.white_space();
            match self.peek() {
                Some(b'>') => {
                    self.at += 1;
                    return Ok(true);
                }
                Some(b'/') => {
                    self.at += 1;
                    self.expect(b'>')?;
                    return Ok(false);
                }
                _ if self.at == before => return Err(Aborted),
                _ => {}
            }
            let (name, declares) = self.attribute_name()?;
            if names.get(..count).is_none_or(|before| before.contains(&name)) {
                return Err(Aborted);
            }
            *names.get_mut(count).ok_or(Aborted)? = name;
            count += 1;
            self.white_space();
            self.expect(b'=')?;
            self.white_space();
            let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\'')).ok_or(Aborted)?;
            self.at += 1;
            let (start, bytes) = (self.at, self.bytes());
            let mut end = scan::find::<XmlAttribute>(bytes, start);
            let plain = bytes.get(end) == Some(&quote);
            if !plain {
                end = match quote {
                    b'"' => scan::find::<Byte<b'"'>>(bytes, start),
                    _ => scan::find::<Byte<b'\''>>(bytes, start),
                };
            }
            let raw = self.text.get(start..end).ok_or(Aborted)?;
            if !plain && scan::find::<Byte<b'<'>>(raw.as_bytes(), 0) < raw.len() {
                return Err(Aborted);
            }
            let value =
                if plain { Cow::Borrowed(raw) } else { unescape(raw, 0, true).map_err(|_| Aborted)? };
            self.at = end;
            self.expect(quote)?;
            if declares {
                self.declare(name, raw, at_root)?;
            } else {
                each(name, value)?;
            }
        }
    }

    /// Goes behind a start tag that declares no namespace.
    #[inline]
    pub(super) fn without_namespace(&mut self, at: usize) {
        self.at = at;
        if std::mem::take(&mut self.at_root) {
            self.namespace = Some("");
        }
    }

    /// An attribute that is about namespaces or XML Schema. Whatever may put an element into another namespace than the root's, or
    /// says that it is nil, is left to the general reader; names with prefixes are anyhow.
    fn declare(&mut self, name: &str, value: &'de str, at_root: bool) -> Result<(), Aborted> {
        let known = match name {
            "xmlns" if at_root => {
                self.namespace = Some(value);
                true
            }
            "xmlns" => self.namespace == Some(value),
            "xmlns:xsi" => value == INSTANCE,
            "xsi:nil" => false,
            name => name.starts_with("xmlns:") || self.namespace.is_some(),
        };
        if known { Ok(()) } else { Err(Aborted) }
    }

    /// A name, and whether it is one that declares a namespace or is in that of XML Schema.
    fn attribute_name(&mut self) -> Result<(&'de str, bool), Aborted> {
        let rest = self.rest();
        let prefix =
            ["xmlns:", "xsi:"].into_iter().find(|prefix| rest.starts_with(prefix)).unwrap_or_default();
        let start = self.at;
        self.at += prefix.len();
        let name = self.name()?;
        let whole = self.text.get(start..self.at).ok_or(Aborted)?;
        Ok((whole, !prefix.is_empty() || name == "xmlns"))
    }
}
