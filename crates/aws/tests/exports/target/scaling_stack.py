# -*- coding: utf-8 -*-
# Two lines of a title
from datetime import datetime

from aws_cdk import App, Stack
from aws_cdk import aws_applicationautoscaling as applicationautoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

# FillIn
ENDPOINT_NAME = "YOUR-ENDPOINT"
VARIANT_NAME = "AllTraffic"


class Scaling(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        # Link
        self.template_options.metadata = {"Headroom": {"Link": "headroom#2.zN4HK6HAxcZ0f3fhUCfSP4MBKaME3gI_F0tpbnZvY2F0aW9ucz8Z23-NAgPeAj8XQ2dwdT8Z3gM_wwHeAz-uAaLeAj-xAT_GAT-yAUtyZWNvbW1lbmRlct4CP7EBP8cBP7IBRGJsdWU_rAE_vgE_sAFHUGVyY2VudD8eAjOBqgvfFk5ydXNoIO2CpeyYpO2UhD-eAd4EP6EBP6oBP6cBfzs_qAE_wgE_ogGi3xpggZoDbN8YgZoDdN4HP7cBP7kBP7UBYj-0AWM_rAE_vQE_swF_HT-2AX_RAT-4AT9BKN4CNX4_5AHeAz_lAQI_5gEBP-cBASqi3gY_nQFUMjAyNi0wNy0zMVQyMzo1OTo1OVo_ItFqfwk_IFVjcm9uKDMwIDE5ID8gKiBTQVQgKik_Hz-QAT-cAVQyMDI2LTA2LTAxVDAwOjAwOjAwWj8hP1rXSWZ1bGwgdGltZVRjcm9uKDAgMjMgPyAqIFNBVCAqKT9az2Ih4JkDIz9a"}}

        scalable_target = applicationautoscaling.CfnScalableTarget(
            self,
            "ScalableTarget",
            service_namespace="sagemaker",
            resource_id=f"endpoint/{ENDPOINT_NAME}/variant/{VARIANT_NAME}",
            scalable_dimension="sagemaker:variant:DesiredInstanceCount",
            min_capacity=3,  # Sizing
            max_capacity=30,  # Typed
            suspended_state=applicationautoscaling.CfnScalableTarget.SuspendedStateProperty(
                dynamic_scaling_in_suspended=True,
                dynamic_scaling_out_suspended=False,
                scheduled_scaling_suspended=False,
            ),
            scheduled_actions=[
                applicationautoscaling.CfnScalableTarget.ScheduledActionProperty(
                    scheduled_action_name="kick-off",
                    schedule="cron(30 19 ? * SAT *)",
                    timezone="Asia/Seoul",
                    start_time=datetime.fromisoformat("2026-06-01T00:00:00+00:00"),
                    end_time=datetime.fromisoformat("2026-07-31T23:59:59+00:00"),
                    scalable_target_action=applicationautoscaling.CfnScalableTarget.ScalableTargetActionProperty(
                        min_capacity=10,  # Typed
                        max_capacity=40,  # Typed
                    ),
                ),
                applicationautoscaling.CfnScalableTarget.ScheduledActionProperty(
                    scheduled_action_name="full time",
                    schedule="cron(0 23 ? * SAT *)",
                    timezone="Asia/Seoul",
                    scalable_target_action=applicationautoscaling.CfnScalableTarget.ScalableTargetActionProperty(
                        min_capacity=2,  # Typed
                    ),
                ),
            ],
        )

        # AlarmsOfItsOwn
        applicationautoscaling.CfnScalingPolicy(
            self,
            "InvocationsPolicy",
            policy_name="invocations",
            scaling_target_id=scalable_target.ref,
            policy_type="TargetTrackingScaling",
            target_tracking_scaling_policy_configuration=applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty(
                target_value=600,  # Formula { max_rps: 20.0, safety_factor: 0.5 }
                predefined_metric_specification=applicationautoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty(
                    predefined_metric_type="SageMakerVariantInvocationsPerInstance",
                ),
                scale_out_cooldown=300,  # Usual
                scale_in_cooldown=300,  # Usual
                disable_scale_in=False,
            ),
        )

        # AlarmsOfItsOwn
        applicationautoscaling.CfnScalingPolicy(
            self,
            "GpuPolicy",
            policy_name="gpu",
            scaling_target_id=scalable_target.ref,
            policy_type="TargetTrackingScaling",
            target_tracking_scaling_policy_configuration=applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty(
                target_value=72.5,  # Typed
                customized_metric_specification=applicationautoscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty(
                    metric_name="GPUUtilization",
                    namespace="/aws/sagemaker/Endpoints",
                    dimensions=[
                        applicationautoscaling.CfnScalingPolicy.MetricDimensionProperty(
                            name="EndpointName",
                            value="recommender",
                        ),
                        applicationautoscaling.CfnScalingPolicy.MetricDimensionProperty(
                            name="VariantName",
                            value="blue",
                        ),
                    ],
                    statistic="Average",
                    unit="Percent",
                ),
                scale_out_cooldown=300,  # Usual
                scale_in_cooldown=300,  # Usual
                disable_scale_in=True,
            ),
        )

        rush_policy = applicationautoscaling.CfnScalingPolicy(
            self,
            "RushPolicy",
            policy_name="rush 킥오프",
            scaling_target_id=scalable_target.ref,
            policy_type="StepScaling",
            step_scaling_policy_configuration=applicationautoscaling.CfnScalingPolicy.StepScalingPolicyConfigurationProperty(
                adjustment_type="ExactCapacity",
                # FromThreshold { threshold: 240.0 }
                step_adjustments=[
                    applicationautoscaling.CfnScalingPolicy.StepAdjustmentProperty(
                        metric_interval_lower_bound=0,
                        metric_interval_upper_bound=20.5,
                        scaling_adjustment=12,
                    ),
                    applicationautoscaling.CfnScalingPolicy.StepAdjustmentProperty(
                        metric_interval_lower_bound=20.5,
                        scaling_adjustment=20,
                    ),
                ],
                cooldown=90,  # Typed
                metric_aggregation_type="Maximum",
            ),
        )

        cloudwatch.CfnAlarm(
            self,
            "RushAlarm",
            alarm_name=f"{ENDPOINT_NAME}-rush 킥오프",
            alarm_actions=[rush_policy.ref],
            metric_name="CPUUtilization",
            namespace="/aws/sagemaker/Endpoints",
            dimensions=[
                cloudwatch.CfnAlarm.DimensionProperty(
                    name="EndpointName",
                    value=ENDPOINT_NAME,
                ),
                cloudwatch.CfnAlarm.DimensionProperty(
                    name="VariantName",
                    value=VARIANT_NAME,
                ),
            ],
            statistic="Average",
            period=60,  # Usual
            evaluation_periods=3,  # Typed
            datapoints_to_alarm=2,  # Typed
            threshold=240,  # Typed
            comparison_operator="GreaterThanOrEqualToThreshold",
            treat_missing_data="notBreaching",
        )


app = App()
Scaling(app, "Scaling")
app.synth()
