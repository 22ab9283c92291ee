//! A value of any form, kept as it came.

use alloc::{string::String, vec::Vec};

use super::{FromWire, Slot, ToWire, Value};

/// A value of any form, read without a type and written back as it came.
///
/// It keeps the payload of union variants that nobody has described yet, and the data that a vendor sends along with an error.
/// Where a format has no types (XML, query strings) every scalar is a [`Text`](Self::Text).
///
/// Its `Debug` shows names and forms but no texts, numbers or booleans: what nobody has described may be a secret.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// Nothing: JSON's `null`, an empty element.
    #[default]
    Null,
    /// JSON's `true` or `false`.
    Bool(bool),
    /// A JSON number, digit for digit.
    Number(String),
    /// Text.
    Text(String),
    /// A JSON array.
    List(Vec<Node>),
    /// An object, or an element with children or attributes. An attribute's name starts with `@`, and text beside
    /// children or attributes is named `$text`. A repeated element stands here more than once.
    Record(Vec<(String, Node)>),
}

impl Node {
    /// The last member of this name, when this is a record.
    pub fn get(&self, name: &str) -> Option<&Node> {
        match self {
            Self::Record(members) => members.iter().rev().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text of a scalar: a text, or a number's digits.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }
}

impl core::fmt::Debug for Node {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(..)"),
            Self::Number(_) => f.write_str("Number(..)"),
            Self::Text(_) => f.write_str("Text(..)"),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Record(members) => {
                f.debug_map().entries(members.iter().map(|(name, node)| (name, node))).finish()
            }
        }
    }
}

impl ToWire for Node {
    const OPTIONAL: bool = true;

    fn value(&self) -> Value<'_> {
        Value::Node(self)
    }
}

impl<'de> FromWire<'de> for Node {
    fn empty() -> Self {
        Self::Null
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Node(self)
    }
}
