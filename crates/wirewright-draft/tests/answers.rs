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
