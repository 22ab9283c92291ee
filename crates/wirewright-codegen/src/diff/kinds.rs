//! The table of all kinds of change: what each is, for whom it is breaking, and why. All else of this module tells which of them
//! there are; the page `CHANGES.md` is written from it.

use super::effect::{Direction, Effect, Harm};

/// What a kind of change is, in words.
#[derive(Debug)]
pub struct Row {
    /// The kind.
    pub kind: Kind,
    /// `WD201`: stable, and never used for another kind.
    pub code: &'static str,
    /// What happened: `a member has another type`.
    pub title: &'static str,
    /// What was one thing and is another: `the type`. Empty where something came or went.
    pub noun: &'static str,
    /// What it does on the side of requests.
    pub request: Effect,
    /// What it does on the side of replies; the same where it is on no side.
    pub reply: Effect,
    /// Why it has this severity.
    pub why: &'static str,
}

/// The kinds whose codes begin with the same digit.
#[derive(Debug)]
pub struct Part {
    /// What they are about: `Members`.
    pub title: &'static str,
    /// In the order of the codes.
    pub rows: &'static [Row],
}

macro_rules! kinds {
    ($($part:literal { $($name:ident $code:literal $title:literal, $noun:literal, $request:expr, $reply:expr, $why:literal;)* })*) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[doc = $title] $name,)*)*
        }

        /// Every kind, by what it is about.
        pub const KINDS: &[Part] = &[$(Part {
            title: $part,
            rows: &[$(Row {
                kind: Kind::$name,
                code: $code,
                title: $title,
                noun: $noun,
                request: $request,
                reply: $reply,
                why: $why,
            },)*],
        },)*];

        impl Kind {
            /// `WD201`
            pub const fn code(self) -> &'static str {
                match self { $($(Self::$name => $code,)*)* }
            }

            /// What happened.
            pub const fn title(self) -> &'static str {
                match self { $($(Self::$name => $title,)*)* }
            }

            /// What was one thing and is another; empty where something came or went.
            pub const fn noun(self) -> &'static str {
                match self { $($(Self::$name => $noun,)*)* }
            }

            const fn sides(self) -> (Effect, Effect) {
                match self { $($(Self::$name => ($request, $reply),)*)* }
            }
        }
    };
}

impl Kind {
    /// What such a change does to a thing of this direction.
    pub fn effect(self, direction: Direction) -> Effect {
        let (request, reply) = self.sides();
        match direction {
            Direction::Request => request,
            Direction::Reply => reply,
            Direction::Both => request.and(reply),
        }
    }
}

const N: Harm = Harm::NONE;
const W: Harm = Harm::WIRE;
const I: Harm = Harm::INTERFACE;
const WI: Harm = Harm::BOTH;
const MINOR: Effect = Effect::MINOR;
const PATCH: Effect = Effect::PATCH;

/// What breaks for callers, and what for servers.
const fn on(callers: Harm, servers: Harm) -> Effect {
    Effect::breaking(callers, servers)
}

kinds! {
    "The definition, and what all operations share" {
        DefinitionAdded "WD001" "a definition is new", "", MINOR, MINOR,
            "Nobody used it before.";
        DefinitionRemoved "WD002" "a definition is gone", "", on(WI, WI), on(WI, WI),
            "Its crate is no longer made.";
        Package "WD003" "the crate has another name", "the crate's name", on(I, I), on(I, I),
            "Every path that names the crate is another one.";
        Title "WD004" "the API has another title", "the title", PATCH, PATCH,
            "It is shown to people and sent to nobody.";
        Endpoint "WD005" "calls go to another scheme or host", "the endpoint", on(W, W), on(W, W),
            "An old caller calls where nobody answers as the new definition says, and a new caller does not find an old server.";
        Charset "WD006" "another charset", "the charset", on(W, W), on(W, W),
            "Letters beyond ASCII are other bytes.";
        FormatValue "WD007" "a format is asked for by another word", "the word", on(W, W), on(W, W),
            "The other side does not know the word.";
        FormatAlsoAdded "WD008" "a format is known by one more word", "", MINOR, MINOR,
            "Servers take it, and generated clients never send it.";
        FormatAlsoRemoved "WD009" "a format is no longer known by a word", "", on(W, N), on(W, N),
            "Who asks by that word is refused.";
        FormatRoot "WD010" "what is around a reply has another name", "the root", on(W, W), on(W, W),
            "Replies are read and written with another element or member around them. Readers of XML that were generated take any root; others need not.";
        FormatFailureRoot "WD011" "what is around a refusal has another name", "the root of a refusal", on(W, W), on(W, W),
            "As with the root of a reply.";
        FormatNamespace "WD012" "another XML namespace of replies", "the namespace", on(W, W), on(W, W),
            "Who goes by namespaces finds nothing in the old one.";
        Declaration "WD013" "an XML document begins otherwise", "whether there is a declaration", PATCH, PATCH,
            "Every reader of XML takes a declaration, and none needs it.";
        FormatMediaType "WD014" "replies have another Content-Type", "the Content-Type", on(W, N), on(W, N),
            "Clients that were generated read by what they asked for; others may go by it.";
        FormatNested "WD015" "nested names in a query string are separated otherwise", "the separator", on(W, W), on(W, W),
            "No nested name is found.";
        BodyFormat "WD016" "the documents of requests are written otherwise", "how they are written", on(W, W), on(W, W),
            "A server does not read what it does not expect, or refuses its media type.";
        ErrorKeys "WD017" "errors are known by names instead of numbers, or the other way round", "what errors are known by", on(WI, WI), on(WI, WI),
            "Codes are of another type, on the wire and in Rust.";
        ComputedAdded "WD018" "a value is computed that was not", "", MINOR, MINOR,
            "The parameter that carries it is told by itself.";
        ComputedRemoved "WD019" "a value is no longer computed", "", MINOR, MINOR,
            "The parameter that carried it is told by itself.";
        Computed "WD020" "a value is computed otherwise", "how it is computed", on(W, W), on(W, W),
            "A signature of the one kind is wrong where the other is expected.";
        FormatLines "WD021" "the pairs of a query string are set apart otherwise", "whether they are in lines", on(W, W), on(W, W),
            "All pairs are read as one.";
        ReplySignature "WD022" "replies are signed otherwise, or no longer", "what signs a reply", on(W, W), on(W, W),
            "A client that expects a signature takes no reply without it.";
    }
    "Common parameters, beside what is told of members" {
        ParameterAdded "WD101" "a parameter that requests must have was added, and the library fills it in", "", on(W, N), on(W, N),
            "An old caller does not send it and is refused. An old server skips it.";
        ParameterAddedOptional "WD102" "a parameter that requests may have was added, and the library fills it in", "", MINOR, MINOR,
            "A server does without it.";
        ParameterRemoved "WD103" "a parameter that requests had to have was removed, and the library filled it in", "", on(N, W), on(N, W),
            "A new caller does not send what an old server demands.";
        ParameterRemovedOptional "WD104" "a parameter that requests might have was removed, and the library filled it in", "", MINOR, MINOR,
            "A server does without it.";
        SessionParameterAdded "WD105" "a parameter from the session was added", "", on(W, I), on(W, I),
            "An old caller does not send it and is refused. What a server's `session` is given has a member more, or is another type.";
        SessionParameterRemoved "WD106" "a parameter from the session was removed", "", on(N, WI), on(N, WI),
            "A new caller does not send what an old server demands. What a server's `session` is given lacks the member.";
        ParameterProvider "WD107" "a parameter is filled in by somebody else", "who fills it in", on(WI, WI), on(WI, WI),
            "What it says is another thing, and so are the types by which it is given and received.";
        ParameterField "WD108" "a parameter says something else that is known already", "what it says", on(W, W), on(W, W),
            "The other side takes it for what it was.";
        ParameterConstant "WD109" "a constant says something else", "the constant", on(W, W), on(W, W),
            "A server refuses the constant that it does not know.";
        ParameterDefaultAdded "WD110" "a parameter that the library fills in may be left out", "", MINOR, MINOR,
            "Generated clients send it all the same.";
        ParameterDefaultRemoved "WD111" "a parameter that the library fills in may no longer be left out", "", on(W, N), on(W, N),
            "Who leaves it out is refused.";
        ParameterDefault "WD112" "a parameter means something else where it is left out", "what is meant without it", on(W, N), on(W, N),
            "Who leaves it out gets another answer.";
        ParameterAcceptsAdded "WD113" "a server takes one more text for a constant", "", MINOR, MINOR,
            "Generated clients never send it.";
        ParameterAcceptsRemoved "WD114" "a server no longer takes a text for a constant", "", on(W, N), on(W, N),
            "Who sends it is refused.";
        ParameterGroups "WD115" "other operations carry a parameter", "who carries it", on(W, W), on(W, W),
            "One side sends what the other does not expect, or demands what is not sent.";
        RequestId "WD116" "a parameter became the request's id, or is it no longer", "whether it is the request's id", on(W, W), on(W, W),
            "Clients make one for each try, and compare it with what is echoed.";
        GivenType "WD117" "what a client or a call gives is a type of its own, and was none, or the other way round", "the types", on(I, I), on(I, I),
            "Clients are made of it, and services are handed it.";
        ParameterCredentials "WD118" "a parameter is of other credentials", "which credentials it is of", on(WI, WI), on(WI, WI),
            "Clients are made of other parameters, and send others. Servers tell credentials by what is there.";
    }
    "Members of requests, replies, structures and the envelope" {
        MemberAddedOptional "WD201" "an optional member was added", "", MINOR, MINOR,
            "Who does not know it skips it, and structures grow without breaking code. An old server does not do what it asks for.";
        MemberAddedRequired "WD202" "a required member was added", "", on(WI, N), on(N, WI),
            "The reader demands what old writers do not send, and the constructor of the writer takes an argument more.";
        MemberAddedFilled "WD203" "a required member was added that the call fills in", "", on(W, N), on(W, N),
            "An old caller does not send it and is refused; code that calls goes on.";
        MemberRemovedOptional "WD204" "an optional member was removed", "", on(I, I), on(I, I),
            "Code that names it does not compile. On the wire it may be missing, and is skipped where it comes.";
        MemberRemovedRequired "WD205" "a required member was removed", "", on(I, WI), on(WI, I),
            "Old readers demand what new writers do not send. Code that names it does not compile.";
        MemberNowRequired "WD206" "an optional member is required", "", on(WI, I), on(I, WI),
            "Readers demand what old writers may leave out. In Rust it is no `Option`, and an argument of the constructor.";
        MemberNowOptional "WD207" "a required member is optional", "", on(I, WI), on(WI, I),
            "Old readers demand what new writers may leave out. In Rust it is an `Option`, and no argument of the constructor.";
        MemberWireName "WD208" "a member has another name on the wire", "the name on the wire", on(W, W), on(W, W),
            "Neither side finds what the other writes.";
        MemberRustName "WD209" "a member has another name in Rust", "the name in Rust", on(I, I), on(I, I),
            "Code that names it does not compile. The wire is the same.";
        MemberAlsoAdded "WD210" "a member is read under one more name", "", MINOR, MINOR,
            "It is never written so.";
        MemberAlsoRemoved "WD211" "a member is no longer read under a name", "", on(W, N), on(N, W),
            "Whoever writes it so is not understood: old callers in requests, old servers in replies.";
        MemberType "WD212" "a member has another type", "the type", on(WI, WI), on(WI, WI),
            "It is another type in Rust, and the other side does not read what is written, or takes it for something else.";
        MemberRepeat "WD213" "a member became one value, a list or a map", "how often it is there", on(WI, WI), on(WI, WI),
            "It is another type in Rust, and laid out otherwise.";
        ListLayout "WD214" "a list or a map is laid out otherwise", "the layout", on(W, W), on(W, W),
            "The reader looks for items and entries where they are not.";
        ListMayBeEmpty "WD215" "a list that had to have an item may have none", "", on(N, W), on(W, N),
            "Old readers demand an item.";
        ListMustHaveItem "WD216" "a list that might have no item must have one", "", on(W, N), on(N, W),
            "Readers refuse an empty list that old writers may send.";
        ListFrame "WD217" "a list without items is written otherwise", "whether it is written without items", PATCH, PATCH,
            "Readers take both for a list without items.";
        ListOptional "WD218" "a list without items is told from none, or no longer", "whether none is told from an empty one", on(I, I), on(I, I),
            "In Rust it is an `Option`, or no longer.";
        MapRepeats "WD219" "a key of a map may come more than once, or no longer", "whether keys repeat", on(WI, WI), on(WI, WI),
            "It is another type in Rust, and one side takes for an error what the other writes.";
        Secret "WD220" "a value became a secret, or is none any longer", "whether it is a secret", on(I, I), on(I, I),
            "In Rust it is inside a `Secret`, or no longer. The wire is the same.";
        MemberPlace "WD221" "a member is elsewhere in its element", "where it is", on(W, W), on(W, W),
            "The reader looks for an element, an attribute, a text or members where they are not.";
        BooleanSpelling "WD222" "a boolean is spelled otherwise", "the spelling", on(W, W), on(W, W),
            "The other side does not know the words.";
        DefaultAdded "WD223" "the definition tells what an absent member means", "", MINOR, MINOR,
            "There is a method more, `…_or_default`.";
        DefaultRemoved "WD224" "the definition no longer tells what an absent member means", "", on(I, I), on(I, I),
            "Code that asks for `…_or_default` does not compile.";
        Default "WD225" "an absent member means something else", "what an absent one means", on(W, W), on(W, W),
            "One side leaves it out and means something that the other does not.";
        AbsentTexts "WD226" "other texts mean that a member is not there", "what means absence", on(W, N), on(N, W),
            "What old writers send for a value is none, or the other way round.";
        MemberNamespace "WD227" "a member is in another XML namespace", "the namespace", on(W, W), on(W, W),
            "Where a namespace decides, it is not found.";
        Whole "WD228" "a list is a whole JSON reply, or no longer", "whether it is the whole reply", on(W, W), on(W, W),
            "One side writes an object around it that the other does not expect.";
        Samples "WD229" "tests and mocks make up other values", "what is made up", PATCH, PATCH,
            "Nothing else has them.";
        RangeNarrowed "WD230" "fewer numbers are allowed", "the range", on(W, N), PATCH,
            "A server refuses numbers that old callers send. A client reads whatever comes.";
        RangeWidened "WD231" "more numbers are allowed", "the range", MINOR, PATCH,
            "Nobody must send them.";
        Filled "WD232" "a call fills a parameter in where the caller does not, or no longer", "what fills it in", on(WI, I), on(WI, I),
            "It is an argument of the call, or no longer; who relied on the call sends nothing.";
        FilledWith "WD233" "a call fills a parameter in with something else", "what fills it in", on(W, W), on(W, W),
            "The other side counts in another unit, or reads another format.";
        Location "WD234" "a parameter is elsewhere in the request, or a member elsewhere in the reply", "where it is", on(W, W), on(W, W),
            "Whoever reads it looks for it where it is not.";
        MemberOrder "WD235" "members are in another order on the wire", "the order", PATCH, PATCH,
            "Readers take any order.";
        ConstructorOrder "WD236" "required members are in another order", "the order of required members", on(I, N), on(N, I),
            "The constructor of the writer takes its arguments in another order: where types are alike, without a word of the compiler.";
        Boxed "WD237" "a member is in a `Box`, or no longer", "whether it is in a `Box`", on(I, I), on(I, I),
            "Types that contain each other came to be or are gone; in Rust it is another type.";
        MemberNowInRequests "WD238" "requests always have an optional member", "", on(WI, N), on(N, I),
            "A server demands what old callers may leave out, and the constructor takes an argument more. In Rust it is an `Option` still.";
        MemberNowUninsisted "WD239" "requests may be without a member that they always had", "", on(I, W), on(N, I),
            "Old servers demand what new callers may leave out. It is no argument of the constructor.";
        MemberOnlyInRequests "WD240" "a required member is one that only requests always have", "", on(I, I), on(WI, I),
            "Old readers of replies demand what new servers may leave out. In Rust it is an `Option`, and an argument of the constructor still.";
        MemberInReplies "WD241" "a member that only requests always had is required", "", on(I, I), on(I, WI),
            "Readers of replies demand what old servers may leave out. In Rust it is no `Option`, and an argument of the constructor still.";
        MemberFlatIn "WD242" "a member is among those around it in other formats", "in which formats", on(W, W), on(W, W),
            "The reader looks for its members where they are not.";
    }
    "Types with a name" {
        TypeAdded "WD301" "a type was added", "", MINOR, MINOR,
            "What uses it is told where it is used.";
        TypeRemoved "WD302" "a type was removed", "", on(I, I), on(I, I),
            "Code that names it does not compile. What used it is told where it was used.";
        TypeRustName "WD303" "a type has another name in Rust", "the name in Rust", on(I, I), on(I, I),
            "Code that names it does not compile. The wire is the same.";
        TypeKind "WD304" "a type is another kind of type", "what it is", on(WI, WI), on(WI, WI),
            "What was an enumeration is a structure, or the like: nothing of it is as it was.";
        ValueAdded "WD305" "a value of an enumeration was added", "", MINOR, MINOR,
            "Values that nobody knows are kept as they came, on both sides, and code that matches has an arm for others.";
        ValueRemoved "WD306" "a value of an enumeration was removed", "", on(I, I), on(I, I),
            "Code that names it does not compile. On the wire it is kept as a value that nobody knows.";
        ValueWireName "WD307" "a value has another spelling on the wire", "the spelling", on(W, W), on(W, W),
            "The other side takes it for a value that it does not know.";
        ValueRustName "WD308" "a value has another name in Rust", "the name in Rust", on(I, I), on(I, I),
            "Code that names it does not compile. The wire is the same.";
        ValueAlsoAdded "WD309" "one more spelling of a value is read", "", MINOR, MINOR,
            "It is never written so.";
        ValueAlsoRemoved "WD310" "a spelling of a value is no longer read", "", on(W, N), on(N, W),
            "Whoever writes it so is taken to say something unknown.";
        ValuesAreNumbers "WD311" "the values of an enumeration became numbers, or texts", "what its values are", on(W, W), on(W, W),
            "In JSON they have quotes, or none.";
        VariantAdded "WD312" "a variant of a union was added", "", MINOR, MINOR,
            "Variants that nobody knows are kept as they came.";
        VariantRemoved "WD313" "a variant of a union was removed", "", on(I, I), on(I, I),
            "Code that names it does not compile. On the wire it is kept as a variant that nobody knows.";
        VariantWireName "WD314" "a variant has another tag on the wire", "the tag", on(W, W), on(W, W),
            "The other side takes it for a variant that it does not know.";
        VariantRustName "WD315" "a variant has another name in Rust", "the name in Rust", on(I, I), on(I, I),
            "Code that names it does not compile. The wire is the same.";
        VariantType "WD316" "a variant holds something else", "what it holds", on(WI, WI), on(WI, WI),
            "It is another type in Rust, and the other side does not read what is written.";
        UnionLayout "WD317" "the tag or the content of a union is elsewhere", "where tag and content are", on(W, W), on(W, W),
            "The reader looks for them where they are not.";
        DateWritten "WD318" "dates are written in a format that was not read", "the format that is written", on(N, W), on(W, N),
            "Old readers do not know the format.";
        DateNotRead "WD319" "dates in a format are no longer read", "", on(W, N), on(N, W),
            "Whoever writes so is not understood: old callers in requests, old servers in replies.";
        DateFormats "WD320" "more formats of dates are read, or another of the known ones is written", "what is read, and written first,", MINOR, MINOR,
            "Whatever either side writes, the other reads.";
        FormAdded "WD321" "texts of one more form can be made", "", MINOR, MINOR,
            "Texts of other forms are read and kept.";
        FormRemoved "WD322" "texts of a form can no longer be made", "", on(I, N), on(N, I),
            "Code that makes one gets an error. What comes is read and kept.";
        PartialAdded "WD323" "a structure, an operation or its reply keeps what is not described", "", MINOR, MINOR,
            "There is a member more, `more`.";
        PartialRemoved "WD324" "a structure, an operation or its reply no longer keeps what is not described", "", on(I, I), on(I, I),
            "Code that names `more` does not compile, and what is not described is skipped.";
        Epoch "WD325" "a moment is counted since another one, or in another unit", "how it is counted", on(W, W), on(W, W),
            "The same number is another moment.";
        EpochDecimals "WD326" "a moment that is counted is written with more or fewer decimals", "how many decimals it has at most", PATCH, PATCH,
            "Readers take any number of them.";
        Separators "WD327" "the cells or the lines of a table are separated otherwise", "what is between them", on(W, W), on(W, W),
            "The reader takes several cells for one, or one for several.";
    }
    "Operations" {
        OperationAdded "WD401" "an operation was added", "", MINOR, MINOR,
            "Clients have a method more. A service that does not have it refuses it, as before.";
        OperationRemoved "WD402" "an operation was removed", "", on(WI, I), on(WI, I),
            "Code that calls or serves it does not compile, and who calls it is refused.";
        OperationKey "WD403" "an operation has another name in the definition", "the name", MINOR, MINOR,
            "Observers, logs and mocks tell it so. What it is called in Rust and on the wire is told by itself.";
        OperationRustName "WD404" "an operation's types or methods have other names in Rust", "the name in Rust", on(I, I), on(I, I),
            "Code that names them does not compile. It may be because another operation came that needs the name.";
        OperationWireName "WD405" "an operation has another name on the wire", "the name on the wire", on(W, W), on(W, W),
            "The other side does not know it.";
        OperationPath "WD406" "an operation has another path", "the path", on(W, W), on(W, W),
            "An old caller calls what is not there, and a new one what an old server does not have.";
        MethodAdded "WD407" "an operation takes one more HTTP method", "", MINOR, MINOR,
            "Nobody must use it.";
        MethodRemoved "WD408" "an operation no longer takes an HTTP method", "", on(W, N), on(W, N),
            "Who uses it is refused.";
        MethodUsual "WD409" "clients use another HTTP method, which was offered already", "the usual method", PATCH, PATCH,
            "Old servers take it.";
        MethodUsualNew "WD410" "clients use another HTTP method, which was not offered", "the usual method", on(N, W), on(N, W),
            "A new caller uses what an old server refuses.";
        Placement "WD411" "a method carries the parameters elsewhere", "where they are", on(W, W), on(W, W),
            "The server looks for them where they are not.";
        PlacementWidened "WD412" "a server takes the parameters of a form from the URL as well", "where they are", MINOR, MINOR,
            "Generated clients never put them there.";
        PlacementNarrowed "WD413" "a server no longer takes the parameters of a form from the URL", "where they are", on(W, N), on(W, N),
            "Who puts them there is refused.";
        FormatAdded "WD414" "an operation answers in one more format", "", MINOR, MINOR,
            "Nobody must ask for it.";
        FormatRemoved "WD415" "an operation no longer answers in a format", "", on(W, N), on(W, N),
            "Who asks for it is refused.";
        FormatUsual "WD416" "clients ask for another format, which was offered already", "the usual format", PATCH, PATCH,
            "Old servers have it.";
        FormatUsualNew "WD417" "clients ask for another format, which was not offered", "the usual format", on(N, W), on(N, W),
            "A new caller asks for what an old server does not have.";
        OperationNamespace "WD418" "an operation's replies are in another XML namespace", "the namespace", on(W, W), on(W, W),
            "Who goes by namespaces finds nothing in the old one.";
        Raw "WD419" "an operation's reply became an envelope, or is none any longer", "what it answers", on(WI, WI), on(WI, WI),
            "It is read and answered by other types.";
        RawMore "WD420" "a raw reply may be more than before", "what it may be", on(W, N), on(W, N),
            "An old caller takes it for a failure.";
        RawFewer "WD421" "a raw reply may be less than before", "what it may be", on(N, W), on(N, W),
            "A new caller takes for a failure what an old server answers.";
        SessionsMore "WD422" "an operation can be called in one more kind of session, or without one", "", on(N, I), on(N, I),
            "A service is handed the session as another type. Callers have a way more.";
        SessionsFewer "WD423" "an operation can no longer be called in a kind of session, or without one", "", on(WI, I), on(WI, I),
            "Code that calls it so does not compile, and who calls it so is refused. A service is handed the session as another type.";
        FormEncoding "WD424" "a request's form is encoded otherwise", "the encoding", on(W, W), on(W, W),
            "A server refuses the other media type.";
        Signed "WD425" "an operation's requests are signed, and were not", "", on(W, N), on(W, N),
            "A server refuses requests without a signature. An old server skips it.";
        SignedOptionally "WD426" "an operation's requests may be signed, and were not", "", MINOR, MINOR,
            "A server takes requests without a signature as well.";
        Unsigned "WD427" "an operation's requests are no longer signed", "", on(N, W), on(N, W),
            "An old server refuses requests without a signature.";
        SignatureDemanded "WD428" "a server no longer takes an operation's requests without a signature", "", on(W, N), on(W, N),
            "Who does not sign is refused.";
        SignatureWaived "WD429" "a server takes an operation's requests without a signature as well", "", MINOR, MINOR,
            "Generated clients sign all the same.";
        SecureOnly "WD430" "an operation is only called over TLS", "", on(W, N), on(W, N),
            "Who calls it without TLS is refused.";
        InsecureToo "WD431" "an operation may be called without TLS as well", "", MINOR, MINOR,
            "Callers go on to use TLS where the endpoint has it.";
        Repeatable "WD432" "clients repeat an operation by themselves, or no longer", "whether it is repeated", MINOR, MINOR,
            "After errors that may pass, a call is made again, or given up earlier.";
        BodyAdded "WD433" "an operation's request carries a document, and carried none", "", on(WI, I), on(WI, I),
            "An old caller sends none, and is refused where something of it is required. The request has a member more.";
        BodyRemoved "WD434" "an operation's request carries no document, and carried one", "", on(I, WI), on(I, WI),
            "A new caller sends none, and an old server demands it. Code that makes or reads it does not compile.";
        ReplyType "WD435" "an operation has a reply and had none, or the other way round", "what it answers", on(I, I), on(I, I),
            "In Rust it is `Nothing`, or no longer.";
        RowsAdded "WD436" "rows can be read or written one by one", "", MINOR, MINOR,
            "There is a method more.";
        RowsRemoved "WD437" "rows can no longer be read or written one by one", "", on(I, N), on(I, N),
            "Code that does so does not compile.";
        Rows "WD438" "rows are elsewhere, or another type", "where the rows are", on(WI, W), on(WI, W),
            "A reader of rows finds none where they were.";
        RowCells "WD439" "the cells of rows are read as other types", "what cells are", on(I, N), on(I, N),
            "A program gets values of other types.";
        EnvelopeOrder "WD440" "the envelope's members are in another order around a reply", "the order", PATCH, PATCH,
            "Readers take any order.";
        ApiType "WD441" "an operation is of another type of the client, or its envelope is", "what it shares with others", on(I, I), on(I, I),
            "Generic code that names `Api` or the envelope does not compile.";
        Status "WD442" "a success has another HTTP status", "the status", on(W, W), on(W, W),
            "The other side takes it for a failure, or looks for a body that is not there.";
        EmptyReplyAllowed "WD443" "a success may have no body, and had to have one", "", on(W, N), on(W, N),
            "An old caller takes it for an error.";
        EmptyReplyRefused "WD444" "a success must have a body, and needed none", "", on(N, W), on(N, W),
            "A new caller takes for an error what an old server may answer.";
        PaginationAdded "WD445" "an operation is paginated, and was not", "", MINOR, MINOR,
            "Clients have a method more.";
        PaginationRemoved "WD446" "an operation is no longer paginated", "", on(I, N), on(I, N),
            "Code that calls `paginate` does not compile.";
        PaginationNext "WD447" "the next page is found otherwise", "how it goes on", on(WI, W), on(WI, W),
            "A client stops early, or asks for what is not there; its items may be of another type.";
        PaginationWait "WD448" "the next page is asked for at another time, or at more or fewer hosts", "when and where", MINOR, MINOR,
            "A client waits for another time, or follows other links.";
        OfferOrder "WD449" "an operation's formats or methods are in another order", "the order", PATCH, PATCH,
            "What is usual is told by itself.";
        FormatUnasked "WD450" "a server answers in another format where none is asked for", "the format", on(W, N), on(W, N),
            "Who asks for none gets what it does not read. Generated clients ask.";
        OperationConstants "WD451" "an operation's requests always say something else", "what they say", on(W, W), on(W, W),
            "A server does not recognise what an old caller asks for.";
        Outcome "WD452" "whether a call succeeded is told otherwise", "what tells it", on(W, W), on(W, W),
            "Who looks elsewhere takes a refusal for a success.";
    }
    "The envelope and errors" {
        EnvelopeRole "WD501" "a member of the envelope tells something else", "what it tells", on(WI, WI), on(WI, WI),
            "Answers and failures have other members, and success is found elsewhere.";
        EnvelopeWhen "WD502" "a member of the envelope is on other replies", "on which replies it is", on(WI, WI), on(WI, WI),
            "It is a member of answers or of failures, and was none, or the other way round.";
        EnvelopeWithin "WD503" "something else is around a member of the envelope", "what is around it", on(W, W), on(W, W),
            "The reader looks for it where it is not.";
        EnvelopeValue "WD504" "a server says something else where its service says nothing", "what a server says", MINOR, MINOR,
            "It is for people and logs, as the version of a protocol is.";
        SuccessAdded "WD505" "one more status means success", "", on(W, N), on(W, N),
            "An old caller takes it for a failure.";
        SuccessRemoved "WD506" "a status no longer means success", "", on(N, W), on(N, W),
            "A new caller takes for a failure what an old server answers.";
        SuccessWritten "WD507" "a server writes another of the statuses that mean success", "what it writes", PATCH, PATCH,
            "Readers know all of them.";
        FailureStatus "WD508" "failures have another status", "the status of a failure", on(W, W), on(W, W),
            "The error's code is found elsewhere, or the other side takes it for a code.";
        HttpCodes "WD509" "unknown codes are statuses of HTTP, or no longer", "whether they are", MINOR, MINOR,
            "Errors that nobody describes have another class.";
        Echoes "WD510" "a server echoes something else of the operation", "what it echoes", MINOR, MINOR,
            "It is for people and logs.";
        FailureData "WD511" "failures have data of a type of their own, or no longer", "the type of their data", on(I, I), on(I, I),
            "In Rust it is `FailureData` or `Document`.";
        ErrorAdded "WD512" "an error was added", "", MINOR, MINOR,
            "Codes that nobody knows are kept, and code that matches has an arm for others.";
        ErrorRemoved "WD513" "an error was removed", "", on(I, I), on(I, I),
            "Code that names it does not compile. On the wire it is kept as a code that nobody knows.";
        ErrorCode "WD514" "an error has another code", "the code", on(W, W), on(W, W),
            "The other side takes it for another error, or for an unknown one.";
        ErrorRustName "WD515" "an error has another name in Rust", "the name in Rust", on(I, I), on(I, I),
            "Code that names it does not compile. The wire is the same.";
        ErrorSymbol "WD516" "another symbol is beside an error's code", "the symbol", MINOR, MINOR,
            "The code is what counts.";
        ErrorText "WD517" "an error has other words", "its text", PATCH, PATCH,
            "They are for people.";
        ErrorHttp "WD518" "an error has another HTTP status", "the HTTP status", on(W, W), on(W, W),
            "Where there is no envelope the status is all that tells of it.";
        ErrorClass "WD519" "a caller can do something else about an error", "the class", MINOR, MINOR,
            "Clients try again, log in again or give up where they did not; programs that ask for the class go another way.";
        ErrorWhen "WD520" "a server answers with an error by itself on other occasions", "when it answers so", MINOR, MINOR,
            "Callers get another code of those that they know.";
        EnvelopeTells "WD521" "members of another structure tell of an error, or others of them", "what tells", on(WI, WI), on(WI, WI),
            "Failures have other members, and which error it is is looked for elsewhere.";
        EnvelopeOnlyIn "WD522" "other formats have the status", "which formats", on(W, W), on(W, W),
            "Success and failure are told otherwise there.";
        CodeHeader "WD523" "another header has the code of a refusal, or none has", "the header", on(W, W), on(W, W),
            "Of a reply without a body nothing but the HTTP status tells which error it is.";
    }
    "Sessions" {
        SessionAdded "WD601" "a kind of session was added", "", on(N, I), on(N, I),
            "A service tells all kinds apart. Callers have a way more.";
        SessionRemoved "WD602" "a kind of session was removed", "", on(WI, I), on(WI, I),
            "Code that opens it or serves it does not compile.";
        SessionName "WD603" "a kind of session has another name", "the name", on(I, I), on(I, I),
            "Code that names its types does not compile.";
        SessionOpens "WD604" "a session is opened by another operation", "what opens it", on(WI, WI), on(WI, WI),
            "Who opens it as before opens none.";
        SessionCloses "WD605" "a session is closed by another operation, or by none", "what closes it", on(I, I), on(I, I),
            "The method that closes it takes another operation, or is gone.";
        SessionConditional "WD606" "the call that opens a session may open none, or always opens one", "whether it may open none", on(I, I), on(I, I),
            "It gives an outcome of another type.";
        SessionClock "WD607" "a session keeps the server's clock, or another one", "where the clock is", MINOR, MINOR,
            "Parameters from the clock carry another time.";
        SessionFieldAdded "WD608" "a session keeps one thing more", "", on(I, I), on(I, I),
            "The constructor of its state takes an argument more, and sessions that were saved lack it.";
        SessionFieldRemoved "WD609" "a session no longer keeps a thing", "", on(I, I), on(I, I),
            "Code that names it does not compile.";
        SessionFieldName "WD610" "what a session keeps has another name", "the name", on(I, I), on(I, I),
            "Code that names it does not compile, and sessions that were saved have the old name.";
        SessionFieldFrom "WD611" "what a session keeps comes from elsewhere", "where it comes from", on(W, W), on(W, W),
            "Calls carry or are signed with something else.";
        SessionOrder "WD612" "what a session keeps is in another order", "the order", on(I, I), on(I, I),
            "The constructor of its state takes its arguments in another order.";
        SessionClockRemoved "WD613" "a session no longer keeps the server's clock", "", on(I, I), on(I, I),
            "Code that names it does not compile, and parameters from the clock carry the caller's time.";
    }
}
