//! What samples cannot tell, and a person can: questions, and a file that keeps the answers.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;

/// Answers, as a file in TOML has them, so that a second run asks nothing.
///
/// ```
/// use wirewright_draft::Answers;
///
/// let answers: Answers = r#"
/// common     = ["key", "lang"]
/// attributes = ["id"]
///
/// [session]
/// opens  = "session/login"
/// fields = { sid = "token.sid" }
///
/// [required]
/// "parcels/find" = ["number", "reply.place"]
/// "#.parse()?;
/// assert_eq!(answers.common, Some(vec!["key".to_owned(), "lang".to_owned()]));
/// assert_eq!(answers.to_string().parse::<Answers>()?, answers);
/// # Ok::<(), wirewright_draft::InvalidAnswers>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Answers {
    /// The parameters that go with every call.
    pub common: Option<Vec<String>>,
    /// What opens a session.
    pub session: Option<SessionAnswer>,
    /// The members that are attributes in XML, of those that no sample shows in it: [`ALL`](Self::ALL) is all of them, and with
    /// [`UNKNOWN`](Self::UNKNOWN), as without an answer, XML is left out.
    pub attributes: Option<Vec<String>>,
    /// What is required, by operations: parameters, and members of the reply behind `reply.`.
    pub required: BTreeMap<String, Vec<String>>,
}

impl Answers {
    /// Among [`attributes`](Self::attributes): every one of the members.
    pub const ALL: &'static str = "*";
    /// Among [`attributes`](Self::attributes): nobody knows.
    pub const UNKNOWN: &'static str = "?";

    /// The members that somebody said are attributes. `None`: nobody has said anything of them.
    pub(crate) fn known_attributes(&self) -> Option<&[String]> {
        self.attributes.as_deref().filter(|names| !names.iter().any(|name| name == Self::UNKNOWN))
    }
}

/// What opens a session, and what it gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SessionAnswer {
    /// The operation, as `session/login`; empty: there are no sessions.
    pub opens: String,
    /// Each parameter of later calls, with the names on the way to its value in the data of the reply: `token.sid`.
    pub fields: BTreeMap<String, String>,
}

/// Why a text is no answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAnswers {
    /// The line, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for InvalidAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidAnswers {}

impl std::str::FromStr for Answers {
    type Err = InvalidAnswers;

    fn from_str(text: &str) -> Result<Self, InvalidAnswers> {
        toml::from_str(text).map_err(|error| InvalidAnswers {
            line: error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1),
            message: format!(
                "{}; expected `common`, `attributes`, `session` and `required`, as the guide of `wirewright draft` has them",
                error.message().lines().next().unwrap_or_default()
            ),
        })
    }
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| crate::written::quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

impl fmt::Display for Answers {
    /// As a file has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(common) = &self.common {
            writeln!(f, "# The parameters that go with every call.\ncommon = {}", list(common))?;
        }
        if let Some(attributes) = &self.attributes {
            writeln!(
                f,
                "\n# Which members are attributes in XML, of those that no sample shows there: \"*\" is all, \"?\" leaves XML out.\nattributes = {}",
                list(attributes)
            )?;
        }
        if let Some(session) = &self.session {
            writeln!(
                f,
                "\n# What opens a session, and where its reply has the parameters of later calls.\n[session]"
            )?;
            writeln!(f, "opens = {}", crate::written::quoted(&session.opens))?;
            let fields = session.fields.iter();
            let fields: Vec<String> = fields
                .map(|(name, path)| {
                    format!("{} = {}", crate::written::quoted(name), crate::written::quoted(path))
                })
                .collect();
            if !fields.is_empty() {
                writeln!(f, "fields = {{ {} }}", fields.join(", "))?;
            }
        }
        if !self.required.is_empty() {
            writeln!(f, "\n# What is required, by operations.\n[required]")?;
            for (operation, names) in &self.required {
                writeln!(f, "{} = {}", crate::written::quoted(operation), list(names))?;
            }
        }
        Ok(())
    }
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum About {
    /// Which parameters go with every call.
    Common,
    /// What opens a session.
    Session,
    /// What this operation requires.
    Required(String),
    /// Which members are attributes in XML.
    Attributes,
}

/// A question, with what was inferred.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// The question, for people.
    pub prompt: String,
    /// What there is to choose from.
    pub choices: Vec<String>,
    /// What was inferred.
    pub guess: Vec<String>,
}

impl Question {
    /// Takes an answer: words with spaces or commas between them, `-` for none, and nothing for what was inferred.
    ///
    /// # Errors
    ///
    /// A word that is none of the choices.
    pub fn answer(&self, answers: &mut Answers, text: &str) -> Result<(), String> {
        let words: Vec<String> = text
            .split(|sign: char| sign.is_whitespace() || sign == ',')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let words = if words.is_empty() { self.guess.clone() } else { words };
        let words: Vec<String> = words.into_iter().filter(|word| word != "-").collect();
        let chosen = |word: &String| self.choices.contains(word);
        match &self.about {
            About::Session => {
                let mut words = words.into_iter();
                let opens = words.next().unwrap_or_default();
                if !opens.is_empty() && !self.choices.contains(&opens) {
                    return Err(self.unknown(&opens));
                }
                let mut fields = BTreeMap::new();
                for word in words {
                    let (name, path) = word.split_once('=').unwrap_or((&word, &word));
                    fields.insert(name.to_owned(), path.to_owned());
                }
                answers.session = Some(SessionAnswer { opens, fields });
                return Ok(());
            }
            _ => {
                if let Some(word) = words.iter().find(|word| !chosen(word)) {
                    return Err(self.unknown(word));
                }
            }
        }
        match &self.about {
            About::Required(operation) => drop(answers.required.insert(operation.clone(), words)),
            About::Attributes => answers.attributes = Some(words),
            _ => answers.common = Some(words),
        }
        Ok(())
    }

    fn unknown(&self, word: &str) -> String {
        let near = wirewright_codegen::nearest(word, &self.choices);
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("`{word}` is none of these: {}{near}", self.choices.join(", "))
    }
}
