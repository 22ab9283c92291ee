//! A vendor as a module of somebody's crate: the same files, for a build script.

use super::{
    GeneratedFile,
    form::{Form, origin},
    sources,
};
use crate::model::Vendor;
use crate::naming::snake;
use crate::plan::{context::Context, names::plain};

/// What a vendor's module may have beside the client: the choices that a crate has as features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleFeature {
    /// Replies and requests of rows as streams, where the vendor has any. The runtime needs its feature `rows`.
    Rows,
    /// serde's traits on the types. The runtime needs its feature `serde`.
    Serde,
    /// The vendor's side. The runtime needs its feature `server`.
    Server,
    /// The module `operations`, for tests and tools. The runtime needs its feature `testing`.
    Testing,
}

impl ModuleFeature {
    /// What a crate calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Serde => "serde",
            Self::Server => "server",
            Self::Testing => "testing",
        }
    }
}

/// Every file of a vendor's module. The first is the one to be included, wherever the module is to be: it is called as the module,
/// and all others are in a folder beside it.
///
/// `definition` says where the definition is, as people are told.
pub fn module(vendor: &Vendor, definition: &str, features: &[ModuleFeature]) -> Vec<GeneratedFile> {
    let context = &Context::new(vendor);
    let name = snake(&vendor.package);
    let folder = plain(&name).to_owned();
    let included = GeneratedFile {
        path: format!("{folder}.rs"),
        text: format!("// {}\n#[path = \"{folder}/lib.rs\"]\npub mod {name};\n", origin(definition)),
    };
    let inside = sources(context, &Form::Module(definition), Vec::new()).into_iter().map(|file| {
        GeneratedFile { path: file.path.replacen("src", &folder, 1), text: chosen(&file.text, features) }
    });
    [included].into_iter().chain(inside).collect()
}

/// The text without conditions on features, which are those of a vendor's crate and not of the crate that it is a module of.
fn chosen(text: &str, features: &[ModuleFeature]) -> String {
    let mut chosen = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let feature =
            line.trim_end().strip_prefix("#[cfg(feature = \"").and_then(|rest| rest.strip_suffix("\")]"));
        let is_on = feature.map(|feature| features.iter().any(|chosen| chosen.name() == feature));
        match is_on {
            // Nothing but tests and tools sees it.
            Some(false) => chosen.push_str("#[cfg(false)]\n"),
            Some(true) => {}
            None => chosen.push_str(line),
        }
    }
    chosen
}
