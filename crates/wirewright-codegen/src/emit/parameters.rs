//! `parameters.rs`: the parameters that an operation does not have of its own, by who provides them.

use super::{
    prose::{code, prose},
    structure::{self, Made, Structure},
    text::{Item, List, Text},
};
use crate::model::Member;
use crate::naming;
use crate::plan::{
    context::{Context, Scope},
    credentials::{Credentials, credentials},
    members::by_name,
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
    let (members, kinds) = (client_members(context.vendor), credentials(context.vendor));
    if !kinds.is_empty() && !by_name(&members) {
        text.blank();
        text.block("impl ClientParameters", |text| with_credentials(text, context, &members, &kinds));
    }
    Some(text.finish())
}

/// A constructor for each kind of credentials.
fn with_credentials(text: &mut Text, context: &Context<'_>, members: &[Member], kinds: &[Credentials<'_>]) {
    let common = structure::arguments(context, members, Scope::Elsewhere);
    let common: Vec<String> = common.into_iter().map(|argument| argument.name).collect();
    for (index, kind) in kinds.iter().enumerate() {
        if index > 0 {
            text.blank();
        }
        let taken = kind.members.iter().map(|member| structure::argument(context, member, Scope::Elsewhere));
        let taken: Vec<_> = taken.collect();
        let own = || kind.members.iter().zip(&taken).filter(|(member, _)| kind.has(member));
        let parameters: Vec<String> = taken.iter().map(|argument| argument.parameter.clone()).collect();
        let names: Vec<String> = own().map(|(_, argument)| code(&argument.name)).collect();
        let fields = own().map(|(_, argument)| format!("{}: Some({})", argument.name, argument.value).into());
        let given = if common.is_empty() {
            "..Self::default()".to_owned()
        } else {
            format!("..Self::new({})", common.join(", "))
        };
        text.doc(&format!("Those of a client that has these credentials: {}.", names.join(", ")));
        text.function(&format!("pub fn from_{}", naming::snake(kind.name)), &parameters, "Self", |text| {
            text.list("Self ", &List::literal(fields.chain([Item::from(given)])), "");
        });
    }
}
