//! Whatever is written is read back equal, in every format.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::too_many_lines)]

use crate::support::*;
use proptest::prelude::*;
use wirewright::{
    EncodeError, Format, Options, from_str_with, json, query,
    testing::{Sample, arbitrary, sample},
    to_string_with,
    wire::OwnedMessage,
    xml,
};

fn to_vec_with<T: OwnedMessage>(
    format: Format,
    message: &T,
    options: &Options,
) -> Result<Vec<u8>, EncodeError> {
    match format {
        Format::Xml => xml::to_vec_with(message, options),
        Format::Json => json::to_vec_with(message, options),
        Format::Query => query::to_vec_with(message, options),
        other => panic!("{other:?} has no `to_vec_with` here"),
    }
}

fn round_trip<T: OwnedMessage + PartialEq + std::fmt::Debug>(message: &T) -> Result<(), TestCaseError> {
    for format in [Format::Xml, Format::Json, Format::Query] {
        for options in [Options::new(), Options::new().with_strict(true), Options::new().with_nested("_-_")] {
            let text = to_string_with(format, message, &options)
                .map_err(|error| TestCaseError::fail(format!("{error}: {message:?}")))?;
            let back = from_str_with::<T>(format, &text, &options)
                .map_err(|error| TestCaseError::fail(format!("{error}\n{text}\n{message:?}")))?;
            prop_assert_eq!(&back, message, "{}", text);
            let bytes = to_vec_with(format, message, &options)
                .map_err(|error| TestCaseError::fail(format!("{error}: {message:?}")))?;
            prop_assert_eq!(bytes, text.into_bytes());
        }
    }
    Ok(())
}

macro_rules! round_trips {
    ($($name:ident: $type:ty;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]
            $(
                #[test]
                fn $name(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
                    round_trip(&arbitrary::<$type>(&bytes))?;
                }
            )*
        }

        #[test]
        fn samples() -> Result<(), TestCaseError> {
            $(
                round_trip(&sample::<$type>(Sample::Full))?;
                round_trip(&sample::<$type>(Sample::Minimal))?;
            )*
            Ok(())
        }
    };
}

round_trips! {
    scalars: Scalars;
    lists: Lists;
    maps: Maps;
    pairs: Pairs;
    unions: Unions;
    flat: Flat;
    flat_list: FlatList;
    open: Open;
    tree: Tree;
    login: login::Reply;
}

/// Order and repeated keys are what a list of pairs is for; a strict reader takes them as well.
#[test]
fn pairs_keep_their_order_and_repeated_keys() -> Result<(), TestCaseError> {
    let pairs = |keys: [&str; 3]| keys.map(|key| (key.to_owned(), format!("of {key} & more"))).to_vec();
    let circle = |radius| Circle { radius, unit: None };
    let message = Pairs {
        entries: pairs(["b", "a", "b"]),
        keyed: vec![("z".to_owned(), 1), ("a".to_owned(), 2), ("z".to_owned(), 1)],
        bare: vec![
            ("c".to_owned(), circle(2.0)),
            ("b".to_owned(), circle(1.0)),
            ("c".to_owned(), circle(3.0)),
        ],
        missing: None,
        rest: pairs(["y", "x", "y"]),
    };
    round_trip(&message)?;
    let json = to_string_with(Format::Json, &message, &Options::new()).unwrap();
    prop_assert!(json.contains(r#""keyed":{"z":1,"a":2,"z":1}"#), "{}", json);
    Ok(())
}
