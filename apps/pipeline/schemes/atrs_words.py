"""The fields of the UK Algorithmic Transparency Recording Standard (version 3) in its order, with what holds for every scheme. Data only.

A field without words is either worked out from the scheme or the authority's own to say.
"""

NOT_TRAINED = "Not applicable: nothing is learnt from data, so there is no development data."

FIELDS: dict[str, tuple[str, str]] = {
    # Tier 1
    "name": ("Name", ""),
    "description": (
        "Description",
        "It adds up what services already know of a child, so that people notice when several things come together or change. It decides"
        " nothing: every change of rating is looked at by a person, who may set it aside.",
    ),
    "website": ("Website URL", ""),
    "contact_email": ("Contact e-mail", ""),
    # Tier 2: owner and responsibility
    "organisation": ("Organisation or department", ""),
    "team": ("Team", ""),
    "senior_owner": ("Senior responsible owner", ""),
    "third_party": ("Third party involvement", ""),
    "third_party_name": ("Third party", ""),
    "companies_house": ("Companies House number", ""),
    "third_party_role": ("Third party role", ""),
    "procurement": ("Procurement procedure type", ""),
    "third_party_access": ("Third party data access terms", ""),
    # Tier 2: description and rationale
    "how_it_works": (
        "How it works, in short",
        "Points are added, and nothing else: no learning, no prediction, no hidden weights. The same facts always give the same rating, and"
        " each rating names the facts it rests on.",
    ),
    "detailed_description": ("Detailed description", ""),
    "scope": (
        "Scope",
        "Children and young people known to an agency that sends its extracts, until they are 26. It orders the attention of early help"
        " officers, schools and reviews. It is not a threshold for any service, opens and closes no case, and is no assessment of a child.",
    ),
    "limits": (
        "Limits",
        "It knows only what has been recorded and shared. A child that nobody has noticed has no rating, which is not the same as being"
        " safe; each rating says how old its facts are, and what a late source could still change.",
    ),
    "benefit": (
        "Benefits",
        "Somebody sees that several services are involved, or that a child’s situation has changed, in the week it happens. Every reason"
        " can be read by those who may see the fact behind it.",
    ),
    "previous_process": ("Previous process", ""),
    "alternatives": (
        "Alternatives considered",
        "Predictive models were ruled out: those published for children’s services missed children, flagged wrongly and could not be"
        " explained. Ratings by hand alone were ruled out because nobody can read every extract every week; a professional may set"
        " a rating by hand beside the one worked out.",
    ),
    # Tier 2: decision-making process
    "process": (
        "Process integration",
        "A change of rating opens an item in a queue with a response time. An officer looks at its reasons and decides: no further action,"
        " contact the school, raise a review or ask for information, each with a reason.",
    ),
    "provided_information": (
        "Provided information",
        "The band before and now, the facts gained or lost with their source and date, whether it is likely to be an artefact of the data,"
        " which sources are late, and on the child’s page the whole sum. A reader sees only facts that an agreement shares with them.",
    ),
    "frequency": (
        "Frequency and scale of usage",
        "Ratings are worked out after every extract and every night, for the children whose facts changed or whose rating lapses.",
    ),
    "human_decisions": (
        "Human decisions and review",
        "Every change of rating is decided by a person. A professional may set another band with a reason, an end and a review date, shown"
        " beside the one worked out. A sample of decisions after which nothing was done is looked at again by a supervisor.",
    ),
    "training": ("Required training", ""),
    "appeals": ("Appeals and review", ""),
    # Tier 2: system
    "architecture": (
        "System architecture",
        "A web service with one PostgreSQL database. One documented set-based SQL statement gives the facts of each child as known on a day"
        " and adds the points; a scheme is data, versioned, and never edited once it is live.",
    ),
    "phase": ("Phase", ""),
    "maintenance": (
        "Maintenance",
        "A change is a new version: drafted, tried on every child beside the ratings that stand, approved by a second person, live from"
        " a day on. Every stored rating can be worked out again from its facts and its version, and a check does so.",
    ),
    "models": ("Models", "One: the additive rules described above. There is no statistical or learnt model."),
    # Tier 2: model
    "model_name": ("Model name", "Rating scheme"),
    "model_version": ("Model version", ""),
    "model_task": ("Model task", "To put each child into one band, with the reasons."),
    "model_input": (
        "Model input",
        "Facts about a child: which services are involved since when, dated measures such as attendance, and when the child was last seen.",
    ),
    "model_output": ("Model output", ""),
    "model_architecture": (
        "Model architecture",
        "A sum of points with bands by cut-off, floors, lapse after a number of days, and a condition under which no rating is given.",
    ),
    "model_performance": (
        "Model performance",
        "It predicts nothing, so there is no accuracy to state. Watched instead: how ratings and their changes fall by sex, ethnicity, SEND"
        " and area with confidence intervals, how many changes are artefacts of the data, and how often second looks agree.",
    ),
    "datasets": ("Datasets", "The agencies’ extracts named under operational data."),
    "dataset_purposes": ("Dataset purposes", "To work out ratings. None is used to train, validate or test a model."),
    # Tier 2: development data
    "development_data": ("Development data description", NOT_TRAINED),
    "development_modality": ("Data modality", NOT_TRAINED),
    "development_quantities": ("Data quantities", NOT_TRAINED),
    "development_sensitive": ("Sensitive attributes", NOT_TRAINED),
    "development_completeness": ("Data completeness and representativeness", NOT_TRAINED),
    "development_url": ("Source data URL", NOT_TRAINED),
    "development_collection": ("Data collection", NOT_TRAINED),
    "development_cleaning": ("Data cleaning", NOT_TRAINED),
    "development_agreements": ("Data sharing agreements", NOT_TRAINED),
    "development_access": (
        "Data access and storage",
        "Not applicable. The software was written and tested with invented children alone.",
    ),
    # Tier 2: operational data
    "operational_data": (
        "Data used",
        "What agencies send under sharing agreements about the services and measures named above.",
    ),
    "data_sources": ("Data sources", ""),
    "sensitive_operational": (
        "Sensitive attributes",
        "Involvement with social care, health, youth justice and special needs services is itself sensitive. No name, address, sex,"
        " ethnicity or religion adds or takes away a point; sex and ethnicity are used in figures, to watch fairness.",
    ),
    "processing_methods": (
        "Data processing methods",
        "Rows are checked against rules with findings by code; records of one child from several agencies are joined where the evidence is"
        " strong, and a person decides where it is not. Every load can be looked at before it counts, and undone.",
    ),
    "operational_access": (
        "Data access and storage",
        "Only by role and membership, enforced in the database too; every look is logged in a sealed record. Files and staged rows are"
        " deleted after a set number of days, and encrypted at rest where a key is set.",
    ),
    "operational_agreements": ("Data sharing agreements", ""),
    # Tier 2: risks, mitigations and impact assessments
    "impact_assessments": ("Impact assessments", ""),
    "risk_band_taken_for_truth": (
        "Risk: a band is taken for an assessment of the child",
        "Each band shows its reasons and their age; not rated and Green are told apart, and a low band never says that all is well.",
    ),
    "risk_stale": (
        "Risk: old or late data is taken for today’s",
        "Every page says how fresh its data is and names late sources; what a late source could change is worked out and shown.",
    ),
    "risk_wrong_child": (
        "Risk: facts of one child stand with another",
        "Doubtful records are asked about and stand apart until a person decides; joining and taking apart are logged and can be undone.",
    ),
    "risk_unfair": (
        "Risk: groups of children are rated or watched unequally",
        "Ratings and changes by group are published inside the service with confidence intervals; a draft is tried by group first.",
    ),
    "risk_disclosure": (
        "Risk: a rating gives away what a reader may not know",
        "Reasons are shown only to those who may see the fact; sums are left out where they would tell, small figures are withheld.",
    ),
    "risk_gaming": (
        "Risk: changes are cleared without being looked at",
        "Each decision needs a reason; a random sample is looked at again, and an item comes back by itself if the child grows worse.",
    ),
}  # fmt: skip

SECTIONS: dict[str, tuple[str, ...]] = {
    "Tier 1: overview": ("name", "description", "website", "contact_email"),
    "Tier 2: owner and responsibility": (
        "organisation", "team", "senior_owner", "third_party", "third_party_name", "companies_house", "third_party_role", "procurement",
        "third_party_access",
    ),
    "Tier 2: description and rationale": (
        "how_it_works", "detailed_description", "scope", "limits", "benefit", "previous_process", "alternatives",
    ),
    "Tier 2: decision-making process": (
        "process", "provided_information", "frequency", "human_decisions", "training", "appeals",
    ),
    "Tier 2: tool specification, system": ("architecture", "phase", "maintenance", "models"),
    "Tier 2: tool specification, model": (
        "model_name", "model_version", "model_task", "model_input", "model_output", "model_architecture", "model_performance", "datasets",
        "dataset_purposes",
    ),
    "Tier 2: tool specification, development data": (
        "development_data", "development_modality", "development_quantities", "development_sensitive", "development_completeness",
        "development_url", "development_collection", "development_cleaning", "development_agreements", "development_access",
    ),
    "Tier 2: tool specification, operational data": (
        "operational_data", "data_sources", "sensitive_operational", "processing_methods", "operational_access", "operational_agreements",
    ),
    "Tier 2: risks, mitigations and impact assessments": (
        "impact_assessments",
        "risk_band_taken_for_truth", "risk_stale", "risk_wrong_child", "risk_unfair", "risk_disclosure", "risk_gaming",
    ),
}  # fmt: skip
