//! Wire text without its secrets, for people to look at.

use quick_xml::{Reader, Writer, events::Event};
use wirewright::{Format, Wire, catalog::Vendor, wire::Node};

/// What stands for a secret.
const REDACTED: &str = "[redacted]";

/// `text` with `[redacted]` for every value whose name is that of one of the vendor's secrets, and for all that is inside of it. A
/// text that cannot be taken apart as `format` says is not shown at all: a secret can stand anywhere in it.
///
/// ```
/// use wirewright::Format;
/// use wirewright_cli::redact;
///
/// let nina = catalog::vendor("nina").ok_or("there is no such vendor")?;
/// assert_eq!(redact(nina, Format::Query, "s=chuck&pwd=hunter2"), "s=chuck&pwd=[redacted]");
/// assert_eq!(
///     redact(nina, Format::Xml, "<data><token><a>hunter2</a></token><x/></data>"),
///     "<data><token><a>[redacted]</a></token><x/></data>",
/// );
/// assert_eq!(redact(nina, Format::Xml, "<a>hunter2"), "[10 bytes that are no XML]");
/// # Ok::<(), &str>(())
/// ```
pub fn redact(vendor: &Vendor, format: Format, text: &str) -> String {
    let redacted = match format {
        Format::Xml => xml(vendor, text),
        Format::Json => json(vendor, text),
        _ => Some(query(vendor, text)),
    };
    redacted.unwrap_or_else(|| format!("[{} bytes that are no {format}]", text.len()))
}

fn query(vendor: &Vendor, text: &str) -> String {
    let pair = |pair: &str| {
        let Some((name, _)) = pair.split_once('=') else { return pair.to_owned() };
        let decoded = form_urlencoded::parse(name.as_bytes()).next().map(|(name, _)| name.into_owned());
        // The parts of a nested name, and of one with the number of an item.
        let decoded = decoded.unwrap_or_default();
        let mut parts =
            decoded.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-'));
        if vendor.is_secret(&decoded) || parts.any(|part| vendor.is_secret(part)) {
            format!("{name}={REDACTED}")
        } else {
            pair.to_owned()
        }
    };
    text.split('&').map(pair).collect::<Vec<_>>().join("&")
}

fn json(vendor: &Vendor, text: &str) -> Option<String> {
    let plain = text.trim_start().starts_with('{');
    let (callback, inside, end) = if plain {
        ("", text, "")
    } else {
        // JSONP.
        let (open, close) = (text.find('(')?, text.rfind(')')?);
        (text.get(..=open)?, text.get(open + 1..close)?, text.get(close..)?)
    };
    let Members { mut all } = wirewright::json::decode(inside).ok()?;
    hide(vendor, &mut all);
    let shown = wirewright::json::encode(&Members { all }).ok()?;
    Some(format!("{callback}{shown}{end}"))
}

/// The members of any object, in their order.
#[derive(Wire)]
struct Members {
    #[wire(rest)]
    all: Node,
}

fn hide(vendor: &Vendor, value: &mut Node) {
    match value {
        Node::Record(members) => {
            for (name, member) in members {
                if vendor.is_secret(name) || vendor.is_secret(name.trim_start_matches('@')) {
                    *member = Node::Text(REDACTED.to_owned());
                } else {
                    hide(vendor, member);
                }
            }
        }
        Node::List(items) => items.iter_mut().for_each(|item| hide(vendor, item)),
        _ => {}
    }
}

fn xml(vendor: &Vendor, text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::new());
    // How many elements are open, and outside how many of them a secret began.
    let (mut depth, mut secret): (usize, Option<usize>) = (0, None);
    loop {
        let event = reader.read_event().ok()?;
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                let name = start.local_name().into_inner().to_owned();
                if secret.is_none() {
                    writer.write_event(Event::Start(attributes(vendor, &start)?)).ok()?;
                    if vendor.is_secret(&name) {
                        secret = Some(depth);
                        writer.write_event(Event::Text(quick_xml::events::BytesText::new(REDACTED))).ok()?;
                    }
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.checked_sub(1)?;
                if secret == Some(depth) {
                    secret = None;
                }
                if secret.is_none() {
                    writer.write_event(Event::End(end)).ok()?;
                }
            }
            // What stands in a comment nobody has described.
            Event::Comment(_) | Event::PI(_) => {}
            _ if secret.is_some() => {}
            Event::Empty(empty) => writer.write_event(Event::Empty(attributes(vendor, &empty)?)).ok()?,
            event => writer.write_event(event).ok()?,
        }
    }
    if depth != 0 {
        return None;
    }
    String::from_utf8(writer.into_inner()).ok()
}

/// A start tag without the secrets among its attributes.
fn attributes<'t>(
    vendor: &Vendor,
    start: &quick_xml::events::BytesStart<'t>,
) -> Option<quick_xml::events::BytesStart<'t>> {
    let all: Vec<_> = start.attributes().collect::<Result<_, _>>().ok()?;
    if !all.iter().any(|one| vendor.is_secret(one.key.local_name().into_inner())) {
        return Some(start.clone());
    }
    let mut changed = start.clone();
    changed.clear_attributes();
    for one in all {
        if vendor.is_secret(one.key.local_name().into_inner()) {
            changed.push_attribute((one.key.into_inner(), REDACTED));
        } else {
            changed.push_attribute(one);
        }
    }
    Some(changed)
}
