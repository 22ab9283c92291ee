//! The session: where its values come from.

use std::collections::HashSet;

use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Path, Session, SessionField, SessionValue, Side, Step, ValueType};
use crate::read::tree::{self, Member, TypeKind};
use crate::rules;
use crate::source::Text;

use super::{Resolver, facts, name};

/// What each step of a path must be.
const MEMBER: &str = "the name on the wire of a member of the opening operation";

/// How many kinds of session are told to whoever names one that there is not.
const TOLD: usize = 16;

/// What a path of a session leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A string of the request or the reply, which must be promised.
    Text,
    /// The same, which the reply need not promise.
    OptionalText,
    /// The server's clock in the reply, which may be absent.
    Seconds,
}

impl Wanted {
    const fn start(self) -> &'static str {
        match self {
            Self::Text | Self::OptionalText => {
                "`request.` or `data.` and the name on the wire of a member of the opening operation, or `session.` and a field of the session that it is called in"
            }
            Self::Seconds => "`data.` and the name on the wire of a member of the opening reply",
        }
    }

    const fn type_name(self) -> &'static str {
        match self {
            Self::Text | Self::OptionalText => "string",
            Self::Seconds => "integer",
        }
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn session(&self, written: &tree::Session<'a>) -> Option<Session> {
        let opens = written.opens.and_then(|opens| self.operation_reference(opens));
        let closes = written.closes.and_then(|closes| self.operation_reference(closes));
        let opening = opens.map(|(_, operation)| operation);
        let conditional = written.conditional.filter(|conditional| conditional.value);
        let wanted = if conditional.is_some() { Wanted::OptionalText } else { Wanted::Text };
        let fields: Vec<_> =
            written.fields.iter().filter_map(|field| self.field(field, opening, wanted)).collect();
        if let Some(conditional) = conditional
            && fields.len() == written.fields.len()
            && fields.iter().all(always_there)
        {
            self.report.add(
                Fault::new(
                    Code::SessionLife,
                    conditional.span,
                    "the call that opens the session always does",
                )
                .label("all that the session keeps is promised")
                .expected(
                    "a member of the reply without `required`, which is only there when a session is opened",
                )
                .help("or remove `conditional`"),
            );
        }
        let clock = written.clock.and_then(|clock| self.path(clock, opening, Wanted::Seconds));
        Some(Session {
            name: written.key.map_or("session", |key| key.value).to_owned(),
            rust: written.rust.clone(),
            opens: opens?.0,
            closes: closes.map(|closes| closes.0),
            conditional: conditional.is_some(),
            clock,
            fields,
            facts: facts(&written.facts),
        })
    }

    /// The kinds of session that an operation can be called with. Where there are none, that is a fault of its own.
    pub(super) fn sessions_of(&self, operation: &tree::Operation<'_>) -> Vec<usize> {
        let sessions = &self.definition.protocol.sessions;
        let said = operation.session.iter().flat_map(|said| &said.value);
        let said: Vec<_> = said.filter(|text| text.value != tree::NONE).collect();
        let index = |text: &Text<'_>| sessions.iter().position(|session| session.word() == text.value);
        for text in said.iter().filter(|text| index(text).is_none() && !sessions.is_empty()) {
            let known = sessions.iter().map(tree::Session::word).chain(std::iter::once(tree::NONE));
            let mut words: Vec<String> = known.clone().take(TOLD).map(|word| format!("`{word}`")).collect();
            if sessions.len() >= TOLD {
                words.push("…".to_owned());
            }
            self.report.add(
                Fault::new(
                    Code::UnknownReference,
                    text.span,
                    format!("there is no kind of session `{}`", text.value),
                )
                .label("not defined")
                .expected(format!("{}, or a list of these", words.join(", ")))
                .did_you_mean(self.report, text.value, known),
            );
        }
        // In the order of the definition, so that the same set is always the same.
        let mut indices: Vec<usize> = said.iter().filter_map(|text| index(text)).collect();
        indices.sort_unstable();
        indices.dedup();
        indices
    }

    fn operation_reference(&self, written: Text<'_>) -> Option<((usize, usize), &'a tree::Operation<'a>)> {
        if let Some((index, _, operation)) = self.scope.operation(written.value) {
            return Some((index, operation));
        }
        let known = self.definition.groups.iter().flat_map(|group| {
            group.operations.iter().map(move |operation| format!("{}/{}", group.name, operation.key.value))
        });
        self.report.add(
            Fault::new(
                Code::UnknownReference,
                written.span,
                format!("there is no operation `{}`", written.value),
            )
            .label("not defined")
            .expected("a group (the name of a file) and an operation (a table in it), as in `session/login`")
            .did_you_mean(self.report, written.value, known),
        );
        None
    }

    fn field(
        &self,
        written: &tree::SessionField<'a>,
        opening: Option<&'a tree::Operation<'a>>,
        wanted: Wanted,
    ) -> Option<SessionField> {
        let from = written.from?;
        let from = match from.value.split_once('.') {
            Some(("computed", name)) => self.computed_field(from, name)?,
            Some(("session", key)) => self.kept(written, from, key, opening?)?,
            _ => SessionValue::Copied(self.path(from, opening, wanted)?),
        };
        self.marked(written, &from);
        Some(SessionField {
            name: name(written.key, &written.rust),
            secret: written.secret.is_some_and(|secret| secret.value),
            value: ValueType::String,
            from,
            facts: facts(&written.facts),
        })
    }

    /// A field of whichever session the opening call is made in: all of them have it.
    fn kept(
        &self,
        written: &tree::SessionField<'a>,
        from: Text<'a>,
        key: &str,
        opening: &tree::Operation<'a>,
    ) -> Option<SessionValue> {
        let kinds = &self.definition.protocol.sessions;
        let around = || kinds.iter().filter(|kind| opening.takes(kind).is_some());
        let fault = |message: String| Fault::new(Code::SessionPath, from.span, message);
        if opening.sessionless() || around().next().is_none() {
            self.report.add(
                fault("the opening call may be made in no session".to_owned())
                    .label("of the session that it is made in")
                    .related(opening.key.span, "opens the session")
                    .expected("a `session` of the opening operation that is no list with `none`"),
            );
            return None;
        }
        for kind in around() {
            let Some(field) = kind.field(key).and_then(|index| kind.fields.get(index)) else {
                let keys = kind.fields.iter().map(|field| field.key.value);
                self.report.add(
                    fault(format!("`{}` keeps no `{key}`", kind.table()))
                        .label("not kept there")
                        .related(kind.span, "the opening call may be made in it")
                        .expected("`session.` and the name of a field of the session that the opening call is made in")
                        .did_you_mean(self.report, key, keys),
                );
                return None;
            };
            let is_secret = |field: &tree::SessionField<'_>| field.secret.is_some_and(|secret| secret.value);
            if is_secret(field) && written.secret.is_none() {
                self.report.add(rules::unmarked(written.key, "it is taken from a secret"));
            }
        }
        Some(SessionValue::Kept(key.to_owned()))
    }

    /// What is made of a secret is one, unless the definition says that it is none.
    fn marked(&self, written: &tree::SessionField<'_>, from: &SessionValue) {
        let secret = match from {
            SessionValue::Copied(path) => path.secret,
            // Keys are what sessions compute.
            SessionValue::Computed(_) => true,
            // It has been compared with what it is taken from.
            SessionValue::Kept(_) => false,
        };
        if secret && written.secret.is_none() && !rules::looks_secret(written.key, written.name) {
            self.report.add(rules::unmarked(written.key, "it is made of a secret"));
        }
    }

    /// `request.x.y` or `data.x.y` of the opening operation. What it leads to must be promised, and a string.
    pub(super) fn path(
        &self,
        written: Text<'_>,
        opening: Option<&'a tree::Operation<'a>>,
        wanted: Wanted,
    ) -> Option<Path> {
        let opening = opening?;
        let fault = |message: String| Fault::new(Code::SessionPath, written.span, message);
        let mut steps = written.value.split('.');
        let (side, mut members) = match steps.next() {
            Some("request") if wanted != Wanted::Seconds => (Side::Request, opening.request.as_slice()),
            Some("data") => (Side::Data, opening.reply.as_slice()),
            _ => {
                self.report.add(
                    fault(format!("`{}` is no path to a value", written.value))
                        .label("starts with neither side")
                        .expected(wanted.start()),
                );
                return None;
            }
        };
        let mut path = Path { side, members: Vec::new(), secret: false };
        let mut last: Option<&Member<'a>> = None;
        let mut steps = steps.peekable();
        while let Some(step) = steps.next() {
            if let Some(Some(TypeKind::Structure(inner))) = last.map(|member| self.scope.kind(member.kind)) {
                members = inner;
            } else if let Some(member) = last {
                self.report.add(
                    fault(format!("`{}` has no members", member.key.value))
                        .label(format!("there is no `{step}`"))
                        .related(member.key.span, "this is no structure")
                        .expected(MEMBER),
                );
                return None;
            }
            let Some(way) = self.find(members, step, side, &mut HashSet::new()) else {
                self.report.add(
                    fault(format!("`{step}` leads nowhere"))
                        .label(format!("no member `{step}`"))
                        .expected(MEMBER)
                        .did_you_mean(self.report, step, members.iter().map(|member| member.key.value)),
                );
                return None;
            };
            let may_be_absent = match wanted {
                Wanted::Text => false,
                Wanted::OptionalText => side == Side::Data,
                Wanted::Seconds => steps.peek().is_none() && way.len() == 1,
            };
            let promised = |member: &Member<'_>| member.required() || may_be_absent;
            if let Some(on_the_way) = way.iter().find(|member| !promised(member) || !member.once()) {
                let (what, label) = if on_the_way.once() {
                    ("may be absent", "add `required = true` if the vendor promises it")
                } else {
                    ("is not one value", "a list or a map")
                };
                self.report.add(
                    fault(format!("`{}` {what}, and the session needs it", on_the_way.key.value))
                        .label("leads through it")
                        .related(on_the_way.key.span, label)
                        .expected("a way on which each member is always there, and once"),
                );
                return None;
            }
            let step = |member: &&Member<'_>| Step { rust: member.rust.clone(), promised: member.required() };
            path.members.extend(way.iter().map(step));
            last = way.last().copied();
        }
        let Some(last) = last else {
            self.report.add(
                fault(format!("`{}` names no member", written.value)).label("a side only").expected(MEMBER),
            );
            return None;
        };
        if last.kind.map_or("string", |kind| kind.value) != wanted.type_name() {
            self.report.add(
                fault(format!("`{}` is no {}", last.key.value, wanted.type_name()))
                    .label("leads to it")
                    .expected(format!("a member of type `{}`", wanted.type_name()))
                    .related(last.key.span, "of another type"),
            );
            return None;
        }
        path.secret = last.secret.is_some_and(|secret| secret.value);
        Some(path)
    }

    /// The member of this name, with the flattened members on the way to it.
    fn find(
        &self,
        members: &'a [Member<'a>],
        step: &str,
        side: Side,
        seen: &mut HashSet<&'a str>,
    ) -> Option<Vec<&'a Member<'a>>> {
        // A request is written as parameters; a reply's names are those of the definition's keys.
        let named = |member: &&Member<'_>| {
            member.key.value == step
                || (side == Side::Request && member.wire(FormatKind::Query).value == step)
        };
        if let Some(found) = members.iter().filter(|member| member.flatten.is_none()).find(named) {
            return Some(vec![found]);
        }
        members.iter().filter(|member| member.flatten.is_some()).find_map(|member| {
            let Some(TypeKind::Structure(inner)) = self.scope.kind(member.kind) else { return None };
            // Flattening deeper than this is a fault of its own.
            if seen.len() >= rules::FLATTENED || !seen.insert(member.kind?.value) {
                return None;
            }
            let mut way = vec![member];
            way.extend(self.find(inner, step, side, seen)?);
            Some(way)
        })
    }
}

/// Whether each opening call has a field's value.
fn always_there(field: &SessionField) -> bool {
    match &field.from {
        SessionValue::Copied(path) => path.members.iter().all(|step| step.promised),
        SessionValue::Computed(_) | SessionValue::Kept(_) => true,
    }
}
