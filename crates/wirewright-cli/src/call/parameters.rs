//! The parameters that a person gave: whose they are, which are missing, and where the missing ones come from.

use std::fmt::Write as _;

use wirewright::{
    File,
    catalog::{Parameter, Vendor},
    describe::{Operation, ParameterSource},
    zeroize::Zeroizing,
};

use super::{failure::Failure, system::System};
use crate::unknown::unknown;

/// A value, which may be a secret.
type Value = Zeroizing<String>;

/// The parameters of one call, by whose they are.
pub(super) struct Given {
    own: Vec<(String, Value)>,
    /// With the number of the member.
    client: Vec<(usize, Value)>,
    options: Vec<(usize, Value)>,
    pub(super) files: Vec<(String, File)>,
    pub(super) callback: Option<String>,
    /// Secrets that are required and nowhere to be found: a person may know them.
    unknown: Vec<(&'static Parameter, Place)>,
    /// The values that must not be seen.
    secrets: Vec<Value>,
}

/// Where a value belongs.
#[derive(Clone, Copy)]
enum Place {
    Own,
    Client(usize),
    Options(usize),
}

/// The environment variable that a parameter is looked up in: `WIREWRIGHT_NINA_PWD`.
pub fn variable(vendor: &str, parameter: &str) -> String {
    let name = format!("wirewright_{vendor}_{parameter}").to_uppercase();
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}

/// Whether a parameter is the client's or the call's in some group of operations.
pub(super) fn is_common(vendor: &Vendor, name: &str) -> bool {
    vendor.parameters.iter().any(|parameter| parameter.name == name)
}

/// Who provides a parameter of every request.
enum Whose {
    Own,
    Client(usize),
    Options(usize),
    Callback,
    /// Nobody, and why.
    Filled(&'static str),
}

impl Given {
    /// Takes the pairs of a call apart, and looks for what is missing among them.
    pub(super) fn new(
        vendor: &'static Vendor,
        operation: &'static Operation,
        pairs: &[(String, String)],
        system: &dyn System,
    ) -> Result<Self, Failure> {
        let Some((_, facts)) = vendor.operation(operation.name) else {
            return Err(Failure::usage(format!("nothing is known about {}", operation.name)));
        };
        let mut given = Self {
            own: Vec::new(),
            client: Vec::new(),
            options: Vec::new(),
            files: Vec::new(),
            callback: None,
            unknown: Vec::new(),
            secrets: Vec::new(),
        };
        let is_own = |name: &str| facts.parameters.iter().find(|parameter| is_called(parameter, name));
        for (name, value) in pairs {
            let own = is_own(name);
            let common = vendor.parameters.iter().find(|parameter| parameter.name == name);
            if own.or(common).is_some_and(|parameter| parameter.secret) && !value.starts_with('@') {
                return Err(Failure::usage(format!(
                    "`{name}` is a secret, and every user of this computer can see the arguments of a program: put it into the \
                     environment variable {}, or into a file that you name as `{name}=@FILE`, or leave it out to be asked",
                    variable(vendor.name, name)
                )));
            }
            let value = match value.strip_prefix('@') {
                Some(path) if own.is_some_and(|parameter| parameter.file) => {
                    let bytes = read(system, path)?;
                    let file_name = path.rsplit(['/', '\\']).next().unwrap_or(path);
                    given.files.push((name.clone(), File::new(file_name, bytes)));
                    continue;
                }
                Some(path) => text(path, read(system, path)?)?,
                None if own.is_some_and(|parameter| parameter.file) => {
                    return Err(Failure::usage(format!("`{name}` is a file: name it as `{name}=@FILE`")));
                }
                None => value.clone().into(),
            };
            if own.or(common).is_some_and(|parameter| parameter.secret) {
                given.secrets.push(value.clone());
            }
            let whose = if own.is_some() { Some(Whose::Own) } else { whose(operation, name) };
            match whose {
                Some(Whose::Own) => given.own.push((name.clone(), value)),
                Some(Whose::Client(member)) => given.client.push((member, value)),
                Some(Whose::Options(member)) => given.options.push((member, value)),
                Some(Whose::Callback) => given.callback = Some(value.to_string()),
                Some(Whose::Filled(how)) => return Err(Failure::usage(format!("`{name}` {how}"))),
                None if facts.open => given.own.push((name.clone(), value)),
                None => return Err(Failure::usage(not_there(vendor, operation, facts.parameters, name))),
            }
        }
        given.complete(vendor, operation, facts.parameters, system)?;
        Ok(given)
    }

    /// Looks in the environment for what was not given: secrets, and what is required.
    fn complete(
        &mut self,
        vendor: &'static Vendor,
        operation: &'static Operation,
        own: &'static [Parameter],
        system: &dyn System,
    ) -> Result<(), Failure> {
        let mut wanted: Vec<(&'static Parameter, Place)> = Vec::new();
        for parameter in own {
            let given = self.own.iter().map(|(name, _)| name);
            let mut given = given.chain(self.files.iter().map(|(name, _)| name));
            if !given.any(|name| is_called(parameter, name)) {
                wanted.push((parameter, Place::Own));
            }
        }
        for described in operation.protocol.parameters.iter().filter(|one| one.goes_with(operation)) {
            let Some(parameter) = vendor.parameters.iter().find(|one| one.name == described.name) else {
                continue;
            };
            if !described.credentials.is_empty() && matches!(described.source, ParameterSource::Client(_)) {
                continue;
            }
            let (given, member, place) = match described.source {
                ParameterSource::Client(member) => (&self.client, member, Place::Client(member)),
                ParameterSource::Options(member)
                | ParameterSource::RequestId(member)
                | ParameterSource::AutoFilled { member, .. } => {
                    (&self.options, member, Place::Options(member))
                }
                _ => continue,
            };
            if !given.iter().any(|(one, _)| *one == member) {
                wanted.push((parameter, place));
            }
        }
        let mut missing = self.complete_credentials(vendor, operation, system);
        for (parameter, place) in wanted {
            let looked_for = (parameter.required || parameter.secret) && !parameter.file;
            let found = looked_for.then(|| system.variable(&variable(vendor.name, parameter.name))).flatten();
            match found {
                Some(value) => self.put(parameter, place, value),
                None if !parameter.required => {}
                None if parameter.secret && !parameter.file => self.unknown.push((parameter, place)),
                None => missing.push(parameter),
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        // All of it at once.
        missing.extend(self.unknown.iter().map(|(parameter, _)| *parameter));
        Err(without(vendor, operation, &missing))
    }

    /// Looks in the environment for what the client's credentials lack, of the first kind that fits what was given. What is nowhere to be
    /// found comes back, but for secrets, which a person is asked for.
    fn complete_credentials(
        &mut self,
        vendor: &'static Vendor,
        operation: &'static Operation,
        system: &dyn System,
    ) -> Vec<&'static Parameter> {
        let parameters = operation.protocol.parameters.iter();
        let of_client: Vec<_> = parameters
            .filter(|one| !one.credentials.is_empty())
            .filter_map(|one| match one.source {
                ParameterSource::Client(member) => {
                    Some((one, member, vendor.parameters.iter().find(|known| known.name == one.name)?))
                }
                _ => None,
            })
            .collect();
        let is_given = |member: usize| self.client.iter().any(|(given, _)| *given == member);
        let fits = |kind: &&str| {
            of_client.iter().all(|(one, member, _)| !is_given(*member) || one.credentials.contains(kind))
        };
        let lacking = |kind: &'static str| -> Vec<(&'static Parameter, usize)> {
            let of_kind = of_client.iter().filter(|(one, ..)| one.credentials.contains(&kind));
            let lacking = of_kind.filter(|(_, member, _)| !is_given(*member));
            lacking.map(|(_, member, parameter)| (*parameter, *member)).collect()
        };
        let kinds: Vec<_> = operation.protocol.credentials().into_iter().filter(fits).map(lacking).collect();
        let found = |parameter: &Parameter| system.variable(&variable(vendor.name, parameter.name));
        let in_environment = kinds.iter().find(|lacking| lacking.iter().all(|(one, _)| found(one).is_some()));
        // Nothing fits: the request says what is needed.
        let Some(lacking) = in_environment.or(kinds.first()).cloned() else { return Vec::new() };
        let mut missing = Vec::new();
        for (parameter, member) in lacking {
            match found(parameter) {
                Some(value) => self.put(parameter, Place::Client(member), value),
                None if parameter.secret => self.unknown.push((parameter, Place::Client(member))),
                None => missing.push(parameter),
            }
        }
        missing
    }

    fn put(&mut self, parameter: &Parameter, place: Place, value: String) {
        let value: Value = value.into();
        if parameter.secret {
            self.secrets.push(value.clone());
        }
        match place {
            Place::Own => self.own.push((parameter.name.to_owned(), value)),
            Place::Client(member) => self.client.push((member, value)),
            Place::Options(member) => self.options.push((member, value)),
        }
    }

    /// Asks a person for the secrets that are nowhere to be found.
    pub(super) fn ask(
        &mut self,
        vendor: &'static Vendor,
        operation: &'static Operation,
        system: &dyn System,
    ) -> Result<(), Failure> {
        let unknown = std::mem::take(&mut self.unknown);
        let missing: Vec<&Parameter> = unknown.iter().map(|(parameter, _)| *parameter).collect();
        for (parameter, place) in unknown {
            let question = format!("{} {}: ", vendor.title, parameter.name);
            let answer = system.ask(&question).ok_or_else(|| without(vendor, operation, &missing))?;
            self.put(parameter, place, answer);
        }
        Ok(())
    }

    /// Shows every value that must not be seen.
    pub(super) fn secrets(&self, see: impl FnMut(&str)) {
        self.secrets.iter().map(|secret| secret.as_str()).for_each(see);
    }

    /// The operation's own parameters, form-urlencoded.
    pub(super) fn own(&self) -> String {
        encoded(self.own.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The client's parameters under these names, form-urlencoded.
    pub(super) fn client(&self, names: &[&str]) -> String {
        encoded(self.client.iter().filter_map(|(member, value)| Some((*names.get(*member)?, value.as_str()))))
    }

    /// The call's options under these names, form-urlencoded.
    pub(super) fn options(&self, names: &[&str]) -> String {
        encoded(
            self.options.iter().filter_map(|(member, value)| Some((*names.get(*member)?, value.as_str()))),
        )
    }
}

/// That an operation cannot be called without these.
fn without(vendor: &Vendor, operation: &Operation, missing: &[&Parameter]) -> Failure {
    let mut text = format!("{} cannot be called without", operation.name);
    for parameter in missing {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {}", described(parameter));
        if !parameter.file {
            let _ = write!(text, " (or {})", variable(vendor.name, parameter.name));
        }
    }
    Failure::usage(text)
}

fn encoded<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn read(system: &dyn System, path: &str) -> Result<Vec<u8>, Failure> {
    system.read(path).map_err(|error| Failure::usage(format!("{path} cannot be read: {error}")))
}

/// The text of a file, without the end of its last line.
fn text(path: &str, bytes: Vec<u8>) -> Result<Value, Failure> {
    let text = String::from_utf8(bytes).map(Value::new);
    let text = text
        .map_err(|_| Failure::usage(format!("{path} is not in UTF-8: no parameter is a text like this")))?;
    Ok(text.strip_suffix('\n').map_or(text.as_str(), |line| line.trim_end_matches('\r')).to_owned().into())
}

/// Whether a name is a parameter's: its own, or for a parameter with members or numbered items a longer one.
pub(super) fn is_called(parameter: &Parameter, name: &str) -> bool {
    name == parameter.name || parameter.nested && name.starts_with(parameter.name)
}

/// Whose a parameter is that is not the operation's own.
fn whose(operation: &Operation, name: &str) -> Option<Whose> {
    let found = operation.protocol.parameters.iter().filter(|parameter| parameter.name == name);
    // A client's parameter has another name in another group of operations: it is meant all the same.
    let found = found.max_by_key(|parameter| parameter.goes_with(operation))?;
    Some(match found.source {
        ParameterSource::Client(member) => Whose::Client(member),
        ParameterSource::Options(member)
        | ParameterSource::RequestId(member)
        | ParameterSource::AutoFilled { member, .. } => Whose::Options(member),
        ParameterSource::Callback => Whose::Callback,
        ParameterSource::Format => Whose::Filled("follows `--format`"),
        ParameterSource::Session => {
            Whose::Filled("is the session's: it is filled in when the session is open")
        }
        ParameterSource::Computed(_) => Whose::Filled("is computed when the call is made"),
        ParameterSource::Operation | ParameterSource::Constant(_) => Whose::Filled("is filled in by itself"),
        ParameterSource::Request => return None,
    })
}

fn not_there(vendor: &Vendor, operation: &Operation, own: &[Parameter], name: &str) -> String {
    let common = operation.protocol.parameters.iter().filter(|one| one.goes_with(operation));
    let common = common.filter(|one| is_common(vendor, one.name)).map(|one| one.name);
    let known: Vec<&str> = own.iter().map(|parameter| parameter.name).chain(common).collect();
    let mut text = unknown(&format!("parameter of {}", operation.name), name, &known);
    if let Some(near) = own.iter().find(|parameter| text.ends_with(&format!("`{}`?", parameter.name))) {
        let _ = write!(text, "\n  {}", described(near));
    }
    text
}

/// `s: The login ID of the user.`
fn described(parameter: &Parameter) -> String {
    let Parameter { name, doc, values, .. } = parameter;
    let doc = if doc.is_empty() { "the definition does not say what it is" } else { doc };
    let values = if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
    format!("{name}: {doc}{values}")
}
