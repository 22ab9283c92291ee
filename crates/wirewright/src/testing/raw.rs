//! Whole calls whose replies are no envelopes, as text.

use std::fmt::{Debug, Write as _};

use http::{Response, StatusCode, header};

use super::{
    SampleSession,
    calls::{incoming, requests},
};
use crate::{
    Limits,
    client::config::Config,
    exchange::{
        raw_reply::RawReply,
        reply::read_reply,
        typed::{ErrorCode as _, Failure as _, Request},
    },
    server::{raw::write_raw, respond::write_failure},
    wire::OwnedMessage,
};

/// Everything that an operation whose reply is no envelope sends and receives: as [`exchange`](super::exchange), with a body of
/// each media type, each status, a failure, and what is refused.
///
/// # Panics
///
/// When a request or reply is not read back as it was written.
pub fn raw_exchange<R, C, O>(sessions: &[SampleSession], failure: impl Fn() -> R::Failure) -> String
where
    R: Request<Answer = RawReply> + PartialEq + Debug,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
{
    let description = R::RAW.expect("the reply is no envelope");
    let mut text = String::new();
    let way = requests::<R, C, O>(&mut text, sessions, &[None]);
    let incoming = incoming::<R, C, O>(&Config::new(), way);
    let usual = ["application/octet-stream"];
    let media_types = if description.media_types.is_empty() { &usual } else { description.media_types };
    let statuses = if description.statuses.is_empty() { &[200] } else { description.statuses };
    for &status in statuses {
        let status = StatusCode::from_u16(status).expect("a status of HTTP");
        if status.is_redirection() {
            let reply = RawReply::redirect("https://moved.example/x?y=1").with_status(status);
            show(&mut text, "redirect", &read::<R>(write_raw(reply.clone())));
            assert_eq!(read::<R>(write_raw(reply.clone())).ok(), Some(reply));
            continue;
        }
        for media_type in media_types {
            let reply = RawReply::new(media_type, [0x00, 0xff, b'<', b'&']).with_status(status);
            show(&mut text, "answer", &read::<R>(write_raw(reply.clone())));
            assert_eq!(read::<R>(write_raw(reply.clone())).ok(), Some(reply));
        }
    }
    let refusal = write_failure::<R::FailedEnvelope>(&incoming, failure());
    let _ = writeln!(text, "# failure\n{}\n", String::from_utf8_lossy(refusal.body()));
    let read_failure = read::<R>(refusal);
    show(&mut text, "what is read of it", &read_failure);
    let is_vendors = match &read_failure {
        Err(crate::exchange::error::Error::Vendor(error)) => {
            error.failure.code().as_wire() == failure().code().as_wire()
        }
        _ => false,
    };
    assert!(is_vendors, "a failure is not read as one: {text}");
    if !description.media_types.is_empty() {
        let other = RawReply::new("application/x-other", [0x00]);
        show(&mut text, "another media type", &read::<R>(write_raw(other)));
    }
    let large = write_raw(RawReply::new(media_types[0], [0; 9]));
    show(&mut text, "too large", &read_within::<R>(large, &Limits::new().with_max_bytes(8)));
    let page = RawReply::new("text/html", "<html></html>").with_status(StatusCode::BAD_GATEWAY);
    show(&mut text, "a gateway's page", &read::<R>(write_raw(page)));
    text.trim_end().to_owned()
}

fn read<R: Request<Answer = RawReply>>(
    response: Response<Vec<u8>>,
) -> Result<RawReply, crate::exchange::error::Error<R::Failure>> {
    read_within::<R>(response, &Limits::new())
}

fn read_within<R: Request<Answer = RawReply>>(
    response: Response<Vec<u8>>,
    limits: &Limits,
) -> Result<RawReply, crate::exchange::error::Error<R::Failure>> {
    assert!(response.headers().contains_key(header::X_CONTENT_TYPE_OPTIONS), "no browser may guess");
    let format = R::OPERATION.protocol.formats.first().map_or(crate::Format::Xml, |format| format.format);
    read_reply::<R>(response, format, limits)
}

fn show<F: crate::exchange::typed::Failure>(
    text: &mut String,
    what: &str,
    outcome: &Result<RawReply, crate::exchange::error::Error<F>>,
) {
    let _ = match outcome {
        Ok(reply) => writeln!(text, "# {what}\n{reply:#?}\n"),
        Err(crate::exchange::error::Error::Vendor(error)) => {
            writeln!(text, "# {what}\n{error}\n{:#?}\n", error.failure)
        }
        Err(error) => writeln!(text, "# {what}\n{error}\n"),
    };
}
