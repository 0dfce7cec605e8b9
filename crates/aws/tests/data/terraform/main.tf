# What scales: names and numbers come by way of variables, locals and references.
terraform {
  required_providers { aws = { source = "hashicorp/aws", version = "~> 6.0" } }
}

locals {
  sizes    = { test = { min = 1, max = 4 }, live = { min = 2, max = 12 } }
  size     = local.sizes[var.stage]
  resource = "endpoint/${var.endpoint}/variant/${aws_sagemaker_endpoint_configuration.model.production_variants[0].variant_name}"
}

resource "aws_sagemaker_endpoint_configuration" "model" {
  name = "model"
  production_variants {
    variant_name           = "AllTraffic"
    model_name             = aws_sagemaker_model.model.name
    instance_type          = "ml.m5.xlarge"
    initial_instance_count = local.size.min
  }
}

resource "aws_sagemaker_endpoint" "model" {
  name                 = var.endpoint
  endpoint_config_name = aws_sagemaker_endpoint_configuration.model.name
}

resource "aws_appautoscaling_target" "endpoint" {
  service_namespace  = "sagemaker"
  resource_id        = local.resource
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  min_capacity       = local.size.min
  max_capacity       = max(local.size.max, 3)

  lifecycle {
    ignore_changes = [min_capacity, max_capacity]
  }
}

resource "aws_appautoscaling_policy" "keep" {
  name               = "keep-${var.target}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.endpoint.service_namespace
  resource_id        = aws_appautoscaling_target.endpoint.resource_id
  scalable_dimension = aws_appautoscaling_target.endpoint.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value      = var.target * 0.5
    scale_in_cooldown = var.stage == "live" ? 600 : 60

    predefined_metric_specification {
      predefined_metric_type = "SageMakerVariantInvocationsPerInstance"
    }
  }
}

resource "aws_appautoscaling_policy" "rush" {
  count              = var.stage == "live" ? 1 : 0
  name               = "rush"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.endpoint.service_namespace
  resource_id        = aws_appautoscaling_target.endpoint.id
  scalable_dimension = aws_appautoscaling_target.endpoint.scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60

    step_adjustment {
      metric_interval_lower_bound = 10
      scaling_adjustment          = 4
    }

    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = "10"
      scaling_adjustment          = 2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rush" {
  alarm_name          = "${var.endpoint}-rush"
  namespace           = "/aws/sagemaker/Endpoints"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 3
  threshold           = 85
  comparison_operator = "GreaterThanOrEqualToThreshold"
  dimensions          = { EndpointName = var.endpoint, VariantName = "AllTraffic" }
  alarm_actions       = [aws_appautoscaling_policy.rush[0].arn, aws_sns_topic.pages.arn]
}

resource "aws_appautoscaling_scheduled_action" "kick_off" {
  name               = "kick-off"
  service_namespace  = "sagemaker"
  resource_id        = local.resource
  scalable_dimension = aws_appautoscaling_target.endpoint.scalable_dimension
  schedule           = "cron(30 19 * * ? *)"
  timezone           = "Asia/Seoul"
  scalable_target_action { min_capacity = 8 }
}
