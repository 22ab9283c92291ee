//! The words of the definition language: which keys each table takes, of what type, and what they say.
//!
//! Readers check a table against these before they look into it, and the language's reference is written from them, with an
//! example of each word from `reference/examples`.

mod computed;
mod facts;
mod member;
mod operation;
mod project;
mod protocol;
mod session;
mod types;
mod vocabulary;

pub use computed::COMPUTED;
pub(crate) use computed::{Algorithms, EncodeSets, PairOrders, PairSources, TextEncodings};
pub(crate) use facts::CONFIDENCE;
pub use facts::FACTS;
pub use member::{CELLS, LIST, MAP, MEMBER, REPLY, REQUEST, ROWS};
pub(crate) use member::{Formats, IN_REQUESTS, ParameterLocation};
pub use operation::{
    EXAMPLE, EXAMPLE_FAILS, EXAMPLE_REPLY, EXAMPLE_REQUEST, GROUP, OPERATION, OUTCOME, PAGINATION, POSITION,
    RAW,
};
pub use project::{DEPENDENCY, PACKAGE, PROJECT};
pub use protocol::{BODY, ENVELOPE, ERROR, FORMAT, PARAMETER, PROTOCOL, TELLS};
pub(crate) use protocol::{Classes, Methods, Placements, Provider, Providers, Roles, ServerConditions};
pub use session::{SESSION, SESSION_FIELD};
pub(crate) use types::EpochUnits;
pub use types::{TYPE, VALUE, VARIANT};
pub use vocabulary::{Alternative, Entries, EntryKind, ValueKind, Vocabulary, Word};
pub(crate) use vocabulary::{Alternatives, Key, kind};

/// The words of each table, by which its reader names them.
pub(crate) mod keys {
    pub(crate) use super::computed::computed;
    pub(crate) use super::facts::facts;
    pub(crate) use super::member::{cells, list, map, member, request, rows};
    pub(crate) use super::operation::{
        example, example_reply, example_request, group, operation, outcome, pagination, position, raw,
    };
    pub(crate) use super::project::{dependency, package, project};
    pub(crate) use super::protocol::{body, envelope, error, format, parameter, protocol, tells};
    pub(crate) use super::session::{session, session_field};
    pub(crate) use super::types::{named_type, value, variant};
}
