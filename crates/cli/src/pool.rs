//! Work on all cores, answers in order, memory bounded by a window and by what items weigh: for input that has no end.

use std::{
    io,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TryRecvError, sync_channel},
    },
    thread,
};

/// Items that may be read ahead of the answer that is waited for, for each thread.
const AHEAD: usize = 4;

/// What the pool has to say to the one who takes the answers.
pub enum Event<R> {
    /// The next answer.
    Answer(R),
    /// The next answer is not there yet: a moment to hand on those before it.
    Waiting,
}

/// How much items may weigh that are read and not answered yet.
pub struct Weight<T> {
    /// What one weighs.
    pub of: fn(&T) -> usize,
    /// Most together; one alone may weigh more.
    pub most: usize,
}

impl<T> Weight<T> {
    /// Items that weigh nothing.
    pub fn none() -> Self {
        Self { of: |_| 0, most: 0 }
    }
}

type Job<T, R> = (T, WeightOnScale, SyncSender<R>);

/// What the items weigh that are read and not answered yet.
#[derive(Default)]
struct Scale {
    held: Mutex<usize>,
    lighter: Condvar,
}

/// The place of an item on the scale, until it is answered.
struct WeightOnScale {
    scale: Arc<Scale>,
    weight: usize,
}

impl WeightOnScale {
    /// Waits until there is room for so much.
    fn wait(scale: &Arc<Scale>, weight: usize, most: usize) -> Self {
        let held = scale.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |held: &mut usize| *held > 0 && *held + weight > most;
        let mut held =
            (scale.lighter.wait_while(held, is_full)).unwrap_or_else(PoisonError::into_inner);
        *held += weight;
        drop(held);
        Self {
            scale: Arc::clone(scale),
            weight,
        }
    }
}

impl Drop for WeightOnScale {
    fn drop(&mut self) {
        let held = self.scale.held.lock();
        *held.unwrap_or_else(PoisonError::into_inner) -= self.weight;
        self.scale.lighter.notify_one();
    }
}

/// Gives each item to a thread, and each answer to `take`, in the order of the items. Ends when `take` fails: what is still
/// being read or worked on is left to itself.
///
/// # Errors
/// That of `take`; or if no thread can be started, or one has died.
pub fn in_order<T, R, E>(
    items: impl Iterator<Item = T> + Send + 'static,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    threads: usize,
    Weight { of, most }: Weight<T>,
    mut take: impl FnMut(Event<R>) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send + 'static,
    R: Send + 'static,
    E: From<io::Error>,
{
    let window = threads * AHEAD;
    // Answers are waited for in the order in which their items were read: each has a channel of its own.
    let (order, ordered) = sync_channel::<Receiver<R>>(window);
    let (jobs, queue) = sync_channel::<Job<T, R>>(window);
    let (queue, work) = (Arc::new(Mutex::new(queue)), Arc::new(work));
    for _ in 0..threads {
        let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
        thread::Builder::new().spawn(move || {
            while let Some((item, held, answer)) = next(&queue) {
                let done = work(item);
                drop(held);
                // Nobody waits for it where the one who takes the answers has ended.
                let _ = answer.send(done);
            }
        })?;
    }
    thread::Builder::new().spawn(move || {
        let scale = Arc::<Scale>::default();
        for item in items {
            let held = WeightOnScale::wait(&scale, of(&item), most);
            let (answer, waited_for) = sync_channel(1);
            if order.send(waited_for).is_err() || jobs.send((item, held, answer)).is_err() {
                return;
            }
        }
    })?;
    let died = || E::from(io::Error::other("a thread has died"));
    while let Some(answer) = patiently(&ordered, &mut take)? {
        let answer = patiently(&answer, &mut take)?.ok_or_else(died)?;
        take(Event::Answer(answer))?;
    }
    Ok(())
}

fn next<T, R>(queue: &Mutex<Receiver<Job<T, R>>>) -> Option<Job<T, R>> {
    queue.lock().ok()?.recv().ok()
}

/// The next message; where it is not there yet, `take` is told first. `None`: there will be no more.
fn patiently<M, R, E>(
    from: &Receiver<M>,
    take: &mut impl FnMut(Event<R>) -> Result<(), E>,
) -> Result<Option<M>, E> {
    match from.try_recv() {
        Ok(message) => Ok(Some(message)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            take(Event::Waiting)?;
            Ok(from.recv().ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    #[test]
    fn answers_come_in_order_whatever_each_takes() {
        for threads in [1, 2, 7] {
            let slow_and_fast = |n: u64| {
                // Some a thousand times the work of others.
                let rounds = if n.is_multiple_of(5) { 20_000 } else { 20 };
                (0..rounds).fold(n, |sum, round| sum.wrapping_mul(31).wrapping_add(round));
                n * 2
            };
            let mut answers = Vec::new();
            let done: io::Result<()> =
                in_order(0..500, slow_and_fast, threads, Weight::none(), |event| {
                    if let Event::Answer(answer) = event {
                        answers.push(answer);
                    }
                    Ok(())
                });
            assert!(done.is_ok());
            assert!(answers.iter().copied().eq((0..500).map(|n| n * 2)));
        }
    }

    #[test]
    fn no_more_is_read_than_the_window_holds() {
        let read = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&read);
        let items = (0..).inspect(move |_| {
            counted.fetch_add(1, SeqCst);
        });
        let (threads, mut taken, mut most_ahead) = (2, 0, 0);
        let done = in_order(
            items,
            |n: u64| n,
            threads,
            Weight::none(),
            |event| {
                if let Event::Answer(_) = event {
                    taken += 1;
                    most_ahead = most_ahead.max(read.load(SeqCst) - taken);
                }
                if taken == 2000 {
                    return Err(io::Error::other("enough"));
                }
                Ok(())
            },
        );
        assert_eq!(done.unwrap_err().to_string(), "enough");
        // The two channels, what each thread holds, and one more in the reader's hand.
        assert!(
            most_ahead <= 2 * threads * AHEAD + threads + 2,
            "{most_ahead}"
        );
    }

    #[test]
    fn no_more_is_read_than_may_be_held() {
        static HELD: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        for (each, most, expected) in [(10, 35, 30), (10, 9, 10), (1, 1000, 19)] {
            MOST.store(0, SeqCst);
            let items = (0..200).inspect(move |_| {
                let held = HELD.fetch_add(each, SeqCst) + each;
                // The one in the reader's hand is not on the scale yet.
                MOST.fetch_max(held - each, SeqCst);
            });
            let work = move |_: u64| {
                HELD.fetch_sub(each, SeqCst);
            };
            let weight = Weight {
                of: if each == 10 { |_| 10 } else { |_| 1 },
                most,
            };
            let done: io::Result<()> = in_order(items, work, 2, weight, |_| Ok(()));
            assert!(done.is_ok());
            let held = MOST.load(SeqCst);
            assert!(held <= expected, "{held} of {each} each, at most {most}");
        }
    }

    #[test]
    fn a_thread_that_dies_is_told() {
        let work = |n: u32| assert_ne!(n, 3, "a panic of the test's own");
        let done: io::Result<()> = in_order(0..10, work, 2, Weight::none(), |_| Ok(()));
        assert_eq!(done.unwrap_err().to_string(), "a thread has died");
    }
}
