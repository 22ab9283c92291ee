//! Tasks, over reqwest.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::runtime::Runtime;
use videntity::{Client, Config};
use wirewright::client::Transport as _;
use wirewright_example::videntity::{ACCOUNT, PASSWORD, USER};
use wirewright_reqwest::{
    Transport,
    reqwest::{self, header::CONTENT_TYPE, redirect::Policy},
};

use crate::{
    arguments::Failure,
    handwritten::{FORM, login_form, logout_form, session_key, succeeded, together},
    runner::{By, Outcome, Runner, TOGETHER},
};

pub(crate) struct Reqwest {
    runtime: Runtime,
    transport: Transport,
    client: Client<Transport>,
    library: reqwest::Client,
    origin: Arc<str>,
    at_once: usize,
}

impl Reqwest {
    pub(crate) fn new(origin: &str, at_once: usize) -> Result<Self, Failure> {
        let builder = || reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30));
        let transport = Transport::over(builder()).map_err(|error| format!("the transport: {error}"))?;
        // Other members of the workspace have reqwest with TLS, and it makes no client then unless a provider is there. That one is
        // there already is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let library = builder().redirect(Policy::none()).build();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        Ok(Self {
            runtime: runtime.map_err(|error| format!("the runtime: {error}"))?,
            client: Client::new(transport.clone()).with_config(Config::new().with_endpoint(origin)),
            transport,
            library: library.map_err(|error| format!("the library: {error}"))?,
            origin: origin.into(),
            at_once,
        })
    }

    /// Awaits what `one` makes so many times, from several tasks.
    fn all<F>(&self, sessions: usize, one: impl Fn() -> F + Clone + Send + Sync + 'static) -> Outcome
    where
        F: Future<Output = Result<(), String>> + Send,
    {
        let (next, failed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let why = Arc::new(Mutex::new(None));
        let task = || {
            let (next, failed, why) = (Arc::clone(&next), Arc::clone(&failed), Arc::clone(&why));
            let one = one.clone();
            async move {
                while next.fetch_add(1, Relaxed) < sessions {
                    if let Err(error) = one().await {
                        failed.fetch_add(1, Relaxed);
                        why.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            }
        };
        self.runtime.block_on(async {
            let tasks: Vec<_> = (0..self.at_once).map(|_| tokio::spawn(task())).collect();
            for task in tasks {
                if let Err(error) = task.await {
                    return Err((failed.load(Relaxed) + 1, error.to_string()));
                }
            }
            let why = why.lock().unwrap_or_else(PoisonError::into_inner).take();
            why.map_or(Ok(()), |error| Err((failed.load(Relaxed), error)))
        })
    }

    fn by_hand(&self, sessions: usize) -> Outcome {
        let (library, origin) = (self.library.clone(), Arc::clone(&self.origin));
        self.all(sessions, move || {
            let (library, origin) = (library.clone(), Arc::clone(&origin));
            async move {
                let opened = post(&library, format!("{origin}/session/login"), login_form()).await?;
                let key = session_key(&opened).ok_or("there is no session")?;
                let closed = post(&library, format!("{origin}/session/logout"), logout_form(key)).await?;
                succeeded(&closed).then_some(()).ok_or_else(|| "it was not closed".to_owned())
            }
        })
    }
}

async fn post(library: &reqwest::Client, url: String, form: String) -> Result<String, String> {
    let text = |error: reqwest::Error| error.to_string();
    let request = library.post(url).header(CONTENT_TYPE, FORM).body(form);
    request.send().await.map_err(text)?.text().await.map_err(text)
}

impl Runner for Reqwest {
    fn connect(&self, by: By) -> Outcome {
        if let By::Hand = by {
            let (library, origin) = (self.library.clone(), Arc::clone(&self.origin));
            return self.all(self.at_once, move || {
                let response = library.get(format!("{origin}{TOGETHER}")).send();
                async move { response.await.map(drop).map_err(|error| error.to_string()) }
            });
        }
        let (transport, origin) = (self.transport.clone(), Arc::clone(&self.origin));
        self.all(self.at_once, move || {
            let (transport, request) = (transport.clone(), together(&origin));
            async move { transport.send(request?).await.map(drop).map_err(|error| error.to_string()) }
        })
    }

    fn run(&self, by: By, sessions: usize) -> Outcome {
        if let By::Hand = by {
            return self.by_hand(sessions);
        }
        let client = Arc::new(self.client.clone());
        self.all(sessions, move || {
            let client = Arc::clone(&client);
            async move {
                let session =
                    client.login(USER, PASSWORD, ACCOUNT).send().await.map_err(|error| error.to_string())?;
                session.logout().send().await.map(drop).map_err(|unclosed| unclosed.to_string())
            }
        })
    }
}
