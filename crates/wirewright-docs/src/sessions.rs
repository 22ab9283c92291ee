//! The sessions of a vendor: what opens and closes each kind and what its calls carry, as a drawing and in words.

use wirewright_codegen::{
    model::{From, SessionField, SessionValue},
    plan::{context::Context, kinds::SessionPlan},
};

use crate::{
    markup::{Markup, count},
    members::{Row, Rows},
    places::Places,
    told::Told,
};

/// A kind of session in words.
pub(crate) struct Kind {
    pub(crate) mark: String,
    pub(crate) name: String,
    pub(crate) told: Told,
    /// What opens and closes it, and what its calls carry, a sentence each.
    pub(crate) sentences: Vec<Markup>,
    pub(crate) fields: Vec<Row>,
}

/// The kinds of session, in the order of the definition.
pub(crate) fn kinds(context: &Context<'_>, places: &Places) -> Vec<Kind> {
    let rows = Rows { vendor: context.vendor, places };
    let kind = |(index, plan): (usize, &SessionPlan<'_>)| {
        let fields = plan.session.fields.iter().map(|field| {
            let flags = if field.secret { vec!["secret"] } else { Vec::new() };
            rows.plain(&field.name.wire, &field.facts, flags, vec![from(context, places, plan, field)])
        });
        Kind {
            mark: places.sessions[index].clone(),
            name: plan.session.name.clone(),
            told: Told::new(&plan.session.facts),
            sentences: sentences(context, places, index, plan),
            fields: fields.collect(),
        }
    };
    context.kinds.iter().enumerate().map(kind).collect()
}

/// Where a field comes from.
fn from(context: &Context<'_>, places: &Places, plan: &SessionPlan<'_>, field: &SessionField) -> Markup {
    match &field.from {
        SessionValue::Copied(path) => {
            let opens = context.operation(plan.session.opens);
            let steps: Vec<&str> =
                path.members.iter().map(|step| step.rust.trim_start_matches("r#")).collect();
            let side = match path.side {
                wirewright_codegen::model::Side::Request => "request",
                wirewright_codegen::model::Side::Data => "reply",
            };
            Markup::new()
                .text("From ")
                .code(&steps.join("."))
                .text(&format!(" of the {side} of "))
                .link(places.operation_link(context, opens), &opens.title())
                .text(".")
        }
        SessionValue::Computed(index) => {
            let name = context.vendor.computed.get(*index).map_or("", |one| one.name.as_str());
            Markup::new().text("Computed: ").link(&places.computed_link(*index), name).text(".")
        }
        SessionValue::Kept(key) => {
            Markup::new().text("Kept from the session around it, where it is ").code(key).text(".")
        }
    }
}

fn sentences(context: &Context<'_>, places: &Places, index: usize, plan: &SessionPlan<'_>) -> Vec<Markup> {
    let session = plan.session;
    let opens = context.operation(session.opens);
    let link = |named| Markup::new().link(places.operation_link(context, named), &named.title());
    let mut opened = link(opens).text(" opens it");
    if let Some(around) = outer(context, index) {
        opened = opened.text(", in a session ").code(&context.kinds[around].session.name);
    }
    if session.conditional {
        opened = opened.text("; the call may succeed and open none");
    }
    let mut sentences = vec![opened.text(".")];
    sentences.push(match session.closes {
        Some(closes) => link(context.operation(closes)).text(" closes it."),
        None => Markup::new().text("No operation closes it: it ends by itself."),
    });
    let carried = carried(context, index);
    if !carried.is_empty() {
        let names: Vec<Markup> = carried.iter().map(|name| Markup::new().code(name)).collect();
        sentences
            .push(Markup::new().text("Its calls carry ").add(&crate::markup::joined(&names, ", ")).text("."));
    }
    if plan.keyed {
        sentences.push(Markup::new().text("It has the key that signs its calls."));
    }
    if session.clock.is_some() {
        sentences.push(Markup::new().text("It keeps how far the server's clock is from the caller's."));
    }
    sentences
}

/// The names of the parameters that calls of a kind carry.
fn carried<'v>(context: &Context<'v>, kind: usize) -> Vec<&'v str> {
    let parameters = context.vendor.parameters.iter();
    let of_kind = parameters.filter(|parameter| match &parameter.from {
        From::Session(fields) => fields.get(kind).is_some_and(Option::is_some),
        _ => false,
    });
    of_kind.map(|parameter| parameter.name.wire.as_str()).collect()
}

/// The kind of session that one is opened in, where it cannot be opened without.
fn outer(context: &Context<'_>, kind: usize) -> Option<usize> {
    let opens = context.operation(context.kinds[kind].session.opens).operation;
    opens.sessions.first().copied().filter(|around| !opens.sessionless && *around != kind)
}

/// A drawing of how sessions are opened and closed: a box each, below the one that it is opened in.
pub(crate) struct Drawing {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// What is to be read in its place.
    pub(crate) description: String,
    pub(crate) boxes: Vec<Box>,
}

/// A box and the arrow to it.
pub(crate) struct Box {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
    /// The operation that opens it: what it is called, and where it is.
    pub(crate) opened_by: Option<(String, String)>,
    /// The operation that closes it.
    pub(crate) closed_by: Option<(String, String)>,
    /// Whether it ends by itself.
    pub(crate) ends_alone: bool,
    /// Where the arrow begins, above.
    pub(crate) arrow: Option<(usize, usize)>,
}

impl Box {
    pub(crate) const fn middle(&self) -> usize {
        self.y + self.height / 2
    }

    pub(crate) const fn bottom(&self) -> usize {
        self.y + self.height
    }
}

const WIDTH: usize = 400;
const STEP: usize = 36;
const LINE: usize = 18;
/// As many letters go into a box.
const LETTERS: usize = 44;

/// `None` where a vendor has no sessions.
pub(crate) fn drawing(context: &Context<'_>, places: &Places) -> Option<Drawing> {
    if context.kinds.is_empty() {
        return None;
    }
    let mut drawn = Drawing { width: WIDTH, height: 0, description: String::new(), boxes: Vec::new() };
    let without = context.operations.iter().filter(|named| named.operation.sessionless).count();
    drawn.boxes.push(Box {
        x: 1,
        y: 1,
        width: WIDTH - 2,
        height: 2 * LINE + 14,
        name: "Without a session".to_owned(),
        lines: vec![count(without, "operation")],
        opened_by: None,
        closed_by: None,
        ends_alone: false,
        arrow: None,
    });
    drawn.description = format!("Without a session: {}.", count(without, "operation"));
    below(context, places, None, 0, 0, &mut drawn);
    drawn.height = drawn.boxes.last().map_or(0, |last| last.bottom() + LINE + 10);
    Some(drawn)
}

/// The kinds that are opened in this one, which is the box of this number.
fn below(
    context: &Context<'_>,
    places: &Places,
    around: Option<usize>,
    parent: usize,
    depth: usize,
    drawn: &mut Drawing,
) {
    let inside = (0..context.kinds.len()).filter(|kind| outer(context, *kind) == around);
    // Kinds that are opened in each other would have no end; they have one in a definition that was checked.
    for kind in inside.filter(|_| depth < 6) {
        let plan = &context.kinds[kind];
        let y = drawn
            .boxes
            .last()
            .map_or(0, |last| last.bottom() + if last.name_is_first() { 14 } else { LINE + 18 });
        let x = 1 + (depth + 1) * STEP;
        let lines = lines(context, kind);
        let opens = context.operation(plan.session.opens);
        let linked = |named: &wirewright_codegen::plan::operations::Named<'_>| {
            (short(&named.title(), LETTERS - 14), places.operation_link(context, named).to_owned())
        };
        let closes = plan.session.closes.map(|closes| context.operation(closes));
        let name = plan.session.name.clone();
        drawn.description.extend([" ", &opens.title(), " opens ", &name]);
        match closes {
            Some(closes) => drawn.description.extend([", ", &closes.title(), " closes it."]),
            None => drawn.description.push_str(", which ends by itself."),
        }
        let arrow = drawn.boxes.get(parent).map(|parent| (parent.x + STEP / 2, parent.bottom()));
        drawn.boxes.push(Box {
            x,
            y: y + LINE,
            width: WIDTH - x - 1,
            height: (lines.len() + 1) * LINE + 14,
            name: short(&name, LETTERS - 4 * depth),
            lines,
            opened_by: Some(linked(opens)),
            closed_by: closes.map(linked),
            ends_alone: closes.is_none(),
            arrow,
        });
        let own = drawn.boxes.len() - 1;
        below(context, places, Some(kind), own, depth + 1, drawn);
    }
}

impl Box {
    /// Whether it is the one above all, below which nothing is said.
    const fn name_is_first(&self) -> bool {
        self.opened_by.is_none()
    }
}

fn lines(context: &Context<'_>, kind: usize) -> Vec<String> {
    let takes =
        |named: &&wirewright_codegen::plan::operations::Named<'_>| named.operation.sessions.contains(&kind);
    let operations: Vec<_> = context.operations.iter().filter(takes).collect();
    let signed = operations.iter().filter(|named| named.operation.signed).count();
    let keyed = context.kinds[kind].keyed && signed > 0;
    let how_many = count(operations.len(), "operation");
    let mut lines = vec![if keyed { format!("{how_many}, {signed} signed") } else { how_many }];
    let carried = carried(context, kind);
    if !carried.is_empty() {
        lines.push(short(&format!("carries {}", carried.join(", ")), LETTERS));
    }
    lines
}

/// The start of a text that is too long for its place.
fn short(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}
