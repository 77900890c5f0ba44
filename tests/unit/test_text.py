"""Hostile texts against each rule of what makes a text acceptable, each with its value."""

import pytest

from core import text
from core.text import clean_name, clean_text, email_problem, folded, identity, is_login, mentioned, seen, with_names

# What was typed: the problem of a required text, the text and the name as they are kept.
TEXTS = {
    "quotes": ("\"O'Higgins\" «& Hijos»", "", "\"O'Higgins\" «& Hijos»", "\"O'Higgins\" «& Hijos»"),
    "emoji": ("🌍 👩‍👩‍👧 ❤️", "", "🌍 👩‍👩‍👧 ❤️", "🌍 👩‍👩‍👧 ❤️"),
    "markup": ("<b>Café</b>", "", "<b>Café</b>", "<b>Café</b>"),
    "formula": ("=1+1", "", "=1+1", "=1+1"),
    "statement": ("'); DROP TABLE cases; --", "", "'); DROP TABLE cases; --", "'); DROP TABLE cases; --"),
    "NUL": ("a\0b", "text_unreadable", "a\0b", "a\0b"),
    "C1 control": ("a\x92b", "text_unreadable", "a\x92b", "a\x92b"),
    "half a pair": ("a\ud800b", "text_unreadable", "a\ud800b", "a\ud800b"),
    "noncharacter": ("\ufdd00\ufdd1", "text_unreadable", "\ufdd00\ufdd1", "\ufdd00\ufdd1"),
    "zero-width inside": ("AC\u200bME\u00ad", "", "AC\u200bME", "ACME"),
    "zero-width around": ("\ufeffACME\u200b", "", "ACME", "ACME"),
    "zero-width alone": ("\u200b\u2060", "missing", "", ""),
    "joiner in Persian": ("می\u200cخواهم", "", "می\u200cخواهم", "می\u200cخواهم"),
    "turned": ("\u202eEMCA", "text_unreadable", "\u202eEMCA", "\u202eEMCA"),
    "isolated": ("a\u2066b\u2069", "text_unreadable", "a\u2066b\u2069", "a\u2066b\u2069"),
    "right-to-left mark": ("a\u200fb", "text_unreadable", "a\u200fb", "a\u200fb"),
    "Hebrew and Arabic": ("שלום عالم", "", "שלום عالم", "שלום عالم"),
    "combining": ("Pen\u0303a", "", "Pen\u0303a", "Peña"),
    "combining alone": ("\u0301", "missing", "", ""),
    "fullwidth": ("\uff21\uff23\uff2d\uff25", "", "\uff21\uff23\uff2d\uff25", "\uff21\uff23\uff2d\uff25"),
    "long": ("x" * 41, "text_too_long", "x" * 41, "x" * 41),
    "longest": ("x" * 40, "", "x" * 40, "x" * 40),
    "lines": (" a\n\n\tb ", "", "a\n\n\tb", "a b"),
    "empty": ("", "missing", "", ""),
    "blanks": (" \t\r\n\x0b\x0c\x1c\x85\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000", "missing", "", ""),
    "drawn blanks": ("\u115f\u1160\u2800\u3164\uffa0", "missing", "", ""),
    "selector alone": ("\ufe0f", "missing", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_wrong_with_a_text_and_how_it_is_kept(kind: str):
    typed, problem, kept, name = TEXTS[kind]
    found = text.text_problem("f", typed, 40, "missing")
    assert {field: each.code for field, each in found.items()} == ({"f": problem} if problem else {})
    assert (clean_text(typed), clean_name(typed)) == (kept, name)
    assert (clean_text(kept), clean_name(name)) == (kept, name)


def test_a_text_that_may_be_missing_has_no_problem_when_it_is_blank():
    assert text.text_problem("f", " ", 40) == {}


@pytest.mark.parametrize(
    ("name", "key", "search", "shown"),
    [
        ("  Café  DEL sur ", "cafe del sur", "cafe del sur", "Café DEL sur"),
        ("PEÑA", "pen\u0303a", "pena", "PEÑA"),
        ("Pen\u0303a", "pen\u0303a", "pena", "Peña"),
        ("Pena", "pena", "pena", "Pena"),
        ("São\u200b João", "sao joao", "sao joao", "São João"),
        ("\uff21\uff23\uff2d\uff25", "acme", "acme", "\uff21\uff23\uff2d\uff25"),
        ("Straße ﬁn", "strasse fin", "strasse fin", "Straße ﬁn"),
        ('<b>=1+1 "O\'Higgins"', '<b>=1+1 "o\'higgins"', '<b>=1+1 "o\'higgins"', '<b>=1+1 "O\'Higgins"'),
        ("\u0303x", "x", "x", "\u0303x"),
        ("AC\u202eME", "ac\u202eme", "ac\u202eme", "ACME"),
    ],
)
def test_a_name_is_one_identity_one_search_and_one_sight(name: str, key: str, search: str, shown: str):
    assert (identity(name), folded(name), seen(name)) == (key, search, shown)


def test_names_stand_in_spanish_order():
    names = ["Canto", "Ñato", "Nora", "Cañas", "omar", "Óscar", "Oz"]
    assert list(text.by_name(dict(enumerate(names))).values()) == [
        "Canto", "Cañas", "Nora", "Ñato", "omar", "Óscar", "Oz",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("rosa@cliente.example", ""), ("sean.o'brien@empresa.example", ""), ("ana+avisos@x.example", ""),
        ("=1+1@x.example", ""), ("!#$%&'*+-/=?^_`{|}~@x.example", ""), ("ROSA@CLIENTE.EXAMPLE", ""),
        ("rosa@xn--pea-8ma.example", ""), (f"{'a' * 64}@x.example", ""), ("a@b-c.d1.example", ""),
        (f"{'a' * 65}@x.example", "email_malformed"), (f"a@{'b' * 64}.example", "email_malformed"),
        ("josé@empresa.example", "email_malformed"), ("rosa@peña.example", "email_malformed"),
        ("rosa", "email_malformed"), ("rosa@", "email_malformed"), ("@x.example", "email_malformed"),
        ("rosa@cliente", "email_malformed"), ("rosa@127.0.0.1", "email_malformed"),
        ("rosa@[127.0.0.1]", "email_malformed"), ("a..b@x.example", "email_malformed"),
        (".a@x.example", "email_malformed"), ("a.@x.example", "email_malformed"), ("a@-x.example", "email_malformed"),
        ("a@x..example", "email_malformed"), ('"a b"@x.example', "email_malformed"),
        ("<rosa@x.example>", "email_malformed"), ("Rosa <rosa@x.example>", "email_malformed"),
        ("a@x.example, b@x.example", "email_malformed"), ("a@x.example\nBcc: b@x.example", "email_malformed"),
        ("a@x.example\n", "email_malformed"), ("a\0@x.example", "email_malformed"), ("", "email_malformed"),
        ("a\u200b@x.example", "email_malformed"), ("🌍@x.example", "email_malformed"),
        ("\uff41@x.example", "email_malformed"), ("x" * 255, "text_too_long"),
    ],
)  # fmt: skip
def test_an_e_mail_address_is_one_that_a_mail_server_takes(address: str, code: str):
    found = email_problem("email", address)
    assert {field: problem.code for field, problem in found.items()} == ({"email": code} if code else {})


@pytest.mark.parametrize(
    ("typed", "login", "good"),
    [
        (" Ana.Ruiz ", "ana.ruiz", True), ("ana_", "ana_", True), ("a-1", "a-1", True), ("ab", "ab", True),
        ("x" * 40, "x" * 40, True), ("x" * 41, "x" * 41, False), ("a", "a", False), ("", "", False),
        ("josé", "josé", False), ("\uff41\uff4e\uff41", "\uff41\uff4e\uff41", False), ("a b", "a b", False),
        ("system:erp", "system:erp", False), ("ana\n", "ana", True), ("an\0a", "an\0a", False),
        ("an\u200ba", "an\u200ba", False), ("\u202eana", "\u202eana", False), ("'ana'", "'ana'", False),
        ("<b>", "<b>", False), ("=1+1", "=1+1", False), ("🌍🌍", "🌍🌍", False), ("ana@x", "ana@x", False),
    ],
)  # fmt: skip
def test_a_login_is_small_letters_digits_dot_hyphen_underscore(typed: str, login: str, good: bool):
    assert (text.login_of(typed), is_login(text.login_of(typed))) == (login, good)


@pytest.mark.parametrize(
    ("name", "good"),
    [("erp-2", True), ("e", False), ("erp.2", False), ("ERP", False), ("x" * 31, False), ("ñu", False)],
)
def test_a_system_s_name_is_small_letters_digits_hyphen(name: str, good: bool):
    assert text.is_system_name(name) is good


LOGINS = {"ana": "Ana Ruiz", "ana_": "Ana Paz", "ciro": "Ciro", "eva.sol": "Eva Sol"}


@pytest.mark.parametrize(
    ("comment", "logins", "shown"),
    [
        ("@ana, vea; (@CIRO) y @ana", ["ana", "ciro"], "@Ana Ruiz, vea; (@Ciro) y @Ana Ruiz"),
        ("@ana_ y @ana.", ["ana_", "ana"], "@Ana Paz y @Ana Ruiz."),
        ("@eva.sol. @eva.sol... @eva", ["eva.sol"], "@Eva Sol. @Eva Sol... @eva"),
        ("«@ana» “@ciro” ¿@ana_? [@eva.sol]", ["ana", "ciro", "ana_", "eva.sol"],
         "«@Ana Ruiz» “@Ciro” ¿@Ana Paz? [@Eva Sol]"),
        ("ver https://www.youtube.invalid/@ana o x@ana, a/@ana, @@ana", [],
         "ver https://www.youtube.invalid/@ana o x@ana, a/@ana, @@ana"),
        ("rosa@ana.invalid @ana@casa.invalid", [], "rosa@ana.invalid @ana@casa.invalid"),
        ("100 licencias @25 USD, @nadie", [], "100 licencias @25 USD, @nadie"),
        ("@anañ @ana\u0301 @an\u200ba @ana2", [], "@anañ @ana\u0301 @an\u200ba @ana2"),
        ("@\uff41\uff4e\uff41 @\uff45va", [], "@\uff41\uff4e\uff41 @\uff45va"),
        ("\u202e@ana \0@ana <b>@ana =@ana '@ana", [], "\u202e@ana \0@ana <b>@ana =@ana '@ana"),
        ("\u3000@ana\n@ciro", ["ana", "ciro"], "\u3000@Ana Ruiz\n@Ciro"),
        (f"@ana{'x' * 50}", [], f"@ana{'x' * 50}"),
        ("", [], ""),
    ],
)  # fmt: skip
def test_a_mention_stands_after_a_blank_or_a_bracket_and_names_a_login(comment: str, logins: list[str], shown: str):
    assert mentioned(comment, LOGINS) == logins
    assert with_names(comment, LOGINS) == shown
