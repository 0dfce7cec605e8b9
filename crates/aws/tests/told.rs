#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What an account would tell of a run is read back: the scaling as it was deployed, what it did, and the traffic.

use aws::{
    Deployment, Subject, Told,
    import::{Document, Gathering, Params, gather},
};
use engine::run::{Cause, Outcome};
use scenario::{compile::compile, document::Scenario, presets};

/// Returns what is read of the telling of a scenario's run.
fn told(scenario: &Scenario) -> (String, Gathering) {
    let compiled = compile(scenario).unwrap();
    let run = engine::run(&compiled.plan);
    let deployment = Deployment::of(scenario, &compiled, "", "");
    let told = Told {
        deployment: &deployment,
        scenario,
        compiled: &compiled,
        run: &run,
    };
    let text = told.text();
    let documents = [Document {
        name: "",
        text: &text,
    }];
    let gathering = gather(&documents, &Params::new());
    (text, gathering)
}

#[test]
fn every_shipped_scenario_is_told_and_read() {
    for preset in presets::all() {
        let scenario = preset.scenario();
        let compiled = compile(&scenario).unwrap();
        if !compiled.resolved.scales {
            continue;
        }
        let (text, gathering) = told(&scenario);
        let what = preset.id;
        assert_eq!(gathering.findings, [], "{what}");
        // As many documents as lines.
        assert_eq!(gathering.recognised.len(), text.lines().count(), "{what}");
        assert_eq!(gathering.account.subjects().len(), 1, "{what}");
        // What changed capacity is there, with the capacity.
        let run = engine::run(&compiled.plan);
        let is_group = scenario.platform.rules().scales.is_of_ec2();
        let mut changes: Vec<u32> = (run.activities.iter())
            .filter(|it| it.from != it.to && !matches!(it.outcome, Outcome::NotScaled(_)))
            .filter(|it| !matches!(it.cause, Cause::Replacement(_)))
            .flat_map(|it| {
                let count = if is_group { it.from.abs_diff(it.to) } else { 1 };
                std::iter::repeat_n(it.to, count as usize)
            })
            .collect();
        let activities = gathering.account.activities.iter();
        let mut read: Vec<u32> = activities.filter_map(|it| it.desired).collect();
        changes.sort_unstable();
        read.sort_unstable();
        assert_eq!(read, changes, "{what}");
        // And the traffic, each minute of it.
        let series = gathering.account.series.first().unwrap();
        assert_eq!(
            series.datapoints.len(),
            run.series.demand_rps.len(),
            "{what}"
        );
    }
}

#[test]
fn what_is_told_comes_to_the_same_scaling() {
    for preset in presets::all() {
        let scenario = preset.scenario();
        let before = compile(&scenario).unwrap();
        if !before.resolved.scales {
            continue;
        }
        let (_, gathering) = told(&scenario);
        let subjects: Vec<Subject> = gathering.account.subjects();
        let imported = aws::scenario(
            &gathering.account,
            subjects.first().unwrap(),
            &Scenario::default(),
        );
        let whole = Scenario {
            scalable_target: imported.scenario.scalable_target.clone(),
            policies: imported.scenario.policies.clone(),
            scheduled_actions: imported.scenario.scheduled_actions.clone(),
            ..scenario.clone()
        };
        let (before, after) = (before.plan, compile(&whole).unwrap().plan);
        let what = preset.id;
        assert_eq!(before.scalable_target, after.scalable_target, "{what}");
        assert_eq!(before.scheduled_actions, after.scheduled_actions, "{what}");
        assert_eq!(before.step_scaling, after.step_scaling, "{what}");
        let target = |plan: &engine::plan::Plan| -> Vec<_> {
            let policies = plan.target_tracking.iter();
            policies.map(|it| (it.metric, it.target)).collect()
        };
        assert_eq!(target(&before), target(&after), "{what}");
    }
}

#[test]
fn a_launch_is_told_in_the_words_of_aws() {
    let (text, gathering) = told(&presets::find("finals_game").unwrap().scenario());
    for said in [
        r#""StatusMessage":"Successfully set desired instance count to 9. Change successfully fulfilled by sagemaker.""#,
        r#""Description":"Setting desired instance count to 9.""#,
        "-AlarmHigh-00000000-0000-0000-0000-000000000000 in state ALARM triggered policy InvocationsPerInstance",
        r#""Code":"AlreadyAtMaxCapacity""#,
        r#""HistorySummary":"Alarm updated from OK to ALARM""#,
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    // 20:04 is when the alarm of the match asks for nine.
    let mut activities = gathering.account.activities.iter();
    let nine = activities.find(|it| it.desired == Some(9)).unwrap();
    assert_eq!(nine.status, "Successful");
    let kick_off_s = 1_795_896_240.0;
    assert_eq!(nine.start_s, kick_off_s, "{nine:?}");
}
