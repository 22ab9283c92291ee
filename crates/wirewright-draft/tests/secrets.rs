//! No value of a secret is in anything that a draft writes.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test fails by panicking")]

use std::fs;

use wirewright_draft::{Inputs, Options, draft, redacted};

/// Names of secrets, thirty of them, that samples have in all their places.
const NAMES: [&str; 30] = [
    "password",
    "passwd",
    "pwd",
    "pswd",
    "pass",
    "passphrase",
    "pin",
    "otp",
    "token",
    "access_token",
    "refreshToken",
    "authToken",
    "sessionToken",
    "session_key",
    "sessionId",
    "sid",
    "apiKey",
    "api_key",
    "accessKey",
    "secretKey",
    "client_secret",
    "privateKey",
    "authKey",
    "jwt",
    "credential",
    "salt",
    "sig",
    "signature",
    "attendeePW",
    "proxyGrantingTicket",
];

/// A value that nothing else has, with signs that formats escape.
fn value(index: usize) -> String {
    format!("Zq{index}+/vK&{}w9X<", index * 7919)
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A HAR, command lines and bare texts in which each name is a parameter, a member of XML and of JSON, and its value an echo elsewhere.
fn samples(folder: &std::path::Path) {
    let mut entries = Vec::new();
    let mut lines = String::new();
    for (index, name) in NAMES.iter().enumerate() {
        let own = value(index);
        let json = format!(
            "{{\"status\": \"ok\", \"data\": {{\"{name}\": \"{own}\", \"echo\": \"said {own} again\"}}}}"
        );
        let xml = format!(
            "<reply status='ok'><{name}>{0}</{name}><echo note='{0}'>x</echo></reply>",
            escaped(&own).replace('\'', "&apos;")
        );
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        for (path, reply, media) in [("a", &json, "application/json"), ("b", &xml, "text/xml")] {
            entries.push(format!(
                "{{\"request\": {{\"method\": \"GET\", \"url\": \"https://api.example/{path}/op{index}?{name}={}&q={}\", \"headers\": \
                 [{{\"name\": \"Authorization\", \"value\": \"Bearer {own}\"}}, {{\"name\": \"Cookie\", \"value\": \"c{index}={own}; d=1\"}}]}}, \
                 \"response\": {{\"status\": 200, \"headers\": [{{\"name\": \"Set-Cookie\", \"value\": \"c{index}={own}; path=/\"}}], \
                 \"content\": {{\"mimeType\": \"{media}\", \"text\": \"{}\"}}}}}}",
                percent(&own), percent(&own), quoted(reply)
            ));
        }
        lines.push_str(&format!("curl -u 'me:{own}' -H 'X-Api-Key: {own}' -d '{name}={}' https://api.example/c/op{index}\n{json}\n", percent(&own)));
    }
    // What is a secret only by what goes on with it, and what the user names.
    lines.push_str("curl https://api.example/d/login\n{\"status\": \"ok\", \"data\": {\"handle\": \"Zq9999handle77\", \"door\": \"Zq8888door\"}}\n");
    lines.push_str("curl 'https://api.example/d/next?handle=Zq9999handle77&door=Zq8888door'\n{\"status\": \"ok\", \"data\": {\"more\": \"Zq9999handle77\"}}\n");
    fs::write(folder.join("a.har"), format!("{{\"log\": {{\"entries\": [{}]}}}}", entries.join(",\n")))
        .unwrap();
    fs::write(folder.join("b.curl"), lines).unwrap();
}

#[test]
fn no_secret_is_in_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    samples(folder.path());
    let inputs = Inputs::read(&[folder.path().to_owned()], &[]).unwrap();
    let mut options = Options::new("vault");
    options.secrets = vec!["door".to_owned()];
    let drafted = draft(&inputs, &options).unwrap();
    let mut written: String = drafted.files.iter().map(|file| file.text.as_str()).collect();
    written.push_str(&drafted.notes.join("\n"));
    written.push_str(&drafted.repaired.join("\n"));
    for contradiction in &drafted.contradictions {
        written.push_str(&contradiction.to_string());
    }
    let found: Vec<&str> =
        written.match_indices("Zq").map(|(at, _)| &written[at..written.len().min(at + 30)]).collect();
    assert_eq!(found, Vec::<&str>::new());
    // The samples are there, with values that say what they are.
    assert!(written.matches("[[op0.example]]").count() >= 2 && written.contains("exampleexamp"), "{written}");
    // The checks take nothing for a real secret.
    let files = drafted.files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    let checked = wirewright_codegen::check_sources("vault", files);
    assert_eq!(checked.faults.diagnostics().len(), 0, "{}", checked.faults.render(false));
}

/// The same value has the same fake, so that a session is still one.
#[test]
fn a_session_is_still_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = "curl -d 'user=ada&password=hunter2hunter' https://api.example/session/login\n{\"status\": \"ok\", \"session_key\": \"8sKqW0xzzP41\"}\n\
                curl 'https://api.example/session/ping?session_key=8sKqW0xzzP41'\n{\"status\": \"ok\"}\n\
                curl 'https://api.example/session/logout?session_key=8sKqW0xzzP41'\n{\"status\": \"ok\"}\n";
    fs::write(folder.path().join("a.curl"), text).unwrap();
    let inputs = Inputs::read(&[folder.path().to_owned()], &[]).unwrap();
    let drafted = draft(&inputs, &Options::new("vault")).unwrap();
    let protocol = &drafted.files[0].text;
    assert!(
        protocol.contains("opens       = \"session/login\"\ncloses      = \"session/logout\""),
        "{protocol}"
    );
    assert!(protocol.contains("session_key = { from = \"data.session_key\", secret = true"), "{protocol}");
    assert!(!drafted.files.iter().any(|file| file.text.contains("8sKqW") || file.text.contains("hunter2")));
    assert_eq!(drafted.contradictions, []);
}

/// The cookies of one header have nothing to do with one another: a short one is no part of a long one.
#[test]
fn each_cookie_is_replaced_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let token = "b01abd8879e53e4b2b7ef17208d4461c";
    let file = folder.path().join("a.http");
    let text = format!(
        "POST /session/login HTTP/1.1\nHost: api.example\n\nuser=ada\n\nHTTP/1.1 200 OK\nSet-Cookie: number=1; Max-Age=111\n\
         Set-Cookie: token={token}; path=/\n\n{{\"status\": \"ok\"}}\n###\n\
         GET /session/ping?a=b HTTP/1.1\nHost: api.example\nCookie: number=1; token={token}\n\nHTTP/1.1 200 OK\n\n{{\"status\": \"ok\"}}\n"
    );
    fs::write(&file, text).unwrap();
    let inputs = Inputs::read(&[file], &[]).unwrap();
    let exchanges = redacted(&inputs, &Options::new("vault"));
    let headers = |at: usize| exchanges[at].headers.iter().chain(&exchanges[at].reply_headers);
    let given: Vec<&str> =
        headers(0).filter(|(name, _)| name == "Set-Cookie").map(|(_, value)| &**value).collect();
    let sent: Vec<&str> =
        headers(1).filter(|(name, _)| name == "Cookie").map(|(_, value)| &**value).collect();
    let [number, made_up] = given[..] else { panic!("{given:?}") };
    let (number, made_up) =
        (number.strip_suffix("; Max-Age=111").unwrap(), made_up.strip_suffix("; path=/").unwrap());
    assert_eq!(sent, [format!("{number}; {made_up}")]);
    let half = &token[16..];
    assert!(!made_up.contains(half), "{made_up}");
    let drafted = draft(&inputs, &Options::new("vault")).unwrap();
    let written: String = drafted.files.iter().map(|file| file.text.as_str()).collect();
    assert!(!written.contains(half), "{written}");
    // Once more: what looks like a fake is a value like any other, and each stays one.
    let again = redacted(&Inputs { exchanges, ..Inputs::default() }, &Options::new("vault"));
    let token = |at: usize| {
        let values = again[at].headers.iter().chain(&again[at].reply_headers).map(|(_, value)| value);
        let pairs =
            values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().strip_prefix("token="));
        pairs.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(token(0), token(1));
}
