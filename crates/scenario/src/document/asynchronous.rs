//! What only an asynchronous endpoint has.

use crate::field::{Field, Fixed, section};

section! {
    /// Settings of an asynchronous endpoint, as `InvokeEndpointAsync` and `AsyncInferenceConfig` name them.
    pub struct Asynchronous at Fixed::Asynchronous => Field {
        /// Seconds after which a request expires in the queue, 60 to 21600.
        // rule: asynchronous.request-ttl
        request_ttl_seconds as "RequestTTLSeconds": u32 = 21_600, range(60.0..=21_600.0), seconds;
        /// Seconds in which the model must answer, 1 to 3600.
        // rule: asynchronous.invocation-timeout
        invocation_timeout_seconds as "InvocationTimeoutSeconds": u32 = 900, range(1.0..=3600.0), seconds;
        /// Requests that an instance works on at once, 1 to 1000; absent: as many as in the load test.
        // rule: asynchronous.max-concurrent-invocations
        max_concurrent_invocations_per_instance as "MaxConcurrentInvocationsPerInstance": Option<u32> = None, range(1.0..=1000.0), requests;
    }
}
