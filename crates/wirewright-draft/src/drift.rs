//! What samples show beyond a definition: a check of whether a vendor still is what was written down.

use std::{collections::BTreeSet, fmt};

use http::Response;
use serde::Serialize;
use wirewright::{
    Format, Limits,
    exchange::{Error, Refusal as _},
    sign::ReplyKeys,
};
use wirewright_codegen::model::{FormatKind, Vendor};
use wirewright_interpret::Definition;

use crate::{
    exchange::Exchange,
    infer::sample::format_name,
    tree::read,
    view::{Narrow, ShownMembers, View, operation_of},
};

/// What kind of thing a definition does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FindingKind {
    /// A call.
    Operation,
    /// A parameter of a request.
    Parameter,
    /// A member of a reply.
    Member,
    /// An error.
    Error,
    /// A value of an enumeration.
    Value,
    /// A type that is too narrow.
    Type,
    /// A reply that cannot be read.
    Reply,
}

/// Something that samples show and a definition does not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of thing it is.
    pub kind: FindingKind,
    /// The operation, `parcels/find`; empty where there is none.
    pub operation: String,
    /// Where it is: `request.number`, `json.data.place`.
    pub place: String,
    /// The first sample that shows it.
    pub sample: String,
    /// What there is to say.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operation.is_empty() {
            write!(f, "{}, ", self.operation)?;
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{} ({})", self.message, self.sample)
    }
}

/// What the exchanges show that a definition does not have: operations, parameters, members, errors, values, and types that are too narrow.
/// Each is told once, with the first sample that shows it. No value of a member is told but those of enumerations.
///
/// ```
/// use std::path::Path;
/// use wirewright_codegen::load;
/// use wirewright_draft::{FindingKind, Inputs, drift};
///
/// let folder = tempfile::tempdir()?;
/// let text = "curl 'https://vidapi.com/session/logout' -d session_key=k\n\
///             <response api_method='/session/logout'><status>SUCCESS</status><api_tx_number>1</api_tx_number><detail>done</detail>\
///             <response_name_value><session_key>k</session_key></response_name_value><timestamp>2008-09-30 15:56:42</timestamp>\
///             <region>eu</region></response>\n";
/// std::fs::write(folder.path().join("a.curl"), text)?;
/// let inputs = Inputs::read(&[folder.path().to_owned()], &[])?;
/// let found = drift(load(Path::new("../../protocol-defs/videntity"))?, &inputs.exchanges);
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].kind, found[0].place.as_str()), (FindingKind::Member, "xml.region"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drift(vendor: Vendor, exchanges: &[Exchange]) -> Vec<Finding> {
    let definition = Definition::new(vendor);
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: BTreeSet<(FindingKind, String, String, String)> = BTreeSet::new();
    for exchange in exchanges {
        for finding in one(&definition, exchange) {
            // XML and JSON are told apart only where both have something of their own.
            let place =
                finding.place.split_once('.').map_or(finding.place.as_str(), |(_, place)| place).to_owned();
            let what =
                if finding.kind == FindingKind::Value { finding.message.clone() } else { String::new() };
            if told.insert((finding.kind, finding.operation.clone(), place, what)) {
                findings.push(finding);
            }
        }
    }
    findings
}

fn one(definition: &Definition, exchange: &Exchange) -> Vec<Finding> {
    let vendor = definition.vendor();
    let new = |kind, operation: &str, place: String, message: String| Finding {
        kind,
        operation: operation.to_owned(),
        place,
        sample: exchange.source.clone(),
        message,
    };
    let Some((group, operation)) = operation_of(vendor, exchange) else {
        let path = exchange.path.clone().or_else(|| exchange.operation.clone()).unwrap_or_default();
        let method = exchange.method.clone().unwrap_or_default();
        let message =
            format!("no operation of the definition is called by `{}`", format!("{method} {path}").trim());
        return vec![new(FindingKind::Operation, "", path, message)];
    };
    let title = format!("{}/{}", group.name.wire, operation.name.wire);
    let view = View::new(vendor);
    let mut shown_members = view.request(operation, exchange);
    for (format, text) in &exchange.replies {
        if let Some(document) = read(*format, text)
            && operation.raw.is_none()
        {
            shown_members.extend(view.reply(operation, *format, &document));
        }
    }
    let mut findings = Vec::new();
    for (shown_path, _) in shown_members.iter().filter(|(_, described)| described.is_none()) {
        // What is in something unknown is told with it.
        let inside = (1..shown_path.len())
            .any(|length| shown_path.get(..length).is_some_and(|around| is_unknown(&shown_members, around)));
        if inside || operation.partial.is_some() {
            continue;
        }
        let request = shown_path.first().is_some_and(|first| first == "request" || first == "body");
        let (kind, what) =
            if request { (FindingKind::Parameter, "parameter") } else { (FindingKind::Member, "member") };
        findings.push(new(kind, &title, shown_path.join("."), format!("the definition has no such {what}")));
    }
    for (shown_path, narrow) in view.narrow.into_inner() {
        let (kind, message) = match narrow {
            Narrow::Several => {
                (FindingKind::Type, "there are several, and the definition has one".to_owned())
            }
            Narrow::Value(value) => {
                (FindingKind::Value, format!("`{value}` is none of the values that the definition knows"))
            }
            Narrow::Type(kind) => {
                (FindingKind::Type, format!("a value is no {}, as which the definition has it", shown(kind)))
            }
        };
        findings.push(new(kind, &title, shown_path.join("."), message));
    }
    let clear = findings.iter().all(|finding| {
        matches!(finding.kind, FindingKind::Parameter | FindingKind::Member | FindingKind::Value)
    });
    for (format, text) in exchange.replies.iter().filter(|_| operation.raw.is_none()) {
        let Some((kind, message)) = reply(definition, &title, exchange, *format, text) else { continue };
        // A type that is too narrow has been told at its place.
        if kind == FindingKind::Error || clear {
            findings.push(new(kind, &title, format_name(*format).to_owned(), message));
        }
    }
    findings
}

/// A kind of type, in words.
fn shown(kind: &str) -> &str {
    match kind {
        "moment" => "moment in its formats",
        "epoch" => "number of seconds",
        kind => kind,
    }
}

fn is_unknown(shown_members: &ShownMembers, shown_path: &[String]) -> bool {
    matches!(shown_members.get(shown_path), Some(None))
}

/// What reading a reply says.
fn reply(
    definition: &Definition,
    title: &str,
    exchange: &Exchange,
    format: FormatKind,
    text: &str,
) -> Option<(FindingKind, String)> {
    let operation = definition.operation(title)?;
    let own = match format {
        FormatKind::Xml => Format::Xml,
        FormatKind::Json => Format::Json,
        FormatKind::Query => Format::Query,
    };
    let mut response = Response::builder().status(exchange.status.unwrap_or(200));
    for (name, value) in &exchange.reply_headers {
        // What was around the body on its way is gone.
        if !["content-length", "content-encoding", "transfer-encoding"]
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own))
        {
            response = response.header(name, value);
        }
    }
    // Nobody has the keys of recordings.
    let response = ReplyKeys::unchecked(response.body(text.as_bytes().to_vec()).ok()?);
    match definition.read_reply(operation, response, own, &Limits::new()) {
        Ok(_) => None,
        Err(Error::Vendor(error)) => {
            let code = error.failure.code_text()?;
            let known = definition.vendor().errors.iter().any(|known| known.key == code);
            (!known).then(|| (FindingKind::Error, format!("the error `{code}` is none of the definition's")))
        }
        Err(error) => {
            let first = error.to_string().lines().next().unwrap_or_default().to_owned();
            Some((FindingKind::Reply, format!("the reply cannot be read: {first}")))
        }
    }
}
