//! Moments that are counted, as the runtime has them.

use wirewright::{Epoch, EpochUnit};
use wirewright_codegen::model;

/// When counting begins, and what is counted, as the runtime has it.
pub(crate) const fn epoch(counted: model::Epoch) -> Epoch {
    let model::Epoch { start, unit, decimals } = counted;
    let unit = match unit {
        model::EpochUnit::Microseconds => EpochUnit::Microseconds,
        model::EpochUnit::Milliseconds => EpochUnit::Milliseconds,
        model::EpochUnit::Seconds => EpochUnit::Seconds,
        model::EpochUnit::Minutes => EpochUnit::Minutes,
        model::EpochUnit::Hours => EpochUnit::Hours,
        model::EpochUnit::Days => EpochUnit::Days,
    };
    Epoch::new(start, unit).with_decimals(decimals)
}
