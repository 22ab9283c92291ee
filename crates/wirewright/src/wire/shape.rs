//! A type's description as data: what its members are called in each format, and how they are laid out.

/// The description of a structure, written once by `#[derive(Wire)]` and read by every codec.
///
/// A shape names its members but never the shapes of their types, so that recursive types can be described.
#[derive(Debug)]
pub struct Shape {
    /// The name of the XML root element.
    pub root: &'static str,
    /// The name of the JSON object's only member when the object is wrapped, as in `{"response": {...}}`.
    pub json_root: Option<&'static str>,
    /// The XML namespace that the root element declares when it is written; ignored on reading.
    pub namespace: Option<&'static str>,
    /// The members in the order of the wire.
    pub members: &'static [Member],
}

impl Shape {
    /// Whether a value of this shape may be built from nothing at all.
    pub fn all_optional(&self) -> bool {
        self.members.iter().all(|member| !member.required)
    }
}

/// One member of a structure.
#[derive(Debug)]
pub struct Member {
    /// What it is called in each format.
    pub names: Names,
    /// Where it stands in XML, and whether it has a name at all.
    pub place: Place,
    /// Whether a reader must find it. Known from the member's type: an `Option`, a list or a map is not required.
    pub required: bool,
    /// Whether an empty text means that the member is absent.
    pub empty_is_absent: bool,
    /// How a boolean is spelled, when not `true` and `false`.
    pub boolean: Option<&'static Booleans>,
    /// How a list is laid out.
    pub list: ListForm,
    /// How a map is laid out.
    pub map: MapForm,
}

impl Member {
    /// A required element of the same name in every format, with the usual list and map forms.
    pub const fn named(name: &'static str) -> Self {
        Self {
            names: Names { xml: name, json: name, query: name },
            place: Place::Element,
            required: true,
            empty_is_absent: false,
            boolean: None,
            list: ListForm::REPEATED,
            map: MapForm::WRAPPED,
        }
    }
}

/// A name in each format; mostly the same three times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// The local name of an element or attribute.
    pub xml: &'static str,
    /// The key in an object.
    pub json: &'static str,
    /// The key of a `name=value` pair.
    pub query: &'static str,
}

impl Names {
    /// The name in `format`.
    pub const fn of(&self, format: crate::Format) -> &'static str {
        match format {
            crate::Format::Xml => self.xml,
            crate::Format::Json => self.json,
            crate::Format::Query => self.query,
        }
    }
}

/// Where a member stands in XML. JSON and query strings know only `Element` and `Flatten`: attributes and text are members there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A child element.
    Element,
    /// An attribute of the structure's own element.
    Attribute,
    /// The text content of the structure's own element.
    Text,
    /// A structure (or map, or union) whose members stand among the members of this one.
    Flatten,
}

/// The two texts of a boolean. A reader takes every usual spelling and these; a writer writes these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booleans {
    /// What true is written as.
    pub yes: &'static str,
    /// What false is written as. `None`: false is written by leaving the member out.
    pub no: Option<&'static str>,
}

/// How the items of a list are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListForm {
    /// XML: `Some("user")` wraps the items, `<users><user/></users>`; `None` repeats the member's own element.
    pub item: Option<&'static str>,
    /// All formats: the items are one text, joined by this separator.
    pub joined: Option<&'static str>,
    /// Query string: how the items are numbered, if they are.
    pub numbered: Option<Numbered>,
}

impl ListForm {
    /// The member's element or key once an item; an array in JSON.
    pub const REPEATED: Self = Self { item: None, joined: None, numbered: None };
}

/// `Name.1`, `Name.member.1`, ...
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// What stands between the name and the number, without separators: `""` or `"member"`.
    pub infix: &'static str,
    /// The first number.
    pub first: usize,
}

/// How the entries of a map are laid out in XML and query strings; in JSON a map is an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapForm {
    /// The element of one entry; `None` repeats the member's own element once an entry.
    pub entry: Option<&'static str>,
    /// The element of an entry's key. Empty: the entry's element is named by the key, `<color>red</color>`.
    pub key: &'static str,
    /// The element of an entry's value; unused when `key` is empty.
    pub value: &'static str,
}

impl MapForm {
    /// `<map><entry><key/><value/></entry></map>`.
    pub const WRAPPED: Self = Self { entry: Some("entry"), key: "key", value: "value" };
    /// `<map><color>red</color></map>`: the key is the element's name.
    pub const KEYED: Self = Self { entry: None, key: "", value: "" };
}

/// The description of a tagged union.
#[derive(Debug)]
pub struct Tagging {
    /// The member that holds the tag. `None`: the variant's name is the element or key itself.
    pub tag: Option<Names>,
    /// The member that holds the payload. `None` with a tag: the payload's members stand beside the tag.
    pub content: Option<Names>,
    /// Every known tag, in the order of the declaration; a variant with other spellings has them behind its own.
    pub variants: &'static [&'static str],
}
