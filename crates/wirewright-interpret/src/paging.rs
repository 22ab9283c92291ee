//! Paginated operations, on the side of who calls them: what generated requests make of their answers.

use std::{borrow::Cow, collections::BTreeMap, fmt, time::Duration};

use http::Response;
use wirewright::{
    Format, Limits, Options, Secret,
    client::{NextPage, Page},
    describe::Operation,
    described::{PagesReading, encode_record},
    exchange::Error,
    generated::{Counted, behind_number, behind_offset, milliseconds, next_number, next_offset, seconds},
    wire::{Encoder, Record},
};
use wirewright_codegen::{
    model::{self, ClockUnit, Last, Member, MemberPath, Next, TypeKind, ValueType},
    plan::members::optional,
};

use crate::{
    definition::{Definition, OperationType},
    leak,
    outcome::{Answer, Failure},
    value::{DynamicRecord, DynamicValue},
};

/// The member of a request that has what the definition does not tell of.
pub(crate) const MORE: &str = "more";

/// The parameters of a call that asks for a page. Two are equal that are the same on the wire.
#[derive(Clone)]
pub struct PageRequest(DynamicRecord);

impl From<DynamicRecord> for PageRequest {
    fn from(request: DynamicRecord) -> Self {
        Self(request)
    }
}

impl Record for PageRequest {
    fn encode_fields(&self, encoder: &mut dyn Encoder) {
        self.0.encode_fields(encoder);
    }
}

impl PartialEq for PageRequest {
    fn eq(&self, other: &Self) -> bool {
        let text = |Self(request): &Self| {
            let shape = request.record_type().shape();
            encode_record(Format::Query, request, shape, &Options::new()).map(Secret::new)
        };
        // What cannot be written is no request either.
        matches!((text(self), text(other)), (Ok(one), Ok(other)) if one == other)
    }
}

/// What reads the pages of an operation. An item is the whole answer that a page came in.
pub struct DynamicPagesReading<'d> {
    definition: &'d Definition,
    operation: &'d OperationType,
    pagination: &'static model::Pagination,
    hosts: &'static [&'static str],
}

impl Definition {
    /// How long the vendor holds this request until there is something to tell, where the definition says that it does.
    pub fn held(&self, operation: &OperationType, request: &DynamicRecord) -> Option<Duration> {
        held(operation, operation.model().pagination.as_ref()?, request)
    }

    /// What reads the pages of an operation, where the definition says that its reply is one of several. Each call makes it anew, for
    /// the life of the program: ask once.
    pub fn pages<'d>(&'d self, operation: &'d OperationType) -> Option<DynamicPagesReading<'d>> {
        let pagination = operation.model().pagination.as_ref()?;
        let hosts = match &pagination.next {
            Next::Url { hosts, .. } => leak::texts(hosts.iter().map(String::as_str)),
            Next::Parameters(_) | Next::Further(_) | Next::Page { .. } | Next::Offset { .. } => &[],
        };
        Some(DynamicPagesReading { definition: self, operation, pagination, hosts })
    }

    /// What the answer to the call that opened a session tells of the first call of this request.
    pub fn first_page(
        &self,
        operation: &OperationType,
        PageRequest(request): &PageRequest,
        opened: &Answer,
    ) -> FirstPage {
        let pagination = operation.model().pagination.as_ref();
        let told = pagination.and_then(|pagination| Some((pagination, pagination.opening.as_ref()?)));
        let (Some((pagination, opening)), Answer::Enveloped(opened)) = (told, opened) else {
            return FirstPage::default();
        };
        let Some(data) = opened.data() else { return FirstPage::default() };
        let wait = opening.wait.as_ref().zip(pagination.wait.as_ref());
        let wait = wait.and_then(|(wait, (_, unit))| time(data.member(&wait.name.rust)?, *unit));
        let held = opening.held.as_ref().zip(pagination.held).and_then(|(told, (own, unit))| {
            let own = operation.model().request.get(own)?;
            let says = request.member(&own.name.rust).is_some_and(|own| own.present().is_some());
            time(data.member(&told.name.rust)?, unit).filter(|_| !says)
        });
        let url = text(data, &opening.url).map(|url| Secret::new(url.into_owned()));
        FirstPage { url, wait, held }
    }
}

/// Where the pages of a session begin, as the answer told that opened it.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct FirstPage {
    /// Where the first call goes.
    pub url: Option<Secret<String>>,
    /// How long to wait before it.
    pub wait: Option<Duration>,
    /// How long the vendor holds each call, unless the request says it itself.
    pub held: Option<Duration>,
}

/// As the request says, or else as the vendor does by itself.
fn held(
    operation: &OperationType,
    pagination: &model::Pagination,
    request: &DynamicRecord,
) -> Option<Duration> {
    let (held, unit) = pagination.held?;
    let held = operation.model().request.get(held)?;
    let said = request.member(&held.name.rust).and_then(|held| time(held, unit));
    said.or_else(|| pagination.held_default.and_then(|held| in_unit(held.try_into().ok()?, unit)))
}

impl PagesReading for DynamicPagesReading<'_> {
    type Request = PageRequest;
    type Answer = Answer;
    type Failure = Failure;
    type Item = Answer;

    fn operation(&self) -> &'static Operation {
        self.operation.described()
    }

    fn hosts(&self) -> &'static [&'static str] {
        self.hosts
    }

    fn is_live(&self) -> bool {
        self.pagination.wait.is_some() || self.pagination.held.is_some()
    }

    fn held(&self, PageRequest(request): &PageRequest) -> Option<Duration> {
        held(self.operation, self.pagination, request)
    }

    fn read(
        &self,
        response: Response<Vec<u8>>,
        format: Format,
        limits: &Limits,
    ) -> Result<Answer, Error<Failure>> {
        self.definition.read_reply(self.operation, response, format, limits)
    }

    fn part(&self, PageRequest(request): &mut PageRequest, answer: Answer) -> Page<Answer> {
        let operation = self.operation.model();
        let data = match &answer {
            Answer::Enveloped(answer) => answer.data(),
            Answer::Raw(_) => None,
        };
        let Some(data) = data else { return Page::new(vec![answer], None) };
        let items = match data.at(self.pagination.items.rust()).and_then(DynamicValue::present) {
            Some(DynamicValue::List(list)) => list.items.as_slice(),
            _ => &[],
        };
        let said = self.pagination.last.as_ref();
        let said = said.is_some_and(|last| items.iter().any(|item| self.is_last(last, item)));
        let until_empty = self.pagination.until_empty || self.pagination.next.is_counted();
        let last = said || until_empty && items.is_empty();
        let number = |path: &MemberPath| data.at(path.rust())?.integer();
        let total = self.pagination.total.as_ref().and_then(number);
        let (mut behind, mut counted) = (None, None);
        let next = match &self.pagination.next {
            Next::Url { member, .. } => {
                let url = data.at(member.rust()).and_then(DynamicValue::text);
                NextPage::url(url.map(|url| Secret::new(url.into_owned())))
            }
            Next::Parameters(pairs) => NextPage::parameters(set(request, operation, data, pairs)),
            Next::Further(from) => {
                let said = match data.at(from.rust()).and_then(DynamicValue::present) {
                    Some(DynamicValue::Map(map)) => {
                        let texts = map.entries.iter();
                        texts
                            .filter_map(|(name, value)| Some((name.clone(), value.text()?.into_owned())))
                            .collect()
                    }
                    _ => BTreeMap::new(),
                };
                match request.member_mut(MORE) {
                    Some(DynamicValue::Document(more)) => NextPage::further(more, Some(said)),
                    _ => None,
                }
            }
            Next::Page { parameter, first, pages } => {
                let pages = pages.as_ref().and_then(number);
                let next = |now| {
                    if self.pagination.is_counted_from_first() {
                        counted = Counted::new(now, *first, items.len(), total);
                    } else {
                        behind = behind_number(now, *first, pages, items.len(), total);
                    }
                    next_number(now, *first, pages)
                };
                NextPage::parameters(count(request, operation, (*parameter, *first), next))
            }
            Next::Offset { parameter, first } => {
                let next = |now| {
                    behind = behind_offset(now, *first, items.len(), total);
                    next_offset(now, *first, items.len(), total)
                };
                NextPage::parameters(count(request, operation, (*parameter, *first), next))
            }
        };
        if next.is_some() {
            let without = self.pagination.without.iter().filter_map(|index| operation.request.get(*index));
            for member in without {
                request.member_mut(&member.name.rust).into_iter().for_each(DynamicValue::clear);
            }
        }
        let wait = self.pagination.wait.as_ref().and_then(|(path, unit)| time(data.at(path.rust())?, *unit));
        let brings_nothing = items.is_empty();
        let page = Page::new(vec![answer], next).after(wait).last(last).without_news(brings_nothing);
        page.behind(behind).counted(counted)
    }
}

impl DynamicPagesReading<'_> {
    /// Whether an item is the last one.
    fn is_last(&self, last: &Last, item: &DynamicValue) -> bool {
        let place = match (&last.member, item.present()) {
            (Some(member), Some(DynamicValue::Record(record))) => {
                record.member(&member.name.rust).and_then(DynamicValue::present)
            }
            (Some(_), _) => None,
            (None, item) => item,
        };
        let Some(described) = self.definition.vendor().types.get(last.kind) else { return false };
        match (&described.kind, place) {
            (TypeKind::Enumeration { values, .. }, Some(DynamicValue::Enumeration(text))) => {
                values.get(last.value).is_some_and(|value| value.name.wire == text.as_str())
            }
            (TypeKind::Union { .. }, Some(DynamicValue::Union(union))) => {
                union.of.variants().get(last.value).is_some_and(|(tag, _)| *tag == union.tag)
            }
            _ => false,
        }
    }
}

/// Sets the parameters of the next call. Whether the reply has a value for each.
fn set(
    request: &mut DynamicRecord,
    operation: &model::Operation,
    data: &DynamicRecord,
    pairs: &[(usize, MemberPath)],
) -> bool {
    let mut all = true;
    for (to, from) in pairs {
        let Some(to) = operation.request.get(*to) else { continue };
        let value = data.at(from.rust()).and_then(DynamicValue::text);
        let value = value.filter(|text| from.member.value != ValueType::String || !text.is_empty());
        let place = request.member_mut(&to.name.rust);
        match (value, place) {
            (Some(value), Some(place)) => all &= place.set_text(&value).is_ok(),
            (None, place) => {
                all = false;
                place.filter(|_| optional(to)).into_iter().for_each(DynamicValue::clear);
            }
            (Some(_), None) => all = false,
        }
    }
    all
}

/// Sets the parameter that counts. Whether there is a next call.
fn count(
    request: &mut DynamicRecord,
    operation: &model::Operation,
    (parameter, first): (usize, i64),
    next: impl FnOnce(i64) -> Option<i64>,
) -> bool {
    let Some(parameter) = operation.request.get(parameter) else { return false };
    let Some(place) = request.member_mut(&parameter.name.rust) else { return false };
    match next(place.integer().unwrap_or(first)) {
        Some(next) => place.set_text(&next.to_string()).is_ok(),
        None => false,
    }
}

/// The text of a member.
fn text<'r>(record: &'r DynamicRecord, member: &Member) -> Option<Cow<'r, str>> {
    record.member(&member.name.rust)?.text()
}

/// The time that an integer tells.
fn time(value: &DynamicValue, unit: ClockUnit) -> Option<Duration> {
    in_unit(value.integer()?, unit)
}

fn in_unit(number: i64, unit: ClockUnit) -> Option<Duration> {
    match unit {
        ClockUnit::Seconds => seconds(number),
        ClockUnit::Milliseconds => milliseconds(number),
    }
}

impl fmt::Debug for DynamicPagesReading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DynamicPagesReading").field(&self.operation.described().name).finish()
    }
}

/// Shows nothing of it: there may be secrets in it.
impl fmt::Debug for PageRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageRequest").finish_non_exhaustive()
    }
}
