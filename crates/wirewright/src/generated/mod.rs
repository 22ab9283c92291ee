//! What generated crates name, and tools that know no vendor. It is no part of the interface for people: what is here and has a
//! page elsewhere is better taken from there.

pub mod features;
pub mod prelude;
mod version;
mod visitor;

pub use self::visitor::Visitor;
/// The same without `async`.
pub use crate::client::blocking;
#[cfg(feature = "server")]
pub use crate::server::{
    Received, Server, not_found,
    raw::write_raw,
    respond::{write_answer, write_failure},
    serve::Dispatch,
    serving::{Serve, ServeSessions, Serving, not_offered},
};
pub use crate::{
    __api as api, __assert_version as assert_version, __client as client, __session_state as session_state,
    client::{
        Config, Counted, NextPage, Page, PaginatedRequest, Pagination, Paginator, Transport, call,
        pagination::request::{
            Caller, behind_number, behind_offset, milliseconds, next_number, next_offset, seconds,
        },
    },
    exchange::{
        Error, ErrorCode, Failure, Nothing, Request,
        described::DescribedSession,
        payload::{Payload, present, with_first_told, with_told},
        raw_envelope::RawEnvelope,
        typed::{Envelope, OpenedEnvelope, fill_message, http_class, http_reason},
    },
    session::SessionOpenOutcome,
    transport::clock_skew::ClockSkew,
};
#[cfg(feature = "rows")]
pub use crate::{
    __client_rows as client_rows,
    client::{RowsRequest, RowsUpload},
};
