variable "stage" { type = string }
variable "endpoint" {}
variable "target" { default = 100 }
