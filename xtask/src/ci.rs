//! `cargo xtask ci`: the gates that a change must pass, each by its name.
//!
//! All of them run in two lanes beside each other: what only checks, and what builds programs and runs them. Nothing that one of them
//! compiles is of use to the other, and each has a folder for it, since cargo lets nobody else into one that it builds into. Those that
//! are named run one after the other, in cargo's own folder.

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use clap::builder::PossibleValuesParser;

use crate::output::{Failure, say};
use crate::snapshots::TESTS;
use crate::{
    codegen, dependencies, editions, features, independent, installed, layers, live, oldest, pages, pictures,
    process, programs, publish, readme, repositories, site, snapshots, wasm, workspace,
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The steps to run, in the order of the menu. All when none is named.
    #[arg(value_name = "STEP", value_parser = PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    steps: Vec<String>,
}

struct Step {
    name: &'static str,
    lane: Lane,
    action: Action,
}

/// Beside what a step runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// Nothing: it takes seconds, and what fails is worth knowing first.
    First,
    /// Programs are built and run: the tests, and what is made of the same parts.
    Programs,
    /// Nothing that the tests have built is of use: most of it is compiled only as far as to know that it can be.
    Checks,
}

enum Action {
    /// `cargo xtask codegen --check`
    Codegen,
    /// `cargo xtask snapshots`, which runs all tests.
    Tests,
    /// `cargo xtask layers`
    Layers,
    /// The policy on dependencies.
    Dependencies,
    /// Each choice of features by itself.
    Features,
    /// Generated crates in a workspace of another edition.
    Editions,
    /// The command, installed.
    Install,
    /// Repositories of somebody else's.
    Repositories,
    /// The programs on front pages.
    Pages,
    /// What would be published.
    Publish,
    /// The oldest Rust that is promised.
    Oldest,
    /// A target without an operating system.
    Wasm,
    /// Every target of the fuzz driver for seconds: as the tests have built it, with what overflows and what is asserted looked at.
    Fuzz,
    /// Programs that were not written here.
    Independent,
    /// `cargo xtask live`
    Live,
    /// `cargo xtask pictures --check`
    Pictures,
    /// Pages of definitions, in a browser where there is one.
    Site,
    /// The example that writes a file of Parquet.
    Parquet,
    /// `cargo xtask readme`
    Readme,
    Cargo {
        arguments: &'static [&'static str],
        environment: &'static [(&'static str, &'static str)],
    },
}

const fn cargo(name: &'static str, lane: Lane, arguments: &'static [&'static str]) -> Step {
    Step { name, lane, action: Action::Cargo { arguments, environment: &[] } }
}

const fn first(name: &'static str, action: Action) -> Step {
    Step { name, lane: Lane::First, action }
}

const fn program(name: &'static str, action: Action) -> Step {
    Step { name, lane: Lane::Programs, action }
}

const fn check(name: &'static str, action: Action) -> Step {
    Step { name, lane: Lane::Checks, action }
}

/// For how long each target of the fuzz driver runs. To optimise it takes minutes, for a run of seconds.
const FUZZ: &[&str] = &["--seconds", "3"];

/// The menu: what fails fast comes first.
const STEPS: &[Step] = &[
    cargo("fmt", Lane::First, &["fmt", "--all", "--check"]),
    first("layers", Action::Layers),
    first("codegen", Action::Codegen),
    cargo(
        "clippy",
        Lane::Checks,
        &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
    ),
    check("features", Action::Features),
    check("editions", Action::Editions),
    check("pages", Action::Pages),
    check("publish", Action::Publish),
    check(
        "docs",
        Action::Cargo {
            // What nobody has outside of this repository has no pages.
            arguments: &[
                "doc",
                "--workspace",
                "--exclude",
                "wirewright-bench-*",
                "--exclude",
                "wirewright-live",
                "--exclude",
                "wirewright-testbed",
                "--no-deps",
                "--all-features",
            ],
            environment: &[("RUSTDOCFLAGS", "-D warnings")],
        },
    ),
    check("oldest-rust", Action::Oldest),
    check("wasm", Action::Wasm),
    check("dependencies", Action::Dependencies),
    // All of them, and that each snapshot has one.
    program("tests", Action::Tests),
    program("fuzz", Action::Fuzz),
    program("independent", Action::Independent),
    // A program of this workspace that has to come to a good end.
    program("parquet", Action::Parquet),
    // Servers and clients that were not written here.
    program("live", Action::Live),
    // What a user asks for who wants tables.
    cargo(
        "tables",
        Lane::Programs,
        &[
            "test",
            "--workspace",
            "--features",
            "wirewright-cli/arrow,wirewright-cli/parquet",
            "--test",
            "tables",
        ],
    ),
    program("install", Action::Install),
    program("repositories", Action::Repositories),
    program("site", Action::Site),
    program("pictures", Action::Pictures),
    program("readme", Action::Readme),
    // Every candidate of the benchmarks makes the same value. Not optimised: nothing is measured here.
    Step {
        name: "peers",
        lane: Lane::Programs,
        action: Action::Cargo {
            arguments: &["run", "--manifest-path", "benches/peers/Cargo.toml", "--locked", "--", "--check"],
            // Where most of their dependencies have been built.
            environment: &[("CARGO_TARGET_DIR", "target")],
        },
    },
];

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let times = Times { started: Instant::now(), steps: Mutex::default() };
    let result = if arguments.steps.is_empty() {
        run_all(root, &times)
    } else {
        let wanted = |step: &&Step| arguments.steps.iter().any(|name| name == step.name);
        STEPS.iter().filter(wanted).try_for_each(|step| times.of(step, || run_step(root, step)))
    };
    times.summarise();
    result
}

/// What is quick, and then the lanes.
fn run_all(root: &Path, times: &Times) -> Result<(), Failure> {
    let steps = |lane: Lane| STEPS.iter().filter(move |step| step.lane == lane);
    steps(Lane::First).try_for_each(|step| times.of(step, || run_step(root, step)))?;
    // Each step is run, whatever has failed before it: one run tells all that is to be mended.
    let run_lane = |lane: Lane| -> Vec<Failure> {
        steps(lane).filter_map(|step| times.of(step, || run_apart(root, step)).err()).collect()
    };
    let failures = thread::scope(|scope| {
        let checks = scope.spawn(|| run_lane(Lane::Checks));
        let mut failures = run_lane(Lane::Programs);
        failures.extend(checks.join().unwrap_or_else(|_| vec!["the lane of checks ended early".to_owned()]));
        failures
    });
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// Runs a step in a process of its own. What it says is kept, and told in one piece when it has ended.
fn run_apart(root: &Path, step: &Step) -> Result<(), Failure> {
    say(&format!("-- {} begins", step.name));
    let target = workspace::target(root);
    let (folder, file) = (target.join("ci"), target.join("ci").join(format!("{}.txt", step.name)));
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let (output, errors) =
        File::create(&file).and_then(|output| Ok((output.try_clone()?, output))).map_err(failed)?;
    let program = env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
    let mut command = Command::new(program);
    command.args(["ci", step.name]).current_dir(root).stdin(Stdio::null()).stdout(output).stderr(errors);
    if step.lane == Lane::Checks {
        command.env("CARGO_TARGET_DIR", target.join("checks"));
    }
    let status = command.status().map_err(|error| format!("the step could not be started: {error}"))?;
    say(&String::from_utf8_lossy(&fs::read(&file).map_err(failed)?));
    if status.success() { Ok(()) } else { Err(format!("what it says is above, and in {}", file.display())) }
}

/// How long steps took, and how they ended.
struct Times {
    started: Instant,
    steps: Mutex<Vec<(&'static str, Duration, &'static str)>>,
}

impl Times {
    /// Runs a step.
    fn of(&self, step: &Step, run: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        let started = Instant::now();
        let result = run();
        let end = if result.is_ok() { "ok" } else { "failed" };
        if let Ok(mut steps) = self.steps.lock() {
            steps.push((step.name, started.elapsed(), end));
        }
        result.map_err(|failure| format!("{}: {failure}", step.name))
    }

    /// Seconds a step, in the order in which they ended. Of one there is nothing to sum up.
    fn summarise(&self) {
        let steps = self.steps.lock().map_or_else(|_| Vec::new(), |steps| steps.clone());
        if steps.len() < 2 {
            return;
        }
        say("");
        for (name, time, end) in steps {
            say(&format!("{name:<12} {:>7.1} s  {end}", time.as_secs_f64()));
        }
        say(&format!("{:<12} {:>7.1} s", "together", self.started.elapsed().as_secs_f64()));
    }
}

fn run_step(root: &Path, step: &Step) -> Result<(), Failure> {
    say(&format!("\n== {}", step.name));
    match &step.action {
        Action::Codegen => {
            say("$ cargo xtask codegen --check");
            codegen::run(root, &codegen::Arguments::check())
        }
        Action::Tests => {
            say("$ cargo xtask snapshots");
            snapshots::run(root)
        }
        Action::Layers => {
            say("$ cargo xtask layers");
            layers::run(root)
        }
        Action::Dependencies => dependencies::run(root),
        Action::Features => features::run(root),
        Action::Editions => editions::run(root),
        Action::Install => installed::run(root),
        Action::Repositories => repositories::run(root),
        Action::Pages => pages::run(root),
        Action::Publish => publish::run(root),
        Action::Oldest => oldest::run(root),
        Action::Wasm => wasm::run(root),
        Action::Independent => independent::run(root),
        Action::Live => {
            say("$ cargo xtask live");
            live::run(root)
        }
        Action::Pictures => {
            say("$ cargo xtask pictures --check");
            pictures::run(root, &pictures::Arguments::check())
        }
        Action::Site => site::run(root),
        Action::Fuzz => {
            let mut command = Command::new(programs::program(root, "wirewright-fuzz")?);
            process::run(command.current_dir(root).args(FUZZ), &format!("wirewright-fuzz {}", FUZZ.join(" ")))
        }
        Action::Parquet => {
            let mut command = Command::new(programs::example(root)?);
            process::run(command.current_dir(root), programs::EXAMPLE)
        }
        Action::Readme => {
            say("$ cargo xtask readme");
            readme::run(root, &readme::Arguments::already(TESTS))
        }
        Action::Cargo { arguments, environment } => {
            let variables: String =
                environment.iter().flat_map(|(name, value)| [name, "=\"", value, "\" "]).collect();
            let shown = format!("{variables}cargo {}", arguments.join(" "));
            process::run(process::cargo(root, arguments).envs(environment.iter().copied()), &shown)
        }
    }
}
