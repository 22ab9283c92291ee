//! The formats, and what a caller may choose about reading and writing them.

use std::fmt;

/// A wire format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// XML 1.0. A text has been read from its bytes already; those of a reply may be in [any charset](crate::exchange::read_reply).
    Xml,
    /// JSON; JSONP once its callback is [stripped](crate::json::strip_callback).
    Json,
    /// `application/x-www-form-urlencoded`, as in a URL's query or a form's body.
    Query,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Query => "query string",
        })
    }
}

/// How much of an input is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "as the methods are called")]
pub struct Limits {
    max_depth: usize,
    max_bytes: usize,
    max_elements: usize,
}

impl Limits {
    /// The greatest depth that can be asked for: reading recurses, and the stack of a small thread must do.
    pub const MAX_DEPTH: usize = 256;
    /// The greatest size that can be asked for, in bytes: positions are kept in 32 bits.
    pub const MAX_BYTES: usize = 1 << 30;

    /// The usual limits: 64 levels, 16 MiB, and 1,048,576 elements.
    pub const fn new() -> Self {
        Self { max_depth: 64, max_bytes: 16 << 20, max_elements: 1 << 20 }
    }

    /// At most `levels` elements, objects and arrays, or segments of a name, inside one another; at most [`MAX_DEPTH`](Self::MAX_DEPTH).
    #[must_use]
    pub const fn with_max_depth(mut self, levels: usize) -> Self {
        self.max_depth = if levels > Self::MAX_DEPTH { Self::MAX_DEPTH } else { levels };
        self
    }

    /// At most `bytes` bytes of input; at most [`MAX_BYTES`](Self::MAX_BYTES).
    #[must_use]
    pub const fn with_max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = if bytes > Self::MAX_BYTES { Self::MAX_BYTES } else { bytes };
        self
    }

    /// At most so many elements: an element or an attribute of XML, a value of JSON, a part of the name of a pair of a query string.
    ///
    /// A text of 16 MiB can hold eight million of them, and each one takes from 24 to some hundred bytes of memory once it is read, so
    /// that the bytes alone are no limit on that.
    ///
    /// ```
    /// use wirewright::{Limits, Options, Wire, json};
    ///
    /// #[derive(Debug, Wire)]
    /// struct Reply {
    ///     a: u32,
    /// }
    ///
    /// let options = Options::new().with_limits(Limits::new().with_max_elements(3));
    /// assert_eq!(json::from_str_with::<Reply>(r#"{"a":1,"b":2}"#, &options)?.a, 1);
    /// let error = json::from_str_with::<Reply>(r#"{"a":1,"b":[2]}"#, &options).unwrap_err();
    /// assert_eq!(error.kind().to_string(), "more than 3 elements");
    /// # Ok::<(), wirewright::DecodeError>(())
    /// ```
    #[must_use]
    pub const fn with_max_elements(mut self, elements: usize) -> Self {
        self.max_elements = elements;
        self
    }

    /// How many elements are read.
    pub const fn max_elements(&self) -> usize {
        self.max_elements
    }

    /// How many levels are read.
    pub const fn max_depth(&self) -> usize {
        self.max_depth
    }

    /// How many bytes are read.
    pub const fn max_bytes(&self) -> usize {
        self.max_bytes
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

/// What a caller may choose about reading and writing.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) limits: Limits,
    pub(crate) nested: &'static str,
    pub(crate) strict: bool,
    /// Whether a member that cannot be read is left out.
    pub(crate) forgiving: bool,
    /// Whether the general writer of JSON leaves out what must not be seen.
    pub(crate) redact: bool,
}

impl Options {
    /// The usual choices: the usual [limits](Limits::new), `data.token.a` for nested names, and lenient reading.
    pub const fn new() -> Self {
        Self { limits: Limits::new(), nested: ".", strict: false, forgiving: false, redact: false }
    }

    /// Reads within these limits. The depth holds for writing too.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What separates the parts of a nested name in a query string: `"."` in `data.token.a`. When it is empty, names are
    /// never taken apart and nested values cannot be read.
    #[must_use]
    pub const fn with_nested(mut self, separator: &'static str) -> Self {
        self.nested = separator;
        self
    }

    /// Whether a scalar that is given twice is refused, as a server does. Otherwise the last one counts.
    #[must_use]
    pub const fn with_strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Whether an optional member that cannot be read is left out, instead of failing the whole: for an error's code beside which
    /// something has another form than was promised.
    #[must_use]
    pub const fn with_forgiving(mut self, forgiving: bool) -> Self {
        self.forgiving = forgiving;
        self
    }

    /// The limits.
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// The separator of nested names in query strings.
    pub const fn nested(&self) -> &'static str {
        self.nested
    }

    /// Whether an optional member that cannot be read is left out.
    pub const fn forgiving(&self) -> bool {
        self.forgiving
    }

    /// Whether a scalar that is given twice is refused.
    pub const fn strict(&self) -> bool {
        self.strict
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
