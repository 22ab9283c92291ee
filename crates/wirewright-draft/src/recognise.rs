//! Everything that an exchange shows, as a definition knows it.

use wirewright_codegen::model::{FormatKind, Vendor};

use crate::{
    exchange::Exchange,
    tree::read,
    view::{ShownMembers, View, operation_of},
};

/// An exchange, as a definition knows it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Recognised {
    /// The group and the operation.
    pub operation: (String, String),
    /// What it shows, each with what the definition says of it.
    pub shown_members: ShownMembers,
}

/// What a definition says of everything that an exchange shows. `None`: it does not know the operation.
///
/// ```
/// use std::path::Path;
/// use wirewright_codegen::load;
/// use wirewright_draft::{Inputs, recognise};
///
/// let vendor = load(Path::new("../../protocol-defs/ten-ten-data"))?;
/// let folder = tempfile::tempdir()?;
/// let text = "curl 'https://www2.1010data.com/gw.k?api=logout&sid=s-1&more=2'\n<out><rc>0</rc><msg>Logged out</msg></out>\n";
/// std::fs::write(folder.path().join("a.curl"), text)?;
/// let inputs = Inputs::read(&[folder.path().to_owned()], &[])?;
/// let seen = recognise(&vendor, &inputs.exchanges[0]).ok_or("an unknown operation")?;
/// assert_eq!(seen.operation, ("session".to_owned(), "logout".to_owned()));
/// let said = |names: [&str; 2]| seen.shown_members[&names.map(str::to_owned).to_vec()].clone();
/// assert_eq!(said(["xml", "rc"]).and_then(|one| one.role), Some("status"));
/// assert_eq!(said(["request", "sid"]).and_then(|one| one.from), Some("session"));
/// assert!(said(["request", "more"]).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn recognise(vendor: &Vendor, exchange: &Exchange) -> Option<Recognised> {
    let (group, operation) = operation_of(vendor, exchange)?;
    let view = View::new(vendor);
    let mut shown_members = view.request(operation, exchange);
    for (format, text) in &exchange.replies {
        let is_offered = operation.raw.is_none() || *format != FormatKind::Query;
        if let Some(document) = read(*format, text).filter(|_| is_offered) {
            for (shown_path, described) in view.reply(operation, *format, &document) {
                shown_members.insert(shown_path, described);
            }
        }
    }
    shown_members.extend(view.reply_headers(operation, exchange));
    Some(Recognised { operation: (group.name.wire.clone(), operation.name.wire.clone()), shown_members })
}
