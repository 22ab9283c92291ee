//! What an operation is told to be in a few words, for tables and pages: names are code between backticks, as Markdown has it.

use super::context::Context;
use crate::model::{FormEncoding, FormatKind, Operation, Placement, Raw, Vendor};

/// A wire name as code. A name with a backtick in it needs a longer fence.
pub fn code(name: &str) -> String {
    let name: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if name.contains('`') { format!("`` {name} ``") } else { format!("`{name}`") }
}

/// An address at the start of a word, without the punctuation behind it.
pub fn address(word: &str) -> Option<(&str, &str)> {
    let host = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"))?;
    let length =
        host.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-._~/?#@!$&+,;=%:".contains(letter));
    let address = word.len() - host.len() + length.unwrap_or(host.len());
    let address = word[..address].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (address.len() > word.len() - host.len()).then(|| word.split_at(address.len()))
}

/// What an operation says about sessions, in a few words for a table.
pub fn session_needs(context: &Context<'_>, operation: &Operation) -> String {
    let kinds: Vec<_> = operation.sessions.iter().map(|&kind| &context.kinds[kind]).collect();
    let names =
        kinds.iter().map(|kind| if kind.is_named() { code(&kind.session.name) } else { "needed".to_owned() });
    let mut needs = names.collect::<Vec<_>>().join(", ");
    if operation.sessionless && !kinds.is_empty() {
        needs =
            if kinds.iter().any(|kind| kind.is_named()) { needs + ", none" } else { "optional".to_owned() };
    }
    if operation.signed {
        let signed: Vec<_> = kinds.iter().filter(|kind| kind.keyed).collect();
        if signed.len() == kinds.len() && !operation.sessionless {
            needs.push_str("; signed");
        } else {
            let names: Vec<_> = signed.iter().map(|kind| code(&kind.session.name)).collect();
            needs = format!("{needs}; signed in {}", names.join(", "));
        }
    }
    needs
}

/// What an operation answers in, for people.
pub fn answers_in(vendor: &Vendor, operation: &Operation) -> String {
    if operation.raw.is_some() {
        return "no envelope".to_owned();
    }
    let formats = operation.formats.iter().filter_map(|&format| vendor.formats.get(format));
    formats.map(|format| format_name(format.kind)).collect::<Vec<_>>().join(", ")
}

/// What people call a format.
pub const fn format_name(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "XML",
        FormatKind::Json => "JSON",
        FormatKind::Query => "query string",
    }
}

/// What a reply without an envelope may be, in words.
pub fn raw_reply(raw: &Raw) -> String {
    let media: Vec<_> = raw.media_types.iter().map(|media| code(media)).collect();
    let media = if media.is_empty() { "any media type".to_owned() } else { media.join(", ") };
    let statuses: Vec<_> = raw.statuses.iter().map(u16::to_string).collect();
    let statuses = if statuses.is_empty() { "200 to 299".to_owned() } else { statuses.join(", ") };
    format!("no envelope; {media}; HTTP {statuses} means success")
}

/// The HTTP methods of an operation, and where each carries the parameters.
pub fn methods(operation: &Operation) -> String {
    let methods = operation.methods.iter().map(|method| {
        let verb = method.verb.name();
        match method.placement {
            Placement::Query => format!("{verb} with the parameters in the query string"),
            Placement::Form | Placement::FormOrQuery if operation.form == FormEncoding::Multipart => {
                format!("{verb} with the parameters in a form, as `multipart/form-data`")
            }
            Placement::Form | Placement::FormOrQuery => format!("{verb} with the parameters in a form"),
        }
    });
    let mut described = methods.collect::<Vec<_>>().join("; ");
    if operation.prefers_get && operation.methods.len() > 1 {
        described.push_str("; GET unless the caller chooses");
    }
    described
}
