//! Requests, as a definition knows them.

use wirewright_codegen::model::{
    FormatKind, From, Group, Member, Operation, Parameter, ParameterLocation, Path, Repeat, Session,
    SessionValue, Side, Vendor,
};

use super::{
    described::{Described, Scope, ShownMembers, View, plain},
    members::flat,
};
use crate::exchange::Exchange;

/// The operation of an exchange: what its URL or a parameter says, or else its folder.
pub(crate) fn operation_of<'v>(
    vendor: &'v Vendor,
    exchange: &Exchange,
) -> Option<(&'v Group, &'v Operation)> {
    let parameter = vendor.parameters.iter().find(|one| matches!(one.from, From::Operation));
    let said = parameter.and_then(|one| exchange.parameter(&one.name.wire));
    let by_folder = |group: &Group, operation: &Operation| {
        exchange.operation.as_ref().is_some_and(|own| *own == operation.name.wire)
            && exchange.group.as_ref().is_none_or(|own| *own == group.name.wire)
    };
    if let Some(found) = vendor.operations().find(|(group, operation)| by_folder(group, operation)) {
        return Some(found);
    }
    let path = exchange.path.as_deref()?;
    let base = vendor
        .endpoint
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, base)| format!("/{base}"));
    let path = base.as_deref().and_then(|base| path.strip_prefix(base)).unwrap_or(path);
    let fits = |operation: &Operation| {
        let constants =
            operation.constants.iter().all(|(name, value)| exchange.parameter(name) == Some(value));
        let named = said.is_none_or(|said| said == operation.wire_name);
        let method = exchange.method.as_deref().is_none_or(|method| {
            operation.methods.iter().any(|own| format!("{:?}", own.verb).eq_ignore_ascii_case(method))
        });
        constants && named && method && is_path(&operation.path, path)
    };
    // The one of more constants is the one that is meant.
    vendor
        .operations()
        .filter(|(_, operation)| fits(operation))
        .max_by_key(|(_, operation)| operation.constants.len())
}

/// Whether a path fits one with places for parameters.
fn is_path(template: &str, path: &str) -> bool {
    let (mut own, mut other) = (template.split('/'), path.split('/'));
    loop {
        match (own.next(), other.next()) {
            (None, None) => return true,
            (Some(own), Some(other)) if own == other || (own.starts_with('{') && !other.is_empty()) => {}
            _ => return false,
        }
    }
}

impl View<'_> {
    /// What the definition says of a request: of each parameter, and of each member of its body.
    pub(crate) fn request(&self, operation: &Operation, exchange: &Exchange) -> ShownMembers {
        let mut shown_members = ShownMembers::new();
        for parameter in exchange.parameters.iter().filter(|one| one.carried.is_plain()) {
            let name = parameter.name.as_str();
            let described =
                self.own(operation, name, &parameter.value).or_else(|| self.common(operation, name));
            shown_members.insert(vec!["request".to_owned(), name.to_owned()], described);
        }
        for name in exchange.files.iter().flatten() {
            shown_members.insert(vec!["request".to_owned(), name.clone()], self.own(operation, name, ""));
        }
        for (name, described) in self.beside(operation, exchange) {
            shown_members.insert(vec!["request".to_owned(), name], Some(described));
        }
        let body = operation.body.as_deref();
        if let (Some((format, text)), Some(members)) = (&exchange.body, body)
            && let Some(document) = crate::tree::read(*format, text)
        {
            self.members(
                members,
                &document.node,
                *format,
                &["body".to_owned()],
                Scope::Own,
                &mut shown_members,
            );
        }
        shown_members
    }

    fn own(&self, operation: &Operation, name: &str, value: &str) -> Option<Described> {
        if operation.constants.iter().any(|(own, _)| own == name) {
            return Some(Described { kind: "string", ..plain(Scope::Own) });
        }
        let members = flat(self, &operation.request, FormatKind::Query, 0);
        let Some(found) = members.iter().find(|member| is_parameter(member, name)) else {
            let inside = self.query_member(&members, name, 0)?;
            return Some(self.describe(&inside, Scope::Own));
        };
        if found.name.wire == name {
            let node = crate::tree::Node::Scalar(value.to_owned(), crate::tree::Kind::Written);
            self.look(found, &node, &vec!["request".to_owned(), name.to_owned()]);
        }
        Some(self.describe(found, Scope::Own))
    }

    /// What the definition knows of the headers, the cookies and the path. What else is in them is anybody's: a proxy adds headers of its own.
    fn beside(&self, operation: &Operation, exchange: &Exchange) -> Vec<(String, Described)> {
        let mut found = Vec::new();
        let cookies = exchange.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        let cookies = cookies.flat_map(|(_, value)| value.split(';')).filter_map(|pair| pair.split_once('='));
        let cookies: Vec<String> = cookies.map(|(name, _)| name.trim().to_owned()).collect();
        let parameters = self.vendor.parameters.iter();
        let common = parameters.map(|one| (&one.location, &one.name.wire, self.of_call(one)));
        let own = operation.request.iter();
        let own = own.map(|one| (&one.location, &one.name.wire, self.describe(one, Scope::Own)));
        for (location, name, described) in common.chain(own) {
            let headers = exchange.headers.iter().map(|(own, _)| own);
            match location {
                ParameterLocation::Header(_) => {
                    found.extend(
                        headers
                            .filter(|own| own.eq_ignore_ascii_case(name))
                            .map(|own| (own.clone(), described.clone())),
                    );
                }
                ParameterLocation::Headers => {
                    let start = name.trim_end_matches('*').to_ascii_lowercase();
                    let named = headers.filter(|own| own.to_ascii_lowercase().starts_with(&start));
                    found.extend(named.map(|own| (own.clone(), described.clone())));
                }
                ParameterLocation::Cookie if cookies.contains(name) => found.push((name.clone(), described)),
                ParameterLocation::Cookies => {
                    found.extend(cookies.iter().map(|own| (own.clone(), described.clone())));
                }
                _ => {}
            }
        }
        found
    }

    fn common(&self, operation: &Operation, name: &str) -> Option<Described> {
        let found = self.vendor.parameters.iter().find(|one| {
            let own = match &one.from {
                From::Client(member) | From::Call(member) => member.also.iter().any(|also| also == name),
                _ => false,
            };
            (one.name.wire == name || own) && one.location == ParameterLocation::Parameters
        });
        let Some(found) = found else {
            // What goes on with a page, or a page that was not seen whole, takes anything.
            return operation.takes_more().then(|| Described { kind: "any", ..plain(Scope::Own) });
        };
        Some(self.of_call(found))
    }

    /// What the definition says of a parameter of all calls.
    fn of_call(&self, found: &Parameter) -> Described {
        let (from, member): (_, Option<&Member>) = match &found.from {
            From::Request => ("request", None),
            From::Client(member) => ("client", Some(member)),
            From::Call(member) => ("call", Some(member)),
            From::Again(_) => ("client", None),
            From::Session(_) => ("session", None),
            From::Format => ("format", None),
            From::Callback => ("callback", None),
            From::Operation => ("operation", None),
            From::Computed(_) => ("computed", None),
            From::Constant(_) => ("constant", None),
        };
        let described = match member {
            Some(member) => self.describe(member, Scope::Common),
            None => Described { kind: "string", ..plain(Scope::Common) },
        };
        let given = match &found.from {
            From::Session(fields) => self.given(fields),
            _ => Vec::new(),
        };
        Described { from: Some(from), given, ..described }
    }

    /// Where the kinds of session have a parameter from.
    fn given(&self, fields: &[Option<usize>]) -> Vec<String> {
        let sessions = self.vendor.sessions.iter().zip(fields);
        let mut given: Vec<String> = sessions
            .filter_map(|(session, field)| match &session.fields.get((*field)?)?.from {
                SessionValue::Copied(path) => Some(self.way(session, path)),
                SessionValue::Computed(_) => Some("computed".to_owned()),
                SessionValue::Kept(_) => None,
            })
            .collect();
        given.sort();
        given.dedup();
        given
    }

    /// The names on the way to a value of the call that opens a session. All cookies are one thing or several.
    fn way(&self, session: &Session, path: &Path) -> String {
        let (group, operation) = session.opens;
        let of = self.vendor.groups.get(group).and_then(|group| group.operations.get(operation));
        let (side, members) = match path.side {
            Side::Request => ("request", of.map(|of| of.request.as_slice())),
            Side::Data => ("data", of.map(|of| of.reply.as_slice())),
        };
        let mut members = members.unwrap_or_default().to_vec();
        let mut names = vec![side.to_owned()];
        for step in &path.members {
            let Some(member) = members.into_iter().find(|member| member.name.rust == step.rust) else {
                break;
            };
            if matches!(member.location, ParameterLocation::Cookie | ParameterLocation::Cookies) {
                return "cookies".to_owned();
            }
            members = self.structure(&member.value).unwrap_or_default();
            names.push(member.name.wire);
        }
        names.join(".")
    }
}

/// Whether a parameter is a member: by its name, or by that of one of its items.
fn is_parameter(member: &Member, name: &str) -> bool {
    let own = member.query.as_deref().unwrap_or(&member.name.wire);
    if own == name || member.also.iter().any(|also| also == name) {
        return true;
    }
    let Some(rest) = name.strip_prefix(own) else { return false };
    match &member.repeat {
        Repeat::List { numbered: Some(_), .. } => rest.contains(|sign: char| sign.is_ascii_digit()),
        Repeat::Map { between, .. } => rest.starts_with(between.as_deref().unwrap_or(".")),
        _ => rest.starts_with('.'),
    }
}
