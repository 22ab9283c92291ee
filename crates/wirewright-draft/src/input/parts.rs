//! Forms of parts, `multipart/form-data`: texts are parameters, files have no more than a name.

use crate::exchange::{Carried, Exchange, Parameter};

/// A part: its name, and its text; `None`: it is a file.
pub(super) type Part = (String, Option<String>);

/// Gives an exchange these parts.
pub(super) fn set(exchange: &mut Exchange, parts: impl IntoIterator<Item = Part>) {
    let files = exchange.files.get_or_insert_default();
    // What is around the parts is not kept, so there is nothing to show.
    exchange.shown = None;
    for (name, text) in parts {
        match text {
            Some(value) => exchange.parameters.push(Parameter { name, value, carried: Carried::Form }),
            None if !files.contains(&name) => files.push(name),
            None => {}
        }
    }
}

/// The parts of a body of this media type; `None`: it is no such form.
pub(super) fn of_body(media_type: &str, body: &str) -> Option<Vec<Part>> {
    if !is_multipart(media_type) {
        return None;
    }
    let (_, boundary) = media_type.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let mark = format!("--{boundary}");
    let parts = body.split(&mark).skip(1).take_while(|part| !part.starts_with("--"));
    Some(parts.filter_map(part).collect())
}

/// Whether a body is a form of parts.
pub(super) fn is_multipart(media_type: &str) -> bool {
    media_type.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

/// A part: headers, an empty line, and its text.
fn part(text: &str) -> Option<Part> {
    let text = text.replace("\r\n", "\n");
    let (head, value) = text.split_once("\n\n")?;
    let disposition =
        head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition"))?;
    let said = |word: &str| {
        let quoted = disposition.split(';').find_map(|one| one.trim().strip_prefix(word)?.strip_prefix('='));
        quoted.map(|quoted| quoted.trim_matches('"').to_owned())
    };
    let value = value.strip_suffix('\n').unwrap_or(value).to_owned();
    Some((said("name")?, said("filename").is_none().then_some(value)))
}

#[cfg(test)]
mod tests {
    use super::of_body;

    #[test]
    fn files_have_a_name_and_no_text() {
        let body = "--x1\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\nb\r\n--x1\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\
                    Content-Type: image/png\r\n\r\n(binary)\r\n--x1--\r\n";
        let parts = of_body("multipart/form-data; boundary=x1", body).expect("a form of parts");
        assert_eq!(parts, [("title".to_owned(), Some("a\nb".to_owned())), ("picture".to_owned(), None)]);
        assert_eq!(of_body("application/x-www-form-urlencoded", "a=b"), None);
        assert_eq!(of_body("multipart/form-data", "a=b"), None);
    }
}
