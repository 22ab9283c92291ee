//! The samples of a definition, as exchanges.

use wirewright_codegen::model::{Example, ExampleRequest, FormatKind, Vendor};

use crate::{
    exchange::{Carried, Exchange, Shown},
    input,
};

/// The samples that a definition has, as if somebody had put each into a folder of its group and operation.
///
/// ```
/// use std::path::Path;
///
/// let vendor = wirewright_codegen::load(Path::new("../../protocol-defs/videntity"))?;
/// let exchanges = wirewright_draft::printed(&vendor);
/// assert_eq!(exchanges[0].operation.as_deref(), Some("logout"));
/// # Ok::<(), wirewright_codegen::Faults>(())
/// ```
pub fn printed(vendor: &Vendor) -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    for (group, operation) in vendor.operations() {
        let body = vendor.body.as_ref().map_or(FormatKind::Xml, |body| body.format);
        for example in &operation.examples {
            let mut exchange = exchange(example, body);
            exchange.source = format!("{}/{}/{}", group.name.wire, operation.name.wire, example.name.wire);
            exchange.is_printed = true;
            exchange.group = Some(group.name.wire.clone());
            exchange.operation = Some(operation.name.wire.clone());
            exchanges.push(exchange);
        }
    }
    exchanges
}

fn exchange(example: &Example, body: FormatKind) -> Exchange {
    let mut exchange = Exchange::of("", example.name.wire.as_str());
    match &example.request {
        Some(ExampleRequest::Form(form)) => input::add_bare(&mut exchange, "form", form),
        Some(ExampleRequest::Query(query)) => input::add_bare(&mut exchange, "query", query),
        Some(ExampleRequest::Url(url)) => input::add_bare(&mut exchange, "url", url),
        Some(ExampleRequest::Document { url, body: text }) => {
            match url.strip_prefix('?') {
                Some(query) => {
                    exchange.add_pairs(query, Carried::Query);
                    exchange.shown = Some(Shown::Query(query.to_owned()));
                }
                None if url.is_empty() => {}
                None => exchange.set_url(url),
            }
            exchange.method = Some("POST".to_owned());
            exchange.body = Some((body, text.clone()));
        }
        None => {}
    }
    let lines = |text: &str| -> Vec<(String, String)> {
        let pairs = text.lines().filter_map(|line| line.split_once(':'));
        pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
    };
    exchange.headers = lines(&example.headers);
    for reply in &example.replies {
        exchange.replies.push((reply.format, reply.text.clone()));
        exchange.reply_headers.extend(lines(&reply.headers));
    }
    exchange
}
