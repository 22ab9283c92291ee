//! HAR, as browsers and proxies write it: the exchanges with the host that answers most in formats that replies have.

use std::{collections::BTreeMap, path::Path};

use base64::Engine as _;
use serde::Deserialize;

use super::parts;
use crate::{exchange::Exchange, fault::InputError};

#[derive(Deserialize)]
struct Archive {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
    #[serde(default)]
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
    post_data: Option<PostData>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    #[serde(default)]
    value: String,
    /// Of a part of a form.
    #[serde(rename = "fileName")]
    file_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostData {
    #[serde(default)]
    mime_type: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    params: Vec<Header>,
}

#[derive(Deserialize, Default)]
struct Response {
    #[serde(default)]
    status: u16,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    content: Content,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default)]
    mime_type: String,
    #[serde(default)]
    text: String,
    encoding: Option<String>,
}

/// What was left out of an archive, for people.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) others: usize,
    pub(crate) hosts: usize,
    pub(crate) assets: usize,
}

pub(crate) fn read(file: &Path, text: &str) -> Result<(Vec<Exchange>, LeftOut), InputError> {
    let archive: Archive = serde_json::from_str(text).map_err(|error| {
        InputError::new(
            file,
            Some(error.line()),
            format!("is no HAR: {error}; expected an object with `log.entries`, as a browser saves it"),
        )
    })?;
    let all = archive.log.entries.len();
    let mut exchanges = Vec::new();
    for (index, entry) in archive.log.entries.into_iter().enumerate() {
        if is_asset(&entry) {
            continue;
        }
        exchanges.push(exchange(file, index + 1, entry));
    }
    let assets = all - exchanges.len();
    let mut structured: BTreeMap<String, usize> = BTreeMap::new();
    for one in &exchanges {
        let counts = usize::from(!one.replies.is_empty()) * 2 + 1;
        *structured.entry(one.origin.clone().unwrap_or_default()).or_default() += counts;
    }
    let hosts = structured.len().saturating_sub(1);
    let most = structured.into_iter().max_by_key(|(_, count)| *count).map(|(origin, _)| origin);
    let before = exchanges.len();
    exchanges.retain(|one| one.origin == most);
    let others = before - exchanges.len();
    Ok((exchanges, LeftOut { others, hosts, assets }))
}

/// Pictures, scripts and styles, and the questions that a browser asks before it calls another host.
fn is_asset(entry: &Entry) -> bool {
    let media = entry.response.content.mime_type.to_ascii_lowercase();
    let is_part = ["image/", "font/", "video/", "audio/", "text/css", "text/html"]
        .iter()
        .any(|start| media.starts_with(start));
    // JSONP is served as a script.
    let is_script = media.contains("javascript")
        && crate::exchange::sniff(&entry.response.content.text) != Some(crate::exchange::Looks::Callback);
    entry.request.method.eq_ignore_ascii_case("OPTIONS")
        || entry.request.method.eq_ignore_ascii_case("CONNECT")
        || !entry.request.url.contains("://")
        || is_part
        || is_script
}

fn exchange(file: &Path, number: usize, entry: Entry) -> Exchange {
    let Entry { request, response } = entry;
    let mut exchange =
        Exchange::of(format!("{}, entry {number}", super::name::name_of(file)), format!("entry {number}"));
    exchange.method = Some(request.method.to_ascii_uppercase());
    exchange.set_url(&request.url);
    let plain = |headers: Vec<Header>| {
        let own = headers.into_iter().filter(|header| !header.name.starts_with(':'));
        own.map(|header| (header.name, header.value)).collect()
    };
    exchange.headers = plain(request.headers);
    if let Some(data) = request.post_data {
        let mut text = data.text;
        if parts::is_multipart(&data.mime_type) {
            let listed = data.params.into_iter().map(|one| {
                let is_file = one.file_name.is_some();
                (one.name, (!is_file).then_some(one.value))
            });
            let listed: Vec<_> = listed.collect();
            let printed = parts::of_body(&data.mime_type, &text).filter(|_| listed.is_empty());
            parts::set(&mut exchange, printed.unwrap_or(listed));
            text = String::new();
        } else if text.is_empty() && !data.params.is_empty() {
            let mut pairs = form_urlencoded::Serializer::new(String::new());
            pairs.extend_pairs(data.params.iter().map(|one| (&one.name, &one.value)));
            text = pairs.finish();
        }
        exchange.set_body(&text, &data.mime_type);
    }
    exchange.status = (response.status > 0).then_some(response.status);
    exchange.reply_headers = plain(response.headers);
    if exchange.reply_header("content-type").is_none() && !response.content.mime_type.is_empty() {
        exchange.reply_headers.push(("Content-Type".to_owned(), response.content.mime_type));
    }
    let text = match response.content.encoding.as_deref() {
        Some("base64") => base64::engine::general_purpose::STANDARD
            .decode(response.content.text.trim())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok()),
        _ => Some(response.content.text),
    };
    match text {
        Some(text) => exchange.add_reply(&text),
        None => exchange.is_raw = true,
    }
    exchange
}
