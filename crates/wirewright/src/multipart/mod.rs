//! `multipart/form-data`: requests with files (RFC 7578, with names escaped as the HTML standard says).
//!
//! Generated crates need none of this: `multipart = true` in a definition makes [`call`](crate::client::call) write such a request, and
//! [`receive`](crate::server::receive) read it. It is here for what is written by hand.
//!
//! ```
//! use wirewright::{File, Limits, multipart::{self, Form}};
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

mod boundary;
pub(crate) mod read;
pub(crate) mod write;

pub use self::{
    read::{MultipartError, Part, parts},
    write::{Form, FormError},
};
