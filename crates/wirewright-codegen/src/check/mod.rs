//! What a definition must be beyond being well formed, one file a check.

mod address;
mod body;
mod by_format;
mod charset;
mod columns;
mod combinations;
mod computed;
mod content;
mod context;
mod credentials;
mod datetime;
mod defaults;
mod endless;
mod envelope;
mod envelope_words;
mod errors;
mod examples;
mod failure;
mod filled;
mod formats;
mod hosts;
mod in_requests;
mod joined;
mod locations;
mod media_types;
mod multipart;
mod name_length;
mod narrowing;
mod numbered;
mod parameter_groups;
mod parameters;
mod partial;
mod query_maps;
mod ranges;
mod raw;
mod reached;
mod real_secrets;
mod repeatable;
mod rows;
mod rust_names;
mod secrets;
mod session;
mod session_kinds;
mod signature;
mod sources;
mod success;
mod tells;
mod type_kind;
mod unreachable;
mod wire_clash;
mod wire_names;
mod within;

pub(crate) use wire_names::is_xml_name;

use crate::diagnostic::Report;
use crate::read::tree::Definition;
use crate::resolve::Scope;
use crate::source::Sources;
use context::Context;

/// Every check. They do not depend on each other.
const CHECKS: &[fn(&Context<'_>)] = &[
    address::check,
    body::check,
    by_format::check,
    charset::check,
    columns::check,
    locations::check,
    combinations::check,
    computed::check,
    content::check,
    credentials::check,
    datetime::check,
    defaults::check,
    endless::check,
    envelope::check,
    envelope_words::check,
    errors::check,
    examples::check,
    failure::check,
    filled::check,
    formats::check,
    in_requests::check,
    joined::check,
    media_types::check,
    multipart::check,
    name_length::check,
    narrowing::check,
    numbered::check,
    parameter_groups::check,
    parameters::check,
    partial::check,
    query_maps::check,
    ranges::check,
    raw::check,
    real_secrets::check,
    repeatable::check,
    rows::check,
    rust_names::check,
    secrets::check,
    session::check,
    session_kinds::check,
    signature::check,
    sources::check,
    success::check,
    tells::check,
    type_kind::check,
    unreachable::check,
    wire_clash::check,
    wire_names::check,
    within::check,
];

/// Runs all checks.
pub(crate) fn all<'a>(
    package: &'a str,
    definition: &'a Definition<'a>,
    scope: &'a Scope<'a>,
    sources: &'a Sources,
    report: &'a Report,
) {
    let context = Context { package, definition, scope, sources, report };
    for check in CHECKS {
        check(&context);
    }
}
