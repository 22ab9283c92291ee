//! Values that are computed of a request.

use super::{Facts, Path};

/// A computed value: `[computed.NAME]`.
#[derive(Debug)]
pub struct Computed {
    /// What the definition calls it.
    pub name: String,
    /// What it is made of.
    pub content: ComputedContent,
    /// How each value of the template, or each name and value of the pairs, is percent-encoded.
    pub percent_encode: EncodeSet,
    /// What it is hashed or signed by; the first one unless a client says otherwise.
    pub algorithms: Vec<Algorithm>,
    /// The key of an HMAC; of several, each further one is a message under what came before.
    pub key: Vec<Vec<TemplatePart>>,
    /// How the key is written.
    pub key_encoding: Option<TextEncoding>,
    /// How bytes become its text.
    pub encoding: Option<TextEncoding>,
    /// What of replies carries it.
    pub in_reply: Option<InReply>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What of a reply carries a computed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InReply {
    /// The pair of this name, in a query string.
    Pair(String),
    /// The header of this name.
    Header(String),
}

impl InReply {
    /// The name of the pair or the header.
    pub fn name(&self) -> &str {
        let (Self::Pair(name) | Self::Header(name)) = self;
        name
    }
}

impl Computed {
    /// The parts of its text and of its keys.
    pub fn parts(&self) -> impl Iterator<Item = &TemplatePart> {
        let text: &[TemplatePart] = match &self.content {
            ComputedContent::Template(parts) => parts,
            ComputedContent::Pairs(_) => &[],
        };
        text.iter().chain(self.key.iter().flatten())
    }
}

/// What a computed value is made of.
#[derive(Debug)]
pub enum ComputedContent {
    /// Texts and values.
    Template(Vec<TemplatePart>),
    /// Names and values.
    Pairs(PairList),
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// Always this.
    Literal(String),
    /// Another computed value: its index.
    Computed(usize),
    /// A parameter of the client.
    Client {
        /// Its name on the wire.
        name: String,
        /// Its index among [`From::Client`](super::From::Client).
        index: usize,
        /// Whether it is a secret.
        secret: bool,
        /// Whether every client has it.
        required: bool,
        /// Whether the value may be absent.
        optional: bool,
    },
    /// A field of the session, by its name.
    Session {
        /// Its name.
        name: String,
        /// Whether the value may be absent.
        optional: bool,
    },
    /// A value of the call that opens a session.
    Opening(Path),
    /// A parameter as requests carry it.
    Parameter {
        /// Its name on the wire.
        name: String,
        /// What is before it in a header.
        prefix: String,
        /// Whether the value may be absent.
        optional: bool,
    },
    /// A header, by its name in lower case.
    Header(String),
    /// A thing of every request.
    Word(RequestWord),
}

/// What every request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestWord {
    /// `GET`
    Method,
    /// `https`
    Scheme,
    /// The host, with a port that is not the scheme's own.
    Host,
    /// Scheme, host and path, in the normal form of RFC 5849 section 3.4.1.2.
    Url,
    /// The path as it is sent.
    Path,
    /// The path without `.`, `..` and empty segments.
    NormalizedPath,
    /// The operation's name on the wire.
    Operation,
    /// The body's bytes.
    Body,
    /// How many bytes the body has.
    BodyLength,
}

/// Which pairs a computed value is made of, and how they are written.
#[derive(Debug, Clone)]
pub struct PairList {
    /// Where the pairs are.
    pub of: Vec<PairSource>,
    /// Those that are taken.
    pub only: Option<Vec<String>>,
    /// Those that are left out.
    pub except: Vec<String>,
    /// What must be among those that a request says it has signed.
    pub must_include: Vec<String>,
    /// The computed value whose pairs these are, if it is another one.
    pub names_of: Option<usize>,
    /// Whether names are in lower case.
    pub lowercase: bool,
    /// What is between values of one name.
    pub repeated: Option<String>,
    /// Whether several spaces become one.
    pub collapsed: bool,
    /// Their order.
    pub order: PairOrder,
    /// How each is written.
    pub each: Vec<PairPart>,
    /// What is between them.
    pub join: String,
    /// What is before the first.
    pub prefix: String,
}

/// Where pairs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairSource {
    /// Behind the `?` of the URL.
    Query,
    /// In the form that is the body.
    Form,
    /// In both.
    Parameters,
    /// The headers.
    Headers,
    /// The parameters that only computed values carry.
    Computed,
    /// The reply.
    Reply,
}

/// The order of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairOrder {
    /// By name, then value, bytewise after encoding.
    Sorted,
    /// By name, then value, bytewise before encoding.
    SortedBeforeEncoding,
    /// The reverse of `Sorted`.
    Descending,
    /// As on the wire.
    Wire,
}

/// A part of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairPart {
    /// Always this.
    Literal(String),
    /// Its name.
    Name,
    /// Its value.
    Value,
}

/// How bytes become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// With padding.
    Base64,
    /// The alphabet that is safe in URLs, with padding.
    Base64Url,
    /// The same without padding.
    Base64UrlUnpadded,
    /// In small letters.
    Hex,
    /// In capitals.
    HexUppercase,
}

/// Which characters are written in percent codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodeSet {
    /// None of them.
    None,
    /// All but letters, digits and `-._~`.
    Rfc3986,
    /// The same, but a `/` stays.
    Path,
    /// As in a form: a space is `+`.
    Form,
    /// As the request has it.
    AsSent,
}

/// What a text is hashed or signed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// MD5
    Md5,
    /// SHA-1
    Sha1,
    /// SHA-224
    Sha224,
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
    /// HMAC with MD5
    HmacMd5,
    /// HMAC with SHA-1
    HmacSha1,
    /// HMAC with SHA-224
    HmacSha224,
    /// HMAC with SHA-256
    HmacSha256,
    /// HMAC with SHA-384
    HmacSha384,
    /// HMAC with SHA-512
    HmacSha512,
}

impl Algorithm {
    /// Whether it has a key.
    pub const fn has_key(self) -> bool {
        matches!(
            self,
            Self::HmacMd5
                | Self::HmacSha1
                | Self::HmacSha224
                | Self::HmacSha256
                | Self::HmacSha384
                | Self::HmacSha512
        )
    }

    /// Whether it is one that is broken, and built only for who needs it.
    pub const fn is_legacy(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1 | Self::HmacMd5 | Self::HmacSha1)
    }
}
