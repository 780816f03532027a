"""What runs when, without anybody asking: the whole timetable of the service."""

from datetime import timedelta

from celery.schedules import crontab

TIMETABLE = {
    "sweep-runs": {
        "task": "apps.pipeline.tasks.sweep_runs",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 25},
    },
    "watch-inbox": {
        "task": "apps.pipeline.tasks.watch_inbox",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "seal-audit": {
        "task": "apps.pipeline.tasks.seal_audit",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "assess-due": {
        "task": "apps.pipeline.tasks.assess_due",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 590},
    },
    "sweep-lists": {
        "task": "apps.pipeline.tasks.sweep_lists",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "sweep-cohorts": {
        "task": "apps.pipeline.tasks.sweep_cohorts",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "sweep-reviews": {
        "task": "apps.pipeline.tasks.sweep_reviews",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "escalate-triage": {
        "task": "apps.pipeline.tasks.escalate_triage",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 590},
    },
    # When a working day is over, and before the next begins
    "close-action-log": {
        "task": "apps.pipeline.tasks.close_action_log",
        "schedule": crontab(hour=20, minute=0),
        "options": {"expires": 3 * 3600},
    },
    # Before the working day; on other days the task sends nothing
    "send-digests": {
        "task": "apps.pipeline.tasks.send_digests",
        "schedule": crontab(hour=7, minute=30),
        "options": {"expires": 3 * 3600},
    },
    # Once the week is over
    "draw-second-looks": {
        "task": "apps.pipeline.tasks.draw_second_looks",
        "schedule": crontab(hour=5, minute=30, day_of_week="mon"),
        "options": {"expires": 6 * 3600},
    },
    # Once the week is over, every day until it is done: the second time finds it frozen
    "freeze-report": {
        "task": "apps.pipeline.tasks.freeze_report",
        "schedule": crontab(hour=4, minute=30),
        "options": {"expires": 6 * 3600},
    },
    # For reporting tools, which do not know a child before
    "pseudonymise": {
        "task": "apps.pipeline.tasks.pseudonymise",
        "schedule": crontab(minute=50),
        "options": {"expires": 3000},
    },
    # Just after midnight rolls, ages, windows and agreements have moved on by a day
    "turn-the-day": {
        "task": "apps.pipeline.tasks.turn_the_day",
        "schedule": crontab(hour=0, minute=5),
        "options": {"expires": 3600},
    },
    # After the day has turned: a window may have closed for anybody
    "work-out-cohorts": {
        "task": "apps.pipeline.tasks.work_out_cohorts",
        "schedule": crontab(hour=1, minute=15),
        "options": {"expires": 3 * 3600},
    },
    # In the night, when nobody reads staged rows
    "forget-kept": {
        "task": "apps.pipeline.tasks.forget_kept",
        "schedule": crontab(hour=2, minute=30),
        "options": {"expires": 3 * 3600},
    },
    # Sessions hold what was searched for
    "forget-sessions": {
        "task": "apps.pipeline.tasks.forget_sessions",
        "schedule": crontab(minute=20),
        "options": {"expires": 3000},
    },
    "sample-links": {
        "task": "apps.pipeline.tasks.sample_links",
        "schedule": crontab(hour=5, minute=15, day_of_week="mon"),
        "options": {"expires": 6 * 3600},
    },
    # When offices are open; on other days the task reminds nobody
    "remind-of-lists": {
        "task": "apps.pipeline.tasks.remind_of_lists",
        "schedule": crontab(hour=9, minute=30),
        "options": {"expires": 3 * 3600},
    },
    # Monday morning, before anybody looks at them; people check and release
    "draft-lists": {
        "task": "apps.pipeline.tasks.draft_week",
        "schedule": crontab(hour=6, minute=30, day_of_week="mon"),
        "options": {"expires": 6 * 3600},
    },
}
