//! The definition as it was written, with positions and without guesses.

use std::collections::HashMap;
use std::ops::Deref;

use crate::model::{
    Algorithm, Class, ClockUnit, EncodeSet, EpochUnit, ErrorKeys, Filler, FormatKind, HttpMethod, Method,
    Moment, PairOrder, PairSource, Repeat, Role, ServerCondition, TextEncoding, When,
};
use crate::source::{At, Span, Text};

pub(crate) use super::table::{Scalar, ScalarKind};
pub(crate) use crate::words::{ParameterLocation, Provider};

#[derive(Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) protocol: Protocol<'a>,
    pub(crate) types: Vec<Type<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
}

/// What people wrote about a thing.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) doc: Option<&'a str>,
    pub(crate) source: Option<&'a str>,
    pub(crate) assumption: Option<&'a str>,
    pub(crate) confidence: Option<crate::model::Confidence>,
}

#[derive(Debug)]
pub(crate) struct Protocol<'a> {
    /// The place of the file.
    pub(crate) span: Span,
    pub(crate) title: Option<Text<'a>>,
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) charset: Option<Text<'a>>,
    pub(crate) methods: At<Vec<At<Method>>>,
    pub(crate) body: Option<Body<'a>>,
    pub(crate) formats: At<Vec<Format<'a>>>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) envelope: At<Vec<EnvelopeMember<'a>>>,
    /// The members of the data that comes with an error.
    pub(crate) failure: Vec<Member<'a>>,
    /// The kinds of session; one without a name is `[session]`.
    pub(crate) sessions: Vec<Session<'a>>,
    pub(crate) computed: Vec<Computed<'a>>,
    pub(crate) errors: Vec<ErrorCode<'a>>,
    pub(crate) facts: Facts<'a>,
}

impl Protocol<'_> {
    /// What errors are known by: as the first one is; without any, as the member has it that tells them.
    pub(crate) fn error_keys(&self) -> ErrorKeys {
        let with =
            |role| self.envelope.value.iter().find(move |one| one.role.is_some_and(|own| own.value == role));
        let code = || with(Role::Code).or_else(|| with(Role::Status)).and_then(|one| one.member.kind);
        match (self.errors.first(), code()) {
            (Some(error), _) => error.keys,
            (None, Some(kind)) if kind.value == "integer" => ErrorKeys::Numbers,
            (None, _) => ErrorKeys::Names,
        }
    }

    /// Whether a structure of the envelope tells this of an error.
    pub(crate) fn tells(&self, role: Role) -> bool {
        self.envelope.value.iter().any(|one| one.tells.iter().any(|(told, _)| *told == role))
    }

    /// Whether the envelope has a place for replies.
    pub(crate) fn has_place_of_data(&self) -> bool {
        self.envelope.value.iter().any(|one| one.role.is_some_and(|role| role.value == Role::Data))
    }
}

#[derive(Debug)]
pub(crate) struct Format<'a> {
    pub(crate) kind: FormatKind,
    pub(crate) span: Span,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) also: Vec<Text<'a>>,
    pub(crate) root: Option<Text<'a>>,
    pub(crate) failure_root: Option<Text<'a>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) declaration: Option<At<bool>>,
    pub(crate) media_type: Option<Text<'a>>,
    pub(crate) nested: Option<Text<'a>>,
    pub(crate) lines: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
}

/// How the bodies of requests are written.
#[derive(Debug)]
pub(crate) struct Body<'a> {
    pub(crate) span: Span,
    pub(crate) format: At<FormatKind>,
    pub(crate) root: Option<Text<'a>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) declaration: Option<At<bool>>,
    pub(crate) media_type: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

/// A member, or a parameter of an operation. There are many of them: what few of them say is apart, and read as if it were here.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    /// The key: its name on the wire.
    pub(crate) key: Text<'a>,
    /// In Rust's case.
    pub(crate) rust: String,
    pub(crate) kind: Option<Text<'a>>,
    pub(crate) required: Option<At<bool>>,
    /// Where it says that requests always have it.
    pub(crate) in_requests: Option<Span>,
    pub(crate) secret: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
    pub(crate) more: Option<Box<MemberWords<'a>>>,
}

impl<'a> Deref for Member<'a> {
    type Target = MemberWords<'a>;

    fn deref(&self) -> &MemberWords<'a> {
        static NONE: MemberWords<'static> = MemberWords::none();
        self.more.as_deref().unwrap_or(&NONE)
    }
}

/// What few members say.
#[derive(Debug)]
pub(crate) struct MemberWords<'a> {
    pub(crate) name: Option<Text<'a>>,
    pub(crate) xml: Option<Text<'a>>,
    pub(crate) json: Option<Text<'a>>,
    pub(crate) query: Option<Text<'a>>,
    /// The places of the words `attribute`, `text` and `flatten` that are true.
    pub(crate) attribute: Option<Span>,
    pub(crate) text: Option<Span>,
    pub(crate) flatten: Option<Span>,
    /// The formats in which it is flattened.
    pub(crate) flat_in: At<Vec<FormatKind>>,
    pub(crate) list: Option<At<Repeat>>,
    pub(crate) map: Option<At<Repeat>>,
    pub(crate) rows: Option<Rows<'a>>,
    pub(crate) boolean: Option<At<(String, Option<String>)>>,
    pub(crate) also: Vec<Text<'a>>,
    /// What is meant when it is absent.
    pub(crate) default: Option<Text<'a>>,
    /// Where it says that an empty text means that it is not there.
    pub(crate) empty_is_absent: Option<Span>,
    /// Other texts that say the same of it.
    pub(crate) absent: Vec<Text<'a>>,
    /// The XML namespace that it is in.
    pub(crate) namespace: Option<Text<'a>>,
    /// Where it says that a JSON reply is this list as a whole.
    pub(crate) whole: Option<Span>,
    pub(crate) samples: Option<At<Vec<At<Scalar>>>>,
    pub(crate) range: Option<At<Vec<At<Scalar>>>>,
    /// Who fills it in; of parameters only.
    pub(crate) from: Option<At<Filler>>,
    pub(crate) unit: Option<At<ClockUnit>>,
    /// Where a request carries it, and behind what; of parameters only.
    pub(crate) location: Option<At<ParameterLocation>>,
    pub(crate) prefix: Option<Text<'a>>,
}

impl MemberWords<'_> {
    const fn none() -> Self {
        Self {
            name: None,
            xml: None,
            json: None,
            query: None,
            attribute: None,
            text: None,
            flatten: None,
            flat_in: At { value: Vec::new(), span: Span::NOWHERE },
            list: None,
            map: None,
            rows: None,
            boolean: None,
            also: Vec::new(),
            default: None,
            empty_is_absent: None,
            absent: Vec::new(),
            namespace: None,
            whole: None,
            samples: None,
            range: None,
            from: None,
            unit: None,
            location: None,
            prefix: None,
        }
    }
}

/// What a list says of the rows that it is.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) span: Span,
    pub(crate) cell: Option<Text<'a>>,
    /// The member that describes the columns.
    pub(crate) headings: Option<Text<'a>>,
    /// The attributes of a heading.
    pub(crate) name: Option<Text<'a>>,
    pub(crate) kind: Option<Text<'a>>,
    pub(crate) format: Option<Text<'a>>,
    pub(crate) kinds: Vec<Cells<'a>>,
    /// The members of the request that say what separates a text.
    pub(crate) cells_by: Option<Text<'a>>,
    pub(crate) lines_by: Option<Text<'a>>,
}

/// What the cells of a column are.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    pub(crate) kind: Text<'a>,
    /// A part of how they are shown, where that counts.
    pub(crate) format: Option<Text<'a>>,
    /// The name of a type.
    pub(crate) is: Text<'a>,
}

impl<'a> Member<'a> {
    /// Its name in one format, and where that is said.
    /// Whether its members are among those around it in a format.
    pub(crate) fn is_flat_in(&self, format: FormatKind) -> bool {
        self.flatten.is_some() || self.flat_in.value.contains(&format)
    }

    pub(crate) fn wire(&self, format: FormatKind) -> Text<'a> {
        let own = match format {
            FormatKind::Xml => self.xml,
            FormatKind::Json => self.json,
            FormatKind::Query => self.query,
        };
        own.unwrap_or(self.key)
    }

    pub(crate) fn required(&self) -> bool {
        self.required.is_some_and(|required| required.value)
    }

    /// Whether nothing can be made without it: it is there, and has a value or an item in it.
    pub(crate) fn holds(&self) -> bool {
        let may_be_empty = |list: &At<Repeat>| matches!(list.value, Repeat::List { always: true, .. });
        self.is_argument() && self.map.is_none() && !self.list.as_ref().is_some_and(may_be_empty)
    }

    /// Whether its constructor takes it.
    pub(crate) fn is_argument(&self) -> bool {
        self.required() || self.in_requests.is_some()
    }

    /// Whether it is at most once.
    pub(crate) fn once(&self) -> bool {
        self.list.is_none() && self.map.is_none()
    }
}

#[derive(Debug)]
pub(crate) struct Parameter<'a> {
    pub(crate) member: Member<'a>,
    pub(crate) from: Option<At<Provider>>,
    /// Where it says that it is the id of the request.
    pub(crate) request_id: Option<Span>,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) accepts: Option<At<Vec<Text<'a>>>>,
    pub(crate) field: Option<Text<'a>>,
    pub(crate) groups: Option<At<Vec<Text<'a>>>>,
    pub(crate) except_groups: Option<At<Vec<Text<'a>>>>,
    /// The kinds of credentials that it is of.
    pub(crate) credentials: Option<At<Vec<Text<'a>>>>,
}

impl<'a> Protocol<'a> {
    /// The computed value of this name.
    pub(crate) fn computed(&self, name: &str) -> Option<&Computed<'a>> {
        self.computed.iter().find(|step| step.key.value == name)
    }
}

impl Parameter<'_> {
    /// Whether this is its name, in the definition or on the wire.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.member.key.value == name || self.member.wire(FormatKind::Query).value == name
    }

    /// Whether it is another name of a value that the client has.
    pub(crate) fn is_again(&self) -> bool {
        self.field.is_some() && self.from.is_some_and(|from| from.value == Provider::Client)
    }

    /// Whether it is of these credentials.
    pub(crate) fn is_of(&self, kind: &str) -> bool {
        self.credentials.as_ref().is_some_and(|kinds| kinds.value.iter().any(|one| one.value == kind))
    }

    /// Whether the operations of a group carry it.
    pub(crate) fn goes_with(&self, group: &str) -> bool {
        let names = |groups: &At<Vec<Text<'_>>>| groups.value.iter().any(|named| named.value == group);
        self.groups.as_ref().is_none_or(names) && !self.except_groups.as_ref().is_some_and(names)
    }
}

#[derive(Debug)]
pub(crate) struct EnvelopeMember<'a> {
    pub(crate) member: Member<'a>,
    pub(crate) role: Option<At<Role>>,
    /// Whether it says what it tells in a way that has been reported.
    pub(crate) unclear: bool,
    pub(crate) when: When,
    /// The name of the member that is around it.
    pub(crate) within: Option<Text<'a>>,
    /// What it tells of an error with members of its own, and which those are.
    pub(crate) tells: Vec<(Role, Text<'a>)>,
    /// The formats that have it, where not all do.
    pub(crate) only_in: At<Vec<FormatKind>>,
    /// Without the values that can be none of a status, which have been reported.
    pub(crate) success: Option<At<Vec<At<Scalar>>>>,
    pub(crate) failure: Option<At<Scalar>>,
    pub(crate) value: Option<At<Scalar>>,
    /// Where it says that its numbers are statuses of HTTP.
    pub(crate) http_codes: Option<Span>,
    /// The header that has the code as well.
    pub(crate) header: Option<Text<'a>>,
    /// Whether it echoes the operation's name.
    pub(crate) echoes: Option<At<bool>>,
    /// Whether there is a `success`, and whether there is a `failure`, that cannot be read as a whole.
    pub(crate) unread: [bool; 2],
}

#[derive(Debug)]
pub(crate) struct Session<'a> {
    /// The name of the kind; `None`: `[session]`.
    pub(crate) key: Option<Text<'a>>,
    /// Where it is said.
    pub(crate) span: Span,
    /// What its types' names in Rust start with.
    pub(crate) rust: String,
    pub(crate) opens: Option<Text<'a>>,
    pub(crate) closes: Option<Text<'a>>,
    pub(crate) conditional: Option<At<bool>>,
    pub(crate) clock: Option<Text<'a>>,
    pub(crate) fields: Vec<SessionField<'a>>,
    /// The number of each field, by its key.
    pub(crate) numbers: HashMap<&'a str, usize>,
    pub(crate) facts: Facts<'a>,
}

impl<'a> Session<'a> {
    /// What an operation that needs it says.
    pub(crate) fn word(&self) -> &'a str {
        self.key.map_or("required", |key| key.value)
    }

    /// The table that says it, as in `sessions.NAME`.
    pub(crate) fn table(&self) -> String {
        self.key.map_or_else(|| "session".to_owned(), |key| format!("sessions.{}", key.value))
    }

    pub(crate) fn field(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }
}

#[derive(Debug)]
pub(crate) struct SessionField<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) from: Option<Text<'a>>,
    pub(crate) secret: Option<At<bool>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Computed<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) text: Option<Text<'a>>,
    pub(crate) pairs: Option<Vec<At<PairSource>>>,
    pub(crate) pairs_of: Option<Text<'a>>,
    pub(crate) only: Option<At<Vec<Text<'a>>>>,
    pub(crate) except: Option<At<Vec<Text<'a>>>>,
    pub(crate) must_include: Option<At<Vec<Text<'a>>>>,
    pub(crate) order: Option<At<PairOrder>>,
    pub(crate) each: Option<Text<'a>>,
    pub(crate) join: Option<Text<'a>>,
    pub(crate) prefix: Option<Text<'a>>,
    pub(crate) lowercase: Option<At<bool>>,
    pub(crate) repeated: Option<Text<'a>>,
    pub(crate) collapse: Option<At<bool>>,
    pub(crate) percent_encode: Option<At<EncodeSet>>,
    pub(crate) algorithm: Option<Vec<At<Algorithm>>>,
    /// Whether an algorithm has been reported as unknown.
    pub(crate) unread_algorithm: bool,
    pub(crate) keys: Option<At<Vec<Text<'a>>>>,
    pub(crate) key_encoding: Option<At<TextEncoding>>,
    pub(crate) encoding: Option<At<TextEncoding>>,
    /// The pair of replies that carries it.
    pub(crate) in_reply: Option<Text<'a>>,
    /// The header of replies that carries it.
    pub(crate) in_reply_header: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

impl<'a> Computed<'a> {
    /// The pair or the header of replies that carries it.
    pub(crate) fn signs_replies(&self) -> Option<Text<'a>> {
        self.in_reply.or(self.in_reply_header)
    }

    /// Its templates: the text, and the keys.
    pub(crate) fn templates(&self) -> impl Iterator<Item = Text<'a>> {
        self.text.into_iter().chain(self.keys.iter().flat_map(|keys| keys.value.iter().copied()))
    }
}

#[derive(Debug)]
pub(crate) struct ErrorCode<'a> {
    pub(crate) key: Text<'a>,
    /// Whether the key is a number.
    pub(crate) keys: ErrorKeys,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) class: Option<At<Class>>,
    pub(crate) wire_name: Option<Text<'a>>,
    pub(crate) message: Option<Text<'a>>,
    /// The HTTP status of its replies.
    pub(crate) http: Option<At<usize>>,
    pub(crate) when: Vec<At<ServerCondition>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Type<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) rust: String,
    /// `None`: the definition does not say what it is.
    pub(crate) kind: Option<TypeKind<'a>>,
    /// The words that say what it is; one, in a correct definition.
    pub(crate) said: Vec<Text<'a>>,
    pub(crate) tag: Option<Text<'a>>,
    pub(crate) content: Option<Text<'a>>,
    /// What is missing of it.
    pub(crate) partial: Option<Text<'a>>,
    /// What is counted since an epoch, and with how many decimals.
    pub(crate) unit: Option<At<EpochUnit>>,
    pub(crate) decimals: Option<At<usize>>,
    /// What is between the lines of a table.
    pub(crate) lines: Option<Text<'a>>,
    pub(crate) forms: Option<At<Vec<Text<'a>>>>,
    /// Where it says that its values are numbers.
    pub(crate) number: Option<Span>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) enum TypeKind<'a> {
    Enumeration(Vec<EnumerationValue<'a>>),
    Structure(Vec<Member<'a>>),
    Union(Vec<Variant<'a>>),
    /// Strftime formats.
    DateTime(Moment, Vec<Text<'a>>),
    /// Counted since this day or moment.
    Epoch(Text<'a>),
    /// With this between the cells of a line.
    Separated(Text<'a>),
    Text,
}

#[derive(Debug)]
pub(crate) struct EnumerationValue<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) also: Vec<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Variant<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    pub(crate) content: Option<Text<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// The place of the file.
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) operations: Vec<Operation<'a>>,
    pub(crate) facts: Facts<'a>,
}

#[derive(Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) rust: String,
    /// What gives its name in Rust.
    pub(crate) name: Option<Text<'a>>,
    pub(crate) wire_name: Option<Text<'a>>,
    /// Its own or the group's, as everything that a group can say.
    pub(crate) endpoint: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) methods: Option<At<Vec<At<Method>>>>,
    pub(crate) formats: Option<At<Vec<At<FormatKind>>>>,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) raw: Option<Raw<'a>>,
    /// What it can be called with; `None`: without a session.
    pub(crate) session: Option<At<Vec<Text<'a>>>>,
    /// What its requests always say.
    pub(crate) constants: Vec<(Text<'a>, Text<'a>)>,
    /// Where it says that its request is multipart.
    pub(crate) multipart: Option<Span>,
    /// The method of a client whose caller chooses none.
    pub(crate) prefer: Option<At<HttpMethod>>,
    /// Where it says that it is signed.
    pub(crate) signed: Option<Span>,
    /// Where it says that a server takes it unsigned as well.
    pub(crate) signature_optional: Option<Span>,
    pub(crate) secure: bool,
    /// Where it, or its group, says that it may be repeated.
    pub(crate) repeatable: Option<Span>,
    /// The HTTP status of a success.
    pub(crate) status: Option<At<usize>>,
    /// Where it says that a success may have no body.
    pub(crate) empty_reply: Option<Span>,
    pub(crate) errors: Vec<At<Scalar>>,
    pub(crate) order: Option<At<Vec<Text<'a>>>>,
    /// What is missing of it.
    pub(crate) partial: Option<Text<'a>>,
    pub(crate) request: Vec<Member<'a>>,
    /// The members of its body, and where it says that it has one.
    pub(crate) body: Option<At<Vec<Member<'a>>>>,
    pub(crate) reply: Vec<Member<'a>>,
    /// The members of the data that comes with an error of its own.
    pub(crate) failure: Vec<Member<'a>>,
    pub(crate) outcome: Option<Box<Outcome<'a>>>,
    pub(crate) pagination: Option<Box<Pagination<'a>>>,
    pub(crate) examples: Vec<Example<'a>>,
    pub(crate) facts: Facts<'a>,
}

/// What tells how a call went.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) span: Span,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) success: Vec<Text<'a>>,
    pub(crate) errors: Vec<At<Scalar>>,
    pub(crate) message: Option<Text<'a>>,
}

/// What a reply says of the next call.
#[derive(Debug)]
pub(crate) struct Pagination<'a> {
    /// The place of the word.
    pub(crate) span: Span,
    pub(crate) items: Option<Text<'a>>,
    pub(crate) url: Option<Text<'a>>,
    pub(crate) hosts: Option<At<Vec<Text<'a>>>>,
    /// Where it says that there are some; each is a parameter of the request and a member of the reply.
    pub(crate) parameters: Option<At<Vec<(Text<'a>, Text<'a>)>>>,
    pub(crate) further: Option<Text<'a>>,
    pub(crate) without: Vec<Text<'a>>,
    pub(crate) page: Option<Text<'a>>,
    pub(crate) pages: Option<Text<'a>>,
    pub(crate) offset: Option<Text<'a>>,
    pub(crate) total: Option<Text<'a>>,
    pub(crate) first: Option<At<usize>>,
    pub(crate) wait: Option<Text<'a>>,
    pub(crate) held: Option<Text<'a>>,
    pub(crate) held_default: Option<At<usize>>,
    pub(crate) held_opening: Option<Text<'a>>,
    pub(crate) unit: Option<At<ClockUnit>>,
    pub(crate) last: Option<Text<'a>>,
    pub(crate) until_empty: bool,
    /// Where it says so.
    pub(crate) from_opening: Option<Span>,
}

/// A reply that is no envelope.
#[derive(Debug)]
pub(crate) struct Raw<'a> {
    /// The place of the word.
    pub(crate) span: Span,
    pub(crate) media: Option<At<Vec<Text<'a>>>>,
    pub(crate) status: Option<At<Vec<At<Scalar>>>>,
}

/// What an operation says that can be called without a session.
pub(crate) const NONE: &str = "none";

/// A path with these names in the places that it leaves open for them.
pub(crate) fn path_of(path: &str, group: &str, operation: &str) -> String {
    path.replace("{group}", group).replace("{operation}", operation)
}

impl<'a> Operation<'a> {
    /// The path of its URL, in this group.
    pub(crate) fn path_in(&self, group: &Group<'_>, protocol: &Protocol<'_>) -> String {
        let path = self.path.or(protocol.path).map_or("/{group}/{operation}", |path| path.value);
        path_of(path, &group.name, self.key.value)
    }

    /// The members of its request's body, if it has one.
    pub(crate) fn carried(&self) -> &[Member<'a>] {
        self.body.as_ref().map_or(&[], |body| &body.value)
    }

    /// Everything that a caller can put into its request.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Member<'a>> {
        self.request.iter().chain(self.carried())
    }

    /// Its name on the wire.
    pub(crate) fn on_the_wire(&self) -> Text<'a> {
        self.wire_name.unwrap_or(self.key)
    }

    /// Where it says that it is called with this session.
    pub(crate) fn takes(&self, session: &Session<'_>) -> Option<Span> {
        let said = self.session.iter().flat_map(|said| &said.value);
        said.filter(|text| text.value == session.word()).map(|text| text.span).next()
    }

    /// Whether it can be called without a session.
    pub(crate) fn sessionless(&self) -> bool {
        self.session.as_ref().is_none_or(|said| said.value.iter().any(|text| text.value == NONE))
    }
}

#[derive(Debug)]
pub(crate) struct Example<'a> {
    pub(crate) span: Span,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) rust: String,
    /// Each of them is one of `form`, `query`, `url` and `body`.
    pub(crate) requests: Vec<(Text<'a>, Text<'a>)>,
    /// The request's headers.
    pub(crate) request_headers: Option<Text<'a>>,
    /// What it is signed with.
    pub(crate) keys: Vec<(Text<'a>, Text<'a>)>,
    pub(crate) clock: Option<Text<'a>>,
    pub(crate) nonce: Option<Text<'a>>,
    pub(crate) replies: Vec<(At<FormatKind>, Text<'a>)>,
    /// The headers of them all.
    pub(crate) reply_headers: Option<Text<'a>>,
    pub(crate) fails: Vec<(At<FormatKind>, (usize, usize))>,
    /// The parameters that the request leaves out.
    pub(crate) lacks: Vec<Text<'a>>,
    pub(crate) error: Option<At<Scalar>>,
    pub(crate) facts: Facts<'a>,
}
