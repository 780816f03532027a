"""The API as OpenAPI 3.1 describes it. A test holds every answer of the service against it."""

from typing import Any

from apps.extracts.models import Severity, State
from apps.pipeline.models import Scope


def _whole(text: str = "") -> dict[str, Any]:
    return {"type": "integer", "minimum": 0} | ({"description": text} if text else {})


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False, **more,
    }  # fmt: skip


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def _extract(text: str, **headers: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Extract"}
    named = {
        name.replace("_", "-"): {"description": said, "schema": {"type": "string"}}
        for name, said in headers.items()
    }
    return {"description": text, "headers": named, "content": {"application/json": {"schema": schema}}}


REFUSALS = {
    "401": _problem("No token, or one that is not in force"),
    "403": _problem("The token lacks the scope, or is not for the feed"),
    "405": _problem("Another method is offered here"),
    "429": _problem("More than 60 requests in a minute: wait for Retry-After seconds"),
}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Vulnerable Children Database: extracts",
        "version": "1",
        "description": "Send the files of a feed, and ask what became of them: no answer about them holds anything of a child. Or ask"
        " whether a child is known: answered within the reach of the token's agency, by the agreements in force.",
    },
    "servers": [{"url": "/api/v1"}],
    "security": [{"token": []}],
    "paths": {
        "/extracts": {
            "post": {
                "operationId": "sendExtract",
                "summary": "Send the files of one extract",
                "description": f"Needs the scope {Scope.WRITE}. The files are queued: ask for the extract until it is finished.",
                "parameters": [
                    {
                        "name": "Idempotency-Key", "in": "header", "required": False,
                        "description": "The same key with the same request gives the same answer, and no second extract",
                        "schema": {"type": "string", "maxLength": 200},
                    }
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["feed", "files"],
                                "properties": {
                                    "feed": {"type": "string", "description": "The feed's code"},
                                    "as_of": {
                                        "type": "string", "format": "date",
                                        "description": "The day the data is from; today where it is not given",
                                    },
                                    "preview": {
                                        "type": "string", "enum": ["true", "false"], "default": "false",
                                        "description": "Work out what would change, and stop before the commit",
                                    },
                                    "files": {
                                        "type": "array",
                                        "minItems": 1,
                                        "maxItems": 50,
                                        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                                        "description": "One file, every file of the set, or a .zip of them; one gigabyte in all",
                                    },
                                },
                            }
                        }
                    },
                },
                "responses": {
                    "202": _extract(
                        "Taken in", Location="Where to ask for it", Idempotent_Replayed="true where it was answered before"
                    ),
                    "400": _problem("The request cannot be read"),
                    "413": _problem("More than one gigabyte"),
                    "415": _problem("No multipart/form-data"),
                    "422": _problem("The files were refused, or the Idempotency-Key stands for another request"),
                    **REFUSALS,
                },
            }
        },
        "/extracts/{id}": {
            "get": {
                "operationId": "getExtract",
                "summary": "How far an extract is, and what was found in it",
                "description": f"Needs the scope {Scope.READ}.",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {
                    "200": _extract("The extract as it stands"),
                    "404": _problem("None of this number, or not of a feed the token is for"),
                    **REFUSALS,
                },
            }
        },
        "/lookup": {
            "post": {
                "operationId": "lookUp",
                "summary": "Is this child known?",
                "description": f"Needs the scope {Scope.LOOKUP}, which is given by name. Ask before a record is made. Answered among the"
                " children your agency holds or has on roll: not_known says nothing of others. What is asked is recorded.",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Person"}}},
                },
                "responses": {
                    "200": {
                        "description": "Whom the person may be",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lookup"}}},
                    },
                    "400": _problem("The request cannot be read, or says too little"),
                    "415": _problem("No application/json"),
                    **REFUSALS,
                },
            }
        },
        "/openapi.json": {
            "get": {
                "operationId": "getDocument",
                "summary": "This document",
                "security": [],
                "responses": {
                    "200": {"description": "This document", "content": {"application/json": {"schema": {"type": "object"}}}}
                },
            }
        },
    },
    "components": {
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Made by the council, shown once: vcdb_..."}
        },
        "schemas": {
            "Extract": _object({
                "id": {"type": "integer"},
                "feed": {"type": "string"},
                "as_of": {"type": "string", "format": "date"},
                "state": {"type": "string", "enum": State.values},
                "finished": {"type": "boolean", "description": "Nobody works on it: the state stands until a person acts"},
                "step": {"type": "string", "description": "What is being done, while it is not finished"},
                "reason": {"type": "string", "description": "Why it was held or refused, or what speaks against one that was previewed"},
                "received_at": {"type": "string", "format": "date-time"},
                "committed_at": {"type": ["string", "null"], "format": "date-time"},
                "rows": _whole(),
                "accepted": _whole(),
                "rejected": _whole("With accepted, the rows of the files"),
                "counts": _object({
                    "records": _object({"new": _whole(), "linked": _whole(), "question": _whole()}),
                    "involvements": _object({
                        "opened": _whole(), "changed": _whole(), "ended": _whole(), "unchanged": _whole(),
                    }),
                    "sightings": _whole(),
                    "observations": _whole(),
                    "ratings_changed": _whole(),
                }),
                "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
            }),
            "Finding": _object({
                "code": {"type": "string"},
                "severity": {"type": "string", "enum": Severity.values},
                "column": {"type": "string"},
                "message": {"type": "string", "description": "What is wrong and what to do; never what a cell holds"},
                "rows": _whole("How many rows"),
                "first": {"type": "array", "items": {"type": "string"}, "description": "Where the first ones are"},
            }),
            "Person": {
                "type": "object",
                "additionalProperties": False,
                "description": "surname, forename and dob, or an nhs_number or upn; whatever else is known makes the answer surer",
                "properties": {
                    "surname": {"type": "string"},
                    "forename": {"type": "string"},
                    "address": {"type": "string", "description": "Without the postcode"},
                    "postcode": {"type": "string"},
                    "nhs_number": {"type": "string"},
                    "upn": {"type": "string"},
                    "dob": {"type": "string", "format": "date"},
                },
            },
            "Lookup": _object({
                "answer": {"type": "string", "enum": ["known", "perhaps", "not_known"]},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Likeness"}},
            }),
            "Likeness": _object({
                "answer": {"type": "string", "enum": ["known", "perhaps"]},
                "your_references": {
                    "type": "array", "items": {"type": "string"}, "description": "Your agency's own ids of the child; no other agency's",
                },
                "agreeing": {"type": "array", "items": {"type": "string"}, "description": "Which of what you sent agrees"},
                "services": {
                    "type": "array",
                    "description": "Of a known child: services open now that an agreement lets you know of",
                    "items": _object({"agency": {"type": "string"}, "service": {"type": "string"}}),
                },
            }),
            "Problem": {
                "type": "object",
                "description": "RFC 9457",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string", "description": "What is wrong, and what to do"},
                },
            },
        },
    },
}  # fmt: skip
