//! What a request or an answer is about: a scalable target, or an Auto Scaling group.

use crate::{
    account::{Subject, TargetDimension},
    fields::Fields,
    finding::FindingKind,
    import::Gathering,
};

/// Takes what names a scalable target. `Err`: it is none of SageMaker's, which is noted.
pub(in crate::import) fn of_target(
    fields: &mut Fields,
    gathering: &mut Gathering,
) -> Result<Option<Subject>, ()> {
    let findings = &mut gathering.findings;
    let namespace = fields.text("ServiceNamespace", findings);
    let resource = fields.text("ResourceId", findings);
    let dimension = fields.text("ScalableDimension", findings);
    let (Some(resource_id), Some(dimension)) = (resource, dimension) else {
        return Ok(None);
    };
    let is_other = namespace.is_some_and(|namespace| namespace != "sagemaker");
    match TargetDimension::named(&dimension) {
        Some(dimension) if !is_other => Ok(Some(Subject::Target {
            resource_id,
            dimension,
        })),
        _ => {
            let resource = format!("{resource_id} {dimension}");
            gathering.note(
                fields.at,
                &fields.path("ResourceId"),
                FindingKind::OtherSubject { resource },
            );
            Err(())
        }
    }
}
