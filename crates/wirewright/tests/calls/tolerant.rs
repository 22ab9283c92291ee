//! What a server takes beside what a client sends, where a definition says so: other spellings of a format, parameters of a form in its
//! URL, requests without a signature.

use crate::support::{DOUSE, Douse, ENDPOINT, LIGHT, Light, PROTOCOL, SESSION, SHOW};
use http::{Method, Request};
use wirewright::{
    Limits,
    client::Config,
    describe::{MethodDescription, Operation, Placement, ServerCondition},
    exchange::write_request,
    server::{Incoming, receive},
};

const KEY: &str = "key-hunter2";
const EITHER: &[MethodDescription] =
    &[MethodDescription { method: Method::POST, placement: Placement::FormOrQuery }];

/// As the operations of the same names, by POST, with parameters in the URL too.
static LIGHT_EITHER: Operation =
    Operation { name: "lamp/light", wire_name: "light", methods: EITHER, formats: LIGHT.formats, ..USUAL };
static DOUSE_EITHER: Operation = Operation { methods: EITHER, ..DOUSE_USUAL };
/// As the operation of the same name, signed or not.
static DOUSE_UNSIGNED: Operation =
    Operation { methods: DOUSE.methods, signature_optional: true, ..DOUSE_USUAL };

const USUAL: Operation = Operation { path: "/rpc", sessionless: true, ..Operation::new(&PROTOCOL) };
const DOUSE_USUAL: Operation = Operation {
    name: "lamp/douse",
    wire_name: "douse",
    formats: DOUSE.formats,
    sessions: &[&SESSION],
    signed: true,
    ..USUAL
};

fn received(
    operation: &'static Operation,
    method: &str,
    target: &str,
    body: &str,
) -> Result<Incoming, String> {
    let request = Request::builder().method(method).uri(target).body(body.as_bytes().to_vec());
    let request = request.expect("the parts make a request");
    receive(&[operation], ENDPOINT, &request, &Limits::new()).map_err(|(refused, _)| {
        format!("{:?} {}", refused.condition, refused.parameter.as_deref().unwrap_or("-"))
    })
}

#[test]
fn other_spellings_of_a_format() {
    for (value, expected) in [
        ("json", Ok("JSON")),
        ("JSON", Ok("JSON")),
        ("js", Ok("JSON")),
        ("xml", Ok("XML")),
        // The format has no other spelling, and none is guessed.
        ("XML", Err("ParameterInvalid fmt")),
        ("Json", Err("ParameterInvalid fmt")),
        ("", Err("ParameterInvalid fmt")),
    ] {
        let found = received(&SHOW, "GET", &format!("/rpc?v=2&cmd=show&lamp=1&app=a&fmt={value}"), "");
        let found = found.map(|incoming| incoming.format().to_string());
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{value:?}");
    }
}

#[test]
fn parameters_of_a_form_in_its_url() {
    for (target, body, expected) in [
        ("/rpc", "v=2&cmd=light&user=u&password=p&app=a&fmt=json", Ok("u JSON")),
        ("/rpc?fmt=json", "v=2&cmd=light&user=u&password=p&app=a", Ok("u JSON")),
        ("/rpc?v=2&cmd=light&user=u&password=p&app=a&fmt=json", "", Ok("u JSON")),
        // What is in both is that of the form, under whatever escapes.
        ("/rpc?fmt=json", "v=2&cmd=light&user=u&password=p&app=a&fmt=json", Ok("u JSON")),
        ("/rpc?fmt=xml&%75ser=other", "v=2&cmd=light&user=u&password=p&app=a&fmt=json", Ok("u JSON")),
        ("/rpc?&&fmt=json&", "&v=2&cmd=light&user=u&password=p&app=a", Ok("u JSON")),
        // Twice in one place is twice.
        ("/rpc?user=u&user=u", "v=2&cmd=light&password=p&app=a&fmt=json", Err("ParameterInvalid user")),
        ("/rpc?fmt=json", "v=2&cmd=light&user=u&user=u&password=p&app=a", Err("ParameterInvalid user")),
        ("/rpc?cmd=light", "v=2&user=u&app=a&fmt=json", Err("ParameterMissing password")),
    ] {
        let found = received(&LIGHT_EITHER, "POST", target, body).and_then(|incoming| {
            let light = incoming.read_request::<Light>().map_err(|refused| {
                format!("{:?} {}", refused.condition, refused.parameter.as_deref().unwrap_or("-"))
            })?;
            Ok(format!("{} {}", light.user, incoming.format()))
        });
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{target} {body}");
    }
    // Where the definition says nothing, the URL of a form is not looked at.
    let strict = received(&LIGHT, "POST", "/rpc?cmd=light", "v=2&user=u&password=p&app=a&fmt=json");
    assert_eq!(strict.err().as_deref(), Some("OperationUnknown cmd"));
}

/// A signature covers what is in the URL and what is in the form (RFC 5849, section 3.4.1.3.1).
#[test]
fn signatures_over_url_and_form() {
    let settings = Config::new().with_method(Method::POST);
    let own = Douse { why: Some("too + bright".into()) };
    let caller = crate::support::Caller::new();
    let written = write_request(&DOUSE_EITHER, &own, &caller.context(&settings)).expect("it can be written");
    let form = String::from_utf8(written.into_body()).expect("a form is text");
    assert!(form.contains("why=too"), "a client sends a form: {form}");
    let verified = |target: &str, body: &str| {
        received(&DOUSE_EITHER, "POST", target, body)
            .expect("it is understood")
            .verify(&crate::support::under(&[KEY]))
            .is_ok()
    };
    assert!(verified("/rpc", &form));
    let (why, rest): (Vec<&str>, Vec<&str>) = form.split('&').partition(|pair| pair.starts_with("why="));
    assert!(verified(&format!("/rpc?{}", why.join("&")), &rest.join("&")));
    assert!(!verified(&format!("/rpc?{}", why.join("&")), &form), "twice is not what was signed");
}

#[test]
fn an_optional_signature() {
    let unsigned = "/rpc?v=2&cmd=douse&app=a&fmt=json&token=t";
    for (operation, target, expected) in [
        (&DOUSE, unsigned.to_owned(), Some(ServerCondition::ParameterMissing)),
        (&DOUSE_UNSIGNED, unsigned.to_owned(), None),
        (&DOUSE_UNSIGNED, format!("{unsigned}&sig=00"), Some(ServerCondition::SignatureWrong)),
        (&DOUSE_UNSIGNED, format!("{unsigned}&sig="), Some(ServerCondition::SignatureWrong)),
        (&DOUSE_UNSIGNED, format!("{unsigned}&sig=0&sig=0"), Some(ServerCondition::ParameterInvalid)),
    ] {
        let incoming = received(operation, "GET", &target, "").expect("it is understood");
        let refused = incoming.verify(&crate::support::under(&[KEY])).err().map(|refused| refused.condition);
        assert_eq!(refused, expected, "{target}");
    }
}

/// A request that is refused before its signature was read proves nothing, even where it need not be signed.
#[test]
fn what_was_refused_proves_nothing() {
    for (target, expected) in [
        ("/rpc?v=2&cmd=douse&app=a&fmt=nonsense&token=t&sig=00", ServerCondition::ParameterInvalid),
        ("/rpc?v=2&cmd=douse&app=a&fmt=json&fmt=json&token=t&sig=00", ServerCondition::ParameterInvalid),
        ("/rpc?v=2&cmd=nonsense&app=a&fmt=json&token=t&sig=00", ServerCondition::OperationUnknown),
        ("/elsewhere?v=2&cmd=douse&app=a&fmt=json&token=t&sig=00", ServerCondition::OperationUnknown),
    ] {
        let request = Request::get(target).body(Vec::new()).expect("the parts make a request");
        let received = receive(&[&DOUSE_UNSIGNED], ENDPOINT, &request, &Limits::new());
        let (refused, incoming) = received.expect_err("it is refused");
        assert_eq!(refused.condition, expected, "{target}");
        let incoming = incoming.expect("there is something to answer to");
        let verified = incoming.verify(&crate::support::under(&[KEY])).map_err(|refused| refused.condition);
        assert_eq!(verified, Err(ServerCondition::SignatureWrong), "{target}");
    }
}

/// By POST, unless the definition or the caller says otherwise.
#[test]
fn the_method_of_a_call() {
    static BY_GET: Operation = Operation { methods: DOUSE.methods, prefers_get: true, ..DOUSE_USUAL };
    for (operation, chosen, expected) in [
        (&DOUSE, None, Method::POST),
        (&BY_GET, None, Method::GET),
        (&BY_GET, Some(Method::POST), Method::POST),
        (&BY_GET, Some(Method::GET), Method::GET),
    ] {
        let settings = chosen.map_or_else(Config::new, |method| Config::new().with_method(method));
        let caller = crate::support::Caller::new();
        let written = write_request(operation, &Douse { why: None }, &caller.context(&settings));
        assert_eq!(*written.expect("it can be written").method(), expected);
    }
}
