//! A form that sends a call to the mock which serves the page, and what became of it.

use std::fmt;

use wirewright_codegen::{
    model::{From, Vendor},
    plan::{
        facts::{self, OwnParameters, ParameterFacts},
        operations::Named,
        told::format_name,
    },
};

use crate::{
    command::{Given, given},
    of::Of,
    request::SampleRequest,
};

/// Names of controls that are no parameter's; those of parameters begin with [`PARAMETER`].
const FORMAT: &str = "format";
const SESSION: &str = "session";
const FURTHER: &str = "further";
const DOCUMENT: &str = "document";
const PARAMETER: &str = "parameter:";

/// A form.
pub(crate) struct Form {
    pub(crate) fields: Vec<Field>,
    /// Parameters that have no field of their own, a line each; `None`: there are none.
    pub(crate) further: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) formats: Vec<Choice>,
    pub(crate) sessions: Vec<Choice>,
}

/// A parameter's field.
pub(crate) struct Field {
    /// The control's name.
    pub(crate) control: String,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) required: bool,
    pub(crate) secret: bool,
    pub(crate) file: bool,
    pub(crate) values: Vec<Choice>,
}

/// One of several.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) chosen: bool,
}

/// What somebody filled in. Its `Debug` shows no value: a password may be among them.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filled {
    /// Parameters by their names on the wire, secrets and the contents of files among them; what was left empty is left out.
    pub pairs: Vec<(String, String)>,
    /// Made-up parameters of the operations that open the session.
    pub login: Vec<(String, String)>,
    /// Made-up parameters of the operations that close it.
    pub closing: Vec<(String, String)>,
    /// The text of the body, of an operation that has one beside its parameters.
    pub document: String,
    /// The format to ask for, by its name: `JSON`.
    pub format: Option<String>,
    /// The kind of session to call in.
    pub session: Option<String>,
}

/// What became of a call that was sent by a form: texts for people, without secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// What went over the wire.
    pub exchange: String,
    /// The answer, or why there is none.
    pub outcome: String,
    /// Whether there is none.
    pub failed: bool,
}

impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.pairs.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Filled").field("pairs", &names).finish_non_exhaustive()
    }
}

impl Filled {
    /// What a browser sends of a form, as `application/x-www-form-urlencoded`.
    pub(crate) fn new(of: &Of<'_>, body: &[u8]) -> Self {
        let mut filled = Self::default();
        for (control, value) in form_urlencoded::parse(body) {
            // A browser ends the lines of a text so.
            let value = value.replace("\r\n", "\n");
            match &*control {
                FORMAT => filled.format = Some(value).filter(|value| !value.is_empty()),
                SESSION => filled.session = Some(value).filter(|value| !value.is_empty()),
                DOCUMENT => filled.document = value,
                FURTHER => filled.pairs.extend(
                    value
                        .lines()
                        .filter_map(|line| line.split_once('='))
                        .map(|(name, value)| (name.trim().to_owned(), value.to_owned())),
                ),
                control => {
                    if let Some(name) = control.strip_prefix(PARAMETER)
                        && !value.is_empty()
                    {
                        filled.pairs.push((name.to_owned(), value));
                    }
                }
            }
        }
        let sample = SampleRequest::new(of.definition, of.operation);
        filled.login = given(of.definition, of.context, of.named, &sample).login;
        for closes in of.context.kinds.iter().filter_map(|kind| kind.session.closes) {
            let named = of.context.operation(closes);
            let Some(operation) = of.definition.operation(&named.title()) else { continue };
            let sample = SampleRequest::new(of.definition, operation);
            filled.closing.extend(given(of.definition, of.context, named, &sample).pairs);
        }
        filled
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Form {
    /// The form of an operation, as somebody has filled it in, or with samples.
    pub(crate) fn new(of: &Of<'_>, filled: Option<&Filled>) -> Self {
        let Of { definition, context, operation, named, .. } = of;
        let vendor = context.vendor;
        let sample = SampleRequest::new(definition, operation);
        let given = given(definition, context, named, &sample);
        let own = OwnParameters::new(vendor, named.operation);
        let parameters: Vec<ParameterFacts<'_>> = own.all.into_iter().chain(common(vendor, named)).collect();
        let value = |name: &str| match filled {
            Some(filled) => filled.value(name).unwrap_or_default().to_owned(),
            None => sampled(&given, name).unwrap_or_default().to_owned(),
        };
        let plain = parameters.iter().filter(|parameter| !parameter.nested);
        let fields: Vec<Field> = plain.map(|parameter| field(parameter, value(parameter.name))).collect();
        let has_field = |name: &str| fields.iter().any(|field| field.name == name);
        let pairs = filled.map_or(&given.pairs, |filled| &filled.pairs);
        let rest = pairs.iter().filter(|(name, _)| !has_field(name) && !is_secret(&parameters, name));
        let rest = rest.fold(String::new(), |rest, (name, value)| rest + name + "=" + value + "\n");
        let nested = own.open || parameters.iter().any(|parameter| parameter.nested);
        Self {
            further: (nested || !rest.is_empty()).then_some(rest),
            document: named.operation.body.is_some().then(|| match filled {
                Some(filled) => filled.document.clone(),
                None => sample.document().map(|(_, text)| text.to_owned()).unwrap_or_default(),
            }),
            formats: formats(vendor, named, filled),
            sessions: sessions(vendor, named, filled),
            fields,
        }
    }
}

fn sampled<'g>(given: &'g Given, name: &str) -> Option<&'g str> {
    given.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn is_secret(parameters: &[ParameterFacts<'_>], name: &str) -> bool {
    parameters.iter().any(|parameter| parameter.secret && name.starts_with(parameter.name))
}

/// What the client and the caller give to calls of this operation.
fn common<'v>(vendor: &'v Vendor, named: &Named<'_>) -> Vec<ParameterFacts<'v>> {
    let goes = |name: &str| {
        vendor.parameters.iter().any(|parameter| {
            let given = matches!(parameter.from, From::Client(_) | From::Call(_) | From::Again(_));
            given && parameter.name.wire == name && parameter.groups.has(&named.group.name.wire)
        })
    };
    facts::common(vendor).into_iter().filter(|parameter| goes(parameter.name)).collect()
}

fn field(parameter: &ParameterFacts<'_>, value: String) -> Field {
    let known = parameter.values.iter().any(|known| *known == value);
    let mut values = Vec::new();
    if !parameter.values.is_empty() {
        values.push(Choice { value: String::new(), text: "left out".to_owned(), chosen: value.is_empty() });
        if !known && !value.is_empty() {
            values.push(Choice { value: value.clone(), text: value.clone(), chosen: true });
        }
    }
    values.extend(parameter.values.iter().map(|known| Choice {
        value: (*known).to_owned(),
        text: (*known).to_owned(),
        chosen: *known == value,
    }));
    Field {
        control: format!("{PARAMETER}{}", parameter.name),
        name: parameter.name.to_owned(),
        value: match value {
            // A secret is not written into a page.
            _ if parameter.secret => String::new(),
            // No sample of a page has a file.
            value if value.is_empty() && parameter.file && parameter.required => "sample".to_owned(),
            value => value,
        },
        required: parameter.required,
        secret: parameter.secret,
        file: parameter.file,
        values,
    }
}

fn formats(vendor: &Vendor, named: &Named<'_>, filled: Option<&Filled>) -> Vec<Choice> {
    let kinds = named.operation.formats.iter().filter_map(|&index| vendor.formats.get(index));
    let known: Vec<&str> = kinds.map(|format| format_name(format.kind)).collect();
    let asked = filled.and_then(|filled| filled.format.as_deref());
    let usual = known.iter().find(|name| **name == "JSON").or(known.first()).copied();
    let chosen = asked.or(usual).unwrap_or_default().to_owned();
    let choice =
        |name: &&str| Choice { value: (*name).to_owned(), text: (*name).to_owned(), chosen: *name == chosen };
    known.iter().map(choice).collect()
}

/// Where there is a choice.
fn sessions(vendor: &Vendor, named: &Named<'_>, filled: Option<&Filled>) -> Vec<Choice> {
    let operation = named.operation;
    let kinds = operation.sessions.iter().filter_map(|&kind| vendor.sessions.get(kind));
    let mut known: Vec<(String, String)> =
        kinds.map(|session| (session.name.clone(), session.name.clone())).collect();
    if operation.sessionless {
        known.insert(0, (String::new(), "none".to_owned()));
    }
    if known.len() < 2 {
        return Vec::new();
    }
    let first = known.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let chosen = filled.map_or(first, |filled| filled.session.clone().unwrap_or_default());
    known.into_iter().map(|(value, text)| Choice { chosen: value == chosen, value, text }).collect()
}
