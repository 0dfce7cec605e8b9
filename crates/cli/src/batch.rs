//! Many scenarios, one a line (NDJSON): the lines of an endless input, each bounded, blank ones left out.

use std::io::{BufRead, BufReader, Read};

/// Most bytes of a line. A recorded year of minutes takes about one million.
pub const MOST_LINE_BYTES: usize = 16 << 20;
/// Most bytes of the lines that are read and not answered yet, unless it is one alone.
pub const MOST_BYTES_AHEAD: usize = 2 * MOST_LINE_BYTES;

/// A line of the input.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, blank lines counted.
    pub number: usize,
    /// What stands in it, without blanks around; or why it could not be read.
    pub text: Result<String, String>,
}

impl Line {
    /// Returns how many bytes it has.
    pub fn len(&self) -> usize {
        self.text.as_ref().map_or(0, String::len)
    }
}

/// The lines of an input.
pub struct Lines<R> {
    input: BufReader<R>,
    number: usize,
    most_bytes: usize,
    failed: bool,
}

impl<R: Read> Lines<R> {
    pub fn of(input: R) -> Self {
        Self {
            input: BufReader::new(input),
            number: 0,
            most_bytes: MOST_LINE_BYTES,
            failed: false,
        }
    }

    /// Returns the next line without its end; `None` after the last.
    fn next_line(&mut self) -> std::io::Result<Option<Result<String, String>>> {
        let mut bytes = Vec::new();
        let most = self.most_bytes as u64 + 1;
        let read = (&mut self.input).take(most).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        if bytes.last() != Some(&b'\n') && bytes.len() > self.most_bytes {
            self.skip_rest()?;
            return Ok(Some(Err(format!(
                "The line is longer than {} MiB. Simulate this scenario from a file of its own.",
                self.most_bytes >> 20
            ))));
        }
        let not_text = |_| "The line is not text. Write it as UTF-8.".to_owned();
        Ok(Some(
            String::from_utf8(bytes).map_err(not_text).map(trimmed),
        ))
    }

    /// Reads to the end of the line and keeps nothing of it.
    fn skip_rest(&mut self) -> std::io::Result<()> {
        loop {
            let there = self.input.fill_buf()?;
            if there.is_empty() {
                return Ok(());
            }
            let end = there.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(there.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// Returns a text without the blanks around it, in no more memory than it takes.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    let blanks = text.len() - text.trim_start().len();
    text.drain(..blanks);
    text.shrink_to_fit();
    text
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            if self.failed {
                return None;
            }
            self.number += 1;
            let text = match self.next_line() {
                Ok(text) => text?,
                Err(error) => {
                    self.failed = true;
                    Err(format!("The input cannot be read any further: {error}."))
                }
            };
            if text.as_ref().is_ok_and(String::is_empty) {
                continue;
            }
            return Some(Line {
                number: self.number,
                text,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_bounded_and_text() {
        let input: &[u8] = b"{}\n\n  one \r\n0123456789\n\xff\n\t\n0123456\nlast";
        let lines = Lines {
            most_bytes: 8,
            ..Lines::of(input)
        };
        let found: Vec<(usize, Result<String, String>)> =
            lines.map(|line| (line.number, line.text)).collect();
        let good = |number: usize, text: &str| (number, Ok(text.to_owned()));
        assert_eq!(found.len(), 6, "{found:?}");
        assert_eq!(found[0], good(1, "{}"));
        assert_eq!(found[1], good(3, "one"));
        assert!(matches!(&found[2], (4, Err(why)) if why.contains("longer")));
        assert!(matches!(&found[3], (5, Err(why)) if why.contains("UTF-8")));
        assert_eq!(found[4], good(7, "0123456"));
        assert_eq!(found[5], good(8, "last"));
    }

    #[test]
    fn an_input_that_breaks_off_is_told_once() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("gone"))
            }
        }
        let lines: Vec<Line> = Lines::of(b"{}\n".chain(Broken)).collect();
        assert_eq!(lines.len(), 2);
        assert!(
            lines[1]
                .text
                .as_ref()
                .is_err_and(|why| why.contains("gone"))
        );
    }
}
