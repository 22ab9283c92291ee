//! Random requests, signed on one side and judged on the other: what we sign oauthlib and botocore take, what they sign our server takes,
//! and each refuses a request of which one character was changed.

mod judge;
mod keys;
mod plan;
mod question;
mod scheme;
mod sides;
mod wire;

use std::error::Error;

use fastrand::Rng;

pub(crate) use self::judge::Judge;
use self::{keys::Keys, plan::Plan, scheme::Scheme, wire::Wire};
use crate::outcome::Outcome;

/// How many requests, in each direction, and of which series.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series {
    pub(crate) requests: u64,
    pub(crate) seed: u64,
}

/// After how many misses nobody looks at more.
const ENOUGH: usize = 5;

/// OAuth 1.0a, judged by oauthlib.
pub(crate) fn oauth(judge: Judge, series: Series) -> Outcome {
    run(&Scheme::oauth()?, judge, series)
}

/// AWS Signature Version 4, judged by botocore.
pub(crate) fn aws(judge: Judge, series: Series) -> Outcome {
    run(&Scheme::aws()?, judge, series)
}

fn run(schemes: &[Scheme], mut judge: Judge, series: Series) -> Outcome {
    let mut misses = Vec::new();
    for number in 0..series.requests {
        // Each by itself, so that one is found again without those before it.
        let seed = series.seed.wrapping_add(number);
        let Some(scheme) = schemes.get(usize::try_from(seed % schemes.len() as u64)?) else { break };
        if let Err(miss) = both(scheme, &mut judge, &mut Rng::with_seed(seed)) {
            misses.push(format!("with seed={seed} requests=1: {miss}"));
        }
        if misses.len() == ENOUGH {
            break;
        }
    }
    if misses.is_empty() { Ok(()) } else { Err(misses.join("\n").into()) }
}

/// One request in each direction.
fn both(scheme: &Scheme, judge: &mut Judge, random: &mut Rng) -> Outcome {
    let keys = Keys::new(scheme, random);
    let plan = Plan::new(random, scheme.methods, scheme.endpoints);
    let shown = |what: &str, wire: &Wire| format!("{what}: {wire:?}\n{}", keys.json);
    let mut taken =
        |wire: &Wire| -> Result<_, Box<dyn Error>> { judge.ask(&scheme.taken_question(&keys, wire)) };
    let ours = scheme.sign(&keys, &plan).map_err(|error| format!("not signed: {error}; {plan:?}"))?;
    let answer = taken(&ours)?;
    if answer != true {
        return Err(shown(&format!("the judge does not take ours, {answer}"), &ours).into());
    }
    let changed =
        ours.changed(random, scheme.is_plaintext()).ok_or_else(|| shown("nothing to change", &ours))?;
    if taken(&changed)? == true {
        return Err(shown("the judge takes ours with a change", &changed).into());
    }

    let question = scheme.sign_question(&keys, &plan);
    let answer = judge.ask(&question)?;
    let theirs =
        Wire::read(&answer).ok_or_else(|| format!("the judge does not sign: {answer}; {question}"))?;
    if let Err(refused) = scheme.take(&keys, &plan, &theirs) {
        return Err(shown(&format!("our server does not take the judge's, {refused}"), &theirs).into());
    }
    let changed =
        theirs.changed(random, scheme.is_plaintext()).ok_or_else(|| shown("nothing to change", &theirs))?;
    if scheme.take(&keys, &plan, &changed).is_ok() {
        return Err(shown("our server takes the judge's with a change", &changed).into());
    }
    // Our own too.
    scheme
        .take(&keys, &plan, &ours)
        .map_err(|refused| shown(&format!("our server does not take ours, {refused}"), &ours).into())
}
