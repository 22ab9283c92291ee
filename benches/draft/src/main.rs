//! Drafts hand-written definitions anew from their own samples, and holds the drafts against them, member by member.

mod compare;
mod kept;
mod recording;
mod rows;

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Parser;
use compare::{Tally, compare};
use wirewright_codegen::{load, load_sources};
use wirewright_draft::{Carried, Inputs, Options, Page, Parameter, draft, printed};

/// Drafts of samples against hand-written definitions.
#[derive(Parser)]
struct Arguments {
    /// The definitions.
    #[arg(long, default_value = "protocol-defs")]
    definitions: PathBuf,
    /// The recordings of running servers.
    #[arg(long, default_value = "benches/draft/recordings")]
    recordings: PathBuf,
    /// The vendors, of which the own samples are drafted from; by default all, and the recordings.
    vendors: Vec<String>,
    /// Samples of the one vendor, in place of the definition's own.
    #[arg(long)]
    samples: Vec<PathBuf>,
    /// Pages of the one vendor, in place of the definition's own samples.
    #[arg(long)]
    page: Vec<PathBuf>,
    /// Where the recorded server is, in place of the definition's endpoint.
    #[arg(long)]
    endpoint: Option<String>,
    /// Drafts from a made-up recording of so many exchanges, and says how long it took.
    #[arg(long)]
    exchanges: Option<usize>,
    /// Keeps so many of the samples of each call, of each kind of reply, and writes them with their secrets made up to `--into`.
    #[arg(long, requires = "into")]
    keep: Option<usize>,
    /// The file for what is kept.
    #[arg(long)]
    into: Option<PathBuf>,
    /// Shows what is otherwise.
    #[arg(long)]
    verbose: bool,
    /// Writes the drafts into this folder.
    #[arg(long)]
    write: Option<PathBuf>,
}

/// What is drafted, and held against a definition.
struct Subject<'s> {
    /// What the row is called.
    name: &'s str,
    vendor: &'s str,
    samples: Vec<PathBuf>,
    endpoint: Option<&'s str>,
}

#[expect(clippy::print_stdout, reason = "its output is the table")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(count) = arguments.exchanges {
        return match recording::time(count) {
            Ok(text) => {
                println!("{text}");
                ExitCode::SUCCESS
            }
            Err(problem) => {
                println!("{problem}");
                ExitCode::FAILURE
            }
        };
    }
    println!("{}", Tally::HEAD);
    let mut failed = false;
    if arguments.vendors.is_empty() {
        let (seen, unseen): (Vec<String>, Vec<String>) =
            all(&arguments).into_iter().partition(|name| !rows::UNSEEN.contains(&name.as_str()));
        failed |= !group(&arguments, "the vendors in the box, their own samples", &own(&seen));
        failed |= !group(&arguments, "those that the drafter was not written with", &own(&unseen));
        let first: Vec<String> = rows::FIRST.map(str::to_owned).to_vec();
        failed |= !group(&arguments, "the first four of them", &own(&first));
        for (name, recordings) in rows::RECORDED {
            let folder = arguments.recordings.as_path();
            let subjects = recordings.iter().map(|one| Subject {
                name: one.name,
                vendor: one.vendor,
                samples: vec![folder.join(one.file)],
                endpoint: one.endpoint,
            });
            failed |= !group(&arguments, name, &subjects.collect::<Vec<_>>());
        }
    } else {
        failed |= !group(&arguments, "together", &own(&arguments.vendors));
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The vendors whose definitions there are.
fn all(arguments: &Arguments) -> Vec<String> {
    let entries = fs::read_dir(&arguments.definitions).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().join("protocol.toml").exists());
    let mut vendors: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    vendors.sort();
    vendors
}

/// The definitions with their own samples.
fn own(vendors: &[String]) -> Vec<Subject<'_>> {
    vendors.iter().map(|name| Subject { name, vendor: name, samples: Vec::new(), endpoint: None }).collect()
}

/// A row for each, and one for all of them. `false`: something went wrong.
#[expect(clippy::print_stdout, reason = "its output is the table")]
fn group(arguments: &Arguments, name: &str, subjects: &[Subject<'_>]) -> bool {
    let mut together = Tally::default();
    let mut good = true;
    for subject in subjects {
        match one(arguments, subject) {
            Ok(tally) => {
                println!("{}", tally.row(subject.name));
                together.add(&tally);
            }
            Err(problem) => {
                good = false;
                println!("{}: {problem}", subject.name);
            }
        }
    }
    println!("{}", together.row(&format!("**{name}**")));
    good
}

fn parameter(name: &str) -> Parameter {
    Parameter { name: name.to_owned(), value: String::new(), carried: Carried::Query }
}

#[expect(clippy::print_stdout, reason = "its output is the table")]
fn one(arguments: &Arguments, subject: &Subject<'_>) -> Result<Tally, String> {
    let name = subject.vendor;
    let mut hand = load(&arguments.definitions.join(name)).map_err(|faults| faults.to_string())?;
    if let Some(endpoint) = arguments.endpoint.as_deref().or(subject.endpoint) {
        endpoint.clone_into(&mut hand.endpoint);
    }
    let samples = if arguments.samples.is_empty() { &subject.samples } else { &arguments.samples };
    if let (Some(most), Some(into)) = (arguments.keep, &arguments.into) {
        let inputs = Inputs::read(samples, &[]).map_err(|error| error.to_string())?;
        let text = kept::text(&hand, &inputs, &Options::new(name), most);
        fs::write(into, text).map_err(|error| format!("{}: {error}", into.display()))?;
    }
    let inputs = if !arguments.page.is_empty() || !samples.is_empty() {
        Inputs::read(samples, &arguments.page).map_err(|error| error.to_string())?
    } else {
        Inputs { exchanges: printed(&hand), ..Inputs::default() }
    };
    let mut shown = inputs.exchanges.clone();
    for text in &inputs.pages {
        let page = Page::read(text);
        let own = page.exchanges(text);
        // Every argument that the page names is shown, though no sample may have it.
        let mut all = own.first().cloned().unwrap_or_default();
        all.replies.clear();
        all.parameters = page.arguments.iter().map(|argument| parameter(&argument.name)).collect();
        shown.extend(own);
        shown.push(all);
    }
    let drafted = draft(&inputs, &Options::new(name)).map_err(|error| error.to_string())?;
    if let Some(folder) = &arguments.write {
        let folder = folder.join(subject.name.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-"));
        let written = fs::create_dir_all(&folder).and_then(|()| {
            drafted.files.iter().try_for_each(|file| fs::write(folder.join(&file.name), &file.text))
        });
        written.map_err(|error| error.to_string())?;
    }
    let files = drafted.files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    let machine = load_sources(name, files).map_err(|faults| faults.to_string())?;
    let (mut tally, otherwise) = compare(&hand, &machine, &shown);
    if arguments.verbose {
        for line in drafted.repaired.iter().map(|line| format!("mended: {line}")).chain(otherwise) {
            println!("    {line}");
        }
        for contradiction in &drafted.contradictions {
            println!("    contradicts: {contradiction}");
        }
    }
    tally.tested = drafted.tested;
    tally.contradicted = drafted.contradictions.len();
    Ok(tally)
}
