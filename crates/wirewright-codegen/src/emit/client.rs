//! `client.rs` and `blocking.rs`: the same client twice, async and not.

use super::{
    continues,
    imports::imports,
    names::{Context, Scope, needed, part, plain},
    operations::Named,
    parameters::{Provided, call_members, client_members},
    prose::{prose, sentence},
    rows, session,
    structure::{arguments, by_name},
    text::{Item, List, Text},
};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Async,
    Blocking,
}

impl Kind {
    /// How a function of it begins.
    pub(super) const fn function(self) -> &'static str {
        match self {
            Self::Async => "async fn",
            Self::Blocking => "fn",
        }
    }

    /// What stands behind a call.
    pub(super) const fn wait(self) -> &'static str {
        match self {
            Self::Async => ".await",
            Self::Blocking => "",
        }
    }

    /// The runtime's function that makes a call.
    pub(super) const fn call(self) -> &'static str {
        match self {
            Self::Async => "generated::call",
            Self::Blocking => "generated::blocking::call",
        }
    }

    /// The runtime's function that makes a call whose reply is read row by row.
    pub(super) const fn call_rows(self) -> &'static str {
        match self {
            Self::Async => "generated::call_rows",
            Self::Blocking => "generated::blocking::call_rows",
        }
    }

    /// The runtime's function that makes a call whose request is written row by row.
    pub(super) const fn upload_rows(self) -> &'static str {
        match self {
            Self::Async => "generated::upload_rows",
            Self::Blocking => "generated::blocking::upload_rows",
        }
    }

    /// The runtime's type of such a reply.
    pub(super) const fn rows_reply(self) -> &'static str {
        match self {
            Self::Async => "generated::RowsReply",
            Self::Blocking => "generated::blocking::RowsReply",
        }
    }

    /// The runtime's type of what calls that continue bring.
    pub(super) const fn items(self) -> &'static str {
        match self {
            Self::Async => "generated::Paginator",
            Self::Blocking => "generated::blocking::Paginator",
        }
    }

    /// What such a call asks of the transport `T`.
    pub(super) const fn streaming_transport(self) -> &'static str {
        match self {
            Self::Async => "T: generated::StreamingTransport",
            Self::Blocking => "T: generated::blocking::StreamingTransport",
        }
    }

    /// The runtime's trait that sends requests.
    pub(super) const fn transport(self) -> &'static str {
        match self {
            Self::Async => "generated::Transport",
            Self::Blocking => "generated::blocking::Transport",
        }
    }
}

/// The module.
pub(super) fn module(context: &Context<'_>, kind: Kind) -> String {
    let mut body = Text::new();
    body.blank();
    client(&mut body, context, kind);
    for index in 0..context.kinds.len() {
        body.blank();
        session::session(&mut body, context, kind, index);
    }
    let title = prose(&context.vendor.title);
    let mut text = Text::new();
    text.module_doc(&match kind {
        Kind::Async => format!("An async client of the {title}."),
        Kind::Blocking => format!("A client of the {title} that blocks the caller."),
    });
    text.blank();
    imports(&mut text, context, &body.finish());
    text.finish()
}

fn client(text: &mut Text, context: &Context<'_>, kind: Kind) {
    let provided = Provided::new(context);
    let transport = kind.transport();
    text.doc(&format!(
        "A client of the {}, over any [`Transport`]({transport}). Cloning it is as cheap as cloning the transport.",
        prose(&context.vendor.title)
    ));
    text.line("#[derive(Clone, Debug)]");
    text.block("pub struct Client<T>", |text| {
        text.line("transport: T,");
        text.line("settings: Config,");
        if provided.client {
            text.line("parameters: ClientParameters,");
        }
    });
    text.blank();
    let ordinary = |named: &&Named<'_>| named.operation.sessionless && context.opened_by(named).is_none();
    text.block(format!("impl<T: {transport}> Client<T>"), |text| {
        constructor(text, context, provided);
        for named in context.operations.iter().filter(ordinary) {
            text.blank();
            let made = |function: &str, rows: &str| {
                let (options, wait) = (provided.options(), kind.wait());
                format!("{function}(&self.transport, request, {rows}&self.context({options})){wait}")
            };
            let call = |function: &str| made(function, "");
            CallMethods::of(named, provided).write(text, context, kind, |text| text.line(call(kind.call())));
            rows::methods(text, context, kind, named, &call(kind.call_rows()));
            rows::upload(text, context, kind, named, &made(kind.upload_rows(), "rows, "));
            continues::methods(text, context, kind, None, named);
        }
        session::opening(text, context, kind);
        text.blank();
        client_context(text, provided);
    });
    if context.operations.iter().filter(ordinary).any(|named| named.items.is_some()) {
        text.blank();
        continues::caller(text, context, kind, "Client", "transport", |text| {
            text.line(format!("then(&self.context({}))", provided.options()));
        });
    }
}

fn constructor(text: &mut Text, context: &Context<'_>, provided: Provided) {
    let members = client_members(context);
    let arguments = arguments(context, &members, Scope::Elsewhere);
    let required_by_name = by_name(&members);
    let mut parameters = vec!["transport: T".to_owned()];
    if required_by_name {
        parameters.push("parameters: ClientParameters".to_owned());
    } else {
        parameters.extend(arguments.iter().map(|argument| argument.parameter.clone()));
    }
    text.doc("A client that calls the vendor's endpoint with the usual settings.");
    text.function("pub fn new", &parameters, "Self", |text| {
        let mut fields: Vec<Item> = vec!["transport".into(), "settings: Config::new()".into()];
        if provided.client {
            let names: Vec<_> = arguments.iter().map(|argument| argument.name.as_str()).collect();
            fields.push(if required_by_name {
                "parameters".into()
            } else {
                format!("parameters: ClientParameters::new({})", names.join(", ")).into()
            });
        }
        text.list("Self ", &List::literal(fields), "");
    });
    text.blank();
    text.doc("The same client with other settings: endpoint, format, method, limits.");
    text.line("#[must_use]");
    text.block("pub fn with_config(mut self, settings: Config) -> Self", |text| {
        text.line("self.settings = settings;");
        text.line("self");
    });
    if provided.client {
        text.blank();
        text.doc("The same client with other parameters.");
        text.line("#[must_use]");
        text.block("pub fn with_parameters(mut self, parameters: ClientParameters) -> Self", |text| {
            text.line("self.parameters = parameters;");
            text.line("self");
        });
    }
}

fn client_context(text: &mut Text, provided: Provided) {
    let head = if provided.call {
        "fn context<'a>(&'a self, options: &'a CallOptions) -> CallContext<'a>"
    } else {
        "fn context(&self) -> CallContext<'_>"
    };
    text.block(head, |text| {
        let mut fields: Vec<Item> = Vec::new();
        if provided.client {
            fields.push("client: &self.parameters".into());
        }
        if provided.call {
            fields.push("options".into());
        }
        let base = "self.settings.context()";
        if fields.is_empty() {
            text.line(base);
        } else {
            fields.push(format!("..{base}").into());
            text.list("CallContext ", &List::literal(fields), "");
        }
    });
}

/// The two methods of an operation: one that takes what the request cannot do without, and one that takes everything.
pub(super) struct CallMethods<'a> {
    pub(super) named: &'a Named<'a>,
    pub(super) name: &'a str,
    /// What it does, where that is not what the operation's page says.
    pub(super) doc: Option<String>,
    pub(super) receiver: &'static str,
    pub(super) result: String,
    /// What the one that takes what the request cannot do without gives of that: a session, where there may be none.
    pub(super) only: Option<String>,
    /// A bound on the transport.
    pub(super) bound: Option<&'static str>,
    /// When they fail.
    pub(super) errors: &'a str,
    pub(super) provided: Provided,
}

impl<'a> CallMethods<'a> {
    /// Those of an operation that neither opens nor closes a session.
    pub(super) fn of(named: &'a Named<'a>, provided: Provided) -> Self {
        Self {
            named,
            name: &named.method,
            doc: None,
            receiver: "&self",
            result: format!("Result<{}, Error>", named.answer()),
            only: None,
            bound: None,
            errors: "See [`Error`].",
            provided,
        }
    }

    /// Writes both; `body` is what the one with everything does with `request` and `options`.
    pub(super) fn write(
        &self,
        text: &mut Text,
        context: &Context<'_>,
        kind: Kind,
        body: impl FnOnce(&mut Text),
    ) {
        let Self { named, name, receiver, errors, provided, .. } = self;
        let (module, plain_name, part) = (named.module(), plain(name), part(name));
        let mut parameters = vec![(*receiver).to_owned()];
        let names = self.arguments(context, &mut parameters);

        let stated = || named.operation.facts.doc.as_deref().map(sentence);
        let doc = self.doc.clone().or_else(stated).unwrap_or_default();
        let link = named.link();
        text.doc(format!("{doc}\n\nThe operation is [`{}`]({link}).", named.title()).trim_start());
        let unopened = " That the call succeeded and opened no session is one: [`Error::Unopened`].";
        text.doc(&format!("\n# Errors\n\n{errors}{}", if self.only.is_some() { unopened } else { "" }));
        let head = format!("pub {} {name}", kind.function());
        let options = match (provided.call, call_members(context).iter().any(needed)) {
            (false, _) => "",
            (true, false) => "&CallOptions::default()",
            (true, true) => {
                parameters.push("options: &CallOptions".to_owned());
                "options"
            }
        };
        let result = self.only.as_ref().unwrap_or(&self.result);
        text.bounded_function(&head, &parameters, result, self.bound, |text| {
            let head = format!("&{module}::Request::new");
            let arguments = List::call(names.into_iter().map(Item::Text));
            if self.only.is_some() {
                text.list(&format!("let request = {head}"), &arguments, ";");
                let options = if options.is_empty() { String::new() } else { format!(", {options}") };
                text.line(format!("self.{part}_with(request{options}){}?.session()", kind.wait()));
                return;
            }
            let options = (!options.is_empty()).then(|| options.into());
            let arguments = List::call([Item::List(head, arguments)].into_iter().chain(options));
            text.awaited(&format!("self.{part}_with"), &arguments, kind.wait());
        });

        text.blank();
        text.doc(&format!("[`Self::{plain_name}`] with everything that the operation takes."));
        text.doc(&format!("\n# Errors\n\n{errors}"));
        let mut parameters = vec![(*receiver).to_owned(), format!("request: &{module}::Request")];
        if provided.call {
            parameters.push("options: &CallOptions".to_owned());
        }
        let head = format!("pub {} {part}_with", kind.function());
        text.bounded_function(&head, &parameters, &self.result, self.bound, body);
    }

    /// Adds the parameters for what the request cannot do without, and gives their names.
    fn arguments(&self, context: &Context<'_>, parameters: &mut Vec<String>) -> Vec<String> {
        let operation = self.named.operation;
        if by_name(operation.inputs()) {
            parameters.push(format!("required: {}::Required", self.named.module()));
            return vec!["required".to_owned()];
        }
        let arguments = arguments(context, operation.inputs(), Scope::Elsewhere);
        parameters.extend(arguments.iter().map(|argument| argument.parameter.clone()));
        arguments.into_iter().map(|argument| argument.name).collect()
    }
}
