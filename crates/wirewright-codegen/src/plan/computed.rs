//! Computed values: in which order they are worked out, when a request must have them, and what is left out of which pairs.

use crate::model::{
    ComputedContent, From, InReply, PairList, PairSource, Parameter, ParameterLocation, Path, RequestWord,
    Session, TemplatePart, Vendor,
};
use crate::rules;

/// When a request must have a computed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// There is no secret in it.
    Never,
    /// The client's secrets are in it, which every client has.
    Always,
    /// A secret is in it that a client may do without: on signed operations.
    Signed,
    /// A field of the session is in it: on signed operations, in sessions that have the field.
    Session,
}

/// A parameter that carries a computed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComputedParameter {
    /// Its index among the parameters.
    pub parameter: usize,
    /// The index of the value.
    pub step: usize,
    /// When it must be there.
    pub demand: Demand,
}

/// What is decided about a vendor's computed values.
pub struct ComputedPlan<'v> {
    vendor: &'v Vendor,
    /// The parameters that carry them, in the order in which they are computed.
    pub parameters: Vec<ComputedParameter>,
    /// The values of opening calls that they are made of, each once.
    pub openings: Vec<&'v Path>,
    /// What carries the signature of a reply, and the index of its value.
    pub reply: Option<(&'v InReply, usize)>,
}

impl<'v> ComputedPlan<'v> {
    /// Those of a vendor.
    pub fn new(vendor: &'v Vendor) -> Self {
        let mut openings: Vec<&Path> = Vec::new();
        for part in vendor.computed.iter().flat_map(crate::model::Computed::parts) {
            if let TemplatePart::Opening(path) = part
                && !openings.contains(&path)
            {
                openings.push(path);
            }
        }
        let mut signing = vendor.computed.iter().enumerate();
        let reply = signing.find_map(|(step, computed)| Some((computed.in_reply.as_ref()?, step)));
        let mut plan = Self { vendor, parameters: Vec::new(), openings, reply };
        let mut left: Vec<ComputedParameter> = carriers(vendor)
            .map(|(parameter, _, step)| ComputedParameter { parameter, step, demand: plan.demand(step) })
            .collect();
        // Each when what it is made of is there. Of a cycle, which is a fault of the definition, the first one is.
        while !left.is_empty() {
            let ready = left.iter().position(|one| {
                let mut others = left.iter().filter(|other| other.parameter != one.parameter);
                others.all(|other| !plan.needs(one.step, other.parameter))
            });
            plan.parameters.push(left.remove(ready.unwrap_or(0)));
        }
        plan
    }

    /// Where a parameter is in the order of computation.
    pub fn index(&self, parameter: usize) -> usize {
        self.parameters.iter().position(|one| one.parameter == parameter).unwrap_or_default()
    }

    /// Whether one of a session's fields is needed by what signs its calls, and it has all of those.
    pub fn is_keyed(&self, session: &Session) -> bool {
        let mut needed = self.parameters.iter().filter(|one| one.demand == Demand::Session).peekable();
        needed.peek().is_some()
            && needed.all(|one| {
                self.reach(one.step).into_iter().flat_map(|step| self.vendor.computed[step].parts()).all(
                    |part| match part {
                        TemplatePart::Session { name, optional: false } => {
                            session.fields.iter().any(|field| field.name.wire == *name)
                        }
                        _ => true,
                    },
                )
            })
    }

    /// The fields of a session that values are made of, by their indices.
    pub fn fields(&self, session: &Session) -> Vec<usize> {
        let used = |name: &str| {
            let mut parts = self.vendor.computed.iter().flat_map(crate::model::Computed::parts);
            parts.any(|part| matches!(part, TemplatePart::Session { name: used, .. } if used == name))
        };
        let fields = session.fields.iter().enumerate();
        fields.filter(|(_, field)| used(&field.name.wire)).map(|(index, _)| index).collect()
    }

    /// Whether secrets of the client are in what a request proves: a server has to look them up.
    pub fn has_client_secrets(&self) -> bool {
        let secret = |part: &TemplatePart| matches!(part, TemplatePart::Client { secret: true, .. });
        self.parameters
            .iter()
            .map(|one| one.step)
            .chain(self.reply.map(|(_, step)| step))
            .flat_map(|step| self.reach(step))
            .any(|step| self.vendor.computed[step].parts().any(secret))
    }

    /// The names of the parameters that are made of these pairs, and so are not among them.
    pub fn without(&self, step: usize) -> Vec<&'v str> {
        let ComputedContent::Pairs(list) = &self.vendor.computed[step].content else { return Vec::new() };
        let root = list.names_of.unwrap_or(step);
        let of_pairs = |(_, parameter, carried): (usize, &'v Parameter, usize)| {
            let made_of_it = self.reach(carried).into_iter().any(|step| self.root(step) == Some(root));
            (made_of_it && is_in(list, parameter)).then_some(parameter.name.wire.as_str())
        };
        let in_reply = self.reply.filter(|_| list.of.contains(&PairSource::Reply));
        let in_reply = in_reply.map(|(carrier, _)| carrier.name());
        carriers(self.vendor).filter_map(of_pairs).chain(in_reply).collect()
    }

    /// Whether a value cannot be computed before a parameter is there.
    pub fn needs(&self, step: usize, parameter: usize) -> bool {
        let Some(needed) = self.vendor.parameters.get(parameter) else { return false };
        // The form is the body, so that it has to be whole before that is hashed.
        let body = |part: &TemplatePart| {
            matches!(part, TemplatePart::Word(RequestWord::Body | RequestWord::BodyLength))
        };
        let in_form = needed.location == ParameterLocation::Parameters;
        let reached = self.reach(step);
        if in_form && reached.iter().any(|step| self.vendor.computed[*step].parts().any(body)) {
            return true;
        }
        reached.into_iter().any(|step| match &self.vendor.computed[step].content {
            ComputedContent::Pairs(list) => {
                is_in(list, needed) && !self.without(step).contains(&needed.name.wire.as_str())
            }
            ComputedContent::Template(_) => false,
        })
    }

    /// The values that one is made of, itself among them.
    pub fn reach(&self, step: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = vec![step];
        while let Some(step) = next.pop() {
            let Some(computed) = self.vendor.computed.get(step).filter(|_| !found.contains(&step)) else {
                continue;
            };
            found.push(step);
            next.extend(computed.parts().filter_map(|part| match part {
                TemplatePart::Computed(inner) => Some(*inner),
                _ => None,
            }));
        }
        found
    }

    /// The value that the pairs of one are, if it is made of such.
    fn root(&self, step: usize) -> Option<usize> {
        match &self.vendor.computed.get(step)?.content {
            ComputedContent::Pairs(list) => Some(list.names_of.unwrap_or(step)),
            ComputedContent::Template(_) => None,
        }
    }

    fn demand(&self, step: usize) -> Demand {
        let reached = self.reach(step);
        let parts = || reached.iter().flat_map(|step| self.vendor.computed[*step].parts());
        let signed = reached.iter().any(|step| !self.vendor.computed[*step].algorithms.is_empty());
        let mut secret = false;
        let mut always = true;
        for part in parts() {
            match part {
                TemplatePart::Session { optional: false, .. } if signed => return Demand::Session,
                TemplatePart::Client { secret: true, required, optional, .. } => {
                    secret |= !optional;
                    always &= *required || *optional;
                }
                _ => {}
            }
        }
        match (secret, always) {
            (false, _) => Demand::Never,
            (true, true) => Demand::Always,
            (true, false) => Demand::Signed,
        }
    }
}

/// The parameters that carry computed values: the index of each, and that of its value.
fn carriers(vendor: &Vendor) -> impl Iterator<Item = (usize, &Parameter, usize)> {
    vendor.parameters.iter().enumerate().filter_map(|(index, parameter)| match parameter.from {
        From::Computed(step) => Some((index, parameter, step)),
        _ => None,
    })
}

/// Whether a parameter is among pairs.
fn is_in(list: &PairList, parameter: &Parameter) -> bool {
    let source = |source: &PairSource| match source {
        PairSource::Query | PairSource::Form | PairSource::Parameters => {
            parameter.location == ParameterLocation::Parameters
        }
        PairSource::Headers => matches!(parameter.location, ParameterLocation::Header(_)),
        PairSource::Computed => parameter.location == ParameterLocation::Computed,
        PairSource::Reply => false,
    };
    let headers = list.of.contains(&PairSource::Headers);
    let named = |patterns: &[String]| {
        rules::is_named(patterns.iter().map(String::as_str), &parameter.name.wire, headers)
    };
    list.of.iter().any(source) && list.only.as_deref().is_none_or(named) && !named(&list.except)
}
