//! The server side: `http::Request` -> operation, typed parameters, verified signature; answer or failure -> `http::Response`.

pub(crate) mod address;
#[cfg(feature = "multipart")]
pub(crate) mod form;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod in_process;
pub(crate) mod incoming;
pub(crate) mod media;
pub(crate) mod provided;
pub(crate) mod raw;
pub(crate) mod receive;
pub(crate) mod rejection;
pub(crate) mod respond;
pub(crate) mod sent;
pub(crate) mod serve;
pub(crate) mod serving;
pub(crate) mod signature;
pub(crate) mod single;

pub use self::{
    in_process::WholeBody,
    incoming::{Incoming, Received},
    receive::receive,
    rejection::Rejection,
    respond::not_found,
    serve::{Respond, Server},
    serving::Answering,
    signature::Secrets,
};
