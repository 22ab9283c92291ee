//! `lib.rs`: the crate's front page and its modules.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::{
    first_call,
    form::Form,
    prose::{code, facts, first_sentence, prose},
    text::{Item, List, Text},
};
use crate::model::{Member, TypeKind};
use crate::naming::required_type;
use crate::packaging::Packaging;
use crate::plan::{
    computed::Demand,
    context::Context,
    credentials::credentials,
    envelope::FAILURE_DATA,
    features::Features,
    kinds::{SessionPlan, state_members},
    members::by_name,
    names::plain,
    parameters::{Provided, call_members, client_members},
    told::{answers_in, session_needs},
};
use crate::version::GENERATED_CODE;

/// Lints about what is the vendor's choice, and those by which people are strict with their own code: each version of clippy has more of
/// them, and somebody's workspace may deny them all.
const ALLOWED: &[&str] = &[
    "enum_variant_names",
    "nursery",
    "pedantic",
    "result_large_err",
    "should_implement_trait",
    "too_many_arguments",
    "wrong_self_convention",
];

/// The lints of a crate that a vendor is a module of, which are its author's choice for other code: what nobody uses is in it, and
/// how it is written is not up to the author.
const ALLOWED_OF_MODULES: &[&str] = &[
    "clippy::all",
    "clippy::cargo",
    "clippy::nursery",
    "clippy::pedantic",
    "clippy::restriction",
    "missing_debug_implementations",
    "missing_docs",
    "unreachable_pub",
    "unused",
    "unused_qualifications",
];

/// The module.
pub(super) fn module(context: &Context<'_>, form: &Form<'_>) -> String {
    let vendor = context.vendor;
    let provided = Provided::new(context.vendor);
    let mut text = Text::new();
    text.module_doc(&front_page(context, form));
    text.blank();
    attributes(&mut text, form);
    text.blank();
    text.line(format!("wirewright::generated::assert_version!({GENERATED_CODE});"));
    if matches!(form, Form::Module(_)) {
        // A crate's manifest has them.
        for feature in Features::new(context).required() {
            let name = feature.replace('-', "_").to_uppercase();
            text.line(format!("const _: () = wirewright::generated::features::{name};"));
        }
    }
    text.blank();

    let mut modules: Vec<&str> =
        vec!["client", "coverage", "envelope", "error", "operations", "protocol", "server"];
    modules.extend(vendor.groups.iter().map(|group| group.name.rust.as_str()));
    if !vendor.types.is_empty() {
        modules.push("types");
    }
    if provided.client || provided.call || context.kinds.iter().any(|kind| !kind.members.is_empty()) {
        modules.push("parameters");
    }
    if !context.kinds.is_empty() {
        modules.push("state");
    }
    modules.sort_unstable_by_key(|module| plain(module));
    let groups: HashSet<&str> = vendor.groups.iter().map(|group| group.name.rust.as_str()).collect();
    for module in &modules {
        let public = matches!(*module, "coverage" | "envelope" | "operations" | "server" | "types")
            || groups.contains(module);
        match *module {
            // A page, and nothing to compile.
            "coverage" => text.line("#[cfg(doc)]"),
            "operations" => text.line("#[cfg(feature = \"testing\")]"),
            "server" => text.line("#[cfg(feature = \"server\")]"),
            _ => {}
        }
        if *module == "envelope" {
            // Answers and failures are exported; what is around them on the wire is for tests and tools.
            text.line("#[doc(hidden)]");
        }
        text.line(format!("{}mod {module};", if public { "pub " } else { "" }));
    }
    text.blank();
    text.doc("What every file of this crate uses.");
    text.line("#[allow(unused_imports, reason = \"it is the same for all vendors\")]");
    text.block("mod prelude", |text| {
        text.line("pub(crate) use wirewright::generated::{self, prelude::*};");
        text.blank();
        let mut own: Vec<Item> = exports(context, &envelopes(context));
        let apis = List::braces(context.apis.iter().map(|api| Item::from(api.name.as_str())));
        own.push(Item::List("client::".to_owned(), apis));
        own.push("protocol::DEFAULT".into());
        if !vendor.types.is_empty() {
            own.push("types".into());
        }
        text.list("pub(crate) use super::", &List::braces(own), ";");
    });
    text.blank();
    let conditional = context.kinds.iter().any(|kind| kind.session.conditional);
    let outcome = if conditional { ", session::SessionOpenOutcome" } else { "" };
    text.line(format!(
        "pub use wirewright::{{Format, Limits, Secret, client::{{Config, NoSession}}{outcome}}};"
    ));
    text.blank();
    text.list("pub use self::", &List::braces(exports(context, &[])), ";");
    text.blank();
    text.doc("What a call fails with.");
    text.line("pub type Error = wirewright::exchange::Error<Failure>;");
    for kind in &context.kinds {
        text.blank();
        text.doc(&facts(&kind.session.facts, "An open session."));
        text.line(format!("pub type {}<T> = Client<T, {}>;", kind.name(), kind.state()));
    }
    text.blank();
    text.line("#[cfg(feature = \"serde\")]");
    let serialized =
        serialized(context).into_iter().map(|described| Item::from(format!("self::{described}")));
    text.list("wirewright::impl_serde! ", &List::names(serialized), "");
    text.finish()
}

/// What holds for the whole crate, or module.
fn attributes(text: &mut Text, form: &Form<'_>) {
    let lints: Vec<String> = match form {
        Form::Crate(_) => {
            // Of a crate only.
            text.line("#![cfg_attr(docsrs, feature(doc_cfg))]");
            ALLOWED.iter().map(|lint| format!("clippy::{lint}")).collect()
        }
        Form::Module(_) => ALLOWED_OF_MODULES.iter().map(|&lint| lint.to_owned()).collect(),
    };
    text.line("#![allow(");
    text.indented(|text| {
        for lint in lints {
            text.line(format!("{lint},"));
        }
        text.line("reason = \"names, texts, numbers and sizes are the vendor's\"");
    });
    text.line(")]");
}

/// The types that have serde's traits: all that are on the wire, but for envelopes and sessions, which have ways of their own.
fn serialized(context: &Context<'_>) -> Vec<String> {
    let provided = Provided::new(context.vendor);
    let mut all = Vec::new();
    all.extend(provided.call.then(|| "CallOptions".to_owned()));
    all.extend(provided.client.then(|| "ClientParameters".to_owned()));
    all.extend((!context.vendor.failure.is_empty()).then(|| FAILURE_DATA.to_owned()));
    for named in &context.operations {
        let group = &named.group.name.rust;
        all.push(format!("{group}::{}", named.request));
        all.extend(named.operation.body.as_ref().map(|_| format!("{group}::{}", named.body())));
        all.extend(named.has_reply().then(|| format!("{group}::{}", named.reply())));
    }
    let described = |kind: &TypeKind| {
        matches!(kind, TypeKind::Structure(_) | TypeKind::Enumeration { .. } | TypeKind::Union { .. })
    };
    let types = context.vendor.types.iter().filter(|one| described(&one.kind));
    all.extend(types.map(|one| format!("types::{}", one.name.rust)));
    all
}

/// What is around answers and failures on the wire.
fn envelopes(context: &Context<'_>) -> Vec<String> {
    let envelopes = context.envelopes.iter().map(|variant| variant.name.clone());
    envelopes.chain(context.wrappers.iter().cloned()).collect()
}

/// What users name without the module that it is in, and these `envelopes`, which they do not.
fn exports(context: &Context<'_>, envelopes: &[String]) -> Vec<Item> {
    let kinds = || context.kinds.iter();
    let with = |names: &[&str], of_kinds: Vec<String>| {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).chain(of_kinds).collect();
        names.sort_unstable();
        names
    };
    let failure = (!context.vendor.failure.is_empty()).then(|| FAILURE_DATA.to_owned());
    let envelopes = envelopes.iter().cloned().chain(failure);
    let carried = kinds().flat_map(|kind| made_of(kind.parameters(), &kind.members));
    let kept = kinds().flat_map(|kind| made_of(kind.state(), &state_members(kind.session)));
    let provided = [
        made_of("CallOptions".to_owned(), &call_members(context.vendor)),
        made_of("ClientParameters".to_owned(), &client_members(context.vendor)),
    ];
    let parameters = provided.into_iter().flatten().chain(carried).collect();
    [
        ("client", with(&["Call", "Client"], Vec::new())),
        ("envelope", with(&["Answer", "Failure"], envelopes.collect())),
        ("error", with(&["ErrorCode"], Vec::new())),
        ("parameters", with(&[], parameters)),
        ("protocol", with(&["PROTOCOL"], kinds().map(SessionPlan::constant).collect())),
        ("state", with(&[], kept.collect())),
    ]
    .into_iter()
    .filter_map(|(module, names)| match names.as_slice() {
        [] => None,
        [name] => Some(Item::Text(format!("{module}::{name}"))),
        names => {
            let names = List::braces(names.iter().map(|name| Item::from(name.as_str())));
            Some(Item::List(format!("{module}::"), names))
        }
    })
    .collect()
}

/// The names of a structure of these members, and of what its constructor takes where that goes in by name. None without members.
fn made_of(name: String, members: &[Member]) -> Vec<String> {
    if members.is_empty() {
        return Vec::new();
    }
    let required = by_name(members).then(|| required_type(&name));
    [Some(name), required].into_iter().flatten().collect()
}

fn front_page(context: &Context<'_>, form: &Form<'_>) -> String {
    let vendor = context.vendor;
    let mut page = format!("The {}, typed.\n\n{}", prose(&vendor.title), facts(&vendor.facts, ""));
    if let Form::Crate(_) = form {
        page.push_str(&first_call::section(context));
    }
    // Writing to a string cannot fail.
    page.push_str("\n\n# Operations\n\n| operation | what it does | session | formats |\n|---|---|---|---|");
    for named in &context.operations {
        let operation = named.operation;
        let what = operation.facts.doc.as_deref().map(first_sentence).unwrap_or_default();
        let session = session_needs(context, operation);
        let (title, link) = (named.title(), named.link_in("self"));
        let formats = answers_in(vendor, operation);
        let _ = write!(page, "\n| [`{title}`]({link}) | {what} | {session} | {formats} |");
    }
    page.push_str(
        "\n\n[What is covered](self::coverage) says for each where it is stated, how sure that is, and what is assumed.",
    );
    page.push_str(
        "\n\n# Errors\n\nA call fails with an [`Error`]: the vendor's refusal with its [`ErrorCode`], a reply that cannot be \
         read, or what went wrong on the way. [`ErrorCode`] lists what the vendor's pages say of each code.",
    );
    let demands = |demand: Demand| context.computed.parameters.iter().any(|one| one.demand == demand);
    if demands(Demand::Session) {
        page.push_str("\n\nRequests that need a signature are signed by the session that makes them.");
    } else if demands(Demand::Always) || demands(Demand::Signed) {
        page.push_str(if credentials(context.vendor).is_empty() {
            "\n\nRequests are signed with the client's secrets, which are never sent."
        } else {
            "\n\nRequests with some kinds of credentials are signed with secrets that are never sent."
        });
    }
    let from = code(form.definition());
    let (what, how) = match form {
        Form::Crate(packaging) => {
            features(&mut page, context, packaging);
            ("crate", "Wirewright")
        }
        Form::Module(_) => ("module", "Wirewright, in a build script"),
    };
    let _ = write!(
        page,
        "\n\n# Where this comes from\n\nThis {what} is generated from {from} by {how}: change the definition, not the \
         {what}."
    );
    page
}

/// The features of a crate.
fn features(page: &mut String, context: &Context<'_>, packaging: &Packaging) {
    page.push_str("\n\n# Features\n\nWithout any it is a client.\n\n| feature | what it adds |\n|---|---|");
    let needed = Features::new(context);
    for (is_there, feature, what) in [
        (
            needed.rows,
            "rows",
            "replies and requests of rows as streams: a call's `send_for_rows` and `send_rows`",
        ),
        (!needed.charsets, "charsets", "replies in other charsets than UTF-8 and UTF-16"),
        (true, "server", "the module `server`: the vendor's side"),
        (
            true,
            "testing",
            "samples and arbitrary values of every type, as `wirewright::testing` makes them, and the module `operations`",
        ),
        (
            true,
            "serde",
            "serde's traits on requests, replies and types, as `wirewright::serde` has them: without secrets, unless they are \
             asked for by name",
        ),
    ] {
        if is_there {
            let on = if packaging.is_on(feature) { " (on by default)" } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(page, "\n| `{feature}`{on} | {what} |");
        }
    }
}
