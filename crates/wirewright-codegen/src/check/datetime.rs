//! The strftime formats of dates and times.

use super::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::TypeKind;

/// The directives that have no variants.
const DIRECTIVES: &str = "%AaBbCcDdeFfGgHhIjklMmNnPpQqRrSsTtUuVvWwYyZz";

pub(super) fn check(cx: &Context<'_>) {
    for kind in &cx.definition.types {
        let Some(TypeKind::DateTime(formats)) = &kind.kind else { continue };
        for format in formats {
            if let Some(directive) = unknown(format.value) {
                cx.add(
                    Fault::new(
                        Code::DateTime,
                        format.span,
                        format!("`{directive}` is no directive of strftime"),
                    )
                    .label("unknown directive")
                    .expected(
                        "directives such as `%Y`, `%m`, `%d`, `%H`, `%M`, `%S`, `%z`; `%%` is a percent sign",
                    ),
                );
            } else if !format.value.contains('%') {
                cx.add(
                    Fault::new(Code::DateTime, format.span, "a format that says nothing about a moment")
                        .label("no directive")
                        .expected("directives such as `%Y-%m-%d %H:%M:%S`"),
                );
            }
        }
    }
}

/// The first directive that strftime does not know.
fn unknown(format: &str) -> Option<String> {
    let mut rest = format;
    while let Some((_, behind)) = rest.split_once('%') {
        let flags = behind.trim_start_matches(['-', '_', '0', '^', '#']);
        let width = flags.trim_start_matches(|digit: char| digit.is_ascii_digit());
        // `%.f`, `%.3f`, `%:z`
        let colons = width.trim_start_matches(':');
        let (letter, known) = if let Some(fraction) = width.strip_prefix('.') {
            let letter = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
            (letter, letter.starts_with(['f', 'N']))
        } else if colons.len() < width.len() {
            (colons, colons.starts_with(['z', 'Q']) && width.len() - colons.len() <= 3)
        } else {
            (width, width.starts_with(|letter| DIRECTIVES.contains(letter)))
        };
        let next = letter.chars().next().map_or(0, char::len_utf8);
        let consumed = behind.len() - letter.len() + next;
        if !known {
            return Some(format!("%{}", behind.get(..consumed).unwrap_or_default()));
        }
        rest = behind.get(consumed..).unwrap_or_default();
    }
    None
}
