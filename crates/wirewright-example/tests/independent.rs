//! What Python has signed and written, taken by the generated crates. `independent/check.py` makes the vectors, and checks what the
//! generated crates write.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use serde_json::Value;
use wirewright::{
    Format, Limits, Secret,
    describe::ServerCondition,
    exchange::{Request, read_reply},
    server::{Secrets, receive},
};

static VECTORS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../independent/vectors.json")).unwrap());

const ORIGIN: &str = "https://api.screenname.nina.bz";

/// A request that was signed elsewhere, in bytes, so that any bit of it can be changed.
#[derive(Clone)]
struct Signed {
    method: Vec<u8>,
    path: Vec<u8>,
    /// Names and values before they are percent-encoded.
    parameters: Vec<[Vec<u8>; 2]>,
    signature: Vec<u8>,
    key: String,
}

impl Signed {
    fn all() -> impl Iterator<Item = Self> {
        VECTORS["requests"].as_array().unwrap().iter().map(|vector| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let bytes = |value: &Value| text(value).into_bytes();
            Self {
                method: bytes(&vector["method"]),
                path: text(&vector["url"]).strip_prefix(ORIGIN).unwrap().as_bytes().to_vec(),
                parameters: vector["parameters"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|pair| [bytes(&pair[0]), bytes(&pair[1])])
                    .collect(),
                signature: bytes(&vector["signature"]),
                key: text(&vector["key"]),
            }
        })
    }

    /// `None` when HTTP has no such request.
    fn request(&self) -> Option<http::Request<Vec<u8>>> {
        let signature = [b"sig_sha256".to_vec(), self.signature.clone()];
        let pairs = self.parameters.iter().chain([&signature]).map(|pair| {
            let [name, value] =
                pair.each_ref().map(|bytes| form_urlencoded::byte_serialize(bytes).collect::<String>());
            format!("{name}={value}")
        });
        let parameters = pairs.collect::<Vec<_>>().join("&");
        let request = http::Request::builder().method(&*self.method);
        let request = if self.method == b"POST" {
            let request =
                request.uri(&*self.path).header("content-type", "application/x-www-form-urlencoded");
            request.body(parameters.into_bytes())
        } else {
            request.uri([&*self.path, b"?", parameters.as_bytes()].concat()).body(Vec::new())
        };
        request.ok()
    }

    /// What the server side makes of it.
    fn verify(&self) -> Result<(), Option<ServerCondition>> {
        let request = self.request().ok_or(None)?;
        let incoming = receive(&nina::server::OPERATIONS, ORIGIN, &request, &Limits::new())
            .map_err(|(refused, _)| Some(refused.condition))?;
        incoming
            .verify(&Secrets::none().of_session(&nina::CLIENT_SESSION, &[&self.key]))
            .map_err(|refused| Some(refused.condition))
    }

    /// Every byte that the signature covers, and those of the signature.
    fn bytes(&mut self) -> impl Iterator<Item = &mut u8> {
        let parameters = self.parameters.iter_mut().flatten().flatten();
        self.method.iter_mut().chain(&mut self.path).chain(parameters).chain(&mut self.signature)
    }
}

#[test]
fn requests_that_python_signed_are_verified() {
    for (index, signed) in Signed::all().enumerate() {
        assert_eq!(signed.verify(), Ok(()), "request {index}");
    }
}

#[test]
fn no_bit_of_a_signed_request_can_be_changed() {
    // Both methods, with each of the three formats.
    for signed in Signed::all().take(6) {
        let length = signed.clone().bytes().count();
        assert!(length > 60, "the request is there: {length} bytes");
        for bit in 0..length * 8 {
            let mut changed = signed.clone();
            *changed.bytes().nth(bit / 8).unwrap() ^= 1 << (bit % 8);
            assert_ne!(changed.verify(), Ok(()), "bit {} of byte {}", bit % 8, bit / 8);
        }
    }
}

#[test]
fn replies_that_python_wrote_are_read() {
    let mut read = 0;
    for vector in VECTORS["replies"].as_array().unwrap() {
        let wanted: Vec<&str> =
            vector["values"].as_array().unwrap().iter().map(|each| each.as_str().unwrap()).collect();
        for (format, name) in [(Format::Xml, "xml"), (Format::Json, "json"), (Format::Query, "query")] {
            let Some(body) = vector[name].as_str() else { continue };
            let found = match vector["vendor"].as_str().unwrap() {
                "nina" => nina(format, body),
                "videntity" => videntity(format, body),
                "1010data" => ten_ten_data(format, body),
                vendor => panic!("vectors of {vendor}"),
            };
            assert_eq!(found, wanted, "{body}");
            read += 1;
        }
    }
    assert_eq!(read, 16 * (3 + 1 + 1));
}

fn answer<R: Request>(format: Format, body: &str) -> R::Answer {
    let response = http::Response::new(body.as_bytes().to_vec());
    read_reply::<R>(response, format, &Limits::new()).unwrap_or_else(|error| panic!("{error}: {body}"))
}

fn nina(format: Format, body: &str) -> Vec<String> {
    let reply = answer::<nina::auth::ClientLogin>(format, body).data;
    vec![
        reply.token.value.expose().clone(),
        reply.session_secret.expose().clone(),
        reply.login_id.unwrap(),
        reply.host_time.unwrap().to_string(),
        reply.token.expires_in.unwrap().to_string(),
    ]
}

fn videntity(format: Format, body: &str) -> Vec<String> {
    let answer = answer::<videntity::session::Login>(format, body);
    vec![answer.data.session_key.expose().clone(), answer.detail, answer.api_tx_number.to_string()]
}

fn ten_ten_data(format: Format, body: &str) -> Vec<String> {
    let answer = answer::<ten_ten_data::session::Login>(format, body);
    let text = |secret: Option<Secret<String>>| secret.unwrap().expose().clone();
    vec![text(answer.data.sid), text(answer.data.pswd), answer.msg.unwrap()]
}
