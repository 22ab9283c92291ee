//! Tests a draft by its own samples: what the interpreter says of each.

use http::Response;
use wirewright::{Format, Limits, exchange::Error, sign::ReplyKeys};
use wirewright_codegen::model::{Example, ExampleReply, FormatKind, Vendor};
use wirewright_interpret::{Answer, Definition, Enveloped, OperationType, printed_reply};

use crate::{
    infer::sample::format_name,
    repair::repair,
    requests::Refused,
    words::{About, Entry, File, Said},
};

/// A sample that a draft does not agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The operation: `parcels/find`.
    pub operation: String,
    /// The example's name.
    pub example: String,
    /// `request`, or the format of the reply.
    pub what: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Contradiction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, example `{}`, {}: {}", self.operation, self.example, self.what, self.message)
    }
}

/// A draft that was tested.
pub(crate) struct Tested {
    pub(crate) files: Vec<wirewright_codegen::new::DefinitionFile>,
    pub(crate) contradictions: Vec<Contradiction>,
    pub(crate) count: usize,
}

/// What a test of a sample says.
enum Outcome {
    Fits,
    /// It cannot be read, at this line and column.
    Broken(usize, usize, String),
    Differs(String),
}

/// Something that an example has to say, as its test tells.
enum Amendment {
    /// A reply that cannot be read, and where.
    Fails(FormatKind, usize, usize),
    /// A parameter that its request leaves out.
    Lacks(String),
}

/// The group, the operation and the example, and what it has to say.
type Amended = (String, String, String, Amendment);

/// How often examples are amended at most.
const ROUNDS: usize = 3;

/// Tests a draft. What cannot be read is kept as printed, with the place of the error; what a request leaves out is said.
pub(crate) fn test(package: &str, mut files: Vec<File>, mut vendor: Vendor) -> Tested {
    for _ in 0..ROUNDS {
        let (contradictions, amended, count) = run(vendor);
        if amended.is_empty() {
            return Tested { files: crate::repair::definition(&files), contradictions, count };
        }
        let before = files.clone();
        for one in &amended {
            amend(&mut files, one);
        }
        match repair(package, files) {
            Ok(repaired) => (files, vendor) = (repaired.files, repaired.vendor),
            Err(_) => return Tested { files: crate::repair::definition(&before), contradictions, count },
        }
    }
    let (contradictions, _, count) = run(vendor);
    Tested { files: crate::repair::definition(&files), contradictions, count }
}

fn amend(files: &mut [File], (group, operation, example, amendment): &Amended) {
    let file = files.iter_mut().find(|file| file.name == format!("{group}.toml"));
    let is_named = |entry: &Entry| {
        entry.key == "name" && matches!(&entry.said, Said::Value(value) if value.as_str() == Some(example))
    };
    let table = file.and_then(|file| {
        file.tables.iter_mut().find(|table| {
            table.about == About::Example
                && table.head.first() == Some(operation)
                && table.entries.iter().any(is_named)
        })
    });
    let Some(table) = table else { return };
    match amendment {
        Amendment::Fails(format, line, column) => {
            let number = |number: &usize| toml::Value::from(i64::try_from(*number).unwrap_or(1));
            let place = [("line".to_owned(), number(line)), ("column".to_owned(), number(column))];
            table.dotted(&format!("fails.{}", format_name(*format)), toml::Table::from_iter(place));
            table.entries.retain(|entry| entry.key != "error");
        }
        Amendment::Lacks(name) => table.value("lacks", name.as_str()),
    }
}

fn run(vendor: Vendor) -> (Vec<Contradiction>, Vec<Amended>, usize) {
    let definition = Definition::new(vendor);
    let mut contradictions = Vec::new();
    let mut amended = Vec::new();
    let mut count = 0;
    for (group, operation) in definition.vendor().operations() {
        let title = format!("{}/{}", group.name.wire, operation.name.wire);
        let Some(of) = definition.operation(&title) else { continue };
        for example in &operation.examples {
            let mut tell = |what: &str, message: String| {
                let example = example.name.wire.clone();
                contradictions.push(Contradiction {
                    operation: title.clone(),
                    example,
                    what: what.to_owned(),
                    message,
                });
            };
            let amendment = |amendment| {
                (group.name.wire.clone(), operation.name.wire.clone(), example.name.wire.clone(), amendment)
            };
            if example.request.is_some() {
                count += 1;
                match crate::requests::refused(&definition, of, example) {
                    Some(Refused::Other(message)) => tell("request", message),
                    Some(Refused::Lacks(name)) => amended.push(amendment(Amendment::Lacks(name))),
                    None => {}
                }
            }
            for reply in &example.replies {
                count += 1;
                match outcome(&definition, of, example, reply) {
                    Outcome::Fits => {}
                    Outcome::Differs(message) => tell(format_name(reply.format), message),
                    Outcome::Broken(line, column, message) => {
                        if crate::tree::read(reply.format, &reply.text).is_none() {
                            amended.push(amendment(Amendment::Fails(reply.format, line, column)));
                        } else {
                            tell(format_name(reply.format), message);
                        }
                    }
                }
            }
        }
    }
    (contradictions, amended, count)
}

fn outcome(
    definition: &Definition,
    operation: &OperationType,
    example: &Example,
    reply: &ExampleReply,
) -> Outcome {
    let Some(response) = printed_reply(reply) else {
        return Outcome::Differs("its headers are none".to_owned());
    };
    let format = match reply.format {
        FormatKind::Xml => Format::Xml,
        FormatKind::Json => Format::Json,
        FormatKind::Query => Format::Query,
    };
    let read = definition.read_reply(operation, response, format, &Limits::new());
    match (read, &example.error, reply.fails) {
        (Err(Error::Decode(error)), _, Some(place))
            if (error.error.line(), error.error.column()) == place =>
        {
            Outcome::Fits
        }
        (Err(Error::Decode(error)), _, _) => Outcome::Broken(
            error.error.line(),
            error.error.column(),
            error.error.to_string().lines().next().unwrap_or_default().to_owned(),
        ),
        (Err(Error::Vendor(error)), Some(code), None) => {
            use wirewright::exchange::Refusal as _;
            match error.failure.code_text() {
                Some(own) if own == *code => Outcome::Fits,
                _ => Outcome::Differs(format!("is another error than `{code}`")),
            }
        }
        (Err(Error::Vendor(_)), None, _) => {
            Outcome::Differs("is a refusal, where an answer was expected".to_owned())
        }
        (Err(error), ..) => Outcome::Differs(error.to_string().lines().next().unwrap_or_default().to_owned()),
        (Ok(_), _, Some(_)) => Outcome::Differs("can be read after all".to_owned()),
        (Ok(_), Some(code), None) => {
            Outcome::Differs(format!("is an answer, where the error `{code}` was expected"))
        }
        (Ok(Answer::Enveloped(answer)), None, None) => again(definition, operation, &answer, format),
        (Ok(_), None, None) => Outcome::Fits,
    }
}

/// Whether an answer is the same when it was written and read in each format.
fn again(definition: &Definition, operation: &OperationType, answer: &Enveloped, own: Format) -> Outcome {
    let write = |answer: &Enveloped, format| definition.answer_text(operation, answer.clone(), format).ok();
    let before = write(answer, own);
    for format in operation.described().formats.iter().copied() {
        let Some(text) = write(answer, format) else {
            return Outcome::Differs(format!("cannot be written in {format}"));
        };
        let response = Response::new(text.into_bytes());
        let read = definition.read_reply(operation, ReplyKeys::unchecked(response), format, &Limits::new());
        let after = match read {
            Ok(Answer::Enveloped(read)) => write(&read, own),
            _ => return Outcome::Differs(format!("cannot be read again when it is written in {format}")),
        };
        if before != after {
            return Outcome::Differs(format!("is not the same again when it is written in {format}"));
        }
    }
    Outcome::Fits
}
