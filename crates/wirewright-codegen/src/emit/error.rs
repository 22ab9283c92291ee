//! `error.rs`: the vendor's error codes.

use super::{
    prose::{code, facts, prose},
    text::{Text, literal},
};
use crate::model::{Class, ErrorCode, ErrorKeys, ServerCondition};
use crate::plan::{
    context::Context,
    envelope::unspecified,
    errors::{NO_MESSAGE, SILENT, UNKNOWN, WITHOUT_CODE, description, message, told_by},
};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let vendor = context.vendor;
    let numbers = vendor.error_keys == ErrorKeys::Numbers;
    let unspecified = unspecified(context.vendor);
    let mut body = Text::new();
    body.module_doc(&format!("The error codes of the {}.", prose(&vendor.title)));
    body.blank();
    body.line("use super::prelude::*;");
    body.blank();
    body.doc(&format!(
        "An error code of the {}. Codes that the definition does not know are kept.",
        prose(&vendor.title)
    ));
    body.line(format!("#[derive(Clone, {}Debug, PartialEq, Eq, Hash)]", if numbers { "Copy, " } else { "" }));
    body.line("#[non_exhaustive]");
    body.block("pub enum ErrorCode", |text| {
        for error in &vendor.errors {
            let what = facts(&error.facts, "the vendor does not say what it means.");
            text.doc(&format!(
                "{}: {what}\n\nClass: [`{class}`](Class::{class}).",
                code(&error.key),
                class = class(error.class)
            ));
            text.line(format!("{},", error.rust));
        }
        if unspecified {
            text.doc("The vendor says that the call failed, and gives no code.");
            text.line("Unspecified,");
        }
        text.doc("A code that the definition does not know.");
        text.line(if numbers { "Other(i64)," } else { "Other(String)," });
    });
    body.blank();
    inherent(&mut body, context, numbers);
    if numbers {
        body.blank();
        from_number(&mut body, &vendor.errors);
    }
    body.blank();
    implementation(&mut body, context, numbers, unspecified);
    body.finish()
}

fn inherent(text: &mut Text, context: &Context<'_>, numbers: bool) {
    let errors = &context.vendor.errors;
    let named = errors.iter().any(|error| error.wire_name.is_some());
    text.block("impl ErrorCode", |text| {
        if named {
            text.doc("The symbol that the vendor sends beside the number.");
            text.block("pub const fn name(&self) -> Option<&'static str>", |text| {
                text.matching("self", "None", |text| {
                    for error in errors {
                        if let Some(name) = &error.wire_name {
                            text.line(format!("Self::{} => Some({}),", error.rust, literal(name)));
                        }
                    }
                });
            });
            text.blank();
        }
        text.doc("The text that the vendor sends with it; `{parameter}` stands for the parameter at fault.");
        text.block("pub const fn message(&self) -> &'static str", |text| {
            text.matching("self", &literal(NO_MESSAGE), |text| {
                for error in errors {
                    if let Some(message) = message(error) {
                        text.arm(&format!("Self::{}", error.rust), &literal(message));
                    }
                }
            });
        });
        if numbers {
            text.blank();
            text.doc("The number on the wire, if there is one.");
            text.block("pub const fn number(&self) -> Option<i64>", |text| {
                text.block("match *self", |text| {
                    for error in errors {
                        text.line(format!("Self::{} => Some({}),", error.rust, error.key));
                    }
                    if unspecified(context.vendor) {
                        text.line("Self::Unspecified => None,");
                    }
                    text.line("Self::Other(number) => Some(number),");
                });
            });
        }
    });
}

fn from_number(text: &mut Text, errors: &[ErrorCode]) {
    text.block("impl From<i64> for ErrorCode", |text| {
        text.block("fn from(number: i64) -> Self", |text| {
            text.matching("number", "Self::Other(number)", |text| {
                for error in errors {
                    text.line(format!("{} => Self::{},", error.key, error.rust));
                }
            });
        });
    });
}

fn implementation(text: &mut Text, context: &Context<'_>, numbers: bool, unspecified: bool) {
    let errors = &context.vendor.errors;
    text.block("impl generated::ErrorCode for ErrorCode", |text| {
        text.block("fn from_wire(code: &str) -> Self", |text| {
            if numbers {
                text.line("code.trim().parse().map_or(Self::Unspecified, <Self as From<i64>>::from)");
            } else {
                text.matching("code.trim()", "Self::Other(code.to_owned())", |text| {
                    for error in errors {
                        text.line(format!("{} => Self::{},", literal(&error.key), error.rust));
                    }
                    if unspecified && errors.iter().all(|error| !error.key.is_empty()) {
                        text.line("\"\" => Self::Unspecified,");
                    }
                });
            }
        });
        text.blank();
        text.block("fn as_wire(&self) -> Option<Cow<'_, str>>", |text| {
            if numbers {
                text.line("self.number().map(|number| Cow::Owned(number.to_string()))");
            } else {
                text.line("Some(Cow::Borrowed(match self {");
                text.indented(|text| {
                    for error in errors {
                        text.arm(&format!("Self::{}", error.rust), &literal(&error.key));
                    }
                    if unspecified {
                        text.line("Self::Unspecified => return None,");
                    }
                    text.line("Self::Other(code) => code,");
                });
                text.line("}))");
            }
        });
        text.blank();
        text.block("fn is_known(&self) -> bool", |text| {
            let unknown = if unspecified { "Self::Unspecified | Self::Other(_)" } else { "Self::Other(_)" };
            text.line(format!("!matches!(self, {unknown})"));
        });
        text.blank();
        classes(text, context);
        text.blank();
        descriptions(text, context);
        text.blank();
        conditions(text, errors);
        http(text, errors);
    });
}

/// The HTTP statuses of errors, where the vendor has some.
fn http(text: &mut Text, errors: &[ErrorCode]) {
    let known: Vec<(u16, &str)> =
        errors.iter().filter_map(|error| Some((error.http?, error.rust.as_str()))).collect();
    if known.is_empty() {
        return;
    }
    let mut statuses: Vec<u16> = known.iter().map(|(status, _)| *status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let having = |status: u16| -> Vec<String> {
        known.iter().filter(|one| one.0 == status).map(|(_, rust)| format!("Self::{rust}")).collect()
    };
    text.blank();
    text.block("fn http_status(&self) -> Option<u16>", |text| {
        text.block("match self", |text| {
            for status in &statuses {
                text.alternatives(&having(*status), &format!("Some({status})"));
            }
            text.line("_ => None,");
        });
    });
    let alone = |status: u16| told_by(errors, status);
    if statuses.iter().all(|status| alone(*status).is_none()) {
        return;
    }
    text.blank();
    text.block("fn on_http_status(status: u16) -> Option<Self>", |text| {
        text.block("match status", |text| {
            for status in &statuses {
                if let Some(only) = alone(*status) {
                    text.line(format!("{status} => Some(Self::{}),", only.rust));
                }
            }
            text.line("_ => None,");
        });
    });
}

/// The runtime's name of a class.
pub(super) const fn class(class: Class) -> &'static str {
    match class {
        Class::Retry => "Retry",
        Class::LogInAgain => "LogInAgain",
        Class::InvalidRequest => "InvalidRequest",
        Class::GiveUp => "GiveUp",
    }
}

fn classes(text: &mut Text, context: &Context<'_>) {
    let errors = &context.vendor.errors;
    let by_http = context.vendor.envelope.http_codes;
    let all = !errors.iter().any(|error| error.class == Class::GiveUp) && !unspecified(context.vendor);
    text.block("fn class(&self) -> Class", |text| {
        let arms = |text: &mut Text| {
            for each in [Class::Retry, Class::LogInAgain, Class::InvalidRequest] {
                let variants: Vec<_> = errors
                    .iter()
                    .filter(|error| error.class == each)
                    .map(|error| format!("Self::{}", error.rust))
                    .collect();
                match variants.len() {
                    0 => {}
                    _ => text.alternatives(&variants, &format!("Class::{}", class(each))),
                }
            }
            if by_http {
                text.line("Self::Other(number) => generated::http_class(*number),");
            }
        };
        if by_http && all {
            text.block("match self", arms);
        } else {
            text.matching("self", "Class::GiveUp", arms);
        }
    });
}

/// What the definition says of each error.
fn descriptions(text: &mut Text, context: &Context<'_>) {
    let vendor = context.vendor;
    text.block("fn description(&self) -> &'static str", |text| {
        text.block("match self", |text| {
            let mut silent = false;
            for error in &vendor.errors {
                match description(error) {
                    Some(words) => text.arm(&format!("Self::{}", error.rust), &literal(words)),
                    None => silent = true,
                }
            }
            if unspecified(vendor) {
                text.line(format!("Self::Unspecified => {},", literal(WITHOUT_CODE)));
            }
            if vendor.envelope.http_codes {
                text.line("Self::Other(number) => generated::http_reason(*number),");
            } else {
                text.line(format!("Self::Other(_) => {},", literal(UNKNOWN)));
            }
            if silent {
                text.line(format!("_ => {},", literal(SILENT)));
            }
        });
    });
}

fn conditions(text: &mut Text, errors: &[ErrorCode]) {
    let named: Vec<(ServerCondition, &str)> =
        errors.iter().flat_map(|error| error.when.iter().map(|when| (*when, error.rust.as_str()))).collect();
    let parameter = if named.is_empty() { "_condition" } else { "condition" };
    text.block(format!("fn on({parameter}: ServerCondition) -> Option<Self>"), |text| {
        if named.is_empty() {
            text.line("None");
            return;
        }
        text.block("match condition", |text| {
            let mut seen: Vec<&str> = Vec::new();
            for &(_, error) in &named {
                if seen.contains(&error) {
                    continue;
                }
                seen.push(error);
                let patterns: Vec<_> = named
                    .iter()
                    .filter(|(_, other)| *other == error)
                    .map(|(condition, _)| format!("ServerCondition::{condition:?}"))
                    .collect();
                text.alternatives(&patterns, &format!("Some(Self::{error})"));
            }
            text.line("_ => None,");
        });
    });
}
