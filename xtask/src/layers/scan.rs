//! What the source of a crate says of its modules: which there are, what each defines and imports, and the paths in it.
//!
//! Tokens are enough for that, and paths inside of macros are found as well: a full parser takes ten times as long to build.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

use crate::output::Failure;

/// A library or a program with all its modules; the first one is its root.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) modules: Vec<Module>,
    /// Each with the module that is all of it.
    pub(super) files: Vec<(PathBuf, usize)>,
    /// Macros that are at the root wherever they are, with their modules.
    pub(super) exported: BTreeMap<String, usize>,
}

/// A module: a file, or a part of one.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Its name from the root, which has none.
    pub(super) path: Vec<String>,
    pub(super) parent: Option<usize>,
    pub(super) file: usize,
    pub(super) children: BTreeMap<String, usize>,
    pub(super) items: BTreeSet<String>,
    /// Those that its modules have as well, by the order of the text.
    pub(super) macros: BTreeSet<String>,
    /// The names that `use` brings in; one name may be a type, a value and a macro.
    pub(super) imports: BTreeMap<String, Vec<Written>>,
    /// What is imported whole.
    pub(super) globs: Vec<Written>,
    /// Every path of more than one name, those of `use` among them.
    pub(super) paths: Vec<Written>,
    /// Names that stand alone, and where first: a glob may have brought them in.
    pub(super) words: BTreeMap<String, usize>,
    /// The macros that are called by their bare name, and where first.
    pub(super) calls: BTreeMap<String, usize>,
}

/// A path as it is written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) names: Vec<String>,
    pub(super) line: usize,
    /// Whether it hands on what it names: `pub use`.
    pub(super) public: bool,
}

/// Macros whose text is code of whichever crate it is written into.
const QUOTES: [&str; 3] = ["quote", "quote_spanned", "parse_quote"];

/// How a file is read; `None` when there is none.
pub(super) type Read<'r> = &'r dyn Fn(&Path) -> Option<String>;

impl Source {
    /// The crate whose root is the file `root`, and all files that belong to it.
    pub(super) fn new(root: &Path, read: Read<'_>) -> Result<Self, Failure> {
        let mut source = Self::default();
        let text = read(root).ok_or_else(|| format!("{} cannot be read", root.display()))?;
        let folder = root.parent().unwrap_or(Path::new("")).to_path_buf();
        source.file(root, &text, Module::default(), &folder, read)?;
        Ok(source)
    }

    fn file(
        &mut self,
        path: &Path,
        text: &str,
        module: Module,
        folder: &Path,
        read: Read<'_>,
    ) -> Result<(), Failure> {
        let tokens: TokenStream = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
        let index = self.modules.len();
        self.modules.push(Module { file: self.files.len(), ..module });
        self.files.push((path.to_path_buf(), index));
        Scanner { source: self, module: index, folder, read }.tokens(tokens, true)
    }
}

/// Reads the tokens of one module.
struct Scanner<'s> {
    source: &'s mut Source,
    module: usize,
    /// Where the files of its modules are.
    folder: &'s Path,
    read: Read<'s>,
}

impl Scanner<'_> {
    fn module(&mut self) -> &mut Module {
        &mut self.source.modules[self.module]
    }

    /// `top` is for the items of the module itself.
    fn tokens(&mut self, tokens: TokenStream, top: bool) -> Result<(), Failure> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut exported = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at = match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    let inner = usize::from(is_punct(tokens.get(at + 1), '!'));
                    match group(tokens.get(at + 1 + inner), Delimiter::Bracket) {
                        Some(attribute) if is_test(&attribute.stream()) => {
                            after_item(&tokens, at + 2 + inner)
                        }
                        Some(attribute) => {
                            exported |= word(attribute.stream().into_iter().next().as_ref(), "macro_export");
                            self.tokens(attribute.stream(), false)?;
                            at + 2 + inner
                        }
                        // `#name` of a `quote!` is no name of this crate.
                        None => at + 2,
                    }
                }
                TokenTree::Group(inner) => {
                    self.tokens(inner.stream(), false)?;
                    at + 1
                }
                TokenTree::Ident(name) => match name.to_string().as_str() {
                    "pub" if is_restriction(tokens.get(at + 1)) => at + 2,
                    // Not `impl Trait + use<>`.
                    "use" if !is_punct(tokens.get(at + 1), '<') => {
                        let end =
                            at + tokens[at..].iter().take_while(|token| !is_punct(Some(token), ';')).count();
                        self.import(&tokens[at + 1..end], &[], is_public(&tokens[..at]));
                        end + 1
                    }
                    "mod" if top => self.declaration(&tokens, at)?,
                    "macro_rules" if is_punct(tokens.get(at + 1), '!') => {
                        self.macro_rules(tokens.get(at + 2), std::mem::take(&mut exported));
                        at + 3
                    }
                    "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" if top => {
                        if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                            self.module().items.insert(name.to_string());
                        }
                        at + 1
                    }
                    _ => self.path(&tokens, at, name),
                },
                _ => at + 1,
            };
        }
        Ok(())
    }

    /// `mod name;` or `mod name { … }`; the place behind it.
    fn declaration(&mut self, tokens: &[TokenTree], at: usize) -> Result<usize, Failure> {
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else { return Ok(at + 1) };
        let name = name.to_string();
        let body = group(tokens.get(at + 2), Delimiter::Brace);
        let parent = self.module();
        let path = parent.path.iter().chain([&name]).cloned().collect();
        let module =
            Module { path, parent: Some(self.module), file: self.module().file, ..Module::default() };
        let index = self.source.modules.len();
        self.module().children.insert(name.clone(), index);
        let folder = self.folder.join(&name);
        if let Some(body) = body {
            self.source.modules.push(module);
            let mut inner = Scanner { source: self.source, module: index, folder: &folder, read: self.read };
            inner.tokens(body.stream(), true)?;
            return Ok(at + 3);
        }
        let files = [folder.with_extension("rs"), folder.join("mod.rs")];
        let found = files.iter().find_map(|file| Some((file, (self.read)(file)?)));
        let (file, text) =
            found.ok_or_else(|| format!("module `{name}` is in neither of {}", shown(&files)))?;
        self.source.file(file, &text, module, &folder, self.read)?;
        Ok(at + 3)
    }

    fn macro_rules(&mut self, name: Option<&TokenTree>, exported: bool) {
        let Some(TokenTree::Ident(name)) = name else { return };
        let (name, module) = (name.to_string(), self.module);
        if exported {
            self.source.exported.insert(name.clone(), module);
        }
        self.module().items.insert(name.clone());
        self.module().macros.insert(name);
    }

    /// One tree of a `use`, behind the names that it is in.
    fn import(&mut self, tree: &[TokenTree], before: &[String], public: bool) {
        let mut names = before.to_vec();
        let mut line = 0;
        let mut renamed = None;
        let mut rest = tree;
        while let [token, behind @ ..] = rest {
            rest = behind;
            match token {
                // `::name` is another crate's.
                TokenTree::Punct(_) if names.is_empty() => return,
                TokenTree::Punct(mark) if mark.as_char() == '*' => {
                    line = mark.span().start().line;
                    return self.module().globs.push(Written { names, line, public });
                }
                TokenTree::Ident(name) if name == "as" => {
                    renamed = behind.first().map(ToString::to_string);
                    break;
                }
                TokenTree::Ident(name) => {
                    line = name.span().start().line;
                    names.push(name.to_string());
                }
                TokenTree::Group(inner) => {
                    let inner: Vec<TokenTree> = inner.stream().into_iter().collect();
                    for tree in inner.split(|token| is_punct(Some(token), ',')) {
                        self.import(tree, &names, public);
                    }
                    return;
                }
                _ => {}
            }
        }
        if names.len() > 1 && names.last().is_some_and(|last| last == "self") {
            names.pop();
        }
        let Some(last) = names.last() else { return };
        let name = renamed.unwrap_or_else(|| last.clone());
        let written = Written { names, line, public };
        self.module().paths.push(written.clone());
        self.module().imports.entry(name).or_default().push(written);
    }

    /// The path that starts with `first`; the place behind it.
    fn path(&mut self, tokens: &[TokenTree], at: usize, first: &Ident) -> usize {
        let line = first.span().start().line;
        let mut names = vec![first.to_string()];
        let mut end = at + 1;
        while is_punct(tokens.get(end), ':') && is_punct(tokens.get(end + 1), ':') {
            let Some(TokenTree::Ident(name)) = tokens.get(end + 2) else { break };
            names.push(name.to_string());
            end += 3;
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        // `::name`, `<T>::name`, `$name`, `.name`
        let elsewhere = is_joint_colon(at.checked_sub(2).and_then(|before| tokens.get(before)))
            && is_punct(before, ':')
            || is_punct(before, '$') && first != "crate"
            || is_punct(before, '.');
        if elsewhere {
            return end;
        }
        if names.len() > 1 {
            self.module().paths.push(Written { names, line, public: false });
            return end;
        }
        let name = names.remove(0);
        // What a macro of `quote` holds is written into another crate.
        if QUOTES.contains(&&*name) && is_punct(tokens.get(end), '!') {
            return end + 2;
        }
        if is_punct(tokens.get(end), '!') && matches!(tokens.get(end + 1), Some(TokenTree::Group(_))) {
            self.module().calls.entry(name.clone()).or_insert(line);
        }
        self.module().words.entry(name).or_insert(line);
        end
    }
}

/// `cfg(test)`, or `cfg(all(test, …))`: what is only there in tests.
fn is_test(attribute: &TokenStream) -> bool {
    fn is_only_test(condition: &[TokenTree]) -> bool {
        match condition {
            [only] => word(Some(only), "test"),
            [all, TokenTree::Group(inner)] if word(Some(all), "all") => {
                let inner: Vec<TokenTree> = inner.stream().into_iter().collect();
                inner.split(|token| is_punct(Some(token), ',')).any(is_only_test)
            }
            _ => false,
        }
    }
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    match &tokens[..] {
        [cfg, TokenTree::Group(condition)] if word(Some(cfg), "cfg") => {
            is_only_test(&condition.stream().into_iter().collect::<Vec<_>>())
        }
        _ => false,
    }
}

/// The place behind the item, field or variant that starts at `at`.
fn after_item(tokens: &[TokenTree], at: usize) -> usize {
    let is_item = tokens[at..].iter().take_while(|token| matches!(token, TokenTree::Ident(_))).any(|token| {
        [
            "fn",
            "use",
            "mod",
            "impl",
            "struct",
            "enum",
            "trait",
            "type",
            "const",
            "static",
            "let",
            "macro_rules",
        ]
        .iter()
        .any(|keyword| word(Some(token), keyword))
    });
    let ends = |token: &TokenTree| {
        is_punct(Some(token), ';')
            || !is_item && is_punct(Some(token), ',')
            || group(Some(token), Delimiter::Brace).is_some()
    };
    let length = tokens[at..].iter().position(ends);
    length.map_or(tokens.len(), |length| at + length + 1)
}

/// Whether what comes behind these tokens is handed on: `pub use`, `pub(super) use`.
fn is_public(before: &[TokenTree]) -> bool {
    match before {
        [.., public, restriction] if is_restriction(Some(restriction)) => word(Some(public), "pub"),
        [.., public] => word(Some(public), "pub"),
        [] => false,
    }
}

/// `(crate)` or `(in crate::wire)` behind `pub`.
fn is_restriction(token: Option<&TokenTree>) -> bool {
    let Some(group) = group(token, Delimiter::Parenthesis) else { return false };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match &tokens[..] {
        [only] => ["crate", "super", "self"].iter().any(|name| word(Some(only), name)),
        [first, ..] => word(Some(first), "in"),
        [] => false,
    }
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

fn is_joint_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

fn word(token: Option<&TokenTree>, name: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == name)
}

fn shown(files: &[PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
}
