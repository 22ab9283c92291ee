//! Which parameters go with every call, and who fills them in.

use std::collections::BTreeSet;

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, general_purpose::PAD},
};
use indexmap::{IndexMap, IndexSet};

use super::{operations::Addresses, sample::Sample, sample::format_name, session::Given};
use crate::{
    exchange::Carried,
    members::Drafting,
    names::{NAMES, folded, is_in},
    shape::Shape,
    tree::{Kind, Node},
    value::{is_secret, scalar},
    words::Words,
};

/// A value of a parameter, and the sample that has it.
type Use<'s> = (&'s Sample, &'s str);

/// What the parameters of all requests are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Common {
    /// By name, in the order of the wire.
    pub(crate) words: IndexMap<String, Words>,
    /// What the format parameter says of each format.
    pub(crate) format_values: IndexMap<&'static str, String>,
    /// Common ones that mostly stand behind an operation's own.
    pub(crate) behind: BTreeSet<String>,
}

/// What decides about parameters beside the samples.
pub(crate) struct Ground<'s> {
    pub(crate) samples: &'s [Sample],
    pub(crate) addresses: &'s Addresses,
    pub(crate) echo: Option<&'s (String, String)>,
    pub(crate) given: &'s IndexMap<String, Given>,
    /// Those that somebody said are, or are not, of every call.
    pub(crate) said: Option<&'s [String]>,
}

fn requests<'s>(ground: &Ground<'s>) -> Vec<&'s Sample> {
    ground.samples.iter().filter(|one| !one.exchange.parameters.is_empty()).collect()
}

/// Every parameter with its uses, in the order of the wire: the longest request first.
fn uses<'s>(requests: &[&'s Sample]) -> IndexMap<&'s str, Vec<Use<'s>>> {
    let mut sorted = requests.to_vec();
    sorted.sort_by_key(|one| std::cmp::Reverse(one.exchange.parameters.len()));
    let mut uses: IndexMap<&str, Vec<Use<'_>>> = IndexMap::new();
    for sample in sorted {
        let mut before: Option<usize> = None;
        for parameter in sample.exchange.parameters.iter().filter(|one| one.carried != Carried::Path) {
            let at = uses.get_index_of(parameter.name.as_str()).unwrap_or_else(|| {
                let at = before.map_or(0, |before| before + 1).min(uses.len());
                uses.shift_insert(at, &parameter.name, Vec::new());
                at
            });
            before = Some(at);
            if let Some((_, own)) = uses.get_index_mut(at) {
                own.push((sample, &parameter.value));
            }
        }
    }
    uses
}

pub(crate) fn find(ground: &Ground<'_>, drafting: &mut Drafting) -> Common {
    let requests = requests(ground);
    let uses = uses(&requests);
    let mut common = Common::default();
    let format = uses.iter().find(|(name, own)| is_format(name, own)).map(|(name, _)| *name);
    let operations: BTreeSet<usize> = requests.iter().map(|one| one.operation).collect();
    let constant = |name: &str| {
        ground.addresses.operations.iter().any(|one| one.constants.iter().any(|(own, _)| own == name))
    };
    for (name, own) in &uses {
        if constant(name) {
            continue;
        }
        let words = if ground.addresses.parameter.as_deref() == Some(*name) {
            Some(Words::new().with("from", "operation"))
        } else if format == Some(*name) {
            for (_, value) in own {
                if let Some(kind) = format_of(value) {
                    common.format_values.entry(kind).or_insert_with(|| (*value).to_owned());
                }
            }
            let mut words = Words::new().with("from", "format");
            if let Some(usual) = usual_format(&requests, name) {
                words.set("default", usual);
                words.set("assumption", "Without it the replies of the samples have this format.");
            }
            Some(words)
        } else if own.iter().any(|(sample, value)| sample.exchange.callback.as_deref() == Some(*value)) {
            Some(Words::new().with("from", "callback"))
        } else if ground.echo.is_some_and(|(parameter, _)| parameter == name) {
            Some(Words::new().with("from", "call").with("is", "request-id"))
        } else if ground.given.contains_key(*name) {
            Some(Words::new().with("from", "session"))
        } else {
            filled(ground, name, own, &operations, &requests, drafting)
        };
        if let Some(mut words) = words {
            place(&requests, name, own, &mut words);
            words.set_default("confidence", "low");
            common.words.insert((*name).to_owned(), words);
        }
    }
    order(&requests, &mut common);
    common
}

/// Where a parameter is that is in a header or a cookie, and what is in front of its value.
fn place(requests: &[&Sample], name: &str, own: &[Use<'_>], words: &mut Words) {
    let parameters = requests.iter().flat_map(|one| &one.exchange.parameters);
    let carried = parameters.filter(|one| one.name == name).map(|one| one.carried).next();
    match carried {
        Some(Carried::Cookie) => words.set("in", "cookie"),
        Some(Carried::Header) => {
            words.set("in", "header");
            if is_in("secret_header", name) && !words.is("from", "session") {
                words.set("secret", true);
            }
            let scheme = |value: &str| value.split_once(' ').map(|(scheme, _)| format!("{scheme} "));
            let first = own.first().and_then(|(_, value)| scheme(value));
            if let Some(first) = first.filter(|first| {
                first.chars().all(|sign| sign.is_ascii_alphabetic() || sign == ' ')
                    && own.iter().all(|(_, value)| value.starts_with(first.as_str()))
            }) && folded(name).ends_with("authorization")
            {
                words.set("prefix", first);
            }
        }
        _ => {}
    }
}

/// What a format parameter would say where requests leave it out.
fn usual_format(requests: &[&Sample], name: &str) -> Option<String> {
    let without = || requests.iter().filter(|one| one.exchange.parameter(name).is_none());
    let value_of = |kind: &str| {
        let said = requests.iter().filter_map(|one| one.exchange.parameter(name));
        said.into_iter().find(|value| format_of(value) == Some(kind)).unwrap_or(kind).to_owned()
    };
    without().next()?;
    let formats: Vec<&str> =
        without().flat_map(|one| &one.exchange.replies).map(|(format, _)| format_name(*format)).collect();
    Some(value_of(formats.first().copied().unwrap_or("xml")))
}

/// The format that a value of a format parameter chooses.
fn format_of(value: &str) -> Option<&'static str> {
    let known = NAMES.format_values.get(&value.to_ascii_lowercase())?;
    ["xml", "json", "query"].into_iter().find(|kind| kind == known)
}

fn is_format(name: &str, own: &[Use<'_>]) -> bool {
    is_in("format", name)
        && own.iter().all(|(sample, value)| {
            format_of(value).is_some_and(|kind| {
                let replies = &sample.exchange.replies;
                replies.is_empty() || replies.iter().any(|(format, _)| format_name(*format) == kind)
            })
        })
}

/// A made-up value of the same signs as a signature is one that no encoder writes: its last bits are not zero.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, PAD.with_decode_allow_trailing_bits(true));

/// Which hash a value may be, by its length.
pub(crate) fn hash(values: &IndexSet<&str>) -> Option<&'static str> {
    let all = |fits: &dyn Fn(&str) -> bool| !values.is_empty() && values.iter().all(|value| fits(value));
    for (length, hash) in
        [(32, "MD5, in hex"), (40, "SHA-1, in hex"), (64, "SHA-256, in hex"), (128, "SHA-512, in hex")]
    {
        if all(&|value| value.len() == length && value.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            return Some(hash);
        }
    }
    for (length, hash) in [
        (16, "MD5, in base64"),
        (20, "SHA-1, in base64"),
        (32, "SHA-256, in base64"),
        (64, "SHA-512, in base64"),
    ] {
        let decoded = |value: &str| {
            let value = value.replace('-', "+").replace('_', "/");
            LENIENT.decode(value).ok()
        };
        if all(&|value| decoded(value).is_some_and(|bytes| bytes.len() == length)) {
            return Some(hash);
        }
    }
    None
}

/// How many operations have to be seen for counts to tell anything.
const FEW: usize = 3;

/// How long a value is at least that is in a reply by no accident.
const GIVEN: usize = 6;

/// Whether a parameter is a cookie, which nobody but a session keeps.
fn is_cookie(own: &[Use<'_>], name: &str) -> bool {
    own.iter().all(|(sample, _)| {
        sample.exchange.parameters.iter().any(|one| one.name == name && one.carried == Carried::Cookie)
    })
}

fn filled(
    ground: &Ground<'_>,
    name: &str,
    own: &[Use<'_>],
    operations: &BTreeSet<usize>,
    requests: &[&Sample],
    drafting: &mut Drafting,
) -> Option<Words> {
    if is_cookie(own, name) {
        return None;
    }
    let values: IndexSet<&str> = own.iter().map(|(_, value)| *value).collect();
    let of: BTreeSet<usize> = own.iter().map(|(sample, _)| sample.operation).collect();
    let several =
        own.len() > own.iter().map(|(sample, _)| std::ptr::from_ref(*sample)).collect::<BTreeSet<_>>().len();
    if is_in("signature", name)
        && !several
        && let Some(hash) = hash(&values)
    {
        let words = Words::new().with("from", "call").with("secret", false);
        return Some(words.with(
            "assumption",
            format!(
                "It looks like a signature ({hash}): what is signed, and with which key, no sample tells."
            ),
        ));
    }
    let wide = of.len() >= 2 && of.len() * 2 >= operations.len();
    let calls = requests.iter().filter(|one| of.contains(&one.operation)).count();
    let having = own.iter().map(|(sample, _)| std::ptr::from_ref(*sample)).collect::<BTreeSet<_>>().len();
    let usual = of.len() >= 2 && having * 2 > calls;
    // Where others do without it, it is not of them all.
    let named = operations.len() < FEW && of.len() == operations.len() && is_in("everywhere", name);
    let said = ground.said.map(|said| said.iter().any(|own| own == name));
    if said == Some(false) || (said.is_none() && !wide && !named) {
        return None;
    }
    let one = values.len() == 1;
    let mut words = Words::new();
    let version = is_in("version", name) && !is_secret(name);
    if version && !one {
        words.set("from", "constant");
        words.set("value", values.last().copied().unwrap_or_default());
        words.set("accepts", "*");
        words.set("assumption", "The samples say several: one is sent, and any is taken.");
    } else if version || (is_in("format", name) && one) || is_signing(name) && one {
        words.set("from", "constant");
        words.set("value", values.first().copied().unwrap_or_default());
        words.set("assumption", "All samples say the same.");
    } else if is_in("clock", name) && values.iter().all(|value| is_count(value, 10)) {
        words.set("from", "clock");
    } else if is_in("clock", name) && values.iter().all(|value| is_count(value, 13)) {
        words = words.with("from", "clock").with("unit", "milliseconds");
    } else if is_in("clock", name) && clock(name, own, drafting, &mut words) {
        words.set("from", "clock");
    } else if is_in("nonce", name)
        && !is_in("client", name)
        && (!one || name.to_ascii_lowercase().contains("nonce"))
    {
        words.set("from", "nonce");
    } else if (one && usual && of.len() * 5 >= operations.len() * 4)
        || is_in("client", name)
        || said == Some(true) && one
    {
        words.set("from", "client");
        if having == requests.len() && requests.len() > 1 {
            words.set("doc", format!("In all of {having} requests."));
        }
    } else if usual && (values.len() * 5 <= own.len() && !are_given(ground, &values) || said == Some(true))
        || named
        || said == Some(true)
    {
        words.set("from", "call");
    } else if usual && is_header(own, name) {
        // What one call says goes in its query string or form; a header is of them all, whatever it says.
        words.set("from", "call");
        words.set(
            "assumption",
            "Most calls have this header, and each says something else: it may be a signature.",
        );
    } else {
        return None;
    }
    if words.is("from", "client") || words.is("from", "call") {
        let mut guessed = guess(name, own, drafting);
        if words.is("from", "client") {
            guessed.retain(&["secret"]);
        }
        words.fill(guessed);
        if is_secret(name) || is_in("secret_parameter", name) {
            words.set("secret", true);
        }
    }
    if !wide && said.is_none() {
        words.set("assumption", "By its name a parameter of all calls: too few were seen to tell.");
    }
    Some(words)
}

fn is_header(own: &[Use<'_>], name: &str) -> bool {
    own.iter().all(|(sample, _)| {
        sample.exchange.parameters.iter().any(|one| one.name == name && one.carried == Carried::Header)
    })
}

/// Whether each of the values is one that some reply gave: then it says what a call is about.
fn are_given(ground: &Ground<'_>, values: &IndexSet<&str>) -> bool {
    values.iter().all(|value| {
        value.len() >= GIVEN
            && ground.samples.iter().flat_map(|one| &one.documents).any(|(_, document)| {
                let mut found = false;
                document.node.leaves(&mut Vec::new(), &mut |_, text| found |= text == *value);
                found
            })
    })
}

/// `signatureMethod`, `SignatureVersion`.
fn is_signing(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("signature") && (name.ends_with("method") || name.ends_with("version"))
}

fn is_count(value: &str, digits: usize) -> bool {
    value.len() == digits && value.starts_with('1') && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of values that requests have.
fn guess(name: &str, own: &[Use<'_>], drafting: &mut Drafting) -> Words {
    let mut shape = Shape::default();
    for (_, value) in own {
        shape.add(&Node::Scalar((*value).to_owned(), Kind::Written));
    }
    let mut words = scalar(name, &shape, false, &mut drafting.types);
    words.remove("empty-is-absent");
    words
}

fn clock(name: &str, own: &[Use<'_>], drafting: &mut Drafting, words: &mut Words) -> bool {
    let guessed = guess(name, own, drafting);
    let Some(kind) = guessed.text("type") else { return false };
    let is_moment = matches!(drafting.types.named.get(kind), Some(crate::types::Named::Moment(word, _)) if word == "datetime");
    if is_moment {
        words.set("type", kind);
    }
    is_moment
}

/// Where the operations' own parameters are among the common ones.
fn order(requests: &[&Sample], common: &mut Common) {
    let mut counts: IndexMap<&str, (usize, usize)> = IndexMap::new();
    for sample in requests {
        let names: Vec<&str> = sample.exchange.parameters.iter().map(|one| one.name.as_str()).collect();
        let Some(first) = names.iter().position(|name| !common.words.contains_key(*name)) else { continue };
        for (at, name) in names.iter().enumerate().filter(|(_, name)| common.words.contains_key(**name)) {
            let count = counts.entry(name).or_default();
            if at < first { count.0 += 1 } else { count.1 += 1 }
        }
    }
    common.behind = counts
        .iter()
        .filter(|(_, (before, after))| before < after)
        .map(|(name, _)| (*name).to_owned())
        .collect();
}
