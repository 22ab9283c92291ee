//! `serde_urlencoded` on query strings.
//!
//! It has no lists and no structures in structures. Of these it reads and writes the pairs, which says which names stand for them.

use proptest::{collection::vec, prelude::*};
use wirewright::{Format, Options, Wire, query};

use crate::{
    Judge, config, equal,
    model::{Scalars, floats, scalars, texts},
};

type Pair = (String, String);

/// Names are not taken apart.
const WHOLE_NAMES: Options = Options::new().with_nested("");

fn reads<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_urlencoded::from_str(text).map_err(|error| error.to_string())
}

fn writes<T: serde::Serialize>(value: &T) -> Result<String, String> {
    serde_urlencoded::to_string(value).map_err(|error| error.to_string())
}

/// Every name and every value, in the order of the wire. With names that are taken apart, what has one beginning would come together.
#[derive(Debug, PartialEq, Wire)]
struct Form {
    #[wire(flatten)]
    pairs: Vec<Pair>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(rename_all = "camelCase")]
struct Nested {
    tag: Vec<String>,
    #[wire(list(numbered = "member"))]
    line_numbers: Vec<u32>,
    inner: Inner,
    parts: Vec<Inner>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
struct Inner {
    text: String,
    number: i64,
}

impl Nested {
    /// The pairs that it is, in order.
    fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self.tag.iter().map(|tag| ("tag".to_owned(), tag.clone())).collect();
        let numbers = self.line_numbers.iter().zip(1..);
        pairs.extend(numbers.map(|(number, at)| (format!("lineNumbers.member.{at}"), number.to_string())));
        let mut inner = |at: &str, inner: &Inner| {
            pairs.push((format!("{at}.text"), inner.text.clone()));
            pairs.push((format!("{at}.number"), inner.number.to_string()));
        };
        inner("inner", &self.inner);
        self.parts.iter().enumerate().for_each(|(at, part)| inner(&format!("parts.{at}"), part));
        pairs
    }
}

fn any_text() -> impl Strategy<Value = String> + Clone {
    texts(|_| true)
}

fn nested() -> impl Strategy<Value = Nested> {
    let inner = || (any_text(), any::<i64>()).prop_map(|(text, number)| Inner { text, number });
    (vec(any_text(), 0..4), vec(any::<u32>(), 0..4), inner(), vec(inner(), 0..3))
        .prop_map(|(tag, line_numbers, inner, parts)| Nested { tag, line_numbers, inner, parts })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn structures(value in scalars(any_text(), floats())) {
        Judge::<Scalars> { format: Format::Query, options: Options::new(), writes, reads }.judge(&value)?;
    }

    #[test]
    fn pairs(pairs in vec((any_text(), any_text()), 0..6)) {
        let reads = |text: &str| reads(text).map(|pairs| Form { pairs });
        Judge { format: Format::Query, options: WHOLE_NAMES, writes: |form: &Form| writes(&form.pairs), reads }.judge(&Form { pairs })?;
    }

    /// Every text is a form. What it says, the judge knows.
    #[test]
    fn any_text_at_all(text in prop_oneof![any_text(), "[a-c=&+%0-9A-F;.é]{0,40}"]) {
        let pairs: Vec<Pair> = reads(&text).map_err(TestCaseError::fail)?;
        let found = query::from_str_with(&text, &WHOLE_NAMES).map_err(|error| TestCaseError::fail(error.to_string()))?;
        equal("any text", &found, &Form { pairs }, &text)?;
    }

    #[test]
    fn names_of_lists_and_of_what_is_nested(value in nested()) {
        let ours = query::to_string(&value).map_err(|error| TestCaseError::fail(error.to_string()))?;
        equal("our text", &reads(&ours).map_err(TestCaseError::fail)?, &value.pairs(), &ours)?;
        let theirs = writes(&value.pairs()).map_err(TestCaseError::fail)?;
        let found = query::from_str(&theirs).map_err(|error| TestCaseError::fail(error.to_string()))?;
        equal("judge's text", &found, &value, &theirs)?;
    }
}
