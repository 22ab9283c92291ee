//! The operations of a group.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use wirewright_codegen::model::FormatKind;

use super::{
    common::{Body, Methods, members, names, title},
    example, pages,
    sessions::Session,
};
use crate::{
    exchange::Carried,
    infer::{
        Inferred, errors::are_numbers, headers, operations::Operation, promises, replies, sample::Sample,
    },
    members::Drafted,
    words::{About, Table, Words},
};

/// What an operation's tables stand on.
pub(crate) struct Context<'c> {
    pub(crate) index: usize,
    pub(crate) operation: &'c Operation,
    /// Its own methods, and those of the protocol.
    pub(crate) methods: (Methods, &'c Methods),
    pub(crate) sessions: &'c [Session],
    pub(crate) body: Option<&'c Body>,
    /// What somebody said is required.
    pub(crate) required: &'c [String],
}

/// The bodies of the operations that have one, in the format and with the root of the first.
pub(crate) fn bodies(inferred: &mut Inferred) -> BTreeMap<usize, Body> {
    let mut bodies: BTreeMap<usize, Body> = BTreeMap::new();
    for index in 0..inferred.addresses.operations.len() {
        let Some((format, root, members)) = replies::body(&inferred.samples, index, &mut inferred.drafting)
        else {
            continue;
        };
        let first = bodies.values().next();
        if first.is_some_and(|first| (first.format, &first.root) != (format, &root)) {
            inferred.notes.push(format!(
                "the body of call {} is otherwise than those of others: it is left out",
                index + 1
            ));
            continue;
        }
        bodies.insert(index, Body { format, root, members });
    }
    bodies
}

/// The methods of an operation, as its samples have them.
pub(crate) fn methods(inferred: &Inferred, index: usize) -> Methods {
    let mut methods = IndexMap::new();
    for stated in inferred.stated.iter().filter(|stated| stated.operation == index) {
        for method in &stated.page.methods {
            methods.insert(
                method.clone(),
                if matches!(method.as_str(), "GET" | "DELETE") { "query" } else { "form" },
            );
        }
    }
    for sample in inferred.samples.iter().filter(|one| one.operation == index && one.has_request()) {
        let exchange = &sample.exchange;
        let Some(method) = exchange.method.as_deref() else { continue };
        if !matches!(method, "GET" | "POST" | "PUT" | "DELETE") {
            continue;
        }
        let carried = |place: Carried| exchange.parameters.iter().any(|one| one.carried == place);
        let bare = method == "PUT" && !carried(Carried::Form);
        let placement = if method == "GET" || method == "DELETE" || exchange.body.is_some() || bare {
            "query"
        } else if carried(Carried::Form) && carried(Carried::Query) {
            "form-or-query"
        } else if carried(Carried::Query) {
            "query"
        } else {
            "form"
        };
        let known = methods.entry(method.to_owned()).or_insert(placement);
        if *known == "query" && placement != "query" && exchange.body.is_none() {
            *known = "form-or-query";
        }
    }
    methods
}

pub(crate) fn tables(inferred: &mut Inferred, context: &Context<'_>) -> Vec<Table> {
    let index = context.index;
    let name = context.operation.name.as_str();
    let mut tables = vec![Table::new(About::Head, &[name])];
    let is_raw = is_raw(inferred, index);
    if let Some(first) = tables.first_mut() {
        head(inferred, context, is_raw, first);
    }
    let constants = &context.operation.constants;
    let opens_with = |name: &str| inferred.given.get(name).is_some_and(|given| given.opens == index);
    let mut request = replies::parameters(
        &inferred.samples,
        index,
        &inferred.common,
        constants,
        opens_with,
        &mut inferred.drafting,
    );
    promises::parameters(inferred, index, &mut request);
    let shape = replies::shape(&inferred.envelope, &inferred.samples, index, false);
    let failed = replies::shape(&inferred.envelope, &inferred.samples, index, true);
    let mut reply = inferred.drafting.members(&shape);
    // What a reply sets, and later calls carry.
    for given in inferred.given.values().filter(|given| given.is_cookie_of(index)) {
        if let [_, name] = given.path.as_slice() {
            let words = Words::new().with("in", "cookie").with("secret", true).with("confidence", "low");
            reply.push((name.clone(), Drafted { words, comment: None }));
        }
    }
    reply.extend(headers::of_replies(&inferred.samples, index, &mut inferred.drafting));
    for (name, drafted) in &mut request {
        if context.required.contains(name) {
            drafted.words.set("required", true);
            drafted.words.remove("default");
        }
    }
    for (name, drafted) in &mut reply {
        if context.required.contains(&format!("reply.{name}")) && !drafted.words.is("type", "any") {
            drafted.words.set("required", true);
            drafted.words.remove("empty-is-absent");
        }
    }
    if has_empty(inferred, index)
        && !reply.is_empty()
        && !is_raw
        && let Some(first) = tables.first_mut()
    {
        first.value("empty-reply", true);
    }
    let paging = pages::words(inferred, index, &mut request, &mut reply);
    if let (Some((why, _)), Some(first)) = (&paging, tables.first_mut()) {
        first.value("assumption", *why);
    }
    let failure = inferred.drafting.members(&failed);
    if !constants.is_empty() {
        let mut table = Table::new(About::Other, &[name, "constants"]);
        for (parameter, value) in constants {
            table.value(parameter, value.as_str());
        }
        tables.push(table);
    }
    let mut push = |word: &str, own: Vec<(String, Drafted)>| {
        if !own.is_empty() {
            tables.push(members(&[name, word], own));
        }
    };
    push("request", request);
    push("body", context.body.map(|body| body.members.clone()).unwrap_or_default());
    if !is_raw {
        push("reply", reply);
        push("failure", failure);
    }
    if let Some((_, words)) = paging.filter(|_| !is_raw) {
        let mut table = Table::new(About::Other, &[name, "pagination"]);
        for (word, said) in words {
            table.value(&word, said);
        }
        tables.push(table);
    }
    tables.extend(example::tables(inferred, index, name, is_raw));
    tables
}

/// Whether what an operation answers is in no format.
fn is_raw(inferred: &Inferred, index: usize) -> bool {
    let own: Vec<&Sample> = inferred.samples.iter().filter(|one| one.operation == index).collect();
    own.iter().any(|one| one.exchange.is_raw)
        && !own.iter().any(|one| !one.failed && !one.documents.is_empty())
}

fn head(inferred: &mut Inferred, context: &Context<'_>, is_raw: bool, table: &mut Table) {
    let operation = context.operation;
    if let Some(wire) = operation.wire.as_ref().filter(|wire| **wire != operation.name) {
        table.value("wire-name", wire.as_str());
    }
    let usual = inferred.addresses.path.as_deref().unwrap_or("/{group}/{operation}");
    let usual = usual.replace("{group}", &operation.group).replace("{operation}", &operation.name);
    if let Some(path) =
        operation.path.as_ref().filter(|path| **path != usual && inferred.addresses.parameter.is_none())
    {
        table.value("path", path.as_str());
    }
    if let Some(origin) =
        operation.origin.as_ref().filter(|origin| inferred.addresses.endpoint.as_ref() != Some(*origin))
    {
        table.value("endpoint", origin.as_str());
    }
    let (own, all) = &context.methods;
    if !own.is_empty() && own != *all {
        let methods = own.iter().map(|(method, carried)| (method.clone(), (*carried).into()));
        table.value("methods", methods.collect::<toml::Table>());
    }
    if is_raw {
        table.value("raw", true);
    }
    let mut own = inferred.samples.iter().filter(|one| one.operation == context.index);
    if own.any(|one| one.exchange.files.is_some()) {
        table.value("multipart", true);
    }
    status(inferred, context.index, is_raw, table);
    formats(inferred, context, is_raw, table);
    session(inferred, context, table);
    let samples = || inferred.samples.iter().filter(|one| one.operation == context.index);
    let stated = inferred.stated.iter().find(|stated| stated.operation == context.index);
    let listed = stated.into_iter().flat_map(|stated| &stated.page.errors).map(|error| &error.code);
    let listed = listed.filter_map(|code| inferred.errors.get_key_value(code).map(|(code, _)| code));
    // In the order of the page, then of the samples.
    let told = samples().filter_map(|one| one.error.as_ref());
    let codes: indexmap::IndexSet<&String> = listed.chain(told).collect();
    if !codes.is_empty() {
        let numbers = are_numbers(&inferred.errors);
        let code = |code: &&String| match code.parse::<i64>() {
            Ok(number) if numbers => toml::Value::from(number),
            _ => code.as_str().into(),
        };
        table.value("errors", codes.iter().map(code).collect::<Vec<_>>());
    }
    let count = samples().count();
    if let Some(stated) = stated {
        let doc = stated
            .page
            .doc
            .as_ref()
            .map(|doc| doc.chars().filter(|sign| !sign.is_control()).take(300).collect::<String>());
        if let Some(doc) = doc {
            table.value("doc", doc);
        }
        table.value("source", stated.source.as_str());
        table.value("confidence", "medium");
    } else {
        let first = samples().next().map_or("none", |one| &one.exchange.source);
        table.value("source", format!("samples: {count}, such as {first}"));
        table.value("confidence", "low");
    }
}

/// The status of HTTP that an operation's successes have, and whether they have a body.
fn successes(inferred: &Inferred, index: usize) -> impl Iterator<Item = (u16, bool)> {
    let own = inferred.samples.iter().filter(move |one| one.operation == index && !one.failed);
    own.filter(|one| one.has_reply()).map(|one| {
        let has_body = one.exchange.replies.iter().any(|(_, text)| !text.trim().is_empty());
        (one.exchange.status.unwrap_or(200), has_body)
    })
}

/// The status of HTTP that all successes have, where it is not the usual one.
fn status(inferred: &Inferred, index: usize, is_raw: bool, table: &mut Table) {
    let Some((first, _)) = successes(inferred, index).next() else { return };
    let alike = successes(inferred, index).all(|(status, _)| status == first);
    if alike && first != 200 && (200..300).contains(&first) && !is_raw {
        table.value("status", i64::from(first));
    }
}

/// Whether some successes have no body, though their status does not say so.
fn has_empty(inferred: &Inferred, index: usize) -> bool {
    successes(inferred, index).any(|(status, has_body)| !has_body && status != 204)
}

/// Leaves out the formats of which nothing was seen where they cannot be told of others: what is an attribute, JSON does not say.
fn formats(inferred: &mut Inferred, context: &Context<'_>, is_raw: bool, table: &mut Table) {
    let all = inferred.formats.words.len();
    if is_raw || all < 2 {
        return;
    }
    let seen = replies::formats(&inferred.samples, context.index);
    if inferred.drafting.has_xml
        && !seen.is_empty()
        && !seen.contains(&FormatKind::Xml)
        && seen.contains(&FormatKind::Json)
        && !inferred.attributes_are_said
    {
        table.value("formats", names(&seen));
        inferred.notes.push(format!(
            "{}: no sample in XML, and JSON does not tell attributes from elements: XML is left out",
            title(context.operation)
        ));
    }
}

fn session(inferred: &Inferred, context: &Context<'_>, table: &mut Table) {
    let carried: Vec<&Session> =
        context.sessions.iter().filter(|session| session.is_carried(inferred, context.index)).collect();
    // Who carries a session that took over what another keeps carries the other's values for that alone.
    let is_inside = |session: &Session, other: &Session| {
        other.fields.iter().any(|field| field.path.is_none())
            && session.fields.iter().all(|field| other.has(&field.name))
    };
    let carried: Vec<&str> = carried
        .iter()
        .filter(|session| {
            !carried.iter().any(|other| other.name != session.name && is_inside(session, other))
        })
        .map(|session| session.name.as_str())
        .collect();
    match carried.as_slice() {
        [] => {}
        [_] if context.sessions.len() == 1 => table.value("session", "required"),
        [one] => table.value("session", *one),
        several => {
            table.value("session", several.iter().map(|name| toml::Value::from(*name)).collect::<Vec<_>>());
        }
    }
}
