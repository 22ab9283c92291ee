//! The kinds of what is told, and how much each of them matters.

macro_rules! codes {
    ($($name:ident $code:literal $title:literal)*) => {
        /// What kind of fault a diagnostic is about. The codes are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        /// Every code with its text and title.
        pub const CODES: &[(Code, &str, &str)] = &[$((Code::$name, $code, $title),)*];

        impl Code {
            /// `WW002`
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What this kind of fault is called.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    Syntax "WW001" "a file that is not TOML"
    UnknownKey "WW002" "a key that has no meaning at its place"
    MissingKey "WW003" "a key that must be there and is not"
    WrongType "WW004" "a value of the wrong type"
    UnknownWord "WW005" "a text that is none of the words known at its place"
    UnknownType "WW006" "a type that is defined nowhere"
    UnknownReference "WW007" "a reference to nothing"
    WireClash "WW008" "two things of one name on the wire"
    RustClash "WW009" "two things of one name in Rust"
    UnreachableType "WW010" "a type that nothing uses"
    UnmarkedSecret "WW011" "something that looks like a secret and is not marked"
    ErrorTwice "WW012" "an error that is given twice"
    DuplicateKey "WW013" "a key or name that is given twice"
    ExampleFormat "WW014" "an example in a form that its operation does not offer"
    SessionUnopened "WW015" "a session that nothing opens"
    Signature "WW016" "a signature that cannot be made"
    Narrowing "WW017" "a narrowing to something that is not offered"
    SessionPath "WW018" "a session's path that leads to no promised text"
    WireName "WW019" "a name that cannot be written in a format"
    EndlessType "WW020" "a type whose values have no end"
    EnvelopeRole "WW021" "an envelope that does not say whether a call succeeded"
    StatusValue "WW022" "a status of the wrong type"
    Empty "WW023" "something that must have content and has none"
    ErrorKeys "WW024" "errors that are known by numbers and by names"
    Endpoint "WW025" "an endpoint that is no address"
    Path "WW026" "a path that cannot be in a URL"
    DateTime "WW027" "an unknown directive in a date's format"
    ConditionTwice "WW028" "two errors for one condition"
    Contradiction "WW029" "words that exclude one another"
    TypeKind "WW030" "a type that is none or several things at once"
    Reserved "WW031" "a name that generated code needs itself"
    Order "WW032" "an order that leaves a member out or names it twice"
    Spelling "WW033" "a text that is not spelled as its place needs it"
    Unreadable "WW034" "a file that cannot be read"
    OperationAddress "WW035" "two operations that a server cannot tell apart"
    Provision "WW036" "a parameter that nothing fills in"
    Unsourced "WW037" "an operation that no page states"
    RequestBody "WW038" "a request whose body cannot be sent"
    Multipart "WW039" "a multipart request that cannot be sent, or a file outside of one"
    Meaningless "WW040" "a word that says nothing where it is"
    Layout "WW041" "a member that cannot be laid out so"
    NoSecret "WW042" "something that cannot be kept secret"
    Default "WW043" "a default that is never meant"
    Misplaced "WW044" "a parameter that its place cannot hold"
    SessionLife "WW045" "a session that cannot begin, go on or end so"
    Raw "WW046" "an envelope's word where there is no envelope"
    Rows "WW047" "rows that cannot be read or written one by one"
    Pagination "WW048" "a paginated call whose next page cannot be asked for"
    FailureData "WW049" "data of errors that promises or says too much"
    SampleSecret "WW050" "a value of a sample that looks like a real secret"
    Language "WW051" "a version of the language that the generator does not know"
    Computed "WW060" "a computed value that is not said, or cannot be computed"
    Template "WW061" "a text with values in braces that cannot be read or taken apart"
    ComputedCycle "WW062" "computed values that are made of themselves"
    SecretSent "WW063" "a secret that a request would show"
    Unused "WW064" "something that only computed values could use, and none does"
    WeakHash "WW065" "a weak hash that no page asks for"
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// A crate can be generated, and somebody should look at this first.
    Warning,
}

impl Severity {
    /// `error`, `warning`
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Code {
    /// How much what it stands for matters: a code is always as severe.
    pub const fn severity(self) -> Severity {
        match self {
            Self::SampleSecret | Self::WeakHash => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
