//! A vendor as a module of somebody's crate: the same files, for a build script.

use super::{Form, GeneratedFile, sources};
use crate::model::Vendor;
use crate::naming::snake;
use crate::plan::{context::Context, names::plain};

/// What a vendor's module has beside the client: the choices that a crate has as features. All are off by default but `rows`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModuleFeatures {
    /// Replies and requests of rows as streams, where the vendor has any. The runtime needs its feature `rows`.
    pub rows: bool,
    /// serde's traits on the types. The runtime needs its feature `serde`.
    pub serde: bool,
    /// The vendor's side. The runtime needs its feature `server`.
    pub server: bool,
    /// The module `operations`, for tests and tools. The runtime needs its feature `testing`.
    pub testing: bool,
}

impl Default for ModuleFeatures {
    fn default() -> Self {
        Self { rows: true, serde: false, server: false, testing: false }
    }
}

/// Every file of a vendor's module. The first is the one to be included, wherever the module is to be: it is called as the module,
/// and all others are in a folder beside it.
///
/// `definition` says where the definition is, as people are told.
pub fn module(vendor: &Vendor, definition: &str, features: ModuleFeatures) -> Vec<GeneratedFile> {
    let context = &Context::new(vendor);
    let name = snake(&vendor.package);
    let folder = plain(&name).to_owned();
    let included = GeneratedFile {
        path: format!("{folder}.rs"),
        text: format!("// {}\n#[path = \"{folder}/lib.rs\"]\npub mod {name};\n", super::origin(definition)),
    };
    let inside = sources(context, &Form::Module(definition)).into_iter().map(|file| GeneratedFile {
        path: file.path.replacen("src", &folder, 1),
        text: chosen(&file.text, features),
    });
    [included].into_iter().chain(inside).collect()
}

/// The text without conditions on features, which are those of a vendor's crate and not of the crate that it is a module of.
fn chosen(text: &str, features: ModuleFeatures) -> String {
    let mut chosen = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let feature =
            line.trim_end().strip_prefix("#[cfg(feature = \"").and_then(|rest| rest.strip_suffix("\")]"));
        let is_on = feature.map(|feature| match feature {
            "rows" => features.rows,
            "serde" => features.serde,
            "server" => features.server,
            "testing" => features.testing,
            _ => false,
        });
        match is_on {
            // Nothing but tests and tools sees it.
            Some(false) => chosen.push_str("#[cfg(false)]\n"),
            Some(true) => {}
            None => chosen.push_str(line),
        }
    }
    chosen
}
