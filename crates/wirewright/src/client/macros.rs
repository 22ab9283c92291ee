//! The types of a vendor's crate that must be its own: so that operations can be methods of the one, and members of requests methods
//! of the other.

/// The vendor's `Client` and `Call`, over the type that describes its API. Behind it is `default`, where the options of a call
/// can be left out, or `given`, where they cannot.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($api:ty, $options:ident) => {
        /// A client of the vendor over the transport `T`, in the session `S`. Its operations are its methods; each gives a [`Call`].
        ///
        /// A client in no session can be cloned, which is as cheap as cloning the transport. One in a session cannot: there is one of it,
        /// so that nothing is called when it has been closed. Threads share it by reference; a second one is opened on purpose, by its
        /// [`state`](Self::state) and [`resume`](Self::resume).
        pub struct Client<T, S: $crate::client::Scope = $crate::client::NoSession>(
            $crate::client::Core<$api, T, S>,
        );

        impl<T, S: $crate::client::Scope> Client<T, S> {
            /// The same client with another config: endpoint, format, method, limits.
            #[must_use]
            pub fn with_config(self, config: $crate::client::Config) -> Self {
                Self(self.0.with_config(config))
            }
        }

        impl<T> Client<T> {
            /// A client in a session that was saved, or opened by other means.
            pub fn resume<N>(&self, state: N) -> Client<T, N>
            where
                T: Clone,
                N: $crate::client::Scope
                    + $crate::generated::DescribedSession<
                        Opening: $crate::exchange::Request<Failure = <$api as $crate::client::Api>::Failure>,
                    >,
            {
                Client(self.0.enter(state, None))
            }
        }

        impl<T, S: $crate::client::Scope + $crate::generated::DescribedSession> Client<T, S> {
            /// What the session keeps between calls, to be saved.
            pub const fn state(&self) -> &S {
                self.0.session()
            }

            /// What the vendor answered when the session was opened; `None` for one that was resumed.
            pub const fn answer(&self) -> Option<&<S as $crate::client::Scope>::Answer> {
                self.0.answer()
            }
        }

        impl<T: Clone> Clone for Client<T> {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl<T, S: $crate::client::Scope> ::core::fmt::Debug for Client<T, S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<T, S: $crate::client::Scope> $crate::client::AsClient for Client<T, S> {
            type Api = $api;
            type Transport = T;
            type Scope = S;
            type In<N: $crate::client::Scope> = Client<T, N>;
            type Output<A, F: $crate::exchange::Failure> =
                Result<A, $crate::session::SessionCloseError<Self, F>>;

            fn call_core(&self) -> &$crate::client::Core<$api, T, S> {
                &self.0
            }

            fn client_of<N: $crate::client::Scope>(core: $crate::client::Core<$api, T, N>) -> Client<T, N> {
                Client(core)
            }

            fn end_call<A, F: $crate::exchange::Failure>(
                self,
                result: Result<A, $crate::exchange::Error<F>>,
            ) -> Result<A, $crate::session::SessionCloseError<Self, F>> {
                result.map_err(|error| $crate::session::SessionCloseError { session: self, error })
            }
        }

        impl<T, S: $crate::client::Scope> $crate::generated::Caller for Client<T, S> {
            type Transport = T;
            type Options = $crate::client::CallConfig<<$api as $crate::client::Api>::Options>;

            fn transport(&self) -> &T {
                self.0.transport()
            }

            fn with_context<O>(
                &self,
                options: &Self::Options,
                call: impl FnOnce(&$crate::exchange::CallContext<'_>) -> O,
            ) -> O {
                self.0.with_context(options, call)
            }
        }

        /// A call that has not been sent yet. What the vendor lets a caller leave out is set by methods that are called as the vendor calls
        /// it; those that begin with `with_` are for this call what the client's config is for all. A call of `&Client` gives a `Result`
        /// with the [`Error`]; one of a `Client` closes its session, and gives the client back with the error.
        #[must_use = "nothing is sent until `send` or `send_blocking`"]
        pub struct Call<C: $crate::client::AsClient, R>($crate::client::PendingCall<C, R>);

        impl<C: $crate::client::AsClient, R> Call<C, R> {
            #[doc(hidden)]
            pub fn __request(&mut self) -> &mut R {
                &mut self.0.request
            }

            /// In this format, instead of the config's.
            pub fn with_format(mut self, format: $crate::Format) -> Self {
                self.0.config.format = Some(format);
                self
            }

            /// By this HTTP method, instead of the config's.
            pub fn with_method(mut self, method: ::http::Method) -> Self {
                self.0.config.method = Some(method);
                self
            }

            /// With this time for each try, instead of the config's.
            pub fn with_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.0.config.timeout = Some(timeout);
                self
            }

            /// With this time for the call as a whole, over its tries and the waits between them, instead of the config's.
            pub fn with_total_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.0.config.total_timeout = Some(timeout);
                self
            }

            /// With this retry policy, instead of the config's.
            pub fn with_retry_policy(mut self, retry_policy: $crate::client::RetryPolicy) -> Self {
                self.0.config.retry_policy = Some(retry_policy);
                self
            }

            /// With these limits of a reply, instead of the config's.
            pub fn with_limits(mut self, limits: $crate::Limits) -> Self {
                self.0.config.limits = Some(limits);
                self
            }

            /// With a header that the definition does not tell of, instead of the config's of that name.
            pub fn with_header(mut self, name: ::http::HeaderName, value: ::http::HeaderValue) -> Self {
                self.0.config.additions.set_header(name, value);
                self
            }

            /// With a parameter that the definition does not tell of, instead of the config's of that name.
            pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.0.config.additions.add_parameter(name, value);
                self
            }
        }

        impl<C: $crate::client::AsClient, R: $crate::client::OfferedRequest> Call<C, R> {
            /// Sends it, and tries again where that may help and does no harm.
            pub fn send(self) -> impl ::core::future::Future<Output = $crate::client::Output<C, R>>
            where
                C::Transport: $crate::client::Transport,
                R::Outcome: $crate::client::Outcome<C, R>,
            {
                self.0.send()
            }

            /// The same, blocking the caller.
            pub fn send_blocking(self) -> $crate::client::Output<C, R>
            where
                C::Transport: $crate::client::blocking::Transport,
                R::Outcome: $crate::client::Outcome<C, R>,
            {
                self.0.send_blocking()
            }
        }

        impl<'a, T, S, R> Call<&'a Client<T, S>, R>
        where
            S: $crate::client::Scope,
            R: $crate::client::PaginatedRequest + $crate::client::In<S>,
        {
            /// Makes one call after the other, as each reply says, and gives the items of all replies, one by one. Nothing is called until an
            /// item is asked for.
            pub fn paginate(self) -> $crate::client::Paginator<'a, Client<T, S>, R> {
                self.0.paginate()
            }

            /// The same, blocking the caller.
            pub fn paginate_blocking(self) -> $crate::client::blocking::Paginator<'a, Client<T, S>, R> {
                self.0.paginate_blocking()
            }
        }

        impl<C: $crate::client::AsClient, R: $crate::exchange::Request> ::core::fmt::Debug for Call<C, R> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.fmt(f)
            }
        }

        $crate::__client! { $options, $api }
    };

    (default, $api:ty) => {
        impl<C: $crate::client::AsClient<Api = $api>, R> Call<C, R> {
            pub(crate) fn __new(caller: C, request: R) -> Self {
                Self($crate::client::PendingCall::new(caller, request, Default::default()))
            }
        }

        impl<T, S: $crate::client::Scope> Client<T, S> {
            /// A call with a request that was made elsewhere.
            pub fn call<R>(&self, request: R) -> Call<&Self, R>
            where
                R: $crate::exchange::Request<Failure = <$api as $crate::client::Api>::Failure>
                    + $crate::client::In<S>,
            {
                Call::__new(self, request)
            }
        }
    };

    (given, $api:ty) => {
        impl<C: $crate::client::AsClient<Api = $api>, R> Call<C, R> {
            pub(crate) fn __new(
                caller: C,
                request: R,
                options: <$api as $crate::client::Api>::Options,
            ) -> Self {
                Self($crate::client::PendingCall::new(caller, request, options))
            }
        }

        impl<T, S: $crate::client::Scope> Client<T, S> {
            /// A call with a request that was made elsewhere.
            pub fn call<R>(
                &self,
                request: R,
                options: <$api as $crate::client::Api>::Options,
            ) -> Call<&Self, R>
            where
                R: $crate::exchange::Request<Failure = <$api as $crate::client::Api>::Failure>
                    + $crate::client::In<S>,
            {
                Call::__new(self, request, options)
            }
        }
    };
}

/// What every state of a session has: `save` and `restore`.
#[doc(hidden)]
#[macro_export]
macro_rules! __session_state {
    ($($state:ident),* $(,)?) => {
        $(
            impl $state {
                /// The state as a text that [`restore`](Self::restore) takes. The text is as secret as the session.
                ///
                /// # Errors
                ///
                /// When a value has characters that cannot be written.
                pub fn save(&self) -> Result<$crate::Secret<String>, $crate::EncodeError> {
                    $crate::json::to_string(self).map($crate::Secret::new)
                }

                /// The state that [`save`](Self::save) made the text of.
                ///
                /// # Errors
                ///
                /// When the text is not one that `save` made.
                pub fn restore(saved: &str) -> Result<Self, $crate::DecodeError> {
                    $crate::json::from_str(saved)
                }
            }
        )*
    };
}

/// What the operations of a vendor share, or those of them with one envelope.
#[doc(hidden)]
#[macro_export]
macro_rules! __api {
    ($api:ident, $parameters:ty, $options:ty, $envelope:ident, $failed:ident $(, $echo:ident, $member:ident)?) => {
        impl $crate::client::Api for $api {
            type Parameters = $parameters;
            type Options = $options;
            type Failure = Failure;
            type Answer<D> = Answer<D>;
            type Envelope<D: $crate::generated::Payload> = $envelope<D>;
            type FailedEnvelope<D: $crate::generated::Payload> = $failed<D>;

            $($crate::__api! { $echo, $member })?
        }
    };

    (optional, $member:ident) => {
        fn echo<D>(answer: &mut Answer<D>, request_id: Option<String>) {
            answer.$member = answer.$member.take().or(request_id);
        }
    };

    (required, $member:ident) => {
        fn echo<D>(answer: &mut Answer<D>, request_id: Option<String>) {
            if let Some(request_id) = request_id {
                answer.$member = request_id;
            }
        }
    };
}
