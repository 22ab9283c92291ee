//! What the mock of a vendor with a schema says, held against the schema: answers, refusals, and what is made up.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::{Debug, Write as _};

use http::Request as HttpRequest;
use support::mock;
use wirewright::{
    Format, Wire,
    exchange::Request,
    generated::{Envelope as _, Visitor},
    testing::{Sample, sample},
    to_string,
    wire::Document,
};
use wirewright_cli::mock::Rule;

/// The types of subsonic-rest-api.xsd, version 1.16.0, that the definition's operations reach, as facts: of each the attributes (`!`:
/// must be there) with their types, and the elements, of which the first name is the element's and the second its type's.
const TYPES: &[(&str, &str, &str)] = &[
    (
        "Response",
        "status!status version!version",
        "musicFolders:MusicFolders indexes:Indexes directory:Directory genres:Genres artists:ArtistsID3 artist:ArtistWithAlbumsID3 \
         album:AlbumWithSongsID3 song:Child videos:Videos videoInfo:VideoInfo nowPlaying:NowPlaying searchResult:SearchResult \
         searchResult2:SearchResult2 searchResult3:SearchResult3 playlists:Playlists playlist:PlaylistWithSongs \
         jukeboxStatus:JukeboxStatus jukeboxPlaylist:JukeboxPlaylist license:License users:Users user:User \
         chatMessages:ChatMessages albumList:AlbumList albumList2:AlbumList2 randomSongs:Songs songsByGenre:Songs lyrics:Lyrics \
         podcasts:Podcasts newestPodcasts:NewestPodcasts internetRadioStations:InternetRadioStations bookmarks:Bookmarks \
         playQueue:PlayQueue shares:Shares starred:Starred starred2:Starred2 albumInfo:AlbumInfo artistInfo:ArtistInfo \
         artistInfo2:ArtistInfo2 similarSongs:Songs similarSongs2:Songs topSongs:Songs scanStatus:ScanStatus error:Error",
    ),
    ("Error", "code!int message:string", ""),
    ("MusicFolders", "", "musicFolder:MusicFolder"),
    ("MusicFolder", "id!int name:string", ""),
    ("Indexes", "lastModified!long ignoredArticles!string", "shortcut:Artist index:Index child:Child"),
    ("Index", "name!string", "artist:Artist"),
    ("Artist", "id!string name!string starred:dateTime userRating:rating averageRating:mean", ""),
    ("ArtistsID3", "ignoredArticles!string", "index:IndexID3"),
    ("IndexID3", "name!string", "artist:ArtistID3"),
    ("ArtistID3", "id!string name!string coverArt:string albumCount!int starred:dateTime", ""),
    (
        "ArtistWithAlbumsID3",
        "id!string name!string coverArt:string albumCount!int starred:dateTime",
        "album:AlbumID3",
    ),
    ("AlbumID3", ALBUM, ""),
    ("AlbumWithSongsID3", ALBUM, "song:Child"),
    ("Child", CHILD, ""),
    ("SearchResult3", "", "artist:ArtistID3 album:AlbumID3 song:Child"),
    ("Playlists", "", "playlist:Playlist"),
    ("Playlist", PLAYLIST, "allowedUser:string"),
    ("PlaylistWithSongs", PLAYLIST, "allowedUser:string entry:Child"),
    (
        "Directory",
        "id!string parent:string name!string starred:dateTime userRating:rating averageRating:mean playCount:long",
        "child:Child",
    ),
    ("Genres", "", "genre:Genre"),
    ("Genre", "songCount!int albumCount!int", "$text:string"),
    ("Videos", "", "video:Child"),
    ("VideoInfo", "id!string", "captions:Captions audioTrack:AudioTrack conversion:VideoConversion"),
    ("Captions", "id!string name:string", ""),
    ("AudioTrack", "id!string name:string languageCode:string", ""),
    ("VideoConversion", "id!string bitRate:int audioTrackId:int", ""),
    ("NowPlaying", "", "entry:NowPlayingEntry"),
    ("NowPlayingEntry", NOW_PLAYING, ""),
    ("SearchResult", "offset!int totalHits!int", "match:Child"),
    ("SearchResult2", "", "artist:Artist album:Child song:Child"),
    ("JukeboxStatus", "currentIndex!int playing!boolean gain!float position:int", ""),
    ("JukeboxPlaylist", "currentIndex!int playing!boolean gain!float position:int", "entry:Child"),
    ("ChatMessages", "", "chatMessage:ChatMessage"),
    ("ChatMessage", "username!string time!long message!string", ""),
    ("AlbumList", "", "album:Child"),
    ("AlbumList2", "", "album:AlbumID3"),
    ("Songs", "", "song:Child"),
    ("Lyrics", "artist:string title:string", "$text:string"),
    ("Podcasts", "", "channel:PodcastChannel"),
    (
        "PodcastChannel",
        "id!string url!string title:string description:string coverArt:string originalImageUrl:string status!podcast \
         errorMessage:string",
        "episode:PodcastEpisode",
    ),
    ("NewestPodcasts", "", "episode:PodcastEpisode"),
    ("PodcastEpisode", EPISODE, ""),
    ("InternetRadioStations", "", "internetRadioStation:InternetRadioStation"),
    ("InternetRadioStation", "id!string name!string streamUrl!string homePageUrl:string", ""),
    ("Bookmarks", "", "bookmark:Bookmark"),
    (
        "Bookmark",
        "position!long username!string comment:string created!dateTime changed!dateTime",
        "entry:Child",
    ),
    (
        "PlayQueue",
        "current:int position:long username!string changed!dateTime changedBy!string",
        "entry:Child",
    ),
    ("Shares", "", "share:Share"),
    (
        "Share",
        "id!string url!string description:string username!string created!dateTime expires:dateTime lastVisited:dateTime \
         visitCount!int",
        "entry:Child",
    ),
    ("Starred", "", "artist:Artist album:Child song:Child"),
    ("Starred2", "", "artist:ArtistID3 album:AlbumID3 song:Child"),
    (
        "AlbumInfo",
        "",
        "notes:string musicBrainzId:string lastFmUrl:string smallImageUrl:string mediumImageUrl:string largeImageUrl:string",
    ),
    (
        "ArtistInfo",
        "",
        "biography:string musicBrainzId:string lastFmUrl:string smallImageUrl:string mediumImageUrl:string largeImageUrl:string \
         similarArtist:Artist",
    ),
    (
        "ArtistInfo2",
        "",
        "biography:string musicBrainzId:string lastFmUrl:string smallImageUrl:string mediumImageUrl:string largeImageUrl:string \
         similarArtist:ArtistID3",
    ),
    ("ScanStatus", "scanning!boolean count:long", ""),
    ("Users", "", "user:User"),
    (
        "User",
        "username!string email:string scrobblingEnabled!boolean maxBitRate:int adminRole!boolean settingsRole!boolean \
         downloadRole!boolean uploadRole!boolean playlistRole!boolean coverArtRole!boolean commentRole!boolean \
         podcastRole!boolean streamRole!boolean jukeboxRole!boolean shareRole!boolean videoConversionRole!boolean \
         avatarLastChanged:dateTime",
        "folder:int",
    ),
    ("License", "valid!boolean email:string licenseExpires:dateTime trialExpires:dateTime", ""),
];

/// What `OpenSubsonic` adds to them, as attributes and as elements, which are not judged further: the schema has none of it.
const ADDED: &[(&str, &str)] = &[
    (
        "Response",
        "@type @serverVersion @openSubsonic openSubsonicExtensions lyricsList podcastEpisode playQueueByIndex sonicMatch \
         tokenInfo",
    ),
    ("Error", "@helpUrl"),
    ("ArtistID3", ARTIST_ADDED),
    ("ArtistWithAlbumsID3", ARTIST_ADDED),
    ("AlbumID3", ALBUM_ADDED),
    ("AlbumWithSongsID3", ALBUM_ADDED),
    ("Child", CHILD_ADDED),
    ("NowPlayingEntry", CHILD_ADDED),
    ("PodcastEpisode", CHILD_ADDED),
];

const ARTIST_ADDED: &str = "@userRating @musicBrainzId @sortName roles";

const ALBUM_ADDED: &str = "@version @played @userRating recordLabels @musicBrainzId genres artists @displayArtist releaseTypes moods @sortName \
                           originalReleaseDate releaseDate @isCompilation @explicitStatus discTitles";

const CHILD_ADDED: &str = "@bitDepth @samplingRate @channelCount @totalPlayCount @userPlayCount @mediaType @played @bpm @comment \
                           @sortName @musicBrainzId isrc genres artists @displayArtist albumArtists @displayAlbumArtist contributors \
                           @displayComposer moods replayGain @explicitStatus works movements groupings";

macro_rules! child {
    ($more:literal) => {
        concat!(
            "id!string parent:string isDir!boolean title!string album:string artist:string track:int year:int genre:string ",
            "coverArt:string size:long contentType:string suffix:string transcodedContentType:string transcodedSuffix:string ",
            "duration:int bitRate:int path:string isVideo:boolean userRating:rating averageRating:mean playCount:long ",
            "discNumber:int created:dateTime starred:dateTime albumId:string artistId:string type:media bookmarkPosition:long ",
            "originalWidth:int originalHeight:int ",
            $more
        )
    };
}

const CHILD: &str = child!("");
const NOW_PLAYING: &str = child!("username!string minutesAgo!int playerId!int playerName:string");
const EPISODE: &str =
    child!("streamId:string channelId!string description:string status!podcast publishDate:dateTime");

const ALBUM: &str = "id!string name!string artist:string artistId:string coverArt:string songCount!int duration!int playCount:long \
                     created!dateTime starred:dateTime year:int genre:string";

const PLAYLIST: &str = "id!string name!string comment:string owner:string public:boolean songCount!int duration!int created!dateTime \
                        changed!dateTime coverArt:string";

/// Whether a text is of a simple type.
fn is(kind: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        "string" => true,
        "int" => text.parse::<i32>().is_ok(),
        "long" => text.parse::<i64>().is_ok(),
        "boolean" => matches!(text, "true" | "false" | "1" | "0"),
        "status" => matches!(text, "ok" | "failed"),
        "version" => text.split('.').count() == 3 && text.split('.').all(digits),
        "rating" => text.parse::<i32>().is_ok_and(|rating| (1..=5).contains(&rating)),
        "mean" => text.parse::<f64>().is_ok_and(|rating| (1.0..=5.0).contains(&rating)),
        "float" => text.parse::<f32>().is_ok(),
        "podcast" => {
            matches!(text, "new" | "downloading" | "completed" | "error" | "deleted" | "skipped")
        }
        "media" => matches!(text, "music" | "podcast" | "audiobook" | "video"),
        // XML Schema has no year 0, and neither has any reply.
        "dateTime" => {
            let (date, time) = text.split_once('T').unwrap_or_default();
            let mut date = date.split('-');
            date.next().is_some_and(|year| digits(year) && year != "0000")
                && date.all(digits)
                && time.get(..8).is_some_and(|time| time.split(':').all(digits))
        }
        other => panic!("no type {other}"),
    }
}

#[derive(Wire)]
struct Any {
    #[wire(rest)]
    rest: Document,
}

/// What is wrong with an element of this type.
fn faults(path: &str, kind: &str, element: &Document, out: &mut String) {
    let Some((_, attributes, elements)) = TYPES.iter().find(|(name, ..)| *name == kind) else {
        if !element.as_str().is_some_and(|text| is(kind, text)) {
            let _ = writeln!(out, "{path} is no {kind}");
        }
        return;
    };
    let described =
        |list: &'static str| list.split_whitespace().filter_map(|word| word.split_once(['!', ':']));
    for word in attributes.split_whitespace().filter(|word| word.contains('!')) {
        let name = word.split('!').next().unwrap();
        if element.get(&format!("@{name}")).is_none() {
            let _ = writeln!(out, "{path} has no {name}");
        }
    }
    let added =
        ADDED.iter().filter(|(name, _)| *name == kind).flat_map(|(_, names)| names.split_whitespace());
    let added: Vec<_> = added.collect();
    for (name, inner) in element.members() {
        if added.contains(&name) {
            continue;
        }
        let path = format!("{path}/{name}");
        let attribute = name.strip_prefix('@');
        let attribute = attribute.and_then(|name| described(attributes).find(|(known, _)| *known == name));
        let child = described(elements).find(|(known, _)| *known == name);
        match (attribute, child) {
            (Some((_, kind)), _) => {
                if !inner.as_str().is_some_and(|text| is(kind, text)) {
                    let _ = writeln!(out, "{path} is no {kind}: {inner:?}");
                }
            }
            (_, Some((_, kind))) => faults(&path, kind, inner, out),
            _ => {
                let _ = writeln!(out, "{path} is not in the schema");
            }
        }
    }
}

fn judged(what: &str, xml: &str) -> String {
    let Any { rest } =
        wirewright::xml::from_str(xml).unwrap_or_else(|error| panic!("{what}: {error}\n{xml}"));
    let mut out = String::new();
    faults(what, "Response", &rest, &mut out);
    out
}

/// The judge condemns what the schema does.
#[test]
fn the_judge_is_strict() {
    let element = |inside: &str| format!("<subsonic-response {inside}</subsonic-response>");
    for (xml, fault) in [
        (element(r#"status="failed"><error code="10" message="x"/>"#), "has no version"),
        (element(r#"status="ok" version="version">"#), "is no version"),
        (element(r#"status="ok" version="1.16.1"><error message="x"/>"#), "has no code"),
        (
            element(
                r#"status="ok" version="1.16.1"><license valid="true" trialExpires="0000-01-01T00:00:00Z"/>"#,
            ),
            "is no dateTime",
        ),
        (
            element(r#"status="ok" version="1.16.1"><song id="1" isDir="false" title="t" userRating="12"/>"#),
            "is no rating",
        ),
        (element(r#"status="ok" version="1.16.1"><licence valid="true"/>"#), "not in the schema"),
    ] {
        let found = judged("r", &xml);
        assert!(found.contains(fault), "{xml}: {found}");
    }
    assert_eq!(judged("r", &element(r#"status="ok" version="1.16.1">"#)), "");
}

/// A value for each parameter that some operation requires.
const REQUIRED: &str = "id=1&query=a&genre=Polka&type=newest&artist=a&rating=4&playlistId=1&username=joe&password=p&email=e&message=m\
                        &action=get&streamUrl=s&name=n&url=u&position=1&mediaId=1&mediaType=song&positionMs=1&state=playing&startSongId=1\
                        &endSongId=2";

#[test]
fn answers_and_refusals_are_valid() {
    let mock = mock("subsonic");
    let get = |path: &str, parameters: &str| {
        let request = HttpRequest::builder().uri(format!("{path}?{parameters}")).body(Vec::new()).unwrap();
        String::from_utf8(mock.answer("http://your-server", &request).into_body()).unwrap()
    };
    let mut wrong = String::new();
    let mut answered = 0;
    // As the page's samples have it: another version, and no format.
    let caller = "u=joe&p=sesame&v=1.12.0&c=myapp";
    for operation in mock.vendor().operations.iter().filter(|operation| !operation.formats.is_empty()) {
        let path = operation.path;
        let reply = get(path, &format!("{caller}&{REQUIRED}"));
        assert!(reply.contains(r#"status="ok""#), "{path}: {reply}");
        wrong += &judged(path, &reply);
        answered += 1;
        for (what, parameters) in [
            ("without a caller", "v=1.12.0&c=myapp&f=xml".to_owned()),
            ("without a version", "u=joe&c=myapp&id=1".to_owned()),
            ("twice", format!("{caller}&u=ann")),
        ] {
            let reply = get(path, &parameters);
            assert!(reply.contains(r#"status="failed""#), "{path} {what}: {reply}");
            wrong += &judged(&format!("{path} {what}"), &reply);
        }
    }
    assert_eq!(answered, 79);
    for path in ["/rest/nothing.view", "/"] {
        wrong += &judged(path, &get(path, caller));
    }
    for code in ["0", "10", "20", "30", "40", "41", "42", "43", "44", "50", "60", "70"] {
        mock.faults().set([format!("error={code}").parse::<Rule>().unwrap()]).unwrap();
        wrong += &judged(code, &get("/rest/ping.view", caller));
    }
    // The page prints a user as servers before 1.14.0 tell of one.
    assert_eq!(wrong, "/rest/getUser.view/user has no videoConversionRole\n");
}

/// Judges what is made up of every reply.
#[derive(Default)]
struct MadeUp(String);

impl Visitor for MadeUp {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request,
        R::FailedEnvelope: Debug,
    {
        if R::RAW.is_some() {
            return;
        }
        let envelope = sample::<R::Envelope>(Sample::Full).succeed();
        self.0 += &judged(R::OPERATION.name, &to_string(Format::Xml, &envelope).unwrap());
    }
}

#[test]
fn made_up_samples_are_valid() {
    let mut made = MadeUp::default();
    subsonic::operations::visit(&mut made);
    assert!(made.0.is_empty(), "{}", made.0);
}
