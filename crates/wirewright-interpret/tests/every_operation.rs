//! Every operation of every definition: an interpreted server takes what a generated client writes, and the client understands what
//! it answers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{any::type_name, fmt::Debug};

use http::{Request as HttpRequest, Response};
use support::{folders, load, mock::Mock, vendors::visit};
use wirewright::{
    Format, Limits, Secret,
    client::{Config, System},
    describe::SessionKind,
    exchange::{CallContext, Error, Request, SessionContext, read_reply, write_upload},
    generated::{DescribedSession, Visitor},
    testing::{Sample, sample},
    wire::{OwnedMessage, Record},
};

type AnyRecord = Box<dyn Record + Sync>;
type Kinds = &'static [&'static SessionKind];

/// A session that the server has opened.
struct Open {
    kind: &'static SessionKind,
    carried: AnyRecord,
    key: Option<Secret<String>>,
}

impl Open {
    fn context(&self) -> SessionContext<'_> {
        SessionContext { kind: self.kind, parameters: &*self.carried, key: self.key.as_ref() }
    }
}

/// Opens a session, in another one where it needs one.
type Opens = fn(&Caller<'_>, Option<&Open>) -> Open;

/// Calls the operations of a server in memory.
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
        self.mock.answer(R::OPERATION.endpoint(), &request)
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
                let answer = read_reply::<R>(response, asked, &Limits::new());
                assert!(answer.is_ok(), "{} in {asked}: {answer:?}", type_name::<R>());
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
            assert_eq!(caller.mock.opened(), before + 1, "{}", S::KIND.name);
            let state = S::opened(&request, &answer, None).unwrap();
            Open { kind: S::KIND, carried: Box::new(state.carried()), key: state.key() }
        }));
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
            (Box::new(sample::<C>(Sample::Minimal)), Box::new(sample::<O>(Sample::Minimal)))
        });
    }
}

#[test]
fn generated_clients_are_answered() {
    for folder in folders() {
        let mock = Mock::new(load(&folder));
        let package = &*mock.definition().vendor().package;
        let mut provided = Provided::default();
        visit(package, &mut provided);
        let provided = provided.0.unwrap();
        let mut caller = Caller { mock: &mock, provided, sessions: Vec::new(), calls: 0 };
        visit(package, &mut caller);
        let operations = mock.definition().operations().len();
        assert!(caller.calls >= 2 * operations, "{package}: {} calls", caller.calls);
    }
}
