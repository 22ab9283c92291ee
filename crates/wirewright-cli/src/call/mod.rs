//! One call from the shell: its parameters are checked against the definition, a session is opened where it needs one and closed
//! again, or kept in a file from one call to the next, and what went over the wire is shown without its secrets.

mod failure;
mod kept;
mod parameters;
mod session_file;
mod shown;
mod system;
mod table;

use std::{io::Write, path::PathBuf, time::Duration};

use http::Method;
use wirewright::{
    Format,
    catalog::Vendor,
    client::{ClockSkew, Config},
    describe::{Content, Operation},
    exchange::CallContext,
};

pub use self::{
    failure::Failure,
    parameters::variable,
    system::System,
    table::{Outcome, Problem},
};
use self::{
    parameters::Given,
    session_file::SessionFile,
    shown::Shown,
    table::{Entry, Kind, Live, Table},
};
use crate::unknown::unknown;

/// What is called, and how.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The vendor, by the name of its definition's folder.
    pub vendor: String,
    /// The operation, as in `auth/logout`.
    pub operation: String,
    /// Its parameters, by their names on the wire, and those of the client and the call. The content of a file is behind an `@`
    /// and its path.
    pub pairs: Vec<(String, String)>,
    /// The parameters of the operations that open its session.
    pub login: Vec<(String, String)>,
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
    /// How long an exchange may take.
    pub timeout: Option<Duration>,
}

/// Makes a call. Every exchange is written to `exchanges`, without secrets; the typed answer comes back as text, in which secrets
/// are hidden as well.
///
/// # Errors
///
/// When a parameter is missing or unknown, the operation does not offer what is asked for, the file of the session is not what it
/// should be, or the call fails.
pub fn run(call: &Call, system: &dyn System, exchanges: &mut dyn Write) -> Result<String, Failure> {
    let vendor = catalog::vendor(&call.vendor).ok_or_else(|| {
        let known = catalog::VENDORS.map(|vendor| vendor.name);
        Failure::new(unknown("vendor", &call.vendor, &known))
    })?;
    let mut table = Table::default();
    catalog::visit(vendor.name, &mut table);
    let entry = table.entry(&call.operation).ok_or_else(|| {
        let known: Vec<&str> = vendor.operations.iter().map(|operation| operation.name).collect();
        Failure::new(unknown("operation", &call.operation, &known))
    })?;
    let transport = Shown::new(vendor, call.timeout, exchanges);
    let caller = |call| Caller { call, vendor, table: &table, system, transport: &transport };
    let Some(path) = &call.session_file else { return caller(call).run(entry) };
    let file = SessionFile::read(path, vendor.name, call.endpoint.as_deref())?;
    // A session goes nowhere but to where it was opened.
    let call = Call { endpoint: file.endpoint().map(str::to_owned), ..call.clone() };
    caller(&call).run_kept(entry, file)
}

struct Caller<'c> {
    call: &'c Call,
    vendor: &'static Vendor,
    table: &'c Table,
    system: &'c dyn System,
    transport: &'c Shown<'c>,
}

/// An open session, and what may close it.
struct Open<'c> {
    kind: &'c Kind,
    live: Box<dyn Live>,
}

impl Caller<'_> {
    fn run(&self, entry: &Entry) -> Result<String, Failure> {
        let operation = entry.operation;
        // Before a session is opened: who has forgotten a parameter has nothing to close.
        let given = self.given(operation)?;
        let kind = self.kind(operation)?;
        let mut open = Vec::new();
        let opened = kind.map_or(Ok(()), |kind| self.open(kind, &mut open));
        let outcome = opened.and_then(|()| {
            let session = kind.and_then(|_| open.last());
            self.send(entry, &given, session, &self.call.document)
        });
        self.close(open, operation, outcome.is_ok())?;
        outcome
    }

    /// The parameters of the call, and its document if it needs one.
    fn given(&self, operation: &'static Operation) -> Result<Given, Failure> {
        let given = Given::new(self.vendor, operation, &self.call.pairs, self.system)?;
        match operation.content {
            Content::Document(document)
                if self.call.document.is_empty() && !document.shape.all_optional() =>
            {
                Err(Failure::new(format!(
                    "{}/{} takes a body in {} beside its parameters: give its file with `--document`",
                    self.vendor.name, operation.name, document.format
                )))
            }
            _ => Ok(given),
        }
    }

    /// The kind of session that the call is made in.
    fn kind(&self, operation: &'static Operation) -> Result<Option<&Kind>, Failure> {
        let kinds: Vec<&Kind> =
            operation.sessions.iter().filter_map(|kind| self.table.kind(kind.name)).collect();
        let name = operation.name;
        if let Some(wanted) = &self.call.session {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.described.name).collect();
            let found = kinds.into_iter().find(|kind| kind.described.name == wanted);
            return found.map(Some).ok_or_else(|| {
                Failure::new(format!("{name}: {}", unknown("kind of session", wanted, &names)))
            });
        }
        if self.call.sign {
            let keyed = kinds.into_iter().find(|kind| operation.signed && kind.described.keyed);
            return keyed.map(Some).ok_or_else(|| Failure::new(format!("{name} is never signed")));
        }
        Ok(if operation.sessionless { None } else { kinds.into_iter().next() })
    }

    /// Opens a session, and before it the one that it is opened in.
    fn open<'t>(&'t self, kind: &'t Kind, open: &mut Vec<Open<'t>>) -> Result<(), Failure> {
        let opening = kind.opening;
        let entry = self.table.entry(opening.name);
        let entry = entry.ok_or_else(|| Failure::new(format!("{} opens nothing", opening.name)))?;
        // A definition cannot have sessions that open each other without end, as one of them is opened without.
        let outer = opening.sessions.iter().find_map(|kind| self.table.kind(kind.name));
        let outer = outer.filter(|_| !opening.sessionless && open.len() < 8);
        if let Some(outer) = outer {
            self.open(outer, open)?;
        }
        let own = self.vendor.operation(opening.name).map(|(_, facts)| facts.parameters).unwrap_or_default();
        let of_opening = |(name, _): &&(String, String)| own.iter().any(|one| one.name == name);
        let mut pairs: Vec<_> = self.call.login.iter().filter(of_opening).cloned().collect();
        // What the client provides goes with every call.
        pairs.extend(
            self.call.pairs.iter().filter(|(name, _)| parameters::is_common(self.vendor, name)).cloned(),
        );
        let given = Given::new(self.vendor, opening, &pairs, self.system)?;
        let prepared = Self::prepare(entry, &given, &[])?;
        let settings = self.settings();
        let context = CallContext {
            client: &*prepared.client,
            options: &*prepared.options,
            session: outer.and_then(|_| open.last()).map(|open| open.live.context()),
            ..settings.context()
        };
        let opened = (kind.open)(self.transport, &prepared.own, &context)
            .map_err(|problem| Failure::new(format!("{} opened no session: {problem}", opening.name)))?;
        let live = opened.live.ok_or_else(|| {
            Failure::new(format!(
                "{} opened no session: the vendor took the call, and opened none",
                opening.name
            ))
        })?;
        open.push(Open { kind, live });
        Ok(())
    }

    /// Closes what was opened, the last one first.
    fn close(&self, mut open: Vec<Open<'_>>, called: &Operation, succeeded: bool) -> Result<(), Failure> {
        while let Some(one) = open.pop() {
            let Some(closing) = one.kind.closed_by else { continue };
            let Some(entry) = self.table.entry(closing.name) else { continue };
            if succeeded && closing.name == called.name {
                continue;
            }
            let common: Vec<_> = self
                .call
                .pairs
                .iter()
                .filter(|(name, _)| parameters::is_common(self.vendor, name))
                .cloned()
                .collect();
            let given = Given::new(self.vendor, closing, &common, self.system)?;
            self.send(entry, &given, Some(&one), &[])
                .map_err(|failure| Failure::new(format!("the session stayed open: {failure}")))?;
        }
        Ok(())
    }

    fn send(
        &self,
        entry: &Entry,
        given: &Given,
        session: Option<&Open<'_>>,
        document: &[u8],
    ) -> Result<String, Failure> {
        let prepared = Self::prepare(entry, given, document)?;
        let settings = self.settings();
        let settings =
            given.callback.iter().fold(settings, |settings, callback| settings.with_callback(callback));
        let context = CallContext {
            client: &*prepared.client,
            options: &*prepared.options,
            session: session.map(|open| open.live.context()),
            clock_skew: session.map_or(ClockSkew::NONE, |open| open.live.clock_skew()),
            ..settings.context()
        };
        Ok((entry.call)(self.transport, &prepared.own, &context)?)
    }

    fn prepare(entry: &Entry, given: &Given, document: &[u8]) -> Result<Prepared, Failure> {
        let unread = |error| Failure::new(format!("the parameters cannot be read: {error}"));
        Ok(Prepared {
            client: (entry.client)(&given.client(&(entry.client_names)())).map_err(unread)?,
            options: (entry.options)(&given.options(&(entry.options_names)())).map_err(unread)?,
            own: table::Own {
                parameters: given.own(),
                document: document.to_vec(),
                files: given.files.clone(),
            },
        })
    }

    fn settings(&self) -> Config {
        let Call { endpoint, format, method, .. } = self.call;
        let settings = Config::new();
        let settings = endpoint.iter().fold(settings, Config::with_endpoint);
        let settings = format.iter().fold(settings, |settings, format| settings.with_format(*format));
        method.iter().fold(settings, |settings, method| settings.with_method(method.clone()))
    }
}

/// The parts of a request, typed where their types can be hidden.
struct Prepared {
    client: Box<table::AnyRecord>,
    options: Box<table::AnyRecord>,
    own: table::Own,
}
