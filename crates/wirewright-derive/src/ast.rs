//! The item as this macro understands it.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, Generics, Type};

use crate::own::is_own_box;

/// The item that the macro is on.
pub(crate) struct Item<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// The path of the runtime crate.
    pub(crate) runtime: TokenStream,
    pub(crate) body: Body<'a>,
}

/// The forms of an item.
pub(crate) enum Body<'a> {
    Structure(Structure<'a>),
    Newtype(&'a Type),
    Texts(Texts<'a>),
    Union(Union<'a>),
}

/// A struct with named fields, or without any.
pub(crate) struct Structure<'a> {
    pub(crate) root: Name,
    pub(crate) json_root: Option<Name>,
    pub(crate) namespace: Option<Name>,
    pub(crate) members: Vec<Member<'a>>,
    /// Whether it gets a constructor.
    pub(crate) new: bool,
    pub(crate) setters: Setters,
}

impl<'a> Structure<'a> {
    /// The members that documents have.
    pub(crate) fn inside(&self) -> impl Iterator<Item = &Member<'a>> {
        self.members.iter().filter(|member| !member.beside)
    }

    /// Those that none has.
    pub(crate) fn beside(&self) -> impl Iterator<Item = &Member<'a>> {
        self.members.iter().filter(|member| member.beside)
    }
}

/// The methods that set a structure's members.
#[derive(PartialEq, Eq)]
pub(crate) enum Setters {
    None,
    /// On the structure itself.
    Own,
    /// On calls of a generated crate: of this request, or of the one that the structure is the body of.
    Call(Option<Ident>),
}

/// A named field.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own")]
pub(crate) struct Member<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) attributes: &'a [Attribute],
    /// Whether a constructor takes it whatever its type is.
    pub(crate) argument: bool,
    /// Whether a constructor leaves it out whatever its type is.
    pub(crate) default: bool,
    pub(crate) xml: Name,
    pub(crate) json: Name,
    pub(crate) query: Name,
    /// Other names under which it is read.
    pub(crate) also: Vec<Name>,
    pub(crate) place: MemberLocation,
    /// Whether it is in no document: a header of a reply, say.
    pub(crate) beside: bool,
    /// The formats in which its members are among the others, and those that have it: by their words.
    pub(crate) flat_in: Vec<String>,
    pub(crate) only_in: Vec<String>,
    /// Whether a reader may leave it out whatever its type is.
    pub(crate) may_be_missing: bool,
    /// Whether it must be there whatever its type is.
    pub(crate) required: bool,
    /// Whether requests always have it, though it may be absent.
    pub(crate) required_in_requests: bool,
    /// The texts that mean that it is absent.
    pub(crate) absent: Vec<String>,
    /// The XML namespace that it is in.
    pub(crate) namespace: Option<Name>,
    /// Whether the whole JSON text is this member, where it is an array.
    pub(crate) whole: bool,
    /// Whether the first counts where it comes several times.
    pub(crate) first: bool,
    /// Whether a text in place of the structure is this member.
    pub(crate) lone: bool,
    /// What samples of it are, where it says so.
    pub(crate) samples: Option<Vec<String>>,
    /// The least and the greatest value.
    pub(crate) range: Option<(f64, f64)>,
    pub(crate) boolean: Option<Booleans>,
    pub(crate) list: Option<ListForm>,
    pub(crate) map: Option<MapForm>,
}

/// Where a member is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MemberLocation {
    Element,
    Attribute,
    Text,
    Flatten,
    Rest,
}

/// The spellings of a boolean; `no` is `None` where false is left out.
pub(crate) struct Booleans {
    pub(crate) yes: String,
    pub(crate) no: Option<String>,
}

/// How the items of a list are numbered.
pub(crate) struct Numbered {
    pub(crate) infix: Option<String>,
    pub(crate) first: usize,
    /// Whether each member of an item has its number by itself.
    pub(crate) columns: bool,
}

/// How a list is laid out, where it says so.
pub(crate) struct ListForm {
    pub(crate) item: Option<Name>,
    pub(crate) joined: Option<String>,
    pub(crate) numbered: Option<Numbered>,
    /// Whether a reader must find it, with an item in it unless it is `always` there.
    pub(crate) required: bool,
    /// Whether what is around the items is written even without any.
    pub(crate) always: bool,
    /// Whether an item that is an empty text is absent.
    pub(crate) absent_items: bool,
}

/// How a map is laid out.
pub(crate) enum MapForm {
    Keyed { absent_values: bool, between: Option<String> },
    Entries { entry: Option<Name>, key: Name, value: Name, absent_values: bool },
}

/// An enum whose variants are texts.
pub(crate) struct Texts<'a> {
    pub(crate) variants: Vec<Variant<'a>>,
    /// The variant that keeps a text that no other one has.
    pub(crate) other: Option<&'a Ident>,
    /// Whether the texts are integers, and written as such where a format has numbers.
    pub(crate) number: bool,
}

/// An enum whose variants have payloads.
pub(crate) struct Union<'a> {
    pub(crate) variants: Vec<Variant<'a>>,
    /// The variant that keeps a tag that no other one has, with its payload.
    pub(crate) other: Option<&'a Ident>,
    pub(crate) tag: Option<Name>,
    pub(crate) content: Option<Name>,
}

impl<'a> Union<'a> {
    /// The known variant that an empty value is: the first without a payload, else the first whose payload is not the union itself.
    pub(crate) fn start(&self, own: &Ident) -> Option<&Variant<'a>> {
        self.variants.iter().find(|variant| variant.payload.is_none()).or_else(|| {
            self.variants
                .iter()
                .find(|variant| !variant.payload.is_some_and(|payload| is_own_box(own, payload)))
        })
    }
}

/// A variant that the wire knows.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) payload: Option<&'a Type>,
    /// What it is written as.
    pub(crate) text: Name,
    /// What it is read from as well.
    pub(crate) also: Vec<Name>,
}

impl Variant<'_> {
    /// Everything that it is read from.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.text).chain(&self.also)
    }
}

/// A name on the wire, and the token that gives it.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl From<&syn::LitStr> for Name {
    fn from(literal: &syn::LitStr) -> Self {
        Self { text: literal.value(), span: literal.span() }
    }
}
