//! Replies that are no envelope: images, documents, redirects.

use std::fmt;

use http::StatusCode;

use crate::exchange::body::Body;

/// A reply without an envelope, as HTTP has it. [`Debug`](fmt::Debug) shows neither the body nor where a redirect leads to: either
/// may be a secret.
///
/// ```
/// use wirewright::exchange::RawReply;
///
/// let image = RawReply::new("image/jpeg", [0xff, 0xd8]);
/// assert_eq!((image.status.as_u16(), image.body.expose().len()), (200, 2));
/// let moved = RawReply::redirect("https://example.com/icon");
/// assert_eq!((moved.status.as_u16(), moved.location.as_deref()), (302, Some("https://example.com/icon")));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawReply {
    /// The status of HTTP.
    pub status: StatusCode,
    /// The Content-Type as it came, parameters and all.
    pub content_type: Option<String>,
    /// Where a redirect leads to.
    pub location: Option<String>,
    /// The body.
    pub body: Body,
}

impl RawReply {
    /// A body under HTTP 200, for the server side and for tests.
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: StatusCode::OK,
            content_type: Some(content_type.to_owned()),
            location: None,
            body: Body::new(body.into()),
        }
    }

    /// A redirect under HTTP 302, for the server side and for tests.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self {
            status: StatusCode::FOUND,
            content_type: None,
            location: Some(location.into()),
            body: Body::new(Vec::new()),
        }
    }

    /// The same under another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("location", &self.location.as_deref().map(Redacted))
            .field("body", &self.body)
            .finish()
    }
}

struct Redacted<'a>(&'a str);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[redacted, {} bytes]", self.0.len())
    }
}
