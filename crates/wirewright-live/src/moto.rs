//! The client of topics against moto, an emulator of Amazon's services. It tells the service by the credential and checks no signature.

use std::collections::BTreeMap;

use topics::{
    Client, Config, ErrorCode,
    types::{Attribute, Tag},
};
use wirewright_ureq::Transport;

use crate::outcome::{Outcome, hold};

const CREDENTIAL: &str = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, \
                          Signature=00";

pub(crate) fn run(url: &str) -> Outcome {
    let client = Client::new(Transport::new(), CREDENTIAL).with_config(Config::new().with_endpoint(url));
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
    let mut attribute = Attribute::new("Number");
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
    hold(code == Some(ErrorCode::NotFound), || format!("a topic that is not there: {gone:?}"))
}
