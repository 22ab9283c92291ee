//! The clients of AWS STS, SNS and SQS against moto, an emulator of these services. It tells the service by the credential, and checks
//! each signature.

use std::{collections::BTreeMap, fmt::Debug};

use aws_sns::types::{MessageAttributeValue, Tag};
use aws_sqs::types::{DeleteMessageBatchRequestEntry, SendMessageBatchRequestEntry};
use http::HeaderValue;
use wirewright::{
    client::Config,
    exchange::{Error, Failure},
};
use wirewright_ureq::Transport;

use crate::{
    changed::{self, Change, Changed},
    outcome::{Outcome, hold},
    python::Server,
};

const REGION: &str = "eu-west-1";

pub(crate) fn run(server: &Server) -> Outcome {
    let [key, secret] = server.told() else { return Err("moto told no access key".into()) };
    let secret = secret.as_str();
    let config = Config::new().with_endpoint(server.url());
    topics(&aws_sns::Client::new(Transport::new(), REGION, key, secret).with_config(config.clone()))?;
    queues(&aws_sqs::Client::new(Transport::new(), REGION, key, secret).with_config(config.clone()))?;
    identities(
        &aws_sts::Client::new(Transport::new(), REGION, key, secret).with_config(config.clone()),
        &config,
    )?;

    let wrong = format!("{secret}x");
    let forged = aws_sns::Client::new(Transport::new(), REGION, key, wrong).with_config(config.clone());
    refused("another secret", &forged.list_topics().send_blocking())?;
    let changes: [(&str, Change); 3] = [
        ("another body", |request| request.body_mut().iter_mut().rev().take(1).for_each(|last| *last ^= 1)),
        // A header more it takes, which the service does not: it looks at none but those that the request says are signed.
        ("another time", |request| {
            request.headers_mut().insert("x-amz-date", HeaderValue::from_static("20200101T000000Z"));
        }),
        ("another signature", changed::signature),
    ];
    for (what, change) in changes {
        let client =
            aws_sns::Client::new(Changed::new(change), REGION, key, secret).with_config(config.clone());
        refused(what, &client.list_topics().send_blocking())?;
    }
    Ok(())
}

/// It says so in the form of another service, EC2's.
fn refused<T: Debug, F: Failure>(what: &str, outcome: &Result<T, Error<F>>) -> Outcome {
    let is_refused = matches!(outcome, Err(Error::Http(error)) if error.status == 403);
    hold(is_refused, || format!("{what}: {outcome:?}"))
}

fn topics(client: &aws_sns::Client<Transport>) -> Outcome {
    let mut attributes = BTreeMap::new();
    attributes.insert("DisplayName".to_owned(), "a & b=ü".to_owned());
    let created =
        client.create_topic("T").attributes(attributes).tags(vec![Tag::new("k", "v & w")]).send_blocking()?;
    let topic = created.data.topic_arn;
    hold(topic.ends_with(":T"), || topic.clone())?;

    let told = client.get_topic_attributes(&topic).send_blocking()?.data.attributes;
    hold(told.get("DisplayName").is_some_and(|name| name == "a & b=ü"), || format!("{told:?}"))?;
    let tags = client.list_tags_for_resource(&topic).send_blocking()?.data.tags;
    hold(tags == [Tag::new("k", "v & w")], || format!("{tags:?}"))?;
    client.tag_resource(&topic, vec![Tag::new("l", "")]).send_blocking()?;
    let mut attribute = MessageAttributeValue::new("Number");
    attribute.string_value = Some("1".to_owned());
    let sent = client
        .publish("ä & <b>")
        .topic_arn(&topic)
        .message_attributes(BTreeMap::from([("n".to_owned(), attribute)]))
        .send_blocking()?;
    hold(!sent.data.message_id.is_empty(), || format!("{sent:?}"))?;

    // More than the 100 that one reply lists.
    for number in 0..120 {
        client.create_topic(format!("T{number}")).send_blocking()?;
    }
    let listed = client.list_topics().paginate_blocking().collect::<Result<Vec<_>, _>>()?;
    hold(listed.len() == 121, || format!("{} topics", listed.len()))?;
    client.delete_topic(&topic).send_blocking()?;
    let gone = client.get_topic_attributes(&topic).send_blocking();
    let code = gone.as_ref().err().and_then(|error| error.code().cloned());
    hold(code == Some(aws_sns::ErrorCode::NotFound), || format!("a topic that is not there: {gone:?}"))
}

fn queues(client: &aws_sqs::Client<Transport>) -> Outcome {
    let attributes = BTreeMap::from([("VisibilityTimeout".to_owned(), "40".to_owned())]);
    let tags = BTreeMap::from([("k".to_owned(), "v & w".to_owned())]);
    let queue =
        client.create_queue("q").attributes(attributes).tags(tags.clone()).send_blocking()?.data.queue_url;
    let told = client.get_queue_attributes(&queue).attribute_names(vec!["All".to_owned()]).send_blocking()?;
    let timeout = told.data.attributes.get("VisibilityTimeout").map(String::as_str);
    hold(timeout == Some("40"), || format!("{told:?}"))?;
    let told = client.list_queue_tags(&queue).send_blocking()?.data.tags;
    hold(told == tags, || format!("{told:?}"))?;

    let entry = |id: &str, body: &str| SendMessageBatchRequestEntry::new(id, body);
    let sent = client
        .send_message_batch(&queue, vec![entry("a", "one"), entry("b", "ä & <b>")])
        .send_blocking()?
        .data;
    hold(sent.successful.len() == 2 && sent.failed.is_empty(), || format!("{sent:?}"))?;
    let received = client.receive_message(&queue).max_number_of_messages(10).send_blocking()?.data.messages;
    let mut bodies: Vec<_> = received.iter().filter_map(|message| message.body.as_deref()).collect();
    bodies.sort_unstable();
    hold(bodies == ["one", "ä & <b>"], || format!("{received:?}"))?;
    let handles = received.iter().filter_map(|message| message.receipt_handle.as_deref());
    let handles = handles.chain(["none"]).enumerate();
    let entries =
        handles.map(|(number, handle)| DeleteMessageBatchRequestEntry::new(number.to_string(), handle));
    let deleted = client.delete_message_batch(&queue, entries.collect()).send_blocking()?.data;
    hold(deleted.successful.len() == 2 && deleted.failed.len() == 1, || format!("{deleted:?}"))?;

    for number in 0..5 {
        client.create_queue(format!("q{number}")).send_blocking()?;
    }
    let listed = client.list_queues().max_results(2).paginate_blocking().collect::<Result<Vec<_>, _>>()?;
    hold(listed.len() == 6, || format!("{listed:?}"))?;
    client.delete_queue(&queue).send_blocking()?;
    let gone = client.get_queue_url("q").send_blocking();
    let code = gone.as_ref().err().and_then(|error| error.code().cloned());
    hold(code == Some(aws_sqs::ErrorCode::NonExistentQueue), || {
        format!("a queue that is not there: {gone:?}")
    })
}

fn identities(client: &aws_sts::Client<Transport>, config: &Config) -> Outcome {
    let me = client.get_caller_identity().send_blocking()?.data;
    hold(me.arn.as_deref().is_some_and(|arn| arn.ends_with(":user/ada")), || format!("{me:?}"))?;

    let assumed =
        client.assume_role("arn:aws:iam::123456789012:role/reader", "reading").send_blocking()?.data;
    let credentials = assumed.credentials.ok_or("no credentials")?;
    let (key, secret) = (credentials.access_key_id, credentials.secret_access_key);
    let parameters = aws_sts::ClientParameters::new(REGION, key, secret.expose().as_str())
        .with_session_token(credentials.session_token.expose().as_str());
    let reader = client.clone().with_parameters(parameters).with_config(config.clone());
    let me = reader.get_caller_identity().send_blocking()?.data;
    hold(me.arn.as_deref().is_some_and(|arn| arn.ends_with("/reader/reading")), || format!("{me:?}"))
}
