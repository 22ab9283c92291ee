//! What there is to ask of somebody who has the vendor's page in front of them.

use super::answers::{
    self, Answers, InvalidAnswer, KnownError, Parameter, ReplyFormat, ReplyMember, RequestForm, Status,
    ValueType,
};
use crate::nearest::nearest;
use crate::words::Alternative;

/// A question: for a person at a terminal, or the flag `--name` of a command.
#[derive(Debug)]
pub struct Question {
    /// What it is called: the name of its flag.
    pub name: &'static str,
    /// What to ask.
    pub prompt: &'static str,
    /// The words of which an answer is one, each with what it means. Without any, it is a text.
    pub choices: &'static [Alternative],
    /// Whether there may be several answers: the flag may be repeated, and a person is asked until they enter nothing.
    pub many: bool,
    /// Whether there may be nothing of the kind: the answer is `-` then, or empty.
    pub optional: bool,
    asked: fn(&Answers) -> bool,
    default: fn(&Answers) -> Option<String>,
    take: fn(&mut Answers, &str) -> Result<(), InvalidAnswer>,
}

impl Question {
    /// Whether it is to be asked, after these answers: the name of a root, say, only where there is XML.
    pub fn is_asked(&self, answers: &Answers) -> bool {
        (self.asked)(answers)
    }

    /// The answer of somebody who enters nothing, or gives no flag, after these answers; `None`: there is no default.
    pub fn default(&self, answers: &Answers) -> Option<String> {
        (self.default)(answers)
    }

    /// Takes an answer; where there may be [`many`](Self::many), one more.
    ///
    /// # Errors
    ///
    /// An answer that cannot be right. The answers are as they were.
    pub fn answer(&self, answers: &mut Answers, text: &str) -> Result<(), InvalidAnswer> {
        let text = text.trim();
        if !self.choices.is_empty() && !self.choices.iter().any(|(word, _)| *word == text) {
            let words: Vec<String> = self.choices.iter().map(|(word, _)| format!("`{word}`")).collect();
            let near = nearest(text, self.choices.iter().map(|(word, _)| *word));
            let meant = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let expected = format!("one of {}{meant}", words.join(", "));
            return Err(InvalidAnswer::new(self.name, format!("`{text}` is none of the answers"), expected));
        }
        if self.optional && matches!(text, "" | NOTHING) {
            return (self.take)(answers, "");
        }
        if text.is_empty() {
            return Err(InvalidAnswer::new(self.name, "it is empty", format!("an answer: {}", self.prompt)));
        }
        (self.take)(answers, text)
    }
}

/// The answer that there is nothing of the kind, where entering nothing stands for the default.
const NOTHING: &str = "-";

/// A question that is always asked, has one answer and needs it.
const PLAIN: Question = Question {
    name: "",
    prompt: "",
    choices: &[],
    many: false,
    optional: false,
    asked: |_| true,
    default: |_| None,
    take: |_, _| Ok(()),
};

/// Every question, in an order in which what is asked depends on earlier answers only.
pub const QUESTIONS: &[Question] = &[
    Question {
        name: "vendor",
        prompt: "What is the vendor to be called? The name of the folder and of the crate",
        default: |answers| Some(answers.vendor.clone()).filter(|name| !name.is_empty()),
        take: |answers, text| {
            answers::vendor(text)?;
            text.clone_into(&mut answers.vendor);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "title",
        prompt: "What does the vendor call its API?",
        default: |answers| Some(answers.title_or_default()),
        take: |answers, text| {
            answers::line("title", text)?;
            text.clone_into(&mut answers.title);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "endpoint",
        prompt: "Where is the API? Scheme and host, as in https://api.parcels.example",
        take: |answers, text| {
            let text = text.trim_end_matches('/');
            answers::endpoint(text)?;
            text.clone_into(&mut answers.endpoint);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "source",
        prompt: "Which page describes it?",
        default: |answers| Some(answers.source_or_default().to_owned()),
        take: |answers, text| {
            answers::line("source", text)?;
            text.clone_into(&mut answers.source);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "request",
        prompt: "What is a request?",
        choices: &[
            ("query", "GET, with the parameters behind the ? of the URL"),
            ("form", "POST, with the parameters in a form"),
            ("query-or-form", "either of the two"),
            ("xml", "POST, with a document in XML"),
            ("json", "POST, with a document in JSON"),
        ],
        default: |_| Some("query".to_owned()),
        take: |answers, text| {
            answers.request = match text {
                "form" => RequestForm::Form,
                "query-or-form" => RequestForm::QueryOrForm,
                "xml" => RequestForm::Xml,
                "json" => RequestForm::Json,
                _ => RequestForm::Query,
            };
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "format",
        prompt: "What is a reply? Several, if the caller can choose",
        choices: &[
            ("xml", "XML"),
            ("json", "JSON"),
            ("jsonp", "JSON, in the call of a function where the caller names one"),
            ("query", "a query string, a=1&b=2"),
        ],
        many: true,
        default: |_| Some("json".to_owned()),
        take: |answers, text| {
            let format = match text {
                "xml" => ReplyFormat::Xml,
                "jsonp" => ReplyFormat::Jsonp,
                "query" => ReplyFormat::Query,
                _ => ReplyFormat::Json,
            };
            if !answers.formats.contains(&format) {
                answers.formats.push(format);
            }
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "root",
        prompt: "What is the root element of a reply in XML?",
        asked: |answers| answers.offers(ReplyFormat::Xml),
        default: |answers| Some(answers.root.clone()),
        take: |answers, text| {
            text.clone_into(&mut answers.root);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "format-parameter",
        prompt: "Which parameter chooses the format?",
        asked: |answers| answers.formats.len() > 1,
        default: |answers| Some(answers.format_parameter.clone()),
        take: |answers, text| {
            text.clone_into(&mut answers.format_parameter);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "callback",
        prompt: "Which parameter has the name of the function?",
        asked: |answers| answers.offers(ReplyFormat::Jsonp),
        default: |answers| Some(answers.callback.clone()),
        take: |answers, text| {
            text.clone_into(&mut answers.callback);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "status",
        prompt: "Which member of every reply says whether the call succeeded? - if there is none",
        optional: true,
        default: |_| Some("code".to_owned()),
        take: |answers, text| {
            answers.envelope.status = said(text);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "success",
        prompt: "What does it say on success? As in 0, true, ok",
        asked: |answers| answers.envelope.status.is_some(),
        default: |_| Some("0".to_owned()),
        take: |answers, text| {
            text.clone_into(&mut answers.envelope.success);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "code",
        prompt: "Which member has the error's number or name? - if the status is the error's number or name itself",
        optional: true,
        default: |answers| {
            let own =
                answers.envelope.status.is_some() && Status::of(&answers.envelope.success) != Status::Flag;
            (!own).then(|| "error".to_owned())
        },
        take: |answers, text| {
            answers.envelope.code = said(text);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "failure",
        prompt: "What does the status say on failure?",
        asked: |answers| answers.envelope.status.is_some() && answers.envelope.code.is_some(),
        default: |answers| {
            let success = answers.envelope.success.as_str();
            Some(
                match (Status::of(success), success) {
                    (Status::Flag, "true") => "false",
                    (Status::Flag, _) => "true",
                    (Status::Number, "1") => "0",
                    (Status::Number, _) => "1",
                    (Status::Text, "error") => "failed",
                    (Status::Text, _) => "error",
                }
                .to_owned(),
            )
        },
        take: |answers, text| {
            text.clone_into(&mut answers.envelope.failure);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "codes",
        prompt: "What are the errors known by?",
        choices: &[("numbers", "numbers, as in 404"), ("names", "names, as in NOT_FOUND")],
        asked: |answers| answers.envelope.code.is_some(),
        default: |_| Some("numbers".to_owned()),
        take: |answers, text| {
            answers.envelope.numbers = text == "numbers";
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "message",
        prompt: "Which member says in words what happened? - if there is none",
        optional: true,
        default: |_| Some("message".to_owned()),
        take: |answers, text| {
            answers.envelope.message = said(text);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "data",
        prompt: "Which member has what an operation answers? - if that is among the members around it",
        optional: true,
        default: |_| Some("data".to_owned()),
        take: |answers, text| {
            answers.envelope.data = said(text);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "error",
        prompt: "Which errors does the page list? One at a time: its number or name on the wire, and a name for it, as in 2 NoSuchParcel",
        many: true,
        optional: true,
        take: |answers, text| {
            let mut words = text.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (None, ..) => Ok(()),
                (Some(code), Some(name), None) => {
                    answers.errors.push(KnownError { code: code.to_owned(), name: name.to_owned() });
                    Ok(())
                }
                _ => {
                    let message = format!("`{text}` is not a number or name and another name");
                    Err(InvalidAnswer::new("error", message, "two words, as in `2 NoSuchParcel`"))
                }
            }
        },
        ..PLAIN
    },
    Question {
        name: "operation",
        prompt: "What is the first operation called? Its group and its name, as in parcels/find",
        take: |answers, text| {
            answers::operation(text)?;
            text.clone_into(&mut answers.operation);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "path",
        prompt: "What is the path of its URL?",
        default: |answers| Some(answers.path_or_default()),
        take: |answers, text| {
            answers::path(text)?;
            text.clone_into(&mut answers.path);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "parameter",
        prompt: "What are its parameters? One at a time: its name, and then `required` or `secret` or both",
        many: true,
        optional: true,
        take: |answers, text| {
            let mut words = text.split_whitespace();
            let Some(name) = words.next() else { return Ok(()) };
            let mut parameter = Parameter { name: name.to_owned(), ..Parameter::default() };
            for word in words {
                match word {
                    "required" => parameter.required = true,
                    "secret" => parameter.secret = true,
                    _ => return Err(unknown("parameter", word, &["required", "secret"])),
                }
            }
            answers.parameters.push(parameter);
            Ok(())
        },
        ..PLAIN
    },
    Question {
        name: "reply",
        prompt: "What are the members of its reply? One at a time: its name, and then what it is (`integer`, `number`, `boolean`, \
                 otherwise a text), and `list`, `required` or `secret`",
        many: true,
        optional: true,
        take: |answers, text| {
            let mut words = text.split_whitespace();
            let Some(name) = words.next() else { return Ok(()) };
            let mut member = ReplyMember { name: name.to_owned(), ..ReplyMember::default() };
            for word in words {
                match word {
                    "string" => member.value = ValueType::String,
                    "integer" => member.value = ValueType::Integer,
                    "number" => member.value = ValueType::Number,
                    "boolean" => member.value = ValueType::Boolean,
                    "list" => member.list = true,
                    "required" => member.required = true,
                    "secret" => member.secret = true,
                    _ => {
                        let known = &["string", "integer", "number", "boolean", "list", "required", "secret"];
                        return Err(unknown("reply", word, known));
                    }
                }
            }
            answers.reply.push(member);
            Ok(())
        },
        ..PLAIN
    },
];

/// What is not empty.
fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn unknown(question: &'static str, word: &str, known: &[&str]) -> InvalidAnswer {
    let meant = nearest(word, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    let words: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let expected = format!("behind the name {}{meant}", words.join(", "));
    InvalidAnswer::new(question, format!("`{word}` says nothing"), expected)
}
