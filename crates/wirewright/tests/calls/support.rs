//! A small vendor, written by hand as a generated crate would be: commands at one path, named by a parameter; XML, JSON, JSONP or
//! a query string back; a session that a login opens; signatures over path, method and parameters in descending order.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "the test `span` looks at a part of it alone")]

use std::{borrow::Cow, time::Duration};

use http::Method;
use wirewright::{
    Format, Secret, Wire,
    client::{Config, NextPage, Page, PaginatedRequest},
    describe::{
        Class, FormatDescription, MethodDescription, Operation, ParameterDescription, ParameterSource,
        Placement, Protocol, ServerCondition, SessionKind,
    },
    exchange::{self, CallContext, Error, SessionContext},
    generated::{self, OpenedEnvelope, Payload},
    server::Secrets,
    sign::{
        Computation, Compute as _, ComputedParameter, Demand, EncodeSet, HMAC_SHA256, Known, KnownText,
        Message, PairList, PairOrder, PairSource, Part, Signed, Step, StepContent, TextEncoding,
    },
    wire::Document,
};

pub const ENDPOINT: &str = "https://api.lantern.example";

pub static SIGNING: Computation = Computation {
    steps: &[
        Step {
            percent_encode: EncodeSet::Rfc3986,
            ..Step::new(
                "parameters",
                StepContent::Pairs(&PairList {
                    without: &["sig"],
                    order: PairOrder::Descending,
                    ..PairList::new(&[PairSource::Query, PairSource::Form])
                }),
            )
        },
        Step {
            algorithms: &[&HMAC_SHA256],
            key: &[&[Part::Session { name: "key", optional: false }]],
            encoding: Some(TextEncoding::Hex),
            ..Step::new(
                "signature",
                StepContent::Template(&[
                    Part::Path,
                    Part::Literal("\n"),
                    Part::Method,
                    Part::Literal("\n"),
                    Part::Step(0),
                ]),
            )
        },
    ],
    parameters: &[ComputedParameter { name: "sig", step: 1, demand: Demand::Session }],
    reply: None,
};

/// What a server knows of the session whose key this is.
pub fn under<'k>(key: &'k [&'k str; 1]) -> Secrets<'k> {
    Secrets::none().of_session(&SESSION, key)
}

/// A parameter of every request, among the others.
pub const fn common(name: &'static str, source: ParameterSource) -> ParameterDescription {
    ParameterDescription::new(name, source)
}

pub const PARAMETERS: &[ParameterDescription] = &[
    common("v", ParameterSource::Constant("2")),
    common("cmd", ParameterSource::Operation),
    common("", ParameterSource::Request),
    common("app", ParameterSource::Client(0)),
    common("fmt", ParameterSource::Format),
    common("cb", ParameterSource::Callback),
    common("token", ParameterSource::Session),
    common("sig", ParameterSource::Computed(0)),
    common("rid", ParameterSource::RequestId(0)),
];

pub const FORMATS: &[FormatDescription] = &[
    FormatDescription {
        format: Format::Xml,
        value: Some("xml"),
        also: &[],
        declaration: true,
        media_type: "text/xml",
        nested: ".",
        lines: false,
    },
    FormatDescription {
        format: Format::Json,
        value: Some("json"),
        also: &["JSON", "js"],
        declaration: false,
        media_type: "application/json",
        nested: ".",
        lines: false,
    },
    FormatDescription {
        format: Format::Query,
        value: Some("qs"),
        also: &[],
        declaration: false,
        media_type: "application/x-www-form-urlencoded",
        nested: "_",
        lines: false,
    },
];

/// What a login opens.
pub static SESSION: SessionKind =
    SessionKind { name: "session", parameters: &["token"], fields: &["key"], keyed: true };

pub static PROTOCOL: Protocol = Protocol {
    charset: None,
    title: "Lantern",
    endpoint: ENDPOINT,
    formats: FORMATS,
    parameters: PARAMETERS,
    code_header: None,
    computation: Some(&SIGNING),
};

const QUERY: MethodDescription = MethodDescription { method: Method::GET, placement: Placement::Query };
const FORM: MethodDescription = MethodDescription { method: Method::POST, placement: Placement::Form };

/// Opens a session: a form only, over TLS only.
pub static LIGHT: Operation = Operation {
    name: "lamp/light",
    wire_name: "light",
    endpoint: None,
    path: "/rpc",
    protocol: &PROTOCOL,
    methods: &[FORM],
    formats: &[Format::Xml, Format::Json, Format::Query],
    sessions: &[],
    sessionless: true,
    signed: false,
    signature_optional: false,
    prefers_get: false,
    secure: true,
    opens_session: true,
    ..Operation::new(&PROTOCOL)
};

/// Asks for a lamp, without a session, as often as one likes.
pub static SHOW: Operation = Operation {
    name: "lamp/show",
    wire_name: "show",
    methods: &[QUERY],
    formats: &[Format::Xml, Format::Json],
    secure: false,
    repeatable: true,
    ..COMMAND
};

/// Closes a session: signed.
pub static DOUSE: Operation = Operation {
    name: "lamp/douse",
    wire_name: "douse",
    sessions: &[&SESSION],
    sessionless: false,
    signed: true,
    ..COMMAND
};

const COMMAND: Operation = Operation {
    name: "",
    wire_name: "",
    endpoint: None,
    path: "/rpc",
    protocol: &PROTOCOL,
    methods: &[QUERY, FORM],
    formats: &[Format::Xml, Format::Json, Format::Query],
    sessions: &[],
    sessionless: true,
    ..Operation::new(&PROTOCOL)
};

pub static OPERATIONS: [&Operation; 3] = [&LIGHT, &SHOW, &DOUSE];

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct ClientParameters {
    pub app: String,
}

#[derive(Clone, Debug, Default, PartialEq, Wire)]
pub struct CallOptions {
    pub rid: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct SessionParameters {
    pub token: Secret<String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct Light {
    pub user: String,
    pub password: Secret<String>,
    pub site: Option<Site>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct Site {
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct Opening {
    pub token: Secret<String>,
    pub key: Secret<String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct Show {
    pub lamp: u32,
}

#[derive(Clone, Debug, PartialEq, Wire)]
pub struct Shown {
    pub lamp: u32,
    pub state: State,
    pub note: Option<String>,
    #[wire(list(item = "tag"))]
    pub tags: Vec<String>,
}

/// A state that nobody has described yet is kept.
#[derive(Clone, Debug, PartialEq, Wire)]
pub enum State {
    #[wire(name = "LIT", also = ["BURNING"])]
    Lit,
    #[wire(name = "DARK")]
    Dark,
    #[wire(other)]
    Other(String),
}

#[derive(Clone, Debug, Default, PartialEq, Wire)]
pub struct Douse {
    pub why: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Wire)]
pub struct Doused {}

macro_rules! request {
    ($request:ty, $reply:ty, $operation:expr $(, $held:item)?) => {
        impl exchange::Request for $request {
            const OPERATION: &'static Operation = &$operation;
            type Envelope = Envelope<$reply>;
            type FailedEnvelope = Envelope<Document>;
            type LooseEnvelope = Envelope<Document>;
            type Answer = Answer<$reply>;
            type Failure = Failure;

            $($held)?
        }
    };
}

request!(Light, Opening, LIGHT);
request!(Show, Shown, SHOW);
request!(
    Douse,
    Doused,
    DOUSE,
    fn held(&self) -> Option<Duration> {
        (self.why.as_deref() == Some("held")).then_some(Duration::from_secs(60))
    }
);

/// Goes on at the URL that `why` said, for as long as there is one.
impl PaginatedRequest for Douse {
    type Item = &'static str;
    const HOSTS: &'static [&'static str] = &["https://spare.example:8443"];

    fn part(&mut self, _: Answer<Doused>) -> Page<&'static str> {
        let url = self.why.take().map(Secret::from);
        Page::new(vec!["doused"], NextPage::url(url))
    }
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "reply", json_root = "reply")]
pub struct Envelope<D> {
    #[wire(first)]
    pub code: Option<i64>,
    pub text: Option<String>,
    pub rid: Option<String>,
    pub data: Option<D>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer<D> {
    pub data: D,
    pub rid: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub code: Code,
    pub text: Option<String>,
    pub rid: Option<String>,
    pub data: Document,
}

impl<D: Payload> generated::Envelope for Envelope<D> {
    type Answer = Answer<D>;
    type Failure = Failure;

    fn open(self) -> OpenedEnvelope<Answer<D>, Failure> {
        let Some(code) = self.code else { return OpenedEnvelope::NoStatus };
        if code != 0 {
            let data = self.data.and_then(|data| data.cast::<Document>().ok()).unwrap_or_default();
            return OpenedEnvelope::Failure(Failure {
                code: Code::from(code),
                text: self.text,
                rid: self.rid,
                data,
            });
        }
        match self.data.or_else(D::absent) {
            Some(data) => OpenedEnvelope::Success(Answer { data, rid: self.rid }),
            None => OpenedEnvelope::Missing("data"),
        }
    }

    fn seal(answer: Answer<D>, _operation: &'static Operation) -> Self {
        Self { code: Some(0), text: None, rid: answer.rid, data: answer.data.present() }
    }

    fn refuse(failure: Failure, _path: &str) -> Self {
        Self {
            code: Some(failure.code.number()),
            text: failure.text,
            rid: failure.rid,
            data: failure.data.present().and_then(|data| data.cast().ok()),
        }
    }

    fn request_id(&self) -> Option<&str> {
        self.rid.as_deref()
    }
}

impl exchange::Failure for Failure {
    type Code = Code;
    type Data = Document;

    fn refused(code: Code, parameter: Option<&str>) -> Self {
        Self { code, text: parameter.map(str::to_owned), rid: None, data: Document::Null }
    }

    fn code(&self) -> &Code {
        &self.code
    }

    fn message(&self) -> Option<&str> {
        self.text.as_deref()
    }

    fn request_id(&self) -> Option<&str> {
        self.rid.as_deref()
    }

    fn data(&self) -> &Document {
        &self.data
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Code {
    Missing,
    Invalid,
    Method,
    Unknown,
    Signature,
    Session,
    Busy,
    Other(i64),
}

impl Code {
    const ALL: [(Self, i64); 7] = [
        (Self::Missing, 1),
        (Self::Invalid, 2),
        (Self::Method, 3),
        (Self::Unknown, 4),
        (Self::Signature, 5),
        (Self::Session, 6),
        (Self::Busy, 7),
    ];

    pub fn number(self) -> i64 {
        match self {
            Self::Other(number) => number,
            known => Self::ALL.iter().find(|(code, _)| *code == known).map_or(0, |(_, number)| *number),
        }
    }
}

impl From<i64> for Code {
    fn from(number: i64) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == number).map_or(Self::Other(number), |(code, _)| *code)
    }
}

impl exchange::ErrorCode for Code {
    fn from_wire(code: &str) -> Self {
        code.parse::<i64>().map_or(Self::Other(-1), Self::from)
    }

    fn as_wire(&self) -> Option<Cow<'_, str>> {
        Some(self.number().to_string().into())
    }

    fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }

    fn class(&self) -> Class {
        match self {
            Self::Busy => Class::Retry,
            Self::Session => Class::LogInAgain,
            Self::Other(_) => Class::GiveUp,
            _ => Class::InvalidRequest,
        }
    }

    fn description(&self) -> &'static str {
        "what the page says"
    }

    fn on(condition: ServerCondition) -> Option<Self> {
        match condition {
            ServerCondition::ParameterMissing => Some(Self::Missing),
            ServerCondition::ParameterInvalid => Some(Self::Invalid),
            ServerCondition::MethodNotAllowed => Some(Self::Method),
            ServerCondition::OperationUnknown => Some(Self::Unknown),
            ServerCondition::SignatureWrong => Some(Self::Signature),
            _ => None,
        }
    }

    fn http_status(&self) -> Option<u16> {
        (*self == Self::Busy).then_some(429)
    }

    fn on_http_status(status: u16) -> Option<Self> {
        (status == 429).then_some(Self::Busy)
    }
}

/// Whoever calls: a client, a session and its key.
pub struct Caller {
    pub client: ClientParameters,
    pub options: CallOptions,
    pub session: SessionParameters,
    pub key: [Secret<String>; 1],
}

impl Caller {
    pub fn new() -> Self {
        Self {
            client: ClientParameters { app: "app 1".into() },
            options: CallOptions { rid: Some("r-1".into()) },
            session: SessionParameters { token: "to+k/en=".into() },
            key: ["key-hunter2".into()],
        }
    }

    pub fn context<'a>(&'a self, settings: &'a Config) -> CallContext<'a> {
        CallContext {
            client: &self.client,
            options: &self.options,
            session: Some(SessionContext { kind: &SESSION, parameters: &self.session, fields: &self.key }),
            ..settings.context()
        }
    }
}

pub fn response(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> http::Response<Vec<u8>> {
    let response = http::Response::builder().status(status).header("Content-Type", content_type);
    response.body(body.into()).expect("the parts make a response")
}

/// What became of a reply, in a line for tables.
pub fn outcome<A>(result: &Result<A, Error<Failure>>) -> String {
    match result {
        Ok(_) => "answer".into(),
        Err(Error::Vendor(error)) => format!("vendor {}", error.failure.code.number()),
        Err(Error::Decode(error)) => {
            let error = &error.error;
            let path = error.path();
            format!(
                "decode {}:{}{}{path} {}",
                error.line(),
                error.column(),
                if path.is_empty() { "" } else { " " },
                error.kind()
            )
        }
        Err(Error::Http(error)) => format!("http {} {}", error.status.as_u16(), error.reason),
        Err(error) => error.to_string(),
    }
}

/// The signature of these parameters under the key of [`Caller::new`].
pub fn signature(method: &str, url: &str, form: &str) -> String {
    struct Key;

    impl Known for Key {
        fn client(&self, _: usize) -> Option<KnownText<'_>> {
            None
        }

        fn session(&self, field: &str) -> Option<KnownText<'_>> {
            (field == "key").then(|| KnownText::new("key-hunter2"))
        }
    }
    let message = Message { method, url, query: form, ..Message::EMPTY };
    SIGNING.value(1, &Signed::new(&message, &Key)).expect("all of it is there")
}
