//! A type's description as data: what its members are called in each format, and how they are laid out.

/// [`Shape::PADDING`] as a literal, for the derive to put behind a type's literals with `concat!`: a constant cannot be there.
#[doc(hidden)]
#[macro_export]
macro_rules! __padding {
    () => {
        "                                "
    };
}
#[doc(hidden)]
pub use crate::__padding as padding;

/// The description of a structure, written once by `#[derive(Wire)]` and read by every codec.
///
/// A shape names its members but never the shapes of their types, so that recursive types can be described. All the text of
/// a type lies in [one string](Self::literals) and its members point into it by offsets: a pointer to a text costs more in a
/// program that can be loaded anywhere than the text itself.
#[derive(Debug)]
pub struct Shape {
    /// The name of the XML root element.
    pub root: &'static str,
    /// The name of the JSON object's only member when the object is wrapped, as in `{"response": {...}}`.
    pub json_root: Option<&'static str>,
    /// The XML namespace that the root element declares when it is written; ignored on reading.
    pub namespace: Option<&'static str>,
    /// The members' names as they are on the wire: first `<a></a><b></b>` for all members, then `","a":"&a=` for each,
    /// then [`PADDING`](Self::PADDING).
    pub literals: &'static str,
    /// The members in the order of the wire.
    pub members: &'static [MemberData],
    /// What the members have that most have not: a sum of [`ATTRIBUTES`](Self::ATTRIBUTES), [`TEXT`](Self::TEXT),
    /// [`FLATTENED`](Self::FLATTENED), [`REST`](Self::REST), [`NAMESPACES`](Self::NAMESPACES), [`WHOLE`](Self::WHOLE) and
    /// [`VARYING`](Self::VARYING).
    pub places: u8,
}

impl Shape {
    /// Some member is an XML attribute.
    pub const ATTRIBUTES: u8 = 1;
    /// Some member is its element's text.
    pub const TEXT: u8 = 2;
    /// Some member is among the members of this structure.
    pub const FLATTENED: u8 = 4;
    /// Some member keeps what is not described.
    pub const REST: u8 = 8;
    /// Some member is in an XML namespace of its own.
    pub const NAMESPACES: u8 = 16;
    /// Some member is the whole JSON text where that is an array.
    pub const WHOLE: u8 = 32;
    /// Some member is elsewhere in some formats: among the members of this structure, or nowhere.
    pub const VARYING: u8 = 64;
    /// What ends the literals, so that a fixed number of bytes can be read at each: it is quicker to read some and look at
    /// a part than to read just that part.
    pub const PADDING: &'static str = padding!();

    /// Whether a value of this shape may be built from nothing at all.
    pub fn all_optional(&self) -> bool {
        self.members.iter().all(|member| !member.required)
    }

    /// Whether what is under a name in a document means nothing to this structure, whatever it is.
    pub(crate) fn skips(&'static self, format: crate::Format, name: &str) -> bool {
        let takes_more = Self::FLATTENED | Self::REST | Self::WHOLE | Self::VARYING;
        self.places & takes_more == 0 && !self.members().any(|member| member.is_named(format, name))
    }

    /// Member `index`, which is less than `members.len()`.
    pub const fn member(&'static self, index: usize) -> Member {
        Member { shape: self, data: &self.members[index] }
    }

    /// The members with their names, in the order of the wire.
    pub fn members(&'static self) -> impl ExactSizeIterator<Item = Member> {
        self.members.iter().map(move |data| Member { shape: self, data })
    }
}

/// One member of a structure, as it is in the table of a [`Shape`].
#[derive(Debug)]
pub struct MemberData {
    /// Where its part of the shape's literals starts, in bytes: `<a></a>` for XML, `","a":"` for JSON, `&a=` for query strings.
    pub at: [u32; 3],
    /// How long its name is in each of them, in bytes, as it is written there.
    pub length: [u16; 3],
    /// Where it is in XML, and whether it has a name at all.
    pub place: MemberLocation,
    /// Whether a reader must find it. Known from the member's type: an `Option`, a list or a map is not required.
    pub required: bool,
    /// Whether its value must not be seen. Known from the member's type.
    pub secret: bool,
    /// What is not usual about it. `None` for most members.
    pub details: Option<&'static Details>,
}

/// What is not usual about a member.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to another question")]
pub struct Details {
    /// Its names, unless they are in the literals as they are and the one of query strings is made of ASCII letters, digits,
    /// `_`, `-` and `*`.
    pub names: Option<Names>,
    /// Other names, in every format, under which it is read and never written.
    pub also: &'static [&'static str],
    /// The XML namespace that its element or attribute is in. `None`: that of the element around it, or none, or, where no
    /// other candidate is there, one that no member of the structure names.
    pub namespace: Option<&'static str>,
    /// Whether the whole JSON text is this member, where it is an array and no object.
    pub whole: bool,
    /// The formats in which its members are among the members of the structure.
    pub flat_in: Formats,
    /// The formats that have it.
    pub only_in: Formats,
    /// The texts that mean that the member is absent: `&[""]` for an empty one.
    pub absent: &'static [&'static str],
    /// Whether the first counts where it is given several times; otherwise the last does. A scalar that says two things is
    /// refused, but by a forgiving reader.
    pub first: bool,
    /// Whether a text in place of the structure is this member, for a forgiving reader.
    pub lone: bool,
    /// Texts that made-up values of it have. `None`: any; without one, it is left out of what is made up.
    pub samples: Option<&'static [&'static str]>,
    /// The least and the greatest number that it may be.
    pub range: Option<[f64; 2]>,
    /// Whether a strict reader, that of a server, must find it, though it may be absent: callers have to send what a reply may leave out.
    pub required_in_requests: bool,
    /// How a boolean is spelled, when not `true` and `false`.
    pub boolean: Option<Booleans>,
    /// How a list is laid out.
    pub list: ListForm,
    /// How a map is laid out.
    pub map: MapForm,
}

impl Details {
    /// What most members have.
    pub const USUAL: Self = Self {
        names: None,
        also: &[],
        namespace: None,
        whole: false,
        flat_in: Formats::NONE,
        only_in: Formats::ALL,
        absent: &[],
        first: false,
        lone: false,
        samples: None,
        range: None,
        required_in_requests: false,
        boolean: None,
        list: ListForm::REPEATED,
        map: MapForm::WRAPPED,
    };
}

impl MemberData {
    /// What is said of it beyond its name and place.
    pub const fn details(&self) -> &'static Details {
        match self.details {
            Some(details) => details,
            None => &Details::USUAL,
        }
    }
}

/// One member of a structure, with the shape that holds its names.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    shape: &'static Shape,
    data: &'static MemberData,
}

impl Member {
    /// Whether it is a member of this very shape.
    pub(crate) fn is_of(self, shape: &'static Shape) -> bool {
        std::ptr::eq(self.shape, shape)
    }

    /// The local name of its element or attribute.
    pub fn xml(self) -> &'static str {
        self.name(crate::Format::Xml)
    }

    /// Its key in an object.
    pub fn json(self) -> &'static str {
        self.name(crate::Format::Json)
    }

    /// Its key in a `name=value` pair.
    pub fn query(self) -> &'static str {
        self.name(crate::Format::Query)
    }

    /// What it is called in a format.
    pub fn name(self, format: crate::Format) -> &'static str {
        if let Some(names) = &self.data.details().names {
            return names.of(format);
        }
        // A name starts behind `<`, `","` or `&`.
        let (index, before) = match format {
            crate::Format::Xml => (0, 1),
            crate::Format::Json => (1, 3),
            crate::Format::Query => (2, 1),
        };
        let start = self.data.at[index] as usize + before;
        self.shape.literals.get(start..start + usize::from(self.data.length[index])).unwrap_or_default()
    }

    /// Other names, in every format, under which it is read and never written.
    pub const fn also(self) -> &'static [&'static str] {
        self.data.details().also
    }

    /// Whether this is its name in a format, the one that is written or one that is read as well.
    pub fn is_named(self, format: crate::Format, name: &str) -> bool {
        self.name(format) == name || self.also().contains(&name)
    }

    /// The number behind the name of a list that is numbered so in query strings: 2 of `name2` or `name[2]`.
    pub(crate) fn number_behind(self, name: &str) -> Option<u64> {
        let numbered = self.list().numbered.filter(|numbered| numbered.is_behind() && !numbered.columns)?;
        self.query_names().find_map(|own| numbered.number(name.strip_prefix(own)?))
    }

    /// The key in the name of an entry of a map whose entries are named so in query strings: `x` of `name_x`.
    pub(crate) fn key_behind(self, name: &str) -> Option<&str> {
        let between = self.map().between?;
        self.query_names().find_map(|own| name.strip_prefix(own)?.strip_prefix(between))
    }

    /// The names under which it is read in a query string.
    fn query_names(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.query()).chain(self.also().iter().copied())
    }

    /// Whether a pair of a query string may be a part of it though it has another name: an item, an entry or a column.
    pub(crate) fn is_spread(self, name: &str) -> bool {
        self.number_behind(name).is_some()
            || self.key_behind(name).is_some()
            || self.columns().is_some_and(|numbered| numbered.split(name).is_some())
    }

    /// How the items are numbered, if each of their members has its number by itself in query strings.
    pub(crate) fn columns(self) -> Option<Numbered> {
        self.list().numbered.filter(|numbered| numbered.columns)
    }

    /// Where it is in XML, and whether it has a name at all, as it is in formats that say nothing else.
    pub const fn place(self) -> MemberLocation {
        self.data.place
    }

    /// Where it is in a format.
    pub const fn place_in(self, format: crate::Format) -> MemberLocation {
        match self.data.details {
            Some(details) if details.flat_in.has(format) => MemberLocation::Flatten,
            Some(details) if !details.only_in.has(format) => MemberLocation::Nowhere,
            _ => self.data.place,
        }
    }

    /// Whether its members are among those of the structure, in some format.
    #[cfg(feature = "testing")]
    pub(crate) fn is_flat_somewhere(self) -> bool {
        self.data.place.is_flat() || self.data.details().flat_in != Formats::NONE
    }

    /// Whether every format has it.
    #[cfg(feature = "testing")]
    pub(crate) fn is_everywhere(self) -> bool {
        self.data.details().only_in == Formats::ALL
    }

    /// Whether a reader must find it.
    pub const fn required(self) -> bool {
        self.data.required
    }

    /// Whether a strict reader must find it, though it may be absent.
    pub const fn required_in_requests(self) -> bool {
        self.data.details().required_in_requests
    }

    /// Whether its value must not be seen.
    pub const fn secret(self) -> bool {
        self.data.secret
    }

    /// The XML namespace that its element or attribute is in, if the type names one.
    pub const fn namespace(self) -> Option<&'static str> {
        self.data.details().namespace
    }

    /// Whether the whole JSON text is this member, where it is an array and no object.
    pub const fn whole(self) -> bool {
        self.data.details().whole
    }

    /// The texts that mean that the member is absent.
    pub const fn absent(self) -> &'static [&'static str] {
        self.data.details().absent
    }

    /// Whether a list's item, or a map's value, that is an empty text is absent.
    pub(crate) const fn absent_inside(self) -> bool {
        self.list().absent_items || self.map().absent_values
    }

    /// Whether the first counts where it is given several times.
    pub const fn first(self) -> bool {
        self.data.details().first
    }

    /// Whether a text in place of the structure is this member, for a forgiving reader.
    pub const fn lone(self) -> bool {
        self.data.details().lone
    }

    /// Texts that made-up values of it have. `None`: any; without one, it is left out of what is made up.
    pub const fn samples(self) -> Option<&'static [&'static str]> {
        self.data.details().samples
    }

    /// The least and the greatest number that it may be. A strict reader, that of a server, refuses others; a client reads what a
    /// vendor sends.
    pub const fn range(self) -> Option<[f64; 2]> {
        self.data.details().range
    }

    /// How a boolean is spelled, when not `true` and `false`.
    pub const fn boolean(self) -> Option<&'static Booleans> {
        self.data.details().boolean.as_ref()
    }

    /// How a list is laid out.
    pub const fn list(self) -> ListForm {
        self.data.details().list
    }

    /// How a map is laid out.
    pub const fn map(self) -> MapForm {
        self.data.details().map
    }
}

/// Some of the formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// XML is one of them.
    pub xml: bool,
    /// JSON is one of them.
    pub json: bool,
    /// Query strings are one of them.
    pub query: bool,
}

impl Formats {
    /// None of them.
    pub const NONE: Self = Self { xml: false, json: false, query: false };
    /// All of them.
    pub const ALL: Self = Self { xml: true, json: true, query: true };

    /// Whether a format is one of these.
    pub const fn has(self, format: crate::Format) -> bool {
        match format {
            crate::Format::Xml => self.xml,
            crate::Format::Json => self.json,
            crate::Format::Query => self.query,
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

/// Where a member is in XML. In JSON and query strings an attribute and the text are members like others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberLocation {
    /// A child element.
    Element,
    /// An attribute of the structure's own element.
    Attribute,
    /// The text content of the structure's own element.
    Text,
    /// A structure (or map, or union) whose members are among the members of this one.
    Flatten,
    /// A [`Document`](super::Document) that keeps what no member of the structure is, under the names that it came with.
    Rest,
    /// The format at hand does not have it. No member of a shape says so: see [`Member::place_in`].
    Nowhere,
}

impl MemberLocation {
    /// Whether the member has no name of its own: what is in it is among the members of the structure.
    pub const fn is_flat(self) -> bool {
        matches!(self, Self::Flatten | Self::Rest)
    }
}

/// The two texts of a boolean. A reader takes every usual spelling and these; a writer writes these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booleans {
    /// What true is written as.
    pub yes: &'static str,
    /// What false is written as. `None`: false is written by leaving the member out.
    pub no: Option<&'static str>,
}

impl Booleans {
    /// Whether both are integers, which are without quotes in JSON.
    pub fn are_numbers(&self) -> bool {
        let integer = |text: &str| {
            let digits = text.strip_prefix('-').unwrap_or(text);
            text == "0"
                || digits.starts_with(|first: char| matches!(first, '1'..='9'))
                    && digits.bytes().all(|digit| digit.is_ascii_digit())
        };
        integer(self.yes) && self.no.is_none_or(integer)
    }
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
    /// The wrapping element, the one text of a joined list, or the bare name of a numbered one in a query string, is written even
    /// when there are no items.
    pub always: bool,
    /// A list without items is treated as absent: it is neither read nor written.
    pub filled: bool,
    /// An item that is an empty text is absent. The items are `Option`s.
    pub absent_items: bool,
}

impl ListForm {
    /// Whether one element or one text holds all items in XML.
    pub(crate) const fn is_one(&self) -> bool {
        self.item.is_some() || self.joined.is_some()
    }

    /// The member's element or key once an item; an array in JSON.
    pub const REPEATED: Self =
        Self { item: None, joined: None, numbered: None, always: false, filled: false, absent_items: false };
}

/// `Name.1`, `Name.member.1`, `Name1`, `Name[1]`, ...
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// What is between the name and the number, without separators: `"member"`. `None`: only a separator is; `""`: not even that;
    /// [`BRACKETS`](Self::BRACKETS): the number is in brackets.
    pub infix: Option<&'static str>,
    /// The first number.
    pub first: usize,
    /// Whether the items are structures of which each member stands by itself, with the item's number behind the member's name and
    /// without the list's: `name1=a&price1=2`.
    pub columns: bool,
}

impl Numbered {
    /// The infix that says that the number is in brackets behind the name.
    pub const BRACKETS: &'static str = "[]";

    /// Whether the number is a part of the name that it is behind.
    pub(crate) fn is_behind(self) -> bool {
        matches!(self.infix, Some("" | Self::BRACKETS))
    }

    /// A number as it is behind a name.
    pub(crate) fn behind(self, number: usize) -> String {
        if self.infix == Some(Self::BRACKETS) { format!("[{number}]") } else { number.to_string() }
    }

    /// The number that a text behind a name is.
    pub(crate) fn number(self, behind: &str) -> Option<u64> {
        let digits = match self.infix {
            Some(Self::BRACKETS) => behind.strip_prefix('[')?.strip_suffix(']')?,
            _ => behind,
        };
        let whole = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse().ok().filter(|_| whole)
    }

    /// A name and the number behind it.
    pub(crate) fn split(self, name: &str) -> Option<(&str, u64)> {
        let before = match self.infix {
            Some(Self::BRACKETS) => name.rfind('[')?,
            _ => name.trim_end_matches(|digit: char| digit.is_ascii_digit()).len(),
        };
        let (stem, behind) = name.split_at_checked(before)?;
        self.number(behind).map(|number| (stem, number))
    }
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
    /// A value that is an empty text is absent. The values are `Option`s.
    pub absent_values: bool,
    /// Query string: what is between the member's name and a key, as in `name_key=value`, where `key` is empty. `None`: what separates
    /// nested names.
    pub between: Option<&'static str>,
}

impl MapForm {
    /// `<map><entry><key/><value/></entry></map>`.
    pub const WRAPPED: Self =
        Self { entry: Some("entry"), key: "key", value: "value", absent_values: false, between: None };
    /// `<map><color>red</color></map>`: the key is the element's name.
    pub const KEYED: Self = Self { entry: None, key: "", value: "", absent_values: false, between: None };
}

/// The description of a tagged union.
#[derive(Debug)]
pub struct UnionShape {
    /// The member that holds the tag. `None`: the variant's name is the element or key itself.
    pub tag: Option<Names>,
    /// The member that holds the payload. `None` with a tag: the payload's members are beside the tag.
    pub content: Option<Names>,
    /// Every known tag, in the order of the declaration; a variant with other spellings has them behind its own.
    pub variants: &'static [&'static str],
    /// Whether a variant keeps the tags that are not known, so that [`pick`](super::UnionSlot::pick) takes any.
    pub keeps_unknown: bool,
}
