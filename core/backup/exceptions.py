"""Why a backup or a restore does not happen; each sentence tells an administrator what to do."""

from core.errors import DomainError, gettext_noop


class FolderNotEmpty(DomainError):
    """Only an empty place takes a backup."""

    message = gettext_noop("%(folder)s is not empty. Name a new folder.")


class PartLeftBehind(DomainError):
    """An earlier backup was interrupted, or runs now."""

    message = gettext_noop(
        "%(folder)s is there: another backup runs, or one was interrupted. If none runs, delete that folder and start again."
    )


class NoBackup(DomainError):
    """The folder holds no whole backup."""

    message = gettext_noop("%(folder)s holds no whole backup: %(what)s cannot be read. Nothing was changed.")


class BackupDamaged(DomainError):
    """A hash, a size or a count is not what the manifest says."""

    message = gettext_noop("The backup is damaged at %(what)s. Take another one. Nothing was changed.")


class FormatUnknown(DomainError):
    """Written by a later version of the format."""

    message = gettext_noop("The backup has format %(format)s, which this version does not read. Nothing was changed.")


class BackupIsNewer(DomainError):
    """The backup knows migrations that this version lacks."""

    message = gettext_noop(
        "The backup comes from a newer version (%(migrations)s). Install that version, then restore. Nothing was changed."
    )


class BackupIsOlder(DomainError):
    """The backup lacks migrations that this version has."""

    message = gettext_noop(
        "The backup comes from an older version, before %(migrations)s. Install that version beside an empty database, "
        "restore, then update and migrate. Nothing was changed."
    )


class MigrationsWait(DomainError):
    """The database is behind this code, or has no tables."""

    message = gettext_noop("The database is not up to date. Type: python manage.py migrate")


class DatabaseNotEmpty(DomainError):
    """Somebody's data would be lost."""

    message = gettext_noop(
        "The database already holds data (%(tables)s). To throw all of it away for good and take the backup in its place, "
        "add --destroy-what-is-there. Nothing was changed."
    )


class SiteRuns(DomainError):
    """Workers would write into what is being restored, and send its mails."""

    message = gettext_noop(
        "%(name)s was seen %(seconds)s s ago. Stop web, workers, beat and indexer, wait half a minute, then restore. "
        "Nothing was changed."
    )


class RowsDoNotFit(DomainError):
    """This engine refuses values that the other one took."""

    message = gettext_noop("Table %(table)s does not fit into this database: %(reason)s. Nothing was changed.")


class ReferencesMissing(DomainError):
    """A row names another one that is not there."""

    message = gettext_noop("The backup lacks rows that others refer to: %(reason)s. Nothing was changed.")


class DigestsDiffer(DomainError):
    """What was written is not what the backup holds."""

    message = gettext_noop("After writing, these tables differ from the backup: %(tables)s. Nothing was changed.")


class FilesUnderWay(DomainError):
    """A file that looks forgotten may be named in the next second."""

    message = gettext_noop("Files are being worked on now. Orphans are deleted only in a quiet hour; try again later.")
