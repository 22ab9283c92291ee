//! What a person has at hand: recordings, command lines, texts and pages, as files and folders.

mod bodies;
mod curl;
mod har;
mod http;
mod name;
mod parts;

pub(crate) use bodies::add as add_bare;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use indexmap::IndexMap;

use self::name::name_of;
use crate::{exchange::Exchange, fault::InputError};

/// How deep folders of samples go.
const DEEPEST: usize = 16;
/// What a file may have at most: a recording that is longer is more than anybody drafts from.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The file.
    pub file: PathBuf,
    /// Its whole text, HTML or plain.
    pub text: String,
    /// The group that its folder names.
    pub group: Option<String>,
    /// The operation that its folder names.
    pub operation: Option<String>,
}

/// All that was read.
///
/// ```
/// use wirewright_draft::Inputs;
///
/// let folder = tempfile::tempdir()?;
/// std::fs::create_dir_all(folder.path().join("parcels/find"))?;
/// std::fs::write(folder.path().join("parcels/find/one.url"), "https://api.parcels.example/parcels/find?number=17")?;
/// std::fs::write(folder.path().join("parcels/find/one.json"), r#"{"code": 0, "place": "Oslo"}"#)?;
/// let inputs = Inputs::read(&[folder.path().to_owned()], &[])?;
/// let exchange = &inputs.exchanges[0];
/// assert_eq!(exchange.operation.as_deref(), Some("find"));
/// assert_eq!(exchange.parameters[0].value, "17");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Requests and replies, in the order of the files and within them.
    pub exchanges: Vec<Exchange>,
    /// Pages.
    pub pages: Vec<PageText>,
    /// What was left out, for people: other hosts, pictures.
    pub notes: Vec<String>,
}

impl Inputs {
    /// Reads files and folders of samples, and pages.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or is not what it is called, with its place.
    pub fn read(samples: &[PathBuf], pages: &[PathBuf]) -> Result<Self, InputError> {
        let mut inputs = Self::default();
        let mut stems = IndexMap::new();
        for path in samples {
            inputs.walk(path, &[], &mut stems)?;
        }
        inputs.exchanges.extend(stems.into_values());
        for file in pages {
            let text = read_text(file)?;
            inputs.pages.push(PageText { file: file.clone(), text, group: None, operation: None });
        }
        Ok(inputs)
    }

    fn walk(
        &mut self,
        path: &Path,
        folders: &[String],
        stems: &mut IndexMap<PathBuf, Exchange>,
    ) -> Result<(), InputError> {
        let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if !kind.is_dir() {
            return self.file(path, folders, stems);
        }
        if folders.len() >= DEEPEST {
            return Err(InputError::new(path, None, format!("folders of samples go {DEEPEST} deep at most")));
        }
        let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for inner in paths {
            let name = name_of(&inner);
            if name.starts_with('.') {
                continue;
            }
            let mut deeper = folders.to_vec();
            if inner.is_dir() {
                deeper.push(name);
            }
            self.walk(&inner, &deeper, stems)?;
        }
        Ok(())
    }

    fn file(
        &mut self,
        path: &Path,
        folders: &[String],
        stems: &mut IndexMap<PathBuf, Exchange>,
    ) -> Result<(), InputError> {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
        let operation = folders.last().cloned();
        let group = folders.len().checked_sub(2).and_then(|at| folders.get(at)).cloned();
        let text = read_text(path)?;
        let mut found = match ending.as_str() {
            "har" => self.archive(path, &text)?,
            "html" | "htm" => {
                self.pages.push(PageText { file: path.to_owned(), text, group, operation });
                return Ok(());
            }
            "json" if is_archive(&text) => self.archive(path, &text)?,
            _ if curl::is_curl(&text) => curl::read(path, &text)?,
            _ if http::is_http(&text) => http::read(path, &text),
            ending if bodies::ENDINGS.contains(&ending) => {
                let stem = path.with_extension("");
                let exchange = stems.entry(stem).or_insert_with_key(|stem| {
                    let name = name_of(stem);
                    let mut place = folders.to_vec();
                    place.push(name.clone());
                    Exchange { group, operation, ..Exchange::of(place.join("/"), name) }
                });
                bodies::add(exchange, ending, &text);
                return Ok(());
            }
            "txt" | "md" => {
                self.pages.push(PageText { file: path.to_owned(), text, group, operation });
                return Ok(());
            }
            _ => {
                return Err(InputError::new(
                    path,
                    None,
                    "is none of the samples that are known: expected a HAR (`.har`), command lines of curl, raw HTTP, or a text \
                     called `.url`, `.query`, `.form`, `.body`, `.xml`, `.json` or `.qs`; a page goes behind `--page`",
                ));
            }
        };
        for exchange in &mut found {
            exchange.group.clone_from(&group);
            exchange.operation.clone_from(&operation);
        }
        self.exchanges.extend(found);
        Ok(())
    }

    fn archive(&mut self, path: &Path, text: &str) -> Result<Vec<Exchange>, InputError> {
        let (exchanges, left_out) = har::read(path, text)?;
        let name = name_of(path);
        if left_out.assets > 0 {
            self.notes.push(format!(
                "{name}: {} pictures, pages, scripts and preflights left out",
                left_out.assets
            ));
        }
        if left_out.others > 0 {
            self.notes.push(format!(
                "{name}: {} exchanges with {} other hosts left out",
                left_out.others, left_out.hosts
            ));
        }
        Ok(exchanges)
    }
}

/// Whether a text in JSON is a HAR: what is first in it says so.
fn is_archive(text: &str) -> bool {
    let inside = text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{').unwrap_or_default();
    let inside = inside.trim_start().strip_prefix("\"log\"").unwrap_or_default();
    inside.trim_start().starts_with(':') && text.contains("\"entries\"")
}

fn unreadable(path: &Path, error: &std::io::Error) -> InputError {
    InputError::new(path, None, format!("cannot be read: {error}"))
}

fn read_text(path: &Path) -> Result<String, InputError> {
    let length = fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
    if length > LARGEST {
        return Err(InputError::new(
            path,
            None,
            format!("is too long: {length} bytes; at most {LARGEST} are read"),
        ));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count() + 1;
        InputError::new(path, Some(line), "is no text in UTF-8: convert it first")
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
