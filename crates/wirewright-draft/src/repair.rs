//! Runs the real checks over a draft, and mends what they refuse.

use wirewright_codegen::{
    Diagnostic, Faults, Severity, check_sources, is_secret_name, model::Vendor, new::DefinitionFile,
};

use crate::{
    words::{About, Entry, File, Said, Table, Words},
    written::{Origin, write},
};

/// A draft that has no fault.
pub(crate) struct Repaired {
    pub(crate) files: Vec<File>,
    pub(crate) vendor: Vendor,
    /// What was refused, and what was done about it.
    pub(crate) mended: Vec<String>,
}

/// How often a draft is mended at most: each time something of it gets simpler or goes.
const MOST: usize = 200;

/// The text of each file, and the origins of its lines.
fn texts(files: &[File]) -> (Vec<DefinitionFile>, Vec<Vec<Option<Origin>>>) {
    files
        .iter()
        .map(|file| {
            let written = write(file);
            (DefinitionFile { name: file.name.clone(), text: written.text }, written.origins)
        })
        .unzip()
}

pub(crate) fn definition(files: &[File]) -> Vec<DefinitionFile> {
    texts(files).0
}

/// Mends a draft until the checks take it.
pub(crate) fn repair(package: &str, mut files: Vec<File>) -> Result<Repaired, Faults> {
    let mut mended = Vec::new();
    for _ in 0..MOST {
        let (definition, origins) = texts(&files);
        let checked = checked(package, &definition);
        if let Some(vendor) = checked.vendor {
            return Ok(Repaired { files, vendor, mended });
        }
        let before = files.clone();
        // What one fault is about may be gone with another: the places are those of this text.
        let mut faults: Vec<&Diagnostic> =
            checked.faults.diagnostics().iter().filter(|fault| fault.severity == Severity::Error).collect();
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.place));
        let mut gone: Vec<(usize, Origin)> = Vec::new();
        for fault in faults {
            let Some(at) = files.iter().position(|file| file.name == fault.file) else { continue };
            let line = fault.place.map_or(1, |place| place.line);
            let Some(origin) = origins.get(at).and_then(|lines| lines.get(line - 1).copied()).flatten()
            else {
                continue;
            };
            if gone.iter().any(|(file, (table, _))| *file == at && *table == origin.0) {
                continue;
            }
            if let Some(file) = files.get_mut(at) {
                mend(file, origin, fault);
                gone.push((at, origin));
                mended.push(format!("{}:{line}: {}: {}", fault.file, fault.code.text(), fault.message));
            }
        }
        for file in &mut files {
            file.tables.retain(|table| !is_empty(table));
        }
        files.retain(has_operation);
        ensure(&mut files);
        if files == before {
            return Err(checked.faults);
        }
    }
    let (definition, _) = texts(&files);
    let checked = checked(package, &definition);
    match checked.vendor {
        Some(vendor) => Ok(Repaired { files, vendor, mended }),
        None => Err(checked.faults),
    }
}

/// Puts back what no definition is without: a format, and an envelope that tells a failure and has a place for answers.
fn ensure(files: &mut [File]) {
    let Some(protocol) = files.iter_mut().find(|file| file.name == wirewright_codegen::PROTOCOL) else {
        return;
    };
    for name in ["formats", "envelope"] {
        if !protocol.tables.iter().any(|table| table.head == [name]) {
            let at = protocol.tables.len().min(1);
            protocol.tables.insert(at, Table::new(About::Members, &[name]));
        }
    }
    let errors = protocol.tables.iter().find(|table| table.head == ["errors"]);
    let numbers =
        errors.is_none_or(|table| table.entries.iter().all(|entry| entry.key.parse::<i64>().is_ok()));
    for table in &mut protocol.tables {
        let says = |entry: &Entry, word: &str| matches!(&entry.said, Said::Words(words) if words.is("is", word) || words.has(word));
        if table.head == ["formats"] && table.entries.is_empty() {
            table.words("json", Words::new().with("confidence", "low"), None);
        } else if table.head == ["envelope"] {
            let has = |word: &str| table.entries.iter().any(|entry| says(entry, word));
            let (verdict, data) = (has("status") || has("code") || has("tells"), has("data"));
            let within = |entry: &Entry, name: &str| matches!(&entry.said, Said::Words(words) if words.is("within", name));
            let free =
                |name: &str| !table.entries.iter().any(|entry| entry.key == name || within(entry, name));
            let name = ["code", "error_code", "draft_code"].into_iter().find(|name| free(name));
            if let Some(name) = name.filter(|_| !verdict) {
                let mut words =
                    Words::new().with("is", "code").with("on", "failure").with("confidence", "low");
                if numbers {
                    words.set("type", "integer");
                }
                table.words(name, words.with("assumption", "No sample shows how a call fails."), None);
            }
            if !data {
                table.entries.retain(|entry| entry.key != "*");
                table.words("*", Words::new().with("is", "data"), None);
            }
        }
    }
}

/// Whether anything is left of a group. The protocol is no group.
fn has_operation(file: &File) -> bool {
    let is_operation = |table: &Table| table.head.first().is_some_and(|name| name != "types");
    file.name == wirewright_codegen::PROTOCOL || file.tables.iter().any(is_operation)
}

/// A table of which nothing is left.
fn is_empty(table: &Table) -> bool {
    table.entries.is_empty() && !table.head.is_empty() && table.about != About::Head
}

/// Makes what a fault is about simpler, or removes it.
fn mend(file: &mut File, (table_at, entry_at): Origin, fault: &Diagnostic) {
    let code = fault.code.text();
    let Some(table) = file.tables.get_mut(table_at) else { return };
    let head = table.head.clone();
    match table.about {
        About::Example => {
            let keep = |entry: &Entry| !entry.key.starts_with("request") && !entry.key.starts_with("reply");
            match entry_at
                .filter(|at| table.entries.get(*at).is_some_and(|entry| !keep(entry) || entry.key == "error"))
            {
                Some(at) => drop(table.entries.remove(at)),
                None => table.entries.clear(),
            }
            if table.entries.iter().all(keep) {
                table.entries.clear();
            }
        }
        About::Type => {
            // The type, and its members or values.
            file.tables.retain(|other| !other.head.starts_with(&head) || other.head.len() < head.len());
        }
        About::Head => match entry_at {
            Some(at) => drop(table.entries.remove(at)),
            // The operation as a whole.
            None => file.tables.retain(|other| !other.head.starts_with(&head)),
        },
        About::Other => match entry_at {
            Some(at) => drop(table.entries.remove(at)),
            None => drop(file.tables.remove(table_at)),
        },
        About::Members => {
            let Some(at) = entry_at else {
                if code == "WW010" {
                    // The table is of a type that nothing uses.
                    let head = head.get(..2).unwrap_or(&head).to_vec();
                    file.tables.retain(|other| !other.head.starts_with(&head));
                } else if !matches!(head.first().map(String::as_str), Some("envelope" | "formats")) {
                    file.tables.remove(table_at);
                }
                return;
            };
            let taken: Vec<String> = table.entries.iter().map(rust_name).collect();
            if let Some(entry) = table.entries.get_mut(at)
                && simplify(entry, code, &taken)
            {
                return;
            }
            if at < table.entries.len() {
                table.entries.remove(at);
            }
        }
    }
}

fn rust_name(entry: &Entry) -> String {
    let named = match &entry.said {
        Said::Words(words) => words.text("name"),
        Said::Value(_) => None,
    };
    wirewright_codegen::snake(named.unwrap_or(&entry.key))
}

/// Makes a member simpler. `false`: it is as simple as it can be.
fn simplify(entry: &mut Entry, code: &str, taken: &[String]) -> bool {
    let key = entry.key.clone();
    let Said::Words(words) = &mut entry.said else { return false };
    match code {
        "WW011" if !words.has("secret") => {
            let is_text = words.text("type").is_none() && !words.has("is");
            words.set("secret", is_text);
            return true;
        }
        "WW042" | "WW040" if words.has("secret") => {
            if is_secret_name(&key) {
                words.set("secret", false);
            } else {
                words.remove("secret");
            }
            if !words.flag("secret") && code == "WW042" {
                return true;
            }
        }
        // Two of one name in Rust, or one that generated code needs.
        // Where another name was no help, it goes.
        "WW009" | "WW031"
            if words.text("name").is_some_and(|name| name.ends_with(|last: char| last.is_ascii_digit())) =>
        {
            return false;
        }
        "WW009" | "WW031" => {
            let is_variant = key.starts_with(char::is_uppercase) && words.has("class") || words.is_empty();
            let base = words.text("name").unwrap_or(&key).to_owned();
            let plain = wirewright_codegen::snake(&base);
            let plain = plain.trim_start_matches("r#");
            let mut free = (2..).map(|number| format!("{plain}_{number}"));
            let name = free.find(|name| !taken.contains(name)).unwrap_or_default();
            let name =
                if is_variant || words.has("class") { wirewright_codegen::pascal(&name) } else { name };
            words.set("name", name);
            return true;
        }
        _ => {}
    }
    // What a member is beyond its place goes first, then the member.
    let structural = [
        "from",
        "is",
        "within",
        "on",
        "success",
        "failure",
        "name",
        "class",
        "in",
        "doc",
        "confidence",
        "attribute",
        "text",
    ];
    let before = words.clone();
    let typed = words.has("list") || words.has("map") || words.has("type");
    if typed && !words.has("is") && !words.has("from") && !words.has("class") {
        words.retain(&["name", "doc", "within", "on", "in", "required"]);
        words.set("type", "any");
        words.set("confidence", "low");
        words.set("assumption", "What was drafted for it does not fit: it is kept as it comes.");
        if *words != before {
            return true;
        }
        return false;
    }
    words.retain(&structural);
    *words != before
}

/// Whether the checks find nothing wrong with files.
pub(crate) fn checked(package: &str, files: &[DefinitionFile]) -> wirewright_codegen::Checked {
    check_sources(package, files.iter().map(|file| (file.name.clone(), file.text.clone())).collect())
}
