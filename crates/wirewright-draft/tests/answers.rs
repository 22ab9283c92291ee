//! What is asked, in which order, and that an answer is asked for once.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wirewright_draft::{About, Answers, Inputs, Options, draft};

const CALLS: &str = "curl 'https://api.example/auth/begin?name=ada'\n{\"code\": 0, \"data\": {\"ticket\": {\"v\": \"x1\"}}}\n\
curl 'https://api.example/parcels/find?t=x1&number=17&lang=en'\n{\"code\": 0, \"data\": {\"place\": \"Oslo\"}}\n\
curl 'https://api.example/parcels/find?t=x1&number=18'\n{\"code\": 0, \"data\": {\"place\": \"Bergen\"}}\n\
curl 'https://api.example/parcels/list?t=x1'\n{\"code\": 0, \"data\": {\"count\": 2}}\n";

fn inputs() -> Inputs {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.curl");
    std::fs::write(&file, CALLS).unwrap();
    Inputs::read(&[file], &[]).unwrap()
}

#[test]
fn answers_are_asked_for_once_and_go_before_what_was_inferred() {
    let inputs = inputs();
    let mut options = Options::new("parcels");
    let first = draft(&inputs, &options).unwrap();
    let asked: Vec<String> = first
        .questions
        .iter()
        .map(|one| format!("{:?} {:?} {:?}", one.about, one.choices, one.guess))
        .collect();
    insta::assert_snapshot!(asked.join("\n"));
    for question in &first.questions {
        let text = match &question.about {
            About::Common => "t, lang",
            About::Session => "auth/begin t=ticket.v",
            About::Required(operation) if operation == "parcels/find" => "number reply.place",
            _ => "-",
        };
        question.answer(&mut options.answers, text).unwrap();
    }
    // As the file has them.
    options.answers = options.answers.to_string().parse::<Answers>().unwrap();
    let second = draft(&inputs, &options).unwrap();
    assert_eq!(second.questions, []);
    assert_eq!(second.contradictions, []);
    let text: String = second.files.iter().map(|file| file.text.as_str()).collect();
    for part in [
        "t    = { from = \"session\"",
        "lang = { from = \"client\"",
        "opens       = \"auth/begin\"",
        "t = { from = \"data.ticket.v\", secret = true",
        "number = { required = true",
        "place = { required = true",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn what_is_no_choice_is_told() {
    let drafted = draft(&inputs(), &Options::new("parcels")).unwrap();
    let question = &drafted.questions[0];
    let mut answers = Answers::default();
    let problem = question.answer(&mut answers, "nmber").unwrap_err();
    assert_eq!(problem, "`nmber` is none of these: name, t, number, lang; did you mean `number`?");
    assert_eq!(answers, Answers::default());
    // Nothing takes what was inferred, and a dash is none.
    question.answer(&mut answers, " ").unwrap();
    assert_eq!(answers.common.as_ref(), Some(&question.guess));
    question.answer(&mut answers, "-").unwrap();
    assert_eq!(answers.common, Some(Vec::new()));
}

fn of(calls: &str) -> Inputs {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.curl");
    std::fs::write(&file, calls).unwrap();
    Inputs::read(&[file], &[]).unwrap()
}

fn text(inputs: &Inputs, answers: &str) -> String {
    let mut options = Options::new("parcels");
    options.answers = answers.parse().unwrap();
    let drafted = draft(inputs, &options).unwrap();
    assert_eq!(drafted.contradictions, []);
    drafted.files.iter().map(|file| file.text.as_str()).collect()
}

const IN_XML_TOO: &str = "curl 'https://api.example/parcels/find?f=xml&number=17'\n<r status='ok'><parcel id='17'/></r>\n\
curl 'https://api.example/parcels/find?f=json&number=17'\n{\"r\": {\"status\": \"ok\", \"parcel\": {\"id\": \"17\"}}}\n\
curl 'https://api.example/parcels/list?f=json'\n{\"r\": {\"status\": \"ok\", \"size\": {\"count\": 2, \"more\": false, \"id\": \"a\"}}}\n";

/// JSON does not say what XML has in attributes: a person does, or XML is left out.
#[test]
fn attributes_are_asked_for_where_no_sample_is_in_xml() {
    let inputs = of(IN_XML_TOO);
    let first = draft(&inputs, &Options::new("parcels")).unwrap();
    let question = first.questions.last().unwrap();
    assert_eq!(question.about, About::Attributes);
    // `id` is known from another call.
    assert_eq!(question.choices, ["count", "more", "*", "?"]);
    assert_eq!(question.guess, ["?"]);
    let mut answers = Answers::default();
    question.answer(&mut answers, "").unwrap();
    assert_eq!(answers.to_string().parse::<Answers>().unwrap().attributes, Some(vec!["?".to_owned()]));
    assert_eq!(
        question.answer(&mut answers, "cuont").unwrap_err(),
        "`cuont` is none of these: count, more, *, ?; did you mean `count`?"
    );

    for nobody in ["", "attributes = [\"?\"]"] {
        assert!(text(&inputs, nobody).contains("formats    = [\"json\"]"), "{}", text(&inputs, nobody));
    }
    let one = text(&inputs, "attributes = [\"count\"]");
    assert!(
        one.contains(
            "count = { type = \"integer\", attribute = true, assumption = \"No sample shows it in XML"
        ),
        "{one}"
    );
    assert!(one.contains("more  = { type = \"boolean\" }") && !one.contains("formats    ="), "{one}");
    let all = text(&inputs, "attributes = [\"*\"]");
    assert!(all.contains("more  = { type = \"boolean\", attribute = true"), "{all}");
    let none = text(&inputs, "attributes = []");
    assert!(none.contains("count = { type = \"integer\" }") && !none.contains("formats    ="), "{none}");
}

/// A parameter that chooses the format says that there are others, though JSON alone was recorded.
#[test]
fn attributes_are_asked_for_where_the_format_is_chosen() {
    let calls = "curl 'https://api.example/parcels/find?f=json&number=17'\n{\"r\": {\"status\": \"ok\", \"place\": {\"name\": \"Oslo\"}}}\n\
                 curl 'https://api.example/parcels/list?f=json'\n{\"r\": {\"status\": \"ok\", \"size\": {\"count\": 2}}}\n";
    let asked = |calls: &str| {
        let drafted = draft(&of(calls), &Options::new("parcels")).unwrap();
        drafted.questions.into_iter().any(|question| question.about == About::Attributes)
    };
    assert!(asked(calls) && !asked(&calls.replace("f=json", "n=1")));
    let inputs = of(calls);
    assert!(!text(&inputs, "").contains("xml  ="), "{}", text(&inputs, ""));
    let text = text(&inputs, "attributes = [\"status\", \"count\"]");
    assert!(text.contains("xml  = { value = \"xml\", root = \"r\""), "{text}");
    assert!(
        text.contains(
            "status = { is = \"status\", success = [\"ok\"], failure = \"failed\", attribute = true"
        ),
        "{text}"
    );
    assert!(text.contains("count = { type = \"integer\", attribute = true"), "{text}");
    assert!(text.contains("name = {}"), "{text}");
}
