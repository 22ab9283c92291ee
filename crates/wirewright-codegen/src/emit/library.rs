//! `lib.rs`: the crate's front page and its modules.

use std::fmt::Write as _;

use super::{
    names::Context,
    parameters::{Provided, client_members},
    structure::{arguments, by_name},
    text::{Text, facts, prose, sentence},
};
use crate::model::{FormatKind, Member, Operation, ValueType};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let vendor = context.vendor;
    let provided = Provided::new(context);
    let mut text = Text::new();
    text.module_doc(&front_page(context));
    text.blank();

    let mut modules: Vec<&str> = vec!["blocking", "client", "envelope", "error", "protocol", "server"];
    modules.extend(vendor.groups.iter().map(|group| group.name.rust.as_str()));
    if !vendor.types.is_empty() {
        modules.push("types");
    }
    if provided.client || provided.call || provided.session {
        modules.push("parameters");
    }
    if vendor.session.is_some() {
        modules.push("state");
    }
    modules.sort_unstable_by_key(|module| super::names::plain(module));
    let public = |module: &str| {
        matches!(module, "blocking" | "server" | "types")
            || vendor.groups.iter().any(|group| group.name.rust == module)
    };
    modules.dedup();
    for module in &modules {
        text.line(format!("{}mod {module};", if public(module) { "pub " } else { "" }));
    }
    text.blank();
    text.line("pub use wirewright::{Format, Limits, Secret, call::Settings};");
    text.blank();
    let mut envelopes: Vec<String> =
        super::envelope::variants(context).into_iter().map(|variant| variant.name).collect();
    envelopes.extend(["Answer".to_owned(), "Failure".to_owned()]);
    envelopes.sort_unstable();
    let chosen = |wanted: bool, name: &'static str| wanted.then(|| name.to_owned());
    let session = vendor.session.is_some();
    let names: [(&str, Vec<String>); 6] = [
        ("client", [chosen(true, "Client"), chosen(session, "Session")].into_iter().flatten().collect()),
        ("envelope", envelopes),
        ("error", vec!["ErrorCode".to_owned()]),
        (
            "parameters",
            [
                chosen(provided.call, "CallOptions"),
                chosen(provided.client, "ClientParameters"),
                chosen(provided.session, "SessionParameters"),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        ("protocol", vec!["PROTOCOL".to_owned()]),
        ("state", chosen(session, "SessionState").into_iter().collect()),
    ];
    text.line("pub use self::{");
    text.indented(|text| {
        for (module, names) in &names {
            match names.as_slice() {
                [] => {}
                [name] => text.line(format!("{module}::{name},")),
                names => text.line(format!("{module}::{{{}}},", names.join(", "))),
            }
        }
    });
    text.line("};");
    text.blank();
    text.doc("Why a call gave no answer.");
    text.line("pub type Error = wirewright::call::Error<Failure>;");
    text.finish()
}

fn front_page(context: &Context<'_>) -> String {
    let vendor = context.vendor;
    let mut page = format!("The {}, typed.\n\n", prose(&vendor.title));
    page.push_str(&facts(&vendor.facts, ""));
    if let Some(example) = example(context) {
        let _ = write!(page, "\n\n{example}");
    }
    page.push_str("\n\n# Operations\n\n| operation | what it does | session | formats |\n|---|---|---|---|");
    for (group, operation) in vendor.operations() {
        let what = operation.facts.doc.as_deref().map(first_sentence).unwrap_or_default();
        let formats: Vec<_> = operation
            .formats
            .iter()
            .filter_map(|&format| vendor.formats.get(format))
            .map(|format| match format.kind {
                FormatKind::Xml => "XML",
                FormatKind::Json => "JSON",
                FormatKind::Query => "query string",
            })
            .collect();
        let session = match (operation.session, operation.signed) {
            (true, true) => "signed",
            (true, false) => "yes",
            (false, _) => "no",
        };
        let _ = write!(
            page,
            "\n| [`{}/{}`]({}::{}) | {what} | {session} | {} |",
            group.name.wire,
            operation.name.wire,
            group.name.rust,
            operation.name.rust,
            formats.join(", ")
        );
    }
    page.push_str("\n\n# Errors\n\nEvery call fails with [`Error`]: the vendor's own refusal with its [`ErrorCode`], or what went wrong on the way.");
    page.push_str(&format!(
        "\n\nGenerated from `protocol-defs/{}` by `cargo xtask codegen`; change the definition, not this crate.",
        vendor.package
    ));
    page
}

fn first_sentence(doc: &str) -> String {
    let doc = doc.lines().next().unwrap_or_default();
    let end = doc.find(". ").map_or(doc.len(), |end| end + 1);
    sentence(&doc[..end]).replace('\n', " ")
}

/// A login and logout, when their arguments can be made up: texts, all of them.
fn example(context: &Context<'_>) -> Option<String> {
    let session = context.vendor.session.as_ref()?;
    let (_, opens) = super::operation_at(context, session.opens);
    let client = made_up(context, &client_members(context))?;
    let login = made_up(context, &opens.request)?;
    let closing = session.closes.map(|closes| super::operation_at(context, closes).1);
    let logout = closing.and_then(|operation: &Operation| made_up(context, &operation.request));
    let mut code = String::from("```\n");
    let package = context.vendor.package.replace('-', "_");
    let _ = writeln!(code, "use {package}::blocking::Client;");
    code.push_str(
        "\n# fn example(transport: impl wirewright::call::blocking::Transport + Clone + 'static)\n",
    );
    code.push_str("# -> Result<(), Box<dyn std::error::Error>> {\n");
    let comma = if client.is_empty() { "" } else { ", " };
    let _ = writeln!(code, "let client = Client::new(transport{comma}{client});");
    let _ = writeln!(code, "let session = client.login({login})?;");
    if let Some(logout) = logout {
        let _ = writeln!(code, "session.logout({logout})?;");
    }
    code.push_str("# Ok(())\n# }\n```");
    Some(code)
}

fn made_up(context: &Context<'_>, members: &[Member]) -> Option<String> {
    if by_name(members) {
        return None;
    }
    let needed = members.iter().filter(|member| super::names::needed(member));
    let texts = needed.clone().all(|member| member.value == ValueType::String);
    let names = arguments(context, members, super::names::Scope::Elsewhere);
    texts.then(|| {
        let values: Vec<_> =
            names.iter().map(|argument| format!("\"{}\"", super::names::plain(&argument.name))).collect();
        values.join(", ")
    })
}
