//! Requests' bodies, as Headroom's own export writes them: each with its service and its operation.

use super::{DocumentKind, Gathering, items};
use crate::{deployment::Operation, fields::Fields, finding::FindingKind, node::Node};

/// `{ "Requests": [ { "Service", "Operation", "Body" } ] }`
pub(super) struct Requests;

impl DocumentKind for Requests {
    fn id(&self) -> &'static str {
        "requests"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["Requests"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let mut fields = Fields::of(document, "", &mut gathering.findings);
        fields.pass_over(&["Headroom"]);
        for request in fields.objects("Requests", &mut gathering.findings) {
            read(request, gathering);
        }
        fields.finish(&mut gathering.findings);
    }
}

fn read(mut request: Fields, gathering: &mut Gathering) {
    let at = request.at;
    let service = request
        .text("Service", &mut gathering.findings)
        .unwrap_or_default();
    let name = request
        .text("Operation", &mut gathering.findings)
        .unwrap_or_default();
    let body = request.object("Body", &mut gathering.findings);
    request.finish(&mut gathering.findings);
    let mut all = Operation::ALL.into_iter();
    let known = all.find(|it| it.name() == name && it.service().name() == service);
    match (known, body) {
        (Some(operation), Some(body)) => items::request(operation, body, gathering),
        (_, body) => {
            let path = body.map_or(String::new(), |body| body.path("Operation"));
            gathering.note(at, &path, FindingKind::NotUsed);
        }
    }
}
