//! What SageMaker's operations answer: an endpoint, its configuration, an inference component, a recommendation.

use super::{DocumentKind, Gathering, items};
use crate::{fields::Fields, node::Node};

fn read(document: Node, item: fn(Fields, &mut Gathering), gathering: &mut Gathering) {
    let mut fields = Fields::of(document, "", &mut gathering.findings);
    fields.pass_over(&["ResponseMetadata"]);
    item(fields, gathering);
}

/// `describe-endpoint`.
pub(super) struct Endpoint;

impl DocumentKind for Endpoint {
    fn id(&self) -> &'static str {
        "sagemaker describe-endpoint"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["EndpointName", "EndpointConfigName"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        read(document, items::endpoint, gathering);
    }
}

/// `describe-endpoint-config`, and the request that makes one.
pub(super) struct EndpointConfig;

impl DocumentKind for EndpointConfig {
    fn id(&self) -> &'static str {
        "sagemaker describe-endpoint-config"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["EndpointConfigName", "ProductionVariants"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        read(document, items::endpoint_config, gathering);
    }
}

/// `describe-inference-component`, and the request that makes one.
pub(super) struct InferenceComponent;

impl DocumentKind for InferenceComponent {
    fn id(&self) -> &'static str {
        "sagemaker describe-inference-component"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["InferenceComponentName"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        read(document, items::component, gathering);
    }
}

/// `get-scaling-configuration-recommendation`.
pub(super) struct Recommendation;

impl DocumentKind for Recommendation {
    fn id(&self) -> &'static str {
        "sagemaker get-scaling-configuration-recommendation"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["DynamicScalingConfiguration"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        read(document, items::recommendation, gathering);
    }
}
