//! What uses the ledger by its crate.

use ledger::{Client, Error};
use wirewright::client::blocking::Transport;

/// Whether somebody can log in.
///
/// # Errors
///
/// What the ledger refuses, or what went wrong on the way.
pub fn log_in(transport: impl Transport + Clone + 'static, user: &str, password: &str) -> Result<(), Error> {
    let session = Client::new(transport).login(user, password).send_blocking()?;
    session.logout().send_blocking().map_err(|failed| failed.error)?;
    Ok(())
}
