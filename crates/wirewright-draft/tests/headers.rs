//! What calls carry in headers and cookies.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wirewright_draft::{Inputs, Options, draft};

const CALLS: &str = "POST /api/login HTTP/1.1\nHost: wiki.example\nUser-Agent: x\nX-Api-Version: 2\nContent-Type: application/x-www-form-urlencoded\n\nname=ada&password=hunter2hunter\n\
HTTP/1.1 200 OK\nContent-Type: application/json\nSet-Cookie: wiki_session=q8Xk2PzL0v7wTr5n; path=/; HttpOnly\n\n{\"status\": \"ok\", \"user\": {\"id\": 7}}\n\n\
GET /api/read?page=1 HTTP/1.1\nHost: wiki.example\nX-Api-Version: 2\nCookie: wiki_session=q8Xk2PzL0v7wTr5n; theme=dark\n\n\
HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"status\": \"ok\", \"text\": \"Hello.\"}\n\n\
GET /api/logout HTTP/1.1\nHost: wiki.example\nX-Api-Version: 2\nCookie: wiki_session=q8Xk2PzL0v7wTr5n\n\n\
HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"status\": \"ok\"}\n";

const BEARER: &str = "curl -H 'Authorization: Bearer tok-8271hdjs7' https://api.example/v1/users/list\n{\"status\": \"ok\", \"users\": []}\n\
curl -H 'Authorization: Bearer tok-8271hdjs7' https://api.example/v1/users/count\n{\"status\": \"ok\", \"count\": 3}\n";

fn drafted(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    let drafted = draft(&Inputs::read(&[file], &[]).unwrap(), &Options::new("wiki")).unwrap();
    assert_eq!(drafted.contradictions, []);
    let files: Vec<String> =
        drafted.files.into_iter().map(|file| format!("--- {}\n{}", file.name, file.text)).collect();
    files.join("\n")
}

#[test]
fn sessions_may_be_in_cookies_and_keys_in_headers() {
    let (cookies, bearer) = (drafted("a.http", CALLS), drafted("b.curl", BEARER));
    for secret in ["q8Xk", "hunter", "8271"] {
        assert!(!cookies.contains(secret) && !bearer.contains(secret), "{cookies}\n{bearer}");
    }
    insta::assert_snapshot!(format!("{cookies}\n=== a token\n{bearer}"));
}
