//! What is remarked in exports of AWS's documents: what each number is, where it comes from, and what has to be known of a form.

use aws::{Deployment, LoadTestRemark, Origin, Remark, Remarks};
use scenario::{
    document::ScalableTarget,
    field::{Field, Spec, Unit},
};

use crate::Words;

impl Remarks for Words {
    fn remark(&self, remark: &Remark) -> String {
        match remark {
            Remark::Field { field, origin } => self.number_in_export(*field, *origin),
            Remark::FillIn => self.export_fill_in().to_owned(),
            Remark::NoDesiredCapacity => self.export_no_desired_capacity().to_owned(),
            Remark::NamesInMetadata => self.export_names_in_metadata().to_owned(),
            Remark::NoSuspendedProcesses => self.export_no_suspended_processes().to_owned(),
            Remark::ResolveApart => self.export_resolve_apart().to_owned(),
            Remark::IgnoreChanges => self.export_ignore_changes().to_owned(),
            Remark::MinusOne => self.export_minus_one().to_owned(),
            Remark::ZeroIsNotSent => self.export_zero_is_not_sent().to_owned(),
            Remark::ZeroIsSentLater => self.export_zero_is_sent_later().to_owned(),
            Remark::FromThreshold { threshold } => {
                self.export_from_threshold(&self.number(*threshold, 3))
            }
            Remark::AlarmsOfItsOwn => self.export_alarms_of_its_own().to_owned(),
            Remark::NothingScales => self.export_nothing_scales().to_owned(),
            Remark::LoadTest(remark) => self.load_test_in_export(remark),
            Remark::Link => self.export_link().to_owned(),
            Remark::CannotSay { field } => self.export_cannot_say(&field.to_string()),
        }
    }

    fn head(&self, deployment: &Deployment) -> Vec<String> {
        let head = self.export_head(self.title_in_export(&deployment.title));
        let left_out = deployment.left_out.iter().map(|it| self.remark(it));
        std::iter::once(head).chain(left_out).collect()
    }
}

impl Words {
    fn title_in_export(self, title: &str) -> &str {
        match title {
            "" => self.scenario_untitled(),
            title => title,
        }
    }

    fn load_test_in_export(self, remark: &LoadTestRemark) -> String {
        match remark {
            LoadTestRemark::FindsMaximum { title } => {
                self.export_finds_maximum(self.title_in_export(title))
            }
            LoadTestRemark::OneInstance => self.export_one_instance().to_owned(),
            LoadTestRemark::AnswersAtOnce => self.export_answers_at_once().to_owned(),
            LoadTestRemark::HowJudged => self.export_how_judged().to_owned(),
            LoadTestRemark::ReadMaximum => self.export_read_maximum().to_owned(),
            LoadTestRemark::ByUrl => self.export_by_url().to_owned(),
            LoadTestRemark::Holds => self.export_rate_holds().to_owned(),
            LoadTestRemark::Misses => self.export_rate_misses().to_owned(),
            LoadTestRemark::Grows => self.export_rate_grows().to_owned(),
            LoadTestRemark::NoneHeld => self.export_none_held().to_owned(),
            LoadTestRemark::SentLate => self.export_sent_late().to_owned(),
            LoadTestRemark::AllHeld => self.export_all_held().to_owned(),
        }
    }

    /// What a number is and whence: `per minute · the load test's formula, 20 RPS × 0.5 × 60`. AWS's own name of it stands beside it.
    fn number_in_export(self, field: Field, origin: Origin) -> String {
        let spec = field.place.specs().find(|spec| spec.name == field.name);
        let in_unit = match spec.map(|spec| spec.unit) {
            Some(Unit::Seconds) => self.export_in_seconds(&self.origin(field, origin)),
            _ => self.origin(field, origin),
        };
        match spec.map(|spec| self.label_in_export(spec)) {
            None | Some("") => in_unit,
            Some(label) => self.export_number(label, &in_unit),
        }
    }

    /// The label of a field; empty where it says no more than AWS's name.
    fn label_in_export(self, spec: &Spec) -> &'static str {
        let label = self.label_of(spec);
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|it| it.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let (own, given) = (letters(spec.name), letters(label));
        if own == given { "" } else { label }
    }

    fn origin(self, field: Field, origin: Origin) -> String {
        match origin {
            Origin::Typed => self.export_typed().to_owned(),
            Origin::Formula {
                max_rps,
                safety_factor,
            } => self.export_formula(&self.number(max_rps, 3), &self.number(safety_factor, 3)),
            Origin::LoadTest {
                max_rps,
                safety_factor,
            } => self.export_load_test(&self.number(max_rps, 3), &self.number(safety_factor, 3)),
            Origin::Sizing if field == ScalableTarget::min_capacity => {
                self.export_sizing_quiet().to_owned()
            }
            Origin::Sizing => self.export_sizing_peak().to_owned(),
            Origin::Usual => self.export_usual().to_owned(),
        }
    }
}
