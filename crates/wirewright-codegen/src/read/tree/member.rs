//! Members, and lists that are rows of a table.

use std::ops::Deref;

use super::facts::Facts;
use crate::model::{ClockUnit, Filler, FormatKind, Repeat};
use crate::read::table::Scalar;
use crate::source::{At, Span, Text};
use crate::words::ParameterLocation;

/// A member, or a parameter of an operation. There are many of them: what few of them say is apart, and read as if it were here.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    /// The key: its name on the wire.
    pub(crate) key: Text<'a>,
    /// In Rust's case.
    pub(crate) rust: String,
    pub(crate) kind: Option<Text<'a>>,
    pub(crate) required: Option<At<bool>>,
    /// Where it says that requests always have it.
    pub(crate) in_requests: Option<Span>,
    pub(crate) secret: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
    pub(crate) more: Option<Box<MemberWords<'a>>>,
}

impl<'a> Deref for Member<'a> {
    type Target = MemberWords<'a>;

    fn deref(&self) -> &MemberWords<'a> {
        static NONE: MemberWords<'static> = MemberWords::none();
        self.more.as_deref().unwrap_or(&NONE)
    }
}

impl<'a> Member<'a> {
    /// Whether its members are among those around it in a format.
    pub(crate) fn is_flat_in(&self, format: FormatKind) -> bool {
        self.flatten.is_some() || self.flat_in.value.contains(&format)
    }

    /// Its name in one format, and where that is said.
    pub(crate) fn wire(&self, format: FormatKind) -> Text<'a> {
        let own = match format {
            FormatKind::Xml => self.xml,
            FormatKind::Json => self.json,
            FormatKind::Query => self.query,
        };
        own.unwrap_or(self.key)
    }

    pub(crate) fn required(&self) -> bool {
        self.required.is_some_and(|required| required.value)
    }

    /// Whether nothing can be made without it: it is there, and has a value or an item in it.
    pub(crate) fn holds(&self) -> bool {
        let may_be_empty = |list: &At<Repeat>| matches!(list.value, Repeat::List { always: true, .. });
        self.is_argument() && self.map.is_none() && !self.list.as_ref().is_some_and(may_be_empty)
    }

    /// Whether its constructor takes it.
    pub(crate) fn is_argument(&self) -> bool {
        self.required() || self.in_requests.is_some()
    }

    /// Whether it is at most once.
    pub(crate) fn once(&self) -> bool {
        self.list.is_none() && self.map.is_none()
    }
}

/// What few members say.
#[derive(Debug)]
pub(crate) struct MemberWords<'a> {
    pub(crate) name: Option<Text<'a>>,
    pub(crate) xml: Option<Text<'a>>,
    pub(crate) json: Option<Text<'a>>,
    pub(crate) query: Option<Text<'a>>,
    /// The places of the words `attribute`, `text` and `flatten` that are true.
    pub(crate) attribute: Option<Span>,
    pub(crate) text: Option<Span>,
    pub(crate) flatten: Option<Span>,
    /// The formats in which it is flattened.
    pub(crate) flat_in: At<Vec<FormatKind>>,
    pub(crate) list: Option<At<Repeat>>,
    pub(crate) map: Option<At<Repeat>>,
    pub(crate) rows: Option<Rows<'a>>,
    pub(crate) boolean: Option<At<(String, Option<String>)>>,
    pub(crate) also: Vec<Text<'a>>,
    /// What is meant when it is absent.
    pub(crate) default: Option<Text<'a>>,
    /// Where it says that an empty text means that it is not there.
    pub(crate) empty_is_absent: Option<Span>,
    /// Other texts that say the same of it.
    pub(crate) absent: Vec<Text<'a>>,
    /// The XML namespace that it is in.
    pub(crate) namespace: Option<Text<'a>>,
    /// Where it says that a JSON reply is this list as a whole.
    pub(crate) whole: Option<Span>,
    pub(crate) samples: Option<At<Vec<At<Scalar>>>>,
    pub(crate) range: Option<At<Vec<At<Scalar>>>>,
    /// Who fills it in; of parameters only.
    pub(crate) from: Option<At<Filler>>,
    pub(crate) unit: Option<At<ClockUnit>>,
    /// Where a request carries it, and behind what; of parameters only.
    pub(crate) location: Option<At<ParameterLocation>>,
    pub(crate) prefix: Option<Text<'a>>,
}

impl MemberWords<'_> {
    const fn none() -> Self {
        Self {
            name: None,
            xml: None,
            json: None,
            query: None,
            attribute: None,
            text: None,
            flatten: None,
            flat_in: At { value: Vec::new(), span: Span::NOWHERE },
            list: None,
            map: None,
            rows: None,
            boolean: None,
            also: Vec::new(),
            default: None,
            empty_is_absent: None,
            absent: Vec::new(),
            namespace: None,
            whole: None,
            samples: None,
            range: None,
            from: None,
            unit: None,
            location: None,
            prefix: None,
        }
    }
}

/// What a list says of the rows that it is.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) span: Span,
    pub(crate) cell: Option<Text<'a>>,
    /// The member that describes the columns.
    pub(crate) headings: Option<Text<'a>>,
    /// The attributes of a heading.
    pub(crate) name: Option<Text<'a>>,
    pub(crate) kind: Option<Text<'a>>,
    pub(crate) format: Option<Text<'a>>,
    pub(crate) kinds: Vec<Cells<'a>>,
    /// The members of the request that say what separates a text.
    pub(crate) cells_by: Option<Text<'a>>,
    pub(crate) lines_by: Option<Text<'a>>,
}

/// What the cells of a column are.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    pub(crate) kind: Text<'a>,
    /// A part of how they are shown, where that counts.
    pub(crate) format: Option<Text<'a>>,
    /// The name of a type.
    pub(crate) is: Text<'a>,
}
