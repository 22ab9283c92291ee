//! What is said of a name that nobody knows.

/// How like two names must be, by Jaro and Winkler, for one to have been meant by the other.
const LIKE: f64 = 0.75;

/// `there is no vendor `parcls`: did you mean `parcels`?`
///
/// What is known may be a form: `error=CODE` is meant by what is like `error`.
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let likeness = |form: &str| {
        let word = form.split('=').next().unwrap_or_default();
        strsim::jaro_winkler(&name.to_lowercase(), &word.to_lowercase())
    };
    match nearest(known, likeness) {
        Some(near) => format!("there is no {what} `{name}`: did you mean `{near}`?"),
        None if known.is_empty() => format!("there is no {what} `{name}`, and no other one either"),
        None => format!("there is no {what} `{name}`; there are {}", known.join(", ")),
    }
}

fn nearest<'k>(known: &[&'k str], likeness: impl Fn(&str) -> f64) -> Option<&'k str> {
    let nearest = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    nearest.filter(|near| likeness(near) > LIKE)
}
