//! Requests that no generated client sends, made from those that one does.

use fastrand::Rng;

use crate::{
    exchange::{Response, shown},
    target::{Target, Valid},
};

/// A hostile request.
pub(crate) struct Message {
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) expected: Expected,
    /// Whether it is a whole HTTP request, behind which another one can follow. Behind any other nothing follows, and the server is
    /// told so.
    pub(crate) leaves_open: bool,
}

/// What must become of a hostile request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The connection may end; if a response comes, it does not blame the server.
    Anything,
    /// A response, which does not blame the server.
    Response,
    /// A response that is no success.
    Refusal,
    /// A response that no browser takes for a page, nor for a script of the attacker's.
    NoScript,
}

impl Expected {
    /// What is wrong with a response.
    pub(crate) fn fault(self, response: Option<&Response>, target: &Target) -> Option<String> {
        let Some(Response { status, head, body }) = response else {
            return (self != Self::Anything).then(|| "no response".to_owned());
        };
        if *status >= 500 {
            return Some(format!("the server blames itself: {}", shown(response)));
        }
        let success = target.valid.iter().any(|valid| valid.answer == *body);
        match self {
            Self::Refusal if success => Some("it was taken for a valid one".to_owned()),
            Self::NoScript => {
                let page = head.contains("content-type: text/html")
                    || !head.contains("x-content-type-options: nosniff");
                let injected =
                    head.contains("\nset-cookie:") || body.windows(7).any(|part| part == b"<script");
                (page || injected).then(|| format!("a browser could take it: {head}"))
            }
            _ => None,
        }
    }
}

/// The next one.
pub(crate) fn message(target: &Target, random: &mut Rng) -> Message {
    let Some(valid) = random.choice(&target.valid) else { return garbage(random) };
    match random.u8(..8) {
        0 => garbage(random),
        1 => head(valid, random),
        2 => cut(valid, random),
        3 | 4 => parameters(valid, random),
        5 if valid.signed => signature(valid, random),
        6 if valid.signed => callback(valid, random),
        _ => body(valid, random),
    }
}

/// The head of a request without the empty line, and its body.
fn halves(request: &[u8]) -> (&[u8], &[u8]) {
    let end = request.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(request.len());
    (&request[..end], request.get(end + 4..).unwrap_or_default())
}

/// A request with another body, and the length of that.
fn with_body(head: &[u8], body: &[u8]) -> Vec<u8> {
    let head = String::from_utf8_lossy(head);
    let lines = head.split("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
    let head = lines.collect::<Vec<_>>().join("\r\n");
    [format!("{head}\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// What is no request line, or one that no server should take.
fn garbage(random: &mut Rng) -> Message {
    let long = || vec![b'a'; 100_000];
    let bytes = match random.u8(..14) {
        0 => (0..random.usize(1..4000)).map(|_| random.u8(..)).collect(),
        1 => b"\r\n\r\n\r\n\r\n".to_vec(),
        2 => b"GET\r\n\r\n".to_vec(),
        3 => b"GET / HTTP/9.9\r\nhost: a\r\n\r\n".to_vec(),
        4 => b"GET http://elsewhere.example/auth/getInfo?a=1 HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(),
        5 => b"OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(),
        6 => [b"GET /", &*long(), b" HTTP/1.1\r\nhost: a\r\n\r\n"].concat(),
        7 => [b"GET / HTTP/1.1\r\nhost: ", &*long(), b"\r\n\r\n"].concat(),
        8 => [&b"GET / HTTP/1.1\r\n"[..], &b"a: b\r\n".repeat(5000), b"\r\n"].concat(),
        9 => b"POST /auth/getInfo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef".to_vec(),
        10 => b"POST /auth/getInfo HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n".to_vec(),
        11 => b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET ".to_vec(),
        12 => b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n".to_vec(),
        _ => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 is TLS\r\n\r\n".to_vec(),
    };
    Message { kind: "request lines", bytes, expected: Expected::Anything, leaves_open: false }
}

/// A change in the head of a valid request.
fn head(valid: &Valid, random: &mut Rng) -> Message {
    let (head, body) = halves(&valid.request);
    let mut head = head.to_vec();
    mutate(&mut head, random);
    let bytes = [&head, &b"\r\n\r\n"[..], body].concat();
    Message { kind: "heads", bytes, expected: Expected::Anything, leaves_open: false }
}

/// A request that is not sent to its end.
fn cut(valid: &Valid, random: &mut Rng) -> Message {
    let (head, body) = halves(&valid.request);
    let bytes = if random.bool() {
        valid.request[..random.usize(1..valid.request.len())].to_vec()
    } else {
        // Less than was told, and then another request.
        [&with_body(head, &[body, &[b'a'; 100]].concat())[..], b"GET / HTTP/1.1\r\n\r\n"].concat()
    };
    Message { kind: "cut off", bytes, expected: Expected::Anything, leaves_open: false }
}

/// The same parameters in another spelling, twice, nested without end, by the thousand, and what is none.
fn parameters(valid: &Valid, random: &mut Rng) -> Message {
    let (head, body) = halves(&valid.request);
    let form = sent(head, body);
    let text = match random.u8(..10) {
        0 => "a=1&".repeat(50_000),
        1 => format!("{}=1", "a.".repeat(20_000)),
        2 => "%".repeat(1000),
        3 => "%ff%fe=%c0%80&%00=%00".to_owned(),
        4 => format!("f=json&f=xml&{}", String::from_utf8_lossy(&form)),
        5 => format!("r={}&{}", "r".repeat(1 << 20), String::from_utf8_lossy(&form)),
        6 => format!("{}&r=%00%01%08", without(&form, "r")),
        7 => format!("{}&r=%EF%BF%BF%ED%A0%80", without(&form, "r")),
        8 => "=&=&&&;;==".to_owned(),
        // More than any edge takes.
        _ if random.u8(..20) == 0 => "x".repeat(5 << 20),
        _ => {
            let mut changed = body.to_vec();
            mutate(&mut changed, random);
            let bytes = with_body(head, &changed);
            return Message { kind: "parameters", bytes, expected: Expected::Response, leaves_open: true };
        }
    };
    let bytes = with_body(&posted(head), text.as_bytes());
    // Of what is too long the rest may never be read.
    let expected = if text.len() > 1 << 20 { Expected::Anything } else { Expected::Response };
    Message { kind: "parameters", bytes, expected, leaves_open: text.len() <= 1 << 20 }
}

/// A head that posts a form to the same path.
fn posted(head: &[u8]) -> Vec<u8> {
    let head = String::from_utf8_lossy(head);
    let target = head.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or("/");
    format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded").into_bytes()
}

/// The parameters of a request, in its URL or its body.
fn sent(head: &[u8], body: &[u8]) -> Vec<u8> {
    let line = String::from_utf8_lossy(head);
    let query = line.split(' ').nth(1).and_then(|target| target.split_once('?'));
    query.map_or_else(|| body.to_vec(), |(_, query)| query.as_bytes().to_vec())
}

/// A form without a parameter.
fn without(form: &[u8], name: &str) -> String {
    let pairs = form_urlencoded::parse(form).filter(|(key, _)| key != name);
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// One bit of the parameters of a signed request is another one.
fn signature(valid: &Valid, random: &mut Rng) -> Message {
    let (head, body) = halves(&valid.request);
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let query = line.iter().position(|byte| *byte == b'?').map(|at| at + 1);
    let (from, to) = match query {
        // Without ` HTTP/1.1`.
        Some(from) => (from, line.len() - 9),
        None => (valid.request.len() - body.len(), valid.request.len()),
    };
    let mut bytes = valid.request.clone();
    let at = random.usize(from..to);
    bytes[at] ^= 1 << random.u8(..8);
    let pairs = |bytes: &[u8]| -> Vec<_> { form_urlencoded::parse(bytes).into_owned().collect() };
    // `%2b` is `%2B`, and a `#` ends a URL: what means the same is signed the same, and what is no HTTP never gets that far.
    let same = pairs(&bytes[from..to]) == pairs(&valid.request[from..to]);
    let is_http = query.is_none() || matches!(bytes[at], b'!'..=b'~') && bytes[at] != b'#';
    let expected = match (same, is_http) {
        (true, true) => Expected::Response,
        (_, false) => Expected::Anything,
        (false, true) => Expected::Refusal,
    };
    Message { kind: "signatures", bytes, expected, leaves_open: is_http }
}

/// A callback that would do something else in a browser.
fn callback(valid: &Valid, random: &mut Rng) -> Message {
    const CALLBACKS: &[&str] = &[
        "<script>alert(1)</script>",
        "alert(1)//",
        "a\r\nSet-Cookie: a=b\r\n\r\n<script>",
        "\u{2028}a",
        "a;b",
        "a=b",
        "",
        "..",
        "a[0]",
        "eval",
        "\0",
        "é",
        "/**/a",
        "<!--",
    ];
    let (head, body) = halves(&valid.request);
    let chosen = random.choice(CALLBACKS).copied().unwrap_or_default();
    let long = "a.".repeat(random.usize(1..2000)) + "a";
    let callback = if random.u8(..10) == 0 { &long } else { chosen };
    let mut form = form_urlencoded::Serializer::new(without(&sent(head, body), "c"));
    let form = form.append_pair("c", callback).finish();
    let bytes = with_body(&posted(head), form.as_bytes());
    Message { kind: "callbacks", bytes, expected: Expected::NoScript, leaves_open: true }
}

/// Another body under the same head: for a multipart form, what is nearly one.
fn body(valid: &Valid, random: &mut Rng) -> Message {
    let (head, body) = halves(&valid.request);
    let mut changed = body.to_vec();
    match random.u8(..6) {
        0 => changed = [body, body].concat(),
        1 => changed.reverse(),
        2 => changed = b"\r\n--".repeat(20_000),
        3 => changed = body.iter().copied().filter(|byte| *byte != b'\r').collect(),
        _ => mutate(&mut changed, random),
    }
    let multipart = String::from_utf8_lossy(head).contains("multipart/form-data");
    let kind = if multipart { "multipart" } else { "forms" };
    Message { kind, bytes: with_body(head, &changed), expected: Expected::Response, leaves_open: true }
}

/// A few bytes are others, gone, or twice there.
fn mutate(bytes: &mut Vec<u8>, random: &mut Rng) {
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=bytes.len());
        match random.u8(..4) {
            0 => bytes.insert(at, random.u8(..)),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 if at < bytes.len() => bytes[at] = random.u8(..),
            _ => {
                let end = (at + random.usize(..40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let place = random.usize(..=bytes.len());
                bytes.splice(place..place, piece);
            }
        }
    }
}
