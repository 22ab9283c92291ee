//! In which order parameters are computed: none needs another one that needs it.

use super::values::carried;
use crate::check::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, PairSource};
use crate::read::tree::{Computed, Parameter, ParameterLocation};
use crate::resolve::reach;
use crate::rules;
use crate::source::{At, Text};

/// Each parameter can be computed when all that it is made of is there.
pub(super) fn turns(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let computed: Vec<_> =
        protocol.parameters.iter().filter_map(|one| Some((one, carried(cx, one)?))).collect();
    let needs = |step: &Computed<'_>, other: &(&Parameter<'_>, &Computed<'_>)| {
        let reached = reach(cx.definition, step.key.value);
        let of_other = reach(cx.definition, other.1.key.value);
        protocol
            .computed
            .iter()
            .filter(|one| reached.contains(one.key.value))
            .any(|list| is_in(list, other.0) && !of_other.contains(list.key.value))
    };
    for (index, one) in computed.iter().enumerate() {
        for other in computed.iter().take(index) {
            if needs(one.1, other) && needs(other.1, one) {
                let (name, before) = (one.0.member.key, other.0.member.key);
                let message = format!("`{}` and `{}` are made of each other", before.value, name.value);
                cx.add(
                    Fault::new(Code::ComputedCycle, name.span, message)
                        .label("is among the pairs of the other one")
                        .related(before.span, "and the other way round")
                        .expected("`except` where one of them should be left out"),
                );
            }
        }
    }
}

/// Whether a parameter is among pairs.
fn is_in(list: &Computed<'_>, parameter: &Parameter<'_>) -> bool {
    let place = parameter.member.location.map_or(ParameterLocation::Parameters, |place| place.value);
    let source = |source: PairSource| match source {
        PairSource::Query | PairSource::Form | PairSource::Parameters => {
            place == ParameterLocation::Parameters
        }
        PairSource::Headers => place == ParameterLocation::Header,
        PairSource::Computed => place == ParameterLocation::Computed,
        PairSource::Reply => false,
    };
    let name = parameter.member.wire(FormatKind::Query).value;
    let headers = place == ParameterLocation::Header;
    let named = |names: &At<Vec<Text<'_>>>| {
        rules::is_named(names.value.iter().map(|pattern| pattern.value), name, headers)
    };
    list.pairs.iter().flatten().any(|one| source(one.value))
        && list.only.as_ref().is_none_or(named)
        && !list.except.as_ref().is_some_and(named)
}
