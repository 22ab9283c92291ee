//! The named types of a draft: structures, enumerations, and formats of moments.

use indexmap::{IndexMap, IndexSet};

use crate::shape::Shape;

/// A named type that is no structure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Named {
    Enumeration(IndexSet<String>),
    /// `datetime`, `date` or `time`, and its formats.
    Moment(String, IndexSet<String>),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Types {
    pub(crate) structures: IndexMap<String, Shape>,
    pub(crate) named: IndexMap<String, Named>,
}

/// Names that types cannot have in Rust, beside those of the language.
const RESERVED: &[&str] = &[
    "Answer",
    "Blob",
    "Box",
    "Call",
    "Client",
    "Clone",
    "Copy",
    "DateTime",
    "Debug",
    "Default",
    "Epoch",
    "Eq",
    "Err",
    "Failure",
    "File",
    "Fn",
    "From",
    "Future",
    "Hash",
    "In",
    "Into",
    "None",
    "Nothing",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Raw",
    "Reply",
    "Request",
    "Result",
    "S",
    "Scope",
    "Secret",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "T",
    "Vec",
    "Wire",
    "Zeroize",
];

/// How much of their members two structures of one name have in common if they are one type.
const ALIKE: f64 = 0.4;

impl Types {
    fn is_taken(&self, name: &str) -> bool {
        self.structures.contains_key(name) || self.named.contains_key(name) || RESERVED.contains(&name)
    }

    fn free(&self, base: &str) -> String {
        if !self.is_taken(base) {
            return base.to_owned();
        }
        let mut numbers = (2..).map(|number| format!("{base}{number}"));
        numbers.find(|name| !self.is_taken(name)).unwrap_or_default()
    }

    /// The type of a structure: the one that has its name and most of its members, or another.
    pub(crate) fn structure(&mut self, name: &str, shape: &Shape) -> String {
        let base = wirewright_codegen::pascal(name);
        let alike = self.structures.iter_mut().find(|(own, known)| {
            let rest = own.strip_prefix(base.as_str());
            rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
                && known.likeness(shape) >= ALIKE
        });
        if let Some((own, known)) = alike {
            known.merge(shape);
            return own.clone();
        }
        let name = self.free(&base);
        self.structures.insert(name.clone(), shape.clone());
        name
    }

    pub(crate) fn enumeration<'v>(&mut self, name: &str, values: impl Iterator<Item = &'v str>) -> String {
        let base = wirewright_codegen::pascal(name);
        let known = self.named.iter_mut().find_map(|(own, kind)| match kind {
            Named::Enumeration(known) if *own == base || *own == format!("{base}Kind") => {
                Some((own.clone(), known))
            }
            _ => None,
        });
        if let Some((own, known)) = known {
            known.extend(values.map(str::to_owned));
            return own;
        }
        let name = if self.is_taken(&base) { self.free(&format!("{base}Kind")) } else { base };
        self.named.insert(name.clone(), Named::Enumeration(values.map(str::to_owned).collect()));
        name
    }

    pub(crate) fn moment(&mut self, word: &str, formats: IndexSet<String>) -> String {
        for (name, kind) in &mut self.named {
            if let Named::Moment(own, known) = kind
                && own == word
                && known.intersection(&formats).next().is_some()
            {
                known.extend(formats);
                return name.clone();
            }
        }
        let base = match word {
            "date" => "Day",
            "time" => "TimeOfDay",
            _ => "Moment",
        };
        let name = self.free(base);
        self.named.insert(name.clone(), Named::Moment(word.to_owned(), formats));
        name
    }
}
