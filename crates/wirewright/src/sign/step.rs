//! What a definition says of its computed values, as data.

use super::{algorithm::Algorithm, encode_set::EncodeSet, encoding::TextEncoding};

/// One computed value: `[computed.NAME]` of a definition.
#[derive(Debug)]
pub struct Step {
    /// What the definition calls it.
    pub name: &'static str,
    /// What it is made of.
    pub content: StepContent,
    /// How each value of the template, or each name and value of the pairs, is percent-encoded; literals never are.
    pub percent_encode: EncodeSet,
    /// What its text is hashed or signed by: the first one, unless the client's config says another one of them. None: by nothing.
    pub algorithms: &'static [&'static Algorithm],
    /// The key of an HMAC. Of several, each further one is a message under the digest of those before it, and the last digest is the key.
    pub key: &'static [&'static [Part]],
    /// How the first key's text tells its bytes. `None`: they are the text's own.
    pub key_encoding: Option<TextEncoding>,
    /// How the digest becomes text, or the text's own bytes where there is no algorithm.
    pub encoding: Option<TextEncoding>,
}

impl Step {
    /// One that is made of `content` and is nothing more than its text.
    pub const fn new(name: &'static str, content: StepContent) -> Self {
        Self {
            name,
            content,
            percent_encode: EncodeSet::None,
            algorithms: &[],
            key: &[],
            key_encoding: None,
            encoding: None,
        }
    }
}

/// What a computed value is made of.
#[derive(Debug)]
pub enum StepContent {
    /// Texts and values, one behind the other.
    Template(&'static [Part]),
    /// Names and values of the request.
    Pairs(&'static PairList),
}

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Always this.
    Literal(&'static str),
    /// Another computed value, by its index.
    Step(usize),
    /// A parameter of the client.
    Client {
        /// Its name on the wire.
        name: &'static str,
        /// Which member of the client's parameters it is.
        member: usize,
        /// Whether it is a secret, which no request carries.
        secret: bool,
        /// Whether it may be absent, and is empty then.
        optional: bool,
    },
    /// A field of the session.
    Session {
        /// Its name.
        name: &'static str,
        /// Whether it may be absent, and is empty then.
        optional: bool,
    },
    /// A value of the call that opens a session, by its index among those that the definition names.
    Opening(usize),
    /// A parameter, as the request carries it, without what is before it in a header.
    Parameter {
        /// Its name.
        name: &'static str,
        /// What is before it in a header.
        prefix: &'static str,
        /// Whether it may be absent, and is empty then.
        optional: bool,
    },
    /// A header's values with `,` between them; empty if it is absent.
    Header(&'static str),
    /// The method in upper case.
    Method,
    /// `https`
    Scheme,
    /// The host in lower case, with a port that is not the scheme's own.
    Host,
    /// Scheme, host and path: in lower case where case does not matter, without a default port and without the query (RFC 5849 section
    /// 3.4.1.2).
    Url,
    /// The path as it is sent.
    Path,
    /// The path without `.`, `..` and empty segments (RFC 3986 section 5.2.4).
    NormalizedPath,
    /// The operation's name on the wire.
    Operation,
    /// The body's bytes.
    Body,
    /// How many bytes the body has; empty for none.
    BodyLength,
}

/// Which pairs a computed value is made of, and how they are written.
#[derive(Debug)]
pub struct PairList {
    /// Where the pairs are.
    pub of: &'static [PairSource],
    /// Those that are taken; a final `*` is any rest. `None`: all.
    pub only: Option<&'static [&'static str]>,
    /// Those that are left out, in the same way.
    pub except: &'static [&'static str],
    /// What a client must have among them, where a server reads the names from the request.
    pub must_include: &'static [&'static str],
    /// The parameters that are made of these pairs, and so cannot be among them.
    pub without: &'static [&'static str],
    /// The computed value that tells their names, for a server, where it is another one.
    pub names_of: Option<usize>,
    /// Whether names are written in lower case.
    pub lowercase: bool,
    /// What is between the values of a name that comes more than once. `None`: it is written each time.
    pub repeated: Option<&'static str>,
    /// Whether runs of spaces in values become one.
    pub collapsed: bool,
    /// Whether names and values are written as they were sent.
    pub as_sent: bool,
    /// Their order.
    pub order: PairOrder,
    /// How each is written.
    pub each: &'static [PairPart],
    /// What is between them.
    pub join: &'static str,
    /// What is before the first one, if there is one.
    pub prefix: &'static str,
}

impl PairList {
    /// All pairs of these places as OAuth 1.0 has them: sorted, with `=` and `&` between.
    pub const fn new(of: &'static [PairSource]) -> Self {
        Self {
            of,
            only: None,
            except: &[],
            must_include: &[],
            without: &[],
            names_of: None,
            lowercase: false,
            repeated: None,
            collapsed: false,
            as_sent: false,
            order: PairOrder::Sorted,
            each: &[PairPart::Name, PairPart::Literal("="), PairPart::Value],
            join: "&",
            prefix: "",
        }
    }

    /// Whether only the names of the pairs are written: a request tells a server so which ones were taken.
    #[cfg(feature = "server")]
    pub(super) fn tells_names(&self) -> bool {
        self.each == [PairPart::Name]
    }

    /// Whether a pair of this name is one that is taken.
    pub(super) fn takes(&self, name: &str) -> bool {
        self.only.is_none_or(|only| self.named(only, name)) && !self.leaves_out(name)
    }

    /// Whether a pair of this name is never taken, whatever a request says.
    pub(super) fn leaves_out(&self, name: &str) -> bool {
        self.named(self.except, name) || self.without.iter().any(|without| self.same(without, name))
    }

    /// Whether one of the patterns is a name's.
    pub(super) fn named(&self, patterns: &[&str], name: &str) -> bool {
        patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.get(..start.len()).is_some_and(|beginning| self.same(start, beginning)),
            None => self.same(pattern, name),
        })
    }

    /// Whether two names are the same: those of headers are in either case.
    fn same(&self, one: &str, other: &str) -> bool {
        one == other || self.of.contains(&PairSource::Headers) && one.eq_ignore_ascii_case(other)
    }
}

/// Where pairs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairSource {
    /// Behind the `?` of the URL.
    Query,
    /// In the form that is the body.
    Form,
    /// The headers.
    Headers,
    /// The parameters that are carried by computed values only, and are no secrets.
    Computed,
    /// The reply, which is a query string.
    Reply,
}

/// The order of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairOrder {
    /// By percent-encoded name, then by percent-encoded value, byte by byte (RFC 5849 section 3.4.1.3.2).
    Sorted,
    /// By name, then by value, byte by byte before they are percent-encoded.
    SortedBeforeEncoding,
    /// The reverse of `Sorted`.
    Descending,
    /// As on the wire.
    Wire,
}

/// A part of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairPart {
    /// Always this.
    Literal(&'static str),
    /// The name.
    Name,
    /// The value.
    Value,
}
