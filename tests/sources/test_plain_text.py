import pytest

from bot.sources.plain import dek_of, plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Fish & chips < 5 > 3", "Fish & chips < 5 > 3"),
        ("Fish &amp; chips", "Fish & chips"),
        ("O&#8217;Dell&nbsp;says", "O’Dell says"),
        ("<p>One</p><p>two</p>", "One two"),
        ("One<br>two", "One two"),
        ("a <em>sea</em>, wide", "a sea, wide"),
        ("<script>bad()</script>good<style>x{}</style>", "good"),
        ("  spread \n over\tlines ", "spread over lines"),
        ("a\x00b\x1bc\ud800d", "abcd"),
        ("\u200fمرفأ\u200f 🚢", "\u200fمرفأ\u200f 🚢"),
    ],
)
def test_markup_becomes_plain_text_on_one_line(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("markup", "dek"),
    [
        (
            "<p>Ships wait.</p><p>The post <a>Ships</a> appeared first on <a>T</a>.</p>",
            "Ships wait.",
        ),
        ("Ships wait. The post Ships first appeared on Tidewater.", "Ships wait."),
        ("Ships wait [&hellip;]", "Ships wait…"),
        ("Ships wait [...] Continue reading →", "Ships wait…"),
        ("Ships wait. <a>Continue reading <span>“Ships”</span></a>", "Ships wait."),
        ("Ships wait Read more »", "Ships wait"),
        ("Pupils can Read more books than ever", "Pupils can Read more books than ever"),
        ("They read more than before", "They read more than before"),
        ("", ""),
    ],
)
def test_a_dek_loses_what_wordpress_adds(markup: str, dek: str) -> None:
    assert dek_of(markup) == dek
