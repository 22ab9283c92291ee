//! How bad a change is, for whom, and which version it asks for.

use std::fmt;

/// What a change breaks of one side's programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Harm {
    /// A program of the old definition does not get on with a peer of the new one.
    pub wire: bool,
    /// Code that was written against the old crate does not compile with the new one, or gets something else from it.
    pub interface: bool,
}

impl Harm {
    /// It breaks nothing.
    pub const NONE: Self = Self { wire: false, interface: false };
    /// It breaks what is on the wire.
    pub const WIRE: Self = Self { wire: true, interface: false };
    /// It breaks the crate's interface.
    pub const INTERFACE: Self = Self { wire: false, interface: true };
    /// It breaks both.
    pub const BOTH: Self = Self { wire: true, interface: true };

    /// Whether it breaks anything.
    pub const fn is_any(self) -> bool {
        self.wire || self.interface
    }

    /// What either of them breaks.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { wire: self.wire || other.wire, interface: self.interface || other.interface }
    }

    /// What it breaks, in words: `wire`, `interface`, `wire and interface`; nothing is `no`.
    pub const fn words(self) -> &'static str {
        match (self.wire, self.interface) {
            (false, false) => "no",
            (true, false) => "wire",
            (false, true) => "interface",
            (true, true) => "wire and interface",
        }
    }
}

/// The part of a crate's version that a change counts up, of three: before 1.0.0 what Cargo takes for it, `0.major.minor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Nobody sees it but in what the crate does better, or in its pages.
    Patch,
    /// The crate can do more, and what was written against the old one goes on.
    Minor,
    /// Something that worked does not.
    Major,
}

impl Version {
    /// `major`, `minor` or `patch`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// For whom a change is breaking, the least severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For nobody.
    Compatible,
    /// For those who serve: the generated server side, mocks.
    BreakingForServers,
    /// For those who call.
    BreakingForCallers,
    /// For both.
    BreakingForBoth,
}

impl Severity {
    /// All, the most severe first: the order in which changes are told.
    pub const ALL: [Self; 4] =
        [Self::BreakingForBoth, Self::BreakingForCallers, Self::BreakingForServers, Self::Compatible];

    /// `breaking for callers`
    pub const fn words(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::BreakingForServers => "breaking for servers",
            Self::BreakingForCallers => "breaking for callers",
            Self::BreakingForBoth => "breaking for callers and servers",
        }
    }

    /// What a program that compares definitions ends with where this is the most severe change: 0 for a compatible one, as where
    /// nothing changed, 10 where servers break, 11 where callers break, 12 where both do. Lower numbers are left to failures of the
    /// program itself.
    ///
    /// ```
    /// use wirewright_codegen::diff::Severity;
    ///
    /// assert_eq!(Severity::Compatible.exit_code(), 0);
    /// assert_eq!(Severity::BreakingForCallers.exit_code(), 11);
    /// ```
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Compatible => 0,
            Self::BreakingForServers => 10,
            Self::BreakingForCallers => 11,
            Self::BreakingForBoth => 12,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// On which side of a call a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Callers write it, and servers read it.
    Request,
    /// Servers write it, and callers read it.
    Reply,
    /// On both sides.
    Both,
}

impl Direction {
    /// `request`, `reply`, or `request and reply`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Reply => "reply",
            Self::Both => "request and reply",
        }
    }

    /// The direction of what is on the sides that are true. What nothing uses counts as on both.
    pub(super) const fn of(request: bool, reply: bool) -> Self {
        match (request, reply) {
            (true, false) => Self::Request,
            (false, true) => Self::Reply,
            _ => Self::Both,
        }
    }
}

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// What it breaks for those who call.
    pub callers: Harm,
    /// What it breaks for those who serve.
    pub servers: Harm,
    /// Which version it asks for where it breaks nothing.
    otherwise: Version,
}

impl Effect {
    /// The crate can do more.
    pub(super) const MINOR: Self =
        Self { otherwise: Version::Minor, ..Self::breaking(Harm::NONE, Harm::NONE) };
    /// Nobody sees it.
    pub(super) const PATCH: Self = Self { otherwise: Version::Patch, ..Self::MINOR };

    /// It breaks this.
    pub(super) const fn breaking(callers: Harm, servers: Harm) -> Self {
        Self { callers, servers, otherwise: Version::Minor }
    }

    /// What two of them do together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            callers: self.callers.and(other.callers),
            servers: self.servers.and(other.servers),
            otherwise: self.otherwise.max(other.otherwise),
        }
    }

    /// For whom it is breaking.
    pub const fn severity(self) -> Severity {
        match (self.callers.is_any(), self.servers.is_any()) {
            (false, false) => Severity::Compatible,
            (false, true) => Severity::BreakingForServers,
            (true, false) => Severity::BreakingForCallers,
            (true, true) => Severity::BreakingForBoth,
        }
    }

    /// What it asks for. Whatever is breaking for anybody is a major change.
    pub const fn version(self) -> Version {
        match self.severity() {
            Severity::Compatible => self.otherwise,
            _ => Version::Major,
        }
    }
}
