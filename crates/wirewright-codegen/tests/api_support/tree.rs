//! The files of a crate as modules.

use std::collections::{BTreeMap, HashMap};

use syn::{Attribute, Ident, Item};

use super::{
    items::{cfg, is_for_tests, is_public},
    macros::Macro,
};

/// An item: the path of its module, and where it is among the module's items.
pub(crate) type Id = (String, usize);

pub(crate) const MODULE_SEPARATOR: &str = "::";

/// The modules of a crate by their path, `call::client`. That of the crate itself is empty.
pub(crate) struct Crate {
    pub(super) modules: BTreeMap<String, Module>,
}

pub(super) struct Module {
    pub(super) items: Vec<Item>,
    pub(super) is_public: bool,
    /// On which conditions it is there.
    conditions: Vec<Attribute>,
}

impl Crate {
    /// Reads the files of a crate by their path in `src`.
    pub(crate) fn read(read: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut source = Self { modules: BTreeMap::new() };
        let items = parse("lib.rs", &read("lib.rs").expect("lib.rs"));
        source.add(read, "", "", Module { items, is_public: true, conditions: Vec::new() });
        source.expand();
        source
    }

    /// Adds a module, and those within. `folder` is where the files of those are.
    fn add(&mut self, read: &dyn Fn(&str) -> Option<String>, path: &str, folder: &str, mut added: Module) {
        for mut item in std::mem::take(&mut added.items) {
            if is_for_tests(&item) {
                continue;
            }
            if let Item::Mod(module) = &mut item {
                let name = module.ident.to_string();
                let name = name.trim_start_matches("r#");
                let items = match module.content.take() {
                    Some((_, items)) => items,
                    None => [format!("{folder}{name}.rs"), format!("{folder}{name}/mod.rs")]
                        .iter()
                        .find_map(|file| Some(parse(file, &read(file)?)))
                        .unwrap_or_else(|| panic!("no file of the module {path}::{name}")),
                };
                let inner = join(path, &module.ident);
                let (is_public, conditions) = (is_public(&module.vis), cfg(&module.attrs));
                self.add(read, &inner, &format!("{folder}{name}/"), Module { items, is_public, conditions });
            }
            added.items.push(item);
        }
        self.modules.insert(path.to_owned(), added);
    }

    /// Puts in place of each macro of the crate's own what it makes.
    fn expand(&mut self) {
        let items = self.modules.values().flat_map(|module| &module.items);
        let macros: HashMap<String, Macro> = items
            .filter_map(|item| match item {
                Item::Macro(item) => Some((item.ident.as_ref()?.to_string(), Macro::new(&item.mac))),
                _ => None,
            })
            .collect();
        for module in self.modules.values_mut() {
            let items = std::mem::take(&mut module.items).into_iter().flat_map(|item| match item {
                Item::Macro(call) if call.ident.is_none() => {
                    let name = call.mac.path.segments.last().expect("a name").ident.to_string();
                    // One of another crate is left out: what it makes is that crate's affair.
                    macros.get(&name).map_or_else(Vec::new, |called| called.expand(&call.mac.tokens))
                }
                item => vec![item],
            });
            module.items = items.collect();
        }
    }

    /// All items, each with its module.
    pub(super) fn items(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.modules.iter().flat_map(|(path, module)| module.items.iter().map(|item| (path.as_str(), item)))
    }

    pub(super) fn item(&self, id: &Id) -> &Item {
        &self.modules[&id.0].items[id.1]
    }

    /// On which conditions a module is there, with those that it is in.
    pub(super) fn conditions(&self, module: &str) -> Vec<Attribute> {
        let outer = module.rsplit_once(MODULE_SEPARATOR).map_or("", |(outer, _)| outer);
        let mut conditions = if module.is_empty() { Vec::new() } else { self.conditions(outer) };
        conditions.extend_from_slice(&self.modules[module].conditions);
        conditions
    }
}

fn parse(file: &str, text: &str) -> Vec<Item> {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}")).items
}

/// The path of a name in a module.
pub(super) fn join(module: &str, name: &Ident) -> String {
    if module.is_empty() { name.to_string() } else { format!("{module}{MODULE_SEPARATOR}{name}") }
}
