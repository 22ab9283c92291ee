//! The whole way: from inputs to files that have no fault.

use wirewright_codegen::{Code, Faults, new::DefinitionFile};

use crate::{
    answers::{Answers, Question},
    assemble::{Frame, Session, files, sessions},
    exchange::Exchange,
    infer::{Inferred, Material, infer},
    input::Inputs,
    page::{Page, exchanges},
    questions,
    repair::{Repaired, checked, repair},
    samples::{self, Contradiction},
    secrets::{self, SecretNames},
};

/// What a person says about a draft beside the samples.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// What the vendor is called: the name of the folder and of the crate.
    pub vendor: String,
    /// The API's name; by default the vendor's.
    pub title: Option<String>,
    /// Names of parameters, members, headers and cookies whose values are secrets, beside those that are known.
    pub secrets: Vec<String>,
    /// What somebody answered.
    pub answers: Answers,
}

impl Options {
    /// The options of a vendor of this name.
    pub fn new(vendor: impl Into<String>) -> Self {
        Self { vendor: vendor.into(), ..Self::default() }
    }
}

/// A definition that has no fault, and what there is to say of it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The files of the definition.
    pub files: Vec<DefinitionFile>,
    /// What was not clear, was left out, or is to be decided.
    pub notes: Vec<String>,
    /// The samples that the draft does not agree with.
    pub contradictions: Vec<Contradiction>,
    /// How many tests of samples there are.
    pub tested: usize,
    /// What the checks refused at first, and what became of it.
    pub repaired: Vec<String>,
    /// What samples cannot tell, in the order of what the answers mend.
    pub questions: Vec<Question>,
}

/// Why there is no draft.
#[derive(Debug)]
#[non_exhaustive]
pub enum DraftError {
    /// There is nothing to draft from.
    Nothing,
    /// The checks refuse the draft, and nothing mends it: a fault of the drafter.
    Faulty(Faults),
}

impl std::fmt::Display for DraftError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str(
                "there is nothing to draft from: no request and no reply was found; name recordings, command lines, texts, or a page",
            ),
            Self::Faulty(faults) => {
                write!(f, "the draft has faults that could not be mended, which is a fault of `draft`:\n\n{faults}")
            }
        }
    }
}

impl std::error::Error for DraftError {}

/// Drafts a definition.
///
/// ```
/// use wirewright_draft::{Inputs, Options, draft};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(
///     folder.path().join("calls.curl"),
///     "curl 'https://api.parcels.example/parcels/find?key=k-1&number=17'\n{\"code\": 0, \"place\": \"Oslo\"}\n\
///      curl 'https://api.parcels.example/parcels/find?key=k-1&number=18'\n{\"code\": 2, \"reason\": \"no such parcel\"}\n",
/// )?;
/// let inputs = Inputs::read(&[folder.path().to_owned()], &[])?;
/// let draft = draft(&inputs, &Options::new("parcels"))?;
/// assert_eq!(draft.files[1].name, "parcels.toml");
/// assert!(draft.files[0].text.contains("[errors]\n2 = { name = \"NoSuchParcel\""));
/// assert!(draft.contradictions.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When there is nothing to draft from. A draft that the checks refuse is a fault of the drafter, and an error as well.
pub fn draft(inputs: &Inputs, options: &Options) -> Result<Draft, DraftError> {
    let material = material(inputs);
    if material.exchanges.is_empty() {
        return Err(DraftError::Nothing);
    }
    let (mut drafted, replaced) = without_secrets(&material, inputs, options)?;
    if replaced > 0 {
        drafted.notes.push(format!(
            "{replaced} values of secrets were replaced by made-up ones, each by the same one everywhere"
        ));
    }
    Ok(drafted)
}

/// The exchanges of recordings with the secrets made up, as a draft of them has them, for whoever keeps recordings.
///
/// ```
/// use wirewright_draft::{Inputs, Options, redacted};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(
///     folder.path().join("calls.curl"),
///     "curl 'https://api.parcels.example/login?user=ada&password=hunter2hunter'\n{\"code\": 0}\n",
/// )?;
/// let inputs = Inputs::read(&[folder.path().to_owned()], &[])?;
/// let exchanges = redacted(&inputs, &Options::new("parcels"));
/// assert_eq!(exchanges[0].parameters[0].value, "ada");
/// assert_ne!(exchanges[0].parameters[1].value, "hunter2hunter");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn redacted(inputs: &Inputs, options: &Options) -> Vec<Exchange> {
    let material = Material { exchanges: inputs.exchanges.clone(), pages: Vec::new() };
    let mut names = SecretNames::new(options.secrets.iter().map(String::as_str));
    inferred_secrets(&infer(material.clone(), &options.answers), &mut names);
    let mut exchanges = material.exchanges;
    secrets::replace(&mut exchanges, &names);
    exchanges
}

/// What there is to draft from: recordings, and what pages print.
fn material(inputs: &Inputs) -> Material {
    let mut material = Material { exchanges: inputs.exchanges.clone(), pages: Vec::new() };
    for text in &inputs.pages {
        let page = Page::read(text);
        let own = exchanges(&page, text);
        let file = text.file.file_name().unwrap_or(text.file.as_os_str()).to_string_lossy().into_owned();
        material.exchanges.extend(own.iter().cloned());
        material.pages.push((page, own, file));
    }
    material
}

/// How often what the checks take for a secret is replaced as well, until they find no more.
const ROUNDS: usize = 4;

/// Drafts from samples whose secrets are made up: those that are known, those that are inferred, and those that the checks find.
fn without_secrets(
    material: &Material,
    inputs: &Inputs,
    options: &Options,
) -> Result<(Draft, usize), DraftError> {
    let mut names = SecretNames::new(options.secrets.iter().map(String::as_str));
    let known = infer(material.clone(), &options.answers);
    inferred_secrets(&known, &mut names);
    let mut rounds = 0;
    loop {
        let mut own = material.clone();
        let replaced = secrets::replace(&mut own.exchanges, &names);
        let (draft, found) = once(own, inputs, options)?;
        rounds += 1;
        if found.is_empty() || rounds >= ROUNDS {
            return Ok((draft, replaced));
        }
        for name in &found {
            names.add(name);
        }
    }
}

/// What was inferred to be a secret: what a session keeps, and what has to be marked.
fn inferred_secrets(known: &Inferred, names: &mut SecretNames) {
    for (name, given) in &known.given {
        names.add(name);
        for sample in
            known.samples.iter().filter(|one| one.operation == given.opens && !one.exchange.is_printed)
        {
            for (_, document) in &sample.documents {
                document.node.leaves(&mut Vec::new(), &mut |path, text| {
                    if path == given.path && !text.is_empty() {
                        names.add_value(text);
                    }
                });
            }
        }
    }
    for (name, words) in &known.common.words {
        if words.flag("secret") {
            names.add(name);
        }
    }
}

/// One draft, and the names of values that look like real secrets to the checks.
fn once(material: Material, inputs: &Inputs, options: &Options) -> Result<(Draft, Vec<String>), DraftError> {
    let mut inferred = infer(material, &options.answers);
    let frame = Frame {
        title: options
            .title
            .clone()
            .unwrap_or_else(|| format!("{} API", wirewright_codegen::pascal(&options.vendor))),
        source: if inferred.stated.is_empty() {
            "samples".to_owned()
        } else {
            let files: Vec<&str> = inferred.stated.iter().map(|stated| stated.source.as_str()).collect();
            files.join(", ").chars().take(200).collect()
        },
    };
    let drafted = files(&mut inferred, &frame, &options.answers);
    let sessions = opened(&mut inferred);
    let questions = questions::open(&inferred, &options.answers, &sessions);
    let Repaired { files: drafted, vendor, mended } =
        repair(&options.vendor, drafted).map_err(DraftError::Faulty)?;
    let tested = samples::test(&options.vendor, drafted, vendor);
    let mut notes = inputs.notes.clone();
    notes.extend(inferred.notes);
    let mut known = std::collections::BTreeSet::new();
    notes.retain(|note| known.insert(note.clone()));
    let checked = checked(&options.vendor, &tested.files);
    let warned = checked.faults.diagnostics().iter().filter(|fault| fault.code == Code::SampleSecret);
    let found = warned.filter_map(|fault| fault.message.split('`').nth(1).map(str::to_owned)).collect();
    let draft = Draft {
        files: tested.files,
        notes,
        contradictions: tested.contradictions,
        tested: tested.count,
        repaired: mended,
        questions,
    };
    Ok((draft, found))
}

/// What opens sessions, and where its reply has what they keep.
fn opened(inferred: &mut Inferred) -> Vec<(usize, Vec<(String, String)>)> {
    let sessions = sessions(inferred);
    let fields = |session: &Session| {
        let own = session
            .fields
            .iter()
            .filter_map(|field| Some((field.name.clone(), field.path.as_ref()?.join("."))));
        own.collect()
    };
    sessions.iter().map(|session| (session.opens, fields(session))).collect()
}
