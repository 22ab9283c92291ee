//! What inputs are made from: the vendors' examples as they are in the definitions, and samples of the types.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use wirewright::Format;
use wirewright_codegen::model::{ExampleRequest, FormatKind};

/// A part of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The parameters of a request.
    Request,
    /// The body of a reply.
    Reply(Format),
}

/// The files of each definition by name, by the vendor's name.
pub type Definitions = BTreeMap<String, Vec<(String, String)>>;

/// The vendors' definitions. Empty where the definitions are not at hand.
pub fn definitions() -> &'static Definitions {
    static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| read("../../protocol-defs"));
    &DEFINITIONS
}

/// Those that nobody offers, which have every word of the language.
pub(crate) fn golden_definitions() -> &'static Definitions {
    static DEFINITIONS: LazyLock<Definitions> =
        LazyLock::new(|| read("../wirewright-codegen/tests/golden/protocol-defs"));
    &DEFINITIONS
}

fn read(root: &str) -> Definitions {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let folders = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    let vendors = folders.filter(|folder| folder.is_dir()).map(|folder| {
        let files = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "toml"));
        let mut files: Vec<_> =
            files.filter_map(|file| Some((name(&file), fs::read_to_string(&file).ok()?))).collect();
        files.sort();
        (name(&folder), files)
    });
    vendors.collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Every example of the definitions.
pub(crate) fn examples() -> Vec<(Kind, String)> {
    let mut examples = Vec::new();
    for (vendor, files) in definitions() {
        let Ok(vendor) = wirewright_codegen::load_sources(vendor, files.clone()) else { continue };
        for example in vendor.operations().flat_map(|(_, operation)| &operation.examples) {
            match &example.request {
                Some(ExampleRequest::Form(text) | ExampleRequest::Query(text)) => {
                    examples.push((Kind::Request, text.clone()));
                }
                Some(ExampleRequest::Url(url) | ExampleRequest::Document { url, .. }) => {
                    let text = url.split_once('?').map_or("", |(_, text)| text);
                    examples.push((Kind::Request, text.to_owned()));
                }
                None => {}
            }
            for reply in &example.replies {
                let format = match reply.format {
                    FormatKind::Xml => Format::Xml,
                    FormatKind::Json => Format::Json,
                    FormatKind::Query => Format::Query,
                };
                examples.push((Kind::Reply(format), reply.text.clone()));
            }
        }
    }
    examples
}

/// The examples of one kind.
pub(crate) fn texts(kind: Kind) -> Vec<Vec<u8>> {
    examples().into_iter().filter(|(of, _)| *of == kind).map(|(_, text)| text.into_bytes()).collect()
}

/// The same few handfuls of bytes every time, for samples that are not all alike.
pub(crate) fn noise() -> impl Iterator<Item = Vec<u8>> {
    let mut random = fastrand::Rng::with_seed(7);
    (0..6).map(move |_| (0..160).map(|_| random.u8(..)).collect())
}
