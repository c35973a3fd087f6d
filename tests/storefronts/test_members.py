"""An agency's members come in from a table, whole or not at all; a firm takes its entry over by mail or by a printed code."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import User
from core.errors import NotAllowed
from core.limits import TooOften
from core.models import AuditEntry, OutboxMail
from storefronts.adapters.member_files import read_member_file
from storefronts.choices import CompanyState, Role
from storefronts.exceptions import AlreadyConfirmed, CodeUnknown, InvitationRevoked, MemberFileFaulty, MemberRowsFaulty
from storefronts.models import AgencyFacts, Company, Member
from storefronts.selectors.members_import import plan_members
from storefronts.services.members import claim_company, find_claim, import_members, invite_firms, make_claim_codes
from storefronts.services.team import accept_invitation
from tests.listings.factories import make_officer, make_user

HEAD = [
    "Company",
    "Country",
    "City",
    "E-mail",
    "owner_sex",
    "jobs_women",
    "jobs_men",
    "exports_last_year",
    "exports_currency",
    "exports_year",
]
FIRMS = 380


def make_rows(number=FIRMS):
    return [
        [
            f"Firm {place}",
            "Ghana" if place % 2 else "TG",
            "Ho",
            "" if place % 10 == 0 else f"firm{place}@example.com",
            "women",
            3,
            place,
            1200.5,
            "USD",
            2025,
        ]
        for place in range(1, number + 1)
    ]


def write_xlsx(*rows, head=HEAD):
    book, content = Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def write_csv(*rows, head=HEAD, delimiter=","):
    return "\n".join(delimiter.join(map(str, row)) for row in (head, *rows)).encode()


@pytest.fixture
def officer(db):
    return make_officer()


@pytest.mark.parametrize(
    "content", [write_xlsx(*make_rows(3)), write_csv(*make_rows(3)), write_csv(*make_rows(3), delimiter=";")]
)
def test_the_same_table_is_read_from_each_form(content):
    first = read_member_file(content)[0]
    assert (first.number, first.cells["legal_name"], first.cells["email"], first.cells["jobs_women"]) == (
        2,
        "Firm 1",
        "firm1@example.com",
        "3",
    )


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [
        (b"", "file", "empty"),
        (b"\xff\xfe", "file", "UTF-8"),
        (b"PK\x03\x04broken", "file", "no XLSX"),
        (write_csv(["a"], head=["City"]), "row 1", "no column legal_name"),
        (write_csv(["a", "b", "GH"], head=["Name", "Company", "Country"]), "row 1", "twice"),
        (write_csv(head=["Name", "Country"]), "file", "0 rows"),
        (write_xlsx(["=1+1", "GH"], head=["Name", "Country"]), "row 2, column A", "formula"),
        (b"Name,Country\n" + b"x,GH\n" * 5001, "file", "5001 rows"),
        (b"x" * (2 * 1024 * 1024 + 1), "file", "2 MB"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content, place, why):
    with pytest.raises(MemberFileFaulty) as refused:
        read_member_file(content)
    assert (refused.value.values["place"], why in refused.value.values["why"]) == (place, True), refused.value


@pytest.mark.django_db
def test_faulty_rows_are_named_by_row_and_column_and_nothing_is_written(officer):
    rows = [
        ["", "GH", "", "", "", "", "", "", "", ""],
        ["Good Ltd", "Ghana", "", "", "", "", "", "", "", ""],
        ["Good Ltd", "GH", "", "", "", "", "", "", "", ""],
        ["Bad Ltd", "Atlantis", "", "nobody", "many", "-1", "x", "5", "", "1800"],
    ]
    plan = plan_members(rows=read_member_file(write_csv(*rows)))
    assert [(row.number, {column for column, _words in row.problems}) for row in plan.rows if row.problems] == [
        (2, {"legal_name"}),
        (4, {"legal_name"}),
        (5, {"country", "email", "owner_sex", "jobs_women", "jobs_men", "exports_currency", "exports_year"}),
    ]
    with pytest.raises(MemberRowsFaulty):
        import_members(officer=officer, rows=read_member_file(write_csv(*rows)))
    assert not Company.objects.exists()


@pytest.mark.django_db
def test_380_firms_come_in_are_invited_and_three_confirm(officer, client):
    plan = import_members(officer=officer, rows=read_member_file(write_xlsx(*make_rows())))
    again = import_members(officer=officer, rows=read_member_file(write_xlsx(*make_rows())))
    assert (plan.added, again.added, again.same) == (FIRMS, 0, FIRMS)
    assert Company.objects.filter(state=CompanyState.DRAFT, members=None).count() == FIRMS
    assert not Company.objects.public().exists()
    facts = AgencyFacts.objects.get(company__legal_name="Firm 7")
    assert (facts.owner_sex, facts.jobs_women, facts.jobs_men, str(facts.exports_last_year), facts.entered_by) == (
        "women",
        3,
        7,
        "1200.50",
        officer,
    )

    everybody = list(Company.objects.values_list("pk", flat=True))
    assert invite_firms(officer=officer, company_ids=everybody, language="en") == FIRMS - FIRMS // 10
    assert invite_firms(officer=officer, company_ids=everybody, language="en") == 0
    for place in (1, 2):
        mail = OutboxMail.objects.get(recipient=f"firm{place}@example.com")
        link = re.search(r"/sell/invitations/[\w-]+/", mail.text).group()
        client.force_login(make_user(f"firm{place}@example.com"))
        assert client.post(link).status_code == 302
    silent = Company.objects.get(legal_name="Firm 10")
    ((_firm, code),) = make_claim_codes(officer=officer, company_ids=[silent.pk])
    client.force_login(make_user("paper@example.com"))
    page = reverse("storefronts:claim")
    assert "Is <bdi>Firm 10</bdi> your firm?" in client.post(page, {"code": code.lower()}).text
    assert client.post(page, {"code": code, "confirm": "yes"}).status_code == 302
    assert set(Member.objects.values_list("company__legal_name", "role")) == {
        (f"Firm {place}", Role.OWNER) for place in (1, 2, 10)
    }
    assert AuditEntry.objects.filter(action="storefronts.company_entered_by_agency").count() == FIRMS


@pytest.fixture
def firm(officer):
    import_members(officer=officer, rows=read_member_file(write_csv(*make_rows(1))))
    return Company.objects.get()


@pytest.mark.django_db
def test_a_code_opens_once_and_the_newest_only(officer, firm):
    ((_one, old),) = make_claim_codes(officer=officer, company_ids=[firm.pk])
    ((_two, new),) = make_claim_codes(officer=officer, company_ids=[firm.pk])
    person = make_user("a@example.com")
    with pytest.raises(CodeUnknown):
        claim_company(user=person, code=old)
    claim_company(user=person, code=new)
    with pytest.raises(CodeUnknown):
        claim_company(user=make_user("b@example.com"), code=new)
    assert make_claim_codes(officer=officer, company_ids=[firm.pk]) == []


@pytest.mark.django_db
def test_a_firm_that_somebody_has_taken_over_is_not_taken_over_again(officer, firm):
    ((_firm, code),) = make_claim_codes(officer=officer, company_ids=[firm.pk])
    Member.objects.create(company=firm, user=make_user("first@example.com"), role=Role.OWNER)
    with pytest.raises(AlreadyConfirmed):
        claim_company(user=make_user("late@example.com"), code=code)


def read_token():
    return re.search(r"/sell/invitations/([^/\s]+)/", OutboxMail.objects.get().text).group(1)


@pytest.mark.django_db
def test_a_claim_by_code_takes_back_the_mailed_invitation(officer, firm):
    assert invite_firms(officer=officer, company_ids=[firm.pk], language="en") == 1
    ((_firm, code),) = make_claim_codes(officer=officer, company_ids=[firm.pk])
    owner = claim_company(user=make_user("first@example.com"), code=code)
    with pytest.raises(InvitationRevoked):
        accept_invitation(token=read_token(), user=make_user("firm1@example.com"))
    assert list(firm.members.all()) == [owner]


@pytest.mark.django_db
def test_an_accepted_invitation_ends_the_printed_code(officer, firm):
    invite_firms(officer=officer, company_ids=[firm.pk], language="en")
    ((_firm, code),) = make_claim_codes(officer=officer, company_ids=[firm.pk])
    owner = accept_invitation(token=read_token(), user=make_user("firm1@example.com"))
    with pytest.raises(CodeUnknown):
        claim_company(user=make_user("late@example.com"), code=code)
    assert list(firm.members.all()) == [owner]


@pytest.mark.django_db
def test_codes_are_not_guessed_and_officers_have_no_firms(officer, firm):
    person = make_user("guess@example.com")
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            find_claim(user=person, code="AAAA-BBBB-CCCC")
    with pytest.raises(TooOften):
        find_claim(user=person, code="AAAA-BBBB-CCCC")
    with pytest.raises(NotAllowed):
        find_claim(user=officer, code="AAAA-BBBB-CCCC")
    with pytest.raises(NotAllowed):
        invite_firms(officer=person, company_ids=[firm.pk], language="en")


@pytest.mark.django_db
def test_an_officer_tries_a_list_and_enters_it(client, officer):
    client.force_login(officer)
    page = reverse("admin:members_import")
    bad = client.post(
        page,
        {"file": SimpleUploadedFile("a.csv", write_csv(["X", "Atlantis"], head=["Name", "Country"])), "then": "try"},
    )
    assert ("“Atlantis” is no country" in bad.text, Company.objects.count()) == (True, 0)
    tried = client.post(page, {"file": SimpleUploadedFile("a.xlsx", write_xlsx(*make_rows(4))), "then": "try"})
    assert ("4 new" in tried.text, Company.objects.count()) == (True, 0)
    rows = tried.context["rows_text"]
    done = client.post(page, {"rows": rows, "then": "import"}, follow=True)
    assert ("4 firms were entered." in done.text, Company.objects.count()) == (True, 4)
    assert client.post(page, {"rows": "nothing", "then": "import"}).status_code == 422
    letters = client.post(
        reverse("admin:members_unconfirmed"),
        {"firm": [str(firm.pk) for firm in Company.objects.all()], "then": "print"},
    )
    assert "http" in re.search(r"(\S+)/sell/claim/", letters.text).group(1)
    assert len(re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", letters.text)) == 4
    assert "1 invitation leaves" in client.post(
        reverse("admin:members_unconfirmed"),
        {"firm": ["x", str(Company.objects.first().pk)], "then": "mail"},
        follow=True,
    ).text.replace("One", "1")


@pytest.mark.django_db
def test_the_command_says_rows_and_columns(tmp_path, officer, capsys):
    file = tmp_path / "members.csv"
    file.write_bytes(write_csv(["X", "Atlantis"], head=["Name", "Country"]))
    with pytest.raises(CommandError, match="1 rows are wrong"):
        call_command("import_companies", str(file), "--officer", officer.email)
    assert "row 2, country: “Atlantis”" in capsys.readouterr().err
    file.write_bytes(write_csv(*make_rows(2)))
    call_command("import_companies", str(file), "--officer", officer.email, "--dry-run")
    call_command("import_companies", str(file), "--officer", officer.email)
    assert "2 would be entered, 0 known already.\n2 entered" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no officer"):
        call_command(
            "import_companies",
            str(file),
            "--officer",
            User.objects.exclude(pk=officer.pk).first() or "nobody@example.com",
        )
