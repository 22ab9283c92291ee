//! Paging over a mock comes to its end: by generated paginators, and by `call`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    fmt,
    io::{self, Read as _, Write as _},
    net::TcpListener,
    ops::ControlFlow,
    thread,
    time::Duration,
};

use support::{definition, definitions_with_pages, mock, with};
use wirewright::client::Config;
use wirewright_cli::{
    call::{Call, Failure, FailureKind, Open, Output, Pages, Report, System, run, run_pages},
    mock::{Fault, Mock, Rule, Server},
};
use wirewright_interpret::Definition;
use wirewright_ureq::Transport;

/// More items than any mock has.
const MANY: usize = 100;

fn at(server: &Server) -> Config {
    Config::new().with_endpoint(server.origin())
}

/// How many items come, and the end.
fn count<T, E: fmt::Display>(items: impl Iterator<Item = Result<T, E>>) -> usize {
    let items = items.take(MANY).map(|item| drop(item.unwrap_or_else(|error| panic!("{error}"))));
    let count = items.count();
    assert!(count < MANY);
    count
}

#[test]
fn generated_paginators_come_to_the_end() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let client = nina::Client::new(Transport::new(), "developer").with_config(at(&server));
    let session = client.client_login("chuck", "password").send_blocking().unwrap();
    let online = session.start_session().send_blocking().unwrap();
    assert!(count(online.fetch_events().paginate_blocking()) > 3);
    // Whoever asks again begins anew.
    assert!(count(online.fetch_events().paginate_blocking()) > 3);

    let server = Server::start(mock("quay"), 0).unwrap();
    let client = quay::Client::new(Transport::new()).with_config(at(&server));
    assert!(count(client.list("dock").paginate_blocking()) > 1);
    assert!(count(client.knots(1).paginate_blocking()) > 0);
    assert!(count(client.splices().paginate_blocking()) > 0);
    assert!(count(client.catalogue(0).paginate_blocking()) > 0);
    assert!(count(client.chapters().paginate_blocking()) > 0);

    let server = Server::start(mock("aws-sns"), 0).unwrap();
    let client =
        aws_sns::Client::new(Transport::new(), "us-east-1", "key", "secret").with_config(at(&server));
    assert!(count(client.list_topics().paginate_blocking()) > 0);

    let server = Server::start(mock("harbour"), 0).unwrap();
    let client = harbour::Client::new(Transport::new(), "north", "key").with_config(at(&server));
    let session = client.login().send_blocking().unwrap();
    assert!(count(session.watch().paginate_blocking()) > 1);
}

/// The environment of nobody.
struct Nobody;

impl System for Nobody {
    fn variable(&self, name: &str) -> Option<String> {
        if name.ends_with("AZURE_QUEUE_SECRET") {
            return Some("c2VjcmV0LW9mLQ==".to_owned());
        }
        if name.ends_with("BERTH") {
            return Some("b-7".to_owned());
        }
        let wanted = ["PWD", "SECRET", "KEY"].iter().any(|end| name.ends_with(end));
        wanted.then(|| format!("secret-of-{name}"))
    }

    fn ask(&self, _question: &str) -> Option<String> {
        None
    }

    fn read(&self, _path: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// The pages of a call to a mock.
fn paged(
    definition: &Definition,
    server: &Server,
    line: &str,
    most: Option<u64>,
) -> (Vec<String>, String, Report) {
    paged_at(definition, server.origin(), line, most)
}

/// The pages of a call as lines of JSON, what was said, and what became of it.
fn paged_at(
    definition: &Definition,
    endpoint: &str,
    line: &str,
    most: Option<u64>,
) -> (Vec<String>, String, Report) {
    let mut words = line.split(' ');
    let mut call = Call {
        operation: words.next().unwrap().to_owned(),
        endpoint: Some(endpoint.to_owned()),
        verbose: true,
        ..Call::default()
    };
    for word in words {
        let (name, value) = word.split_once('=').unwrap();
        match name.strip_prefix("login:") {
            Some(name) => call.login.push((name.to_owned(), value.to_owned())),
            None => call.pairs.push((name.to_owned(), value.to_owned())),
        }
    }
    let operation = definition.operation(&call.operation).unwrap();
    let (mut pages, mut told) = (Vec::new(), Vec::new());
    let mut each = |answered: &_| -> Result<ControlFlow<()>, Failure> {
        let text = Output::Json.render(definition, operation, answered, &[])?;
        pages.push(String::from_utf8(text).unwrap());
        assert!(pages.len() < MANY);
        Ok(ControlFlow::Continue(()))
    };
    let report =
        run_pages(definition, &call, &Nobody, &Open::new(), &mut told, Pages { most, each: &mut each });
    (pages, String::from_utf8(told).unwrap(), report)
}

/// Each operation that has pages, with what it needs.
const CALLS: [(&str, &str, usize); 25] = [
    ("nina", "aim/fetchEvents k=dev login:s=chuck", 4),
    ("quay", "rope/List Dock=d", 2),
    ("quay", "rope/Knots Page=1", 2),
    ("quay", "rope/Splices", 1),
    ("quay", "rope/Catalogue Start=0", 1),
    ("quay", "rope/Chapters", 2),
    ("aws-sns", "topics/ListTopics region=r access-key=k", 1),
    ("aws-sns", "messages/ListSubscriptionsByTopic region=r access-key=k TopicArn=t", 1),
    ("aws-sqs", "queues/ListQueues region=r access-key=k", 2),
    ("harbour", "lookout/watch quay=north", 4),
    ("flickr", "photos/search oauth_consumer_key=k", 2),
    ("lastfm", "user/getRecentTracks api_key=k user=joe", 1),
    ("lastfm", "user/getFriends api_key=k user=joe", 2),
    ("namecheap", "domains/getList ApiUser=u UserName=u ClientIp=192.0.2.1", 2),
    ("bigbluebutton", "recordings/getRecordings", 2),
    ("alibaba-ecs", "instances/DescribeInstances AccessKeyId=k RegionId=r", 2),
    ("alibaba-ecs", "instances/DescribeInstanceStatus AccessKeyId=k RegionId=r", 2),
    ("alibaba-ecs", "tags/ListTagResources AccessKeyId=k RegionId=r ResourceType=disk", 1),
    ("quay", "rope/Shelves From=a", 2),
    ("quay", "rope/Hooks", 2),
    ("quay", "rope/Cleats", 1),
    ("mediawiki", "pages/all-pages aplimit=1", 2),
    ("mediawiki", "pages/search srsearch=Facts", 2),
    ("mediawiki", "pages/recent-changes", 2),
    ("azure-queue", "queue/list account=acme", 2),
];

#[test]
fn calls_come_to_the_end() {
    let known: usize = CALLS.len();
    assert_eq!(definitions_with_pages(), known, "an operation with pages has no row here");
    for (vendor, line, expected) in CALLS {
        let (definition, server) = (definition(vendor), Server::start(mock(vendor), 0).unwrap());
        let (pages, told, report) = paged(&definition, &server, line, None);
        assert!(report.outcome.is_ok() && report.unclosed.is_none(), "{line}: {report:?}");
        assert_eq!(pages.len(), expected, "{line}: {pages:?}\n{told}");
        assert!(pages.iter().all(|page| page.lines().count() == 1), "{pages:?}");
        assert!(!told.contains("secret-of-"), "{told}");
        assert_eq!(server.mock().sessions(), 0, "{line}");
        // So many as are asked for, and no call more.
        server.mock().faults().clear();
        let (pages, told, report) = paged(&definition, &server, line, Some(1));
        assert!(report.outcome.is_ok(), "{line}: {report:?}");
        assert_eq!(pages.len(), 1, "{line}");
        let path = definition.operation(line.split(' ').next().unwrap()).unwrap().described().path;
        let sent = told
            .lines()
            .filter(|line| line.starts_with("> POST ") || line.starts_with("> GET "))
            .filter(|line| line.contains(path));
        assert!(sent.count() <= 1, "{told}");
    }
}

/// Where the only parameter of a page is one that every request has, a mock ends as well.
#[test]
fn pages_by_number_come_to_the_end() {
    let numbered = || with("quay", "rope.toml", |text| text.replace(r#", Lesson = "Lesson" }"#, " }"));
    let (definition, server) = (numbered(), Server::start(Mock::new(numbered()), 0).unwrap());
    let (pages, told, report) = paged(&definition, &server, "rope/Knots Page=7", None);
    assert!(report.outcome.is_ok(), "{report:?}");
    assert_eq!(pages.len(), 2, "{told}");
}

/// One call that its vendor holds is not cut off, whoever makes it, though nothing is said of how long it is held: what is held by default
/// is none of the time that an answer may take.
#[test]
fn a_single_call_that_is_held_is_waited_for() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let impatient = Config::new().with_endpoint(server.origin()).with_timeout(Duration::from_secs(1));
    let client = nina::Client::new(Transport::new(), "developer").with_config(impatient);
    let session = client.client_login("chuck", "password").send_blocking().unwrap();
    let online = session.start_session().send_blocking().unwrap();
    let held = Rule::new(Fault::Delay(Duration::from_millis(2_500)));
    server.mock().faults().set([held.clone().of("aim/fetchEvents"), held.of("buddylist/addBuddy")]).unwrap();
    assert!(!online.fetch_events().send_blocking().unwrap().data.events.is_empty());
    let told = |timeout| {
        let mut call = Call {
            operation: "aim/fetchEvents".to_owned(),
            endpoint: Some(server.origin().to_owned()),
            timeout: Some(Duration::from_secs(timeout)),
            ..Call::default()
        };
        call.pairs.push(("k".to_owned(), "dev".to_owned()));
        call.login.push(("s".to_owned(), "chuck".to_owned()));
        run(&definition("nina"), &call, &Nobody, &Open::new(), &mut Vec::new()).outcome
    };
    assert!(told(1).is_ok(), "{:?}", told(1));
    // What nobody holds on purpose is late.
    let late = online.add_buddy(vec!["jack".to_owned()], "friends").send_blocking().unwrap_err();
    assert!(format!("{late:?}").contains("Timeout"), "{late:?}");
}

/// A URL that leads elsewhere is not followed: the session would be somebody else's.
#[test]
fn a_url_leads_nowhere_else() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // A vendor that leads away when a session is opened.
    let vendor = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let body = r#"{"harbour-enter":{"status":"ok","ticket":"t","key":"k","next":"https://elsewhere.example/lookout/watch.do","meta":{"operation":"/berth/enter.do"}}}"#;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nset-cookie: mark=m\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    let (pages, told, report) =
        paged_at(&definition("harbour"), &format!("http://{address}"), "lookout/watch quay=north", None);
    assert!(vendor.join().unwrap().contains("/berth/enter.do"));
    let failure = report.outcome.unwrap_err();
    assert!(failure.to_string().contains("leads elsewhere"), "{failure}");
    assert_eq!((failure.kind(), pages.len()), (FailureKind::NoReply, 0));
    assert!(!told.lines().any(|line| line.starts_with("> GET")), "{told}");
    assert!(report.unclosed.is_some(), "the vendor has gone");
}

/// A page that fails: those before it were written, the session is closed, and what is worth it is tried again.
#[test]
fn a_page_that_fails_ends_it() {
    let definition = definition("quay");
    for (fault, pages, ok) in [("error=MooringLost@2", 1, false), ("truncate@2", 2, true)] {
        let server = Server::start(mock("quay"), 0).unwrap();
        let known = definition.catalog().errors;
        let fault = fault.replace("MooringLost", known.last().unwrap());
        server.mock().faults().set([fault.parse::<Rule>().unwrap()]).unwrap();
        let (written, told, report) = paged(&definition, &server, "rope/List Dock=d", None);
        assert_eq!((written.len(), report.outcome.is_ok()), (pages, ok), "{fault}: {report:?}\n{told}");
    }
}

/// What has no pages is told before anything is sent.
#[test]
fn an_operation_without_pages_says_so() {
    let (definition, server) = (definition("nina"), Server::start(mock("nina"), 0).unwrap());
    let (_, told, report) = paged(&definition, &server, "auth/getInfo k=dev login:s=chuck", None);
    let failure = report.outcome.unwrap_err().to_string();
    assert!(failure.contains("auth/getInfo is a page of a whole: leave `--pages` out"), "{failure}");
    assert_eq!((told.as_str(), server.mock().opened()), ("", 0));
}
