//! Where operations are called: the endpoint, their paths, and that a server can tell them apart.

use std::collections::HashMap;

use super::{context::Context, hosts};
use crate::diagnostic::{Code, Fault};
use crate::model::FormatKind;
use crate::read::tree::{Member, Operation, Parameter, ParameterLocation, Provider, path_of};
use crate::rules::{is_endpoint, is_package};
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    package(cx);
    let mut endpoints: Vec<Text<'_>> = cx.protocol().endpoint.into_iter().collect();
    endpoints.extend(cx.definition.groups.iter().filter_map(|group| group.endpoint));
    endpoints.extend(cx.operations().filter_map(|(_, operation)| operation.endpoint));
    // A group's is with each of its operations.
    endpoints.sort_by_key(|endpoint| endpoint.span);
    endpoints.dedup_by_key(|endpoint| endpoint.span);
    hosts::check(cx, &endpoints);
    for endpoint in endpoints.into_iter().filter(|endpoint| !is_endpoint(endpoint.value)) {
        cx.add(
            Fault::new(Code::Endpoint, endpoint.span, format!("`{}` is no endpoint", endpoint.value))
                .label(why_no_endpoint(endpoint.value))
                .expected(
                    "scheme and host, and what is in front of every path, without a trailing slash, as in `https://api.example.com` \
                     or `https://example.com/api`",
                ),
        );
    }
    let mut paths: Vec<Text<'_>> = cx.protocol().path.into_iter().collect();
    paths.extend(cx.definition.groups.iter().filter_map(|group| group.path));
    paths.extend(cx.operations().filter_map(|(_, operation)| operation.path));
    paths.sort_by_key(|path| path.span);
    paths.dedup_by_key(|path| path.span);
    for path in paths.into_iter().filter(|path| !is_template(path.value)) {
        cx.add(ill_formed(path, path.value));
    }
    different(cx);
}

/// What is wrong with an endpoint.
fn why_no_endpoint(endpoint: &str) -> &'static str {
    let base = base(endpoint);
    if base.split('/').skip(1).any(|segment| matches!(segment, "." | "..")) {
        "a segment of its path is `.` or `..`, which leads elsewhere"
    } else if base.contains("//") {
        "a segment of its path is empty: two slashes side by side"
    } else if base.ends_with('/') {
        "a slash at its end: paths begin with one"
    } else {
        "not an address"
    }
}

fn package(cx: &Context<'_>) {
    let package = cx.package;
    if !is_package(package) {
        cx.add(
            Fault::nowhere(Code::Spelling, package, format!("`{package}` is no name for a crate"))
                .expected("words of small letters and digits, joined by `-`, as in `parcel-post`")
                .help("rename the definition's folder"),
        );
    }
}

fn ill_formed(at: Text<'_>, path: &str) -> Fault {
    Fault::new(Code::Path, at.span, format!("`{path}` is no path")).label("not a path").expected(
        "`/` and letters, digits and signs that a URL's path can hold, without `?` and `#`; \
         `{group}` and `{operation}` stand for the names",
    )
}

/// A path in which the names of the group and the operation may be left open.
fn is_template(text: &str) -> bool {
    is_path(&without_places(&path_of(text, "group", "operation")))
}

/// RFC 3986, section 3.3.
fn is_path(text: &str) -> bool {
    let escaped = text
        .split('%')
        .skip(1)
        .all(|rest| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte);
    text.starts_with('/') && text.bytes().all(sign) && escaped
}

/// Two operations need another endpoint, another path, another method, other constants, or another name where a parameter tells the name.
fn different(cx: &Context<'_>) {
    let tells_it =
        |parameter: &&Parameter<'_>| parameter.from.is_some_and(|from| from.value == Provider::Operation);
    let by_name = cx.protocol().parameters.iter().find(tells_it);
    let in_host = cx.protocol().parameters.iter().any(|parameter| {
        parameter.from.is_some_and(|from| from.value == Provider::Operation) && hosts::in_host(parameter)
    });
    let mut seen: HashMap<_, Text<'_>> = HashMap::new();
    for (group, operation) in cx.operations() {
        let path = operation.path_in(group, cx.protocol());
        let said = operation.path.or(cx.protocol().path);
        places(cx, operation, &path);
        if said.is_none_or(|said| is_template(said.value)) && !is_path(&without_places(&path)) {
            cx.add(ill_formed(operation.key, &path).help("say its `path`"));
        }
        let named = by_name.is_some_and(|parameter| parameter.goes_with(&group.name));
        let name = if named { operation.wire_name.unwrap_or(operation.key).value } else { "" };
        // Hosts are the same in either case.
        let name = if in_host { name.to_lowercase() } else { name.to_owned() };
        let methods = operation.methods.as_ref().unwrap_or(&cx.protocol().methods);
        for method in &methods.value {
            let endpoint = operation.endpoint.or(cx.protocol().endpoint).map(|endpoint| endpoint.value);
            let base = same_path(endpoint.map_or("", base));
            let endpoint = endpoint.map(|endpoint| same_host(&without_names(endpoint)));
            let mut constants: Vec<_> =
                operation.constants.iter().map(|(name, value)| (name.value, value.value)).collect();
            constants.sort_unstable();
            let whole = base + &same_path(&without_places(&path));
            let address = (endpoint, whole, name.clone(), method.value.verb, constants);
            let Some(first) = seen.insert(address, operation.key) else {
                continue;
            };
            let fault = Fault::new(
                Code::OperationAddress,
                operation.key.span,
                format!("`{}` is called just as `{}` is", operation.key.value, first.value),
            );
            cx.add(fault.label(format!("at `{path}`")).related(first.span, "at the same path").expected(
                "another path, another endpoint, another method, other `constants`, or a parameter `from = \"operation\"` and another `wire-name`",
            ));
            break;
        }
    }
}

/// What an endpoint has in front of every path.
fn base(endpoint: &str) -> &str {
    let rest = endpoint.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
}

/// Host and port of an endpoint, as all spellings of them are: what a server sees of it. A host is the same in either case, and a
/// port is that of the scheme where none is said.
fn same_host(endpoint: &str) -> (String, u16) {
    let (scheme, rest) = endpoint.split_once("://").unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    let usual = if scheme == "https" { 443 } else { 80 };
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, port.parse().ok()));
    (name.to_ascii_lowercase(), port.unwrap_or(usual))
}

/// A path as all spellings of it are, RFC 3986 section 6.2.2: signs that need not be escaped are not, and the digits of the others
/// are capitals.
fn same_path(path: &str) -> String {
    let mut parts = path.split('%');
    let mut same = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        match u8::from_str_radix(digits, 16).map(char::from) {
            Ok(sign) if sign.is_ascii_alphanumeric() || "-._~".contains(sign) => same.push(sign),
            _ => {
                same.push('%');
                same.push_str(&digits.to_ascii_uppercase());
            }
        }
        same.push_str(rest);
    }
    same
}

/// An endpoint whose places have no names: whatever fills them, a server cannot tell it from another one.
fn without_names(endpoint: &str) -> String {
    let labels = endpoint.split('.').map(|label| match label.split_once('{') {
        Some((before, rest)) => {
            format!("{before}{{}}{}", rest.split_once('}').map_or("", |(_, behind)| behind))
        }
        None => label.to_owned(),
    });
    labels.collect::<Vec<_>>().join(".")
}

/// The name of the place that a segment of a path is.
fn place(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// A path whose places have no names.
fn without_places(path: &str) -> String {
    let segments = path.split('/').map(|segment| if place(segment).is_some() { "~" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// Each place of a path is that of a parameter, which is in one place.
fn places(cx: &Context<'_>, operation: &Operation<'_>, path: &str) {
    let in_path = |member: &&Member<'_>| {
        member.location.is_some_and(|location| location.value == ParameterLocation::Path)
    };
    let own = || operation.request.iter().filter(in_path);
    let name = |member: &Member<'_>| member.wire(FormatKind::Query).value.to_owned();
    let places: Vec<&str> = path.split('/').filter_map(place).collect();
    let said = operation.path.unwrap_or(operation.key);
    for (index, place) in places.iter().enumerate() {
        let twice = places.iter().take(index).any(|other| other == place);
        if twice || !own().any(|member| name(member) == *place) {
            let why = if twice { "is there twice" } else { "is no parameter's" };
            let names: Vec<String> = own().map(name).collect();
            cx.add(
                Fault::new(Code::Path, said.span, format!("the place `{{{place}}}` {why}"))
                    .label(format!("at `{path}`"))
                    .expected("the name of a parameter with `in = \"path\"` as a segment, once")
                    .did_you_mean(cx.report, place, names.iter().map(String::as_str)),
            );
        }
    }
    for member in own() {
        if !places.contains(&name(member).as_str()) {
            cx.add(
                Fault::new(
                    Code::Path,
                    member.key.span,
                    format!("the path has no place for `{}`", name(member)),
                )
                .label("nowhere")
                .related(said.span, format!("at `{path}`"))
                .expected(format!("`{{{}}}` as a segment of the path", name(member))),
            );
        }
        if !member.required() {
            cx.add(
                Fault::new(
                    Code::Path,
                    member.key.span,
                    format!("`{}` may be left out of the path", name(member)),
                )
                .label("without it there is no such path")
                .expected("`required = true` beside it"),
            );
        }
    }
}
