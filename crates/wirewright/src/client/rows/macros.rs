//! What a vendor's `Call` has where the vendor has replies or requests of rows.

/// Behind `client!`, in the same module.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_rows {
    () => {
        impl<C: $crate::client::AsClient, R: $crate::client::RowsRequest> Call<C, R> {
            /// Sends it, and reads the reply row by row while it comes, however long it is. The vendor's refusal is found before the first
            /// row, unless it is behind the rows.
            pub fn send_for_rows(
                self,
            ) -> impl ::core::future::Future<
                Output = Result<
                    $crate::client::RowsReply<R, <C::Transport as $crate::client::StreamingTransport>::Body>,
                    $crate::exchange::Error<R::Failure>,
                >,
            >
            where
                C::Transport: $crate::client::StreamingTransport,
            {
                self.0.send_for_rows()
            }

            /// The same, blocking the caller.
            ///
            /// # Errors
            ///
            /// See [`Error`].
            pub fn send_for_rows_blocking(
                self,
            ) -> Result<
                $crate::client::blocking::RowsReply<
                    R,
                    <C::Transport as $crate::client::blocking::StreamingTransport>::Body,
                >,
                $crate::exchange::Error<R::Failure>,
            >
            where
                C::Transport: $crate::client::blocking::StreamingTransport,
            {
                self.0.send_for_rows_blocking()
            }
        }

        impl<C: $crate::client::AsClient, R: $crate::client::RowsUpload> Call<C, R> {
            /// Sends it with these rows behind those that the request has. They are written while they are sent, however many they are, and
            /// sent once: the call is not tried again.
            pub fn send_rows<I>(
                self,
                rows: I,
            ) -> impl ::core::future::Future<Output = Result<R::Answer, $crate::exchange::Error<R::Failure>>>
            where
                C::Transport: $crate::client::Transport,
                I: IntoIterator<Item: $crate::wire::Message, IntoIter: Send + 'static>,
            {
                self.0.send_rows(rows)
            }

            /// The same, blocking the caller.
            ///
            /// # Errors
            ///
            /// See [`Error`]. A row that cannot be written breaks the request off.
            pub fn send_rows_blocking<I>(
                self,
                rows: I,
            ) -> Result<R::Answer, $crate::exchange::Error<R::Failure>>
            where
                C::Transport: $crate::client::blocking::Transport,
                I: IntoIterator<Item: $crate::wire::Message, IntoIter: Send + 'static>,
            {
                self.0.send_rows_blocking(rows)
            }
        }
    };
}
