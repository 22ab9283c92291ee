//! The pages about a vendor that its mock serves, and the calls that their forms send to it.

use std::{collections::HashMap, io, sync::OnceLock, time::Duration};

use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use wirewright::Format;
use wirewright_docs::{File, Filled, MOCK_POLICY, Sent, answered, form_at, mock_site};

use super::{Mock, plain::plain};
use crate::call::{Call, Open, Output, Report, System, run, variable};

/// How long an exchange of a form's call may take: faults may hold it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mock takes any secret. This one is a key in base64 and in hexadecimal digits as well.
const MADE_UP: &str = "5ec7e7ad5ec7e7ad";

/// The pages of one mock, which are written when somebody asks for the first of them.
#[derive(Debug, Default)]
pub(super) struct Docs(OnceLock<HashMap<String, File>>);

impl Docs {
    /// Where they are, below the path of the mock.
    pub(super) const PLACE: &str = "/_docs";

    /// The path of a page, if a request is for one: what is behind that place in the URL. `below` is the path of the mock.
    pub(super) fn path<'r>(request: &'r Request<Vec<u8>>, below: &str) -> Option<&'r str> {
        let path = request.uri().path().strip_prefix(below)?.strip_prefix(Self::PLACE)?;
        (path.is_empty() || path.starts_with('/')).then_some(path)
    }

    /// Answers a request for the page at `path`. A form is sent to the mock at `origin`, which blocks until it has answered.
    pub(super) fn answer(
        &self,
        mock: &Mock,
        origin: &str,
        path: &str,
        request: &Request<Vec<u8>>,
    ) -> Response<Vec<u8>> {
        let Some(path) = path.strip_prefix('/') else { return moved(request.uri().path()) };
        let path = if path.is_empty() { "index.html" } else { path };
        let method = request.method();
        if method == Method::POST {
            let page = sent(mock, origin, path, request.body());
            return page.map_or_else(missing, |text| page_of("text/html; charset=utf-8", text));
        }
        if method != Method::GET && method != Method::HEAD {
            return plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "text/plain",
                "pages are read by GET, and forms are sent by POST\n",
            );
        }
        let files = self.0.get_or_init(|| {
            let files = mock_site(mock.definition());
            files.into_iter().map(|file| (file.path.clone(), file)).collect()
        });
        files.get(path).map_or_else(missing, |file| page_of(file.media_type(), file.text.clone()))
    }
}

/// Where the pages begin: what they load is below it.
fn moved(path: &str) -> Response<Vec<u8>> {
    let mut response = plain(StatusCode::PERMANENT_REDIRECT, "text/plain", "");
    if let Ok(place) = HeaderValue::from_str(&format!("{path}/")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

fn missing() -> Response<Vec<u8>> {
    plain(StatusCode::NOT_FOUND, "text/plain", "there is no such page\n")
}

fn page_of(media_type: &'static str, text: String) -> Response<Vec<u8>> {
    let mut response = plain(StatusCode::OK, media_type, "");
    *response.body_mut() = text.into_bytes();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MOCK_POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The page of an operation with what became of its form.
fn sent(mock: &Mock, origin: &str, path: &str, body: &[u8]) -> Option<String> {
    let definition = mock.definition();
    let form = form_at(definition, path, body)?;
    let described = form.operation.described();
    let Filled { pairs, login, closing, document, format, session, .. } = &form.filled;
    let mut values = Values { mock, closing, all: Vec::new() };
    let pairs = values.named(pairs);
    // Who chooses no session has nothing to log in with.
    let login = if session.is_none() && described.sessionless { Vec::new() } else { values.named(login) };
    let call = Call {
        operation: described.name.to_owned(),
        pairs,
        login,
        document: document.clone().into_bytes(),
        format: format.as_deref().and_then(format_of),
        endpoint: Some(origin.to_owned()),
        session: session.clone(),
        timeout: Some(PATIENCE),
        verbose: true,
        ..Call::default()
    };
    let mut exchange = Vec::new();
    let Report { outcome, unclosed } = run(definition, &call, &values, &Open::new(), &mut exchange);
    let failed = outcome.is_err();
    let mut text = match outcome {
        Err(failure) => failure.to_string(),
        Ok(answer) if answer.shown(definition, form.operation, &[]).is_none() => {
            format!("HTTP {}, {} bytes without an envelope", answer.status.as_u16(), answer.body.len())
        }
        Ok(answer) => match Output::PrettyJson.render(definition, form.operation, &answer, &[]) {
            Ok(text) => String::from_utf8_lossy(&text).into_owned(),
            Err(failure) => failure.to_string(),
        },
    };
    if let Some(unclosed) = unclosed {
        text.push('\n');
        text.push_str(&unclosed.to_string());
    }
    let exchange = String::from_utf8_lossy(&exchange).trim_end().to_owned();
    answered(definition, path, &form.filled, Sent { exchange, outcome: text.trim_end().to_owned(), failed })
}

/// A format by the name that the form has for it.
fn format_of(name: &str) -> Option<Format> {
    match name {
        "XML" => Some(Format::Xml),
        "JSON" => Some(Format::Json),
        "query string" => Some(Format::Query),
        _ => None,
    }
}

/// What somebody filled in. A call takes values as they are from files only: an `@` and a number is the name of one here, and there are
/// no others.
struct Values<'m> {
    mock: &'m Mock,
    closing: &'m [(String, String)],
    all: Vec<String>,
}

impl Values<'_> {
    fn named(&mut self, pairs: &[(String, String)]) -> Vec<(String, String)> {
        let named = pairs.iter().map(|(name, value)| {
            // Of a text in a file the end of its last line is no part of the value.
            let end = if value.ends_with(['\n', '\r']) { "\n" } else { "" };
            self.all.push(format!("{value}{end}"));
            (name.clone(), format!("@{}", self.all.len() - 1))
        });
        named.collect()
    }
}

impl System for Values<'_> {
    /// A secret of the client that the mock knows, as its signatures are checked with it; or what the call is to be given that closes
    /// the session, for which nobody is asked.
    fn variable(&self, name: &str) -> Option<String> {
        let vendor = self.mock.vendor();
        let is_it = |parameter: &str| variable(vendor.name, parameter) == name;
        let mut known = self.mock.client_secrets.iter();
        if let Some((_, secret)) = known.find(|(secret, _)| is_it(secret)) {
            return Some(secret.expose().clone());
        }
        let closing = self.closing.iter().find(|(parameter, _)| is_it(parameter));
        let secret = vendor.parameters.iter().any(|parameter| parameter.secret && is_it(parameter.name));
        closing.map(|(_, value)| value.clone()).or_else(|| secret.then(|| MADE_UP.to_owned()))
    }

    fn ask(&self, _question: &str) -> Option<String> {
        Some(MADE_UP.to_owned())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let value = path.parse().ok().and_then(|index: usize| self.all.get(index));
        let value = value.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(value.clone().into_bytes())
    }
}
