//! `parameters.rs`: the parameters that an operation does not have of its own, by who provides them.

use super::{
    prose::{code, prose},
    structure::{self, Made, Structure},
    text::Text,
};
use crate::plan::{
    context::{Context, Scope},
    parameters::{call_members, client_members},
};

/// The module, or nothing when every parameter is an operation's own.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    let own = |name: &str, doc: &str, members| (name.to_owned(), doc.to_owned(), members);
    let mut structures = vec![
        own("ClientParameters", "What every call of a client carries.", client_members(context.vendor)),
        own("CallOptions", "What a caller may add to any call.", call_members(context.vendor)),
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
    text.line("use super::prelude::*;");
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
            reply: false,
        };
        structure::write(&mut text, context, &structure);
    }
    Some(text.finish())
}
