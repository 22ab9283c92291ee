//! What a page prints, as exchanges.

use wirewright_codegen::model::FormatKind;

use super::{Page, PageSample, SampleKind};
use crate::{
    exchange::{Carried, Exchange, Shown},
    input::PageText,
    names::{NAMES, is_in, rank},
};

/// The exchanges of a page: its samples, or its address alone.
pub(crate) fn exchanges(page: &Page, of: &PageText) -> Vec<Exchange> {
    let file = of.file.file_name().unwrap_or(of.file.as_os_str()).to_string_lossy();
    let stem = of.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (group, operation) = named(page, of, &stem);
    let new = |name: &str| Exchange {
        group: group.clone(),
        operation: operation.clone(),
        is_printed: true,
        ..Exchange::of(format!("{file}, {name}"), name)
    };
    let mut exchanges = Vec::new();
    for sample in page.samples.iter().filter(|sample| !sample.is_format) {
        let label = sample.label.clone().unwrap_or_else(|| format!("line {}", sample.line + 1));
        let mut exchange = new(label.trim_end_matches(':'));
        match sample.kind {
            SampleKind::Url => request(page, &mut exchange, sample),
            SampleKind::Query if !is_reply(page, sample) => request(page, &mut exchange, sample),
            SampleKind::Query => exchange.replies.push((FormatKind::Query, sample.text.trim().to_owned())),
            SampleKind::Xml => exchange.replies.push((FormatKind::Xml, sample.text.trim_start().to_owned())),
            SampleKind::Json => {
                exchange.replies.push((FormatKind::Json, sample.text.trim_start().to_owned()));
            }
        }
        exchanges.push(exchange);
    }
    if let Some(url) = &page.url
        && exchanges.iter().all(|one| one.path.is_none())
    {
        let mut exchange = new("address");
        exchange.set_url(url);
        exchange.shown = None;
        exchange.method = page.methods.first().cloned();
        exchanges.push(exchange);
    }
    exchanges
}

fn request(page: &Page, exchange: &mut Exchange, sample: &PageSample) {
    let text = sample.text.trim();
    let post = page.methods.first().is_some_and(|method| method == "POST");
    if sample.kind == SampleKind::Url {
        exchange.set_url(text);
        exchange.method = Some(if post { "POST" } else { "GET" }.to_owned());
        return;
    }
    if let Some(url) = &page.url {
        exchange.set_url(url);
        exchange.parameters.clear();
    }
    exchange.add_pairs(text, if post { Carried::Form } else { Carried::Query });
    exchange.shown = Some(if post { Shown::Form(text.to_owned()) } else { Shown::Query(text.to_owned()) });
    exchange.method = Some(if post { "POST" } else { "GET" }.to_owned());
}

/// Whether a query string is what the call answers, and not what it is asked.
fn is_reply(page: &Page, sample: &PageSample) -> bool {
    let first = sample.text.split('=').next().unwrap_or_default().trim();
    let asked = page.arguments.iter().any(|argument| argument.name == first);
    let label = sample.label.as_deref().unwrap_or_default().to_lowercase();
    let said = ["response", "reply", "returns", "result"].iter().any(|word| label.contains(word));
    !asked && (said || rank(&NAMES.status, first).is_some())
}

/// The group and the operation of a page: of its folder, of the parameter that names the call, or of its address.
fn named(page: &Page, of: &PageText, stem: &str) -> (Option<String>, Option<String>) {
    if of.operation.is_some() {
        return (of.group.clone(), of.operation.clone());
    }
    for sample in page.samples.iter().filter(|one| one.kind == SampleKind::Url) {
        let query = sample.text.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let first = form_urlencoded::parse(query.as_bytes()).next();
        if let Some((_, value)) = first.filter(|(name, _)| rank(&NAMES.operation, name).is_some()) {
            let parts: Vec<&str> = value.split(['.', '/', ':']).collect();
            let group = parts.len().checked_sub(2).and_then(|at| parts.get(at));
            return (group.map(|group| (*group).to_owned()), parts.last().map(|last| (*last).to_owned()));
        }
    }
    let path =
        page.url.as_deref().and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
    let path = path.map(|(_, path)| path.split('?').next().unwrap_or_default()).unwrap_or_default();
    let segments: Vec<&str> =
        path.trim_matches('/').split('/').filter(|segment| !segment.is_empty()).collect();
    let Some(last) = segments.last() else {
        return (None, Some(stem.to_owned()).filter(|stem| !stem.is_empty()));
    };
    let before = segments
        .len()
        .checked_sub(2)
        .and_then(|at| segments.get(at))
        .filter(|before| !is_in("plain_segment", before));
    let name = last.split('.').next().unwrap_or(last);
    (before.map(|before| (*before).to_owned()), Some(name.to_owned()))
}
