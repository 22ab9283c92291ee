//! What is meant by a member that is absent is what the generated crates say.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::borrow::Cow;

use support::{folders, load};
use wirewright::wire::{FromWire, ToText as _};
use wirewright_interpret::{Definition, DynamicRecord};

/// The value of a member in a request, as text.
fn meant(package: &str, operation: &str, member: &str, said: Option<&str>) -> Option<String> {
    let definition: Definition =
        load(&folders().into_iter().find(|folder| folder.ends_with(package)).unwrap());
    let of = definition.request(definition.operation(operation).unwrap());
    let mut request = DynamicRecord::empty(of);
    if let Some(said) = said {
        request.member_mut(member).unwrap().set_text(said).unwrap();
    }
    let value = request.member_or_default(member)?;
    value.text().map(Cow::into_owned)
}

#[test]
fn a_default_is_that_of_the_generated_crate() {
    let look = nina::presence::Get::empty();
    let captcha = nina::auth::GetCaptcha::empty();
    let search = subsonic::searching::Search3::empty();
    let scrobble = subsonic::annotation::Scrobble::empty();
    let cases = [
        // As the vendor spells a boolean, and as everybody does.
        ("nina", "presence/get", "presence_icon", look.presence_icon_or_default().to_string()),
        ("nina", "presence/get", "away_message", look.away_message_or_default().to_string()),
        ("subsonic", "annotation/scrobble", "submission", scrobble.submission_or_default().to_string()),
        ("subsonic", "searching/search3", "artist_count", search.artist_count_or_default().to_string()),
        ("nina", "auth/getCaptcha", "f", captcha.f_or_default().text().into_owned()),
    ];
    for (package, operation, member, generated) in cases {
        assert_eq!(meant(package, operation, member, None), Some(generated), "{member}");
    }
    assert_eq!(meant("subsonic", "searching/search3", "artist_count", Some("7")).unwrap(), "7");
    // Without a default nothing is meant.
    assert_eq!(meant("subsonic", "searching/search3", "query", Some("x")).unwrap(), "x");
    assert_eq!(meant("subsonic", "searching/search3", "music_folder_id", None), None);
}
