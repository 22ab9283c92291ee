//! The types of a definition, as data.

use wirewright::{
    described::DynamicMoment,
    wire::{Names, UnionShape},
};
use wirewright_codegen::{
    model::{Member, Moment, ParameterLocation, Repeat, TypeKind, UnionVariant, ValueType, Vendor},
    plan::{
        members::{default, optional},
        samples,
    },
};

use crate::{
    epoch::epoch,
    kind::{EnumerationType, FormedType, Kind, MemberType, MomentType, RecordType, UnionType},
    leak,
    shape::{MemberShape, Root, shape},
};

/// The types that a definition names, in its order.
#[derive(Debug)]
pub(crate) struct Types(Vec<Kind>);

impl Types {
    pub(crate) fn new(vendor: &'static Vendor) -> Self {
        // First all types, and then what is in them: they may contain one another.
        let types =
            Self(vendor.types.iter().map(|described| named(&described.kind, &described.name.rust)).collect());
        for (described, kind) in vendor.types.iter().zip(&types.0) {
            match (&described.kind, kind) {
                (TypeKind::Structure(members), Kind::Record(record)) => {
                    let (shapes, members) = types.members(members, described.partial.is_some());
                    record.set_members(shape(Root::named(&described.name.rust), shapes), members);
                }
                (TypeKind::Union { variants, .. }, Kind::Union(union)) => {
                    let variant = |variant: &'static UnionVariant| {
                        let content = variant.content.and_then(|index| types.0.get(index)).copied();
                        (variant.name.wire.as_str(), content)
                    };
                    union.set_variants(variants.iter().map(variant).collect());
                }
                _ => {}
            }
        }
        types
    }

    /// A type of the definition.
    pub(crate) fn named(&self, index: usize) -> Option<Kind> {
        self.0.get(index).copied()
    }

    /// One value of a member.
    fn value(&self, value: &ValueType) -> Kind {
        match value {
            ValueType::String => Kind::Text,
            ValueType::Integer | ValueType::ClockSkew => Kind::Integer,
            ValueType::Number => Kind::Number,
            ValueType::Boolean => Kind::Boolean,
            ValueType::Bytes => Kind::Blob,
            ValueType::File => Kind::File,
            ValueType::Any => Kind::Document,
            ValueType::Type(index) => self.0.get(*index).copied().unwrap_or(Kind::Document),
        }
    }

    /// A member's values without what says that it may be absent.
    fn inner(&self, member: &Member) -> Kind {
        let mut value = self.value(&member.value);
        if member.secret {
            value = Kind::Secret(leak::one(value));
        }
        // Of several values one may be absent, of one it is a matter of the member.
        let inside = |value| if member.empty_is_absent { Kind::Optional(leak::one(value)) } else { value };
        match &member.repeat {
            Repeat::Once => value,
            Repeat::List { .. } => Kind::List(leak::one(inside(value))),
            Repeat::Map { repeats, .. } => Kind::Map { of: leak::one(inside(value)), repeats: *repeats },
        }
    }

    /// A member.
    pub(crate) fn member(&self, member: &'static Member) -> (MemberShape, MemberType) {
        let inner = self.inner(member);
        let kind = if optional(member) { Kind::Optional(leak::one(inner)) } else { inner };
        (
            MemberShape::new(member),
            MemberType { default: default(member), ..MemberType::new(&member.name.rust, kind) },
        )
    }

    /// Members, and with `rest` what keeps everything else.
    pub(crate) fn members(
        &self,
        members: &'static [Member],
        rest: bool,
    ) -> (Vec<MemberShape>, Vec<MemberType>) {
        let more = rest.then(|| (MemberShape::rest(), MemberType::new("more", Kind::Document)));
        members.iter().map(|member| self.member(member)).chain(more).unzip()
    }

    /// A structure that is no type of the definition's own.
    pub(crate) fn record(
        &self,
        name: &'static str,
        members: &'static [Member],
        rest: bool,
    ) -> &'static RecordType {
        let (shapes, members) = self.members(members, rest);
        RecordType::new(name, shape(Root::named(name), shapes), members)
    }
}

impl Types {
    /// The type of a reply: what is in headers is behind what is in documents.
    pub(crate) fn reply(&self, members: &'static [Member], rest: bool) -> &'static RecordType {
        const NAME: &str = "Reply";
        let inside = |member: &&Member| member.location == ParameterLocation::Parameters;
        if members.iter().all(|member| inside(&member)) {
            return self.record(NAME, members, rest);
        }
        let more = rest.then(|| (MemberShape::rest(), MemberType::new("more", Kind::Document)));
        let document = members.iter().filter(inside).map(|member| self.member(member)).chain(more);
        let (shapes, mut types): (Vec<_>, Vec<_>) = document.unzip();
        let headers = members.iter().filter(|member| !inside(member)).map(|member| self.member(member));
        let (beside, others): (Vec<_>, Vec<_>) = headers.unzip();
        types.extend(others);
        let root = Root::named(NAME);
        RecordType::with_beside(NAME, shape(root, shapes), shape(root, beside), types)
    }
}

/// A type; the members of a structure and the variants of a union are told later.
fn named(kind: &'static TypeKind, name: &'static str) -> Kind {
    match kind {
        TypeKind::Enumeration { values, number } => {
            let texts = leak::list(values.iter().map(|value| value.name.wire.as_str()));
            Kind::Enumeration(leak::one(EnumerationType { values, texts, number: *number }))
        }
        TypeKind::Structure(_) => Kind::Record(leak::one(RecordType::named(name))),
        TypeKind::Union { tag, content, variants } => {
            let names = |name: &'static Option<String>| {
                name.as_deref().map(|name| Names { xml: name, json: name, query: name })
            };
            Kind::Union(leak::one(UnionType::new(leak::one(UnionShape {
                tag: names(tag),
                content: names(content),
                variants: leak::list(variants.iter().map(|variant| variant.name.wire.as_str())),
                keeps_unknown: true,
            }))))
        }
        TypeKind::DateTime(moment, formats) => {
            let samples = leak::list(formats.iter().map(|format| leak::text(&samples::moment(format))));
            let formats = leak::list(formats.iter().map(String::as_str));
            let empty = match moment {
                Moment::DateTime => DynamicMoment::date_time(formats, samples),
                Moment::Date => DynamicMoment::date(formats, samples),
                Moment::Time => DynamicMoment::time(formats, samples),
            };
            Kind::Moment(leak::one(MomentType { empty }))
        }
        TypeKind::Epoch(counted) => {
            let samples = leak::list([leak::text(&samples::counted(*counted))]);
            let empty = DynamicMoment::counted(epoch(*counted), samples);
            Kind::Moment(leak::one(MomentType { empty }))
        }
        TypeKind::Separated { cells, lines } => Kind::Formed(leak::one(FormedType {
            samples: leak::list([leak::text(&samples::separated(cells, lines))]),
        })),
        TypeKind::Text => Kind::Text,
        TypeKind::Formed(forms) => Kind::Formed(leak::one(FormedType {
            samples: leak::list(forms.iter().map(|form| leak::text(&samples::form(form)))),
        })),
    }
}
