# -*- coding: utf-8 -*-
# Two lines of a title
# NamesInMetadata
# NoSuspendedProcesses
from aws_cdk import App, Stack
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

# FillIn
AUTO_SCALING_GROUP_NAME = "YOUR-AUTO-SCALING-GROUP"
LOAD_BALANCER = "app/YOUR-LOAD-BALANCER/0000000000000000"
TARGET_GROUP = "targetgroup/YOUR-TARGET-GROUP/0000000000000000"
LAUNCH_TEMPLATE_ID = "lt-00000000000000000"
LAUNCH_TEMPLATE_VERSION = "1"
SUBNET_IDS = ["subnet-00000000000000000"]
TARGET_GROUP_ARN = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/YOUR-TARGET-GROUP/0000000000000000"


class Scaling(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        # Link
        self.template_options.metadata = {"Headroom": {"Link": "headroom#2.ed4IP84B3gU_0AF_0QE_zwF_WT-yAn87P7ECP7cCP9gB3gM_2gFmP9sBYj_cAUpIaWJlcm5hdGVkK6HAxcZ0f3fhUCffAkljNS54bGFyZ2WCIj_KAT_NASmlBN4DP9EBf3c_F0VjcHU0MD8Z3gM_Gt8KP9IBPxx_jQIzgaoG3w1IcmVxdWVzdHM_PN8M3wo_0wF_jQJ_jQIB3xZOd2hlbiBpdCBydXNoZXM_ngHeBT-hAT-rAT-nAX-NAj-oAT_AAT-mAWI_ogGi3xpgb37fGG9_Hd4HP7cBP7kBP7UBYj-0AWI_rAE_vQE_swF_HT-2AX8nP7gBPz7eBj-hAT-pAT-gAd8cP9UBfx1ifx0_uwE_Pj-nAX-VAT8XSG9uZSBsZXNzPxg_1gE_pQGAAd8fSG1vcm5pbmdzP-gB3gU_8AE_8gE_8wFqP-oBod8ifwnfCj_0AT_sAT_uAT_vAX-5BCjeAzV0NGI_5AHeAz_lAQI_5gECP-cBAiqj3gQ_uAJMMzAgOCAqICogMS01PyLRZng_H0xvZmZpY2Ugb3BlbnM_IT9HA94EP9cBYz-4AkwwIDE5ICogKiAxLTU_ItFiAD8fTW9mZmljZSBjbG9zZXPXSe2CpeyYpO2UhOfjVT9Hz2wh4Hc"}}

        # NoDesiredCapacity
        auto_scaling_group = autoscaling.CfnAutoScalingGroup(
            self,
            "AutoScalingGroup",
            auto_scaling_group_name=AUTO_SCALING_GROUP_NAME,
            min_size="2",  # Typed
            max_size="20",  # Typed
            cooldown="240",  # Typed
            health_check_type="ELB",  # Typed
            health_check_grace_period=90,  # Typed
            default_instance_warmup=120,  # Typed
            launch_template=autoscaling.CfnAutoScalingGroup.LaunchTemplateSpecificationProperty(
                launch_template_id=LAUNCH_TEMPLATE_ID,
                version=LAUNCH_TEMPLATE_VERSION,
            ),
            vpc_zone_identifier=SUBNET_IDS,
            target_group_arns=[TARGET_GROUP_ARN],
        )
        auto_scaling_group.add_metadata("Headroom", {"SuspendedProcesses": ["AlarmNotification", "ScheduledActions"]})

        autoscaling.CfnWarmPool(
            self,
            "WarmPool",
            auto_scaling_group_name=auto_scaling_group.ref,
            max_group_prepared_capacity=6,  # Typed
            min_size=2,  # Typed
            pool_state="Hibernated",
        )

        # AlarmsOfItsOwn
        cpu40_policy = autoscaling.CfnScalingPolicy(
            self,
            "Cpu40Policy",
            auto_scaling_group_name=auto_scaling_group.ref,
            policy_type="TargetTrackingScaling",
            target_tracking_configuration=autoscaling.CfnScalingPolicy.TargetTrackingConfigurationProperty(
                target_value=40.5,  # Typed
                predefined_metric_specification=autoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty(
                    predefined_metric_type="ASGAverageCPUUtilization",
                ),
                disable_scale_in=False,
            ),
            estimated_instance_warmup=150,  # Typed
        )
        cpu40_policy.add_metadata("Headroom", {"Name": "cpu40"})

        # AlarmsOfItsOwn
        requests_policy = autoscaling.CfnScalingPolicy(
            self,
            "RequestsPolicy",
            auto_scaling_group_name=auto_scaling_group.ref,
            policy_type="TargetTrackingScaling",
            target_tracking_configuration=autoscaling.CfnScalingPolicy.TargetTrackingConfigurationProperty(
                target_value=600,  # Formula { max_rps: 20.0, safety_factor: 0.5 }
                predefined_metric_specification=autoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty(
                    predefined_metric_type="ALBRequestCountPerTarget",
                    resource_label=f"{LOAD_BALANCER}/{TARGET_GROUP}",
                ),
                disable_scale_in=False,
            ),
        )
        requests_policy.add_metadata("Headroom", {"Name": "requests"})

        when_it_rushes_policy = autoscaling.CfnScalingPolicy(
            self,
            "WhenItRushesPolicy",
            auto_scaling_group_name=auto_scaling_group.ref,
            policy_type="StepScaling",
            adjustment_type="PercentChangeInCapacity",
            # FromThreshold { threshold: 70.0 }
            step_adjustments=[
                autoscaling.CfnScalingPolicy.StepAdjustmentProperty(
                    metric_interval_lower_bound=0,
                    metric_interval_upper_bound=15,
                    scaling_adjustment=30,
                ),
                autoscaling.CfnScalingPolicy.StepAdjustmentProperty(
                    metric_interval_lower_bound=15,
                    scaling_adjustment=60,
                ),
            ],
            min_adjustment_magnitude=2,  # Typed
            metric_aggregation_type="Average",
        )
        when_it_rushes_policy.add_metadata("Headroom", {"Name": "when it rushes"})

        cloudwatch.CfnAlarm(
            self,
            "WhenItRushesAlarm",
            alarm_name=f"{AUTO_SCALING_GROUP_NAME}-when it rushes",
            alarm_actions=[when_it_rushes_policy.ref],
            metric_name="CPUUtilization",
            namespace="AWS/EC2",
            dimensions=[
                cloudwatch.CfnAlarm.DimensionProperty(
                    name="AutoScalingGroupName",
                    value=AUTO_SCALING_GROUP_NAME,
                ),
            ],
            statistic="Average",
            period=60,  # Usual
            evaluation_periods=2,  # Usual
            datapoints_to_alarm=2,  # Typed
            threshold=70,  # Typed
            comparison_operator="GreaterThanOrEqualToThreshold",
            treat_missing_data="missing",
        )

        one_less_policy = autoscaling.CfnScalingPolicy(
            self,
            "OneLessPolicy",
            auto_scaling_group_name=auto_scaling_group.ref,
            policy_type="SimpleScaling",
            adjustment_type="ChangeInCapacity",
            scaling_adjustment=-1,  # Typed
            cooldown="180",  # Typed
        )
        one_less_policy.add_metadata("Headroom", {"Name": "one less"})

        cloudwatch.CfnAlarm(
            self,
            "OneLessAlarm",
            alarm_name=f"{AUTO_SCALING_GROUP_NAME}-one less",
            alarm_actions=[one_less_policy.ref],
            metric_name="RequestCountPerTarget",
            namespace="AWS/ApplicationELB",
            dimensions=[
                cloudwatch.CfnAlarm.DimensionProperty(
                    name="LoadBalancer",
                    value=LOAD_BALANCER,
                ),
                cloudwatch.CfnAlarm.DimensionProperty(
                    name="TargetGroup",
                    value=TARGET_GROUP,
                ),
            ],
            statistic="Sum",
            period=60,  # Usual
            evaluation_periods=2,  # Usual
            threshold=60,  # Typed
            comparison_operator="LessThanThreshold",
            treat_missing_data="missing",
        )

        mornings_policy = autoscaling.CfnScalingPolicy(
            self,
            "MorningsPolicy",
            auto_scaling_group_name=auto_scaling_group.ref,
            policy_type="PredictiveScaling",
            predictive_scaling_configuration=autoscaling.CfnScalingPolicy.PredictiveScalingConfigurationProperty(
                metric_specifications=[
                    autoscaling.CfnScalingPolicy.PredictiveScalingMetricSpecificationProperty(
                        target_value=40,  # Typed
                        predefined_metric_pair_specification=autoscaling.CfnScalingPolicy.PredictiveScalingPredefinedMetricPairProperty(
                            predefined_metric_type="ALBRequestCount",
                            resource_label=f"{LOAD_BALANCER}/{TARGET_GROUP}",
                        ),
                    ),
                ],
                mode="ForecastAndScale",
                scheduling_buffer_time=600,  # Typed
                max_capacity_breach_behavior="IncreaseMaxCapacity",
                max_capacity_buffer=10,  # Typed
            ),
        )
        mornings_policy.add_metadata("Headroom", {"Name": "mornings"})

        office_opens_action = autoscaling.CfnScheduledAction(
            self,
            "OfficeOpensAction",
            auto_scaling_group_name=auto_scaling_group.ref,
            recurrence="30 8 * * 1-5",
            time_zone="Europe/London",
            min_size=6,  # Typed
            max_size=24,  # Typed
        )
        office_opens_action.add_metadata("Headroom", {"Name": "office opens"})

        office_closes_action = autoscaling.CfnScheduledAction(
            self,
            "OfficeClosesAction",
            auto_scaling_group_name=auto_scaling_group.ref,
            recurrence="0 19 * * 1-5",
            time_zone="Europe/London",
            min_size=2,  # Typed
            desired_capacity=3,  # Typed
        )
        office_closes_action.add_metadata("Headroom", {"Name": "office closes"})

        action = autoscaling.CfnScheduledAction(
            self,
            "Action",
            auto_scaling_group_name=auto_scaling_group.ref,
            start_time="2026-11-04T19:30:00Z",
            min_size=12,  # Typed
        )
        action.add_metadata("Headroom", {"Name": "킥오프"})


app = App()
Scaling(app, "Scaling")
app.synth()
