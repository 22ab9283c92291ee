//! Which formats there are.

/// A format of replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormatKind {
    /// XML
    Xml,
    /// JSON, and JSONP.
    Json,
    /// A query string.
    Query,
}
