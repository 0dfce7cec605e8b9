# Two lines of a title
# Link
# headroom#2.zN4HK6HAxcZ0f3fhUCfSP4MBKaME3gI_F0tpbnZvY2F0aW9ucz8Z23-NAgPeAj8XQ2dwdT8Z3gM_wwHeAz-uAaLeAj-xAT_GAT-yAUtyZWNvbW1lbmRlct4CP7EBP8cBP7IBRGJsdWU_rAE_vgE_sAFHUGVyY2VudD8eAjOBqgvfFk5ydXNoIO2CpeyYpO2UhD-eAd4EP6EBP6oBP6cBfzs_qAE_wgE_ogGi3xpggZoDbN8YgZoDdN4HP7cBP7kBP7UBYj-0AWM_rAE_vQE_swF_HT-2AX_RAT-4AT9BKN4CNX4_5AHeAz_lAQI_5gEBP-cBASqi3gY_nQFUMjAyNi0wNy0zMVQyMzo1OTo1OVo_ItFqfwk_IFVjcm9uKDMwIDE5ID8gKiBTQVQgKik_Hz-QAT-cAVQyMDI2LTA2LTAxVDAwOjAwOjAwWj8hP1rXSWZ1bGwgdGltZVRjcm9uKDAgMjMgPyAqIFNBVCAqKT9az2Ih4JkDIz9a

# FillIn
variable "endpoint_name" {
  type    = string
  default = "YOUR-ENDPOINT"
}

variable "variant_name" {
  type    = string
  default = "AllTraffic"
}

resource "aws_appautoscaling_target" "target" {
  service_namespace  = "sagemaker"
  resource_id        = "endpoint/${var.endpoint_name}/variant/${var.variant_name}"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  min_capacity       = 3  # Sizing
  max_capacity       = 30 # Typed

  suspended_state {
    dynamic_scaling_in_suspended  = true
    dynamic_scaling_out_suspended = false
    scheduled_scaling_suspended   = false
  }

  lifecycle {
    # IgnoreChanges
    ignore_changes = [min_capacity, max_capacity]
  }
}

# AlarmsOfItsOwn
resource "aws_appautoscaling_policy" "invocations" {
  name               = "invocations"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  policy_type        = "TargetTrackingScaling"

  target_tracking_scaling_policy_configuration {
    target_value       = 600 # Formula { max_rps: 20.0, safety_factor: 0.5 }
    scale_out_cooldown = 300 # Usual
    scale_in_cooldown  = 300 # Usual
    disable_scale_in   = false

    predefined_metric_specification {
      predefined_metric_type = "SageMakerVariantInvocationsPerInstance"
    }
  }
}

# AlarmsOfItsOwn
resource "aws_appautoscaling_policy" "gpu" {
  name               = "gpu"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  policy_type        = "TargetTrackingScaling"

  target_tracking_scaling_policy_configuration {
    target_value       = 72.5 # Typed
    scale_out_cooldown = 300  # Usual
    scale_in_cooldown  = 300  # Usual
    disable_scale_in   = true

    customized_metric_specification {
      metric_name = "GPUUtilization"
      namespace   = "/aws/sagemaker/Endpoints"
      statistic   = "Average"
      unit        = "Percent"

      dimensions {
        name  = "EndpointName"
        value = "recommender"
      }

      dimensions {
        name  = "VariantName"
        value = "blue"
      }
    }
  }
}

resource "aws_appautoscaling_policy" "rush" {
  name               = "rush 킥오프"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  policy_type        = "StepScaling"

  step_scaling_policy_configuration {
    adjustment_type         = "ExactCapacity"
    cooldown                = 90 # Typed
    metric_aggregation_type = "Maximum"

    # FromThreshold { threshold: 240.0 }
    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = 20.5
      scaling_adjustment          = 12
    }

    step_adjustment {
      metric_interval_lower_bound = 20.5
      scaling_adjustment          = 20
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "rush" {
  alarm_name    = "${var.endpoint_name}-rush 킥오프"
  alarm_actions = [aws_appautoscaling_policy.rush.arn]
  metric_name   = "CPUUtilization"
  namespace     = "/aws/sagemaker/Endpoints"
  dimensions = {
    EndpointName = var.endpoint_name
    VariantName  = var.variant_name
  }
  statistic           = "Average"
  period              = 60  # Usual
  evaluation_periods  = 3   # Typed
  datapoints_to_alarm = 2   # Typed
  threshold           = 240 # Typed
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
}

resource "aws_appautoscaling_scheduled_action" "kick_off" {
  name               = "kick-off"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  schedule           = "cron(30 19 ? * SAT *)"
  timezone           = "Asia/Seoul"
  start_time         = "2026-06-01T00:00:00Z"
  end_time           = "2026-07-31T23:59:59Z"

  scalable_target_action {
    min_capacity = 10 # Typed
    max_capacity = 40 # Typed
  }
}

resource "aws_appautoscaling_scheduled_action" "full_time" {
  name               = "full time"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  schedule           = "cron(0 23 ? * SAT *)"
  timezone           = "Asia/Seoul"

  scalable_target_action {
    min_capacity = 2 # Typed
  }
}
