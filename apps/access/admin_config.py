from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Stands in INSTALLED_APPS where Django's own would: the administration's pages go through this service's gate."""

    default_site = "apps.access.site.Site"
