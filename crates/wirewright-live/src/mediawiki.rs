//! The client of wikis against one that runs `MediaWiki`: somebody logs in, writes pages, reads them and logs out.

use mediawiki::{
    AccountSession, CallOptions, Client, Config, Error, ErrorCode,
    types::{Assertion, SearchIn},
};
use wirewright_ureq::Transport;

use crate::{
    outcome::{Outcome, hold},
    python::Server,
};

const TEXT: &str = "Boats [[Moon|by night]] — 日本 & <b>more</b>, 100 %";

pub(crate) fn run(server: &Server) -> Outcome {
    let [name, password] = server.told() else { return Err("the wiki told no account".into()) };
    let config = Config::new().with_endpoint(server.url());
    let client = Client::new(Transport::new()).with_config(config);
    nobody(&client)?;

    let entrance = client.login_token().send_blocking()?;
    let refused = entrance.login(name, "not it").send_blocking();
    hold(is(&refused, &ErrorCode::LoginFailed), || format!("a wrong password: {refused:?}"))?;
    let entrance = client.login_token().send_blocking()?;
    let account = entrance.login(name, password.as_str()).send_blocking()?;
    let me = account.user_info().properties(vec!["groups".to_owned()]).send_blocking()?.data.query.userinfo;
    hold(me.name == *name && me.groups.iter().any(|group| group == "sysop"), || format!("{me:?}"))?;
    let editor = account.csrf_token().send_blocking()?;
    let as_user = CallOptions::default().with_assert(Assertion::User);

    // Written, and written again: the second time there is nothing to change.
    let made = editor.edit().title("Ferry").text(TEXT).summary("a boat").create_only(true).send_blocking()?;
    let made = made.data.edit.ok_or("no edit")?;
    hold(made.new == Some(true) && made.new_revision.is_some(), || format!("{made:?}"))?;
    let same = editor.edit().title("Ferry").text(TEXT).send_blocking()?.data.edit.ok_or("no edit")?;
    hold(same.no_change == Some(true), || format!("{same:?}"))?;
    let again = editor.edit().title("Ferry").text("x").create_only(true).send_blocking();
    hold(is(&again, &ErrorCode::PageExists), || format!("a page that is there: {again:?}"))?;
    let more = editor.edit().title("Ferry").append("\nmore").base_revision(made.new_revision.unwrap_or(0));
    let more = more.minor(true).with_options(as_user).send_blocking()?.data.edit.ok_or("no edit")?;
    hold(more.old_revision == made.new_revision, || format!("{more:?}"))?;
    let none = editor.edit().title("Nowhere").text("x").no_create(true).send_blocking();
    hold(is(&none, &ErrorCode::NoSuchPage), || format!("a page that is not there: {none:?}"))?;
    for number in 0..7 {
        editor.edit().title(format!("Quay {number}")).text("A place.").send_blocking()?;
    }
    reads(&account)?;

    let deleted = editor.delete().title("Quay 0").reason("made for a test").send_blocking()?.data.delete;
    hold(deleted.title == "Quay 0" && deleted.reason == "made for a test", || format!("{deleted:?}"))?;
    let gone = editor.delete().title("Quay 0").send_blocking();
    hold(is(&gone, &ErrorCode::NoSuchPage), || format!("a page that is gone: {gone:?}"))?;

    // Nothing can be changed after that by who has saved the session. What its cookies still are is the wiki's matter: with that which
    // remembers the account they log in anew.
    let saved = editor.state().clone();
    editor.logout().send_blocking().map_err(|unclosed| unclosed.error)?;
    let late = client.resume(saved).edit().title("Ferry").text("x").send_blocking();
    hold(is(&late, &ErrorCode::BadToken), || format!("an edit after the logout: {late:?}"))
}

/// Whoever has not logged in may read and cannot write.
fn nobody(client: &Client<Transport>) -> Outcome {
    let me = client.user_info().send_blocking()?.data.query.userinfo;
    hold(me.id == 0 && me.anon == Some(true), || format!("{me:?}"))?;
    let as_user = CallOptions::default().with_assert(Assertion::User);
    let refused = client.user_info().with_options(as_user).send_blocking();
    hold(is(&refused, &ErrorCode::AssertUserFailed), || format!("nobody is no user: {refused:?}"))?;
    let parsed = client.parse().page("No such").send_blocking();
    hold(is(&parsed, &ErrorCode::NoSuchPage), || format!("{parsed:?}"))
}

/// What was written, by every way to read it.
fn reads(account: &AccountSession<Transport>) -> Outcome {
    let pages: Result<Vec<_>, Error> =
        account.all_pages().prefix("Quay").limit(3).paginate_blocking().collect();
    let titles: Vec<String> = pages?.into_iter().map(|page| page.title).collect();
    hold(titles == (0..7).map(|number| format!("Quay {number}")).collect::<Vec<_>>(), || {
        format!("{titles:?}")
    })?;

    let titles = ["ferry", "Nowhere", "<bad>"].map(str::to_owned).to_vec();
    let read = account.revisions().titles(titles).send_blocking()?;
    // It warns of each parameter that it does not know.
    hold(read.warnings.is_none(), || format!("{:?}", read.warnings))?;
    let found = read.data.query.ok_or("no pages")?;
    hold(found.normalized.iter().any(|one| one.from == "ferry" && one.to == "Ferry"), || {
        format!("{found:?}")
    })?;
    hold(found.pages.iter().any(|page| page.missing == Some(true)), || format!("{found:?}"))?;
    hold(found.pages.iter().any(|page| page.invalid == Some(true)), || format!("{found:?}"))?;
    let revision = found.pages.iter().find_map(|page| page.revisions.first()).ok_or("no revision")?;
    let content = revision.slots.as_ref().and_then(|slots| slots.main.as_ref()?.content.as_deref());
    hold(content == Some(&format!("{TEXT}\nmore")), || format!("{revision:?}"))?;
    hold(revision.minor == Some(true) && revision.comment.as_deref() == Some(""), || {
        format!("{revision:?}")
    })?;

    let parsed = account.parse().page("Ferry").properties(vec!["text".to_owned(), "links".to_owned()]);
    let parsed = parsed.without_limit_report(true).send_blocking()?.data.parse;
    let linked = parsed.links.iter().any(|link| link.title == "Moon" && !link.exists);
    hold(linked && parsed.text.is_some_and(|text| text.contains("by night")), || {
        format!("{:?}", parsed.links)
    })?;

    let hits: Result<Vec<_>, Error> =
        account.search("place").what(SearchIn::Text).limit(3).paginate_blocking().collect();
    let mut hits: Vec<String> = hits?.into_iter().map(|hit| hit.title).collect();
    hits.sort_unstable();
    hold(hits == (0..7).map(|number| format!("Quay {number}")).collect::<Vec<_>>(), || {
        format!("found {hits:?}")
    })?;
    let changes: Result<Vec<_>, Error> = account.recent_changes().limit(4).paginate_blocking().collect();
    let changes = changes?;
    let made = changes.iter().find(|change| change.title.as_deref() == Some("Ferry") && change.kind == "new");
    let comment = made.and_then(|change| change.comment.as_deref());
    hold(comment == Some("a boat"), || format!("{changes:?}"))
}

fn is<T>(outcome: &Result<T, Error>, code: &ErrorCode) -> bool {
    outcome.as_ref().err().and_then(|error| error.code()) == Some(code)
}
