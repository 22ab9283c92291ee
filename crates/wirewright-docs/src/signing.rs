//! How calls are signed, in words.

use wirewright_codegen::{
    model::{
        Algorithm, Computed, ComputedContent, EncodeSet, From, InReply, PairList, PairOrder, PairPart,
        PairSource, ParameterLocation, RequestWord, SessionValue, TemplatePart, TextEncoding, Vendor,
    },
    plan::{computed::Demand, context::Context},
};

use crate::{
    markup::{Markup, joined},
    places::Places,
    told::Told,
};

/// A computed value in words.
pub(crate) struct Step {
    pub(crate) mark: String,
    pub(crate) name: String,
    pub(crate) told: Told,
    /// What it is made of and where it goes, a sentence each.
    pub(crate) sentences: Vec<Markup>,
}

/// What is computed, in the order of the definition.
pub(crate) fn steps(context: &Context<'_>, places: &Places) -> Vec<Step> {
    let vendor = context.vendor;
    let words = Words { vendor, places };
    let step = |(index, computed): (usize, &Computed)| {
        let mut sentences = vec![words.content(computed)];
        sentences.extend(words.hashed(computed));
        sentences.extend(goes(context, index));
        Step {
            mark: places.computed[index].clone(),
            name: computed.name.clone(),
            told: Told::new(&computed.facts),
            sentences,
        }
    };
    vendor.computed.iter().enumerate().map(step).collect()
}

#[derive(Clone, Copy)]
struct Words<'a> {
    vendor: &'a Vendor,
    places: &'a Places,
}

impl Words<'_> {
    /// What it is made of.
    fn content(self, computed: &Computed) -> Markup {
        let encoded = encode_set(computed.percent_encode);
        match &computed.content {
            ComputedContent::Template(parts) => {
                let text = Markup::new().text("Made of ").add(&self.template(parts));
                match encoded {
                    Some(encoded) => text.text(&format!(", each value {encoded}.")),
                    None => text.text("."),
                }
            }
            ComputedContent::Pairs(list) => self.pairs(list, encoded),
        }
    }

    fn template(self, parts: &[TemplatePart]) -> Markup {
        let parts: Vec<Markup> = parts.iter().map(|part| self.part(part)).collect();
        if parts.is_empty() { Markup::new().text("nothing") } else { joined(&parts, " + ") }
    }

    fn part(self, part: &TemplatePart) -> Markup {
        let named = |what: &str, name: &str| Markup::new().text(what).code(name);
        match part {
            TemplatePart::Literal(text) => Markup::new().code(&quoted(text)),
            TemplatePart::Computed(index) => {
                let name = self.vendor.computed.get(*index).map_or("", |one| one.name.as_str());
                Markup::new().link(&self.places.computed_link(*index), name)
            }
            TemplatePart::Client { name, secret: true, .. } => named("the client's secret ", name),
            TemplatePart::Client { name, .. } => named("the client's ", name),
            TemplatePart::Session { name, .. } => named("the session's ", name),
            TemplatePart::Opening(path) => {
                let steps: Vec<&str> =
                    path.members.iter().map(|step| step.rust.trim_start_matches("r#")).collect();
                let side = match path.side {
                    wirewright_codegen::model::Side::Request => " of the request that opens the session",
                    wirewright_codegen::model::Side::Data => " of the reply that opens the session",
                };
                Markup::new().code(&steps.join(".")).text(side)
            }
            TemplatePart::Parameter { name, .. } => named("the parameter ", name),
            TemplatePart::Header(name) => named("the header ", name),
            TemplatePart::Word(word) => Markup::new().text(match word {
                RequestWord::Method => "the HTTP method",
                RequestWord::Scheme => "the scheme",
                RequestWord::Host => "the host",
                RequestWord::Url => "the URL without its query string",
                RequestWord::Path => "the path",
                RequestWord::NormalizedPath => "the normalized path",
                RequestWord::Operation => "the operation's name",
                RequestWord::Body => "the body",
                RequestWord::BodyLength => "the body's length",
            }),
        }
    }

    fn pairs(self, list: &PairList, encoded: Option<&str>) -> Markup {
        let names = |names: &[String]| {
            joined(&names.iter().map(|name| Markup::new().code(name)).collect::<Vec<_>>(), ", ")
        };
        let mut text = Markup::new().text("The pairs of ");
        if let Some(index) = list.names_of {
            // It has chosen and ordered them.
            let name = self.vendor.computed.get(index).map_or("", |one| one.name.as_str());
            text = text.link(&self.places.computed_link(index), name);
        } else {
            text = text.text(&list.of.iter().map(|of| source(*of)).collect::<Vec<_>>().join(" and "));
            if let Some(only) = &list.only {
                text = text.text(", only ").add(&names(only));
            }
            if !list.except.is_empty() {
                text = text.text(", without ").add(&names(&list.except));
            }
            text = text.text(match list.order {
                PairOrder::Sorted => ", sorted by name",
                PairOrder::SortedBeforeEncoding => ", sorted by name before they are encoded",
                PairOrder::Descending => ", sorted by name, the last first",
                PairOrder::Wire => ", in the order of the wire",
            });
        }
        if list.lowercase {
            text = text.text(", names in lower case");
        }
        if let Some(encoded) = encoded {
            text = text.text(&format!(", names and values {encoded}"));
        }
        if list.collapsed {
            text = text.text(", several spaces as one");
        }
        let each: String = list
            .each
            .iter()
            .map(|part| match part {
                PairPart::Literal(text) => text.as_str(),
                PairPart::Name => "name",
                PairPart::Value => "value",
            })
            .collect();
        text = text.text(", each as ").code(&visible(&each));
        if !list.join.is_empty() {
            text = text.text(", with ").code(&visible(&list.join)).text(" between them");
        }
        if let Some(between) = &list.repeated {
            text = text.text("; values of one name with ").code(&visible(between)).text(" between them");
        }
        if !list.prefix.is_empty() {
            text = text.text("; ").code(&visible(&list.prefix)).text(" before the first");
        }
        text.text(".")
    }

    /// How it is hashed or signed, and written.
    fn hashed(self, computed: &Computed) -> Option<Markup> {
        let names: Vec<&str> = computed.algorithms.iter().map(|one| algorithm(*one)).collect();
        let written = computed.encoding.map(encoding);
        if names.is_empty() {
            return written.map(|written| Markup::new().text(&format!("Written in {written}.")));
        }
        let signed = computed.algorithms.iter().all(|one| one.has_key());
        let how = if signed { "Signed with" } else { "Hashed with" };
        let mut text = Markup::new().text(&format!("{how} {}", names.join(" or ")));
        match computed.key.as_slice() {
            [] => {}
            [key] => text = text.text(" under the key ").add(&self.template(key)),
            [key, then @ ..] => {
                let then: Vec<Markup> = then.iter().map(|message| self.template(message)).collect();
                text = text.text(", each of these under what came before: ").add(&joined(&then, ", "));
                text = text.text(", and this; the first key is ").add(&self.template(key));
            }
        }
        if let Some(encoding_of_key) = computed.key_encoding {
            text = text.text(&format!(", which is in {}", encoding(encoding_of_key)));
        }
        if let Some(written) = written {
            text = text.text(&format!(", and written in {written}"));
        }
        Some(text.text("."))
    }
}

/// Where a computed value goes, and when.
fn goes(context: &Context<'_>, index: usize) -> Vec<Markup> {
    let vendor = context.vendor;
    let mut sentences = Vec::new();
    for one in context.computed.parameters.iter().filter(|one| one.step == index) {
        let Some(parameter) = vendor.parameters.get(one.parameter) else { continue };
        let text = match &parameter.location {
            ParameterLocation::Header(_) => Markup::new().text("Sent in the header "),
            ParameterLocation::Cookie | ParameterLocation::Cookies => {
                Markup::new().text("Sent in the cookie ")
            }
            _ => Markup::new().text("Sent as the parameter "),
        };
        sentences.push(text.code(&parameter.name.wire).text(match one.demand {
            Demand::Never => ".",
            Demand::Always => " of every call.",
            Demand::Signed => " of operations that are signed.",
            Demand::Session => " of operations that are signed, in sessions that have the key.",
        }));
    }
    for session in &vendor.sessions {
        for field in &session.fields {
            if matches!(field.from, SessionValue::Computed(step) if step == index) {
                let text = Markup::new().text("Kept as ").code(&field.name.wire).text(" of the session ");
                sentences.push(text.code(&session.name).text("."));
            }
        }
    }
    if let Some((carrier, _)) = context.computed.reply.filter(|(_, step)| *step == index) {
        let place = match carrier {
            InReply::Pair(_) => "Replies carry it as ",
            InReply::Header(_) => "Replies carry it in the header ",
        };
        let text = Markup::new().text(place).code(carrier.name());
        sentences.push(text.text(": a client compares it."));
    }
    sentences
}

/// The secrets of clients that sign and are never sent.
pub(crate) fn unsent(vendor: &Vendor) -> Vec<&str> {
    let parameters = vendor.parameters.iter();
    let unsent = parameters.filter(|parameter| {
        let secret = matches!(&parameter.from, From::Client(member) if member.secret);
        secret && parameter.location == ParameterLocation::Computed
    });
    unsent.map(|parameter| parameter.name.wire.as_str()).collect()
}

const fn source(of: PairSource) -> &'static str {
    match of {
        PairSource::Query => "the query string",
        PairSource::Form => "the form",
        PairSource::Parameters => "the query string and the form",
        PairSource::Headers => "the headers",
        PairSource::Computed => "what is never sent",
        PairSource::Reply => "the reply",
    }
}

const fn encode_set(set: EncodeSet) -> Option<&'static str> {
    match set {
        EncodeSet::None => None,
        EncodeSet::Rfc3986 => Some("percent-encoded as RFC 3986 has it"),
        EncodeSet::Path => Some("percent-encoded as in a path"),
        EncodeSet::Form => Some("encoded as in a form"),
        EncodeSet::AsSent => Some("encoded as they are sent"),
    }
}

const fn encoding(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Base64 => "base64",
        TextEncoding::Base64Url => "base64 for URLs",
        TextEncoding::Base64UrlUnpadded => "base64 for URLs, without padding",
        TextEncoding::Hex => "hexadecimal digits",
        TextEncoding::HexUppercase => "hexadecimal digits in capitals",
    }
}

const fn algorithm(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Md5 => "MD5",
        Algorithm::Sha1 => "SHA-1",
        Algorithm::Sha224 => "SHA-224",
        Algorithm::Sha256 => "SHA-256",
        Algorithm::Sha384 => "SHA-384",
        Algorithm::Sha512 => "SHA-512",
        Algorithm::HmacMd5 => "HMAC-MD5",
        Algorithm::HmacSha1 => "HMAC-SHA-1",
        Algorithm::HmacSha224 => "HMAC-SHA-224",
        Algorithm::HmacSha256 => "HMAC-SHA-256",
        Algorithm::HmacSha384 => "HMAC-SHA-384",
        Algorithm::HmacSha512 => "HMAC-SHA-512",
    }
}

/// A text in which the ends of lines are seen.
fn visible(text: &str) -> String {
    text.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

/// The same between quotes, as spaces at its ends count.
fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text))
}
