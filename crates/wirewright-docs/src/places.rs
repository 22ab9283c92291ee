//! Where everything of a vendor is on the site.

use wirewright_codegen::{
    model::Vendor,
    plan::{
        context::Context,
        names::{Unique, of_file, plain},
        operations::Named,
    },
};

/// The file of a vendor's overview.
pub(crate) const OVERVIEW: &str = "index.html";
/// The file of its types.
pub(crate) const TYPES: &str = "types.html";

/// The files of a vendor's folder and the marks in them, each name once.
pub(crate) struct Places {
    /// The folder.
    pub(crate) folder: String,
    /// A file for each operation.
    pub(crate) operations: Vec<String>,
    /// The marks of types, in [`TYPES`].
    types: Vec<String>,
    /// The marks of errors in the overview, as those of the following.
    pub(crate) errors: Vec<String>,
    pub(crate) sessions: Vec<String>,
    pub(crate) computed: Vec<String>,
    pub(crate) groups: Vec<String>,
}

impl Places {
    pub(crate) fn new(context: &Context<'_>) -> Self {
        let vendor = context.vendor;
        let mut files = Unique::default();
        for taken in [OVERVIEW, TYPES] {
            files.take(taken.trim_end_matches(".html").to_owned());
        }
        let operations = context.operations.iter().map(|named| files.take(safe(&named.function)) + ".html");
        let operations = operations.collect();
        let marks = |what: &str, names: Vec<&str>| -> Vec<String> {
            let mut taken = Unique::default();
            names.into_iter().map(|name| taken.take(format!("{what}-{}", safe(name)))).collect()
        };
        Self {
            folder: safe(&vendor.package),
            operations,
            types: marks("type", vendor.types.iter().map(|one| plain(&one.name.rust)).collect()),
            errors: marks("error", vendor.errors.iter().map(|one| one.rust.as_str()).collect()),
            sessions: marks("session", vendor.sessions.iter().map(|one| one.name.as_str()).collect()),
            computed: marks("computed", vendor.computed.iter().map(|one| one.name.as_str()).collect()),
            groups: marks("group", vendor.groups.iter().map(|one| plain(&one.name.rust)).collect()),
        }
    }

    /// The mark of a type.
    pub(crate) fn type_mark(&self, index: usize) -> &str {
        self.types.get(index).map_or("", String::as_str)
    }

    /// The link to a type, from any page of the vendor.
    pub(crate) fn type_link(&self, index: usize) -> String {
        format!("{TYPES}#{}", self.type_mark(index))
    }

    /// The link to an error.
    pub(crate) fn error_link(&self, index: usize) -> String {
        format!("{OVERVIEW}#{}", self.errors[index])
    }

    /// The link to a computed value.
    pub(crate) fn computed_link(&self, index: usize) -> String {
        format!("{OVERVIEW}#{}", self.computed[index])
    }

    /// The link to an operation.
    pub(crate) fn operation_link(&self, context: &Context<'_>, named: &Named<'_>) -> &str {
        let index = context.operations.iter().position(|one| one.function == named.function);
        index.and_then(|index| self.operations.get(index)).map_or(OVERVIEW, String::as_str)
    }
}

/// A name in ASCII that needs no escape in a path or an address.
fn safe(name: &str) -> String {
    let sign = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || letter == '-' => letter,
        _ => '_',
    };
    of_file(&name.chars().map(sign).collect::<String>())
}

/// The name of a type as the definition has it.
pub(crate) fn type_name(vendor: &Vendor, index: usize) -> &str {
    vendor.types.get(index).map_or("", |one| one.name.wire.as_str())
}
