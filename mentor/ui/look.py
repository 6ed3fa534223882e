"""What the theme of `.streamlit/config.toml` cannot say: the page's icon and a few styles."""

from __future__ import annotations

from typing import Final

#: A rising line on our green, written out: nothing is fetched for it.
ICON: Final = (
    "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%2032%2032%22%3E"
    "%3Crect%20width=%2232%22%20height=%2232%22%20rx=%227%22%20fill=%22%230f766e%22/%3E"
    "%3Cpath%20d=%22M6%2022l6-7%205%204%208-10%22%20fill=%22none%22%20stroke=%22%23fff%22%20stroke-width=%223%22/%3E"
    "%3Ccircle%20cx=%2225%22%20cy=%229%22%20r=%222.6%22%20fill=%22%23fff%22/%3E%3C/svg%3E"
)
#: In order: what opens above the page is dark with it; a figure and what is around it may take a second line, cut
#: short it would say something else; digits are equally wide, so that amounts stand beneath each other; the greys of
#: charts and captions are too faint to read, but what has a colour of its own keeps it; so are the words on the green
#: of dark pages and on what is chosen; whoever goes by keys sees at which link they are; the key of a button is as
#: dark as its words, and not there where there is hardly a keyboard; the buttons of a table, always there under a
#: finger, have room above it; Streamlit's few English words are said as `languages` says them; the check-in stays in
#: reach where the sidebar is folded; on a phone the ways to the days beside are arrows, their names for ears only.
STYLE: Final = (
    "<style>"
    ":root {color-scheme: light dark} "
    "[data-testid=stMetric] :is([data-testid=stMetricLabel], [data-testid=stMetricDelta], "
    "[data-testid=stMetricValue]) * {white-space: normal; overflow: visible; text-overflow: clip} "
    "[data-testid=stMetricValue] {overflow-wrap: anywhere} "
    "[data-testid=stMetricValue], .js-plotly-plot text {font-variant-numeric: tabular-nums} "
    ".js-plotly-plot :is(.xtick text, .ytick text, .y2tick text, .xtitle, .ytitle, .y2title, .annotation-text, "
    ".bartext-outside) "
    "{fill: light-dark(#5b6675, #a5b0be) !important} "
    ".js-plotly-plot :is(:is(.textpoint, .heatmap-label) text:not([style*='rgb(16, 21, 28)']), .legendtext) "
    "{fill: light-dark(#1b2430, #e4e8ee) !important} "
    ":is([data-testid^=stBaseButton-primary], [data-testid=stPopoverButton][kind=primary]) "
    "{color: light-dark(#ffffff, #0f141b)} "
    ":is([data-testid=stCaptionContainer], [data-testid=stPaginationEllipsis]) "
    "{color: light-dark(#5b6675, #a5b0be); opacity: 1} "
    "[role=radio][aria-checked=true] [data-testid=stMarkdownContainer] {color: light-dark(#0b5f58, #5fd0be)} "
    "a:focus-visible, [data-testid=stSidebarNavLink]:focus-visible "
    "{outline: 2px solid light-dark(#0f766e, #2a9d8c); outline-offset: -2px} "
    "button[data-testid] kbd {color: inherit; opacity: 1} "
    "[data-testid=stSkipToContent]::after {content: var(--skip); font-size: 0.875rem} "
    "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer]::after {content: var(--upload)} "
    "[data-testid=stFileUploaderDropzoneInstructions]::after {content: var(--limit); font-size: 0.875rem} "
    "[data-testid=stSkipToContent] {font-size: 0} "
    "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] > *, "
    "[data-testid=stFileUploaderDropzoneInstructions] > *, .st-key-language_of_page {display: none} "
    ".st-key-quick_check_in {display: none} "
    ":root:has([data-testid=stSidebar][data-collapsed=true]) .st-key-quick_check_in "
    "{display: block; position: fixed; right: 1rem; bottom: 1rem; width: auto; z-index: 99} "
    "@media (hover: none), (max-width: 640px) {button[data-testid] kbd {display: none}}"
    "@media (hover: none) {[data-testid=stDataFrame] {margin-top: 1.75rem}} "
    "@media (max-width: 640px) {[class*=st-key-turn_] [data-testid=stBaseButton-secondary] "
    "[data-testid=stMarkdownContainer] "
    "{position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}} "
    "</style>"
)
