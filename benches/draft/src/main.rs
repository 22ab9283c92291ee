//! Drafts hand-written definitions anew from their own samples, and holds the drafts against them, member by member.

mod compare;
mod recording;

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
    /// The vendors; by default all.
    vendors: Vec<String>,
    /// Samples of the one vendor, in place of the definition's own.
    #[arg(long)]
    samples: Vec<PathBuf>,
    /// Pages of the one vendor, in place of the definition's own samples.
    #[arg(long)]
    page: Vec<PathBuf>,
    /// Drafts from a made-up recording of so many exchanges, and says how long it took.
    #[arg(long)]
    exchanges: Option<usize>,
    /// Shows what is otherwise.
    #[arg(long)]
    verbose: bool,
    /// Writes the drafts into this folder.
    #[arg(long)]
    write: Option<PathBuf>,
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
    let mut vendors = arguments.vendors.clone();
    if vendors.is_empty() {
        let entries = fs::read_dir(&arguments.definitions).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().join("protocol.toml").exists());
        vendors = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        vendors.sort();
    }
    println!("{}", Tally::HEAD);
    let mut all = Tally::default();
    let mut failed = false;
    for name in &vendors {
        match one(&arguments, name) {
            Ok(tally) => {
                println!("{}", tally.row(name));
                all.add(&tally);
            }
            Err(problem) => {
                failed = true;
                println!("{name}: {problem}");
            }
        }
    }
    println!("{}", all.row("all"));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn parameter(name: &str) -> Parameter {
    Parameter { name: name.to_owned(), value: String::new(), carried: Carried::Query }
}

#[expect(clippy::print_stdout, reason = "its output is the table")]
fn one(arguments: &Arguments, name: &str) -> Result<Tally, String> {
    let hand = load(&arguments.definitions.join(name)).map_err(|faults| faults.to_string())?;
    let inputs = if !arguments.page.is_empty() || !arguments.samples.is_empty() {
        Inputs::read(&arguments.samples, &arguments.page).map_err(|error| error.to_string())?
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
        let folder = folder.join(name);
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
