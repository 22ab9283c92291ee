//! The client of Azure Queue against azurite, an emulator of that service, which checks `SharedKey` signatures.

use std::{collections::BTreeMap, error::Error as StdError};

use azure_queue::{CallOptions, Client, Config, Error, ErrorCode, types::Include};
use http::HeaderValue;
use wirewright_ureq::Transport;

use crate::{
    changed::{self, Change, Changed},
    outcome::{Outcome, hold},
    python::Server,
};

const TEXT: &str = "hi & <b> 日本 \"+\" %41\n";

pub(crate) fn run(server: &Server) -> Outcome {
    let [account, key] = server.told() else { return Err("azurite told no account".into()) };
    let config = Config::new().with_endpoint(server.url());
    let client = Client::new(Transport::new(), account, key.as_str()).with_config(config.clone());
    queues(&client)?;
    messages(&client)?;

    // The same calls are taken as they are signed, and refused with another key or with anything changed.
    client.create("taken").send_blocking()?;
    let changes: [(&str, Change); 3] = [
        ("another parameter", |request| {
            let target = request.uri().to_string().replace("numofmessages=1", "numofmessages=2");
            *request.uri_mut() = target.parse().unwrap_or_default();
        }),
        ("another header", |request| {
            request.headers_mut().insert("x-ms-client-request-id", HeaderValue::from_static("b"));
        }),
        ("another signature", changed::signature),
    ];
    let options = CallOptions::default().with_client_request_id("a");
    client.peek("taken").limit(1).with_options(options.clone()).send_blocking()?;
    for (what, change) in changes {
        let client = Client::new(Changed::new(change), account, key.as_str()).with_config(config.clone());
        refused(what, &client.peek("taken").limit(1).with_options(options.clone()).send_blocking())?;
    }
    // Base64 as well, and another one.
    let other = Client::new(Transport::new(), account, format!("AAAA{key}")).with_config(config);
    refused("another key", &other.peek("taken").send_blocking())
}

fn refused<T: std::fmt::Debug>(what: &str, outcome: &Result<T, Error>) -> Outcome {
    hold(code(outcome) == Some(ErrorCode::AuthenticationFailed), || format!("{what}: {outcome:?}"))
}

fn code<T>(outcome: &Result<T, Error>) -> Option<ErrorCode> {
    outcome.as_ref().err().and_then(|error| error.code().cloned())
}

fn queues(client: &Client<Transport>) -> Outcome {
    let listed = client.list().send_blocking()?.data;
    hold(listed.queues.is_empty() && listed.next.is_none(), || format!("{listed:?}"))?;

    let metadata = BTreeMap::from([("owner".to_owned(), "ada".to_owned())]);
    client.create("parcels").metadata(metadata.clone()).send_blocking()?;
    // Once more with the same metadata is no conflict, and with other ones it is.
    client.create("parcels").metadata(metadata.clone()).send_blocking()?;
    let conflict = client.create("parcels").send_blocking();
    hold(code(&conflict) == Some(ErrorCode::QueueExists), || format!("{conflict:?}"))?;
    let told = client.get_metadata("parcels").send_blocking()?.data;
    hold(told.metadata == metadata && told.count == 0, || format!("{told:?}"))?;
    let metadata = BTreeMap::from([("color".to_owned(), "red, or green".to_owned())]);
    client.set_metadata("parcels").metadata(metadata.clone()).send_blocking()?;
    let told = client.get_metadata("parcels").send_blocking()?.data;
    hold(told.metadata == metadata, || format!("{told:?}"))?;

    for number in 0..5 {
        client.create(format!("parcels-{number}")).send_blocking()?;
    }
    let all = client.list().prefix("parcels-").limit(2);
    let pages: Result<Vec<_>, Error> = all.paginate_blocking().collect();
    let names: Vec<String> = pages?.into_iter().map(|queue| queue.name).collect();
    let expected: Vec<String> = (0..5).map(|number| format!("parcels-{number}")).collect();
    hold(names == expected, || format!("{names:?}"))?;
    let listed = client.list().include(Include::Metadata).limit(1).send_blocking()?.data;
    let first = listed.queues.first().ok_or("no queue")?;
    hold(first.metadata == metadata && listed.next.is_some(), || format!("{listed:?}"))?;
    for name in expected {
        client.queue_delete(name).send_blocking()?;
    }
    let gone = client.queue_delete("parcels-0").send_blocking();
    hold(code(&gone) == Some(ErrorCode::QueueNotFound), || format!("{gone:?}"))?;
    for (name, expected) in [("No-way", ErrorCode::InvalidName), ("no", ErrorCode::InputOutOfRange)] {
        let unnamed = client.create(name).send_blocking();
        hold(code(&unnamed) == Some(expected), || format!("{name}: {unnamed:?}"))?;
    }
    Ok(())
}

fn messages(client: &Client<Transport>) -> Outcome {
    let put = client.put("parcels", TEXT).time_to_live(3600).send_blocking()?.data.messages;
    let put = put.first().ok_or("nothing was put")?;
    let peeked = client.peek("parcels").limit(32).send_blocking()?.data.messages;
    let texts: Vec<_> = peeked.iter().map(|message| message.text.as_str()).collect();
    hold(texts == [TEXT] && peeked.iter().all(|message| message.deliveries == 0), || format!("{peeked:?}"))?;

    let got = client.get("parcels").visibility_timeout(30).send_blocking()?.data.messages;
    let got = got.first().ok_or("nothing was got")?;
    hold(got.id == put.id && got.text == TEXT && got.deliveries == 1, || format!("{got:?}"))?;
    let none = client.get("parcels").send_blocking()?.data.messages;
    hold(none.is_empty(), || format!("it is not hidden: {none:?}"))?;
    let updated = update(client, got, "another text")?;
    let old = client.message_delete("parcels", &got.id, &got.receipt).send_blocking();
    hold(code(&old) == Some(ErrorCode::PopReceiptMismatch), || format!("{old:?}"))?;
    client.message_delete("parcels", &got.id, &updated).send_blocking()?;

    for text in ["one", "two", "three"] {
        client.put("parcels", text).send_blocking()?;
    }
    let count = client.get_metadata("parcels").send_blocking()?.data.count;
    hold(count == 3, || format!("{count} messages"))?;
    client.clear("parcels").send_blocking()?;
    let peeked = client.peek("parcels").send_blocking()?.data.messages;
    hold(peeked.is_empty(), || format!("{peeked:?}"))?;
    client.queue_delete("parcels").send_blocking()?;
    let gone = client.put("parcels", "to nobody").send_blocking();
    hold(code(&gone) == Some(ErrorCode::QueueNotFound), || format!("{gone:?}"))
}

/// Gives a message another text, and leaves it visible; its new receipt.
fn update(
    client: &Client<Transport>,
    message: &azure_queue::types::Message,
    text: &str,
) -> Result<String, Box<dyn StdError>> {
    let updated = client.update("parcels", &message.id, &message.receipt, 0).text(text).send_blocking()?;
    let peeked = client.peek("parcels").send_blocking()?.data.messages;
    let texts: Vec<_> = peeked.iter().map(|message| message.text.as_str()).collect();
    hold(texts == [text], || format!("{peeked:?}"))?;
    Ok(updated.data.receipt)
}
