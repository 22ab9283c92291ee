//! A computed text that a request has, taken apart by the template that it is made by.

use super::step::{PairList, PairPart, Part, Step, StepContent};

/// What the computed texts of a request tell.
#[derive(Clone, Default)]
pub struct TakenApart {
    /// The values of parameters: of the client, the clock, constants. Each is there once.
    pub(crate) parameters: Vec<(String, String)>,
    /// The parameters that are carried by computed values only, form-urlencoded.
    pub(crate) computed: String,
    /// The texts of values, by their step.
    pub(crate) steps: Vec<(usize, String)>,
    /// The names of the pairs that a step is made of.
    pub(crate) names: Vec<(usize, Vec<String>)>,
    /// The lists of pairs that were there.
    lists: Vec<&'static PairList>,
}

impl TakenApart {
    /// Of a request that tells nothing.
    pub(crate) const NOTHING: Self = Self {
        parameters: Vec::new(),
        computed: String::new(),
        steps: Vec::new(),
        names: Vec::new(),
        lists: Vec::new(),
    };

    /// Whether the request would have told a parameter of this name, as one of a list that it has.
    pub(crate) fn would_tell(&self, name: &str) -> bool {
        self.lists.iter().any(|list| list.takes(name))
    }

    /// Keeps the value of a parameter; `None`: another one is there already.
    fn parameter(&mut self, name: &str, value: &str) -> Option<()> {
        if let Some((_, known)) = self.parameters.iter().find(|(known, _)| known == name) {
            return (known == value).then_some(());
        }
        self.parameters.push((name.to_owned(), value.to_owned()));
        Some(())
    }
}

/// Takes the text of a step apart. `None`: it does not have the form that it should have.
pub(super) fn step(steps: &[Step], index: usize, text: &str, taken: &mut TakenApart) -> Option<()> {
    let described = steps.get(index)?;
    if taken.steps.len() > steps.len() {
        return None;
    }
    taken.steps.push((index, text.to_owned()));
    if !described.algorithms.is_empty() {
        return Some(());
    }
    let decoded;
    let text = match described.encoding {
        None => text,
        Some(encoding) => {
            decoded = String::from_utf8(encoding.decode(text)?).ok()?;
            &decoded
        }
    };
    match &described.content {
        StepContent::Template(parts) => template(steps, described, parts, text, taken),
        StepContent::Pairs(list) => pairs(index, list, text, taken),
    }
}

fn template(
    steps: &[Step],
    described: &Step,
    parts: &[Part],
    text: &str,
    taken: &mut TakenApart,
) -> Option<()> {
    let mut rest = text;
    let mut ahead = parts.iter().peekable();
    while let Some(part) = ahead.next() {
        if let Part::Literal(literal) = part {
            rest = rest.get(literal_at(rest, literal)?..)?;
            continue;
        }
        let value = match ahead.peek() {
            Some(Part::Literal(next)) => {
                let last = ahead.len() == 1;
                let found = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
                let mut ends = found.filter(|at| {
                    let behind = rest.get(*at..).and_then(|behind| literal_at(behind, next));
                    behind.is_some_and(|length| !last || at + length == rest.len())
                });
                rest.get(..ends.next()?)?
            }
            // A definition has a text between values that can be told apart by it.
            Some(_) => return None,
            None => rest,
        };
        rest = rest.get(value.len()..)?;
        let decoded;
        let value = if described.percent_encode == super::EncodeSet::None {
            value
        } else {
            decoded = percent_encoding::percent_decode_str(value).decode_utf8().ok()?;
            &decoded
        };
        match *part {
            Part::Step(inner) => step(steps, inner, value, taken)?,
            Part::Client { name, .. } | Part::Parameter { name, .. } => taken.parameter(name, value)?,
            _ => {}
        }
    }
    rest.is_empty().then_some(())
}

/// How long the beginning of `text` is that is `literal`: white space behind a `,` or `;` is free.
fn literal_at(text: &str, literal: &str) -> Option<usize> {
    let mut rest = text;
    let mut wanted = literal.chars().peekable();
    while let Some(sign) = wanted.next() {
        rest = rest.strip_prefix(sign)?;
        if matches!(sign, ',' | ';') {
            while wanted.next_if_eq(&' ').is_some() {}
            rest = rest.trim_start_matches(' ');
        }
    }
    Some(text.len() - rest.len())
}

fn pairs(index: usize, list: &'static PairList, text: &str, taken: &mut TakenApart) -> Option<()> {
    let separator = if list.join.trim().is_empty() { list.join } else { list.join.trim() };
    if separator.is_empty() {
        return None;
    }
    let is_quoted =
        list.each.iter().any(|part| matches!(part, PairPart::Literal(text) if text.contains('"')));
    let rows = rows(text, separator, is_quoted).map(str::trim).filter(|row| !row.is_empty());
    if list.tells_names() {
        taken.names.push((index, rows.map(str::to_ascii_lowercase).collect()));
        return Some(());
    }
    taken.lists.push(list);
    let mut computed = form_urlencoded::Serializer::new(std::mem::take(&mut taken.computed));
    let mut found = Vec::new();
    for row in rows {
        let (name, value) = pair(list.each, row)?;
        let decode = |text| percent_encoding::percent_decode_str(text).decode_utf8().ok();
        let (name, value) = (decode(name)?, decode(value)?);
        if list.only.is_some_and(|only| !list.named(only, &name)) {
            // A realm is HTTP's own (RFC 9110, section 11.5), and no signature covers it. Whatever else is there is not signed as the list
            // has it: RFC 5849, section 3.4.1.3.1, would sign it.
            if name.eq_ignore_ascii_case("realm") {
                continue;
            }
            return None;
        }
        computed.append_pair(&name, &value);
        found.push((name.into_owned(), value.into_owned()));
    }
    taken.computed = computed.finish();
    for (index, (name, value)) in found.iter().enumerate() {
        // Once only: nobody could say which one is meant.
        if found.iter().skip(index + 1).any(|(other, _)| other == name) {
            return None;
        }
        taken.parameter(name, value)?;
    }
    Some(())
}

/// The parts of `text` between separators; where values are in quotes, between those that are in none: nobody encodes the realm of a header.
fn rows<'t>(text: &'t str, separator: &'t str, is_quoted: bool) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut is_inside = false;
        let end = text.char_indices().find_map(|(at, sign)| {
            is_inside ^= is_quoted && sign == '"';
            (!is_inside && text.get(at..)?.starts_with(separator)).then_some(at)
        });
        let Some((row, behind)) = end.and_then(|end| text.split_at_checked(end)) else { return rest.take() };
        rest = behind.strip_prefix(separator);
        Some(row)
    })
}

/// The name and the value of a pair.
fn pair<'r>(each: &[PairPart], row: &'r str) -> Option<(&'r str, &'r str)> {
    let (mut name, mut value, mut rest) = (None, None, row);
    for (index, part) in each.iter().enumerate() {
        if let PairPart::Literal(literal) = part {
            rest = rest.strip_prefix(literal)?;
            continue;
        }
        let end = match each.get(index + 1) {
            Some(PairPart::Literal(next)) if index + 2 == each.len() => rest.strip_suffix(next)?.len(),
            Some(PairPart::Literal(next)) => rest.find(next)?,
            Some(_) => return None,
            None => rest.len(),
        };
        let (text, behind) = rest.split_at(end);
        rest = behind;
        *(if *part == PairPart::Name { &mut name } else { &mut value }) = Some(text);
    }
    Some((name?, value.unwrap_or_default()))
}
