//! What an instance of a burstable type may do without CPU credits.

use crate::field::{Field, Fixed, choices, section};

section! {
    /// `CreditSpecification` of `RunInstances` and of launch templates.
    pub struct CreditSpecification at Fixed::CreditSpecification => Field {
        /// The mode.
        cpu_credits as "CpuCredits": CpuCredits = CpuCredits::default(), required, optional;
    }
}

choices! {
    /// `CpuCredits` of a CreditSpecification.
    pub enum CpuCredits {
        /// Without credits it is held to its baseline.
        Standard = "standard",
        /// It goes on, and surplus credits are charged.
        Unlimited = "unlimited",
    }
}
