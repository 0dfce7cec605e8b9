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
const ITEMS_AHEAD: usize = 4;

/// What the pool tells the one who takes the answers.
pub enum Event<R> {
    /// The next answer.
    Answer(R),
    /// The next answer is not there yet: a moment to hand on those before it.
    Waiting,
}

/// How much the items that are read and not answered yet may weigh.
pub struct Limit<T> {
    /// Returns the weight of an item.
    pub of: fn(&T) -> usize,
    /// Most weight of all; one item alone may weigh more.
    pub most: usize,
}

impl<T> Limit<T> {
    /// Returns the limit of items that weigh nothing.
    pub fn none() -> Self {
        Self { of: |_| 0, most: 0 }
    }
}

type Job<T, R> = (T, ItemWeight, SyncSender<R>);

/// The weight of all items that are read and not answered yet.
#[derive(Default)]
struct TotalWeight {
    held: Mutex<usize>,
    lighter: Condvar,
}

/// The weight of one item, which is part of the total until the item is answered.
struct ItemWeight {
    total: Arc<TotalWeight>,
    weight: usize,
}

impl ItemWeight {
    /// Waits until there is room for `weight`, and adds it to the total.
    fn wait(total: &Arc<TotalWeight>, weight: usize, most: usize) -> Self {
        let held = total.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |held: &mut usize| *held > 0 && *held + weight > most;
        let mut held =
            (total.lighter.wait_while(held, is_full)).unwrap_or_else(PoisonError::into_inner);
        *held += weight;
        drop(held);
        Self {
            total: Arc::clone(total),
            weight,
        }
    }
}

impl Drop for ItemWeight {
    fn drop(&mut self) {
        let held = self.total.held.lock();
        *held.unwrap_or_else(PoisonError::into_inner) -= self.weight;
        self.total.lighter.notify_one();
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
    Limit { of, most }: Limit<T>,
    mut take: impl FnMut(Event<R>) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send + 'static,
    R: Send + 'static,
    E: From<io::Error>,
{
    let window = threads * ITEMS_AHEAD;
    // Answers are waited for in the order in which their items were read: each has a channel of its own.
    let (order, ordered) = sync_channel::<Receiver<R>>(window);
    let (jobs, queue) = sync_channel::<Job<T, R>>(window);
    let (queue, work) = (Arc::new(Mutex::new(queue)), Arc::new(work));
    for _ in 0..threads {
        let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
        thread::Builder::new().spawn(move || {
            while let Some((item, held, answer)) = next_job(&queue) {
                let done = work(item);
                drop(held);
                // Nobody waits for it where the one who takes the answers has ended.
                let _ = answer.send(done);
            }
        })?;
    }
    thread::Builder::new().spawn(move || {
        let total = Arc::<TotalWeight>::default();
        for item in items {
            let held = ItemWeight::wait(&total, of(&item), most);
            let (answer, waited_for) = sync_channel(1);
            if order.send(waited_for).is_err() || jobs.send((item, held, answer)).is_err() {
                return;
            }
        }
    })?;
    let died = || E::from(io::Error::other("a thread has died"));
    while let Some(answer) = receive(&ordered, &mut take)? {
        let answer = receive(&answer, &mut take)?.ok_or_else(died)?;
        take(Event::Answer(answer))?;
    }
    Ok(())
}

fn next_job<T, R>(queue: &Mutex<Receiver<Job<T, R>>>) -> Option<Job<T, R>> {
    queue.lock().ok()?.recv().ok()
}

/// Returns the next message; where it is not there yet, `take` is called first. `None`: there will be no more.
fn receive<M, R, E>(
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
                in_order(0..500, slow_and_fast, threads, Limit::none(), |event| {
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
            Limit::none(),
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
            most_ahead <= 2 * threads * ITEMS_AHEAD + threads + 2,
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
            let weight = Limit {
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
        let done: io::Result<()> = in_order(0..10, work, 2, Limit::none(), |_| Ok(()));
        assert_eq!(done.unwrap_err().to_string(), "a thread has died");
    }
}
