//! New definitions, from answers.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use wirewright_codegen::new::{
    Answers, Envelope, InvalidAnswer, KnownError, NewError, Parameter, QUESTIONS, ReplyFormat, ReplyMember,
    RequestForm, ValueType, definition,
};
use wirewright_codegen::{check_sources, emit, packaging::Packaging};

/// The answers that are given by their questions' names, and the defaults of all others that are asked.
fn answered(given: &[(&str, &str)]) -> Result<Answers, InvalidAnswer> {
    let mut answers = Answers::default();
    for question in QUESTIONS {
        let own: Vec<&str> =
            given.iter().filter(|(name, _)| *name == question.name).map(|(_, text)| *text).collect();
        assert!(own.is_empty() || question.is_asked(&answers), "{} is not asked", question.name);
        if !question.is_asked(&answers) {
            continue;
        }
        assert!(own.len() < 2 || question.many, "{} is asked once", question.name);
        let default = question.default(&answers);
        let texts = if own.is_empty() { default.as_deref().into_iter().collect() } else { own };
        assert!(!texts.is_empty() || question.optional, "{} has no answer", question.name);
        for text in texts {
            question.answer(&mut answers, text)?;
        }
    }
    Ok(answers)
}

const LEAST: &[(&str, &str)] =
    &[("vendor", "parcels"), ("endpoint", "https://api.parcels.example/"), ("operation", "parcels/find")];

fn with(given: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let others = LEAST.iter().filter(|(name, _)| given.iter().all(|(own, _)| own != name));
    others.chain(given).copied().collect()
}

/// Several vendors: what is written for them, and that a crate comes of it that a formatter can read.
#[test]
fn definitions() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("least", &[]),
        (
            "xml-form",
            &[
                ("vendor", "parcel-post"),
                ("title", "Parcels \"API\""),
                ("source", "parcels.example/docs"),
                ("request", "form"),
                ("format", "xml"),
                ("root", "answer"),
                ("status", "status"),
                ("success", "ok"),
                ("code", "error"),
                ("codes", "numbers"),
                ("data", ""),
                ("error", "2 NoSuchParcel"),
                ("error", "-7 Busy"),
                ("path", "/v1/parcels/find"),
                ("parameter", "number required"),
                ("parameter", "apiKey required"),
                ("parameter", "lang"),
                ("reply", "place required"),
                ("reply", "weight number"),
                ("reply", "stop list"),
                ("reply", "token"),
                ("reply", "tokens integer"),
            ],
        ),
        (
            "every-format",
            &[
                ("request", "query-or-form"),
                ("format", "xml"),
                ("format", "jsonp"),
                ("format", "query"),
                ("format-parameter", "f"),
                ("callback", "c"),
                ("success", "200"),
                ("parameter", "größe"),
                ("reply", "paid boolean"),
            ],
        ),
        (
            "no-envelope",
            &[
                ("status", ""),
                ("code", "error"),
                ("codes", "names"),
                ("message", ""),
                ("data", ""),
                ("error", "no-such-parcel NoSuchParcel"),
                ("reply", "id integer required"),
            ],
        ),
        (
            "documents",
            &[
                ("request", "json"),
                ("status", "success"),
                ("success", "true"),
                ("code", "error_code"),
                ("parameter", "number required"),
                ("parameter", "pin secret"),
            ],
        ),
        (
            "xml-documents",
            &[("request", "xml"), ("format", "xml"), ("parameter", "number"), ("reply", "place")],
        ),
    ];
    let mut text = String::new();
    for (name, given) in cases {
        let answers = answered(&with(given)).unwrap();
        let files = definition(&answers).unwrap_or_else(|error| panic!("{name}: {error}"));
        for file in &files {
            writeln!(text, "==> {name}/{}\n{}", file.name, file.text).unwrap();
        }
        let sources = files.into_iter().map(|file| (file.name, file.text)).collect();
        let checked = check_sources(&answers.vendor, sources);
        assert!(checked.faults.is_empty(), "{name}: {}", checked.faults);
        let vendor = checked.vendor.unwrap();
        for file in emit::files(&vendor, &Packaging::new(&vendor.package)) {
            if Path::new(&file.path).extension().is_some_and(|extension| extension == "rs") {
                let parsed = syn::parse_file(&file.text)
                    .unwrap_or_else(|error| panic!("{name}/{}: {error}", file.path));
                assert!(!prettyplease::unparse(&parsed).is_empty());
            }
        }
    }
    insta::assert_snapshot!(text);
}

/// What is wrong with an answer is said of the answer.
#[test]
fn wrong_answers() {
    let cases: &[&[(&str, &str)]] = &[
        &[("vendor", "Parcel Post")],
        &[("vendor", "")],
        &[("endpoint", "api.parcels.example")],
        &[("endpoint", "https://api.parcels.example/v 1")],
        &[("title", "two\nlines")],
        &[("request", "GET")],
        &[("request", "from")],
        &[("format", "xml"), ("format", "yaml")],
        &[("operation", "find")],
        &[("operation", "protocol/find")],
        &[("operation", "parcels/find it")],
        &[("path", "parcels/find")],
        &[("path", "/parcels/find?a=b")],
        &[("error", "NoSuchParcel")],
        &[("parameter", "number requird")],
        &[("reply", "place text")],
    ];
    let mut text = String::new();
    for given in cases {
        let error = answered(&with(given)).unwrap_err();
        assert_eq!(error.question, given.last().unwrap().0);
        writeln!(text, "{:?}\n  {error}", given.last().unwrap().1).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// What is wrong only beside other answers, or was filled in without a question.
#[test]
fn answers_that_do_not_fit() {
    let cases: &[&[(&str, &str)]] = &[
        &[("format", "json"), ("format", "jsonp")],
        &[("format", "xml"), ("root", "the root")],
        &[("format", "xml"), ("reply", "größe(m)")],
        &[("request", "xml"), ("parameter", "1st")],
        &[("status", ""), ("code", "")],
        &[("success", "true"), ("code", "")],
        &[("success", "ok"), ("code", "error"), ("failure", "ok")],
        &[("success", "ok"), ("code", "error"), ("failure", "1")],
        &[("error", "two NoSuchParcel")],
        &[("error", "0 NoSuchParcel")],
        &[("error", "2 no-such-parcel")],
        &[("error", "2 NoSuchParcel"), ("error", "2 Busy")],
        &[("reply", "place"), ("reply", "place")],
        &[("status", "message")],
        &[("data", ""), ("reply", "code")],
        &[("parameter", "*")],
    ];
    let mut text = String::new();
    for given in cases {
        let Ok(answers) = answered(&with(given)) else { panic!("{given:?}") };
        let error = definition(&answers).expect_err("answers that do not fit");
        writeln!(text, "{given:?}\n{error}\n").unwrap();
    }
    let NewError::Answers(all) = definition(&Answers::default()).unwrap_err() else {
        panic!("the least is missing")
    };
    let questions: Vec<&str> = all.iter().map(|one| one.question).collect();
    assert_eq!(questions, ["vendor", "endpoint", "operation", "format"]);
    let unasked = Answers {
        endpoint: "https://api.parcels.example/".to_owned(),
        path: "find".to_owned(),
        title: "two\nlines".to_owned(),
        source: "a\u{7}page".to_owned(),
        operation: "protocol/find".to_owned(),
        errors: vec![KnownError { code: "0".to_owned(), name: "Ä".to_owned() }],
        ..answered(LEAST).unwrap()
    };
    let NewError::Answers(all) = definition(&unasked).unwrap_err() else { panic!("they are wrong") };
    let questions: Vec<&str> = all.iter().map(|one| one.question).collect();
    assert_eq!(questions, ["endpoint", "operation", "path", "title", "source", "error"]);
    insta::assert_snapshot!(text);
}

/// `-` says that there is none, and is no answer where there must be one.
#[test]
fn nothing_is_an_answer() {
    let nothing = [("status", "-"), ("code", "error"), ("message", "-"), ("data", "-"), ("parameter", "-")];
    let answers = answered(&with(&nothing)).unwrap();
    assert_eq!(
        (&answers.envelope.status, &answers.envelope.message, &answers.envelope.data),
        (&None, &None, &None)
    );
    assert!(answers.parameters.is_empty());
    definition(&Answers { title: " ".to_owned(), source: " ".to_owned(), ..answers }).unwrap();
    assert_eq!(answered(&with(&[("vendor", "-")])).unwrap_err().question, "vendor");
}

/// Each question has a name of its own that can be a flag, and takes what it offers.
#[test]
fn questions_can_be_flags() {
    let mut names: Vec<&str> = QUESTIONS.iter().map(|question| question.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), QUESTIONS.len());
    for question in QUESTIONS {
        assert!(
            question.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{}",
            question.name
        );
        let default = question.default(&Answers::default()).filter(|default| !default.is_empty());
        for text in question.choices.iter().map(|(word, _)| *word).chain(default.as_deref()) {
            if text != "/" && text != " API" {
                question.answer(&mut Answers::default(), text).unwrap();
            }
        }
    }
}

fn names(name: &'static str) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(name, 0..5).prop_filter_map("names that are one in Rust", |names| {
        let folded: std::collections::BTreeSet<String> =
            names.iter().map(|name| name.to_lowercase().replace('_', "")).collect();
        (folded.len() == names.len()).then(|| names.into_iter().collect())
    })
}

fn envelope() -> impl Strategy<Value = Envelope> {
    let success = select(vec!["0", "200", "true", "false", "ok", "SUCCESS \"!\"", "007"]);
    let codes = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (success, codes).prop_map(|(success, (status, code, numbers, message, data))| {
        let flag = matches!(success, "true" | "false");
        let code = code || !status || flag;
        let number = success.parse::<i64>().is_ok_and(|number| number.to_string() == success);
        Envelope {
            status: status.then(|| "s-status".to_owned()),
            success: success.to_owned(),
            failure: match success {
                "true" => "false",
                "false" => "true",
                _ if number => "-1",
                _ => "failed",
            }
            .to_owned(),
            code: code.then(|| "s-code".to_owned()),
            numbers,
            message: message.then(|| "s-message".to_owned()),
            data: data.then(|| "s-data".to_owned()),
        }
    })
}

fn answers() -> impl Strategy<Value = Answers> {
    use ReplyFormat::{Json, Jsonp, Query, Xml};
    use RequestForm::{Form, QueryOrForm};
    let requests = vec![RequestForm::Query, Form, QueryOrForm, RequestForm::Xml, RequestForm::Json];
    let formats = select(vec![[Xml, Json, Query], [Jsonp, Query, Xml]])
        .prop_flat_map(|all| subsequence(all.to_vec(), 1..=3));
    let types = vec![ValueType::String, ValueType::Integer, ValueType::Number, ValueType::Boolean];
    let flags = || proptest::collection::vec(any::<(bool, bool, bool)>(), 5);
    let names = (
        names("p[A-Za-z0-9_]{0,6}"),
        names("r[A-Za-z0-9_]{0,6}"),
        flags(),
        flags(),
        proptest::collection::vec(select(types), 5),
    );
    let members = names.prop_map(|(parameters, reply, of_parameters, of_reply, types)| {
        let parameters = parameters.into_iter().zip(of_parameters);
        let parameters = parameters
            .map(|(name, (required, secret, _))| Parameter { name, required, secret })
            .collect::<Vec<_>>();
        let reply = reply.into_iter().zip(of_reply).zip(types);
        let reply = reply.map(|((name, (required, secret, list)), value)| {
            let secret = secret && value == ValueType::String && !list;
            ReplyMember { name, value, list, required, secret }
        });
        (parameters, reply.collect::<Vec<_>>())
    });
    let texts = ("[a-z][a-z0-9]{0,6}(-[a-z][a-z0-9]{0,3})?", "[ -~]{0,20}", "[ -~ä]{0,20}");
    let operation = "g[a-z]{1,6}/o[A-Za-z0-9_-]{0,6}";
    let errors = proptest::collection::btree_set(2_i64..100, 0..3);
    (texts, select(requests), formats, (envelope(), errors), operation, members, any::<bool>()).prop_map(
        |(
            (vendor, title, source),
            request,
            formats,
            (envelope, errors),
            operation,
            (parameters, reply),
            path,
        )| {
            let own = matches!(envelope.success.as_str(), "0" | "200");
            let numbers = if envelope.code.is_some() { envelope.numbers } else { own };
            let code = |number: &i64| if numbers { number.to_string() } else { format!("no. {number}") };
            let errors =
                errors.iter().map(|number| KnownError { code: code(number), name: format!("E{number}") });
            Answers {
                vendor: format!("v{vendor}"),
                title,
                source,
                endpoint: "https://api.parcels.example".to_owned(),
                request,
                formats,
                envelope,
                errors: errors.collect(),
                operation,
                path: if path { "/one/path.cgi".to_owned() } else { String::new() },
                parameters,
                reply,
                ..Answers::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    /// Whatever is answered, as long as each answer is right, is a definition without a fault.
    #[test]
    fn what_is_answered_generates(answers in answers()) {
        let files = definition(&answers).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let sources = files.into_iter().map(|file| (file.name, file.text)).collect();
        let checked = check_sources(&answers.vendor, sources);
        prop_assert!(checked.faults.is_empty(), "{}", checked.faults);
        let vendor = checked.vendor.unwrap();
        prop_assert!(!emit::files(&vendor, &Packaging::new(&vendor.package)).is_empty());
    }

    /// No answer makes it panic.
    #[test]
    fn any_text_is_an_answer(texts in proptest::collection::vec(".{0,12}", QUESTIONS.len())) {
        let mut answers = Answers::default();
        for (question, text) in QUESTIONS.iter().zip(&texts) {
            let before = answers.clone();
            if question.answer(&mut answers, text).is_err() {
                prop_assert_eq!(&answers, &before);
            }
        }
        if let Ok(files) = definition(&answers) {
            prop_assert_eq!(files.len(), 2);
        }
    }
}

/// The first line of each file names the schema that it is valid by.
#[test]
fn files_name_their_schema() {
    let files = definition(&answered(LEAST).unwrap()).unwrap();
    for file in files {
        let schemas = wirewright_codegen::schema::files();
        let first = file.text.lines().next().unwrap().to_owned();
        assert_eq!(first, wirewright_codegen::schema::directive("..", &file.name));
        assert!(schemas.iter().any(|(name, _)| first.ends_with(name)), "{first}");
    }
}
