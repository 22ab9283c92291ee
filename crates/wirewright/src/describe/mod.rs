//! What a definition says of a vendor, as data: its protocol, operations, parameters, sessions, and what its errors mean.
//!
//! Generated crates have a `PROTOCOL` and an operation for each request: [`Request::OPERATION`](crate::exchange::Request::OPERATION).

pub(crate) mod class;
pub(crate) mod credentials;
pub(crate) mod protocol;
pub(crate) mod raw;

pub use self::{
    class::{Class, ServerCondition},
    credentials::Alternatives,
    protocol::{
        AutoFill, AutoFilled, BodyDescription, Content, FormatDescription, Groups, MethodDescription,
        Operation, ParameterDescription, ParameterLocation, ParameterSource, PayloadOutcome, PlacedParameter,
        Placement, Protocol, ReplyHeader, SessionKind,
    },
    raw::RawDescription,
};
