//! Values of a vendor's own formats, for samples.

/// A moment in a `strftime` format: Tuesday, 30 September 2008, 15:56:42 UTC.
pub fn moment(format: &str) -> String {
    const WORDS: [(&str, &str); 25] = [
        ("%.f", ""),
        ("%:z", "+00:00"),
        ("%:::z", "+00"),
        ("%Y", "2008"),
        ("%y", "08"),
        ("%m", "09"),
        ("%d", "30"),
        ("%e", "30"),
        ("%H", "15"),
        ("%I", "03"),
        ("%M", "56"),
        ("%S", "42"),
        ("%p", "PM"),
        ("%j", "274"),
        ("%a", "Tue"),
        ("%A", "Tuesday"),
        ("%b", "Sep"),
        ("%B", "September"),
        ("%h", "Sep"),
        ("%s", "1222790202"),
        ("%F", "2008-09-30"),
        ("%T", "15:56:42"),
        ("%z", "+0000"),
        ("%f", "0"),
        ("%%", "%"),
    ];
    let mut sample = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
        if let Some((word, text)) = word {
            sample.push_str(text);
            rest = &rest[word.len()..];
        } else {
            sample.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    sample
}

/// A text of a form: every digit is 5, as in telephone numbers that nobody has.
pub fn form(form: &str) -> String {
    let mut sample = String::new();
    let mut letters = form.chars();
    while let Some(letter) = letters.next() {
        sample.extend(match letter {
            '0' | '*' => Some('5'),
            '\\' => letters.next(),
            letter => Some(letter),
        });
    }
    sample
}
