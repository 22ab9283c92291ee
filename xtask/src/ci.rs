//! `cargo xtask ci`: the gates that a change must pass, each by its name.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::builder::PossibleValuesParser;

use crate::output::{Failure, say};
use crate::{
    codegen, dependencies, editions, features, independent, installed, layers, live, oldest, pages, pictures,
    process, publish, repositories, site, snapshots, wasm,
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The steps to run, in the order of the menu. All when none is named.
    #[arg(value_name = "STEP", value_parser = PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    steps: Vec<String>,
    /// What a run of all tests has written already, so that `snapshots` need not run them again (see there).
    #[arg(long, value_name = "FILE")]
    references: Option<PathBuf>,
}

struct Step {
    name: &'static str,
    action: Action,
}

enum Action {
    /// `cargo xtask codegen --check`
    Codegen,
    /// `cargo xtask snapshots`
    Snapshots,
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
    /// Programs that were not written here.
    Independent,
    /// `cargo xtask live`
    Live,
    /// `cargo xtask pictures --check`
    Pictures,
    /// Pages of definitions, in a browser where there is one.
    Site,
    Cargo {
        arguments: &'static [&'static str],
        environment: &'static [(&'static str, &'static str)],
    },
}

const fn cargo(name: &'static str, arguments: &'static [&'static str]) -> Step {
    Step { name, action: Action::Cargo { arguments, environment: &[] } }
}

/// The menu: what fails fast comes first.
const STEPS: &[Step] = &[
    cargo("fmt", &["fmt", "--all", "--check"]),
    Step { name: "layers", action: Action::Layers },
    Step { name: "codegen", action: Action::Codegen },
    Step { name: "dependencies", action: Action::Dependencies },
    Step { name: "independent", action: Action::Independent },
    cargo("clippy", &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    Step { name: "features", action: Action::Features },
    Step { name: "editions", action: Action::Editions },
    Step { name: "install", action: Action::Install },
    Step { name: "repositories", action: Action::Repositories },
    Step { name: "pages", action: Action::Pages },
    Step { name: "publish", action: Action::Publish },
    Step {
        name: "docs",
        action: Action::Cargo {
            arguments: &["doc", "--workspace", "--no-deps", "--all-features"],
            environment: &[("RUSTDOCFLAGS", "-D warnings")],
        },
    },
    // Runs all tests, unless they have been run.
    Step { name: "snapshots", action: Action::Snapshots },
    // Programs of this workspace that have to come to a good end.
    cargo("fuzz", &["run", "--profile", "fuzz", "-p", "wirewright-fuzz", "--", "--seconds", "4"]),
    cargo("example", &["run", "-p", "wirewright-example"]),
    Step { name: "pictures", action: Action::Pictures },
    Step { name: "site", action: Action::Site },
    // Servers and clients that were not written here.
    Step { name: "live", action: Action::Live },
    // Every candidate of the benchmarks makes the same value. Not optimised: nothing is measured here.
    Step {
        name: "peers",
        action: Action::Cargo {
            arguments: &["run", "--manifest-path", "benches/peers/Cargo.toml", "--locked", "--", "--check"],
            // Where most of their dependencies have been built.
            environment: &[("CARGO_TARGET_DIR", "target")],
        },
    },
    Step { name: "oldest-rust", action: Action::Oldest },
    Step { name: "wasm", action: Action::Wasm },
    // What a user asks for who wants tables.
    cargo("tables", &["test", "-p", "wirewright-cli", "--features", "arrow,parquet", "--test", "tables"]),
    cargo("parquet", &["run", "-p", "wirewright-arrow", "--example", "parquet"]),
];

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let wanted =
        |step: &&Step| arguments.steps.is_empty() || arguments.steps.iter().any(|name| name == step.name);
    let mut times = Vec::new();
    for step in STEPS.iter().filter(wanted) {
        say(&format!("\n== {}", step.name));
        let started = Instant::now();
        let result = run_step(root, &step.action, arguments);
        times.push((step.name, started.elapsed()));
        if let Err(failure) = result {
            summarise(&times, "failed");
            return Err(format!("{}: {failure}", step.name));
        }
    }
    summarise(&times, "ok");
    Ok(())
}

fn run_step(root: &Path, action: &Action, arguments: &Arguments) -> Result<(), Failure> {
    match action {
        Action::Codegen => {
            say("$ cargo xtask codegen --check");
            codegen::run(root, &codegen::Arguments::check())
        }
        Action::Snapshots => {
            say("$ cargo xtask snapshots");
            snapshots::run(root, &snapshots::Arguments { references: arguments.references.clone() })
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
        Action::Cargo { arguments, environment } => {
            let variables: String =
                environment.iter().flat_map(|(name, value)| [name, "=\"", value, "\" "]).collect();
            let shown = format!("{variables}cargo {}", arguments.join(" "));
            process::run(process::cargo(root, arguments).envs(environment.iter().copied()), &shown)
        }
    }
}

/// Seconds a step; `last` is how the last one ended.
fn summarise(times: &[(&str, Duration)], last: &str) {
    say("");
    for (index, (name, time)) in times.iter().enumerate() {
        let end = if index + 1 == times.len() { last } else { "ok" };
        say(&format!("{name:<12} {:>7.1} s  {end}", time.as_secs_f64()));
    }
    say(&format!(
        "{:<12} {:>7.1} s",
        "together",
        times.iter().map(|(_, time)| time.as_secs_f64()).sum::<f64>()
    ));
}
