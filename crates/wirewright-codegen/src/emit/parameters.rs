//! `parameters.rs`: the parameters that an operation does not have of its own, by who provides them.

use super::{
    names::{Context, Scope},
    prose::prose,
    structure::{self, Structure},
    text::Text,
};
use crate::model::{From, Member, Operation};

/// Which of the three structures a vendor has.
#[derive(Clone, Copy)]
pub(super) struct Provided {
    pub(super) client: bool,
    pub(super) call: bool,
    pub(super) session: bool,
}

impl Provided {
    pub(super) fn new(context: &Context<'_>) -> Self {
        Self {
            client: !client_members(context).is_empty(),
            call: !call_members(context).is_empty(),
            session: !session_members(context).is_empty(),
        }
    }

    /// The argument of a function that takes a call's options, if there are any.
    pub(super) const fn options(self) -> &'static str {
        if self.call { "options" } else { "" }
    }

    /// The same behind another argument.
    pub(super) const fn options_argument(self) -> &'static str {
        if self.call { ", options" } else { "" }
    }

    /// The type of the client's parameters.
    pub(super) const fn client_type(self) -> &'static str {
        if self.client { "ClientParameters" } else { "Nothing" }
    }

    /// The type of a call's options.
    pub(super) const fn options_type(self) -> &'static str {
        if self.call { "CallOptions" } else { "Nothing" }
    }

    /// The type of what a session adds to an operation.
    pub(super) const fn session_type(self, operation: &Operation) -> &'static str {
        if self.session && operation.session { "SessionParameters" } else { "Nothing" }
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

/// The members that a session's calls carry. Every one is required: a session has them all.
pub(super) fn session_members(context: &Context<'_>) -> Vec<Member> {
    let Some(session) = &context.vendor.session else { return Vec::new() };
    let carried = context.vendor.parameters.iter().filter_map(|parameter| match parameter.from {
        From::Session(field) => session.fields.get(field).map(|field| (parameter, field)),
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
    let structures = [
        ("ClientParameters", "What every call of a client carries.", client_members(context)),
        ("CallOptions", "What a caller may add to any call.", call_members(context)),
        ("SessionParameters", "What every call of a session carries.", session_members(context)),
    ];
    let mut body = Text::new();
    for (name, doc, members) in &structures {
        if !members.is_empty() {
            body.blank();
            let structure = Structure { name, doc, members, scope: Scope::Elsewhere };
            structure::write(&mut body, context, &structure);
        }
    }
    let body = body.finish();
    if body.is_empty() {
        return None;
    }
    let mut text = Text::new();
    text.module_doc(&format!(
        "The parameters that all requests of the {} share.",
        prose(&context.vendor.title)
    ));
    text.blank();
    super::imports::imports(&mut text, context, &body);
    Some(text.finish())
}
