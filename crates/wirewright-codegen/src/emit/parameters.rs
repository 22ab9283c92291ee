//! `parameters.rs`: the parameters that an operation does not have of its own, by who provides them.

use super::{
    names::{Context, Scope},
    prose::{code, prose},
    structure::{self, Made, Structure},
    text::Text,
};
use crate::model::{From, Member, Vendor};

/// Which structures a vendor has beside those of its sessions.
#[derive(Clone, Copy)]
pub(super) struct Provided {
    pub(super) client: bool,
    pub(super) call: bool,
}

impl Provided {
    pub(super) fn new(context: &Context<'_>) -> Self {
        Self { client: !client_members(context).is_empty(), call: !call_members(context).is_empty() }
    }

    /// The type of the client's parameters.
    pub(super) const fn client_type(self) -> &'static str {
        if self.client { "ClientParameters" } else { "Nothing" }
    }

    /// The type of a call's options.
    pub(super) const fn options_type(self) -> &'static str {
        if self.call { "CallOptions" } else { "Nothing" }
    }
}

/// The members that a client is made with.
pub(super) fn client_members(context: &Context<'_>) -> Vec<Member> {
    collect(context, |from| match from {
        From::Client(member) => Some(member.clone()),
        _ => None,
    })
}

/// The members that a caller may add to a call.
pub(super) fn call_members(context: &Context<'_>) -> Vec<Member> {
    collect(context, |from| match from {
        From::Call(member) => Some(member.clone()),
        _ => None,
    })
}

/// The members that the calls of a kind of session carry. Every one is required: a session has them all.
pub(super) fn session_members(vendor: &Vendor, kind: usize) -> Vec<Member> {
    let Some(session) = vendor.sessions.get(kind) else { return Vec::new() };
    let carried = vendor.parameters.iter().filter_map(|parameter| match &parameter.from {
        From::Session(fields) => Some((parameter, session.fields.get((*fields.get(kind)?)?)?)),
        _ => None,
    });
    carried
        .map(|(parameter, field)| {
            let name =
                crate::model::Name { wire: parameter.name.wire.clone(), rust: field.name.rust.clone() };
            structure::member(&name, field.secret, true, &parameter.facts)
        })
        .collect()
}

fn collect(context: &Context<'_>, pick: impl Fn(&From) -> Option<Member>) -> Vec<Member> {
    context.vendor.parameters.iter().filter_map(|parameter| pick(&parameter.from)).collect()
}

/// The module, or nothing when every parameter is an operation's own.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    let own = |name: &str, doc: &str, members| (name.to_owned(), doc.to_owned(), members);
    let mut structures = vec![
        own("ClientParameters", "What every call of a client carries.", client_members(context)),
        own("CallOptions", "What a caller may add to any call.", call_members(context)),
    ];
    structures.extend(context.kinds.iter().map(|kind| {
        let doc = if kind.is_named() {
            format!("What every call of a session of the kind {} carries.", code(&kind.session.name))
        } else {
            "What every call of a session carries.".to_owned()
        };
        (kind.parameters(), doc, kind.members.clone())
    }));
    structures.retain(|(_, _, members)| !members.is_empty());
    if structures.is_empty() {
        return None;
    }
    let mut text = Text::new();
    text.module_doc(&format!(
        "The parameters that all requests of the {} share.",
        prose(&context.vendor.title)
    ));
    text.blank();
    text.line("use crate::prelude::*;");
    for (name, doc, members) in &structures {
        text.blank();
        let structure = Structure {
            name,
            doc,
            members,
            body: None,
            attribute: None,
            made: Made::WithSetters,
            scope: Scope::Elsewhere,
            more: None,
        };
        structure::write(&mut text, context, &structure);
    }
    Some(text.finish())
}
