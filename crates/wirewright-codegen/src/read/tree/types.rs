//! Named types.

use super::facts::Facts;
use super::member::Member;
use crate::model::{EpochUnit, Moment};
use crate::source::{At, Span, Text};

#[derive(Debug)]
pub(crate) struct Type<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) rust: String,
    /// `None`: the definition does not say what it is.
    pub(crate) kind: Option<TypeKind<'a>>,
    /// The words that say what it is; one, in a correct definition.
    pub(crate) said: Vec<Text<'a>>,
    pub(crate) tag: Option<Text<'a>>,
    pub(crate) content: Option<Text<'a>>,
    /// What is missing of it.
    pub(crate) partial: Option<Text<'a>>,
    /// What is counted since an epoch, and with how many decimals.
    pub(crate) unit: Option<At<EpochUnit>>,
    pub(crate) decimals: Option<At<usize>>,
    /// What is between the lines of a table.
    pub(crate) lines: Option<Text<'a>>,
    pub(crate) forms: Option<At<Vec<Text<'a>>>>,
    /// Where it says that its values are numbers.
    pub(crate) number: Option<Span>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) enum TypeKind<'a> {
    Enumeration(Vec<EnumerationValue<'a>>),
    Structure(Vec<Member<'a>>),
    Union(Vec<Variant<'a>>),
    /// Strftime formats.
    DateTime(Moment, Vec<Text<'a>>),
    /// Counted since this day or moment.
    Epoch(Text<'a>),
    /// With this between the cells of a line.
    Separated(Text<'a>),
    Text,
}

#[derive(Debug)]
pub(crate) struct EnumerationValue<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) also: Vec<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Variant<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) content: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}
