//! A URL as a base string has it.

use super::{encode_set::Table, text::Text};
use crate::text::scan::{self, Byte, UrlEnd};

/// A URL taken apart as far as a base string needs it (RFC 5849 section 3.4.1.2).
pub(super) struct Url<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
}

impl<'a> Url<'a> {
    pub(super) fn parse(url: &'a str) -> Self {
        let cut = |text: &'a str, at: usize| text.split_at_checked(at).unwrap_or((text, ""));
        // Eight bytes at once: a search for texts has to get ready for long ones.
        let (url, _) = cut(url, scan::find::<UrlEnd>(url.as_bytes(), 0));
        let colon = scan::find_text::<b':'>(url.as_bytes(), 0, b"://");
        let (scheme, rest) = match colon.map(|colon| cut(url, colon)) {
            Some((scheme, rest)) => (scheme, rest.get(3..).unwrap_or_default()),
            None => ("https", url),
        };
        let (authority, path) = cut(rest, scan::find::<Byte<b'/'>>(rest.as_bytes(), 0));
        let path = if path.is_empty() { "/" } else { path };
        Self { scheme, authority, path }
    }

    pub(super) const fn scheme(&self) -> &'a str {
        self.scheme
    }

    pub(super) const fn path(&self) -> &'a str {
        self.path
    }

    /// The path without `.`, `..` and empty segments.
    pub(super) fn normalized_path(&self) -> String {
        let mut segments = Vec::new();
        for segment in self.path.split('/') {
            match segment {
                ".." => {
                    segments.pop();
                }
                "" | "." => {}
                other => segments.push(other),
            }
        }
        let open = ["/", "/.", "/.."].iter().any(|end| self.path.ends_with(end)) && !segments.is_empty();
        "/".to_owned() + &segments.join("/") + if open { "/" } else { "" }
    }

    pub(super) fn write_whole(&self, text: &mut Text<'_>, table: &Table) {
        text.write_lower(table, self.scheme.as_bytes());
        text.write(table, b"://");
        self.write_host(text, table);
        self.write_path(text, table);
    }

    pub(super) fn write_host(&self, text: &mut Text<'_>, table: &Table) {
        let default = if self.scheme.eq_ignore_ascii_case("http") { ":80" } else { ":443" };
        // A port that is left empty is the default one (RFC 3986 section 3.2.3).
        let authority = self.authority.strip_suffix(':').unwrap_or(self.authority);
        text.write_lower(table, authority.strip_suffix(default).unwrap_or(authority).as_bytes());
    }

    pub(super) fn write_path(&self, text: &mut Text<'_>, table: &Table) {
        text.write(table, self.path.as_bytes());
    }
}
