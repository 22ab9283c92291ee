//! `state.rs`: what a session keeps between calls, and what its calls carry of it.

use super::{
    prose::{code, prose},
    structure::{self, Made, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{Computed, Path, Session, SessionValue, Side, TemplatePart};
use crate::naming::CLOCK;
use crate::plan::{
    context::{Context, Scope},
    kinds::{SessionPlan, state_members},
    operations::IN_MODULES,
};

/// The module, or nothing for a vendor without sessions.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    if context.kinds.is_empty() {
        return None;
    }
    let mut text = Text::new();
    text.module_doc(&format!("Sessions of the {}.", prose(&context.vendor.title)));
    text.blank();
    text.line("use super::prelude::*;");
    let derived = |kind: &SessionPlan<'_>| {
        kind.session.fields.iter().any(|field| matches!(field.from, SessionValue::Computed(_)))
    };
    if context.kinds.iter().any(derived) {
        text.line("use super::protocol::COMPUTED;");
    }
    for kind in &context.kinds {
        text.blank();
        state(&mut text, context, kind);
        text.blank();
        described(&mut text, context, kind);
    }
    text.blank();
    let states: Vec<_> = context.kinds.iter().map(SessionPlan::state).collect();
    text.line(format!("generated::session_state!({});", states.join(", ")));
    Some(text.finish())
}

/// What sessions of one kind keep.
fn state(body: &mut Text, context: &Context<'_>, kind: &SessionPlan<'_>) {
    let (session, name) = (kind.session, kind.state());
    let members = state_members(session);
    let what = if kind.is_named() {
        format!("What a session of the kind {} keeps", code(&session.name))
    } else {
        "What a session keeps".to_owned()
    };
    let structure = Structure {
        name: &name,
        doc: &format!(
            "{what} between calls. It holds secrets: its `Debug` hides them, and [`{name}::save`] is the way to store it."
        ),
        members: &members,
        body: None,
        attribute: None,
        made: Made::Alone,
        scope: Scope::Elsewhere,
        more: None,
        reply: false,
    };
    structure::write(body, context, &structure);
    body.blank();
    body.block(format!("impl {name}"), |text| {
        open(text, context, session);
        if !kind.members.is_empty() {
            text.blank();
            parameters(text, kind);
        }
    });
}

fn open(text: &mut Text, context: &Context<'_>, session: &Session) {
    let opens = context.operation(session.opens);
    let uses = |side| {
        session.fields.iter().any(|field| paths(context, &field.from).iter().any(|path| path.side == side))
    };
    let name = |side, name: &str| if uses(side) { name.to_owned() } else { format!("_{name}") };
    text.doc(&if session.conditional {
        format!("The session that a successful {} opens, if it opens one.", code(&opens.title()))
    } else {
        format!("The session that a successful {} opens.", code(&opens.title()))
    });
    let mut arguments = vec![
        format!("{}: &{}", name(Side::Request, "request"), opens.path()),
        format!("{}: &{}", name(Side::Data, "data"), opens.reply_in(IN_MODULES)),
    ];
    arguments.extend(session.taken_over().map(|(_, field)| {
        format!("{}: {}", field.name.rust, if field.secret { "Secret<String>" } else { "String" })
    }));
    let (result, head, tail) =
        if session.conditional { ("Option<Self>", "Some(Self ", ")") } else { ("Self", "Self ", "") };
    text.function("pub fn open", &arguments, result, |text| {
        let fields: Vec<Item> = session
            .fields
            .iter()
            .map(|field| match &field.from {
                SessionValue::Copied(path) => {
                    format!("{}: {}", field.name.rust, copied(path, field.secret)).into()
                }
                SessionValue::Kept(_) => field.name.rust.as_str().into(),
                SessionValue::Computed(step) => {
                    let own = openings(context, *step);
                    // Those of other values have their places.
                    let all = context.computed.openings.iter();
                    let all =
                        all.map(|path| if own.contains(path) { borrowed(path) } else { "\"\"".to_owned() });
                    let call = List::call([
                        format!("{step}").into(),
                        Item::List("&".to_owned(), List::array(all.map(Item::from))),
                    ]);
                    let head = format!("{}: COMPUTED.derived", field.name.rust);
                    if field.secret {
                        Item::List(head, call)
                    } else {
                        Item::Text(format!("{head}{}.expose().clone()", call.flat()))
                    }
                }
            })
            .chain(session.clock.is_some().then(|| format!("{CLOCK}: None").into()))
            .collect();
        text.list(head, &List::literal(fields), tail);
    });
}

/// The values of the opening call that a field is made of.
fn paths<'v>(context: &Context<'v>, value: &'v SessionValue) -> Vec<&'v Path> {
    match value {
        SessionValue::Copied(path) => vec![path],
        SessionValue::Computed(step) => openings(context, *step),
        SessionValue::Kept(_) => Vec::new(),
    }
}

/// The values of the opening call that a computed value is made of.
fn openings<'v>(context: &Context<'v>, step: usize) -> Vec<&'v Path> {
    let steps = context.computed.reach(step);
    let parts =
        steps.into_iter().filter_map(|step| context.vendor.computed.get(step)).flat_map(Computed::parts);
    parts
        .filter_map(|part| match part {
            TemplatePart::Opening(path) => Some(path),
            _ => None,
        })
        .collect()
}

const fn side(path: &Path) -> &'static str {
    match path.side {
        Side::Request => "request",
        Side::Data => "data",
    }
}

/// The place of a value whose way is promised.
fn place(path: &Path) -> String {
    path.members.iter().fold(side(path).to_owned(), |place, step| place + "." + &step.rust)
}

/// The place of a value, or of a reference to one that may be absent: there is no session then.
fn reached(path: &Path) -> String {
    path.members.iter().fold(side(path).to_owned(), |place, step| {
        place + "." + &step.rust + if step.promised { "" } else { ".as_ref()?" }
    })
}

/// A copy of the value there: a secret stays one, and a plain text becomes one where the session keeps it as such.
fn copied(path: &Path, secret: bool) -> String {
    let place = reached(path);
    match (path.secret, secret) {
        (true, false) => format!("{place}.expose().clone()"),
        (false, true) => format!("Secret::from({place}.clone())"),
        _ => format!("{place}.clone()"),
    }
}

fn borrowed(path: &Path) -> String {
    let place = reached(path);
    if path.secret {
        format!("{place}.expose()")
    } else if place.ends_with('?') {
        place
    } else {
        format!("&{place}")
    }
}

fn parameters(text: &mut Text, kind: &SessionPlan<'_>) {
    let name = kind.parameters();
    text.doc("The part of it that every call of the session carries.");
    text.block(format!("pub fn parameters(&self) -> {name}"), |text| {
        let fields = kind.members.iter().map(|member| {
            let rust = &member.name.rust;
            Item::from(format!("{rust}: self.{rust}.clone()"))
        });
        text.list(&format!("{name} "), &List::literal(fields), "");
    });
}

/// What sessions take over that are opened in one of this kind.
fn given_over(text: &mut Text, context: &Context<'_>, kind: &SessionPlan<'_>) {
    let given: Vec<_> = kind.given_over(context.vendor).collect();
    if given.is_empty() {
        return;
    }
    text.block("fn kept(&self, name: &str) -> Option<Secret<String>>", |text| {
        text.block("match name", |text| {
            for field in given {
                let value = format!("self.{}.clone()", field.name.rust);
                let value = if field.secret { value } else { format!("Secret::from({value})") };
                text.line(format!("{} => Some({value}),", literal(&field.name.wire)));
            }
            text.line("_ => None,");
        });
    });
    text.blank();
}

/// What clients and tools see of a kind of session.
fn described(text: &mut Text, context: &Context<'_>, kind: &SessionPlan<'_>) {
    let opens = context.operation(kind.session.opens);
    let request = opens.path();
    let answer = match opens.operation.raw {
        Some(_) => "RawReply".to_owned(),
        None => format!("Answer<{}>", opens.reply_in(IN_MODULES)),
    };
    text.block(format!("impl DescribedSession for {}", kind.state()), |text| {
        text.line(format!("const KIND: &'static SessionKind = &{};", kind.constant()));
        let closes = kind.session.closes.map(|closes| context.operation(closes).path());
        let closes = closes
            .map_or_else(|| "None".to_owned(), |path| format!("Some(<{path} as OfferedRequest>::OPERATION)"));
        text.assignment("const CLOSED_BY: Option<&'static Operation>", &closes);
        text.line(format!("type Opening = {request};"));
        text.line(format!("type Carried = {};", kind.parameters_type()));
        text.blank();
        let now = if kind.session.clock.is_some() { "now" } else { "_now" };
        let mut parameters = vec![
            format!("request: &{request}"),
            format!("answer: &{answer}"),
            format!("{now}: Option<core::time::Duration>"),
        ];
        let conditional = kind.session.conditional;
        let taken: Vec<_> = kind.session.taken_over().collect();
        let head = if taken.is_empty() {
            "fn opened"
        } else {
            let alone = [
                format!("request: &{request}"),
                format!("answer: &{answer}"),
                "now: Option<core::time::Duration>".to_owned(),
            ];
            text.function("fn opened", &alone, "Option<Self>", |text| {
                text.line("Self::opened_in(request, answer, &|_| None, now)");
            });
            text.blank();
            parameters.insert(2, "kept: &dyn Fn(&str) -> Option<Secret<String>>".to_owned());
            "fn opened_in"
        };
        text.function(head, &parameters, "Option<Self>", |text| {
            for (key, field) in &taken {
                let exposed = if field.secret { "" } else { ".expose().clone()" };
                text.line(format!("let {} = kept({})?{exposed};", field.name.rust, literal(key)));
            }
            let rest = taken.iter().map(|(_, field)| Item::from(field.name.rust.as_str()));
            let arguments = ["request".into(), "&answer.data".into()].into_iter().chain(rest);
            let open = format!("Self::open{}", List::call(arguments).flat());
            match &kind.session.clock {
                Some(clock) => {
                    let or_none = if conditional { "?" } else { "" };
                    text.line(format!("let mut state = {open}{or_none};"));
                    let arguments = ["now".to_owned(), format!("answer.{}", place(clock))].map(Item::from);
                    text.list(&format!("state.{CLOCK} = ClockSkew::between"), &List::call(arguments), ";");
                    text.line("Some(state)");
                }
                None if conditional => text.line(open),
                None => text.line(format!("Some({open})")),
            }
        });
        text.blank();
        given_over(text, context, kind);
        text.block("fn carried(&self) -> Self::Carried", |text| {
            text.line(if kind.members.is_empty() { "Nothing {}" } else { "self.parameters()" });
        });
        if !kind.fields.is_empty() {
            text.blank();
            text.block("fn fields(&self) -> Vec<Secret<String>>", |text| {
                let fields = kind.fields.iter().map(|field| {
                    let value = format!("self.{}.clone()", field.name.rust);
                    Item::from(if field.secret { value } else { format!("Secret::from({value})") })
                });
                text.list("vec!", &List::array(fields), "");
            });
        }
        if kind.session.clock.is_some() {
            text.blank();
            text.block("fn clock_skew(&self) -> ClockSkew", |text| {
                text.line(format!("self.{CLOCK}.unwrap_or_default()"));
            });
        }
    });
}
