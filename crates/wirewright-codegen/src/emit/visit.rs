//! `operations.rs`: every kind of session and every operation, one after the other, for tools that know no vendor.

use super::{prose::prose, text::Text};
use crate::plan::{context::Context, parameters::Provided};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut text = Text::new();
    text.module_doc(&format!(
        "Every operation of the {}, one after the other, for tools that know no vendor: mock servers, calls from a shell, fuzzing.",
        prose(&context.vendor.title)
    ));
    text.blank();
    text.line("use super::prelude::*;");
    text.blank();
    visit(&mut text, context);
    text.finish()
}

fn visit(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context.vendor);
    let (client, call) = (provided.client_type(), provided.options_type());
    let sessions = if context.kinds.is_empty() { "" } else { "every kind of session, then " };
    text.doc(&format!("Shows `visitor` {sessions}every operation in the order of the definition."));
    text.doc("\nNothing of it is compiled into a program that does not call it.");
    text.block("pub fn visit(visitor: &mut impl generated::Visitor)", |text| {
        for kind in &context.kinds {
            text.line(format!("visitor.session::<{}>();", kind.state()));
        }
        for named in &context.operations {
            let first = named.operation.sessions.first().map(|&kind| context.kinds[kind].parameters_type());
            let session = first.unwrap_or_else(|| "Nothing".to_owned());
            let request = named.path();
            text.line(format!("visitor.operation::<{request}, {client}, {call}, {session}>();"));
        }
    });
}
