//! Vectors of signatures, and requests that are made of them by hand: their methods, headers and bodies are no operation's.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex},
};

use http::{HeaderName, HeaderValue, Method, header};
use jiff::{Timestamp, fmt::strtime, tz::TimeZone};
use serde_json::Value;
use wirewright::{
    Format, Limits, Options,
    describe::{
        AutoFill, BodyDescription, Content, MethodDescription, Operation, ParameterDescription,
        ParameterLocation, ParameterSource, Placement,
    },
    described::decode_into,
    server::{Secrets, receive},
    sign::{
        Algorithm, HMAC_SHA256, Known, KnownText, Message, NotComputed, PreparedKeys, SHA1, SHA256, SHA384,
        SHA512, Signed, TextEncoding,
    },
};
use wirewright_codegen::load_sources;
use wirewright_interpret::{Definition, DynamicRecord};

/// What a fragment of a definition leaves out.
const BEFORE: &str = "title = \"Signing\"\nendpoint = \"https://a.example\"\nsource = \"a page\"\nmethods = { GET = \"query\" }\n";
const AFTER: &str = "\n[formats]\nxml = { root = \"reply\" }\n[envelope]\ncode = { is = \"status\", type = \"integer\", success = [0] }\n\
                     data = { is = \"data\" }\n[errors]\n1 = { name = \"Wrong\", class = \"give-up\" }\n";
const GROUP: &str = "[login]\nsource = \"a page\"\n[login.request]\npwd = { secret = true, required = true }\n[login.reply]\n\
                     token = { secret = true, required = true }\nkey = { secret = true, required = true }\n\
                     secret = { secret = true, required = true }\nsessionSecret = { secret = true, required = true }\n";

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signing")
}

/// The definition that is made of the fragment of this name.
pub(crate) fn definition(name: &str) -> &'static Definition {
    static KNOWN: LazyLock<Mutex<HashMap<String, &'static Definition>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap();
    known.entry(name.to_owned()).or_insert_with(|| {
        let fragment = fs::read_to_string(folder().join(format!("{name}.toml"))).unwrap();
        let value = if fragment.contains("from = \"format\"") { "value = \"xml\", root" } else { "root" };
        let after = AFTER.replace("root", value);
        let files = vec![
            ("protocol.toml".to_owned(), format!("{BEFORE}{fragment}{after}")),
            ("x.toml".to_owned(), GROUP.to_owned()),
        ];
        let vendor = load_sources("signing", files).unwrap_or_else(|faults| panic!("{name}:\n{faults}"));
        Box::leak(Box::new(Definition::new(vendor)))
    })
}

/// A vector.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) scheme: String,
    pub(crate) definition: String,
    pub(crate) source: String,
    inputs: Value,
    expected: Value,
    /// What is added to each secret that the server knows.
    other_secret: bool,
    /// The same of each value that nothing but a composed text says of the client.
    other_name: bool,
}

impl Case {
    /// All but those of replies, and those without a signature.
    pub(crate) fn all() -> Vec<Self> {
        let text = fs::read_to_string(folder().join("vectors.json")).unwrap();
        let vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
        let case = |vector: &Value| Self {
            scheme: vector["scheme"].as_str().unwrap().to_owned(),
            definition: vector["fragment"].as_str().unwrap().to_owned(),
            source: vector["source"].as_str().unwrap().to_owned(),
            inputs: vector["inputs"].clone(),
            expected: vector["expected"].clone(),
            other_secret: false,
            other_name: false,
        };
        let cases = vectors.iter().map(case).filter(|case| case.inputs.get("reply").is_none());
        cases.filter(|case| folder().join(format!("{}.toml", case.definition)).exists()).collect()
    }

    /// Whether a miss has its reason in the README: pairs that Twilio signs once, names that an SDK of Azure sorts in capitals.
    pub(crate) fn explained(&self) -> bool {
        self.source.ends_with("duplicates") || self.scheme == "Azure SharedKey"
    }

    fn text(&self, name: &str) -> &str {
        self.inputs[name].as_str().unwrap_or_default()
    }

    fn pairs(&self, name: &str) -> Vec<(String, String)> {
        pairs_of(&self.inputs[name])
    }

    fn of(&self, group: &str, name: &str) -> Option<String> {
        Some(self.inputs[group].get(name)?.as_str()?.to_owned())
    }

    /// The client's parameter of this name.
    fn client(&self, name: &str) -> Option<String> {
        let token = || self.of("client", "token").filter(|_| name == "X-Amz-Security-Token");
        self.of("client", name).or_else(token)
    }

    /// What the caller chose.
    fn algorithm(&self) -> Option<&'static Algorithm> {
        let (_, name) = self.inputs.get("choice")?.as_object()?.iter().next()?;
        [&SHA1, &SHA256, &SHA384, &SHA512].into_iter().find(|one| Some(one.name()) == name.as_str())
    }

    /// The time in milliseconds.
    fn clock(&self) -> i64 {
        match &self.inputs["clock"] {
            Value::Number(seconds) => seconds.as_i64().unwrap() * 1000,
            Value::String(text) => text.parse::<Timestamp>().unwrap().as_millisecond(),
            _ => 1_577_836_800_000,
        }
    }

    fn filled(&self, name: &str, with: AutoFill) -> Option<String> {
        let given = self.of("call", name);
        given.or_else(|| match with {
            AutoFill::Nonce => self.inputs["nonce"].as_str().map(str::to_owned),
            // No vendor here counts since another day, or in fractions.
            AutoFill::Seconds | AutoFill::Epoch(_) => Some((self.clock() / 1000).to_string()),
            AutoFill::Milliseconds => Some(self.clock().to_string()),
            AutoFill::DateTime(format) => {
                let moment = Timestamp::from_millisecond(self.clock()).unwrap().to_zoned(TimeZone::UTC);
                Some(strtime::format(format, &moment).unwrap())
            }
        })
    }

    /// The session's field, of which some are computed when it is opened.
    fn session(&self, name: &str) -> Option<String> {
        self.of("session", name).or_else(|| {
            let opening = self.inputs.get("opening")?;
            let values =
                [&opening["data.sessionSecret"], &opening["request.pwd"]].map(|one| one.as_str().unwrap());
            let key = HMAC_SHA256.of(Some(values[1].as_bytes()), values[0].as_bytes());
            (name == "key").then(|| TextEncoding::Base64.encode(&key))
        })
    }

    /// The judge's own request.
    pub(crate) fn foreign(&self) -> Option<Sent> {
        let foreign = self.inputs.get("foreign")?;
        let mut sent = Sent::at(self.text("method"), foreign["url"].as_str()?);
        sent.headers = pairs_of(&foreign["headers"]);
        sent.body = foreign["body"].as_str()?.as_bytes().to_vec();
        sent.operation = self.text("operation").to_owned();
        if !sent.has("host") {
            sent.headers.insert(0, ("Host".to_owned(), sent.host.clone()));
        }
        if sent.is_form() {
            sent.form = String::from_utf8(sent.body.clone()).ok()?;
        }
        Some(sent)
    }

    /// What is not as it should be.
    pub(crate) fn unlike(&self, definition: &'static Definition, sent: &Sent) -> Option<String> {
        let computation = definition.protocol().computation.unwrap();
        let names = computation.names();
        let step = |name: &str| names.iter().position(|one| *one == name).unwrap();
        for (what, wanted) in self.expected.as_object().unwrap() {
            if let Some(wanted) = wanted.as_object() {
                for (name, wanted) in wanted {
                    let found = sent.value_of(name);
                    if found.as_deref() != wanted.as_str() {
                        return Some(format!("{what} {name}: {found:?} and not {wanted}"));
                    }
                }
                continue;
            }
            let known = Client { definition, case: self };
            let found = sent.message(|message| {
                let signed = Signed::new(message, &known).by(self.algorithm()).under(Some(&KEYS));
                match what.as_str() {
                    "base" | "sts" => computation.shown(step("signature"), &signed),
                    "creq" => computation.shown(step("request"), &signed),
                    name => computation.value(step(name), &signed),
                }
            });
            if found.as_deref().ok() != wanted.as_str() {
                return Some(format!("{what}: {found:?} and not {wanted}"));
            }
        }
        None
    }
}

fn pairs_of(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pairs = value.as_array().into_iter().flatten();
    pairs.map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

/// All vectors sign under keys that are kept: those of others are in their way.
static KEYS: PreparedKeys = PreparedKeys::new();

/// What the client of a vector knows.
struct Client<'c> {
    definition: &'static Definition,
    case: &'c Case,
}

impl Known for Client<'_> {
    fn client(&self, member: usize) -> Option<KnownText<'_>> {
        let mut parameters = self.definition.protocol().parameters.iter();
        let parameter = parameters.find(|one| one.source == ParameterSource::Client(member))?;
        self.case.client(parameter.name).map(KnownText::new)
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        self.case.session(field).map(KnownText::new)
    }
}

/// A request.
#[derive(Clone)]
pub(crate) struct Sent {
    method: String,
    scheme: String,
    host: String,
    path: String,
    query: String,
    form: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    computed: String,
    operation: String,
}

fn appended(text: &str, name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(text.to_owned()).append_pair(name, value).finish()
}

impl Sent {
    fn at(method: &str, url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = address.find('/').map_or((address, "/"), |at| address.split_at(at));
        Self {
            method: if method.is_empty() { "GET" } else { method }.to_owned(),
            scheme: scheme.to_owned(),
            host: host.to_ascii_lowercase(),
            path: path.to_owned(),
            query: query.to_owned(),
            form: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
            computed: String::new(),
            operation: String::new(),
        }
    }

    /// The request that a client makes of a vector.
    pub(crate) fn signed(definition: &'static Definition, case: &Case) -> Self {
        let mut sent = Self::at(case.text("method"), case.text("url"));
        sent.operation = case.text("operation").to_owned();
        sent.headers = case.pairs("headers");
        sent.body = case.text("body").as_bytes().to_vec();
        if sent.is_form() && !sent.body.is_empty() {
            sent.form = case.text("body").to_owned();
        }
        let in_form = !matches!(sent.method.as_str(), "GET" | "DELETE" | "PUT" | "HEAD");
        let mut computed = Vec::new();
        for parameter in definition.protocol().parameters {
            let name = parameter.name;
            let value = match parameter.source {
                ParameterSource::Request => {
                    for (name, value) in case.pairs("parameters") {
                        sent.put(in_form, &name, &value);
                    }
                    continue;
                }
                ParameterSource::Client(_) => case.client(name),
                ParameterSource::Session => {
                    [name, "token", "key"].iter().find_map(|field| case.of("session", field))
                }
                ParameterSource::Constant(value) => Some(value.to_owned()),
                ParameterSource::Operation => Some(sent.operation.clone()),
                ParameterSource::AutoFilled { with, .. } => case.filled(name, with),
                ParameterSource::Computed(index) => {
                    computed.push((index, parameter));
                    continue;
                }
                _ => case.of("call", name),
            };
            if let Some(value) = value {
                sent.place(in_form, parameter, &value);
            }
        }
        if !sent.has("host") {
            sent.headers.insert(0, ("Host".to_owned(), sent.host.clone()));
        }
        let computation = definition.protocol().computation.unwrap();
        let known = Client { definition, case };
        for (index, described) in computation.parameters().iter().enumerate() {
            let Some((_, parameter)) = computed.iter().find(|(one, _)| *one == index) else { continue };
            if !sent.form.is_empty() {
                sent.body = sent.form.clone().into_bytes();
            }
            let value =
                sent.message(|message| computation.value(described.step, &Signed::new(message, &known)));
            match value {
                Ok(value) => sent.place(in_form, parameter, &value),
                Err(NotComputed::Missing(..)) => {}
                Err(error) => panic!("{}: {error:?}", case.source),
            }
        }
        if !sent.form.is_empty() {
            sent.body = sent.form.clone().into_bytes();
        }
        sent
    }

    /// The same in a realm, which no signature of OAuth covers (RFC 5849, 3.4.1.3.1): a text in quotes, with whatever separates pairs.
    pub(crate) fn in_a_realm(&self) -> Option<Self> {
        let mut sent = self.clone();
        let mut headers = sent.headers.iter_mut();
        let (_, value) = headers.find(|(name, value)| {
            name.eq_ignore_ascii_case("authorization") && value.starts_with("OAuth ")
        })?;
        *value = value.replace("OAuth ", r#"OAuth realm="Photos, oauth_token=, and more", "#);
        Some(sent)
    }

    /// Whether it can be sent: some vectors name no host, or have a space in the path.
    pub(crate) fn is_request(&self) -> bool {
        !self.host.is_empty() && !self.path.contains(' ')
    }

    fn put(&mut self, in_form: bool, name: &str, value: &str) {
        let text = if in_form { &mut self.form } else { &mut self.query };
        *text = appended(text, name, value);
    }

    fn place(&mut self, in_form: bool, parameter: &ParameterDescription, value: &str) {
        let name = parameter.name;
        match parameter.location {
            ParameterLocation::Parameters => self.put(in_form, name, value),
            ParameterLocation::Header { prefix } => {
                self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
                self.headers.push((name.to_owned(), format!("{prefix}{value}")));
            }
            ParameterLocation::Computed if !parameter.secret => {
                self.computed = appended(&self.computed, name, value);
            }
            _ => {}
        }
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    fn is_form(&self) -> bool {
        let mut headers = self.headers.iter();
        let value = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        value.is_some_and(|(_, value)| value.starts_with("application/x-www-form-urlencoded"))
    }

    fn value_of(&self, name: &str) -> Option<String> {
        let header = self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let mut query = form_urlencoded::parse(self.query.as_bytes());
        header.or_else(|| query.find(|(known, _)| known == name).map(|(_, value)| value.into_owned()))
    }

    fn message<R>(&self, read: impl FnOnce(&Message<'_>) -> R) -> R {
        let headers = self.header_map();
        let origin =
            if self.scheme.is_empty() { String::new() } else { format!("{}://{}", self.scheme, self.host) };
        let url = origin + &self.path;
        read(&Message {
            method: &self.method,
            url: &url,
            operation: &self.operation,
            query: &self.query,
            form: &self.form,
            serialized: false,
            headers: Some(&headers),
            body: &self.body,
            computed: &self.computed,
            reply: "",
        })
    }

    fn header_map(&self) -> http::HeaderMap {
        let mut headers = http::HeaderMap::new();
        for (name, value) in &self.headers {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
        }
        headers
    }

    /// What a server makes of it.
    pub(crate) fn verified(&self, definition: &'static Definition, case: &Case) -> Result<(), String> {
        let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
        let in_form = !self.form.is_empty() || self.is_form();
        let media_type = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let media_type = leak(media_type.map_or("text/plain", |(_, value)| value.split(';').next().unwrap()));
        let method = Method::from_bytes(self.method.as_bytes()).unwrap();
        let content = if in_form {
            Content::Parameters
        } else {
            let shape = definition.client_parameters().shape();
            let (format, declaration) = (Format::Json, false);
            Content::Document(Box::leak(Box::new(BodyDescription {
                member: 0,
                shape,
                format,
                declaration,
                media_type,
            })))
        };
        let placement = if in_form { Placement::Form } else { Placement::Query };
        let sessions: Vec<_> =
            definition.sessions().iter().map(wirewright_interpret::SessionType::described).collect();
        let operation: &'static Operation = Box::leak(Box::new(Operation {
            name: "x/call",
            wire_name: leak(&self.operation),
            path: leak(&self.path),
            methods: Box::leak(Box::new([MethodDescription { method: method.clone(), placement }])),
            sessionless: true,
            sessions: Box::leak(sessions.into_boxed_slice()),
            signed: true,
            content,
            ..Operation::new(definition.protocol())
        }));
        let target =
            if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) };
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = method;
        *request.uri_mut() = target.parse().map_err(|error| format!("{target}: {error}"))?;
        *request.headers_mut() = self.header_map();
        if in_form && !self.is_form() {
            request
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        }
        let origin = format!("{}://{}", self.scheme, self.host);
        let incoming = receive(&[operation], &origin, &request, &Limits::new());
        let incoming = incoming.map_err(|(refused, _)| format!("{refused:?}"))?;
        let mut known = String::new();
        for parameter in definition.protocol().parameters {
            let ParameterSource::Client(_) = parameter.source else { continue };
            let Some(mut value) = case.client(parameter.name) else { continue };
            if case.other_secret && parameter.secret {
                // Base64 stays base64.
                value = if value.ends_with('=') { format!("AAAA{value}") } else { format!("{value}AAAA") };
            }
            if case.other_name && !parameter.secret && parameter.location == ParameterLocation::Computed {
                value += "AAAA";
            }
            known = appended(&known, parameter.name, &value);
        }
        let mut client = DynamicRecord::empty(definition.client_parameters());
        let shape = definition.client_parameters().shape();
        decode_into(Format::Query, &known, &Options::new(), shape, &mut client).unwrap();
        let kind = operation.sessions.first().copied();
        let fields: Vec<String> = kind
            .iter()
            .flat_map(|kind| kind.fields)
            .map(|field| {
                case.session(field).unwrap_or_default() + if case.other_secret { "AAAA" } else { "" }
            })
            .collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let secrets = Secrets::none().of_client(&client);
        let secrets = kind.map_or(secrets, |kind| secrets.of_session(kind, &fields));
        incoming.verify(&secrets).map_err(|refused| format!("{refused:?}"))
    }
}

/// The request with one thing changed at a time, each of which the scheme signs.
pub(crate) fn spoiled(
    definition: &'static Definition,
    sent: &Sent,
    case: &Case,
) -> Vec<(&'static str, Sent, Case)> {
    let text = fs::read_to_string(folder().join(format!("{}.toml", case.definition))).unwrap();
    let mut all: Vec<(&'static str, Sent, Case)> = Vec::new();
    let wrong = Case { other_secret: true, ..case.clone() };
    all.push(("another secret", sent.clone(), wrong));
    let composed = |one: &&ParameterDescription| {
        let of_client = matches!(one.source, ParameterSource::Client(_)) && !one.secret;
        of_client && one.location == ParameterLocation::Computed && case.client(one.name).is_some()
    };
    if definition.protocol().parameters.iter().any(|one| composed(&one)) {
        all.push(("in another client's name", sent.clone(), Case { other_name: true, ..case.clone() }));
    }
    let computation = definition.protocol().computation.unwrap();
    let carries: BTreeMap<&str, bool> = computation
        .parameters()
        .iter()
        .map(|one| (one.name, one.demand != wirewright::sign::Demand::Never))
        .collect();
    let mut change = |how, change: &dyn Fn(&mut Sent) -> bool| {
        let mut changed = sent.clone();
        if change(&mut changed) {
            if !changed.form.is_empty() {
                changed.body = changed.form.clone().into_bytes();
            }
            all.push((how, changed, case.clone()));
        }
    };
    let without = |text: &str, out: &dyn Fn(&str) -> bool| -> String {
        let pairs = text.split('&').filter(|pair| {
            let name = form_urlencoded::parse(pair.as_bytes()).next();
            !name.is_some_and(|(name, _)| out(&name))
        });
        pairs.collect::<Vec<_>>().join("&")
    };
    change("a pair of another name in the header", &|sent| {
        let mut headers = sent.headers.iter_mut();
        let found = headers
            .find(|(name, value)| name.eq_ignore_ascii_case("authorization") && value.starts_with("OAuth "));
        found.is_some_and(|(_, value)| {
            value.push_str(", scope=\"all\"");
            true
        })
    });
    change("all computed values are left out", &|sent| {
        let out = |name: &str| carries.keys().any(|one| one.eq_ignore_ascii_case(name));
        sent.query = without(&sent.query, &out);
        sent.form = without(&sent.form, &out);
        sent.headers.retain(|(name, _)| !out(name));
        true
    });
    change("those with a secret in them are left out", &|sent| {
        let out = |name: &str| carries.iter().any(|(one, proves)| *proves && one.eq_ignore_ascii_case(name));
        sent.query = without(&sent.query, &out);
        sent.form = without(&sent.form, &out);
        sent.headers.retain(|(name, _)| !out(name) && !name.eq_ignore_ascii_case("authorization"));
        true
    });
    change("a constant among them has another name", &|sent| {
        for (name, value) in &mut sent.headers {
            if name.eq_ignore_ascii_case("authorization") && value.contains(" oauth_signature_method=") {
                *value = value.replace(" oauth_signature_method=", " xauth_signature_method=");
                return true;
            }
        }
        false
    });
    change("one of them is there twice", &|sent| {
        for text in [&mut sent.query, &mut sent.form] {
            let pair =
                text.split('&').find(|pair| carries.keys().any(|name| pair.starts_with(&format!("{name}="))));
            if let Some(pair) = pair.map(str::to_owned) {
                *text = format!("{text}&{pair}");
                return true;
            }
        }
        let header =
            sent.headers.iter().find(|(name, _)| carries.keys().any(|one| one.eq_ignore_ascii_case(name)));
        let Some(header) = header.cloned() else { return false };
        sent.headers.push(header);
        true
    });
    if ["Subsonic", "HTTP Basic", "OAuth1 PLAINTEXT"].contains(&&*case.scheme) {
        return all;
    }
    change("another signature", &|sent| {
        let other = |value: &str| {
            let cut = value.len() - 2;
            format!("{}{}", &value[..cut], if value.ends_with("AA") { "BB" } else { "AA" })
        };
        for text in [&mut sent.query, &mut sent.form] {
            let pair = text.split('&').find(|pair| {
                carries.iter().any(|(name, proves)| *proves && pair.starts_with(&format!("{name}=")))
            });
            if let Some(pair) = pair.map(str::to_owned) {
                let (name, value) = form_urlencoded::parse(pair.as_bytes()).next().unwrap();
                let changed = appended("", &name, &other(&value));
                *text = text.replace(&pair, &changed);
                return true;
            }
        }
        let header = sent.headers.iter_mut().find(|(name, _)| {
            carries.iter().any(|(one, proves)| *proves && one.eq_ignore_ascii_case(name))
                || name.eq_ignore_ascii_case("authorization")
        });
        let Some((_, value)) = header else { return false };
        *value = if let Some(rest) = value.strip_suffix('"') { other(rest) + "\"" } else { other(value) };
        true
    });
    let bodies = text.contains("{body}");
    let lists = text.contains("pairs ") || text.contains("pairs=");
    let s3 = case.scheme == "AWS S3 V2";
    change("one pair more", &|sent| {
        if s3
            || !lists && sent.form.is_empty()
            || case.definition.starts_with("webhook") && sent.form.is_empty()
        {
            return false;
        }
        if sent.form.is_empty() {
            sent.query = appended(&sent.query, "zz", "1");
        } else {
            sent.form = appended(&sent.form, "zz", "1");
        }
        true
    });
    change("another value", &|sent| {
        if s3 {
            return false;
        }
        let unsigned = |name: &str| {
            carries.contains_key(name) || case.scheme == "Last.fm" && matches!(name, "format" | "callback")
        };
        for text in [&mut sent.form, &mut sent.query] {
            let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
            let Some(at) = pairs.iter().position(|(name, _)| !unsigned(name)) else { continue };
            let mut pairs = pairs;
            pairs[at].1.push('x');
            *text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            return true;
        }
        false
    });
    change("another method", &|sent| {
        sent.method = "PATCH".to_owned();
        text.contains("{method}")
    });
    change("another body", &|sent| {
        sent.body.push(b'x');
        if !sent.form.is_empty() {
            sent.form.push('x');
        }
        bodies
    });
    change("a header that should have been signed", &|sent| {
        let prefix = match case.scheme.get(..5) {
            Some("AWS V") => "X-Amz-",
            Some("Aliba") => "x-acs-",
            Some("Azure") => "x-ms-",
            _ => return false,
        };
        sent.headers.push((format!("{prefix}Evil"), "1".to_owned()));
        text.contains("headers")
    });
    change("the host is not signed", &|sent| {
        if !text.contains("must-include") {
            return false;
        }
        let cut = |text: &str| text.replace("host;", "").replace(";host", "");
        let (query, headers) =
            (cut(&sent.query).replace("host%3B", "").replace("%3Bhost", ""), sent.headers.clone());
        for (name, value) in &mut sent.headers {
            if name.eq_ignore_ascii_case("authorization") {
                *value = cut(value);
            }
        }
        let changed = query != sent.query || headers != sent.headers;
        sent.query = query;
        changed
    });
    all
}
