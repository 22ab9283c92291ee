//! A vendor's server in memory, from the definition alone.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use http::{Request, Response};
use wirewright::{
    Format, Limits, Options, Secret,
    describe::{Operation, ServerCondition},
    described::encode_record,
    exchange::{RawReply, RequestId},
    server::{Incoming, Rejection, not_found, receive},
    testing::Sample,
};
use wirewright_interpret::{Answer, Definition, DynamicRecord, OperationType};

use super::format;

/// It answers with the first example of the operation's page, or a sample, and keeps sessions.
pub(crate) struct Mock {
    definition: Definition,
    operations: Vec<&'static Operation>,
    sessions: Mutex<Sessions>,
}

#[derive(Default)]
struct Sessions {
    /// By what their calls carry.
    open: HashMap<String, Open>,
    opened: u64,
}

struct Open {
    key: Option<Secret<String>>,
    expired: bool,
}

impl Mock {
    pub(crate) fn new(definition: Definition) -> Self {
        let operations = definition.operations().iter().map(OperationType::described).collect();
        Self { definition, operations, sessions: Mutex::default() }
    }

    pub(crate) fn definition(&self) -> &Definition {
        &self.definition
    }

    /// How many sessions have been opened so far.
    pub(crate) fn opened(&self) -> u64 {
        self.sessions().opened
    }

    pub(crate) fn expire_sessions(&self) {
        self.sessions().open.values_mut().for_each(|session| session.expired = true);
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap()
    }

    pub(crate) fn answer(&self, origin: &str, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        match receive(&self.operations, origin, request, &Limits::new()) {
            Ok(incoming) => self.handle(&incoming).unwrap_or_else(|refused| self.refuse(&incoming, &refused)),
            Err((refused, Some(incoming))) => self.refuse(&incoming, &refused),
            Err((_, None)) => not_found(),
        }
    }

    fn refuse(&self, incoming: &Incoming, refused: &Rejection) -> Response<Vec<u8>> {
        let mut failure = self.definition.rejected(refused);
        if let Some(id) = incoming.request_id() {
            self.definition.set_failure_id(&mut failure, id.as_str());
        }
        self.definition.write_failure(incoming, failure)
    }

    fn handle(&self, incoming: &Incoming) -> Result<Response<Vec<u8>>, Rejection> {
        let definition = &self.definition;
        let operation =
            definition.called(incoming).ok_or(Rejection::new(ServerCondition::OperationUnknown))?;
        let request = definition.receive(operation, incoming)?;
        let claimed = self.session(operation, incoming)?;
        let mut answer = match operation.raw() {
            Some(raw) if matches!(raw.statuses.first(), Some(300..400)) => {
                Answer::Raw(RawReply::redirect("https://moved.example"))
            }
            Some(raw) => {
                let media_type = raw.media_types.first().copied().unwrap_or("application/octet-stream");
                Answer::Raw(RawReply::new(media_type, *b"a mock's reply"))
            }
            None => self.printed(operation, incoming.format()),
        };
        definition.set_answer_id(&mut answer, incoming.request_id().as_ref().map(RequestId::as_str));
        if let Some(kind) = definition.opened_by(operation) {
            let name = format!("session-{}", self.opened() + 1);
            definition.rename(kind, &mut answer, &name);
            if let Some(session) = definition.opened(kind, &request, &answer, None) {
                let open = Open { key: session.key().cloned(), expired: false };
                let mut sessions = self.sessions();
                sessions.opened += 1;
                sessions.open.insert(as_text(session.carried()), open);
            }
        }
        if let Some(claimed) = claimed.filter(|_| definition.closes(operation)) {
            self.sessions().open.remove(&claimed);
        }
        Ok(definition.write_answer(incoming, answer))
    }

    /// What the session of a call carries, if it is a call of one; its signature is right.
    fn session(&self, operation: &OperationType, incoming: &Incoming) -> Result<Option<String>, Rejection> {
        let kinds =
            operation.described().sessions.iter().filter_map(|kind| self.definition.session(kind.name));
        let mut claims = Vec::new();
        for kind in kinds {
            claims.extend(self.definition.claim(kind, incoming)?.map(|claim| as_text(&claim)));
        }
        if claims.is_empty() {
            incoming.without_session()?;
            return Ok(None);
        }
        let sessions = self.sessions();
        let found = claims.into_iter().find_map(|claim| sessions.open.get(&claim).map(|open| (claim, open)));
        let (claim, open) = found.ok_or(Rejection::new(ServerCondition::SessionUnknown))?;
        if open.expired {
            return Err(Rejection::new(ServerCondition::SessionExpired));
        }
        open.key.as_ref().map_or(Ok(()), |key| incoming.verify(key.expose()))?;
        Ok(Some(claim))
    }

    /// The first printed answer, in the format of the call if there is one, or a sample.
    fn printed(&self, operation: &OperationType, asked: Format) -> Answer {
        let examples = operation.model().examples.iter().filter(|example| example.error.is_none());
        let replies = examples.flat_map(|example| &example.replies).filter(|reply| reply.fails.is_none());
        let (first, others): (Vec<_>, Vec<_>) = replies.partition(|reply| format(reply.format) == asked);
        let shown = first.into_iter().chain(others).find_map(|reply| {
            let response = Response::new(reply.text.as_bytes().to_vec());
            self.definition.read_reply(operation, response, format(reply.format), &Limits::new()).ok()
        });
        shown.unwrap_or_else(|| Answer::Enveloped(self.definition.sample_answer(operation, Sample::Full)))
    }
}

/// What a session's calls carry, to find it by.
fn as_text(carried: &DynamicRecord) -> String {
    encode_record(Format::Query, carried, carried.record_type().shape(), &Options::new()).unwrap()
}
