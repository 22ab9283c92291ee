//! One target for a bounded time.

use std::{
    cell::RefCell,
    collections::HashSet,
    env,
    fs::{self, File},
    io::{self, Seek as _, Write as _},
    panic::{self, PanicHookInfo},
    path::{Path, PathBuf},
    process,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;
use wirewright_fuzz::{Outcome, Target};

use crate::mutate::{self, LONGEST};

/// What an input of at most 64 KiB may take. A program that is not optimised takes ten times as long.
const SLOW: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// An input that takes as long is not waited for.
const HANGING: Duration = Duration::from_secs(30);
/// Of what is kept, the oldest changed inputs go when there are more.
const MOST_KEPT: usize = 4096;
/// The stack that a thread has when nobody says otherwise.
const STACK: usize = 2 << 20;

/// What a run was.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) executions: u64,
    pub(crate) kept: usize,
    pub(crate) taken: u64,
    pub(crate) refused: u64,
    pub(crate) slowest: Duration,
}

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics are told in the words of this program.
pub(crate) fn quiet() {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let payload = info.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let message =
            text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
        PANIC.with_borrow_mut(|text| *text = format!("{message} ({place})"));
    }));
}

/// Runs a target until the time is up, or with `inputs` only; the failure tells where the input is.
pub(crate) fn target(
    target: &'static Target,
    time: Duration,
    seed: u64,
    inputs: Vec<Vec<u8>>,
    note: bool,
) -> Result<Report, String> {
    let files = Files::new(target.name)?;
    let running = files.running.clone();
    let (alive, watch) = mpsc::channel();
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut runner =
            Runner { target, files, report: Report::default(), alive, seen: HashSet::new(), note };
        runner.run(time, seed, &inputs).map(|()| runner.report)
    });
    let worker = worker.map_err(|error| format!("no thread: {error}"))?;
    loop {
        match watch.recv_timeout(HANGING) {
            Ok(()) => {}
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let place =
                    if note { running.display().to_string() } else { "found again by --note".to_owned() };
                return Err(format!("no end after {} s; the input is {place}", HANGING.as_secs()));
            }
        }
    }
    worker.join().unwrap_or_else(|_| Err("the driver itself failed".to_owned()))
}

/// Where inputs are written to.
struct Files {
    folder: PathBuf,
    /// The input that is being run, if that is to be known when the process dies, as of a stack that is too small.
    running: PathBuf,
    open: Option<File>,
}

impl Files {
    fn new(name: &str) -> Result<Self, String> {
        // The program is in `target/release`.
        let program = env::current_exe().map_err(|error| format!("no place to write to: {error}"))?;
        let folder = program.ancestors().nth(2).unwrap_or(Path::new(".")).join("fuzz");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let running = folder.join(format!("{name}-running-{}", process::id()));
        Ok(Self { folder, running, open: None })
    }

    /// Writes down what is about to be run.
    fn note(&mut self, input: &[u8]) -> Result<(), String> {
        let length = u64::try_from(input.len()).unwrap_or_default();
        let failed = |error: io::Error| format!("{}: {error}", self.running.display());
        let file = match &mut self.open {
            Some(file) => file,
            None => self.open.insert(File::create(&self.running).map_err(failed)?),
        };
        let written = file.rewind().and_then(|()| file.write_all(input)).and_then(|()| file.set_len(length));
        written.map_err(failed)
    }

    fn save(&self, name: &str, input: &[u8]) -> String {
        let path = self.folder.join(format!("{name}-failed-{:08x}", fastrand::Rng::new().u32(..)));
        match fs::write(&path, input) {
            Ok(()) => format!("the input ({} bytes) is {}", input.len(), path.display()),
            Err(error) => format!("the input cannot be saved: {error}: {:?}", String::from_utf8_lossy(input)),
        }
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.running);
    }
}

struct Runner {
    target: &'static Target,
    files: Files,
    report: Report,
    /// Says once in a while that nothing hangs.
    alive: mpsc::Sender<()>,
    seen: HashSet<u64>,
    /// Whether each input is written down before it is run.
    note: bool,
}

impl Runner {
    fn run(&mut self, time: Duration, seed: u64, inputs: &[Vec<u8>]) -> Result<(), String> {
        if !inputs.is_empty() {
            return inputs.iter().try_for_each(|input| self.one(input).map(|_| ()));
        }
        let mut corpus: Vec<Vec<u8>> = (self.target.corpus)();
        corpus.push(Vec::new());
        let begun = corpus.len();
        let mut random = Rng::with_seed(seed);
        random.shuffle(&mut corpus);
        let started = Instant::now();
        // A program that is not optimised does not end all of them in seconds: half of the time is for changed ones.
        for input in &corpus {
            if started.elapsed() > time / 2 {
                break;
            }
            self.one(input)?;
        }
        let mut oldest = begun;
        while started.elapsed() < time {
            let input = mutate::changed(&mut random, &corpus, self.target.tokens);
            if !self.one(&input)? || input.len() > LONGEST / 8 {
                continue;
            }
            self.report.kept += 1;
            if corpus.len() < begun + MOST_KEPT {
                corpus.push(input);
            } else if let Some(place) = corpus.get_mut(oldest) {
                *place = input;
                oldest = if oldest + 1 == corpus.len() { begun } else { oldest + 1 };
            }
        }
        Ok(())
    }

    /// Runs one input; whether it went a way that none went before.
    fn one(&mut self, input: &[u8]) -> Result<bool, String> {
        if self.note {
            self.files.note(input)?;
        }
        let started = spent();
        let run = self.target.run;
        let Ok(outcome): Result<Outcome, _> = panic::catch_unwind(|| run(input)) else {
            let message = PANIC.with_borrow(Clone::clone);
            return Err(format!("{message}\n{}", self.files.save(self.target.name, input)));
        };
        let taken = spent().saturating_sub(started);
        if taken > SLOW && input.len() <= LONGEST {
            let saved = self.files.save(self.target.name, input);
            return Err(format!("{} ms for one input\n{saved}", taken.as_millis()));
        }
        let report = &mut self.report;
        report.executions += 1;
        report.taken += u64::from(outcome.taken);
        report.refused += u64::from(outcome.refused);
        report.slowest = report.slowest.max(taken);
        if report.executions.is_multiple_of(64) || taken > Duration::from_millis(100) {
            let _ = self.alive.send(());
        }
        Ok(self.seen.insert(outcome.kind()))
    }
}

/// How long this thread has been running: on a machine that does other things as well, less than has passed.
#[cfg(unix)]
fn spent() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    now.try_into().unwrap_or_default()
}

/// How long ago the first input was run.
#[cfg(not(unix))]
fn spent() -> Duration {
    static BEGAN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    BEGAN.elapsed()
}
