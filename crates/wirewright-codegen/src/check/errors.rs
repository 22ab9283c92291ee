//! The table of errors.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::ErrorKeys;

pub(super) fn check(cx: &Context<'_>) {
    let errors = &cx.protocol().errors;
    if let Some(first) = errors.first() {
        for other in errors.iter().filter(|error| error.keys != first.keys) {
            let (now, before) = match first.keys {
                ErrorKeys::Numbers => ("a name", "a number"),
                ErrorKeys::Names => ("a number", "a name"),
            };
            cx.add(
                Fault::new(Code::ErrorKeys, other.key.span, "errors are known by numbers or by names")
                    .label(now)
                    .related(first.key.span, before)
                    .expected("numbers for all errors, or names for all of them"),
            );
        }
    }
    let mut names = HashMap::new();
    let mut occasions = HashMap::new();
    for error in errors {
        if let Some(name) = error.name
            && let Some(first) = names.insert(name.value, name)
        {
            cx.add(
                Fault::new(Code::ErrorTwice, name.span, format!("two errors are called `{}`", name.value))
                    .label("the second one")
                    .related(first.span, "the first one")
                    .expected("a name of its own for each error"),
            );
        }
        if let Some(http) = error.http.filter(|http| !(300..600).contains(&http.value)) {
            let status = http.value;
            cx.add(
                Fault::new(Code::StatusValue, http.span, format!("`{status}` is no HTTP status of an error"))
                    .label("not the status of an error")
                    .expected("a number from 300 to 599"),
            );
        }
        for occasion in &error.when {
            if let Some(first) = occasions.insert(occasion.value, *occasion) {
                cx.add(
                    Fault::new(Code::OccasionTwice, occasion.span, "one condition has two errors")
                        .label("the second one")
                        .related(first.span, "the first one")
                        .expected("one error that a server answers with")
                        .help("remove it where the vendor's server would not answer so"),
                );
            }
        }
    }
}
