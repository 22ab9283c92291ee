//! A definition after its checks: every reference resolved, every name ready for Rust, no position left. What the emitter reads.
//!
//! Whoever holds a [`Vendor`] may rely on it: names do not clash in Rust or on the wire, references lead somewhere, and every
//! enumeration of this module has been filled in where the definition left a default.

mod computed;
mod format;
mod operation;
mod pagination;
mod protocol;
mod rows;
mod session;
mod types;

pub use computed::{
    Algorithm, Computed, ComputedContent, EncodeSet, InReply, PairList, PairOrder, PairPart, PairSource,
    RequestWord, TemplatePart, TextEncoding,
};
pub use format::FormatKind;
pub use operation::{Example, ExampleReply, ExampleRequest, Group, Operation, Outcome, Raw};
pub use pagination::{Last, MemberPath, Next, Opening, Pagination};
pub use protocol::{
    Body, Class, Envelope, EnvelopeMember, ErrorCode, ErrorKeys, FormEncoding, Format, From, Groups,
    HttpMethod, Method, OPERATION, Parameter, Placement, Role, ServerCondition, Told, When,
};
pub use rows::{CellType, Cells, Headings, RowLines, Rows};
pub use session::{Path, Session, SessionField, SessionValue, Side, Step};
pub use types::{
    AutoFill, ClockUnit, EnumerationValue, Epoch, EpochUnit, Filler, Member, MemberDetails, Moment,
    ParameterLocation, Place, Repeat, SAMPLE_COOKIES, Type, TypeKind, UnionVariant, ValueType,
};

/// A vendor's whole definition.
#[derive(Debug)]
pub struct Vendor {
    /// The folder's name, which is the crate's: `parcel-post`.
    pub package: String,
    /// As the vendor calls its API: `Example XML API`.
    pub title: String,
    /// What people wrote about it.
    pub facts: Facts,
    /// `https://api.example.com`: scheme and host, without a trailing slash.
    pub endpoint: String,
    /// The charset of parameters, and of replies that do not say theirs; `None`: UTF-8.
    pub charset: Option<String>,
    /// How an operation's request may be sent, in the order of the definition.
    pub methods: Vec<Method>,
    /// How the bodies of requests are written, for operations that have one.
    pub body: Option<Body>,
    /// The formats of replies.
    pub formats: Vec<Format>,
    /// The parameters of every request, in the order of the wire.
    pub parameters: Vec<Parameter>,
    /// What is around every reply.
    pub envelope: Envelope,
    /// The members of the data that comes with an error: the protocol's, then what operations add.
    pub failure: Vec<Member>,
    /// The kinds of session: how each is opened and what it carries.
    pub sessions: Vec<Session>,
    /// What is computed of a request: signatures, digests, keys, composed headers.
    pub computed: Vec<Computed>,
    /// The vendor's errors.
    pub errors: Vec<ErrorCode>,
    /// Whether `errors` are numbers or names.
    pub error_keys: ErrorKeys,
    /// In the order of files (by name), then of the definition.
    pub types: Vec<Type>,
    /// The operations, by file.
    pub groups: Vec<Group>,
}

impl Vendor {
    /// Every operation with its group, in the order of the definition.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }
}

/// What people wrote about a thing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What it is, for the people who use it.
    pub doc: Option<String>,
    /// The page that states it.
    pub source: Option<String>,
    /// What the definition chose where the page leaves a rule open.
    pub assumption: Option<String>,
    /// How sure it is; `None`: the definition does not say.
    pub confidence: Option<Confidence>,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// The vendor's own page says it, or a running server shows it.
    High,
    /// A sister or older page of the vendor says it.
    Medium,
    /// It is inferred.
    Low,
}

impl Confidence {
    /// As the definition says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A name on the wire and the one in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the vendor spells it; the same in every format unless `xml`, `json` or `query` say otherwise.
    pub wire: String,
    /// In Rust's case for its kind, raw (`r#type`) where it is a keyword.
    pub rust: String,
}
