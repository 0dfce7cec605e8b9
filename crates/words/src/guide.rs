//! What each shipped scenario is called and teaches.
//!
//! Lists only; the texts are in the locales.

use scenario::{
    document::Scenario,
    presets::{self, Topic},
};

use crate::Words;

/// A heading and its text.
pub type Entry = (&'static str, &'static str);

impl Words {
    /// Name of a shipped scenario, by its id; empty for an id that is none.
    #[must_use]
    pub fn preset_name(self, id: &str) -> &'static str {
        self.preset(id).0
    }

    /// What a scenario is called: by its own name, else as the shipped one that it is.
    #[must_use]
    pub fn title_of(self, scenario: &Scenario) -> &str {
        let own = scenario.name.trim();
        if !own.is_empty() {
            return own;
        }
        match presets::of(scenario) {
            Some(preset) => self.preset_name(preset.id),
            None => self.scenario_untitled(),
        }
    }

    /// What a shipped scenario teaches, in two sentences; empty for an id that is none.
    #[must_use]
    pub fn preset_teaches(self, id: &str) -> &'static str {
        self.preset(id).1
    }

    /// Name of a shipped comparison, by its id, and what it shows; empty for an id that is none.
    #[must_use]
    pub fn shipped_comparison(self, id: &str) -> Entry {
        match id {
            "policies_of_a_day" => (
                self.comparison_policies_name(),
                self.comparison_policies_shows(),
            ),
            "one_big_or_many_small" => (
                self.comparison_one_or_many_name(),
                self.comparison_one_or_many_shows(),
            ),
            "burstable_or_compute_optimised" => (
                self.comparison_burstable_name(),
                self.comparison_burstable_shows(),
            ),
            _ => ("", ""),
        }
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
            "retry_storm" => (
                self.preset_retry_storm_name(),
                self.preset_retry_storm_teaches(),
            ),
            "no_capacity_in_the_zone" => (
                self.preset_no_capacity_in_the_zone_name(),
                self.preset_no_capacity_in_the_zone_teaches(),
            ),
            "quota_ends_growth" => (
                self.preset_quota_ends_growth_name(),
                self.preset_quota_ends_growth_teaches(),
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
