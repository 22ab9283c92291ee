//! What the macros make that a crate calls among its items: enough of `macro_rules` for those.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Expr, File, Ident, Item, Lit, Type,
    parse::{ParseStream, Parser as _, discouraged::Speculative as _},
};

pub(super) struct Macro {
    rules: Vec<(Vec<Pattern>, TokenStream)>,
}

enum Pattern {
    /// `$name:kind`
    Variable(String, String),
    /// `$(…),*`
    Repeated(Vec<Pattern>, Option<TokenTree>, char),
    Group(Delimiter, Vec<Pattern>),
    Token(String),
}

/// What a variable stands for.
#[derive(Clone)]
enum Bound {
    One(TokenStream),
    Many(Vec<Bindings>),
}

type Bindings = HashMap<String, Bound>;

impl Macro {
    pub(super) fn new(item: &syn::Macro) -> Self {
        let mut tokens = item.tokens.clone().into_iter();
        let mut rules = Vec::new();
        while let Some(takes) = tokens.next() {
            // `=>` is two tokens.
            let body = tokens.nth(2);
            let (TokenTree::Group(takes), Some(TokenTree::Group(body))) = (takes, body) else {
                panic!("a rule of a macro that this test does not know");
            };
            rules.push((patterns(takes.stream()), body.stream()));
            // The semicolon between rules.
            tokens.next();
        }
        Self { rules }
    }

    /// The items that a call makes.
    pub(super) fn expand(&self, call: &TokenStream) -> Vec<Item> {
        let made = self.rules.iter().find_map(|(patterns, body)| {
            let matches = |input: ParseStream<'_>| matches(patterns, input);
            Some(transcribe(body.clone(), &matches.parse2(call.clone()).ok()?))
        });
        let made = made.unwrap_or_else(|| panic!("no rule for {call}"));
        syn::parse2::<File>(made.clone()).unwrap_or_else(|error| panic!("{error}: {made}")).items
    }
}

fn patterns(tokens: TokenStream) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        patterns.push(match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Ident(name)) => {
                    // Behind a colon.
                    let kind = tokens.nth(1).expect("the kind of a variable");
                    Pattern::Variable(name.to_string(), kind.to_string())
                }
                Some(TokenTree::Group(group)) => {
                    let (separator, times) = repetition(&mut tokens);
                    Pattern::Repeated(patterns_of(&group), separator, times)
                }
                other => panic!("`$` before {other:?}"),
            },
            TokenTree::Group(group) => Pattern::Group(group.delimiter(), patterns_of(&group)),
            token => Pattern::Token(token.to_string()),
        });
    }
    patterns
}

fn patterns_of(group: &Group) -> Vec<Pattern> {
    patterns(group.stream())
}

/// What is behind `$(…)`: a separator perhaps, and how often.
fn repetition(tokens: &mut impl Iterator<Item = TokenTree>) -> (Option<TokenTree>, char) {
    let times = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => Some(punct.as_char()).filter(|char| "*+?".contains(*char)),
        _ => None,
    };
    let first = tokens.next().expect("how often");
    match times(&first) {
        Some(often) => (None, often),
        None => (Some(first), tokens.next().as_ref().and_then(times).expect("how often")),
    }
}

fn matches(patterns: &[Pattern], input: ParseStream<'_>) -> syn::Result<Bindings> {
    let mut found = Bindings::new();
    for pattern in patterns {
        match pattern {
            Pattern::Variable(name, kind) => {
                let tokens = match kind.as_str() {
                    "expr" => input.parse::<Expr>()?.into_token_stream(),
                    "ident" => input.parse::<Ident>()?.into_token_stream(),
                    "literal" => input.parse::<Lit>()?.into_token_stream(),
                    "tt" => input.parse::<TokenTree>()?.into_token_stream(),
                    "ty" => input.parse::<Type>()?.into_token_stream(),
                    kind => panic!("a variable of a kind that this test does not know: {kind}"),
                };
                found.insert(name.clone(), Bound::One(tokens));
            }
            Pattern::Repeated(inner, separator, times) => {
                let mut all = Vec::new();
                while *times != '?' || all.is_empty() {
                    let ahead = input.fork();
                    let separated = match separator.as_ref().filter(|_| !all.is_empty()) {
                        Some(separator) => ahead
                            .parse::<TokenTree>()
                            .is_ok_and(|token| token.to_string() == separator.to_string()),
                        None => !ahead.is_empty(),
                    };
                    let Some(one) = separated.then(|| matches(inner, &ahead).ok()).flatten() else { break };
                    input.advance_to(&ahead);
                    all.push(one);
                }
                for name in variables(inner) {
                    found.insert(name.to_owned(), Bound::Many(all.clone()));
                }
            }
            Pattern::Group(delimiter, inner) => {
                let TokenTree::Group(group) = input.parse()? else { return Err(input.error("a group")) };
                if group.delimiter() != *delimiter {
                    return Err(input.error("another group"));
                }
                let inner = |input: ParseStream<'_>| matches(inner, input);
                found.extend(inner.parse2(group.stream())?);
            }
            Pattern::Token(token) => {
                if input.parse::<TokenTree>()?.to_string() != *token {
                    return Err(input.error("another token"));
                }
            }
        }
    }
    Ok(found)
}

fn variables(patterns: &[Pattern]) -> Vec<&str> {
    let names = patterns.iter().flat_map(|pattern| match pattern {
        Pattern::Variable(name, _) => vec![name.as_str()],
        Pattern::Repeated(inner, ..) | Pattern::Group(_, inner) => variables(inner),
        Pattern::Token(_) => Vec::new(),
    });
    names.collect()
}

fn transcribe(body: TokenStream, found: &Bindings) -> TokenStream {
    let mut made = TokenStream::new();
    let mut tokens = body.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Ident(name)) if name == "crate" => made.extend(quote!(crate)),
                Some(TokenTree::Ident(name)) => match found.get(&name.to_string()) {
                    Some(Bound::One(tokens)) => made.extend(tokens.clone()),
                    _ => panic!("`${name}` stands for nothing"),
                },
                Some(TokenTree::Group(group)) => {
                    let (separator, _) = repetition(&mut tokens);
                    for (index, one) in repeated(&group, found).iter().enumerate() {
                        made.extend(separator.clone().filter(|_| index > 0));
                        made.extend(transcribe(
                            group.stream(),
                            &found.clone().into_iter().chain(one.clone()).collect(),
                        ));
                    }
                }
                other => panic!("`$` before {other:?}"),
            },
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), transcribe(group.stream(), found));
                inner.set_span(group.span());
                made.extend([TokenTree::Group(inner)]);
            }
            token => made.extend([token]),
        }
    }
    made
}

/// What a repetition is for each time: that of a variable in it.
fn repeated(group: &Group, found: &Bindings) -> Vec<Bindings> {
    fn names(tokens: TokenStream) -> Vec<String> {
        let names = tokens.into_iter().flat_map(|token| match token {
            TokenTree::Ident(name) => vec![name.to_string()],
            TokenTree::Group(group) => names(group.stream()),
            _ => Vec::new(),
        });
        names.collect()
    }
    let many = names(group.stream()).iter().find_map(|name| match found.get(name) {
        Some(Bound::Many(all)) => Some(all.clone()),
        _ => None,
    });
    many.unwrap_or_default()
}
