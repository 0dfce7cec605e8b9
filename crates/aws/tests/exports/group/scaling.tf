# Two lines of a title
# Link
# headroom#2.ed4IP84B3gU_0AF_0QE_zwF_WT-yAn87P7ECP7cCP9gB3gM_2gFmP9sBYj_cAUpIaWJlcm5hdGVkK6HAxcZ0f3fhUCffAkljNS54bGFyZ2WCIj_KAT_NASmlBN4DP9EBf3c_F0VjcHU0MD8Z3gM_Gt8KP9IBPxx_jQIzgaoG3w1IcmVxdWVzdHM_PN8M3wo_0wF_jQJ_jQIB3xZOd2hlbiBpdCBydXNoZXM_ngHeBT-hAT-rAT-nAX-NAj-oAT_AAT-mAWI_ogGi3xpgb37fGG9_Hd4HP7cBP7kBP7UBYj-0AWI_rAE_vQE_swF_HT-2AX8nP7gBPz7eBj-hAT-pAT-gAd8cP9UBfx1ifx0_uwE_Pj-nAX-VAT8XSG9uZSBsZXNzPxg_1gE_pQGAAd8fSG1vcm5pbmdzP-gB3gU_8AE_8gE_8wFqP-oBod8ifwnfCj_0AT_sAT_uAT_vAX-5BCjeAzV0NGI_5AHeAz_lAQI_5gECP-cBAiqj3gQ_uAJMMzAgOCAqICogMS01PyLRZng_H0xvZmZpY2Ugb3BlbnM_IT9HA94EP9cBYz-4AkwwIDE5ICogKiAxLTU_ItFiAD8fTW9mZmljZSBjbG9zZXPXSe2CpeyYpO2UhOfjVT9Hz2wh4Hc

# FillIn
variable "auto_scaling_group_name" {
  type    = string
  default = "YOUR-AUTO-SCALING-GROUP"
}

variable "load_balancer" {
  type    = string
  default = "app/YOUR-LOAD-BALANCER/0000000000000000"
}

variable "target_group" {
  type    = string
  default = "targetgroup/YOUR-TARGET-GROUP/0000000000000000"
}

variable "launch_template_id" {
  type    = string
  default = "lt-00000000000000000"
}

variable "launch_template_version" {
  type    = string
  default = "1"
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-00000000000000000"]
}

variable "target_group_arn" {
  type    = string
  default = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/YOUR-TARGET-GROUP/0000000000000000"
}

# NoDesiredCapacity
resource "aws_autoscaling_group" "group" {
  name                      = var.auto_scaling_group_name
  min_size                  = 2     # Typed
  max_size                  = 20    # Typed
  default_cooldown          = 240   # Typed
  health_check_type         = "ELB" # Typed
  health_check_grace_period = 90    # Typed
  default_instance_warmup   = 120   # Typed
  vpc_zone_identifier       = var.subnet_ids
  target_group_arns         = [var.target_group_arn]
  suspended_processes       = ["AlarmNotification", "ScheduledActions"]

  launch_template {
    id      = var.launch_template_id
    version = var.launch_template_version
  }

  warm_pool {
    max_group_prepared_capacity = 6 # Typed
    min_size                    = 2 # Typed
    pool_state                  = "Hibernated"
  }

  lifecycle {
    # IgnoreChanges
    ignore_changes = [min_size, max_size, desired_capacity]
  }
}

# AlarmsOfItsOwn
resource "aws_autoscaling_policy" "cpu40" {
  name                      = "cpu40"
  autoscaling_group_name    = aws_autoscaling_group.group.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 150 # Typed

  target_tracking_configuration {
    target_value     = 40.5 # Typed
    disable_scale_in = false

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# AlarmsOfItsOwn
resource "aws_autoscaling_policy" "requests" {
  name                   = "requests"
  autoscaling_group_name = aws_autoscaling_group.group.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 600 # Formula { max_rps: 20.0, safety_factor: 0.5 }
    disable_scale_in = false

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${var.load_balancer}/${var.target_group}"
    }
  }
}

resource "aws_autoscaling_policy" "when_it_rushes" {
  name                     = "when it rushes"
  autoscaling_group_name   = aws_autoscaling_group.group.name
  policy_type              = "StepScaling"
  adjustment_type          = "PercentChangeInCapacity"
  min_adjustment_magnitude = 2 # Typed
  metric_aggregation_type  = "Average"

  # FromThreshold { threshold: 70.0 }
  step_adjustment {
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = 15
    scaling_adjustment          = 30
  }

  step_adjustment {
    metric_interval_lower_bound = 15
    scaling_adjustment          = 60
  }
}

resource "aws_autoscaling_policy" "one_less" {
  name                   = "one less"
  autoscaling_group_name = aws_autoscaling_group.group.name
  policy_type            = "SimpleScaling"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = -1  # Typed
  cooldown               = 180 # Typed
}

resource "aws_autoscaling_policy" "mornings" {
  name                   = "mornings"
  autoscaling_group_name = aws_autoscaling_group.group.name
  policy_type            = "PredictiveScaling"

  predictive_scaling_configuration {
    mode                         = "ForecastAndScale"
    scheduling_buffer_time       = 600 # Typed
    max_capacity_breach_behavior = "IncreaseMaxCapacity"
    max_capacity_buffer          = 10 # Typed

    metric_specification {
      target_value = 40 # Typed

      predefined_metric_pair_specification {
        predefined_metric_type = "ALBRequestCount"
        resource_label         = "${var.load_balancer}/${var.target_group}"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "when_it_rushes" {
  alarm_name    = "${var.auto_scaling_group_name}-when it rushes"
  alarm_actions = [aws_autoscaling_policy.when_it_rushes.arn]
  metric_name   = "CPUUtilization"
  namespace     = "AWS/EC2"
  dimensions = {
    AutoScalingGroupName = var.auto_scaling_group_name
  }
  statistic           = "Average"
  period              = 60 # Usual
  evaluation_periods  = 2  # Usual
  datapoints_to_alarm = 2  # Typed
  threshold           = 70 # Typed
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "missing"
}

resource "aws_cloudwatch_metric_alarm" "one_less" {
  alarm_name    = "${var.auto_scaling_group_name}-one less"
  alarm_actions = [aws_autoscaling_policy.one_less.arn]
  metric_name   = "RequestCountPerTarget"
  namespace     = "AWS/ApplicationELB"
  dimensions = {
    LoadBalancer = var.load_balancer
    TargetGroup  = var.target_group
  }
  statistic           = "Sum"
  period              = 60 # Usual
  evaluation_periods  = 2  # Usual
  threshold           = 60 # Typed
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
}

resource "aws_autoscaling_schedule" "office_opens" {
  scheduled_action_name  = "office opens"
  autoscaling_group_name = aws_autoscaling_group.group.name
  recurrence             = "30 8 * * 1-5"
  time_zone              = "Europe/London"
  min_size               = 6  # Typed
  max_size               = 24 # Typed
  desired_capacity       = -1 # MinusOne
}

resource "aws_autoscaling_schedule" "office_closes" {
  scheduled_action_name  = "office closes"
  autoscaling_group_name = aws_autoscaling_group.group.name
  recurrence             = "0 19 * * 1-5"
  time_zone              = "Europe/London"
  min_size               = 2  # Typed
  desired_capacity       = 3  # Typed
  max_size               = -1 # MinusOne
}

resource "aws_autoscaling_schedule" "action" {
  scheduled_action_name  = "킥오프"
  autoscaling_group_name = aws_autoscaling_group.group.name
  start_time             = "2026-11-04T19:30:00Z"
  min_size               = 12 # Typed
  max_size               = -1 # MinusOne
  desired_capacity       = -1
}
