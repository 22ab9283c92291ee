//! How a call of an operation is written in Rust.

use std::fmt::Write as _;

use super::{client::request, structure::argument};
use crate::model::{Member, Place};
use crate::naming::required_type;
use crate::plan::{
    context::{Context, Scope},
    kinds::SessionPlan,
    members::needed,
    methods::{closing_method, open_scopes, opening_method},
    operations::Named,
    parameters::call_members,
};

/// As many of the parameters that may be left out are in the call.
const SHOWN: usize = 3;

/// Methods that every call has: a parameter of that name has another one, and is not shown.
const OF_CALLS: &[&str] = &[
    "paginate",
    "paginate_blocking",
    "send",
    "send_blocking",
    "send_for_rows",
    "send_for_rows_blocking",
    "send_rows",
    "send_rows_blocking",
];

/// A call in Rust, with what it cannot do without and some of what may be left out.
///
/// ```
/// use wirewright_codegen::{emit::RustCall, load_sources, plan::context::Context};
///
/// let protocol = r#"
/// title    = "Buoy API"
/// source   = "buoy.example"
/// endpoint = "https://buoy.example"
/// methods  = { GET = "query" }
/// formats  = { json = {} }
/// parameters = { "*" = { from = "request" } }
/// envelope = { ok = { is = "status", success = ["yes"] }, data = { is = "data" } }
/// "#;
/// let light = "[lit]\ndoc = \"Whether it is lit.\"\nrequest = { buoy = { required = true } }\n";
/// let files = [("protocol.toml", protocol), ("light.toml", light)];
/// let vendor = load_sources("buoy", files.map(|(name, text)| (name.into(), text.into())).to_vec()).unwrap();
/// let context = Context::new(&vendor);
///
/// let call = RustCall::new(&context, &context.operations[0]);
/// assert_eq!(call.statement("send().await?"), "let answer = client.lit(buoy).send().await?;\n");
/// assert_eq!(call.receiver_type, "Client");
/// assert_eq!(call.parameters, ["buoy: impl Into<String>"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustCall {
    /// The variable that it is a method of: `session`.
    pub receiver: &'static str,
    /// Its type, without the transport's: `ClientSession`.
    pub receiver_type: String,
    /// The variables in it with their types: what it cannot do without, then what may be left out.
    pub parameters: Vec<String>,
    /// What of the crate those types are named by: `types`, `light::LitRequired`.
    pub uses: Vec<String>,
    /// The type of the variable `required`, where the call takes what it needs by name.
    pub required: Option<String>,
    method: String,
    /// The names of what it cannot do without.
    arguments: String,
    /// The names of what may be left out.
    free: Vec<String>,
}

impl RustCall {
    /// The call of an operation: on the client where it needs no session, else in the first kind of session that it takes.
    pub fn new(context: &Context<'_>, named: &Named<'_>) -> Self {
        let (kind, method) = scope(context, named);
        let mut parameters = Vec::new();
        request(context, named, &mut parameters);
        if call_members(context.vendor).iter().any(needed) {
            parameters.push(format!("options: {}::CallOptions", context.crate_name()));
        }
        let arguments = names(&parameters).join(", ");
        let free = named.operation.request.iter().filter(|member| is_shown(member)).take(SHOWN);
        let free: Vec<_> = free.map(|member| argument(context, member, Scope::Elsewhere)).collect();
        parameters.extend(free.iter().map(|one| one.parameter.clone()));
        let taken = names(&parameters);
        let candidates = [if kind.is_some() { "session" } else { "client" }, "api", "caller", "the_client"];
        let receiver = candidates.into_iter().find(|name| !taken.contains(name)).unwrap_or("own");
        let required = parameters.iter().any(|parameter| parameter.starts_with("required: "));
        Self {
            receiver,
            receiver_type: kind.map_or_else(|| "Client".to_owned(), SessionPlan::name),
            uses: uses(named, &parameters),
            required: required.then(|| required_type(&named.request)),
            method: method.to_owned(),
            arguments,
            free: free.into_iter().map(|one| one.name).collect(),
            parameters,
        }
    }

    /// The statement that makes the call and sends it so: `send().await?`.
    pub fn statement(&self, send: &str) -> String {
        let Self { receiver, method, arguments, free, .. } = self;
        if free.is_empty() {
            return format!("let answer = {receiver}.{method}({arguments}).{send};\n");
        }
        let mut text = format!("let answer = {receiver}\n    .{method}({arguments})\n");
        for (index, free) in free.iter().enumerate() {
            let said = if index == 0 { " // may be left out" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "    .{free}({free}){said}");
        }
        text + "    ." + send + ";\n"
    }
}

/// Where an operation is called, and by which method.
fn scope<'c>(context: &'c Context<'_>, named: &'c Named<'_>) -> (Option<&'c SessionPlan<'c>>, &'c str) {
    if let Some(kind) = open_scopes(context, named).first() {
        let opens = context.opened_by(named);
        return (*kind, opens.map_or(&*named.method, |kind| opening_method(kind, named)));
    }
    // It is made nowhere but in the sessions that it closes.
    let closed = named.operation.sessions.iter().map(|&kind| &context.kinds[kind]);
    let kind = closed.into_iter().next();
    (kind, kind.map_or(&*named.method, |kind| closing_method(kind, named)))
}

/// What of the crate parameters name.
fn uses(named: &Named<'_>, parameters: &[String]) -> Vec<String> {
    let mut uses = Vec::new();
    if parameters.iter().any(|parameter| parameter.contains("types::")) {
        uses.push("types".to_owned());
    }
    for name in [required_type(&named.request), named.body()] {
        if parameters.iter().any(|parameter| parameter.ends_with(&format!(": {name}"))) {
            uses.push(format!("{}::{name}", named.group.name.rust));
        }
    }
    uses
}

/// The names of parameters.
fn names(parameters: &[String]) -> Vec<&str> {
    parameters.iter().filter_map(|parameter| Some(parameter.split_once(": ")?.0)).collect()
}

/// Whether a call shows how this member is given.
fn is_shown(member: &Member) -> bool {
    let name = &*member.name.rust;
    let own = OF_CALLS.contains(&name) || name.starts_with("with_");
    !needed(member) && member.filled.is_none() && member.place != Place::Flatten && !own
}
