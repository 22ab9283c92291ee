//! Types that are there twice, once with texts of their own and once with texts that borrow: both must read alike.

/// The same types with another type of text.
macro_rules! twins {
    ($module:ident, $doc:literal, [$($life:tt)*], $text:ty) => {
        #[doc = $doc]
        pub(crate) mod $module {
            use std::collections::BTreeMap;

            use wirewright::{Blob, Wire};

            use super::super::{Code, Word};

            /// Everything that the compact readers take.
            #[derive(Clone, Debug, PartialEq, Wire)]
            #[wire(root = "out", json_root = "out")]
            pub(crate) struct Page $($life)* {
                #[wire(attribute, name = "api_method")]
                method: $text,
                #[wire(attribute)]
                version: Option<u16>,
                rc: i32,
                nrows: Option<u64>,
                msg: Option<$text>,
                #[wire(name = "a-b.c")]
                dotted: Option<$text>,
                #[wire(empty_is_absent)]
                blank: Option<$text>,
                active: bool,
                #[wire(boolean = "1/0")]
                numeric: Option<bool>,
                #[wire(boolean = "presence")]
                kept: bool,
                #[wire(default)]
                weight: f64,
                word: Option<Word>,
                code: Option<Code>,
                bytes: Option<Blob>,
                #[wire(list(item = "tr"))]
                table: Vec<Row $($life)*>,
                row: Vec<Row $($life)*>,
                tag: Vec<$text>,
                maybe: Vec<Option<$text>>,
                #[wire(list(joined = ","))]
                joined: Vec<$text>,
                optional: Option<Vec<bool>>,
                label: Option<Label $($life)*>,
                inner: Option<Box<Page $($life)*>>,
            }

            /// One of many.
            #[derive(Clone, Debug, PartialEq, Wire)]
            #[wire(root = "tr")]
            pub(crate) struct Row $($life)* {
                id: i64,
                store: $text,
                price: Option<f64>,
                note: Option<$text>,
            }

            /// A text with an attribute.
            #[derive(Clone, Debug, PartialEq, Wire)]
            pub(crate) struct Label $($life)* {
                #[wire(attribute)]
                language: Option<$text>,
                #[wire(text)]
                text: Option<$text>,
            }

            /// Pairs, as a form has them.
            #[derive(Clone, Debug, PartialEq, Wire)]
            #[wire(root = "form", json_root = "form", rename_all = "camelCase")]
            pub(crate) struct Form $($life)* {
                status_code: u16,
                status_text: $text,
                #[wire(name = "openid.mode")]
                mode: Option<$text>,
                request_id: Option<u64>,
                tags: Vec<$text>,
                #[wire(json = "a\"", query = "a[]")]
                bracketed: Option<$text>,
                flag: Option<bool>,
            }

            /// What is left for the general readers: maps, a union, and what is among other members.
            #[derive(Clone, Debug, PartialEq, Wire)]
            #[wire(root = "rest")]
            pub(crate) struct Rest $($life)* {
                name: $text,
                #[wire(map(keyed))]
                keyed: BTreeMap<String, $text>,
                #[wire(map(flat, key = "name", value = "count"))]
                counts: BTreeMap<String, u32>,
                choice: Option<Choice $($life)*>,
                #[wire(flatten)]
                label: Option<Note $($life)*>,
                #[wire(flatten)]
                others: BTreeMap<String, $text>,
            }

            /// Stands among the members of another type.
            #[derive(Clone, Debug, PartialEq, Wire)]
            pub(crate) struct Note $($life)* {
                note: Option<$text>,
                size: Option<u32>,
            }

            /// A union that holds itself.
            #[derive(Clone, Debug, PartialEq, Wire)]
            #[wire(rename_all = "camelCase")]
            pub(crate) enum Choice $($life)* {
                /// With a structure.
                Row(Row $($life)*),
                /// With all of it again.
                Rest(Box<Rest $($life)*>),
                /// With nothing.
                Nothing,
            }
        }
    };
}

twins!(owned, "With texts of their own.", [], String);
twins!(borrowed, "With texts that borrow from the input.", [<'a>], std::borrow::Cow<'a, str>);
