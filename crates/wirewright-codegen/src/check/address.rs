//! Where operations are called: the endpoint, their paths, and that a server can tell them apart.

use std::collections::HashMap;

use super::{context::Context, hosts};
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Parameter, Provider, path_of};
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
                .label("not an address")
                .expected(
                    "scheme and host, without a path or a trailing slash, as in `https://api.example.com`",
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
    is_path(&path_of(text, "group", "operation"))
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

/// Two operations need another endpoint, another path, another method, or another name where a parameter tells the name.
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
        if said.is_none_or(|said| is_template(said.value)) && !is_path(&path) {
            cx.add(ill_formed(operation.key, &path).help("say its `path`"));
        }
        let named = by_name.is_some_and(|parameter| parameter.goes_with(&group.name));
        let name = if named { operation.wire_name.unwrap_or(operation.key).value } else { "" };
        // Hosts are the same in either case.
        let name = if in_host { name.to_lowercase() } else { name.to_owned() };
        let methods = operation.methods.as_ref().unwrap_or(&cx.protocol().methods);
        for method in &methods.value {
            let endpoint = operation.endpoint.or(cx.protocol().endpoint).map(|endpoint| endpoint.value);
            let endpoint = endpoint.map(|endpoint| same_host(&without_names(endpoint)));
            let address = (endpoint, same_path(&path), name.clone(), method.value.verb);
            let Some(first) = seen.insert(address, operation.key) else {
                continue;
            };
            let fault = Fault::new(
                Code::OperationAddress,
                operation.key.span,
                format!("`{}` is called just as `{}` is", operation.key.value, first.value),
            );
            cx.add(fault.label(format!("at `{path}`")).related(first.span, "at the same path").expected(
                "another path, another endpoint, another method, or a parameter `from = \"operation\"` and another `wire-name`",
            ));
            break;
        }
    }
}

/// Host and port of an endpoint, as all spellings of them are: what a server sees of it. A host is the same in either case, and a
/// port is that of the scheme where none is said.
fn same_host(endpoint: &str) -> (String, u16) {
    let (scheme, host) = endpoint.split_once("://").unwrap_or_default();
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
