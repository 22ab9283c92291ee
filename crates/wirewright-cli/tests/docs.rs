//! `wirewright docs` in a folder, and the pages that a mock serves.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use http::{Request, Response, header};
use wirewright::client::blocking::Transport as _;
use wirewright_cli::mock::{Mock, Rule, Server, ServerConfig};
use wirewright_interpret::OperationType;
use wirewright_ureq::Transport;

/// Where the vendors' definitions are.
const DEFINITIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../protocol-defs");

fn docs(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewright"));
    command.current_dir(folder).arg("docs").args(arguments).output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_site_is_written_beside_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let write = |vendors: &[&str]| {
        let mut arguments = vendors.to_vec();
        arguments.extend(["--definitions", DEFINITIONS, "-o", "site"]);
        said(&docs(folder.path(), &arguments))
    };
    fs::create_dir_all(at("site/videntity")).unwrap();
    for own in ["site/own.html", "site/videntity/own.html"] {
        fs::write(at(own), "mine").unwrap();
    }
    let (code, out, err) = write(&["videntity", "yubicloud"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, "site/index.html: 24 files of 2 vendors, 24 written, 0 removed\n");
    let page = fs::read_to_string(at("site/videntity/session_login.html")).unwrap();
    assert!(page.contains("<h1><code>session/login</code></h1>"), "{page}");
    assert_eq!(
        write(&["videntity", "yubicloud"]).1,
        "site/index.html: 24 files of 2 vendors, 0 written, 0 removed\n"
    );

    // What it has written and needs no more is gone, with a folder that is empty then. All else stays.
    let (_, out, _) = write(&["yubicloud"]);
    assert_eq!(out, "site/index.html: 7 files of 1 vendor, 2 written, 17 removed\n");
    assert!(!at("site/videntity/index.html").exists() && at("site/videntity/own.html").exists());
    fs::remove_file(at("site/videntity/own.html")).unwrap();
    write(&["videntity"]);
    assert!(!at("site/yubicloud").exists());
    assert_eq!(fs::read_to_string(at("site/own.html")).unwrap(), "mine");
}

#[test]
fn nothing_of_somebody_elses_is_overwritten() {
    for (own, text) in [
        ("index.html", "mine"),
        ("yubicloud/otp_verify.html", "mine"),
        ("wirewright-docs.txt", "my list\nindex.html\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site").join(own);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let (code, out, err) =
            said(&docs(folder.path(), &["yubicloud", "--definitions", DEFINITIONS, "-o", "site"]));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{own}");
        assert!(
            err.contains(&format!("error: site/{own} is there already"))
                && err.contains("Nothing was written"),
            "{err}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        let files = fs::read_dir(folder.path().join("site")).unwrap().count();
        assert_eq!(files, 1, "{own}");
    }
}

/// A list that leads out of the site is not followed.
#[test]
fn nothing_outside_of_the_site_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let write = || said(&docs(folder.path(), &["yubicloud", "--definitions", DEFINITIONS, "-o", "site"]));
    write();
    fs::create_dir(at("other")).unwrap();
    for path in ["outside.html", "other/file.html"] {
        fs::write(at(path), "mine").unwrap();
    }
    let list = fs::read_to_string(at("site/wirewright-docs.txt")).unwrap();
    let outside = folder.path().join("outside.html");
    fs::write(
        at("site/wirewright-docs.txt"),
        format!("{list}../outside.html\n{}\nlink/file.html\n", outside.display()),
    )
    .unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(at("other"), at("site/link")).unwrap();
    let (code, out, _) = write();
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "site/index.html: 7 files of 1 vendor, 0 written, 0 removed\n")
    );
    assert!(outside.exists() && at("other/file.html").exists());
    assert_eq!(fs::read_to_string(at("site/wirewright-docs.txt")).unwrap(), list);
}

#[test]
fn a_faulty_definition_has_the_generators_own_report() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("parcels")).unwrap();
    fs::write(
        folder.path().join("parcels/protocol.toml"),
        "title = \"Parcels API\"\nmethod = { GET = \"query\" }\n",
    )
    .unwrap();
    let (code, out, err) = said(&docs(folder.path(), &["parcels", "-o", "site"]));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("did you mean `methods`?") && err.contains("its definition has faults"), "{err}");
    assert!(!folder.path().join("site").exists());
    let (code, _, err) = said(&docs(folder.path(), &["parcel", "-o", "site"]));
    assert_eq!(code, Some(2), "{err}");
    assert!(docs(folder.path(), &[]).status.code() == Some(2));
}

fn get(url: &str) -> Response<Vec<u8>> {
    Transport::new().send(Request::get(url).body(Vec::new()).unwrap()).unwrap()
}

fn text(response: Response<Vec<u8>>) -> String {
    assert_eq!(response.status(), 200);
    String::from_utf8(response.into_body()).unwrap()
}

/// Sends a form as a browser does.
fn send(url: &str, pairs: &[(&str, &str)]) -> String {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let request = Request::post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    text(Transport::new().send(request.body(body.into_bytes()).unwrap()).unwrap())
}

#[test]
fn a_mock_serves_its_pages() {
    let told = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let log = std::sync::Arc::clone(&told);
    let config =
        ServerConfig::new().with_path("/music").with_log(move |line| log.lock().unwrap().push_str(line));
    let server = Server::with_config(support::mock("subsonic"), config).unwrap();
    server.mock().faults().set(["http=503".parse::<Rule>().unwrap()]).unwrap();
    assert!(server.docs().ends_with("/music/_docs/"), "{}", server.docs());

    let index = get(&server.docs());
    let policy = index.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && policy.contains("form-action 'self'"), "{policy}");
    assert!(text(index).contains("href=\"subsonic/index.html\""));
    for (path, media_type) in [
        ("style.css", "text/css; charset=utf-8"),
        ("search.js", "text/javascript; charset=utf-8"),
        ("search-index.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("subsonic/browsing_get_album.html", "text/html; charset=utf-8"),
    ] {
        let file = get(&format!("{}{path}", server.docs()));
        assert_eq!(
            (file.status().as_u16(), file.headers()[header::CONTENT_TYPE].to_str().unwrap()),
            (200, media_type),
            "{path}"
        );
    }
    let without_slash = get(server.docs().trim_end_matches('/'));
    assert_eq!(without_slash.status(), 308);
    assert_eq!(without_slash.headers()[header::LOCATION], "/music/_docs/");
    assert_eq!(get(&format!("{}subsonic/nothing.html", server.docs())).status(), 404);
    // Pages are no calls of the vendor: no fault befalls them, and nobody is told.
    assert!(!told.lock().unwrap().contains("_docs"), "{}", told.lock().unwrap());
}

#[test]
fn a_form_is_sent_to_the_mock() {
    let server = Server::start(support::mock("nina"), 0).unwrap();
    let page = format!("{}nina/auth_client_login.html", server.docs());
    let answered = send(
        &page,
        &[
            ("parameter:s", "@/etc/passwd \"<b>"),
            ("parameter:pwd", "correct horse"),
            ("parameter:devId", "my-id"),
            ("format", "XML"),
        ],
    );
    let (_, shown) = answered.split_once("id=\"sent\"").unwrap();
    let (shown, form) = shown.split_once("<form").unwrap();
    assert!(shown.contains("<h3>The answer</h3>") && shown.contains("statusCode"), "{shown}");
    assert!(shown.contains("s=%40%2Fetc%2Fpasswd+%22%3Cb%3E"), "a value is a value: {shown}");
    assert!(
        shown.contains("pwd=[redacted]") && shown.contains("&#60;sessionSecret&#62;[redacted]"),
        "{shown}"
    );
    assert!(shown.contains("&#62; content-type: application/x-www-form-urlencoded"), "{shown}");
    for secret in ["correct horse", "correct+horse", "correct%20horse"] {
        assert!(!answered.contains(secret), "{answered}");
    }
    // What was filled in stays, but for secrets.
    assert!(
        form.contains("value=\"@/etc/passwd &#34;&#60;b&#62;\"")
            && form.contains("<option value=\"XML\" selected>"),
        "{form}"
    );

    // A call of a session opens one and closes it.
    let answered =
        send(&format!("{}nina/auth_get_info.html", server.docs()), &[("parameter:devId", "my-id")]);
    for call in ["/auth/clientLogin", "/auth/getInfo", "/auth/logout"] {
        assert!(answered.contains(&format!("{}{call}", server.origin())), "{call}: {answered}");
    }
    assert_eq!(
        (server.mock().opened(), server.mock().sessions()),
        (2, 1),
        "the first call has opened one by itself"
    );

    // What is missing is told as the command tells it.
    let answered = send(&page, &[]);
    assert!(
        answered.contains("<h3>There is no answer</h3>") && answered.contains("cannot be called without"),
        "{answered}"
    );
    // A refusal is shown with its exchange.
    server.mock().faults().set(["error=460@auth/clientLogin".parse::<Rule>().unwrap()]).unwrap();
    let answered =
        send(&page, &[("parameter:s", "me"), ("parameter:pwd", "x"), ("parameter:devId", "my-id")]);
    assert!(
        answered.contains("<h3>There is no answer</h3>") && answered.contains("id=\"exchange\""),
        "{answered}"
    );
}

/// What forms are filled in with at first is a call that the mock takes, for every operation of every vendor.
#[test]
fn every_form_can_be_sent_as_it_is() {
    let mut sent = 0;
    let mut failed = Vec::new();
    for folder in support::folders() {
        let server = Server::start(Mock::load(&folder).unwrap(), 0).unwrap();
        let vendor = server.mock().vendor().name;
        for operation in server.mock().definition().operations() {
            let name = operation.described().name;
            let same = |other: &&OperationType| other.described().path == operation.described().path;
            let all = server.mock().definition().operations();
            if !std::ptr::eq(all.iter().find(same).unwrap(), operation) {
                // On one host nobody can tell it from the other.
                continue;
            }
            let file = server_page(&server, name);
            let page = text(get(&file));
            let answered = send(
                &file,
                &fields(&page)
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect::<Vec<_>>(),
            );
            let signs_replies =
                server.mock().definition().vendor().computed.iter().any(|one| one.in_reply.is_some());
            if (vendor, name) == ("course", "words/lists") {
                // That a list is there and empty is for a line of the further parameters: a field that is empty is left out.
                assert!(answered.contains("at second: a required member is missing"), "{answered}");
            } else if signs_replies {
                // Nobody has told this mock the client's secret.
                assert!(answered.contains("its signature is missing"), "{answered}");
            } else if answered.contains("<h3>There is no answer</h3>") {
                let (_, outcome) = answered.split_once("id=\"outcome\"><code>").unwrap();
                failed.push(format!("{vendor} {name}: {}", outcome.split_once("</code>").unwrap().0));
            }
            sent += 1;
        }
    }
    assert!(failed.is_empty(), "{} of {sent}:\n{}", failed.len(), failed.join("\n"));
    assert!(sent > 200, "{sent}");
}

/// The page of an operation, as the search finds it.
fn server_page(server: &Server, name: &str) -> String {
    let index = text(get(&format!("{}search-index.js", server.docs())));
    let mut entries =
        index.lines().filter_map(|line| serde_json::from_str::<Vec<String>>(line.strip_suffix(',')?).ok());
    let entry = entries.find(|entry| entry[0] == name && entry[1].starts_with("operation")).unwrap();
    server.docs() + &entry[2]
}

/// The controls of a page's form and what is in them.
fn fields(page: &str) -> Vec<(String, String)> {
    let (_, form) = page.split_once("<form").unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let attribute = |tag: &str, name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescaped(value.split_once('"')?.0))
    };
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        if tag.starts_with("input") {
            fields.push((attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("select") {
            fields.push((attribute(tag, "name").unwrap(), String::new()));
        } else if tag.starts_with("option") && tag.contains(" selected>") {
            fields.last_mut().unwrap().1 = attribute(tag, "value").unwrap();
        } else if tag.starts_with("textarea") {
            let (_, value) = tag.split_once(">\n").unwrap();
            fields.push((attribute(tag, "name").unwrap(), unescaped(value)));
        }
    }
    fields
}

fn unescaped(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}
