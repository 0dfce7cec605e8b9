//! The frame of a CDK file, which is the same in every language: what is to be said of it, imports, constants that a person fills in,
//! the stack with its constructs, the app.

use super::{Source, Spelling, Uses, Words, constant, construct};
use crate::{
    deployment::{Deployment, Parameter, Part, Remark, Remarks},
    export::{
        apart::apart,
        template::{Template, TemplateResource},
        text::{linked, quoted},
    },
};

/// Level of the stack's statements.
const STATEMENT: usize = 2;
/// What Headroom's part of `Metadata` is called.
const HEADROOM: &str = "Headroom";

/// Writes a deployment as a stack and its app.
pub(in crate::export) fn write(
    deployment: &Deployment,
    remarks: &dyn Remarks,
    spelling: &dyn Spelling,
) -> String {
    let words = spelling.words();
    let template = Template::of(deployment);
    let mut stack = Source::new(spelling, remarks);
    stack.constants(&template, deployment);
    stack.lines(words.opens_stack);
    if !deployment.link.is_empty() {
        let link = quoted(&linked(&deployment.link));
        let headroom = spelling.record(&[("Link", link)]);
        let record = spelling.record(&[(HEADROOM, headroom)]);
        let [_, ends] = words.declares;
        stack.line(0, "");
        stack.remark(STATEMENT, &Remark::Link);
        stack.line(STATEMENT, &format!("{} = {record}{ends}", words.metadata));
    }
    for resource in &template.resources {
        stack.line(0, "");
        stack.construct(&template, resource);
    }
    stack.lines(words.closes_stack);
    let mut head = Source::new(spelling, remarks);
    head.lines(words.begins);
    for line in remarks.head(deployment) {
        head.comment(0, &line);
    }
    for remark in &template.remarks {
        head.remark(0, remark);
    }
    let imports = spelling.imports(&Uses {
        modules: modules(&template),
        joins_late: stack.joins_late.get(),
        holds_dates: stack.holds_dates.get(),
    });
    [head.text, imports, stack.text].concat()
}

/// Returns the modules of a template's constructs, each once, sorted.
fn modules(template: &Template) -> Vec<String> {
    let of = |it: &TemplateResource| construct(it.kind).0;
    let mut modules: Vec<String> = template.resources.iter().map(of).collect();
    modules.sort();
    modules.dedup();
    modules
}

impl Source<'_> {
    /// Writes the constants that a person fills in.
    fn constants(&mut self, template: &Template, deployment: &Deployment) {
        if template.is_open {
            self.remark(0, &Remark::FillIn);
        }
        let [declares, ends] = self.spelling.words().declares;
        for parameter in &template.parameters {
            let quote = |it: &str| self.string(&[Part::Text(it.to_owned())]);
            let value = apart(deployment.value(*parameter));
            let value = match parameter {
                Parameter::SubnetIds => {
                    let ids: Vec<String> = value.split(',').map(|id| quote(id.trim())).collect();
                    format!("[{}]", ids.join(", "))
                }
                _ => quote(&value),
            };
            let name = constant(*parameter);
            self.line(0, &format!("{declares}{name} = {value}{ends}"));
        }
    }

    /// Writes a resource as a construct. It has a variable where something refers to it, or it has `Metadata`.
    fn construct(&mut self, template: &Template, resource: &TemplateResource) {
        for remark in &resource.remarks {
            self.remark(STATEMENT, remark);
        }
        let spelling = self.spelling;
        let Words {
            declares: [declares, ends],
            ..
        } = spelling.words();
        let (module, class) = construct(resource.kind);
        let variable = spelling.variable(&resource.id);
        let is_kept = !resource.metadata.is_empty() || template.is_referred_to(&resource.id);
        let keeps = match is_kept {
            true => format!("{declares}{variable} = "),
            false => String::new(),
        };
        let id = quoted(&resource.id);
        let (opens, closes) = spelling.construct(&format!("{module}.{class}"), &id);
        for (index, line) in opens.iter().enumerate() {
            match index {
                0 => self.line(STATEMENT, &format!("{keeps}{line}")),
                _ => self.line(STATEMENT + 1, line),
            }
        }
        self.properties(STATEMENT + 1, &resource.properties, resource.kind);
        self.line(STATEMENT, &format!("{closes}{ends}"));
        if !resource.metadata.is_empty() {
            let members = resource.metadata.iter();
            let members = members.map(|it| (it.name, self.plain(&it.value, resource.kind)));
            let record = spelling.record(&members.collect::<Vec<_>>());
            let adds = spelling.add_metadata(&variable, &record);
            self.line(STATEMENT, &format!("{adds}{ends}"));
        }
    }
}
