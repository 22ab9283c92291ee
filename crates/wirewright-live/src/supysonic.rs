//! The client of Subsonic against supysonic, a server of that API: an album of two songs, and one user.

use http::Method;
use subsonic::{
    Client, Config, Error, ErrorCode, Format, Secret,
    types::{AlbumOrder, Child, JukeboxAction},
};
use wirewright_ureq::Transport;

use crate::outcome::{Outcome, hold};

const PASSWORD: &str = "sesame & süß";
/// An ID of the server's form that nothing has.
const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";
const TITLES: [&str; 2] = ["Slack Water", "Größe — 日本"];

/// Every call in both formats, by both methods.
pub(crate) fn run(url: &str) -> Outcome {
    for format in [Format::Xml, Format::Json] {
        for method in [Method::GET, Method::POST] {
            let config = Config::new().with_endpoint(url).with_format(format).with_method(method.clone());
            calls(&client(PASSWORD, config), &format!("in {format} by {method}"))
                .map_err(|error| format!("{format}, {method}: {error}"))?;
        }
    }
    let refused = client("another", Config::new().with_endpoint(url)).ping().send_blocking();
    let code = refused.as_ref().err().and_then(|error| error.code().copied());
    hold(code == Some(ErrorCode::WrongCredentials), || format!("a wrong password: {refused:?}"))
}

/// supysonic keeps hashes of passwords, and so can check no token of one.
fn client(password: &str, config: Config) -> Client<Transport> {
    Client::with_password(Transport::new(), "joe", password, "wirewright-live").with_config(config)
}

fn calls(client: &Client<Transport>, playlist: &str) -> Outcome {
    client.ping().send_blocking()?;
    hold(client.get_license().send_blocking()?.data.license.valid, || "no licence".to_owned())?;
    let folders = client.get_music_folders().send_blocking()?.data.music_folders.music_folder;
    let names: Vec<_> = folders.iter().filter_map(|folder| folder.name.as_deref()).collect();
    hold(names == ["Records"], || format!("{folders:?}"))?;
    let indexes = client.get_indexes().send_blocking()?.data.indexes;
    hold(!indexes.index.is_empty(), || format!("{indexes:?}"))?;

    let artists = client.get_artists().send_blocking()?.data.artists;
    let artist = artists.index.iter().flat_map(|index| &index.artist).next();
    let artist = artist.ok_or_else(|| format!("{artists:?}"))?;
    hold(artist.name == "The Ferrymen" && artist.album_count == 1, || format!("{artist:?}"))?;
    let artist = client.get_artist(&artist.id).send_blocking()?.data.artist;
    let album = artist.album.first().ok_or_else(|| format!("{artist:?}"))?;
    let album = client.get_album(&album.id).send_blocking()?.data.album;
    let titles: Vec<_> = album.song.iter().map(|song| song.title.as_str()).collect();
    hold(album.album.name == "Lanterns & <Lamps>" && titles == TITLES, || format!("{album:?}"))?;
    hold(album.album.year == Some(1978), || format!("{album:?}"))?;

    let found = client.search3("Größe").send_blocking()?.data.found;
    let song = found.song.first().ok_or_else(|| format!("{found:?}"))?;
    let told = client.get_song(&song.id).send_blocking()?.data.song;
    hold(told.title == TITLES[1] && told.duration == Some(1), || format!("{told:?}"))?;
    client.star().id(vec![song.id.clone()]).album_id(vec![album.album.id.clone()]).send_blocking()?;
    let starred = client.get_song(&song.id).send_blocking()?.data.song.starred;
    hold(starred.is_some(), || "the star is not there".to_owned())?;
    client.unstar().id(vec![song.id.clone()]).album_id(vec![album.album.id.clone()]).send_blocking()?;
    client.scrobble(vec![song.id.clone()]).time(vec![1_222_790_202_000]).send_blocking()?;

    let songs: Vec<_> = album.song.iter().map(|song| song.id.clone()).collect();
    client.create_playlist().name(playlist).song_id(songs).send_blocking()?;
    let lists = client.get_playlists().send_blocking()?.data.playlists.playlist;
    let list = lists.iter().find(|list| list.name == playlist);
    let list = list.filter(|list| list.song_count == Some(2)).ok_or_else(|| format!("{lists:?}"))?;
    changed(client, &list.id, &told)?;
    lists_of(client, &told)?;
    files(client, &told)?;
    others(client, &told)?;
    users(client)?;
    lacking(client)?;

    let unknown = client.get_album(UNKNOWN).send_blocking();
    let code = unknown.as_ref().err().and_then(|error| error.code().copied());
    hold(code == Some(ErrorCode::NotFound), || format!("an album that is not there: {unknown:?}"))
}

/// A playlist is changed, looked at, and deleted.
fn changed(client: &Client<Transport>, id: &str, song: &Child) -> Outcome {
    client.update_playlist(id).comment("Forty minutes").song_index_to_remove(vec![0, 1]).send_blocking()?;
    client.update_playlist(id).song_id_to_add(vec![song.id.clone()]).public(true).send_blocking()?;
    let list = client.get_playlist(id).send_blocking()?.data.playlist;
    let comment = list.playlist.comment.as_deref();
    hold(comment == Some("Forty minutes") && list.entry.len() == 1, || format!("{list:?}"))?;
    client.delete_playlist(id).send_blocking()?;
    let gone = client.get_playlist(id).send_blocking();
    hold(code(&gone) == Some(ErrorCode::NotFound), || format!("a playlist that was deleted: {gone:?}"))
}

/// The lists of albums and songs, by folders and by ID3 tags.
fn lists_of(client: &Client<Transport>, song: &Child) -> Outcome {
    let albums = client.get_album_list(AlbumOrder::Newest).send_blocking()?.data.albums.album;
    hold(albums.len() == 1 && albums[0].is_dir, || format!("{albums:?}"))?;
    let albums = client.get_album_list2(AlbumOrder::ByYear).from_year(1970).to_year(1980);
    let albums = albums.send_blocking()?.data.albums.album;
    hold(albums.len() == 1 && albums[0].song_count == 2, || format!("{albums:?}"))?;
    let songs = client.get_random_songs().size(1).send_blocking()?.data.songs.song;
    hold(songs.len() == 1, || format!("{songs:?}"))?;
    let songs = client.get_songs_by_genre("Polka").send_blocking()?.data.songs.song;
    hold(songs.is_empty(), || format!("{songs:?}"))?;
    client.get_genres().send_blocking()?;

    client.set_rating(&song.id, 4).send_blocking()?;
    let parent = song.parent.clone().unwrap_or_default();
    client.star().id(vec![song.id.clone(), parent.clone()]).send_blocking()?;
    let starred = client.get_starred().send_blocking()?.data.starred;
    hold(starred.album.len() == 1 && starred.song.len() == 1, || format!("{starred:?}"))?;
    let starred = client.get_starred2().send_blocking()?.data.starred.song;
    hold(starred.len() == 1 && starred[0].user_rating == Some(4), || format!("{starred:?}"))?;
    client.unstar().id(vec![song.id.clone(), parent.clone()]).send_blocking()?;

    let folder = client.get_music_directory(&parent).send_blocking()?.data.directory;
    hold(folder.name == "Lanterns" && folder.child.len() == 2, || format!("{folder:?}"))?;
    let found = client.search().title("Slack").send_blocking()?.data.found;
    hold(found.total_hits == 1 && found.matches[0].title == TITLES[0], || format!("{found:?}"))?;
    let found = client.search2("Slack").send_blocking()?.data.found;
    hold(found.song.len() == 1, || format!("{found:?}"))
}

/// What is no envelope: a whole file, and the same to be played.
fn files(client: &Client<Transport>, song: &Child) -> Outcome {
    let file = client.download(&song.id).send_blocking()?;
    hold(file.body.expose().starts_with(b"RIFF"), || format!("no file of sound: {:?}", file.content_type))?;
    let size = song.size.and_then(|size| usize::try_from(size).ok());
    hold(size == Some(file.body.expose().len()), || format!("{size:?} and {}", file.body.expose().len()))?;
    let played = client.stream(&song.id).format("raw").send_blocking()?;
    hold(played.body.expose() == file.body.expose(), || "it is played as another file".to_owned())?;
    let playing = client.get_now_playing().send_blocking()?.data.now_playing.entry;
    hold(playing.iter().any(|entry| entry.username == "joe"), || format!("{playing:?}"))?;
    let none = client.get_cover_art(UNKNOWN).send_blocking();
    hold(code(&none) == Some(ErrorCode::NotFound), || format!("a picture that is not there: {none:?}"))
}

/// Radio stations, and what users say to each other.
fn others(client: &Client<Transport>, song: &Child) -> Outcome {
    // This server cannot list a station without a page in XML.
    let added = client.create_internet_radio_station("http://radio.example/live", "Harbour");
    added.homepage_url("http://radio.example").send_blocking()?;
    let stations = client.get_internet_radio_stations().send_blocking()?.data.stations.stations;
    let station = stations.first().ok_or("no station")?;
    let changed =
        client.update_internet_radio_station(&station.id, "http://radio.example/2", "Harbour & Bay");
    changed.homepage_url("http://radio.example").send_blocking()?;
    let stations = client.get_internet_radio_stations().send_blocking()?.data.stations.stations;
    hold(stations.len() == 1 && stations[0].name == "Harbour & Bay", || format!("{stations:?}"))?;
    client.delete_internet_radio_station(&stations[0].id).send_blocking()?;

    client.add_chat_message(&song.title).send_blocking()?;
    let said = client.get_chat_messages().since(0).send_blocking()?.data.chat_messages.messages;
    hold(said.iter().any(|said| said.username == "joe" && said.message == song.title), || format!("{said:?}"))
}

/// A user comes, may do another thing, gets another password, and goes.
fn users(client: &Client<Transport>) -> Outcome {
    let joe = client.get_user("joe").send_blocking()?.data.user;
    hold(joe.admin_role && joe.stream_role, || format!("{joe:?}"))?;
    let password = |text: &str| Secret::new(text.to_owned());
    client.create_user("ann", password("first"), "ann@example.com").send_blocking()?;
    client.update_user("ann").jukebox_role(true).send_blocking()?;
    client.change_password("ann", password("second")).send_blocking()?;
    let users = client.get_users().send_blocking()?.data.users.user;
    let ann = users.iter().find(|user| user.username == "ann");
    let address = ann.and_then(|ann| ann.email.as_deref());
    hold(address == Some("ann@example.com"), || format!("{users:?}"))?;
    client.delete_user("ann").send_blocking()?;
    let gone = client.get_user("ann").send_blocking();
    hold(code(&gone) == Some(ErrorCode::NotFound), || format!("a user who is gone: {gone:?}"))
}

/// What this server needs another process for, or has not.
fn lacking(client: &Client<Transport>) -> Outcome {
    let generic = [
        code(&client.jukebox_control(JukeboxAction::Status).send_blocking()),
        code(&client.start_scan().send_blocking()),
        code(&client.get_scan_status().send_blocking()),
        code(&client.get_videos().send_blocking()),
        code(&client.get_avatar("joe").send_blocking()),
        code(&client.get_shares().send_blocking()),
    ];
    hold(generic.iter().all(|code| *code == Some(ErrorCode::Generic)), || format!("{generic:?}"))
}

fn code<T>(outcome: &Result<T, Error>) -> Option<ErrorCode> {
    outcome.as_ref().err().and_then(|error| error.code().copied())
}
