//! From a name on the wire to a name in Rust.

/// Words that are no identifiers in Rust, up to edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot be written as `r#`; and `mod`, whose file would be that of its folder.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_", "mod"];

/// Modules of a generated crate, the crate that it is built on, and a folder that cargo takes for programs: no group can be
/// called so.
pub(crate) const RESERVED_GROUPS: &[&str] = &[
    "bin",
    "client",
    "coverage",
    "envelope",
    "error",
    "operations",
    "parameters",
    "prelude",
    "protocol",
    "server",
    "state",
    "types",
    "wirewright",
];

/// What the module of types names itself: no type can be called so.
pub(crate) const RESERVED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Blob",
    "CivilDate",
    "CivilTime",
    "Clone",
    "ConstantTime",
    "Copy",
    "DateTime",
    "DateTimeFormats",
    "Debug",
    "Default",
    "Epoch",
    "EpochFormat",
    "EpochTime",
    "EpochUnit",
    "Eq",
    "File",
    "FormedText",
    "From",
    "Hash",
    "Into",
    "None",
    "Option",
    "PartialEq",
    "Secret",
    "SeparatedText",
    "Some",
    "String",
    "TextForms",
    "TextSeparators",
    "Vec",
    "Wire",
    "Zeroize",
];

/// What the files of groups name, themselves or by what they derive, their type parameters among it: no request and no reply is called so.
pub(crate) const RESERVED_IN_GROUPS: &[&str] = &[
    "Answer",
    "Answers",
    "Api",
    "AsClient",
    "BTreeMap",
    "Blob",
    "Box",
    "C",
    "Call",
    "CallOptions",
    "Client",
    "ClientParameters",
    "Clone",
    "Copy",
    "DEFAULT",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "Failure",
    "File",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Future",
    "Hash",
    "In",
    "Into",
    "MayOpen",
    "NoSession",
    "None",
    "Nothing",
    "OfferedRequest",
    "Ok",
    "Operation",
    "Opens",
    "Option",
    "PartialEq",
    "Raw",
    "RawDescription",
    "RawReply",
    "Result",
    "S",
    "Scope",
    "Secret",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "T",
    "Vec",
    "Wire",
];

/// The variant that keeps what is not known.
pub(crate) const RESERVED_VARIANTS: &[&str] = &["Other"];

/// The error code of a failure that comes without one, where the code is not the status itself.
pub(crate) const UNSPECIFIED: &str = "Unspecified";

/// What an answer or a failure holds beside the members of the envelope.
pub(crate) const RESERVED_ENVELOPE: &[&str] = &["code", "data"];

/// What a partial structure keeps the unknown in.
pub(crate) const MORE: &str = "more";

/// What a client is made of beside its parameters.
pub(crate) const RESERVED_CLIENT: &[&str] = &["transport"];

/// Where the state of a session keeps how far the server's clock is ahead.
pub(crate) const CLOCK: &str = "clock_skew";

/// How many required members a constructor takes by position; more go in by name.
pub(crate) const POSITIONAL: usize = 4;

/// The enumeration of a moment's formats, beside the moment's own type.
pub(crate) fn formats_type(rust: &str) -> String {
    format!("{rust}Formats")
}

/// What tells since when a moment is counted, beside the moment's own type.
pub(crate) fn epoch_type(rust: &str) -> String {
    format!("{rust}Epoch")
}

/// What tells how the cells of a table are separated, beside the table's own type.
pub(crate) fn separators_type(rust: &str) -> String {
    format!("{rust}Separators")
}

/// The enumeration of a text's forms, beside the text's own type.
pub(crate) fn forms_type(rust: &str) -> String {
    format!("{rust}Forms")
}

/// The structure of a type's required members, where a constructor takes them by name. The derive has the same rule.
pub(crate) fn required_type(rust: &str) -> String {
    format!("{rust}Required")
}

/// The name of a member, a group or an operation in Rust: `tokenType` -> `token_type`, `type` -> `r#type`, `self` -> `self_`, `2fa` -> `n2fa`,
/// `*` -> `x2a`.
///
/// ```
/// assert_eq!(wirewright_codegen::snake("tokenType"), "token_type");
/// ```
pub fn snake(wire: &str) -> String {
    identifier(words(wire).join("_"), "n", "x")
}

/// The name of a type or of one of its variants in Rust: `no_such_table` -> `NoSuchTable`, `2fa` -> `N2fa`.
///
/// ```
/// assert_eq!(wirewright_codegen::pascal("no such table"), "NoSuchTable");
/// ```
pub fn pascal(wire: &str) -> String {
    let capitalized: String = words(wire)
        .iter()
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect();
    identifier(capitalized, "N", "X")
}

fn identifier(mut name: String, digit: &str, empty: &str) -> String {
    if name.is_empty() {
        name.push_str(empty);
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert_str(0, digit);
    }
    if NEVER_RAW.contains(&name.as_str()) {
        name.push('_');
    } else if KEYWORDS.contains(&name.as_str()) {
        name.insert_str(0, "r#");
    }
    name
}

/// The words of a name, in lower case and in ASCII letters and digits only.
fn words(wire: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut characters = wire.chars().peekable();
    let mut before = None;
    // Signs separate words; in a name that is nothing but signs, they are all there is.
    let bare = !wire.chars().any(|character| character.is_ascii_alphanumeric());
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        if character.is_ascii_alphanumeric() {
            if starts_word(before, character, after) {
                words.push(String::new());
            }
            push(&mut words, character.to_ascii_lowercase());
        } else if bare || !character.is_ascii() {
            words.push(format!("{}{:x}", if character.is_ascii() { "x" } else { "u" }, u32::from(character)));
            words.push(String::new());
        } else {
            words.push(String::new());
        }
        before = Some(character);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push(words: &mut [String], character: char) {
    if let Some(word) = words.last_mut() {
        word.push(character);
    }
}

/// Whether a capital starts a word: after a small letter or digit (`tokenType`), or as the last capital of a run (`HTTPServer`).
fn starts_word(before: Option<char>, character: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    character.is_ascii_uppercase()
        && (before.is_ascii_lowercase()
            || before.is_ascii_digit()
            || (before.is_ascii_uppercase() && after.is_some_and(|after| after.is_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

    #[test]
    fn names() {
        for (wire, snake_case, pascal_case) in [
            ("tokenType", "token_type", "TokenType"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("sig_sha256", "sig_sha256", "SigSha256"),
            ("sha256Sum", "sha256_sum", "Sha256Sum"),
            ("log-in.again", "log_in_again", "LogInAgain"),
            ("SUCCESS", "success", "Success"),
            ("type", "r#type", "Type"),
            ("Self", "self_", "Self_"),
            ("crate", "crate_", "Crate"),
            ("mod", "mod_", "Mod"),
            ("2fa", "n2fa", "N2fa"),
            ("*", "x2a", "X2a"),
            ("", "x", "X"),
            ("_", "x5f", "X5f"),
            ("größe", "gr_uf6_udf_e", "GrUf6UdfE"),
            ("a__b", "a_b", "AB"),
        ] {
            assert_eq!((snake(wire).as_str(), pascal(wire).as_str()), (snake_case, pascal_case), "{wire}");
        }
    }
}
