//! What a call gives: the answer of one that succeeded, and the failure of one that did not.

use std::{borrow::Cow, fmt};

use wirewright::{
    describe::{Class, ServerCondition},
    exchange::{RawReply, Refusal},
    generated::{fill_message, http_class, http_reason},
    server::Rejection,
    wire::Document,
};
use wirewright_codegen::{
    model::{self, EnvelopeMember, ErrorKeys, Role, When},
    plan::{
        envelope::{
            answer_members, code_that_tells, failure_members, is_argument, is_echo, is_status, of_role,
            promised, signs_of_failure, unspecified,
        },
        errors::{self, NO_MESSAGE, SILENT, UNKNOWN, WITHOUT_CODE},
    },
};

use crate::{
    definition::{Definition, OperationType},
    envelope::Values,
    kind::Kind,
    value::{DynamicRecord, DynamicValue},
};

/// What a successful call gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// The reply's data, and what came around it.
    Enveloped(Enveloped),
    /// A reply without an envelope.
    Raw(RawReply),
}

/// An answer in its envelope.
#[derive(Clone)]
pub struct Enveloped {
    /// The members of the envelope, the reply's data among them.
    pub(crate) values: Values,
    /// Which of them is the data.
    pub(crate) data: Option<usize>,
}

impl Enveloped {
    /// The reply's data.
    pub fn data(&self) -> Option<&DynamicRecord> {
        match self.values.get(self.data?)?.present()? {
            DynamicValue::Record(data) => Some(data),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn data_mut(&mut self) -> Option<&mut DynamicRecord> {
        let DynamicValue::Optional(option) = self.values.get_mut(self.data?)? else { return None };
        match option.value.as_deref_mut()? {
            DynamicValue::Record(data) => Some(data),
            _ => None,
        }
    }
}

impl fmt::Debug for Enveloped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.values.iter().filter(|value| !value.is_absent())).finish()
    }
}

/// What a refused call gives: the vendor's code and what came with it.
#[derive(Clone)]
pub struct Failure {
    code: Code,
    message: Option<String>,
    detail: Option<i64>,
    request_id: Option<String>,
    /// The members of the envelope that failures have, and the data.
    pub(crate) values: Values,
}

/// A vendor's code.
#[derive(Clone, Debug)]
struct Code {
    /// `None`: the vendor says that the call failed, and gives no code.
    text: Option<String>,
    known: Option<&'static model::ErrorCode>,
    /// The status of HTTP that one is which the definition does not know.
    status: Option<i64>,
}

impl Failure {
    /// The members of the envelope that came with it, in the order of the definition.
    pub(crate) fn values(&self) -> &Values {
        &self.values
    }
}

impl Refusal for Failure {
    fn code_text(&self) -> Option<Cow<'_, str>> {
        self.code.text.as_deref().map(Cow::Borrowed)
    }

    fn is_known(&self) -> bool {
        self.code.known.is_some()
    }

    fn class(&self) -> Class {
        match self.code.known.map(|known| known.class) {
            Some(model::Class::Retry) => Class::Retry,
            Some(model::Class::LogInAgain) => Class::LogInAgain,
            Some(model::Class::InvalidRequest) => Class::InvalidRequest,
            Some(model::Class::GiveUp) => Class::GiveUp,
            None => self.code.status.map_or(Class::GiveUp, http_class),
        }
    }

    fn description(&self) -> &str {
        match &self.code {
            Code { known: Some(known), .. } => errors::description(known).unwrap_or(SILENT),
            Code { text: None, .. } => WITHOUT_CODE,
            Code { status, .. } => status.map_or(UNKNOWN, http_reason),
        }
    }

    fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    fn detail(&self) -> Option<i64> {
        self.detail
    }

    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    fn http_status(&self) -> Option<u16> {
        self.code.known?.http
    }
}

/// Shows what an error's text shows, and nothing that came with it.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("code", &self.code_text())
            .field("message", &self.message)
            .field("detail", &self.detail)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

/// What an envelope turned out to hold.
pub(crate) enum Opened {
    Success(Enveloped),
    Failure(Failure),
    /// The call succeeded, but this member is not there.
    Missing(&'static EnvelopeMember),
    NoStatus,
}

impl Definition {
    pub(crate) fn place(&self, member: &EnvelopeMember) -> usize {
        self.vendor().envelope.members.iter().take_while(|each| !std::ptr::eq(*each, member)).count()
    }

    /// Where the reply's data is among the members of the envelope.
    pub(crate) fn data_place(&self) -> Option<usize> {
        self.vendor().envelope.members.iter().position(|member| member.role == Some(Role::Data))
    }

    pub(crate) fn found<'v>(
        &self,
        values: &'v Values,
        member: Option<&EnvelopeMember>,
    ) -> Option<Cow<'v, str>> {
        values.get(self.place(member?))?.text()
    }

    fn put(&self, values: &mut Values, member: &EnvelopeMember, text: Option<&str>) {
        let Some(place) = values.get_mut(self.place(member)) else { return };
        match text {
            // What a definition says of its own envelope fits: it was checked.
            Some(text) => drop(place.set_text(text)),
            None => place.clear(),
        }
    }

    /// Looks at the status of an envelope around the reply of `operation`.
    pub(crate) fn open(&self, operation: &OperationType, mut values: Values) -> Opened {
        let vendor = self.vendor();
        let code = of_role(vendor, Role::Code, When::Failure);
        let code_text = self.found(&values, code).map(Cow::into_owned);
        match vendor.envelope.members.iter().find(|member| is_status(member)) {
            Some(status) => {
                let mut said = self.found(&values, Some(status)).map(Cow::into_owned);
                if said.is_none() && !status.member.only_in.is_empty() {
                    // Where the format has no status the code tells.
                    let success = vendor.envelope.success.first();
                    said =
                        if code_text.is_some() { vendor.envelope.failure.as_ref() } else { success }.cloned();
                    self.put(&mut values, status, said.as_deref());
                }
                let Some(said) = said else { return Opened::NoStatus };
                if !vendor.envelope.success.contains(&said) {
                    let code = if code.is_some() { code_text } else { Some(said) };
                    return Opened::Failure(self.read_failure(code.as_deref(), values));
                }
            }
            None if code_text.is_some() || self.is_told_to_have_failed(&values) => {
                return Opened::Failure(self.read_failure(code_text.as_deref(), values));
            }
            None => {}
        }
        for member in answer_members(vendor).filter(|member| promised(member)) {
            if values.get(self.place(member)).is_some_and(DynamicValue::is_absent) {
                return Opened::Missing(member);
            }
        }
        let data = self.data_place();
        if let Some(index) = data
            && let Some(DynamicValue::Optional(place)) = values.get_mut(index)
            && place.value.is_none()
        {
            let Some(absent) = self.absent_reply(operation) else {
                return vendor.envelope.members.get(index).map_or(Opened::NoStatus, Opened::Missing);
            };
            place.value = Some(absent);
        }
        Opened::Success(Enveloped { values, data })
    }

    /// Whether something beside the code says that the call failed.
    fn is_told_to_have_failed(&self, values: &Values) -> bool {
        let absent = |member| values.get(self.place(member)).is_none_or(DynamicValue::is_absent);
        signs_of_failure(self.vendor()).any(|member| !absent(member))
    }

    /// The data of a reply that has none. `None`: something of it is promised.
    fn absent_reply(&self, operation: &OperationType) -> Option<Box<DynamicValue>> {
        let reply = self.reply(operation);
        let absent = || Box::new(DynamicValue::Record(Box::new(DynamicRecord::empty(reply))));
        reply.shape().all_optional().then(absent)
    }

    /// The answer that a response without a body is. `None`: an answer has something in it for certain.
    pub(crate) fn empty_answer(&self, operation: &OperationType) -> Option<Enveloped> {
        if answer_members(self.vendor()).any(is_argument) {
            return None;
        }
        let absent = self.absent_reply(operation)?;
        Some(self.usual_answer(absent))
    }

    /// An answer with this data, and with what a server says around it where its service says nothing else.
    pub(crate) fn usual_answer(&self, reply: Box<DynamicValue>) -> Enveloped {
        let vendor = self.vendor();
        let (mut values, data) = (self.envelope_members.absent(), self.data_place());
        for member in answer_members(vendor) {
            if is_status(member) {
                self.put(&mut values, member, vendor.envelope.success.first().map(String::as_str));
            } else if member.value.is_some() {
                self.put(&mut values, member, member.value.as_deref());
            }
        }
        if let Some(DynamicValue::Optional(place)) = data.and_then(|index| values.get_mut(index)) {
            place.value = Some(reply);
        }
        Enveloped { values, data }
    }

    /// A failure as an envelope tells of it.
    fn read_failure(&self, code: Option<&str>, mut values: Values) -> Failure {
        self.with_failure_data(&mut values);
        let code = self.code(code);
        self.failure(code, values)
    }

    /// The code of a text: an integer where codes are numbers.
    fn code(&self, text: Option<&str>) -> Code {
        let vendor = self.vendor();
        let text = match vendor.error_keys {
            ErrorKeys::Names => {
                let known = |text: &&str| vendor.errors.iter().any(|error| error.key == text.trim());
                let none = |text: &&str| text.trim().is_empty() && unspecified(vendor);
                // What is unknown is kept as it came.
                let text = text.filter(|text| known(text) || !none(text));
                text.map(|text| if known(&text) { text.trim() } else { text }.to_owned())
            }
            ErrorKeys::Numbers => {
                text.and_then(|text| text.trim().parse::<i64>().ok()).map(|number| number.to_string())
            }
        };
        let known = vendor.errors.iter().find(|error| text.as_ref() == Some(&error.key));
        let by_http = vendor.envelope.http_codes && known.is_none();
        let status = text.as_ref().filter(|_| by_http).and_then(|text| text.parse().ok());
        Code { text, known, status }
    }

    fn failure(&self, code: Code, values: Values) -> Failure {
        let vendor = self.vendor();
        let text_of = |role| self.found(&values, of_role(vendor, role, When::Failure)).map(Cow::into_owned);
        Failure {
            message: text_of(Role::Message),
            detail: text_of(Role::Detail).and_then(|detail| detail.parse().ok()),
            request_id: text_of(Role::RequestId),
            code,
            values,
        }
    }

    /// Gives the data that came with a failure the type that the definition tells of.
    fn with_failure_data(&self, values: &mut Values) {
        let Some(DynamicValue::Optional(place)) = self.data_place().and_then(|index| values.get_mut(index))
        else {
            return;
        };
        let came = place.value.take().map(|value| *value);
        let value = match (self.failure_data, came) {
            (Kind::Record(of), Some(DynamicValue::Record(data))) if std::ptr::eq(data.of, of) => {
                DynamicValue::Record(data)
            }
            (Kind::Record(of), came) => {
                let mut data = DynamicRecord::empty(of);
                if let (Some(DynamicValue::Document(document)), Some(more)) = (came, data.member_mut("more"))
                {
                    *more = DynamicValue::Document(document);
                }
                DynamicValue::Record(Box::new(data))
            }
            (_, Some(DynamicValue::Document(document))) => DynamicValue::Document(document),
            (..) => DynamicValue::Document(Document::Null),
        };
        place.of = self.failure_data;
        place.value = Some(Box::new(value));
    }

    /// A failure of this code with the vendor's usual texts, for the server side. `parameter` is the one at fault, if any.
    pub fn refused(&self, code: &str, parameter: Option<&str>) -> Failure {
        let (vendor, code) = (self.vendor(), self.code(Some(code)));
        let message = fill_message(code.known.and_then(errors::message).unwrap_or(NO_MESSAGE), parameter);
        let mut values = self.envelope_members.absent();
        self.with_failure_data(&mut values);
        let of = |role| of_role(vendor, role, When::Failure);
        let named = vendor.errors.iter().any(|error| error.wire_name.is_some());
        let is = |one: Option<&EnvelopeMember>, member| one.is_some_and(|one| std::ptr::eq(one, member));
        for member in failure_members(vendor) {
            if is(of(Role::Message), member) {
                self.put(&mut values, member, Some(&message));
            } else if named && is(of(Role::Name), member) {
                self.put(&mut values, member, code.known.and_then(|known| known.wire_name.as_deref()));
            } else {
                self.put(&mut values, member, member.value.as_deref());
            }
        }
        self.failure(code, values)
    }

    /// The failure that the data of a reply tells of.
    pub(crate) fn told(&self, code: &str, message: Option<String>) -> Failure {
        let mut failure = self.refused(code, None);
        if let Some(message) = message {
            self.explain(&mut failure, message);
        }
        failure
    }

    /// The failure that this HTTP status alone tells, if the vendor has one for it.
    pub(crate) fn bare_failure(&self, status: u16) -> Option<Failure> {
        let known = errors::told_by(&self.vendor().errors, status)?;
        let mut values = self.envelope_members.absent();
        self.with_failure_data(&mut values);
        Some(self.failure(self.code(Some(&known.key)), values))
    }

    /// The vendor's failure for what is wrong with a request: its own for that, or the nearest that it has.
    pub fn rejected(&self, rejection: &Rejection) -> Failure {
        let errors = &self.vendor().errors;
        let on =
            |wanted| errors.iter().find(|error| error.when.iter().any(|when| condition(*when) == wanted));
        let error = rejection.nearest().into_iter().find_map(on);
        let code = error.map_or("400", |error| error.key.as_str());
        let mut failure = self.refused(code, rejection.parameter.as_deref());
        if on(rejection.condition).is_none() {
            // The code stands for something else, and so do its words.
            self.explain(&mut failure, rejection.what());
        }
        failure
    }

    /// Says in words what happened, where the vendor has a member for that.
    fn explain(&self, failure: &mut Failure, message: String) {
        let Some(member) = of_role(self.vendor(), Role::Message, When::Failure) else { return };
        self.put(&mut failure.values, member, Some(&message));
        failure.message = Some(message);
    }

    /// The envelope's members of an answer, as they are written.
    pub(crate) fn seal(&self, operation: &OperationType, mut answer: Enveloped) -> Values {
        for (index, member) in self.vendor().envelope.members.iter().enumerate() {
            let Some(value) = answer.values.get_mut(index) else { continue };
            match member.role {
                // A reply without members is left out.
                Some(Role::Data) if self.reply(operation).shape().members.is_empty() => value.clear(),
                Some(Role::Data) => {}
                // A path and a name are texts, as is the member.
                _ if is_echo(member) && value.is_absent() => {
                    let _ = value.set_text(self.called_as(operation));
                }
                _ if member.when == When::Failure => value.clear(),
                _ => {}
            }
        }
        answer.values
    }

    /// What a server echoes of an operation: its name or its path.
    pub(crate) fn called_as(&self, operation: &OperationType) -> &'static str {
        let described = operation.described();
        if self.vendor().envelope.echoes_name { described.wire_name } else { described.path }
    }

    /// The envelope's members of a failure, as they are written. `called` is the path of the request, or the name of the operation.
    pub(crate) fn refuse(&self, failure: Failure, called: &str) -> Values {
        let vendor = self.vendor();
        let separate = of_role(vendor, Role::Code, When::Failure).is_some();
        let mut code = failure.code.text;
        if let Some((success, instead)) = code_that_tells(vendor)
            && code.as_ref().is_none_or(|code| success.contains(code))
        {
            // It would be taken for a success, or for no reply.
            code = instead.map(str::to_owned);
        }
        let mut values = failure.values;
        for (index, member) in vendor.envelope.members.iter().enumerate() {
            match member.role {
                Some(Role::Data) if member.when == When::Success => self.put(&mut values, member, None),
                Some(Role::Data) => {
                    let nothing = |value: &DynamicValue| matches!(value, DynamicValue::Document(document) if document.is_null());
                    let Some(value) = values.get_mut(index) else { continue };
                    if value.present().is_some_and(nothing) {
                        value.clear();
                    }
                }
                Some(Role::Status) if separate => {
                    let failed = vendor.envelope.failure.as_deref().unwrap_or_default();
                    self.put(&mut values, member, Some(failed));
                }
                Some(Role::Status | Role::Code) => self.put(&mut values, member, code.as_deref()),
                Some(Role::Operation) => self.put(&mut values, member, Some(called)),
                _ if member.when == When::Success => self.put(&mut values, member, None),
                _ => {}
            }
        }
        self.envelope_members.put_told(&mut values);
        values
    }

    /// Says which request an answer is for, where the vendor has a member for it: the one that its caller gave this ID, or none.
    pub fn set_answer_id(&self, answer: &mut Answer, request_id: Option<&str>) {
        let Answer::Enveloped(answer) = answer else { return };
        let Some(member) = of_role(self.vendor(), Role::RequestId, When::Success) else { return };
        // There is no answer without a promised one.
        if request_id.is_some() || !promised(member) {
            self.put(&mut answer.values, member, request_id);
        }
    }

    /// Says which request a failure is for, where the vendor has a member for it.
    pub fn set_failure_id(&self, failure: &mut Failure, request_id: &str) {
        let Some(member) = of_role(self.vendor(), Role::RequestId, When::Failure) else { return };
        self.put(&mut failure.values, member, Some(request_id));
        failure.request_id = Some(request_id.to_owned());
    }
}

/// The runtime's name of a condition.
const fn condition(condition: model::ServerCondition) -> ServerCondition {
    match condition {
        model::ServerCondition::ParameterMissing => ServerCondition::ParameterMissing,
        model::ServerCondition::ParameterInvalid => ServerCondition::ParameterInvalid,
        model::ServerCondition::MethodNotAllowed => ServerCondition::MethodNotAllowed,
        model::ServerCondition::MediaTypeWrong => ServerCondition::MediaTypeWrong,
        model::ServerCondition::OperationUnknown => ServerCondition::OperationUnknown,
        model::ServerCondition::SessionUnknown => ServerCondition::SessionUnknown,
        model::ServerCondition::SessionExpired => ServerCondition::SessionExpired,
        model::ServerCondition::SignatureWrong => ServerCondition::SignatureWrong,
        model::ServerCondition::CredentialsWrong => ServerCondition::CredentialsWrong,
        model::ServerCondition::CredentialsConflicting => ServerCondition::CredentialsConflicting,
        model::ServerCondition::Internal => ServerCondition::Internal,
    }
}
