//! `wirewright new`

use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser};
use wirewright_codegen::{
    new::{Answers, QUESTIONS, Question, definition},
    schema,
};

use super::{
    arguments,
    definitions::is_there,
    failed::{Done, Failed},
    output::{complain, say},
};

/// Where definitions go where there are none yet.
const FOLDER: &str = "protocol-defs";

pub(super) fn command() -> Command {
    let mut command = Command::new("new")
        .about("Writes a definition that generates, from what a page says: asks, or takes flags")
        .arg(
            Arg::new("vendor")
                .value_name("VENDOR")
                .required(true)
                .help("What the vendor is to be called: the name of the folder and of the crate"),
        )
        .arg(arguments::definitions());
    for question in QUESTIONS.iter().filter(|question| question.name != "vendor") {
        let mut flag = Arg::new(question.name)
            .long(question.name)
            .value_name("TEXT")
            .allow_hyphen_values(true)
            .help(question.prompt);
        if !question.choices.is_empty() {
            let words = question
                .choices
                .iter()
                .map(|(word, meaning)| clap::builder::PossibleValue::new(*word).help(*meaning));
            flag = flag.value_name("WORD").value_parser(PossibleValuesParser::new(words));
        }
        if question.many {
            flag = flag.action(ArgAction::Append);
        }
        command = command.arg(flag);
    }
    command
}

pub(super) fn run(matches: &ArgMatches) -> Done {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let mut answers = Answers::default();
    for question in QUESTIONS {
        let given: Vec<&String> = matches.get_many(question.name).into_iter().flatten().collect();
        if !question.is_asked(&answers) {
            if !given.is_empty() {
                return Err(Failed::usage(format!(
                    "`--{}` goes with other answers than these: leave it out",
                    question.name
                )));
            }
            continue;
        }
        if !given.is_empty() {
            for text in given {
                question.answer(&mut answers, text).map_err(|error| Failed::usage(error.to_string()))?;
            }
        } else if asks {
            ask(question, &mut answers)?;
        } else if let Some(default) = question.default(&answers) {
            question.answer(&mut answers, &default).map_err(|error| Failed::usage(error.to_string()))?;
        } else if !question.optional {
            return Err(Failed::usage(format!("`--{}` is missing: {}", question.name, question.prompt)));
        }
    }
    let files = definition(&answers).map_err(|error| Failed::usage(error.to_string()))?;
    let definitions =
        arguments::definitions_of(matches).folder().map_or_else(|| PathBuf::from(FOLDER), PathBuf::from);
    let folder = definitions.join(&answers.vendor);
    if is_there(&folder) {
        return Err(Failed::usage(format!(
            "{} is there already: choose another name, or remove it",
            folder.display()
        )));
    }
    let unwritten = |path: &PathBuf| {
        let path = path.clone();
        move |error: io::Error| Failed::other(format!("{} cannot be written: {error}", path.display()))
    };
    fs::create_dir_all(&folder).map_err(unwritten(&folder))?;
    for file in files {
        let path = folder.join(&file.name);
        fs::write(&path, file.text).map_err(unwritten(&path))?;
        say(&format!("{}\n", path.display()));
    }
    // The first line of each file names its schema.
    for (name, text) in schema::files() {
        let path = definitions.join(name);
        if !is_there(&path) {
            fs::write(&path, text).map_err(unwritten(&path))?;
            say(&format!("{}\n", path.display()));
        }
    }
    complain(&format!(
        "\nNext: write down what the page says, and try it.\n  wirewright check {0}\n  wirewright mock {0}\n  wirewright generate {1}\n",
        folder.display(),
        answers.vendor
    ));
    Ok(ExitCode::SUCCESS)
}

/// Asks until there is an answer.
fn ask(question: &Question, answers: &mut Answers) -> Result<(), Failed> {
    complain(&format!("{}\n", question.prompt));
    for (word, meaning) in question.choices {
        complain(&format!("  {word}: {meaning}\n"));
    }
    let mut given = 0;
    loop {
        let default = question.default(answers).filter(|_| given == 0);
        let usual = default.as_deref().filter(|default| !default.is_empty());
        let more = if given > 0 { "one more, or nothing" } else { "" };
        complain(&usual.map_or_else(|| format!("{more}> "), |usual| format!("[{usual}]> ")));
        let mut line = String::new();
        let read =
            io::stdin().lock().read_line(&mut line).map_err(|error| Failed::other(error.to_string()))?;
        if read == 0 {
            complain("\n");
            return Err(Failed::usage(format!("there is no answer: {}", question.prompt)));
        }
        let line = line.trim();
        if line.is_empty() && (given > 0 || question.optional && default.is_none()) {
            return Ok(());
        }
        let text = if line.is_empty() { default.as_deref().unwrap_or_default() } else { line };
        match question.answer(answers, text) {
            Ok(()) if !question.many || text.is_empty() => return Ok(()),
            Ok(()) => given += 1,
            Err(error) => complain(&format!("{error}\n")),
        }
    }
}
