//! Threads, over ureq.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

use videntity::{Client, Config};
use wirewright::client::blocking::Transport as _;
use wirewright_example::videntity::{ACCOUNT, PASSWORD, USER};
use wirewright_ureq::{Transport, ureq::Agent};

use crate::{
    handwritten::{FORM, login_form, logout_form, session_key, succeeded, together},
    runner::{By, Outcome, Runner, TOGETHER},
};

pub(crate) struct Ureq {
    transport: Transport,
    client: Client<Transport>,
    agent: Agent,
    origin: String,
    at_once: usize,
}

impl Ureq {
    pub(crate) fn new(origin: &str, at_once: usize) -> Self {
        // As many connections are kept as there are threads.
        let agent = || {
            Agent::config_builder()
                .proxy(None)
                .max_idle_connections(at_once)
                .max_idle_connections_per_host(at_once)
                .timeout_global(Some(Duration::from_secs(30)))
                .build()
                .new_agent()
        };
        let transport = Transport::over(agent());
        let client = Client::new(transport.clone()).with_config(Config::new().with_endpoint(origin));
        Self { transport, client, agent: agent(), origin: origin.to_owned(), at_once }
    }

    /// Calls `one` so many times, from several threads.
    fn all(&self, sessions: usize, one: impl Fn() -> Result<(), String> + Sync) -> Outcome {
        let (next, failed, why) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(None));
        thread::scope(|scope| {
            for _ in 0..self.at_once {
                scope.spawn(|| {
                    while next.fetch_add(1, Relaxed) < sessions {
                        if let Err(error) = one() {
                            failed.fetch_add(1, Relaxed);
                            why.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        }
                    }
                });
            }
        });
        match why.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err((failed.into_inner(), error)),
            None => Ok(()),
        }
    }

    fn post(&self, path: &str, form: &str) -> Result<String, String> {
        let text = |error: wirewright_ureq::ureq::Error| error.to_string();
        let mut response =
            self.agent.post(format!("{}{path}", self.origin)).content_type(FORM).send(form).map_err(text)?;
        response.body_mut().read_to_string().map_err(text)
    }
}

impl Runner for Ureq {
    fn connect(&self, by: By) -> Outcome {
        self.all(self.at_once, || match by {
            By::Generated => {
                let request = together(&self.origin)?;
                self.transport.send(request).map(drop).map_err(|error| error.to_string())
            }
            By::Hand => {
                let url = format!("{}{TOGETHER}", self.origin);
                self.agent.get(url).call().map(drop).map_err(|error| error.to_string())
            }
        })
    }

    fn run(&self, by: By, sessions: usize) -> Outcome {
        if let By::Generated = by {
            return self.all(sessions, || {
                let session = self
                    .client
                    .login(USER, PASSWORD, ACCOUNT)
                    .send_blocking()
                    .map_err(|error| error.to_string())?;
                session.logout().send_blocking().map(drop).map_err(|unclosed| unclosed.to_string())
            });
        }
        self.all(sessions, || {
            let opened = self.post("/session/login", &login_form())?;
            let key = session_key(&opened).ok_or("there is no session")?;
            let closed = self.post("/session/logout", &logout_form(key))?;
            succeeded(&closed).then_some(()).ok_or_else(|| "it was not closed".to_owned())
        })
    }
}
