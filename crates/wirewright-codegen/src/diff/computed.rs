//! Computed values: what they are made of, and how.

use super::compare::{Comparison, Spot};
use super::kinds::Kind;
use super::pairs::{NameOf, pairs};
use super::quote::{code, list};
use super::sessions::Renamed;
use crate::model::{
    Algorithm, Computed, ComputedContent, PairList, PairPart, PairSource, TemplatePart, TextEncoding, Vendor,
};
use crate::resolve::REQUEST_WORDS;
use crate::words::{Algorithms, Alternatives as _, EncodeSets, PairOrders, PairSources, TextEncodings};

const STEPS: &[NameOf<Computed>] = &[|one| Some(&one.name)];

impl Comparison<'_> {
    pub(super) fn computed(&mut self) {
        let at = Spot::protocol(&["computed"]);
        let (old, new) = (self.old.vendor, self.new.vendor);
        let found = pairs(&old.computed, &new.computed, STEPS);
        for computed in &found.removed {
            self.went(&at.child(&computed.name), Kind::ComputedRemoved, code(&computed.name));
        }
        for (_, computed) in &found.added {
            self.came(&at.child(&computed.name), Kind::ComputedAdded, code(&computed.name));
        }
        for ((_, was), (_, now)) in &found.both {
            let at = at.child(&now.name);
            let renamed = |rust: &str| {
                let found = self.renamed.iter().find(|(was, _)| was == rust);
                found.map_or_else(|| rust.to_owned(), |(_, now)| now.clone())
            };
            let (was, now) = (facts(old, was, &renamed), facts(new, now, &str::to_owned));
            for (was, now) in was.into_iter().zip(now).filter(|(was, now)| was.whole != now.whole) {
                self.became(&at, Kind::Computed, was.shown, now.shown);
            }
        }
    }
}

/// What is said of how a value is computed.
struct Fact {
    /// As it is shown: long texts are cut.
    shown: String,
    /// As it is.
    whole: String,
}

impl Fact {
    fn new<T: AsRef<str>>(before: &str, texts: &[T]) -> Self {
        Self {
            shown: format!("{before} {}", list(texts)),
            whole: texts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("\0"),
        }
    }
}

impl From<String> for Fact {
    fn from(shown: String) -> Self {
        Self { whole: shown.clone(), shown }
    }
}

/// How a value is computed, fact by fact.
fn facts(vendor: &Vendor, computed: &Computed, renamed: Renamed<'_>) -> Vec<Fact> {
    let Computed {
        name: _,
        content,
        percent_encode,
        algorithms,
        key,
        key_encoding,
        encoding,
        // Shown in pages, and nowhere else.
        facts: _,
    } = computed;
    let mut facts = match content {
        ComputedContent::Template(parts) => {
            vec![Fact::new("of the text", &[template(vendor, parts, renamed)])]
        }
        ComputedContent::Pairs(list) => of_pairs(vendor, list),
    };
    let algorithms = algorithms.iter().filter_map(|one: &Algorithm| Algorithms::word(one));
    let keys: Vec<_> = key.iter().map(|key| template(vendor, key, renamed)).collect();
    let text = |encoding: &Option<TextEncoding>| {
        encoding.as_ref().and_then(TextEncodings::word).map_or_else(|| "text".to_owned(), code)
    };
    facts.extend([
        format!("percent-encoded by {}", EncodeSets::word(percent_encode).map(code).unwrap_or_default())
            .into(),
        format!("by {}", list(algorithms)).into(),
        Fact::new("under", &keys),
        format!("with a key in {}", text(key_encoding)).into(),
        format!("as {}", text(encoding)).into(),
    ]);
    facts
}

fn of_pairs(vendor: &Vendor, pairs: &PairList) -> Vec<Fact> {
    let PairList {
        of,
        only,
        except,
        must_include,
        names_of,
        lowercase,
        repeated,
        collapsed,
        order,
        each,
        join,
        prefix,
    } = pairs;
    let part = |part: &PairPart| match part {
        PairPart::Literal(text) => text.clone(),
        PairPart::Name => "{name}".to_owned(),
        PairPart::Value => "{value}".to_owned(),
    };
    let names_of = names_of.and_then(|of| vendor.computed.get(of)).map_or("", |of| &of.name);
    vec![
        format!("of the pairs of {}", list(of.iter().filter_map(|of: &PairSource| PairSources::word(of))))
            .into(),
        only.as_ref().map_or_else(|| "all of them".to_owned().into(), |only| Fact::new("only", only)),
        Fact::new("except", except),
        Fact::new("with at least", must_include),
        format!("the names of {}", code(names_of)).into(),
        if *lowercase { "names in lower case" } else { "names as they are" }.to_owned().into(),
        repeated.as_ref().map_or_else(
            || "repeated names written each time".to_owned().into(),
            |text| Fact::new("values of one name joined by", &[text]),
        ),
        if *collapsed { "one space for several" } else { "spaces as they are" }.to_owned().into(),
        format!("in the order {}", PairOrders::word(order).map(code).unwrap_or_default()).into(),
        Fact::new("each as", &[each.iter().map(part).collect::<String>()]),
        Fact::new("joined by", &[join]),
        Fact::new("behind", &[prefix]),
    ]
}

/// A template, as a definition has it.
fn template(vendor: &Vendor, parts: &[TemplatePart], renamed: Renamed<'_>) -> String {
    let value = |name: &str, optional: bool| format!("{{{name}{}}}", if optional { "?" } else { "" });
    let part = |part: &TemplatePart| match part {
        TemplatePart::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
        TemplatePart::Computed(step) => {
            value(vendor.computed.get(*step).map_or("", |step| &step.name), false)
        }
        TemplatePart::Client { name, optional, .. } => value(&format!("client.{name}"), *optional),
        TemplatePart::Session { name, optional } => value(&format!("session.{name}"), *optional),
        TemplatePart::Opening(path) => value(&super::sessions::way(path, renamed), false),
        TemplatePart::Parameter { name, optional, .. } => value(&format!("parameter.{name}"), *optional),
        TemplatePart::Header(name) => value(&format!("header.{name}"), false),
        TemplatePart::Word(word) => {
            let known = REQUEST_WORDS.iter().find(|(_, one)| one == word);
            value(known.map_or("", |(name, _)| name), false)
        }
    };
    parts.iter().map(part).collect()
}
