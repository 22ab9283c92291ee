//! What a mock does with each operation and each kind of session, without knowing their types.

use std::{fmt, fmt::Debug};

use http::Response;
use wirewright::{
    Format, Limits, Options, Secret,
    catalog::{Facts, Reply},
    describe::{Operation, ServerCondition, SessionKind},
    exchange::{ErrorCode as _, Failure as _, RawReply, Request, read_reply},
    generated::{
        DescribedSession, Envelope, MakeValue, OpenedEnvelope as Envelopes, Visitor, write_answer,
        write_failure, write_raw,
    },
    server::{Incoming, Received, Rejection},
    testing::{Sample, sample, value},
    to_string_with,
    wire::{FromWire, OwnedMessage},
};

use super::links::Site;

/// The operations and sessions of a vendor: a [`Visitor`] that a generated crate shows them to.
#[derive(Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    kinds: Vec<Kind>,
}

/// An operation.
pub(super) struct Entry {
    operation: &'static Operation,
    /// Whether the parameters are what they should be.
    pub(super) check: fn(&Incoming) -> Result<(), Rejection>,
    /// The answer to a call that is in order.
    pub(super) answer: Answering,
    /// The vendor's error for what is wrong with a call.
    pub(super) refuse: fn(&Incoming, &Rejection, Option<&str>) -> Response<Vec<u8>>,
    /// The vendor's error of this code.
    pub(super) fail: fn(&Incoming, &str, Option<&str>) -> Response<Vec<u8>>,
}

/// Answers a call of a session that carries this, form-urlencoded, with the ID that the caller gave the call.
type Answering = fn(&Incoming, Site<'_>, &str, Option<&str>) -> Result<Response<Vec<u8>>, Rejection>;

/// A kind of session.
pub(super) struct Kind {
    pub(super) described: &'static SessionKind,
    opens: &'static Operation,
    closes: Option<&'static Operation>,
    /// What a call says about its session, as a text.
    pub(super) claim: fn(&Incoming) -> Result<Option<String>, Rejection>,
    /// Opens a session of this name.
    pub(super) open: fn(&Incoming, Site<'_>, Option<&str>, &str) -> Result<Opened, Rejection>,
}

/// What became of a call that opens sessions.
pub(super) struct Opened {
    pub(super) response: Response<Vec<u8>>,
    /// What its calls carry, as a text, and what signs them. `None`: the call opened no session, as some may.
    pub(super) session: Option<(String, Option<Secret<String>>)>,
}

impl Table {
    pub(super) fn operation(&self, operation: &Operation) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.operation.name == operation.name)
    }

    pub(super) fn kind(&self, kind: &SessionKind) -> Option<&Kind> {
        self.kinds.iter().find(|known| known.described.name == kind.name)
    }

    pub(super) fn opened_by(&self, operation: &Operation) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.opens.name == operation.name)
    }

    /// Whether an operation closes its session.
    pub(super) fn closes(&self, operation: &Operation) -> bool {
        self.kinds.iter().any(|kind| kind.closes.is_some_and(|closes| closes.name == operation.name))
    }
}

impl Visitor for Table {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request,
        R::FailedEnvelope: Debug,
        C: OwnedMessage,
        O: OwnedMessage,
    {
        self.entries.push(Entry {
            operation: R::OPERATION,
            check: |incoming| Received::<R, C, O>::new(incoming).map(|_| ()),
            answer: |incoming, site, session, request_id| match R::RAW {
                Some(_) => Ok(write_raw(raw::<R>(site.origin))),
                None => Ok(write::<R>(incoming, example::<R>(incoming, site, session)?, request_id)),
            },
            refuse: |incoming, refused, request_id| fail::<R>(incoming, refused.failure(), request_id),
            fail: |incoming, code, request_id| {
                let code = <R::Failure as wirewright::exchange::Failure>::Code::from_wire(code);
                fail::<R>(incoming, R::Failure::refused(code, None), request_id)
            },
        });
    }

    fn session<S: DescribedSession>(&mut self) {
        self.kinds.push(Kind {
            described: S::KIND,
            opens: S::Opening::OPERATION,
            closes: S::CLOSED_BY,
            claim: |incoming| {
                let carried = incoming.claim::<S::Carried>(S::KIND)?;
                carried.map(|carried| as_text(&carried)).transpose()
            },
            open: |incoming, site, request_id, name| {
                let request: S::Opening = incoming.read_request()?;
                let named = |session: &str| {
                    let mut answer = example::<S::Opening>(incoming, site, session)?;
                    S::rename(&mut answer, name);
                    Ok::<_, Rejection>(answer)
                };
                let mut answer = named("")?;
                let state = S::opened(&request, &answer, None);
                let session = state.map(|state| Ok((as_text(&state.carried())?, state.key()))).transpose()?;
                if let Some((carried, _)) = session.as_ref().filter(|_| site.next_calls().next().is_some()) {
                    // Its URLs have the session that is known by now.
                    answer = named(&site.in_url(carried))?;
                }
                Ok(Opened { response: write::<S::Opening>(incoming, answer, request_id), session })
            },
        });
    }
}

/// What a session's calls carry, to find it by.
fn as_text<T: OwnedMessage>(carried: &T) -> Result<String, Rejection> {
    to_string_with(Format::Query, carried, &Options::new())
        .map_err(|_| Rejection::new(ServerCondition::ParameterInvalid))
}

/// An answer whose URLs lead here: calls at those are of the session that carries `session`, form-urlencoded.
fn example<R: Request>(incoming: &Incoming, site: Site<'_>, session: &str) -> Result<R::Answer, Rejection> {
    let printed = || printed::<R>(incoming, site.facts);
    let led = site.answer::<R>(incoming.format(), session, printed);
    led.or_else(printed).ok_or(Rejection::new(ServerCondition::Internal))
}

/// An answer as it is printed: the first example of a success, in the format of the call if there is one, or a sample.
fn printed<R: Request>(incoming: &Incoming, facts: &Facts) -> Option<R::Answer> {
    let (asked, others): (Vec<&Reply>, Vec<&Reply>) =
        facts.replies.iter().partition(|reply| reply.format == incoming.format());
    let shown = asked.into_iter().chain(others).find_map(|reply: &Reply| {
        let response = Response::new(reply.text.as_bytes().to_vec());
        read_reply::<R>(response, reply.format, &Limits::new()).ok()
    });
    let sampled = || match sample::<R::Envelope>(Sample::Full).succeed().open() {
        Envelopes::Success(answer) => Some(answer),
        _ => None,
    };
    shown.or_else(sampled)
}

/// A reply without an envelope that the operation may give. A redirect leads to `origin`.
fn raw<R: Request>(origin: &str) -> RawReply {
    let media_type = R::RAW.and_then(|raw| raw.media_types.first()).copied();
    let status = R::RAW.and_then(|raw| raw.statuses.first()).copied();
    match status {
        Some(300..400) => RawReply::redirect(origin),
        _ => RawReply::new(media_type.unwrap_or("application/octet-stream"), *b"a mock's reply"),
    }
}

fn write<R: Request>(incoming: &Incoming, answer: R::Answer, request_id: Option<&str>) -> Response<Vec<u8>> {
    let mut envelope = R::Envelope::seal(answer, R::OPERATION);
    envelope.answers_to(request_id);
    match envelope.open() {
        Envelopes::Success(answer) => write_answer::<R::Envelope>(incoming, answer),
        // What was a success when it was sealed is one.
        _ => fail::<R>(incoming, Rejection::new(ServerCondition::Internal).failure(), request_id),
    }
}

fn fail<R: Request>(
    incoming: &Incoming,
    mut failure: R::Failure,
    request_id: Option<&str>,
) -> Response<Vec<u8>> {
    if let Some(request_id) = request_id {
        failure.set_request_id(Some(request_id.to_owned()));
    }
    // What every reply has, and only a server that runs knows.
    failure.fill(&Samples);
    write_failure::<R::FailedEnvelope>(incoming, failure)
}

/// Samples stand for what nobody says.
struct Samples;

impl MakeValue for Samples {
    fn make<T: for<'de> FromWire<'de>>(&self) -> T {
        value()
    }
}

impl Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.operation.name).finish()
    }
}

impl Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kind").field(&self.described.name).finish()
    }
}
