//! The namespaces of a document's names (Namespaces in XML 1.0).

use std::{borrow::Cow, collections::BTreeMap};

use crate::text::xml::XML_NAMESPACE;

/// The namespace of `xsi:nil`.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Prefixes and the namespaces that they are bound to around a piece of a document; the prefix `""` is the default namespace.
pub(crate) type Bindings = [(String, String)];

/// All namespaces of a document, by number, and which of them each prefix is bound to at the place at hand.
#[derive(Debug)]
pub(crate) struct Namespaces<'de> {
    names: Vec<Cow<'de, str>>,
    numbers: BTreeMap<Cow<'de, str>, u32>,
    bound: BTreeMap<&'de str, Vec<u32>>,
    /// The prefixes that were bound, each with the level of its element.
    open: Vec<(usize, &'de str)>,
}

impl Default for Namespaces<'_> {
    fn default() -> Self {
        let names = [Cow::Borrowed(""), Cow::Borrowed(INSTANCE)];
        let numbers = names.iter().cloned().zip(0..).collect();
        Self { names: names.into(), numbers, bound: BTreeMap::new(), open: Vec::new() }
    }
}

impl<'de> Namespaces<'de> {
    /// What prefixes are bound to around a piece of a document.
    pub(crate) fn within(bindings: &'de Bindings) -> Self {
        let mut this = Self::default();
        for (prefix, name) in bindings {
            this.bind(0, prefix, Cow::Borrowed(name));
        }
        this
    }

    /// No namespace.
    pub(crate) const NONE: u32 = 0;
    /// That of `xsi:nil`.
    pub(crate) const INSTANCE: u32 = 1;

    /// A namespace's name.
    pub(crate) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    fn number(&mut self, name: Cow<'de, str>) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(Self::NONE);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// Binds a prefix in the element of this level. Without a name it is bound to nothing.
    pub(crate) fn bind(&mut self, level: usize, prefix: &'de str, name: Cow<'de, str>) {
        let number = self.number(name);
        self.bound.entry(prefix).or_default().push(number);
        self.open.push((level, prefix));
    }

    /// Leaves the element of this level.
    pub(crate) fn leave(&mut self, level: usize) {
        while let Some((_, prefix)) = self.open.pop_if(|(bound, _)| *bound >= level) {
            if let Some(bound) = self.bound.get_mut(prefix) {
                bound.pop();
            }
        }
    }

    /// The namespace of an element's name.
    pub(crate) fn of_element(&mut self, name: &'de str) -> u32 {
        match name.split_once(':') {
            Some((prefix, _)) => self.of_prefix(prefix),
            None => self.bound_to("").unwrap_or(Self::NONE),
        }
    }

    /// The namespace of an attribute's name: without a prefix it is in none.
    pub(crate) fn of_attribute(&mut self, name: &'de str) -> u32 {
        name.split_once(':').map_or(Self::NONE, |(prefix, _)| self.of_prefix(prefix))
    }

    fn bound_to(&self, prefix: &str) -> Option<u32> {
        self.bound.get(prefix).and_then(|bound| bound.last()).copied()
    }

    /// A prefix that nothing binds is a namespace of its own, but for the two that everybody knows.
    fn of_prefix(&mut self, prefix: &'de str) -> u32 {
        match (self.bound_to(prefix).filter(|number| *number != Self::NONE), prefix) {
            (Some(number), _) => number,
            (None, "xsi") => Self::INSTANCE,
            (None, "xml") => self.number(Cow::Borrowed(XML_NAMESPACE)),
            (None, prefix) => self.number(Cow::Owned(format!("{prefix}:"))),
        }
    }
}
