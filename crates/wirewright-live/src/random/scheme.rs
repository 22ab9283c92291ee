//! Schemes as definitions: fragments of those that published vectors are signed with, and a vendor of this repository.

use std::{error::Error, fs, path::PathBuf};

use wirewright_codegen::load_sources;
use wirewright_interpret::Definition;

/// A definition, and what a judge calls what it says.
#[derive(Debug)]
pub(super) struct Scheme {
    /// What the judge calls it.
    pub(super) judge: &'static str,
    pub(super) definition: Definition,
    pub(super) operation: &'static str,
    /// The path of the operation, with a place in it or without.
    pub(super) path: &'static str,
    /// What its requests have beside the caller's parameters.
    pub(super) always: &'static [(&'static str, &'static str)],
    /// Whether the signature is in a header, or else among the parameters.
    pub(super) in_header: bool,
    /// The member of a client's parameters that tells who it is.
    pub(super) key: &'static str,
    /// `HMAC-SHA1` say, for OAuth.
    pub(super) algorithm: &'static str,
    /// For AWS, where the definition is that of one service.
    pub(super) service: Option<&'static str>,
    pub(super) methods: &'static [&'static str],
    pub(super) endpoints: &'static [&'static str],
}

/// Loopback is where tokens may go in the clear.
const OAUTH_ENDPOINTS: &[&str] = &[
    "https://a.example",
    "https://Photos.Example:443",
    "https://a.example:8443/v1",
    "http://127.0.0.1:80/services/rest",
    "http://LOCALHOST:8080",
    "http://[::1]:49152/a%20b",
];
const AWS_ENDPOINTS: &[&str] =
    &["https://service.eu-west-1.amazonaws.example", "https://a.example:8443", "https://a.example/v1/a%20b"];
const ANY_METHOD: &[&str] = &["GET", "POST", "PUT", "DELETE"];

/// A fragment of those that published vectors are signed with.
fn fragment(name: &str, session: &str) -> Result<Definition, Box<dyn Error>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../wirewright-interpret/tests/signing");
    let fragment = fs::read_to_string(folder.join(format!("{name}.toml")))?;
    // A signature of the body is in no form.
    let forms = if name.ends_with("presigned") { "" } else { r#", POST = "form", PUT = "form""# };
    let protocol = format!(
        r#"title = "Signing"
endpoint = "https://a.example"
source = "a page"
methods = {{ GET = "query", DELETE = "query"{forms} }}
{fragment}
[formats]
xml = {{ root = "reply" }}
[envelope]
code = {{ is = "status", type = "integer", success = [0] }}
data = {{ is = "data" }}
[errors]
1 = {{ name = "Wrong", class = "give-up" }}
"#
    );
    let group = format!(
        r#"[login]
[login.reply]
token = {{ secret = true, required = true }}
secret = {{ secret = true, required = true }}

[call]
path = "/{{place}}/call"
session = {session}
[call.request]
place = {{ in = "path", required = true }}
"#
    );
    let files = vec![("protocol.toml".to_owned(), protocol), ("x.toml".to_owned(), group)];
    Ok(Definition::new(load_sources("signing", files)?))
}

impl Scheme {
    fn of_fragment(judge: &'static str, name: &str, session: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            judge,
            definition: fragment(name, session)?,
            operation: "x/call",
            path: "/{place}/call",
            always: &[],
            in_header: name.ends_with("header"),
            key: if judge == "oauth" { "oauth_consumer_key" } else { "access_key" },
            algorithm: "",
            service: None,
            methods: ANY_METHOD,
            endpoints: AWS_ENDPOINTS,
        })
    }

    /// OAuth 1.0a (RFC 5849): three methods of signing, in the header and among the parameters.
    pub(super) fn oauth() -> Result<Vec<Self>, Box<dyn Error>> {
        let mut all = Vec::new();
        for (name, algorithm) in
            [("sha1", "HMAC-SHA1"), ("sha256", "HMAC-SHA256"), ("plaintext", "PLAINTEXT")]
        {
            for place in ["header", "parameters"] {
                let name = format!("oauth1-{name}-{place}");
                let scheme = Self::of_fragment("oauth", &name, r#"["none", "required"]"#)?;
                all.push(Self { algorithm, endpoints: OAUTH_ENDPOINTS, ..scheme });
            }
        }
        Ok(all)
    }

    /// AWS Signature Version 4: in headers, in a URL, and in those of a vendor of this repository, forms and query strings.
    pub(super) fn aws() -> Result<Vec<Self>, Box<dyn Error>> {
        let presigned = Self::of_fragment("aws", "aws-v4-presigned", r#""none""#)?;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs/aws-sns");
        Ok(vec![
            Self::of_fragment("aws", "aws-v4-header", r#""none""#)?,
            Self { methods: &["GET", "DELETE"], ..presigned },
            Self {
                judge: "aws",
                definition: Definition::load(&folder)?,
                operation: "topics/ListTopics",
                path: "/",
                always: &[("Action", "ListTopics"), ("Version", "2010-03-31")],
                in_header: true,
                key: "access_key",
                algorithm: "",
                service: Some("sns"),
                methods: &["GET", "POST"],
                endpoints: &[
                    "https://sns.eu-west-1.amazonaws.example",
                    "https://sns.eu-west-1.amazonaws.example:8443",
                ],
            },
        ])
    }

    pub(super) fn is_plaintext(&self) -> bool {
        self.algorithm == "PLAINTEXT"
    }
}
