"""One writer for each feed: the borough in the agency's own layout. A feed that does not come writes nothing."""

from collections.abc import Callable
from pathlib import Path

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.writers import agencies, census, cin, csc, directory, education, health, ssda903
from apps.pipeline.demo.writers.slips import plant

Writer = Callable[[Borough, Path], None]

#: In the order in which they are best loaded: reference data, then those that know most children best.
WRITERS: dict[str, Writer] = {
    "gias": directory.gias,
    "professionals": directory.professionals,
    "wards": directory.wards,
    "school_census": census.write,
    "csc_people": csc.write,
    "ssda903": ssda903.write,
    "cin_census": cin.write,
    "early_years_roll": education.early_years_roll,
    "community_health": health.community_health,
    "early_help": agencies.early_help,
    "ehcp": education.ehcp,
    "sen_support": education.sen_support,
    "attendance": education.attendance,
    "neet_risk": education.neet_risk,
    "camhs": health.camhs,
    "continuing_care": health.continuing_care,
    "clinical_status": health.clinical_status,
    "youth_justice": agencies.youth_justice,
    "young_carers": agencies.young_carers,
    "vemt": agencies.vemt,
}


def write_week(borough: Borough, folder: Path) -> list[str]:
    """Write every feed that comes this week, each into its own folder; says which came."""
    for feed, write in WRITERS.items():
        if feed not in borough.absent:
            (folder / feed).mkdir(parents=True, exist_ok=True)
            write(borough, folder / feed)
    plant(folder, first_week=not borough.absent)
    return [feed for feed in WRITERS if (folder / feed).is_dir() and any((folder / feed).iterdir())]
