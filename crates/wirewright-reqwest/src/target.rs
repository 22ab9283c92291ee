//! Where a request goes, as reqwest wants to be told.

use std::sync::OnceLock;

use http::Uri;
use reqwest::{Request, Url};
use wirewright::client::{TransportError, TransportErrorKind};

/// The origin of the first request, parsed.
///
/// reqwest's URLs are those of browsers, and to read a host as they do takes longer than to read the vendor's reply. Most clients
/// only ever call one.
#[derive(Default)]
pub(crate) struct Origin(OnceLock<Url>);

impl Origin {
    /// reqwest's form of a request.
    pub(crate) fn request(
        &self,
        request: http::Request<impl Into<reqwest::Body>>,
    ) -> Result<Request, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = Request::new(parts.method, self.url(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.version_mut() = parts.version;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some(origin) = self.0.get().filter(|origin| leads_to(origin, uri)) {
            let mut url = origin.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri.to_string())
            .map_err(|error| TransportError::new(TransportErrorKind::Other, error))?;
        // Nothing else of the URL is kept: its query may have secrets.
        if let Ok(origin) = Url::parse(&url.origin().ascii_serialization()) {
            // Another thread may have been the first one.
            let _ = self.0.set(origin);
        }
        Ok(url)
    }
}

/// Whether all but path and query is the same.
fn leads_to(origin: &Url, uri: &Uri) -> bool {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    uri.scheme_str() == Some(origin.scheme()) && !authority.contains('@') && origin.authority() == authority
}

#[cfg(test)]
mod tests {
    use super::{Origin, Uri, Url};

    #[test]
    fn urls_are_those_that_parsing_gives() {
        let origins = [
            "https://api.example.com",
            "http://127.0.0.1:8080",
            "http://[::1]:1",
            "HTTPS://API.Example.com:443",
        ];
        let others = [
            "http://api.example.com",
            "https://api.example.com:444",
            "https://user@api.example.com",
            "https://evil.example",
        ];
        let targets = [
            "",
            "/",
            "/a/b?c=d&e=%20",
            "/a?",
            "//evil.example/x",
            "/a/../b/./c?/../d",
            "/%7Ea/b;c?q='\"|",
            "/?a=//b",
            "?a",
        ];
        for first in origins {
            let origin = Origin::default();
            for authority in [first].into_iter().chain(origins).chain(others).chain([first]) {
                for target in targets {
                    let Ok(uri) = format!("{authority}{target}").parse::<Uri>() else { continue };
                    let url = origin.url(&uri).unwrap();
                    assert_eq!(url, Url::parse(&uri.to_string()).unwrap(), "{first}, then {uri}");
                }
            }
        }
    }
}
