//! The `use` items of a generated file, from the names that its text has.

use rustc_hash::FxHashSet;

use super::{
    names::{Context, plain},
    operations::is_importable,
    text::{Item, List, Text},
};

/// What generated code may name, and where it comes from. A name is imported by the files whose text has it as a word.
struct Import {
    path: &'static str,
    names: &'static [&'static str],
}

const STANDARD: &[Import] = &[
    Import { path: "std::borrow", names: &["Cow"] },
    Import { path: "std::collections", names: &["BTreeMap"] },
];

const RUNTIME: &[Import] = &[
    Import {
        path: "",
        names: &[
            "Blob",
            "CivilDate",
            "CivilTime",
            "ConstantTime",
            "DateTime",
            "DateTimeFormats",
            "DecodeError",
            "EncodeError",
            "File",
            "Format",
            "FormedText",
            "Limits",
            "Secret",
            "TextForms",
            "Wire",
            "json",
            "rows",
        ],
    },
    Import { path: "client", names: &["ClockSkew", "Config"] },
    Import {
        path: "describe",
        names: &[
            "AutoFill",
            "AutoFilled",
            "BodyDescription",
            "Class",
            "Content",
            "FormatDescription",
            "Groups",
            "MethodDescription",
            "Operation",
            "ParameterDescription",
            "ParameterLocation",
            "ParameterSource",
            "PlacedParameter",
            "Placement",
            "Protocol",
            "RawDescription",
            "ServerCondition",
            "SessionKind",
        ],
    },
    Import { path: "exchange", names: &["CallContext", "Nothing", "RawReply", "SessionContext"] },
    Import {
        path: "generated",
        names: &["self", "DescribedSession", "Opened", "Payload", "RawEnvelope", "Visitor"],
    },
    Import { path: "server", names: &["Incoming", "Rejection"] },
    Import { path: "session", names: &["SessionCloseError"] },
    Import {
        path: "sign",
        names: &["self", "BasePart", "BaseString", "EncodeSet", "ParameterOrder", "Signing", "TextEncoding"],
    },
    Import { path: "testing", names: &["self", "ExampleRequest", "Expected", "Sample", "SampleSession"] },
    Import { path: "wire", names: &["self", "Document", "Message", "OwnedMessage"] },
    Import { path: "zeroize", names: &["Zeroize"] },
];

const CRATE: &[&str] = &[
    "Answer",
    "CallOptions",
    "ClientParameters",
    "Error",
    "ErrorCode",
    "Failure",
    "FailureData",
    "PROTOCOL",
    "types",
];

/// The `use` items of a module of the crate, and then the module's items in `body`.
pub(super) fn imports(text: &mut Text, context: &Context<'_>, body: &str) {
    let words = Words::new(body);
    standard(text, &words);
    use_list(text, "wirewright", runtime(&words));
    let own = own(context, &words);
    if !own.is_empty() {
        text.blank();
    }
    use_list(text, "crate", own);
    text.append(body);
}

/// The same for a file that names nothing of the rest of its crate.
pub(super) fn runtime_imports(text: &mut Text, body: &str) {
    let words = Words::new(body);
    standard(text, &words);
    use_list(text, "wirewright", runtime(&words));
    text.append(body);
}

/// The same for a test file, which sees the crate from outside.
pub(super) fn test_imports(text: &mut Text, context: &Context<'_>, body: &str) {
    let words = Words::new(body);
    let package = context.crate_name();
    let mut own = own(context, &words);
    own.retain(|name| plain(name) != package);
    let mut lists = vec![(package, own), ("wirewright".to_owned(), runtime(&words))];
    if body.contains("proptest!") {
        lists.push(("proptest".to_owned(), vec!["collection".to_owned(), "prelude::*".to_owned()]));
    }
    lists.sort();
    for (path, names) in lists {
        use_list(text, &path, names);
    }
    text.append(body);
}

fn standard(text: &mut Text, words: &Words<'_>) {
    let mut any = false;
    for import in STANDARD {
        for name in import.names.iter().filter(|name| words.uses(name)) {
            text.line(format!("use {}::{name};", import.path));
            any = true;
        }
    }
    if any {
        text.blank();
    }
}

/// What is used of the crate that every generated one stands on.
fn runtime(words: &Words<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for import in RUNTIME {
        let used: Vec<&str> = import
            .names
            .iter()
            .copied()
            .filter(|name| match *name {
                "self" => words.modules.contains(import.path),
                name => words.uses(name),
            })
            .collect();
        match (import.path, used.as_slice()) {
            (_, []) => {}
            ("", used) => names.extend(used.iter().map(|name| (*name).to_owned())),
            (path, ["self"]) => names.push(path.to_owned()),
            (path, [name]) => names.push(format!("{path}::{name}")),
            (path, used) => names.push(format!("{path}::{{{}}}", used.join(", "))),
        }
    }
    names
}

/// What is used of the generated crate itself.
fn own(context: &Context<'_>, words: &Words<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        CRATE.iter().filter(|name| words.uses(name)).map(|name| (*name).to_owned()).collect();
    let envelopes = context.envelopes.iter().map(|variant| &variant.name);
    names.extend(envelopes.filter(|name| words.uses(name)).cloned());
    let of_kinds = context.kinds.iter().flat_map(|kind| [kind.parameters(), kind.state(), kind.constant()]);
    names.extend(of_kinds.filter(|name| words.uses(name)));
    let groups = context.vendor.groups.iter().map(|group| &group.name.rust);
    names.extend(groups.filter(|name| is_importable(name) && words.modules.contains(plain(name))).cloned());
    names
}

fn use_list(text: &mut Text, path: &str, mut names: Vec<String>) {
    names.sort_by(|left, right| plain(left).cmp(plain(right)));
    names.dedup();
    match names.as_slice() {
        [] => {}
        [name] => text.line(format!("use {path}::{name};")),
        _ => {
            let items = names.into_iter().map(|name| match name.split_once("::{") {
                Some((path, inner)) => {
                    let inner = inner.trim_end_matches('}').split(", ").map(Item::from);
                    Item::List(format!("{path}::"), List::braces(inner))
                }
                None => Item::Text(name),
            });
            text.list(&format!("use {path}::"), &List::braces(items), ";");
        }
    }
}

/// The identifiers of a generated text, without its comments and literals.
struct Words<'t> {
    /// Every identifier that no path leads to and that is not declared in the text itself.
    names: FxHashSet<&'t str>,
    /// Those that a path starts with.
    modules: FxHashSet<&'t str>,
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        let mut words = Self { names: FxHashSet::default(), modules: FxHashSet::default() };
        let mut declared = FxHashSet::default();
        let mut inside = Inside::default();
        for line in text.lines() {
            let code = line.trim_start();
            if code.starts_with("//") || inside.raw_literal(line) {
                continue;
            }
            // A variant is declared where it stands first on its line; what it holds is used.
            let variant = inside.enumeration(line) && !code.starts_with('#');
            let mut before = "";
            for (index, identifier) in identifiers(code).into_iter().enumerate() {
                let Identifier { word, raw, behind_path, before_path } = identifier;
                if matches!(before, "struct" | "enum" | "type" | "static" | "trait") {
                    if line.starts_with("pub ") {
                        declared.insert(word);
                    }
                } else if !(behind_path || variant && index == 0) {
                    words.names.insert(word);
                    if before_path {
                        words.modules.insert(word);
                    }
                }
                before = if raw { "" } else { word };
            }
        }
        words.names.retain(|word| !declared.contains(word));
        words
    }

    fn uses(&self, name: &str) -> bool {
        let module = name.starts_with(|first: char| first.is_ascii_lowercase());
        if module { self.modules.contains(name) } else { self.names.contains(name) }
    }
}

/// What the lines so far have opened and not closed.
#[derive(Default)]
struct Inside {
    /// The end of a raw literal of several lines.
    raw_literal: Option<String>,
    enumeration: bool,
}

impl Inside {
    /// Whether a line belongs to a raw literal that an earlier one opened.
    fn raw_literal(&mut self, line: &str) -> bool {
        if let Some(end) = &self.raw_literal {
            if line.contains(end.as_str()) {
                self.raw_literal = None;
            }
            return true;
        }
        if let Some((start, end)) = raw_literal(line)
            && !line[start..].contains(&end)
        {
            self.raw_literal = Some(end);
        }
        false
    }

    /// Whether a line stands in the declaration of an enumeration.
    fn enumeration(&mut self, line: &str) -> bool {
        let inside = self.enumeration && line != "}";
        self.enumeration = inside || line.starts_with("pub enum ") && line.ends_with('{');
        inside
    }
}

/// An identifier of generated code.
struct Identifier<'t> {
    /// Without its raw mark.
    word: &'t str,
    raw: bool,
    /// Whether `::` stands before it.
    behind_path: bool,
    /// Whether `::` stands behind it.
    before_path: bool,
}

/// Where the content of a line's raw literal begins, and what ends it.
fn raw_literal(line: &str) -> Option<(usize, String)> {
    // The only places that have one.
    let code = line.trim_start();
    let literal = code.strip_prefix("let sent = ").unwrap_or(code).strip_prefix('r')?;
    let start = line.len() - literal.len();
    let hashes = line[start..].chars().take_while(|&letter| letter == '#').count();
    line[start + hashes..].starts_with('"').then(|| (start + hashes + 1, format!("\"{}", "#".repeat(hashes))))
}

/// The identifiers of a line of code. What literals hold is left out.
fn identifiers(code: &str) -> Vec<Identifier<'_>> {
    let code = raw_literal(code).map_or(code, |(start, _)| &code[..start]);
    let mut found = Vec::new();
    for mut rest in outside_literals(code) {
        while let Some(start) = rest.bytes().position(is_identifier) {
            let (gap, behind) = rest.split_at(start);
            let raw = behind.starts_with("r#");
            let behind = behind.strip_prefix("r#").unwrap_or(behind);
            let end = behind.bytes().position(|byte| !is_identifier(byte));
            let (word, after) = behind.split_at(end.unwrap_or(behind.len()));
            rest = after;
            // A lifetime is no name.
            if !gap.ends_with('\'') {
                let (behind_path, before_path) = (gap.ends_with("::"), after.starts_with("::"));
                found.push(Identifier { word, raw, behind_path, before_path });
            }
        }
    }
    found
}

/// Whether a byte is part of an identifier. Outside of literals, generated code has other letters than ASCII's in names only.
const fn is_identifier(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The parts of a line that stand in no literal.
fn outside_literals(code: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut inside, mut escaped) = (0, false, false);
    for (index, byte) in code.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = inside,
            b'"' if inside => (start, inside) = (index + 1, false),
            b'"' => {
                parts.push(&code[start..index]);
                inside = true;
            }
            _ => {}
        }
    }
    if !inside {
        parts.push(&code[start..]);
    }
    parts
}
