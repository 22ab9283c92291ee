//! A request that has been recognised, and its parameters, typed.

use std::borrow::Cow;

use http::{HeaderMap, Method, StatusCode, Uri};

#[cfg(feature = "multipart")]
use crate::server::form::Form;
use crate::{
    DecodeError, DecodeErrorKind, File, Format, Limits, Options, codec,
    describe::{
        class::ServerCondition,
        credentials::{carry, parameters},
        protocol::{
            Content, FormatDescription, MethodDescription, Operation, ParameterDescription,
            ParameterLocation, ParameterSource, SessionKind, reading_options,
        },
    },
    exchange::{document, files},
    server::{
        address::places, headers, host, media::Unsupported, rejection::Rejection, sent::Proof, single::single,
    },
    sign::Demand,
    text::{jsonp::is_callback, xml::is_char},
    transport::request_id::RequestId,
    wire::{Fill, OwnedMessage, Shape},
};

/// A request that has been recognised: which operation, and its parameters still as text.
#[derive(Clone)]
pub struct Incoming {
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) path: String,
    /// What HTTP says of a refusal; web RPC has it inside HTTP 200.
    pub(crate) status: StatusCode,
    /// Whether it is the operation that was called, and not one that stands for all.
    pub(crate) recognised: bool,
    /// How else the operation can be called, or those that share its path, where the request's method is none of theirs.
    pub(crate) allowed: Vec<&'static MethodDescription>,
    pub(crate) parameters: String,
    /// What it proves, for a vendor that has signatures.
    pub(crate) proof: Proof,
    /// The kind of credentials that it has, where the vendor takes one of several.
    pub(crate) credentials: Option<&'static str>,
    /// The parameters with those from the headers, where the vendor has some.
    pub(crate) with_headers: Option<String>,
    /// The body of an operation that has one beside its parameters.
    pub(crate) content: Vec<u8>,
    /// The files of a multipart request.
    pub(crate) files: Vec<(String, File)>,
    /// Why the body is not what the operation takes.
    pub(crate) unsupported: Option<Unsupported>,
    pub(crate) format: Format,
    pub(crate) callback: Option<String>,
    pub(crate) limits: Limits,
}

/// A request's parameters by who provides them, typed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received<R, C, O> {
    /// The operation's own.
    pub request: R,
    /// The client's.
    pub client: C,
    /// The call's.
    pub options: O,
    /// The format of the reply.
    pub format: Format,
}
impl Incoming {
    /// The operation that is called; the vendor's first one when no operation has the path.
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The name of the operation that is called; empty when no operation has the path.
    pub fn operation_name(&self) -> &'static str {
        if self.is_known() { self.operation.name } else { "" }
    }

    fn is_known(&self) -> bool {
        self.status != StatusCode::NOT_FOUND
    }

    /// The path of the request.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the caller calls the operation: its name on the wire, or, where the vendor has none of that name, what stands for it in
    /// the request.
    #[doc(hidden)]
    pub fn called(&self) -> Cow<'_, str> {
        if self.is_known() && self.recognised {
            return Cow::Borrowed(self.operation.wire_name);
        }
        let common = self.operation.protocol.parameters;
        let named = common.iter().find(|each| each.source == ParameterSource::Operation);
        match named.and_then(|named| single(self.parameters(), named.name).ok().flatten()) {
            // A refusal says what was asked for, and is told all the same where XML, or a reply of lines, cannot carry it.
            Some(name) => Cow::Owned(name.replace(has_no_place, "\u{FFFD}")),
            None if named.is_some() => Cow::Borrowed(""),
            None => Cow::Borrowed(self.path.rsplit('/').next().unwrap_or_default()),
        }
    }

    /// The format of the reply.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The callback of a JSONP reply.
    pub fn callback(&self) -> Option<&str> {
        self.callback.as_deref()
    }

    /// The ID that the caller gave the request, where the vendor has a parameter for it: what the reply echoes.
    pub fn request_id(&self) -> Option<RequestId> {
        let is_id = |source| matches!(source, ParameterSource::RequestId(_));
        let mut common = self.operation.protocol.parameters.iter();
        let id = common.find(|each| is_id(each.source) && self.carries(each))?;
        RequestId::among(self.parameters(), id.name)
    }

    /// The parameters, wherever they came from.
    pub(crate) fn parameters(&self) -> &str {
        self.with_headers.as_deref().unwrap_or(&self.parameters)
    }

    /// Some of the request's parameters, typed: those of a kind of session, say. The operation's own are for
    /// [`Incoming::read_request`], what the client and the caller add for [`Incoming::read_client`] and
    /// [`Incoming::read_options`].
    ///
    /// # Errors
    ///
    /// When a required one is missing, one has a wrong value, or a scalar is given twice.
    pub fn read<T: OwnedMessage>(&self) -> Result<T, Rejection> {
        let mut value = T::empty();
        self.read_into(T::SHAPE, &mut value)?;
        Ok(value)
    }

    /// As [`read`](Self::read), into a value that is known by its shape.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_into(
        &self,
        shape: &'static Shape,
        value: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        self.read_from(self.parameters(), shape, value)
    }

    pub(crate) fn read_from(
        &self,
        parameters: &str,
        shape: &'static Shape,
        value: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        let options = reading_options(self.operation, Format::Query, self.limits).with_strict(true);
        let mut read = |text: &str| {
            codec::read(Format::Query, text, &options, shape, value).map_err(|error| refused(&error))
        };
        if shape.places & Shape::REST == 0 { read(parameters) } else { read(&self.own_parameters()) }
    }

    /// The parameters without those that every request has: what is left over is the operation's own.
    fn own_parameters(&self) -> String {
        let operation = self.operation;
        let is_common = |segment: &&str| {
            let name = form_urlencoded::parse(segment.as_bytes()).next().map(|(name, _)| name);
            let carried =
                |kind: &&SessionKind| kind.parameters.iter().any(|each| name.as_deref() == Some(*each));
            let sent = |source| match source {
                ParameterSource::Session => operation.sessions.iter().any(carried),
                ParameterSource::Computed(index) => {
                    let computed = operation.protocol.computation.and_then(|all| all.parameters().get(index));
                    operation.signed || computed.is_none_or(|computed| computed.demand != Demand::Session)
                }
                ParameterSource::Request => false,
                ParameterSource::Format | ParameterSource::Callback => !operation.formats.is_empty(),
                _ => true,
            };
            let common = operation.protocol.parameters.iter();
            let mut common = common.filter(|each| self.carries(each) && sent(each.source));
            if operation.constants.iter().any(|(constant, _)| name.as_deref() == Some(*constant)) {
                return true;
            }
            common.any(|each| name.as_deref().is_some_and(|name| each.is_called(name)))
        };
        let is_carried = |segment: &&str| {
            let name = form_urlencoded::parse(segment.as_bytes()).next().map(|(name, _)| name);
            operation.placed.iter().any(|each| name.as_deref() == Some(each.name))
        };
        let own = self.parameters.split('&').filter(|segment| !is_common(segment) && !is_carried(segment));
        let carried = self.with_headers.iter().flat_map(|all| all.split('&')).filter(is_carried);
        let own: Vec<&str> = own.chain(carried).filter(|segment| !segment.is_empty()).collect();
        own.join("&")
    }

    /// The operation's own parameters with the files of a multipart request.
    fn read_with_files(
        &self,
        shape: &'static Shape,
        request: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        let options = reading_options(self.operation, Format::Query, self.limits).with_strict(true);
        let keeps_rest = shape.places & Shape::REST != 0;
        let parameters = if keeps_rest { self.own_parameters() } else { self.parameters().to_owned() };
        let named = files::with_names(&parameters, &self.files);
        codec::read(Format::Query, &named, &options, shape, request).map_err(|error| refused(&error))?;
        files::fill(&self.files, request);
        Ok(())
    }

    /// The operation's own parameters, typed, and what the request carries beside them.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and when the body is not what the operation takes.
    pub fn read_request<T: OwnedMessage>(&self) -> Result<T, Rejection> {
        let mut request = T::empty();
        self.read_request_into(T::SHAPE, &mut request)?;
        Ok(request)
    }

    /// As [`read_request`](Self::read_request), into a request that is known by its shape.
    ///
    /// # Errors
    ///
    /// As [`read_request`](Self::read_request).
    pub fn read_request_into(
        &self,
        shape: &'static Shape,
        request: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        let operation = self.operation;
        if self.files.is_empty() {
            self.read_into(shape, request)?;
        } else {
            self.read_with_files(shape, request)?;
        }
        let in_common = operation.protocol.parameters.iter().filter_map(|parameter| match parameter.source {
            ParameterSource::AutoFilled { required: true, .. } => {
                self.carries(parameter).then_some(parameter.name)
            }
            _ => None,
        });
        let own = operation.filled.iter().filter(|filled| filled.required).map(|filled| filled.name);
        // They are optional where requests are made, and only there.
        for name in own.chain(in_common) {
            if single(self.parameters(), name)?.is_none() {
                return Err(Rejection::parameter(ServerCondition::ParameterMissing, name));
            }
        }
        if let Content::Document(document) = operation.content {
            let options = Options::new().with_limits(self.limits).with_strict(true);
            document::read_document(document, &self.content, &options, request)
                .map_err(|error| refused(&error))?;
        }
        Ok(())
    }
}

/// Prints no parameter: they may be secrets.
impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming")
            .field("operation", &self.operation.name)
            .field("method", &self.method)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

impl Incoming {
    /// Takes what is in headers.
    pub(crate) fn read_headers(&mut self, uri: &Uri, headers: &HeaderMap) -> Result<(), Rejection> {
        let hosts = host::received(self.operation.endpoint(), uri, headers);
        // An origin with places stands for every host that fills them.
        for (name, value) in &hosts {
            self.url = self.url.replace(&format!("{{{name}}}"), value);
        }
        let in_path = places(self.operation, &self.path).unwrap_or_default();
        let in_url: Vec<(&str, String)> = hosts.into_iter().chain(in_path).collect();
        self.with_headers = headers::with_headers(self.operation, &self.parameters, &in_url, headers)?;
        Ok(())
    }

    /// Files must be where the operation has them.
    #[cfg(feature = "multipart")]
    pub(crate) fn check_files(&self) -> Result<(), Rejection> {
        match self.operation.content {
            Content::Multipart { files } => Form::check(files, &self.parameters, &self.files),
            Content::Parameters | Content::Document(_) => Ok(()),
        }
    }

    /// Takes the format of the reply, and its callback, from the parameters.
    pub(crate) fn choose_format(&mut self) -> Result<(), Rejection> {
        let protocol = self.operation.protocol;
        if self.is_known() && self.operation.formats.is_empty() {
            return Ok(());
        }
        let mut outcome = Ok(());
        for parameter in protocol.parameters {
            let chosen = match parameter.source {
                ParameterSource::Format => self.format_of(parameter.name, parameter.default),
                ParameterSource::Callback => self.callback_of(parameter.name),
                _ => continue,
            };
            // Go on after a fault: the answer that says so wants a format as well.
            outcome = outcome.and(chosen);
        }
        outcome
    }

    fn format_of(&mut self, name: &str, default: Option<&str>) -> Result<(), Rejection> {
        let value = single(self.parameters(), name)?.or_else(|| default.map(str::to_owned));
        let operation = self.operation;
        // A path that is no operation's could be that of any.
        let offers = |format| !self.is_known() || operation.formats.contains(&format);
        let mut offered = operation.protocol.formats.iter().filter(|format| offers(format.format));
        // A format without a value is the one that is meant when nothing is said.
        let means = |format: &&FormatDescription| {
            format.value == value.as_deref()
                || value.as_deref().is_some_and(|value| format.also.contains(&value))
        };
        let format = offered.find(means);
        let condition = if value.is_some() {
            ServerCondition::ParameterInvalid
        } else {
            ServerCondition::ParameterMissing
        };
        self.format = format.ok_or_else(|| Rejection::parameter(condition, name))?.format;
        Ok(())
    }

    fn callback_of(&mut self, name: &str) -> Result<(), Rejection> {
        let callback = single(self.parameters(), name)?;
        if callback.as_deref().is_some_and(|callback| !is_callback(callback)) {
            return Err(Rejection::parameter(ServerCondition::ParameterInvalid, name));
        }
        self.callback = callback;
        Ok(())
    }

    /// Whether requests like this one carry a parameter: of its operation's group, and of its credentials.
    pub(crate) fn carries(&self, parameter: &ParameterDescription) -> bool {
        parameter.goes_with(self.operation) && carry(parameter, self.credentials)
    }

    /// Finds out which credentials it has: all of one kind, and nothing of the others.
    pub(crate) fn find_credentials(&mut self) -> Result<(), Rejection> {
        let protocol = self.operation.protocol;
        let mut sent: Vec<(&ParameterDescription, bool)> = Vec::new();
        for parameter in parameters(protocol).filter(|one| one.location != ParameterLocation::Computed) {
            sent.push((parameter, single(self.parameters(), parameter.name)?.is_some()));
        }
        if sent.is_empty() {
            return Ok(());
        }
        let kinds = protocol.credentials();
        let is_right = |kind: &&&str| sent.iter().all(|(one, sent)| *sent == one.credentials.contains(kind));
        self.credentials = kinds.iter().find(is_right).copied();
        if self.credentials.is_some() {
            return Ok(());
        }
        let missing_of = |kind: &&'static str| {
            sent.iter().find(|(one, sent)| !sent && one.credentials.contains(kind)).map(|(one, _)| one.name)
        };
        if let Some(whole) = kinds.iter().find(|kind| missing_of(kind).is_none()) {
            let other = sent.iter().find(|(one, sent)| *sent && !one.credentials.contains(whole));
            let other = other.map_or("", |(one, _)| one.name);
            return Err(Rejection::parameter(ServerCondition::CredentialsConflicting, other));
        }
        // Of the kind that it has most of; of equals the first.
        let has = |kind: &&&'static str| {
            sent.iter().filter(|(one, sent)| *sent && one.credentials.contains(kind)).count()
        };
        let nearest = kinds.iter().rev().max_by_key(has);
        let missing = nearest.and_then(missing_of).unwrap_or_default();
        Err(Rejection::parameter(ServerCondition::ParameterMissing, missing))
    }

    /// What is always the same must be so.
    pub(crate) fn check_constants(&self) -> Result<(), Rejection> {
        let parameters = self.operation.protocol.parameters.iter();
        for parameter in parameters.filter(|parameter| self.carries(parameter)) {
            let ParameterSource::Constant(constant) = parameter.source else { continue };
            match single(self.parameters(), parameter.name)? {
                Some(value)
                    if value == constant
                        || parameter
                            .accepts
                            .iter()
                            .any(|accepted| *accepted == "*" || *accepted == value) => {}
                Some(_) => {
                    return Err(Rejection::parameter(ServerCondition::ParameterInvalid, parameter.name));
                }
                None if parameter.default.is_some() => {}
                None => return Err(Rejection::parameter(ServerCondition::ParameterMissing, parameter.name)),
            }
        }
        for (name, constant) in self.operation.constants {
            match single(self.parameters(), name)? {
                Some(value) if value == *constant => {}
                Some(_) => return Err(Rejection::parameter(ServerCondition::ParameterInvalid, name)),
                None => return Err(Rejection::parameter(ServerCondition::ParameterMissing, name)),
            }
        }
        Ok(())
    }
}

fn refused(error: &DecodeError) -> Rejection {
    let condition = match error.kind() {
        DecodeErrorKind::Missing => ServerCondition::ParameterMissing,
        _ => ServerCondition::ParameterInvalid,
    };
    Rejection::parameter(condition, error.path())
}

impl<R: OwnedMessage, C: OwnedMessage, O: OwnedMessage> Received<R, C, O> {
    /// The typed parameters of `incoming`.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read_request`].
    pub fn new(incoming: &Incoming) -> Result<Self, Rejection> {
        Ok(Self {
            client: incoming.read_client()?,
            options: incoming.read_options()?,
            request: incoming.read_request()?,
            format: incoming.format,
        })
    }
}

/// Whether some format has no place for a character as it stands: no operation's name has one of these.
fn has_no_place(char: char) -> bool {
    char.is_control() || !is_char(char)
}
