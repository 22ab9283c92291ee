//! A crate that has a vendor as a module of its own. There is no generated code in the repository: `build.rs` makes it of the
//! definition in `protocol-defs/parcels`, and again whenever that changes.

use wirewright::client::blocking::Transport;

include!(concat!(env!("OUT_DIR"), "/parcels.rs"));

/// Where a parcel is, if the vendor knows.
///
/// # Errors
///
/// The vendor's refusal, or what went wrong on the way.
pub fn place(
    transport: impl Transport + Clone + 'static,
    key: &str,
    number: &str,
) -> Result<Option<String>, parcels::Error> {
    let client = parcels::Client::new(transport, key);
    let answer = client.find(number).send_blocking()?;
    Ok(answer.data.parcel.place)
}
