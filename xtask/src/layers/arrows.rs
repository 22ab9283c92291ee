//! Which file of a crate uses which other: a path leads to the file that defines what it names, through all re-exports.

use std::collections::BTreeMap;

use super::scan::{Module, Source};

/// One use of a file by another: the first that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) line: usize,
    /// As it is written.
    pub(super) path: String,
}

/// The files that each file uses.
pub(super) type Arrows = Vec<BTreeMap<usize, Arrow>>;

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
enum Target {
    Module(usize),
    /// Something that the file defines.
    Item(usize),
}

/// A module's name alone is no use of it, nor is its declaration: what is named by it is.
pub(super) fn arrows(source: &Source) -> Arrows {
    let mut arrows: Arrows = vec![BTreeMap::new(); source.files.len()];
    for (index, module) in source.modules.iter().enumerate() {
        let mut add = |target: Option<Target>, line: usize, path: &dyn Fn() -> String| {
            let Some(Target::Item(file)) = target else { return };
            if file == module.file {
                return;
            }
            let arrow = arrows[module.file].entry(file).or_insert_with(|| Arrow { line, path: path() });
            if line < arrow.line {
                *arrow = Arrow { line, path: path() };
            }
        };
        for path in &module.paths {
            let target = Resolver::new(source).path(index, &path.names);
            let target = target.filter(|target| !path.public || !is_below(source, *target, module));
            add(target, path.line, &|| path.names.join("::"));
        }
        for (word, line) in &module.words {
            let mut resolver = Resolver::new(source);
            if !module.globs.is_empty() && resolver.own(index, word, true).is_none() {
                add(resolver.globbed(index, word), *line, &|| word.clone());
            }
        }
        for (name, line) in &module.calls {
            add(textual(source, index, name), *line, &|| format!("{name}!"));
        }
    }
    arrows
}

/// Whether it belongs to a module of `module`: to hand on what is one's own is no use of it, as `mod` is none.
fn is_below(source: &Source, target: Target, module: &Module) -> bool {
    match target {
        Target::Item(file) => source.modules[source.files[file].1].path.starts_with(&module.path),
        Target::Module(_) => false,
    }
}

/// A macro is known in all modules that are declared behind it.
fn textual(source: &Source, module: usize, name: &str) -> Option<Target> {
    let mut around = Some(module);
    while let Some(module) = around.map(|index| &source.modules[index]) {
        if module.macros.contains(name) {
            return Some(Target::Item(module.file));
        }
        around = module.parent;
    }
    None
}

/// Follows one path.
struct Resolver<'s> {
    source: &'s Source,
    /// The names that are being looked up, so that globs and imports of one another come to an end.
    open: Vec<(usize, String, bool)>,
}

impl<'s> Resolver<'s> {
    fn new(source: &'s Source) -> Self {
        Self { source, open: Vec::new() }
    }

    /// What `names` leads to from `module`; `None` when that is another crate's, or nothing of a module.
    fn path(&mut self, module: usize, names: &[String]) -> Option<Target> {
        let mut here = module;
        let mut rest = names;
        let mut rooted = false;
        while let [first, behind @ ..] = rest {
            here = match first.as_str() {
                "crate" => 0,
                "self" => here,
                "super" => self.source.modules[here].parent?,
                _ => break,
            };
            (rest, rooted) = (behind, true);
        }
        while let [first, behind @ ..] = rest {
            match self.name(here, first, behind.is_empty()) {
                Some(Target::Module(module)) => here = module,
                // What follows is the item's own: a variant, a function.
                Some(item) => return Some(item),
                // It is another crate's, or a macro made it.
                None if rooted => return self.unseen(here, first),
                None => return None,
            }
            (rest, rooted) = (behind, true);
        }
        Some(Target::Module(here))
    }

    /// What a name of a module is. The `last` one of a path may be a function that is called as a module.
    fn name(&mut self, module: usize, name: &str, last: bool) -> Option<Target> {
        let key = (module, name.to_owned(), last);
        if self.open.contains(&key) {
            return None;
        }
        self.open.push(key);
        let found = self.own(module, name, last).or_else(|| self.globbed(module, name));
        self.open.pop();
        found
    }

    /// The same, but for what it imports whole.
    fn own(&mut self, index: usize, name: &str, last: bool) -> Option<Target> {
        let module = &self.source.modules[index];
        let child = module.children.get(name).map(|child| Target::Module(*child));
        if child.is_some() && !last {
            return child;
        }
        if module.items.contains(name) {
            return Some(Target::Item(module.file));
        }
        let mut imports = module.imports.get(name).into_iter().flatten();
        imports.find_map(|import| self.path(index, &import.names)).or(child)
    }

    fn globbed(&mut self, index: usize, name: &str) -> Option<Target> {
        self.source.modules[index].globs.iter().find_map(|glob| match self.path(index, &glob.names)? {
            Target::Module(module) => self.name(module, name, true),
            Target::Item(_) => None,
        })
    }

    /// A name that a module must have, though its text does not show it.
    fn unseen(&self, module: usize, name: &str) -> Option<Target> {
        let exported = self.source.exported.get(name).filter(|_| module == 0).copied();
        let imported = self.source.modules[module].imports.contains_key(name);
        let module = &self.source.modules[exported.unwrap_or(module)];
        // What it imports and nothing of the crate has is another crate's.
        (!imported).then_some(Target::Item(module.file))
    }
}
