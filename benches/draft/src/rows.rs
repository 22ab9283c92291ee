//! The rows of the table: what is drafted from what, and held against which definition.

/// A recording that is kept beside the program, and the definition of the server.
pub(crate) struct Recording {
    /// What was recorded.
    pub(crate) name: &'static str,
    pub(crate) vendor: &'static str,
    /// The file in `recordings`.
    pub(crate) file: &'static str,
    /// Where the server was, where its path is not that of the definition's endpoint.
    pub(crate) endpoint: Option<&'static str>,
}

const fn of(name: &'static str, vendor: &'static str, file: &'static str) -> Recording {
    Recording { name, vendor, file, endpoint: None }
}

/// Rows of recordings, each with those that are in it.
pub(crate) const RECORDED: &[(&str, &[Recording])] = &[
    ("supysonic, recorded", &[of("supysonic", "subsonic", "supysonic.http")]),
    (
        "MediaWiki, moto and azurite, recorded",
        &[
            of("MediaWiki", "mediawiki", "mediawiki.http"),
            of("moto, SNS", "aws-sns", "moto-sns.http"),
            of("moto, SQS", "aws-sqs", "moto-sqs.http"),
            of("moto, STS", "aws-sts", "moto-sts.http"),
            // An emulator has the account in the path, and the service in the host.
            Recording {
                name: "azurite",
                vendor: "azure-queue",
                file: "azurite.http",
                endpoint: Some("http://127.0.0.1/ada"),
            },
        ],
    ),
    (
        "sessions from login to logout, recorded",
        &[
            of("Videntity, its mock", "videntity", "videntity.http"),
            of("1010data, its mock", "ten-ten-data", "ten-ten-data.http"),
            of("NINA, a server that oauthlib checks for", "nina", "nina.http"),
        ],
    ),
];

/// The vendors that were not looked at while the drafter was written.
pub(crate) const UNSEEN: [&str; 2] = ["paypal", "yubicloud"];

/// The vendors that were in the box first.
pub(crate) const FIRST: [&str; 4] = ["videntity", "ten-ten-data", "nina", "subsonic"];
