//! What all operations have in common: formats, parameters, the envelope, sessions, computed values, errors.

use std::collections::HashMap;

use super::facts::Facts;
use super::member::Member;
use crate::model::{
    Algorithm, Class, EncodeSet, ErrorKeys, FormatKind, Method, PairOrder, PairSource, Role, ServerCondition,
    TextEncoding, When,
};
use crate::read::table::Scalar;
use crate::source::{At, Span, Text};
use crate::words::Provider;

#[derive(Debug)]
pub(crate) struct Protocol<'a> {
    /// The place of the file.
    pub(crate) span: Span,
    pub(crate) title: Option<Text<'a>>,
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) charset: Option<Text<'a>>,
    pub(crate) methods: At<Vec<At<Method>>>,
    pub(crate) body: Option<Body<'a>>,
    pub(crate) formats: At<Vec<Format<'a>>>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) envelope: At<Vec<EnvelopeMember<'a>>>,
    /// The members of the data that comes with an error.
    pub(crate) failure: Vec<Member<'a>>,
    /// The kinds of session; one without a name is `[session]`.
    pub(crate) sessions: Vec<Session<'a>>,
    pub(crate) computed: Vec<Computed<'a>>,
    pub(crate) errors: Vec<ErrorCode<'a>>,
    pub(crate) facts: Facts<'a>,
}

impl Protocol<'_> {
    /// What errors are known by: as the first one is; without any, as the member has it that tells them.
    pub(crate) fn error_keys(&self) -> ErrorKeys {
        let with =
            |role| self.envelope.value.iter().find(move |one| one.role.is_some_and(|own| own.value == role));
        let code = || with(Role::Code).or_else(|| with(Role::Status)).and_then(|one| one.member.kind);
        match (self.errors.first(), code()) {
            (Some(error), _) => error.keys,
            (None, Some(kind)) if kind.value == "integer" => ErrorKeys::Numbers,
            (None, _) => ErrorKeys::Names,
        }
    }

    /// Whether a structure of the envelope tells this of an error.
    pub(crate) fn tells(&self, role: Role) -> bool {
        self.envelope.value.iter().any(|one| one.tells.iter().any(|(told, _)| *told == role))
    }

    /// Whether the envelope has a place for replies.
    pub(crate) fn has_place_of_data(&self) -> bool {
        self.envelope.value.iter().any(|one| one.role.is_some_and(|role| role.value == Role::Data))
    }
}

impl<'a> Protocol<'a> {
    /// The computed value of this name.
    pub(crate) fn computed(&self, name: &str) -> Option<&Computed<'a>> {
        self.computed.iter().find(|step| step.key.value == name)
    }
}

#[derive(Debug)]
pub(crate) struct Format<'a> {
    pub(crate) kind: FormatKind,
    pub(crate) span: Span,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) also: Vec<Text<'a>>,
    pub(crate) root: Option<Text<'a>>,
    pub(crate) failure_root: Option<Text<'a>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) declaration: Option<At<bool>>,
    pub(crate) media_type: Option<Text<'a>>,
    pub(crate) nested: Option<Text<'a>>,
    pub(crate) lines: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
}

/// How the bodies of requests are written.
#[derive(Debug)]
pub(crate) struct Body<'a> {
    pub(crate) span: Span,
    pub(crate) format: At<FormatKind>,
    pub(crate) root: Option<Text<'a>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) declaration: Option<At<bool>>,
    pub(crate) media_type: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Parameter<'a> {
    pub(crate) member: Member<'a>,
    pub(crate) from: Option<At<Provider>>,
    /// Where it says that it is the id of the request.
    pub(crate) request_id: Option<Span>,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) accepts: Option<At<Vec<Text<'a>>>>,
    pub(crate) field: Option<Text<'a>>,
    pub(crate) groups: Option<At<Vec<Text<'a>>>>,
    pub(crate) except_groups: Option<At<Vec<Text<'a>>>>,
    /// The kinds of credentials that it is of.
    pub(crate) credentials: Option<At<Vec<Text<'a>>>>,
}

impl Parameter<'_> {
    /// Whether this is its name, in the definition or on the wire.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.member.key.value == name || self.member.wire(FormatKind::Query).value == name
    }

    /// Whether it is another name of a value that the client has.
    pub(crate) fn is_again(&self) -> bool {
        self.field.is_some() && self.from.is_some_and(|from| from.value == Provider::Client)
    }

    /// Whether it is of these credentials.
    pub(crate) fn is_of(&self, kind: &str) -> bool {
        self.credentials.as_ref().is_some_and(|kinds| kinds.value.iter().any(|one| one.value == kind))
    }

    /// Whether the operations of a group carry it.
    pub(crate) fn goes_with(&self, group: &str) -> bool {
        let names = |groups: &At<Vec<Text<'_>>>| groups.value.iter().any(|named| named.value == group);
        self.groups.as_ref().is_none_or(names) && !self.except_groups.as_ref().is_some_and(names)
    }
}

#[derive(Debug)]
pub(crate) struct EnvelopeMember<'a> {
    pub(crate) member: Member<'a>,
    pub(crate) role: Option<At<Role>>,
    /// Whether it says what it tells in a way that has been reported.
    pub(crate) unclear: bool,
    pub(crate) when: When,
    /// The name of the member that is around it.
    pub(crate) within: Option<Text<'a>>,
    /// What it tells of an error with members of its own, and which those are.
    pub(crate) tells: Vec<(Role, Text<'a>)>,
    /// The formats that have it, where not all do.
    pub(crate) only_in: At<Vec<FormatKind>>,
    /// Without the values that can be none of a status, which have been reported.
    pub(crate) success: Option<At<Vec<At<Scalar>>>>,
    pub(crate) failure: Option<At<Scalar>>,
    pub(crate) value: Option<At<Scalar>>,
    /// Where it says that its numbers are statuses of HTTP.
    pub(crate) http_codes: Option<Span>,
    /// The header that has the code as well.
    pub(crate) header: Option<Text<'a>>,
    /// Whether it echoes the operation's name.
    pub(crate) echoes: Option<At<bool>>,
    /// Whether there is a `success`, and whether there is a `failure`, that cannot be read as a whole.
    pub(crate) unread: [bool; 2],
}

#[derive(Debug)]
pub(crate) struct Session<'a> {
    /// The name of the kind; `None`: `[session]`.
    pub(crate) key: Option<Text<'a>>,
    /// Where it is said.
    pub(crate) span: Span,
    /// What its types' names in Rust start with.
    pub(crate) rust: String,
    pub(crate) opens: Option<Text<'a>>,
    pub(crate) closes: Option<Text<'a>>,
    pub(crate) conditional: Option<At<bool>>,
    pub(crate) clock: Option<Text<'a>>,
    pub(crate) fields: Vec<SessionField<'a>>,
    /// The number of each field, by its key.
    pub(crate) numbers: HashMap<&'a str, usize>,
    pub(crate) facts: Facts<'a>,
}

impl<'a> Session<'a> {
    /// What an operation that needs it says.
    pub(crate) fn word(&self) -> &'a str {
        self.key.map_or("required", |key| key.value)
    }

    /// The table that says it, as in `sessions.NAME`.
    pub(crate) fn table(&self) -> String {
        self.key.map_or_else(|| "session".to_owned(), |key| format!("sessions.{}", key.value))
    }

    pub(crate) fn field(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }
}

#[derive(Debug)]
pub(crate) struct SessionField<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) from: Option<Text<'a>>,
    pub(crate) secret: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Computed<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) text: Option<Text<'a>>,
    pub(crate) pairs: Option<Vec<At<PairSource>>>,
    pub(crate) pairs_of: Option<Text<'a>>,
    pub(crate) only: Option<At<Vec<Text<'a>>>>,
    pub(crate) except: Option<At<Vec<Text<'a>>>>,
    pub(crate) must_include: Option<At<Vec<Text<'a>>>>,
    pub(crate) order: Option<At<PairOrder>>,
    pub(crate) each: Option<Text<'a>>,
    pub(crate) join: Option<Text<'a>>,
    pub(crate) prefix: Option<Text<'a>>,
    pub(crate) lowercase: Option<At<bool>>,
    pub(crate) repeated: Option<Text<'a>>,
    pub(crate) collapse: Option<At<bool>>,
    pub(crate) percent_encode: Option<At<EncodeSet>>,
    pub(crate) algorithm: Option<Vec<At<Algorithm>>>,
    /// Whether an algorithm has been reported as unknown.
    pub(crate) unread_algorithm: bool,
    pub(crate) keys: Option<At<Vec<Text<'a>>>>,
    pub(crate) key_encoding: Option<At<TextEncoding>>,
    pub(crate) encoding: Option<At<TextEncoding>>,
    /// The pair of replies that carries it.
    pub(crate) in_reply: Option<Text<'a>>,
    /// The header of replies that carries it.
    pub(crate) in_reply_header: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

impl<'a> Computed<'a> {
    /// The pair or the header of replies that carries it.
    pub(crate) fn signs_replies(&self) -> Option<Text<'a>> {
        self.in_reply.or(self.in_reply_header)
    }

    /// Its templates: the text, and the keys.
    pub(crate) fn templates(&self) -> impl Iterator<Item = Text<'a>> {
        self.text.into_iter().chain(self.keys.iter().flat_map(|keys| keys.value.iter().copied()))
    }
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
    /// The HTTP status of its replies.
    pub(crate) http: Option<At<usize>>,
    pub(crate) when: Vec<At<ServerCondition>>,
    pub(crate) facts: Facts<'a>,
}
