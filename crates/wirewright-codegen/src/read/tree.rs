//! The definition as it was written, with positions and without guesses.

use crate::model::{
    Class, EncodeSet, ErrorKeys, FormatKind, Method, Occasion, ParameterOrder, Repeat, Role, TextEncoding,
    When,
};
use crate::source::{At, Span, Text};

pub(crate) use super::table::Scalar;

#[derive(Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) protocol: Protocol<'a>,
    pub(crate) types: Vec<Type<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
}

/// What people wrote about a thing.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) doc: Option<&'a str>,
    pub(crate) source: Option<&'a str>,
    pub(crate) assumption: Option<&'a str>,
    pub(crate) confidence: Option<crate::model::Confidence>,
}

#[derive(Debug)]
pub(crate) struct Protocol<'a> {
    /// The place of the file.
    pub(crate) span: Span,
    pub(crate) title: Option<Text<'a>>,
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) methods: At<Vec<At<Method>>>,
    pub(crate) formats: At<Vec<Format<'a>>>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) envelope: At<Vec<EnvelopeMember<'a>>>,
    pub(crate) session: Option<Session<'a>>,
    pub(crate) signature: Option<Signature<'a>>,
    pub(crate) errors: Vec<ErrorCode<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Format<'a> {
    pub(crate) kind: FormatKind,
    pub(crate) span: Span,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) root: Option<Text<'a>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) declaration: Option<At<bool>>,
    pub(crate) media_type: Option<Text<'a>>,
    pub(crate) nested: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

/// A member, or a parameter of an operation.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    /// The key: its name on the wire.
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    /// In Rust's case.
    pub(crate) rust: String,
    pub(crate) xml: Option<Text<'a>>,
    pub(crate) json: Option<Text<'a>>,
    pub(crate) query: Option<Text<'a>>,
    pub(crate) kind: Option<Text<'a>>,
    pub(crate) required: Option<At<bool>>,
    pub(crate) secret: Option<At<bool>>,
    /// The places of the words `attribute`, `text` and `flatten` that are true.
    pub(crate) attribute: Option<Span>,
    pub(crate) text: Option<Span>,
    pub(crate) flatten: Option<Span>,
    pub(crate) list: Option<At<Repeat>>,
    pub(crate) map: Option<At<Repeat>>,
    pub(crate) boolean: Option<At<(String, Option<String>)>>,
    pub(crate) empty_is_absent: bool,
    pub(crate) facts: Facts<'a>,
}

impl<'a> Member<'a> {
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

    /// Whether it stands at most once.
    pub(crate) fn once(&self) -> bool {
        self.list.is_none() && self.map.is_none()
    }
}

#[derive(Debug)]
pub(crate) struct Parameter<'a> {
    pub(crate) member: Member<'a>,
    pub(crate) from: Option<At<Provider>>,
    /// Where it says that it is the caller's id of the request.
    pub(crate) request_id: Option<Span>,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) field: Option<Text<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    Request,
    Client,
    Call,
    Session,
    Format,
    Callback,
    Operation,
    Signature,
    Constant,
}

#[derive(Debug)]
pub(crate) struct EnvelopeMember<'a> {
    pub(crate) member: Member<'a>,
    pub(crate) role: Option<At<Role>>,
    /// Whether it says what it tells in a way that has been reported.
    pub(crate) unclear: bool,
    pub(crate) when: When,
    pub(crate) success: Option<At<Vec<At<Scalar>>>>,
    pub(crate) failure: Option<At<Scalar>>,
}

#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) opens: Option<Text<'a>>,
    pub(crate) closes: Option<Text<'a>>,
    pub(crate) fields: Vec<SessionField<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct SessionField<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) from: Option<Text<'a>>,
    pub(crate) hmac: Option<At<Vec<Text<'a>>>>,
    pub(crate) encode: Option<At<TextEncoding>>,
    pub(crate) secret: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Signature<'a> {
    pub(crate) span: Span,
    pub(crate) key: Option<Text<'a>>,
    pub(crate) encode: TextEncoding,
    pub(crate) base: Base<'a>,
    pub(crate) facts: Facts<'a>,
}

/// What is signed; each part is one of the words, or `=` and a literal.
#[derive(Debug)]
pub(crate) struct Base<'a> {
    pub(crate) parts: Vec<Text<'a>>,
    pub(crate) join: &'a str,
    pub(crate) encode: EncodeSet,
    pub(crate) order: ParameterOrder,
    pub(crate) parameter_encode: EncodeSet,
    pub(crate) pair: &'a str,
    pub(crate) pairs: &'a str,
}

#[derive(Debug)]
pub(crate) struct ErrorCode<'a> {
    pub(crate) key: Text<'a>,
    /// Whether the key is a number.
    pub(crate) keys: ErrorKeys,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) class: Option<At<Class>>,
    pub(crate) wire_name: Option<Text<'a>>,
    pub(crate) message: Option<Text<'a>>,
    pub(crate) when: Vec<At<Occasion>>,
    pub(crate) facts: Facts<'a>,
}

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
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) enum TypeKind<'a> {
    Enumeration(Vec<EnumerationValue<'a>>),
    Structure(Vec<Member<'a>>),
    Union(Vec<Variant<'a>>),
    DateTime(Vec<Text<'a>>),
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

#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// The place of the file.
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) operations: Vec<Operation<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) rust: String,
    pub(crate) wire_name: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) methods: Option<At<Vec<At<Method>>>>,
    pub(crate) formats: Option<At<Vec<At<FormatKind>>>>,
    /// Where a session is required.
    pub(crate) session: Option<Span>,
    /// Where it says that it is signed.
    pub(crate) signed: Option<Span>,
    pub(crate) secure: bool,
    pub(crate) errors: Vec<At<Scalar>>,
    pub(crate) order: Option<At<Vec<Text<'a>>>>,
    pub(crate) request: Vec<Member<'a>>,
    pub(crate) reply: Vec<Member<'a>>,
    pub(crate) examples: Vec<Example<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Example<'a> {
    pub(crate) span: Span,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    /// Each of them is one of `form`, `query` and `url`.
    pub(crate) requests: Vec<(Text<'a>, Text<'a>)>,
    pub(crate) replies: Vec<(At<FormatKind>, Text<'a>)>,
    pub(crate) fails: Vec<(At<FormatKind>, (usize, usize))>,
    pub(crate) error: Option<At<Scalar>>,
    pub(crate) facts: Facts<'a>,
}
