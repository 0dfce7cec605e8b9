//! What is wrong with a schedule: each sentence names the field of `cron(…)`, or of a `Recurrence`, and says what would be right.
//!
//! AWS's rules are the scenario's; here they are only told.

use scenario::schedule::{CronField, FieldProblem, NICKNAMES, RecurrenceProblem, ScheduleProblem};

use crate::{Words, schedule::capital};

impl Words {
    /// Why a schedule cannot be read.
    pub(crate) fn schedule_problem(self, problem: &ScheduleProblem) -> String {
        match problem {
            ScheduleProblem::Unknown => self.problem_schedule_unknown().to_owned(),
            ScheduleProblem::NotADateTime => self.problem_schedule_time().to_owned(),
            ScheduleProblem::ZoneInside => self.problem_schedule_zone().to_owned(),
            ScheduleProblem::NotARate => self.problem_rate().to_owned(),
            ScheduleProblem::RateIsOne { unit } => self.problem_rate_one(unit),
            ScheduleProblem::RateIsMore { unit } => self.problem_rate_more(unit),
            ScheduleProblem::CronFields { found } => {
                self.problem_cron_fields(*found as u64, &found.to_string())
            }
            ScheduleProblem::BothDays => self.problem_cron_both_days().to_owned(),
            ScheduleProblem::NeitherDay { right } => self.problem_cron_neither_day(right),
            ScheduleProblem::StarBesideDays { right } => self.problem_cron_star(right),
            ScheduleProblem::Recurrence(problem) => self.recurrence_problem(problem),
            ScheduleProblem::Field { field, problem } => self.problem_at(
                &capital(self.cron_field(*field)),
                &self.field_problem(*field, problem),
            ),
            ScheduleProblem::TooOften { max } => self.problem_too_often(&self.count(*max as u32)),
        }
    }

    fn recurrence_problem(self, problem: &RecurrenceProblem) -> String {
        match problem {
            RecurrenceProblem::Expression => self.problem_recurrence_expression().to_owned(),
            RecurrenceProblem::Fields { found } => {
                self.problem_recurrence_fields(*found as u64, &found.to_string())
            }
            RecurrenceProblem::Nickname { text } => {
                let names = NICKNAMES.map(|(name, _)| name);
                self.problem_recurrence_name(text, &names.join(", "))
            }
            RecurrenceProblem::Field { field, problem } => {
                let problem = match problem {
                    FieldProblem::NotHere { mark } => {
                        self.problem_recurrence_mark(&mark.to_string())
                    }
                    problem => self.field_problem(*field, problem),
                };
                self.problem_at(&capital(self.cron_field(*field)), &problem)
            }
        }
    }

    fn field_problem(self, field: CronField, problem: &FieldProblem) -> String {
        match problem {
            FieldProblem::NotAValue { text } => {
                let (min, max) = field.range();
                let names = match field {
                    CronField::Month => " (JAN–DEC)",
                    CronField::DayOfWeek | CronField::DayOfWeekFromZero => " (SUN–SAT)",
                    _ => "",
                };
                let range = [&min.to_string(), self.range_dash(), &max.to_string(), names];
                self.problem_cron_value(text, &range.concat())
            }
            FieldProblem::Backwards => self.problem_cron_backwards().to_owned(),
            FieldProblem::Step { max } => self.problem_cron_step(&max.to_string()),
            FieldProblem::NotHere { mark } => {
                let (one, other) = match mark {
                    'W' => (CronField::DayOfMonth, None),
                    '#' => (CronField::DayOfWeek, None),
                    _ => (CronField::DayOfMonth, Some(CronField::DayOfWeek)),
                };
                let mut belongs = self.cron_field(one).to_owned();
                if let Some(other) = other {
                    belongs = [&belongs, ", ", self.cron_field(other)].concat();
                }
                self.problem_cron_not_here(&mark.to_string(), &belongs)
            }
            FieldProblem::NotAlone { mark } => self.problem_cron_not_alone(&mark.to_string()),
            FieldProblem::Nth => self.problem_cron_nth().to_owned(),
        }
    }

    fn cron_field(self, field: CronField) -> &'static str {
        match field {
            CronField::Seconds => self.cron_field_seconds(),
            CronField::Minutes => self.cron_field_minutes(),
            CronField::Hours => self.cron_field_hours(),
            CronField::DayOfMonth => self.cron_field_day_of_month(),
            CronField::Month => self.cron_field_month(),
            CronField::DayOfWeek | CronField::DayOfWeekFromZero => self.cron_field_day_of_week(),
            CronField::Year => self.cron_field_year(),
        }
    }
}
