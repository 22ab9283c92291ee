//! A value of any form, kept as it came.

use super::document_text::DocumentText;

/// A value of any form, read without a type and written back as it came.
///
/// It is what a definition's type `any` is, and it keeps what nobody has described yet: the payload of unknown union variants,
/// the members of a reply that a page does not tell of, the data that comes along with an error.
///
/// # Making one
///
/// [`with`](Self::with) adds a member, in order and as often as wanted; a member whose name starts with `@` is an attribute.
///
/// ```
/// use wirewright::{Wire, wire::Document, xml};
///
/// #[derive(Wire)]
/// #[wire(root = "in")]
/// struct In {
///     #[wire(required)]
///     ops: Document,
/// }
///
/// let ops = Document::new()
///     .with("sel", Document::new().with_attribute("value", "sales > 100"))
///     .with("sel", Document::new().with_attribute("value", "store = 1"))
///     .with("colord", Document::new().with_attribute("cols", "store,sales"));
/// let text = xml::to_string(&In { ops })?;
/// assert_eq!(
///     text,
///     "<in><ops><sel value=\"sales &gt; 100\"></sel><sel value=\"store = 1\"></sel>\
///      <colord cols=\"store,sales\"></colord></ops></in>",
/// );
/// # Ok::<(), wirewright::EncodeError>(())
/// ```
///
/// # What is kept
///
/// Within one format it is written back as it was read, but for the spelling:
///
/// - XML: elements and attributes by their local names, in order and as often as they came, and text where it was between
///   elements. Where names of two namespaces are side by side that are the same but for that, the one that is not in the namespace
///   around it has it before its name: `{urn:example}title`. White space alone between elements is layout and goes, as do comments, processing instructions, prefixes,
///   namespaces and `xsi:` attributes; an entity or CDATA section is the text that it stands for; `<a/>` becomes `<a></a>`.
/// - JSON: any value; members in order, also those given twice; a number digit for digit.
/// - Query strings: the pairs below a name in order, but those of one nested name are together.
///
/// Across formats more is lost: XML and query strings have no types, so that every scalar from there is a
/// [`Text`](Self::Text), and an empty one is [`Null`](Self::Null). A list of one item looks like the item alone in XML and query
/// strings; an empty list cannot be told from nothing there, and is an error (a member that is required is in XML as an empty
/// element), as is a name with the separator of nested names in a query string. Repeated elements become a name that is twice in JSON's object, of which many
/// readers see only the last. Attributes keep their `@` in JSON and query strings, and text beside them its name `$text`.
///
/// # What it costs
///
/// A value takes 24 bytes, and a member of a record 16 more for its name; texts, names and digits of up to 14 bytes are in there.
///
/// Its `Debug` shows names and forms but no texts, numbers or booleans: what nobody has described may be a secret.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Document {
    /// Nothing: JSON's `null`, an empty element.
    #[default]
    Null,
    /// JSON's `true` or `false`.
    Bool(bool),
    /// A JSON number, digit for digit.
    Number(DocumentText),
    /// Text.
    Text(DocumentText),
    /// A JSON array; the elements or pairs of one name, where a member of that name has several.
    List(Box<[Document]>),
    /// An object, or an element with children or attributes. An attribute's name starts with `@`, and text beside
    /// children or attributes is named `$text`. A repeated element is here more than once.
    Record(Box<[(DocumentText, Document)]>),
}

impl Document {
    /// The name of an element's text among its children and attributes.
    pub const TEXT: &'static str = "$text";

    /// Nothing yet.
    pub const fn new() -> Self {
        Self::Null
    }

    /// The same with one more member behind the others. See [`push`](Self::push).
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Self>) -> Self {
        self.push(name, value);
        self
    }

    /// The same with one more XML attribute. In other formats it is a member named `@name`.
    #[must_use]
    pub fn with_attribute(self, name: &str, value: impl Into<Self>) -> Self {
        let mut key = String::from("@");
        key.push_str(name);
        self.with(key, value)
    }

    /// The same with text behind what is there. In JSON and query strings it is a member named `$text`.
    #[must_use]
    pub fn with_text(self, text: impl Into<String>) -> Self {
        self.with(Self::TEXT, Self::from(text.into()))
    }

    /// Adds a member behind the others, also when there is one of that name. What is no record becomes one first: a scalar its
    /// text, the items of a list members named `item`, as XML has them.
    ///
    /// There is no room for members to come: many at once are better collected.
    ///
    /// ```
    /// use wirewright::wire::Document;
    ///
    /// let squares: Document = (1_u32..1000).map(|number| (format!("n{number}"), number * number)).collect();
    /// assert_eq!(squares.get("n12").and_then(Document::as_str), Some("144"));
    /// ```
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<Self>) {
        let mut members = match std::mem::take(self) {
            Self::Null => Vec::new(),
            Self::Record(members) => members.into_vec(),
            Self::List(items) => items.into_iter().map(|item| (DocumentText::from("item"), item)).collect(),
            scalar => vec![(Self::TEXT.into(), scalar)],
        };
        members.reserve_exact(1);
        members.push((name.into().into(), value.into()));
        *self = Self::Record(members.into());
    }

    /// Whether this is nothing.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The last member of this name, when this is a record. An attribute's name starts with `@`.
    pub fn get(&self, name: &str) -> Option<&Document> {
        self.members().rev().find(|(key, _)| *key == name).map(|(_, node)| node)
    }

    /// Every member of this name, in order.
    pub fn all<'n>(&'n self, name: &'n str) -> impl DoubleEndedIterator<Item = &'n Document> {
        self.members().filter(move |(key, _)| *key == name).map(|(_, node)| node)
    }

    /// The members of a record, in order; nothing for what is none.
    pub fn members(&self) -> impl DoubleEndedIterator<Item = (&str, &Document)> + ExactSizeIterator {
        let members = match self {
            Self::Record(members) => &**members,
            _ => &[],
        };
        members.iter().map(|(name, node)| (name.as_str(), node))
    }

    /// The items of a list; of anything else but nothing, that alone.
    pub fn items(&self) -> &[Document] {
        match self {
            Self::Null => &[],
            Self::List(items) => items,
            one => std::slice::from_ref(one),
        }
    }

    /// The text of a scalar: a text, or a number's digits.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! from_integer {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Document {
            fn from(number: $integer) -> Self {
                Self::Number(number.to_string().into())
            }
        }
    )*};
}

from_integer!(u8 u16 u32 u64 i8 i16 i32 i64);

impl From<Vec<Document>> for Document {
    fn from(items: Vec<Document>) -> Self {
        Self::List(items.into())
    }
}

impl FromIterator<Document> for Document {
    fn from_iter<I: IntoIterator<Item = Document>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl<N: Into<DocumentText>, V: Into<Document>> FromIterator<(N, V)> for Document {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        Self::Record(members.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(..)"),
            Self::Number(_) => f.write_str("Number(..)"),
            Self::Text(_) => f.write_str("Text(..)"),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Record(members) => {
                f.debug_map().entries(members.iter().map(|(name, node)| (name.as_str(), node))).finish()
            }
        }
    }
}
