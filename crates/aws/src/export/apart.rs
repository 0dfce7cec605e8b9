//! `{{resolve:…}}` in a text that somebody typed. CloudFormation looks up what stands there, in every text of a template and after
//! all functions, so that `Fn::Join` does not hide it, and has no escape. A space between the braces does: such a text stays as it is.
//!
//! Sources: AWS CloudFormation User Guide, "Get values stored in other services using dynamic references"; pull request 4412 of
//! aws-cloudformation/cfn-lint, which tried what a space does.

/// Returns whether CloudFormation would look something up, or the text looks like what was taken apart.
pub(super) fn is_resolved(text: &str) -> bool {
    apart(text) != text
}

/// Returns a text in which CloudFormation looks nothing up: one more space stands between two braces before `resolve:`.
pub(super) fn apart(text: &str) -> String {
    respaced(text, |spaces| spaces + 1)
}

/// Returns the text that was taken apart.
#[must_use]
pub fn together(text: &str) -> String {
    respaced(text, |spaces| spaces.saturating_sub(1))
}

/// Changes how many spaces stand in `{{resolve:`.
fn respaced(text: &str, spaces: fn(usize) -> usize) -> String {
    const NAME: &str = "{resolve:";
    let is_named = |from: &str| {
        let name = from.get(..NAME.len());
        name.is_some_and(|it| it.eq_ignore_ascii_case(NAME))
    };
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, _)) =
        (rest.match_indices('{')).find(|(at, _)| rest.get(*at..).is_some_and(is_named))
    {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let (name, after) = from.split_at_checked(NAME.len()).unwrap_or((from, ""));
        let tight = before.trim_end_matches(' ');
        if tight.ends_with('{') {
            whole.push_str(tight);
            whole.push_str(&" ".repeat(spaces(before.len() - tight.len())));
        } else {
            whole.push_str(before);
        }
        whole.push_str(name);
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_looked_up_and_the_text_comes_back() {
        for (text, spaced) in [
            ("rush", "rush"),
            ("{{resolve:ssm:x:1}}", "{ {resolve:ssm:x:1}}"),
            (
                "{{{Resolve:a}} {{resolve:b}}",
                "{{ {Resolve:a}} { {resolve:b}}",
            ),
            ("{  {resolve:a}}", "{   {resolve:a}}"),
            ("{resolve:a}", "{resolve:a}"),
            ("킥 {{resolve:오프", "킥 { {resolve:오프"),
        ] {
            assert_eq!(apart(text), spaced);
            assert_eq!(together(spaced), text);
        }
    }
}
