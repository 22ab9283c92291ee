//! Bytes that come in pieces.

use std::error::Error;

/// Bytes that come in chunks of any size, asynchronously: the body of a response, or the content of a file. With the feature
/// `stream`, [`StreamBody`](crate::client::StreamBody) makes one of any stream.
pub trait Chunks: Send {
    /// A part of the bytes.
    type Chunk: AsRef<[u8]> + Send;
    /// Why no more come. For the body of a response it is a [`TransportError`](crate::client::TransportError).
    type Error: Into<Box<dyn Error + Send + Sync>>;

    /// Waits for the next part. `None`: there are no more. Nothing is lost when the future is dropped.
    fn next_chunk(&mut self) -> impl Future<Output = Result<Option<Self::Chunk>, Self::Error>> + Send;
}
