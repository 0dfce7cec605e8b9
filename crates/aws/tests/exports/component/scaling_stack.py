# -*- coding: utf-8 -*-
# Two lines of a title
from aws_cdk import App, Stack
from aws_cdk import aws_applicationautoscaling as applicationautoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

# FillIn
INFERENCE_COMPONENT_NAME = "YOUR-INFERENCE-COMPONENT"


class Scaling(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        # Link
        self.template_options.metadata = {"Headroom": {"Link": "headroom#2.ct4LK6HAx8ilODk6OzzhIOFMaX9ZIn8RP4kC3yjfKX_hvwJhJ9I_hQEl1mKBDn-NG3_FMi3eAj8If0Q_CX_xTT_KAT-IAimiBN4CPxdIcGVyIGNvcHk_Gd8q3wo_ngLfFkR3YWtlP54B3xc_qQGh3xhgYX8d3xs_ogJ_HWE_uQE_PijPYCHghAEjP1o"}}

        scalable_target = applicationautoscaling.CfnScalableTarget(
            self,
            "ScalableTarget",
            service_namespace="sagemaker",
            resource_id=f"inference-component/{INFERENCE_COMPONENT_NAME}",
            scalable_dimension="sagemaker:inference-component:DesiredCopyCount",
            min_capacity=0,  # Typed
            max_capacity=12,  # Typed
        )

        # AlarmsOfItsOwn
        applicationautoscaling.CfnScalingPolicy(
            self,
            "PerCopyPolicy",
            policy_name="per copy",
            scaling_target_id=scalable_target.ref,
            policy_type="TargetTrackingScaling",
            target_tracking_scaling_policy_configuration=applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty(
                target_value=84,  # Formula { max_rps: 2.0, safety_factor: 0.7 }
                predefined_metric_specification=applicationautoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty(
                    predefined_metric_type="SageMakerInferenceComponentInvocationsPerCopy",
                ),
                scale_out_cooldown=60,  # Typed
                scale_in_cooldown=300,  # Usual
                disable_scale_in=False,
            ),
        )

        wake_policy = applicationautoscaling.CfnScalingPolicy(
            self,
            "WakePolicy",
            policy_name="wake",
            scaling_target_id=scalable_target.ref,
            policy_type="StepScaling",
            step_scaling_policy_configuration=applicationautoscaling.CfnScalingPolicy.StepScalingPolicyConfigurationProperty(
                adjustment_type="ChangeInCapacity",
                # FromThreshold { threshold: 1.0 }
                step_adjustments=[
                    applicationautoscaling.CfnScalingPolicy.StepAdjustmentProperty(
                        metric_interval_lower_bound=0,
                        scaling_adjustment=1,
                    ),
                ],
                cooldown=60,  # Typed
            ),
        )

        cloudwatch.CfnAlarm(
            self,
            "WakeAlarm",
            alarm_name=f"{INFERENCE_COMPONENT_NAME}-wake",
            alarm_actions=[wake_policy.ref],
            metric_name="NoCapacityInvocationFailures",
            namespace="AWS/SageMaker",
            dimensions=[
                cloudwatch.CfnAlarm.DimensionProperty(
                    name="InferenceComponentName",
                    value=INFERENCE_COMPONENT_NAME,
                ),
            ],
            statistic="Sum",
            period=60,  # Usual
            evaluation_periods=1,  # Typed
            threshold=1,  # Usual
            comparison_operator="GreaterThanOrEqualToThreshold",
            treat_missing_data="missing",
        )


app = App()
Scaling(app, "Scaling")
app.synth()
