resource "aws_launch_template" "web" {
  image_id      = data.aws_ami.web.id
  instance_type = "c7g.xlarge"
}

data "aws_ami" "web" { most_recent = true }

resource "aws_autoscaling_group" "web" {
  name_prefix               = "web-"
  min_size                  = 2
  max_size                  = var.max
  default_instance_warmup   = 90
  health_check_grace_period = 0
  vpc_zone_identifier       = data.aws_subnets.all.ids
  suspended_processes       = ["AlarmNotification"]
  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }
  warm_pool {
    min_size   = 1
    pool_state = "Stopped"
  }
  instance_refresh { strategy = "Rolling" }
  tag {
    key                 = "Name"
    value               = "web"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification { predefined_metric_type = "ASGAverageCPUUtilization" }
  }
}

resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = aws_autoscaling_group.web.id
  recurrence             = "0 8 * * 1-5"
  min_size               = 4
  desired_capacity       = -1
}

resource "aws_autoscaling_schedule" "each" {
  for_each               = toset(["a", "b"])
  scheduled_action_name  = each.key
  autoscaling_group_name = aws_autoscaling_group.web.name
}

resource "aws_autoscaling_policy" "many" {
  count                  = 3
  name                   = "many-${count.index}"
  autoscaling_group_name = aws_autoscaling_group.web.name
}

resource "aws_autoscaling_policy" "steps" {
  name                   = "steps"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"
  dynamic "step_adjustment" {
    for_each = var.steps
    content { scaling_adjustment = step_adjustment.value }
  }
}

module "queue" { source = "./queue" }

variable "max" {}
variable "steps" { default = [1, 2] }
