//! Sites as a whole: every link leads somewhere, nothing comes from elsewhere, and what a definition says is text.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::{all, definition, marks, pages};
use wirewright_docs::{File, mock_site, site};

/// The elements that pages are made of.
const ELEMENTS: &[&str] = &[
    "a",
    "body",
    "br",
    "button",
    "code",
    "dd",
    "desc",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "input",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "path",
    "pre",
    "rect",
    "script",
    "section",
    "select",
    "span",
    "strong",
    "summary",
    "svg",
    "text",
    "textarea",
    "title",
    "tspan",
    "ul",
];

/// A link from the page at `from`: the path that it leads to, and the mark there.
fn target(from: &str, link: &str) -> (String, Option<String>) {
    let (path, mark) = match link.split_once('#') {
        Some((path, mark)) => (path, Some(mark.to_owned())),
        None => (link, None),
    };
    if path.is_empty() {
        return (from.to_owned(), mark);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{from}: {link} leads out of the site");
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), mark)
}

/// How many links there are, each of which leads to a file of the site, and to a mark in it.
fn check_links(site: &[File]) -> usize {
    let files: BTreeSet<&str> = site.iter().map(|file| file.path.as_str()).collect();
    let pages = pages(site);
    let all_marks: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(path, page)| (path.as_str(), marks(path, page))).collect();
    let mut links = 0;
    let mut check = |from: &str, link: &str| {
        let (path, mark) = target(from, link);
        assert!(files.contains(path.as_str()), "{from}: {link} leads to no file");
        if let Some(mark) = mark {
            assert!(all_marks[path.as_str()].contains(&mark), "{from}: {link} leads to no mark");
        }
        links += 1;
    };
    for (path, page) in &pages {
        for tag in &page.tags {
            let outside = tag.name == "a" && tag.get("rel") == Some("noreferrer");
            for link in [tag.get("href"), tag.get("src"), tag.get("action")]
                .into_iter()
                .flatten()
                .filter(|_| !outside)
            {
                // Where a form was sent, the answer is.
                if link != "#sent" {
                    check(path, link);
                }
            }
            let own = &all_marks[path.as_str()];
            for name in ["for", "aria-labelledby", "aria-controls"] {
                for mark in tag.get(name).into_iter().flat_map(str::split_whitespace) {
                    assert!(own.contains(mark), "{path}: {name}={mark}");
                }
            }
        }
    }
    for entry in index(site) {
        check("index.html", entry[2].as_str().unwrap());
    }
    links
}

/// What is searched for.
fn index(site: &[File]) -> Vec<serde_json::Value> {
    let file = site.iter().find(|file| file.path == "search-index.js").unwrap();
    let list = file.text.strip_prefix("\"use strict\";\nglobalThis.searchIndex = ").unwrap();
    let list = list.strip_suffix(",\n];\n").unwrap();
    serde_json::from_str(&format!("{list}]")).unwrap()
}

/// That pages are made of these elements, load files of the site only, and have no script, no style and no handler within.
fn check_pages(site: &[File]) {
    for (path, page) in &pages(site) {
        let policy = page.tags.iter().find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"));
        assert!(
            policy.unwrap().get("content").unwrap().starts_with("default-src 'none'; script-src 'self';"),
            "{path}"
        );
        let scripts: Vec<_> = page.tags.iter().filter(|tag| tag.name == "script").collect();
        assert!(
            scripts.len() == 1 && scripts[0].get("src").unwrap().ends_with("search.js"),
            "{path}: {scripts:?}"
        );
        for tag in &page.tags {
            assert!(ELEMENTS.contains(&tag.name.as_str()), "{path}: {tag:?}");
            for (name, value) in &tag.attributes {
                assert!(!name.starts_with("on") && name != "style", "{path}: {tag:?}");
                let leads = ["href", "src", "action"].contains(&name.as_str());
                let outside = value.contains("://") || value.starts_with("//") || value.contains(':');
                if leads && outside {
                    let harmless = value.starts_with("https://") || value.starts_with("http://");
                    assert!(harmless && tag.get("rel") == Some("noreferrer"), "{path}: {tag:?}");
                }
            }
        }
        assert!(!page.text.contains('\u{202e}'), "{path} has what turns text around");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let definitions = all();
    let written = site(&definitions);
    assert!(check_links(&written) > 10_000);
    check_pages(&written);
    let operations: usize = definitions.iter().map(|one| one.operations().len()).sum();
    assert!(written.len() > operations + definitions.len(), "{} files", written.len());
    for definition in &definitions {
        let served = mock_site(definition);
        check_links(&served);
        check_pages(&served);
        let forms = served.iter().filter(|file| file.text.contains("<form method=\"post\"")).count();
        assert_eq!(forms, definition.operations().len());
        assert!(served.iter().all(|file| !file.text.contains("form-action 'none'")));
    }
    assert!(written.iter().all(|file| !file.text.contains("<form")), "there is no mock to send a form to");
}

#[test]
fn the_same_definitions_give_the_same_bytes() {
    assert_eq!(site(&all()), site(&all()));
}

/// Two definitions of one name, from two folders, are two vendors.
#[test]
fn each_vendor_has_a_folder() {
    let one = || definition("parcels", &[("protocol.toml", PROTOCOL), ("parcels.toml", PARCELS)]);
    let written = site(&[one(), one()]);
    check_links(&written);
    let overviews: Vec<&str> =
        written.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with("/index.html")).collect();
    assert_eq!(overviews, ["parcels/index.html", "parcels_2/index.html"]);
}

/// Texts that a page must not take for its own, in every place that a definition has for texts.
#[test]
fn what_a_definition_says_is_text() {
    let texts = [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\\\" onmouseover=\\\"alert(1)",
        "`<b>` </code></pre></textarea></title><svg onload=alert(1)>",
        "javascript:alert(1) https://a.example/\\\"onfocus=alert(1) &lt;i&gt; \\u202eturned",
    ];
    for text in texts {
        let replace = |file: &str| file.replace("HOSTILE", text);
        let (protocol, parcels) = (replace(HOSTILE_PROTOCOL), replace(HOSTILE_PARCELS));
        let hostile = definition("hostile", &[("protocol.toml", &protocol), ("parcels.toml", &parcels)]);
        let shown = text.replace("\\\"", "\"").replace("\\u202e", "\u{fffd}");
        let served = mock_site(&hostile);
        let written = site(&[hostile]);
        for files in [&written, &served] {
            check_links(files);
            check_pages(files);
            // As a name it is as it is; in prose the marks of code are gone.
            let page =
                support::parse(files.iter().find(|file| file.path == "hostile/parcels_find.html").unwrap());
            let named = page.text.matches(&shown).count();
            assert!(named >= 3, "{named} times: {shown}\n{}", page.text);
        }
        let entries = index(&written);
        assert!(entries.iter().any(|entry| entry[3].as_str().unwrap().contains(&shown)));
    }
}

#[test]
fn a_small_site() {
    let parcels = definition("parcels", &[("protocol.toml", PROTOCOL), ("parcels.toml", PARCELS)]);
    for file in site(&[parcels]) {
        if file.path.contains('/') || file.path == "search-index.js" {
            insta::assert_snapshot!(file.path.replace(['/', '.'], "-"), file.text);
        }
    }
}

const PROTOCOL: &str = r#"
title    = "Parcels API"
doc      = "Sends parcels, and says where they are: see https://parcels.example/about."
source   = "parcels.example/docs"
endpoint = "https://api.parcels.example"
methods  = { GET = "query", POST = "form" }

[formats.xml]
value = "xml"
root  = "response"

[formats.json]
value = "json"

[parameters]
f      = { from = "format", doc = "The format of the reply." }
key    = { from = "client", required = true, secret = false, doc = "Your developer key." }
secret = { from = "client", required = true, secret = true, in = "computed", doc = "It signs calls." }
ts     = { from = "clock", type = "integer", doc = "The time of the call." }
sid    = { from = "session", field = "sid", doc = "The session." }
"*"    = { from = "request" }
sig    = { from = "computed", field = "signature", doc = "The signature." }

[envelope]
code   = { is = "status", type = "integer", success = [0], doc = "0 when all went well." }
reason = { is = "message", on = "failure", doc = "What is wrong, in words." }
data   = { is = "data" }

[session]
opens  = "parcels/enter"
closes = "parcels/leave"

[session.fields]
sid = { from = "data.sid", secret = true, doc = "The session's ID." }

[computed.pairs]
pairs          = "parameters"
percent-encode = "rfc3986"

[computed.signature]
text      = "{method}\n{pairs}"
algorithm = "hmac-sha256"
key       = "{client.secret}"
encoding  = "hex"

[errors]
2 = { name = "NoSuchParcel", class = "invalid-request", doc = "There is no such parcel." }
3 = { name = "Closed", class = "log-in-again", doc = "The session is closed.", assumption = "The number is a guess.", confidence = "low" }
"#;

const PARCELS: &str = r#"
doc = "Parcels, and where they are."

[enter]
doc    = "Opens a session."
source = "parcels.example/docs/enter"

[enter.request]
name     = { required = true, doc = "Who you are." }
password = { required = true, secret = true, doc = "The password." }

[enter.reply]
sid = { required = true, secret = true, doc = "The session's ID." }

[leave]
doc     = "Closes the session."
source  = "parcels.example/docs/leave"
session = "required"

[find]
doc        = "Tells where a parcel is. The page says no more."
source     = "parcels.example/docs/find"
confidence = "high"
session    = ["required", "none"]
repeatable = true
errors     = [2]

[find.request]
number = { required = true, doc = "The parcel's number." }
lang   = { type = "Language", default = "en", doc = "The language of places." }
also   = { list = { numbered = true }, doc = "Further numbers." }

[find.reply]
parcel = { type = "Parcel", required = true, doc = "The parcel." }

[types.Language.values]
en = "English."
no = "Norwegian."

[types.Parcel.members]
id     = { attribute = true, required = true, doc = "The parcel's number." }
place  = { doc = "Where it is.", confidence = "low" }
weight = { type = "integer", doc = "In grams." }
inner  = { type = "Parcel", list = true, doc = "Parcels in it." }

[[find.example]]
name      = "sample"
source    = "parcels.example/docs/find"
request.query = "f=xml&key=me&ts=1222790202&number=17&lang=no"
reply.xml = '''
<response>
  <code>0</code>
  <data>
    <parcel id="17"><place>Oslo &amp; around</place><weight>1200</weight></parcel>
  </data>
</response>
'''

[[find.example]]
name       = "unknown"
source     = "parcels.example/docs/find"
error      = 2
reply.json = '{"code": 2, "reason": "no such parcel"}'
"#;

const HOSTILE_PROTOCOL: &str = r#"
title    = "HOSTILE"
doc      = "HOSTILE"
source   = "HOSTILE"
assumption = "HOSTILE"
endpoint = "https://api.parcels.example"
methods  = { GET = "query" }
formats  = { json = {} }

[parameters]
"HOSTILE" = { name = "common", from = "client", required = true, doc = "HOSTILE" }
always    = { from = "constant", value = "HOSTILE", doc = "HOSTILE" }
"*"       = { from = "request" }

[envelope]
code = { is = "status", type = "integer", success = [0], doc = "HOSTILE" }
why  = { is = "message", on = "failure" }
data = { is = "data" }

[errors]
2 = { name = "NoSuchParcel", class = "invalid-request", doc = "HOSTILE", message = "HOSTILE" }
"#;

const HOSTILE_PARCELS: &str = r#"
doc = "HOSTILE"

[find]
doc        = "HOSTILE"
source     = "HOSTILE"
assumption = "HOSTILE"
partial    = "HOSTILE"
errors     = [2]

[find.request]
"a HOSTILE" = { name = "number", required = true, doc = "HOSTILE" }
"b HOSTILE" = { name = "other", doc = "HOSTILE", default = "HOSTILE" }
kind        = { type = "Kind" }

[find.reply]
parcel = { doc = "HOSTILE", assumption = "HOSTILE", source = "HOSTILE" }

[types.Kind]
doc = "HOSTILE"

[types.Kind.values]
"a HOSTILE" = { name = "first", doc = "HOSTILE" }

[[find.example]]
name       = "HOSTILE"
source     = "HOSTILE"
doc        = "HOSTILE"
reply.json = """{"code": 0, "data": {"parcel": "</script><script>alert(1)</script>"}}"""
"#;
