//! Requests and replies as raw text: as `curl -v` and proxies show them, or as a page prints them.

use std::path::Path;

use super::parts;
use crate::exchange::Exchange;

const METHODS: [&str; 7] = ["GET ", "POST ", "PUT ", "DELETE ", "PATCH ", "HEAD ", "OPTIONS "];

/// Whether a line begins a request.
fn begins_request(line: &str) -> bool {
    METHODS.iter().any(|method| line.starts_with(method))
        && line
            .split_whitespace()
            .nth(1)
            .is_some_and(|target| target.starts_with('/') || target.contains("://"))
}

fn begins_reply(line: &str) -> bool {
    line.starts_with("HTTP/")
        && line.split_whitespace().nth(1).is_some_and(|code| code.parse::<u16>().is_ok())
}

/// Whether a text is raw HTTP.
pub(crate) fn is_http(text: &str) -> bool {
    let first = text.lines().map(unquoted).find(|line| !line.trim().is_empty() && !line.starts_with('*'));
    first.is_some_and(|line| begins_request(line) || begins_reply(line) || line.starts_with("###"))
}

/// A line without what `curl -v` puts before it.
fn unquoted(line: &str) -> &str {
    let line = line.trim_end_matches('\r');
    line.strip_prefix("> ").or_else(|| line.strip_prefix("< ")).unwrap_or(match line {
        ">" | "<" => "",
        _ => line,
    })
}

/// The exchanges of a text.
pub(crate) fn read(file: &Path, text: &str) -> Vec<Exchange> {
    // Each message with the number of its first line.
    let mut messages: Vec<(usize, Vec<&str>)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = unquoted(line);
        if line.starts_with("###") || line.starts_with("* ") {
            if line.starts_with("###") {
                messages.push((index + 2, Vec::new()));
            }
            continue;
        }
        let begins = begins_request(line) || begins_reply(line);
        match messages.last_mut().filter(|_| !begins) {
            Some((_, lines)) => lines.push(line),
            None => messages.push((index + 1, vec![line])),
        }
    }
    let mut exchanges: Vec<Exchange> = Vec::new();
    let mut open = false;
    for (number, lines) in messages {
        let Some(first) = lines.iter().position(|line| !line.trim().is_empty()) else {
            open = false;
            continue;
        };
        let lines = lines.get(first..).unwrap_or_default();
        let Some(start) = lines.first() else { continue };
        let source = format!("{}, line {}", super::name::name_of(file), number + first);
        let new = || Exchange::of(source.clone(), format!("line {}", number + first));
        if begins_request(start) {
            let mut exchange = new();
            request(&mut exchange, start, lines.get(1..).unwrap_or_default());
            exchanges.push(exchange);
            open = true;
            continue;
        }
        if !open {
            exchanges.push(new());
        }
        if let Some(exchange) = exchanges.last_mut() {
            reply(exchange, lines);
        }
        open = false;
    }
    exchanges
}

fn request(exchange: &mut Exchange, start: &str, rest: &[&str]) {
    let mut words = start.split_whitespace();
    exchange.method = words.next().map(str::to_owned);
    let target = words.next().unwrap_or("/");
    let (headers, body) = split(rest);
    exchange.headers = headers;
    let host = exchange.header("host").map(|host| format!("https://{}", host.trim().to_ascii_lowercase()));
    exchange.origin = host;
    exchange.set_url(target);
    let media_type = exchange.header("content-type").unwrap_or_default().to_owned();
    match parts::of_body(&media_type, &body) {
        Some(all) => parts::set(exchange, all),
        None => exchange.set_body(&body, &media_type),
    }
}

/// Puts a reply into an exchange: with the line of its status, or a body alone.
pub(crate) fn reply(exchange: &mut Exchange, lines: &[&str]) {
    let Some(start) = lines.first() else { return };
    if !begins_reply(start) {
        exchange.add_reply(&joined(lines));
        return;
    }
    exchange.status = start.split_whitespace().nth(1).and_then(|code| code.parse().ok());
    let (headers, body) = split(lines.get(1..).unwrap_or_default());
    exchange.reply_headers = headers;
    exchange.add_reply(&body);
}

/// Headers up to an empty line, and the body behind it.
fn split(lines: &[&str]) -> (Vec<(String, String)>, String) {
    let end = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
    let headers = lines.iter().take(end).filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
    (headers, joined(lines.get(end + 1..).unwrap_or_default()))
}

fn joined(lines: &[&str]) -> String {
    let mut text = lines.join("\n");
    text.truncate(text.trim_end().len());
    text
}
