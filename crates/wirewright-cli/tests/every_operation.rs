//! Every operation of every vendor, and of the generator's hardest definitions: the mock takes what a client writes, and the client
//! understands what the mock answers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;
#[path = "../../wirewright-interpret/tests/support/vendors.rs"]
mod vendors;

use std::{any::type_name, fmt::Debug};

use http::{Request as HttpRequest, Response};
use support::folders;
use vendors::visit;
use wirewright::{
    Format, Limits, Secret,
    client::{Config, System},
    describe::SessionKind,
    exchange::{CallContext, Error, Request, SessionContext, read_reply, write_upload},
    generated::{DescribedSession, Visitor},
    sign::ReplyKeys,
    testing::{Sample, sample, sample_client},
    wire::{OwnedMessage, Record},
};
use wirewright_cli::mock::Mock;

type AnyRecord = Box<dyn Record + Sync>;
type Kinds = &'static [&'static SessionKind];

/// What a session keeps under a name.
type Kept = dyn Fn(&str) -> Option<Secret<String>>;

/// A session that the mock has opened.
struct Open {
    kind: &'static SessionKind,
    carried: AnyRecord,
    fields: Vec<Secret<String>>,
    /// What sessions take over that are opened in it.
    kept: Box<Kept>,
}

impl Open {
    fn context(&self) -> SessionContext<'_> {
        SessionContext { kind: self.kind, parameters: &*self.carried, fields: &self.fields }
    }
}

/// Opens a session, in another one where it needs one.
type Opens = fn(&Caller<'_>, Option<&Open>) -> Open;

/// Calls the operations of a mock in memory.
struct Caller<'m> {
    mock: &'m Mock,
    /// The client's parameters and the call's options.
    provided: (AnyRecord, AnyRecord),
    /// Each kind with those that it is opened in.
    sessions: Vec<(&'static SessionKind, Kinds, Opens)>,
    calls: usize,
}

impl Caller<'_> {
    fn context<'a>(&'a self, settings: &'a Config, session: Option<&'a Open>) -> CallContext<'a> {
        CallContext {
            client: &*self.provided.0,
            options: &*self.provided.1,
            session: session.map(Open::context),
            environment: Some(&System),
            ..settings.context()
        }
    }

    fn send<R: Request>(&self, context: &CallContext<'_>, request: &R) -> Response<Vec<u8>> {
        let upload = write_upload(R::OPERATION, request, context);
        let (parts, body) =
            upload.unwrap_or_else(|error| panic!("{}: {error}", R::OPERATION.name)).into_parts();
        let request = HttpRequest::from_parts(parts, body.into_bytes().unwrap());
        // The mock knows no client's secrets, and signs nothing with them.
        ReplyKeys::unchecked(self.mock.answer(R::OPERATION.endpoint(), &request))
    }

    /// A session of the first of these kinds.
    fn open(&self, kinds: Kinds) -> Open {
        let wanted = kinds.first().unwrap().name;
        let (_, outer, opens) = self.sessions.iter().find(|(kind, ..)| kind.name == wanted).unwrap();
        let outer = if outer.is_empty() { None } else { Some(self.open(outer)) };
        opens(self, outer.as_ref())
    }
}

impl Visitor for Caller<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request,
        R::Answer: Debug,
    {
        let operation = R::OPERATION;
        let formats = operation.formats.iter().copied().map(Some);
        for format in formats.chain(operation.formats.is_empty().then_some(None)) {
            for kind in [Sample::Minimal, Sample::Full] {
                let session = if operation.sessionless { None } else { Some(self.open(operation.sessions)) };
                let settings =
                    format.iter().fold(Config::new(), |settings, format| settings.with_format(*format));
                let context = self.context(&settings, session.as_ref());
                let asked = context.format(operation).unwrap_or(Format::Xml);
                let response = self.send::<R>(&context, &sample(kind));
                let body = response.body().clone();
                let answer = read_reply::<R>(response, asked, &Limits::new());
                assert!(answer.is_ok(), "{} in {asked}: {answer:?}", type_name::<R>());
                if R::RAW.is_none() && kind == Sample::Minimal {
                    never_whole::<R>(asked, &body);
                }
                if session.is_some() {
                    // The same without a session that is open: the vendor's own error.
                    self.mock.expire_sessions();
                    let response = self.send::<R>(&context, &sample(kind));
                    let refused = read_reply::<R>(response, asked, &Limits::new());
                    assert!(matches!(&refused, Err(Error::Vendor(_))), "{}: {refused:?}", type_name::<R>());
                }
                self.calls += 1;
            }
        }
    }

    fn session<S: DescribedSession>(&mut self) {
        let opening = S::Opening::OPERATION;
        let outer = if opening.sessionless { &[] } else { opening.sessions };
        self.sessions.push((S::KIND, outer, |caller, outer| {
            let (request, settings): (S::Opening, _) = (sample(Sample::Minimal), Config::new());
            let context = caller.context(&settings, outer);
            let before = caller.mock.opened();
            let response = caller.send(&context, &request);
            let asked = context.format(S::Opening::OPERATION).unwrap();
            let answer = read_reply::<S::Opening>(response, asked, &Limits::new());
            let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", S::KIND.name));
            assert_eq!(caller.mock.opened(), before + 1);
            let kept = |name: &str| outer.and_then(|outer| (outer.kept)(name));
            let state = S::opened_in(&request, &answer, &kept, None).unwrap();
            let (carried, fields) = (Box::new(state.carried()), state.fields());
            Open { kind: S::KIND, carried, fields, kept: Box::new(move |name| state.kept(name)) }
        }));
    }
}

/// No beginning of a reply is an answer, but for none at all where no body may be a success. (A query string has no end that could be missing: there HTTP alone tells.)
fn never_whole<R: Request>(format: Format, body: &[u8])
where
    R::Answer: Debug,
{
    if format == Format::Query {
        return;
    }
    let step = body.len() / 100 + 1;
    let first = usize::from(R::OPERATION.may_be_empty);
    for end in (first..body.len()).step_by(step).chain(body.len().checked_sub(1)) {
        let cut = Response::new(body[..end].to_vec());
        let read = read_reply::<R>(cut, format, &Limits::new());
        assert!(read.is_err(), "{} of {} bytes of {} are {read:?}", end, body.len(), type_name::<R>());
    }
}

/// The client's parameters and the call's options of a vendor, whichever types they have.
#[derive(Default)]
struct Provided(Option<(AnyRecord, AnyRecord)>);

impl Visitor for Provided {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request,
        C: OwnedMessage + Sync + 'static,
        O: OwnedMessage + Sync + 'static,
    {
        self.0.get_or_insert_with(|| {
            let client = sample_client::<C>(R::OPERATION.protocol, Sample::Minimal);
            (Box::new(client), Box::new(sample::<O>(Sample::Minimal)))
        });
    }
}

#[test]
fn every_operation_of_every_definition_is_answered() {
    for folder in folders() {
        let mock = Mock::load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        let name = mock.vendor().name;
        let mut provided = Provided::default();
        visit(name, &mut provided);
        let provided = provided.0.unwrap();
        let mut caller = Caller { mock: &mock, provided, sessions: Vec::new(), calls: 0 };
        visit(name, &mut caller);
        assert!(caller.calls >= 2 * mock.vendor().operations.len(), "{name}: {}", caller.calls);
    }
}
