//! The files of a new definition: short, and with a comment where a person goes on.

use std::fmt::Write as _;

use super::answers::{Answers, KnownError, ReplyFormat, ReplyMember, RequestForm, Status, ValueType};
use crate::rules::is_secret_name;
use crate::schema::directive;

impl Answers {
    /// The vendor's own words, or its name.
    pub(super) fn title_or_default(&self) -> String {
        if !self.title.trim().is_empty() {
            return self.title.clone();
        }
        let words = self.vendor.split('-').map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>() + " "
        });
        words.collect::<String>() + "API"
    }

    pub(super) fn source_or_default(&self) -> &str {
        if self.source.trim().is_empty() { &self.endpoint } else { &self.source }
    }

    pub(super) fn path_or_default(&self) -> String {
        if self.path.is_empty() { format!("/{}", self.operation) } else { self.path.clone() }
    }
}

/// `protocol.toml`
pub(super) fn protocol(answers: &Answers) -> String {
    let mut text = directive("..", crate::PROTOCOL);
    let methods = match answers.request {
        RequestForm::Query => "GET = \"query\"",
        RequestForm::Form => "POST = \"form\"",
        RequestForm::QueryOrForm => "GET = \"query\", POST = \"form\"",
        // The parameters of a request with a document, if it has any, are in the URL.
        RequestForm::Xml | RequestForm::Json => "POST = \"query\"",
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "
# What all operations of this vendor share; each other file beside this one is a group of operations. `wirewright check` says what is
# wrong, with its place and what to do.

title    = {title}
source   = {source} # the page that states it
endpoint = {endpoint}
methods  = {{ {methods} }}
# path   = \"/rest/{{operation}}\" # where the paths of all operations are alike
",
        title = quoted(&answers.title_or_default()),
        source = quoted(answers.source_or_default()),
        endpoint = quoted(&answers.endpoint),
    );
    match answers.request {
        RequestForm::Xml => {
            text.push_str("\n[body]\nroot = \"request\" # the root element of a request's document\n");
        }
        RequestForm::Json => text.push_str("\n[body]\nformat = \"json\"\n"),
        RequestForm::Query | RequestForm::Form | RequestForm::QueryOrForm => {}
    }
    formats(answers, &mut text);
    parameters(answers, &mut text);
    envelope(answers, &mut text);
    errors(answers, &mut text);
    text.push_str(
        "
# Where a call opens a session that later calls are made in:
# [session]
# opens  = \"session/login\"
# fields = { token = { from = \"data.token\", secret = true } }
",
    );
    text
}

fn formats(answers: &Answers, text: &mut String) {
    let chosen = answers.formats.len() > 1;
    let lines = answers.formats.iter().map(|format| {
        let (name, own) = match format {
            ReplyFormat::Xml => ("xml", Some(format!("root = {}", quoted(&answers.root)))),
            ReplyFormat::Json | ReplyFormat::Jsonp => ("json", None),
            ReplyFormat::Query => ("query", Some("nested = \".\"".to_owned())),
        };
        let value = chosen.then(|| format!("value = \"{name}\""));
        let words: Vec<String> = value.into_iter().chain(own).collect();
        let words = if words.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", words.join(", ")) };
        (name.to_owned(), words)
    });
    table(text, "\n[formats]", lines.collect());
}

fn parameters(answers: &Answers, text: &mut String) {
    let mut lines = Vec::new();
    if answers.formats.len() > 1 {
        let value = "{ from = \"format\", doc = \"The format of the reply.\" }";
        lines.push((key(&answers.format_parameter), value.to_owned()));
    }
    if answers.offers(ReplyFormat::Jsonp) {
        let value = "{ from = \"callback\", doc = \"The function that a reply calls.\" }";
        lines.push((key(&answers.callback), value.to_owned()));
    }
    lines.push(("\"*\"".to_owned(), "{ from = \"request\" } # the operation's own ones".to_owned()));
    let head = "
# The parameters of every request, in the order of the wire.
[parameters]
# key = { from = \"client\", required = true, secret = true, doc = \"Your developer key.\" }";
    table(text, head, lines);
}

fn envelope(answers: &Answers, text: &mut String) {
    let envelope = &answers.envelope;
    let mut lines = Vec::new();
    if let Some(status) = &envelope.status {
        let (kind, value): (_, fn(&str) -> String) = match Status::of(&envelope.success) {
            Status::Number => (", type = \"integer\"", str::to_owned),
            Status::Flag => (", type = \"boolean\"", str::to_owned),
            Status::Text => ("", quoted),
        };
        let failure = envelope.code.as_ref().map(|_| format!(", failure = {}", value(&envelope.failure)));
        let (success, failure) = (value(&envelope.success), failure.unwrap_or_default());
        lines.push((key(status), format!("{{ is = \"status\"{kind}, success = [{success}]{failure} }}")));
    }
    if let Some(code) = &envelope.code {
        let kind = if envelope.numbers { ", type = \"integer\"" } else { "" };
        let value = format!("{{ is = \"code\"{kind}, on = \"failure\", doc = \"What is wrong.\" }}");
        lines.push((key(code), value));
    }
    if let Some(message) = &envelope.message {
        let value = "{ is = \"message\", on = \"failure\", doc = \"What is wrong, in words.\" }";
        lines.push((key(message), value.to_owned()));
    }
    let value = "{ is = \"data\", on = \"success\" }";
    let spliced = format!("{value} # the reply's members are among those of the envelope");
    let data = envelope.data.as_ref().map(|data| (key(data), value.to_owned()));
    lines.push(data.unwrap_or_else(|| ("\"*\"".to_owned(), spliced)));
    table(text, "\n# What is around every reply, in the order of the wire.\n[envelope]", lines);
}

/// A head, and a line for each key and its value, one below the other.
fn table(text: &mut String, head: &str, lines: Vec<(String, String)>) {
    let width = lines.iter().map(|(key, _)| key.chars().count()).max().unwrap_or_default();
    text.push_str(head);
    text.push('\n');
    for (key, value) in lines {
        let _ = writeln!(text, "{key:<width$} = {value}");
    }
}

fn errors(answers: &Answers, text: &mut String) {
    let envelope = &answers.envelope;
    let mut errors = answers.errors.clone();
    if errors.is_empty() {
        let code = match (envelope.has_numbers(), envelope.success.as_str()) {
            (true, "1") => "2",
            (true, _) => "1",
            (false, "FAILED") => "ERROR",
            (false, _) => "FAILED",
        };
        errors.push(KnownError { code: code.to_owned(), name: "Failed".to_owned() });
    }
    let lines = errors.iter().map(|KnownError { code, name }| {
        let value = format!("{{ name = \"{name}\", class = \"give-up\", doc = \"TODO\" }}");
        (key(code), value)
    });
    let head = "
# The errors of the page. The class says what a caller can do: \"retry\", \"log-in-again\", \"invalid-request\" or \"give-up\".
[errors]";
    table(text, head, lines.collect());
}

/// The file of the operation's group.
pub(super) fn group(answers: &Answers) -> String {
    let mut text = directive("..", &format!("{}.toml", answers.group()));
    let name = answers.name();
    let _ = write!(
        text,
        "
# Copy what the page says of each operation: a key is the vendor's own name, and the order is that of the wire.

[{name}]
doc    = \"TODO: what it does, in a sentence.\"
source = {source}
",
        source = quoted(answers.source_or_default()),
    );
    if answers.path_or_default() != format!("/{}", answers.operation) {
        let _ = writeln!(text, "path   = {}", quoted(&answers.path));
    }
    if answers.parameters.is_empty() && answers.reply.is_empty() {
        text.push_str(
            "# Its parameters are in a table `request`, and the members of its reply in a table `reply`.\n",
        );
    }
    if !answers.parameters.is_empty() {
        let inside = if answers.request.is_document() { "body" } else { "request" };
        let lines = answers.parameters.iter().map(|parameter| {
            member(&ReplyMember {
                name: parameter.name.clone(),
                required: parameter.required,
                secret: parameter.secret,
                ..ReplyMember::default()
            })
        });
        table(&mut text, &format!("\n[{name}.{inside}]"), lines.collect());
    }
    if !answers.reply.is_empty() {
        table(&mut text, &format!("\n[{name}.reply]"), answers.reply.iter().map(member).collect());
    }
    let (format, sample) = match answers.formats.first() {
        Some(ReplyFormat::Xml) => ("xml", format!("<{0}>…</{0}>", answers.root)),
        Some(ReplyFormat::Query) => ("query", "…".to_owned()),
        _ => ("json", "{ … }".to_owned()),
    };
    let request = match answers.request {
        RequestForm::Query | RequestForm::QueryOrForm => "query",
        RequestForm::Form => "form",
        RequestForm::Xml | RequestForm::Json => "body",
    };
    let _ = write!(
        text,
        "
# Each sample of the page becomes a test. Copy it as it is printed, and no secret of yours.
# [[{name}.example]]
# name          = \"sample\"
# source        = {source}
# request.{request:<5} = '''…'''
# reply.{format:<7} = '''{sample}'''
",
        source = quoted(answers.source_or_default()),
    );
    text
}

/// The key and the value of a member.
fn member(member: &ReplyMember) -> (String, String) {
    let mut words = Vec::new();
    if member.value != ValueType::String {
        words.push(format!("type = \"{}\"", member.value.word()));
    }
    if member.list {
        words.push("list = true".to_owned());
    }
    if member.required {
        words.push("required = true".to_owned());
    }
    // A name that looks like a secret's has to say whether it is one.
    let looks = is_secret_name(&member.name);
    if member.secret || looks && member.value == ValueType::String {
        words.push("secret = true".to_owned());
    } else if looks {
        words.push("secret = false".to_owned());
    }
    words.push("doc = \"TODO\"".to_owned());
    (key(&member.name), format!("{{ {} }}", words.join(", ")))
}

/// A key of TOML.
fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.bytes().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A text of TOML. It has no control characters: answers that have any are refused.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
