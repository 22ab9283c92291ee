//! Members: of requests, replies, structures, the envelope and the data of failures, and parameters that somebody gives.

use jiff::Timestamp;

use super::compare::{Comparison, Spot};
use super::effect::Direction;
use super::kinds::Kind;
use super::pairs::{NameOf, beyond, pairs};
use super::quote::{code, flag, joined, list, option};
use crate::model::{
    AutoFill, Epoch, FormatKind, Member, MemberDetails, Name, ParameterLocation, Place, Repeat,
};
use crate::plan::context::Scope;
use crate::plan::members::{by_name, needed};
use crate::words::{Alternatives as _, EpochUnits, Formats};

/// By which a member is known again: a key that is written anew may keep its name in Rust, or in a format.
pub(super) const NAMES: &[NameOf<Member>] = &[
    |member| Some(&member.name.wire),
    |member| Some(&member.name.rust),
    |member| Some(member.query.as_ref().unwrap_or(&member.name.wire)),
    |member| Some(member.json.as_ref().unwrap_or(&member.name.wire)),
    |member| Some(member.xml.as_ref().unwrap_or(&member.name.wire)),
];

impl Comparison<'_> {
    /// The members of one thing.
    pub(super) fn members(&mut self, at: &Spot, old: &[Member], new: &[Member]) {
        let found = pairs(old, new, NAMES);
        for ((_, old), (_, new)) in &found.both {
            self.member(&at.child(&new.name.wire), old, new);
        }
        for member in &found.removed {
            self.member_removed(&at.child(&member.name.wire), member);
        }
        for (_, member) in &found.added {
            self.member_added(&at.child(&member.name.wire), member);
        }
        if !found.same_order(|_, _| true) {
            let names = |members: &[Member]| list(members.iter().map(|member| &member.name.wire));
            self.became(at, Kind::MemberOrder, names(old), names(new));
        }
        let positional = !by_name(old) && !by_name(new);
        if positional && !found.same_order(|old, new| needed(old) && needed(new)) {
            let names = |members: &[Member]| {
                list(members.iter().filter(|member| needed(member)).map(|member| &member.name.rust))
            };
            self.became(at, Kind::ConstructorOrder, names(old), names(new));
        }
    }

    /// A member that was not there.
    pub(super) fn member_added(&mut self, at: &Spot, member: &Member) {
        let kind = match (member.required || member.required_in_requests, &member.filled) {
            (true, None) => Kind::MemberAddedRequired,
            (true, Some(_)) => Kind::MemberAddedFilled,
            (false, _) => Kind::MemberAddedOptional,
        };
        let what = repeated(&member.repeat, self.new.value(&member.value));
        self.came(at, kind, what);
    }

    /// A member that is no longer there.
    pub(super) fn member_removed(&mut self, at: &Spot, member: &Member) {
        let always = member.required || member.required_in_requests;
        let kind = if always { Kind::MemberRemovedRequired } else { Kind::MemberRemovedOptional };
        let what = repeated(&member.repeat, self.old.value(&member.value));
        self.went(at, kind, what);
    }

    /// A member that is there still. Every part of it is looked at: the compiler says so.
    pub(super) fn member(&mut self, at: &Spot, old: &Member, new: &Member) {
        let Member {
            name,
            value,
            required,
            required_in_requests,
            secret,
            location,
            // Shown in pages, and nowhere else.
            facts: _,
            // The rest of it.
            details: _,
        } = new;
        let MemberDetails {
            xml,
            json,
            query,
            repeat,
            place,
            flat_in,
            only_in,
            boolean,
            also,
            default,
            empty_is_absent,
            absent,
            namespace,
            whole,
            samples,
            range,
            filled,
        } = &**new;
        let was = names_in_formats(&old.name, [&old.xml, &old.json, &old.query]);
        let now = names_in_formats(name, [xml, json, query]);
        self.differs(at, Kind::MemberWireName, (&was, &now), in_formats);
        if was[0] != now[0] {
            self.rewritten.insert((was[0].to_owned(), now[0].to_owned()));
        }
        if old.name.rust != name.rust {
            self.renamed.insert((old.name.rust.clone(), name.rust.clone()));
            self.became(at, Kind::MemberRustName, code(&old.name.rust), code(&name.rust));
        }
        if self.same_type(&old.value, value) {
            self.boxed(at, old, new);
        } else {
            self.became(at, Kind::MemberType, self.old.value(&old.value), self.new.value(value));
        }
        if old.repeat != Repeat::Once && *repeat != Repeat::Once {
            // In Rust they are `Option`s, or no longer.
            self.differs(at, Kind::MemberType, (&old.empty_is_absent, empty_is_absent), |absent| {
                if *absent { "values that may be absent" } else { "values that are there" }.to_owned()
            });
        }
        self.repeat(at, (&old.repeat, repeat), old.required && *required);
        self.required(at, (old.required, old.required_in_requests), (*required, *required_in_requests));
        self.differs(at, Kind::Secret, (&old.secret, secret), |secret| flag(*secret).to_owned());
        self.differs(at, Kind::MemberPlace, (&old.place, place), |place| in_xml(*place).to_owned());
        let formats =
            |formats: &Vec<FormatKind>| joined(formats.iter().map(|one| option(Formats::word(one))));
        self.differs(at, Kind::MemberFlatIn, (&old.flat_in, flat_in), formats);
        self.differs(at, Kind::EnvelopeOnlyIn, (&old.only_in, only_in), formats);
        self.differs(at, Kind::BooleanSpelling, (&old.boolean, boolean), |boolean| {
            spelling(boolean.as_ref())
        });
        for text in beyond(&old.also, also) {
            self.came(at, Kind::MemberAlsoAdded, code(text));
        }
        for text in beyond(also, &old.also) {
            self.went(at, Kind::MemberAlsoRemoved, code(text));
        }
        let hidden = old.secret || *secret;
        self.default_of(at, (old.default.as_deref(), default.as_deref()), hidden);
        let absence = |empty: bool, texts: &[String]| {
            let empty = empty.then(|| "an empty text".to_owned());
            joined(empty.into_iter().chain(texts.iter().map(|text| code(text))))
        };
        if (old.empty_is_absent, &old.absent) != (*empty_is_absent, absent) {
            let (was, now) = (absence(old.empty_is_absent, &old.absent), absence(*empty_is_absent, absent));
            self.became(at, Kind::AbsentTexts, was, now);
        }
        self.differs(at, Kind::MemberNamespace, (&old.namespace, namespace), |text| option(text.as_deref()));
        self.differs(at, Kind::Whole, (&old.whole, whole), |whole| flag(*whole).to_owned());
        self.differs(at, Kind::Samples, (&old.samples, samples), |samples| match samples {
            _ if hidden => "those of a secret".to_owned(),
            None => "any".to_owned(),
            Some(samples) => list(samples),
        });
        self.range(at, old.range.as_ref(), range.as_ref());
        self.filled(at, old.filled.as_ref(), filled.as_ref());
        self.differs(at, Kind::Location, (&old.location, location), in_request);
    }

    /// Whether it is always there, and whether only requests always have it.
    fn required(&mut self, at: &Spot, old: (bool, bool), new: (bool, bool)) {
        let kind = match (old, new) {
            ((_, false), (_, false)) => {
                return self.flag(at, (old.0, new.0), Kind::MemberNowRequired, Kind::MemberNowOptional);
            }
            ((_, true), (_, true)) => return,
            ((false, false), _) => Kind::MemberNowInRequests,
            (_, (false, false)) => Kind::MemberNowUninsisted,
            ((true, _), _) => Kind::MemberOnlyInRequests,
            _ => Kind::MemberInReplies,
        };
        self.add(at, kind, None, None);
    }

    /// Whether types that contain each other put the member into a box.
    fn boxed(&mut self, at: &Spot, old: &Member, new: &Member) {
        let Some((old_type, new_type)) = at.types() else { return };
        if old.repeat != Repeat::Once || new.repeat != Repeat::Once {
            return;
        }
        let was = self.old.context.boxed(&old.value, Scope::Types(old_type));
        let now = self.new.context.boxed(&new.value, Scope::Types(new_type));
        self.differs(at, Kind::Boxed, (&was, &now), |boxed| flag(*boxed).to_owned());
    }

    /// What an absent member means.
    fn default_of(&mut self, at: &Spot, (old, new): (Option<&str>, Option<&str>), hidden: bool) {
        let shown = |text: &str| if hidden { "a secret".to_owned() } else { code(text) };
        match (old, new) {
            (None, Some(now)) => self.came(at, Kind::DefaultAdded, shown(now)),
            (Some(was), None) => self.went(at, Kind::DefaultRemoved, shown(was)),
            (Some(was), Some(now)) if was != now => self.became(at, Kind::Default, shown(was), shown(now)),
            _ => {}
        }
    }

    fn repeat(&mut self, at: &Spot, (old, new): (&Repeat, &Repeat), required: bool) {
        match (old, new) {
            (Repeat::Once, Repeat::Once) => {}
            (
                Repeat::List { item, joined, numbered, columns, always, optional },
                Repeat::List {
                    item: new_item,
                    joined: new_joined,
                    numbered: new_numbered,
                    columns: new_columns,
                    always: new_always,
                    optional: new_optional,
                },
            ) => {
                if (item, joined, numbered, columns) != (new_item, new_joined, new_numbered, new_columns) {
                    self.became(at, Kind::ListLayout, layout(old), layout(new));
                }
                if let (Some(item), Some(new_item)) = (item, new_item) {
                    self.rewritten.insert((item.clone(), new_item.clone()));
                }
                match (always, new_always) {
                    (false, true) if required => self.add(at, Kind::ListMayBeEmpty, None, None),
                    (true, false) if required => self.add(at, Kind::ListMustHaveItem, None, None),
                    _ => self.differs(at, Kind::ListFrame, (always, new_always), |always| {
                        flag(*always).to_owned()
                    }),
                }
                self.differs(at, Kind::ListOptional, (optional, new_optional), |told| flag(*told).to_owned());
            }
            (
                Repeat::Map { entry, key, value, repeats, between },
                Repeat::Map {
                    entry: new_entry,
                    key: new_key,
                    value: new_value,
                    repeats: new_repeats,
                    between: new_between,
                },
            ) => {
                if (entry, key, value, between) != (new_entry, new_key, new_value, new_between) {
                    self.became(at, Kind::ListLayout, layout(old), layout(new));
                }
                self.differs(at, Kind::MapRepeats, (repeats, new_repeats), |repeats| {
                    flag(*repeats).to_owned()
                });
            }
            _ => self.became(at, Kind::MemberRepeat, once_or_more(old), once_or_more(new)),
        }
    }

    fn range(&mut self, at: &Spot, old: Option<&(String, String)>, new: Option<&(String, String)>) {
        if old == new {
            return;
        }
        let shown = |range: Option<&(String, String)>| {
            range.map_or_else(
                || "any number".to_owned(),
                |(least, most)| format!("{} to {}", code(least), code(most)),
            )
        };
        let kind = if is_within(old, new) { Kind::RangeWidened } else { Kind::RangeNarrowed };
        self.became(at, kind, shown(old), shown(new));
    }

    fn filled(&mut self, at: &Spot, old: Option<&AutoFill>, new: Option<&AutoFill>) {
        let shown = |fill: Option<&AutoFill>| fill.map_or_else(|| "the caller alone".to_owned(), filling);
        let kind = if old.is_some() == new.is_some() { Kind::FilledWith } else { Kind::Filled };
        self.differs(at, kind, (&old, &new), |fill| shown(*fill));
    }
}

/// The names in XML, in JSON and as a parameter, which are those of the member itself where nothing else is said.
fn names_in_formats<'m>(name: &'m Name, own: [&'m Option<String>; 3]) -> [&'m str; 3] {
    own.map(|own| own.as_ref().unwrap_or(&name.wire).as_str())
}

fn in_formats(names: &[&str; 3]) -> String {
    let [xml, json, query] = names;
    if xml == json && json == query {
        return code(xml);
    }
    format!("{} in XML, {} in JSON, {} as a parameter", code(xml), code(json), code(query))
}

/// Whether every number of the first range is in the second one.
fn is_within(inner: Option<&(String, String)>, outer: Option<&(String, String)>) -> bool {
    let number = |text: &String| text.parse::<f64>().ok();
    match (inner, outer) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((least, most)), Some((low, high))) => {
            let above = number(low).zip(number(least)).is_some_and(|(low, least)| low <= least);
            above && number(most).zip(number(high)).is_some_and(|(most, high)| most <= high)
        }
    }
}

/// A value that is there as often as this.
fn repeated(repeat: &Repeat, value: String) -> String {
    match repeat {
        Repeat::Once => value,
        Repeat::List { .. } => format!("a list of {value}"),
        Repeat::Map { .. } => format!("a map of {value}"),
    }
}

fn once_or_more(repeat: &Repeat) -> &'static str {
    match repeat {
        Repeat::Once => "one value",
        Repeat::List { .. } => "a list",
        Repeat::Map { .. } => "a map",
    }
}

/// How a list or a map is laid out.
fn layout(repeat: &Repeat) -> String {
    match repeat {
        Repeat::Once => "one value".to_owned(),
        Repeat::List { item, joined, numbered, columns, .. } => {
            let item = item.as_ref().map(|item| format!("items {}", code(item)));
            let joined = joined.as_ref().map(|joined| format!("joined by {}", code(joined)));
            let numbered = numbered.as_ref().map(|(between, first)| {
                let behind =
                    between.as_ref().map_or_else(String::new, |text| format!(" behind {}", code(text)));
                let what = if *columns { "columns " } else { "" };
                format!("{what}numbered{behind} from {first}")
            });
            let parts: Vec<String> = [item, joined, numbered].into_iter().flatten().collect();
            if parts.is_empty() { "the member repeated".to_owned() } else { parts.join(" and ") }
        }
        Repeat::Map { entry, key, value, between, .. } => {
            let entry = entry.as_ref().map_or_else(|| "the member repeated".to_owned(), |entry| code(entry));
            if key.is_empty() {
                let behind = between.as_ref().map(|between| format!(" behind {}", code(between)));
                return format!("{entry} with the key as the name{}", behind.unwrap_or_default());
            }
            format!("{entry} with {} and {}", code(key), code(value))
        }
    }
}

const fn in_xml(place: Place) -> &'static str {
    match place {
        Place::Element => "an element",
        Place::Attribute => "an attribute",
        Place::Text => "the text of the element",
        Place::Flatten => "among the members around it",
    }
}

fn spelling(boolean: Option<&(String, Option<String>)>) -> String {
    match boolean {
        None => "`true/false`".to_owned(),
        Some((yes, Some(no))) => code(&format!("{yes}/{no}")),
        Some((_, None)) => "`presence`".to_owned(),
    }
}

fn filling(fill: &AutoFill) -> String {
    match fill {
        AutoFill::Seconds => "the time in seconds".to_owned(),
        AutoFill::Milliseconds => "the time in milliseconds".to_owned(),
        AutoFill::DateTime(format) => format!("the time as {}", code(format)),
        AutoFill::Epoch(counted) => format!("the time as {}", epoch(*counted)),
        AutoFill::Nonce => "a random text".to_owned(),
    }
}

/// How a moment is counted, in words.
pub(super) fn epoch(counted: Epoch) -> String {
    let unit = EpochUnits::word(&counted.unit).unwrap_or_default();
    match Timestamp::from_second(counted.start) {
        Ok(start) => format!("{unit} since {start}"),
        Err(_) => unit.to_owned(),
    }
}

/// Where a request carries a parameter, in words.
pub(super) fn in_request(location: &ParameterLocation) -> String {
    match location {
        ParameterLocation::Parameters => "among the others".to_owned(),
        ParameterLocation::Header(prefix) if prefix.is_empty() => "a header".to_owned(),
        ParameterLocation::Header(prefix) => format!("a header behind {}", code(prefix)),
        ParameterLocation::Headers => "several headers".to_owned(),
        ParameterLocation::Cookies => "all cookies".to_owned(),
        ParameterLocation::Cookie => "a cookie".to_owned(),
        ParameterLocation::Path => "the path".to_owned(),
        ParameterLocation::Host => "the host".to_owned(),
        ParameterLocation::Computed => "computed values only".to_owned(),
    }
}

/// A spot of requests, for those who compare their members.
pub(super) fn in_requests(at: &Spot, key: &str) -> Spot {
    at.child(key).on(Direction::Request)
}

/// A spot of replies.
pub(super) fn in_replies(at: &Spot, key: &str) -> Spot {
    at.child(key).on(Direction::Reply)
}
