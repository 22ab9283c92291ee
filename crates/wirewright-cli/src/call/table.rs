//! What can be done with each operation and each kind of session without knowing their types.

use std::fmt;

use wirewright::{
    DecodeError, EncodeError, File, Format, Options, Secret,
    client::{self, ClockSkew, System},
    describe::{Class, Operation, SessionKind},
    exchange::{self, CallContext, Error, Request, SessionContext, parse_request},
    from_str_with,
    generated::{DescribedSession, Visitor},
    json,
    wire::{Member, OwnedMessage, Record},
};

use super::shown::Shown;

/// A record of any type.
pub(super) type AnyRecord = dyn Record + Sync;

/// The operations and sessions of a vendor.
#[derive(Default)]
pub(super) struct Table {
    entries: Vec<Entry>,
    kinds: Vec<Kind>,
}

/// An operation.
pub(super) struct Entry {
    pub(super) operation: &'static Operation,
    /// The client's parameters and the call's options, from form-urlencoded texts under their own names.
    pub(super) client: fn(&str) -> Result<Box<AnyRecord>, DecodeError>,
    pub(super) client_names: fn() -> Vec<&'static str>,
    pub(super) options: fn(&str) -> Result<Box<AnyRecord>, DecodeError>,
    pub(super) options_names: fn() -> Vec<&'static str>,
    pub(super) call: fn(&Shown<'_>, &Own, &CallContext<'_>) -> Outcome,
}

/// A kind of session.
pub(super) struct Kind {
    pub(super) described: &'static SessionKind,
    pub(super) opening: &'static Operation,
    pub(super) closed_by: Option<&'static Operation>,
    pub(super) open: OpenSession,
    /// A session from what [`Live::save`] made of it.
    pub(super) restore: fn(&str) -> Result<Box<dyn Live>, DecodeError>,
}

/// Opens a session.
type OpenSession = fn(&Shown<'_>, &Own, &CallContext<'_>) -> Result<Opened, Problem>;

/// What a call gave that opens sessions.
pub(super) struct Opened {
    /// As text.
    pub(super) answer: String,
    /// `None`: the vendor took the call, and opened none.
    pub(super) live: Option<Box<dyn Live>>,
}

/// An operation's own part of a request.
pub(super) struct Own {
    /// Form-urlencoded.
    pub(super) parameters: String,
    pub(super) document: Vec<u8>,
    pub(super) files: Vec<(String, File)>,
}

/// What became of a call: the answer as text.
pub type Outcome = Result<String, Problem>;

/// Why a call gave no answer, in a line, and behind it what the vendor said.
#[derive(Debug)]
pub struct Problem {
    text: String,
    /// What can be done about it, if it came of a call.
    pub(super) class: Option<Class>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<F: exchange::Failure> From<Error<F>> for Problem {
    fn from(error: Error<F>) -> Self {
        let class = Some(error.class());
        let text = match &error {
            Error::Vendor(refusal) => format!("{error}\n{:#?}", refusal.failure),
            Error::Transport(below) => {
                let source = std::error::Error::source(below).map(|source| format!(" ({source})"));
                format!("{error}{}", source.unwrap_or_default())
            }
            error => error.to_string(),
        };
        Self { text, class }
    }
}

impl From<DecodeError> for Problem {
    fn from(error: DecodeError) -> Self {
        Self { text: format!("the parameters cannot be read: {error}"), class: None }
    }
}

/// An open session of any kind.
pub(super) trait Live {
    /// What its calls carry, and what signs them.
    fn context(&self) -> SessionContext<'_>;

    /// By how much the server's clock is ahead.
    fn clock_skew(&self) -> ClockSkew;

    /// The session as a text, which is as secret as the session.
    fn save(&self) -> Result<Secret<String>, EncodeError>;
}

struct LiveSession<S: DescribedSession> {
    state: S,
    carried: S::Carried,
    key: Option<Secret<String>>,
    clock_skew: ClockSkew,
}

impl<S: DescribedSession> Live for LiveSession<S> {
    fn context(&self) -> SessionContext<'_> {
        SessionContext { kind: S::KIND, parameters: &self.carried, key: self.key.as_ref() }
    }

    fn clock_skew(&self) -> ClockSkew {
        self.clock_skew
    }

    fn save(&self) -> Result<Secret<String>, EncodeError> {
        json::to_string(&self.state).map(Secret::new)
    }
}

fn live<S: DescribedSession>(state: S) -> Box<dyn Live> {
    let (carried, key, clock_skew) = (state.carried(), state.key(), state.clock_skew());
    Box::new(LiveSession { state, carried, key, clock_skew })
}

impl Table {
    pub(super) fn entry(&self, operation: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.operation.name == operation)
    }

    /// The kind of session that an operation opens, if it opens any.
    pub(super) fn opened_by(&self, operation: &Operation) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.opening.name == operation.name)
    }

    pub(super) fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.described.name == name)
    }
}

impl Visitor for Table {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request,
        R::Answer: fmt::Debug,
        C: OwnedMessage + Sync + 'static,
        O: OwnedMessage + Sync + 'static,
    {
        self.entries.push(Entry {
            operation: R::OPERATION,
            client: record::<C>,
            client_names: names::<C>,
            options: record::<O>,
            options_names: names::<O>,
            call: |transport, own, context| {
                let request: R = parse_request(&own.parameters, &own.document, &own.files)?;
                let answer = client::blocking::call(transport, &request, context)?;
                Ok(format!("{answer:#?}"))
            },
        });
    }

    fn session<S: DescribedSession>(&mut self) {
        self.kinds.push(Kind {
            described: S::KIND,
            opening: S::Opening::OPERATION,
            closed_by: S::CLOSED_BY,
            open: |transport, own, context| {
                let request: S::Opening = parse_request(&own.parameters, &own.document, &own.files)?;
                let answer = client::blocking::call(transport, &request, context)?;
                let state = S::opened(&request, &answer, client::Environment::now(&System));
                Ok(Opened { answer: format!("{answer:#?}"), live: state.map(live) })
            },
            restore: |saved| json::from_str::<S>(saved).map(live),
        });
    }
}

fn record<T: OwnedMessage + Sync + 'static>(text: &str) -> Result<Box<AnyRecord>, DecodeError> {
    let read: T = from_str_with(Format::Query, text, &Options::new().with_strict(true))?;
    Ok(Box::new(read))
}

fn names<T: OwnedMessage>() -> Vec<&'static str> {
    T::SHAPE.members().map(Member::query).collect()
}
