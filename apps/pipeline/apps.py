from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "apps.pipeline"
    label = "pipeline"
    verbose_name = "Systems that send files"
    default_auto_field = "django.db.models.BigAutoField"
