//! Samples, as examples of their operation.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::{
    exchange::{Carried, Shown},
    infer::{
        Inferred,
        errors::are_numbers,
        headers,
        sample::{Sample, cookies, format_name},
    },
    members::Drafting,
    names::is_in,
    words::{About, Table},
};

/// How many successes and how many refusals of one error become examples: more tell nothing new.
const MOST: usize = 3;
const REFUSALS: usize = 1;

pub(crate) fn tables(inferred: &mut Inferred, index: usize, name: &str, is_raw: bool) -> Vec<Table> {
    let endpoint =
        inferred.addresses.endpoint.clone().unwrap_or_else(|| super::common::NO_ENDPOINT.to_owned());
    let numbers = are_numbers(&inferred.errors);
    let mut counts: IndexMap<(bool, Option<String>, Vec<&str>), usize> = IndexMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut tables = Vec::new();
    for sample in inferred.samples.iter().filter(|one| one.operation == index) {
        let formats: Vec<&str> =
            sample.exchange.replies.iter().map(|(format, _)| format_name(*format)).collect();
        let printed = sample.exchange.is_printed || formats.is_empty();
        let count = counts.entry((sample.failed, sample.error.clone(), formats)).or_default();
        *count += 1;
        if !printed && *count > if sample.failed { REFUSALS } else { MOST } {
            continue;
        }
        let mut table = Table::new(About::Example, &[name, "example"]);
        table.many = true;
        table.value("name", unique(&sample.exchange.name, &mut names));
        if sample.exchange.is_printed {
            table.value("source", sample.exchange.source.as_str());
        } else {
            table.comments.push(format!("From {}.", sample.exchange.source));
        }
        if sample.exchange.is_redacted && is_signed(sample) {
            table.value(
                "doc",
                "Secrets were replaced by made-up values: the signature no longer fits, and is not tested.",
            );
        }
        table.value("confidence", "low");
        let readable = !(is_raw || sample.failed && sample.error.is_none());
        if let Some(error) = sample.error.as_ref().filter(|_| readable) {
            match error.parse::<i64>() {
                Ok(number) if numbers => table.value("error", number),
                _ => table.value("error", error.as_str()),
            }
        }
        let shown = request(sample, &endpoint, &mut table);
        headers(inferred, sample, shown, &mut table);
        let mut replied = false;
        if readable {
            for (format, text) in &sample.exchange.replies {
                table.dotted(&format!("reply.{}", format_name(*format)), text.as_str());
                replied = true;
            }
        }
        if shown || replied {
            tables.push(table);
        }
    }
    tables
}

/// A name that no other example of the operation has, in Rust either.
fn unique(name: &str, names: &mut BTreeSet<String>) -> String {
    let plain: String =
        name.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { ' ' }).take(40).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let base = if words.is_empty() { "sample".to_owned() } else { words.join(" ") };
    let numbered = (2..).map(|number| format!("{base} no {number}"));
    let free = std::iter::once(base.clone())
        .chain(numbered)
        .find(|name| !names.contains(&wirewright_codegen::snake(name)));
    let name = free.unwrap_or(base);
    names.insert(wirewright_codegen::snake(&name));
    name
}

/// The headers of a request and of its reply that the definition tells of.
fn headers(inferred: &Inferred, sample: &Sample, shown: bool, table: &mut Table) {
    let exchange = &sample.exchange;
    let mut lines: Vec<String> = Vec::new();
    for one in &exchange.parameters {
        let told = inferred.common.words.get(&one.name).is_none_or(|words| words.has("in"));
        match one.carried {
            Carried::Header if told => lines.push(format!("{}: {}", one.name, one.value)),
            Carried::Cookie if inferred.given.contains_key(&one.name) => {
                lines.push(format!("Cookie: {}={}", one.name, one.value));
            }
            _ => {}
        }
    }
    if shown && !lines.is_empty() {
        table.dotted("request.headers", lines.join("\n") + "\n");
    }
    let answers = headers::of_replies(&inferred.samples, sample.operation, &mut Drafting::default());
    let is_told = |name: &str| {
        answers
            .iter()
            .any(|(own, _)| own == name || headers::family(name).is_some_and(|family| family == *own))
    };
    let told: Vec<_> = exchange.reply_headers.iter().filter(|(name, _)| is_told(name)).collect();
    let set: Vec<String> = cookies(exchange)
        .filter(|(name, _)| {
            inferred.given.values().any(|given| {
                given.is_cookie_of(sample.operation) && given.path.last().is_some_and(|last| last == name)
            })
        })
        .map(|(name, value)| format!("Set-Cookie: {name}={value}"))
        .chain(told.iter().map(|(name, value)| format!("{name}: {value}")))
        .collect();
    if !set.is_empty() && !exchange.replies.is_empty() && !sample.failed {
        table.dotted("reply.headers", set.join("\n") + "\n");
    }
}

/// Whether a request has something that looks like a signature.
fn is_signed(sample: &Sample) -> bool {
    sample.exchange.parameters.iter().any(|one| is_in("signature", &one.name))
}

fn request(sample: &Sample, endpoint: &str, table: &mut Table) -> bool {
    let exchange = &sample.exchange;
    let body = exchange.body.as_ref().map(|(_, text)| text.as_str());
    match &exchange.shown {
        Some(Shown::Form(form)) => table.dotted("request.form", form.as_str()),
        Some(Shown::Query(query)) => table.dotted("request.query", query.as_str()),
        Some(Shown::Url(url)) if url.contains("://") => table.dotted("request.url", url.as_str()),
        Some(Shown::Url(path)) => table.dotted("request.url", format!("{endpoint}{path}")),
        None if body.is_some() => table.dotted("request.query", ""),
        None => return false,
    }
    if let Some(body) = body {
        table.dotted("request.body", body);
    }
    true
}
