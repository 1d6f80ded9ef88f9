"""FHIR R4 (https://hl7.org/fhir/R4/), read into the records of a feed.

Two dialects were met: Synthea's sample people (Blue Button codes) and CARIN Blue Button 2.0.0.

| ours | from |
|---|---|
| person | Patient, each the holder of a household; no identifier of these dialects is a NIR |
| adherent number | the identifier of the system that the operator names; otherwise to be issued |
| contract | Coverage identifier, else patient and payor; individual, scheme not stated |
| cover | Coverage period; without a start, from the earliest care, with a remark; open until an end is said |
| care date | ``billablePeriod.start``, else the item's |
| spent | submitted, else net; the first item without price gets the total less the sum of ``net`` |
| reimbursed | ``benefit``, else payment to the provider or the patient |
| left to pay | CARIN ``memberliability``; else coinsurance, copay and deductible; else computed and marked |
| category | ``mapping/categories.py`` |
| transfer | one an explanation that says what was paid, zero included; ``payment.date``, else ``created`` |
| payee | as stated, else whom the amounts say they were paid to |
| not settled | a claim that no explanation answers, an explanation that says of no payment |

What was paid is ``payment.amount``, else the sum of the items, else the stated total. The cents that
rounding leaves go to the last line; what the items don't say at all is a line of its own, for the whole.
"""
