//! Numbers to text and back, for the numbers that are usual.

use crate::{scalar, text::scan::append, wire::Slot};

/// The most digits that fit a `u64` whatever they are, and that an `f64` holds exactly.
const DIGITS: usize = 18;
const EXACT_DIGITS: usize = 15;

/// Fills a numeric slot from the digits at `at`, and says where they end. `None`: the slot is another one, or the text is not
/// plain enough; then nothing has been touched.
#[inline(always)]
#[expect(clippy::inline_always, reason = "whoever calls has looked at the slot already")]
pub(crate) fn read(slot: &mut Slot<'_, '_>, bytes: &[u8], at: usize) -> Option<usize> {
    match slot {
        Slot::U64(place) => unsigned(bytes, at).map(|(number, end)| {
            **place = number;
            end
        }),
        Slot::U32(place) => {
            let (number, end) = unsigned(bytes, at)?;
            **place = u32::try_from(number).ok()?;
            Some(end)
        }
        Slot::U16(place) => {
            let (number, end) = unsigned(bytes, at)?;
            **place = u16::try_from(number).ok()?;
            Some(end)
        }
        Slot::I64(place) => {
            let (number, end) = signed(bytes, at)?;
            **place = number;
            Some(end)
        }
        Slot::I32(place) => {
            let (number, end) = signed(bytes, at)?;
            **place = i32::try_from(number).ok()?;
            Some(end)
        }
        Slot::F64(place) => {
            let (number, end) = decimal(bytes, at)?;
            **place = number;
            Some(end)
        }
        _ => None,
    }
}

/// The usual integer that is from `start` to `end` of a text. What is behind it is read with it, and is no part of it.
#[cfg(feature = "rows")]
#[inline]
pub(crate) fn integer(text: &str, start: usize, end: usize) -> Option<i64> {
    signed(text.as_bytes(), start).filter(|(_, at)| *at == end).map(|(number, _)| number)
}

/// The same for a usual decimal number.
#[cfg(feature = "rows")]
#[inline]
pub(crate) fn float(text: &str, start: usize, end: usize) -> Option<f64> {
    decimal(text.as_bytes(), start).filter(|(_, at)| *at == end).map(|(number, _)| number)
}

/// Up to eight digits at the start of a word, the first byte of which is the lowest, and how many they are.
#[inline]
fn eight(word: u64) -> (u64, u32) {
    const ONES: u64 = u64::MAX / 0xff;
    let digits = word ^ (ONES * 0x30);
    // Above the first byte that is no digit others may be marked wrongly.
    let marks = (digits.wrapping_add(ONES * 0x76) | digits) & (ONES * 0x80);
    let count = marks.trailing_zeros() / 8;
    // Zeros before the first digit, in place of what is behind the last one.
    let digits = digits.checked_shl(64 - 8 * count).unwrap_or(0);
    let pairs = digits.wrapping_mul(10 * 0x100 + 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 * 0x1_0000 + 1) >> 16 & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000 * 0x1_0000_0000 + 1) >> 32, count)
}

/// Up to 18 digits.
#[inline]
pub(crate) fn unsigned(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) else { return rest(bytes, at, at, 0) };
    match eight(u64::from_le_bytes(*chunk)) {
        (_, 0) => None,
        (number, 8) => more(bytes, at, number),
        (number, count) => Some((number, at + count as usize)),
    }
}

/// A number that starts with eight digits.
#[inline(never)]
fn more(bytes: &[u8], start: usize, number: u64) -> Option<(u64, usize)> {
    const TENS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
    let at = start + 8;
    let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
        return rest(bytes, start, at, number);
    };
    let (next, count) = eight(u64::from_le_bytes(*chunk));
    let (number, at) = (number * TENS[count as usize] + next, at + count as usize);
    if count < 8 { Some((number, at)) } else { rest(bytes, start, at, number) }
}

/// The digits from `at` on of a number that starts at `start` and is `number` up to there.
#[inline(never)]
fn rest(bytes: &[u8], start: usize, mut at: usize, mut number: u64) -> Option<(u64, usize)> {
    while let Some(digit @ 0..=9) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')) {
        if at - start == DIGITS {
            return None;
        }
        number = number * 10 + u64::from(digit);
        at += 1;
    }
    (at > start).then_some((number, at))
}

#[inline]
pub(crate) fn signed(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let negative = bytes.get(at) == Some(&b'-');
    let (number, end) = unsigned(bytes, at + usize::from(negative))?;
    let number = i64::try_from(number).ok()?;
    Some((if negative { -number } else { number }, end))
}

/// Powers of ten that an `f64` holds exactly.
const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The same as integers.
const WHOLE: [u64; 16] = {
    let mut powers = [1; 16];
    let mut place = 1;
    while place < 16 {
        powers[place] = powers[place - 1] * 10;
        place += 1;
    }
    powers
};

/// A decimal number of at most 15 digits: both the digits and the power of ten are exact, and so the quotient is the nearest number.
#[inline]
pub(crate) fn decimal(bytes: &[u8], at: usize) -> Option<(f64, usize)> {
    let negative = bytes.get(at) == Some(&b'-');
    let start = at + usize::from(negative);
    let (mut digits, mut end) = unsigned(bytes, start)?;
    let mut count = end - start;
    let mut places = 0;
    if bytes.get(end) == Some(&b'.') {
        let (fraction, after) = unsigned(bytes, end + 1)?;
        places = after - end - 1;
        count += places;
        if count > EXACT_DIGITS {
            return None;
        }
        digits = digits * WHOLE.get(places)? + fraction;
        end = after;
    }
    if count > EXACT_DIGITS || matches!(bytes.get(end), Some(b'e' | b'E' | b'.')) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 15 digits")]
    let number = digits as f64 / POWERS.get(places)?;
    Some((if negative { -number } else { number }, end))
}

/// `00` to `99`.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0_u8;
    while number < 100 {
        pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
    }
    pairs
};

/// Writes an unsigned integer.
///
/// How many digits it has is found by comparisons, which a processor guesses: were it computed, what is written next would wait.
#[inline]
pub(crate) fn write_unsigned(out: &mut Vec<u8>, number: u64) {
    match number {
        0..=9_999 => write_few(out, number),
        10_000..=99_999_999 => {
            write_few(out, number / 10_000);
            out.extend_from_slice(&four_digits(number % 10_000));
        }
        _ => write_many(out, number),
    }
}

/// Writes a number below 10,000.
#[inline]
fn write_few(out: &mut Vec<u8>, number: u64) {
    let [a, b, c, d] = four_digits(number);
    match number {
        0..=9 => out.push(d),
        10..=99 => out.extend_from_slice(&[c, d]),
        100..=999 => out.extend_from_slice(&[b, c, d]),
        _ => out.extend_from_slice(&[a, b, c, d]),
    }
}

/// Writes a number of more than eight digits.
#[inline(never)]
fn write_many(out: &mut Vec<u8>, number: u64) {
    const TEN_TO_8: u64 = 100_000_000;
    write_unsigned(out, number / TEN_TO_8);
    let rest = number % TEN_TO_8;
    out.extend_from_slice(&four_digits(rest / 10_000));
    out.extend_from_slice(&four_digits(rest % 10_000));
}

/// The digits of a number below 10,000.
#[inline]
fn four_digits(number: u64) -> [u8; 4] {
    let [[a, b], [c, d]] =
        [number / 100 % 100, number % 100].map(|pair| PAIRS[usize::try_from(pair).unwrap_or(0)]);
    [a, b, c, d]
}

/// Writes a signed integer.
#[inline]
pub(crate) fn write_signed(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    write_unsigned(out, number.unsigned_abs());
}

/// Writes a number as [`scalar::float`] does.
///
/// Most have a few decimal places. If `number` is the nearest to `whole / 10^4`, where `whole` has at most 15 digits, then that
/// decimal is the shortest one that reads back as `number`, once its last zeros are gone: no two of so few digits are nearest
/// to the same number.
pub(crate) fn write_float(out: &mut Vec<u8>, number: f64) {
    const PLACES: usize = 4;
    const MAX_BYTES: f64 = 1e15;
    let scaled = number.abs() * POWERS[PLACES];
    // Also false for NaN.
    if scaled < MAX_BYTES && !(number == 0.0 && number.is_sign_negative()) {
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 10^15")]
        let whole = (scaled + 0.5) as i64;
        #[expect(
            clippy::cast_precision_loss,
            clippy::float_cmp,
            reason = "at most 15 digits, and meant to be exact"
        )]
        if whole as f64 / POWERS[PLACES] == number.abs() {
            if number < 0.0 {
                out.push(b'-');
            }
            let whole = whole.cast_unsigned();
            write_unsigned(out, whole / 10_000);
            let [a, b, c, d] = four_digits(whole % 10_000);
            // How many zeros are at the end, without a branch: no processor could guess it.
            let zeros = (u32::from_be_bytes([a, b, c, d]) ^ 0x3030_3030).trailing_zeros() as usize / 8;
            // Without any place there is no point.
            append(out, &[b'.', a, b, c, d], if zeros < PLACES { PLACES + 1 - zeros } else { 0 });
            return;
        }
    }
    out.extend_from_slice(scalar::float(number).as_bytes());
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn floats_are_written_as_the_general_writer_has_them() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for round in 0..300_000_u64 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let small = f64::from(u32::try_from(state >> 40).unwrap_or(0));
            for number in [
                f64::from_bits(state),
                small / 100.0,
                -small / 10_000.0,
                small / 1e5,
                small * 1e7 + 0.25,
                f64::from_bits((small / 10_000.0).to_bits() + round % 3),
            ] {
                let mut out = Vec::new();
                write_float(&mut out, number);
                assert_eq!(String::from_utf8(out).as_deref(), Ok(&*scalar::float(number)), "{number:?}");
            }
        }
        for number in [0.0, -0.0, 1e11, 99_999_999_999.999_9, 1e15, 1e16, 1e-5, 0.0001, 0.000_05] {
            let mut out = Vec::new();
            write_float(&mut out, number);
            assert_eq!(String::from_utf8(out).as_deref(), Ok(&*scalar::float(number)));
        }
    }

    #[test]
    fn decimals_are_read_as_the_library_reads_them() {
        for text in [
            "0",
            "-0",
            "-0.0",
            "1",
            "12.5",
            "0.1",
            "999999999999999",
            "99999999999999.9",
            "0.00000000000001",
            "007.50",
            "3.",
            ".5",
            "1e5",
            "1.5e3",
            "1234567890123456",
            "123456789012345678.901234567890",
            "1.2.3",
            "+1",
            "-",
            "",
        ] {
            if let Some((number, end)) = decimal(text.as_bytes(), 0)
                && end == text.len()
            {
                assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(number.to_bits()), "{text}");
            }
        }
    }

    #[test]
    fn digits_are_read_as_one_by_one() {
        for length in 0..22 {
            for behind in ["", "<", ",\"", "</a>     ", ":5", "/0", "\u{80}9", "\u{ff}\u{ff}"] {
                for first in 0..10_usize {
                    let digits: String =
                        (0..length).map(|place| char::from(b"0918273645"[(first + place) % 10])).collect();
                    let text = format!("-{digits}{behind}");
                    let wanted = (1..=DIGITS).contains(&length).then(|| (digits.parse::<u64>(), length + 1));
                    let read = unsigned(text.as_bytes(), 1).map(|(number, end)| (Ok(number), end));
                    assert_eq!(read, wanted, "{text}");
                }
            }
        }
    }

    #[test]
    fn integers_are_written_in_full() {
        let edges = (0..20).map(|power| 10_u64.pow(power)).flat_map(|power| [power - 1, power, power + 1]);
        let spread = (0..3_000_000).map(|step| step * 37);
        for number in edges.chain(spread).chain([u64::MAX - 1, u64::MAX]) {
            let mut out = Vec::new();
            write_unsigned(&mut out, number);
            assert_eq!(String::from_utf8(out), Ok(number.to_string()));
        }
        for number in [0, -1, i64::MIN, i64::MAX] {
            let mut out = Vec::new();
            write_signed(&mut out, number);
            assert_eq!(String::from_utf8(out), Ok(number.to_string()));
        }
    }
}
