//! What is measured, and the bars.

use std::collections::BTreeMap;

use wirewright::{json, query, xml};

use crate::{
    calls,
    documents::*,
    model::*,
    peers::{
        facet_types,
        json_shapes::{mini, nano},
        smithy_json, smithy_query, smithy_schema, smithy_xml, xmlserde_types, yaserde_types,
    },
    signing::signing,
    suite::{Group, OURS, leak},
};

pub fn all() -> Vec<Group> {
    [xml_small(), xml_rows(), json_all(), query_all(), signing(), calls::calls(), variations(), general()]
        .into_iter()
        .flatten()
        .collect()
}

fn xml_small() -> Vec<Group> {
    let (logout_value, failure_value) = (leak(logout()), leak(failure()));
    vec![
        Group::new("XML logout, decode", 0.18, Some(&logout()))
            .case(OURS, LOGOUT, |text| xml::from_str::<Logout>(text).unwrap())
            .case("quick-xml", LOGOUT, |text| quick_xml::de::from_str::<Logout>(text).unwrap())
            .case("instant-xml", LOGOUT, |text| instant_xml::from_str::<Logout>(text).unwrap())
            .case("xmlserde", LOGOUT, |text| {
                xmlserde::xml_deserialize_from_str::<xmlserde_types::Logout>(text).unwrap()
            })
            .case("aws-smithy-xml", LOGOUT, smithy_xml::logout)
            .case("aws-smithy-schema", LOGOUT, smithy_schema::logout)
            .case("facet", LOGOUT, |text| facet_xml::from_str::<facet_types::Logout>(text).unwrap())
            .case("serde-xml-rs", LOGOUT, |text| serde_xml_rs::from_str::<Logout>(text).unwrap())
            .case("yaserde", LOGOUT, |text| yaserde::de::from_str::<yaserde_types::Logout>(text).unwrap()),
        Group::new("XML logout, encode", 0.16, Some(&logout()))
            .writer(OURS, logout_value, |value| xml::to_string(value).unwrap(), read_logout)
            .writer("quick-xml", logout_value, |value| quick_xml::se::to_string(value).unwrap(), read_logout)
            .writer("instant-xml", logout_value, |value| instant_xml::to_string(value).unwrap(), read_logout)
            .writer(
                "hard-xml",
                leak(hard_logout()),
                |value| hard_xml::XmlWrite::to_string(value).unwrap(),
                read_logout,
            )
            .writer(
                "xmlserde",
                leak(xmlserde::xml_deserialize_from_str::<xmlserde_types::Logout>(LOGOUT).unwrap()),
                xmlserde_types::to_string,
                read_logout,
            )
            .writer("aws-smithy-xml", logout_value, smithy_xml::from_logout, read_logout)
            .writer("aws-smithy-schema", logout_value, smithy_schema::from_logout, read_logout)
            .writer(
                "facet",
                leak(facet_xml::from_str::<facet_types::Logout>(LOGOUT).unwrap()),
                |value| facet_xml::to_string(value).unwrap(),
                read_logout,
            )
            .writer(
                "serde-xml-rs",
                logout_value,
                |value| serde_xml_rs::to_string(value).unwrap(),
                read_logout,
            )
            .writer(
                "yaserde",
                leak(yaserde::de::from_str::<yaserde_types::Logout>(LOGOUT).unwrap()),
                |value| yaserde::ser::to_string(value).unwrap(),
                read_logout,
            ),
        Group::new("XML error, decode", 0.18, Some(&failure()))
            .case(OURS, FAILURE, |text| xml::from_str::<Failure>(text).unwrap())
            .case("quick-xml", FAILURE, |text| quick_xml::de::from_str::<Failure>(text).unwrap())
            .case("instant-xml", FAILURE, |text| instant_xml::from_str::<Failure>(text).unwrap())
            .case("xmlserde", FAILURE, |text| {
                xmlserde::xml_deserialize_from_str::<xmlserde_types::Failure>(text).unwrap()
            })
            .case("aws-smithy-xml", FAILURE, smithy_xml::failure)
            .case("aws-smithy-schema", FAILURE, smithy_schema::failure)
            .case("facet", FAILURE, |text| facet_xml::from_str::<facet_types::Failure>(text).unwrap())
            .case("serde-xml-rs", FAILURE, |text| serde_xml_rs::from_str::<Failure>(text).unwrap())
            .case("yaserde", FAILURE, |text| yaserde::de::from_str::<yaserde_types::Failure>(text).unwrap()),
        Group::new("XML error, encode", 0.16, Some(&failure()))
            .writer(OURS, failure_value, |value| xml::to_string(value).unwrap(), read_failure)
            .writer(
                "quick-xml",
                failure_value,
                |value| quick_xml::se::to_string(value).unwrap(),
                read_failure,
            )
            .writer(
                "instant-xml",
                failure_value,
                |value| instant_xml::to_string(value).unwrap(),
                read_failure,
            )
            .writer(
                "hard-xml",
                leak(hard_failure()),
                |value| hard_xml::XmlWrite::to_string(value).unwrap(),
                read_failure,
            )
            .writer(
                "xmlserde",
                leak(xmlserde::xml_deserialize_from_str::<xmlserde_types::Failure>(FAILURE).unwrap()),
                xmlserde_types::to_string,
                read_failure,
            )
            .writer("aws-smithy-xml", failure_value, smithy_xml::from_failure, read_failure)
            .writer("aws-smithy-schema", failure_value, smithy_schema::from_failure, read_failure)
            .writer(
                "facet",
                leak(facet_xml::from_str::<facet_types::Failure>(FAILURE).unwrap()),
                |value| facet_xml::to_string(value).unwrap(),
                read_failure,
            )
            .writer(
                "serde-xml-rs",
                failure_value,
                |value| serde_xml_rs::to_string(value).unwrap(),
                read_failure,
            )
            .writer(
                "yaserde",
                leak(yaserde::de::from_str::<yaserde_types::Failure>(FAILURE).unwrap()),
                |value| yaserde::ser::to_string(value).unwrap(),
                read_failure,
            ),
    ]
}

fn read_logout(text: &str) -> Logout {
    quick_xml::de::from_str(text).unwrap()
}

fn read_failure(text: &str) -> Failure {
    quick_xml::de::from_str(text).unwrap()
}

fn hard_logout() -> hard::Logout<'static> {
    let value = leak(logout());
    hard::Logout {
        api_method: (&value.api_method).into(),
        status: (&value.status).into(),
        api_tx_number: value.api_tx_number,
        detail: (&value.detail).into(),
        response_name_value: hard::NameValue { session_key: (&value.response_name_value.session_key).into() },
        timestamp: (&value.timestamp).into(),
    }
}

fn hard_failure() -> hard::Failure<'static> {
    let value = leak(failure());
    hard::Failure {
        api_method: (&value.api_method).into(),
        status: (&value.status).into(),
        api_tx_number: value.api_tx_number,
        error_number: value.error_number,
        error_name: (&value.error_name).into(),
        error_detail: (&value.error_detail).into(),
        timestamp: (&value.timestamp).into(),
    }
}

fn xml_rows() -> Vec<Group> {
    let value = leak(out(10_000));
    let text = leak(out_xml(value, cells)).as_str();
    // Without CDATA, which not all that write can read.
    let plain = leak(quick_xml::se::to_string(value).unwrap()).as_str();
    let hard = |text| <hard::Out<'_> as hard_xml::XmlRead>::from_str(text).unwrap();
    let back = |text: &str| quick_xml::de::from_str::<Out>(text).unwrap();
    vec![
        Group::new("XML 10,000 rows, decode", 0.24, Some(value))
            .case(OURS, text, |text| xml::from_str::<Out>(text).unwrap())
            .case("quick-xml", text, |text| quick_xml::de::from_str::<Out>(text).unwrap())
            .case("instant-xml", text, |text| instant_xml::from_str::<Out>(text).unwrap())
            .cannot("xmlserde", "it reads no CDATA", text, |text| {
                xmlserde::xml_deserialize_from_str::<xmlserde_types::Out>(text).unwrap()
            })
            .cannot("aws-smithy-xml", "it reads no CDATA", text, smithy_xml::out)
            .cannot("aws-smithy-schema", "it reads no CDATA", text, smithy_schema::out)
            .cannot("facet", "it loses the spaces beside entities", text, |text| {
                facet_xml::from_str::<facet_types::Out>(text).unwrap()
            })
            .case("serde-xml-rs", text, |text| serde_xml_rs::from_str::<Out>(text).unwrap())
            .case("yaserde", text, |text| yaserde::de::from_str::<yaserde_types::Out>(text).unwrap()),
        Group::new("XML 10,000 rows, encode", 0.21, Some(value))
            .writer(OURS, value, |value| xml::to_string(value).unwrap(), back)
            .writer("quick-xml", value, |value| quick_xml::se::to_string(value).unwrap(), back)
            .writer("instant-xml", value, |value| instant_xml::to_string(value).unwrap(), back)
            .writer("hard-xml", leak(hard(text)), |value| hard_xml::XmlWrite::to_string(value).unwrap(), back)
            .writer(
                "xmlserde",
                leak(xmlserde::xml_deserialize_from_str::<xmlserde_types::Out>(plain).unwrap()),
                xmlserde_types::to_string,
                back,
            )
            .writer("aws-smithy-xml", value, smithy_xml::from_out, back)
            .writer("aws-smithy-schema", value, smithy_schema::from_out, back)
            .writer(
                "facet",
                leak(
                    facet_json::from_str::<facet_types::Out>(&serde_json::to_string(value).unwrap()).unwrap(),
                ),
                |value| facet_xml::to_string(value).unwrap(),
                back,
            )
            .writer("serde-xml-rs", value, |value| serde_xml_rs::to_string(value).unwrap(), back)
            .writer(
                "yaserde",
                leak(yaserde::de::from_str::<yaserde_types::Out>(plain).unwrap()),
                |value| yaserde::ser::to_string(value).unwrap(),
                back,
            ),
        Group::new("XML 10,000 rows, decode borrowed", 0.23, Some(value))
            .case(OURS, text, |text| xml::from_str::<borrowed::Out<'_>>(text).unwrap())
            .case("quick-xml", text, |text| quick_xml::de::from_str::<borrowed::Out<'_>>(text).unwrap())
            .case("hard-xml", text, hard),
    ]
}

fn json_all() -> Vec<Group> {
    type Small = Envelope<Session>;
    type Large = Envelope<Rows>;
    type FacetSmall = facet_types::Envelope<facet_types::Session>;
    type FacetLarge = facet_types::Envelope<facet_types::Rows>;
    let (small, large) = (leak(envelope(session())), leak(envelope(json_rows(10_000))));
    let small_text = leak(serde_json::to_string(small).unwrap()).as_str();
    let large_text = leak(serde_json::to_string(large).unwrap()).as_str();
    let small_back = |text: &str| serde_json::from_str::<Small>(text).unwrap();
    let large_back = |text: &str| serde_json::from_str::<Large>(text).unwrap();
    vec![
        Group::new("JSON envelope, decode", 0.51, Some(small))
            .case(OURS, small_text, |text| json::from_str::<Small>(text).unwrap())
            .case("serde_json", small_text, |text| serde_json::from_str::<Small>(text).unwrap())
            .case("sonic-rs", small_text, |text| sonic_rs::from_str::<Small>(text).unwrap())
            // It writes into its input, and so reads a copy.
            .case("simd-json", small_text, |text| {
                simd_json::from_slice::<Small>(&mut text.as_bytes().to_vec()).unwrap()
            })
            .case("aws-smithy-json", small_text, smithy_json::small)
            .case("aws-smithy-schema", small_text, smithy_schema::small)
            .case("facet", small_text, |text| facet_json::from_str::<FacetSmall>(text).unwrap())
            .case("miniserde", small_text, |text| miniserde::json::from_str::<mini::Small>(text).unwrap())
            .case("nanoserde", small_text, |text| {
                nanoserde::DeJson::deserialize_json(text).map(|value: nano::Small| value).unwrap()
            }),
        Group::new("JSON envelope, encode", 0.54, Some(small))
            .writer(OURS, small, |value| json::to_vec(value).unwrap(), small_back)
            .writer("serde_json", small, |value| serde_json::to_vec(value).unwrap(), small_back)
            .writer("sonic-rs", small, |value| sonic_rs::to_vec(value).unwrap(), small_back)
            .writer("simd-json", small, |value| simd_json::to_vec(value).unwrap(), small_back)
            .writer("aws-smithy-json", small, smithy_json::from_small, small_back)
            .writer("aws-smithy-schema", small, smithy_schema::from_small, small_back)
            .writer(
                "facet",
                leak(facet_json::from_str::<FacetSmall>(small_text).unwrap()),
                |value| facet_json::to_string(value).unwrap(),
                small_back,
            )
            .writer(
                "miniserde",
                leak(miniserde::json::from_str::<mini::Small>(small_text).unwrap()),
                |value| miniserde::json::to_string(value),
                small_back,
            )
            .writer(
                "nanoserde",
                leak(<nano::Small as nanoserde::DeJson>::deserialize_json(small_text).unwrap()),
                |value| nanoserde::SerJson::serialize_json(value),
                small_back,
            ),
        Group::new("JSON 10,000 rows, decode", 0.77, Some(large))
            .case(OURS, large_text, |text| json::from_str::<Large>(text).unwrap())
            .case("serde_json", large_text, |text| serde_json::from_str::<Large>(text).unwrap())
            .case("sonic-rs", large_text, |text| sonic_rs::from_str::<Large>(text).unwrap())
            // It writes into its input, and so reads a copy.
            .case("simd-json", large_text, |text| {
                simd_json::from_slice::<Large>(&mut text.as_bytes().to_vec()).unwrap()
            })
            .case("aws-smithy-json", large_text, smithy_json::large)
            .case("aws-smithy-schema", large_text, smithy_schema::large)
            .case("facet", large_text, |text| facet_json::from_str::<FacetLarge>(text).unwrap())
            .case("miniserde", large_text, |text| miniserde::json::from_str::<mini::Large>(text).unwrap())
            .case("nanoserde", large_text, |text| {
                nanoserde::DeJson::deserialize_json(text).map(|value: nano::Large| value).unwrap()
            }),
        Group::new("JSON 10,000 rows, encode", 0.78, Some(large))
            .writer(OURS, large, |value| json::to_vec(value).unwrap(), large_back)
            .writer("serde_json", large, |value| serde_json::to_vec(value).unwrap(), large_back)
            .writer("sonic-rs", large, |value| sonic_rs::to_vec(value).unwrap(), large_back)
            .writer("simd-json", large, |value| simd_json::to_vec(value).unwrap(), large_back)
            .writer("aws-smithy-json", large, smithy_json::from_large, large_back)
            .writer("aws-smithy-schema", large, smithy_schema::from_large, large_back)
            .writer(
                "facet",
                leak(facet_json::from_str::<FacetLarge>(large_text).unwrap()),
                |value| facet_json::to_string(value).unwrap(),
                large_back,
            )
            .writer(
                "miniserde",
                leak(miniserde::json::from_str::<mini::Large>(large_text).unwrap()),
                |value| miniserde::json::to_string(value),
                large_back,
            )
            .writer(
                "nanoserde",
                leak(<nano::Large as nanoserde::DeJson>::deserialize_json(large_text).unwrap()),
                |value| nanoserde::SerJson::serialize_json(value),
                large_back,
            ),
    ]
}

fn query_all() -> Vec<Group> {
    let (reply, sent) = (leak(query_reply()), leak(request()));
    let pairs = leak(form(1000));
    let fields = leak(Form { fields: pairs.clone() });
    let reply_text = leak(serde_urlencoded::to_string(reply).unwrap()).as_str();
    let sent_text = leak(serde_urlencoded::to_string(sent).unwrap()).as_str();
    let form_text = leak(serde_urlencoded::to_string(pairs).unwrap()).as_str();
    let reply_back = |text: &str| serde_urlencoded::from_str::<QueryReply>(text).unwrap();
    let sent_back = |text: &str| serde_urlencoded::from_str::<Request>(text).unwrap();
    let form_back = |text: &str| serde_urlencoded::from_str::<Vec<(String, String)>>(text).unwrap();
    vec![
        Group::new("query reply, decode", 0.39, Some(reply))
            .case(OURS, reply_text, |text| query::from_str::<QueryReply>(text).unwrap())
            .case("serde_urlencoded", reply_text, |text| {
                serde_urlencoded::from_str::<QueryReply>(text).unwrap()
            })
            .case("serde_html_form", reply_text, |text| {
                serde_html_form::from_str::<QueryReply>(text).unwrap()
            })
            .case("serde_qs", reply_text, |text| serde_qs::from_str::<QueryReply>(text).unwrap()),
        Group::new("query reply, encode", 0.32, Some(reply))
            .writer(OURS, reply, |value| query::to_string(value).unwrap(), reply_back)
            .writer(
                "serde_urlencoded",
                reply,
                |value| serde_urlencoded::to_string(value).unwrap(),
                reply_back,
            )
            .writer("serde_html_form", reply, |value| serde_html_form::to_string(value).unwrap(), reply_back)
            .writer("serde_qs", reply, |value| serde_qs::to_string(value).unwrap(), reply_back)
            .writer("aws-smithy-query", reply, smithy_query::from_reply, reply_back),
        Group::new("form request, decode", 0.42, Some(sent))
            .case(OURS, sent_text, |text| query::from_str::<Request>(text).unwrap())
            .case("serde_urlencoded", sent_text, |text| serde_urlencoded::from_str::<Request>(text).unwrap())
            .case("serde_html_form", sent_text, |text| serde_html_form::from_str::<Request>(text).unwrap())
            .case("serde_qs", sent_text, |text| serde_qs::from_str::<Request>(text).unwrap()),
        Group::new("form request, encode", 0.33, Some(sent))
            .writer(OURS, sent, |value| query::to_string(value).unwrap(), sent_back)
            .writer("serde_urlencoded", sent, |value| serde_urlencoded::to_string(value).unwrap(), sent_back)
            .writer("serde_html_form", sent, |value| serde_html_form::to_string(value).unwrap(), sent_back)
            .writer("serde_qs", sent, |value| serde_qs::to_string(value).unwrap(), sent_back)
            .writer("aws-smithy-query", sent, smithy_query::from_request, sent_back),
        Group::new("form of 1,000 fields, decode", 0.52, Some(pairs))
            .case(OURS, form_text, |text| query::from_str::<Form>(text).unwrap().fields)
            .case("serde_urlencoded", form_text, form_pairs)
            .case("serde_html_form", form_text, |text| {
                serde_html_form::from_str::<Vec<(String, String)>>(text).unwrap()
            })
            // It has no pairs in their order.
            .case("serde_qs", form_text, |text| Tree(serde_qs::from_str(text).unwrap())),
        Group::new("form of 1,000 fields, encode", 0.42, Some(pairs))
            .writer(OURS, fields, |value| query::to_string(value).unwrap(), form_back)
            .writer("serde_urlencoded", pairs, |value| serde_urlencoded::to_string(value).unwrap(), form_back)
            .writer("serde_html_form", pairs, |value| serde_html_form::to_string(value).unwrap(), form_back)
            .writer(
                "form_urlencoded",
                pairs,
                |value| form_urlencoded::Serializer::new(String::new()).extend_pairs(value).finish(),
                form_back,
            )
            .writer("aws-smithy-query", pairs, |pairs| smithy_query::from_pairs(pairs), form_back)
            .writer(
                "serde_qs",
                leak(pairs.iter().cloned().collect::<BTreeMap<_, _>>()),
                |tree| serde_qs::to_string(tree).unwrap(),
                form_back,
            ),
    ]
}

fn form_pairs(text: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(text).unwrap()
}

/// A form as a tree of names, to be compared with a list of pairs.
struct Tree(BTreeMap<String, String>);

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

/// Other spellings of a reply, against the same reply in documented order, which is the other candidate.
fn variations() -> Vec<Group> {
    let value = leak(out(1000));
    let plain = leak(out_xml(value, cells)).as_str();
    let against =
        |title, bar, text: String| {
            let text = leak(text).as_str();
            Group::new(title, bar, Some(value))
                .case(OURS, text, |text| xml::from_str::<Out>(text).unwrap())
                .case("in documented order", plain, |text| xml::from_str::<Out>(text).unwrap())
        };
    let spelled = |layout: fn(&[(&str, String)]) -> String| out_xml(value, layout);
    let small = leak(envelope(json_rows(1000)));
    let json_plain = leak(serde_json::to_string(small).unwrap()).as_str();
    let json_pretty = leak(serde_json::to_string_pretty(small).unwrap()).as_str();
    let json_sorted = leak(serde_json::to_value(small).unwrap().to_string()).as_str();
    let json = |title, bar, text: &'static str| {
        Group::new(title, bar, Some(small))
            .case(OURS, text, |text| json::from_str::<Envelope<Rows>>(text).unwrap())
            .case("in documented order", json_plain, |text| json::from_str::<Envelope<Rows>>(text).unwrap())
    };
    vec![
        against(
            "XML rows, pretty-printed",
            2.0,
            spelled(|cells| {
                let inside: String =
                    cells.iter().map(|(name, value)| format!("      <{name}>{value}</{name}>\n")).collect();
                format!("    <tr>\n{inside}    </tr>\n")
            }),
        ),
        against(
            "XML rows, in another order",
            1.9,
            spelled(|cells| {
                let inside: String =
                    cells.iter().rev().map(|(name, value)| format!("<{name}>{value}</{name}>")).collect();
                format!("<tr>{inside}</tr>\n")
            }),
        ),
        against(
            "XML rows, with unknown members",
            2.0,
            spelled(|cells| {
                let inside: String =
                    cells.iter().map(|(name, value)| format!("<{name}>{value}</{name}>")).collect();
                format!("<tr><rank class=\"a\">7</rank>{inside}<audit><by>chuck</by></audit></tr>\n")
            }),
        ),
        against(
            "XML rows, with comments",
            2.0,
            spelled(|cells| {
                let inside: String =
                    cells.iter().map(|(name, value)| format!("<{name}>{value}</{name}><!-- - -->")).collect();
                format!("<tr>{inside}</tr>\n")
            }),
        ),
        against(
            "XML rows, texts in CDATA",
            2.0,
            spelled(|cells| {
                let value = |value: &String| match value.contains(['&', '[']) {
                    true => value.clone(),
                    false => format!("<![CDATA[{value}]]>"),
                };
                let inside: String =
                    cells.iter().map(|(name, text)| format!("<{name}>{}</{name}>", value(text))).collect();
                format!("<tr>{inside}</tr>\n")
            }),
        ),
        against("XML rows, in a namespace", 2.0, {
            plain.replacen(
                "<out>",
                "<out xmlns=\"https://example.org/ns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                 xsi:schemaLocation=\"a b\">",
                1,
            )
        }),
        against(
            "XML rows, attributes on every cell",
            1.6,
            spelled(|cells| {
                let inside: String =
                    cells.iter().map(|(name, value)| format!("<{name} t=\"1\">{value}</{name}>")).collect();
                format!("<tr>{inside}</tr>\n")
            }),
        ),
        against("XML rows, lines that end in CR LF", 2.0, plain.replace('\n', "\r\n")),
        json("JSON rows, pretty-printed", 2.0, json_pretty),
        json("JSON rows, in another order", 1.9, json_sorted),
    ]
}

/// What only the general reader takes, against quick-xml's serde.
fn general() -> Vec<Group> {
    let value = leak(out(1000));
    let plain = out_xml(value, cells);
    let doctype = leak(format!("<!DOCTYPE out [<!ELEMENT out ANY>]>{plain}")).as_str();
    let prefixed =
        leak(plain.replace("</", "</d:").replace("<tr", "<d:tr").replace("<out>", "<d:out xmlns:d='u'>"));
    let prefixed =
        ["rc", "msg", "nrows", "table", "id", "store", "item", "qty", "price", "weight", "date", "note"]
            .iter()
            .fold(prefixed.clone(), |text, name| text.replace(&format!("<{name}>"), &format!("<d:{name}>")));
    let prefixed = leak(prefixed).as_str();
    let against =
        |title, text: &'static str| {
            Group::new(title, 1.2, Some(value))
                .case(OURS, text, |text| xml::from_str::<Out>(text).unwrap())
                .case("quick-xml", text, |text| quick_xml::de::from_str::<Out>(text).unwrap())
        };
    vec![against("XML rows with a DOCTYPE", doctype), against("XML rows with prefixed names", prefixed)]
}
