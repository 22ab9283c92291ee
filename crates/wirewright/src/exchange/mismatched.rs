//! A reply to another request.

use std::fmt;

use http::StatusCode;

use crate::{exchange::body::Body, text::OneLine, transport::request_id::RequestId};

/// How much of an echoed ID is shown, in characters.
const SHOWN: usize = 64;

/// A reply that echoes another ID than was sent with the request: it answers another one.
#[derive(Debug)]
#[non_exhaustive]
pub struct MismatchedReply {
    /// The ID that was sent.
    pub sent: RequestId,
    /// The ID that came back.
    pub echoed: String,
    /// The status of the HTTP response.
    pub status: StatusCode,
    /// The raw body, as far as it was read: of a stream of rows it is what is before the first row.
    pub body: Body,
}

impl MismatchedReply {
    pub(crate) const fn new(sent: RequestId, echoed: String, status: StatusCode, body: Body) -> Self {
        Self { sent, echoed, status, body }
    }
}

impl fmt::Display for MismatchedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sent, echoed) = (shown(self.sent.as_str()), shown(&self.echoed));
        write!(
            f,
            "the reply answers another request: the ID \"{}\" was sent, and \"{}\" came back (HTTP {}, {} bytes); a cache or a \
             proxy on the way may mix replies up",
            OneLine(&sent),
            OneLine(&echoed),
            self.status.as_u16(),
            self.body.expose().len()
        )
    }
}

/// The beginning of an ID, which may be of any length.
fn shown(id: &str) -> String {
    match id.char_indices().nth(SHOWN) {
        Some((end, _)) => id.get(..end).unwrap_or_default().to_owned() + "…",
        None => id.to_string(),
    }
}
