//! What a request carries beside the operation's own parameters, as the server side reads it: the client's values, the call's
//! options, and what it says about its session.

use crate::{
    describe::{
        class::ServerCondition,
        protocol::{ParameterDescription, ParameterSource, SessionKind},
    },
    server::{incoming::Incoming, rejection::Rejection},
    wire::{Fill, OwnedMessage, Shape},
};

/// Which member of the client's parameters a parameter is.
const fn of_client(source: ParameterSource) -> Option<usize> {
    match source {
        ParameterSource::Client(member) => Some(member),
        _ => None,
    }
}

/// Which member of the call's options a parameter is.
const fn of_options(source: ParameterSource) -> Option<usize> {
    match source {
        ParameterSource::Options(member)
        | ParameterSource::RequestId(member)
        | ParameterSource::AutoFilled { member, .. } => Some(member),
        _ => None,
    }
}

impl Incoming {
    /// The client's parameters, under whatever names the operation's group has for them.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn read_client<T: OwnedMessage>(&self) -> Result<T, Rejection> {
        let mut client = T::empty();
        self.read_client_into(T::SHAPE, &mut client)?;
        Ok(client)
    }

    /// As [`read_client`](Self::read_client), into a value that is known by its shape.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn read_client_into(
        &self,
        shape: &'static Shape,
        client: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        self.read_provided(of_client, shape, client)
    }

    /// The call's options.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn read_options<T: OwnedMessage>(&self) -> Result<T, Rejection> {
        let mut options = T::empty();
        self.read_options_into(T::SHAPE, &mut options)?;
        Ok(options)
    }

    /// As [`read_options`](Self::read_options), into a value that is known by its shape.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn read_options_into(
        &self,
        shape: &'static Shape,
        options: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        self.read_provided(of_options, shape, options)
    }

    fn read_provided(
        &self,
        member: fn(ParameterSource) -> Option<usize>,
        shape: &'static Shape,
        value: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), Rejection> {
        let own = |index: usize| shape.members().nth(index).map_or("", |member| member.query());
        // The names that this operation has for a member, or that only other groups have for one.
        let mut placed: Vec<(&ParameterDescription, &str)> = Vec::new();
        let mut absent: Vec<&str> = Vec::new();
        for parameter in self.operation().protocol.parameters {
            let Some(index) = member(parameter.source) else { continue };
            if self.carries(parameter) {
                placed.push((parameter, own(index)));
            } else {
                absent.push(parameter.name);
            }
        }
        if absent.is_empty() && placed.iter().all(|(parameter, _)| parameter.default.is_none()) {
            return self.read_into(shape, value);
        }
        let mut parameters = String::with_capacity(self.parameters().len());
        for segment in self.parameters().split('&') {
            let Some((name, _)) = form_urlencoded::parse(segment.as_bytes()).next() else { continue };
            let renamed = placed.iter().find(|(sent, own)| sent.name == name && sent.name != *own);
            // A name that only other groups have says something else here.
            let known = || placed.iter().any(|(sent, _)| sent.is_called(&name));
            if renamed.is_none() && absent.contains(&&*name) && !known() {
                continue;
            }
            if !parameters.is_empty() {
                parameters.push('&');
            }
            match renamed {
                Some((_, own)) => {
                    parameters.extend(form_urlencoded::byte_serialize(own.as_bytes()));
                    parameters.push_str(segment.find('=').map_or("", |at| &segment[at..]));
                }
                None => parameters.push_str(segment),
            }
        }
        // What may be left out means its default.
        for (parameter, own) in placed {
            let sent = || form_urlencoded::parse(parameters.as_bytes()).any(|(name, _)| name == own);
            if let Some(default) = parameter.default.filter(|_| !sent()) {
                parameters = form_urlencoded::Serializer::new(parameters).append_pair(own, default).finish();
            }
        }
        self.read_from(&parameters, shape, value)
    }

    /// What the request says about a session of this kind: `None` when the operation takes no such session, or when the request
    /// does not have all that such a session's calls carry.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn claim<T: OwnedMessage>(&self, kind: &SessionKind) -> Result<Option<T>, Rejection> {
        let mut claim = T::empty();
        Ok(self.claim_into(kind, T::SHAPE, &mut claim)?.then_some(claim))
    }

    /// As [`claim`](Self::claim), into a value that is known by its shape; `false`: there is no claim.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn claim_into(
        &self,
        kind: &SessionKind,
        shape: &'static Shape,
        claim: &mut dyn for<'de> Fill<'de>,
    ) -> Result<bool, Rejection> {
        let claimed = self.claims(kind);
        if claimed {
            self.read_into(shape, claim)?;
        }
        Ok(claimed)
    }

    /// Whether the request has all that calls of such a session carry.
    pub(crate) fn claims(&self, kind: &SessionKind) -> bool {
        self.operation().takes(kind) && kind.parameters.iter().all(|name| self.has(name))
    }

    /// What is wrong with a request that [claims](Self::claim) no session.
    ///
    /// # Errors
    ///
    /// When the operation needs a session, or when the request has some of what a session's calls carry: the first parameter
    /// that is missing, of the kind that has most.
    pub fn without_session(&self) -> Result<(), Rejection> {
        let sent = |kind: &&SessionKind| kind.parameters.iter().filter(|name| self.has(name)).count();
        // The first of several kinds that have as many.
        let kinds = self.operation().sessions.iter().copied();
        let Some(kind) = kinds.rev().max_by_key(sent) else { return Ok(()) };
        if self.operation().sessionless && sent(&kind) == 0 {
            return Ok(());
        }
        let missing = kind.parameters.iter().find(|name| !self.has(name));
        Err(match missing {
            Some(name) => Rejection::parameter(ServerCondition::ParameterMissing, name),
            None => Rejection::new(ServerCondition::SessionUnknown),
        })
    }

    fn has(&self, name: &str) -> bool {
        form_urlencoded::parse(self.parameters().as_bytes()).any(|(sent, _)| sent == name)
    }
}
