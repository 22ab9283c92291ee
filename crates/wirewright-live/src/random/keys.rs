//! What both sides of a request know, at random.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    plan::{text, word},
    scheme::Scheme,
};

/// What both sides know, by names on the wire.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) client: Vec<(&'static str, String)>,
    /// The token and its secret.
    pub(super) session: Option<[String; 2]>,
    /// What the caller says beside the request.
    pub(super) call: Vec<(&'static str, String)>,
    /// The same for a judge.
    pub(super) json: Value,
}

impl Keys {
    /// Those of one request of a scheme.
    pub(super) fn new(scheme: &Scheme, random: &mut Rng) -> Self {
        if scheme.judge == "oauth" { Self::oauth(scheme, random) } else { Self::aws(scheme, random) }
    }

    fn oauth(scheme: &Scheme, random: &mut Rng) -> Self {
        // oauthlib's verification decodes what is in a query or form twice where a name begins with `oauth_` (4.0.1, signature.py,
        // collect_parameters): there it takes no `%`, and no PLAINTEXT of secrets that have anything to be encoded. By RFC 5849, 3.4.1.3.1,
        // they are decoded once.
        let value = |random: &mut Rng, length| {
            let text = text(random, length);
            if scheme.in_header { text } else { text.replace('%', "") }
        };
        let secret = |random: &mut Rng, length| {
            let any = scheme.in_header || !scheme.is_plaintext();
            format!("s{}", if any { text(random, length) } else { word(random, length) })
        };
        let key = format!("k{}", value(random, 0..=6));
        let session =
            (random.u8(..3) > 0).then(|| [format!("t{}", value(random, 0..=5)), secret(random, 0..=5)]);
        let secret = secret(random, 1..=6);
        let [token, token_secret] = session.clone().map_or([None, None], |session| session.map(Some));
        let json = json!({
            "algorithm": scheme.algorithm, "key": key, "secret": secret, "token": token, "token_secret": token_secret,
        });
        let mut call = Vec::new();
        if !scheme.is_plaintext() || scheme.in_header {
            for name in ["oauth_callback", "oauth_verifier"] {
                if random.u8(..4) == 0 {
                    call.push((name, format!("c{}", value(random, 0..=4))));
                }
            }
            if random.bool() {
                call.push(("oauth_version", "1.0".to_owned()));
            }
        }
        Self { client: vec![("oauth_consumer_key", key), ("secret", secret)], session, call, json }
    }

    fn aws(scheme: &Scheme, random: &mut Rng) -> Self {
        let (key, secret) = (word(random, 16..=20), text(random, 1..=6));
        let region = word(random, 3..=9);
        let service = scheme.service.map_or_else(|| word(random, 3..=9), str::to_owned);
        let token = random.bool().then(|| format!("{}/+=", word(random, 1..=40)));
        let json =
            json!({ "key": key, "secret": secret, "token": token, "region": region, "service": service });
        let mut client = vec![("access-key", key), ("secret", secret), ("region", region)];
        if scheme.service.is_none() {
            client.push(("service", service));
        }
        client.extend(token.map(|token| ("X-Amz-Security-Token", token)));
        let call = if scheme.in_header {
            Vec::new()
        } else {
            vec![("X-Amz-Expires", random.u32(1..604_800).to_string())]
        };
        Self { client, session: None, call, json }
    }
}
