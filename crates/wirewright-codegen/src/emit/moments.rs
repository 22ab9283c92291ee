//! Scalars of a vendor's own formats: dates, times, and texts that have a form.

use super::text::{Item, List, Text, literal};
use crate::model::Moment;
use crate::naming::{formats_type, forms_type};
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
