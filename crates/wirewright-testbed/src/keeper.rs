//! The service: one keeper, one watch, a guest, and lamps.

use std::sync::Mutex;

use lighthouse::{
    Answer, CallOptions, ErrorCode, Failure, GuestSessionState, KeeperSessionState, LampSessionState,
    lamp::{Douse, DouseReply, Light, LightReply, Turn, TurnReply},
    ledger::{Ships, ShipsReply, Spares, SparesReply},
    server::{AnySession, Claims, KeeperOrGuestSession, KeeperOrLampSession, Received, Service},
    types::{Heading, Part, Row, Table, Watch},
    watch::{
        Bell, BellReply, Close, CloseReply, Log, LogReply, Open, OpenReply, Remark, RemarkReply, Visit,
        VisitReply,
    },
};
use wirewright::Secret;

/// What the keeper says to be let in.
pub const PHRASE: &str = "a light & a bell";
/// The number of the watch.
pub const NUMBER: &str = "w-7";
/// What a guest gets to be let in.
pub const PASS: &str = "g-1";

/// The time at the lighthouse when a watch is opened, in seconds since 1970-01-01 UTC.
pub const NOW: i64 = 1_700_000_000;

const SALT: &str = "grain of salt";

/// Keeps the sessions that are open.
#[derive(Default)]
pub struct Keeper {
    open: Mutex<Vec<AnySession>>,
}

impl Keeper {
    /// Whether a watch is open.
    pub fn is_open(&self) -> bool {
        self.find(|session| matches!(session, AnySession::Keeper(_))).is_some()
    }

    fn find(&self, wanted: impl Fn(&AnySession) -> bool) -> Option<AnySession> {
        self.open.lock().ok()?.iter().find(|session| wanted(session)).cloned()
    }

    fn add(&self, session: impl Into<AnySession>) {
        if let Ok(mut open) = self.open.lock() {
            open.push(session.into());
        }
    }

    /// Ends sessions, and tells how many.
    fn end(&self, ended: impl Fn(&AnySession) -> bool) -> i64 {
        let Ok(mut open) = self.open.lock() else { return 0 };
        let before = open.len();
        open.retain(|session| !ended(session));
        i64::try_from(before - open.len()).unwrap_or_default()
    }
}

impl Service for Keeper {
    async fn session(&self, claims: &Claims, options: &CallOptions) -> Result<AnySession, Failure> {
        let found = self.find(|session| match session {
            AnySession::Keeper(keeper) => {
                claims.keeper.as_ref().is_some_and(|claim| claim.watch == keeper.watch)
            }
            AnySession::Guest(guest) => claims.guest.as_ref().is_some_and(|claim| claim.watch == guest.watch),
            AnySession::Lamp(lamp) => claims.lamp.as_ref().is_some_and(|claim| claim.number == lamp.number),
        });
        found.ok_or_else(|| {
            let mut failure = Failure::new(ErrorCode::NoWatch);
            failure.words = options.r#ref.as_ref().map(|call| format!("no watch for {call}"));
            failure
        })
    }

    async fn open(&self, received: Received<Open>) -> Result<Answer<OpenReply>, Failure> {
        if received.request.phrase != Secret::from(PHRASE) {
            return Err(Failure::new(ErrorCode::Stranger));
        }
        let mut watch = Watch::new(NUMBER);
        watch.lamp = Some(1200.5);
        let mut reply = OpenReply::new(watch, SALT);
        reply.now = Some(NOW);
        self.add(KeeperSessionState::open(&received.request, &reply));
        Ok(Answer::new(reply))
    }

    async fn close(
        &self,
        session: KeeperSessionState,
        received: Received<Close>,
    ) -> Result<Answer<CloseReply>, Failure> {
        self.end(|open| *open == AnySession::from(session.clone()));
        let words = received.request.note.map(|note| format!("{}: {note}", session.keeper));
        let mut reply = CloseReply::default();
        reply.lines = Some(3);
        let mut answer = Answer::new(reply);
        answer.words = words;
        Ok(answer)
    }

    async fn visit(&self, received: Received<Visit>) -> Result<Answer<VisitReply>, Failure> {
        let reply = VisitReply::new(PASS);
        self.add(GuestSessionState::open(&received.request, &reply));
        Ok(Answer::new(reply))
    }

    async fn log(
        &self,
        session: KeeperOrGuestSession,
        _received: Received<Log>,
    ) -> Result<Answer<LogReply>, Failure> {
        let lines = match session {
            KeeperOrGuestSession::Keeper(_) => 3,
            KeeperOrGuestSession::Guest(_) => 1,
        };
        Ok(Answer::new(LogReply::new(lines)))
    }

    async fn remark(
        &self,
        _session: KeeperSessionState,
        received: Received<Remark>,
    ) -> Result<Answer<RemarkReply>, Failure> {
        let mut reply = RemarkReply::default();
        reply.when = received.request.when;
        Ok(Answer::new(reply))
    }

    async fn bell(
        &self,
        session: Option<GuestSessionState>,
        received: Received<Bell>,
    ) -> Result<Answer<BellReply>, Failure> {
        let by = if session.is_some() { "a guest" } else { "someone" };
        Ok(Answer::new(BellReply::new(format!("{by} of {}", received.client.station))))
    }

    async fn light(
        &self,
        session: Option<KeeperOrGuestSession>,
        received: Received<Light>,
    ) -> Result<Answer<LightReply>, Failure> {
        let by = match session {
            Some(KeeperOrGuestSession::Keeper(_)) => "keeper",
            Some(KeeperOrGuestSession::Guest(_)) => "guest",
            None => "anyone",
        };
        let from = received.request.station.as_deref().unwrap_or("nowhere");
        let units = received.options.units.as_deref().unwrap_or("candela");
        let mut reply = LightReply::default();
        if received.request.trial == Some(true) {
            reply.oil = Some(OIL);
        } else {
            let lamp = format!("lamp of {by}, {} to {from}, {units}", received.client.station);
            reply.lamp = Some(lamp.into());
        }
        if let Some(session) = LampSessionState::open(&received.request, &reply) {
            self.add(session);
        }
        Ok(Answer::new(reply))
    }

    async fn turn(
        &self,
        _session: LampSessionState,
        received: Received<Turn>,
    ) -> Result<Answer<TurnReply>, Failure> {
        Ok(Answer::new(TurnReply::new(received.request.degrees % 360)))
    }

    async fn douse(
        &self,
        session: KeeperOrLampSession,
        _received: Received<Douse>,
    ) -> Result<Answer<DouseReply>, Failure> {
        let doused = match session {
            KeeperOrLampSession::Keeper(_) => self.end(|open| matches!(open, AnySession::Lamp(_))),
            KeeperOrLampSession::Lamp(lamp) => self.end(|open| *open == AnySession::from(lamp.clone())),
        };
        Ok(Answer::new(DouseReply::new(doused)))
    }

    async fn ships(
        &self,
        session: KeeperOrGuestSession,
        _received: Received<Ships>,
    ) -> Result<Answer<ShipsReply>, Failure> {
        let count = match session {
            KeeperOrGuestSession::Keeper(_) => SHIPS,
            KeeperOrGuestSession::Guest(_) => 0,
        };
        let heading = |name: &str, kind: &str| {
            let mut heading = Heading::new(name);
            heading.r#type = Some(kind.to_owned());
            heading.text = Some(name.to_uppercase());
            heading
        };
        let mut day = heading("day", "i");
        day.format = Some("type:day;width:8".to_owned());
        let mut table = Table::default();
        table.title = Some("Ships & boats".to_owned());
        table.cols = vec![heading("name", "a"), heading("tons", "f"), heading("crew", "i"), day];
        table.data = (0..count).map(ship).collect();
        let mut reply = ShipsReply::new(table);
        reply.count = Some(count);
        Ok(Answer::new(reply))
    }

    async fn spares(&self, _received: Received<Spares>) -> Result<Answer<SparesReply>, Failure> {
        let part = |number: i64| {
            let mut part = Part::new(number, format!("part {number}"));
            part.fits = vec!["l-1".to_owned()];
            part
        };
        let mut reply = SparesReply::default();
        reply.part = (1..=3).map(part).collect();
        Ok(Answer::new(reply))
    }
}

/// How much oil there is.
pub const OIL: i64 = 40;

/// How many ships pass.
pub const SHIPS: i64 = 500;

/// The row of a ship, of which every third one's tons are not known.
fn ship(number: i64) -> Row {
    let tons = (number % 3 > 0).then(|| format!("{number}.5"));
    let day = format!("200901{:02}", number % 28 + 1);
    let mut row = Row::default();
    row.td = vec![Some(format!("<Ship {number}>")), tons, Some(number.to_string()), Some(day)];
    row
}
