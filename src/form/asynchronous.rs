//! What an asynchronous endpoint's form has in place of a real-time one's: how long requests wait.

use scenario::{document::Asynchronous, field::Field};

/// How long requests wait and how long the model may take.
pub const PATIENCE: [Field; 3] = [
    Asynchronous::request_ttl_seconds,
    Asynchronous::invocation_timeout_seconds,
    Asynchronous::max_concurrent_invocations_per_instance,
];
