//! Arguments of commands that try something many times.

/// `[N] [--seed S] [--planted]`.
#[derive(Debug, PartialEq)]
pub(crate) struct Trials {
    /// How often it is tried.
    pub(crate) count: u64,
    /// The choices of a run before.
    pub(crate) seed: Option<u64>,
    /// Bugs are planted, to see that they are found.
    pub(crate) planted: bool,
}

impl Trials {
    /// Reads the arguments; none if they are others. `count` is what is meant where none is given.
    pub(crate) fn parse(arguments: &[String], count: u64) -> Option<Self> {
        let mut trials = Self { count, seed: None, planted: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--planted" => trials.planted = true,
                "--seed" => trials.seed = Some(arguments.next()?.parse().ok()?),
                count => trials.count = count.parse().ok()?,
            }
        }
        Some(trials)
    }
}

#[cfg(test)]
mod tests {
    use super::Trials;

    #[track_caller]
    fn check(line: &str, expected: Option<(u64, Option<u64>, bool)>) {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let expected = expected.map(|(count, seed, planted)| Trials { count, seed, planted });
        assert_eq!(Trials::parse(&words, 7), expected, "{line}");
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        check("", Some((7, None, false)));
        check("3 --planted", Some((3, None, true)));
        check("--seed 5", Some((7, Some(5), false)));
        check("--seed", None);
        check("many", None);
    }
}
