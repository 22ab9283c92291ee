//! What a definition's names stand for.

use std::collections::HashMap;

use crate::diagnostic::{Code, Fault, Report};
use crate::model::ValueType;
use crate::read::tree::{Definition, Group, Member, Operation, Parameter, Provider, Type, TypeKind};
use crate::source::Text;

/// The types that need no definition.
pub(super) const BUILTIN: &[&str] = &["string", "integer", "number", "boolean", "bytes", "any", "file"];

/// A way through the members of structures: each with its index among its own.
pub(crate) type Way<'a> = Vec<(usize, &'a Member<'a>)>;

/// Where a way ends that leads nowhere: the name that is not there, and what there is in its place.
pub(crate) type Astray<'a, 'w> = (&'w str, &'a [Member<'a>]);

/// Types, operations and errors by name.
pub(crate) struct Scope<'a> {
    definition: &'a Definition<'a>,
    types: HashMap<&'a str, usize>,
    groups: HashMap<&'a str, usize>,
    errors: HashMap<&'a str, usize>,
    parameters: HashMap<&'a str, usize>,
    /// Those of the client that are no other name of one, numbered among themselves.
    of_client: HashMap<&'a str, usize>,
}

impl<'a> Scope<'a> {
    /// Collects the names; a type's name that is defined twice is a fault.
    pub(crate) fn new(definition: &'a Definition<'a>, report: &Report) -> Self {
        let mut types = HashMap::with_capacity(definition.types.len());
        for (index, defined) in definition.types.iter().enumerate() {
            let key = defined.key;
            if BUILTIN.contains(&key.value) {
                report.add(
                    Fault::new(Code::Reserved, key.span, format!("`{}` is a type already", key.value))
                        .label("a builtin type")
                        .help("give the type another name"),
                );
            }
            if let Some(first) =
                types.insert(key.value, index).and_then(|first: usize| definition.types.get(first))
            {
                report.add(
                    Fault::new(
                        Code::DuplicateKey,
                        key.span,
                        format!("the type `{}` is defined twice", key.value),
                    )
                    .label("the second time")
                    .related(first.key.span, "the first time")
                    .expected("each type once in all files of the definition")
                    .help("give one of them another name"),
                );
            }
        }
        let groups =
            definition.groups.iter().enumerate().map(|(index, group)| (group.name.as_str(), index)).collect();
        let errors = definition
            .protocol
            .errors
            .iter()
            .enumerate()
            .map(|(index, error)| (error.key.value, index))
            .collect();
        let parameters = definition.protocol.parameters.iter();
        let of_client = parameters
            .clone()
            .filter(|one| one.from.is_some_and(|from| from.value == Provider::Client) && !one.is_again());
        let numbered = |one: (usize, &'a Parameter<'a>)| (one.1.member.key.value, one.0);
        Self {
            definition,
            types,
            groups,
            errors,
            parameters: parameters.enumerate().map(numbered).collect(),
            of_client: of_client.enumerate().map(numbered).collect(),
        }
    }

    pub(crate) fn type_index(&self, name: &str) -> Option<usize> {
        self.types.get(name).copied()
    }

    /// What `type = "…"` means; without it, a string. `None`: nothing.
    pub(crate) fn value_type(&self, written: Option<Text<'_>>) -> Option<ValueType> {
        let Some(written) = written else { return Some(ValueType::String) };
        Some(match written.value {
            "string" => ValueType::String,
            "integer" => ValueType::Integer,
            "number" => ValueType::Number,
            "boolean" => ValueType::Boolean,
            "bytes" => ValueType::Bytes,
            "any" => ValueType::Any,
            "file" => ValueType::File,
            other => ValueType::Type(self.type_index(other)?),
        })
    }

    /// The definition of the type that a member or variant names; `None` for a builtin one.
    pub(crate) fn defined(&self, written: Option<Text<'_>>) -> Option<&'a Type<'a>> {
        self.definition.types.get(self.type_index(written?.value)?)
    }

    /// What the type that a member or variant names is.
    pub(crate) fn kind(&self, written: Option<Text<'_>>) -> Option<&'a TypeKind<'a>> {
        self.defined(written)?.kind.as_ref()
    }

    /// The way from a structure's members to one of them, or to one inside of them, through structures and lists of structures: names with
    /// dots between them. A name with a dot in it is found as well.
    ///
    /// # Errors
    ///
    /// The first name that leads nowhere, and what there is in its place.
    pub(crate) fn way<'w>(
        &self,
        members: &'a [Member<'a>],
        written: &'w str,
    ) -> Result<Way<'a>, Astray<'a, 'w>> {
        let (mut members, mut rest, mut way) = (members, written, Way::new());
        loop {
            let numbered = || members.iter().enumerate();
            if let Some(found) = numbered().find(|(_, member)| member.key.value == rest) {
                way.push(found);
                return Ok(way);
            }
            let step = numbered().find_map(|(index, member)| {
                let behind = rest.strip_prefix(member.key.value)?.strip_prefix('.')?;
                match self.kind(member.kind) {
                    Some(TypeKind::Structure(inner)) => Some(((index, member), inner.as_slice(), behind)),
                    _ => None,
                }
            });
            let Some((found, inner, behind)) = step else { return Err((rest, members)) };
            way.push(found);
            (members, rest) = (inner, behind);
        }
    }

    /// The common parameter of this name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&'a Parameter<'a>> {
        self.definition.protocol.parameters.get(*self.parameters.get(name)?)
    }

    /// The number of the client's parameter of this name, among those.
    pub(crate) fn client_parameter(&self, name: &str) -> Option<usize> {
        self.of_client.get(name).copied()
    }

    pub(crate) fn error(&self, key: &str) -> Option<usize> {
        self.errors.get(key).copied()
    }

    /// The indices of `group/operation`, and what they stand for.
    pub(crate) fn operation(&self, path: &str) -> Option<((usize, usize), &'a Group<'a>, &'a Operation<'a>)> {
        let (group_name, operation_name) = path.split_once('/')?;
        let group_index = *self.groups.get(group_name)?;
        let group = self.definition.groups.get(group_index)?;
        let index = group.operations.iter().position(|operation| operation.key.value == operation_name)?;
        Some(((group_index, index), group, group.operations.get(index)?))
    }
}
