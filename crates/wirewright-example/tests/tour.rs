//! The tour goes as expected, and shows no secret.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use wirewright_example::{
    made_up::opaque, nina, report::Report, ten_ten_data, tour, transcript::Transcript, videntity,
};

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn show() -> String {
    let text = Text::default();
    let mut report = Report::new(Transcript::new(text.clone()));
    tour::run(&mut report).unwrap();
    report.summary();
    let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    assert_eq!(report.unexpected(), 0, "{text}");
    text
}

#[test]
fn every_outcome_is_expected_and_no_secret_shows() {
    let text = show();
    assert!(!text.contains("NOT AS EXPECTED"));

    let mut secrets: Vec<String> =
        [nina::PASSWORD, videntity::PASSWORD, ten_ten_data::PASSWORD].map(String::from).into();
    secrets.extend(["Gr%C3%BCn", "correct+horse", "correct%20horse", "not+the+password"].map(String::from));
    for number in 0..100 {
        secrets.push(format!("{:016x}", opaque("nina token", number)));
        secrets.push(format!("{:016x}", opaque("nina secret", number)));
        secrets.push(format!("{:015x}", opaque("videntity key", number) >> 4));
        secrets.push((100_000_000 + opaque("1010data session", number) % 900_000_000).to_string());
        secrets.push(format!("{:012x}", opaque("1010data password", number) >> 16));
    }
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} shows in:\n{text}");
    }

    // No session key or signature either: 32 bytes in base64.
    let is_base64 = |char: char| char.is_ascii_alphanumeric() || "+/=".contains(char);
    assert!(!text.split(|char| !is_base64(char)).any(|word| word.len() == 44 && word.ends_with('=')));
    let signatures: Vec<&str> = text.split("sig_sha256=").skip(1).collect();
    assert!(signatures.len() > 10);
    assert!(signatures.iter().all(|rest| rest.starts_with("[redacted]")));
}

#[test]
fn an_outcome_that_was_not_expected_is_counted() {
    let text = Text::default();
    let mut report = Report::new(Transcript::new(text.clone()));
    report.step("two that hold and two that do not");
    report.answered(&Ok::<_, &str>(1));
    report.holds(&Ok::<_, &str>(1), "one", |value| *value == Ok(1));
    report.answered(&Err::<u8, _>("no"));
    report.holds(&Ok::<_, &str>(1), "two", |value| *value == Ok(2));
    report.summary();
    assert_eq!(report.unexpected(), 2);
    let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.matches("NOT AS EXPECTED").count(), 2);
    assert!(text.ends_with("1 steps, 2 outcomes not as expected\n"), "{text}");
}

/// Whatever is random in it is the IDs of requests, one for each that was given none.
#[test]
fn every_run_shows_the_same_but_for_the_ids_of_requests() {
    let (first, second) = (show(), show());
    let words = |text: &str| -> Vec<String> {
        text.split_inclusive(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
    };
    let (first, second) = (words(&first), words(&second));
    assert_eq!(first.len(), second.len());
    let others: Vec<_> = first.iter().zip(&second).filter(|(first, second)| first != second).collect();
    assert!(!others.is_empty());
    for (first, second) in others {
        let behind = |word: &str| {
            let (id, behind) = word.split_at_checked(32)?;
            id.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| behind.to_owned())
        };
        assert!(behind(first).is_some(), "{first} and {second}");
        assert_eq!(behind(first), behind(second), "{first} and {second}");
    }
}
