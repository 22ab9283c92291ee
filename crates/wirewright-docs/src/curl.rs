//! A call as a line of curl.

use wirewright_codegen::{
    model::{
        AutoFill, Epoch, EpochUnit, FormEncoding, From, HttpMethod, Member, Parameter, ParameterLocation,
        Placement, ValueType,
    },
    plan::{computed::Demand, context::Context, credentials::is_usual, members::needed, operations::Named},
};

use crate::{
    chosen::{file_name, format_value, kind, method},
    environment::{Legend, variable},
    markup::Markup,
    places::Places,
    request::SampleRequest,
    shell::{Piece, Word},
};

/// A line of curl, and what its variables are.
pub(crate) struct Curl {
    pub(crate) text: String,
    pub(crate) legend: Vec<Legend>,
}

/// What a call is written from.
pub(crate) struct Writing<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) places: &'a Places,
    pub(crate) named: &'a Named<'a>,
    pub(crate) sample: &'a SampleRequest,
}

/// The line that makes an operation's call.
pub(crate) fn curl(writing: &Writing<'_>) -> Curl {
    let mut line = Line { writing, words: Vec::new(), legend: Vec::new(), cookies: Word::new() };
    line.write();
    let mut text = "curl".to_owned();
    for (index, word) in line.words.iter().enumerate() {
        // A switch and its value are in one line.
        text.push_str(if index == 0 { " " } else { " \\\n  " });
        text.push_str(word);
    }
    text.push('\n');
    Curl { text, legend: line.legend }
}

struct Line<'a> {
    writing: &'a Writing<'a>,
    words: Vec<String>,
    legend: Vec<Legend>,
    cookies: Word,
}

impl Line<'_> {
    fn write(&mut self) {
        let Some(method) = method(self.writing.named) else { return };
        let multipart = self.writing.named.operation.form == FormEncoding::Multipart
            && method.placement != Placement::Query;
        let document = self.writing.sample.document();
        let in_query = method.placement == Placement::Query || document.is_some();
        let mut url = self.url();
        let mut pairs: Vec<(String, Word)> = Vec::new();
        for (index, parameter) in self.writing.context.vendor.parameters.iter().enumerate() {
            self.parameter(index, parameter, &mut pairs);
        }
        let mut switches = Vec::new();
        match (method.verb, in_query) {
            (HttpMethod::Get, true) | (HttpMethod::Post, false) => {}
            (verb, _) => switches.push(format!("--request {}", verb.name())),
        }
        if document.is_some() && !pairs.is_empty() {
            // Beside a body curl puts no pair into the query string.
            for (index, (name, value)) in pairs.drain(..).enumerate() {
                let name = encoded(&name);
                url = url.text(if index == 0 { "?" } else { "&" }).text(&name).text("=").add(value.encoded());
            }
        } else if in_query && !pairs.is_empty() {
            switches.push("--get".to_owned());
        } else if !in_query && pairs.is_empty() && method.verb == HttpMethod::Post {
            switches.push("--data ''".to_owned());
        }
        switches.push(url.quoted());
        self.words.splice(0..0, [switches.join(" ")]);
        if !self.cookies.is_empty() {
            let cookies = std::mem::take(&mut self.cookies);
            self.words.push(format!("--cookie {}", cookies.quoted()));
        }
        for (name, value) in pairs {
            let (switch, name) =
                if multipart { ("--form-string", name) } else { ("--data-urlencode", encoded(&name)) };
            let pair = Word::new().text(&name).text("=").add(value);
            self.words.push(format!("{switch} {}", pair.quoted()));
        }
        if multipart {
            self.files();
        }
        if let Some((media_type, text)) = document {
            self.words.push(format!(
                "--header {}",
                Word::new().text(&format!("Content-Type: {media_type}")).quoted()
            ));
            self.words.push(format!("--data-binary {}", Word::new().text(text).quoted()));
        }
    }

    /// The files of a form.
    fn files(&mut self) {
        let members = &self.writing.named.operation.request;
        for member in members.iter().filter(|member| member.value == ValueType::File && needed(member)) {
            let pair = format!("{}=@{}", member.name.wire, file_name(member));
            self.words.push(format!("--form {}", Word::new().text(&pair).quoted()));
        }
    }

    /// Where the call goes: what is in the host and in the path is filled in.
    fn url(&mut self) -> Word {
        let Writing { context, named, sample, .. } = self.writing;
        let operation = named.operation;
        let endpoint = operation.endpoint.as_ref().unwrap_or(&context.vendor.endpoint);
        let mut url = Word::new();
        for piece in pieces(endpoint) {
            url = match piece {
                Ok(text) => url.text(text),
                Err(name) => url.variable(&self.host(name)),
            };
        }
        for piece in pieces(&operation.path) {
            url = match piece {
                Ok(text) => url.text(text),
                Err(name) => {
                    let member = operation.request.iter().find(|member| member.name.wire == name);
                    let value = member.and_then(|member| sample.placed(member));
                    url.text(&encoded(&value.unwrap_or_else(|| name.to_owned())))
                }
            };
        }
        url
    }

    fn host(&mut self, name: &str) -> String {
        let vendor = self.writing.context.vendor;
        let parameter = vendor.parameters.iter().find(|parameter| parameter.name.wire == name);
        let doc = parameter.and_then(|parameter| parameter.facts.doc.clone());
        self.variable(
            variable(&vendor.package, name),
            Markup::new().prose(doc.as_deref().unwrap_or("In the host.")),
        )
    }

    /// A parameter of every call.
    fn parameter(&mut self, index: usize, parameter: &Parameter, pairs: &mut Vec<(String, Word)>) {
        let Writing { named, sample, context, .. } = self.writing;
        if !parameter.groups.has(&named.group.name.wire) || !is_usual(context.vendor, parameter) {
            return;
        }
        if matches!(parameter.from, From::Request) {
            let own: Vec<_> = sample.pairs().iter().map(|(name, value)| self.own(name, value)).collect();
            pairs.extend(own);
            self.placed();
            return;
        }
        let Some(value) = self.value(index, parameter) else { return };
        let name = &parameter.name.wire;
        match &parameter.location {
            ParameterLocation::Parameters => pairs.push((name.clone(), value)),
            ParameterLocation::Header(prefix) => self.header(name, prefix, value),
            ParameterLocation::Cookie => self.cookie(name, value),
            ParameterLocation::Cookies => {
                self.cookies = std::mem::take(&mut self.cookies).separated("; ").add(value);
            }
            // A map of headers is the caller's; a host is in the URL; what is computed with is not sent.
            ParameterLocation::Headers
            | ParameterLocation::Host
            | ParameterLocation::Path
            | ParameterLocation::Computed => {}
        }
        let _ = context;
    }

    /// A pair of the operation's own, whose value is a variable where it is a secret.
    fn own(&mut self, name: &str, value: &str) -> (String, Word) {
        let Writing { named, context, .. } = self.writing;
        let members = &named.operation.request;
        let same = members.iter().find(|member| member.name.wire == name);
        if let Some(filled) = same.and_then(|member| member.filled.as_ref()) {
            return (name.to_owned(), self.filled(name, filled));
        }
        let secret = members.iter().find(|member| member.secret && name.starts_with(&member.name.wire));
        let word = match secret {
            None => Word::new().text(value),
            Some(member) => {
                let name = variable(&context.vendor.package, &member.name.wire);
                let what =
                    Markup::new().text("A secret. ").prose(member.facts.doc.as_deref().unwrap_or_default());
                Word::new().variable(&self.variable(name, what))
            }
        };
        (name.to_owned(), word)
    }

    /// The operation's own parameters in headers and cookies.
    fn placed(&mut self) {
        let Writing { named, sample, .. } = self.writing;
        for member in &named.operation.request {
            let name = &member.name.wire;
            let value = match (&member.filled, sample.placed(member)) {
                (Some(filled), _) => self.filled(name, filled),
                (None, Some(value)) => self.own(name, &value).1,
                (None, None) => continue,
            };
            match &member.location {
                ParameterLocation::Header(prefix) => self.header(name, prefix, value),
                ParameterLocation::Cookie => self.cookie(name, value),
                _ => {}
            }
        }
    }

    /// A header; what is before its value may have names of the host's parameters in it.
    fn header(&mut self, name: &str, prefix: &str, value: Word) {
        let mut header = Word::new().text(name).text(": ");
        for piece in pieces(prefix) {
            header = match piece {
                Ok(text) => header.text(text),
                Err(name) => header.variable(&self.host(name)),
            };
        }
        self.words.push(format!("--header {}", header.add(value).quoted()));
    }

    fn cookie(&mut self, name: &str, value: Word) {
        let cookies = std::mem::take(&mut self.cookies);
        self.cookies = cookies.separated("; ").text(name).text("=").add(value);
    }

    /// What a common parameter says. `None`: this call goes without.
    fn value(&mut self, index: usize, parameter: &Parameter) -> Option<Word> {
        let Writing { context, named, places, .. } = self.writing;
        let vendor = context.vendor;
        let text = |text: &str| Some(Word::new().text(text));
        match &parameter.from {
            From::Request | From::Callback => None,
            From::Constant(constant) => text(constant),
            From::Operation => text(&named.operation.wire_name),
            From::Format => text(format_value(context, named)?),
            From::Client(member) | From::Call(member) => self.given(parameter, member),
            From::Again(client) => {
                let mut clients = vendor.parameters.iter().filter_map(|other| match &other.from {
                    From::Client(member) => Some((other, member)),
                    _ => None,
                });
                let (other, member) = clients.nth(*client)?;
                self.given(other, member)
            }
            From::Session(fields) => {
                let kind = kind(context, named)?;
                let at = context.kinds.iter().position(|one| std::ptr::eq(one, kind))?;
                let field = kind.session.fields.get((*fields.get(at)?)?)?;
                let opens = context.operation(kind.session.opens);
                let link = places.operation_link(context, opens);
                let what = Markup::new().text("Of the session, from ").link(link, &opens.title()).text(".");
                let name = variable(&vendor.package, &field.name.wire);
                Some(Word::new().variable(&self.variable(name, what)))
            }
            From::Computed(step) => {
                let one = context.computed.parameters.iter().find(|one| one.parameter == index)?;
                let keyed = kind(context, named).is_some_and(|kind| kind.keyed);
                let is_there = match one.demand {
                    Demand::Never | Demand::Always => true,
                    Demand::Signed => named.operation.signed,
                    Demand::Session => named.operation.signed && keyed,
                };
                if !is_there {
                    return None;
                }
                let name = vendor.computed.get(*step).map_or("value", |computed| computed.name.as_str());
                let what =
                    Markup::new().text("Computed: ").link(&places.computed_link(*step), name).text(".");
                let name = variable(&vendor.package, name);
                Some(Word::new().variable(&self.variable(name, what)))
            }
        }
    }

    /// What the client or the caller gives.
    fn given(&mut self, parameter: &Parameter, member: &Member) -> Option<Word> {
        if parameter.location == ParameterLocation::Computed {
            return None;
        }
        if let Some(filled) = &member.filled {
            return Some(self.filled(&parameter.name.wire, filled));
        }
        if !parameter.required && !needed(member) && parameter.credentials.is_empty() {
            return None;
        }
        let what = parameter.facts.doc.as_deref().unwrap_or("The definition does not say what it is.");
        let what = Markup::new().text(if member.secret { "A secret. " } else { "" }).prose(what);
        let name = variable(&self.writing.context.vendor.package, &parameter.name.wire);
        Some(Word::new().variable(&self.variable(name, what)))
    }

    /// The time of the call, or something random.
    fn filled(&mut self, parameter: &str, filled: &AutoFill) -> Word {
        match filled {
            AutoFill::Seconds | AutoFill::Epoch(Epoch { start: 0, unit: EpochUnit::Seconds, .. }) => {
                Word::new().command("date +%s")
            }
            AutoFill::Milliseconds
            | AutoFill::Epoch(Epoch { start: 0, unit: EpochUnit::Milliseconds, .. }) => {
                Word::new().command("date +%s").text("000")
            }
            AutoFill::DateTime(format) if is_plain(format) => {
                Word::new().command(&format!("date -u '+{format}'"))
            }
            AutoFill::Nonce => Word::new().command("uuidgen"),
            AutoFill::DateTime(_) | AutoFill::Epoch(_) => {
                let name = variable(&self.writing.context.vendor.package, parameter);
                let what = Markup::new().text("The time of the call.");
                Word::new().variable(&self.variable(name, what))
            }
        }
    }

    fn variable(&mut self, name: String, what: Markup) -> String {
        if !self.legend.iter().any(|one| one.name == name) {
            self.legend.push(Legend { name: name.clone(), what });
        }
        name
    }
}

/// Whether `date` knows this format as the definition language does.
fn is_plain(format: &str) -> bool {
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter == '\'' || letter == '%' && !letters.next().is_some_and(|word| "YmdHMSTFzZ%".contains(word))
        {
            return false;
        }
    }
    true
}

/// A text with names in braces: what is between them, and the names.
fn pieces(text: &str) -> Vec<Result<&str, &str>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, name, behind)) = rest
        .split_once('{')
        .and_then(|(before, rest)| rest.split_once('}').map(|(name, rest)| (before, name, rest)))
    {
        pieces.extend([Ok(before), Err(name)]);
        rest = behind;
    }
    pieces.push(Ok(rest));
    pieces
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

impl Word {
    /// The same for the query string of a URL: what is literal is escaped.
    fn encoded(self) -> Self {
        self.map(|piece| match piece {
            Piece::Text(text) => Piece::Text(encoded(&text)),
            other => other,
        })
    }
}
