//! What all pages have: where they are, and the way to the others.

use wirewright_codegen::{is_unseen, model::Vendor, plan::context::Context};

use crate::places::{OVERVIEW, Places, TYPES};

/// The frame of a page.
pub(crate) struct Page {
    /// What it is called in a window's title.
    pub(crate) title: String,
    /// The way to the site's root: empty, or `../`.
    pub(crate) root: &'static str,
    /// Whether a mock serves it, to which its forms send.
    pub(crate) mock: bool,
    /// The vendor that it is of.
    pub(crate) vendor: Option<String>,
    /// The vendor's pages.
    pub(crate) groups: Vec<Links>,
    /// What of it is here.
    here: String,
}

/// Links below a heading.
pub(crate) struct Links {
    pub(crate) title: String,
    pub(crate) links: Vec<Link>,
}

/// A link to a page of the vendor.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
}

impl Page {
    /// The page above all vendors.
    pub(crate) fn of_site(mock: bool) -> Self {
        let title = "APIs".to_owned();
        Self { title, root: "", mock, vendor: None, groups: Vec::new(), here: String::new() }
    }

    /// A page of a vendor.
    pub(crate) fn of_vendor(
        context: &Context<'_>,
        places: &Places,
        here: &str,
        title: &str,
        mock: bool,
    ) -> Self {
        let vendor: &Vendor = context.vendor;
        let mut groups = vec![Links { title: vendor.title.clone(), links: own(vendor) }];
        let mut files = places.operations.iter();
        for group in &vendor.groups {
            let links = group.operations.iter().zip(files.by_ref());
            let links =
                links.map(|(operation, file)| Link { href: file.clone(), text: operation.name.wire.clone() });
            groups.push(Links { title: group.name.wire.clone(), links: links.collect() });
        }
        let title =
            if title == vendor.title { title.to_owned() } else { format!("{title} · {}", vendor.title) };
        let vendor = Some(vendor.title.clone());
        Self { title, root: "../", mock, vendor, groups, here: here.to_owned() }
    }

    /// Whether a link leads to this page.
    pub(crate) fn is_here(&self, link: &Link) -> bool {
        link.href == self.here
    }

    /// What the page may load: files of the site, and nothing else.
    pub(crate) const fn policy(&self) -> &'static str {
        if self.mock { MOCK_POLICY } else { POLICY }
    }
}

/// The pages that are not an operation's.
fn own(vendor: &Vendor) -> Vec<Link> {
    let link = |href: &str, text: &str| Link { href: href.to_owned(), text: text.to_owned() };
    let mut links = vec![link(OVERVIEW, "Overview")];
    if !vendor.types.is_empty() {
        links.push(link(TYPES, "Types"));
    }
    links
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'";

/// What the pages of a mock may load and do, as a Content-Security-Policy: files of the site, and forms that lead to the mock itself.
pub const MOCK_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";

/// A file as it is written: what nobody sees, but what could change how the rest looks, is seen.
pub(crate) fn finished(page: &str) -> String {
    if !page.contains(|letter| is_unseen(letter) && letter != '\n' && letter != '\t') {
        return page.to_owned();
    }
    let mut text = String::with_capacity(page.len());
    for letter in page.chars() {
        match letter {
            '\r' => {}
            letter if is_unseen(letter) && letter != '\n' && letter != '\t' => text.push('\u{fffd}'),
            letter => text.push(letter),
        }
    }
    text
}
