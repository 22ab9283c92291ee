//! A body in memory, of either side.

use std::pin::pin;

use bytes::Buf as _;
use http_body::Body;
use http_body_util::BodyExt as _;

use crate::BoxError;

/// Why a body is not in memory.
pub(crate) enum Unread {
    /// It is longer than is allowed.
    TooLarge,
    /// It ended before its end.
    BrokenOff(BoxError),
}

/// Reads a body of at most `max_bytes` bytes. One that says that it is longer is not read at all.
///
/// What has come is copied into one piece: a chunk is a view of the buffer that it was read into, which may be thousands of times as
/// large, and would keep all of it.
pub(crate) async fn whole<B>(body: B, max_bytes: usize) -> Result<Vec<u8>, Unread>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    let told = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if told > max_bytes {
        return Err(Unread::TooLarge);
    }
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        // Trailers say nothing that a vendor means.
        let Ok(mut data) = frame.map_err(|error| Unread::BrokenOff(error.into()))?.into_data() else {
            continue;
        };
        if data.remaining() > max_bytes - bytes.len() {
            return Err(Unread::TooLarge);
        }
        while data.has_remaining() {
            let chunk = data.chunk();
            bytes.extend_from_slice(chunk);
            let read = chunk.len();
            data.advance(read);
        }
    }
    Ok(bytes)
}
