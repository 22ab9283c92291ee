//! What a page prints: documents, query strings, addresses; and formats, which are no samples.

use super::lines::is_name;

/// What a printed text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SampleKind {
    /// A document in XML.
    Xml,
    /// A document in JSON.
    Json,
    /// A query string or a form.
    Query,
    /// A whole URL with parameters.
    Url,
}

/// A text that a page prints.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageSample {
    /// What it is.
    pub kind: SampleKind,
    /// As printed.
    pub text: String,
    /// The line that it begins on, counted from 0.
    pub line: usize,
    /// What stands above it.
    pub label: Option<String>,
    /// Whether it only shows a format: with placeholders in capitals, dots, or no values.
    pub is_format: bool,
    /// Whether what stands above it calls it an error.
    pub is_error: bool,
}

/// How many lines a printed document has at most.
const TALLEST: usize = 2000;

/// The samples, and which lines they are on.
pub(super) fn find(lines: &[&str]) -> (Vec<PageSample>, Vec<bool>) {
    let mut samples = Vec::new();
    let mut used = vec![false; lines.len()];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let found = xml(lines, at)
            .map(|found| (SampleKind::Xml, found))
            .or_else(|| json(lines, at).map(|found| (SampleKind::Json, found)));
        let found = found.or_else(|| single(line).map(|kind| (kind, (at, line.trim().to_owned()))));
        let Some((kind, (last, text))) = found else {
            at += 1;
            continue;
        };
        used.iter_mut().take(last + 1).skip(at).for_each(|used| *used = true);
        let is_format = is_format(kind, &text);
        samples.push(PageSample { kind, text, line: at, label: None, is_format, is_error: false });
        at = last + 1;
    }
    (samples, used)
}

/// A document that begins on a line: its last line, and its text.
fn xml(lines: &[&str], at: usize) -> Option<(usize, String)> {
    let start = lines.get(at)?.trim();
    if !start.starts_with('<') {
        return None;
    }
    let tag = |line: &str| -> Option<String> {
        let inside = line.trim().strip_prefix('<')?;
        let end = inside
            .find(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '-' | ':')))?;
        let name = inside.get(..end)?;
        (inside.get(end..)?.starts_with([' ', '>', '/', '\t']) && is_name(&name.replace(':', "_")))
            .then(|| name.to_owned())
    };
    let mut root = None;
    for (offset, line) in lines.iter().skip(at).take(TALLEST).enumerate() {
        let trimmed = line.trim();
        if root.is_none() && !trimmed.is_empty() && !trimmed.starts_with("<?") && !trimmed.starts_with("<!") {
            let name = tag(trimmed)?;
            // `<rc>` alone on its line names a member.
            let alone = trimmed == format!("<{name}>");
            let next = lines.get(at + offset + 1).map(|next| next.trim()).unwrap_or_default();
            if alone && !next.starts_with('<') {
                return None;
            }
            root = Some(name);
        }
        let Some(name) = &root else { continue };
        let text = |end: usize| {
            let mut all: Vec<&str> = lines.get(at..at + offset).unwrap_or_default().to_vec();
            all.push(line.get(..end).unwrap_or(line));
            all.join("\n")
        };
        let closing = format!("</{name}");
        let closes = |at: &usize| {
            let behind = line.get(at + closing.len()..).unwrap_or_default();
            !behind.starts_with(|sign: char| {
                sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.' | ':')
            })
        };
        if let Some(close) = line.match_indices(&closing).map(|(at, _)| at).find(closes) {
            let end =
                line.get(close..).and_then(|rest| rest.find('>')).map_or(line.len(), |end| close + end + 1);
            return Some((at + offset, text(end)));
        }
        if offset == 0 && trimmed.ends_with("/>") && trimmed.matches('<').count() == 1 {
            return Some((at, text(line.len())));
        }
    }
    None
}

fn json(lines: &[&str], at: usize) -> Option<(usize, String)> {
    let start = lines.get(at)?.trim();
    if !start.starts_with(['{', '['])
        || (start.starts_with('[') && !start.starts_with("[{") && start.len() > 1)
    {
        return None;
    }
    let mut depth = 0_i64;
    let mut quoted = false;
    for (offset, line) in lines.iter().skip(at).take(TALLEST).enumerate() {
        let mut escaped = false;
        for sign in line.chars() {
            match sign {
                '"' if !escaped => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth -= 1,
                _ => {}
            }
            escaped = sign == '\\' && !escaped;
        }
        // A quote is closed on its line.
        quoted = false;
        if depth <= 0 {
            return Some((at + offset, lines.get(at..=at + offset)?.join("\n")));
        }
    }
    None
}

/// A query string or a URL on a line of its own.
fn single(line: &str) -> Option<SampleKind> {
    let text = line.trim();
    if text.contains(char::is_whitespace) || text.contains(['<', '>']) {
        return None;
    }
    if (text.starts_with("http://") || text.starts_with("https://"))
        && text.contains('?')
        && text.contains('=')
    {
        return Some(SampleKind::Url);
    }
    let pairs = text.split('&').all(|pair| pair.split_once('=').is_some_and(|(name, _)| is_name(name)));
    (pairs && !text.contains("name=value")).then_some(SampleKind::Query)
}

/// Whether a text only shows how samples look.
fn is_format(kind: SampleKind, text: &str) -> bool {
    if text.contains("...") || text.contains('…') {
        return true;
    }
    let values: Vec<&str> = match kind {
        SampleKind::Xml => text
            .split('>')
            .filter_map(|part| part.split_once('<'))
            .filter(|(_, tag)| tag.starts_with('/'))
            .map(|(value, _)| value.trim())
            .filter(|value| !value.is_empty())
            .collect(),
        SampleKind::Json => text
            .split(':')
            .skip(1)
            .map(str::trim_start)
            .filter(|part| !part.starts_with(['{', '[']))
            .map(|part| {
                part.trim_matches(|sign: char| {
                    sign == '"' || sign == ',' || sign.is_whitespace() || sign == '}'
                })
            })
            .collect(),
        SampleKind::Query | SampleKind::Url => return false,
    };
    let capitals = |value: &&&str| {
        value.len() > 3 && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    let placeholders = values.iter().filter(capitals).count();
    let empty = values.iter().all(|value| value.is_empty() || value.starts_with('"'));
    (placeholders >= 2 && placeholders * 2 >= values.len())
        || (empty && (kind == SampleKind::Json || text.contains("/>")))
}
