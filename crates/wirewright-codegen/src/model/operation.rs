//! Operations, by their groups, and the vendor's samples of them.

use super::{
    Facts, FormEncoding, FormatKind, Member, MemberPath, Method, Name, Next, Pagination, ParameterLocation,
    RowLines, Rows,
};

/// The operations of one file.
#[derive(Debug)]
pub struct Group {
    /// The file's name without ending: `auth`.
    pub name: Name,
    /// What people wrote about it.
    pub facts: Facts,
    /// In the order of the file.
    pub operations: Vec<Operation>,
}

/// One call that the vendor offers.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Operation {
    /// `wire` is the key in the file (`clientLogin`), `rust` the module's name (`client_login`).
    pub name: Name,
    /// What an operation parameter says.
    pub wire_name: String,
    /// Scheme and host, where they are not the vendor's.
    pub endpoint: Option<String>,
    /// `/auth/clientLogin`
    pub path: String,
    /// What people wrote about it.
    pub facts: Facts,
    /// How its request may be sent, in the order of the definition.
    pub methods: Vec<Method>,
    /// Indices into [`Vendor::formats`](super::Vendor::formats); none when the reply is no envelope.
    pub formats: Vec<usize>,
    /// The XML namespace of its replies, where it is not that of the format.
    pub namespace: Option<String>,
    /// What the reply may be when it is no envelope.
    pub raw: Option<Raw>,
    /// The kinds of session that it can be called with: indices into [`Vendor::sessions`](super::Vendor::sessions).
    pub sessions: Vec<usize>,
    /// Whether it can be called without a session.
    pub sessionless: bool,
    /// How a form that its request is, is encoded.
    pub form: FormEncoding,
    /// Whether its request is signed, in sessions that have the key.
    pub signed: bool,
    /// Whether a server takes it without a signature as well.
    pub signature_optional: bool,
    /// Whether a client sends it by GET where the caller chooses no method, although it takes POST.
    pub prefers_get: bool,
    /// Only over TLS.
    pub secure: bool,
    /// Whether sending it twice does no more than sending it once.
    pub repeatable: bool,
    /// Its own parameters, in the order of the wire.
    pub request: Vec<Member>,
    /// The members of the document that its request carries, in the order of the wire; `None`: it carries none.
    pub body: Option<Vec<Member>>,
    /// The members of its reply, in the order of the wire.
    pub reply: Vec<Member>,
    /// Parameters that always say the same, with what they say.
    pub constants: Vec<(String, String)>,
    /// The members of the data that comes with an error of its own, which are in [`Vendor::failure`](super::Vendor::failure) as well.
    pub failure: Vec<Member>,
    /// Where its reply can be read row by row.
    pub rows: Option<Box<Rows>>,
    /// Where its reply has a text whose lines can be read one by one.
    pub row_lines: Option<Box<RowLines>>,
    /// Where the document that its request carries can be written row by row.
    pub body_rows: Option<Box<Rows>>,
    /// The order of the envelope's members around this operation's reply: indices into [`Envelope::members`](super::Envelope::members). Mostly `0..n`.
    pub order: Vec<usize>,
    /// What was not seen of its page: its reply keeps what the definition does not describe, and its request takes more.
    pub partial: Option<String>,
    /// The HTTP status of a success.
    pub status: u16,
    /// Whether a success may have no body, though it has a reply.
    pub empty_reply: bool,
    /// Keys of the errors that the page lists for this operation.
    pub errors: Vec<String>,
    /// What its reply says of how the call went.
    pub outcome: Option<Box<Outcome>>,
    /// What its reply says of the next call, if it is a part of a whole.
    pub pagination: Option<Box<Pagination>>,
    /// The samples of its page.
    pub examples: Vec<Example>,
}

/// What tells that a reply is a refusal, though HTTP and the envelope call it a success.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The member of the reply that tells.
    pub status: MemberPath,
    /// Its values that mean success.
    pub success: Vec<String>,
    /// The keys of the errors that a server tells so.
    pub errors: Vec<String>,
    /// The member that says in words what is wrong.
    pub message: Option<MemberPath>,
}

/// A reply that is no envelope.
#[derive(Debug)]
pub struct Raw {
    /// The media types that it may have; empty: any.
    pub media_types: Vec<String>,
    /// The statuses of HTTP that mean success; empty: 200 to 299.
    pub statuses: Vec<u16>,
}

/// A sample of a vendor's page.
#[derive(Debug)]
pub struct Example {
    /// What it is called in tests.
    pub name: Name,
    /// What people wrote about it.
    pub facts: Facts,
    /// The request, as printed.
    pub request: Option<ExampleRequest>,
    /// The request's headers, a line each.
    pub headers: String,
    /// The secrets that the request is signed with, by their names.
    pub keys: Vec<(String, String)>,
    /// When the request was made, in seconds since 1970-01-01 UTC.
    pub clock: Option<u64>,
    /// The request's nonce.
    pub nonce: Option<String>,
    /// The reply, as printed, by format.
    pub replies: Vec<ExampleReply>,
    /// The parameters that the request leaves out though calls need them.
    pub lacks: Vec<String>,
    /// The key of the error that the replies are.
    pub error: Option<String>,
}

/// A request as a page prints it.
#[derive(Debug)]
pub enum ExampleRequest {
    /// A body of `application/x-www-form-urlencoded`.
    Form(String),
    /// The part behind `?`.
    Query(String),
    /// A whole URL.
    Url(String),
    /// A document, and where it is sent.
    Document {
        /// A whole URL, or the part from `?` on, which may be empty.
        url: String,
        /// The document.
        body: String,
    },
}

/// A reply as a page prints it.
#[derive(Debug)]
pub struct ExampleReply {
    /// The format that it is in.
    pub format: FormatKind,
    /// As printed.
    pub text: String,
    /// Its headers that are members, a line each.
    pub headers: String,
    /// Line and column of the decode error that it must give, when the vendor printed it wrong.
    pub fails: Option<(usize, usize)>,
}

impl Operation {
    /// The members of its reply that are in headers and cookies.
    pub fn in_reply_headers(&self) -> impl Iterator<Item = &Member> {
        self.reply.iter().filter(|member| member.location != ParameterLocation::Parameters)
    }

    /// Whether its request takes parameters that the definition does not tell of.
    pub fn takes_more(&self) -> bool {
        let goes_on = |pagination: &Pagination| matches!(pagination.next, Next::Further(_));
        self.partial.is_some() || self.pagination.as_deref().is_some_and(goes_on)
    }

    /// Everything that a caller can put into its request: its own parameters, and the members of its body.
    pub fn inputs(&self) -> impl Iterator<Item = &Member> {
        self.request.iter().chain(self.body.iter().flatten())
    }
}

impl Operation {
    /// Whether its reply can be read row by row.
    pub const fn has_rows(&self) -> bool {
        self.rows.is_some() || self.row_lines.is_some()
    }
}
