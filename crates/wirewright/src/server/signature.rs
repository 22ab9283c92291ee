//! Whether a request is signed by who it says it is from.

use crate::{
    describe::{
        class::ServerCondition,
        protocol::{
            AutoFill, Operation, ParameterDescription, ParameterLocation, ParameterSource, SessionKind,
        },
    },
    exchange::{auto_fill, computed::ClientSide, host::is_label},
    server::{incoming::Incoming, rejection::Rejection, single::single},
    sign::{ComputedParameter, Demand, Known, KnownText, Message, Signed, TakenApart},
    wire::Record,
};

/// What a server knows of who signs a request: secrets that no request carries.
///
/// ```
/// use wirewright::{describe::SessionKind, server::Secrets};
///
/// static BADGE: SessionKind = SessionKind { name: "badge", parameters: &[], fields: &["key"], keyed: true };
///
/// let secrets = Secrets::none().of_session(&BADGE, &["hunter2"]);
/// assert!(!format!("{secrets:?}").contains("hunter2"));
/// ```
#[derive(Clone, Copy)]
pub struct Secrets<'s> {
    client: Client<'s>,
    session: Option<(&'static SessionKind, &'s [&'s str])>,
}

#[derive(Clone, Copy)]
enum Client<'s> {
    /// Signatures need nothing of it.
    Unasked,
    Known(&'s dyn Record),
    /// Whatever its secrets are, for mocks: what they sign has to be there, and is taken.
    Any,
    /// Nobody knows it: the same work is done for it, and what it sends is wrong.
    Unknown(&'s dyn Record),
}

impl<'s> Secrets<'s> {
    /// None.
    pub const fn none() -> Self {
        Self { client: Client::Unasked, session: None }
    }

    /// Those of a session of this kind: the values of its [fields](SessionKind::fields), in their order.
    #[must_use]
    pub const fn of_session(self, kind: &'static SessionKind, fields: &'s [&'s str]) -> Self {
        Self { session: Some((kind, fields)), ..self }
    }

    /// The client's parameters, with the secrets that the server knows of it.
    #[must_use]
    pub const fn of_client(self, client: &'s dyn Record) -> Self {
        Self { client: Client::Known(client), ..self }
    }

    /// The client's parameters as the request tells them, of a client that the server does not know: its signatures are wrong, after as
    /// much work as for one that it knows.
    #[must_use]
    pub const fn of_unknown_client(self, claimed: &'s dyn Record) -> Self {
        Self { client: Client::Unknown(claimed), ..self }
    }

    /// Whatever a client's secrets are: what is signed with them has to be there, and is taken. For mocks, and for nothing else.
    #[must_use]
    pub const fn of_any_client(self) -> Self {
        Self { client: Client::Any, ..self }
    }

    fn field(&self, name: &str) -> Option<&'s str> {
        let (kind, fields) = self.session?;
        let index = kind.fields.iter().position(|field| *field == name)?;
        fields.get(index).copied()
    }
}

/// Shows none of them.
impl std::fmt::Debug for Secrets<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = self.session.map(|(kind, _)| kind.name);
        f.debug_struct("Secrets").field("session", &kind).finish_non_exhaustive()
    }
}

/// What stands for a secret that nobody knows: it can be read as base64 and as hexadecimal.
const UNKNOWN: &str = "00000000000000000000000000000000";

/// A client that nobody knows.
struct Unknown<K>(K);

impl<K: Known> Known for Unknown<K> {
    fn client(&self, member: usize) -> Option<KnownText<'_>> {
        let claimed = self.0.client(member).filter(|claimed| !claimed.is_empty());
        Some(claimed.unwrap_or_else(|| KnownText::new(UNKNOWN)))
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        self.0.session(field)
    }
}

/// The parameters of an operation's requests that are computed, each with its description.
fn computed(
    operation: &'static Operation,
) -> impl Iterator<Item = (&'static ParameterDescription, &'static ComputedParameter)> {
    let parameters = operation.protocol.parameters.iter().filter(|one| one.goes_with(operation));
    parameters.filter_map(|parameter| match parameter.source {
        ParameterSource::Computed(index) => {
            Some((parameter, operation.protocol.computation?.parameters().get(index)?))
        }
        _ => None,
    })
}

/// Whether a parameter carries this value, and not only another value.
fn taken_by_itself(operation: &'static Operation, step: usize) -> bool {
    computed(operation).any(|(_, computed)| computed.step == step)
}

impl Incoming {
    /// Reads what computed values tell: who the client is, when it called. What is wrong with them is told when they are verified.
    pub(crate) fn take_apart(&mut self) {
        let mut taken = TakenApart::default();
        self.proof.not_taken_apart = self.taken(&mut taken).err();
        self.proof.taken_apart = taken;
        self.put_among();
    }

    fn taken(&self, taken: &mut TakenApart) -> Result<(), Rejection> {
        let operation = self.operation;
        let Some(computation) = operation.protocol.computation else { return Ok(()) };
        let wrong = |name| Rejection::parameter(ServerCondition::ParameterInvalid, name);
        for (parameter, computed) in computed(operation) {
            let unsigned = computed.demand == Demand::Session && !operation.signed;
            if parameter.location == ParameterLocation::Computed || unsigned {
                continue;
            }
            let Some(text) = single(self.parameters(), parameter.name)? else { continue };
            computation.take_apart(computed.step, &text, taken).ok_or_else(|| wrong(parameter.name))?;
        }
        // Those that other computed values carry.
        for (parameter, computed) in computed(operation) {
            if parameter.location == ParameterLocation::Computed
                && let Some((_, text)) = taken.parameters.iter().find(|(name, _)| name == parameter.name)
                && taken.steps.iter().all(|(step, _)| *step != computed.step)
            {
                let text = text.clone();
                computation.take_apart(computed.step, &text, taken).ok_or_else(|| wrong(parameter.name))?;
            }
        }
        Ok(())
    }

    /// Puts what is carried by computed values only among the parameters that are read; and what a host would tell, where the server runs
    /// under another one.
    fn put_among(&mut self) {
        let operation = self.operation;
        let parameters = operation.protocol.parameters.iter();
        let of_computed = |one: &&ParameterDescription| {
            let carried = match one.location {
                ParameterLocation::Computed => true,
                ParameterLocation::Host => !self.is_told(one.name),
                _ => false,
            };
            carried && one.goes_with(operation) && !matches!(one.source, ParameterSource::Computed(_))
        };
        let mut all = self.parameters().to_owned();
        let mut of_lists = self.proof.taken_apart.computed.clone();
        let mut any = false;
        for parameter in parameters.filter(of_computed) {
            any = true;
            let mut taken = self.proof.taken_apart.parameters.iter();
            let told = taken.find(|(name, _)| name == parameter.name).map(|(_, value)| value.clone());
            if parameter.location == ParameterLocation::Host {
                if let Some(label) = told.filter(|label| is_label(label)) {
                    all = form_urlencoded::Serializer::new(all).append_pair(parameter.name, &label).finish();
                }
                continue;
            }
            // What a list carries is told there, or not at all: nobody has signed what is only presumed.
            let is_listed = self.proof.taken_apart.would_tell(parameter.name);
            let value = told.or_else(|| match parameter.source {
                _ if is_listed => None,
                ParameterSource::Constant(value) => Some(value.to_owned()),
                ParameterSource::Operation => Some(operation.wire_name.to_owned()),
                ParameterSource::AutoFilled { with, .. } => self.another_clock(with),
                _ => None,
            });
            let Some(value) = value else { continue };
            let append = |text: String| {
                form_urlencoded::Serializer::new(text).append_pair(parameter.name, &value).finish()
            };
            all = append(all);
            if form_urlencoded::parse(of_lists.as_bytes()).all(|(name, _)| name != parameter.name) {
                of_lists = append(of_lists);
            }
        }
        if any {
            self.with_headers = Some(all);
            self.proof.taken_apart.computed = of_lists;
        }
    }

    /// Whether the request has a parameter of this name, from wherever.
    fn is_told(&self, name: &str) -> bool {
        form_urlencoded::parse(self.parameters().as_bytes()).any(|(told, _)| told == name)
    }

    /// What a clock says that is not sent, by one that is.
    fn another_clock(&self, wanted: AutoFill) -> Option<String> {
        let operation = self.operation;
        let common = operation.protocol.parameters.iter().filter(|one| one.goes_with(operation));
        let common = common.filter_map(|one| match one.source {
            ParameterSource::AutoFilled { with, .. } => Some((one.name, with)),
            _ => None,
        });
        let mut clocks = common.chain(operation.filled.iter().map(|filled| (filled.name, filled.with)));
        clocks.find_map(|(name, with)| {
            let text = single(self.parameters(), name).ok()??;
            auto_fill::written_at(wanted, auto_fill::told_by(with, &text)?)
        })
    }

    /// A parameter of the client of which a composed text, a header say, has another value than the client that is known: who is named
    /// there is not who signs.
    fn claimed_otherwise(&self, client: &dyn Record) -> Option<&'static str> {
        let nothing = |_: &str| None;
        let known = ClientSide::new(self.operation, client, &nothing);
        let mut parameters = self.operation.protocol.parameters.iter();
        parameters.find_map(|parameter| {
            let ParameterSource::Client(member) = parameter.source else { return None };
            let mut told = self.proof.taken_apart.parameters.iter();
            let (_, told) = told.find(|(name, _)| name == parameter.name)?;
            (!known.client(member)?.is(told)).then_some(parameter.name)
        })
    }

    /// Checks what a request proves by secrets, in constant time: each computed value that has to be there is, and is right. Where nothing
    /// has to be there, as in a session without a key, and nothing is, the request passes.
    ///
    /// Where the vendor signs its replies, the reply to this request is signed from here on with what is known of who sent it.
    ///
    /// Who is named in a composed text, as by a key's id in `Authorization`, has to be the client whose secrets are given. Where the vendor
    /// takes one kind of credentials of several, those of a client that is not known are refused, also when they are sent themselves; of one
    /// that is known they are compared by whoever knows it.
    ///
    /// It says nothing about the time that a request tells, nor whether its nonce has come before: that is for who has a clock and a
    /// memory. Only what is signed is proven.
    ///
    /// # Errors
    ///
    /// When a value that must be there is missing, or given twice, or one of those that are there is wrong. With an empty key every
    /// signature is wrong, and so is that of a request which was refused before it was read. A signed operation of a protocol that does not
    /// say how is refused as [`ServerCondition::Internal`].
    pub fn verify(&self, secrets: &Secrets<'_>) -> Result<(), Rejection> {
        let operation = self.operation;
        let Some(computation) = operation.protocol.computation else {
            let condition = ServerCondition::Internal;
            return if operation.signed { Err(Rejection::new(condition)) } else { Ok(()) };
        };
        if let Some(refused) = &self.proof.not_taken_apart {
            return Err(refused.clone());
        }
        let Some(sent) = &self.proof.sent else { return Err(Rejection::new(ServerCondition::Internal)) };
        let keyed = secrets.session.is_some_and(|(kind, _)| kind.keyed);
        let mut taken = self.proof.taken_apart.clone();
        let mut proof = None;
        let mut unchecked = false;
        for (parameter, computed) in computed(operation).filter(|(one, _)| self.carries(one)) {
            let demanded = match computed.demand {
                Demand::Never => false,
                Demand::Always => true,
                Demand::Signed => operation.signed,
                Demand::Session if operation.signed && keyed => true,
                Demand::Session => {
                    taken.steps.retain(|(step, _)| *step != computed.step);
                    continue;
                }
            };
            let is_there = taken.steps.iter().any(|(step, _)| *step == computed.step);
            if demanded && !is_there && !operation.signature_optional {
                return Err(Rejection::parameter(ServerCondition::ParameterMissing, parameter.name));
            }
            if matches!(secrets.client, Client::Any)
                && matches!(computed.demand, Demand::Always | Demand::Signed)
            {
                taken.steps.retain(|(step, _)| *step != computed.step);
                unchecked = true;
                continue;
            }
            if is_there && computed.demand != Demand::Never {
                proof = proof.or(Some(parameter.name));
            }
        }
        if unchecked {
            // The parts of what is not looked at are not looked at either.
            let kept = |step: usize| taken_by_itself(operation, step);
            taken.steps.retain(|(step, _)| kept(*step));
        }
        let headers = sent.headers_of(&self.url);
        let message = Message {
            method: self.method.as_str(),
            url: &self.url,
            operation: operation.wire_name,
            query: &sent.query,
            form: &sent.form,
            serialized: false,
            headers: Some(&headers),
            body: &sent.body,
            computed: &taken.computed,
            reply: "",
        };
        let field = |name: &str| secrets.field(name);
        let right = |known: &dyn Known| {
            computation.verify(&taken, &Signed::new(&message, known), self.proof.algorithms.as_deref())
        };
        let nobody = crate::exchange::Nothing::NONE;
        let right = match secrets.client {
            Client::Unasked | Client::Any => right(&ClientSide::new(operation, nobody, &field)),
            Client::Known(client) => right(&ClientSide::new(operation, client, &field)),
            Client::Unknown(client) => {
                right(&Unknown(ClientSide::new(operation, client, &field)));
                // Credentials that are sent themselves prove nothing either, when nobody knows them.
                proof.is_none() && self.credentials.is_none()
            }
        };
        if let Client::Known(client) = secrets.client
            && let Some(name) = self.claimed_otherwise(client)
        {
            return Err(Rejection::parameter(ServerCondition::SignatureWrong, name));
        }
        match (right, proof) {
            (true, _) => {
                if computation.reply().is_some() {
                    let client = if let Client::Known(client) = secrets.client { client } else { nobody };
                    let keys = computation.reply_keys(&ClientSide::new(operation, client, &field), None);
                    // Who has verified a request twice has known the same client twice.
                    let _ = self.proof.reply_keys.set(keys);
                }
                Ok(())
            }
            (false, Some(name)) => Err(Rejection::parameter(ServerCondition::SignatureWrong, name)),
            (false, None) if self.credentials.is_some() => {
                Err(Rejection::new(ServerCondition::CredentialsWrong))
            }
            (false, None) => Err(Rejection::new(ServerCondition::SignatureWrong)),
        }
    }
}
