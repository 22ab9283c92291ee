//! Damaged input: no panic, and no error that shows a value.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::too_many_lines)]

use crate::support::{Flat, Lists, Maps, Open, Pairs, Scalars, Unions};
use proptest::prelude::*;
use wirewright::{
    DecodeError, Format, Options, from_str_with,
    testing::{Sample, arbitrary, sample},
    to_string_with,
    wire::OwnedMessage,
};

const SECRET: &str = "hunter2";

/// Texts that move the bounds of names and values.
const DAMAGE: &[&str] = &[
    "",
    "<",
    ">",
    "\"",
    "'",
    "&",
    "=",
    "/",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\",
    " ",
    "\n",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "</",
    "/>",
    "<?",
    "?>",
    "&#0;",
    "&x;",
    "%",
    "\u{1}",
    "é",
    ".",
    "1",
    "null",
    "<!DOCTYPE x [",
    "\u{feff}",
];

const FORMATS: [Format; 3] = [Format::Xml, Format::Json, Format::Query];

fn damage(text: &mut String, changes: &[(u16, u8, u8)]) {
    for (place, length, insert) in changes {
        let mut from = usize::from(*place) % (text.len() + 1);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (from + usize::from(length % 4)).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        text.replace_range(from..to, DAMAGE[usize::from(*insert) % DAMAGE.len()]);
    }
}

fn shown(error: &DecodeError) -> String {
    format!("{error} {error:?}")
}

/// Every text of a sample becomes the secret, and then the wire is damaged. No name on the wire contains the secret.
fn check<T: OwnedMessage>(format: Format, changes: &[(u16, u8, u8)]) -> Result<(), TestCaseError> {
    let wire = to_string_with(format, &sample::<T>(Sample::Full), &Options::new()).unwrap();
    let mut text = match format {
        Format::Xml => {
            let mut text = String::new();
            for (index, part) in wire.split('>').enumerate() {
                let (value, tag) = part.split_once('<').unwrap_or(("", part));
                if index > 0 {
                    text.push('>');
                }
                text.push_str(if value.is_empty() { "" } else { SECRET });
                if !tag.is_empty() {
                    text.push('<');
                    text.push_str(tag);
                }
            }
            text
        }
        Format::Json => wire.replace(":\"", ":\"hunter2").replace(":1", ":\"hunter2\""),
        _ => wire.replace('=', "=hunter2"),
    };
    prop_assert!(text.contains(SECRET));
    damage(&mut text, changes);
    if let Err(error) = from_str_with::<T>(format, &text, &Options::new()) {
        prop_assert!(!shown(&error).contains(SECRET), "{}\n{}", error, text);
        prop_assert!(error.excerpt().chars().count() < 200, "{}", error);
        prop_assert_eq!(error.to_string().lines().count(), 1);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn one_change_shows_nothing(change in any::<(u16, u8, u8)>()) {
        for format in FORMATS {
            check::<Scalars>(format, &[change])?;
            check::<Lists>(format, &[change])?;
        }
    }

    #[test]
    fn many_changes_do_not_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..100),
        changes in proptest::collection::vec(any::<(u16, u8, u8)>(), 0..6),
    ) {
        fn survive<T: OwnedMessage>(bytes: &[u8], changes: &[(u16, u8, u8)]) {
            for format in FORMATS {
                let mut text = to_string_with(format, &arbitrary::<T>(bytes), &Options::new()).unwrap();
                damage(&mut text, changes);
                for strict in [false, true] {
                    if let Err(error) = from_str_with::<T>(format, &text, &Options::new().with_strict(strict)) {
                        assert!(!error.to_string().is_empty());
                    }
                }
            }
        }
        survive::<Flat>(&bytes, &changes);
        survive::<Open>(&bytes, &changes);
        survive::<Maps>(&bytes, &changes);
        survive::<Pairs>(&bytes, &changes);
        survive::<Unions>(&bytes, &changes);
        survive::<Lists>(&bytes, &changes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        for format in FORMATS {
            let _ = from_str_with::<Unions>(format, &text, &Options::new());
        }
    }
}
