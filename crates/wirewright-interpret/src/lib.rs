//! A vendor's definition at run time: its calls and its server side without generated code.
//!
//! [`Definition::load`] reads and checks a folder as the generator does, and describes its operations and types to the runtime as
//! the generated crate would. Their values are [`DynamicRecord`]s, which the runtime's codecs read and write as they do generated
//! types: on the wire the two are the same, and a test holds them together for every operation, format and direction.
//!
//! What a compiler says of generated code, this says at run time: a missing parameter, a wrong type, a session that is not open.

mod catalog;
mod codec;
mod computed;
mod definition;
mod envelope;
mod epoch;
mod json;
mod kind;
mod leak;
mod links;
mod operation;
mod outcome;
mod pages;
mod paging;
mod protocol;
mod reading;
mod rows;
mod samples;
mod scalar;
mod serving;
mod session;
mod shape;
mod types;
mod value;

pub use self::{
    definition::{Definition, OperationType, SessionType},
    json::{Shown, Visibility, show},
    kind::RecordType,
    outcome::{Answer, Enveloped, Failure},
    paging::{DynamicPagesReading, FirstPage, PageRequest},
    reading::printed_reply,
    rows::{DynamicRowsReading, RowColumn, RowColumnType, RowsType},
    samples::sample,
    session::Session,
    value::{DynamicList, DynamicMap, DynamicOption, DynamicRecord, DynamicUnion, DynamicValue, Hidden},
};
