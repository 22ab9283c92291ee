//! What a generated web-RPC crate is built on, and what hand-written types can be built on as well.
//!
//! A *web RPC* call is a URL or a parameter that names an operation, flat parameters in a query string or a form, and a reply in
//! XML, JSON, JSONP or a query string, in an envelope with the vendor's own status and numbers. This crate reads and writes all
//! of that. Each type is described once, by [`#[derive(Wire)]`](derive@Wire), and each format is one codec over that description.
//!
//! ```
//! use wirewright::{Format, Wire, json, to_string, xml};
//!
//! #[derive(Debug, PartialEq, Wire)]
//! #[wire(root = "response", json_root = "response", rename_all = "camelCase")]
//! struct Reply {
//!     status_code: u16,
//!     request_id: Option<String>,
//!     #[wire(list(item = "user"))]
//!     users: Vec<String>,
//! }
//!
//! let reply: Reply = xml::from_str(
//!     "<response><users><user>chuck</user></users><!-- any order --><statusCode>200</statusCode></response>",
//! )?;
//! assert_eq!(json::to_string(&reply)?, r#"{"response":{"statusCode":200,"users":["chuck"]}}"#);
//! assert_eq!(to_string(Format::Query, &reply)?, "statusCode=200&users=chuck");
//!
//! // Errors say where, and never show a value.
//! let error = json::from_str::<Reply>(r#"{"response": {"statusCode": "hunter2"}}"#).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "JSON, line 1, column 29, at response.statusCode: expected an integer from 0 to 65535, \
//!      near \"{\"response\": {\"statusCode\": \"…\"}}\"",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to look
//!
//! | | |
//! |---|---|
//! | [`derive@Wire`], [`wire`] | the description of a type, and the traits that it is made of |
//! | [`from_str`], [`from_slice`], [`to_string`], and `…_with` [`Options`] and [`Limits`] | the formats by their [`Format`] |
//! | [`xml`], [`json`], [`query`] | each format, with the profile of what it reads and writes |
//! | [`DecodeError`], [`EncodeError`] | what is wrong, where, without the values |
//! | [`client`], [`session`] | calls over a transport, async and blocking; sessions that log in again or log out by themselves |
//! | [`server`] | the other side: requests recognised and typed, answers and failures written |
//! | [`exchange`] | requests and responses as [`http`] types, without I/O, for both sides; errors |
//! | [`describe`] | a vendor's protocol, operations and sessions as data |
//! | [`observe`] | who is told of every exchange, and what is shown of it |
//! | [`multipart`] | forms with files |
//! | [`rows`] | replies of any size as a stream of rows |
//! | [`sign`] | signatures and other computed values: hashes and HMACs over what is sent, and over replies |
//! | [`catalog`] | what definitions tell people about vendors, as data for tools |
//! | [`Secret`], [`Blob`], [`DateTime`], [`CivilDate`], [`CivilTime`], [`EpochTime`], [`FormedText`], [`SeparatedText`], [`File`] | values that need care |
//! | [`testing`] | messages made from their own description, for tests |
//!
//! # Features
//!
//! Without any of them this crate is a client. A vendor's crate switches on what its calls need, and forwards the others under the
//! same names.
//!
//! | feature | what it adds |
//! |---|---|
//! | `time` | [`DateTime`], [`CivilDate`], [`CivilTime`] and [`EpochTime`]; a vendor's crate that has dates or times has it |
//! | `hashes` | the hashes and HMACs of SHA-2 in [`sign`]; a vendor's crate that signs or hashes has it |
//! | `legacy-hashes` | MD5 and SHA-1 in [`sign`], and `hashes` with it; a vendor's crate that needs them has it |
//! | `rows` | [`rows`], and the calls whose replies or requests are streams of them |
//! | `multipart` | [`multipart`], and the calls that send files; a vendor's crate that has such has it |
//! | `server` | [`server`]: the vendor's side |
//! | `testing` | [`testing`], and `server` with it |
//! | `charsets` | the charsets of the [Encoding Standard](https://encoding.spec.whatwg.org), beside UTF-8 and UTF-16; a vendor's crate that has one of its own has it |
//! | `serde` | [`serde`]'s traits for described types |
//! | `stream` | bodies and rows from a [`Stream`](https://docs.rs/futures-core) of chunks |
//! | `system` | the clock and the random numbers of the operating system, for transports to hand out |
//! | `tracing` | a span for each try of a call |
//! | `catalog` | [`catalog`], for tools |
//!
//! # What is not here, on purpose
//!
//! No vendor: what is peculiar to one is data that a generated crate brings along. No sockets and no HTTP client: a
//! [transport](client::Transport) of a few lines, or that of the `wirewright-ureq` or the `wirewright-reqwest` crate, carries the
//! requests. No clock, no threads, no randomness, no global state: time and randomness come from the
//! [environment](client::Environment) of a transport. No `unsafe`, and no panic on any input.
//!
//! # Dates and times
//!
//! [`DateTime`], [`CivilDate`], [`CivilTime`] and [`EpochTime`] are types of this crate, and so is all that they promise: reading, writing, order,
//! equality. What they hold is handed out as values of [`jiff`], which is public on purpose: by `civil`, `timestamp`, `new`,
//! `from_timestamp` and `From`, and by the dates of a [cell](rows::Cell). Types of our own instead would have to be converted by
//! everyone who computes with dates, and the standard library has none. So a new major version of `jiff` is one of this crate;
//! who names its types takes them from here, as `wirewright::jiff`, and never has two versions of them. Durations, waits and the
//! clock of an [environment](client::Environment) are those of the standard library, and a server's clock is a
//! [`ClockSkew`](client::ClockSkew).

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "catalog")]
pub mod catalog;
pub mod client;
pub mod describe;
#[doc(hidden)]
pub mod described;
pub mod exchange;
#[doc(hidden)]
pub mod generated;
#[cfg(feature = "multipart")]
pub mod multipart;
pub mod observe;
#[cfg(feature = "server")]
pub mod server;
pub mod session;
pub mod sign;
pub mod wire;

mod blob;
mod chunks;
#[cfg(feature = "time")]
mod civil;
mod codec;
#[cfg(feature = "time")]
mod epoch;
mod error;
mod file;
mod form;
mod format;
pub mod json;
mod mask;
#[cfg(feature = "time")]
mod moment;
pub mod query;
#[cfg(feature = "rows")]
pub mod rows;
mod scalar;
mod secret;
mod separated;
#[cfg(feature = "serde")]
pub mod serde;
mod text;
#[cfg(feature = "time")]
mod time;
mod transport;
mod tree;
pub mod xml;

#[cfg(feature = "testing")]
pub mod testing;

#[cfg(feature = "testing")]
#[doc(hidden)]
pub use self::codec::alone;

#[cfg(feature = "time")]
pub use jiff;
#[doc = include_str!("derive.md")]
pub use wirewright_derive::Wire;
pub use zeroize;

pub use self::{
    blob::Blob,
    chunks::Chunks,
    codec::{from_slice, from_slice_with, from_str, from_str_with, to_string, to_string_with},
    error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind},
    file::File,
    form::{FormError, FormedText, TextForms},
    format::{Format, Limits, Options},
    secret::{ConstantTime, Secret},
    separated::{SeparatedText, TextSeparators},
};
#[cfg(feature = "time")]
pub use self::{
    civil::{CivilDate, CivilTime},
    epoch::{Epoch, EpochFormat, EpochTime, EpochUnit},
    time::{DateTime, DateTimeFormats},
};
