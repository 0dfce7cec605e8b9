# Two lines of a title
# Link
# headroom#2.ct4LK6HAx8ilODk6OzzhIOFMaX9ZIn8RP4kC3yjfKX_hvwJhJ9I_hQEl1mKBDn-NG3_FMi3eAj8If0Q_CX_xTT_KAT-IAimiBN4CPxdIcGVyIGNvcHk_Gd8q3wo_ngLfFkR3YWtlP54B3xc_qQGh3xhgYX8d3xs_ogJ_HWE_uQE_PijPYCHghAEjP1o

# FillIn
variable "inference_component_name" {
  type    = string
  default = "YOUR-INFERENCE-COMPONENT"
}

resource "aws_appautoscaling_target" "target" {
  service_namespace  = "sagemaker"
  resource_id        = "inference-component/${var.inference_component_name}"
  scalable_dimension = "sagemaker:inference-component:DesiredCopyCount"
  min_capacity       = 0  # Typed
  max_capacity       = 12 # Typed
}

# AlarmsOfItsOwn
resource "aws_appautoscaling_policy" "per_copy" {
  name               = "per copy"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  policy_type        = "TargetTrackingScaling"

  target_tracking_scaling_policy_configuration {
    target_value       = 84  # Formula { max_rps: 2.0, safety_factor: 0.7 }
    scale_out_cooldown = 60  # Typed
    scale_in_cooldown  = 300 # Usual
    disable_scale_in   = false

    predefined_metric_specification {
      predefined_metric_type = "SageMakerInferenceComponentInvocationsPerCopy"
    }
  }
}

resource "aws_appautoscaling_policy" "wake" {
  name               = "wake"
  service_namespace  = aws_appautoscaling_target.target.service_namespace
  resource_id        = aws_appautoscaling_target.target.resource_id
  scalable_dimension = aws_appautoscaling_target.target.scalable_dimension
  policy_type        = "StepScaling"

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60 # Typed

    # FromThreshold { threshold: 1.0 }
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "wake" {
  alarm_name    = "${var.inference_component_name}-wake"
  alarm_actions = [aws_appautoscaling_policy.wake.arn]
  metric_name   = "NoCapacityInvocationFailures"
  namespace     = "AWS/SageMaker"
  dimensions = {
    InferenceComponentName = var.inference_component_name
  }
  statistic           = "Sum"
  period              = 60 # Usual
  evaluation_periods  = 1  # Typed
  threshold           = 1  # Usual
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "missing"
}
