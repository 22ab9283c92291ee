//! `multipart/form-data`: requests with files (RFC 7578, with names escaped as the HTML standard says).
//!
//! Generated crates need none of this: `multipart = true` in a definition makes [`call`](super::call) write such a request, and
//! [`receive`](super::receive) read it. It is here for what is written by hand.
//!
//! ```
//! use wirewright::{File, Limits, call::multipart::{self, Form}};
//!
//! let form = Form::new().text("kind", "greeting").file("voice", File::new("hello.wav", *b"RIFF"));
//! let (media_type, body) = form.finish("a-boundary")?;
//! assert_eq!(media_type, "multipart/form-data; boundary=a-boundary");
//! let body = body.into_bytes()?;
//! assert_eq!(
//!     String::from_utf8_lossy(&body),
//!     "--a-boundary\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ngreeting\r\n\
//!      --a-boundary\r\nContent-Disposition: form-data; name=\"voice\"; filename=\"hello.wav\"\r\n\
//!      Content-Type: application/octet-stream\r\n\r\nRIFF\r\n\
//!      --a-boundary--\r\n",
//! );
//!
//! let parts = multipart::parts(&media_type, &body, &Limits::new())?;
//! assert_eq!((&*parts[0].name, parts[0].content), ("kind", &b"greeting"[..]));
//! assert_eq!(parts[1].file_name.as_deref(), Some("hello.wav"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod body;
mod read;
mod receive;
mod write;

#[cfg(feature = "std")]
pub use self::body::BodyReader;
pub(super) use self::{
    body::in_memory,
    receive::{Form as ReceivedForm, fill, with_names},
    write::form_of,
};
pub use self::{
    body::{BodyChunks, RequestBody},
    read::{MultipartError, Part, parts},
    write::{Form, FormError},
};

/// The longest boundary, RFC 2046 section 5.1.1.
const LONGEST_BOUNDARY: usize = 70;

/// Whether a boundary may be so: RFC 2046 section 5.1.1, without the space, which many servers lose.
fn is_boundary(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte);
    (1..=LONGEST_BOUNDARY).contains(&text.len()) && text.bytes().all(sign)
}
