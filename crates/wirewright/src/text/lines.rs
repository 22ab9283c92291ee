//! A pair in each line, `name=value`, in which nothing is escaped: a query string in another spelling.

/// The same pairs, form-urlencoded. What is behind the first `=` of a line is the value; empty lines are none.
pub(crate) fn to_form(text: &str) -> String {
    let mut form = form_urlencoded::Serializer::new(String::with_capacity(text.len()));
    for line in lines(text) {
        match line.split_once('=') {
            Some((name, value)) => form.append_pair(name, value),
            None => form.append_key_only(line),
        };
    }
    form.finish()
}

/// The pairs of a form-urlencoded text in lines.
///
/// # Errors
///
/// The name of a pair that has a line break in it, or a name with a `=`.
pub(crate) fn of_form(form: &str) -> Result<String, String> {
    let mut text = String::with_capacity(form.len());
    for (name, value) in form_urlencoded::parse(form.as_bytes()) {
        if name.contains(['\r', '\n', '=']) || value.contains(['\r', '\n']) {
            return Err(name.into_owned());
        }
        text.extend([&*name, "=", &*value, "\r\n"]);
    }
    Ok(text)
}

/// The number of the line that the pair at a column of the form was in, both counted from 1.
pub(crate) fn line_at(text: &str, form: &str, column: usize) -> usize {
    let before = form.chars().take(column.saturating_sub(1)).filter(|sign| *sign == '&').count();
    let mut numbered = text.split('\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty());
    numbered.nth(before).map_or(1, |(index, _)| index + 1)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim_start_matches('\u{feff}');
    text.split('\n').map(|line| line.trim_end_matches('\r')).filter(|line| !line.trim_ascii().is_empty())
}
