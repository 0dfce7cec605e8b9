// Two lines of a title
// NamesInMetadata
// NoSuspendedProcesses
import { App, Stack, StackProps } from "aws-cdk-lib";
import * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";

// FillIn
const AUTO_SCALING_GROUP_NAME = "YOUR-AUTO-SCALING-GROUP";
const LOAD_BALANCER = "app/YOUR-LOAD-BALANCER/0000000000000000";
const TARGET_GROUP = "targetgroup/YOUR-TARGET-GROUP/0000000000000000";
const LAUNCH_TEMPLATE_ID = "lt-00000000000000000";
const LAUNCH_TEMPLATE_VERSION = "1";
const SUBNET_IDS = ["subnet-00000000000000000"];
const TARGET_GROUP_ARN = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/YOUR-TARGET-GROUP/0000000000000000";

export class Scaling extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Link
    this.templateOptions.metadata = { Headroom: { Link: "headroom#2.ed4IP84B3gU_0AF_0QE_zwF_WT-yAn87P7ECP7cCP9gB3gM_2gFmP9sBYj_cAUpIaWJlcm5hdGVkK6HAxcZ0f3fhUCffAkljNS54bGFyZ2WCIj_KAT_NASmlBN4DP9EBf3c_F0VjcHU0MD8Z3gM_Gt8KP9IBPxx_jQIzgaoG3w1IcmVxdWVzdHM_PN8M3wo_0wF_jQJ_jQIB3xZOd2hlbiBpdCBydXNoZXM_ngHeBT-hAT-rAT-nAX-NAj-oAT_AAT-mAWI_ogGi3xpgb37fGG9_Hd4HP7cBP7kBP7UBYj-0AWI_rAE_vQE_swF_HT-2AX8nP7gBPz7eBj-hAT-pAT-gAd8cP9UBfx1ifx0_uwE_Pj-nAX-VAT8XSG9uZSBsZXNzPxg_1gE_pQGAAd8fSG1vcm5pbmdzP-gB3gU_8AE_8gE_8wFqP-oBod8ifwnfCj_0AT_sAT_uAT_vAX-5BCjeAzV0NGI_5AHeAz_lAQI_5gECP-cBAiqj3gQ_uAJMMzAgOCAqICogMS01PyLRZng_H0xvZmZpY2Ugb3BlbnM_IT9HA94EP9cBYz-4AkwwIDE5ICogKiAxLTU_ItFiAD8fTW9mZmljZSBjbG9zZXPXSe2CpeyYpO2UhOfjVT9Hz2wh4Hc" } };

    // NoDesiredCapacity
    const autoScalingGroup = new autoscaling.CfnAutoScalingGroup(this, "AutoScalingGroup", {
      autoScalingGroupName: AUTO_SCALING_GROUP_NAME,
      minSize: "2", // Typed
      maxSize: "20", // Typed
      cooldown: "240", // Typed
      healthCheckType: "ELB", // Typed
      healthCheckGracePeriod: 90, // Typed
      defaultInstanceWarmup: 120, // Typed
      launchTemplate: {
        launchTemplateId: LAUNCH_TEMPLATE_ID,
        version: LAUNCH_TEMPLATE_VERSION,
      },
      vpcZoneIdentifier: SUBNET_IDS,
      targetGroupArns: [TARGET_GROUP_ARN],
    });
    autoScalingGroup.addMetadata("Headroom", { SuspendedProcesses: ["AlarmNotification", "ScheduledActions"] });

    new autoscaling.CfnWarmPool(this, "WarmPool", {
      autoScalingGroupName: autoScalingGroup.ref,
      maxGroupPreparedCapacity: 6, // Typed
      minSize: 2, // Typed
      poolState: "Hibernated",
    });

    // AlarmsOfItsOwn
    const cpu40Policy = new autoscaling.CfnScalingPolicy(this, "Cpu40Policy", {
      autoScalingGroupName: autoScalingGroup.ref,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        targetValue: 40.5, // Typed
        predefinedMetricSpecification: {
          predefinedMetricType: "ASGAverageCPUUtilization",
        },
        disableScaleIn: false,
      },
      estimatedInstanceWarmup: 150, // Typed
    });
    cpu40Policy.addMetadata("Headroom", { Name: "cpu40" });

    // AlarmsOfItsOwn
    const requestsPolicy = new autoscaling.CfnScalingPolicy(this, "RequestsPolicy", {
      autoScalingGroupName: autoScalingGroup.ref,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        targetValue: 600, // Formula { max_rps: 20.0, safety_factor: 0.5 }
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: `${LOAD_BALANCER}/${TARGET_GROUP}`,
        },
        disableScaleIn: false,
      },
    });
    requestsPolicy.addMetadata("Headroom", { Name: "requests" });

    const whenItRushesPolicy = new autoscaling.CfnScalingPolicy(this, "WhenItRushesPolicy", {
      autoScalingGroupName: autoScalingGroup.ref,
      policyType: "StepScaling",
      adjustmentType: "PercentChangeInCapacity",
      // FromThreshold { threshold: 70.0 }
      stepAdjustments: [
        {
          metricIntervalLowerBound: 0,
          metricIntervalUpperBound: 15,
          scalingAdjustment: 30,
        },
        {
          metricIntervalLowerBound: 15,
          scalingAdjustment: 60,
        },
      ],
      minAdjustmentMagnitude: 2, // Typed
      metricAggregationType: "Average",
    });
    whenItRushesPolicy.addMetadata("Headroom", { Name: "when it rushes" });

    new cloudwatch.CfnAlarm(this, "WhenItRushesAlarm", {
      alarmName: `${AUTO_SCALING_GROUP_NAME}-when it rushes`,
      alarmActions: [whenItRushesPolicy.ref],
      metricName: "CPUUtilization",
      namespace: "AWS/EC2",
      dimensions: [
        {
          name: "AutoScalingGroupName",
          value: AUTO_SCALING_GROUP_NAME,
        },
      ],
      statistic: "Average",
      period: 60, // Usual
      evaluationPeriods: 2, // Usual
      datapointsToAlarm: 2, // Typed
      threshold: 70, // Typed
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "missing",
    });

    const oneLessPolicy = new autoscaling.CfnScalingPolicy(this, "OneLessPolicy", {
      autoScalingGroupName: autoScalingGroup.ref,
      policyType: "SimpleScaling",
      adjustmentType: "ChangeInCapacity",
      scalingAdjustment: -1, // Typed
      cooldown: "180", // Typed
    });
    oneLessPolicy.addMetadata("Headroom", { Name: "one less" });

    new cloudwatch.CfnAlarm(this, "OneLessAlarm", {
      alarmName: `${AUTO_SCALING_GROUP_NAME}-one less`,
      alarmActions: [oneLessPolicy.ref],
      metricName: "RequestCountPerTarget",
      namespace: "AWS/ApplicationELB",
      dimensions: [
        {
          name: "LoadBalancer",
          value: LOAD_BALANCER,
        },
        {
          name: "TargetGroup",
          value: TARGET_GROUP,
        },
      ],
      statistic: "Sum",
      period: 60, // Usual
      evaluationPeriods: 2, // Usual
      threshold: 60, // Typed
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "missing",
    });

    const morningsPolicy = new autoscaling.CfnScalingPolicy(this, "MorningsPolicy", {
      autoScalingGroupName: autoScalingGroup.ref,
      policyType: "PredictiveScaling",
      predictiveScalingConfiguration: {
        metricSpecifications: [
          {
            targetValue: 40, // Typed
            predefinedMetricPairSpecification: {
              predefinedMetricType: "ALBRequestCount",
              resourceLabel: `${LOAD_BALANCER}/${TARGET_GROUP}`,
            },
          },
        ],
        mode: "ForecastAndScale",
        schedulingBufferTime: 600, // Typed
        maxCapacityBreachBehavior: "IncreaseMaxCapacity",
        maxCapacityBuffer: 10, // Typed
      },
    });
    morningsPolicy.addMetadata("Headroom", { Name: "mornings" });

    const officeOpensAction = new autoscaling.CfnScheduledAction(this, "OfficeOpensAction", {
      autoScalingGroupName: autoScalingGroup.ref,
      recurrence: "30 8 * * 1-5",
      timeZone: "Europe/London",
      minSize: 6, // Typed
      maxSize: 24, // Typed
    });
    officeOpensAction.addMetadata("Headroom", { Name: "office opens" });

    const officeClosesAction = new autoscaling.CfnScheduledAction(this, "OfficeClosesAction", {
      autoScalingGroupName: autoScalingGroup.ref,
      recurrence: "0 19 * * 1-5",
      timeZone: "Europe/London",
      minSize: 2, // Typed
      desiredCapacity: 3, // Typed
    });
    officeClosesAction.addMetadata("Headroom", { Name: "office closes" });

    const action = new autoscaling.CfnScheduledAction(this, "Action", {
      autoScalingGroupName: autoScalingGroup.ref,
      startTime: "2026-11-04T19:30:00Z",
      minSize: 12, // Typed
    });
    action.addMetadata("Headroom", { Name: "킥오프" });
  }
}

const app = new App();
new Scaling(app, "Scaling");
app.synth();
