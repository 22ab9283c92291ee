//! The client of Subsonic against supysonic, a server of that API: an album of two songs, and one user.

use http::Method;
use subsonic::{Client, ClientParameters, Config, ErrorCode, Format, Secret};
use wirewright_ureq::Transport;

use crate::outcome::{Outcome, hold};

const PASSWORD: &str = "sesame & süß";
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

fn client(password: &str, config: Config) -> Client<Transport> {
    let mut parameters = ClientParameters::new("joe", "wirewright-live");
    parameters.password = Some(Secret::new(password.to_owned()));
    Client::new(Transport::new(), "joe", "wirewright-live").with_parameters(parameters).with_config(config)
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
    hold(list.is_some_and(|list| list.song_count == Some(2)), || format!("{lists:?}"))?;

    // An ID of the server's form that nothing has.
    let unknown = client.get_album("00000000-0000-4000-8000-000000000000").send_blocking();
    let code = unknown.as_ref().err().and_then(|error| error.code().copied());
    hold(code == Some(ErrorCode::NotFound), || format!("an album that is not there: {unknown:?}"))
}
