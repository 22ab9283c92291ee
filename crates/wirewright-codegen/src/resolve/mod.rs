//! From the tree to the model: every reference is followed, every default filled in. A reference that leads nowhere is a fault
//! here, and only here; the model is then thrown away, and its place-holders with it.

mod computed;
mod operation;
mod order;
mod outcome;
mod pagination;
mod provided;
mod rows;
mod scope;
mod session;

pub(crate) use computed::{REQUEST_WORDS, reach};
pub(crate) use rows::{Reached, asked, cells, reached};
pub(crate) use scope::Scope;

use std::collections::{HashMap, hash_map::Entry};

use crate::diagnostic::{Code, Fault, Report};
use crate::model::{
    self, AutoFill, Body, ClockUnit, Envelope, EnvelopeMember, ErrorCode, Filler, Format, From, Groups,
    Member, MemberDetails, Name, Parameter, Place, Repeat, Type, TypeKind, UnionVariant, ValueType, Vendor,
};
use crate::naming;
use crate::read::tree::{self, Definition, Facts, Provider};
use crate::rules::epoch_start;
use crate::source::{At, Sources, Text};
use crate::words::{Alternatives as _, Roles};

/// What a lookup needs and where its faults go.
#[derive(Clone, Copy)]
struct Resolver<'a> {
    definition: &'a Definition<'a>,
    scope: &'a Scope<'a>,
    sources: &'a Sources,
    report: &'a Report,
}

/// The model of a definition. It is whole only when nothing was reported.
pub(crate) fn vendor<'a>(
    package: &str,
    definition: &'a Definition<'a>,
    scope: &'a Scope<'a>,
    sources: &'a Sources,
    report: &'a Report,
) -> Vendor {
    let resolver = Resolver { definition, scope, sources, report };
    let protocol = &definition.protocol;
    Vendor {
        package: package.to_owned(),
        title: owned(protocol.title).unwrap_or_default(),
        facts: facts(&protocol.facts),
        endpoint: owned(protocol.endpoint).unwrap_or_default(),
        charset: owned(protocol.charset).filter(|label| !crate::rules::is_utf_8(label)),
        methods: protocol.methods.value.iter().map(|method| method.value).collect(),
        body: protocol.body.as_ref().map(body),
        formats: protocol.formats.value.iter().map(format).collect(),
        parameters: resolver.parameters(),
        envelope: resolver.envelope(),
        failure: resolver.failure(),
        sessions: protocol.sessions.iter().filter_map(|session| resolver.session(session)).collect(),
        computed: protocol.computed.iter().map(|computed| resolver.computed(computed)).collect(),
        errors: protocol.errors.iter().filter_map(error).collect(),
        error_keys: protocol.error_keys(),
        types: definition.types.iter().map(|kind| resolver.kind(kind)).collect(),
        groups: definition.groups.iter().map(|group| resolver.group(group)).collect(),
    }
}

fn owned(text: Option<Text<'_>>) -> Option<String> {
    text.map(|text| text.value.to_owned())
}

fn texts(written: Option<&At<Vec<Text<'_>>>>) -> Vec<String> {
    written.into_iter().flat_map(|texts| &texts.value).map(|text| text.value.to_owned()).collect()
}

fn scalar(written: &At<tree::Scalar>) -> String {
    written.value.text.clone()
}

fn name(wire: Text<'_>, rust: &str) -> Name {
    Name { wire: wire.value.to_owned(), rust: rust.to_owned() }
}

fn facts(facts: &Facts<'_>) -> model::Facts {
    model::Facts {
        doc: facts.doc.map(str::to_owned),
        source: facts.source.map(str::to_owned),
        assumption: facts.assumption.map(str::to_owned),
        confidence: facts.confidence,
    }
}

/// Where requests carry a parameter.
fn location(member: &tree::Member<'_>) -> model::ParameterLocation {
    match member.location.map(|location| location.value) {
        Some(tree::ParameterLocation::Header) if member.map.is_some() => model::ParameterLocation::Headers,
        Some(tree::ParameterLocation::Cookies) => model::ParameterLocation::Cookies,
        Some(tree::ParameterLocation::Header) => {
            model::ParameterLocation::Header(owned(member.prefix).unwrap_or_default())
        }
        Some(tree::ParameterLocation::Cookie) => model::ParameterLocation::Cookie,
        Some(tree::ParameterLocation::Path) => model::ParameterLocation::Path,
        Some(tree::ParameterLocation::Host) => model::ParameterLocation::Host,
        Some(tree::ParameterLocation::Computed) => model::ParameterLocation::Computed,
        Some(tree::ParameterLocation::Parameters) | None => model::ParameterLocation::Parameters,
    }
}

/// How a type counts moments; `None`: it does not, or does not say since when.
pub(crate) fn epoch(written: &tree::Type<'_>) -> Option<model::Epoch> {
    let Some(tree::TypeKind::Epoch(start)) = &written.kind else { return None };
    Some(model::Epoch {
        start: epoch_start(start.value)?,
        unit: written.unit.map_or(model::EpochUnit::Seconds, |unit| unit.value),
        decimals: written.decimals.and_then(|decimals| decimals.value.try_into().ok()).unwrap_or(0),
    })
}

fn format(format: &tree::Format<'_>) -> Format {
    Format {
        kind: format.kind,
        value: owned(format.value),
        also: format.also.iter().map(|also| also.value.to_owned()).collect(),
        root: owned(format.root),
        failure_root: owned(format.failure_root),
        namespace: owned(format.namespace),
        declaration: format.declaration.is_some_and(|flag| flag.value),
        media_type: owned(format.media_type),
        nested: owned(format.nested),
        lines: format.lines.is_some_and(|flag| flag.value),
        facts: facts(&format.facts),
    }
}

fn body(body: &tree::Body<'_>) -> Body {
    Body {
        format: body.format.value,
        root: owned(body.root),
        namespace: owned(body.namespace),
        declaration: body.declaration.is_some_and(|flag| flag.value),
        media_type: owned(body.media_type),
        facts: facts(&body.facts),
    }
}

fn error(error: &tree::ErrorCode<'_>) -> Option<ErrorCode> {
    Some(ErrorCode {
        key: error.key.value.to_owned(),
        rust: error.rust.clone(),
        wire_name: owned(error.wire_name),
        message: owned(error.message),
        http: error.http.and_then(|http| http.value.try_into().ok()),
        class: error.class?.value,
        when: error.when.iter().map(|condition| condition.value).collect(),
        facts: facts(&error.facts),
    })
}

/// Whether two members are the same but for what people wrote about them.
fn alike(left: &Member, right: &Member) -> bool {
    let plain = |member: &Member| Member { facts: model::Facts::default(), ..member.clone() };
    plain(left) == plain(right)
}

impl Resolver<'_> {
    /// The members of every failure's data, each once.
    fn failure(&self) -> Vec<Member> {
        let operations = self.definition.groups.iter().flat_map(|group| &group.operations);
        let own = operations.flat_map(|operation| &operation.failure);
        let mut known: HashMap<&str, (&tree::Member<'_>, usize)> = HashMap::new();
        let mut members: Vec<Member> = Vec::new();
        for written in self.definition.protocol.failure.iter().chain(own) {
            let member = self.member(written);
            match known.entry(written.key.value) {
                Entry::Vacant(free) => {
                    free.insert((written, members.len()));
                    members.push(member);
                }
                Entry::Occupied(first) => {
                    let (first, index) = first.get();
                    if members.get(*index).is_some_and(|known| !alike(known, &member)) {
                        let name = written.key.value;
                        self.report.add(
                            Fault::new(
                                Code::FailureData,
                                written.key.span,
                                format!("`{name}` is two things in the data of errors"),
                            )
                            .label("the second one")
                            .related(first.key.span, "the first one")
                            .expected("the same words wherever a member of the same name is")
                            .help("say it once, in the protocol's `[failure]`"),
                        );
                    }
                }
            }
        }
        members
    }

    /// What a member or variant holds; a type that is defined nowhere is a fault.
    fn value_type(&self, written: Option<Text<'_>>) -> ValueType {
        self.scope.value_type(written).unwrap_or_else(|| {
            if let Some(written) = written {
                self.report.add(self.unknown_type(written, true));
            }
            ValueType::String
        })
    }

    fn unknown_type(&self, written: Text<'_>, builtin: bool) -> Fault {
        let builtins: &[&str] = if builtin { scope::BUILTIN } else { &[] };
        let known = self.definition.types.iter().map(|kind| kind.key.value).chain(builtins.iter().copied());
        Fault::new(Code::UnknownType, written.span, format!("there is no type `{}`", written.value))
            .label("not defined")
            .expected(if builtin {
                "`string`, `integer`, `number`, `boolean`, `bytes`, `any`, or the name of a table `[types.…]`"
            } else {
                "the name of a table `[types.…]`"
            })
            .did_you_mean(self.report, written.value, known)
    }

    fn member(&self, member: &tree::Member<'_>) -> Member {
        let plain = Member {
            value: match (member.kind, member.from) {
                (None, Some(At { value: Filler::Clock, .. })) => ValueType::Integer,
                (kind, _) => self.value_type(kind),
            },
            location: location(member),
            required: member.required(),
            required_in_requests: member.in_requests.is_some(),
            secret: member.secret.is_some_and(|secret| secret.value),
            facts: facts(&member.facts),
            ..Member::named(name(member.key, &member.rust))
        };
        if member.more.is_none() { plain } else { plain.with(|details| self.details(member, details)) }
    }

    fn details(&self, member: &tree::Member<'_>, details: &mut MemberDetails) {
        let repeat = member.list.as_ref().or(member.map.as_ref());
        *details = MemberDetails {
            xml: owned(member.xml),
            json: owned(member.json),
            query: owned(member.query),
            filled: self.filling(member),
            repeat: match (repeat, member.location) {
                (None, _) => Repeat::Once,
                // Each entry is a header of its own, in which its key is.
                (Some(At { value: Repeat::Map { repeats, .. }, .. }), Some(_)) => {
                    let (key, value) = (String::new(), String::new());
                    Repeat::Map { entry: None, key, value, between: None, repeats: *repeats }
                }
                (Some(repeat), _) => repeat.value.clone(),
            },
            place: match (member.attribute, member.text, member.flatten) {
                (Some(_), ..) => Place::Attribute,
                (_, Some(_), _) => Place::Text,
                (.., Some(_)) => Place::Flatten,
                _ => Place::Element,
            },
            flat_in: member.flat_in.value.clone(),
            only_in: Vec::new(),
            boolean: member.boolean.as_ref().map(|boolean| boolean.value.clone()),
            also: member.also.iter().map(|also| also.value.to_owned()).collect(),
            default: owned(member.default),
            empty_is_absent: member.empty_is_absent.is_some(),
            absent: member.absent.iter().map(|text| text.value.to_owned()).collect(),
            namespace: owned(member.namespace),
            whole: member.whole.is_some(),
            samples: match (&member.samples, member.location) {
                (Some(samples), _) => Some(samples.value.iter().map(scalar).collect()),
                // Its name would be no cookie.
                (None, Some(At { value: tree::ParameterLocation::Cookies, .. })) => {
                    Some(vec![model::SAMPLE_COOKIES.to_owned()])
                }
                (None, _) => None,
            },
            range: member.range.as_ref().and_then(|range| match range.value.as_slice() {
                [least, most] => Some((scalar(least), scalar(most))),
                _ => None,
            }),
        };
    }

    /// What the call fills a parameter in with.
    fn filling(&self, member: &tree::Member<'_>) -> Option<AutoFill> {
        Some(match (member.from?.value, self.scope.kind(member.kind)) {
            (Filler::Nonce, _) => AutoFill::Nonce,
            (Filler::Clock, Some(tree::TypeKind::Epoch(_))) => {
                AutoFill::Epoch(epoch(self.scope.defined(member.kind)?)?)
            }
            (Filler::Clock, Some(tree::TypeKind::DateTime(_, formats))) => {
                AutoFill::DateTime(formats.first()?.value.to_owned())
            }
            (Filler::Clock, _) => match member.unit.map(|unit| unit.value) {
                Some(ClockUnit::Milliseconds) => AutoFill::Milliseconds,
                Some(ClockUnit::Seconds) | None => AutoFill::Seconds,
            },
        })
    }

    /// The common parameters with the place of the operation's own: where `*` is, else before a computed one at the end.
    fn parameters(&self) -> Vec<Parameter> {
        let written = &self.definition.protocol.parameters;
        let mut parameters: Vec<Parameter> =
            written.iter().filter_map(|parameter| self.parameter(parameter)).collect();
        if !parameters.iter().any(|parameter| matches!(parameter.from, From::Request)) {
            let signed = parameters.last().is_some_and(|last| matches!(last.from, From::Computed(_)));
            let star = Parameter {
                name: Name { wire: "*".to_owned(), rust: naming::snake("*") },
                from: From::Request,
                required: false,
                groups: Groups::All,
                credentials: Vec::new(),
                location: model::ParameterLocation::Parameters,
                default: None,
                accepts: Vec::new(),
                request_id: false,
                facts: model::Facts::default(),
            };
            parameters.insert(parameters.len() - usize::from(signed), star);
        }
        parameters
    }

    fn parameter(&self, parameter: &tree::Parameter<'_>) -> Option<Parameter> {
        let from = match parameter.from?.value {
            Provider::Request => From::Request,
            Provider::Client => match parameter.field {
                None => From::Client(self.member(&parameter.member)),
                Some(field) => From::Again(self.client_parameter(field)?),
            },
            Provider::Call | Provider::Clock | Provider::Nonce => From::Call(self.member(&parameter.member)),
            Provider::Session => {
                From::Session(self.session_field(parameter.field.unwrap_or(parameter.member.key))?)
            }
            Provider::Format => From::Format,
            Provider::Callback => From::Callback,
            Provider::Operation => From::Operation,
            Provider::Computed => {
                let step = parameter.field.unwrap_or(parameter.member.key);
                From::Computed(self.computed_reference(step.value, step.span)?)
            }
            Provider::Constant => From::Constant(owned(parameter.value).unwrap_or_default()),
        };
        Some(Parameter {
            name: name(parameter.member.key, &parameter.member.rust),
            from,
            required: parameter.member.required(),
            groups: self.groups(parameter),
            credentials: texts(parameter.credentials.as_ref()),
            location: location(&parameter.member),
            request_id: parameter.request_id.is_some(),
            default: owned(parameter.member.default),
            accepts: texts(parameter.accepts.as_ref()),
            facts: facts(&parameter.member.facts),
        })
    }

    fn envelope(&self) -> Envelope {
        let written = &self.definition.protocol.envelope.value;
        let status =
            written.iter().find(|member| member.role.is_some_and(|role| role.value == model::Role::Status));
        let mut wrappers: Vec<Name> = Vec::new();
        let mut wrapper = |within: Text<'_>| {
            let known = wrappers.iter().position(|wrapper| wrapper.wire == within.value);
            known.unwrap_or_else(|| {
                wrappers.push(name(within, &naming::snake(within.value)));
                wrappers.len() - 1
            })
        };
        let members = written.iter().map(|member| EnvelopeMember {
            member: self
                .member(&member.member)
                .with(|details| details.only_in.clone_from(&member.only_in.value)),
            role: member.role.map(|role| role.value),
            when: member.when,
            within: member.within.map(&mut wrapper),
            value: member.value.as_ref().map(scalar),
            told: None,
        });
        let mut members: Vec<EnvelopeMember> = members.collect();
        members.extend(self.place_of_nothing());
        let told = written.iter().enumerate().flat_map(|(by, member)| self.told(by, member));
        members.extend(told.collect::<Vec<_>>());
        Envelope {
            members,
            wrappers,
            success: status.and_then(|status| status.success.as_ref()).map_or_else(Vec::new, |success| {
                success.value.iter().map(|value| value.value.text.clone()).collect()
            }),
            failure: status
                .and_then(|status| status.failure.as_ref())
                .map(|failure| failure.value.text.clone()),
            http_codes: written.iter().any(|member| member.http_codes.is_some()),
            code_header: owned(written.iter().find_map(|member| member.header)),
            echoes_name: written.iter().any(|member| member.echoes.is_some_and(|echoes| echoes.value)),
        }
    }

    /// The place of replies where all of them are empty and the definition gives them none: among the other members.
    fn place_of_nothing(&self) -> Option<EnvelopeMember> {
        let star = || Name { wire: "*".to_owned(), rust: naming::snake("*") };
        (!self.definition.protocol.has_place_of_data()).then(|| EnvelopeMember {
            member: Member::named(star()),
            role: Some(model::Role::Data),
            when: model::When::Always,
            within: None,
            value: None,
            told: None,
        })
    }

    /// What a member of the envelope tells with members of its own: each under the path of that one, and the name of its role.
    fn told(&self, by: usize, written: &tree::EnvelopeMember<'_>) -> Vec<EnvelopeMember> {
        let kind = self.scope.defined(written.member.kind).and_then(|kind| kind.kind.as_ref());
        let Some(tree::TypeKind::Structure(columns)) = kind else { return Vec::new() };
        let told = written.tells.iter().filter_map(|(role, name)| {
            let way = self.scope.way(columns, name.value).ok()?;
            let (_, column) = way.last()?;
            let word = Roles::word(role)?;
            let wire = format!("{}.{}", written.member.key.value, name.value);
            let name = Name { wire, rust: word.to_owned() };
            let facts = facts(&column.facts);
            Some(EnvelopeMember {
                member: Member { value: self.member(column).value, facts, ..Member::named(name) },
                role: Some(*role),
                when: model::When::Failure,
                within: None,
                value: None,
                told: Some(model::Told { by, way: way.iter().map(|(index, _)| *index).collect() }),
            })
        });
        told.collect()
    }

    fn kind(&self, written: &tree::Type<'_>) -> Type {
        let kind = match &written.kind {
            Some(tree::TypeKind::Enumeration(values)) => TypeKind::Enumeration {
                number: written.number.is_some(),
                values: values
                    .iter()
                    .map(|value| model::EnumerationValue {
                        name: name(value.key, &value.rust),
                        also: value.also.iter().map(|also| also.value.to_owned()).collect(),
                        facts: facts(&value.facts),
                    })
                    .collect(),
            },
            Some(tree::TypeKind::Structure(members)) => {
                TypeKind::Structure(members.iter().map(|member| self.member(member)).collect())
            }
            Some(tree::TypeKind::Union(variants)) => TypeKind::Union {
                tag: owned(written.tag),
                content: owned(written.content),
                variants: variants.iter().map(|variant| self.variant(variant)).collect(),
            },
            Some(tree::TypeKind::DateTime(moment, formats)) => {
                TypeKind::DateTime(*moment, formats.iter().map(|format| format.value.to_owned()).collect())
            }
            // Checks have looked at the start.
            Some(tree::TypeKind::Epoch(_)) => epoch(written).map_or(TypeKind::Text, TypeKind::Epoch),
            Some(tree::TypeKind::Separated(cells)) => TypeKind::Separated {
                cells: cells.value.to_owned(),
                lines: written.lines.map_or("\n", |lines| lines.value).to_owned(),
            },
            Some(tree::TypeKind::Text) | None => match &written.forms {
                Some(forms) => {
                    TypeKind::Formed(forms.value.iter().map(|form| form.value.to_owned()).collect())
                }
                None => TypeKind::Text,
            },
        };
        Type {
            name: name(written.key, &written.rust),
            kind,
            partial: owned(written.partial),
            facts: facts(&written.facts),
        }
    }

    fn variant(&self, written: &tree::Variant<'_>) -> UnionVariant {
        let content = written.content.and_then(|content| {
            let found = self.scope.type_index(content.value);
            if found.is_none() {
                self.report.add(self.unknown_type(content, false));
            }
            found
        });
        UnionVariant { name: name(written.key, &written.rust), content, facts: facts(&written.facts) }
    }

    /// An error's key as an operation or example names it.
    fn error_key(&self, written: &At<tree::Scalar>) -> Option<String> {
        let text = &written.value.text;
        if self.scope.error(text).is_none() {
            let known = self.definition.protocol.errors.iter().map(|error| error.key.value);
            self.report.add(
                Fault::new(Code::UnknownReference, written.span, format!("there is no error `{text}`"))
                    .label("not in `[errors]`")
                    .expected("the number or name of an error in `[errors]`")
                    .did_you_mean(
                        self.report,
                        if written.value.kind == tree::ScalarKind::Number { "" } else { text },
                        known,
                    ),
            );
            return None;
        }
        Some(text.clone())
    }
}
