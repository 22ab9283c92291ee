//! Members, and the types of their values.

use std::ops::Deref;

use super::{Facts, FormatKind, Name};

/// A member of a structure, or an operation's own parameter. There are many of them: what few have is apart, and read as if it were a
/// part of the member itself.
///
/// ```
/// use wirewright_codegen::model::{Member, Name, Repeat};
///
/// let name = Name { wire: "lengthOfLight".to_owned(), rust: "length_of_light".to_owned() };
/// let member = Member::named(name);
/// assert_eq!((&member.json, &member.repeat), (&None, &Repeat::Once));
/// let member = member.with(|details| details.json = Some("length".to_owned()));
/// assert_eq!(member.json.as_deref(), Some("length"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// The type of one value of it.
    pub value: ValueType,
    /// Whether it is always there.
    pub required: bool,
    /// Whether requests always have it, and replies may be without.
    pub required_in_requests: bool,
    /// Whether its value must not be shown.
    pub secret: bool,
    /// Where requests carry it, when it is an operation's own parameter: never in the host.
    pub location: ParameterLocation,
    /// What people wrote about it.
    pub facts: Facts,
    /// `None`: as most have them. [`with`](Self::with) changes them.
    pub details: Option<Box<MemberDetails>>,
}

/// What few members have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberDetails {
    /// Names that differ from `name.wire` in one format.
    pub xml: Option<String>,
    /// Its name in JSON.
    pub json: Option<String>,
    /// Its name in a query string.
    pub query: Option<String>,
    /// Whether it is one value, a list or a map.
    pub repeat: Repeat,
    /// Where it is in XML.
    pub place: Place,
    /// The formats in which its members are among those around it all the same.
    pub flat_in: Vec<FormatKind>,
    /// The formats that have it; empty: all.
    pub only_in: Vec<FormatKind>,
    /// `("1", Some("0"))`; `("", None)` is presence.
    pub boolean: Option<(String, Option<String>)>,
    /// Other names under which it is read.
    pub also: Vec<String>,
    /// What is meant when it is absent, as it is on the wire.
    pub default: Option<String>,
    /// Whether an empty text means that it, or the item of a list, is not there.
    pub empty_is_absent: bool,
    /// Other texts that say the same of it; of a list or a map, in place of all of it.
    pub absent: Vec<String>,
    /// The XML namespace that it is in, when that is not the one of the element around it.
    pub namespace: Option<String>,
    /// Whether a JSON reply may be this list as a whole.
    pub whole: bool,
    /// Values that made-up ones have. `None`: any; without one, it is left out of what is made up.
    pub samples: Option<Vec<String>>,
    /// The least and the greatest number, as they are written.
    pub range: Option<(String, String)>,
    /// What the call fills it in with where the caller does not; of parameters only.
    pub filled: Option<AutoFill>,
}

impl MemberDetails {
    /// What most members have of it.
    const NONE: Self = Self {
        xml: None,
        json: None,
        query: None,
        repeat: Repeat::Once,
        place: Place::Element,
        flat_in: Vec::new(),
        only_in: Vec::new(),
        boolean: None,
        also: Vec::new(),
        default: None,
        empty_is_absent: false,
        absent: Vec::new(),
        namespace: None,
        whole: false,
        samples: None,
        range: None,
        filled: None,
    };
}

impl Deref for Member {
    type Target = MemberDetails;

    fn deref(&self) -> &MemberDetails {
        static NONE: MemberDetails = MemberDetails::NONE;
        self.details.as_deref().unwrap_or(&NONE)
    }
}

/// All cookies, as tests make them up.
pub const SAMPLE_COOKIES: &str = "sample=cookie";

impl Member {
    /// One optional text, by the same name in every format.
    pub fn named(name: Name) -> Self {
        Self {
            name,
            value: ValueType::String,
            required: false,
            required_in_requests: false,
            secret: false,
            location: ParameterLocation::Parameters,
            facts: Facts::default(),
            details: None,
        }
    }

    /// The same with other details.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut MemberDetails)) -> Self {
        let mut details = self.details.take().unwrap_or_else(|| Box::new(MemberDetails::NONE));
        change(&mut details);
        // One without any is equal to one that never had any.
        self.details = (*details != MemberDetails::NONE).then_some(details);
        self
    }
}

/// Who fills a parameter in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    /// The time of the call.
    Clock,
    /// Something random.
    Nonce,
}

/// What a clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockUnit {
    /// Seconds since 1970-01-01 UTC.
    Seconds,
    /// Milliseconds since 1970-01-01 UTC.
    Milliseconds,
}

/// What the call fills a parameter in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AutoFill {
    /// The time of the call in seconds since 1970-01-01 UTC.
    Seconds,
    /// The time of the call in milliseconds since 1970-01-01 UTC.
    Milliseconds,
    /// The time of the call in UTC, in this `strftime` format.
    DateTime(String),
    /// The time of the call, counted so.
    Epoch(Epoch),
    /// A random text.
    Nonce,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// A text.
    String,
    /// Signed, 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Number,
    /// True or false.
    Boolean,
    /// Bytes in base64.
    Bytes,
    /// Anything, kept as it comes.
    Any,
    /// A file, of multipart requests only.
    File,
    /// How far the server's clock is from the caller's, in the states of sessions only.
    ClockSkew,
    /// Index into [`Vendor::types`](super::Vendor::types).
    Type(usize),
}

/// Where a member is in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An element of its own.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// Its members are among those around it, in every format.
    Flatten,
}

/// How often a member is on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// At most once.
    Once,
    /// Any number of them.
    List {
        /// The element of one item, inside the member's own.
        item: Option<String>,
        /// What separates the items in one text.
        joined: Option<String>,
        /// What is between the name and the number of an item, and the first number. `None`: only the separator of nested names is;
        /// an empty text: nothing.
        numbered: Option<(Option<String>, usize)>,
        /// Whether each member of an item has its number by itself in a query string.
        columns: bool,
        /// Whether what is around the items is written even without any.
        always: bool,
        /// Whether a list without items is told from none.
        optional: bool,
    },
    /// Any number of them, by key.
    Map {
        /// The element of one entry; `None`: the member's own element is repeated.
        entry: Option<String>,
        /// The element of a key; empty, without an entry: the key is the element.
        key: String,
        /// The element of a value.
        value: String,
        /// Whether a key may come more than once.
        repeats: bool,
        /// What is between the name and a key in a query string, where the key is the name; `None`: the separator of nested names.
        between: Option<String>,
    },
}

/// A named type of the vendor.
#[derive(Debug)]
pub struct Type {
    /// `wire` is the definition's key, `rust` its form in Rust; both the same for a well-named type.
    pub name: Name,
    /// What it is.
    pub kind: TypeKind,
    /// What was not seen of a structure's page: it keeps what the definition does not describe.
    pub partial: Option<String>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a named type is.
#[derive(Debug)]
pub enum TypeKind {
    /// Texts with a meaning; unknown ones are kept.
    Enumeration {
        /// What is known.
        values: Vec<EnumerationValue>,
        /// Whether they are integers, and no texts where a format tells them apart.
        number: bool,
    },
    /// Members with names.
    Structure(Vec<Member>),
    /// One of several types, told apart by a tag.
    Union {
        /// The member that tells the variants apart; `None`: the variant's name is the element.
        tag: Option<String>,
        /// The member that holds the content; `None`: its members are beside the tag.
        content: Option<String>,
        /// What it may be.
        variants: Vec<UnionVariant>,
    },
    /// `strftime` formats; the first one writes values that were not read.
    DateTime(Moment, Vec<String>),
    /// A moment that is counted.
    Epoch(Epoch),
    /// A text that is a table.
    Separated {
        /// What is between the cells of a line.
        cells: String,
        /// What is between the lines.
        lines: String,
    },
    /// A text with a name of its own.
    Text,
    /// A text in one of these forms.
    Formed(Vec<String>),
}

/// What a date and time is without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It has both.
    DateTime,
    /// A date without a time.
    Date,
    /// A time of day without a date.
    Time,
}

/// When counting begins, and what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch {
    /// In seconds since 1970-01-01 UTC.
    pub start: i64,
    /// What is counted.
    pub unit: EpochUnit,
    /// How many decimals are written at most.
    pub decimals: u8,
}

/// What moments are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpochUnit {
    /// Millionths of a second.
    Microseconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl EpochUnit {
    /// How many nanoseconds it has.
    pub const fn nanoseconds(self) -> i128 {
        match self {
            Self::Microseconds => 1_000,
            Self::Milliseconds => 1_000_000,
            Self::Seconds => 1_000_000_000,
            Self::Minutes => 60_000_000_000,
            Self::Hours => 3_600_000_000_000,
            Self::Days => 86_400_000_000_000,
        }
    }
}

/// A text with a meaning.
#[derive(Debug)]
pub struct EnumerationValue {
    /// Its name.
    pub name: Name,
    /// Other spellings that mean the same.
    pub also: Vec<String>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a union may be.
#[derive(Debug)]
pub struct UnionVariant {
    /// Its tag.
    pub name: Name,
    /// Index into [`Vendor::types`](super::Vendor::types); `None`: the tag says it all.
    pub content: Option<usize>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// Where requests carry a common parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the query string or the form, as the method has it.
    Parameters,
    /// In the header of its name, behind this text.
    Header(String),
    /// In all headers whose names begin as its own does up to the `*` at its end: a map.
    Headers,
    /// In all cookies, as one text.
    Cookies,
    /// In the cookie of its name.
    Cookie,
    /// In the host, where the endpoint has its name in braces.
    Host,
    /// In the path, where the operation's has its name in braces.
    Path,
    /// Nowhere by itself: computed values are made of it.
    Computed,
}
