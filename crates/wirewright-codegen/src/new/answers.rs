//! What a new definition is made of, and what each part of it has to be.

use std::fmt;

use crate::check::is_xml_name;
use crate::rules::{is_package, is_plain_endpoint};

/// What the vendor's page says, as far as a first definition needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The name of the definition's folder, and of the crate: `parcel-post`.
    pub vendor: String,
    /// What the vendor calls its API; empty: the name of the vendor.
    pub title: String,
    /// The page that describes it; empty: the endpoint.
    pub source: String,
    /// Scheme and host: `https://api.parcels.example`.
    pub endpoint: String,
    /// What a request is.
    pub request: RequestForm,
    /// What a reply may be, at least one.
    pub formats: Vec<ReplyFormat>,
    /// The root element of replies in XML.
    pub root: String,
    /// The parameter that chooses among several formats.
    pub format_parameter: String,
    /// The parameter with the function's name of a JSONP reply.
    pub callback: String,
    /// What is around each reply.
    pub envelope: Envelope,
    /// Errors that the page lists; without any, one stands in for them.
    pub errors: Vec<KnownError>,
    /// The first operation: `group/operation`.
    pub operation: String,
    /// The path of its URL; empty: `/group/operation`.
    pub path: String,
    /// Its parameters, or the members of its body, in the order of the page.
    pub parameters: Vec<Parameter>,
    /// The members of its reply, in the order of the page.
    pub reply: Vec<ReplyMember>,
}

impl Default for Answers {
    /// GET requests; around each reply an integer `code` that is 0 on success, a `message`, and `data`. Vendor, endpoint, formats and
    /// operation are left open.
    fn default() -> Self {
        Self {
            vendor: String::new(),
            title: String::new(),
            source: String::new(),
            endpoint: String::new(),
            request: RequestForm::Query,
            formats: Vec::new(),
            root: "response".to_owned(),
            format_parameter: "format".to_owned(),
            callback: "callback".to_owned(),
            envelope: Envelope::default(),
            errors: Vec::new(),
            operation: String::new(),
            path: String::new(),
            parameters: Vec::new(),
            reply: Vec::new(),
        }
    }
}

/// What a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestForm {
    /// GET, with the parameters behind the `?` of the URL.
    Query,
    /// POST, with the parameters in a form.
    Form,
    /// Either of the two, as the caller likes.
    QueryOrForm,
    /// POST, with a document in XML.
    Xml,
    /// POST, with a document in JSON.
    Json,
}

impl RequestForm {
    /// Whether the parameters are members of a document.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Xml | Self::Json)
    }
}

/// What a reply may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyFormat {
    /// XML
    Xml,
    /// JSON
    Json,
    /// JSON, in the call of a function where the caller names one.
    Jsonp,
    /// A query string.
    Query,
}

/// What is around each reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The member that says whether the call succeeded; `None`: there is an error's `code`, or there is none.
    pub status: Option<String>,
    /// What the status says on success: `0`, `true`, `ok`.
    pub success: String,
    /// What it says on failure, where `code` is another member.
    pub failure: String,
    /// The member with the error's number or name; `None`: the status is the number or the name as well.
    pub code: Option<String>,
    /// Whether the codes are numbers, where there is a `code`.
    pub numbers: bool,
    /// The member that says in words what happened.
    pub message: Option<String>,
    /// The member that has the reply; `None`: its members are among those of the envelope.
    pub data: Option<String>,
}

impl Default for Envelope {
    fn default() -> Self {
        Self {
            status: Some("code".to_owned()),
            success: "0".to_owned(),
            failure: String::new(),
            code: None,
            numbers: true,
            message: Some("message".to_owned()),
            data: Some("data".to_owned()),
        }
    }
}

/// An error that the page lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownError {
    /// Its number or name on the wire.
    pub code: String,
    /// What it is called in Rust: `NoSuchParcel`.
    pub name: String,
}

/// A parameter of the operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Whether a call needs it.
    pub required: bool,
    /// Whether its value must not be shown.
    pub secret: bool,
}

/// A member of the operation's reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplyMember {
    /// Its name on the wire.
    pub name: String,
    /// What it is.
    pub value: ValueType,
    /// Whether there may be several.
    pub list: bool,
    /// Whether it is always there.
    pub required: bool,
    /// Whether its value must not be shown.
    pub secret: bool,
}

/// What a value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ValueType {
    /// A text.
    #[default]
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
}

impl ValueType {
    /// As the language says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

/// An answer that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAnswer {
    /// The name of the question: [`Question::name`](super::Question::name).
    pub question: &'static str,
    /// What is wrong with it.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

impl InvalidAnswer {
    pub(super) fn new(
        question: &'static str,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self { question, message: message.into(), expected: expected.into() }
    }
}

impl fmt::Display for InvalidAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; expected {}", self.question, self.message, self.expected)
    }
}

impl std::error::Error for InvalidAnswer {}

impl Answers {
    /// The first part of the operation's name.
    pub(super) fn group(&self) -> &str {
        self.operation.split_once('/').map_or("", |(group, _)| group)
    }

    /// The second part of the operation's name.
    pub(super) fn name(&self) -> &str {
        self.operation.split_once('/').map_or("", |(_, name)| name)
    }

    /// Whether a reply may be in XML.
    pub(super) fn offers(&self, format: ReplyFormat) -> bool {
        self.formats.contains(&format)
    }

    /// Everything that is wrong with single answers.
    pub(super) fn invalid(&self) -> Vec<InvalidAnswer> {
        let mut found = Vec::new();
        let mut hold = |result: Result<(), InvalidAnswer>| found.extend(result.err());
        hold(vendor(&self.vendor));
        hold(endpoint(&self.endpoint));
        hold(operation(&self.operation));
        hold(path(&self.path));
        hold(line("title", &self.title));
        hold(line("source", &self.source));
        if self.formats.is_empty() {
            hold(Err(InvalidAnswer::new("format", "there is none", "at least one format of replies")));
        }
        if self.offers(ReplyFormat::Json) && self.offers(ReplyFormat::Jsonp) {
            let message = "`jsonp` is JSON as well";
            hold(Err(InvalidAnswer::new("format", message, "`json` or `jsonp`, not both")));
        }
        if self.offers(ReplyFormat::Xml) && !is_xml_name(&self.root) {
            let message = format!("`{}` is no name of an element", self.root);
            hold(Err(InvalidAnswer::new("root", message, "the name of the root element, as in `response`")));
        }
        for (question, name) in self.names() {
            hold(self.wire_name(question, name));
        }
        hold(self.envelope.check());
        for error in &self.errors {
            hold(self.error(error));
        }
        found.extend(self.twice());
        found
    }

    /// Names that are given twice in one table.
    fn twice(&self) -> Vec<InvalidAnswer> {
        let table = |question: &'static str| match question {
            "parameter" | "reply" => question,
            _ => "envelope",
        };
        let names: Vec<_> = self.names().collect();
        let twice = names.iter().enumerate().filter(|(index, (question, name))| {
            let same = |other: &(&'static str, &str)| other.1 == *name && table(other.0) == table(question);
            names.iter().take(*index).any(same)
        });
        let twice = twice.map(|(_, (question, name))| {
            InvalidAnswer::new(question, format!("`{name}` is there twice"), "each name once")
        });
        twice.collect()
    }

    /// Each name on the wire, with its question.
    fn names(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Envelope { status, code, message, data, .. } = &self.envelope;
        let envelope = [("status", status), ("code", code), ("message", message), ("data", data)];
        let envelope = envelope.into_iter().filter_map(|(question, name)| Some((question, name.as_deref()?)));
        let parameters = self.parameters.iter().map(|one| ("parameter", one.name.as_str()));
        let reply = self.reply.iter().map(|one| ("reply", one.name.as_str()));
        envelope.chain(parameters).chain(reply)
    }

    /// Whether an error can be told from a success, and from others.
    fn error(&self, error: &KnownError) -> Result<(), InvalidAnswer> {
        let KnownError { code, name } = error;
        let envelope = &self.envelope;
        if !name.starts_with(|first: char| first.is_ascii_alphabetic())
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            let message = format!("`{}` is no name for an error", name.escape_debug());
            return Err(InvalidAnswer::new(
                "error",
                message,
                "letters and digits, a letter first: `NoSuchParcel`",
            ));
        }
        if envelope.code.is_none() && *code == envelope.success {
            let message = format!("`{code}` is what the status says on success");
            return Err(InvalidAnswer::new("error", message, "the number or name of an error"));
        }
        if envelope.has_numbers() && Status::of(code) != Status::Number {
            let message = format!("`{}` is no number, as the errors are", code.escape_debug());
            return Err(InvalidAnswer::new(
                "error",
                message,
                "the error's number, and then its name in Rust",
            ));
        }
        if code.is_empty() || code.contains(char::is_control) {
            return Err(InvalidAnswer::new(
                "error",
                "it has no name on the wire",
                "the error's name on the wire",
            ));
        }
        Ok(())
    }

    fn wire_name(&self, question: &'static str, name: &str) -> Result<(), InvalidAnswer> {
        let document = question == "parameter" && self.request == RequestForm::Xml;
        let element = document || question != "parameter" && self.offers(ReplyFormat::Xml);
        if element && !is_xml_name(name) {
            let message = format!("`{name}` is no name of an element in XML");
            return Err(InvalidAnswer::new(
                question,
                message,
                "letters, digits, `-`, `_` and `.`, a letter first",
            ));
        }
        if name.trim() != name || name.is_empty() || name == "*" || name.contains(char::is_control) {
            let message = format!("`{}` is no name", name.escape_debug());
            return Err(InvalidAnswer::new(question, message, "the name on the wire, as in `parcel_id`"));
        }
        Ok(())
    }
}

impl Envelope {
    /// Whether the errors are known by numbers: a status that is the code as well says it itself.
    pub(super) fn has_numbers(&self) -> bool {
        if self.code.is_some() { self.numbers } else { Status::of(&self.success) == Status::Number }
    }

    /// The types of `success` and `failure`, and that they differ.
    fn check(&self) -> Result<(), InvalidAnswer> {
        if self.status.is_none() {
            let expected = "a status, or the member with the error's number or name";
            let none = || InvalidAnswer::new("code", "nothing tells success from failure", expected);
            return self.code.is_some().then_some(()).ok_or_else(none);
        }
        if self.success.trim().is_empty() || self.success.contains(char::is_control) {
            return Err(InvalidAnswer::new("success", "there is none", "what the status says on success"));
        }
        let kind = Status::of(&self.success);
        if self.code.is_none() {
            let message = "`true` and `false` are no error's number or name";
            let expected = "the member with the error's number or name";
            let wrong = || InvalidAnswer::new("code", message, expected);
            return (kind != Status::Flag).then_some(()).ok_or_else(wrong);
        }
        if self.failure == self.success || self.failure.is_empty() || self.failure.contains(char::is_control)
        {
            let message = "it does not tell a failure from a success";
            return Err(InvalidAnswer::new("failure", message, "another value than that of success"));
        }
        if Status::of(&self.failure) != kind {
            let message = format!("`{}` is of another type than `{}`", self.failure, self.success);
            return Err(InvalidAnswer::new("failure", message, "a value as that of success is"));
        }
        Ok(())
    }
}

/// What the values of a status are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Number,
    Flag,
    Text,
}

impl Status {
    /// What a value is that is written so.
    pub(super) fn of(value: &str) -> Self {
        // `007` is a text.
        let number = value.parse::<i64>().is_ok_and(|number| number.to_string() == value);
        match value {
            "true" | "false" => Self::Flag,
            _ if number => Self::Number,
            _ => Self::Text,
        }
    }
}

pub(super) fn vendor(name: &str) -> Result<(), InvalidAnswer> {
    let expected =
        "lower-case letters and digits, in words with `-` between them, a letter first: `parcel-post`";
    let wrong = || InvalidAnswer::new("vendor", format!("`{name}` is no name for its crate"), expected);
    (is_package(name)).then_some(()).ok_or_else(wrong)
}

pub(super) fn endpoint(text: &str) -> Result<(), InvalidAnswer> {
    let expected = "scheme and host without a path: `https://api.parcels.example`";
    let wrong = || InvalidAnswer::new("endpoint", format!("`{text}` is no address of a host"), expected);
    is_plain_endpoint(text).then_some(()).ok_or_else(wrong)
}

pub(super) fn operation(name: &str) -> Result<(), InvalidAnswer> {
    let part = |part: &str| {
        let signs = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        part.starts_with(|letter: char| letter.is_ascii_alphabetic()) && part.bytes().all(signs)
    };
    let expected = "a group and a name, each of letters, digits, `_` and `-`: `parcels/find`";
    let wrong = || InvalidAnswer::new("operation", format!("`{name}` is no name of an operation"), expected);
    match name.split_once('/') {
        // The file of that name says what all operations share.
        Some(("protocol", _)) => {
            let message = "a group cannot be called `protocol`";
            Err(InvalidAnswer::new("operation", message, "another name before the `/`"))
        }
        Some((group, name)) if part(group) && part(name) => Ok(()),
        _ => Err(wrong()),
    }
}

pub(super) fn path(text: &str) -> Result<(), InvalidAnswer> {
    let wrong =
        text.contains(|sign: char| sign.is_whitespace() || sign.is_control() || "?#\"<>{}`\\".contains(sign));
    if text.is_empty() || text.starts_with('/') && !wrong {
        return Ok(());
    }
    let message = format!("`{}` is no path", text.escape_debug());
    Err(InvalidAnswer::new(
        "path",
        message,
        "the URL's path, a `/` first and without a query: `/parcels/find`",
    ))
}

/// A text that is one line.
pub(super) fn line(question: &'static str, text: &str) -> Result<(), InvalidAnswer> {
    let wrong =
        || InvalidAnswer::new(question, "it is not one line of text", "a text without control characters");
    (!text.contains(char::is_control)).then_some(()).ok_or_else(wrong)
}
