//! The pagination of an operation.

use crate::{
    infer::{
        Inferred,
        paging::{self, Next},
    },
    members::Drafted,
    words::Words,
};

/// Why an operation seems to answer page by page, and the words of its pagination.
pub(super) fn words(
    inferred: &Inferred,
    index: usize,
    request: &mut Vec<(String, Drafted)>,
    reply: &mut [(String, Drafted)],
) -> Option<(&'static str, Vec<(String, toml::Value)>)> {
    let own: Vec<String> = request.iter().map(|(name, _)| name.clone()).collect();
    let paging::Paging { items, next, why } =
        paging::find(&inferred.envelope, &inferred.samples, index, &own)?;
    let mut words: Vec<(String, toml::Value)> = vec![("items".to_owned(), items.into())];
    let mut say = |word: &str, said: toml::Value| words.push((word.to_owned(), said));
    match next {
        Next::Parameters(parameters) => {
            let parameters = parameters.into_iter().map(|(name, path)| (name, path.into()));
            say("parameters", parameters.collect::<toml::Table>().into());
        }
        Next::Further(member, parameters) => {
            // A map that is a member of the reply itself: what it says is in no request of a caller.
            let (_, drafted) = reply.iter_mut().find(|(name, _)| *name == member)?;
            drafted.words = Words::new().with("map", "keyed");
            request.retain(|(name, _)| !parameters.contains(name));
            say("further", member.into());
        }
        Next::Page { parameter, pages, total, first } => {
            say("page", parameter.into());
            if let Some(pages) = pages {
                say("pages", pages.into());
            }
            if let Some(total) = total {
                say("total", total.into());
            }
            if first != 1 {
                say("first", first.into());
            }
        }
        Next::Offset { parameter, total } => {
            say("offset", parameter.into());
            if let Some(total) = total {
                say("total", total.into());
            }
        }
    }
    Some((why, words))
}
