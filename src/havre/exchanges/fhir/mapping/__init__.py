"""From FHIR resources to the records of a feed: pure functions, one module a subject."""
