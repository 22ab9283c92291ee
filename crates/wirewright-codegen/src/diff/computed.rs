//! Computed values: what they are made of, and how.

use super::compare::{Comparison, Spot};
use super::kinds::Kind;
use super::pairs::{NameOf, pairs};
use super::quote::{Quote, code, list, list_by, option, whole};
use super::sessions::Renamed;
use crate::model::{
    Algorithm, Computed, ComputedContent, InReply, PairList, PairPart, PairSource, TemplatePart,
    TextEncoding, Vendor,
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
        let signed = |vendor: &Vendor| vendor.computed.iter().find_map(|one| one.in_reply.clone());
        self.differs(&at, Kind::ReplySignature, (&signed(old), &signed(new)), |carrier| match carrier {
            Some(InReply::Header(name)) => format!("the header {}", code(name)),
            pair => option(pair.as_ref().map(InReply::name)),
        });
        for ((_, was), (_, now)) in &found.both {
            let at = at.child(&now.name);
            let renamed = |rust: &str| {
                let found = self.renamed.iter().find(|(was, _)| was == rust);
                found.map_or_else(|| rust.to_owned(), |(_, now)| now.clone())
            };
            let of_both = |quote: Quote| {
                facts(old, was, &renamed, quote).into_iter().zip(facts(new, now, &str::to_owned, quote))
            };
            for ((was, now), (whole_was, whole_now)) in of_both(code).zip(of_both(whole)) {
                if whole_was != whole_now {
                    self.became(&at, Kind::Computed, was, now);
                }
            }
        }
    }
}

/// How a value is computed, fact by fact.
fn facts(vendor: &Vendor, computed: &Computed, renamed: Renamed<'_>, quote: Quote) -> Vec<String> {
    let Computed {
        name: _,
        content,
        percent_encode,
        algorithms,
        key,
        key_encoding,
        encoding,
        in_reply: _,
        // Shown in pages, and nowhere else.
        facts: _,
    } = computed;
    let mut facts = match content {
        ComputedContent::Template(parts) => {
            vec![format!("of the text {}", quote(&template(vendor, parts, renamed)))]
        }
        ComputedContent::Pairs(list) => of_pairs(vendor, list, quote),
    };
    let algorithms = algorithms.iter().filter_map(|one: &Algorithm| Algorithms::word(one));
    let keys = key.iter().map(|key| template(vendor, key, renamed));
    let text = |encoding: &Option<TextEncoding>| {
        encoding.as_ref().and_then(TextEncodings::word).map_or_else(|| "text".to_owned(), code)
    };
    facts.extend([
        format!("percent-encoded by {}", EncodeSets::word(percent_encode).map(code).unwrap_or_default()),
        format!("by {}", list(algorithms)),
        format!("under {}", list_by(quote, keys)),
        format!("with a key in {}", text(key_encoding)),
        format!("as {}", text(encoding)),
    ]);
    facts
}

fn of_pairs(vendor: &Vendor, pairs: &PairList, quote: Quote) -> Vec<String> {
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
    let listed = |texts: &[String]| list_by(quote, texts);
    vec![
        format!("of the pairs of {}", list(of.iter().filter_map(|of: &PairSource| PairSources::word(of)))),
        only.as_ref().map_or_else(|| "all of them".to_owned(), |only| format!("only {}", listed(only))),
        format!("except {}", listed(except)),
        format!("with {} at least", listed(must_include)),
        format!("the names of {}", quote(names_of)),
        if *lowercase { "names in lower case" } else { "names as they are" }.to_owned(),
        repeated.as_ref().map_or_else(
            || "repeated names written each time".to_owned(),
            |text| format!("values of one name joined by {}", quote(text)),
        ),
        if *collapsed { "one space for several" } else { "spaces as they are" }.to_owned(),
        format!("in the order {}", PairOrders::word(order).map(code).unwrap_or_default()),
        format!("each as {}", quote(&each.iter().map(part).collect::<String>())),
        format!("joined by {}", quote(join)),
        format!("behind {}", quote(prefix)),
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
