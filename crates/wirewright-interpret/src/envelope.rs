//! What is around a reply on the wire, and the values of its members without what is around them.

use wirewright_codegen::{
    model::{EnvelopeMember, FormatKind, Member, Repeat, Role, Told, Vendor},
    plan::{
        context::Context,
        envelope::{Variant, around, counts_first, data_member, lenient, stands_alone},
        wrapper::{EnvelopePart, members, parts},
    },
};

use crate::{
    kind::{Kind, MemberType, RecordType},
    leak,
    shape::{MemberShape, Root, shape},
    types::Types,
    value::{DynamicRecord, DynamicValue},
};

/// The values of an envelope's members, in the order of the definition: each as it is on the wire, where any may be absent.
pub(crate) type Values = Vec<DynamicValue>;

/// The members of all envelopes of a vendor.
#[derive(Debug)]
pub(crate) struct EnvelopeMembers {
    vendor: &'static Vendor,
    /// As a reader takes them: it requires nothing before it knows the status.
    lenient: Vec<&'static Member>,
    /// The type of each; that of the reply's data is any.
    kinds: Vec<Kind>,
    wrappers: Vec<&'static RecordType>,
}

impl EnvelopeMembers {
    pub(crate) fn new(vendor: &'static Vendor, types: &Types) -> Self {
        let lenient: Vec<&'static Member> =
            vendor.envelope.members.iter().map(|one| leak::one(lenient(one))).collect();
        let kinds = lenient.iter().map(|member| types.member(member).1.kind).collect();
        let mut own = Self { vendor, lenient, kinds, wrappers: Vec::new() };
        for wrapper in 0..vendor.envelope.wrappers.len() {
            let inner = members(vendor, wrapper).filter_map(|member| own.on_the_wire(types, member));
            let (shapes, inner) = inner.unzip();
            own.wrappers.push(RecordType::new("Wrapper", shape(Root::named("Wrapper"), shapes), inner));
        }
        own
    }

    /// A member as a reader takes it.
    fn on_the_wire(&self, types: &Types, member: &EnvelopeMember) -> Option<(MemberShape, MemberType)> {
        let lenient: &'static Member = self.lenient.get(self.index(member)).copied()?;
        let (shape, inner) = types.member(lenient);
        let first = counts_first(member) && lenient.repeat == Repeat::Once;
        let shape = if first { shape.first() } else { shape };
        Some((if stands_alone(member) { shape.lone() } else { shape }, inner))
    }

    fn index(&self, member: &EnvelopeMember) -> usize {
        let members = self.vendor.envelope.members.iter();
        members.take_while(|each| !std::ptr::eq(*each, member)).count()
    }

    /// Of each member nothing.
    pub(crate) fn absent(&self) -> Values {
        self.kinds.iter().map(|kind| DynamicValue::empty(*kind)).collect()
    }

    /// Gives the members that others tell their values: those of the first item of a list.
    fn take_told(&self, values: &mut Values) {
        for (index, told) in self.told() {
            let mut found = values.get(told.by);
            for step in &told.way {
                let record = found.and_then(DynamicValue::first_record);
                found = record.and_then(|record| record.members.get(*step));
            }
            let found = found.cloned();
            if let (Some(found), Some(place)) = (found, values.get_mut(index)) {
                *place = found;
            }
        }
    }

    /// Puts what a failure is told where it is told: in a new item, where there is none and anything is.
    pub(crate) fn put_told(&self, values: &mut Values) {
        for (index, told) in self.told() {
            let Some(value) = values.get(index).cloned() else { continue };
            let Some(place) = values.get_mut(told.by) else { continue };
            put_at(place, &told.way, value);
        }
    }

    /// The members that others tell: which one, and where.
    fn told(&self) -> impl Iterator<Item = (usize, &'static Told)> + use<> {
        let members = self.vendor.envelope.members.iter().enumerate();
        members.filter_map(|(index, member)| Some((index, member.told.as_ref()?)))
    }

    /// The type of one, which may be absent.
    pub(crate) fn kind(&self, index: usize) -> Option<Kind> {
        self.kinds.get(index).copied()
    }
}

/// Puts a value at the end of a way through structures and the first items of lists. What is around nothing is not made.
fn put_at(place: &mut DynamicValue, way: &[usize], value: DynamicValue) {
    let Some((step, rest)) = way.split_first() else {
        *place = value;
        return;
    };
    if place.is_absent() && value.is_absent() {
        return;
    }
    if let Some(member) = place.first_record_mut().and_then(|record| record.members.get_mut(*step)) {
        put_at(member, rest, value);
    }
}

/// An envelope around data of one type.
#[derive(Debug)]
pub(crate) struct EnvelopeType {
    record: &'static RecordType,
    parts: Vec<Part>,
}

/// A member of an envelope's record.
#[derive(Debug)]
enum Part {
    /// The index of the definition's member that it is.
    Member(usize),
    /// A wrapper, and the indices of the members within.
    Wrapper(&'static RecordType, Vec<usize>),
}

impl EnvelopeType {
    /// The envelope `variant` around a reply whose data is of the type `data`.
    pub(crate) fn new(
        context: &Context<'static>,
        types: &Types,
        own: &EnvelopeMembers,
        variant: &Variant,
        data: Kind,
    ) -> Self {
        let vendor = own.vendor;
        let index = |member: &EnvelopeMember| own.index(member);
        let (mut table, mut found) = ((Vec::new(), Vec::new()), Vec::new());
        let mut add = |(member_shape, member): (MemberShape, MemberType), part: Part| {
            table.0.push(member_shape);
            table.1.push(member);
            found.push(part);
        };
        for part in parts(vendor, variant) {
            match part {
                EnvelopePart::Member(member) if member.role == Some(Role::Data) => {
                    let kind = Kind::Optional(leak::one(data));
                    add(
                        (data_shape(&member.member, variant, data), MemberType::new("data", kind)),
                        Part::Member(index(member)),
                    );
                }
                EnvelopePart::Member(member) => {
                    let Some(found) = own.on_the_wire(types, member) else { continue };
                    add(found, Part::Member(index(member)));
                }
                EnvelopePart::Wrapper(wrapper, inner) => {
                    let (Some(name), Some(record)) =
                        (vendor.envelope.wrappers.get(wrapper), own.wrappers.get(wrapper))
                    else {
                        continue;
                    };
                    // Of several errors the first counts.
                    let around = MemberShape::new(&around(name)).first();
                    let kind = Kind::Optional(leak::one(Kind::Record(record)));
                    let inner = inner.into_iter().map(index).collect();
                    add((around, MemberType::new(&name.rust, kind)), Part::Wrapper(record, inner));
                }
            }
        }
        let of = |kind| context.vendor.formats.iter().find(|format| format.kind == kind);
        let (xml, json) = (of(FormatKind::Xml), of(FormatKind::Json));
        let xml_root = xml.and_then(|format| variant.root(format));
        let json_root = json.and_then(|format| variant.root(format));
        let namespace = xml.and_then(|format| variant.look.namespace.as_ref().or(format.namespace.as_ref()));
        let root = Root {
            xml: xml_root.as_deref().unwrap_or(&variant.name),
            json: json_root.as_deref(),
            namespace: namespace.map(String::as_str),
        };
        Self { record: RecordType::new("Envelope", shape(root, table.0), table.1), parts: found }
    }

    pub(crate) const fn record(&self) -> &'static RecordType {
        self.record
    }

    /// The members of an envelope that was read.
    pub(crate) fn take(&self, own: &EnvelopeMembers, envelope: DynamicRecord) -> Values {
        let mut values = own.absent();
        let mut put = |index: usize, value: DynamicValue| {
            if let Some(place) = values.get_mut(index) {
                *place = value;
            }
        };
        for (part, value) in self.parts.iter().zip(envelope.members) {
            match part {
                Part::Member(index) => put(*index, value),
                Part::Wrapper(_, inner) => {
                    let DynamicValue::Optional(option) = value else { continue };
                    let Some(DynamicValue::Record(wrapper)) = option.value.map(|value| *value) else {
                        continue;
                    };
                    let of = wrapper.of;
                    for (value, member) in wrapper.members.into_iter().zip(of.members()) {
                        let is = |index: &&usize| {
                            let member_of = own.vendor.envelope.members.get(**index);
                            member_of.is_some_and(|one| one.member.name.rust == member.rust)
                        };
                        if let Some(index) = inner.iter().find(is) {
                            put(*index, value);
                        }
                    }
                }
            }
        }
        own.take_told(&mut values);
        values
    }

    /// The envelope of these members, as it is written. What is around members of which none is there is not there either.
    pub(crate) fn put(&self, own: &EnvelopeMembers, values: &Values) -> DynamicRecord {
        let mut envelope = DynamicRecord::empty(self.record);
        for (part, place) in self.parts.iter().zip(&mut envelope.members) {
            match part {
                Part::Member(index) => {
                    if let Some(value) = values.get(*index) {
                        place.clone_from(value);
                    }
                }
                Part::Wrapper(record, inner) => {
                    let mut wrapper = DynamicRecord::empty(record);
                    for index in inner {
                        let member = own.vendor.envelope.members.get(*index);
                        let place = member.and_then(|member| wrapper.member_mut(&member.member.name.rust));
                        if let (Some(place), Some(value)) = (place, values.get(*index)) {
                            place.clone_from(value);
                        }
                    }
                    let there = wrapper.members.iter().any(|value| !value.is_absent());
                    if let DynamicValue::Optional(option) = place {
                        option.value = there.then(|| Box::new(DynamicValue::Record(Box::new(wrapper))));
                    }
                }
            }
        }
        envelope
    }
}

/// The reply's place, which a reader does not require.
fn data_shape(member: &Member, variant: &Variant, data: Kind) -> MemberShape {
    let once = data_member(member, variant).with(|details| details.repeat = Repeat::Once);
    let member = Member { required: false, ..once };
    let mut found = MemberShape::new(&member);
    (found.required, found.secret) = (false, matches!(data, Kind::Document));
    found
}
