//! `#[derive(Wire)]`: one description of a type for every wire format.
//!
//! `parse` reads the item into the model of `ast`, `check` holds it against the rules, and one module for each form
//! of item writes the impls. Every fault goes to one `report`, so that all of an item's faults come at once.

mod ast;
mod attr;
mod check;
mod construct;
mod enumeration;
mod header;
mod member;
mod own;
mod parse;
mod report;
mod shape;
mod structure;
mod text;
mod tokens;
mod union;
mod vocabulary;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

use crate::{
    ast::{Body, Item},
    report::Report,
};

/// Derives the description of a type: its names and layout as data, and how its members reach the codecs.
///
/// It goes on structs, on newtypes (a tuple struct of one field is on the wire what the field is), on enums whose
/// variants are texts, and on enums whose variants hold payloads, which are tagged unions. The `wirewright` crate, which
/// exports this macro, has a worked example. Faults in the attributes are reported all at once.
///
/// # On a struct
///
/// | attribute | meaning |
/// |---|---|
/// | `root = "response"` | the XML root element's name; the type's name when not given |
/// | `json_root = "response"` | JSON wraps the object: `{"response": {...}}` |
/// | `namespace = "https://..."` | the XML namespace that the root declares when it is written |
/// | `rename_all = "camelCase"` | how members are spelled: also `PascalCase`, `snake_case`, `kebab-case`, `SCREAMING_SNAKE_CASE`, `lowercase` |
/// | `new` | a function `new` that takes what a value cannot do without, in the order of the fields: those that are neither an `Option` nor a list nor a map nor `default`, and what is said to be an `argument` or `required_in_requests`. More than four go in as a structure `...Required` |
/// | `setters` | a method `with_...` for each of the other fields |
/// | `crate = "path"` | where the runtime is; `::wirewright` when not given. On every form of item |
///
/// # On a member
///
/// | attribute | meaning |
/// |---|---|
/// | `name = "id"` | its name in every format |
/// | `xml = ".."`, `json = ".."`, `query = ".."` | its name in one format |
/// | `attribute` | an XML attribute of the structure's own element |
/// | `text` | the text of the structure's own element |
/// | `flatten` | a structure, map or union whose members are among these |
/// | `flatten_in = ["json"]` | the same in these formats only: in the others the structure is a member of its own |
/// | `only_in = ["xml"]` | the other formats do not have it: it is neither read nor written there |
/// | `rest` | a `Document` that keeps what no other member is, in the order it came, and is written behind the others |
/// | `beside` | it is in no document, and no format reads or writes it: a header of a reply, say, which whoever reads replies fills in |
/// | `required` | must be there, though its type could do without: a `Document`, which is then written even when it is empty |
/// | `required_in_requests` | a strict reader, that of a server, must find it, while a reply may be without: an `Option` or a list, and an argument of `new` |
/// | `default` | may be missing: the value is then the empty one (zero, `false`, `""`) |
/// | `argument` | a constructor by `new` takes it, though its type could do without |
/// | `also = ["ID"]` | other names, in every format, under which it is read as well; it is never written so |
/// | `absent = ["N/A", "0000-00-00"]` | texts that mean that the member is absent: of a list or a map, one that stands for all of it |
/// | `empty_is_absent` | the same as `absent = [""]`: an empty text, or an empty element; of an empty structure a query string then has nothing |
/// | `namespace = "urn:example"` | the XML namespace of its element or attribute, whatever prefix a document has for it; it is that of the structure's own element (of an attribute: none) when not given |
/// | `whole` | a list that the whole JSON text is, where that is an array: `[{...}]` |
/// | `first` | where it comes several times the first counts, where otherwise the last does; a structure is completed by what is said behind it, and a scalar that says two things is refused but by a forgiving reader |
/// | `lone` | a text that a forgiving reader finds in place of the structure is this member |
/// | `samples = ["1.16.1"]` | texts that made-up values of it have; without one it is left out of them |
/// | `range = "1..=5"` | the least and the greatest number: made-up values lie between them, and a strict reader refuses others |
/// | `boolean = "1/0"` | how true and false are written; `"1/"` leaves false out, `"presence"` writes true as an empty text and leaves false out |
/// | `list(item = "user")` | `<users><user/></users>` in XML, where the usual form repeats the member's own element |
/// | `list(joined = ",")` | one text, in every format |
/// | `list(numbered)`, `list(numbered = "member", first = 0)` | `Name.1` or `Name.member.0` in query strings, `Name1` with `numbered = ""`, `Name[1]` with `numbered = "[]"`; can be combined with `item` |
/// | `list(numbered = "", columns)` | the items are structures: in a query string each member of one stands by itself with the item's number behind its name, and the list's name is not there: `city1=Oslo&street1=..` |
/// | `list(required)` | at least one item: a list without any is neither read nor written |
/// | `list(always)` | beside `item`, `joined` or `numbered`: the element, the text, or the bare name in a query string is written even without items; with `required` it must be there, and may be empty. An `Option<Vec<_>>` tells a list without items from none |
/// | `list(empty_is_absent)` | an item that is an empty text is absent: the list is a `Vec<Option<_>>` |
/// | `map(entry = "e", key = "k", value = "v")` | `<map><e><k/><v/></e></map>`; what is not given is `entry`, `key`, `value` |
/// | `map(keyed)` | `<map><color>red</color></map>` |
/// | `map(keyed, between = "_")` | the same; in a query string `map_color=red`, where otherwise the separator of nested names is between |
/// | `map(flat, key = "k", value = "v")` | the member's own element once an entry |
/// | `map(empty_is_absent)` | a value that is an empty text is absent: the values are `Option<_>` |
///
/// A member is required unless its type is an `Option`, a list or a map, or an attribute says otherwise (`default`, or a
/// `boolean` that leaves false out).
///
/// A map is a `BTreeMap<String, V>`, or a `Vec<(String, V)>`: that one keeps the order of its entries, and every entry of a key
/// that comes more than once. In a `BTreeMap` a key that comes more than once is an error. Values that are not scalars are grouped by their keys in a query string, and sorted by them.
///
/// # On an enum of texts, and on its variants
///
/// | attribute | meaning |
/// |---|---|
/// | `rename_all = ".."` | as on a struct |
/// | `number` | the texts are integers, and JSON has them as numbers |
/// | on a variant: `name = "SUCCESS"` | its text; the variant's Rust name when not given |
/// | on a variant: `also = ["OK"]` | texts that it is read from as well; it is written as `name` |
/// | on a variant: `other` | `Other(String)` keeps a text that no variant has, exactly as it came |
///
/// # On a tagged union, and on its variants
///
/// | attribute | meaning |
/// |---|---|
/// | `tag = "type"` | the member that holds the tag; the payload's members are beside it |
/// | `tag = "type", content = "data"` | the payload is a member of its own |
/// | neither | the tag is the name of the payload's element or key |
/// | `union` | makes an enum a union where no variant holds anything |
/// | `rename_all = ".."` | as on a struct |
/// | on a variant: `name`, `also` | its tag, and other tags that it is read from |
/// | on a variant: `other` | `Other(String, Document)` keeps an unknown tag with its payload |
///
/// # How it is read
///
/// - Texts and tags are matched without the white space around them; an unknown text is kept with it.
/// - A member's Rust name is its wire name without `r#`; `rename_all` takes it apart at `_` and at capitals (`HTTPServer` is
///   `http_server`).
/// - An empty value, which a reader fills, is an enum's `other` variant, or the first; of a union without `other` it is the
///   first variant without a payload, or the first whose payload is not the union itself.
/// - Type parameters are bound by `ToWire` and `FromWire`; a lifetime is that of the input, from which `Cow<'_, str>` borrows.
/// - A type that holds itself does so through `Option<Box<..>>` or `Vec<..>`.
#[proc_macro_derive(Wire, attributes(wire))]
pub fn wire(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).into()
}

fn derive(input: &DeriveInput) -> TokenStream {
    let mut report = Report::default();
    let item = parse::item(input, &mut report);
    if let Some(item) = &item {
        check::check(item, &mut report);
    }
    match (report.into_compile_errors(), item) {
        (Some(faults), _) => faults,
        (None, Some(item)) => expand(&item),
        (None, None) => TokenStream::new(),
    }
}

fn expand(item: &Item<'_>) -> TokenStream {
    let impls = match &item.body {
        Body::Structure(structure) => structure::expand(item, structure),
        Body::Newtype(payload) => structure::expand_newtype(item, payload),
        Body::Texts(texts) => enumeration::expand(item, texts),
        Body::Union(union) => union::expand(item, union),
    };
    let made = match &item.body {
        Body::Structure(structure) => construct::expand(item, structure),
        Body::Newtype(_) | Body::Texts(_) | Body::Union(_) => TokenStream::new(),
    };
    let runtime = &item.runtime;
    quote! {
        #made
        #[allow(deprecated, reason = "a deprecated member is still on the wire")]
        const _: () = {
            use #runtime::wire as __wire;
            #impls
        };
    }
}
