//! What is searched for: an entry for each page and for each type and error.

use serde_json::json;
use wirewright_codegen::plan::context::Context;

use crate::{
    page::finished,
    places::{OVERVIEW, Places},
    told::first_sentence,
};

/// The entries of a site, in the order of its pages.
#[derive(Default)]
pub(crate) struct Index(Vec<serde_json::Value>);

impl Index {
    /// Adds all of a vendor. An entry is what it is called, what it is, where it is, what it is for, and words that lead to it as well.
    pub(crate) fn add(&mut self, context: &Context<'_>, places: &Places) {
        let vendor = context.vendor;
        let at = |file: &str| format!("{}/{file}", places.folder);
        let mut entry = |name: &str, kind: &str, href: String, doc: &str, words: &str| {
            self.0.push(json!([name, format!("{kind} of {}", vendor.title), href, doc, words]));
        };
        entry(&vendor.title, "overview", at(OVERVIEW), first_sentence(&vendor.facts), &vendor.package);
        for (named, file) in context.operations.iter().zip(&places.operations) {
            let operation = named.operation;
            let mut words = vec![operation.path.as_str(), &named.method];
            words.extend(operation.inputs().chain(&operation.reply).map(|member| member.name.wire.as_str()));
            entry(&named.title(), "operation", at(file), first_sentence(&operation.facts), &words.join(" "));
        }
        for (index, described) in vendor.types.iter().enumerate() {
            let doc = first_sentence(&described.facts);
            entry(&described.name.wire, "type", at(&places.type_link(index)), doc, "");
        }
        for (index, error) in vendor.errors.iter().enumerate() {
            let doc = first_sentence(&error.facts);
            let name = if error.key == error.rust {
                error.rust.clone()
            } else {
                format!("{} {}", error.key, error.rust)
            };
            let words = error.wire_name.as_deref().unwrap_or_default();
            entry(&name, "error", at(&places.error_link(index)), doc, words);
        }
    }

    /// The script that has them: a file that is opened without a server may load a script, and nothing else.
    pub(crate) fn script(&self) -> String {
        let mut text = "\"use strict\";\nglobalThis.searchIndex = [\n".to_owned();
        for entry in &self.0 {
            text.push_str(&entry.to_string());
            text.push_str(",\n");
        }
        text.push_str("];\n");
        finished(&text)
    }
}
