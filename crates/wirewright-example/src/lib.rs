//! Three vendors, each with a server and a client that were generated from its definition, on loopback sockets.
//!
//! [`tour`] is what `cargo run -p wirewright-example` shows: every call as it goes over the wire, and the typed value or error
//! that it became. The services of [`nina`], [`videntity`] and [`ten_ten_data`] are small ones, in memory; the tests of this
//! crate use them too.

pub mod loopback;
pub mod made_up;
pub mod nina;
pub mod raw;
pub mod report;
pub mod sessions;
pub mod spawned;
pub mod ten_ten_data;
pub mod tour;
pub mod transcript;
pub mod videntity;
