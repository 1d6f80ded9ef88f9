"""The desk finds somebody by a name as it is said, by an address, a number or a telephone.

Names are found by keys that a function of the database makes of the sort key, in an index: nobody has to
keep them up to date. For each word: the word, its first three letters, it and the next one joined, and,
from four letters on, what is left of it without each letter. Two words with such a rest in common differ
by one letter that is wrong, missing, too many or elsewhere.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models.functions import Lower

from havre.domains.people.models import NameKeys
from havre.foundation.db.operations import desk_search

NAME_KEYS = """
CREATE FUNCTION people_name_keys(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    WITH words AS (
        SELECT left(word, 40) AS word, lead(word) OVER (ORDER BY place) AS following
        FROM unnest(string_to_array(name, ' ')) WITH ORDINALITY AS said (word, place)
        WHERE word <> '' AND place <= 12
    )
    SELECT coalesce(array_agg(DISTINCT key), '{}') FROM (
        SELECT word AS key FROM words
        UNION ALL SELECT left(word, 3) || '*' FROM words WHERE length(word) >= 3
        UNION ALL SELECT word || following FROM words WHERE following IS NOT NULL
        UNION ALL SELECT '-' || left(word, letter - 1) || substr(word, letter + 1)
            FROM words, generate_series(1, length(word)) AS letter WHERE length(word) >= 4
    ) AS keys
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_former_email")]

    operations = [
        migrations.RunSQL(NAME_KEYS, "DROP FUNCTION people_name_keys(text)"),
        migrations.AddIndex(
            "person", GinIndex(NameKeys("sort_key"), name="people_person_by_name", fastupdate=False)
        ),
        migrations.AddIndex(
            "person", models.Index(fields=["nir_index"], name="people_person_by_nir")
        ),
        migrations.AddIndex(
            "membership", models.Index(Lower("email"), name="people_membership_by_email")
        ),
        migrations.AddIndex(
            "membership", models.Index(fields=["phone"], name="people_membership_by_phone")
        ),
        migrations.AddIndex(
            "formeremail", models.Index(Lower("email"), name="people_formeremail_by_email")
        ),
        desk_search("people_formeremail"),
    ]
