"""A revision is never updated: Postgres refuses it, whoever asks."""

from django.db import migrations

CREATE = """
CREATE FUNCTION wiki_revision_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a revision is never updated (revision %)', OLD.id USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER wiki_revision_append_only BEFORE UPDATE ON wiki_revision
    FOR EACH ROW EXECUTE FUNCTION wiki_revision_is_append_only();
"""

DROP = """
DROP TRIGGER wiki_revision_append_only ON wiki_revision;
DROP FUNCTION wiki_revision_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("wiki", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
