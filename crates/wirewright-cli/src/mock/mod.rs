//! A mock of any vendor: it answers with the examples of the vendor's pages, keeps sessions, and fails on demand.

mod fault;
mod links;
mod plain;
mod server;
mod table;

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{Request, Response, StatusCode};
use wirewright::{
    Format, Limits, Secret,
    catalog::Vendor,
    describe::{Operation, ServerCondition},
    exchange::RequestId,
    server::{Incoming, Rejection, not_found, receive},
};

pub(crate) use self::fault::Transmission;
pub use self::{
    fault::{Fault, Faults, InvalidRule, Rule},
    server::Server,
    table::Table,
};
use self::{
    links::{Links, Site},
    plain::plain,
};

/// A vendor's server, in memory: [`Server`] puts it on a port.
///
/// - An operation is answered with the first example of its page that is a success, in the format that was asked for; without an
///   example, with a sample made from the types. URLs in it that lead to the vendor, or to a next call, lead to the mock.
/// - The operation that opens a session opens one, under a name of its own, whoever asks. Calls are checked as the vendor's
///   generated server checks them: parameters first, then the session, then the signature under the session's key. A call
///   without a live session gets the vendor's own error. The operation that closes a session closes it.
/// - [`Faults`] say which calls fail, and how.
#[derive(Debug)]
pub struct Mock {
    vendor: &'static Vendor,
    table: Table,
    sessions: Mutex<HashMap<String, Session>>,
    /// How many names of sessions were given so far.
    named: AtomicU64,
    /// How many sessions were opened so far.
    opened: AtomicU64,
    faults: Faults,
    links: Links,
}

/// An open session.
#[derive(Debug)]
struct Session {
    kind: &'static str,
    key: Option<Secret<String>>,
    expired: bool,
}

impl Mock {
    /// The mock of a vendor of the catalog, by the name of its definition's folder. `None`: there is no such vendor.
    pub fn of(vendor: &str) -> Option<Self> {
        let described = catalog::vendor(vendor)?;
        Some(Self::new(described, |table| {
            catalog::visit(vendor, table);
        }))
    }

    /// The mock of any vendor: `visit` shows the table its sessions and operations, as a generated crate's `operations::visit` does.
    pub fn new(vendor: &'static Vendor, visit: impl FnOnce(&mut Table)) -> Self {
        let mut table = Table::default();
        visit(&mut table);
        let (sessions, named, opened) = (Mutex::default(), AtomicU64::new(0), AtomicU64::new(0));
        Self { vendor, table, sessions, named, opened, faults: Faults::default(), links: Links::default() }
    }

    /// The vendor.
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

    /// Answers a request that reached the mock at `origin`, the scheme and host that clients use.
    ///
    /// What a response cannot say of a fault, a late or broken connection, is left to the [`Server`].
    pub fn answer(&self, origin: &str, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let incoming = match receive(self.vendor.operations, origin, request, &Limits::new()) {
            Ok(incoming) => incoming,
            Err((refused, incoming)) => {
                let faulty = self.faults.next("").and_then(|fault| fault.alone(origin));
                return faulty.unwrap_or_else(|| self.refuse(incoming.as_deref(), &refused, None));
            }
        };
        let operation = incoming.operation();
        let request_id = incoming.request_id();
        let request_id = request_id.as_ref().map(RequestId::as_str);
        let reached = links::origin(request, origin);
        let handle = |request_id| self.handle(&incoming, &reached, request_id);
        match self.faults.next(operation.name) {
            None => handle(request_id),
            Some(Fault::Error(code)) => {
                let entry = self.table.operation(operation);
                entry.map_or_else(not_found, |entry| (entry.fail)(&incoming, &code, request_id))
            }
            Some(Fault::Format) => foreign(operation),
            Some(Fault::OtherId) => handle(Some("of-another-request")),
            Some(fault) => match fault.transmission() {
                // The vendor never hears of a call whose connection breaks at once.
                Some(Transmission::Dropped) => sent(Response::new(Vec::new()), Transmission::Dropped),
                Some(transmission) => sent(handle(request_id), transmission),
                None => fault.alone(origin).unwrap_or_else(not_found),
            },
        }
    }

    /// Answers a request that reached the mock at `origin`.
    fn handle(&self, incoming: &Incoming, origin: &str, request_id: Option<&str>) -> Response<Vec<u8>> {
        let operation = incoming.operation();
        let answered = match (self.table.operation(operation), self.vendor.operation(operation.name)) {
            (Some(entry), Some((_, facts))) => {
                let site = Site { vendor: self.vendor, links: &self.links, origin, operation, facts };
                (entry.check)(incoming).and_then(|()| self.session(incoming)).and_then(|name| {
                    let session = name.as_deref().unwrap_or_default();
                    let response = self.carry_out(entry, incoming, site, session, request_id)?;
                    Ok((name, response))
                })
            }
            _ => Err(Rejection::new(ServerCondition::OperationUnknown)),
        };
        match answered {
            Ok((name, response)) => {
                if let Some(name) = name.filter(|_| self.table.closes(operation)) {
                    self.open_sessions().remove(&name);
                }
                response
            }
            Err(refused) => self.refuse(Some(incoming), &refused, request_id),
        }
    }

    /// Answers a call of `session` that is in order, and opens a session if that is what it does.
    fn carry_out(
        &self,
        entry: &table::Entry,
        incoming: &Incoming,
        site: Site<'_>,
        session: &str,
        request_id: Option<&str>,
    ) -> Result<Response<Vec<u8>>, Rejection> {
        let Some(kind) = self.table.opened_by(incoming.operation()) else {
            return (entry.answer)(incoming, site, &site.in_url(session), request_id);
        };
        let kind_name = kind.described.name;
        let name = format!("mock-{kind_name}-{}", self.named.fetch_add(1, Ordering::Relaxed) + 1);
        let table::Opened { response, session } = (kind.open)(incoming, site, request_id, &name)?;
        if let Some((carried, key)) = session {
            self.opened.fetch_add(1, Ordering::Relaxed);
            self.open_sessions().insert(carried, Session { kind: kind_name, key, expired: false });
        }
        Ok(response)
    }

    /// The name of the session that a call belongs to, if it belongs to one; its signature is right.
    fn session(&self, incoming: &Incoming) -> Result<Option<String>, Rejection> {
        let operation = incoming.operation();
        let mut claims = Vec::new();
        for kind in operation.sessions.iter().filter_map(|kind| self.table.kind(kind)) {
            claims.extend((kind.claim)(incoming)?);
        }
        if claims.is_empty() {
            incoming.without_session()?;
            return Ok(None);
        }
        let (name, key) = {
            let sessions = self.open_sessions();
            let found = claims.iter().find_map(|claim| sessions.get(claim).map(|session| (claim, session)));
            let Some((claim, session)) = found else {
                return Err(Rejection::new(ServerCondition::SessionUnknown));
            };
            if session.expired {
                return Err(Rejection::new(ServerCondition::SessionExpired));
            }
            // Two kinds of session may be named alike: which one it is, the mock knows.
            if !operation.sessions.iter().any(|kind| kind.name == session.kind) {
                return Err(Rejection::new(ServerCondition::SessionUnknown));
            }
            (claim.clone(), session.key.clone())
        };
        if let Some(key) = key {
            incoming.verify(key.expose())?;
        }
        Ok(Some(name))
    }

    fn refuse(
        &self,
        incoming: Option<&Incoming>,
        refused: &Rejection,
        request_id: Option<&str>,
    ) -> Response<Vec<u8>> {
        let entry =
            incoming.and_then(|incoming| Some((self.table.operation(incoming.operation())?, incoming)));
        entry.map_or_else(not_found, |(entry, incoming)| (entry.refuse)(incoming, refused, request_id))
    }
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
