//! What is computed of a request, as data.

use super::{
    prose::{self, code},
    runtime::encoding,
    text::{Item, List, Text, literal},
};
use crate::model::{
    Algorithm, Computed, ComputedContent, EncodeSet, InReply, PairList, PairOrder, PairPart, PairSource,
    RequestWord, TemplatePart, TextEncoding,
};
use crate::plan::{
    computed::{ComputedPlan, Demand},
    context::Context,
};

/// The description of all computed values.
pub(super) fn computation(text: &mut Text, context: &Context<'_>) {
    let plan = &context.computed;
    text.doc("What is computed of a request.");
    for step in &context.vendor.computed {
        let told = prose::facts(&step.facts, "");
        if !told.trim().is_empty() {
            text.doc(&format!("\n{}: {}", code(&step.name), told.trim()));
        }
    }
    let steps = context.vendor.computed.iter().enumerate().map(|(index, step)| described(plan, index, step));
    let parameters = plan.parameters.iter().map(|one| {
        let name = context.vendor.parameters.get(one.parameter).map_or("", |parameter| &parameter.name.wire);
        let demand = match one.demand {
            Demand::Never => "Never",
            Demand::Always => "Always",
            Demand::Signed => "Signed",
            Demand::Session => "Session",
        };
        let fields = [
            format!("name: {}", literal(name)).into(),
            format!("step: {}", one.step).into(),
            format!("demand: sign::Demand::{demand}").into(),
        ];
        Item::List("sign::ComputedParameter ".to_owned(), List::literal(fields))
    });
    let reply = plan.reply.map_or_else(
        || "reply: None".to_owned(),
        |(carrier, step)| {
            let place = match carrier {
                InReply::Pair(_) => "Pair",
                InReply::Header(_) => "Header",
            };
            let name = literal(carrier.name());
            format!(
                "reply: Some(sign::ReplySignature {{ name: {name}, step: {step}, place: sign::ReplyPlace::{place} }})"
            )
        },
    );
    let members = [
        Item::List("steps: &".to_owned(), List::array(steps)),
        Item::List("parameters: &".to_owned(), List::array(parameters)),
        Item::from(reply),
    ];
    text.list(
        "pub(super) static COMPUTED: sign::Computation = sign::Computation ",
        &List::literal(members),
        ";",
    );
}

fn described(plan: &ComputedPlan<'_>, index: usize, step: &Computed) -> Item {
    let content = match &step.content {
        ComputedContent::Template(parts) => {
            Item::List("content: sign::StepContent::Template(&".to_owned(), template(plan, parts).in_call())
        }
        ComputedContent::Pairs(list) => pairs(plan, index, step, list),
    };
    let percent_encode = match step.percent_encode {
        EncodeSet::None | EncodeSet::AsSent => "None",
        EncodeSet::Rfc3986 => "Rfc3986",
        EncodeSet::Path => "Path",
        EncodeSet::Form => "Form",
    };
    let algorithms = step.algorithms.iter().map(|one| Item::from(format!("&sign::{}", algorithm(*one))));
    let keys = step.key.iter().map(|key| Item::List("&".to_owned(), template(plan, key)));
    let optional = |text: Option<TextEncoding>| {
        text.map_or_else(|| "None".to_owned(), |text| format!("Some(sign::{})", encoding(text)))
    };
    let fields = [
        format!("name: {}", literal(&step.name)).into(),
        content,
        format!("percent_encode: sign::EncodeSet::{percent_encode}").into(),
        Item::List("algorithms: &".to_owned(), List::array(algorithms)),
        Item::List("key: &".to_owned(), List::array(keys)),
        format!("key_encoding: {}", optional(step.key_encoding)).into(),
        format!("encoding: {}", optional(step.encoding)).into(),
    ];
    Item::List("sign::Step ".to_owned(), List::literal(fields))
}

fn template(plan: &ComputedPlan<'_>, parts: &[TemplatePart]) -> List {
    List::array(parts.iter().map(|part| Item::from(self::part(plan, part))))
}

fn part(plan: &ComputedPlan<'_>, part: &TemplatePart) -> String {
    let written = match part {
        TemplatePart::Literal(text) => format!("Literal({})", literal(text)),
        TemplatePart::Computed(step) => format!("Step({step})"),
        TemplatePart::Client { name, index, secret, optional, .. } => format!(
            "Client {{ name: {}, member: {index}, secret: {secret}, optional: {optional} }}",
            literal(name)
        ),
        TemplatePart::Session { name, optional } => {
            format!("Session {{ name: {}, optional: {optional} }}", literal(name))
        }
        TemplatePart::Opening(path) => {
            let index = plan.openings.iter().position(|one| *one == path).unwrap_or_default();
            format!("Opening({index})")
        }
        TemplatePart::Parameter { name, prefix, optional } => format!(
            "Parameter {{ name: {}, prefix: {}, optional: {optional} }}",
            literal(name),
            literal(prefix)
        ),
        TemplatePart::Header(name) => format!("Header({})", literal(name)),
        TemplatePart::Word(word) => match word {
            RequestWord::Method => "Method",
            RequestWord::Scheme => "Scheme",
            RequestWord::Host => "Host",
            RequestWord::Url => "Url",
            RequestWord::Path => "Path",
            RequestWord::NormalizedPath => "NormalizedPath",
            RequestWord::Operation => "Operation",
            RequestWord::Body => "Body",
            RequestWord::BodyLength => "BodyLength",
        }
        .to_owned(),
    };
    format!("sign::Part::{written}")
}

fn pairs(plan: &ComputedPlan<'_>, index: usize, step: &Computed, list: &PairList) -> Item {
    let texts = |texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
        format!("&[{}]", texts.join(", "))
    };
    let names = |names: &[String]| texts(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let of = sources(&list.of);
    let mut fields: Vec<String> = Vec::new();
    fields.extend(list.only.as_ref().map(|only| format!("only: Some({})", names(only))));
    if !list.except.is_empty() {
        fields.push(format!("except: {}", names(&list.except)));
    }
    if !list.must_include.is_empty() {
        fields.push(format!("must_include: {}", names(&list.must_include)));
    }
    let without = plan.without(index);
    if !without.is_empty() {
        fields.push(format!("without: {}", texts(&without)));
    }
    fields.extend(list.names_of.map(|of| format!("names_of: Some({of})")));
    fields.extend(list.lowercase.then(|| "lowercase: true".to_owned()));
    fields.extend(list.repeated.as_ref().map(|text| format!("repeated: Some({})", literal(text))));
    fields.extend(list.collapsed.then(|| "collapsed: true".to_owned()));
    fields.extend((step.percent_encode == EncodeSet::AsSent).then(|| "as_sent: true".to_owned()));
    fields.extend(match list.order {
        PairOrder::Sorted => None,
        PairOrder::SortedBeforeEncoding => Some("order: sign::PairOrder::SortedBeforeEncoding".to_owned()),
        PairOrder::Descending => Some("order: sign::PairOrder::Descending".to_owned()),
        PairOrder::Wire => Some("order: sign::PairOrder::Wire".to_owned()),
    });
    if !matches!(list.each.as_slice(), [PairPart::Name, PairPart::Literal(text), PairPart::Value] if text == "=")
    {
        let parts = list.each.iter().map(|part| match part {
            PairPart::Literal(text) => format!("sign::PairPart::Literal({})", literal(text)),
            PairPart::Name => "sign::PairPart::Name".to_owned(),
            PairPart::Value => "sign::PairPart::Value".to_owned(),
        });
        fields.push(format!("each: &[{}]", parts.collect::<Vec<_>>().join(", ")));
    }
    if list.join != "&" {
        fields.push(format!("join: {}", literal(&list.join)));
    }
    if !list.prefix.is_empty() {
        fields.push(format!("prefix: {}", literal(&list.prefix)));
    }
    let new = format!("sign::PairList::new(&[{}])", of.join(", "));
    if fields.is_empty() {
        return format!("content: sign::StepContent::Pairs(&{new})").into();
    }
    fields.push(format!("..{new}"));
    let list = List::literal(fields.into_iter().map(Item::from));
    Item::List("content: sign::StepContent::Pairs(&sign::PairList ".to_owned(), list.in_call())
}

fn sources(of: &[PairSource]) -> Vec<&'static str> {
    let each = |source: &PairSource| -> &[&'static str] {
        match source {
            PairSource::Query => &["sign::PairSource::Query"],
            PairSource::Form => &["sign::PairSource::Form"],
            PairSource::Parameters => &["sign::PairSource::Query", "sign::PairSource::Form"],
            PairSource::Headers => &["sign::PairSource::Headers"],
            PairSource::Computed => &["sign::PairSource::Computed"],
            PairSource::Reply => &["sign::PairSource::Reply"],
        }
    };
    of.iter().flat_map(each).copied().collect()
}

fn algorithm(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Md5 => "MD5",
        Algorithm::Sha1 => "SHA1",
        Algorithm::Sha224 => "SHA224",
        Algorithm::Sha256 => "SHA256",
        Algorithm::Sha384 => "SHA384",
        Algorithm::Sha512 => "SHA512",
        Algorithm::HmacMd5 => "HMAC_MD5",
        Algorithm::HmacSha1 => "HMAC_SHA1",
        Algorithm::HmacSha224 => "HMAC_SHA224",
        Algorithm::HmacSha256 => "HMAC_SHA256",
        Algorithm::HmacSha384 => "HMAC_SHA384",
        Algorithm::HmacSha512 => "HMAC_SHA512",
    }
}
