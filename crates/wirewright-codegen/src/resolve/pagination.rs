//! Paginated calls: where a reply has its items, and what it says of the next call.

use crate::diagnostic::{Code, Fault};
use crate::model::{ClockUnit, Last, MemberPath, Next, Opening, Pagination, Repeat, ValueType};
use crate::read::tree::{self, Group, Member, Operation, TypeKind};
use crate::rules;
use crate::source::{Span, Text};

use super::Resolver;

fn clash(span: Span, message: impl Into<String>, label: &str) -> Fault {
    Fault::new(Code::Pagination, span, message).label(label)
}

/// A member of a reply, behind the structures that it is in.
pub(super) struct Way<'m, 'a> {
    pub(super) inside: Vec<&'m Member<'a>>,
    pub(super) member: &'m Member<'a>,
}

impl<'a> Resolver<'a> {
    /// What the reply of an operation says of the next call. Where that is nothing that can be followed, it is a fault.
    pub(super) fn pagination(&self, group: &Group<'_>, operation: &Operation<'a>) -> Option<Pagination> {
        let written = operation.pagination.as_ref()?;
        self.ordinary(group, operation, written);
        let items = written.items.and_then(|items| self.way_to(operation, items));
        let items = items.filter(|items| self.is_list(items.member, written));
        let wait = written.wait.and_then(|wait| self.number(operation, wait));
        let held = written.held.and_then(|held| self.member_of(&operation.request, held, "request"));
        let held = held.filter(|(_, member)| self.is_one(member, &ValueType::Integer, written.held));
        let unit = written.unit.map_or(ClockUnit::Seconds, |unit| unit.value);
        if let (Some(unit), None, None) = (written.unit, written.wait, written.held) {
            self.report.add(
                clash(unit.span, "`unit` without `wait` or `held`", "counts nothing")
                    .help("add `wait`, the member that says how long to wait, or remove `unit`"),
            );
        }
        if let Some(default) = written.held_default {
            let label = match held {
                None if written.held.is_none() => Some("of what?"),
                Some((_, member)) if member.required() => Some("never used: the request says it always"),
                // What is not there has been reported.
                Some(_) | None => None,
            };
            if let Some(label) = label {
                self.report.add(
                    clash(
                        default.span,
                        "`held-default` needs `held`, a parameter that may be left out",
                        label,
                    )
                    .expected("`held = \"…\"`, an optional parameter of the request"),
                );
            }
        }
        if let Some(opening) = written.held_opening {
            let held = held.filter(|(_, member)| !member.required());
            if held.is_none() || written.from_opening.is_none() {
                self.report.add(
                    clash(
                        opening.span,
                        "`held-opening` needs `from-opening`, and `held` that may be left out",
                        "would never be used",
                    )
                    .expected(
                        "`held = \"…\"`, an optional parameter of the request, and `from-opening = true`",
                    ),
                );
            }
        }
        let last = written.last.and_then(|last| self.last(items.as_ref()?.member, last));
        let next = self.next(operation, written);
        let total = written.total.map(|total| self.number(operation, total));
        let opening = written.from_opening.and_then(|span| self.opening(operation, written, span));
        Some(Pagination {
            items: self.member_path(&items?),
            next: next?,
            // What is not there has been reported.
            total: total.flatten(),
            wait: wait.map(|wait| (wait, unit)),
            held: held.map(|(index, _)| (index, unit)),
            held_default: written.held_default.map(|default| default.value),
            last,
            until_empty: written.until_empty,
            without: written.without.iter().filter_map(|name| self.left_out(operation, *name)).collect(),
            opening,
        })
    }

    /// What opens or closes a session is called once, and what has no envelope has no members.
    fn ordinary(&self, group: &Group<'_>, operation: &Operation<'_>, written: &tree::Pagination<'_>) {
        if let Some(raw) = &operation.raw {
            self.report.add(
                clash(
                    written.span,
                    "a reply without an envelope cannot be paginated",
                    "has no members that could say where the next page is",
                )
                .related(raw.span, "no envelope")
                .help("remove `pagination`"),
            );
        }
        let own = format!("{}/{}", group.name, operation.key.value);
        let ends =
            self.definition.protocol.sessions.iter().flat_map(|session| [session.opens, session.closes]);
        if let Some(end) = ends.flatten().find(|end| end.value == own) {
            self.report.add(
                clash(written.span, format!("`{own}` is called once for a session"), "pagination")
                    .related(end.span, "a session begins or ends with it")
                    .help("remove `pagination`"),
            );
        }
    }

    /// The member of this key.
    fn member_of<'m>(
        &self,
        members: &'m [Member<'a>],
        written: Text<'_>,
        side: &str,
    ) -> Option<(usize, &'m Member<'a>)> {
        let found = members.iter().enumerate().find(|(_, member)| member.key.value == written.value);
        if found.is_none() {
            let message = format!("the {side} has no member `{}`", written.value);
            self.report.add(
                Fault::new(Code::UnknownReference, written.span, message)
                    .label("not there")
                    .expected(format!("the key of a member of the operation's {side}"))
                    .did_you_mean(self.report, written.value, members.iter().map(|member| member.key.value)),
            );
        }
        found
    }

    /// The member of the reply at the end of a way through structures: names with dots between them. A name with a dot in it is found
    /// as well.
    pub(super) fn way_to<'m>(&self, operation: &'m Operation<'a>, written: Text<'_>) -> Option<Way<'m, 'a>>
    where
        'a: 'm,
    {
        let (mut members, mut rest): (&'m [Member<'a>], &str) = (&operation.reply, written.value);
        let mut inside = Vec::new();
        loop {
            if let Some(member) = members.iter().find(|member| member.key.value == rest) {
                return Some(Way { inside, member });
            }
            let step = members.iter().find_map(|member| {
                let behind = rest.strip_prefix(member.key.value)?.strip_prefix('.')?;
                match self.scope.kind(member.kind) {
                    Some(TypeKind::Structure(inner)) if member.once() => {
                        Some((member, inner.as_slice(), behind))
                    }
                    _ => None,
                }
            });
            let Some((member, inner, behind)) = step else {
                let message = format!("the reply has no member `{}`", written.value);
                self.report.add(
                    Fault::new(Code::UnknownReference, written.span, message)
                        .label("not there")
                        .expected("the key of a member of the operation's reply; `found.items` is one that is inside of another")
                        .did_you_mean(self.report, rest, members.iter().map(|member| member.key.value)),
                );
                return None;
            };
            inside.push(member);
            (members, rest) = (inner, behind);
        }
    }

    pub(super) fn member_path(&self, way: &Way<'_, 'a>) -> MemberPath {
        MemberPath {
            inside: way.inside.iter().map(|member| self.member(member)).collect(),
            member: self.member(way.member),
        }
    }

    /// A member of the reply that is an integer.
    fn number(&self, operation: &Operation<'a>, written: Text<'_>) -> Option<MemberPath> {
        let way = self.way_to(operation, written)?;
        self.is_one(way.member, &ValueType::Integer, Some(written)).then(|| self.member_path(&way))
    }

    fn is_list(&self, member: &Member<'_>, written: &tree::Pagination<'_>) -> bool {
        let plain = matches!(member.list.as_ref().map(|list| &list.value), Some(Repeat::List { .. }))
            && member.empty_is_absent.is_none();
        if !plain {
            let place = written.items.map_or(written.span, |items| items.span);
            self.report.add(
                clash(place, format!("`{}` is no list of items", member.key.value), "the items")
                    .related(member.key.span, "not a list, or one whose items may be absent")
                    .expected("a member of the reply with `list`"),
            );
        }
        plain
    }

    /// Whether a member is one value of a type.
    fn is_one(&self, member: &Member<'_>, wanted: &ValueType, written: Option<Text<'_>>) -> bool {
        let found = self.scope.value_type(member.kind);
        let is = member.once() && member.flatten.is_none() && found.as_ref() == Some(wanted);
        // A type that is not there has been reported.
        if let (false, Some(written), Some(_)) = (is, written, found) {
            let name = if *wanted == ValueType::Integer { "integer" } else { "string" };
            self.report.add(
                clash(written.span, format!("`{}` is no {name}", member.key.value), "leads to it")
                    .related(member.key.span, "of another type, or not one value")
                    .expected(format!("one member of type `{name}`")),
            );
        }
        is
    }

    fn next(&self, operation: &Operation<'a>, written: &tree::Pagination<'a>) -> Option<Next> {
        if let (Some(hosts), None) = (&written.hosts, written.url) {
            self.report.add(
                clash(hosts.span, "`hosts` without `url`", "nothing leads there")
                    .help("add `url`, or remove `hosts`"),
            );
        }
        self.belongs(written.pages, "pages", written.page, "page");
        if let (Some(total), None, None) = (written.total, written.offset, written.page) {
            self.report.add(
                clash(total.span, "`total` without `offset` or `page`", "how many of them have been read?")
                    .help("add `offset` or `page`, a parameter of the request; or remove `total`"),
            );
        }
        if let (Some(first), None, None) = (&written.first, written.page, written.offset) {
            self.report.add(
                clash(first.span, "`first` without `page` or `offset`", "of what?")
                    .help("add `page` or `offset`, or remove `first`"),
            );
        }
        let ways = [
            written.url.map(|url| url.span),
            written.parameters.as_ref().map(|parameters| parameters.span),
            written.further.map(|further| further.span),
            written.page.map(|page| page.span),
            written.offset.map(|offset| offset.span),
        ];
        let mut ways = ways.into_iter().flatten();
        if let (Some(first), Some(second)) = (ways.next(), ways.next()) {
            self.report.add(
                clash(second, "the next call is found in two ways", "the second one")
                    .related(first, "the first one")
                    .expected("one of `url`, `parameters`, `further`, `page` and `offset`"),
            );
            return None;
        }
        let first = |default: i64| {
            written.first.as_ref().map_or(default, |first| i64::try_from(first.value).unwrap_or(i64::MAX))
        };
        if let Some(page) = written.page {
            let pages = written.pages.map(|pages| self.number(operation, pages));
            let parameter = self.counter(operation, page)?;
            // What is not there has been reported.
            let pages = pages.map_or(Some(None), |pages| pages.map(Some))?;
            return Some(Next::Page { parameter, first: first(1), pages });
        }
        if let Some(offset) = written.offset {
            let parameter = self.counter(operation, offset)?;
            return Some(Next::Offset { parameter, first: first(0) });
        }
        if let Some(further) = written.further {
            return self.further(operation, further);
        }
        match (written.url, &written.parameters) {
            (Some(url), _) => {
                let way = self.way_to(operation, url)?;
                let hosts = written.hosts.iter().flat_map(|hosts| &hosts.value);
                for host in hosts.clone().filter(|host| !rules::is_plain_endpoint(host.value)) {
                    self.report.add(
                        Fault::new(Code::Endpoint, host.span, format!("`{}` is no endpoint", host.value))
                            .label("not an address")
                            .expected("scheme and host, without a path or a trailing slash, as in `https://api.example.com`"),
                    );
                }
                let hosts = hosts.map(|host| host.value.to_owned()).collect();
                self.is_one(way.member, &ValueType::String, Some(url))
                    .then(|| Next::Url { member: self.member_path(&way), hosts })
            }
            (None, Some(parameters)) if !parameters.value.is_empty() => {
                let pairs = parameters.value.iter().map(|pair| self.parameter_of(operation, *pair));
                let pairs: Vec<_> = pairs.collect();
                Some(Next::Parameters(pairs.into_iter().collect::<Option<_>>()?))
            }
            (None, _) => {
                self.report.add(
                    Fault::new(Code::MissingKey, written.span, "nothing says where the next call goes")
                        .label("needs `url`, `parameters`, `further`, `page` or `offset`")
                        .expected(
                            "`url = \"…\"` or `further = \"…\"`, a member of the reply, `parameters = { parameter = \"member\" }`, or \
                             `page = \"…\"` or `offset = \"…\"`, a parameter of the request",
                        ),
                );
                None
            }
        }
    }

    /// A map of the reply: parameters with their values.
    fn further(&self, operation: &Operation<'a>, written: Text<'_>) -> Option<Next> {
        let way = self.way_to(operation, written)?;
        let member = way.member;
        let texts =
            matches!(member.map.as_ref().map(|map| &map.value), Some(Repeat::Map { repeats: false, .. }))
                && self.scope.value_type(member.kind) == Some(ValueType::String)
                && member.empty_is_absent.is_none()
                && !member.secret.is_some_and(|secret| secret.value);
        if !texts {
            self.report.add(
                clash(written.span, format!("`{}` is no map of parameters", written.value), "leads to it")
                    .related(member.key.span, "no map, or one of something else than texts")
                    .expected("a member with `map` whose values are texts and no secrets"),
            );
            return None;
        }
        if let Some(partial) = operation.partial {
            self.report.add(
                clash(written.span, "`further` beside `partial`", "fills what a caller may fill as well")
                    .related(partial.span, "a caller may give further parameters")
                    .expected("one of the two"),
            );
        }
        Some(Next::Further(self.member_path(&way)))
    }

    /// A parameter that a next call leaves out.
    fn left_out(&self, operation: &Operation<'a>, written: Text<'_>) -> Option<usize> {
        let (index, member) = self.member_of(&operation.request, written, "request")?;
        if member.required() || member.from.is_some() {
            self.report.add(
                clash(written.span, format!("`{}` is in every call", written.value), "cannot be left out")
                    .related(member.key.span, "required, or filled in by the call")
                    .expected("a parameter that the caller may leave out"),
            );
            return None;
        }
        Some(index)
    }

    /// A parameter, and the member of the reply with its next value.
    fn parameter_of(
        &self,
        operation: &Operation<'a>,
        (key, value): (Text<'a>, Text<'a>),
    ) -> Option<(usize, MemberPath)> {
        let parameter = self.member_of(&operation.request, key, "request");
        let way = self.way_to(operation, value);
        let ((parameter, to), way) = (parameter?, way?);
        let from = way.member;
        let secret = |member: &Member<'_>| member.secret.is_some_and(|secret| secret.value);
        let one = |member: &Member<'_>| member.once() && member.flatten.is_none();
        let alike = self.scope.value_type(to.kind) == self.scope.value_type(from.kind)
            && secret(to) == secret(from)
            && to.from.is_none();
        if !(one(to) && one(from) && alike) {
            self.report.add(
                clash(
                    value.span,
                    format!("`{}` is no value for `{}`", value.value, key.value),
                    "the next value",
                )
                .related(to.key.span, "the parameter")
                .related(from.key.span, "the member")
                .expected("a parameter and a member of one type, both one value, both secret or both not"),
            );
            return None;
        }
        Some((parameter, self.member_path(&way)))
    }

    /// A parameter that counts: an integer that the caller gives.
    fn counter(&self, operation: &Operation<'a>, written: Text<'_>) -> Option<usize> {
        let (index, parameter) = self.member_of(&operation.request, written, "request")?;
        if let Some(filled) = &parameter.from {
            self.report.add(
                clash(written.span, format!("`{}` is filled in by the call", written.value), "counts")
                    .related(filled.span, "what fills it in")
                    .expected("a parameter that the caller gives"),
            );
            return None;
        }
        self.is_one(parameter, &ValueType::Integer, Some(written)).then_some(index)
    }

    /// That a word is there that another one needs.
    fn belongs(&self, word: Option<Text<'_>>, name: &str, other: Option<Text<'_>>, other_name: &str) {
        if let (Some(word), None) = (word, other) {
            self.report.add(
                clash(word.span, format!("`{name}` without `{other_name}`"), "ends nothing")
                    .help(format!("add `{other_name}`, a parameter of the request, or remove `{name}`")),
            );
        }
    }

    /// `variant`, or `member.variant` of an item.
    fn last(&self, items: &Member<'a>, written: Text<'_>) -> Option<Last> {
        let (member, value) = match written.value.rsplit_once('.') {
            None => (None, written.value),
            Some((name, value)) => {
                let members = match self.scope.kind(items.kind) {
                    Some(TypeKind::Structure(members)) => members.as_slice(),
                    _ => &[],
                };
                let Some(found) = members.iter().find(|member| member.key.value == name && member.once())
                else {
                    let message = format!("an item has no member `{name}`");
                    self.report.add(
                        Fault::new(Code::UnknownReference, written.span, message)
                            .label("not there, or not once")
                            .related(items.key.span, "the items")
                            .expected("a member of the item, a dot, and what it says in the last one")
                            .did_you_mean(self.report, name, members.iter().map(|member| member.key.value)),
                    );
                    return None;
                };
                (Some(found), value)
            }
        };
        let typed = member.unwrap_or(items);
        let known: Vec<&str> = match self.scope.kind(typed.kind) {
            Some(TypeKind::Union(variants)) => variants.iter().map(|variant| variant.key.value).collect(),
            Some(TypeKind::Enumeration(values)) => values.iter().map(|value| value.key.value).collect(),
            _ => Vec::new(),
        };
        let index = known.iter().position(|known| *known == value);
        let kind = typed.kind.and_then(|kind| self.scope.type_index(kind.value));
        let (Some(value), Some(kind)) = (index, kind) else {
            let message = format!("`{value}` is nothing that an item says");
            self.report.add(
                Fault::new(Code::UnknownReference, written.span, message)
                    .label("no variant and no value")
                    .related(typed.key.span, "what tells")
                    .expected("a variant of a union or a value of an enumeration, as in `member.variant`")
                    .did_you_mean(self.report, value, known),
            );
            return None;
        };
        Some(Last { member: member.map(|member| self.member(member)), kind, value })
    }

    /// The members of the same keys in the reply that opens the session.
    fn opening(
        &self,
        operation: &Operation<'_>,
        written: &tree::Pagination<'_>,
        span: Span,
    ) -> Option<Opening> {
        let Some(url) = written.url else {
            self.report.add(
                clash(span, "`from-opening` without `url`", "has nothing to find there")
                    .help("add `url`, or remove `from-opening`"),
            );
            return None;
        };
        let sessions = &self.definition.protocol.sessions;
        let mut taken = sessions.iter().filter(|session| operation.takes(session).is_some());
        let (Some(session), None, false) = (taken.next(), taken.next(), operation.sessionless()) else {
            self.report.add(
                clash(
                    span,
                    format!("`{}` is no call of one kind of session", operation.key.value),
                    "which one opens it?",
                )
                .related(operation.key.span, "the operation")
                .expected("a `session` of one kind"),
            );
            return None;
        };
        // What opens no session has been reported.
        let (_, _, opens) = self.scope.operation(session.opens?.value)?;
        let found = opens.reply.iter().find(|member| member.key.value == url.value);
        let Some(found) = found else {
            self.report.add(
                Fault::new(
                    Code::UnknownReference,
                    span,
                    format!("the reply of `{}` has no member `{}`", opens.key.value, url.value),
                )
                .label("not there")
                .related(opens.key.span, "opens the session")
                .expected("a member of the same key in both replies"),
            );
            return None;
        };
        let wait =
            written.wait.and_then(|wait| opens.reply.iter().find(|member| member.key.value == wait.value));
        let wait = wait.filter(|member| self.is_one(member, &ValueType::Integer, written.wait));
        let held = written.held_opening.and_then(|held| self.member_of(&opens.reply, held, "reply"));
        let held = held.filter(|(_, member)| self.is_one(member, &ValueType::Integer, written.held_opening));
        self.is_one(found, &ValueType::String, Some(url)).then(|| Opening {
            url: self.member(found),
            wait: wait.map(|wait| self.member(wait)),
            held: held.map(|(_, held)| self.member(held)),
        })
    }
}
