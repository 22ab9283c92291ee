//! The arguments of a call: in lines, in lists, or in a table.

use super::lines::{Line, is_name};

/// An argument of a call, as a page has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Whether the page says that it is required, or optional.
    pub required: Option<bool>,
    /// What it is.
    pub doc: String,
    /// The values that it may have, where the page lists them.
    pub values: Vec<String>,
    /// What is meant when it is left out.
    pub default: Option<String>,
}

/// Which column of a table has what.
#[derive(Debug, Clone, Default)]
struct Columns {
    required: Option<usize>,
    optional: Option<usize>,
    doc: Option<usize>,
    default: Option<usize>,
}

/// Reads arguments line by line.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// How far the bullets of arguments are in.
    base: Option<usize>,
    columns: Option<Columns>,
    /// Whether values of the last argument are being listed.
    lists: bool,
    open: bool,
    all_required: bool,
}

/// Words that stand alone and are no arguments.
const NO_NAMES: &[&str] = &[
    "note", "notes", "the", "if", "see", "example", "returns", "result", "results", "none", "required",
    "optional",
];

impl Reader {
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    /// A row of a table whose heading was one of arguments.
    pub(super) fn row(&mut self, line: &Line<'_>, arguments: &mut Vec<Argument>) -> bool {
        let cells = line.cells();
        let Some(first) = cells.first().copied() else { return false };
        let heading =
            |words: &[&str], cell: &str| words.iter().any(|word| cell.to_lowercase().starts_with(word));
        if cells.len() > 1 && heading(&["param", "argument", "name", "field", "key"], first) {
            let find =
                |words: &[&str]| cells.iter().skip(1).position(|cell| heading(words, cell)).map(|at| at + 1);
            self.columns = Some(Columns {
                required: find(&["req", "mandatory"]),
                optional: find(&["optional"]),
                doc: find(&["desc", "comment", "note", "detail", "meaning"]),
                default: find(&["default"]),
            });
            return true;
        }
        let Some(columns) = &self.columns else { return false };
        if cells.iter().all(|cell| cell.chars().all(|sign| matches!(sign, '-' | ':' | ' '))) {
            return true;
        }
        let name = first.trim_matches(['`', '*']);
        if !is_name(name) {
            return false;
        }
        let cell =
            |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().filter(|cell| !cell.is_empty());
        let yes = |cell: &str| {
            ["y", "true", "req", "mandatory"].iter().any(|word| cell.to_lowercase().starts_with(word))
        };
        let required =
            cell(columns.required).map(yes).or_else(|| cell(columns.optional).map(|cell| !yes(cell)));
        arguments.push(Argument {
            name: name.to_owned(),
            required,
            doc: cell(columns.doc).or_else(|| cells.last().copied()).unwrap_or_default().to_owned(),
            values: Vec::new(),
            default: cell(columns.default).filter(|default| is_value(default)).map(str::to_owned),
        });
        true
    }

    pub(super) fn line(&mut self, line: &Line<'_>, arguments: &mut Vec<Argument>) {
        if line.text.contains('|') && self.row(line, arguments) {
            return;
        }
        if line.text.to_lowercase().contains("must contain the following") {
            self.all_required = true;
        }
        if let Some(mut argument) = self.begins(line) {
            if argument.required.is_none() && self.all_required {
                argument.required = Some(true);
            }
            self.lists = false;
            self.open = true;
            arguments.push(argument);
            return;
        }
        let Some(argument) = arguments.last_mut().filter(|_| self.open) else { return };
        let text = line.text.to_lowercase();
        let says_values =
            ["valid values", "possible values", "allowed values", "one of the following", "one of these"]
                .iter()
                .any(|words| text.contains(words));
        if let Some(default) = default_of(line.text) {
            argument.default = Some(default);
            if self.lists {
                self.lists = false;
                return;
            }
        }
        if says_values && text.ends_with([':', '.']) && text.contains("follow") {
            self.lists = true;
        } else if self.lists && is_value(line.text) {
            argument.values.push(line.text.to_owned());
        } else if !self.lists && argument.doc.len() < 600 {
            if !argument.doc.is_empty() {
                argument.doc.push(' ');
            }
            argument.doc.push_str(line.text);
        }
    }

    /// The argument that a line begins.
    fn begins(&mut self, line: &Line<'_>) -> Option<Argument> {
        let end = line
            .text
            .find(|sign: char| sign.is_whitespace() || matches!(sign, ':' | '('))
            .unwrap_or(line.text.len());
        let name = line.text.get(..end)?.trim_matches(['`', '*']);
        if !is_name(name) || NO_NAMES.contains(&name.to_lowercase().as_str()) {
            return None;
        }
        let mut rest = line.text.get(end..)?.trim_start();
        let mut required = None;
        if let Some(inside) = rest.strip_prefix('(')
            && let Some((mark, behind)) = inside.split_once(')')
        {
            let mark = mark.to_lowercase();
            required = if mark.contains("optional") {
                Some(false)
            } else if mark.contains("required") || mark.contains("mandatory") {
                Some(true)
            } else {
                None
            };
            if required.is_some() {
                rest = behind.trim_start();
            }
        }
        let separated = rest.trim_start_matches([':', '–', '—', '-', '\t']).trim_start();
        let has_separator = separated.len() < rest.len();
        let alone = rest.is_empty();
        let deeper = line.is_bullet && self.base.is_some_and(|base| line.indent > base);
        // While values are listed, a word alone is one of them.
        if deeper || (alone && self.lists && required.is_none() && !line.is_bullet && !name.contains('_')) {
            return None;
        }
        if !(required.is_some()
            || (has_separator && name.len() < 30)
            || (alone && (line.is_bullet || self.starts(line))))
        {
            return None;
        }
        if line.is_bullet {
            self.base.get_or_insert(line.indent);
        }
        Some(Argument { name: name.to_owned(), required, doc: separated.to_owned(), ..Argument::default() })
    }

    /// Whether a word alone on its line may be an argument: not where the page goes on with sentences.
    const fn starts(&self, line: &Line<'_>) -> bool {
        self.base.is_none() || line.is_bullet
    }
}

/// `The default is yes.`, `(default: en)`
fn default_of(text: &str) -> Option<String> {
    let at = text.to_lowercase().find("default")?;
    let rest = text.get(at + "default".len()..)?;
    let rest = rest
        .strip_prefix("s to ")
        .or_else(|| rest.strip_prefix(" is "))
        .or_else(|| rest.strip_prefix(": "))
        .or_else(|| rest.strip_prefix(" to "))?;
    let word = rest.split_whitespace().next()?.trim_matches(['"', '\'', '`', '.', ',', ')', '(']);
    (is_value(word) && !matches!(word, "the" | "a" | "an" | "to" | "that")).then(|| word.to_owned())
}

/// A word that may be a value.
fn is_value(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 30
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}
