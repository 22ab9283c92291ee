//! Every operation of the generated crates.

use std::fmt::Debug;

use wirewright::{
    call::{Nothing, Operation, Request},
    wire::OwnedMessage,
};

/// What is done with each operation: `R` is its request, `C`, `O` and `S` are the client's, the call's and the session's
/// parameters.
pub(crate) trait Visit {
    /// One operation.
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync;
}

/// The operations by vendor.
pub(crate) static OPERATIONS: [&[&Operation]; 3] =
    [&nina::server::OPERATIONS, &ten_ten_data::server::OPERATIONS, &videntity::server::OPERATIONS];

/// Visits every operation.
pub(crate) fn each(visit: &mut impl Visit) {
    {
        use nina::{CallOptions, ClientParameters, SessionParameters, auth};
        visit.operation::<auth::client_login::Request, ClientParameters, CallOptions, SessionParameters>();
        visit.operation::<auth::logout::Request, ClientParameters, CallOptions, SessionParameters>();
    }
    {
        use ten_ten_data::{SessionParameters, session};
        visit.operation::<session::login::Request, Nothing, Nothing, SessionParameters>();
        visit.operation::<session::logout::Request, Nothing, Nothing, SessionParameters>();
    }
    {
        use videntity::{SessionParameters, session};
        visit.operation::<session::login::Request, Nothing, Nothing, SessionParameters>();
        visit.operation::<session::ping::Request, Nothing, Nothing, SessionParameters>();
        visit.operation::<session::logout::Request, Nothing, Nothing, SessionParameters>();
    }
}
