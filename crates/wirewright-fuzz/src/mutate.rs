//! Changes to inputs.

use fastrand::Rng;

/// Longer inputs are cut.
pub(crate) const LONGEST: usize = 64 << 10;
/// Most inputs stay shorter than this, so that many are tried.
const USUAL: usize = 4 << 10;

/// A changed copy of an entry: one to seven changes, and mostly few.
pub(crate) fn changed(random: &mut Rng, corpus: &[Vec<u8>], tokens: &[&str]) -> Vec<u8> {
    let Some(entry) = random.choice(corpus) else { return Vec::new() };
    let mut input = entry.clone();
    change(random, &mut input, corpus, tokens);
    for _ in 0..6 {
        if random.bool() {
            break;
        }
        change(random, &mut input, corpus, tokens);
    }
    // A few inputs may become as large as an input can be.
    let longest = if random.u8(..) == 0 { LONGEST } else { USUAL.max(entry.len()) };
    input.truncate(longest);
    input
}

fn change(random: &mut Rng, input: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[&str]) {
    let token = |random: &mut Rng| random.choice(tokens).copied().unwrap_or_default().as_bytes();
    match random.u8(0..12) {
        0 => {
            let at = place(random, input);
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.u8(0..8);
            }
        }
        1 => {
            let at = place(random, input);
            if let Some(byte) = input.get_mut(at) {
                *byte = random.u8(..);
            }
        }
        2 => {
            let (from, to) = slice(random, input, 32);
            input.drain(from..to);
        }
        3 => {
            let (from, to) = slice(random, input, 64);
            let copy = input.get(from..to).unwrap_or_default().to_vec();
            let at = place(random, input);
            input.splice(at..at, copy);
        }
        // The beginning of one entry and the end of another.
        4 => {
            if let Some(other) = random.choice(corpus) {
                let at = place(random, input);
                let from = random.usize(0..=other.len());
                input.truncate(at);
                input.extend_from_slice(other.get(from..).unwrap_or_default());
            }
        }
        5 => {
            if let Some(other) = random.choice(corpus) {
                let (from, to) = slice(random, other, 64);
                let at = place(random, input);
                input.splice(at..at, other.get(from..to).unwrap_or_default().iter().copied());
            }
        }
        6..=8 => {
            let token = token(random);
            let at = place(random, input);
            input.splice(at..at, token.iter().copied());
        }
        9 => {
            let token = token(random);
            let (from, to) = slice(random, input, 8);
            input.splice(from..to, token.iter().copied());
        }
        // Digits are counts, codes and references: others of them.
        10 => {
            let digits: Vec<usize> = (0..input.len()).filter(|at| input[*at].is_ascii_digit()).collect();
            if let Some(at) = random.choice(&digits) {
                input[*at] = b'0' + random.u8(0..10);
            }
        }
        // Much of the same, as in deep nesting.
        _ => {
            let token = match random.u8(0..3) {
                0 => {
                    let (from, to) = slice(random, input, 24);
                    input.get(from..to).unwrap_or_default().to_vec()
                }
                _ => token(random).to_vec(),
            };
            let most = if random.u8(0..64) == 0 { LONGEST } else { 512 };
            let count = random.usize(1..=(most / token.len().max(1)).max(1));
            let at = place(random, input);
            input.splice(at..at, token.repeat(count));
        }
    }
}

/// A place in the input, or behind it.
fn place(random: &mut Rng, input: &[u8]) -> usize {
    random.usize(0..=input.len())
}

/// A slice of at most `most` bytes.
fn slice(random: &mut Rng, input: &[u8], most: usize) -> (usize, usize) {
    let from = place(random, input);
    (from, (from + random.usize(0..=most)).min(input.len()))
}
