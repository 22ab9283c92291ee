//! Our two sides, by a definition that is interpreted: what a client signs, and what a server takes.

use std::{error::Error, time::Duration};

use http::Method;
use wirewright::{
    Format, Limits, Options, Secret,
    client::{Config, Environment},
    described::decode_into,
    exchange::{Additions, CallContext, SessionContext, write_request},
    server::{Secrets, receive},
};
use wirewright_interpret::{DynamicRecord, DynamicValue, RecordType};

use super::{keys::Keys, plan::Plan, scheme::Scheme, wire::Wire};

/// A record of what is written in pairs.
fn record(of: &'static RecordType, pairs: &[(&str, String)]) -> Result<DynamicRecord, Box<dyn Error>> {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let mut record = DynamicRecord::empty(of);
    decode_into(Format::Query, &query, &Options::new(), of.shape(), &mut record)?;
    Ok(record)
}

impl Scheme {
    /// The request that a client sends.
    pub(super) fn sign(&self, keys: &Keys, plan: &Plan) -> Result<Wire, Box<dyn Error>> {
        let operation = self.definition.operation(self.operation).ok_or("there is no such operation")?;
        let client = record(self.definition.client_parameters(), &keys.client)?;
        let options = record(self.definition.call_options(), &keys.call)?;
        let place = [("place", plan.place.clone())];
        let place: &[_] = if self.path.contains("{place}") { &place } else { &[] };
        let own = record(self.definition.request(operation), place)?;
        let mut additions = Additions::new();
        for (name, value) in &plan.pairs {
            additions.add_parameter(name, value);
        }
        let kind = self.definition.sessions().first();
        let opened = keys.session.clone().zip(kind);
        let opened = opened.map(|([token, secret], kind)| -> Result<_, Box<dyn Error>> {
            let carried = record(kind.carried(), &[("oauth_token", token.clone())])?;
            let fields: Vec<Secret<String>> = kind
                .described()
                .fields
                .iter()
                .map(|field| Secret::new(if *field == "token" { token.clone() } else { secret.clone() }))
                .collect();
            Ok((kind.described(), carried, fields))
        });
        let opened = opened.transpose()?;
        let session =
            opened.as_ref().map(|(kind, parameters, fields)| SessionContext { kind, parameters, fields });
        let method: Method = plan.method.parse()?;
        let environment = At { clock: plan.clock, random: plan.random };
        let config = Config::new();
        let context = CallContext {
            endpoint: Some(&plan.endpoint),
            method: Some(&method),
            client: &client,
            options: &options,
            additions: [Additions::NONE, &additions],
            session,
            environment: Some(&environment),
            request_ids: false,
            ..config.context()
        };
        Wire::of(write_request(operation.described(), &own, &context)?)
    }

    /// Whether a server takes a request: why not, otherwise.
    pub(super) fn take(&self, keys: &Keys, plan: &Plan, wire: &Wire) -> Result<(), Box<dyn Error>> {
        let request = wire.received()?;
        let operations = self.definition.catalog().operations;
        let incoming = receive(operations, &plan.endpoint, &request, &Limits::new())
            .map_err(|(refused, _)| format!("{refused:?}"))?;
        let refused = |refused| format!("{refused:?}");
        let operation = self.definition.called(&incoming).ok_or("no operation")?;
        self.definition.receive(operation, &incoming).map_err(refused)?;
        // As a service does it: who the request says it is from is looked up.
        let of = self.definition.client_parameters();
        let mut client = DynamicRecord::empty(of);
        incoming.read_client_into(of.shape(), &mut client).map_err(refused)?;
        let told = client.member(self.key).and_then(DynamicValue::text);
        if told.as_deref() != keys.json["key"].as_str() {
            return Err("another client".into());
        }
        let secret = client.member_mut("secret").ok_or("no secret")?;
        secret
            .set_text(keys.json["secret"].as_str().unwrap_or_default())
            .map_err(|expected| format!("{expected:?}"))?;
        let secrets = Secrets::none().of_client(&client);
        let Some((kind, [token, secret])) = self.definition.sessions().first().zip(keys.session.as_ref())
        else {
            incoming.without_session().map_err(refused)?;
            return Ok(incoming.verify(&secrets).map_err(refused)?);
        };
        let claim = self.definition.claim(kind, &incoming).map_err(refused)?.ok_or("no session")?;
        if !claim.values().any(|value| value.text().is_some_and(|text| text == *token)) {
            return Err("another session".into());
        }
        let of = |field: &&'static str| if *field == "token" { token.as_str() } else { secret.as_str() };
        let fields: Vec<&str> = kind.described().fields.iter().map(of).collect();
        Ok(incoming.verify(&secrets.of_session(kind.described(), &fields)).map_err(refused)?)
    }
}

/// A clock that stands, and a die that falls once.
struct At {
    clock: u64,
    random: [u8; 16],
}

impl Environment for At {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_secs(self.clock))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some(self.random)
    }
}
