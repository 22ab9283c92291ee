//! What all operations share: address, formats, bodies and signatures.

use super::compare::{Comparison, Spot};
use super::kinds::Kind;
use super::pairs::{NameOf, beyond, pairs};
use super::quote::{code, flag, option};
use crate::model::{
    BasePart, BaseString, Body, EncodeSet, ErrorKeys, Format, FormatKind, ParameterOrder, Signature,
    TextEncoding, Vendor,
};

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
            signature,
            error_keys,
            // Shown in pages, and nowhere else.
            facts: _,
            // Each operation has those that it takes.
            methods: _,
            // In modules of their own.
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
        self.signature(&at.child("signature"), old.signature.as_ref(), signature.as_ref());
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

    fn signature(&mut self, at: &Spot, old: Option<&Signature>, new: Option<&Signature>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => return self.add(at, Kind::SignatureAdded, None, None),
            (Some(_), None) => return self.add(at, Kind::SignatureRemoved, None, None),
            (Some(old), Some(new)) => {
                let renamed = |name| self.session_name(name);
                (signed(self.old.vendor, old, renamed), signed(self.new.vendor, new, |name| name))
            }
        };
        for (was, now) in old.into_iter().zip(new).filter(|(was, now)| was != now) {
            self.became(at, Kind::Signature, was, now);
        }
    }
}

/// How requests are signed, fact by fact.
fn signed<'s>(
    vendor: &'s Vendor,
    signature: &'s Signature,
    kind: impl Fn(&'s str) -> &'s str,
) -> Vec<String> {
    let Signature {
        key,
        encode,
        base: BaseString { parts, join, encode: of_parts, order, parameter_encode, pair, pairs },
        // Shown in pages, and nowhere else.
        facts: _,
    } = signature;
    let key = vendor.sessions.iter().zip(key).filter_map(|(session, key)| {
        let field = session.fields.get((*key)?)?;
        Some(format!("{} of {}", code(&field.name.wire), code(kind(&session.name))))
    });
    let parts: Vec<String> = parts.iter().map(part).collect();
    let order = match order {
        ParameterOrder::Sorted => "sorted",
        ParameterOrder::Descending => "descending",
        ParameterOrder::Wire => "as in the request",
    };
    vec![
        format!("under {}", super::quote::joined(key)),
        format!("as {}", encoding(*encode)),
        format!("over {}", parts.join(", ")),
        format!("joined by {}", code(join)),
        format!("with parts encoded by {}", encode_set(*of_parts)),
        format!("with parameters {order}"),
        format!("with parameters encoded by {}", encode_set(*parameter_encode)),
        format!("with {} in a pair", code(pair)),
        format!("with {} between pairs", code(pairs)),
    ]
}

fn part(part: &BasePart) -> String {
    match part {
        BasePart::Method => "the method".to_owned(),
        BasePart::Url => "the URL".to_owned(),
        BasePart::Host => "the host".to_owned(),
        BasePart::Path => "the path".to_owned(),
        BasePart::Parameters => "the parameters".to_owned(),
        BasePart::Constant(text) => code(text),
    }
}

/// What a text is encoded by, as the definition says it.
pub(super) const fn encoding(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Base64 => "`base64`",
        TextEncoding::Base64Url => "`base64url`",
        TextEncoding::Hex => "`hex`",
    }
}

const fn encode_set(set: EncodeSet) -> &'static str {
    match set {
        EncodeSet::None => "`none`",
        EncodeSet::Rfc3986 => "`rfc3986`",
        EncodeSet::Form => "`form`",
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
