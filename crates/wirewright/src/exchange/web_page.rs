//! Web pages, and parts of them, in the place of a reply.

/// The elements that a page begins with when a script or a gateway writes one, or a message in front of something else.
const FIRST: [&str; 26] = [
    "a", "b", "body", "br", "center", "div", "em", "font", "form", "h1", "h2", "h3", "h4", "head", "hr",
    "html", "i", "link", "meta", "p", "pre", "script", "span", "style", "table", "title",
];

/// Whether a text says that it is a web page.
pub(crate) fn is_web_page(text: &str) -> bool {
    let start = behind_prolog(text);
    let doctype = "<!doctype";
    match start.get(..doctype.len()) {
        Some(begins) if begins.eq_ignore_ascii_case(doctype) => {
            let name = start.get(doctype.len()..).unwrap_or_default();
            // White space is between the two.
            name.trim_start().len() < name.len() && is_named(name.trim_start(), "html")
        }
        _ => start.strip_prefix('<').is_some_and(|name| is_named(name, "html")),
    }
}

/// Whether a text that could not be read begins as a web page goes on, `<br />` or `<head>` say.
pub(crate) fn is_part_of_web_page(text: &str) -> bool {
    let start = behind_prolog(text);
    let prolog = text.len() - start.len();
    // Only browsers know comments with conditions.
    text.get(..prolog).is_some_and(|prolog| prolog.contains(CONDITIONAL))
        || start.starts_with(CONDITIONAL)
        || start.strip_prefix('<').is_some_and(|name| FIRST.iter().any(|known| is_named(name, known)))
}

/// The start of a comment that is markup for some browsers.
const CONDITIONAL: &str = "<!--[if ";

/// Whether a text that could not be read is a script that a server should have run: of PHP, or between `<%` and `%>`.
pub(crate) fn is_script_source(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let php = start.strip_prefix("<?").is_some_and(|rest| rest.starts_with('=') || is_named(rest, "php"));
    php || start.starts_with("<%")
}

/// Whether a text begins with this name, in either case, and no other.
fn is_named(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && text.get(name.len()..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A text without declarations and comments at its start.
fn behind_prolog(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let skipped = if rest.starts_with("<!--") {
            rest.split_once("-->").map(|(_, rest)| rest)
        } else if rest.starts_with("<?") {
            rest.split_once("?>").map(|(_, rest)| rest)
        } else {
            None
        };
        match skipped {
            Some(skipped) => rest = skipped.trim_start(),
            None => return rest,
        }
    }
}
