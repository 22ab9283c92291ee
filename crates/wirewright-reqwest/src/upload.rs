//! The body of a request with files, which is read while it is sent.

use std::{
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use wirewright::{
    Chunks as _,
    client::{BodyChunks, RequestBody, TransportError},
};

/// A body in chunks, as hyper asks for it.
pub(super) struct Upload {
    length: Option<u64>,
    /// Nobody locks it: it is what makes the body `Sync`. `None`: the body has ended, or has failed.
    reading: Mutex<Option<Reading>>,
}

/// A chunk that is on its way, and what brings the next one.
type Reading = Pin<Box<dyn Future<Output = (Result<Option<Vec<u8>>, TransportError>, BodyChunks)> + Send>>;

fn read(mut chunks: BodyChunks) -> Reading {
    Box::pin(async move { (chunks.next_chunk().await, chunks) })
}

impl Upload {
    pub(super) fn new(body: RequestBody) -> Self {
        let length = body.content_length();
        Self { length, reading: Mutex::new(Some(read(body.into_chunks()))) }
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let slot = self.get_mut().reading.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(reading) = slot else { return Poll::Ready(None) };
        let (next, chunks) = ready!(reading.as_mut().poll(context));
        *slot = None;
        Poll::Ready(match next {
            Ok(Some(chunk)) => {
                *slot = Some(read(chunks));
                Some(Ok(Frame::data(chunk.into())))
            }
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
