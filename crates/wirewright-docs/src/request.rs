//! One request of an operation, as the vendor's page shows it or with made-up values: what the calls on its page are written from.

use std::time::Duration;

use http::{Request, header};
use wirewright::{
    Limits, Secret,
    client::Environment,
    describe::Placement,
    exchange::{CallContext, SessionContext, write_request},
    server::receive,
    testing::Sample,
};
use wirewright_codegen::model::{Example, ExampleRequest, FormEncoding, Member, ParameterLocation};
use wirewright_interpret::{Definition, DynamicRecord, OperationType, sample};

/// The values of an operation's own parameters.
pub(crate) struct SampleRequest {
    own: DynamicRecord,
    /// Its own parameters that are in the query string or the form, by their names on the wire.
    pairs: Vec<(String, String)>,
    /// The document that it carries, with its media type.
    document: Option<(String, String)>,
}

impl SampleRequest {
    /// The first request on the operation's page that is whole; without one, what every request has, made up.
    pub(crate) fn new(definition: &Definition, operation: &OperationType) -> Self {
        let model = operation.model();
        let whole = |example: &&Example| example.error.is_none() && example.lacks.is_empty();
        let printed = model
            .examples
            .iter()
            .filter(whole)
            .find_map(|example| printed(definition, operation, example, example.request.as_ref()?));
        let of = definition.request(operation);
        let made_up = [Sample::Minimal, Sample::Full].map(|kind| sample(of, kind));
        let mut all: Vec<Self> =
            printed.into_iter().chain(made_up).map(|own| Self::of(definition, operation, own)).collect();
        // Of a list without items, parameters show nothing, though it may have to be there.
        let taken = all.iter().position(|one| one.is_taken(definition, operation)).unwrap_or_default();
        all.swap_remove(taken)
    }

    fn of(definition: &Definition, operation: &OperationType, own: DynamicRecord) -> Self {
        let (pairs, document) = written(definition, operation, &own).unwrap_or_default();
        Self { own, pairs, document }
    }

    /// Whether these parameters can be given one by one.
    fn is_taken(&self, definition: &Definition, operation: &OperationType) -> bool {
        let pairs = self.own(operation);
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let document = self.document().map_or("", |(_, text)| text);
        definition.parse_request(operation, &text, document.as_bytes(), &[]).is_ok()
    }

    /// The operation's own pairs in the query string or the form, and those that always say the same.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The text of a parameter that is somewhere else; `None` where it is left out, or is no text.
    pub(crate) fn placed(&self, member: &Member) -> Option<String> {
        Some(self.own.member(&member.name.rust)?.text()?.into_owned())
    }

    /// The document that it carries: its media type and its text.
    pub(crate) fn document(&self) -> Option<(&str, &str)> {
        self.document.as_ref().map(|(media_type, text)| (media_type.as_str(), text.as_str()))
    }

    /// All of the operation's own parameters that are texts, wherever requests carry them.
    pub(crate) fn own(&self, operation: &OperationType) -> Vec<(String, String)> {
        let model = operation.model();
        let placed = model.request.iter().filter(|member| member.location != ParameterLocation::Parameters);
        let placed = placed.filter_map(|member| Some((member.name.wire.clone(), self.placed(member)?)));
        let is_constant = |name: &str| model.constants.iter().any(|(constant, _)| constant == name);
        let pairs = self.pairs.iter().filter(|(name, _)| !is_constant(name)).cloned();
        pairs.chain(placed).collect()
    }
}

/// The request of an example, if it is read.
fn printed(
    definition: &Definition,
    operation: &OperationType,
    example: &Example,
    sent: &ExampleRequest,
) -> Option<DynamicRecord> {
    let described = operation.described();
    let form = matches!(sent, ExampleRequest::Form(_));
    let method = described.methods.iter().find(|method| (method.placement != Placement::Query) == form)?;
    let path = described.path;
    let (url, body) = match sent {
        ExampleRequest::Form(form) => (path.to_owned(), form.as_str()),
        ExampleRequest::Query(query) if query.is_empty() => (path.to_owned(), ""),
        ExampleRequest::Query(query) => (format!("{path}?{query}"), ""),
        ExampleRequest::Url(url) => (url.clone(), ""),
        ExampleRequest::Document { url, body } if url.is_empty() || url.starts_with('?') => {
            (format!("{path}{url}"), body.as_str())
        }
        ExampleRequest::Document { url, body } => (url.clone(), body.as_str()),
    };
    let request = Request::builder().method(method.method.as_str()).uri(url);
    let headers = example.headers.lines().filter_map(|line| line.split_once(':'));
    let request = headers.fold(request, |request, (name, value)| request.header(name.trim(), value.trim()));
    let request = request.body(body.as_bytes().to_vec()).ok()?;
    let incoming = receive(&[described], described.endpoint(), &request, &Limits::new()).ok()?;
    let of = definition.request(operation);
    let mut record = DynamicRecord::empty(of);
    incoming.read_request_into(of.shape(), &mut record).ok()?;
    Some(record)
}

/// Pairs by name.
type Pairs = Vec<(String, String)>;

/// What the runtime writes of a request: its own pairs, and its document.
fn written(
    definition: &Definition,
    operation: &OperationType,
    own: &DynamicRecord,
) -> Option<(Pairs, Option<(String, String)>)> {
    let described = operation.described();
    let nothing = |of| sample(of, Sample::Minimal);
    let (client, options) = (definition.sample_client(Sample::Minimal), nothing(definition.call_options()));
    let session = described.sessions.first().and_then(|kind| definition.session(kind.name));
    let carried = session.map(|kind| sample(kind.carried(), Sample::Minimal));
    let fields: Vec<Secret<String>> =
        session.iter().flat_map(|kind| kind.described().fields).map(|_| Secret::from("sample")).collect();
    let session = session.zip(carried.as_ref()).map(|(kind, carried)| SessionContext {
        kind: kind.described(),
        parameters: carried,
        fields: &fields,
    });
    let config = wirewright::client::Config::new();
    let context = CallContext {
        client: &client,
        options: &options,
        session,
        environment: Some(&Fixed),
        request_ids: false,
        ..config.context()
    };
    let request = write_request(described, own, &context).ok()?;
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let body = std::str::from_utf8(request.body()).ok()?;
    let form = media_type == Some("application/x-www-form-urlencoded");
    let query = request.uri().query().unwrap_or_default();
    let texts = [query, if form { body } else { "" }];
    let group = described.name.split('/').next().unwrap_or_default();
    let is_own = |name: &str| operation.model().request.iter().any(|member| member.name.wire == name);
    let common = definition.vendor().parameters.iter().filter(|parameter| parameter.groups.has(group));
    let common: Vec<&str> = common.map(|parameter| parameter.name.wire.as_str()).collect();
    let is_common = |name: &str| common.contains(&name) && !is_own(name);
    let pairs = texts.iter().flat_map(|text| form_urlencoded::parse(text.as_bytes()));
    let pairs = pairs.filter(|(name, _)| !is_common(name));
    let mut pairs: Pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    if operation.model().form == FormEncoding::Multipart {
        // Its parts are texts and files.
        pairs.extend(operation.model().constants.iter().cloned());
        let texts = operation
            .model()
            .request
            .iter()
            .filter(|member| member.location == ParameterLocation::Parameters);
        pairs.extend(texts.filter_map(|member| {
            Some((member.name.wire.clone(), own.member(&member.name.rust)?.text()?.into_owned()))
        }));
        return Some((pairs, None));
    }
    let document = operation.model().body.is_some() && !form;
    let document = media_type.filter(|_| document).map(|media_type| (media_type.to_owned(), body.to_owned()));
    Some((pairs, document))
}

/// A moment that never passes, and bytes that are no secret: the same definition has the same pages.
struct Fixed;

impl Environment for Fixed {
    fn now(&self) -> Option<Duration> {
        // 2008-09-30 15:56:42 UTC
        Some(Duration::from_secs(1_222_790_202))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some([0x5a; 16])
    }
}
