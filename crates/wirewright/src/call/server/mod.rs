//! The server side: `http::Request` -> operation, typed parameters, verified signature; answer or failure -> `http::Response`.

mod incoming;
mod receive;
mod rejection;
mod respond;
mod serve;

pub(super) use self::respond::respond;
pub use self::{
    incoming::{Incoming, Received},
    receive::receive,
    rejection::Rejection,
    respond::{not_found, write_answer, write_failure},
    serve::{Dispatch, Respond, Server},
};
