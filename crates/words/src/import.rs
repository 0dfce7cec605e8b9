//! What is found in documents of AWS, in words: where it stands, which field it is, what is wrong, and what would be right.

use aws::{Difference, Expected, Finding, FindingKind, LearnedTime, Subject};

use crate::{Words, activity::push};

/// Bytes of a megabyte.
const MEGABYTE: f64 = 1_048_576.0;

impl Words {
    /// What is found, with its file, line and column, and the field. `files`: the names of what was read, in its order; empty: it was
    /// pasted.
    #[must_use]
    pub fn finding_at(self, finding: &Finding, files: &[&str]) -> String {
        let mut said = self.finding(&finding.kind);
        if !finding.path.is_empty() {
            said = self.import_says(&finding.path, &said);
        }
        let at = finding.at;
        let file = files.get(usize::from(at.file)).copied().unwrap_or_default();
        let (line, column) = (at.line.to_string(), at.column.to_string());
        let place = match (at.line, file) {
            (0, "") => return said,
            // Of all documents together.
            (0, _) if is_of_all(&finding.kind) => return said,
            (0, file) => file.to_owned(),
            (_, "") => self.import_place_pasted(&line, &column),
            (_, file) => self.import_place(file, &line, &column),
        };
        self.import_says(&place, &said)
    }

    /// What is found, without its place.
    #[must_use]
    pub fn finding(self, kind: &FindingKind) -> String {
        match kind {
            FindingKind::NotUsed => self.import_not_used().to_owned(),
            FindingKind::Wrong { found, expected } => {
                self.import_wrong(found, &self.expected_in_document(expected))
            }
            FindingKind::Missing => self.import_missing().to_owned(),
            FindingKind::Open { expression, lacks } if lacks.is_empty() => {
                self.import_open_here(expression)
            }
            FindingKind::Open { expression, lacks } => self.import_open(expression, lacks),
            FindingKind::UnknownParameter { name } => self.import_unknown_parameter(name),
            FindingKind::OtherResources {
                resource_type,
                count,
            } => {
                let n = self.integer(*count as f64);
                self.import_other_resources(*count as u64, &n, resource_type)
            }
            FindingKind::UnsetCooldownIsZero => self.import_unset_cooldown_is_zero().to_owned(),
            FindingKind::UnsetIsZero => self.import_unset_is_zero().to_owned(),
            FindingKind::UnsetSizeIsZero => self.import_unset_size_is_zero().to_owned(),
            FindingKind::ZeroIsNotSent => self.import_zero_is_not_sent().to_owned(),
            FindingKind::MorePages { operation } => self.import_more_pages(operation),
            FindingKind::UnknownMetric { name } => self.import_unknown_metric(name),
            FindingKind::MetricMath => self.import_metric_math().to_owned(),
            FindingKind::UnnamedMetric { id, label } => self.import_unnamed_metric(label, id),
            FindingKind::PolicyWithoutAlarm { policy } => self.import_policy_without_alarm(policy),
            FindingKind::SecondAlarm { alarm, policy } => self.import_second_alarm(policy, alarm),
            FindingKind::ActionsDisabled { alarm } => self.import_actions_disabled(alarm),
            FindingKind::AlarmWithoutPolicy { alarm } => self.import_alarm_without_policy(alarm),
            FindingKind::PolicyDisabled { policy } => self.import_policy_disabled(policy),
            FindingKind::UnknownPolicyType { policy_type } => {
                self.import_unknown_policy_type(policy_type)
            }
            FindingKind::OtherSubject { resource } => self.import_other_subject(resource),
            FindingKind::NotChosen { subject } => self.import_not_chosen(&self.subject(subject)),
            FindingKind::OtherInstanceType { used, other } => {
                self.import_other_instance_type(used, other)
            }
            FindingKind::OutOfBounds { found } => self.import_out_of_bounds(found),
            FindingKind::AwsError {
                code,
                operation,
                command,
            } => self.aws_error(code, operation, command),
            FindingKind::OutputForm {
                form: "query",
                command,
            } => self.import_output_query(command),
            FindingKind::OutputForm { form, command } => self.import_output_form(form, command),
            FindingKind::Unrecognised => self.import_unrecognised().to_owned(),
            FindingKind::Syntax { language, reason } => {
                self.import_syntax(language, reason.trim_end_matches('.'))
            }
            FindingKind::Truncated => self.import_truncated().to_owned(),
            FindingKind::TooLarge { most } => {
                self.import_too_large(&self.number(*most as f64 / MEGABYTE, 0))
            }
            FindingKind::TooDeep { most } => self.import_too_deep(&self.integer(*most as f64)),
            FindingKind::RepeatedName => self.import_repeated_name().to_owned(),
            FindingKind::Anchor => self.import_anchor().to_owned(),
            FindingKind::Generated { what } => self.import_generated(what),
            FindingKind::DemandOf {
                metric,
                period_s,
                datapoints,
                missing,
                unusable,
                is_unordered,
            } => {
                let n = |count: usize| self.integer(count as f64);
                let step = self.duration_short(f64::from(*period_s));
                let count = *datapoints as u64;
                let mut said = self.import_demand(count, metric, &n(*datapoints), &step);
                if *missing > 0 {
                    let missing = self.import_demand_missing(*missing as u64, &n(*missing));
                    push(&mut said, &missing);
                }
                if *unusable > 0 {
                    let unusable = self.import_demand_unusable(*unusable as u64, &n(*unusable));
                    push(&mut said, &unusable);
                }
                if *is_unordered {
                    push(&mut said, self.import_demand_unordered());
                }
                said
            }
            FindingKind::NoDemand { metric, problem } => {
                self.import_no_demand(metric, &self.trace_problem(problem))
            }
            FindingKind::MetricNotUsed { metric } => self.import_metric_not_used(metric),
            FindingKind::PerInstanceOnly { metric } => self.import_per_instance_only(metric),
            FindingKind::Learned {
                time,
                from_s,
                to_s,
                activities,
            } => self.learned(*time, *from_s, *to_s, *activities),
            FindingKind::ConfigAssumed { config } => self.import_config_assumed(config),
            FindingKind::AccountLeftOut => self.import_account_left_out().to_owned(),
            FindingKind::AccountKept => self.import_account_kept().to_owned(),
        }
    }

    /// Where a document says something else than the scenario of its link.
    #[must_use]
    pub fn difference(self, difference: &Difference) -> String {
        let Difference {
            path,
            before,
            after,
        } = difference;
        match (&**before, &**after) {
            ("", after) => self.import_added(path, after),
            (before, "") => self.import_removed(path, before),
            (before, after) => self.import_changed(path, after, before),
        }
    }

    /// What scales, as AWS names it.
    #[must_use]
    pub fn subject(self, subject: &Subject) -> String {
        match subject {
            Subject::Target { resource_id, .. } => resource_id.clone(),
            Subject::Group { name } => self.import_group(name),
        }
    }

    fn expected_in_document(self, expected: &Expected) -> String {
        let text = match expected {
            Expected::Number => self.import_expected_number(),
            Expected::Whole => self.import_expected_whole(),
            Expected::Switch => self.import_expected_switch(),
            Expected::Text => self.import_expected_text(),
            Expected::List => self.import_expected_list(),
            Expected::Object => self.import_expected_object(),
            Expected::Moment => self.import_expected_moment(),
            Expected::OneOf(names) => return self.import_expected_one_of(&names.join(", ")),
            Expected::Listed(names) => return self.import_expected_one_of(&names.join(", ")),
        };
        text.to_owned()
    }

    fn aws_error(self, code: &str, operation: &str, command: &str) -> String {
        if operation.is_empty() || command.is_empty() {
            return self.import_aws_error_alone(code);
        }
        let denies = [
            "AccessDenied",
            "Unauthorized",
            "NotAuthorized",
            "OptInRequired",
        ];
        if denies.iter().any(|denied| code.contains(denied)) {
            self.import_aws_denied(operation, code, command)
        } else {
            self.import_aws_error(code, operation, command)
        }
    }

    fn learned(self, time: LearnedTime, from_s: f64, to_s: Option<f64>, count: usize) -> String {
        let from = self.duration_short(from_s);
        let took = match to_s {
            Some(to_s) => self.import_took(&from, &self.duration_short(to_s)),
            None => from,
        };
        let n = self.integer(count as f64);
        let count = count as u64;
        match time {
            LearnedTime::Launch => self.import_learned_launch(count, &took, &n),
            LearnedTime::WarmPoolLaunch => self.import_learned_pool_launch(count, &took, &n),
            LearnedTime::Removal => self.import_learned_removal(count, &took, &n),
        }
    }
}

/// Whether a finding is of no document by itself.
fn is_of_all(kind: &FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::NotChosen { .. }
            | FindingKind::UnknownParameter { .. }
            | FindingKind::AccountLeftOut
            | FindingKind::AccountKept
    )
}
