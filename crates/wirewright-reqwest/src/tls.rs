//! TLS as `wirewright-ureq` has it.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};
use wirewright::client::{TransportError, TransportErrorKind};

/// Rustls over ring, with the roots of the web's certificate authorities. No provider of the process is asked for or installed.
pub(super) fn of_the_web() -> Result<ClientConfig, TransportError> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| TransportError::new(TransportErrorKind::Other, error))?;
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
