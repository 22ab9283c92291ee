//! One call from the shell: its parameters are checked against the definition, a session is opened where it needs one and closed
//! again, or kept in a file from one call to the next, and what went over the wire is shown without its secrets.

mod answered;
mod failure;
mod kept;
mod open;
mod output;
mod pages;
mod parameters;
mod session_file;
mod shown;
mod system;
mod table;

use std::{cell::RefCell, io::Write, path::PathBuf, time::Duration};

use http::{HeaderName, HeaderValue, Method};
use wirewright::{
    Format, Options,
    catalog::{Parameter, Vendor},
    client::{ClockSkew, Config, Environment as _, System as Clock},
    describe::Content,
    described::{
        attempt_timeout,
        blocking::{call_rows_with, call_with},
        decode_into,
    },
    exchange::{Additions, CallContext},
};
use wirewright_interpret::{
    Answer, Definition, DynamicRecord, DynamicValue, OperationType, RecordType, Session, SessionType,
};

pub use self::{
    answered::{Answered, shown_head},
    failure::{Failure, FailureKind},
    open::Open,
    output::Output,
    pages::Pages,
    parameters::variable,
    system::System,
    table::{Progress, Rows, RowsOutput},
};
use self::{
    parameters::Given,
    session_file::SessionFile,
    shown::Shown,
    table::{Writing, write_rows},
};
use crate::unknown::unknown;

/// What is called, and how.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The operation, as in `auth/logout`.
    pub operation: String,
    /// Its parameters, by their names on the wire, and those of the client and the call. The content of a file is behind an `@`
    /// and its path.
    pub pairs: Vec<(String, String)>,
    /// The parameters of the operations that open its session.
    pub login: Vec<(String, String)>,
    /// Parameters that the definition does not tell of.
    pub further: Vec<(String, String)>,
    /// Headers that the definition does not tell of, on the calls that open and close its session as well.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body of an operation that has one beside its parameters.
    pub document: Vec<u8>,
    /// The format to ask for.
    pub format: Option<Format>,
    /// The HTTP method to use.
    pub method: Option<Method>,
    /// Scheme and host to call, instead of the vendor's own.
    pub endpoint: Option<String>,
    /// The kind of session that it is a call of, where the operation takes several.
    pub session: Option<String>,
    /// In a session that signs its calls.
    pub sign: bool,
    /// The file that keeps sessions from one call to the next: a call that opens a session writes it, calls of a session read it, and
    /// it goes with the call that closes the last one. It is as secret as they are; on Unix only its owner may read it.
    pub session_file: Option<PathBuf>,
    /// How long an exchange may take; what the vendor holds on purpose comes on top.
    pub timeout: Option<Duration>,
    /// Whether every exchange is shown, without secrets.
    pub verbose: bool,
}

/// What became of a call.
#[derive(Debug)]
pub struct Report {
    /// The answer, or why there is none.
    pub outcome: Result<Answered, Failure>,
    /// Why the session that was opened for the call stayed open, where it did.
    pub unclosed: Option<Failure>,
}

impl From<Failure> for Report {
    fn from(failure: Failure) -> Self {
        Self { outcome: Err(failure), unclosed: None }
    }
}

/// Makes a call. What is said of it, and every exchange if the call is verbose, is written to `told`, without secrets. Sessions that it
/// opens are in `open` until they are closed, for whoever has to end it before.
pub fn run(
    definition: &Definition,
    call: &Call,
    system: &dyn System,
    open: &Open,
    told: &mut dyn Write,
) -> Report {
    made(definition, call, system, open, told, Reading::Whole)
}

/// Makes a call whose reply is a page of a whole, as [`run`] does, and goes on with the next pages as the definition says: each is
/// handed over when it comes. The answer is the last one of them.
pub fn run_pages(
    definition: &Definition,
    call: &Call,
    system: &dyn System,
    open: &Open,
    told: &mut dyn Write,
    pages: Pages<'_>,
) -> Report {
    made(definition, call, system, open, told, Reading::Pages(pages))
}

/// Makes a call whose reply has rows, as [`run`] does, and writes them one after the other while they come: memory does not grow with
/// them. The answer is what is around the rows, and is there when the last one has been written.
pub fn run_rows(
    definition: &Definition,
    call: &Call,
    system: &dyn System,
    open: &Open,
    told: &mut dyn Write,
    rows: Rows<'_>,
) -> Report {
    // Before anything is sent.
    match rows.begin() {
        Ok(rows) => made(definition, call, system, open, told, Reading::Rows(rows)),
        Err(failure) => failure.into(),
    }
}

fn made(
    definition: &Definition,
    call: &Call,
    system: &dyn System,
    open: &Open,
    told: &mut dyn Write,
    reading: Reading<'_>,
) -> Report {
    let vendor = definition.catalog();
    let Some(operation) = definition.operation(&call.operation) else {
        let known: Vec<&str> = vendor.operations.iter().map(|operation| operation.name).collect();
        return Failure::usage(unknown(&format!("operation of {}", vendor.name), &call.operation, &known))
            .into();
    };
    // Before anything is sent.
    if let Err(failure) = reading.check(operation) {
        return failure.into();
    }
    let transport = Shown::new(vendor, call.timeout, told, call.verbose);
    let reading = RefCell::new(reading);
    let caller =
        |call| Caller { call, definition, vendor, system, open, transport: &transport, reading: &reading };
    let Some(path) = &call.session_file else { return caller(call).run(operation) };
    let file = match SessionFile::read(path, vendor.name, call.endpoint.as_deref()) {
        Ok(file) => file,
        Err(failure) => return failure.into(),
    };
    // A session goes nowhere but to where it was opened.
    let call = Call { endpoint: file.endpoint().map(str::to_owned), ..call.clone() };
    caller(&call).run_kept(operation, file)
}

/// Closes what a call has opened that somebody ended, and removes the files that it had begun.
///
/// # Errors
///
/// When a session stays open.
pub fn close_all(
    definition: &Definition,
    call: &Call,
    system: &dyn System,
    open: &Open,
    told: &mut dyn Write,
) -> Result<(), Failure> {
    let vendor = definition.catalog();
    let transport = Shown::new(vendor, call.timeout, told, call.verbose);
    if open.stop() {
        // The vendor may have opened what nobody here knows of yet.
        transport.say("* a session is being opened or closed, which is waited for; once more ends at once\n");
    }
    open.settle();
    open.remove_drafts();
    let reading = RefCell::default();
    let caller = Caller { call, definition, vendor, system, open, transport: &transport, reading: &reading };
    caller.close(None)
}

/// How the reply of the call itself is read.
#[derive(Default)]
enum Reading<'r> {
    #[default]
    Whole,
    Rows(Writing<'r>),
    Pages(Pages<'r>),
}

impl Reading<'_> {
    /// That the definition says of an operation what it takes.
    fn check(&self, operation: &OperationType) -> Result<(), Failure> {
        let name = operation.described().name;
        match self {
            Self::Rows(_) if !operation.model().has_rows() => Err(Failure::usage(format!(
                "the definition does not say that the reply of {name} has rows: leave `--output` out, or tell it with `rows`"
            ))),
            Self::Pages(_) if operation.model().pagination.is_none() => Err(Failure::usage(format!(
                "the definition does not say that the reply of {name} is a page of a whole: leave `--pages` out, or tell it with \
                 `pagination`"
            ))),
            _ => Ok(()),
        }
    }
}

struct Caller<'c, 'r> {
    call: &'c Call,
    definition: &'c Definition,
    vendor: &'static Vendor,
    system: &'c dyn System,
    open: &'c Open,
    transport: &'c Shown<'c>,
    reading: &'c RefCell<Reading<'r>>,
}

/// An operation that is to be called, with all that was given to it.
struct Planned<'c> {
    operation: &'c OperationType,
    given: Given,
    /// The kind of session that it opens.
    opens: Option<&'c SessionType>,
}

impl<'c> Caller<'c, '_> {
    fn run(&self, operation: &'c OperationType) -> Report {
        match self.planned(operation) {
            Ok((opening, own)) => self.carry_out(&opening, &own),
            Err(failure) => failure.into(),
        }
    }

    /// The calls that open its session and the call itself. Before anything is sent: who has forgotten a parameter has nothing to close.
    fn planned(&self, operation: &'c OperationType) -> Result<(Vec<Planned<'c>>, Planned<'c>), Failure> {
        let mut own = Planned { operation, given: self.given(operation)?, opens: None };
        let mut kinds = Vec::new();
        if let Some(kind) = self.kind(operation)? {
            self.plan(kind, &mut kinds);
        }
        self.check_login(operation, &kinds)?;
        let opening: Result<Vec<_>, Failure> =
            kinds.into_iter().map(|kind| self.planned_opening(kind)).collect();
        let mut opening = opening?;
        for planned in &opening {
            self.check_closing(operation, planned)?;
        }
        // What nobody but a person can say is asked for when all the rest is there.
        for planned in opening.iter_mut().chain([&mut own]) {
            planned.given.ask(self.vendor, planned.operation.described(), self.system)?;
        }
        Ok((opening, own))
    }

    fn carry_out(&self, opening: &[Planned<'_>], own: &Planned<'_>) -> Report {
        let (mut session, mut opened) = (None, None);
        for planned in opening {
            match self.open_session(planned, session.as_ref()) {
                Ok((answer, own)) => (session, opened) = (Some(own), Some(answer)),
                Err(failure) => {
                    return Report { outcome: Err(failure), unclosed: self.close_own(None).err() };
                }
            }
        }
        if self.open.is_stopped() {
            return Failure::interrupted().into();
        }
        let outcome = self.send_own(own, session.as_ref(), opened.as_ref());
        let closed = outcome.is_ok().then_some(own.operation);
        Report { outcome, unclosed: self.close_own(closed).err() }
    }

    /// The parameters of the call, and its document if it needs one.
    fn given(&self, operation: &OperationType) -> Result<Given, Failure> {
        let described = operation.described();
        let given = Given::new(self.vendor, described, &self.call.pairs, self.system)?;
        match described.content {
            Content::Document(document)
                if self.call.document.is_empty() && !document.shape.all_optional() =>
            {
                Err(Failure::usage(format!(
                    "{}/{} takes a body in {} beside its parameters: give its file with `--document`",
                    self.vendor.name, described.name, document.format
                )))
            }
            _ => Ok(given),
        }
    }

    /// The kind of session that the call is made in.
    fn kind(&self, operation: &OperationType) -> Result<Option<&'c SessionType>, Failure> {
        let described = operation.described();
        let kinds: Vec<&SessionType> = self.kinds(operation).collect();
        let name = described.name;
        if let Some(wanted) = &self.call.session {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.described().name).collect();
            let found = kinds.into_iter().find(|kind| kind.described().name == wanted);
            return found.map(Some).ok_or_else(|| {
                Failure::usage(format!("{name}: {}", unknown("kind of session", wanted, &names)))
            });
        }
        if self.call.sign {
            let keyed = kinds.into_iter().find(|kind| described.signed && kind.described().keyed);
            return keyed.map(Some).ok_or_else(|| Failure::usage(format!("{name} is never signed")));
        }
        // Where a call can do without a session, who logs in wants one.
        let without = described.sessionless && self.call.login.is_empty();
        Ok(if without { None } else { kinds.into_iter().next() })
    }

    /// The kinds of session that an operation takes, in the order of the definition.
    fn kinds(&self, operation: &OperationType) -> impl Iterator<Item = &'c SessionType> + use<'c> {
        let definition = self.definition;
        operation.described().sessions.iter().filter_map(|kind| definition.session(kind.name))
    }

    /// The kinds of session that have to be opened for one of this kind, which is the last of them.
    fn plan(&self, kind: &'c SessionType, kinds: &mut Vec<&'c SessionType>) {
        let operation = self.definition.opening(kind);
        let own = self.parameters(operation);
        let is_own = |name: &str| own.iter().any(|one| parameters::is_called(one, name));
        // Where it can be opened without another session, parameters of the operation that opens that one say that it is wanted.
        let inside =
            !operation.described().sessionless || self.call.login.iter().any(|(name, _)| !is_own(name));
        // A definition cannot have sessions that open each other without end, as one of them is opened without.
        if inside
            && kinds.len() < 8
            && let Some(outer) = self.kinds(operation).next()
        {
            self.plan(outer, kinds);
        }
        kinds.push(kind);
    }

    /// The call that opens a session, with what was given for it.
    fn planned_opening(&self, kind: &'c SessionType) -> Result<Planned<'c>, Failure> {
        let operation = self.definition.opening(kind);
        let own = self.parameters(operation);
        let of_opening =
            |(name, _): &&(String, String)| own.iter().any(|one| parameters::is_called(one, name));
        let mut pairs: Vec<_> = self.call.login.iter().filter(of_opening).cloned().collect();
        pairs.extend(self.common());
        let given = Given::new(self.vendor, operation.described(), &pairs, self.system)?;
        Ok(Planned { operation, given, opens: Some(kind) })
    }

    /// That what is opened can be closed again, unless the call itself does it.
    fn check_closing(&self, operation: &OperationType, opening: &Planned<'_>) -> Result<(), Failure> {
        let closing = opening.opens.and_then(|kind| self.definition.closing(kind));
        let Some(closing) = closing.filter(|closing| !std::ptr::eq(*closing, operation)) else {
            return Ok(());
        };
        let given = Given::new(self.vendor, closing.described(), &self.common(), self.system);
        given
            .map(drop)
            .map_err(|failure| failure.behind("the session that is opened could not be closed again: "))
    }

    /// What the definition tells of an operation's own parameters.
    fn parameters(&self, operation: &OperationType) -> &'static [Parameter] {
        let facts = self.vendor.operation(operation.described().name);
        facts.map(|(_, facts)| facts.parameters).unwrap_or_default()
    }

    /// What was given that the client provides: it goes with every call.
    fn common(&self) -> Vec<(String, String)> {
        let is_common = |(name, _): &&(String, String)| parameters::is_common(self.vendor, name);
        self.call.pairs.iter().filter(is_common).cloned().collect()
    }

    /// That every parameter behind `--login` is one of an operation that opens a session of this call.
    fn check_login(&self, operation: &OperationType, opening: &[&SessionType]) -> Result<(), Failure> {
        let opening: Vec<&OperationType> = opening.iter().map(|kind| self.definition.opening(kind)).collect();
        let known: Vec<&Parameter> = opening.iter().flat_map(|opening| self.parameters(opening)).collect();
        for (name, _) in &self.call.login {
            if known.iter().any(|parameter| parameters::is_called(parameter, name)) {
                continue;
            }
            if opening.is_empty() {
                let of = operation.described().name;
                return Err(Failure::usage(format!("{of} is called without a session: leave `--login` out")));
            }
            let names: Vec<&str> = known.iter().map(|parameter| parameter.name).collect();
            let of: Vec<&str> = opening.iter().map(|opening| opening.described().name).collect();
            return Err(Failure::usage(unknown(&format!("parameter of {}", of.join(" or ")), name, &names)));
        }
        Ok(())
    }

    /// Opens a session, with the answer to the call that opened it.
    fn open_session(
        &self,
        planned: &Planned<'_>,
        outer: Option<&Session>,
    ) -> Result<(Answer, Session), Failure> {
        let name = planned.operation.described().name;
        let _unsettled = self.open.unsettled().ok_or_else(Failure::interrupted)?;
        let (answered, session) = self
            .send(planned, outer, &[])
            .map_err(|failure| failure.behind(&format!("{name} opened no session: ")))?;
        let session = session.ok_or_else(|| {
            Failure::other(format!("{name} opened no session: the vendor took the call, and opened none"))
        })?;
        self.open.add(session.clone());
        Ok((answered.answer, session))
    }

    /// Closes what this call has opened, unless somebody has ended the program, and does it.
    fn close_own(&self, done: Option<&OperationType>) -> Result<(), Failure> {
        match self.open.unsettled() {
            Some(_unsettled) => self.close(done),
            None => Ok(()),
        }
    }

    /// Closes what was opened, the last one first; `done` is the operation that was called, which may have closed its own. All are tried.
    fn close(&self, done: Option<&OperationType>) -> Result<(), Failure> {
        let mut failed: Option<Failure> = None;
        let mut first = true;
        while let Some(session) = self.open.take_last() {
            let closing = self.definition.closing(session.kind());
            let is_done =
                first && done.zip(closing).is_some_and(|(done, closing)| std::ptr::eq(done, closing));
            first = false;
            let Some(operation) = closing.filter(|_| !is_done) else { continue };
            let given = Given::new(self.vendor, operation.described(), &self.common(), self.system);
            let sent = given
                .and_then(|given| self.send(&Planned { operation, given, opens: None }, Some(&session), &[]));
            if let Err(failure) = sent {
                failed = Some(match failed {
                    Some(before) => before.and(&format!("\n{failure}")),
                    None => failure.still_open(),
                });
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Makes the call itself, in a session that was opened with this answer, or long ago.
    fn send_own(
        &self,
        own: &Planned<'_>,
        session: Option<&Session>,
        opened: Option<&Answer>,
    ) -> Result<Answered, Failure> {
        let document = &self.call.document;
        match self.reading.take() {
            Reading::Whole => self.send(own, session, document).map(|(answered, _)| answered),
            Reading::Rows(rows) => self.send_for_rows(own, session, document, rows),
            Reading::Pages(pages) => self.send_for_pages(own, session, opened, pages),
        }
    }

    /// Makes a call; the session that it opened comes with the answer.
    fn send(
        &self,
        planned: &Planned<'_>,
        session: Option<&Session>,
        document: &[u8],
    ) -> Result<(Answered, Option<Session>), Failure> {
        let Planned { operation, opens, .. } = planned;
        let definition = self.definition;
        self.with_request(planned, session, document, |request, context| {
            let read = |response, format| definition.read_reply(operation, response, format, &context.limits);
            let timeout = attempt_timeout(definition.held(operation, request), context.timeout);
            let context = &CallContext { timeout, ..*context };
            let answer = call_with(self.transport, operation.described(), request, context, read)?;
            let opened =
                opens.and_then(|kind| definition.opened(kind, request, &answer, session, Clock.now()));
            if let Some(session) = &opened {
                self.hide(session);
            }
            Ok((self.answered(answer), opened))
        })
    }

    /// Makes a call whose rows are written while they come.
    fn send_for_rows(
        &self,
        planned: &Planned<'_>,
        session: Option<&Session>,
        document: &[u8],
        rows: Writing<'_>,
    ) -> Result<Answered, Failure> {
        let (definition, operation) = (self.definition, planned.operation);
        let name = operation.described().name;
        let Some(of) = definition.rows(operation) else {
            return Err(Failure::usage(format!("the reply of {name} has no rows")));
        };
        self.with_request(planned, session, document, |request, context| {
            let streamed = self.transport.streamed(rows.max_bytes);
            let reading = || definition.read_rows(operation, of.layout);
            let mut reply = call_rows_with(self.transport, request, context, reading)?;
            let secrets = self.vendor.secrets;
            write_rows(&mut reply, &of, rows, secrets, &streamed)?;
            match reply.answer() {
                Some(answer) => Ok(self.answered(answer.clone())),
                None => Err(Failure::other(format!("the reply of {name} ended without an answer"))),
            }
        })
    }

    /// What came, with the response that it came in.
    fn answered(&self, answer: Answer) -> Answered {
        let (parts, body) = self.transport.take_last().unwrap_or_default().into_parts();
        Answered { answer, status: parts.status, headers: parts.headers, body }
    }

    /// Makes a request of what was given, and sends it in its context.
    fn with_request<T>(
        &self,
        planned: &Planned<'_>,
        session: Option<&Session>,
        document: &[u8],
        send: impl FnOnce(&DynamicRecord, &CallContext<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Planned { operation, given, .. } = planned;
        let definition = self.definition;
        let client = record(definition.client_parameters(), |names| given.client(names))?;
        let options = record(definition.call_options(), |names| given.options(names))?;
        let request = definition.parse_request(operation, &given.own(), document, &given.files)?;
        given.secrets(|secret| self.transport.hide(secret));
        let settings = self.settings();
        let settings =
            given.callback.iter().fold(settings, |settings, callback| settings.with_callback(callback));
        let mut further = Additions::new();
        if operation.described().name == self.call.operation {
            for (name, value) in &self.call.further {
                self.transport.hide_parameter(name);
                further.add_parameter(name, value);
            }
        }
        let context = settings.context();
        let context = CallContext {
            client: &client,
            options: &options,
            additions: [context.additions[0], &further],
            session: session.map(Session::context),
            clock_skew: session.map_or(ClockSkew::NONE, Session::clock_skew),
            timeout: self.call.timeout,
            ..context
        };
        send(&request, &context)
    }

    /// What a session's calls carry is as secret as its key.
    fn hide(&self, session: &Session) {
        let carried = session.carried().values().filter_map(DynamicValue::text);
        carried.for_each(|text| self.transport.hide(&text));
        session.fields().iter().for_each(|field| self.transport.hide(field.expose()));
    }

    fn settings(&self) -> Config {
        let Call { endpoint, format, method, .. } = self.call;
        let settings = Config::new();
        let settings = endpoint.iter().fold(settings, Config::with_endpoint);
        let settings = format.iter().fold(settings, |settings, format| settings.with_format(*format));
        let settings = method.iter().fold(settings, |settings, method| settings.with_method(method.clone()));
        let headers = self.call.headers.iter().cloned();
        headers.fold(settings, |settings, (name, value)| settings.with_header(name, value))
    }
}

/// Parameters of this type, from a form-urlencoded text under their own names.
fn record(of: &'static RecordType, text: impl FnOnce(&[&str]) -> String) -> Result<DynamicRecord, Failure> {
    let names: Vec<&str> = of.shape().members().map(wirewright::wire::Member::query).collect();
    let mut read = DynamicRecord::empty(of);
    let options = Options::new().with_strict(true);
    decode_into(Format::Query, &text(&names), &options, of.shape(), &mut read)?;
    Ok(read)
}
