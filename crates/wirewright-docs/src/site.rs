//! All files of a site.

use askama::Template;
use wirewright_codegen::plan::{context::Context, names::Unique};
use wirewright_interpret::{Definition, OperationType};

use crate::{
    form::{Filled, Form, Sent},
    index::Index,
    of::Of,
    operation::OperationPage,
    overview::Overview,
    page::finished,
    places::{OVERVIEW, Places, TYPES},
    search,
    types::Types,
};

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the site's folder, with `/` between folders: letters, digits and `-_./` only.
    pub path: String,
    /// Its whole content, in UTF-8.
    pub text: String,
}

impl File {
    /// Its media type, by the ending of its name.
    pub fn media_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        }
    }
}

/// What every site has.
const ASSETS: [(&str, &str); 3] = [
    ("icon.svg", include_str!("../assets/icon.svg")),
    ("search.js", include_str!("../assets/search.js")),
    ("style.css", include_str!("../assets/style.css")),
];

/// The files of a site about these definitions, by path. The same definitions give the same bytes.
///
/// ```
/// use wirewright_codegen::load_sources;
/// use wirewright_interpret::Definition;
///
/// let protocol = r#"
/// title    = "Buoy API"
/// source   = "buoy.example"
/// endpoint = "https://buoy.example"
/// methods  = { GET = "query" }
/// formats  = { json = {} }
/// parameters = { "*" = { from = "request" } }
/// envelope = { ok = { is = "status", success = ["yes"] }, data = { is = "data" } }
/// "#;
/// let files = vec![
///     ("protocol.toml".to_owned(), protocol.to_owned()),
///     ("light.toml".to_owned(), "[lit]\ndoc = \"Whether it is <lit>.\"\n".to_owned()),
/// ];
/// let definition = Definition::new(load_sources("buoy", files).unwrap());
/// let site = wirewright_docs::site(&[definition]);
/// let page = site.iter().find(|file| file.path == "buoy/light_lit.html").unwrap();
/// assert!(page.text.contains("Whether it is &#60;lit&#62;."));
/// ```
pub fn site(definitions: &[Definition]) -> Vec<File> {
    let definitions: Vec<&Definition> = definitions.iter().collect();
    files(&definitions, false)
}

/// The files of the site that a mock of this definition serves. Its pages of operations have a form that is sent to the page's own
/// address: see [`form_at`].
pub fn mock_site(definition: &Definition) -> Vec<File> {
    files(&[definition], true)
}

fn files(definitions: &[&Definition], mock: bool) -> Vec<File> {
    let mut folders = Unique::default();
    let vendors: Vec<(Context<'_>, Places)> = definitions
        .iter()
        .map(|definition| {
            let context = Context::new(definition.vendor());
            let mut places = Places::new(&context);
            places.folder = folders.take(places.folder);
            (context, places)
        })
        .collect();
    let mut files: Vec<File> = ASSETS
        .into_iter()
        .map(|(path, text)| File { path: path.to_owned(), text: text.to_owned() })
        .collect();
    let mut index = search::Index::default();
    files.push(page(OVERVIEW.to_owned(), &Index::new(&vendors, mock)));
    for ((context, places), definition) in vendors.iter().zip(definitions) {
        let at = |file: &str| format!("{}/{file}", places.folder);
        files.push(page(at(OVERVIEW), &Overview::new(context, places, mock)));
        if !context.vendor.types.is_empty() {
            files.push(page(at(TYPES), &Types::new(context, places, mock)));
        }
        for (operation, (named, file)) in
            definition.operations().iter().zip(context.operations.iter().zip(&places.operations))
        {
            let of = Of { definition, context, places, operation, named, file };
            let form = mock.then(|| Form::new(&of, None));
            files.push(page(at(file), &OperationPage::new(&of, form, None)));
        }
        index.add(context, places);
    }
    files.push(File { path: "search-index.js".to_owned(), text: index.script() });
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// A page. Writing it to a string cannot fail.
fn page(path: String, template: &impl Template) -> File {
    let text = template.render().unwrap_or_default();
    File { path, text: finished(&text) }
}

/// A form that was sent to the page of an operation.
#[derive(Debug)]
pub struct FormOf<'d> {
    /// The operation.
    pub operation: &'d OperationType,
    /// What was filled in.
    pub filled: Filled,
}

/// What the body of a request says that a browser has sent from the page at `path` of the site of a mock, as
/// `application/x-www-form-urlencoded`. `None`: there is no form on that page.
///
/// Whoever serves the site makes the call, and has the page again with what became of it:
///
/// ```
/// use wirewright_codegen::load_sources;
/// use wirewright_docs::{Sent, answered, form_at};
/// use wirewright_interpret::Definition;
///
/// let protocol = r#"
/// title    = "Buoy API"
/// source   = "buoy.example"
/// endpoint = "https://buoy.example"
/// methods  = { GET = "query" }
/// formats  = { json = {} }
/// parameters = { "*" = { from = "request" } }
/// envelope = { ok = { is = "status", success = ["yes"] }, data = { is = "data" } }
/// "#;
/// let light = "[lit]\ndoc = \"Whether it is lit.\"\nrequest = { pin = { secret = true } }\n";
/// let files = [("protocol.toml", protocol), ("light.toml", light)];
/// let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
/// let definition = Definition::new(load_sources("buoy", files).unwrap());
///
/// let page = "buoy/light_lit.html";
/// let form = form_at(&definition, page, b"parameter:pin=1234").unwrap();
/// assert_eq!(form.filled.pairs, [("pin".to_owned(), "1234".to_owned())]);
/// assert!(!format!("{form:?}").contains("1234"));
///
/// let sent = Sent { outcome: "{\"ok\": \"yes\"}".to_owned(), ..Sent::default() };
/// let text = answered(&definition, page, &form.filled, sent).unwrap();
/// assert!(text.contains("The answer") && !text.contains("1234"));
/// ```
pub fn form_at<'d>(definition: &'d Definition, path: &str, body: &[u8]) -> Option<FormOf<'d>> {
    with_page(definition, path, |of, operation| FormOf { operation, filled: Filled::new(of, body) })
}

/// The page at `path` of the site of a mock, with what became of the call that its form has sent. `None`: there is no form on that page.
pub fn answered(definition: &Definition, path: &str, filled: &Filled, sent: Sent) -> Option<String> {
    with_page(definition, path, |of, _| {
        let form = Form::new(of, Some(filled));
        page(path.to_owned(), &OperationPage::new(of, Some(form), Some(sent))).text
    })
}

fn with_page<'d, T>(
    definition: &'d Definition,
    path: &str,
    make: impl FnOnce(&Of<'_>, &'d OperationType) -> T,
) -> Option<T> {
    let context = Context::new(definition.vendor());
    let places = Places::new(&context);
    let file = path.strip_prefix(&places.folder)?.strip_prefix('/')?;
    let index = places.operations.iter().position(|known| known == file)?;
    let (operation, named) = (definition.operations().get(index)?, context.operations.get(index)?);
    let of = Of { definition, context: &context, places: &places, operation, named, file };
    Some(make(&of, operation))
}
