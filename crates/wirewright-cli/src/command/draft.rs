//! `wirewright draft`

use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, builder::PossibleValuesParser, value_parser};
use wirewright_codegen::{PROTOCOL, load, schema};
use wirewright_draft::{Answers, Draft, Finding, Inputs, Options, Question, draft, drift};

use super::{
    definitions::is_there,
    failed::{Done, Failed},
    output::{complain, say},
};

pub(super) fn command() -> Command {
    let files = |name: &'static str, help: &'static str| {
        Arg::new(name).value_parser(value_parser!(PathBuf)).value_hint(ValueHint::AnyPath).help(help)
    };
    Command::new("draft")
        .about("Drafts a definition from samples of requests and replies, and from a page; says what they show beyond one that is there")
        .arg(
            files(
                "SAMPLES",
                "Files and folders: HAR, command lines of curl, raw HTTP, and texts called GROUP/OPERATION/NAME.{url,query,form,body,xml,json,qs}",
            )
            .num_args(0..),
        )
        .arg(
            files("page", "A page of one operation, as HTML or text: its words go before what was inferred")
                .long("page")
                .value_name("FILE")
                .action(ArgAction::Append),
        )
        .arg(
            files("answers", "A file with answers, in TOML. What is asked at a terminal is kept in it, so that nothing is asked again")
                .long("answers")
                .value_name("FILE"),
        )
        .arg(
            Arg::new("secret")
                .long("secret")
                .value_name("NAME")
                .action(ArgAction::Append)
                .help("A parameter, member, header or cookie whose values are secrets, beside those that are known: they are replaced"),
        )
        .arg(
            Arg::new("title").long("title").value_name("TEXT").help("The API's name [default: that of the folder]"),
        )
        .arg(
            files("output", "The folder of the definition. One that is there is not written, and compared with the samples")
                .short('o')
                .long("output")
                .value_name("DIR")
                .required(true),
        )
        .arg(
            Arg::new("message-format")
                .long("message-format")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(["human", "json"]))
                .default_value("human")
                .help("How what samples show beyond a definition is written"),
        )
        .after_help(
            "Exit codes:\n    0  a definition was written, or the samples show nothing beyond the one that is there\n    \
             1  the samples show something that the definition does not have, or a file cannot be written\n    \
             2  what was asked for makes no sense, or an input cannot be read",
        )
}

fn paths(matches: &ArgMatches, name: &str) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>(name).into_iter().flatten().cloned().collect()
}

pub(super) fn run(matches: &ArgMatches) -> Done {
    let (samples, pages) = (paths(matches, "SAMPLES"), paths(matches, "page"));
    if samples.is_empty() && pages.is_empty() {
        return Err(Failed::usage("there is nothing to draft from: name samples, or a page behind `--page`"));
    }
    let inputs = Inputs::read(&samples, &pages).map_err(|error| Failed::usage(error.to_string()))?;
    let Some(folder) = matches.get_one::<PathBuf>("output") else {
        return Err(Failed::usage("`--output` is missing: the folder of the definition"));
    };
    if is_there(&folder.join(PROTOCOL)) {
        let json = matches.get_one::<String>("message-format").is_some_and(|format| format == "json");
        return compare(folder, &inputs, json);
    }
    if is_there(folder) && fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failed::usage(format!(
            "{} is there already and is no definition: choose another folder",
            folder.display()
        )));
    }
    let options = options(matches, folder)?;
    write(&asked(matches, &inputs, options)?, folder)
}

fn options(matches: &ArgMatches, folder: &Path) -> Result<Options, Failed> {
    let vendor = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut options = Options::new(vendor);
    options.title = matches.get_one::<String>("title").cloned();
    options.secrets = matches.get_many::<String>("secret").into_iter().flatten().cloned().collect();
    if let Some(path) = matches.get_one::<PathBuf>("answers").filter(|path| is_there(path)) {
        let text = fs::read_to_string(path)
            .map_err(|error| Failed::usage(format!("{} cannot be read: {error}", path.display())))?;
        options.answers = text.parse().map_err(|error: wirewright_draft::InvalidAnswers| {
            let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
            Failed::usage(format!("{}{line}: {error}", path.display()))
        })?;
    }
    Ok(options)
}

/// A draft whose questions were asked, where somebody is there to answer.
fn asked(matches: &ArgMatches, inputs: &Inputs, mut options: Options) -> Result<Draft, Failed> {
    let first = draft(inputs, &options).map_err(|error| Failed::usage(error.to_string()))?;
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    if first.questions.is_empty() || !asks {
        return Ok(first);
    }
    complain("What the samples do not tell. Nothing takes what is in brackets, `-` is none.\n");
    for question in &first.questions {
        ask(question, &mut options.answers)?;
    }
    if let Some(path) = matches.get_one::<PathBuf>("answers") {
        fs::write(path, options.answers.to_string()).map_err(|error| unwritten(path, &error))?;
        say(&format!("{}\n", path.display()));
    }
    draft(inputs, &options).map_err(|error| Failed::usage(error.to_string()))
}

/// Asks until there is an answer.
fn ask(question: &Question, answers: &mut Answers) -> Result<(), Failed> {
    complain(&format!("\n{}\n  {}\n", question.prompt, question.choices.join(", ")));
    loop {
        complain(&format!("[{}]> ", question.guess.join(" ")));
        let mut line = String::new();
        let read =
            io::stdin().lock().read_line(&mut line).map_err(|error| Failed::other(error.to_string()))?;
        if read == 0 {
            complain("\n");
            return Err(Failed::usage(format!("there is no answer: {}", question.prompt)));
        }
        match question.answer(answers, &line) {
            Ok(()) => return Ok(()),
            Err(problem) => complain(&format!("{problem}\n")),
        }
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Failed {
    Failed::other(format!("{} cannot be written: {error}", path.display()))
}

/// Writes a new definition, and says what there is to look at.
fn write(drafted: &Draft, folder: &Path) -> Done {
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    for file in &drafted.files {
        let path = folder.join(&file.name);
        fs::write(&path, &file.text).map_err(|error| unwritten(&path, &error))?;
        say(&format!("{}\n", path.display()));
    }
    // The first line of each file names its schema.
    let around = folder.parent().unwrap_or(Path::new(""));
    for (name, text) in schema::files() {
        let path = around.join(name);
        if name != schema::PROJECT_SCHEMA && !is_there(&path) {
            fs::write(&path, text).map_err(|error| unwritten(&path, &error))?;
            say(&format!("{}\n", path.display()));
        }
    }
    for note in &drafted.notes {
        complain(&format!("note: {note}\n"));
    }
    for contradiction in &drafted.contradictions {
        complain(&format!("warning: the draft and a sample contradict one another: {contradiction}\n"));
    }
    let fit = drafted.tested - drafted.contradictions.len();
    complain(&format!("{fit} of {} tests of samples pass\n", drafted.tested));
    if !drafted.questions.is_empty() {
        let open = drafted.questions.len();
        complain(&format!(
            "{open} questions are open: answer them at a terminal, or in a file behind `--answers`\n"
        ));
    }
    complain(&format!(
        "\nNext: look at what has `confidence = \"low\"`, and try it.\n  wirewright check {0}\n  wirewright mock {0}\n",
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Says what samples show beyond a definition that is there.
fn compare(folder: &Path, inputs: &Inputs, json: bool) -> Done {
    let vendor = load(folder)
        .map_err(|faults| Failed::usage(format!("the definition has faults:\n\n{}", faults.render(false))))?;
    let mut exchanges = inputs.exchanges.clone();
    for text in &inputs.pages {
        exchanges.extend(wirewright_draft::Page::read(text).exchanges(text));
    }
    let findings: Vec<Finding> = drift(vendor, &exchanges);
    if json {
        let text = serde_json::to_string_pretty(&serde_json::json!({ "findings": findings }))
            .map_err(|error| Failed::other(error.to_string()))?;
        say(&format!("{text}\n"));
    } else {
        for finding in &findings {
            say(&format!("{finding}\n"));
        }
        let exchanges = exchanges.len();
        match findings.len() {
            0 => say(&format!("{exchanges} exchanges show nothing beyond {}\n", folder.display())),
            count => say(&format!(
                "{exchanges} exchanges show {count} things that {} does not have\n",
                folder.display()
            )),
        }
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
