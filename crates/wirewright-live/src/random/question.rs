//! What a judge is asked.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{keys::Keys, plan::Plan, scheme::Scheme, wire::Wire};

impl Scheme {
    /// Whether it takes a request.
    pub(super) fn taken_question(&self, keys: &Keys, wire: &Wire) -> Value {
        json!({ "scheme": self.judge, "keys": keys.json, "taken": wire.json() })
    }

    /// What it makes of a plan.
    pub(super) fn sign_question(&self, keys: &Keys, plan: &Plan) -> Value {
        let place = match (self.in_header, plan.in_form()) {
            (true, _) => "header",
            (false, true) => "form",
            (false, false) => "query",
        };
        let of_call = |name: &str| keys.call.iter().find(|(one, _)| *one == name).map(|(_, value)| value);
        let mut pairs = plan.pairs.clone();
        pairs.extend(self.always.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if self.judge == "oauth" && plan.in_form() && pairs.is_empty() {
            // An empty body is no form to it.
            pairs.push(("a".to_owned(), String::new()));
        }
        if self.judge == "aws" && place == "query" {
            // Of several values of a name botocore signs one, when it signs a URL.
            let mut names = BTreeSet::new();
            pairs.retain(|(name, _)| names.insert(name.clone()));
        }
        let sign = json!({
            "method": plan.method, "endpoint": plan.endpoint, "path": self.path, "place": plan.place,
            "form": plan.in_form() && !pairs.is_empty(), "pairs": pairs, "plus": plan.plus, "clock": plan.clock,
            "nonce": plan.random.map(|byte| format!("{byte:02x}")).concat(),
            "signature": place, "realm": plan.realm, "callback": of_call("oauth_callback"), "verifier": of_call("oauth_verifier"),
            "expires": of_call("X-Amz-Expires"),
        });
        json!({ "scheme": self.judge, "keys": keys.json, "sign": sign })
    }
}
