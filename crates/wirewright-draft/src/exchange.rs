//! A request and its reply, as somebody recorded or printed them.

use wirewright_codegen::model::FormatKind;

/// Where a request has a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Carried {
    /// Behind the `?` of the URL.
    Query,
    /// In a body of `application/x-www-form-urlencoded`.
    Form,
    /// In the path, where others of the same operation have another value.
    Path,
    /// In a header that is none of HTTP's own.
    Header,
    /// In a cookie.
    Cookie,
}

impl Carried {
    /// Whether it is among the parameters of a query string or a form.
    pub(crate) const fn is_plain(self) -> bool {
        matches!(self, Self::Query | Self::Form)
    }
}

/// A parameter of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Its value, decoded.
    pub value: String,
    /// Where it is.
    pub carried: Carried,
}

/// How a sample shows its request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shown {
    /// A whole URL.
    Url(String),
    /// What is behind the `?`.
    Query(String),
    /// A form.
    Form(String),
}

/// One request, one reply, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The file, and where in it.
    pub source: String,
    /// A short name.
    pub name: String,
    /// The group that its folder names.
    pub group: Option<String>,
    /// The operation that its folder names.
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: Option<String>,
    /// Scheme and host: `https://api.example.com`.
    pub origin: Option<String>,
    /// The path of the URL.
    pub path: Option<String>,
    /// What the request says in its URL and form, in their order.
    pub parameters: Vec<Parameter>,
    /// How the request is shown; `None`: it is not.
    pub shown: Option<Shown>,
    /// The request's headers.
    pub headers: Vec<(String, String)>,
    /// The document that the request carries.
    pub body: Option<(FormatKind, String)>,
    /// The names of files, where the request is a form of parts, `multipart/form-data`.
    pub files: Option<Vec<String>>,
    /// The status of HTTP.
    pub status: Option<u16>,
    /// The reply's headers.
    pub reply_headers: Vec<(String, String)>,
    /// The reply, in each format that there is a sample of.
    pub replies: Vec<(FormatKind, String)>,
    /// The function that was around a reply in JSON.
    pub callback: Option<String>,
    /// Whether the reply is a picture or another thing that no format is.
    pub is_raw: bool,
    /// Whether a page prints it, so that nothing in it is anybody's secret.
    pub is_printed: bool,
    /// Whether secrets of it were replaced, so that a signature no longer fits.
    pub is_redacted: bool,
}

impl Exchange {
    /// An exchange of a source, of which nothing is known yet.
    pub(crate) fn of(source: impl Into<String>, name: impl Into<String>) -> Self {
        Self { source: source.into(), name: name.into(), ..Self::default() }
    }

    /// Takes a URL apart. A text without a scheme is a path.
    pub(crate) fn set_url(&mut self, url: &str) {
        let url = url.trim();
        let url = url.split('#').next().unwrap_or_default();
        let (before, query) = url.split_once('?').unwrap_or((url, ""));
        let (origin, path) = match before.split_once("://") {
            Some((scheme, rest)) => {
                let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
                // A name and a password in front of the host are nobody's business.
                let host = host.rsplit('@').next().unwrap_or(host);
                (Some(format!("{}://{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase())), path)
            }
            None => (None, before),
        };
        self.origin = origin.or_else(|| self.origin.take());
        self.path = Some(path.to_owned());
        self.add_pairs(query, Carried::Query);
        let place = self.origin.clone().unwrap_or_default();
        let question = if url.contains('?') { "?" } else { "" };
        self.shown = Some(Shown::Url(format!("{place}{path}{question}{query}")));
    }

    /// Adds the parameters of a query string or a form.
    pub(crate) fn add_pairs(&mut self, text: &str, carried: Carried) {
        let pairs = form_urlencoded::parse(text.trim().as_bytes());
        self.parameters.extend(pairs.filter(|(name, _)| !name.is_empty()).map(|(name, value)| Parameter {
            name: name.into_owned(),
            value: value.into_owned(),
            carried,
        }));
    }

    /// A body of a request, by what it is or looks like.
    pub(crate) fn set_body(&mut self, text: &str, media_type: &str) {
        if text.trim().is_empty() {
            return;
        }
        let looks = sniff(text);
        let is_form = media_type.contains("urlencoded");
        if is_form || looks == Some(Looks::Plain(FormatKind::Query)) {
            let in_url: Vec<&Parameter> = self.parameters.iter().collect();
            let mut pairs = form_urlencoded::Serializer::new(String::new());
            pairs.extend_pairs(in_url.iter().map(|one| (&one.name, &one.value)));
            let before = pairs.finish();
            let text = text.trim();
            let form = if before.is_empty() { text.to_owned() } else { format!("{before}&{text}") };
            self.add_pairs(text, Carried::Form);
            self.shown = Some(Shown::Form(form));
        } else if let Some(Looks::Plain(kind)) = looks {
            self.body = Some((kind, text.to_owned()));
        }
    }

    /// A body of a reply, by what it looks like.
    pub(crate) fn add_reply(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match sniff(text) {
            Some(Looks::Plain(kind)) => self.replies.push((kind, text.to_owned())),
            Some(Looks::Callback) => {
                let opened = text.find('(').unwrap_or_default();
                let inside = text.get(opened + 1..).unwrap_or_default();
                let inside = inside.trim_end().trim_end_matches(';').trim_end();
                self.callback = text.get(..opened).map(|name| name.trim().to_owned());
                let inside = inside.strip_suffix(')').unwrap_or(inside);
                self.replies.push((FormatKind::Json, inside.to_owned()));
            }
            None => self.is_raw = true,
        }
    }

    /// A header of the request.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        of_name(&self.headers, name)
    }

    /// A header of the reply.
    pub(crate) fn reply_header(&self, name: &str) -> Option<&str> {
        of_name(&self.reply_headers, name)
    }

    /// The first value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|one| one.name == name).map(|one| one.value.as_str())
    }
}

fn of_name<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// What a text is by its first signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    Plain(FormatKind),
    /// JSON in a call of a function.
    Callback,
}

/// What a text is, if it is anything that replies are.
pub(crate) fn sniff(text: &str) -> Option<Looks> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let first = text.chars().next()?;
    if first == '<' {
        let is_page =
            |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        return (!is_page("<!doctype html") && !is_page("<html")).then_some(Looks::Plain(FormatKind::Xml));
    }
    if matches!(first, '{' | '[') {
        return Some(Looks::Plain(FormatKind::Json));
    }
    let name =
        |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '$' | '.' | '%' | '-' | '[' | ']');
    let end = text.find(|sign: char| !name(sign))?;
    let behind = text.get(end..)?;
    if let Some(inside) = behind.strip_prefix('(') {
        let is_json = inside.trim_start().starts_with(['{', '[']);
        return is_json.then_some(Looks::Callback);
    }
    // A pair in each line, or one line of pairs.
    let pairs = text.lines().filter(|line| !line.trim().is_empty()).all(|line| {
        line.split_once('=').is_some_and(|(before, _)| !before.is_empty() && before.trim().chars().all(name))
    });
    (end > 0 && pairs).then_some(Looks::Plain(FormatKind::Query))
}

#[cfg(test)]
mod tests {
    use super::{Carried, Exchange, Looks, Shown, sniff};
    use wirewright_codegen::model::FormatKind::{Json, Query, Xml};

    #[test]
    fn texts_are_what_they_look_like() {
        for (text, looks) in [
            ("\u{feff} <a/>", Some(Looks::Plain(Xml))),
            ("<!DOCTYPE html><p>", None),
            (" [1]", Some(Looks::Plain(Json))),
            ("cb( {\"a\": 1});", Some(Looks::Callback)),
            ("a=1&b=2", Some(Looks::Plain(Query))),
            ("h=x\r\nt=2\r\n", Some(Looks::Plain(Query))),
            ("a sentence = none", None),
            ("", None),
            ("ö=1", None),
        ] {
            assert_eq!(sniff(text), looks, "{text}");
        }
    }

    #[test]
    fn urls_are_taken_apart() {
        let mut exchange = Exchange::of("a", "a");
        exchange.set_url("HTTPS://me:secret@API.example:80/x/y?a=b+c&a=#top");
        assert_eq!(exchange.origin.as_deref(), Some("https://api.example:80"));
        assert_eq!(exchange.path.as_deref(), Some("/x/y"));
        let pairs: Vec<_> = exchange.parameters.iter().map(|one| (&*one.name, &*one.value)).collect();
        assert_eq!(pairs, [("a", "b c"), ("a", "")]);
        assert_eq!(exchange.shown, Some(Shown::Url("https://api.example:80/x/y?a=b+c&a=".to_owned())));
        exchange.set_body("d=e", "application/x-www-form-urlencoded");
        assert_eq!(exchange.shown, Some(Shown::Form("a=b+c&a=&d=e".to_owned())));
        assert_eq!(exchange.parameters.last().map(|one| one.carried), Some(Carried::Form));
    }
}
