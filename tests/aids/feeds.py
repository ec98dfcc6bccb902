"""An invented site's feeds."""

from bot.sources.feed import read_feed
from bot.sources.found import Found
from bot.sources.profile import SiteProfile

SITE = "https://www.tidewater.example"
ITEM = f"""<item><title>Ferry &#8216;Heron&#8217; waits</title>
<link>{SITE}/2024/08/heron/?utm_source=rss&amp;utm_medium=feed</link>
<dc:creator><![CDATA[Ida Holm]]></dc:creator><dc:creator><![CDATA[Tam O&#8217;Dell]]></dc:creator>
<pubDate>Wed, 21 Aug 2024 05:05:00 +0000</pubDate>
<category><![CDATA[Port & Harbour]]></category><category>Night Ferries</category>
<category>Columns</category><category>Uncategorized</category>
<guid isPermaLink="false">{SITE}/?p=7</guid>
<description><![CDATA[<p>Fog keeps her in &amp; the crew ashore</p>
<p>The post <a href="x">Ferry</a> appeared first on <a href="y">Tidewater</a>.</p>]]></description>
<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded>
<media:content url="{SITE}/heron.jpg" medium="image"/></item>"""


def rss(*items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>T</title>{''.join(items)}</channel></rss>"
    ).encode()


def item(slug: str = "a", title: str = "A", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{SITE}/2024/08/{slug}/</link>{more}</item>"


def read(body: bytes, profile: SiteProfile, content_type: str = "application/rss+xml") -> Found:
    return read_feed(body, content_type=content_type, url=f"{SITE}/feed/", profile=profile)
