//! From what was seen of a member to its words.

use std::collections::HashSet;

use crate::{
    names::{folded, is_in},
    shape::{Member, Shape},
    tree::TEXT,
    types::Types,
    value::scalar,
    words::Words,
};

/// What the members of all replies have in common.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drafting {
    pub(crate) types: Types,
    /// Whether there are replies in XML.
    pub(crate) has_xml: bool,
    /// Names that are attributes where XML shows them, and never elements.
    pub(crate) attributes: HashSet<String>,
    /// Names that XML does not show, and that somebody said are attributes.
    pub(crate) said_attributes: HashSet<String>,
}

/// A member's words, and how often it was there.
#[derive(Debug, Clone)]
pub(crate) struct Drafted {
    pub(crate) words: Words,
    pub(crate) comment: Option<String>,
}

/// `albums` and `album`: the name of one of them.
pub(crate) fn singular(name: &str) -> String {
    let end = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    let cut = |by: usize| name.get(..name.len() - by).unwrap_or(name).to_owned();
    if end("ies") && name.len() > 4 {
        cut(3) + "y"
    } else if end("ss") || end("us") || end("is") || !end("s") || name.len() < 3 {
        name.to_owned()
    } else if end("xes") || end("ches") || end("shes") || end("sses") {
        cut(2)
    } else {
        cut(1)
    }
}

impl Drafting {
    /// The words of each member of a structure.
    pub(crate) fn members(&mut self, shape: &Shape) -> Vec<(String, Drafted)> {
        shape
            .members
            .iter()
            .map(|(name, member)| {
                let words = self.member(name, member);
                let comment = (shape.objects > 1)
                    .then(|| format!("in {} of {}", member.seen.min(shape.objects), shape.objects));
                (name.clone(), Drafted { words, comment })
            })
            .collect()
    }

    /// The words of a member, without what only its structure tells.
    pub(crate) fn member(&mut self, name: &str, member: &Member) -> Words {
        let mut words = Words::new();
        let wrapped = wrapped(name, member);
        let (core, own_name) = match &wrapped {
            Some((item, core)) => {
                words.set("list", toml::Table::from_iter([("item".to_owned(), item.clone().into())]));
                (core, item.as_str())
            }
            None => (member, name),
        };
        let shape = &core.shape;
        let is_list = wrapped.is_none() && is_list(member);
        if is_list {
            words.set("list", true);
        }
        let keyed = shape.objects > 0 && !shape.has_texts() && is_map(shape);
        if let Some(map) = pairs(wrapped.as_ref().map(|(item, _)| item.as_str()), shape) {
            self.pairs(&map, shape, &mut words);
            words.set("map", map.layout);
        } else if !keyed && is_in("map", name) && is_flat(shape) && wrapped.is_none() && !is_list {
            self.map(own_name, shape, &mut words);
            words.set("map", "keyed");
        } else if keyed && member.written() == 0 {
            self.map(own_name, shape, &mut words);
        } else if keyed || (shape.objects > 0 && self.has_xml && has_data_names(shape)) {
            words = Words::new().with("type", "any");
            words.set("assumption", "Its names are data, and the formats differ in it.");
        } else if shape.objects > 0 && !shape.members.is_empty() {
            let structure = if words.has("list") { singular(own_name) } else { own_name.to_owned() };
            words.set("type", self.types.structure(&structure, shape));
        } else if !shape.has_texts()
            && (shape.objects > 0
                || (member.elements > 0 && member.attributes == 0 && !shape.values.is_empty()))
        {
            words.set("type", "any");
            words.set("assumption", "The samples show it empty only.");
        } else if !shape.has_texts() && (shape.nulls > 0 || (member.empty_lists > 0 && shape.seen == 0)) {
            words.set("type", "any");
            words.set("assumption", "The samples show it without a value only.");
        } else {
            let is_attribute = core.attributes > 0;
            words.fill(scalar(own_name, shape, is_attribute, &mut self.types));
            if !words.has("list") && !words.has("type") {
                self.joined(own_name, core, &mut words);
            }
        }
        self.place(name, member, &mut words);
        words
    }

    fn map(&mut self, name: &str, shape: &Shape, words: &mut Words) {
        let mut value = Member::default();
        for member in shape.members.values() {
            value.merge(member);
        }
        let of = self.member(&singular(name), &value);
        words.remove("list");
        words.set("map", true);
        for word in ["type", "boolean"] {
            if let Some(said) = of.get(word) {
                words.set(word, said.clone());
            }
        }
        if of.has("list") || of.has("map") {
            words.set("type", "any");
        }
        words.set("assumption", "Its names look like keys.");
    }

    /// A map whose entries have their key in a member.
    fn pairs(&mut self, map: &Pairs, shape: &Shape, words: &mut Words) {
        if let Some(value) = shape.members.get(&map.value) {
            let own = self.member(&map.value, value);
            if let Some(kind) = own.get("type") {
                words.set("type", kind.clone());
            }
        }
        words.remove("list");
        words.set("assumption", "Each item has a key and a value: a map.");
    }

    /// Items in one text.
    fn joined(&mut self, name: &str, member: &Member, words: &mut Words) {
        let texts: Vec<&str> = member.shape.texts().map(|(text, ..)| text).collect();
        let is_item = |item: &str| {
            !item.is_empty()
                && item.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:@-".contains(&byte))
        };
        if member.json > 0 || texts.is_empty() || !texts.iter().all(|text| text.split(',').all(is_item)) {
            return;
        }
        let several = texts.iter().filter(|text| text.contains(',')).count();
        if several * 2 < texts.len() || several == 0 {
            return;
        }
        let mut items = Shape::default();
        for item in texts.iter().flat_map(|text| text.split(',')) {
            items.add(&crate::tree::Node::Scalar(item.to_owned(), crate::tree::Kind::Written));
        }
        *words = scalar(name, &items, false, &mut self.types);
        words.set("list", toml::Table::from_iter([("joined".to_owned(), ",".into())]));
        words.set("assumption", "Commas are between items, it seems.");
    }

    /// Why a member is an attribute in XML though no sample shows it there.
    pub(crate) fn unshown_attribute(&self, name: &str) -> Option<&'static str> {
        if self.said_attributes.contains(name) {
            Some("No sample shows it in XML: somebody said that it is an attribute there.")
        } else if self.attributes.contains(name) {
            Some("XML does not show it here, and has it as an attribute elsewhere.")
        } else {
            None
        }
    }

    /// Where it is in XML.
    fn place(&self, name: &str, member: &Member, words: &mut Words) {
        if name == TEXT {
            words.set("text", true);
            if member.json > 0 {
                words.set("json", TEXT);
            }
            if member.query > 0 {
                words.set("query", TEXT);
            }
            // XML does not tell an empty text from none.
            if member.shape.values.keys().any(|(text, _)| text.trim().is_empty()) {
                words.set("empty-is-absent", true);
            }
            return;
        }
        if member.attributes > 0 && member.elements == 0 {
            words.set("attribute", true);
        } else if member.written() == 0
            && member.json > 0
            && !words.has("list")
            && let Some(why) = self.unshown_attribute(name)
        {
            words.set("attribute", true);
            words.set_default("assumption", why);
        }
        if self.has_xml && name != TEXT && !is_xml_name(name) {
            let mut own: String =
                name.chars()
                    .map(|sign| {
                        if sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '-') {
                            sign
                        } else {
                            '_'
                        }
                    })
                    .collect();
            if !own.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
                own.insert(0, '_');
            }
            words.set("xml", own);
        }
    }
}

fn is_xml_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// An element around items of one name: the item's name, and what was seen of the items in all formats.
fn wrapped(name: &str, member: &Member) -> Option<(String, Member)> {
    let shape = &member.shape;
    if member.elements == 0 || member.attributes > 0 {
        return None;
    }
    let own_texts = shape.texts().any(|(_, kind, _)| kind == crate::tree::Kind::Written);
    let elements: Vec<_> =
        shape.members.iter().filter(|(_, inner)| inner.elements > 0 && inner.json == 0).collect();
    // JSON has the bare list of what XML has a wrapper around.
    if member.lists > 0 && elements.len() == 1 && !own_texts {
        let (item, inner) = elements.first()?;
        let mut core = (*inner).clone();
        for (key, other) in &shape.members {
            if key != *item {
                core.shape.members.entry(key.clone()).or_default().merge(other);
                core.shape.objects += 1;
            }
        }
        for ((text, kind), count) in &shape.values {
            if *kind != crate::tree::Kind::Written {
                *core.shape.values.entry((text.clone(), *kind)).or_default() += count;
            }
        }
        return Some(((*item).clone(), core));
    }
    let (item, inner) = shape.members.first().filter(|_| shape.members.len() == 1)?;
    let named = folded(&singular(name)) == folded(item) || is_in("item", item);
    let is_item = inner.elements > 0 && inner.attributes == 0 && (inner.most > 1 || named);
    (member.json == 0 && member.most <= 1 && is_item && !shape.has_texts())
        .then(|| (item.clone(), inner.clone()))
}

/// Whether samples show several of a member.
pub(crate) fn is_list(member: &Member) -> bool {
    member.most > 1 || member.lists > 0
}

/// Whether a member is an element around the items of a list.
pub(crate) fn wraps(name: &str, member: &Member) -> bool {
    wrapped(name, member).is_some()
}

/// How the entries of a map are laid out.
struct Pairs {
    layout: toml::Table,
    value: String,
}

/// Items that have a key and a value, and nothing more.
fn pairs(item: Option<&str>, shape: &Shape) -> Option<Pairs> {
    let (first, second) = (shape.members.get_index(0)?, shape.members.get_index(1)?);
    let plain = |member: &Member| member.attributes == 0 && member.most <= 1 && member.lists == 0;
    let all = shape.members.values().all(|member| plain(member) && member.seen == shape.objects);
    let named = is_in("key", first.0) && folded(second.0) == "value" && first.1.shape.objects == 0;
    if shape.members.len() != 2 || shape.has_texts() || !all || !named || first.1.json > 0 {
        return None;
    }
    let mut layout = toml::Table::new();
    if let Some(item) = item {
        layout.insert("entry".to_owned(), item.into());
    }
    layout.insert("key".to_owned(), first.0.as_str().into());
    layout.insert("value".to_owned(), second.0.as_str().into());
    Some(Pairs { layout, value: second.0.clone() })
}

/// Whether a structure has texts only.
fn is_flat(shape: &Shape) -> bool {
    let flat = |member: &Member| {
        member.shape.objects == 0 && member.most <= 1 && member.lists == 0 && member.attributes == 0
    };
    shape.objects > 0 && !shape.members.is_empty() && shape.members.values().all(flat) && !shape.has_texts()
}

/// Whether the names of a structure are data.
fn is_map(shape: &Shape) -> bool {
    shape.members.len() >= 2 && shape.members.keys().all(|name| is_key(name))
}

fn is_key(name: &str) -> bool {
    let number = name.strip_prefix('-').unwrap_or(name);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let hex = name.len() >= 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let day = name.len() >= 10
        && name.is_char_boundary(10)
        && name.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok());
    digits || hex || day
}

fn has_data_names(shape: &Shape) -> bool {
    shape.members.keys().any(|name| name.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn one_of_many() {
        for (many, one) in [
            ("albums", "album"),
            ("entries", "entry"),
            ("boxes", "box"),
            ("address", "address"),
            ("status", "status"),
            ("s", "s"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
