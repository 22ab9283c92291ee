//! Servers on 127.0.0.1, each on a port that the system chooses.

use std::{io, net::Ipv4Addr, sync::Arc};

use axum::Router;
use http::{Response, StatusCode, header};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::{nina, ten_ten_data, videntity};

/// The runtime of all servers of the example. They stop when it is dropped.
#[derive(Debug)]
pub struct Loopback {
    runtime: Runtime,
}

/// A service and the scheme, host and port under which it is reached.
#[derive(Clone, Debug)]
pub struct Server<S> {
    /// As in `http://127.0.0.1:49152`.
    pub origin: String,
    /// What answers there.
    pub service: Arc<S>,
}

impl Loopback {
    /// A runtime without servers.
    ///
    /// # Errors
    ///
    /// When the system gives it no threads.
    pub fn new() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self { runtime })
    }

    /// Serves the router that `router` makes for an origin; gives that origin back.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub fn serve(&self, router: impl FnOnce(&str) -> Router) -> io::Result<String> {
        let listener = self.runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let origin = format!("http://{}", listener.local_addr()?);
        let router = router(&origin);
        self.runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(origin)
    }

    /// Starts NINA's server.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub fn nina(&self) -> io::Result<Server<nina::Service>> {
        let service = Arc::new(nina::Service::default());
        let origin = self.serve(|origin| nina::router(Arc::clone(&service), origin))?;
        Ok(Server { origin, service })
    }

    /// Starts Videntity's server.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub fn videntity(&self) -> io::Result<Server<videntity::Service>> {
        let service = Arc::new(videntity::Service::default());
        let origin = self.serve(|origin| videntity::router(Arc::clone(&service), origin))?;
        Ok(Server { origin, service })
    }

    /// Starts 1010data's server.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub fn ten_ten_data(&self) -> io::Result<Server<ten_ten_data::Service>> {
        let service = Arc::new(ten_ten_data::Service::default());
        let origin = self.serve(|origin| ten_ten_data::router(Arc::clone(&service), origin))?;
        Ok(Server { origin, service })
    }

    /// Starts a server that gives the same answer to everything: what a broken gateway does.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub fn canned(
        &self,
        status: StatusCode,
        content_type: &'static str,
        body: &'static str,
    ) -> io::Result<String> {
        let answer = move |_| async move {
            let mut response = Response::new(body.as_bytes().to_vec());
            *response.status_mut() = status;
            let content_type = header::HeaderValue::from_static(content_type);
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
            response
        };
        self.serve(|_| wirewright_axum::router(answer))
    }

    /// Runs a future to its end, for async clients.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }
}
