//! Operations: what each takes, answers and needs.

use std::collections::HashMap;

use super::compare::{Comparison, Definition, Spot};
use super::kinds::Kind;
use super::members::{in_replies, in_requests};
use super::pairs::beyond;
use super::protocol::format_word;
use super::quote::{code, flag, joined, list, option};
use crate::model::{FormEncoding, From, HttpMethod, Method, OPERATION, Operation, Placement, Raw, Vendor};
use crate::plan::operations::Named;

impl<'v> Comparison<'v> {
    /// All of them.
    pub(super) fn operations(&mut self) {
        let pairs = Pairs::new(self.old.vendor, self.new.vendor);
        for (index, before) in pairs.of_new.iter().enumerate() {
            let Some(now) = self.new.context.operations.get(index) else { continue };
            let at = Spot::operation(now.group, now.operation);
            let Some(was) = before.and_then(|before| self.old.context.operations.get(before)) else {
                self.came(&at, Kind::OperationAdded, code(&now.title()));
                continue;
            };
            let was = Names::of(&self.old, was);
            let now = Names::of(&self.new, now);
            self.operation(&at, &was, &now);
        }
        for index in pairs.removed {
            let Some(named) = self.old.context.operations.get(index) else { continue };
            let (at, title) = (Spot::operation(named.group, named.operation), named.title());
            self.went(&at, Kind::OperationRemoved, code(&title));
        }
    }

    fn operation(&mut self, at: &Spot, was: &Names<'v>, now: &Names<'v>) {
        let (old, new) = (was.operation, now.operation);
        let Operation {
            // What it is called follows from it, and is compared below.
            name: _,
            wire_name,
            endpoint,
            path,
            methods,
            formats,
            namespace,
            raw,
            sessions,
            sessionless,
            form,
            signed,
            signature_optional,
            prefers_get,
            secure,
            repeatable,
            request,
            body,
            reply,
            rows,
            row_lines,
            constants,
            body_rows,
            order,
            partial,
            status,
            empty_reply,
            outcome,
            pagination,
            // Those of the whole definition are compared where they are put together.
            failure: _,
            // Shown in pages and tests, and nowhere else.
            facts: _,
            errors: _,
            examples: _,
        } = new;
        self.names(at, was, now);
        let used = wire_names_count(self.old.vendor) || wire_names_count(self.new.vendor);
        let kind = if used { Kind::OperationWireName } else { Kind::OperationKey };
        self.differs(at, kind, (old.wire_name.as_str(), wire_name.as_str()), code);
        self.endpoint(at, old.endpoint.as_deref(), endpoint.as_deref());
        self.differs(at, Kind::OperationPath, (old.path.as_str(), path.as_str()), code);
        self.methods(at, (&old.methods, methods), (old.prefers_get, *prefers_get));
        if old.raw.is_some() == raw.is_some() {
            self.formats(at, &old.formats, formats);
        }
        self.differs(at, Kind::OperationNamespace, (&old.namespace, namespace), |text| {
            option(text.as_deref())
        });
        self.raw(at, old.raw.as_ref(), raw.as_ref());
        self.sessions_of(at, (&old.sessions, old.sessionless), (sessions, *sessionless));
        let encoding = |form: &FormEncoding| match form {
            FormEncoding::UrlEncoded => "`application/x-www-form-urlencoded`".to_owned(),
            FormEncoding::Multipart => "`multipart/form-data`".to_owned(),
        };
        self.differs(at, Kind::FormEncoding, (&old.form, form), encoding);
        self.signing(at, (old.signed, old.signature_optional), (*signed, *signature_optional));
        self.flag(at, (old.secure, *secure), Kind::SecureOnly, Kind::InsecureToo);
        self.differs(at, Kind::Repeatable, (&old.repeatable, repeatable), |is| flag(*is).to_owned());
        self.differs(at, Kind::OperationConstants, (&old.constants, constants), |constants| {
            joined(constants.iter().map(|(name, value)| code(&format!("{name}={value}"))))
        });
        self.members(&in_requests(at, "request"), &old.request, request);
        let body_at = in_requests(at, "body");
        match (&old.body, body) {
            (None, None) => {}
            (None, Some(members)) => {
                let names = list(members.iter().map(|member| &member.name.wire));
                self.came(&body_at, Kind::BodyAdded, names);
            }
            (Some(members), None) => {
                let names = list(members.iter().map(|member| &member.name.wire));
                self.went(&body_at, Kind::BodyRemoved, names);
            }
            (Some(old), Some(new)) => self.members(&body_at, old, new),
        }
        self.members(&in_replies(at, "reply"), &old.reply, reply);
        self.later.push((
            at.clone(),
            (old.rows.as_deref(), rows.as_deref()),
            (old.row_lines.as_deref(), row_lines.as_deref()),
            (old.body_rows.as_deref(), body_rows.as_deref()),
        ));
        self.envelope_order(at, &old.order, order);
        self.flag(at, (old.partial.is_some(), partial.is_some()), Kind::PartialAdded, Kind::PartialRemoved);
        self.differs(at, Kind::Status, (&old.status, status), u16::to_string);
        self.flag(at, (old.empty_reply, *empty_reply), Kind::EmptyReplyAllowed, Kind::EmptyReplyRefused);
        self.differs(at, Kind::Outcome, (&old.outcome, outcome), |outcome| match outcome {
            None => "the envelope".to_owned(),
            Some(outcome) => {
                let path: Vec<&str> = outcome.status.steps().map(|step| step.name.wire.as_str()).collect();
                code(&path.join("."))
            }
        });
        self.pagination(at, (old, old.pagination.as_deref()), (new, pagination.as_deref()));
    }

    /// What an operation is called, in the definition and in Rust.
    fn names(&mut self, at: &Spot, was: &Names<'_>, now: &Names<'_>) {
        self.differs(at, Kind::OperationKey, (was.title.as_str(), now.title.as_str()), code);
        let rust = |names: &Names<'_>| [names.request.clone(), names.method.clone()];
        self.differs(at, Kind::OperationRustName, (&rust(was), &rust(now)), |names| {
            joined(names.iter().map(|name| code(name)))
        });
        if was.reply_is_own != now.reply_is_own {
            let shown = |names: &Names<'_>| code(&names.reply);
            self.became(at, Kind::ReplyType, shown(was), shown(now));
        }
        self.differs(at, Kind::ApiType, (&was.shared, &now.shared), |names| {
            joined(names.iter().map(|name| code(name)))
        });
    }

    /// An operation that has no endpoint of its own goes with the vendor's.
    fn endpoint(&mut self, at: &Spot, old: Option<&str>, new: Option<&str>) {
        let (vendors, vendors_now) = (self.old.vendor.endpoint.as_str(), self.new.vendor.endpoint.as_str());
        if old.is_none() && new.is_none() {
            return;
        }
        let (was, now) = (old.unwrap_or(vendors), new.unwrap_or(vendors_now));
        self.differs(at, Kind::Endpoint, (was, now), code);
    }

    fn methods(&mut self, at: &Spot, (old, new): (&[Method], &[Method]), prefers_get: (bool, bool)) {
        let of = |methods: &[Method], verb: HttpMethod| methods.iter().find(|one| one.verb == verb).copied();
        for now in new {
            match of(old, now.verb) {
                None => self.came(at, Kind::MethodAdded, verb(now.verb)),
                Some(was) if was.placement != now.placement => {
                    let kind = match (was.placement, now.placement) {
                        (Placement::Form, Placement::FormOrQuery) => Kind::PlacementWidened,
                        (Placement::FormOrQuery, Placement::Form) => Kind::PlacementNarrowed,
                        _ => Kind::Placement,
                    };
                    let shown = |method: Method| {
                        format!("{} with {}", verb(method.verb), placement(method.placement))
                    };
                    self.became(at, kind, shown(was), shown(*now));
                }
                Some(_) => {}
            }
        }
        for was in old.iter().filter(|was| of(new, was.verb).is_none()) {
            self.went(at, Kind::MethodRemoved, verb(was.verb));
        }
        let verbs = |methods: &[Method]| -> Vec<&'static str> {
            methods.iter().map(|method| verb(method.verb).trim_matches('`')).collect()
        };
        self.order_of_offers(at, &verbs(old), &verbs(new));
        let usual = |methods: &[Method], prefers_get: bool| {
            let wanted = if prefers_get { HttpMethod::Get } else { HttpMethod::Post };
            of(methods, wanted).or_else(|| methods.first().copied()).map(|method| method.verb)
        };
        let (was, now) = (usual(old, prefers_get.0), usual(new, prefers_get.1));
        match (was, now) {
            (Some(was), Some(now)) if was != now => {
                let kind = if of(old, now).is_some() { Kind::MethodUsual } else { Kind::MethodUsualNew };
                self.became(at, kind, verb(was), verb(now));
            }
            // Where there is no choice, a preference says nothing, yet.
            _ => self.differs(at, Kind::MethodUsual, (&prefers_get.0, &prefers_get.1), |get| {
                format!(
                    "{} where there is a choice",
                    verb(if *get { HttpMethod::Get } else { HttpMethod::Post })
                )
            }),
        }
    }

    fn formats(&mut self, at: &Spot, old: &[usize], new: &[usize]) {
        let words = |vendor: &Vendor, formats: &[usize]| -> Vec<&'static str> {
            formats.iter().filter_map(|&index| Some(format_word(vendor.formats.get(index)?.kind))).collect()
        };
        let (old, new) = (words(self.old.vendor, old), words(self.new.vendor, new));
        for format in beyond(&old, &new) {
            self.came(at, Kind::FormatAdded, code(format));
        }
        for format in beyond(&new, &old) {
            self.went(at, Kind::FormatRemoved, code(format));
        }
        self.order_of_offers(at, &old, &new);
        // Without a default of the parameter, a server answers in the first one where none is asked for.
        let by_default = |vendor: &Vendor| {
            let mut formats = vendor.parameters.iter().filter(|one| matches!(one.from, From::Format));
            formats.any(|one| one.default.is_some())
        };
        if let (Some(was), Some(now)) = (old.first(), new.first())
            && was != now
            && !(by_default(self.old.vendor) && by_default(self.new.vendor))
        {
            self.became(at, Kind::FormatUnasked, code(was), code(now));
        }
        // JSON is asked for where it is offered.
        let usual = |formats: &[&'static str]| {
            formats.iter().find(|one| **one == "json").or_else(|| formats.first()).copied()
        };
        if let (Some(was), Some(now)) = (usual(&old), usual(&new))
            && was != now
        {
            let kind = if old.contains(&now) { Kind::FormatUsual } else { Kind::FormatUsualNew };
            self.became(at, kind, code(was), code(now));
        }
    }

    /// The order of what is offered, where that is the same.
    fn order_of_offers(&mut self, at: &Spot, old: &[&str], new: &[&str]) {
        let same = old.len() == new.len() && beyond(old, new).is_empty();
        if same && old != new {
            self.became(at, Kind::OfferOrder, list(old), list(new));
        }
    }

    fn raw(&mut self, at: &Spot, old: Option<&Raw>, new: Option<&Raw>) {
        let Some((old, new)) = old.zip(new) else {
            let shown = |raw: Option<&Raw>| if raw.is_some() { "no envelope" } else { "an envelope" };
            if old.is_some() != new.is_some() {
                self.became(at, Kind::Raw, shown(old), shown(new));
            }
            return;
        };
        let Raw { media_types, statuses } = new;
        // Without media types any will do, and without statuses those of all successes.
        let more = [
            media_types.is_empty() && !old.media_types.is_empty(),
            !old.media_types.is_empty() && !beyond(&old.media_types, media_types).is_empty(),
            !beyond(&all(&old.statuses), &all(statuses)).is_empty(),
        ];
        let fewer = [
            !media_types.is_empty() && old.media_types.is_empty(),
            !media_types.is_empty() && !beyond(media_types, &old.media_types).is_empty(),
            !beyond(&all(statuses), &all(&old.statuses)).is_empty(),
        ];
        let at = at.child("raw");
        for (is, kind) in [(more, Kind::RawMore), (fewer, Kind::RawFewer)] {
            if is.contains(&true) {
                self.became(&at, kind, may_be(old), may_be(new));
            }
        }
    }

    /// The kinds of session, by name.
    fn sessions_of(&mut self, at: &Spot, old: (&[usize], bool), new: (&[usize], bool)) {
        let words = |vendor: &Vendor, (sessions, without): (&[usize], bool)| -> Vec<String> {
            let kinds = sessions.iter().filter_map(|&kind| vendor.sessions.get(kind));
            let none = without.then(|| "none".to_owned());
            kinds.map(|kind| kind.name.clone()).chain(none).collect()
        };
        let old = words(self.old.vendor, old);
        let old: Vec<String> = old.iter().map(|name| self.session_name(name).to_owned()).collect();
        let new = words(self.new.vendor, new);
        for kind in beyond(&old, &new) {
            self.came(at, Kind::SessionsMore, code(kind));
        }
        for kind in beyond(&new, &old) {
            self.went(at, Kind::SessionsFewer, code(kind));
        }
    }

    fn signing(&mut self, at: &Spot, old: (bool, bool), new: (bool, bool)) {
        let kind = match (old, new) {
            ((false, _), (true, false)) => Kind::Signed,
            ((false, _), (true, true)) => Kind::SignedOptionally,
            ((true, _), (false, _)) => Kind::Unsigned,
            ((true, true), (true, false)) => Kind::SignatureDemanded,
            ((true, false), (true, true)) => Kind::SignatureWaived,
            _ => return,
        };
        self.add(at, kind, None, None);
    }

    fn envelope_order(&mut self, at: &Spot, old: &[usize], new: &[usize]) {
        let names = |vendor: &'v Vendor, order: &[usize]| -> Vec<&'v str> {
            let members = order.iter().filter_map(|&index| vendor.envelope.members.get(index));
            members.map(|one| one.member.name.wire.as_str()).collect()
        };
        let (was, now) = (names(self.old.vendor, old), names(self.new.vendor, new));
        // An order that is the usual one changes with the envelope, which is told by itself.
        let usual = |order: &[usize]| order.is_sorted();
        let common = |these: &[&'v str], others: &[&'v str]| -> Vec<&'v str> {
            these.iter().copied().filter(|name| others.contains(name)).collect()
        };
        if !(usual(old) && usual(new)) && common(&was, &now) != common(&now, &was) {
            self.became(&at.child("order"), Kind::EnvelopeOrder, list(was), list(now));
        }
    }
}

/// An operation, and what it is called in Rust.
struct Names<'v> {
    operation: &'v Operation,
    title: String,
    request: String,
    method: String,
    reply: String,
    reply_is_own: bool,
    /// The types of what it shares with others.
    shared: [String; 3],
}

impl<'v> Names<'v> {
    fn of(definition: &Definition<'v>, named: &Named<'v>) -> Self {
        let envelope = |index: usize| {
            definition.context.envelopes.get(index).map_or_else(String::new, |one| one.name.clone())
        };
        Self {
            operation: named.operation,
            title: named.title(),
            request: format!("{}::{}", named.group.name.rust, named.request),
            method: named.method.clone(),
            reply: named.reply(),
            reply_is_own: named.has_reply(),
            shared: [
                definition.context.api(named).to_owned(),
                envelope(named.envelope),
                envelope(named.failed_envelope),
            ],
        }
    }
}

/// Which old operation is which new one, by number.
struct Pairs {
    of_new: Vec<Option<usize>>,
    removed: Vec<usize>,
}

impl Pairs {
    /// The same group and key; else the same address; else the same name in Rust, in the group or anywhere.
    fn new(old: &Vendor, new: &Vendor) -> Self {
        let names: [fn(&crate::model::Group, &Operation) -> String; 4] = [
            |group, one| format!("{}/{}", group.name.wire, one.name.wire),
            |_, one| format!("{:?} {} {}", one.endpoint, one.path, one.wire_name),
            |group, one| format!("{}/{}", group.name.wire, one.name.rust),
            |_, one| one.name.wire.clone(),
        ];
        let mut of_new: Vec<Option<usize>> = vec![None; new.operations().count()];
        let mut taken = vec![false; old.operations().count()];
        for name in names {
            let mut free: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, (group, operation)) in old.operations().enumerate() {
                if !taken.get(index).copied().unwrap_or_default() {
                    free.entry(name(group, operation)).or_default().push(index);
                }
            }
            let mut wanted: HashMap<String, usize> = HashMap::new();
            let unpaired =
                |of_new: &[Option<usize>], index: usize| of_new.get(index).is_some_and(Option::is_none);
            for (index, (group, operation)) in new.operations().enumerate() {
                if unpaired(&of_new, index) {
                    *wanted.entry(name(group, operation)).or_default() += 1;
                }
            }
            for (index, (group, operation)) in new.operations().enumerate() {
                let name = name(group, operation);
                // What several have tells nothing.
                if wanted.get(&name) != Some(&1) || !unpaired(&of_new, index) {
                    continue;
                }
                if let Some([before]) = free.get(&name).map(Vec::as_slice)
                    && let (Some(pair), Some(taken)) = (of_new.get_mut(index), taken.get_mut(*before))
                {
                    (*pair, *taken) = (Some(*before), true);
                }
            }
        }
        let removed =
            taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(index, _)| index).collect();
        Self { of_new, removed }
    }
}

/// Whether anything on the wire says an operation's name, beside its path.
fn wire_names_count(vendor: &Vendor) -> bool {
    let parameter = vendor.parameters.iter().any(|one| matches!(one.from, From::Operation));
    let roots = vendor.formats.iter().flat_map(|format| [&format.root, &format.failure_root]).flatten();
    let members = vendor.envelope.members.iter().map(|one| &one.member);
    let names = members.flat_map(|member| {
        [Some(&member.name.wire), member.xml.as_ref(), member.json.as_ref(), member.query.as_ref()]
    });
    let in_a_name = roots.chain(names.flatten()).any(|name| name.contains(OPERATION));
    parameter || in_a_name || vendor.envelope.echoes_name
}

const fn verb(verb: HttpMethod) -> &'static str {
    match verb {
        HttpMethod::Get => "`GET`",
        HttpMethod::Post => "`POST`",
        HttpMethod::Put => "`PUT`",
        HttpMethod::Delete => "`DELETE`",
    }
}

const fn placement(placement: Placement) -> &'static str {
    match placement {
        Placement::Query => "the query string",
        Placement::Form => "a form",
        Placement::FormOrQuery => "a form or the query string",
    }
}

/// Statuses of HTTP; none are those of all successes.
fn all(statuses: &[u16]) -> Vec<u16> {
    if statuses.is_empty() { (200..300).collect() } else { statuses.to_vec() }
}

/// What a raw reply may be, in words.
fn may_be(raw: &Raw) -> String {
    let media = if raw.media_types.is_empty() { "any media type".to_owned() } else { list(&raw.media_types) };
    let statuses = if raw.statuses.is_empty() {
        "200 to 299".to_owned()
    } else {
        joined(raw.statuses.iter().map(u16::to_string))
    };
    format!("{media} with HTTP {statuses}")
}
