//! Numbers as texts have them, whatever they are written into.

use super::Expected;

/// The most digits that a number of 128 bits holds whatever they are.
const DIGITS: usize = 38;

/// An integer in any of the spellings that mean one: `30`, `3e1`, `30.0`. `None`: the text is no number, has a fraction, or is
/// too large.
pub(crate) fn integer<T: std::str::FromStr + TryFrom<i128>>(text: &str) -> Option<T> {
    let text = text.trim();
    text.parse().ok().or_else(|| T::try_from(whole(text)?).ok())
}

/// A floating-point number. What is spelled as infinite is in range.
///
/// # Errors
///
/// What was expected: the text is no number, or it is out of range.
pub(crate) fn float(text: &str) -> Result<f64, Expected> {
    let text = text.trim();
    let number: f64 = text.parse().map_err(|_| Expected::new("a number"))?;
    if number.is_finite() || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        Ok(number)
    } else {
        Err(Expected::new("a number from -1.7976931348623157e308 to 1.7976931348623157e308"))
    }
}

/// The integer that a decimal number is. Nothing is computed before it is known to fit.
fn whole(text: &str) -> Option<i128> {
    let (negative, number) = match text.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, text),
    };
    let (mantissa, power) = match number.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, exponent(power)?),
        None => (number, 0),
    };
    let (before, behind) = match mantissa.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (mantissa, ""),
    };
    let digits = || before.bytes().chain(behind.bytes());
    if before.is_empty() || !digits().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let leading = digits().take_while(|byte| *byte == b'0').count();
    let count = before.len() + behind.len() - leading;
    if count == 0 {
        return Some(0);
    }
    let trailing = digits().rev().take_while(|byte| *byte == b'0').count();
    let power = power.saturating_sub(i64::try_from(behind.len()).ok()?);
    let power = usize::try_from(power.saturating_add(i64::try_from(trailing).ok()?)).ok()?;
    let significant = count - trailing;
    if significant.saturating_add(power) > DIGITS {
        return None;
    }
    let number = digits().skip(leading).take(significant);
    let number = number.fold(0_i128, |number, digit| number * 10 + i128::from(digit - b'0'));
    let number = number * 10_i128.pow(u32::try_from(power).ok()?);
    Some(if negative { -number } else { number })
}

/// The digits behind an `e`, as far as they matter: no number has so many digits that more of them could.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(i64::MAX);
    Some(if text.starts_with('-') { -size } else { size })
}
