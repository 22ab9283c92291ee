//! The service: one keeper, one watch, a guest, and lamps.

use std::sync::Mutex;

use lighthouse::{
    Answer, CallOptions, ErrorCode, Failure, GuestSessionState, KeeperSessionState, LampSessionState,
    lamp::{douse, light, turn},
    ledger::{ships, spares},
    server::{AnySession, Claims, KeeperOrGuestSession, KeeperOrLampSession, Received, Service},
    types::{Heading, Part, Row, Table, Watch},
    watch::{bell, close, log, open, remark, visit},
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

    async fn open(&self, received: Received<open::Request>) -> Result<Answer<open::Reply>, Failure> {
        if received.request.phrase != Secret::from(PHRASE) {
            return Err(Failure::new(ErrorCode::Stranger));
        }
        let reply = open::Reply::new(Watch::new(NUMBER).with_lamp(1200.5), SALT).with_now(NOW);
        self.add(KeeperSessionState::open(&received.request, &reply));
        Ok(Answer::new(reply))
    }

    async fn close(
        &self,
        session: KeeperSessionState,
        received: Received<close::Request>,
    ) -> Result<Answer<close::Reply>, Failure> {
        self.end(|open| *open == AnySession::from(session.clone()));
        let words = received.request.note.map(|note| format!("{}: {note}", session.keeper));
        let mut answer = Answer::new(close::Reply::new().with_lines(3));
        answer.words = words;
        Ok(answer)
    }

    async fn visit(&self, received: Received<visit::Request>) -> Result<Answer<visit::Reply>, Failure> {
        let reply = visit::Reply::new(PASS);
        self.add(GuestSessionState::open(&received.request, &reply));
        Ok(Answer::new(reply))
    }

    async fn log(
        &self,
        session: KeeperOrGuestSession,
        _received: Received<log::Request>,
    ) -> Result<Answer<log::Reply>, Failure> {
        let lines = match session {
            KeeperOrGuestSession::Keeper(_) => 3,
            KeeperOrGuestSession::Guest(_) => 1,
        };
        Ok(Answer::new(log::Reply::new(lines)))
    }

    async fn remark(
        &self,
        _session: KeeperSessionState,
        received: Received<remark::Request>,
    ) -> Result<Answer<remark::Reply>, Failure> {
        let when = received.request.when;
        Ok(Answer::new(when.map_or_else(remark::Reply::new, |when| remark::Reply::new().with_when(when))))
    }

    async fn bell(
        &self,
        session: Option<GuestSessionState>,
        received: Received<bell::Request>,
    ) -> Result<Answer<bell::Reply>, Failure> {
        let by = if session.is_some() { "a guest" } else { "someone" };
        Ok(Answer::new(bell::Reply::new(format!("{by} of {}", received.client.station))))
    }

    async fn light(
        &self,
        session: Option<KeeperOrGuestSession>,
        received: Received<light::Request>,
    ) -> Result<Answer<light::Reply>, Failure> {
        let by = match session {
            Some(KeeperOrGuestSession::Keeper(_)) => "keeper",
            Some(KeeperOrGuestSession::Guest(_)) => "guest",
            None => "anyone",
        };
        let from = received.request.station.as_deref().unwrap_or("nowhere");
        let units = received.options.units.as_deref().unwrap_or("candela");
        let lit = light::Reply::new()
            .with_lamp(format!("lamp of {by}, {} to {from}, {units}", received.client.station));
        let trial = received.request.trial == Some(true);
        let reply = if trial { light::Reply::new().with_oil(OIL) } else { lit };
        if let Some(session) = LampSessionState::open(&received.request, &reply) {
            self.add(session);
        }
        Ok(Answer::new(reply))
    }

    async fn turn(
        &self,
        _session: LampSessionState,
        received: Received<turn::Request>,
    ) -> Result<Answer<turn::Reply>, Failure> {
        Ok(Answer::new(turn::Reply::new(received.request.degrees % 360)))
    }

    async fn douse(
        &self,
        session: KeeperOrLampSession,
        _received: Received<douse::Request>,
    ) -> Result<Answer<douse::Reply>, Failure> {
        let doused = match session {
            KeeperOrLampSession::Keeper(_) => self.end(|open| matches!(open, AnySession::Lamp(_))),
            KeeperOrLampSession::Lamp(lamp) => self.end(|open| *open == AnySession::from(lamp.clone())),
        };
        Ok(Answer::new(douse::Reply::new(doused)))
    }

    async fn ships(
        &self,
        session: KeeperOrGuestSession,
        _received: Received<ships::Request>,
    ) -> Result<Answer<ships::Reply>, Failure> {
        let count = match session {
            KeeperOrGuestSession::Keeper(_) => SHIPS,
            KeeperOrGuestSession::Guest(_) => 0,
        };
        let heading =
            |name: &str, kind: &str| Heading::new(name).with_type(kind).with_text(name.to_uppercase());
        let cols = vec![
            heading("name", "a"),
            heading("tons", "f"),
            heading("crew", "i"),
            heading("day", "i").with_format("type:day;width:8"),
        ];
        let table = Table::new()
            .with_title("Ships & boats")
            .with_cols(cols)
            .with_data((0..count).map(ship).collect());
        Ok(Answer::new(ships::Reply::new(table).with_count(count)))
    }

    async fn spares(&self, _received: Received<spares::Request>) -> Result<Answer<spares::Reply>, Failure> {
        let part =
            |number: i64| Part::new(number, format!("part {number}")).with_fits(vec!["l-1".to_owned()]);
        Ok(Answer::new(spares::Reply::new().with_part((1..=3).map(part).collect())))
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
    Row::new().with_td(vec![Some(format!("<Ship {number}>")), tons, Some(number.to_string()), Some(day)])
}
