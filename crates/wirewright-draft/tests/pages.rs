//! What a page says, in the ways in which pages say it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use proptest::prelude::*;
use wirewright_draft::{DraftError, Inputs, Options, Page, PageText, draft};

/// Labels with a colon, a table of errors without borders, a format and samples.
const LABELS: &str = "Method: /parcels/find\n\nURL: https://api.parcels.example/parcels/find\n\nDefinition: Finds a parcel.\n\nRequest Type: POST\n\n\
Arguments: 2\n\nsession_key (required): the key of your session, given in response to your login request.\nnumber (optional): the parcel's number\n\n\
URL Encoded example:\n\nsession_key=Ry5NvPAbceAS123&number=17\n\nResponse Format:\n\n   <?xml version=\"1.0\"?>\n   <response>\n     <status>STATUS</status>\n     \
<tx>NUMBER</tx>\n   </response>\n\nResponse Example:\n\n   <?xml version=\"1.0\"?>\n   <response>\n     <status>SUCCESS</status>\n     <tx>58768</tx>\n     \
<response_data><place>Oslo</place></response_data>\n   </response>\n\nErrors:\n\nERROR NUMBER ERROR NAME ERROR DETAILS\n\
2 SESSION_DOES_NOT_EXIST session does not exist\n4 MISSING_MANDATORY_FIELD a field is missing\n\nError Example:\n\n<response>\n  <status>ERROR</status>\n  \
<tx>1</tx>\n  <error_number>2</error_number>\n</response>\n";

/// A name on a line and what it is below, values in a list, and an address as the sample.
const NAMES: &str = "find (Find a parcel)\n\nQuery string\n\nThe query string must contain the following parameters:\n\napi\n\
Specify the name of the API transaction.\napiversion\nSpecify the version of the API.\nsid\nThe session ID, returned by login.\nkind (optional)\n\
Valid values for kind are as follows:\nsmall\nOnly small ones.\nlarge\nOnly large ones.\nThe default is small.\n\nXML response from server\n\n<rc>\n\
The return code.\n<msg>\nWhat happened.\n\nQuery string example\n\nhttps://www.parcels.example/gw?api=find&apiversion=3&sid=$SID\n\nXML response example\n\n\
<out>\n  <rc>0</rc>\n  <msg>Found</msg>\n</out>\n";

/// Bullets in bullets, two formats, and a sample that is printed wrong.
const BULLETS: &str = "Parcels/find\n\nInitial Request\n\n  • URL\n    • http(s)://api.parcels.example/parcels/find\n  • HTTP Method\n    • GET or POST\n  \
• Arguments\n    • devId (required)\n      • your developer Id\n    • f (required)\n      • the required format of the response (XML, JSON)\n    \
• r (optional)\n      • a string that is returned back in the response as requestId\n    • q (optional)\n      • what to look for (default: all)\n    \
• sig (required)\n      • the signature of the request\n\nResponse Format\n\n<response>\n  <statusCode />\n  <requestId />\n  <data>\n   ....\n  </data>\n\
</response>\n\nError Codes\n\n  • 200 - Success (Ok)\n  • 460 - Missing required parameter\n\nSample Response\n\nXML\n\n<response>\n  <statusCode>200</statusCode\n\
</response>\n\nJSON\n\n{\"response\": {\n  \"statusCode\": 200\n}}\n\nQuery String\n\nstatusCode=200\n";

/// HTML, with tables and preformatted samples.
const HTML: &str = "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><nav>Menu | Home</nav><h1>Find</h1>\
<p><b>Endpoint:</b> https://api.parcels.example/v1/parcels/find</p><p>HTTP method: GET</p><h2>Parameters</h2>\
<table><tr><th>Parameter</th><th>Required</th><th>Description</th><th>Default</th></tr>\
<tr><td><code>number</code></td><td>Yes</td><td>The parcel's <em>number</em> | its id</td><td></td></tr>\
<tr><td>lang</td><td>no</td><td>The language.</td><td>en</td></tr></table><h2>Error codes</h2>\
<table><tr><th>Code</th><th>Description</th></tr><tr><td>NoSuchParcel</td><td>There is none.</td></tr></table>\
<h2>Example response</h2><pre>{\n  \"code\": \"ok\",\n  \"place\": \"Oslo &amp; more\"\n}</pre><script>alert('a=b')</script></body></html>";

fn page(name: &str, text: &str) -> PageText {
    PageText { file: name.into(), text: text.to_owned(), group: None, operation: None }
}

fn shown(page: &Page) -> String {
    let mut text = format!("{:?} {:?} {:?}\n", page.url, page.methods, page.doc);
    for one in &page.arguments {
        writeln!(
            text,
            "argument {} {:?} {:?} {:?}: {}",
            one.name, one.required, one.values, one.default, one.doc
        )
        .unwrap();
    }
    for one in &page.errors {
        writeln!(text, "error {} {:?}: {}", one.code, one.symbol, one.text).unwrap();
    }
    for (name, doc) in &page.reply {
        writeln!(text, "reply {name}: {doc}").unwrap();
    }
    for one in &page.samples {
        let kind = if one.is_format {
            "format"
        } else if one.is_error {
            "error"
        } else {
            "sample"
        };
        writeln!(text, "{kind} {:?} below {:?}: {} lines", one.kind, one.label, one.text.lines().count())
            .unwrap();
    }
    text
}

#[test]
fn pages_are_read_and_drafted() {
    let mut text = String::new();
    for (name, page_text) in
        [("labels.txt", LABELS), ("names.txt", NAMES), ("bullets.txt", BULLETS), ("tables.html", HTML)]
    {
        let own = page(name, page_text);
        writeln!(text, "=== {name}\n{}", shown(&Page::read(&own))).unwrap();
        let inputs = Inputs { pages: vec![own], ..Inputs::default() };
        let drafted = draft(&inputs, &Options::new("parcels")).unwrap();
        assert_eq!(drafted.contradictions, [], "{name}");
        for file in &drafted.files {
            writeln!(text, "--- {}\n{}", file.name, file.text).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

proptest! {
    /// Whatever a page is, it is read.
    #[test]
    fn any_page_is_read(
        start in prop::sample::select(vec!["", "<html>", "Arguments:\n", "Errors\n", "| Name | Required |\n", "{", "<a>\n<b>\n", "<table><tr><td>"]),
        text in "[ -~\n\t•–<>{}|:()ö]{0,200}",
    ) {
        let read = Page::read(&page("a.txt", &format!("{start}{text}")));
        let _ = shown(&read);
        let own = page("a.txt", &format!("{start}{text}\nURL: https://a.example/b/c\n"));
        let inputs = Inputs { pages: vec![own], ..Inputs::default() };
        // A page may have nothing to draft from; what is drafted has no fault.
        prop_assert!(!matches!(draft(&inputs, &Options::new("any")), Err(DraftError::Faulty(_))));
    }
}
