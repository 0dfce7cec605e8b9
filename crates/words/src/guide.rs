//! What the page explains: the glossary, how target tracking works, and what each shipped scenario teaches.
//!
//! Lists only; the texts are in the locales.

use scenario::presets::Topic;

use crate::Words;

/// A heading and its text.
pub type Entry = (&'static str, &'static str);

impl Words {
    /// Terms with their explanations, from demand to price.
    #[must_use]
    pub fn glossary(self) -> [Entry; 30] {
        [
            (self.term_demand(), self.about_demand()),
            (self.term_load_test(), self.about_load_test()),
            (self.term_safety_factor(), self.about_safety_factor()),
            (self.term_target_value(), self.about_target_value()),
            (self.term_headroom(), self.about_headroom()),
            (self.term_scalable_target(), self.about_scalable_target()),
            (self.term_invocations(), self.about_invocations()),
            (self.term_datapoint(), self.about_datapoint()),
            (self.term_metric_delay(), self.about_metric_delay()),
            (self.term_alarm(), self.about_alarm()),
            (self.term_m_of_n(), self.about_m_of_n()),
            (self.term_desired(), self.about_desired()),
            (self.term_pending(), self.about_pending()),
            (self.term_in_service(), self.about_in_service()),
            (self.term_cooldown(), self.about_cooldown()),
            (self.term_warm_up(), self.about_warm_up()),
            (self.term_predictive(), self.about_predictive()),
            (self.term_provisioned(), self.about_provisioned()),
            (self.term_cold_start(), self.about_cold_start()),
            (self.term_credits(), self.about_credits()),
            (self.term_updating(), self.about_updating()),
            (self.term_not_scaled(), self.about_not_scaled()),
            (self.term_flapping(), self.about_flapping()),
            (self.term_utilisation(), self.about_utilisation()),
            (self.term_p95(), self.about_p95()),
            (self.term_late(), self.about_late()),
            (self.term_failed(), self.about_failed()),
            (self.term_fixed_fleet(), self.about_fixed_fleet()),
            (self.term_foresight(), self.about_foresight()),
            (self.term_price(), self.about_price()),
        ]
    }

    /// How target tracking works, step by step.
    #[must_use]
    pub fn lesson(self) -> [Entry; 8] {
        [
            (self.learn_1_title(), self.learn_1()),
            (self.learn_2_title(), self.learn_2()),
            (self.learn_3_title(), self.learn_3()),
            (self.learn_4_title(), self.learn_4()),
            (self.learn_5_title(), self.learn_5()),
            (self.learn_6_title(), self.learn_6()),
            (self.learn_7_title(), self.learn_7()),
            (self.learn_8_title(), self.learn_8()),
        ]
    }

    /// Name of a shipped scenario, by its id; empty for an id that is none.
    #[must_use]
    pub fn preset_name(self, id: &str) -> &'static str {
        self.preset(id).0
    }

    /// What a shipped scenario teaches, in two sentences; empty for an id that is none.
    #[must_use]
    pub fn preset_teaches(self, id: &str) -> &'static str {
        self.preset(id).1
    }

    /// What a shipped scenario is about.
    #[must_use]
    pub fn topic(self, topic: Topic) -> &'static str {
        match topic {
            Topic::Sudden => self.topic_sudden(),
            Topic::Rhythm => self.topic_rhythm(),
            Topic::Limits => self.topic_limits(),
            Topic::Still => self.topic_still(),
            Topic::ToZero => self.topic_to_zero(),
        }
    }

    fn preset(self, id: &str) -> Entry {
        match id {
            "finals_game" => (
                self.preset_finals_game_name(),
                self.preset_finals_game_teaches(),
            ),
            "online_shop" => (
                self.preset_online_shop_name(),
                self.preset_online_shop_teaches(),
            ),
            "retail_weekend" => (
                self.preset_retail_weekend_name(),
                self.preset_retail_weekend_teaches(),
            ),
            "black_friday" => (
                self.preset_black_friday_name(),
                self.preset_black_friday_teaches(),
            ),
            "flash_sale" => (
                self.preset_flash_sale_name(),
                self.preset_flash_sale_teaches(),
            ),
            "breaking_news" => (
                self.preset_breaking_news_name(),
                self.preset_breaking_news_teaches(),
            ),
            "fraud_scoring" => (
                self.preset_fraud_scoring_name(),
                self.preset_fraud_scoring_teaches(),
            ),
            "bulk_jobs" => (
                self.preset_bulk_jobs_name(),
                self.preset_bulk_jobs_teaches(),
            ),
            "document_desk" => (
                self.preset_document_desk_name(),
                self.preset_document_desk_teaches(),
            ),
            "morning_rush" => (
                self.preset_morning_rush_name(),
                self.preset_morning_rush_teaches(),
            ),
            "burst_then_baseline" => (
                self.preset_burst_then_baseline_name(),
                self.preset_burst_then_baseline_teaches(),
            ),
            "zone_lost_at_the_peak" => (
                self.preset_zone_lost_at_the_peak_name(),
                self.preset_zone_lost_at_the_peak_teaches(),
            ),
            "document_queue" => (
                self.preset_document_queue_name(),
                self.preset_document_queue_teaches(),
            ),
            "office_assistant" => (
                self.preset_office_assistant_name(),
                self.preset_office_assistant_teaches(),
            ),
            "steady_noise" => (
                self.preset_steady_noise_name(),
                self.preset_steady_noise_teaches(),
            ),
            "never_scales_in" => (
                self.preset_never_scales_in_name(),
                self.preset_never_scales_in_teaches(),
            ),
            "world_cup_semi_final" => (
                self.preset_world_cup_semi_final_name(),
                self.preset_world_cup_semi_final_teaches(),
            ),
            _ => ("", ""),
        }
    }
}
