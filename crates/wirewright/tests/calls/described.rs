//! Values that are made at run time: read, written, refused and tried again like those of generated types.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    borrow::Cow,
    mem,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use crate::at_once::{AtOnce, ready};
use crate::support::{
    CallOptions, Caller, ClientParameters, Code, DOUSE, Douse, ENDPOINT, Envelope, Failure, OPERATIONS,
    SESSION, SHOW, SessionParameters, Show, response,
};
use wirewright::{
    DecodeError, Format, Limits, Options,
    client::{Config, RetryPolicy, TransportError, blocking},
    describe::Class,
    described::{
        self, EnvelopeContent, EnvelopeKind, EnvelopeStatus, ReplyReading, ToldByHttp, decode_into,
        encode_record, parse_request_into, read_reply_into, write_envelope,
    },
    exchange::{Error, ErrorCode as _, RawReply, Refusal, RequestId, read_reply, write_request},
    generated::{Envelope as _, write_failure},
    server::receive,
    wire::{Document, FromWire as _, Message as _},
};

/// A refusal without types for its codes and data.
#[derive(Debug)]
struct Refused {
    code: String,
    text: Option<String>,
}

impl Refusal for Refused {
    fn code_text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.code))
    }

    fn class(&self) -> Class {
        if self.code == "7" { Class::Retry } else { Class::GiveUp }
    }

    fn description(&self) -> &'static str {
        "what the definition says"
    }

    fn message(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Keeps whatever is in a reply.
#[derive(Default)]
struct Kept {
    answer: Option<Document>,
    refused: Option<Refused>,
}

impl ReplyReading for Kept {
    fn open(
        &mut self,
        _: EnvelopeKind,
        format: Format,
        text: &str,
        options: &Options,
        sent: Option<&RequestId>,
    ) -> Result<EnvelopeContent, DecodeError> {
        let mut envelope = Envelope::<Document>::empty();
        decode_into(format, text, options, Envelope::<Document>::SHAPE, &mut envelope)?;
        let mismatch = sent.and_then(|sent| sent.another(envelope.rid.as_deref()));
        let status = match envelope.code {
            None => EnvelopeStatus::NoStatus,
            Some(0) => match envelope.data {
                Some(data) => {
                    self.answer = Some(data);
                    EnvelopeStatus::Success
                }
                None => EnvelopeStatus::Missing(Cow::Owned(["reply", "data"].join("."))),
            },
            Some(code) => {
                self.refused = Some(Refused { code: code.to_string(), text: envelope.text });
                EnvelopeStatus::Failure
            }
        };
        Ok(EnvelopeContent { status, mismatch })
    }

    fn is_foreign(&self, format: Format, text: &str) -> bool {
        !self.has_root(format, text)
    }

    fn has_root(&self, format: Format, text: &str) -> bool {
        described::has_root(format, text, Envelope::<Document>::SHAPE)
    }

    fn refused_by_status(&mut self, status: u16) -> bool {
        self.refused = (status == 429).then(|| Refused { code: "7".to_owned(), text: None });
        self.refused.is_some()
    }

    fn raw(&mut self, reply: RawReply) -> Result<(), RawReply> {
        Err(reply)
    }

    fn failure(&self) -> Option<&dyn Refusal> {
        self.refused.as_ref().map(|refused| refused as &dyn Refusal)
    }
}

fn read(response: http::Response<Vec<u8>>, format: Format) -> Result<Document, Error<Box<dyn Refusal>>> {
    let mut kept = Kept::default();
    match read_reply_into(&SHOW, None, &mut kept, response, format, &Limits::new()) {
        Ok(()) => Ok(kept.answer.unwrap()),
        Err(error) => Err(error.map_failure(|()| Box::new(kept.refused.unwrap()) as Box<dyn Refusal>)),
    }
}

/// Both say the same of a response, in the same words but for those that only the definition has.
#[test]
fn a_reply_is_what_it_is_to_generated_types() {
    let cases: &[(u16, &str)] = &[
        (200, r#"{"reply":{"code":0,"data":{"lamp":7,"state":"LIT"}}}"#),
        (200, "<reply><code>0</code><data><lamp>7</lamp><state>LIT</state></data></reply>"),
        (200, r#"{"reply":{"code":6,"text":"no such session"}}"#),
        (200, r#"{"reply":{"code":0}}"#),
        (200, r#"{"reply":{"code":0,"data":{}"#),
        (200, r#"{"reply":{}}"#),
        (200, "<html>"),
        (200, ""),
        (429, ""),
        (503, r#"{"reply":{"code":0,"data":{"lamp":7,"state":"LIT"}}}"#),
    ];
    for (status, body) in cases {
        let response = || response(*status, "application/json", *body);
        let typed = read_reply::<Show>(response(), Format::Json, &Limits::new());
        let kept = read(response(), Format::Json);
        assert_eq!(typed.is_ok(), kept.is_ok(), "{body}");
        let (Err(typed), Err(kept)) = (typed, kept) else { continue };
        let said = typed.to_string().replace("what the page says: ", "what the definition says: ");
        // The classes of the two are not those of the same definition.
        let same = said == kept.to_string() || matches!(typed, Error::Vendor(_));
        assert!(same, "{said}, {kept}");
        assert_eq!(typed.message(), kept.message(), "{body}");
        let kinds =
            [typed.map_failure(|_| ()), kept.map_failure(|_| ())].map(|error| mem::discriminant(&error));
        assert_eq!(kinds[0], kinds[1], "{body}");
    }
}

#[test]
fn a_refusal_says_what_a_failure_says() {
    let kept = read(response(200, "", r#"{"reply":{"code":7,"text":"later"}}"#), Format::Json).unwrap_err();
    assert_eq!(kept.to_string(), "the vendor refused lamp/show with code 7, \"later\": retry later");
    assert_eq!(kept.class(), Class::Retry);
    let failure =
        Failure { code: Code::Busy, text: Some("later".to_owned()), rid: None, data: Document::Null };
    let refusal: &dyn Refusal = &failure;
    assert_eq!((refusal.code_text(), refusal.class()), (failure.code.as_wire(), failure.code.class()));
    assert_eq!((refusal.description(), refusal.http_status()), ("what the page says", Some(429)));
    assert_eq!((refusal.message(), refusal.detail(), refusal.request_id()), (Some("later"), None, None));
}

/// Says that it is busy, and then what is asked for.
#[derive(Default)]
struct Busy(AtomicUsize);

impl blocking::Transport for Busy {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let body = match self.0.fetch_add(1, Ordering::Relaxed) {
            0 => r#"{"reply":{"code":7}}"#,
            _ => r#"{"reply":{"code":0,"data":{"lamp":1,"state":"DARK"}}}"#,
        };
        Ok(response(200, "application/json", body))
    }

    fn wait(&self, _: Duration) -> Result<(), TransportError> {
        Ok(())
    }
}

/// The class of a refusal decides, whatever made it.
#[test]
fn a_call_is_tried_again() {
    let (caller, settings) = (Caller::new(), Config::new());
    let context = caller.context(&settings);
    let busy = Busy::default();
    described::blocking::call_with(&busy, &SHOW, &Show { lamp: 1 }, &context, read).unwrap();
    assert_eq!(busy.0.into_inner(), 2);
    let busy = Busy::default();
    ready(described::call_with(&AtOnce(&busy), &SHOW, &Show { lamp: 1 }, &context, read)).unwrap();
    assert_eq!(busy.0.into_inner(), 2);
    let busy = Busy::default();
    let once = Config::new().with_retry_policy(RetryPolicy::none());
    let error = described::blocking::call_with(&busy, &SHOW, &Show { lamp: 1 }, &caller.context(&once), read);
    assert_eq!(error.unwrap_err().class(), Class::Retry);
}

/// The server side, request and response.
#[test]
fn a_request_is_read_and_answered() {
    let caller = Caller::new();
    let settings = Config::new().with_format(Format::Json);
    let mut typed = Douse::empty();
    parse_request_into(&DOUSE, Douse::SHAPE, &mut typed, "why=late", b"", &[]).unwrap();
    assert_eq!(typed, Douse { why: Some("late".to_owned()) });
    let request = write_request(&DOUSE, &typed, &caller.context(&settings)).unwrap();
    let incoming = receive(&OPERATIONS, ENDPOINT, &request, &Limits::new()).unwrap();

    let (mut own, mut client) = (Douse::empty(), ClientParameters::empty());
    let (mut options, mut claim) = (CallOptions::empty(), SessionParameters::empty());
    incoming.read_request_into(Douse::SHAPE, &mut own).unwrap();
    incoming.read_client_into(ClientParameters::SHAPE, &mut client).unwrap();
    incoming.read_options_into(CallOptions::SHAPE, &mut options).unwrap();
    assert!(incoming.claim_into(&SESSION, SessionParameters::SHAPE, &mut claim).unwrap());
    assert_eq!((own, client, options, claim), (typed, caller.client, caller.options, caller.session));

    let failure = || Failure { code: Code::Busy, text: None, rid: None, data: Document::Null };
    let generated = write_failure::<Envelope<Document>>(&incoming, failure());
    let envelope = Envelope::<Document>::refuse(failure(), incoming.path());
    let described =
        write_envelope(&incoming, Envelope::<Document>::SHAPE, &envelope, &ToldByHttp::of(&failure()));
    assert_eq!((generated.status(), generated.headers()), (described.status(), described.headers()));
    assert_eq!((generated.status().as_u16(), generated.body()), (429, described.body()));
    let text = encode_record(Format::Json, &envelope, Envelope::<Document>::SHAPE, &Options::new());
    assert_eq!(text.unwrap().as_bytes(), described.body());
}
