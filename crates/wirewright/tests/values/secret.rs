//! Secrets and bytes.

use wirewright::{Blob, Format, Options, Secret, Wire, from_str_with, to_string_with};
use zeroize::Zeroize;

#[derive(Clone, Debug, PartialEq, Wire)]
struct Login {
    user: String,
    password: Secret<String>,
    pin: Option<Secret<String>>,
    seal: Option<Secret<Blob>>,
}

fn login() -> Login {
    Login {
        user: "chuck".into(),
        password: "hunter2".into(),
        pin: Some("4711".into()),
        seal: Some(Secret::new(Blob(vec![1, 2, 3]))),
    }
}

#[test]
fn a_secret_is_compared_and_cloned_but_not_shown() {
    let secret = Secret::from("hunter2");
    assert_eq!(secret.clone(), Secret::from("hunter2".to_owned()));
    for other in ["", "hunter", "hunter22", "Hunter2"] {
        assert_ne!(secret, Secret::from(other));
    }
    assert_eq!(Secret::<String>::default().expose(), "");
    assert_eq!(
        format!("{:?}", login()),
        "Login { user: \"chuck\", password: [redacted], pin: Some([redacted]), seal: Some([redacted]) }"
    );
    assert!(!format!("{:#?}", login()).contains("hunter2"));
}

#[test]
fn a_secret_is_on_the_wire_what_it_holds() {
    for format in [Format::Xml, Format::Json, Format::Query] {
        let text = to_string_with(format, &login(), &Options::new()).expect("a login can be written");
        assert!(text.contains("hunter2") && text.contains("AQID"), "{text}");
        let again: Login = from_str_with(format, &text, &Options::new()).expect("a login is read");
        assert_eq!(again, login());
    }
}

/// Numbers can be secrets as well as texts.
#[derive(Clone, Debug, PartialEq, Wire)]
struct Numbers {
    pin: Secret<i64>,
    weight: Option<Secret<f64>>,
    more: Vec<Secret<i64>>,
}

#[test]
fn numbers_are_hidden_and_compared() {
    let numbers = |weight| Numbers {
        pin: 4711.into(),
        weight: Some(Secret::new(weight)),
        more: vec![Secret::new(-1), Secret::default()],
    };
    let shown = format!("{:?}", numbers(1.5));
    assert!(!shown.contains("4711") && !shown.contains("1.5"), "{shown}");
    assert_eq!(numbers(f64::NAN), numbers(f64::NAN));
    assert_ne!(numbers(1.5), numbers(2.5));
    assert_ne!(Secret::new(1_i64), Secret::new(1 << 40));
    for format in [Format::Xml, Format::Json, Format::Query] {
        let text = to_string_with(format, &numbers(1.5), &Options::new()).expect("numbers can be written");
        let again: Numbers = from_str_with(format, &text, &Options::new()).expect("numbers are read");
        assert_eq!(again, numbers(1.5), "{text}");
    }
    assert_eq!(
        to_string_with(Format::Json, &numbers(1.5), &Options::new()).as_deref(),
        Ok(r#"{"pin":4711,"weight":1.5,"more":[-1,0]}"#)
    );
}

/// Wiping memory cannot be watched without unsafe code; that a secret wipes what it holds can, through a value that notes it.
#[test]
fn a_secret_wipes_its_value() {
    use std::cell::Cell;

    struct Noted<'c>(&'c Cell<u32>);
    impl Zeroize for Noted<'_> {
        fn zeroize(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let wiped = Cell::new(0);
    let mut secret = Secret::new(Noted(&wiped));
    assert_eq!(wiped.get(), 0);
    secret = Secret::new(Noted(secret.expose().0));
    assert_eq!(wiped.get(), 1, "an assignment wipes the old value");
    drop(secret);
    assert_eq!(wiped.get(), 2);

    let mut bytes = Blob(vec![1, 2, 3]);
    bytes.zeroize();
    assert_eq!(bytes, Blob::default());
}

#[derive(Debug, PartialEq, Wire)]
struct Holder {
    value: Blob,
}

#[test]
fn bytes_are_read_in_every_spelling_and_written_in_one() {
    let read = |text: &str| {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("value", text).finish();
        from_str_with::<Holder>(Format::Query, &form, &Options::new()).map(|holder| holder.value.0)
    };
    for (text, bytes, canonical) in [
        ("", &[][..], ""),
        ("AQID", &[1, 2, 3], "AQID"),
        ("AQ==", &[1], "AQ=="),
        ("AQ", &[1], "AQ=="),
        ("AQI", &[1, 2], "AQI="),
        ("AQI=", &[1, 2], "AQI="),
        ("+/8=", &[0xfb, 0xff], "+/8="),
        ("-_8", &[0xfb, 0xff], "+/8="),
        ("-/8=", &[0xfb, 0xff], "+/8="),
        (" A Q\r\nI\tD ", &[1, 2, 3], "AQID"),
    ] {
        assert_eq!(read(text).expect(text), bytes, "{text:?}");
        let json = to_string_with(Format::Json, &Holder { value: Blob(bytes.to_vec()) }, &Options::new());
        assert_eq!(json.expect("bytes can be written"), format!("{{\"value\":\"{canonical}\"}}"));
    }
    for text in ["A", "AQIDA", "A===", "=", "AQ=I", "AQ==AQ==", "AQID!", "ä", "AQ\u{a0}ID", "AR=="] {
        let error = read(text).expect_err(text);
        assert!(error.to_string().contains("expected bytes in base64"), "{error}");
    }
    assert_eq!(format!("{:?}", Blob(vec![0x68, 0x75])), "[2 bytes]");
}
