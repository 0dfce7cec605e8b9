// Two lines of a title
import { App, Stack, StackProps } from "aws-cdk-lib";
import * as applicationautoscaling from "aws-cdk-lib/aws-applicationautoscaling";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";

// FillIn
const ENDPOINT_NAME = "YOUR-ENDPOINT";
const VARIANT_NAME = "AllTraffic";

export class Scaling extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Link
    this.templateOptions.metadata = { Headroom: { Link: "headroom#2.zN4HK6HAxcZ0f3fhUCfSP4MBKaME3gI_F0tpbnZvY2F0aW9ucz8Z23-NAgPeAj8XQ2dwdT8Z3gM_wwHeAz-uAaLeAj-xAT_GAT-yAUtyZWNvbW1lbmRlct4CP7EBP8cBP7IBRGJsdWU_rAE_vgE_sAFHUGVyY2VudD8eAjOBqgvfFk5ydXNoIO2CpeyYpO2UhD-eAd4EP6EBP6oBP6cBfzs_qAE_wgE_ogGi3xpggZoDbN8YgZoDdN4HP7cBP7kBP7UBYj-0AWM_rAE_vQE_swF_HT-2AX_RAT-4AT9BKN4CNX4_5AHeAz_lAQI_5gEBP-cBASqi3gY_nQFUMjAyNi0wNy0zMVQyMzo1OTo1OVo_ItFqfwk_IFVjcm9uKDMwIDE5ID8gKiBTQVQgKik_Hz-QAT-cAVQyMDI2LTA2LTAxVDAwOjAwOjAwWj8hP1rXSWZ1bGwgdGltZVRjcm9uKDAgMjMgPyAqIFNBVCAqKT9az2Ih4JkDIz9a" } };

    const scalableTarget = new applicationautoscaling.CfnScalableTarget(this, "ScalableTarget", {
      serviceNamespace: "sagemaker",
      resourceId: `endpoint/${ENDPOINT_NAME}/variant/${VARIANT_NAME}`,
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      minCapacity: 3, // Sizing
      maxCapacity: 30, // Typed
      suspendedState: {
        dynamicScalingInSuspended: true,
        dynamicScalingOutSuspended: false,
        scheduledScalingSuspended: false,
      },
      scheduledActions: [
        {
          scheduledActionName: "kick-off",
          schedule: "cron(30 19 ? * SAT *)",
          timezone: "Asia/Seoul",
          startTime: new Date("2026-06-01T00:00:00Z"),
          endTime: new Date("2026-07-31T23:59:59Z"),
          scalableTargetAction: {
            minCapacity: 10, // Typed
            maxCapacity: 40, // Typed
          },
        },
        {
          scheduledActionName: "full time",
          schedule: "cron(0 23 ? * SAT *)",
          timezone: "Asia/Seoul",
          scalableTargetAction: {
            minCapacity: 2, // Typed
          },
        },
      ],
    });

    // AlarmsOfItsOwn
    new applicationautoscaling.CfnScalingPolicy(this, "InvocationsPolicy", {
      policyName: "invocations",
      scalingTargetId: scalableTarget.ref,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 600, // Formula { max_rps: 20.0, safety_factor: 0.5 }
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerVariantInvocationsPerInstance",
        },
        scaleOutCooldown: 300, // Usual
        scaleInCooldown: 300, // Usual
        disableScaleIn: false,
      },
    });

    // AlarmsOfItsOwn
    new applicationautoscaling.CfnScalingPolicy(this, "GpuPolicy", {
      policyName: "gpu",
      scalingTargetId: scalableTarget.ref,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 72.5, // Typed
        customizedMetricSpecification: {
          metricName: "GPUUtilization",
          namespace: "/aws/sagemaker/Endpoints",
          dimensions: [
            {
              name: "EndpointName",
              value: "recommender",
            },
            {
              name: "VariantName",
              value: "blue",
            },
          ],
          statistic: "Average",
          unit: "Percent",
        },
        scaleOutCooldown: 300, // Usual
        scaleInCooldown: 300, // Usual
        disableScaleIn: true,
      },
    });

    const rushPolicy = new applicationautoscaling.CfnScalingPolicy(this, "RushPolicy", {
      policyName: "rush 킥오프",
      scalingTargetId: scalableTarget.ref,
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: "ExactCapacity",
        // FromThreshold { threshold: 240.0 }
        stepAdjustments: [
          {
            metricIntervalLowerBound: 0,
            metricIntervalUpperBound: 20.5,
            scalingAdjustment: 12,
          },
          {
            metricIntervalLowerBound: 20.5,
            scalingAdjustment: 20,
          },
        ],
        cooldown: 90, // Typed
        metricAggregationType: "Maximum",
      },
    });

    new cloudwatch.CfnAlarm(this, "RushAlarm", {
      alarmName: `${ENDPOINT_NAME}-rush 킥오프`,
      alarmActions: [rushPolicy.ref],
      metricName: "CPUUtilization",
      namespace: "/aws/sagemaker/Endpoints",
      dimensions: [
        {
          name: "EndpointName",
          value: ENDPOINT_NAME,
        },
        {
          name: "VariantName",
          value: VARIANT_NAME,
        },
      ],
      statistic: "Average",
      period: 60, // Usual
      evaluationPeriods: 3, // Typed
      datapointsToAlarm: 2, // Typed
      threshold: 240, // Typed
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
  }
}

const app = new App();
new Scaling(app, "Scaling");
app.synth();
