"""How the exported page looks: calm on a screen, black on white with page breaks on A4."""

from typing import Final

STYLE: Final = """
@page { size: A4; margin: 14mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #111; font: 15px/1.5 system-ui, Roboto, "Noto Sans", sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 28px 20px 48px; }
header p { margin: 0; color: #555; }
h1 { margin: 0 0 14px; font-size: 25px; line-height: 1.25; }
h2 { margin: 24px 0 8px; font-size: 17px; break-after: avoid; }
p { margin: 0 0 6px; }
td, dd, text, .figure { font-variant-numeric: tabular-nums; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px 16px; margin: 0; }
.figures dt { color: #555; font-size: 12px; }
.figures dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.advice { margin: 18px 0; padding: 10px 14px; border: 1px solid #111; border-left-width: 5px; break-inside: avoid; }
.advice h2 { margin-top: 0; }
figure { margin: 16px 0 0; break-inside: avoid; }
figcaption { color: #555; font-size: 12px; }
svg { display: block; width: 100%; height: auto; font: 11px system-ui, Roboto, "Noto Sans", sans-serif; }
svg .grid { stroke: #ddd; }
svg .zero { stroke: #777; }
svg .run { fill: none; stroke: #111; stroke-width: 1.6; }
svg .won { fill: #12947f; }
svg .lost { fill: #d9662b; }
svg .mood { fill: #7b6fd8; stroke: #fff; }
svg .told { stroke: #7b6fd8; stroke-dasharray: 2 3; }
svg text { fill: #333; }
svg .amount { text-anchor: end; }
svg .hour, svg .felt { text-anchor: middle; }
ol, ul { margin: 0; padding-left: 22px; }
li { margin-bottom: 10px; break-inside: avoid; overflow-wrap: anywhere; }
li p { margin: 0; }
li b { margin-right: 4px; padding: 0 6px; border: 1px solid #777; border-radius: 3px; font-size: 12px; }
li.alarm b, li.warning b { border-color: #111; }
li.alarm b { background: #111; color: #fff; print-color-adjust: exact; }
.evidence { margin: 2px 0 0; color: #555; font-size: 12px; line-height: 1.4; }
.evidence div { display: inline; margin-right: 10px; }
.evidence dt { display: inline; }
.evidence dt::after { content: ": "; }
.evidence dd { display: inline; margin: 0; }
.closing { margin: 18px 0; font-size: 16px; font-style: italic; break-inside: avoid; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 3px 12px 3px 0; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top; }
td.words { overflow-wrap: anywhere; min-width: 5em; }
.wide { overflow-x: auto; }
th { color: #555; font-weight: 600; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.figure { text-align: right; white-space: nowrap; }
.notes { white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 14pt; }
  table { font-size: 9pt; }
  .wide { overflow: visible; }
}
"""
