//! `state.rs`: what a session keeps between calls.

use super::{
    names::Context,
    parameters::session_members,
    prose::{code, prose},
    structure::{self, Structure},
    text::{Item, List, Text},
};
use crate::model::{Path, Session, SessionValue, Side};

/// The module, or nothing for a vendor without sessions.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    let session = context.vendor.session.as_ref()?;
    let members: Vec<_> = session
        .fields
        .iter()
        .map(|field| structure::member(&field.name, field.secret, true, &field.facts))
        .collect();
    let mut body = Text::new();
    body.blank();
    let structure = Structure {
        name: "SessionState",
        doc: "What a session keeps between calls. It holds secrets: its `Debug` hides them, and [`SessionState::save`] is the way to store it.",
        members: &members,
        scope: super::names::Scope::Elsewhere,
    };
    structure::write(&mut body, context, &structure);
    body.blank();
    body.block("impl SessionState", |text| {
        open(text, context, session);
        if !session_members(context).is_empty() {
            text.blank();
            parameters(text, context, session);
        }
        text.blank();
        text.doc(
            "The state as a text that [`SessionState::restore`] takes. The text is as secret as the session.",
        );
        text.doc("\n# Errors\n\nWhen a value has characters that cannot be written.");
        text.block("pub fn save(&self) -> Result<Secret<String>, EncodeError>", |text| {
            text.line("json::encode(self).map(Secret::new)");
        });
        text.blank();
        text.doc("The state that [`SessionState::save`] made the text of.");
        text.doc("\n# Errors\n\nWhen the text is not one that `save` made.");
        text.block("pub fn restore(saved: &str) -> Result<Self, DecodeError>", |text| {
            text.line("json::decode(saved)");
        });
    });
    let mut text = Text::new();
    text.module_doc(&format!("Sessions of the {}.", prose(&context.vendor.title)));
    text.blank();
    super::imports::imports(&mut text, context, &body.finish());
    Some(text.finish())
}

fn open(text: &mut Text, context: &Context<'_>, session: &Session) {
    let opens = context.operation(session.opens);
    let module = opens.module();
    let uses =
        |side| session.fields.iter().any(|field| paths(&field.from).iter().any(|path| path.side == side));
    let name = |side, name: &str| if uses(side) { name.to_owned() } else { format!("_{name}") };
    text.doc(&format!("The session that a successful {} opens.", code(&opens.title())));
    let arguments = [
        format!("{}: &{module}::Request", name(Side::Request, "request")),
        format!("{}: &{module}::Reply", name(Side::Data, "data")),
    ];
    text.function("pub fn open", &arguments, "Self", |text| {
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
            .collect();
        text.list("Self ", &List::literal(fields), "");
    });
}

fn paths(value: &SessionValue) -> Vec<&Path> {
    match value {
        SessionValue::Copied(path) => vec![path],
        SessionValue::HmacSha256 { key, message, .. } => vec![key, message],
    }
}

fn place(path: &Path) -> String {
    let side = match path.side {
        Side::Request => "request",
        Side::Data => "data",
    };
    format!("{side}.{}", path.members.join("."))
}

/// A copy of the value there: a secret stays one, and a plain text becomes one where the session keeps it as such.
fn copied(path: &Path, secret: bool) -> String {
    let place = place(path);
    match (path.secret, secret) {
        (true, false) => format!("{place}.expose().clone()"),
        (false, true) => format!("Secret::from({place}.clone())"),
        _ => format!("{place}.clone()"),
    }
}

fn borrowed(path: &Path) -> String {
    let place = place(path);
    if path.secret { format!("{place}.expose()") } else { format!("&{place}") }
}

fn parameters(text: &mut Text, context: &Context<'_>, session: &Session) {
    text.doc("The part of it that every call of the session carries.");
    text.block("pub fn parameters(&self) -> SessionParameters", |text| {
        let fields: Vec<Item> = session_members(context)
            .iter()
            .filter(|member| session.fields.iter().any(|field| field.name.rust == member.name.rust))
            .map(|member| Item::from(format!("self.{}.clone()", member.name.rust)))
            .collect();
        text.list("SessionParameters::new", &List::call(fields), "");
    });
}
