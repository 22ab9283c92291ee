//! What replies look like, and the words of the language for it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wirewright_draft::{Draft, Inputs, Options, draft};

fn drafted(calls: &[(&str, &str)]) -> Draft {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.http");
    let text: Vec<String> = calls
        .iter()
        .map(|(target, reply)| {
            format!("GET {target} HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\n\n{reply}\n")
        })
        .collect();
    std::fs::write(&file, text.join("\n###\n")).unwrap();
    let inputs = Inputs::read(&[file], &[]).unwrap();
    let drafted = draft(&inputs, &Options::new("any")).unwrap();
    assert_eq!(drafted.contradictions, []);
    drafted
}

fn text(draft: &Draft) -> String {
    draft.files.iter().map(|file| file.text.as_str()).collect()
}

#[test]
fn several_errors_in_an_element_are_a_list() {
    let draft = drafted(&[
        ("/parcels/find?n=1", "<r status='ok'><errors/><place>Oslo</place></r>"),
        (
            "/parcels/find?n=2",
            "<r status='failed'><errors><fault number='2'>No such parcel</fault></errors></r>",
        ),
        (
            "/parcels/list?n=2",
            "<r status='failed'><errors><fault number='3'>Slow down</fault><fault number='4'>Later</fault></errors></r>",
        ),
    ]);
    let text = text(&draft);
    for part in [
        "errors = { type = \"Fault\", list = { item = \"fault\", always = true }, tells = { code = \"number\", message = \"message\" }",
        "number  = { type = \"integer\", attribute = true }",
        "2 = { name = \"NoSuchParcel\"",
        "3 = { name = \"SlowDown\",",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

/// What stands in front of a service refuses in a form of its own: the service's form counts.
#[test]
fn the_error_of_the_service_goes_before_that_of_what_is_in_front_of_it() {
    let own = "<errorReply xmlns='urn:parcels'><error><code>None</code><info>No such parcel</info></error></errorReply>";
    let others = "<errorReply><errors><error><code>Forged</code></error></errors></errorReply>";
    let draft = drafted(&[
        ("/parcels/find?n=1", "<r xmlns='urn:parcels'><place>Oslo</place></r>"),
        ("/parcels/find?n=2", own),
        ("/parcels/list?n=2", others),
        ("/parcels/drop?n=2", others),
    ]);
    let text = text(&draft);
    assert!(text.contains("code   = { is = \"code\", within = \"error\""), "{text}");
}

#[test]
fn pages_are_found_where_a_later_call_goes_on_with_what_a_reply_gave() {
    let page = |from: u32, next: &str| {
        format!("{{\"code\": 0, \"parcels\": [{{\"n\": {from}}}, {{\"n\": {}}}]{next}}}", from + 1)
    };
    let token = drafted(&[
        ("/parcels/list?size=2", &page(1, ", \"nextToken\": \"q7Lm20\"")),
        ("/parcels/list?size=2&token=q7Lm20", &page(3, "")),
        ("/parcels/find?n=1", "{\"code\": 0, \"place\": \"Oslo\"}"),
    ]);
    let token = text(&token);
    assert!(
        token.contains("[list.pagination]\nitems      = \"parcels\"\nparameters = { token = \"nextToken\" }"),
        "{token}"
    );
    let map = drafted(&[
        ("/parcels/list?size=2", &page(1, ", \"continue\": {\"from\": \"3\", \"batch\": \"7-\"}")),
        ("/parcels/list?size=2&from=3&batch=7-", &page(3, "")),
        ("/parcels/find?n=1", "{\"code\": 0, \"place\": \"Oslo\"}"),
    ]);
    let map = text(&map);
    assert!(map.contains("[list.pagination]\nitems   = \"parcels\"\nfurther = \"continue\""), "{map}");
    assert!(map.contains("continue = { map = \"keyed\" }"), "{map}");
    let counted = drafted(&[
        ("/parcels/list?page=0", &page(1, ", \"totalPages\": 7, \"total\": 14")),
        ("/parcels/search?text=a&offset=2", &page(3, ", \"total\": 14")),
        ("/parcels/find?n=1", "{\"code\": 0, \"place\": \"Oslo\"}"),
        ("/parcels/weigh?n=1", "{\"code\": 0, \"weight\": 3}"),
        ("/parcels/send?n=1", "{\"code\": 0, \"sent\": true}"),
    ]);
    let counted = text(&counted);
    let pages = "[list.pagination]\nitems = \"parcels\"\npage  = \"page\"\npages = \"totalPages\"\ntotal = \"total\"\nfirst = 0";
    assert!(counted.contains(pages), "{counted}");
    assert!(
        counted
            .contains("[search.pagination]\nitems  = \"parcels\"\noffset = \"offset\"\ntotal  = \"total\""),
        "{counted}"
    );
    // A number that a reply and a later request have by accident is no page.
    let none = drafted(&[
        ("/parcels/list?size=2", &page(1, ", \"weight\": 3")),
        ("/parcels/list?size=2&number=3", &page(3, ", \"weight\": 4")),
        ("/parcels/find?n=1", "{\"code\": 0, \"place\": \"Oslo\"}"),
    ]);
    assert!(!text(&none).contains("pagination"), "{}", text(&none));
}

#[test]
fn a_parameter_that_names_a_part_of_the_reply_tells_operations_apart() {
    let draft = drafted(&[
        ("/api?action=get&kind=album&id=1", "{\"got\": {\"album\": {\"name\": \"a\"}}}"),
        ("/api?action=get&kind=artist&id=1", "{\"got\": {\"artist\": {\"name\": \"b\"}}}"),
        (
            "/api?action=get&kind=artist&id=2&full=yes",
            "{\"got\": {\"artist\": {\"name\": \"c\", \"full\": true}}}",
        ),
        ("/api?action=put&id=1", "{\"put\": {\"id\": 1}}"),
    ]);
    let text = text(&draft);
    for part in [
        "[album]\nwire-name  = \"get\"",
        "[album.constants]\nkind = \"album\"",
        "[artist.constants]\nkind = \"artist\"",
        "[put]",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("[full"), "{text}");
}

#[test]
fn names_that_replies_list_are_parameters_in_paths() {
    let draft = drafted(&[
        ("/box/?list=all", "<boxes><box>red</box><box>blue</box></boxes>"),
        ("/box/red/parcels", "<parcels><parcel>x</parcel></parcels>"),
        ("/box/blue/parcels", "<parcels/>"),
        ("/box/green/parcels", "<parcels/>"),
    ]);
    let text = text(&draft);
    assert!(text.contains("path       = \"/box/{box_id}/parcels\""), "{text}");
    // Calls that no reply names are calls.
    let calls = drafted(&[("/parcels/find?n=1", "<r>Oslo</r>"), ("/parcels/list?n=1", "<r>find</r>")]);
    assert!(calls.files.iter().any(|file| file.text.contains("[find]")), "{}", self::text(&calls));
}

#[test]
fn files_in_a_form_of_parts_are_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.curl");
    let calls = "curl -F title=red -F picture=@red.png https://api.example/parcels/show\n{\"code\": 0, \"number\": 17}\n\
                 curl -d number=17 https://api.example/parcels/find\n{\"code\": 0, \"place\": \"Oslo\"}\n";
    std::fs::write(&file, calls).unwrap();
    let inputs = Inputs::read(&[file], &[]).unwrap();
    let draft = draft(&inputs, &Options::new("any")).unwrap();
    assert_eq!((draft.contradictions.as_slice(), draft.repaired.as_slice()), (&[][..], &[][..]));
    let text = text(&draft);
    for part in ["[show]\nmultipart  = true", "picture = { type = \"file\" }", "title   = {}"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(text.matches("multipart").count(), 1, "{text}");
}
