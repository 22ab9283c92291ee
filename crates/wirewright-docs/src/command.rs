//! A call as a line of `wirewright call`, and what a form for it is filled in with.

use wirewright_codegen::{
    model::{From, Member, TypeKind, ValueType},
    plan::{context::Context, credentials::is_of_first, members::needed, operations::Named, samples},
};
use wirewright_interpret::Definition;

use crate::{
    chosen::{file_name, kind},
    environment::{Legend, variable},
    markup::Markup,
    request::SampleRequest,
    shell::Word,
};

/// The parameters of one call.
pub(crate) struct Given {
    /// Those of the operation, and those of the client and the call that it cannot do without.
    pub(crate) pairs: Vec<(String, String)>,
    /// Those of the operations that open its session.
    pub(crate) login: Vec<(String, String)>,
    /// The secrets that are required, each with what it is.
    pub(crate) secrets: Vec<(String, Option<String>)>,
}

/// What a call is given, from the samples of its operation and of those that open its session.
pub(crate) fn given(
    definition: &Definition,
    context: &Context<'_>,
    named: &Named<'_>,
    sample: &SampleRequest,
) -> Given {
    let mut given = Given { pairs: Vec::new(), login: Vec::new(), secrets: Vec::new() };
    given.pairs = given.own(definition, named, sample);
    let group = &named.group.name.wire;
    let mut clients = 0;
    for parameter in &context.vendor.parameters {
        let (From::Client(member) | From::Call(member)) = &parameter.from else { continue };
        let mut name = &parameter.name.wire;
        if matches!(parameter.from, From::Client(_)) {
            // What the client gives has another name in some groups.
            let again = context.vendor.parameters.iter().find(|other| {
                matches!(other.from, From::Again(client) if client == clients) && other.groups.has(group)
            });
            name = again.map_or(name, |again| &again.name.wire);
            clients += 1;
        } else if !parameter.groups.has(group) {
            continue;
        }
        let needed = parameter.required || needed(member) || is_of_first(context.vendor, parameter);
        if !needed || member.filled.is_some() {
            continue;
        }
        if member.secret {
            given.secret(name, parameter.facts.doc.as_ref());
        } else {
            given.pairs.push((name.clone(), sample_text(context, member, name)));
        }
    }
    let mut inner = kind(context, named);
    // Sessions cannot be opened in each other without end.
    for _ in 0..8 {
        let Some(kind) = inner else { break };
        let opens = context.operation(kind.session.opens);
        if let Some(operation) = definition.operation(&opens.title()) {
            let own = given.own(definition, opens, &SampleRequest::new(definition, operation));
            given.login.splice(0..0, own);
        }
        inner = crate::chosen::kind(context, opens);
    }
    given
}

/// A made-up value of a parameter that is not the operation's own.
fn sample_text(context: &Context<'_>, member: &Member, name: &str) -> String {
    let described = match member.value {
        ValueType::Type(index) => context.vendor.types.get(index).map(|described| &described.kind),
        _ => None,
    };
    let least = member.range.as_ref().map(|(least, _)| least.as_str());
    match (&member.value, described) {
        (ValueType::Integer | ValueType::Number, _) => least.unwrap_or("1").to_owned(),
        (ValueType::Boolean, _) => member.boolean.as_ref().map_or("true", |(yes, _)| yes).to_owned(),
        (_, Some(TypeKind::Enumeration { values, .. })) => {
            values.first().map_or(name, |value| value.name.wire.as_str()).to_owned()
        }
        (_, Some(TypeKind::DateTime(_, formats))) => {
            formats.first().map(|format| samples::moment(format)).unwrap_or_default()
        }
        (_, Some(TypeKind::Epoch(epoch))) => samples::counted(*epoch),
        (_, Some(TypeKind::Formed(forms))) => {
            forms.first().map(|form| samples::form(form)).unwrap_or_default()
        }
        _ => name.to_owned(),
    }
}

impl Given {
    /// The operation's own pairs without secrets, which are noted.
    fn own(
        &mut self,
        definition: &Definition,
        named: &Named<'_>,
        sample: &SampleRequest,
    ) -> Vec<(String, String)> {
        let Some(operation) = definition.operation(&named.title()) else { return Vec::new() };
        let members = &named.operation.request;
        let secret =
            |name: &str| members.iter().find(|member| member.secret && name.starts_with(&member.name.wire));
        let mut pairs = sample.own(operation);
        let filled =
            |name: &str| members.iter().any(|member| member.filled.is_some() && member.name.wire == name);
        pairs.retain(|(name, _)| secret(name).is_none() && !filled(name));
        for member in members.iter().filter(|member| member.secret && needed(member)) {
            self.secret(&member.name.wire, member.facts.doc.as_ref());
        }
        pairs
    }

    fn secret(&mut self, name: &str, doc: Option<&String>) {
        if !self.secrets.iter().any(|(known, _)| known == name) {
            self.secrets.push((name.to_owned(), doc.cloned()));
        }
    }
}

/// The line, and what the environment is to have.
pub(crate) fn line(
    definition: &Definition,
    context: &Context<'_>,
    named: &Named<'_>,
    sample: &SampleRequest,
) -> (String, Vec<Legend>) {
    let vendor = &context.vendor.package;
    let given = given(definition, context, named, sample);
    let word = |text: &str| Word::new().text(text).quoted();
    let pair = |(name, value): &(String, String)| {
        // A value that begins so is the name of a file to the command.
        let value = if value.starts_with('@') { "@FILE" } else { value };
        word(&format!("{name}={value}"))
    };
    let mut words: Vec<String> = given.pairs.iter().map(pair).collect();
    let is_file = |member: &&Member| member.value == ValueType::File && needed(member);
    let files = named.operation.request.iter().filter(is_file);
    words.extend(files.map(|member| word(&format!("{}=@{}", member.name.wire, file_name(member)))));
    words.extend(given.login.iter().map(|login| format!("--login {}", pair(login))));
    if sample.document().is_some() {
        words.push("--document FILE".to_owned());
    }
    let mut text = format!("wirewright call {} {}", word(vendor), word(&named.title()));
    let length: usize = words.iter().map(|word| word.len() + 1).sum();
    let between = if text.len() + length > 56 { " \\\n  " } else { " " };
    for word in words {
        text.push_str(between);
        text.push_str(&word);
    }
    text.push('\n');
    let legend = given.secrets.iter().map(|(name, doc)| Legend {
        name: variable(vendor, name),
        what: Markup::new()
            .text("A secret, which is asked for where it is not in the environment. ")
            .prose(doc.as_deref().unwrap_or_default()),
    });
    (text, legend.collect())
}
