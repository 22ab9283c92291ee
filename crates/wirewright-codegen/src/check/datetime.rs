//! The strftime formats of dates and times.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::Moment;
use crate::read::tree::TypeKind;
use crate::rules::is_read_back;

/// The directives that have no variants.
const DIRECTIVES: &str = "%AaBbCcDdeFfGgHhIjklMmNnPpQqRrSsTtUuVvWwXxYyZz";

/// Directives by which values are written, and cannot be read or lose something, and what to write instead.
const UNREAD: &[(char, &str)] = &[
    ('Z', "`GMT`, `UTC` or `Z` as it is, at the end of the format, or `%z` where the zone is a number"),
    ('Q', "`%z` where the zone is a number: a zone's name is not kept"),
    ('c', "its parts, as in `%a %b %e %H:%M:%S %Y`"),
    ('r', "its parts, as in `%I:%M:%S %p`"),
    ('v', "its parts, as in `%e-%b-%Y`"),
    ('X', "its parts, as in `%H:%M:%S`"),
    ('x', "its parts, as in `%m/%d/%y`"),
    ('q', "directives that tell the day: a quarter does not"),
];

pub(super) fn check(cx: &Context<'_>) {
    for kind in &cx.definition.types {
        let Some(TypeKind::DateTime(moment, formats)) = &kind.kind else { continue };
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
            } else if let Some((letter, instead)) =
                letters(format.value).into_iter().find_map(|letter| UNREAD.iter().find(|one| one.0 == letter))
            {
                cx.add(
                    Fault::new(
                        Code::DateTime,
                        format.span,
                        format!("`%{letter}` can be written, and not read back"),
                    )
                    .label("in this format")
                    .expected(*instead),
                );
            } else if let Some((fault, expected)) = lacks(*moment, format.value) {
                cx.add(
                    Fault::new(Code::DateTime, format.span, fault).label("in this format").expected(expected),
                );
            } else if !is_read_back(*moment, format.value) {
                cx.add(
                    Fault::new(
                        Code::DateTime,
                        format.span,
                        "what is written in this format cannot be read, or is read as something else",
                    )
                    .label("does not tell enough, or not so that it can be told apart")
                    .expected(match moment {
                        Moment::DateTime => {
                            "year, month, day and what there is of the time, as in `%Y-%m-%d %H:%M:%S`"
                        }
                        Moment::Date => "year, month and day, as in `%Y-%m-%d`",
                        Moment::Time => "hours and what there is of minutes and seconds, as in `%H:%M:%S`",
                    }),
                );
            }
        }
    }
}

/// What a format of a date or of a time of day says too much or too little.
fn lacks(moment: Moment, format: &str) -> Option<(&'static str, &'static str)> {
    let said: Vec<char> = letters(format);
    let has = |letters: &str| said.iter().any(|letter| letters.contains(*letter));
    let date = || {
        let day = has("d") || has("e");
        let month = has("m") || has("B") || has("b") || has("h");
        has("FDxc")
            || (has("Yy") && (has("j") || (day && month)))
            || (has("aAuw") && ((has("G") && has("V")) || (has("Yy") && has("UW"))))
    };
    match moment {
        Moment::Date | Moment::Time if has("z") => {
            Some(("only a date with a time has an offset", "`datetime`, or a format without `%z`"))
        }
        Moment::Date if has("HIMSfNpPTRrkls") => {
            Some(("a date has no time", "`datetime`, or a format without hours, minutes and seconds"))
        }
        Moment::Date if !date() => {
            Some(("a format without the whole date", "year, month and day, as in `%Y-%m-%d`"))
        }
        Moment::Time if has("YyCmdeBbhFDjaAGgVUWuws") => {
            Some(("a time of day has no date", "`datetime`, or a format without years, months and days"))
        }
        Moment::Time if !has("HIkTRrl") => {
            Some(("a format without the hour", "at least the hour, as in `%H:%M`"))
        }
        Moment::DateTime | Moment::Date | Moment::Time => None,
    }
}

/// The letters of a format's directives.
fn letters(format: &str) -> Vec<char> {
    let mut letters = Vec::new();
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        if sign == '%' {
            letters.extend(signs.find(|sign| sign.is_ascii_alphabetic() || *sign == '%'));
        }
    }
    letters
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
