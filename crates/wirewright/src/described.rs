//! Values whose description is known at run time only: what the generic functions elsewhere are made of, for tools that read a
//! definition and have no generated code. It is no part of the interface for people.
//!
//! Where a generated crate has types, such a tool has a [`Shape`](crate::wire::Shape) and values that hand their members to codecs: a
//! [`Record`](crate::wire::Record) to be written, a [`Fill`](crate::wire::Fill) to be read. What a server receives is read by
//! [`Incoming::read_request_into`](crate::server::Incoming::read_request_into) and its like.

/// The same without `async`.
pub mod blocking {
    #[cfg(feature = "rows")]
    pub use crate::client::rows::blocking::{DescribedRows, call_rows_with};
    pub use crate::client::{call_blocking::call_with, pagination::blocking::next_item_with};
}

#[cfg(feature = "rows")]
pub use crate::client::rows::reading::{BeforeRows, RowsReading};
#[cfg(feature = "time")]
pub use crate::moment::DynamicMoment;
#[cfg(feature = "server")]
pub use crate::server::respond::{ToldByHttp, reply_headers, write_envelope, write_success};
#[cfg(feature = "testing")]
pub use crate::testing::sample_into;
pub use crate::{
    client::{
        call::call_with,
        call_config::attempt_timeout,
        pagination::{machine::DescribedPagination, reading::PagesReading},
    },
    codec::{encode_record, has_root, read as decode_into},
    exchange::{
        parsed::parse_request_into,
        reading::{EnvelopeContent, EnvelopeKind, EnvelopeStatus, ReplyReading, missing_at, missing_in_data},
        reply::read_reply_into,
        spelling::spelled,
    },
};
