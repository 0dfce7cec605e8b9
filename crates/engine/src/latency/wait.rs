//! Probability that a request finds all servers of a station busy.

/// Above this many servers the limit of Halfin and Whitt replaces the recursion.
const MANY_SERVERS: f64 = 256.0;

/// Erlang C: probability of waiting at `servers` (≥ 1, may be a fraction: linear between whole numbers) that are
/// used to the share `load` (A. K. Erlang, 1917; the recursion is that of Erlang B).
pub(super) fn probability(servers: f64, load: f64) -> f64 {
    if load >= 1.0 {
        return 1.0;
    }
    if load <= 0.0 {
        return 0.0;
    }
    if servers > MANY_SERVERS {
        return halfin_whitt(servers, load);
    }
    let whole = servers.floor();
    let share = servers - whole;
    let fewer = erlang_c(whole as u32, load);
    if share == 0.0 {
        return fewer;
    }
    fewer + share * (erlang_c(whole as u32 + 1, load) - fewer)
}

fn erlang_c(servers: u32, load: f64) -> f64 {
    let offered = f64::from(servers) * load;
    // 1/B(n) = 1 + n/a × 1/B(n − 1); the inverse grows beyond all bounds where nobody ever waits.
    let mut inverse = 1.0;
    for n in 1..=servers {
        inverse = 1.0 + inverse * f64::from(n) / offered;
    }
    let blocking = 1.0 / inverse;
    blocking / (1.0 - load * (1.0 - blocking))
}

/// Halfin and Whitt, "Heavy-traffic limits for queues with many exponential servers", Operations Research 29 (1981).
fn halfin_whitt(servers: f64, load: f64) -> f64 {
    let beta = (1.0 - load) * servers.sqrt();
    let density = libm::exp(-0.5 * beta * beta) / core::f64::consts::TAU.sqrt();
    let below = 1.0 - 0.5 * libm::erfc(beta / core::f64::consts::SQRT_2);
    density / (density + beta * below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erlang_c_matches_published_values() {
        // M/M/1 waits with probability rho; the others from Erlang C tables.
        for (servers, load, expected, within) in [
            (1.0, 0.5, 0.5, 1e-12),
            (2.0, 0.75, 0.642_857_142_857, 1e-9),
            (10.0, 0.8, 0.409_180, 1e-5),
            (1.5, 0.75, (0.75 + 0.642_857_142_857) / 2.0, 1e-9),
            (100.0, 0.0, 0.0, 0.0),
            (3.0, 1.0, 1.0, 0.0),
        ] {
            let got = probability(servers, load);
            assert!((got - expected).abs() <= within, "{servers} {load}: {got}");
        }
    }

    #[test]
    fn the_limit_for_many_servers_joins_the_recursion() {
        for load in [0.5, 0.9, 0.95, 0.99] {
            let (recursion, limit) = (erlang_c(256, load), halfin_whitt(256.0, load));
            assert!(
                (recursion - limit).abs() < 0.015,
                "{load}: {recursion} {limit}"
            );
        }
    }
}
