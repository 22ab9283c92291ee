//! Calls over a transport, async or [`blocking`]: single ones, rows, pages and uploads, tried again where that helps and does no harm.
//!
//! # The client of a vendor
//!
//! A generated crate has one type `Client<T, S>` over a transport `T`, which is in the session `S` or in [`NoSession`], and one type
//! `Call`, which the client's methods give, one method an operation:
//!
//! ```text
//! let session = client.login("chuck", "open sesame").send_blocking()?;     // async: .send().await?
//! let user = session.user_create("Chuck")                                  // what is required
//!     .email("chuck@example.com")                                          // what is not, by the vendor's name
//!     .with_timeout(Duration::from_secs(5))                                // with_: what is ours, not the vendor's
//!     .send_blocking()?;
//! session.call(stored_request).send().await?;                              // a request that was made elsewhere
//! session.logout().send_blocking()?;                                       // by value: no call after it compiles
//! ```
//!
//! Both types are the vendor's own, so that operations can be methods of the one and members of requests methods of the other. What
//! they do is here: [`Core`] behind the client, [`PendingCall`] behind the call. A crate has both from the hidden macro
//! `wirewright::generated::client`.
//!
//! # When a future is dropped
//!
//! A call that is cancelled, by a `select!`, a time limit or a task that is aborted, stops where it is. It may have reached the
//! vendor: what the vendor did is not known then, as after an error of the kind
//! [`Timeout`](TransportErrorKind::Timeout). A session
//! stays as it is, and further calls of it can be made. Nothing is lost of [items](Paginator) and
//! [rows](RowsReply) that way.
//!
//! | dropped | what stays open |
//! |---|---|
//! | a call of a session | the session |
//! | a session, without its method that closes it | the session, until the vendor lets it expire |
//! | a login, before the request was sent | nothing |
//! | a login, behind that | perhaps a session of which nobody knows: no one can close it |
//! | a call that closes a session | the session, unless the request has reached the vendor; its state is gone, if it was not saved |
//! | a `ReauthSession`, or a call of one | the current session; a login of the call is as any login |
//! | a `SessionGuard`, or its `open` or `close` | nothing: its task logs out, even behind a login that nobody waits for any more |
//!
//! So whoever has to leave no session behind opens it with `SessionGuard`, unless told so by its `leave_open`. Where nothing is awaited
//! `blocking::SessionGuard` does the same for whatever ends a block: its end, `?`, a panic.

pub(crate) mod attempts;
pub(crate) mod call;
pub(crate) mod call_blocking;
pub(crate) mod call_config;
pub(crate) mod caller;
pub(crate) mod config;
pub(crate) mod core;
mod macros;
pub(crate) mod outcome;
pub(crate) mod pagination;
pub(crate) mod pending;
#[cfg(feature = "rows")]
pub(crate) mod rows;
pub(crate) mod scope;
#[cfg(feature = "rows")]
pub(crate) mod upload_rows;
pub(crate) mod watch;

/// The same without `async`.
pub mod blocking {
    #[cfg(feature = "rows")]
    pub use crate::client::{
        rows::blocking::{RowsReply, call_rows},
        upload_rows::blocking::upload_rows,
    };
    pub use crate::{
        client::{call_blocking::call, pagination::blocking::Paginator},
        transport::blocking::{Chunks, StreamingTransport, Transport},
    };
}

pub use self::{
    call::call,
    call_config::CallConfig,
    caller::AsClient,
    config::Config,
    core::Core,
    outcome::{Answers, MayOpen, Opens, Outcome},
    pagination::{
        machine::Step,
        paginator::Paginator,
        request::{Counted, NextPage, Page, PaginatedRequest},
        typed::Pagination,
    },
    pending::{Output, PendingCall},
    scope::{In, NoSession, Scope},
};
#[cfg(feature = "rows")]
pub use self::{
    rows::{
        reading::RowsRequest,
        reply::{RowsReply, call_rows},
    },
    upload_rows::write::{RowsUpload, upload_rows, write_rows},
};
#[cfg(feature = "system")]
pub use crate::transport::environment::System;
#[cfg(feature = "stream")]
pub use crate::transport::stream::StreamBody;
pub use crate::{
    exchange::{
        offered::{Api, OfferedRequest, Raw},
        retry_policy::RetryPolicy,
    },
    transport::{
        asynchronous::{StreamingTransport, Transport},
        body::{BodyChunks, BodyReader, RequestBody},
        clock_skew::ClockSkew,
        environment::{Environment, NoEnvironment},
        error::{TransportError, TransportErrorKind},
        timeout::AttemptTimeout,
    },
};
