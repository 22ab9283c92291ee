//! Many connections at once to a server edge, with valid, malformed and hostile requests: the server must not panic, must not blame
//! itself (HTTP 5xx) for what a client did, must not grow, and must answer the valid requests all along.
//!
//! The short run is a test of this crate, the long one its program; `benches/README.md` has the figures.

mod exchange;
mod hostile;
mod target;

use std::{
    collections::BTreeMap,
    fs, panic,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;

use self::{
    exchange::{Connection, Response, shown},
    hostile::{Expected, Message},
};
pub use target::{Target, targets};

/// How long and how wide an attack is.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many connections send at the same time. Every fourth one sends valid requests and nothing else.
    pub connections: usize,
    /// For how long.
    pub time: Duration,
    /// What the hostile requests are made from.
    pub seed: u64,
}

/// What became of an attack.
#[derive(Debug, Default)]
pub struct Report {
    /// How many requests of each kind were sent, and what came back: an answer, a refusal (HTTP 4xx or an error of the vendor's), or
    /// the end of the connection.
    pub kinds: BTreeMap<&'static str, Counts>,
    /// How long valid requests took, in order.
    pub valid: Vec<Duration>,
    /// What should not have been: an unexpected status, a valid request that was not answered.
    pub faults: Vec<String>,
    /// How often something panicked.
    pub panics: u64,
    /// Resident memory of the whole process in KiB, after a quarter of the time and at the end. `None` where the system does not tell.
    pub memory: Option<(u64, u64)>,
}

/// What came back for one kind of request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// HTTP 200 to 399.
    pub answered: u64,
    /// HTTP 400 to 499.
    pub refused: u64,
    /// The connection ended.
    pub closed: u64,
}

impl Report {
    /// How many requests were sent.
    pub fn requests(&self) -> u64 {
        self.kinds.values().map(|counts| counts.answered + counts.refused + counts.closed).sum()
    }

    /// The time that this share of the valid requests took at most.
    pub fn quantile(&self, share: f64) -> Duration {
        let last = self.valid.len().saturating_sub(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a small number"
        )]
        #[expect(clippy::cast_precision_loss, reason = "a share of a small number")]
        let index = (last as f64 * share) as usize;
        self.valid.get(index).copied().unwrap_or_default()
    }
}

/// Panics of any thread since the program started.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// Counts panics from now on, beside what is done with them anyhow.
fn count_panics() {
    static COUNTED: AtomicBool = AtomicBool::new(false);
    if COUNTED.swap(true, SeqCst) {
        return;
    }
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, SeqCst);
        before(info);
    }));
}

/// Attacks a target.
pub fn attack(target: &Target, plan: Plan) -> Report {
    count_panics();
    let panics = PANICS.load(SeqCst);
    let report = Mutex::new(Report::default());
    let end = Instant::now() + plan.time;
    let memory = thread::scope(|scope| {
        for number in 0..plan.connections {
            let (report, seed) = (&report, plan.seed.wrapping_add(number as u64));
            scope.spawn(move || {
                let mut own = Report::default();
                if number % 4 == 0 {
                    keep_asking(target, end, Rng::with_seed(seed), &mut own);
                } else {
                    keep_attacking(target, end, Rng::with_seed(seed), &mut own);
                }
                merge(&mut report.lock().unwrap_or_else(PoisonError::into_inner), own);
            });
        }
        thread::sleep(plan.time / 4);
        resident()
    });
    let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.memory = memory.zip(resident());
    report.panics = PANICS.load(SeqCst) - panics;
    report.valid.sort_unstable();
    report
}

/// Sends valid requests until the end, and wants an answer to each.
fn keep_asking(target: &Target, end: Instant, mut random: Rng, report: &mut Report) {
    let mut connection = Connection::new(target.address);
    while Instant::now() < end {
        let Some(valid) = random.choice(&target.valid) else { return };
        let started = Instant::now();
        let mut response = connection.send(&valid.request, true);
        if response.is_none() {
            // A server may close a connection that was idle: what is asked on a new one must be answered.
            connection = Connection::new(target.address);
            response = connection.send(&valid.request, true);
        }
        report.valid.push(started.elapsed());
        count(report, "valid", response.as_ref());
        match response {
            Some(Response { status: 200, body, .. }) if body == valid.answer => {}
            other => {
                report.faults.push(format!("{}: a valid request got {}", target.name, shown(other.as_ref())));
            }
        }
    }
}

/// Sends hostile requests until the end.
fn keep_attacking(target: &Target, end: Instant, mut random: Rng, report: &mut Report) {
    let mut connection = Connection::new(target.address);
    while Instant::now() < end {
        let Message { kind, bytes, expected, leaves_open } = hostile::message(target, &mut random);
        let mut response = connection.send(&bytes, leaves_open);
        if response.is_none() && expected != Expected::Anything {
            connection = Connection::new(target.address);
            response = connection.send(&bytes, leaves_open);
        }
        count(report, kind, response.as_ref());
        if let Some(fault) = expected.fault(response.as_ref(), target) {
            let sent = String::from_utf8_lossy(bytes.get(..bytes.len().min(300)).unwrap_or_default());
            report.faults.push(format!("{}: {kind}: {fault}: {sent:?}", target.name));
        }
        if response.is_none() || !leaves_open {
            connection = Connection::new(target.address);
        }
    }
}

fn count(report: &mut Report, kind: &'static str, response: Option<&Response>) {
    let counts = report.kinds.entry(kind).or_default();
    match response.map(|response| response.status) {
        None => counts.closed += 1,
        Some(400..=499) => counts.refused += 1,
        Some(_) => counts.answered += 1,
    }
}

fn merge(report: &mut Report, other: Report) {
    for (kind, Counts { answered, refused, closed }) in other.kinds {
        let counts = report.kinds.entry(kind).or_default();
        counts.answered += answered;
        counts.refused += refused;
        counts.closed += closed;
    }
    report.valid.extend(other.valid);
    report.faults.extend(other.faults);
}

/// The memory that this process has in RAM, in KiB.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
