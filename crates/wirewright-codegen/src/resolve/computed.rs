//! Computed values: what is in the braces of their templates, and which pairs they are made of.

use std::collections::HashSet;

use crate::diagnostic::{Code, Fault};
use crate::model::{
    Computed, ComputedContent, EncodeSet, FormatKind, InReply, PairList, PairOrder, PairPart, RequestWord,
    SessionValue, TemplatePart,
};
use crate::read::tree::{self, ParameterLocation, Provider};
use crate::source::{Span, Text};
use crate::template::{Piece, Placeholder, pieces, placeholders};

use super::session::Wanted;
use super::{Resolver, facts};

/// The values that every request has, by their words.
pub(crate) const REQUEST_WORDS: &[(&str, RequestWord)] = &[
    ("method", RequestWord::Method),
    ("scheme", RequestWord::Scheme),
    ("host", RequestWord::Host),
    ("url", RequestWord::Url),
    ("path", RequestWord::Path),
    ("normalized-path", RequestWord::NormalizedPath),
    ("operation", RequestWord::Operation),
    ("body", RequestWord::Body),
    ("body-length", RequestWord::BodyLength),
];

/// What is before the dot of a value's name.
const GROUPS: &[&str] = &["client.", "session.", "parameter.", "header.", "request.", "data."];

/// The computed values that one is made of, itself among them, by their names.
pub(crate) fn reach<'a>(definition: &tree::Definition<'a>, name: &'a str) -> HashSet<&'a str> {
    let protocol = &definition.protocol;
    let mut found = HashSet::new();
    let mut next = vec![name];
    while let Some(name) = next.pop() {
        let Some(step) = protocol.computed(name).filter(|_| found.insert(name)) else { continue };
        next.extend(step.pairs_of.map(|of| of.value));
        for value in step.templates().flat_map(|template| placeholders(template.value)) {
            match value.parts() {
                (name, None) => next.push(name),
                ("parameter", Some(name)) => next.extend(carried(protocol, name)),
                _ => {}
            }
        }
    }
    found
}

/// The computed value that a parameter carries, if it does.
fn carried<'a>(protocol: &tree::Protocol<'a>, name: &str) -> Option<&'a str> {
    let parameter = protocol.parameters.iter().find(|one| one.is_named(name))?;
    let computed = parameter.from.is_some_and(|from| from.value == Provider::Computed);
    computed.then(|| parameter.field.unwrap_or(parameter.member.key).value)
}

impl<'a> Resolver<'a> {
    /// The index of a computed value.
    pub(super) fn computed_reference(&self, name: &str, span: Span) -> Option<usize> {
        let steps = &self.definition.protocol.computed;
        let found = steps.iter().position(|step| step.key.value == name);
        if found.is_none() {
            let fault =
                Fault::new(Code::UnknownReference, span, format!("there is no computed value `{name}`"))
                    .label("not defined");
            self.report.add(if steps.is_empty() {
                fault.expected(format!("a table `[computed.{name}]` that says how it is computed"))
            } else {
                fault.expected("the name of a table in `[computed]`").did_you_mean(
                    self.report,
                    name,
                    steps.iter().map(|step| step.key.value),
                )
            });
        }
        found
    }

    pub(super) fn computed(&self, written: &tree::Computed<'a>) -> Computed {
        let template = |text: Text<'a>| self.template(written, text);
        let content = match (written.text, self.pairs(written)) {
            (_, Some(list)) => ComputedContent::Pairs(list),
            (text, None) => ComputedContent::Template(text.map(template).unwrap_or_default()),
        };
        Computed {
            name: written.key.value.to_owned(),
            content,
            percent_encode: written.percent_encode.map_or(EncodeSet::None, |set| set.value),
            algorithms: written.algorithm.iter().flatten().map(|one| one.value).collect(),
            key: written.keys.iter().flat_map(|keys| keys.value.iter().copied()).map(template).collect(),
            key_encoding: written.key_encoding.map(|encoding| encoding.value),
            encoding: written.encoding.map(|encoding| encoding.value),
            in_reply: match (written.in_reply, written.in_reply_header) {
                (Some(pair), _) => Some(InReply::Pair(pair.value.to_owned())),
                (None, header) => header.map(|header| InReply::Header(header.value.to_owned())),
            },
            facts: facts(&written.facts),
        }
    }

    /// The pairs that a computed value is made of, if it is made of such.
    fn pairs(&self, written: &tree::Computed<'a>) -> Option<PairList> {
        let protocol = &self.definition.protocol;
        let mut source = written;
        let mut names_of = None;
        let mut seen = HashSet::new();
        while let Some(of) = source.pairs_of {
            // A cycle is a fault of its own.
            names_of = Some(self.computed_reference(of.value, of.span)?);
            source = protocol.computed(of.value).filter(|_| seen.insert(of.value))?;
        }
        let of = source.pairs.as_ref()?;
        let names = |names: &Option<crate::source::At<Vec<Text<'_>>>>| -> Vec<String> {
            names.iter().flat_map(|names| &names.value).map(|name| name.value.to_owned()).collect()
        };
        let text = |text: Option<Text<'_>>, default: &str| {
            text.map_or_else(|| default.to_owned(), |text| text.value.to_owned())
        };
        Some(PairList {
            of: of.iter().map(|of| of.value).collect(),
            only: source.only.as_ref().map(|_| names(&source.only)),
            except: names(&source.except),
            must_include: names(&source.must_include),
            names_of,
            lowercase: written.lowercase.is_some_and(|flag| flag.value),
            repeated: written.repeated.map(|text| text.value.to_owned()),
            collapsed: written.collapse.is_some_and(|flag| flag.value),
            order: written.order.map_or(PairOrder::Sorted, |order| order.value),
            each: each(written.each.map_or("{name}={value}", |each| each.value)),
            join: text(written.join, "&"),
            prefix: text(written.prefix, ""),
        })
    }

    fn template(&self, step: &tree::Computed<'a>, text: Text<'a>) -> Vec<TemplatePart> {
        // What cannot be read is a fault of its own.
        let pieces = pieces(text.value).unwrap_or_default();
        let part = |piece: Piece<'a>| match piece {
            Piece::Literal(literal) => Some(TemplatePart::Literal(literal)),
            Piece::Value(value) => self.value(step, value, value.span(text, self.sources)),
        };
        pieces.into_iter().filter_map(part).collect()
    }

    fn value(&self, step: &tree::Computed<'a>, value: Placeholder<'a>, span: Span) -> Option<TemplatePart> {
        let optional = value.optional;
        match value.parts() {
            (name, None) => {
                if let Some((_, word)) = REQUEST_WORDS.iter().find(|(word, _)| *word == name) {
                    return Some(TemplatePart::Word(*word));
                }
                self.step(name, span)
            }
            ("client", Some(field)) => self.of_client(Text { value: field, span }, optional),
            ("session", Some(field)) => {
                self.session_field(Text { value: field, span })?;
                Some(TemplatePart::Session { name: field.to_owned(), optional })
            }
            ("parameter", Some(name)) => self.parameter_value(name, span, optional),
            ("header", Some(name)) => Some(TemplatePart::Header(name.to_ascii_lowercase())),
            ("request" | "data", Some(_)) => {
                let (opening, wanted) = self.opening_of(step.key.value, span)?;
                let path = Text { value: value.name, span };
                self.path(path, Some(opening), wanted).map(TemplatePart::Opening)
            }
            _ => self.step(value.name, span),
        }
    }

    /// Another computed value.
    fn step(&self, name: &str, span: Span) -> Option<TemplatePart> {
        let steps = &self.definition.protocol.computed;
        if let Some(index) = steps.iter().position(|step| step.key.value == name) {
            return Some(TemplatePart::Computed(index));
        }
        let known = steps.iter().map(|step| step.key.value);
        let known = known.chain(REQUEST_WORDS.iter().map(|(word, _)| *word)).chain(GROUPS.iter().copied());
        self.report.add(
            Fault::new(Code::UnknownReference, span, format!("nothing is called `{name}`"))
                .label("not known")
                .expected(
                    "another computed value, `client.`, `session.`, `parameter.` or `header.` and a name, or one of `method`, `scheme`, \
                     `host`, `url`, `path`, `normalized-path`, `operation`, `body`, `body-length`",
                )
                .did_you_mean(self.report, name, known),
        );
        None
    }

    fn of_client(&self, name: Text<'a>, optional: bool) -> Option<TemplatePart> {
        let known = || {
            let parameters = self.definition.protocol.parameters.iter();
            parameters
                .filter(|one| one.from.is_some_and(|from| from.value == Provider::Client) && !one.is_again())
        };
        let Some(index) = self.scope.client_parameter(name.value) else {
            self.report.add(
                Fault::new(
                    Code::UnknownReference,
                    name.span,
                    format!("the client has no parameter `{}`", name.value),
                )
                .label("not a parameter with `from = \"client\"`")
                .expected(
                    "the name of a parameter with `from = \"client\"`; one that is never sent by itself has `in = \"computed\"`",
                )
                .did_you_mean(self.report, name.value, known().map(|one| one.member.key.value)),
            );
            return None;
        };
        let parameter = known().nth(index)?;
        Some(TemplatePart::Client {
            name: parameter.member.wire(FormatKind::Query).value.to_owned(),
            index,
            secret: parameter.member.secret.is_some_and(|secret| secret.value),
            required: parameter.member.required() || parameter.credentials.is_some(),
            optional,
        })
    }

    /// A parameter as requests carry it.
    fn parameter_value(&self, name: &'a str, span: Span, optional: bool) -> Option<TemplatePart> {
        let protocol = &self.definition.protocol;
        if let Some(step) = carried(protocol, name) {
            return self.step(step, span);
        }
        let plain = |prefix: Option<Text<'_>>| TemplatePart::Parameter {
            name: name.to_owned(),
            prefix: prefix.map_or_else(String::new, |prefix| prefix.value.to_owned()),
            optional,
        };
        if let Some(parameter) = protocol.parameters.iter().find(|one| one.is_named(name)) {
            let member = &parameter.member;
            let only_computed =
                member.location.is_some_and(|location| location.value == ParameterLocation::Computed);
            let of_client = parameter.from.is_some_and(|from| from.value == Provider::Client);
            return if only_computed && of_client && !parameter.is_again() {
                self.of_client(Text { value: member.key.value, span }, optional)
            } else {
                Some(plain(member.prefix))
            };
        }
        let own = || self.definition.groups.iter().flat_map(|group| &group.operations);
        let mut own = own().flat_map(|operation| &operation.request);
        if let Some(member) = own.find(|member| member.wire(FormatKind::Query).value == name) {
            return Some(plain(member.prefix));
        }
        let known = protocol.parameters.iter().map(|one| one.member.key.value).filter(|name| *name != "*");
        self.report.add(
            Fault::new(Code::UnknownReference, span, format!("there is no parameter `{name}`"))
                .label("not defined")
                .expected("the name of a parameter in `[parameters]`, or of one of an operation")
                .did_you_mean(self.report, name, known),
        );
        None
    }

    /// The operation that opens the session whose field a computed value becomes.
    fn opening_of(&self, name: &'a str, span: Span) -> Option<(&'a tree::Operation<'a>, Wanted)> {
        let sessions = self.definition.protocol.sessions.iter();
        let mut opened = sessions.filter(|session| {
            let origins =
                session.fields.iter().filter_map(|field| field.from?.value.strip_prefix("computed."));
            origins.into_iter().any(|origin| reach(self.definition, origin).contains(name))
        });
        let Some(session) = opened.next() else {
            self.report.add(
                Fault::new(Code::SessionPath, span, "no session is opened with this value")
                    .label("a value of an opening call")
                    .expected(format!(
                        "a field of a session with `from = \"computed.{name}\"`: such values are known when a session is opened, and no later"
                    )),
            );
            return None;
        };
        // An operation that is not there has been reported.
        let (_, _, operation) = self.scope.operation(session.opens?.value)?;
        let conditional = session.conditional.is_some_and(|conditional| conditional.value);
        Some((operation, if conditional { Wanted::OptionalText } else { Wanted::Text }))
    }

    /// The computed value that becomes a session's field.
    pub(super) fn computed_field(&self, written: Text<'a>, name: &str) -> Option<SessionValue> {
        let index = self.computed_reference(name, written.span)?;
        Some(SessionValue::Computed(index))
    }
}

/// How a pair is written. What is in other braces is a fault of its own.
fn each(text: &str) -> Vec<PairPart> {
    let part = |piece: Piece<'_>| match piece {
        Piece::Literal(literal) => Some(PairPart::Literal(literal)),
        Piece::Value(Placeholder { name: "name", .. }) => Some(PairPart::Name),
        Piece::Value(Placeholder { name: "value", .. }) => Some(PairPart::Value),
        Piece::Value(_) => None,
    };
    pieces(text).unwrap_or_default().into_iter().filter_map(part).collect()
}
