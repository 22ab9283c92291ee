//! The interpreter: any text as one file of a definition. What passes the checks can be called and served.

use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Request, Response};
use wirewright::{
    Limits, Secret,
    client::Config,
    describe::Operation,
    exchange::{CallContext, SessionContext, write_upload},
    server::{Incoming, receive},
    testing::Sample,
};
use wirewright_codegen::load_sources;
use wirewright_interpret::{Answer, Definition, OperationType, Visibility, sample};

use super::definition::{changed, files};
use crate::{Outcome, corpus::golden_definitions};

/// How many definitions a process interprets: what is loaded stays in memory.
const MOST: usize = 1000;

/// The first byte chooses a file of the hardest definitions, and the others are in its place.
///
/// # Panics
///
/// When the interpreter does.
pub fn interpret(data: &[u8]) -> Outcome {
    static INTERPRETED: AtomicUsize = AtomicUsize::new(0);
    let mut outcome = Outcome::default();
    let Some((vendor, files)) = changed(golden_definitions(), data) else { return outcome };
    match load_sources(vendor, files) {
        Ok(vendor) if INTERPRETED.fetch_add(1, Ordering::Relaxed) < MOST => {
            let definition = Definition::new(vendor);
            let secrets = definition.catalog().secrets;
            for operation in definition.operations() {
                let sides = Sides { definition: &definition, operation, secrets };
                for kind in [Sample::Minimal, Sample::Full] {
                    outcome.take((sides.call(kind), kind));
                }
            }
        }
        Ok(_) => outcome.take("checked"),
        Err(faults) => outcome.refuse(faults.diagnostics().len().min(8)),
    }
    outcome
}

/// An operation seen from both sides.
struct Sides<'d> {
    definition: &'d Definition,
    operation: &'d OperationType,
    secrets: &'d [&'static str],
}

impl Sides<'_> {
    /// A sample call; `false`: its request cannot be sent, or is not received.
    fn call(&self, kind: Sample) -> bool {
        let Some(incoming) = self.sent(kind) else { return false };
        let definition = self.definition;
        let failure = match definition.receive(self.operation, &incoming) {
            Ok(_) => definition.sample_failure(),
            Err(rejection) => definition.rejected(&rejection),
        };
        self.read(&incoming, definition.write_failure(&incoming, failure));
        let mut answer = Answer::Enveloped(definition.sample_answer(self.operation, kind));
        for session in definition.sessions() {
            let request = wirewright_interpret::DynamicRecord::empty(definition.request(self.operation));
            if definition
                .opened_by(self.operation)
                .is_some_and(|opened| opened.described().name == session.described().name)
            {
                definition.rename(session, &mut answer, "name");
                let opened = definition.opened(session, &request, &answer, None, None);
                let saved = opened.and_then(|opened| opened.save().ok());
                saved.inspect(|saved| drop(definition.restore(session, saved.expose())));
            }
        }
        definition.set_answer_id(&mut answer, Some("id"));
        self.read(&incoming, definition.write_answer(&incoming, answer));
        self.read(&incoming, Response::default());
        true
    }

    /// A sample request as the server receives it.
    fn sent(&self, kind: Sample) -> Option<Incoming> {
        let (definition, described): (_, &'static Operation) = (self.definition, self.operation.described());
        let own = sample(definition.request(self.operation), kind);
        let client = definition.sample_client(kind);
        let options = sample(definition.call_options(), kind);
        let session = described.sessions.first().and_then(|session| definition.session(session.name));
        let carried = session.map(|session| (session, sample(session.carried(), kind)));
        let fields = [Secret::from("key")];
        let settings = Config::new();
        let context = CallContext {
            client: &client,
            options: &options,
            session: carried.as_ref().map(|(session, carried)| SessionContext {
                kind: session.described(),
                parameters: carried,
                fields: &fields,
            }),
            ..settings.context()
        };
        let (parts, body) = write_upload(described, &own, &context).ok()?.into_parts();
        let request = Request::from_parts(parts, body.into_bytes().ok()?);
        receive(&[described], described.endpoint(), &request, &Limits::new()).ok()
    }

    /// Reads a response, and shows what is read.
    fn read(&self, incoming: &Incoming, response: Response<Vec<u8>>) {
        let read = self.definition.read_reply(self.operation, response, incoming.format(), &Limits::new());
        let visibility = Visibility { secrets: self.secrets, exposed: &[] };
        assert!(!format!("{read:?}").is_empty());
        if let Ok(Answer::Enveloped(answer)) = &read {
            let _ = self.definition.show_answer(self.operation, answer, visibility);
        }
        if let Err(wirewright::exchange::Error::Vendor(error)) = &read {
            let _ = self.definition.show_failure(self.operation, &error.failure, visibility);
        }
    }
}

/// The files as they are.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    files(golden_definitions())
}
