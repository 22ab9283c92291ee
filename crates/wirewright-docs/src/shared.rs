//! What all operations of a vendor share: parameters, envelope and errors, as pages show them.

use wirewright_codegen::{
    model::{Class, EnvelopeMember, ErrorCode, From, Parameter, Role, When},
    plan::context::Context,
};

use crate::{
    markup::Markup,
    members::{Row, Rows, location},
    places::Places,
    told::Told,
};

/// An error.
pub(crate) struct ErrorRow {
    pub(crate) mark: String,
    /// Where it is told of.
    pub(crate) link: String,
    /// As it is on the wire.
    pub(crate) key: String,
    /// Its name in Rust.
    pub(crate) name: String,
    /// The word of its class, and what a caller can do.
    pub(crate) class: (&'static str, &'static str),
    pub(crate) http: Option<u16>,
    pub(crate) told: Told,
    pub(crate) notes: Vec<Markup>,
}

/// The errors of a vendor, or those of an operation's page.
pub(crate) fn errors(context: &Context<'_>, places: &Places, only: Option<&[String]>) -> Vec<ErrorRow> {
    let errors = context.vendor.errors.iter().enumerate();
    let wanted = errors.filter(|(_, error)| only.is_none_or(|keys| keys.contains(&error.key)));
    wanted.map(|(index, error)| row(places, index, error)).collect()
}

fn row(places: &Places, index: usize, error: &ErrorCode) -> ErrorRow {
    let mut notes = Vec::new();
    if let Some(name) = &error.wire_name {
        notes.push(Markup::new().text("Its name on the wire is ").code(name).text("."));
    }
    if let Some(message) = &error.message {
        notes.push(Markup::new().text("The vendor says: ").code(message).text("."));
    }
    ErrorRow {
        mark: places.errors[index].clone(),
        link: places.error_link(index),
        key: error.key.clone(),
        name: error.rust.clone(),
        class: class(error.class),
        http: error.http,
        told: Told::new(&error.facts),
        notes,
    }
}

/// The word of the definition for a class, and what a caller can do.
const fn class(class: Class) -> (&'static str, &'static str) {
    match class {
        Class::Retry => ("retry", "call again later"),
        Class::LogInAgain => ("log-in-again", "open a new session and call again"),
        Class::InvalidRequest => ("invalid-request", "correct the call"),
        Class::GiveUp => ("give-up", "there is nothing that a caller can do"),
    }
}

/// The parameters that every call carries, or those that the calls of a group do.
pub(crate) fn parameters(context: &Context<'_>, places: &Places, group: Option<&str>) -> Vec<Row> {
    let rows = Rows { vendor: context.vendor, places };
    let all = context.vendor.parameters.iter().enumerate();
    let wanted = all.filter(|(_, parameter)| {
        let own = matches!(parameter.from, From::Request);
        !own && group.is_none_or(|group| parameter.groups.has(group))
    });
    wanted.filter_map(|(_, parameter)| self::parameter(context, rows, parameter, group.is_none())).collect()
}

fn parameter(context: &Context<'_>, rows: Rows<'_>, parameter: &Parameter, overview: bool) -> Option<Row> {
    use wirewright_codegen::model::Groups;

    let vendor = context.vendor;
    let mut notes: Vec<Markup> = Vec::new();
    let say = |text: &str| Markup::new().text(text);
    let flags = |secret: bool| {
        let required = parameter.required.then_some("required");
        required.into_iter().chain(secret.then_some("secret")).collect::<Vec<_>>()
    };
    let name = &parameter.name.wire;
    let plain = |notes| rows.plain(name, &parameter.facts, flags(false), notes);
    let mut row = match &parameter.from {
        From::Request => return None,
        From::Client(member) => {
            let mut row = rows.member(member);
            row.notes.insert(0, say("Given once, by the client."));
            (row.name, row.flags, row.told) =
                (name.clone(), flags(member.secret), Told::new(&parameter.facts));
            row
        }
        From::Call(member) => {
            let mut row = rows.member(member);
            if member.filled.is_none() {
                row.notes.insert(0, say("Given by the caller."));
            }
            (row.name, row.flags, row.told) =
                (name.clone(), flags(member.secret), Told::new(&parameter.facts));
            row
        }
        From::Again(_) => plain(vec![say("What the client gives under another name.")]),
        From::Session(fields) => {
            let of =
                fields.iter().zip(&vendor.sessions).enumerate().filter(|(_, (field, _))| field.is_some());
            let mut note = say("Filled in by the session");
            for (count, (index, (_, session))) in of.enumerate() {
                let link = format!("{}#{}", crate::places::OVERVIEW, rows.places.sessions[index]);
                note = note.text(if count == 0 { " " } else { ", " }).link(&link, &session.name);
            }
            let secret = fields.iter().zip(&vendor.sessions).any(|(field, session)| {
                field.and_then(|field| session.fields.get(field)).is_some_and(|field| field.secret)
            });
            rows.plain(
                name,
                &parameter.facts,
                if secret { vec!["secret"] } else { Vec::new() },
                vec![note.text(".")],
            )
        }
        From::Format => {
            let values = vendor.formats.iter().filter_map(|format| format.value.as_deref());
            let values: Vec<Markup> = values.map(|value| Markup::new().code(value)).collect();
            let values = crate::markup::joined(&values, ", ");
            plain(vec![say("The format of the reply: ").add(&values).text(".")])
        }
        From::Callback => plain(vec![say("The function that a reply in JSONP calls.")]),
        From::Operation => plain(vec![say("The operation's name.")]),
        From::Computed(index) => {
            let name = vendor.computed.get(*index).map_or("", |one| one.name.as_str());
            plain(vec![say("Computed: ").link(&rows.places.computed_link(*index), name).text(".")])
        }
        From::Constant(value) => plain(vec![say("Always ").code(value).text(".")]),
    };
    notes.append(&mut row.notes);
    if !notes.iter().any(|note| Some(note) == location(&parameter.location, name).as_ref()) {
        notes.extend(location(&parameter.location, name));
    }
    if !parameter.credentials.is_empty() {
        let kinds: Vec<Markup> = parameter.credentials.iter().map(|kind| Markup::new().code(kind)).collect();
        notes.push(say("With the credentials ").add(&crate::markup::joined(&kinds, ", ")).text(" only."));
    }
    if overview {
        let groups = |names: &[String]| {
            crate::markup::joined(
                &names.iter().map(|name| Markup::new().code(name)).collect::<Vec<_>>(),
                ", ",
            )
        };
        match &parameter.groups {
            Groups::All => {}
            Groups::Only(names) => notes.push(say("Only in ").add(&groups(names)).text(".")),
            Groups::Except(names) => notes.push(say("Not in ").add(&groups(names)).text(".")),
        }
    }
    row.notes = notes;
    Some(row)
}

/// What is around every reply.
pub(crate) fn envelope(context: &Context<'_>, places: &Places) -> Vec<Row> {
    let vendor = context.vendor;
    let rows = Rows { vendor, places };
    let member = |one: &EnvelopeMember| {
        let mut row = rows.member(&one.member);
        row.flags.retain(|flag| *flag != "required");
        if let Some(role) = role(one) {
            row.notes.insert(0, Markup::new().text(role));
        }
        if one.role == Some(Role::Status) && !vendor.envelope.success.is_empty() {
            let values: Vec<Markup> =
                vendor.envelope.success.iter().map(|value| Markup::new().code(value)).collect();
            row.notes.push(crate::markup::joined(&values, " or ").text(" means success."));
        }
        match one.when {
            When::Always => {}
            When::Success => row.notes.push(Markup::new().text("When the call succeeded.")),
            When::Failure => row.notes.push(Markup::new().text("When the call failed.")),
        }
        if let Some(around) = one.within.and_then(|index| vendor.envelope.wrappers.get(index)) {
            row.notes.push(Markup::new().text("Inside of ").code(&around.wire).text("."));
        }
        if one.role == Some(Role::Data) {
            row.kind = Markup::new().text("the operation's reply");
        }
        row
    };
    vendor.envelope.members.iter().map(member).collect()
}

const fn role(one: &EnvelopeMember) -> Option<&'static str> {
    Some(match one.role {
        None => return None,
        Some(Role::Status) => "Tells whether the call succeeded.",
        Some(Role::Code) => "The error's code.",
        Some(Role::Name) => "The error's name.",
        Some(Role::Message) => "What happened, in words.",
        Some(Role::Detail) => "A number that tells more about an error.",
        Some(Role::RequestId) => "The request's ID.",
        Some(Role::Operation) => "The operation, echoed.",
        Some(Role::Data) => "What the operation answers.",
    })
}
