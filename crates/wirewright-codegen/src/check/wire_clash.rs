//! Names that clash on the wire, format by format.

use std::collections::{HashMap, HashSet};

use super::computed::of_session;
use super::context::{Context, format_name};
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, OPERATION};
use crate::read::tree::{EnvelopeMember, Group, Member, Operation, Provider, TypeKind};
use crate::rules::FLATTENED;
use crate::source::{Span, Text};

const FORMATS: [FormatKind; 3] = [FormatKind::Xml, FormatKind::Json, FormatKind::Query];

pub(super) fn check(cx: &Context<'_>) {
    for kind in &cx.definition.types {
        if let Some(TypeKind::Structure(members)) = &kind.kind {
            structure(cx, members, &FORMATS);
        }
    }
    let parts = parts(&cx.protocol().envelope.value);
    let envelope = parts.get(&None).cloned().unwrap_or_default();
    let wrappers: Vec<Text<'_>> = cx.wrappers();
    let spliced = envelope.iter().any(|member| member.key.value == "*");
    clashes(cx, &FORMATS, |format, names| {
        for wrapper in &wrappers {
            names.name(false, *wrapper);
        }
        for member in &envelope {
            names.member(cx, member, format);
        }
    });
    of_operations(cx, &envelope, &wrappers);
    for wrapper in &wrappers {
        let inner = parts.get(&Some(wrapper.value)).map_or(&[][..], Vec::as_slice);
        clashes(cx, &FORMATS, |format, names| {
            for member in inner {
                names.member(cx, member, format);
            }
        });
    }
    for (group, operation) in cx.operations() {
        parameters(cx, group, operation);
        structure(cx, operation.carried(), &FORMATS);
        if !spliced {
            structure(cx, &operation.reply, &FORMATS);
            continue;
        }
        clashes(cx, &FORMATS, |format, names| {
            for member in envelope.iter().filter(|member| member.key.value != "*") {
                names.quietly(member, format);
            }
            names.seen.extend(wrappers.iter().map(|wrapper| ((false, "", wrapper.value), wrapper.span)));
            names.all(cx, &operation.reply, format);
        });
    }
}

/// The place of replies is called after operations: none of those names may be that of another member.
fn of_operations(cx: &Context<'_>, envelope: &[&Member<'_>], wrappers: &[Text<'_>]) {
    for place in envelope.iter().filter(|member| member.key.value != "*") {
        for format in FORMATS.into_iter().filter(|format| cx.offers(*format)) {
            let name = place.wire(format);
            if !name.value.contains(OPERATION) {
                continue;
            }
            let others = envelope.iter().filter(|other| other.key.span != place.key.span);
            let others: Vec<Text<'_>> =
                others.map(|other| other.wire(format)).chain(wrappers.iter().copied()).collect();
            let clash = cx.operations().find_map(|(_, operation)| {
                let own = name.value.replace(OPERATION, operation.on_the_wire().value);
                let other = others.iter().find(|other| other.value == own)?;
                Some((own, operation.on_the_wire(), *other))
            });
            if let Some((own, operation, other)) = clash {
                cx.add(
                    Fault::new(
                        Code::WireClash,
                        name.span,
                        format!("`{own}` stands for two things in {}", format_name(format)),
                    )
                    .label("the place of a reply")
                    .related(other.span, "the other one")
                    .related(operation.span, "with the name of this operation")
                    .expected("different names for things that are side by side"),
                );
                break;
            }
        }
    }
}

/// The envelope's members by what is around them.
fn parts<'m, 'a>(envelope: &'m [EnvelopeMember<'a>]) -> HashMap<Option<&'a str>, Vec<&'m Member<'a>>> {
    let mut parts: HashMap<Option<&'a str>, Vec<&'m Member<'a>>> = HashMap::new();
    for one in envelope {
        parts.entry(one.within.map(|within| within.value)).or_default().push(&one.member);
    }
    parts
}

fn structure(cx: &Context<'_>, members: &[Member<'_>], formats: &[FormatKind]) {
    // The keys of a table differ, and so do the names, where nothing else is said.
    let plain = |member: &Member<'_>| {
        let names = [member.xml, member.json, member.query];
        member.flatten.is_none() && names.iter().all(Option::is_none) && member.also.is_empty()
    };
    if !members.iter().all(plain) {
        clashes(cx, formats, |format, names| names.all(cx, members, format));
    }
}

/// An operation's own parameters are among the common ones: those of its group and of the sessions that it takes.
fn parameters(cx: &Context<'_>, group: &Group<'_>, operation: &Operation<'_>) {
    let sessions = &cx.protocol().sessions;
    let sessions: Vec<_> = sessions.iter().filter(|session| operation.takes(session).is_some()).collect();
    clashes(cx, &[FormatKind::Query], |format, names| {
        for parameter in cx.protocol().parameters.iter().filter(|one| one.goes_with(&group.name)) {
            let sent = match parameter.from.map(|from| from.value) {
                Some(Provider::Session) => {
                    let field = parameter.field.unwrap_or(parameter.member.key).value;
                    sessions.iter().any(|session| session.field(field).is_some())
                }
                Some(Provider::Computed) => operation.signed.is_some() || !of_session(cx, parameter),
                Some(Provider::Format | Provider::Callback) => operation.raw.is_none(),
                Some(Provider::Request) | None => false,
                Some(_) => true,
            };
            if sent {
                names.quietly(&parameter.member, format);
            }
        }
        for (name, _) in &operation.constants {
            names.name(false, *name);
        }
        names.all(cx, &operation.request, format);
    });
}

/// Collects the names in each format and reports each pair that clashes, once for all formats.
fn clashes<'a>(cx: &Context<'a>, formats: &[FormatKind], collect: impl Fn(FormatKind, &mut Names<'a>)) {
    let mut found: Vec<(Text<'_>, Span, Vec<&str>)> = Vec::new();
    let mut places: HashMap<(Span, Span), usize> = HashMap::new();
    for format in formats.iter().copied().filter(|format| cx.writes(*format) || formats.len() == 1) {
        let mut names = Names::default();
        collect(format, &mut names);
        if formats.len() > 1 {
            for (here, first) in names.clashes {
                let place = *places.entry((here.span, first)).or_insert(found.len());
                match found.get_mut(place) {
                    Some((.., formats)) => formats.push(format_name(format)),
                    None => found.push((here, first, vec![format_name(format)])),
                }
            }
        } else {
            found.extend(names.clashes.into_iter().map(|(here, first)| (here, first, vec!["requests"])));
        }
    }
    for (here, first, formats) in found {
        let message = format!("`{}` stands for two things in {}", here.value, formats.join(" and "));
        cx.add(
            Fault::new(Code::WireClash, here.span, message)
                .label("the second one")
                .related(first, "the first one")
                .expected("different names for things that are side by side"),
        );
    }
}

/// The names that are side by side in one format.
#[derive(Default)]
struct Names<'a> {
    /// By name, and whether it is an XML attribute; attributes and elements are kept apart, as are XML's namespaces.
    seen: HashMap<(bool, &'a str, &'a str), Span>,
    clashes: Vec<(Text<'a>, Span)>,
    /// The types that have been flattened here, and how deep it goes just now.
    flattened: HashSet<&'a str>,
    depth: usize,
}

impl<'a> Names<'a> {
    fn name(&mut self, attribute: bool, name: Text<'a>) {
        self.name_in(attribute, "", name);
    }

    fn name_in(&mut self, attribute: bool, namespace: &'a str, name: Text<'a>) {
        // That a name is empty is told elsewhere.
        if name.value.is_empty() {
            return;
        }
        if let Some(first) = self.seen.insert((attribute, namespace, name.value), name.span) {
            self.clashes.push((name, first));
        }
    }

    /// A name whose clashes with its like are reported elsewhere.
    fn quietly(&mut self, member: &Member<'a>, format: FormatKind) {
        let name = member.wire(format);
        let attribute = is_attribute(member, format);
        let namespace = namespace(member, format);
        self.seen.insert((attribute, namespace, name.value), name.span);
        self.seen.extend(member.also.iter().map(|also| ((attribute, namespace, also.value), also.span)));
    }

    fn all(&mut self, cx: &Context<'a>, members: &[Member<'a>], format: FormatKind) {
        for member in members {
            self.member(cx, member, format);
        }
    }

    fn member(&mut self, cx: &Context<'a>, member: &Member<'a>, format: FormatKind) {
        if member.is_flat_in(format) {
            self.flatten(cx, member, format);
        } else if member.key.value == "*" {
            // The place of other members has no name, and elsewhere that it is no name is told already.
        } else if member.text.is_none() || format != FormatKind::Xml {
            let attribute = is_attribute(member, format);
            let namespace = namespace(member, format);
            self.name_in(attribute, namespace, member.wire(format));
            member.also.iter().for_each(|also| self.name_in(attribute, namespace, *also));
        }
    }

    fn flatten(&mut self, cx: &Context<'a>, member: &Member<'a>, format: FormatKind) {
        let Some(kind) = cx.scope.defined(member.kind).filter(|_| member.map.is_none()) else { return };
        match &kind.kind {
            Some(TypeKind::Structure(members)) => {
                if !self.flattened.insert(kind.key.value) {
                    // Its names are all there already.
                    self.clashes.push((member.key, kind.key.span));
                } else if self.depth < FLATTENED {
                    self.depth += 1;
                    self.all(cx, members, format);
                    self.depth -= 1;
                } else if format == FormatKind::Query {
                    self.clashes.push((member.key, kind.key.span));
                }
            }
            Some(TypeKind::Union(variants)) => match kind.tag {
                Some(tag) => {
                    [Some(tag), kind.content].into_iter().flatten().for_each(|name| self.name(false, name));
                }
                None => variants.iter().for_each(|variant| self.name(false, variant.key)),
            },
            _ => {}
        }
    }
}

/// In XML another namespace is another name.
fn namespace<'a>(member: &Member<'a>, format: FormatKind) -> &'a str {
    let namespace = member.namespace.filter(|_| format == FormatKind::Xml);
    namespace.map_or("", |namespace| namespace.value)
}

fn is_attribute(member: &Member<'_>, format: FormatKind) -> bool {
    member.attribute.is_some() && format == FormatKind::Xml
}
