//! The page above all vendors.

use askama::Template;
use wirewright_codegen::plan::context::Context;

use crate::{
    markup::{Markup, count},
    page::Page,
    places::{OVERVIEW, Places},
};

#[derive(Template)]
#[template(path = "index.html")]
pub(crate) struct Index {
    page: Page,
    vendors: Vec<Vendor>,
}

struct Vendor {
    href: String,
    title: String,
    doc: Markup,
    operations: String,
}

impl Index {
    pub(crate) fn new(vendors: &[(Context<'_>, Places)], mock: bool) -> Self {
        let vendor = |(context, places): &(Context<'_>, Places)| Vendor {
            href: format!("{}/{OVERVIEW}", places.folder),
            title: context.vendor.title.clone(),
            doc: Markup::new().prose(context.vendor.facts.doc.as_deref().unwrap_or_default()),
            operations: count(context.operations.len(), "operation"),
        };
        Self { page: Page::of_site(mock), vendors: vendors.iter().map(vendor).collect() }
    }
}
