//! Scalars of a vendor's own formats: dates, times, and texts that have a form.

use super::text::{Item, List, Text, literal};
use crate::{
    model::Moment,
    naming::{formats_type, forms_type},
};

/// A date, a time or both, in the vendor's formats.
pub(super) fn date_time(text: &mut Text, name: &str, doc: &str, moment: Moment, formats: &[String]) {
    let formats_name = formats_type(name);
    let runtime = match moment {
        Moment::DateTime => "DateTime",
        Moment::Date => "CivilDate",
        Moment::Time => "CivilTime",
    };
    text.doc(doc);
    text.line(format!("pub type {name} = {runtime}<{formats_name}>;"));
    text.blank();
    text.doc(&format!("How a [`{name}`] is written."));
    text.line("#[derive(Clone, Copy, Debug)]");
    text.line(format!("pub enum {formats_name} {{}}"));
    text.blank();
    text.block(format!("impl DateTimeFormats for {formats_name}"), |text| {
        let formats_literal = List::array(formats.iter().map(|format| Item::from(literal(format))));
        text.list("const FORMATS: &'static [&'static str] = &", &formats_literal, ";");
        let samples = List::array(formats.iter().map(|format| Item::from(literal(&sample(format)))));
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
}

/// A moment in a `strftime` format: Tuesday, 30 September 2008, 15:56:42 UTC.
fn sample(format: &str) -> String {
    const WORDS: [(&str, &str); 22] = [
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

/// A text in the vendor's forms.
pub(super) fn formed(text: &mut Text, name: &str, doc: &str, forms: &[String]) {
    let forms_name = forms_type(name);
    text.doc(doc);
    text.line(format!("pub type {name} = FormedText<{forms_name}>;"));
    text.blank();
    text.doc(&format!("The forms of a [`{name}`]."));
    text.line("#[derive(Clone, Copy, Debug)]");
    text.line(format!("pub enum {forms_name} {{}}"));
    text.blank();
    text.block(format!("impl TextForms for {forms_name}"), |text| {
        let forms_literal = List::array(forms.iter().map(|form| Item::from(literal(form))));
        text.list("const FORMS: &'static [&'static str] = &", &forms_literal, ";");
        let samples = List::array(forms.iter().map(|form| Item::from(literal(&formed_sample(form)))));
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
}

/// A text of a form: every digit is 5, as in telephone numbers that nobody has.
fn formed_sample(form: &str) -> String {
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
