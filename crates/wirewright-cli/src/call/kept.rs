//! Calls of sessions that outlive them, in a file.

use wirewright::{
    client::ClockSkew,
    describe::{Class, Operation},
    exchange::CallContext,
};

use super::{
    Caller, Open,
    failure::Failure,
    parameters::Given,
    session_file::SessionFile,
    table::{Entry, Kind},
};

impl Caller<'_> {
    /// Makes a call in the session that the file keeps, or one that opens a session, which the file keeps from then on.
    pub(super) fn run_kept(&self, entry: &Entry, mut file: SessionFile) -> Result<String, Failure> {
        let operation = entry.operation;
        if !self.call.login.is_empty() {
            return Err(Failure::new(format!(
                "`--login` is for a session of one call: the parameters of the operation that opens the session of {} are behind \
                 that operation",
                file.path()
            )));
        }
        let opened = self.table.opened_by(operation);
        if operation.sessions.is_empty() && opened.is_none() {
            let name = operation.name;
            return Err(Failure::new(format!(
                "{name} takes no session and opens none: leave `--session-file` out"
            )));
        }
        let given = self.given(operation)?;
        let kind = self.kept_kind(operation, &file)?;
        let live = kind.map(|kind| file.session(kind)).transpose()?.flatten();
        let session = kind.zip(live).map(|(kind, live)| Open { kind, live });
        let outcome = match opened {
            Some(opened) => self.open_kept(entry, &given, opened, session.as_ref(), &mut file),
            None => self.send(entry, &given, session.as_ref(), &self.call.document),
        };
        let Some(Open { kind, .. }) = session else { return outcome };
        let answer = outcome.map_err(|failure| self.expired(failure, kind, &mut file))?;
        if kind.closed_by.is_some_and(|closing| closing.name == operation.name) {
            file.remove(kind)
                .map_err(|failure| Failure::new(format!("the session is closed, but {failure}")))?;
            self.transport.say(&format!("* {} keeps the session no longer\n", file.path()));
        }
        Ok(answer)
    }

    /// The kind of session that the call is made in: one that the file keeps, if the operation takes any.
    fn kept_kind(&self, operation: &'static Operation, file: &SessionFile) -> Result<Option<&Kind>, Failure> {
        let chosen = self.call.session.is_some() || self.call.sign;
        let kinds: Vec<&Kind> = if chosen {
            self.kind(operation)?.into_iter().collect()
        } else {
            operation.sessions.iter().filter_map(|kind| self.table.kind(kind.name)).collect()
        };
        let found = kinds.iter().find(|kind| file.keeps(kind)).copied();
        if found.is_some() || operation.sessionless && !chosen {
            return Ok(found);
        }
        let names: Vec<&str> = kinds.iter().map(|kind| kind.described.name).collect();
        let first = kinds.first().map(|kind| self.how_to_open(kind, file)).unwrap_or_default();
        Err(Failure::new(if file.is_there() {
            let names = names.join(" or ");
            format!(
                "{} keeps no session of the kind {names}, which {} takes: {first}",
                file.path(),
                operation.name
            )
        } else {
            format!("{} is not there, and {} takes a session: {first}", file.path(), operation.name)
        }))
    }

    fn how_to_open(&self, kind: &Kind, file: &SessionFile) -> String {
        let (vendor, opening) = (self.vendor.name, kind.opening.name);
        format!("open one with `call {vendor} {opening} --session-file {}`", file.path())
    }

    /// Opens a session, and keeps it. One that cannot be kept is closed.
    fn open_kept(
        &self,
        entry: &Entry,
        given: &Given,
        kind: &Kind,
        outer: Option<&Open<'_>>,
        file: &mut SessionFile,
    ) -> Result<String, Failure> {
        let name = kind.described.name;
        if !file.has_room(kind) {
            let (vendor, path) = (self.vendor.name, file.path());
            let close = kind.closed_by.map(|closing| {
                format!("close it with `call {vendor} {} --session-file {path}`, or ", closing.name)
            });
            return Err(Failure::new(format!(
                "{path} keeps a session of the kind {name} already: {}name another file",
                close.unwrap_or_default()
            )));
        }
        // Before anything is sent: nobody could close a session that is kept nowhere.
        let draft = file.draft()?;
        let prepared = Self::prepare(entry, given, &self.call.document)?;
        let settings = self.settings();
        let settings =
            given.callback.iter().fold(settings, |settings, callback| settings.with_callback(callback));
        let context = CallContext {
            client: &*prepared.client,
            options: &*prepared.options,
            session: outer.map(|open| open.live.context()),
            clock_skew: outer.map_or(ClockSkew::NONE, |open| open.live.clock_skew()),
            ..settings.context()
        };
        let opened = (kind.open)(self.transport, &prepared.own, &context)?;
        let Some(live) = opened.live else {
            self.transport.say(&format!("* no session was opened: {} is as it was\n", file.path()));
            return Ok(opened.answer);
        };
        if let Err(failure) = file.add(kind, &*live, draft) {
            self.close(vec![Open { kind, live }], entry.operation, false)?;
            return Err(Failure::new(format!("{failure}: the session was closed again")));
        }
        self.transport.say(&format!("* {} keeps the session\n", file.path()));
        Ok(opened.answer)
    }

    /// A failure of a call in the session that the file keeps: what to do about a session that has ended.
    fn expired(&self, failure: Failure, kind: &Kind, file: &mut SessionFile) -> Failure {
        if failure.class != Some(Class::LogInAgain) {
            return failure;
        }
        let kept = file.expire(kind).err().map(|failure| format!("\n{failure}")).unwrap_or_default();
        Failure::new(format!(
            "the session of the kind {} in {} has expired, or the vendor does not know it: {}, which takes its place\n{failure}{kept}",
            kind.described.name,
            file.path(),
            self.how_to_open(kind, file)
        ))
    }
}
