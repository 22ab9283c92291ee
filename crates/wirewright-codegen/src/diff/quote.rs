//! Texts of definitions inside sentences: short, in one line, and harmless in Markdown.

/// How much of a text is shown, in characters.
const SHOWN: usize = 80;

/// A text as code: cut where it is long, without line ends and backticks.
pub(super) fn code(text: &str) -> String {
    let mut quoted = "`".to_owned();
    let mut letters = text.chars();
    for letter in letters.by_ref().take(SHOWN) {
        match letter {
            '`' => quoted.push('\''),
            control if control.is_control() => quoted.extend(control.escape_default()),
            other => quoted.push(other),
        }
    }
    if letters.next().is_some() {
        quoted.push('…');
    }
    // Code that begins or ends with a blank, or is empty, is not shown as it is.
    if text.trim() != text || text.is_empty() {
        return format!("`\"{}\"`", quoted.trim_start_matches('`'));
    }
    quoted.push('`');
    quoted
}

/// How texts are quoted: by [`code`] where they are shown, by [`whole`] where sentences are compared, as what is cut may differ.
pub(super) type Quote = fn(&str) -> String;

/// A text as it is.
pub(super) fn whole(text: &str) -> String {
    text.to_owned()
}

/// A text that may be missing.
pub(super) fn option(text: Option<&str>) -> String {
    option_by(code, text)
}

/// The same in quotes of another kind.
pub(super) fn option_by(quote: Quote, text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_owned(), quote)
}

/// Several texts, in their order; none of them is `none`.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    list_by(code, texts)
}

/// The same in quotes of another kind.
pub(super) fn list_by<T: AsRef<str>>(quote: Quote, texts: impl IntoIterator<Item = T>) -> String {
    joined(texts.into_iter().map(|text| quote(text.as_ref())))
}

/// Several texts that are quoted already.
pub(super) fn joined(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<String> = texts.into_iter().collect();
    if texts.is_empty() { "none".to_owned() } else { texts.join(", ") }
}

/// `yes` or `no`.
pub(super) const fn flag(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn texts_are_one_line_and_short() {
        assert_eq!(code("a`b\nc"), "`a'b\\nc`");
        assert_eq!(code(" a"), "`\" a\"`");
        assert_eq!(code(""), "`\"\"`");
        assert!(code(&"ß".repeat(10_000)).chars().count() < 90);
    }
}
