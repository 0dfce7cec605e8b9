//! What only an asynchronous endpoint has.

use serde::{Deserialize, Serialize};

/// Settings of an asynchronous endpoint, as `InvokeEndpointAsync` and `AsyncInferenceConfig` name them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Asynchronous {
    /// Seconds after which a request expires in the queue, 60 to 21600.
    #[serde(rename = "RequestTTLSeconds")]
    pub request_ttl_seconds: u32,
    /// Seconds in which the model must answer, 1 to 3600.
    #[serde(rename = "InvocationTimeoutSeconds")]
    pub invocation_timeout_seconds: u32,
    /// Requests that an instance works on at once, 1 to 1000; absent: as many as in the load test.
    #[serde(
        rename = "MaxConcurrentInvocationsPerInstance",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_concurrent_invocations_per_instance: Option<u32>,
}

impl Default for Asynchronous {
    /// AWS's own.
    fn default() -> Self {
        Self {
            request_ttl_seconds: 21_600,
            invocation_timeout_seconds: 900,
            max_concurrent_invocations_per_instance: None,
        }
    }
}

impl Asynchronous {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
