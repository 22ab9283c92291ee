//! What all operations share: address, formats and bodies.

use super::compare::{Comparison, Spot};
use super::kinds::Kind;
use super::pairs::{NameOf, beyond, pairs};
use super::quote::{code, flag, option};
use crate::model::{Body, ErrorKeys, Format, FormatKind, Vendor};

const FORMATS: &[NameOf<Format>] = &[|one| Some(format_word(one.kind))];

impl Comparison<'_> {
    /// The protocol. Every part of a definition is looked at, here or where it has a module of its own: the compiler says so.
    pub(super) fn protocol(&mut self) {
        let (old, new) = (self.old.vendor, self.new.vendor);
        let Vendor {
            package,
            title,
            endpoint,
            charset,
            body,
            formats,
            error_keys,
            // Shown in pages, and nowhere else.
            facts: _,
            // Each operation has those that it takes.
            methods: _,
            // In modules of their own.
            computed: _,
            parameters: _,
            envelope: _,
            failure: _,
            sessions: _,
            errors: _,
            types: _,
            groups: _,
        } = new;
        let at = Spot::protocol(&[]);
        self.differs(&at, Kind::Package, (old.package.as_str(), package.as_str()), code);
        self.differs(&at.child("title"), Kind::Title, (old.title.as_str(), title.as_str()), code);
        self.differs(&at.child("endpoint"), Kind::Endpoint, (old.endpoint.as_str(), endpoint.as_str()), code);
        let utf_8 = |charset: &Option<String>| charset.as_deref().map_or_else(|| "UTF-8".to_owned(), code);
        self.differs(&at.child("charset"), Kind::Charset, (&old.charset, charset), utf_8);
        self.bodies(&at.child("body"), old.body.as_ref(), body.as_ref());
        for ((_, old), (_, new)) in pairs(&old.formats, formats, FORMATS).both {
            self.format(&at.child("formats").child(format_word(new.kind)), old, new);
        }
        let keys = |keys: &ErrorKeys| match keys {
            ErrorKeys::Numbers => "numbers".to_owned(),
            ErrorKeys::Names => "names".to_owned(),
        };
        self.differs(&at.child("errors"), Kind::ErrorKeys, (&old.error_keys, error_keys), keys);
    }

    /// Formats that came or went are told by the operations.
    fn format(&mut self, at: &Spot, old: &Format, new: &Format) {
        let Format {
            kind: _,
            value,
            also,
            root,
            failure_root,
            namespace,
            declaration,
            media_type,
            nested,
            lines,
            // Shown in pages, and nowhere else.
            facts: _,
        } = new;
        let text = |text: &Option<String>| option(text.as_deref());
        self.differs(at, Kind::FormatValue, (&old.value, value), text);
        for word in beyond(&old.also, also) {
            self.came(at, Kind::FormatAlsoAdded, code(word));
        }
        for word in beyond(also, &old.also) {
            self.went(at, Kind::FormatAlsoRemoved, code(word));
        }
        self.differs(at, Kind::FormatRoot, (&old.root, root), text);
        self.differs(at, Kind::FormatFailureRoot, (&old.failure_root, failure_root), text);
        self.differs(at, Kind::FormatNamespace, (&old.namespace, namespace), text);
        self.differs(at, Kind::Declaration, (&old.declaration, declaration), |is| flag(*is).to_owned());
        self.differs(at, Kind::FormatMediaType, (&old.media_type, media_type), text);
        self.differs(at, Kind::FormatNested, (&old.nested, nested), text);
        self.differs(at, Kind::FormatLines, (&old.lines, lines), |is| flag(*is).to_owned());
    }

    /// Whether requests have bodies at all is told by the operations.
    fn bodies(&mut self, at: &Spot, old: Option<&Body>, new: Option<&Body>) {
        let Some((old, new)) = old.zip(new) else { return };
        let Body {
            format,
            root,
            namespace,
            declaration,
            media_type,
            // Shown in pages, and nowhere else.
            facts: _,
        } = new;
        let was = (&old.format, &old.root, &old.namespace, &old.media_type);
        self.differs(at, Kind::BodyFormat, (&was, &(format, root, namespace, media_type)), |described| {
            let (format, root, namespace, media_type) = described;
            let texts = [root, namespace, media_type].map(|text| option(text.as_deref()));
            let [root, namespace, media_type] = texts;
            format!("{} in {root}, namespace {namespace}, media type {media_type}", format_word(**format))
        });
        self.differs(at, Kind::Declaration, (&old.declaration, declaration), |is| flag(*is).to_owned());
    }
}

/// A format, as the definition says it.
pub(super) const fn format_word(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "xml",
        FormatKind::Json => "json",
        FormatKind::Query => "query",
    }
}
