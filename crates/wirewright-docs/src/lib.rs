//! Pages of a vendor's definition: a static site for whoever reviews a definition, or calls a vendor whose own page is gone or bad.
//!
//! [`site`] writes an overview of each vendor, a page for each of its operations, its types, and a search that needs no server. The
//! pages load nothing from outside their folder, and are whole without scripts. Whatever a definition says is text on them.
//!
//! A mock serves the same pages with a form for each operation: [`mock_site`], [`form_at`] and [`answered`].

mod assumed;
mod chosen;
mod command;
mod curl;
mod environment;
mod form;
mod index;
mod markup;
mod members;
mod of;
mod operation;
mod overview;
mod page;
mod places;
mod request;
mod samples;
mod search;
mod sessions;
mod shared;
mod shell;
mod signing;
mod site;
mod told;
mod types;

pub use self::{
    form::{Filled, Sent},
    page::MOCK_POLICY,
    site::{File, FormOf, answered, form_at, mock_site, site},
};
