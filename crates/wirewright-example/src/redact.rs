//! Wire text without its secrets.

/// The names under which the three vendors' secrets travel.
const SECRETS: [&str; 8] =
    ["pwd", "a", "sessionSecret", "sig_sha256", "password", "session_key", "pswd", "sid"];

/// What stands for a secret.
pub const REDACTED: &str = "[redacted]";

/// `text` with `[redacted]` for the value of each secret parameter, member and element. It knows what these vendors send: flat
/// names, JSON without space around its colons, elements without attributes.
pub fn redact(text: &str) -> String {
    let mut text = text.to_owned();
    for name in SECRETS {
        text = mask(&text, &format!("<{name}>"), "<");
        text = mask(&text, &format!("\"{name}\":\""), "\"");
        for before in ["&", "?", "."] {
            text = mask(&text, &format!("{before}{name}="), "&");
        }
        let first = format!("{name}=");
        if text.starts_with(&first) {
            text = mask(&text, &first, "&");
        }
    }
    text
}

/// Replaces what stands between each `opening` and the `closing` (or the end) that follows it.
fn mask(text: &str, opening: &str, closing: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opening) {
        let end = after.find(closing).unwrap_or(after.len());
        masked.push_str(before);
        masked.push_str(opening);
        masked.push_str(REDACTED);
        rest = after.get(end..).unwrap_or_default();
    }
    masked + rest
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn values_of_secrets_are_masked_and_nothing_else() {
        let table = [
            ("f=xml&s=chuck&pwd=a%26b&a=t", "f=xml&s=chuck&pwd=[redacted]&a=[redacted]"),
            ("pwd=x&data=1", "pwd=[redacted]&data=1"),
            ("/gw.k?pswd=x&sid=1&kill=no", "/gw.k?pswd=[redacted]&sid=[redacted]&kill=no"),
            ("data.token.a=x&data.sessionSecret=y", "data.token.a=[redacted]&data.sessionSecret=[redacted]"),
            (
                r#"{"token":{"a":"x","expiresIn":1},"loginId":"a"}"#,
                r#"{"token":{"a":"[redacted]","expiresIn":1},"loginId":"a"}"#,
            ),
            (
                "<data><session_key>x</session_key><b>a</b></data>",
                "<data><session_key>[redacted]</session_key><b>a</b></data>",
            ),
            ("field password is missing", "field password is missing"),
        ];
        for (text, expected) in table {
            assert_eq!(redact(text), expected);
        }
    }
}
