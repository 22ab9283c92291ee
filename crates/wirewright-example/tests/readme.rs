//! What the README shows of a client, run against a server.
#![expect(clippy::print_stdout, reason = "the README prints too")]

use videntity::{Client, Error, ErrorCode};
use wirewright::{client::Config, describe::Class};
use wirewright_example::{loopback::Loopback, videntity as vendor};
use wirewright_ureq::Transport;

#[test]
fn log_in_and_out() -> Result<(), Box<dyn std::error::Error>> {
    let loopback = Loopback::new()?;
    let server = loopback.videntity()?;
    let settings = Config::new().with_endpoint(&server.origin);
    let (user, password, account) = (vendor::USER, vendor::PASSWORD, vendor::ACCOUNT);

    let client = Client::new(Transport::new()).with_config(settings);
    let session = client.login(user, password, account).send_blocking()?;
    session.ping().send_blocking()?;
    session.logout().send_blocking()?; // takes `session` by value: no call after logout compiles

    match client.login(user, "a wrong password", account).send_blocking() {
        Err(error) if error.code() == Some(&ErrorCode::AuthenticationError) => println!("{error}"),
        Err(error) if error.class() == Class::Retry => println!("later: {error}"),
        Err(Error::Decode(undecoded)) => println!("line {}", undecoded.error.line()),
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[test]
fn log_in_and_out_asynchronously() -> Result<(), Box<dyn std::error::Error>> {
    let loopback = Loopback::new()?;
    let server = loopback.videntity()?;
    let settings = Config::new().with_endpoint(&server.origin);
    let (user, password, account) = (vendor::USER, vendor::PASSWORD, vendor::ACCOUNT);
    loopback.block_on(async {
        let client = videntity::Client::new(wirewright_reqwest::Transport::new()?).with_config(settings);
        let session = client.login(user, password, account).send().await?;
        session.ping().send().await?;
        session.logout().send().await?;
        Ok(())
    })
}
