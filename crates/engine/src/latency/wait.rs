//! What requests that come at random find at a station: whether a place is free, and how much longer they take where places share
//! one server.

/// Above this many servers the limit of Halfin and Whitt replaces the recursion.
const MANY_SERVERS: f64 = 256.0;

/// What a request finds at a station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WaitOnArrival {
    /// Requests that it takes in at once.
    pub places: f64,
    /// Share of requests that find all places taken.
    pub wait_probability: f64,
    /// How many times as long a request takes as on an idle instance, once it has a place.
    pub stretch: f64,
}

/// Returns what a request finds at a station that does the work of `servers` (≥ 1) at once, at the utilisation `load`.
///
/// With whole servers the probability is Erlang C's (A. K. Erlang, 1917; the recursion is that of Erlang B). A station with a
/// fraction of a server has one place more than whole servers, and while all places are taken they share what it can do. As many
/// requests as there are whole servers are served at full speed; from there on the birth-death chain goes on as that of Erlang C
/// does.
pub(super) fn on_arrival(servers: f64, load: f64) -> WaitOnArrival {
    let whole = servers.floor();
    let is_whole = servers == whole;
    let places = if is_whole { whole } else { whole + 1.0 };
    let of = |wait_probability: f64, stretch: f64| WaitOnArrival {
        places,
        wait_probability,
        stretch,
    };
    if load <= 0.0 {
        return of(0.0, 1.0);
    }
    if load >= 1.0 {
        return of(1.0, places / servers);
    }
    if servers > MANY_SERVERS {
        return of(halfin_whitt(servers, load), 1.0);
    }
    let offered = servers * load;
    // 1/B(n) = 1 + n/a × 1/B(n − 1); the inverse overflows where no request ever waits.
    let mut inverse = 1.0;
    for n in 1..=whole as u32 {
        inverse = 1.0 + inverse * f64::from(n) / offered;
    }
    if inverse == f64::INFINITY {
        return of(0.0, 1.0);
    }
    let left = 1.0 - load;
    let all = inverse * left + load;
    if is_whole {
        of(1.0 / all, 1.0)
    } else {
        // The requests at the station, by Little's law.
        let inside = (inverse - 1.0) * left + places * load / offered;
        of(load / all, inside / all)
    }
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
            (100.0, 0.0, 0.0, 0.0),
            (256.0, 1e-6, 0.0, 0.0),
            (3.0, 1.0, 1.0, 0.0),
        ] {
            let got = on_arrival(servers, load);
            let probability = got.wait_probability;
            assert!(
                (probability - expected).abs() <= within,
                "{servers} {load}: {probability}"
            );
            assert_eq!((got.places, got.stretch), (servers, 1.0));
        }
    }

    /// The chain itself, state by state: so many are there, and as many leave as can be worked on.
    fn chain(servers: f64, load: f64) -> (f64, f64) {
        let places = servers.ceil();
        let (mut weight, mut sums) = (1.0, [0.0; 3]);
        for n in 0..20_000 {
            let n = f64::from(n);
            sums[0] += weight;
            sums[1] += weight * n.min(places);
            sums[2] += if n >= places { weight } else { 0.0 };
            let working = if n + 1.0 < places || servers == places {
                (n + 1.0).min(places)
            } else {
                servers
            };
            weight *= servers * load / working;
        }
        (sums[2] / sums[0], sums[1] / sums[0] / (servers * load))
    }

    #[test]
    fn a_fraction_shares_what_it_can_do() {
        for (servers, load) in [
            (1.0, 0.7),
            (1.32, 0.5),
            (1.32, 0.95),
            (1.9, 0.8),
            (2.7, 0.9),
            (8.5, 0.99),
        ] {
            let (probability, stretch) = chain(servers, load);
            let got = on_arrival(servers, load);
            assert!(
                (got.wait_probability - probability).abs() < 1e-9,
                "{servers} {load}: {got:?} {probability}"
            );
            assert!(
                (got.stretch - stretch).abs() < 1e-9,
                "{servers} {load}: {got:?} {stretch}"
            );
        }
        assert_eq!(
            on_arrival(1.25, 1.0).stretch,
            1.6,
            "two share the work of 1.25"
        );
    }

    #[test]
    fn the_limit_for_many_servers_joins_the_recursion() {
        for load in [0.5, 0.9, 0.95, 0.99] {
            let (recursion, limit) = (
                on_arrival(256.0, load).wait_probability,
                halfin_whitt(256.0, load),
            );
            assert!(
                (recursion - limit).abs() < 0.015,
                "{load}: {recursion} {limit}"
            );
        }
    }
}
