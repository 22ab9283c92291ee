//! What is meant by a member that is absent.

use super::text::{Text, literal};
use crate::model::{Member, TypeKind, ValueType};
use crate::plan::{
    context::{Context, Scope},
    members,
    names::plain,
};

/// A method that gives a member's value, or its default.
pub(super) struct DefaultMethod<'a> {
    name: &'a str,
    result: String,
    value: String,
}

impl DefaultMethod<'_> {
    pub(super) fn write(&self, text: &mut Text) {
        let Self { name, result, value } = self;
        text.doc(&format!("[`{name}`](Self::{name}), or the default where it is absent."));
        let parameters = ["&self".to_owned()];
        text.function(&format!("pub fn {name}_or_default"), &parameters, result, |text| text.line(value));
    }
}

/// The method of a member that has a default.
pub(super) fn method<'a>(
    context: &Context<'_>,
    member: &'a Member,
    scope: Scope,
) -> Option<DefaultMethod<'a>> {
    let default = members::default(member)?;
    let rust = &member.name.rust;
    let mut result = context.value_type(&member.value, scope);
    let value = match &member.value {
        ValueType::String => {
            "&str".clone_into(&mut result);
            format!("self.{rust}.as_deref().unwrap_or({})", literal(default))
        }
        ValueType::Number => {
            let number = format!("{:?}", default.parse::<f64>().unwrap_or_default());
            format!("self.{rust}.unwrap_or({})", readable(&number))
        }
        ValueType::Boolean => format!("self.{rust}.unwrap_or({default})"),
        ValueType::Type(index) => {
            let TypeKind::Enumeration { values, .. } = &context.vendor.types[*index].kind else {
                return None;
            };
            let known = |text: &String| text == default;
            let variant =
                values.iter().find(|value| known(&value.name.wire) || value.also.iter().any(known))?;
            format!("self.{rust}.clone().unwrap_or({result}::{})", variant.name.rust)
        }
        ValueType::Any | ValueType::File | ValueType::ClockSkew => return None,
        ValueType::Integer | ValueType::Bytes => format!("self.{rust}.unwrap_or({})", readable(default)),
    };
    Some(DefaultMethod { name: plain(rust), result, value })
}

/// A number's literal, with its digits in groups of three where there are many.
fn readable(number: &str) -> String {
    const MANY: usize = 6;
    if number.contains('e') {
        return number.to_owned();
    }
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let grouped = |digits: &str, from: usize| {
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && index % 3 == from && digits.len() >= MANY {
                grouped.push('_');
            }
            grouped.push(digit);
        }
        grouped
    };
    let fraction = fraction.map_or_else(String::new, |part| format!(".{}", grouped(part, 0)));
    format!("{sign}{}{fraction}", grouped(whole, whole.len() % 3))
}
