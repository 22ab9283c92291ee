//! The client of NINA against a server that checks signatures with oauthlib.

use http::Method;
use nina::{Client, Config, ErrorCode, Format};
use wirewright_ureq::Transport;

use crate::outcome::{Outcome, hold};

const PASSWORD: &str = "Grün & 100% + süß=1";

pub(crate) fn run(url: &str) -> Outcome {
    for method in [Method::GET, Method::POST] {
        let config = Config::new().with_endpoint(url).with_format(Format::Json).with_method(method.clone());
        let client = Client::new(Transport::new(), "dev id & more").with_config(config);
        let session = client.client_login("chattingchuck", PASSWORD).send_blocking()?;
        let told = session.get_info().required_rights("a~b *'()!").send_blocking()?;
        hold(told.data.user_data.is_some(), || format!("{method}: {told:?}"))?;
        session.logout().screen_name("bøb +").send_blocking().map_err(|unclosed| unclosed.error)?;
    }
    let client = Client::new(Transport::new(), "dev").with_config(Config::new().with_endpoint(url));
    let refused = client.client_login("chattingchuck", "another").send_blocking();
    let code = refused.as_ref().err().and_then(|error| error.code().copied());
    hold(code == Some(ErrorCode::MoreAuthenticationRequired), || format!("a wrong password: {refused:?}"))
}
