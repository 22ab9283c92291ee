//! What is computed of a request, as the runtime describes it.

use wirewright::sign::{
    self, Algorithm, Computation, ComputedParameter, Demand, EncodeSet, PairList, PairOrder, PairPart,
    PairSource, Part, ReplyPlace, ReplySignature, Step, StepContent, TextEncoding,
};
use wirewright_codegen::{
    model::{self, ComputedContent, InReply, RequestWord, TemplatePart, Vendor},
    plan::computed::{self, ComputedPlan},
};

use crate::leak;

/// The computed values of a vendor, if it has some.
pub(crate) fn computation(
    vendor: &'static Vendor,
    plan: &ComputedPlan<'static>,
) -> Option<&'static Computation> {
    if vendor.computed.is_empty() {
        return None;
    }
    let steps = vendor.computed.iter().enumerate().map(|(index, computed)| Step {
        name: &computed.name,
        content: content(plan, index, computed),
        percent_encode: match computed.percent_encode {
            model::EncodeSet::None | model::EncodeSet::AsSent => EncodeSet::None,
            model::EncodeSet::Rfc3986 => EncodeSet::Rfc3986,
            model::EncodeSet::Path => EncodeSet::Path,
            model::EncodeSet::Form => EncodeSet::Form,
        },
        algorithms: leak::list(computed.algorithms.iter().map(|one| algorithm(*one))),
        key: leak::list(computed.key.iter().map(|key| template(plan, key))),
        key_encoding: computed.key_encoding.map(encoding),
        encoding: computed.encoding.map(encoding),
    });
    let parameters = plan.parameters.iter().map(|one| ComputedParameter {
        name: vendor.parameters.get(one.parameter).map_or("", |parameter| &parameter.name.wire),
        step: one.step,
        demand: match one.demand {
            computed::Demand::Never => Demand::Never,
            computed::Demand::Always => Demand::Always,
            computed::Demand::Signed => Demand::Signed,
            computed::Demand::Session => Demand::Session,
        },
    });
    let reply = plan.reply.map(|(carrier, step)| ReplySignature {
        name: carrier.name(),
        step,
        place: match carrier {
            InReply::Pair(_) => ReplyPlace::Pair,
            InReply::Header(_) => ReplyPlace::Header,
        },
    });
    Some(leak::one(Computation { steps: leak::list(steps), parameters: leak::list(parameters), reply }))
}

fn content(plan: &ComputedPlan<'static>, index: usize, computed: &'static model::Computed) -> StepContent {
    let list = match &computed.content {
        ComputedContent::Template(parts) => return StepContent::Template(template(plan, parts)),
        ComputedContent::Pairs(list) => list,
    };
    let of = list.of.iter().flat_map(|of| match of {
        model::PairSource::Query => [Some(PairSource::Query), None],
        model::PairSource::Form => [Some(PairSource::Form), None],
        model::PairSource::Parameters => [Some(PairSource::Query), Some(PairSource::Form)],
        model::PairSource::Headers => [Some(PairSource::Headers), None],
        model::PairSource::Computed => [Some(PairSource::Computed), None],
        model::PairSource::Reply => [Some(PairSource::Reply), None],
    });
    let each = list.each.iter().map(|part| match part {
        model::PairPart::Literal(text) => PairPart::Literal(text),
        model::PairPart::Name => PairPart::Name,
        model::PairPart::Value => PairPart::Value,
    });
    let names = |names: &'static [String]| leak::texts(names.iter().map(String::as_str));
    StepContent::Pairs(leak::one(PairList {
        of: leak::list(of.flatten()),
        only: list.only.as_deref().map(names),
        except: names(&list.except),
        must_include: names(&list.must_include),
        without: leak::list(plan.without(index)),
        names_of: list.names_of,
        lowercase: list.lowercase,
        repeated: list.repeated.as_deref(),
        collapsed: list.collapsed,
        as_sent: computed.percent_encode == model::EncodeSet::AsSent,
        order: match list.order {
            model::PairOrder::Sorted => PairOrder::Sorted,
            model::PairOrder::SortedBeforeEncoding => PairOrder::SortedBeforeEncoding,
            model::PairOrder::Descending => PairOrder::Descending,
            model::PairOrder::Wire => PairOrder::Wire,
        },
        each: leak::list(each),
        join: &list.join,
        prefix: &list.prefix,
    }))
}

fn template(plan: &ComputedPlan<'static>, parts: &'static [TemplatePart]) -> &'static [Part] {
    leak::list(parts.iter().map(|part| match part {
        TemplatePart::Literal(text) => Part::Literal(text),
        TemplatePart::Computed(step) => Part::Step(*step),
        TemplatePart::Client { name, index, secret, optional, .. } => {
            Part::Client { name, member: *index, secret: *secret, optional: *optional }
        }
        TemplatePart::Session { name, optional } => Part::Session { name, optional: *optional },
        TemplatePart::Opening(path) => {
            Part::Opening(plan.openings.iter().position(|one| *one == path).unwrap_or_default())
        }
        TemplatePart::Parameter { name, prefix, optional } => {
            Part::Parameter { name, prefix, optional: *optional }
        }
        TemplatePart::Header(name) => Part::Header(name),
        TemplatePart::Word(word) => match word {
            RequestWord::Method => Part::Method,
            RequestWord::Scheme => Part::Scheme,
            RequestWord::Host => Part::Host,
            RequestWord::Url => Part::Url,
            RequestWord::Path => Part::Path,
            RequestWord::NormalizedPath => Part::NormalizedPath,
            RequestWord::Operation => Part::Operation,
            RequestWord::Body => Part::Body,
            RequestWord::BodyLength => Part::BodyLength,
        },
    }))
}

const fn encoding(encoding: model::TextEncoding) -> TextEncoding {
    match encoding {
        model::TextEncoding::Base64 => TextEncoding::Base64,
        model::TextEncoding::Base64Url => TextEncoding::Base64Url,
        model::TextEncoding::Base64UrlUnpadded => TextEncoding::Base64UrlUnpadded,
        model::TextEncoding::Hex => TextEncoding::Hex,
        model::TextEncoding::HexUppercase => TextEncoding::HexUppercase,
    }
}

fn algorithm(algorithm: model::Algorithm) -> &'static Algorithm {
    match algorithm {
        model::Algorithm::Md5 => &sign::MD5,
        model::Algorithm::Sha1 => &sign::SHA1,
        model::Algorithm::Sha224 => &sign::SHA224,
        model::Algorithm::Sha256 => &sign::SHA256,
        model::Algorithm::Sha384 => &sign::SHA384,
        model::Algorithm::Sha512 => &sign::SHA512,
        model::Algorithm::HmacMd5 => &sign::HMAC_MD5,
        model::Algorithm::HmacSha1 => &sign::HMAC_SHA1,
        model::Algorithm::HmacSha224 => &sign::HMAC_SHA224,
        model::Algorithm::HmacSha256 => &sign::HMAC_SHA256,
        model::Algorithm::HmacSha384 => &sign::HMAC_SHA384,
        model::Algorithm::HmacSha512 => &sign::HMAC_SHA512,
    }
}
