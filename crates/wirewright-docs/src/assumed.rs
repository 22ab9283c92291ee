//! What a definition assumes, as pages show it.

use wirewright_codegen::plan::assumptions::Assumption;

use crate::{markup::Markup, told::confidence};

/// Something that no page states.
pub(crate) struct Assumed {
    /// Of what it is.
    pub(crate) place: Markup,
    pub(crate) text: Markup,
    pub(crate) confidence: Option<(&'static str, &'static str)>,
}

/// Those of one place, or of an operation: `of` is before the place.
pub(crate) fn assumed(of: Option<&Markup>, assumptions: &[Assumption<'_>]) -> Vec<Assumed> {
    let one = |assumption: &Assumption<'_>| Assumed {
        place: of.map_or_else(Markup::new, |of| of.clone().text(": ")).prose(&assumption.place),
        text: Markup::new().prose(assumption.text()),
        confidence: assumption.confidence.map(confidence),
    };
    assumptions.iter().map(one).collect()
}
