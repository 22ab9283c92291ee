//! The samples of an operation, side by side in every format.

use wirewright::{Format, Limits, exchange::Error, sign::ReplyKeys};
use wirewright_codegen::{
    model::{Example, ExampleReply, ExampleRequest, FormatKind},
    plan::told::format_name,
};
use wirewright_interpret::{Answer, Definition, OperationType, printed_reply};

use crate::{markup::Markup, told::Told};

/// A sample: what is sent, and what comes back in every format.
pub(crate) struct Sample {
    pub(crate) title: String,
    pub(crate) told: Told,
    /// What the sample is, where that is not to be seen.
    pub(crate) notes: Vec<Markup>,
    pub(crate) texts: Vec<Shown>,
}

/// A text of a sample.
pub(crate) struct Shown {
    pub(crate) title: String,
    /// Whose it is: `as printed`.
    pub(crate) origin: &'static str,
    pub(crate) text: String,
}

const PRINTED: &str = "as the page prints it";
const WRITTEN: &str = "written from the sample";
const MADE_UP: &str = "made up from the types";

/// Those of the definition; where none shows a success, one that is made up.
pub(crate) fn samples(definition: &Definition, operation: &OperationType) -> Vec<Sample> {
    let examples = &operation.model().examples;
    let mut samples: Vec<Sample> =
        examples.iter().map(|example| sample(definition, operation, example)).collect();
    let shows = |example: &Example| {
        example.error.is_none() && example.replies.iter().any(|reply| reply.fails.is_none())
    };
    if operation.raw().is_none() && !examples.iter().any(shows) {
        samples.extend(made_up(definition, operation));
    }
    samples
}

fn sample(definition: &Definition, operation: &OperationType, example: &Example) -> Sample {
    let mut notes = Vec::new();
    if let Some(code) = &example.error {
        notes.push(Markup::new().text("The vendor refuses the call: error ").code(code).text("."));
    }
    if !example.lacks.is_empty() {
        let names = example.lacks.iter().map(|name| Markup::new().code(name)).collect::<Vec<_>>();
        let names = crate::markup::joined(&names, ", ");
        notes.push(
            Markup::new().text("The page leaves out of the request what calls need: ").add(&names).text("."),
        );
    }
    for reply in &example.replies {
        if let Some((line, column)) = reply.fails {
            let text = format!(
                "The page has the {} wrong: it cannot be read at line {line}, column {column}.",
                format_name(reply.format)
            );
            notes.push(Markup::new().text(&text));
        }
    }
    let mut texts: Vec<Shown> = example.request.iter().map(|request| sent(example, request)).collect();
    texts.extend(example.replies.iter().map(|reply| Shown {
        title: format!("Reply, {}", format_name(reply.format)),
        origin: PRINTED,
        text: head(&reply.headers) + &dedented(&reply.text),
    }));
    texts.extend(others(definition, operation, example));
    Sample { title: example.name.wire.clone(), told: Told::new(&example.facts), notes, texts }
}

fn sent(example: &Example, request: &ExampleRequest) -> Shown {
    let (title, text) = match request {
        ExampleRequest::Form(form) => ("Request, form", lines(form)),
        ExampleRequest::Query(query) => ("Request, query string", lines(query)),
        ExampleRequest::Url(url) => ("Request, URL", lines(url)),
        ExampleRequest::Document { url, body } if url.is_empty() => ("Request, body", dedented(body)),
        ExampleRequest::Document { url, body } => ("Request", lines(url) + "\n\n" + &dedented(body)),
    };
    Shown { title: title.to_owned(), origin: PRINTED, text: head(&example.headers) + &text }
}

/// Pairs, one a line: they have no other place to break.
fn lines(pairs: &str) -> String {
    let text = dedented(pairs);
    if text.len() < 60 { text } else { text.replace('&', "\n  &") }
}

fn head(headers: &str) -> String {
    if headers.trim().is_empty() { String::new() } else { format!("{}\n\n", headers.trim()) }
}

/// The formats that the page does not show, written from one that it does.
fn others(definition: &Definition, operation: &OperationType, example: &Example) -> Vec<Shown> {
    let formats = operation.described().formats;
    let missing: Vec<Format> = formats
        .iter()
        .copied()
        .filter(|format| !example.replies.iter().any(|one| described(one) == *format))
        .collect();
    let mut replies = example.replies.iter().filter(|reply| reply.fails.is_none());
    let written = replies.find_map(|reply| {
        let response = ReplyKeys::unchecked(printed_reply(reply)?);
        let read = definition.read_reply(operation, response, described(reply), &Limits::new());
        let write = |format: Format| match &read {
            Ok(Answer::Enveloped(answer)) => definition.answer_text(operation, answer.clone(), format).ok(),
            Err(Error::Vendor(error)) => {
                definition.failure_text(operation, error.failure.clone(), format).ok()
            }
            _ => None,
        };
        let texts: Vec<Shown> =
            missing.iter().filter_map(|&format| shown(format, WRITTEN, &write(format)?)).collect();
        (!texts.is_empty()).then_some(texts)
    });
    written.unwrap_or_default()
}

fn made_up(definition: &Definition, operation: &OperationType) -> Option<Sample> {
    let answer = definition.plausible_answer(operation);
    let formats = operation.described().formats.iter();
    let texts: Vec<Shown> = formats
        .filter_map(|&format| {
            shown(format, MADE_UP, &definition.answer_text(operation, answer.clone(), format).ok()?)
        })
        .collect();
    (!texts.is_empty()).then(|| Sample {
        title: "made up".to_owned(),
        told: Told::new(&wirewright_codegen::model::Facts::default()),
        notes: vec![
            Markup::new().text("The definition has no sample of a success: every value here is made up."),
        ],
        texts,
    })
}

fn shown(format: Format, origin: &'static str, text: &str) -> Option<Shown> {
    let (title, text) = match format {
        Format::Xml => ("XML", indented_xml(text)),
        Format::Json => ("JSON", indented_json(text)),
        Format::Query => ("query string", lines(text)),
        // Definitions have no others.
        _ => return None,
    };
    (!text.is_empty()).then(|| Shown { title: format!("Reply, {title}"), origin, text })
}

const fn described(reply: &ExampleReply) -> Format {
    match reply.format {
        FormatKind::Xml => Format::Xml,
        FormatKind::Json => Format::Json,
        FormatKind::Query => Format::Query,
    }
}

/// Without the margin that all lines have, and without empty lines around it.
fn dedented(text: &str) -> String {
    let text = text.trim_matches(['\n', '\r']).trim_end();
    let margin = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let least = text.lines().filter(|line| !line.trim().is_empty()).map(margin).min().unwrap_or_default();
    let lines: Vec<&str> =
        text.lines().map(|line| line.get(least..).unwrap_or_default().trim_end()).collect();
    lines.join("\n")
}

/// JSON in lines. It was written here, so that it is JSON; its numbers keep their digits.
fn indented_json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() * 2);
    let mut depth = 0;
    let mut quoted = false;
    let mut letters = text.trim().chars().peekable();
    let line = |shown: &mut String, depth: usize| {
        shown.push('\n');
        shown.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => {
                shown.push(letter);
                shown.extend(letters.next());
            }
            '"' => {
                quoted = !quoted;
                shown.push(letter);
            }
            _ if quoted => shown.push(letter),
            '{' | '[' => {
                shown.push(letter);
                if let Some('}' | ']') = letters.peek() {
                    shown.extend(letters.next());
                } else {
                    depth += 1;
                    line(&mut shown, depth);
                }
            }
            '}' | ']' => {
                depth = usize::saturating_sub(depth, 1);
                line(&mut shown, depth);
                shown.push(letter);
            }
            ',' => {
                shown.push(letter);
                line(&mut shown, depth);
            }
            ':' => shown.push_str(": "),
            letter => shown.push(letter),
        }
    }
    shown
}

/// XML in lines: it was written here, without comments and with every `<` and `>` of a text escaped. An element without elements stays
/// in one line.
fn indented_xml(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() * 2);
    let mut depth: usize = 0;
    let mut closed = true;
    for (index, piece) in text.trim().split('<').enumerate() {
        if index == 0 {
            shown.push_str(piece);
            continue;
        }
        let closing = piece.starts_with('/');
        let alone =
            piece.starts_with('?') || piece.split_once('>').is_some_and(|(tag, _)| tag.ends_with('/'));
        if closing {
            depth = depth.saturating_sub(1);
        }
        // A text stands between its tags.
        if index > 1 && (closed || !closing) {
            shown.push('\n');
            shown.extend(std::iter::repeat_n("  ", depth));
        }
        shown.push('<');
        shown.push_str(piece);
        if !closing && !alone {
            depth += 1;
        }
        closed = closing || alone;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{dedented, indented_json, indented_xml};

    #[test]
    fn texts_are_in_lines() {
        assert_eq!(dedented("\n    a\n      b\n\n    c  \n"), "a\n  b\n\nc");
        assert_eq!(
            indented_json(r#"{"a":[1.50,{"b":"x,{\"}"}],"c":{},"d":[]}"#),
            "{\n  \"a\": [\n    1.50,\n    {\n      \"b\": \"x,{\\\"}\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}"
        );
        assert_eq!(
            indented_xml("<r><a>x &lt; y</a><b c=\"/\"/><d><e></e></d></r>"),
            "<r>\n  <a>x &lt; y</a>\n  <b c=\"/\"/>\n  <d>\n    <e></e>\n  </d>\n</r>"
        );
    }
}
