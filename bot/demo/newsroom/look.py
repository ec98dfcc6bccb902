"""The demo site's style sheet, small enough to travel inside every page."""

from typing import Final

STYLE: Final = """
:root{color-scheme:light dark;--ink:#1c1b19;--dim:#6b6660;--line:#ded9d2;--paper:#fbfaf8;
--mark:#a3341f}
@media (prefers-color-scheme:dark){:root{--ink:#ece8e2;--dim:#a39d94;--line:#3a3733;
--paper:#1a1917;--mark:#f08a72}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:17px/1.5 Georgia,'Times New Roman',serif}
a{color:inherit;text-decoration:none}a:hover{text-decoration:underline}
header.site,footer.site,.columns{max-width:1080px;margin:0 auto;padding:18px 20px}
header.site{border-bottom:3px double var(--line)}
.logo{font-size:30px;font-weight:700}
ul{list-style:none;margin:0;padding:0}
.menu{display:flex;flex-wrap:wrap;gap:4px 18px;font:14px/1.6 system-ui,sans-serif}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 260px;gap:40px}
.archive p,.byline,.sidebar,footer{color:var(--dim);font:14px/1.5 system-ui,sans-serif}
.sidebar li{padding:8px 0;border-bottom:1px solid var(--line)}
.post{padding:18px 0;border-bottom:1px solid var(--line)}
.row{display:grid;grid-template-columns:1fr 220px;gap:6px 20px}
.row .byline{grid-column:1/-1}
.title-phone{display:none}h3{margin:0;font-size:21px;line-height:1.25}
.post-excerpt{margin:6px 0}.col-picture img,.lead{width:100%;height:auto;border-radius:4px}
.badge{display:inline-block;color:var(--mark);font:700 12px/1.6 system-ui,sans-serif;
letter-spacing:.08em}
.avatar{width:22px;height:22px;border-radius:50%;vertical-align:middle;margin-right:4px}
.single h1{font-size:36px;line-height:1.15;margin:6px 0}.single .dek{font-size:20px}
.lead{margin:18px 0}.invented{border-left:3px solid var(--mark);padding-left:14px}
@media (max-width:720px){.columns,.row{grid-template-columns:1fr}.title-phone{display:block}
.title-desktop{display:none}}
"""
