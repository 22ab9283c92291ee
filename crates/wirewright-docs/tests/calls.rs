//! The calls that pages show: a line of curl is a request that the vendor's side takes.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test fails by panicking")]

mod support;

use std::{borrow::Cow, collections::BTreeMap};

use http::{Request, header};
use support::{definition, folders};
use wirewright::{
    Limits,
    server::{Incoming, Rejection, receive},
    wire::Shape,
};
use wirewright_codegen::model::{Parameter, ParameterLocation};
use wirewright_docs::site;
use wirewright_interpret::{Definition, DynamicRecord, OperationType, RecordType};

/// The text of the block with this caption.
fn block(page: &str, caption: &str) -> String {
    let start = format!("<figcaption>{caption}</figcaption><pre tabindex=\"0\"><code>");
    let (_, text) = page.split_once(&start).unwrap();
    let (text, _) = text.split_once("</code>").unwrap();
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

/// What a command prints.
fn printed(command: &str) -> String {
    match command {
        "date +%s" => "1222790202".to_owned(),
        "uuidgen" => "e58ed763-928c-4155-bee9-fdbaaadc15f3".to_owned(),
        command => {
            let format = command.strip_prefix("date -u '+").unwrap().strip_suffix('\'').unwrap();
            let parts =
                [("%Y", "2008"), ("%m", "09"), ("%d", "30"), ("%H", "15"), ("%M", "56"), ("%S", "42")];
            let text = parts.iter().fold(format.to_owned(), |text, (sign, value)| text.replace(sign, value));
            assert!(!text.contains('%'), "{command}");
            text
        }
    }
}

/// The words of a line, as a shell takes it apart; each variable is 1.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = line.trim_end().replace("\\\n", "");
    let (mut quoted, mut begun) = (false, false);
    while let Some(letter) = rest.chars().next() {
        let mut used = letter.len_utf8();
        let word = words.last_mut().unwrap();
        match letter {
            '\'' if !quoted => {
                let (text, _) = rest[1..].split_once('\'').unwrap();
                word.push_str(text);
                used = text.len() + 2;
            }
            '"' => quoted = !quoted,
            '\\' => {
                let next = rest[1..].chars().next().unwrap();
                word.push(next);
                used += next.len_utf8();
            }
            '$' => {
                let is_variable = rest.starts_with("${");
                let (name, _) = rest[2..].split_once(if is_variable { '}' } else { ')' }).unwrap();
                word.push_str(&if is_variable { "1".to_owned() } else { printed(name) });
                used = name.len() + 3;
            }
            ' ' if !quoted => {
                if begun {
                    words.push(String::new());
                    begun = false;
                }
                rest.drain(..1);
                continue;
            }
            letter => word.push(letter),
        }
        begun = true;
        rest.drain(..used);
    }
    words
}

fn encoded(pair: &str) -> String {
    let (name, value) = pair.split_once('=').unwrap();
    let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    format!("{name}={value}")
}

/// The form that curl makes of `--form` and `--form-string`, whose files have one line.
fn multipart(parts: &[(String, Option<String>)]) -> Vec<u8> {
    let mut body = String::new();
    for (pair, file) in parts {
        let (name, value) = pair.split_once('=').unwrap();
        body.push_str(&format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\""));
        match file {
            Some(file) => body.push_str(&format!(
                "; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\na line\r\n"
            )),
            None => body.push_str(&format!("\r\n\r\n{value}\r\n")),
        }
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    body.into_bytes()
}

const BOUNDARY: &str = "------------------------d74496d66958873e";

/// The request that curl makes of its words, as its manual says.
fn request(words: &[String]) -> Request<Vec<u8>> {
    let mut words = words.iter().skip(1);
    let (mut method, mut url, mut get) = (None, None, false);
    let (mut pairs, mut parts, mut body, mut headers) = (Vec::new(), Vec::new(), None, Vec::new());
    while let Some(word) = words.next() {
        let mut next = || words.next().unwrap_or_else(|| panic!("nothing is behind {word}")).clone();
        match word.as_str() {
            "--get" => get = true,
            "--request" => method = Some(next()),
            "--data-urlencode" => pairs.push(encoded(&next())),
            "--data" | "--data-binary" => body = Some(next()),
            "--header" => {
                let header = next();
                let (name, value) = header.split_once(": ").unwrap();
                headers.push((name.to_owned(), value.to_owned()));
            }
            "--cookie" => headers.push(("cookie".to_owned(), next())),
            "--form-string" => parts.push((next(), None)),
            "--form" => {
                let pair = next();
                let (_, file) = pair.split_once("=@").unwrap();
                let file = file.to_owned();
                parts.push((pair, Some(file)));
            }
            word if word.starts_with('-') => panic!("what does curl do with {word}?"),
            word => url = Some(word.to_owned()),
        }
    }
    let mut url = url.unwrap();
    let form = pairs.join("&");
    if get && !pairs.is_empty() {
        url = format!("{url}?{form}");
    }
    let sends = !get && (!pairs.is_empty() || !parts.is_empty() || body.is_some());
    let usual = if sends { "POST" } else { "GET" };
    let mut request = Request::builder().method(method.as_deref().unwrap_or(usual)).uri(url);
    let typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if !parts.is_empty() {
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        request = request.header(header::CONTENT_TYPE, media_type);
    } else if sends && !typed {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let body = match body {
        Some(body) => body.into_bytes(),
        None if !parts.is_empty() => multipart(&parts),
        None if sends => form.into_bytes(),
        None => Vec::new(),
    };
    request.body(body).unwrap()
}

/// Reads some of a request's parameters.
type Read = fn(&Incoming, &'static Shape, &mut DynamicRecord) -> Result<(), Rejection>;

/// What is wrong with the line of curl on the page of an operation, if something is.
fn fault(definition: &Definition, operation: &OperationType, line: &str) -> Result<(), String> {
    let request = request(&words(line));
    let described = operation.described();
    let incoming = receive(&[described], described.endpoint(), &request, &Limits::new());
    let incoming = incoming.map_err(|(rejection, _)| format!("{rejection:?}"))?;
    let read = |of: &'static RecordType, read: Read| {
        let mut record = DynamicRecord::empty(of);
        read(&incoming, of.shape(), &mut record).map_err(|rejection| format!("{rejection:?}"))
    };
    read(definition.request(operation), |incoming, shape, record| incoming.read_request_into(shape, record))?;
    // What is in a signature alone is not to be had of one that is made up.
    let signs = |parameter: &Parameter| parameter.location == ParameterLocation::Computed;
    if !definition.vendor().parameters.iter().any(signs) {
        read(definition.client_parameters(), |incoming, shape, record| {
            incoming.read_client_into(shape, record)
        })?;
        read(definition.call_options(), |incoming, shape, record| incoming.read_options_into(shape, record))?;
        let kinds = described.sessions.iter().take(usize::from(!described.sessionless));
        for kind in kinds.filter_map(|kind| definition.session(kind.name)) {
            read(kind.carried(), |incoming, shape, record| incoming.read_into(shape, record))?;
        }
    }
    Ok(())
}

#[test]
fn a_line_of_curl_is_taken_by_the_vendors_side() {
    let mut taken = 0;
    let mut faults = BTreeMap::new();
    for folder in folders() {
        let all = [Definition::load(&folder).unwrap()];
        let written = site(&all);
        let [definition] = &all;
        for operation in definition.operations() {
            let name = operation.described().name;
            let page = written.iter().find(|file| {
                let heading = Cow::Borrowed(name);
                file.text.contains(&format!("<h1><code>{heading}</code></h1>"))
            });
            let line = block(&page.unwrap_or_else(|| panic!("{name} has no page")).text, "curl");
            match fault(definition, operation, &line) {
                Ok(()) => taken += 1,
                Err(fault) => {
                    let at = format!("{}/{name}", definition.vendor().package);
                    faults.insert(at, format!("{fault}\n{line}"));
                }
            }
        }
    }
    let shown: Vec<String> = faults.iter().take(5).map(|(name, fault)| format!("{name}: {fault}")).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
    assert!(taken > 250, "{taken} lines");
}

/// A file goes into a form of parts, and so does what is beside it.
#[test]
fn a_form_with_a_file_is_taken() {
    let protocol = r#"
title      = "Pictures API"
source     = "pictures.example"
endpoint   = "https://pictures.example"
methods    = { POST = "form" }
formats    = { json = {} }
parameters = { "*" = { from = "request" } }
envelope   = { ok = { is = "status", success = ["yes"] }, data = { is = "data" } }
"#;
    let group = r#"
[keep]
doc       = "Keeps it."
multipart = true

[keep.request]
title   = { required = true, samples = ["it's \"x\""] }
picture = { type = "file", required = true }
"#;
    let pictures = [definition("pictures", &[("protocol.toml", protocol), ("group.toml", group)])];
    let page = site(&pictures).into_iter().find(|file| file.path == "pictures/group_keep.html").unwrap();
    let line = block(&page.text, "curl");
    assert!(line.contains("--form-string") && line.contains("--form picture=@"), "{line}");
    let [pictures] = &pictures;
    let operation = pictures.operation("group/keep").unwrap();
    assert_eq!(fault(pictures, operation, &line), Ok(()));
    // The file is what is read: without it the request is refused.
    let without = line.replace("--form picture=@", "--form other=@");
    assert!(fault(pictures, operation, &without).is_err(), "{without}");
}

/// What a page shows is one line of a shell, whatever the vendor's sample has in it.
#[test]
fn a_sample_cannot_leave_its_word() {
    let protocol = r#"
title      = "Quotes API"
source     = "quotes.example"
endpoint   = "https://quotes.example"
methods    = { GET = "query" }
formats    = { json = {} }
parameters = { "*" = { from = "request" } }
envelope   = { ok = { is = "status", success = ["yes"] }, data = { is = "data" } }
"#;
    let group = r#"
[say]
doc     = "Says it."
request = { text = { required = true } }

[[say.example]]
name          = "sample"
source        = "quotes.example"
request.query = "text=it%27s+%24HOME%3B+%60id%60+%22%5C%22+%0A+%26"
"#;
    let quotes = definition("quotes", &[("protocol.toml", protocol), ("group.toml", group)]);
    let page = site(&[quotes]).into_iter().find(|file| file.path == "quotes/group_say.html").unwrap();
    let said = "it's $HOME; `id` \"\\\" \n &";
    let curl = words(&block(&page.text, "curl"));
    assert_eq!(
        curl,
        ["curl", "--get", "https://quotes.example/group/say", "--data-urlencode", &format!("text={said}")]
    );
    let call = words(&block(&page.text, "wirewright call"));
    assert_eq!(call, ["wirewright", "call", "quotes", "group/say", &format!("text={said}")]);
}
