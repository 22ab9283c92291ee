//! Bare texts that share a name: `GROUP/OPERATION/NAME.{url,query,form,body,xml,json,qs}`.

use wirewright_codegen::model::FormatKind;

use crate::exchange::{Carried, Exchange, Looks, Shown, sniff};

/// The endings of bare texts.
pub(crate) const ENDINGS: [&str; 7] = ["url", "query", "form", "body", "xml", "json", "qs"];

/// Puts one text into the exchange of its name.
pub(crate) fn add(exchange: &mut Exchange, ending: &str, text: &str) {
    let has_method = exchange.method.is_some();
    let line = text.trim();
    match ending {
        "url" => {
            exchange.set_url(line);
            exchange.method.get_or_insert_with(|| "GET".to_owned());
        }
        "query" => {
            exchange.add_pairs(line.trim_start_matches('?'), Carried::Query);
            exchange.shown = Some(Shown::Query(line.trim_start_matches('?').to_owned()));
            exchange.method.get_or_insert_with(|| "GET".to_owned());
        }
        "form" => {
            exchange.add_pairs(line, Carried::Form);
            exchange.shown = Some(Shown::Form(line.to_owned()));
            exchange.method = Some("POST".to_owned());
        }
        "body" => {
            if let Some(Looks::Plain(kind)) = sniff(text) {
                exchange.body = Some((kind, text.to_owned()));
            }
            if !has_method || exchange.method.as_deref() == Some("GET") {
                exchange.method = Some("POST".to_owned());
            }
        }
        "xml" => exchange.replies.push((FormatKind::Xml, text.to_owned())),
        "json" => exchange.replies.push((FormatKind::Json, text.to_owned())),
        _ => exchange.replies.push((FormatKind::Query, text.to_owned())),
    }
}
