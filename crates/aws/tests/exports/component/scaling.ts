// Two lines of a title
import { App, Stack, StackProps } from "aws-cdk-lib";
import * as applicationautoscaling from "aws-cdk-lib/aws-applicationautoscaling";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";

// FillIn
const INFERENCE_COMPONENT_NAME = "YOUR-INFERENCE-COMPONENT";

export class Scaling extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Link
    this.templateOptions.metadata = { Headroom: { Link: "headroom#2.ct4LK6HAx8ilODk6OzzhIOFMaX9ZIn8RP4kC3yjfKX_hvwJhJ9I_hQEl1mKBDn-NG3_FMi3eAj8If0Q_CX_xTT_KAT-IAimiBN4CPxdIcGVyIGNvcHk_Gd8q3wo_ngLfFkR3YWtlP54B3xc_qQGh3xhgYX8d3xs_ogJ_HWE_uQE_PijPYCHghAEjP1o" } };

    const scalableTarget = new applicationautoscaling.CfnScalableTarget(this, "ScalableTarget", {
      serviceNamespace: "sagemaker",
      resourceId: `inference-component/${INFERENCE_COMPONENT_NAME}`,
      scalableDimension: "sagemaker:inference-component:DesiredCopyCount",
      minCapacity: 0, // Typed
      maxCapacity: 12, // Typed
    });

    // AlarmsOfItsOwn
    new applicationautoscaling.CfnScalingPolicy(this, "PerCopyPolicy", {
      policyName: "per copy",
      scalingTargetId: scalableTarget.ref,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 84, // Formula { max_rps: 2.0, safety_factor: 0.7 }
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerInferenceComponentInvocationsPerCopy",
        },
        scaleOutCooldown: 60, // Typed
        scaleInCooldown: 300, // Usual
        disableScaleIn: false,
      },
    });

    const wakePolicy = new applicationautoscaling.CfnScalingPolicy(this, "WakePolicy", {
      policyName: "wake",
      scalingTargetId: scalableTarget.ref,
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        // FromThreshold { threshold: 1.0 }
        stepAdjustments: [
          {
            metricIntervalLowerBound: 0,
            scalingAdjustment: 1,
          },
        ],
        cooldown: 60, // Typed
      },
    });

    new cloudwatch.CfnAlarm(this, "WakeAlarm", {
      alarmName: `${INFERENCE_COMPONENT_NAME}-wake`,
      alarmActions: [wakePolicy.ref],
      metricName: "NoCapacityInvocationFailures",
      namespace: "AWS/SageMaker",
      dimensions: [
        {
          name: "InferenceComponentName",
          value: INFERENCE_COMPONENT_NAME,
        },
      ],
      statistic: "Sum",
      period: 60, // Usual
      evaluationPeriods: 1, // Typed
      threshold: 1, // Usual
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "missing",
    });
  }
}

const app = new App();
new Scaling(app, "Scaling");
app.synth();
