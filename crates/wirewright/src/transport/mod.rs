//! What carries calls, whatever they are: transports, bodies, what there is around them, and how they fail. It knows no operation.

pub(crate) mod asynchronous;
pub(crate) mod blocking;
pub(crate) mod body;
pub(crate) mod clock_skew;
pub(crate) mod endpoint;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod request_id;
#[cfg(feature = "stream")]
pub(crate) mod stream;
pub(crate) mod timeout;
