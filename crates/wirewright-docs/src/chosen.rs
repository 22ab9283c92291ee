//! What a call chooses where its caller says nothing.

use wirewright_codegen::{
    model::{FormatKind, HttpMethod, Member, Method},
    plan::{context::Context, kinds::SessionPlan, operations::Named},
};

/// The method that a client chooses: POST where it is offered, so that secrets stay out of URLs, unless the definition prefers GET.
pub(crate) fn method<'a>(named: &Named<'a>) -> Option<&'a Method> {
    let methods = &named.operation.methods;
    let wanted = if named.operation.prefers_get { HttpMethod::Get } else { HttpMethod::Post };
    methods.iter().find(|method| method.verb == wanted).or_else(|| methods.first())
}

/// The kind of session that a call is made in.
pub(crate) fn kind<'c>(context: &'c Context<'_>, named: &Named<'_>) -> Option<&'c SessionPlan<'c>> {
    let first = named.operation.sessions.first().filter(|_| !named.operation.sessionless)?;
    context.kinds.get(*first)
}

/// What the format parameter says: JSON where it is offered.
pub(crate) fn format_value<'a>(context: &'a Context<'_>, named: &Named<'_>) -> Option<&'a str> {
    let formats: Vec<_> =
        named.operation.formats.iter().filter_map(|&index| context.vendor.formats.get(index)).collect();
    let json = formats.iter().find(|format| format.kind == FormatKind::Json);
    json.or(formats.first())?.value.as_deref()
}

/// What stands for the file of a parameter.
pub(crate) fn file_name(member: &Member) -> String {
    let safe = member.name.wire.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_');
    let name: String = safe.collect();
    format!("{}.bin", if name.is_empty() { "file" } else { &name })
}
