//! The library of the command `wirewright`: mock servers of any vendor, and calls from the shell.
//!
//! Both know no vendor, and no generated code: they interpret a definition, in milliseconds. The same code serves a vendor in tests.
//!
//! # A mock server in a test
//!
//! ```
//! use std::path::Path;
//!
//! use nina::{Config, Client};
//! use wirewright_cli::mock::{Mock, Rule, Server};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Server::start(Mock::load(Path::new("../../protocol-defs/nina"))?, 0)?;
//!
//! let settings = Config::new().with_endpoint(server.origin());
//! let client = Client::new(wirewright_ureq::Transport::new(), "my-developer-id").with_config(settings);
//! // Any name and password will do: what counts is that the session is one that was opened, and its signature.
//! let session = client.client_login("chattingchuck", "password").send_blocking()?;
//! assert_eq!(server.mock().sessions(), 1);
//!
//! // The second call from now on is answered with a gateway's page.
//! server.mock().faults().set(["html@2".parse::<Rule>()?])?;
//! assert!(session.get_info().send_blocking().is_ok());
//! assert!(session.get_info().send_blocking().is_err());
//!
//! session.logout().send_blocking().map_err(|unclosed| unclosed.error)?;
//! assert_eq!(server.mock().sessions(), 0);
//! # Ok(())
//! # }
//! ```

pub mod call;
mod masked;
pub mod mock;
mod unknown;
