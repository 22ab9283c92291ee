//! Streams of rows.

mod differential;
mod lines;
mod read;
mod write;
