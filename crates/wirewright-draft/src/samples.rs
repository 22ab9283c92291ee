//! Tests a draft by its own samples: what the interpreter says of each.

use wirewright::{Format, Limits, exchange::Error};
use wirewright_codegen::model::{Example, ExampleReply, FormatKind, Vendor};
use wirewright_interpret::{Definition, OperationType, printed_reply};

use crate::{
    infer::sample::format_name,
    repair::repair,
    words::{About, File},
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

pub(crate) fn test(package: &str, mut files: Vec<File>, vendor: Vendor) -> Tested {
    let (contradictions, broken, count) = run(vendor);
    if broken.is_empty() {
        return Tested { files: crate::repair::definition(&files), contradictions, count };
    }
    // What cannot be read is kept as printed, with the place of the error.
    for (group, operation, example, format, place) in &broken {
        let file = files.iter_mut().find(|file| file.name == format!("{group}.toml"));
        let table = file.and_then(|file| {
            file.tables.iter_mut().find(|table| {
                table.about == About::Example
                    && table.head.first() == Some(operation)
                    && table.entries.iter().any(|entry| {
                        entry.key == "name" && matches!(&entry.said, crate::words::Said::Value(value) if value.as_str() == Some(example))
                    })
            })
        });
        if let Some(table) = table {
            let number = |number: usize| toml::Value::from(i64::try_from(number).unwrap_or(1));
            let place = [("line".to_owned(), number(place.0)), ("column".to_owned(), number(place.1))];
            table.dotted(&format!("fails.{}", format_name(*format)), toml::Table::from_iter(place));
            table.entries.retain(|entry| entry.key != "error");
        }
    }
    let before = files.clone();
    match repair(package, files) {
        Ok(repaired) => {
            let files = crate::repair::definition(&repaired.files);
            let (contradictions, _, count) = run(repaired.vendor);
            Tested { files, contradictions, count }
        }
        Err(_) => Tested { files: crate::repair::definition(&before), contradictions, count },
    }
}

type Broken = (String, String, String, FormatKind, (usize, usize));

fn run(vendor: Vendor) -> (Vec<Contradiction>, Vec<Broken>, usize) {
    let definition = Definition::new(vendor);
    let mut contradictions = Vec::new();
    let mut broken = Vec::new();
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
            if example.request.is_some() {
                count += 1;
                if let Some(message) = crate::requests::refused(&definition, of, example) {
                    tell("request", message);
                }
            }
            for reply in &example.replies {
                count += 1;
                match outcome(&definition, of, example, reply) {
                    Outcome::Fits => {}
                    Outcome::Differs(message) => tell(format_name(reply.format), message),
                    Outcome::Broken(line, column, message) => {
                        if crate::tree::read(reply.format, &reply.text).is_none() {
                            let own = (
                                group.name.wire.clone(),
                                operation.name.wire.clone(),
                                example.name.wire.clone(),
                            );
                            broken.push((own.0, own.1, own.2, reply.format, (line, column)));
                        } else {
                            tell(format_name(reply.format), message);
                        }
                    }
                }
            }
        }
    }
    (contradictions, broken, count)
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
        (Ok(_), None, None) => Outcome::Fits,
    }
}
