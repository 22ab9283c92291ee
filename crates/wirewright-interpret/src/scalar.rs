//! Scalars that need more than a Rust type.

use std::{borrow::Cow, fmt};

use wirewright::wire::{Expected, FromText, ToText, Value};
use wirewright_codegen::model;

use crate::kind::{EnumerationType, FormedType};

/// A value of an enumeration: a text that is known, in its own spelling, or one that is kept as it came.
#[derive(Clone)]
pub struct EnumerationText {
    of: &'static EnumerationType,
    text: Cow<'static, str>,
}

impl EnumerationText {
    pub(crate) const fn empty(of: &'static EnumerationType) -> Self {
        Self { of, text: Cow::Borrowed("") }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The integer that it is, where the values are such: an unknown text too, when it is an integer as this project writes them.
    pub(crate) fn number(&self) -> Option<i64> {
        let digits = self.text.strip_prefix('-').unwrap_or(&self.text);
        let canonical = self.text == "0" || digits.starts_with(|digit| ('1'..='9').contains(&digit));
        self.text.parse().ok().filter(|_| self.of.number && canonical)
    }

    /// As an encoder sees it.
    pub(crate) fn value(&self) -> Value<'_> {
        self.number().map_or(Value::Str(&self.text), Value::I64)
    }
}

impl FromText for EnumerationText {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        let wanted = text.trim();
        let is = |value: &&model::EnumerationValue| {
            value.name.wire == wanted || value.also.iter().any(|also| also == wanted)
        };
        self.text = match self.of.values.iter().find(is) {
            Some(known) => Cow::Borrowed(&known.name.wire),
            None => Cow::Owned(text.to_owned()),
        };
        Ok(())
    }

    fn clear(&mut self) {
        *self = Self::empty(self.of);
    }

    fn samples(&self) -> &'static [&'static str] {
        self.of.texts
    }
}

/// A text that has a form, kept as it came.
#[derive(Clone)]
pub struct FormedText {
    of: &'static FormedType,
    pub(crate) text: String,
}

impl FormedText {
    pub(crate) const fn empty(of: &'static FormedType) -> Self {
        Self { of, text: String::new() }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromText for FormedText {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        text.clone_into(&mut self.text);
        Ok(())
    }

    fn clear(&mut self) {
        self.text.clear();
    }

    fn samples(&self) -> &'static [&'static str] {
        self.of.samples
    }
}

impl fmt::Debug for EnumerationText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl fmt::Debug for FormedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl ToText for EnumerationText {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}
