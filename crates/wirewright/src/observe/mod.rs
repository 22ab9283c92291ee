//! What can be seen of calls from outside: by an observer of the caller's, and by `tracing`.
//!
//! [`Config::with_observer`](crate::client::Config::with_observer) calls a function of the caller's with every request and with what
//! came back of it, each try of a call included. It shows names and no values, unless it is asked by name.
//!
//! With the feature `tracing` each try is a span `call` of the target `wirewright` and the level `DEBUG`, in which the transport's own
//! spans and events are. It has nothing of what went over the wire but the status.
//!
//! | field | |
//! |---|---|
//! | `vendor`, `operation` | as the definition calls them |
//! | `format` | the one that was asked for, where the reply has an envelope |
//! | `attempt` | from 1 |
//! | `status` | of HTTP, when a response came |
//! | `duration_ms` | until the reply was read, or its first row; by the clock of the call's [surroundings](crate::client::Environment) |
//! | `outcome` | `answer`, or what kind of [`Error`](crate::exchange::Error) it is: `vendor`, `decode`, `http`, `rows`, `transport`, `request`; not there when the call was cancelled |

pub(crate) mod exchange;
pub(crate) mod redact;
pub(crate) mod span;

pub use self::exchange::{Exchange, Exposed, Observer};
