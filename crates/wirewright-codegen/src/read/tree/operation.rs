//! Groups and their operations.

use super::facts::Facts;
use super::member::Member;
use super::protocol::{Protocol, Session};
use crate::model::{ClockUnit, FormatKind, HttpMethod, Method};
use crate::read::table::Scalar;
use crate::source::{At, Span, Text};

#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// The place of the file.
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) operations: Vec<Operation<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) rust: String,
    /// What gives its name in Rust.
    pub(crate) name: Option<Text<'a>>,
    pub(crate) wire_name: Option<Text<'a>>,
    /// Its own or the group's, as everything that a group can say.
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) methods: Option<At<Vec<At<Method>>>>,
    pub(crate) formats: Option<At<Vec<At<FormatKind>>>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) raw: Option<Raw<'a>>,
    /// What it can be called with; `None`: without a session.
    pub(crate) session: Option<At<Vec<Text<'a>>>>,
    /// What its requests always say.
    pub(crate) constants: Vec<(Text<'a>, Text<'a>)>,
    /// Where it says that its request is multipart.
    pub(crate) multipart: Option<Span>,
    /// The method of a client whose caller chooses none.
    pub(crate) prefer: Option<At<HttpMethod>>,
    /// Where it says that it is signed.
    pub(crate) signed: Option<Span>,
    /// Where it says that a server takes it unsigned as well.
    pub(crate) signature_optional: Option<Span>,
    pub(crate) secure: bool,
    /// Where it, or its group, says that it may be repeated.
    pub(crate) repeatable: Option<Span>,
    /// The HTTP status of a success.
    pub(crate) status: Option<At<usize>>,
    /// Where it says that a success may have no body.
    pub(crate) empty_reply: Option<Span>,
    pub(crate) errors: Vec<At<Scalar>>,
    pub(crate) order: Option<At<Vec<Text<'a>>>>,
    /// What is missing of it.
    pub(crate) partial: Option<Text<'a>>,
    pub(crate) request: Vec<Member<'a>>,
    /// The members of its body, and where it says that it has one.
    pub(crate) body: Option<At<Vec<Member<'a>>>>,
    pub(crate) reply: Vec<Member<'a>>,
    /// The members of the data that comes with an error of its own.
    pub(crate) failure: Vec<Member<'a>>,
    pub(crate) outcome: Option<Box<Outcome<'a>>>,
    pub(crate) pagination: Option<Box<Pagination<'a>>>,
    pub(crate) examples: Vec<Example<'a>>,
    pub(crate) facts: Facts<'a>,
}

impl<'a> Operation<'a> {
    /// The path of its URL, in this group.
    pub(crate) fn path_in(&self, group: &Group<'_>, protocol: &Protocol<'_>) -> String {
        let path = self.path.or(protocol.path).map_or("/{group}/{operation}", |path| path.value);
        path_of(path, &group.name, self.key.value)
    }

    /// The members of its request's body, if it has one.
    pub(crate) fn carried(&self) -> &[Member<'a>] {
        self.body.as_ref().map_or(&[], |body| &body.value)
    }

    /// Everything that a caller can put into its request.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Member<'a>> {
        self.request.iter().chain(self.carried())
    }

    /// Its name on the wire.
    pub(crate) fn on_the_wire(&self) -> Text<'a> {
        self.wire_name.unwrap_or(self.key)
    }

    /// Where it says that it is called with this session.
    pub(crate) fn takes(&self, session: &Session<'_>) -> Option<Span> {
        let said = self.session.iter().flat_map(|said| &said.value);
        said.filter(|text| text.value == session.word()).map(|text| text.span).next()
    }

    /// Whether it can be called without a session.
    pub(crate) fn sessionless(&self) -> bool {
        self.session.as_ref().is_none_or(|said| said.value.iter().any(|text| text.value == NONE))
    }
}

/// What tells how a call went.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) span: Span,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) success: Vec<Text<'a>>,
    pub(crate) errors: Vec<At<Scalar>>,
    pub(crate) message: Option<Text<'a>>,
}

/// What a reply says of the next call.
#[derive(Debug)]
pub(crate) struct Pagination<'a> {
    /// The place of the word.
    pub(crate) span: Span,
    pub(crate) items: Option<Text<'a>>,
    pub(crate) url: Option<Text<'a>>,
    pub(crate) hosts: Option<At<Vec<Text<'a>>>>,
    /// Where it says that there are some; each is a parameter of the request and a member of the reply.
    pub(crate) parameters: Option<At<Vec<(Text<'a>, Text<'a>)>>>,
    pub(crate) further: Option<Text<'a>>,
    pub(crate) without: Vec<Text<'a>>,
    pub(crate) page: Option<Text<'a>>,
    pub(crate) pages: Option<Text<'a>>,
    pub(crate) offset: Option<Text<'a>>,
    pub(crate) total: Option<Text<'a>>,
    pub(crate) first: Option<At<usize>>,
    pub(crate) wait: Option<Text<'a>>,
    pub(crate) held: Option<Text<'a>>,
    pub(crate) held_default: Option<At<usize>>,
    pub(crate) held_opening: Option<Text<'a>>,
    pub(crate) unit: Option<At<ClockUnit>>,
    pub(crate) last: Option<Text<'a>>,
    pub(crate) until_empty: bool,
    /// Where it says so.
    pub(crate) from_opening: Option<Span>,
}

/// A reply that is no envelope.
#[derive(Debug)]
pub(crate) struct Raw<'a> {
    /// The place of the word.
    pub(crate) span: Span,
    pub(crate) media: Option<At<Vec<Text<'a>>>>,
    pub(crate) status: Option<At<Vec<At<Scalar>>>>,
}

/// What an operation says that can be called without a session.
pub(crate) const NONE: &str = "none";

/// A path with these names in the places that it leaves open for them.
pub(crate) fn path_of(path: &str, group: &str, operation: &str) -> String {
    path.replace("{group}", group).replace("{operation}", operation)
}

#[derive(Debug)]
pub(crate) struct Example<'a> {
    pub(crate) span: Span,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    /// Each of them is one of `form`, `query`, `url` and `body`.
    pub(crate) requests: Vec<(Text<'a>, Text<'a>)>,
    /// The request's headers.
    pub(crate) request_headers: Option<Text<'a>>,
    /// What it is signed with.
    pub(crate) keys: Vec<(Text<'a>, Text<'a>)>,
    pub(crate) clock: Option<Text<'a>>,
    pub(crate) nonce: Option<Text<'a>>,
    pub(crate) replies: Vec<(At<FormatKind>, Text<'a>)>,
    /// The headers of them all.
    pub(crate) reply_headers: Option<Text<'a>>,
    pub(crate) fails: Vec<(At<FormatKind>, (usize, usize))>,
    /// The parameters that the request leaves out.
    pub(crate) lacks: Vec<Text<'a>>,
    pub(crate) error: Option<At<Scalar>>,
    pub(crate) facts: Facts<'a>,
}
