//! `state.rs`: what a session keeps between calls.

use super::{
    kinds::Kind,
    names::Context,
    prose::{code, prose},
    structure::{self, Structure},
    text::{Item, List, Text},
};
use crate::model::{Facts, Member, Name, Path, Session, SessionValue, Side, ValueType};
use crate::naming::CLOCK;

/// The module, or nothing for a vendor without sessions.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    if context.kinds.is_empty() {
        return None;
    }
    let mut body = Text::new();
    for kind in &context.kinds {
        body.blank();
        state(&mut body, context, kind);
    }
    let mut text = Text::new();
    text.module_doc(&format!("Sessions of the {}.", prose(&context.vendor.title)));
    text.blank();
    super::imports::imports(&mut text, context, &body.finish());
    Some(text.finish())
}

/// How far the server's clock is from the caller's.
fn clock() -> Member {
    let name = Name { wire: CLOCK.to_owned(), rust: CLOCK.to_owned() };
    let doc = "By how much the server's clock was ahead when the session was opened, if that is known.";
    let facts = Facts { doc: Some(doc.to_owned()), ..Facts::default() };
    Member { value: ValueType::ClockSkew, ..structure::member(&name, false, false, &facts) }
}

/// What sessions of one kind keep.
fn state(body: &mut Text, context: &Context<'_>, kind: &Kind<'_>) {
    let (session, name) = (kind.session, kind.state());
    let fields = session.fields.iter();
    let members: Vec<_> = fields
        .map(|field| structure::member(&field.name, field.secret, true, &field.facts))
        .chain(session.clock.is_some().then(clock))
        .collect();
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
        scope: super::names::Scope::Elsewhere,
        more: None,
    };
    structure::write(body, context, &structure);
    body.blank();
    body.block(format!("impl {name}"), |text| {
        open(text, context, session);
        if !kind.members.is_empty() {
            text.blank();
            parameters(text, kind);
        }
        text.blank();
        text.doc(&format!(
            "The state as a text that [`{name}::restore`] takes. The text is as secret as the session."
        ));
        text.doc("\n# Errors\n\nWhen a value has characters that cannot be written.");
        text.block("pub fn save(&self) -> Result<Secret<String>, EncodeError>", |text| {
            text.line("json::to_string(self).map(Secret::new)");
        });
        text.blank();
        text.doc(&format!("The state that [`{name}::save`] made the text of."));
        text.doc("\n# Errors\n\nWhen the text is not one that `save` made.");
        text.block("pub fn restore(saved: &str) -> Result<Self, DecodeError>", |text| {
            text.line("json::from_str(saved)");
        });
    });
}

fn open(text: &mut Text, context: &Context<'_>, session: &Session) {
    let opens = context.operation(session.opens);
    let module = opens.module();
    let uses =
        |side| session.fields.iter().any(|field| paths(&field.from).iter().any(|path| path.side == side));
    let name = |side, name: &str| if uses(side) { name.to_owned() } else { format!("_{name}") };
    text.doc(&if session.conditional {
        format!("The session that a successful {} opens, if it opens one.", code(&opens.title()))
    } else {
        format!("The session that a successful {} opens.", code(&opens.title()))
    });
    let arguments = [
        format!("{}: &{module}::Request", name(Side::Request, "request")),
        format!("{}: &{module}::Reply", name(Side::Data, "data")),
    ];
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
                SessionValue::HmacSha256 { key, message, encode } => {
                    let arguments = [
                        borrowed(key).into(),
                        borrowed(message).into(),
                        super::protocol::encoding(*encode).into(),
                    ];
                    let call = List::call(arguments);
                    let head = format!("{}: sign::derive_key", field.name.rust);
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

fn paths(value: &SessionValue) -> Vec<&Path> {
    match value {
        SessionValue::Copied(path) => vec![path],
        SessionValue::HmacSha256 { key, message, .. } => vec![key, message],
    }
}

const fn side(path: &Path) -> &'static str {
    match path.side {
        Side::Request => "request",
        Side::Data => "data",
    }
}

/// The place of a value whose way is promised.
pub(super) fn place(path: &Path) -> String {
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

fn parameters(text: &mut Text, kind: &Kind<'_>) {
    let name = kind.parameters();
    text.doc("The part of it that every call of the session carries.");
    text.block(format!("pub fn parameters(&self) -> {name}"), |text| {
        let fields =
            kind.members.iter().map(|member| Item::from(format!("self.{}.clone()", member.name.rust)));
        text.list(&format!("{name}::new"), &List::call(fields), "");
    });
}
