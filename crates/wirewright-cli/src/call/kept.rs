//! Calls of sessions that outlive them, in a file.

use wirewright::describe::Class;
use wirewright_interpret::{OperationType, Session, SessionType};

use super::{
    Answered, Caller, Planned, Report,
    failure::{Failure, FailureKind},
    session_file::SessionFile,
};

impl<'c> Caller<'c, '_> {
    /// Makes a call in the session that the file keeps, or one that opens a session, which the file keeps from then on.
    pub(super) fn run_kept(&self, operation: &'c OperationType, mut file: SessionFile) -> Report {
        let planned = match self.planned_in(operation, &file) {
            Ok((planned, session)) => (planned, session),
            Err(failure) => return failure.into(),
        };
        let (planned, session) = planned;
        let closing = session.as_ref().and_then(|session| self.definition.closing(session.kind()));
        let closes = closing.is_some_and(|closing| std::ptr::eq(closing, operation));
        // What becomes of the session is not known before the file says it as well.
        let _unsettled = if closes || planned.opens.is_some() {
            match self.open.unsettled() {
                Some(unsettled) => Some(unsettled),
                None => return Failure::interrupted().into(),
            }
        } else {
            None
        };
        let outcome = match planned.opens {
            Some(kind) => self.open_kept(&planned, kind, session.as_ref(), &mut file),
            None => self.send_own(&planned, session.as_ref(), None),
        };
        let Some(session) = session else { return Report { outcome, unclosed: None } };
        let answered = match outcome {
            Ok(answered) => answered,
            Err(failure) => return self.expired(failure, session.kind(), &mut file).into(),
        };
        if !closes {
            return Report { outcome: Ok(answered), unclosed: None };
        }
        let removed = file.remove(session.kind(), self.open);
        if removed.is_ok() {
            self.transport.say(&format!("* {} keeps the session no longer\n", file.path()));
        }
        let unclosed = removed.err().map(|failure| failure.behind("the session is closed, but "));
        Report { outcome: Ok(answered), unclosed }
    }

    /// The call, and the session of the file that it is made in.
    fn planned_in(
        &self,
        operation: &'c OperationType,
        file: &SessionFile,
    ) -> Result<(Planned<'c>, Option<Session>), Failure> {
        if !self.call.login.is_empty() {
            return Err(Failure::usage(format!(
                "`--login` is for a session of one call: the parameters of the operation that opens the session of {} are behind \
                 that operation",
                file.path()
            )));
        }
        let opens = self.definition.opened_by(operation);
        let described = operation.described();
        if described.sessions.is_empty() && opens.is_none() {
            let name = described.name;
            return Err(Failure::usage(format!(
                "{name} takes no session and opens none: leave `--session-file` out"
            )));
        }
        let mut given = self.given(operation)?;
        let kind = self.kept_kind(operation, file)?;
        let session = kind.map(|kind| file.session(self.definition, kind)).transpose()?.flatten();
        if let Some(kind) = opens.filter(|kind| !file.has_room(kind)) {
            return Err(self.full(kind, file));
        }
        given.ask(self.vendor, described, self.system)?;
        if let Some(session) = &session {
            self.hide(session);
        }
        Ok((Planned { operation, given, opens }, session))
    }

    /// The kind of session that the call is made in: the first one that the file keeps, if the operation takes any.
    fn kept_kind(
        &self,
        operation: &'c OperationType,
        file: &SessionFile,
    ) -> Result<Option<&'c SessionType>, Failure> {
        let chosen = self.call.session.is_some() || self.call.sign;
        let kinds: Vec<&SessionType> = if chosen {
            self.kind(operation)?.into_iter().collect()
        } else {
            self.kinds(operation).collect()
        };
        let found = kinds.iter().find(|kind| file.keeps(kind)).copied();
        let described = operation.described();
        if found.is_some() || described.sessionless && !chosen {
            return Ok(found);
        }
        let names: Vec<&str> = kinds.iter().map(|kind| kind.described().name).collect();
        let first = kinds.first().map(|kind| self.how_to_open(kind, file)).unwrap_or_default();
        Err(Failure::usage(if file.is_there() {
            let names = names.join(" or ");
            format!(
                "{} keeps no session of the kind {names}, which {} takes: {first}",
                file.path(),
                described.name
            )
        } else {
            format!("{} is not there, and {} takes a session: {first}", file.path(), described.name)
        }))
    }

    fn how_to_open(&self, kind: &SessionType, file: &SessionFile) -> String {
        let (vendor, opening) = (self.vendor.name, self.definition.opening(kind).described().name);
        format!("open one with `call {vendor} {opening} --session-file {}`", file.path())
    }

    /// That the file keeps a session of this kind already.
    fn full(&self, kind: &SessionType, file: &SessionFile) -> Failure {
        let (vendor, path, name) = (self.vendor.name, file.path(), kind.described().name);
        let close = self.definition.closing(kind).map(|closing| {
            let closing = closing.described().name;
            format!("close it with `call {vendor} {closing} --session-file {path}`, or ")
        });
        Failure::usage(format!(
            "{path} keeps a session of the kind {name} already: {}name another file",
            close.unwrap_or_default()
        ))
    }

    /// Opens a session, and keeps it. One that cannot be kept is closed.
    fn open_kept(
        &self,
        planned: &Planned<'_>,
        kind: &SessionType,
        outer: Option<&Session>,
        file: &mut SessionFile,
    ) -> Result<Answered, Failure> {
        // Before anything is sent: nobody could close a session that is kept nowhere, or in whose place another one is kept meanwhile.
        let draft = file.draft(self.open)?;
        if !file.has_room(kind) {
            return Err(self.full(kind, file));
        }
        let (answered, opened) = self.send(planned, outer, &self.call.document)?;
        let Some(session) = opened else {
            self.transport.say(&format!("* no session was opened: {} is as it was\n", file.path()));
            return Ok(answered);
        };
        self.open.add(session.clone());
        if self.open.is_stopped() {
            return Err(Failure::interrupted());
        }
        if let Err(failure) = file.add(&session, draft) {
            return Err(match self.close(None) {
                Ok(()) => failure.and(": the session was closed again"),
                Err(unclosed) => failure.and(&format!("\n{unclosed}")),
            });
        }
        // From now on it is the file's.
        self.open.take_last();
        self.transport.say(&format!("* {} keeps the session\n", file.path()));
        Ok(answered)
    }

    /// A failure of a call in the session that the file keeps: what to do about a session that has ended.
    fn expired(&self, failure: Failure, kind: &SessionType, file: &mut SessionFile) -> Failure {
        if failure.kind() != FailureKind::Refused(Class::LogInAgain) {
            return failure;
        }
        let kept =
            file.expire(kind, self.open).err().map(|failure| format!("\n{failure}")).unwrap_or_default();
        let told = format!(
            "the session of the kind {} in {} has expired, or the vendor does not know it: {}, which takes its place\n",
            kind.described().name,
            file.path(),
            self.how_to_open(kind, file)
        );
        failure.behind(&told).and(&kept)
    }
}
