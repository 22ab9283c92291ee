//! Scalars of a vendor's own formats: dates, times, texts that have a form, and tables that are texts.

use super::text::{Item, List, Text, literal};
use crate::model::{Epoch, EpochUnit, Moment};
use crate::naming::{epoch_type, formats_type, forms_type, separators_type};
use crate::plan::samples;

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
        let samples = List::array(formats.iter().map(|format| Item::from(literal(&samples::moment(format)))));
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
}

/// A moment that is counted.
pub(super) fn counted(text: &mut Text, name: &str, doc: &str, counted: Epoch) {
    let epoch_name = epoch_type(name);
    text.doc(doc);
    text.line(format!("pub type {name} = EpochTime<{epoch_name}>;"));
    text.blank();
    text.doc(&format!("Since when a [`{name}`] is counted, and in what."));
    text.line("#[derive(Clone, Copy, Debug)]");
    text.line(format!("pub enum {epoch_name} {{}}"));
    text.blank();
    text.block(format!("impl EpochFormat for {epoch_name}"), |text| {
        text.line(format!("const EPOCH: Epoch = {};", epoch(counted)));
        let samples = List::array([Item::from(literal(&samples::counted(counted)))]);
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
}

/// When counting begins, and what is counted, for the runtime.
pub(super) fn epoch(counted: Epoch) -> String {
    let Epoch { start, unit, decimals } = counted;
    let unit = match unit {
        EpochUnit::Microseconds => "Microseconds",
        EpochUnit::Milliseconds => "Milliseconds",
        EpochUnit::Seconds => "Seconds",
        EpochUnit::Minutes => "Minutes",
        EpochUnit::Hours => "Hours",
        EpochUnit::Days => "Days",
    };
    let new = format!("Epoch::new({}, EpochUnit::{unit})", grouped(start));
    if decimals == 0 { new } else { format!("{new}.with_decimals({decimals})") }
}

/// A number with `_` between each three digits.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// A text that is a table.
pub(super) fn separated(text: &mut Text, name: &str, doc: &str, (cells, lines): (&str, &str)) {
    let separators_name = separators_type(name);
    text.doc(doc);
    text.line(format!("pub type {name} = SeparatedText<{separators_name}>;"));
    text.blank();
    text.doc(&format!("What separates the cells and the lines of a [`{name}`]."));
    text.line("#[derive(Clone, Copy, Debug)]");
    text.line(format!("pub enum {separators_name} {{}}"));
    text.blank();
    text.block(format!("impl TextSeparators for {separators_name}"), |text| {
        text.line(format!("const CELLS: &'static str = {};", literal(cells)));
        text.line(format!("const LINES: &'static str = {};", literal(lines)));
        let samples = List::array([Item::from(literal(&samples::separated(cells, lines)))]);
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
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
        let samples = List::array(forms.iter().map(|form| Item::from(literal(&samples::form(form)))));
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
}
