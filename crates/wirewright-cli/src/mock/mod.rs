//! A mock of any vendor: it answers with the examples of the vendor's pages, keeps sessions, and fails on demand.

mod answers;
mod bodies;
mod connections;
mod docs;
mod fault;
mod links;
mod plain;
mod server;

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{Request, Response, StatusCode};
use wirewright::{
    Format, Limits, Options, Secret,
    catalog::Vendor,
    describe::{Operation, ServerCondition},
    described::{decode_into, encode_record},
    exchange::RequestId,
    server::{Incoming, Rejection, Secrets, not_found, receive},
};
use wirewright_codegen::Faults as DefinitionFaults;
use wirewright_interpret::{Answer, Definition, DynamicRecord, Failure, OperationType, SessionType};

pub(crate) use self::fault::Transmission;
pub use self::{
    fault::{Fault, Faults, InvalidRule, Rule},
    server::{Server, ServerConfig},
};
use self::{
    links::{Links, Site},
    plain::plain,
};

/// How many pages there are where nothing but their number can end them.
const PAGES: u32 = 4;

/// A vendor's server, in memory: [`Server`] puts it on a port.
///
/// The definition is interpreted: there is nothing to compile between it and its mock.
///
/// - An operation is answered with the first example of its page that is a success, in the format that was asked for; without an
///   example, with a sample made from the types. URLs in it that lead to the vendor, or to a next call, lead to the mock.
/// - A paginated operation ends: who asks for a later page by parameters is given the last one, and who follows URLs is after a few.
///   Whoever asks again begins anew.
/// - The operation that opens a session opens one, under a name of its own, whoever asks. Calls are checked as the vendor's
///   generated server checks them: parameters first, then the session, then the signature under the session's key. A call
///   without a live session gets the vendor's own error. The operation that closes a session closes it.
/// - [`Faults`] say which calls fail, and how.
#[derive(Debug)]
pub struct Mock {
    definition: Definition,
    vendor: &'static Vendor,
    sessions: Mutex<HashMap<String, Session>>,
    /// How many names of sessions were given so far.
    named: AtomicU64,
    /// How many sessions were opened so far.
    opened: AtomicU64,
    /// How many pages of an operation a session has been given, where the request for a later one is the same.
    pages: Mutex<HashMap<(String, &'static str), u32>>,
    faults: Faults,
    links: Links,
    /// Those of the client that is known.
    client_secrets: Vec<(String, Secret<String>)>,
}

/// An open session.
#[derive(Debug)]
struct Session {
    kind: &'static str,
    /// What signs its calls.
    fields: Vec<Secret<String>>,
    /// What a session takes over that is opened in it.
    kept: wirewright_interpret::Session,
    expired: bool,
}

impl Mock {
    /// The mock of the definition in this folder.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the definition, and files that cannot be read.
    pub fn load(folder: &Path) -> Result<Self, DefinitionFaults> {
        Definition::load(folder).map(Self::new)
    }

    /// The mock of a definition that was read and checked.
    pub fn new(definition: Definition) -> Self {
        let vendor = definition.catalog();
        let (sessions, named, opened) = (Mutex::default(), AtomicU64::new(0), AtomicU64::new(0));
        let (pages, faults, links) = (Mutex::default(), Faults::new(vendor), Links::default());
        let client_secrets = Vec::new();
        Self { definition, vendor, sessions, named, opened, pages, faults, links, client_secrets }
    }

    /// The same for a client whose secrets are these, by their names: what is signed with them is checked. Without them it has to be there.
    #[must_use]
    pub fn with_client_secrets(
        mut self,
        secrets: impl IntoIterator<Item = (String, Secret<String>)>,
    ) -> Self {
        self.client_secrets = secrets.into_iter().collect();
        self
    }

    /// The names of the secrets of clients that requests are signed with, and that no request carries.
    pub fn client_secrets(&self) -> impl Iterator<Item = &'static str> {
        let parameters = self.definition.protocol().parameters.iter();
        parameters.filter(|parameter| parameter.secret).map(|parameter| parameter.name)
    }

    /// The definition.
    pub const fn definition(&self) -> &Definition {
        &self.definition
    }

    /// What the definition tells of the vendor.
    pub const fn vendor(&self) -> &'static Vendor {
        self.vendor
    }

    /// Which calls fail.
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// How many sessions are open.
    pub fn sessions(&self) -> usize {
        self.open_sessions().values().filter(|session| !session.expired).count()
    }

    /// How many sessions have been opened so far.
    pub fn opened(&self) -> u64 {
        self.opened.load(Ordering::Relaxed)
    }

    /// Lets every open session expire now.
    pub fn expire_sessions(&self) {
        self.open_sessions().values_mut().for_each(|session| session.expired = true);
    }

    fn open_sessions(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        // Every change is a single insertion, removal or flag, so that a panic elsewhere leaves the table whole.
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request that reached the mock at `origin`, the scheme and host that clients use. A request that names another host
    /// reached it there.
    ///
    /// What a response cannot say of a fault, a late or broken connection, is left to the [`Server`].
    pub fn answer(&self, origin: &str, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let reached = links::origin(request, origin);
        let incoming = match receive(self.vendor.operations, &reached, request, &Limits::new()) {
            Ok(incoming) => incoming,
            Err((refused, incoming)) => {
                let faulty = self.faults.next("").and_then(|fault| fault.alone(&reached));
                return faulty.unwrap_or_else(|| self.refuse(incoming.as_deref(), &refused, None));
            }
        };
        let operation = incoming.operation();
        let request_id = incoming.request_id();
        let request_id = request_id.as_ref().map(RequestId::as_str);
        let handle = |request_id| {
            let answered = self.handle(&incoming, &reached, request_id);
            answered.unwrap_or_else(|refused| self.refuse(Some(&incoming), &refused, request_id))
        };
        match self.faults.next(operation.name) {
            None => handle(request_id),
            Some(Fault::Error(code)) => {
                let failure = self.definition.refused(&code, None);
                self.fail(&incoming, failure, request_id)
            }
            Some(Fault::Format) => foreign(operation),
            Some(Fault::OtherId) => handle(Some("of-another-request")),
            Some(fault) => match fault.transmission() {
                // The vendor never hears of a call whose connection breaks at once.
                Some(Transmission::Dropped) => sent(Response::new(Vec::new()), Transmission::Dropped),
                Some(transmission) => sent(handle(request_id), transmission),
                None => fault.alone(&reached).unwrap_or_else(not_found),
            },
        }
    }

    /// Answers a request that reached the mock at `origin`: its parameters are looked at first, then its session.
    fn handle(
        &self,
        incoming: &Incoming,
        origin: &str,
        request_id: Option<&str>,
    ) -> Result<Response<Vec<u8>>, Rejection> {
        let unknown = Rejection::new(ServerCondition::OperationUnknown);
        let operation = self.definition.called(incoming).ok_or(unknown)?;
        let request = self.definition.receive(operation, incoming)?;
        let session = self.session(operation, incoming)?;
        let call = Call { operation, incoming, request: &request, request_id };
        let site = Site { vendor: self.vendor, links: &self.links, origin, operation: incoming.operation() };
        let response = if let Some(kind) = self.definition.opened_by(operation) {
            let outer = session
                .as_ref()
                .and_then(|name| self.open_sessions().get(name).map(|session| session.kept.clone()));
            self.open(call, kind, outer.as_ref(), site)?
        } else {
            let carried = session.as_deref().unwrap_or_default();
            let mut answer = self.printed(call, site, &site.in_url(carried));
            if self.is_last_page(call, carried, &answer) {
                self.definition.make_last_page(operation, &mut answer);
            }
            self.write(call, answer)
        };
        if let Some(name) = session.filter(|_| self.definition.closes(operation)) {
            self.open_sessions().remove(&name);
            self.pages().retain(|(of, _), _| *of != name);
        }
        Ok(response)
    }

    /// Answers a call that opens a session, and opens it.
    fn open(
        &self,
        call: Call<'_>,
        kind: &SessionType,
        outer: Option<&wirewright_interpret::Session>,
        site: Site<'_>,
    ) -> Result<Response<Vec<u8>>, Rejection> {
        let definition = &self.definition;
        let kind_name = kind.described().name;
        let name = format!("mock-{kind_name}-{}", self.named.fetch_add(1, Ordering::Relaxed) + 1);
        let mut answer = self.printed(call, site, "");
        definition.rename(kind, &mut answer, &name);
        if let Some(session) = definition.opened(kind, call.request, &answer, outer, None) {
            let carried = as_text(session.carried())?;
            if site.next_calls().next().is_some() {
                // Its URLs have the session that is known by now.
                answer = self.printed(call, site, &site.in_url(&carried));
                definition.rename(kind, &mut answer, &name);
            }
            self.opened.fetch_add(1, Ordering::Relaxed);
            let session =
                Session { kind: kind_name, fields: session.fields().to_vec(), kept: session, expired: false };
            self.open_sessions().insert(carried, session);
        }
        Ok(self.write(call, answer))
    }

    /// The answer to a call, with URLs that lead here: calls at those are of the session that carries `session`, form-urlencoded.
    fn printed(&self, call: Call<'_>, site: Site<'_>, session: &str) -> Answer {
        let format = call.incoming.format();
        site.answer(format, session, || {
            answers::answer(&self.definition, call.operation, format, site.origin)
        })
    }

    fn write(&self, call: Call<'_>, mut answer: Answer) -> Response<Vec<u8>> {
        self.definition.set_answer_id(&mut answer, call.request_id);
        self.definition.write_answer(call.incoming, answer)
    }

    /// Whether a call of a session that carries this is answered with the last page.
    fn is_last_page(&self, call: Call<'_>, session: &str, answer: &Answer) -> bool {
        if call.operation.model().pagination.is_none() {
            return false;
        }
        if let Some(later) = self.definition.asks_for_later_page(call.operation, call.request, answer) {
            return later;
        }
        // Those of calls of no session are counted together.
        let of = (session.to_owned(), call.operation.described().name);
        let mut pages = self.pages();
        let given = pages.entry(of).or_default();
        *given = (*given + 1) % PAGES;
        *given == 0
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<(String, &'static str), u32>> {
        // Every change is a single insertion, removal or number.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the session of a call carries, if it is a call of one; its signature is right.
    fn session(&self, operation: &OperationType, incoming: &Incoming) -> Result<Option<String>, Rejection> {
        let taken = operation.described().sessions;
        let mut claims = Vec::new();
        for kind in taken.iter().filter_map(|kind| self.definition.session(kind.name)) {
            claims.extend(self.definition.claim(kind, incoming)?.map(|claim| as_text(&claim)).transpose()?);
        }
        let client = self.client(incoming)?;
        let of_client = client
            .as_ref()
            .map_or_else(|| Secrets::none().of_any_client(), |client| Secrets::none().of_client(client));
        if claims.is_empty() {
            incoming.without_session()?;
            incoming.verify(&of_client)?;
            return Ok(None);
        }
        let (name, kind, fields) = {
            let sessions = self.open_sessions();
            let found = claims.iter().find_map(|claim| sessions.get(claim).map(|session| (claim, session)));
            let Some((claim, session)) = found else {
                return Err(Rejection::new(ServerCondition::SessionUnknown));
            };
            if session.expired {
                return Err(Rejection::new(ServerCondition::SessionExpired));
            }
            // Two kinds of session may be named alike: which one it is, the mock knows.
            if !taken.iter().any(|kind| kind.name == session.kind) {
                return Err(Rejection::new(ServerCondition::SessionUnknown));
            }
            (claim.clone(), session.kind, session.fields.clone())
        };
        if let Some(kind) = taken.iter().find(|taken| taken.name == kind) {
            let fields: Vec<&str> = fields.iter().map(|field| field.expose().as_str()).collect();
            incoming.verify(&of_client.of_session(kind, &fields))?;
        }
        Ok(Some(name))
    }

    /// The client of a call with the secrets that are known of it.
    fn client(&self, incoming: &Incoming) -> Result<Option<DynamicRecord>, Rejection> {
        if self.client_secrets.is_empty() {
            return Ok(None);
        }
        let kind = self.definition.client_parameters();
        let mut client = DynamicRecord::empty(kind);
        incoming.read_client_into(kind.shape(), &mut client)?;
        let known = self.client_secrets.iter().map(|(name, secret)| (name, secret.expose()));
        let known = form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish();
        let mut with_secrets = encode_record(Format::Query, &client, kind.shape(), &Options::new())
            .map_err(|_| Rejection::new(ServerCondition::Internal))?;
        let is_secret = |pair: &&str| {
            let name = form_urlencoded::parse(pair.as_bytes()).next();
            name.is_some_and(|(name, _)| self.client_secrets.iter().any(|(secret, _)| *secret == name))
        };
        with_secrets = with_secrets
            .split('&')
            .filter(|pair| !is_secret(pair))
            .chain([&*known])
            .collect::<Vec<_>>()
            .join("&");
        let mut client = DynamicRecord::empty(kind);
        decode_into(
            Format::Query,
            with_secrets.trim_start_matches('&'),
            &Options::new(),
            kind.shape(),
            &mut client,
        )
        .map_err(|_| Rejection::new(ServerCondition::Internal))?;
        Ok(Some(client))
    }

    fn refuse(
        &self,
        incoming: Option<&Incoming>,
        refused: &Rejection,
        request_id: Option<&str>,
    ) -> Response<Vec<u8>> {
        let Some(incoming) = incoming else { return not_found() };
        self.fail(incoming, self.definition.rejected(refused), request_id)
    }

    fn fail(&self, incoming: &Incoming, mut failure: Failure, request_id: Option<&str>) -> Response<Vec<u8>> {
        if let Some(id) = request_id {
            self.definition.set_failure_id(&mut failure, id);
        }
        self.definition.fill_failure(&mut failure);
        self.definition.write_failure(incoming, failure)
    }
}

/// A call that is answered.
#[derive(Clone, Copy)]
struct Call<'c> {
    operation: &'c OperationType,
    incoming: &'c Incoming,
    request: &'c DynamicRecord,
    request_id: Option<&'c str>,
}

/// What a session's calls carry, to find it by.
fn as_text(carried: &DynamicRecord) -> Result<String, Rejection> {
    encode_record(Format::Query, carried, carried.record_type().shape(), &Options::new())
        .map_err(|_| Rejection::new(ServerCondition::ParameterInvalid))
}

/// A response with what happens on its way.
fn sent(mut response: Response<Vec<u8>>, transmission: Transmission) -> Response<Vec<u8>> {
    response.extensions_mut().insert(transmission);
    response
}

/// A reply in a format that the operation does not answer in.
fn foreign(operation: &Operation) -> Response<Vec<u8>> {
    let texts = [
        (Format::Json, "application/json", "{\"status\":\"ok\"}"),
        (Format::Xml, "text/xml", "<reply><status>ok</status></reply>"),
        (Format::Query, "application/x-www-form-urlencoded", "status=ok"),
    ];
    let other = texts.into_iter().find(|(format, ..)| !operation.formats.contains(format));
    let (media_type, text) =
        other.map_or(("text/csv", "status;text\r\n200;OK\r\n"), |(_, media_type, text)| (media_type, text));
    plain(StatusCode::OK, media_type, text)
}
