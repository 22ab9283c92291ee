//! A vendor's page: its address, its arguments, its errors, its samples, and what it promises.

mod arguments;
mod blocks;
mod errors;
mod exchanges;
mod html;
mod lines;

use self::lines::{Line, Section};
use crate::{
    input::PageText,
    names::{NAMES, folded},
};

pub(crate) use self::exchanges::exchanges;
pub use self::{
    arguments::Argument,
    blocks::{PageSample, SampleKind},
    errors::PageError,
};

/// What a reader finds on a page.
///
/// ```
/// use wirewright_draft::{Page, PageText};
///
/// let text = "find\n\nURL: https://api.parcels.example/parcels/find\n\nArguments:\n\nnumber (required): the parcel's number\n\n\
///             Errors:\n\n2 NO_SUCH_PARCEL There is no such parcel.\n";
/// let page = Page::read(&PageText { file: "find.txt".into(), text: text.to_owned(), group: None, operation: None });
/// assert_eq!(page.url.as_deref(), Some("https://api.parcels.example/parcels/find"));
/// assert_eq!((page.arguments[0].name.as_str(), page.arguments[0].required), ("number", Some(true)));
/// assert_eq!(page.errors[0].symbol.as_deref(), Some("NO_SUCH_PARCEL"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// Its first line.
    pub title: Option<String>,
    /// The address of the call.
    pub url: Option<String>,
    /// The methods that the call takes.
    pub methods: Vec<String>,
    /// What the call does.
    pub doc: Option<String>,
    /// The call's arguments, in the order of the page.
    pub arguments: Vec<Argument>,
    /// The errors that it lists.
    pub errors: Vec<PageError>,
    /// What it prints of requests and replies.
    pub samples: Vec<PageSample>,
    /// What it says of the members of replies.
    pub reply: Vec<(String, String)>,
}

/// How long lines and whole pages are that are read: what is longer is no page for people.
const LONGEST: usize = 4 * 1024 * 1024;

impl Page {
    /// Reads a page, whether it is HTML or plain text. There is nothing that is no page: what is not found is not there.
    pub fn read(page: &PageText) -> Self {
        let mut end = page.text.len().min(LONGEST);
        while !page.text.is_char_boundary(end) {
            end -= 1;
        }
        let text = page.text.get(..end).unwrap_or_default();
        let start = text.trim_start();
        let is_html = page.file.extension().is_some_and(|ending| ending == "html" || ending == "htm")
            || start.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
            || start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("<html"));
        let plain = if is_html { html::text(text) } else { text.replace('\r', "").replace('\u{a0}', " ") };
        read(&plain)
    }
}

impl Page {
    /// What the page prints, as exchanges: its samples, or its address alone.
    pub fn exchanges(&self, of: &PageText) -> Vec<crate::exchange::Exchange> {
        exchanges(self, of)
    }
}

fn read(text: &str) -> Page {
    let raw: Vec<&str> = text.lines().collect();
    let (samples, used) = blocks::find(&raw);
    let mut page = Page {
        title: raw.iter().map(|line| line.trim()).find(|line| !line.is_empty()).map(str::to_owned),
        ..Page::default()
    };
    let mut section = Section::None;
    let mut wanted = None;
    let mut arguments = arguments::Reader::default();
    let mut errors = errors::Reader::default();
    for (index, raw_line) in raw.iter().enumerate() {
        if used.get(index).copied().unwrap_or_default() {
            continue;
        }
        let line = Line::of(raw_line);
        if line.text.is_empty() {
            continue;
        }
        if let Some((label, value)) = line.label(section == Section::Arguments && arguments.is_open()) {
            // What replies have as a query string is told by the same words.
            let again = label == Section::Arguments
                && !page.arguments.is_empty()
                && line.text.to_lowercase().starts_with("query");
            section = if again { Section::Other } else { label };
            wanted = matches!(label, Section::Url | Section::Methods | Section::Doc).then_some(label);
            arguments.close();
            if value.is_empty() {
                continue;
            }
            if label == Section::Doc && page.doc.is_none() {
                page.doc = Some(value.to_owned());
                wanted = None;
                continue;
            }
            if let Some(label) = wanted.take() {
                fact(&mut page, label, value);
            }
            continue;
        }
        if let Some(label) = wanted.take() {
            fact(&mut page, label, line.text);
            continue;
        }
        match section {
            Section::Arguments => arguments.line(&line, &mut page.arguments),
            Section::Errors => errors.line(&line, &mut page.errors),
            Section::Reply => reply(&line, &mut page.reply),
            _ => {
                // A table tells by its heading what it is.
                if line.cells().len() > 1 {
                    arguments.row(&line, &mut page.arguments);
                    errors.row(&line, &mut page.errors);
                }
            }
        }
    }
    page.samples = samples;
    for sample in &mut page.samples {
        sample.label = label_before(&raw, &used, sample.line);
        let said = sample.label.as_deref().unwrap_or_default().to_lowercase();
        sample.is_error = said.contains("error") || said.contains("fail");
    }
    if page.url.is_none() {
        let shown = page.samples.iter().find(|one| one.kind == SampleKind::Url);
        page.url = shown.map(|one| one.text.split('?').next().unwrap_or_default().to_owned());
    }
    page
}

/// The nearest label above a sample.
fn label_before(raw: &[&str], used: &[bool], line: usize) -> Option<String> {
    let above =
        (line.saturating_sub(6)..line).rev().filter(|index| !used.get(*index).copied().unwrap_or_default());
    let mut labels = above.filter_map(|index| raw.get(index)).map(|line| Line::of(line));
    labels
        .find(|line| !line.text.is_empty() && line.text.chars().count() < 60)
        .map(|line| line.text.to_owned())
}

fn fact(page: &mut Page, section: Section, text: &str) {
    match section {
        Section::Url => {
            let text = text.replace("http(s)://", "https://");
            let at = text.find("https://").or_else(|| text.find("http://"));
            if let Some(url) =
                at.and_then(|at| text.get(at..)).and_then(|rest| rest.split_whitespace().next())
            {
                page.url.get_or_insert_with(|| url.to_owned());
            }
        }
        Section::Methods => {
            let words = text.split(|sign: char| !sign.is_ascii_alphabetic());
            let known = words.filter(|word| matches!(*word, "GET" | "POST" | "PUT" | "DELETE"));
            page.methods.extend(known.map(str::to_owned));
        }
        Section::Doc => {
            page.doc.get_or_insert_with(|| text.to_owned());
        }
        _ => {}
    }
}

/// `<rc>` on its line, and what it is on the next ones.
fn reply(line: &Line<'_>, members: &mut Vec<(String, String)>) {
    let name = line.text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    match (name, members.last_mut()) {
        (Some(name), _) if lines::is_name(name) => members.push((name.to_owned(), String::new())),
        (_, Some((_, doc))) if doc.len() < 400 => {
            if !doc.is_empty() {
                doc.push(' ');
            }
            doc.push_str(line.text);
        }
        _ => {}
    }
}

/// What a page says of an argument by its words.
pub(crate) fn said_of(argument: &Argument) -> Option<&'static str> {
    let text = format!("{} {}", argument.name, argument.doc);
    let said = crate::names::told(&NAMES.said, &text)?;
    // The version of an API is named so itself.
    (said != "version" || folded(&argument.name).contains("version") || argument.name.len() < 3)
        .then_some(said)
}
