//! Command lines of curl, each with what it printed behind it.

use std::path::Path;

use base64::Engine as _;

use super::{http, parts};
use crate::{exchange::Exchange, fault::InputError};

/// The options that take a value, and nothing of which is in the request.
const IGNORED: &[&str] = &[
    "-o",
    "--output",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-x",
    "--proxy",
    "-w",
    "--write-out",
    "-c",
    "--cookie-jar",
    "--cacert",
    "--capath",
    "-E",
    "--cert",
    "--key",
    "--resolve",
    "--retry",
    "--retry-delay",
    "--limit-rate",
    "-K",
    "--config",
    "-D",
    "--dump-header",
    "--interface",
    "-U",
    "--proxy-user",
    "-r",
    "--range",
    "--ciphers",
    "--max-redirs",
    "-z",
    "--time-cond",
    "-y",
    "-Y",
    "--stderr",
    "--trace",
    "--trace-ascii",
    "--retry-max-time",
    "--dns-servers",
    "--doh-url",
    "--max-filesize",
    "--noproxy",
    "--pinnedpubkey",
    "-T",
    "--upload-file",
    "-t",
    "--unix-socket",
    "-C",
    "-Q",
    "--tls-max",
    "--aws-sigv4",
];

/// Whether a text begins with a command line of curl.
pub(crate) fn is_curl(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| command(line).is_some())
}

/// What is behind the prompt, if it calls curl.
fn command(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("$ ").unwrap_or(line).trim_start();
    (line.starts_with("curl ") || line.starts_with("curl.exe ")).then_some(line)
}

/// The exchanges of a text of command lines.
pub(crate) fn read(file: &Path, text: &str) -> Result<Vec<Exchange>, InputError> {
    let lines: Vec<&str> = text.lines().collect();
    let mut exchanges = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(start) = command(line) else {
            at += 1;
            continue;
        };
        let number = at + 1;
        let mut whole = start.to_owned();
        at += 1;
        // It goes on behind a backslash, and where a quote is open.
        let words = loop {
            if let Some(before) = whole.trim_end().strip_suffix('\\')
                && let Some(next) = lines.get(at)
            {
                whole = format!("{before} {next}");
                at += 1;
                continue;
            }
            if let Some(words) = shlex::split(&whole) {
                break words;
            }
            match lines.get(at) {
                Some(next) if command(next).is_none() => {
                    whole = format!("{whole}\n{next}");
                    at += 1;
                }
                _ => {
                    return Err(InputError::new(
                        file,
                        Some(number),
                        "a quote of this command line is not closed; expected one line as a shell takes it",
                    ));
                }
            }
        };
        let end = lines
            .iter()
            .skip(at)
            .position(|line| command(line).is_some())
            .map_or(lines.len(), |more| at + more);
        let mut exchange =
            Exchange::of(format!("{}, line {number}", super::name::name_of(file)), format!("line {number}"));
        request(&mut exchange, &words).map_err(|problem| InputError::new(file, Some(number), problem))?;
        let printed = lines.get(at..end).unwrap_or_default();
        let printed: Vec<&str> = printed.iter().copied().skip_while(|line| line.trim().is_empty()).collect();
        http::reply(&mut exchange, &printed);
        exchanges.push(exchange);
        at = end;
    }
    Ok(exchanges)
}

#[derive(Default)]
struct Options {
    method: Option<String>,
    url: Option<String>,
    data: Vec<String>,
    parts: Vec<parts::Part>,
    headers: Vec<(String, String)>,
    get: bool,
    head: bool,
}

fn request(exchange: &mut Exchange, words: &[String]) -> Result<(), String> {
    let mut options = Options::default();
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        if let Some((name, value)) = word.split_once('=').filter(|(name, _)| name.starts_with("--")) {
            option(&mut options, name, Some(value.to_owned()))?;
        } else if word.starts_with("--") {
            if takes_value(word) {
                let value = words.next().ok_or_else(|| format!("`{word}` has no value"))?;
                option(&mut options, word, Some(value.clone()))?;
            } else {
                option(&mut options, word, None)?;
            }
        } else if word.starts_with('-') && word.len() > 1 {
            // Several letters, of which the last one may have its value behind it.
            let mut letters = word.chars().skip(1);
            while let Some(letter) = letters.next() {
                let name = format!("-{letter}");
                if takes_value(&name) {
                    let rest: String = letters.by_ref().collect();
                    let value = if rest.is_empty() { words.next().cloned() } else { Some(rest) };
                    let value = value.ok_or_else(|| format!("`{name}` has no value"))?;
                    option(&mut options, &name, Some(value))?;
                } else {
                    option(&mut options, &name, None)?;
                }
            }
        } else if options.url.is_none() {
            options.url = Some(word.clone());
        }
    }
    let Some(mut url) = options.url else {
        return Err("this command line of curl has no URL".to_owned());
    };
    if !url.contains("://") {
        url = format!("http://{url}");
    }
    let data = options.data.join("&");
    if options.get && !data.is_empty() {
        url = format!("{url}{}{data}", if url.contains('?') { '&' } else { '?' });
    }
    exchange.headers = options.headers;
    exchange.set_url(&url);
    let has_body = (!options.get && !data.is_empty()) || !options.parts.is_empty();
    if !options.parts.is_empty() {
        parts::set(exchange, options.parts);
    } else if has_body {
        let media_type = exchange.header("content-type").unwrap_or_default().to_owned();
        exchange.set_body(&data, &media_type);
    }
    let usual = match (has_body, options.head) {
        (true, _) => "POST",
        (false, true) => "HEAD",
        (false, false) => "GET",
    };
    exchange.method = Some(options.method.unwrap_or_else(|| usual.to_owned()).to_ascii_uppercase());
    Ok(())
}

fn takes_value(name: &str) -> bool {
    const OWN: &[&str] = &[
        "-X",
        "--request",
        "-d",
        "--data",
        "--data-raw",
        "--data-binary",
        "--data-ascii",
        "--data-urlencode",
        "--json",
        "-H",
        "--header",
        "-u",
        "--user",
        "-b",
        "--cookie",
        "-A",
        "--user-agent",
        "-e",
        "--referer",
        "-F",
        "--form",
        "--form-string",
        "--url",
        "--oauth2-bearer",
        "--url-query",
    ];
    OWN.contains(&name) || IGNORED.contains(&name)
}

fn option(options: &mut Options, name: &str, value: Option<String>) -> Result<(), String> {
    let text = value.unwrap_or_default();
    let mut header = |name: &str, value: String| options.headers.push((name.to_owned(), value));
    match name {
        "-X" | "--request" => options.method = Some(text),
        "--url" => options.url = Some(text),
        "-G" | "--get" => options.get = true,
        "-I" | "--head" => options.head = true,
        "-A" | "--user-agent" => header("User-Agent", text),
        "-e" | "--referer" => header("Referer", text),
        "-b" | "--cookie" if text.contains('=') => header("Cookie", text),
        "--oauth2-bearer" => header("Authorization", format!("Bearer {text}")),
        "-u" | "--user" => {
            let coded = base64::engine::general_purpose::STANDARD.encode(text);
            header("Authorization", format!("Basic {coded}"));
        }
        "-H" | "--header" => {
            if let Some((name, value)) = text.split_once(':') {
                header(name.trim(), value.trim().to_owned());
            }
        }
        "--json" => {
            header("Content-Type", "application/json".to_owned());
            options.data.push(text);
        }
        "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" => {
            if text.starts_with('@') && name != "--data-raw" {
                return Err(format!("`{name} {text}` reads a file: write its text in its place"));
            }
            options.data.push(text);
        }
        "--url-query" | "--data-urlencode" => {
            let (before, value) = text.split_once('=').unwrap_or(("", &text));
            let coded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            options.data.push(if before.is_empty() { coded } else { format!("{before}={coded}") });
            options.get |= name == "--url-query";
        }
        "-F" | "--form" | "--form-string" => {
            let (part, value) = text.split_once('=').unwrap_or((&text, ""));
            let is_text = name == "--form-string" || !value.starts_with('@');
            // `<` reads a text from a file that is not here.
            let value = value.strip_prefix('<').filter(|_| name != "--form-string").map_or(value, |_| "");
            options.parts.push((part.to_owned(), is_text.then(|| value.to_owned())));
        }
        _ => {}
    }
    Ok(())
}
