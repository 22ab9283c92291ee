//! The public interface of a generated crate, for reviews: Rust without bodies, values, texts and whatever is private or hidden.
//!
//! It goes by lines and not by tokens: it reads nothing but what the emitter has laid out, where an item begins and ends at its own
//! indentation. So it costs no parser of Rust. A test holds it against one.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::emit::GeneratedFile;
use crate::threads;

/// The public interface of the crate that these files are.
///
/// What a private module has is shown in it where the crate exports it by name. What macros of the runtime make is not shown.
pub fn interface(files: &[GeneratedFile]) -> String {
    let sources = files.iter().filter_map(|file| Some((file.path.strip_prefix("src/")?, &*file.text)));
    let sources: HashMap<&str, &str> = sources.collect();
    let root = sources.get("lib.rs").copied().unwrap_or_default();
    let exported = exported(root);
    let shown = threads::each(&items(root, 0), |item| {
        let mut text = String::new();
        let Some(name) = item.module() else {
            item.show(&mut text, "", |_| true);
            return text;
        };
        let file = format!("{}.rs", name.trim_start_matches("r#"));
        let is_public = item.is_public() && !item.is_hidden();
        let mut inside = String::new();
        for inner in items(sources.get(&*file).copied().unwrap_or_default(), 0) {
            inner.show(&mut inside, INDENTATION, |name| is_public || exported.contains(&name));
        }
        // A page of documentation has none.
        if !inside.is_empty() {
            let visibility = if is_public { "pub " } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, "{}{visibility}mod {name} {{\n{inside}}}\n", item.kept_attributes(""));
        }
        text
    });
    let head = "// The public interface of the crate. It is generated, to be reviewed.\n";
    std::iter::once(head).chain(shown.iter().map(String::as_str)).collect()
}

const INDENTATION: &str = "    ";

/// The names in the crate's `pub use self::…`.
fn exported(root: &str) -> Vec<&str> {
    let uses = root.split("\npub use self::").skip(1).filter_map(|rest| rest.split(';').next());
    uses.flat_map(|names| names.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'))).collect()
}

/// An item, a member or a variant, with its lines.
struct Item<'t> {
    attributes: Vec<Vec<&'t str>>,
    lines: Vec<&'t str>,
    /// Of how many signs its indentation is.
    depth: usize,
}

/// What is at this indentation.
fn items(text: &str, depth: usize) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut attributes = Vec::new();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    while let Some(line) = lines.next() {
        let own = line.trim_start();
        // Comments, what closes the thing around, and the attributes of the whole file, whose inner lines are indented.
        if indentation(line) != depth || own.starts_with(['/', '}', ')']) || own.starts_with("#!") {
            continue;
        }
        let mut taken = vec![line];
        let ends: &[char] = if own.starts_with('#') { &[']'] } else { &['}', ';', ','] };
        loop {
            let closes = taken.last().is_some_and(|line| line.ends_with(ends));
            // What follows at the same indentation is another one, unless it closes this one.
            let is_last = lines.peek().is_none_or(|next| match indentation(next) {
                same if same == depth => !next.trim_start().starts_with(['}', ')', ']', '>']),
                other => other < depth,
            });
            if closes && is_last {
                break;
            }
            match lines.next() {
                Some(line) => taken.push(line),
                None => break,
            }
        }
        if own.starts_with('#') {
            attributes.push(taken);
        } else {
            items.push(Item { attributes: std::mem::take(&mut attributes), lines: taken, depth });
        }
    }
    items
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

impl<'t> Item<'t> {
    /// The first line without what is before it.
    fn head(&self) -> &'t str {
        self.lines.first().and_then(|line| line.get(self.depth..)).unwrap_or_default()
    }

    fn is_public(&self) -> bool {
        self.head().starts_with("pub ")
    }

    fn is_hidden(&self) -> bool {
        self.attributes.iter().any(|lines| lines.concat().contains("#[doc(hidden)]"))
    }

    /// What it is, without `pub`, `const` of a function and the like.
    fn kind(&self) -> &'t str {
        let mut words = self.head().trim_start_matches("pub ").split([' ', '<', '(']);
        match (words.next(), words.next()) {
            (Some("const" | "async" | "unsafe"), Some("fn")) => "fn",
            (kind, _) => kind.unwrap_or_default(),
        }
    }

    /// The name of a module that is in a file.
    fn module(&self) -> Option<&'t str> {
        self.head().trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')
    }

    /// The name of what is declared, or of the type that something is implemented for.
    fn name(&self) -> &'t str {
        let head = self.head();
        let declared = match self.kind() {
            "impl" => {
                let own = if head.starts_with("impl<") {
                    behind_parameters(head)
                } else {
                    head.trim_start_matches("impl ")
                };
                own.split_once(" for ").map_or(own, |(_, own)| own)
            }
            kind => head.split_once(kind).map_or("", |(_, rest)| rest.trim_start()),
        };
        declared.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).next().unwrap_or_default()
    }

    /// Conditions, derives and the like. Texts and the wire's names are for other snapshots.
    fn kept_attributes(&self, indentation: &str) -> String {
        let kept = self.attributes.iter().filter(|lines| {
            let text = lines.first().map_or("", |line| line.trim_start());
            ["#[cfg(", "#[derive(", "#[deprecated", "#[non_exhaustive]"]
                .iter()
                .any(|kept| text.starts_with(kept))
        });
        kept.flatten().fold(String::new(), |text, line| text + indentation + line + "\n")
    }

    /// Writes the item as its users see it, where they do; `is_reached` tells whether they can name what has this name.
    fn show(&self, text: &mut String, indentation: &str, is_reached: impl Fn(&str) -> bool) {
        let kind = self.kind();
        let is_seen = kind == "use" || is_reached(self.name());
        if self.is_hidden() || !is_seen || !(self.is_public() || kind == "impl") {
            return;
        }
        let Some(shown) = self.shown(kind) else { return };
        text.push_str(&self.kept_attributes(indentation));
        shown.lines().for_each(|line| {
            let _ = writeln!(text, "{indentation}{line}");
        });
    }

    /// Its lines without what is its own affair; `None` where nothing is left.
    fn shown(&self, kind: &str) -> Option<String> {
        let whole = || self.lines.join("\n");
        Some(match kind {
            "fn" => function(&whole()),
            "const" | "static" => value(&whole()),
            "struct" | "enum" | "trait" | "impl" => {
                let whole = whole();
                let Some((head, body)) = whole.split_once('{') else { return Some(whole) };
                let is_of_trait = kind == "impl" && head.contains(" for ");
                let inside = self.inside(body, kind, is_of_trait);
                if inside.is_empty() && kind == "impl" && !is_of_trait {
                    return None;
                }
                if inside.is_empty() {
                    format!("{head}{{}}")
                } else {
                    let close = " ".repeat(self.depth);
                    format!("{head}{{\n{inside}{close}}}")
                }
            }
            _ => whole(),
        })
    }

    /// The members that users see.
    fn inside(&self, body: &str, kind: &str, is_of_trait: bool) -> String {
        let mut text = String::new();
        for inner in items(body, self.depth + INDENTATION.len()) {
            let inner_kind = inner.kind();
            let is_seen = match kind {
                "impl" if is_of_trait => matches!(inner_kind, "const" | "type"),
                "impl" | "struct" => inner.is_public(),
                _ => true,
            };
            if !is_seen || inner.is_hidden() {
                continue;
            }
            text.push_str(&inner.kept_attributes(""));
            let whole = inner.lines.join("\n");
            text.push_str(&match inner_kind {
                "fn" if kind != "enum" => function(&whole),
                "const" if kind != "enum" => value(&whole),
                _ => whole,
            });
            text.push('\n');
        }
        text
    }
}

/// What is behind the parameters of `impl<…> `.
fn behind_parameters(head: &str) -> &str {
    let mut depth = 0_usize;
    for (at, sign) in head.char_indices() {
        match sign {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return head.get(at + 1..).unwrap_or_default().trim_start();
        }
    }
    head
}

/// A function without its body. Whether it changes what it was given is its own affair.
fn function(whole: &str) -> String {
    let whole = ["(", ", ", INDENTATION]
        .iter()
        .fold(whole.to_owned(), |text, before| text.replace(&format!("{before}mut "), before));
    whole.split_once('{').map_or_else(|| whole.clone(), |(head, _)| format!("{head}{{}}"))
}

/// A constant without its value.
fn value(whole: &str) -> String {
    whole.split_once(" =").map_or_else(|| whole.to_owned(), |(head, _)| format!("{head} = _;"))
}
