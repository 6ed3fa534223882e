/* What is wrong with the page as it is laid out now: a list of sentences, and every text a visitor meets. */
() => {
  const CONTROLS = 'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=radio], [role=tab]';
  const faults = [];
  const say = (what, element) => faults.push(`${what}: ${outline(element)}`);
  const outline = (element) => {
    const holder = element.closest('[class*=st-key-], [data-testid^=st]');
    const words = (element.textContent || element.value || '').trim().slice(0, 60);
    return `<${element.tagName.toLowerCase()}> “${words}” in ${holder?.dataset.testid} ${/st-key-\S+/.exec(holder?.className) ?? ''}`;
  };
  const seen = (element) => {
    if (element.closest('[data-testid=stSidebar][data-collapsed=true]')) return false;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  /* An icon is a word in a font that draws it; Streamlit names it after that word, in English. */
  const icon = (element) => getComputedStyle(element).fontFamily.includes('Material Symbols');
  const textsOf = function* (root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) yield [walker.currentNode, walker.currentNode.parentElement];
  };
  const words = (element) =>
    [...textsOf(element)].filter(([, at]) => at.checkVisibility() && !icon(at)).map(([text]) => text.data).join('').trim();
  const chain = function* (element) {
    for (let at = element; at; at = at.parentElement) yield at;
  };

  /* Colours, as far as browsers write them. */
  const colour = (text) => {
    const found = /^(rgba?|color)\((?:srgb )?([^)]*)\)$/.exec(text);
    if (!found) throw new Error(`a colour nobody can read: ${text}`);
    const parts = found[2].split(/[\s,/]+/).filter(Boolean).map(Number);
    const scale = found[1] === 'color' ? 255 : 1;
    return [...parts.slice(0, 3).map((part) => part * scale), parts[3] ?? 1];
  };
  const over = (top, below, alpha = top[3]) => [0, 1, 2].map((i) => top[i] * alpha + below[i] * (1 - alpha)).concat(1);
  const luminance = (rgb) => {
    const linear = rgb.slice(0, 3).map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    const layers = [];
    for (const at of chain(element)) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) break;
    }
    const page = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), page);
  };
  /* What a chart painted beneath a text of its own. */
  const painted = (text, box, base) => {
    const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    let below = base;
    for (const shape of text.closest('.js-plotly-plot').querySelectorAll('path, rect, circle')) {
      if (!(text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING)) continue;
      const style = getComputedStyle(shape);
      if (/none|url/.test(style.fill) || /* a hatched bar is drawn once more beneath its hatching */ !shape.checkVisibility() || shape.closest('defs, clipPath')) continue;
      const matrix = shape.getScreenCTM();
      if (!matrix || !shape.isPointInFill(middle.matrixTransform(matrix.inverse()))) continue;
      const fill = colour(style.fill);
      below = over(fill, below, fill[3] * Number(style.fillOpacity) * Number(style.opacity));
    }
    return below;
  };
  const DIM = ':disabled, [disabled], [aria-disabled=true], [data-stale=true]';
  const readable = (element, box, style) => {
    if (icon(element) && words(element.closest('p, button, a') ?? element)) return; // what it means stands beside it
    if (element.closest(DIM) || element.closest('label')?.querySelector(DIM)) return;
    const drawn = element.closest('svg') && element.closest('.js-plotly-plot');
    const base = ground(drawn || element);
    const below = drawn ? painted(element, box, base) : base;
    const ink = colour(drawn ? style.fill : style.color);
    const opacity = [...chain(element)].reduce((product, at) => product * Number(getComputedStyle(at).opacity), 1);
    const ratio = contrast(over(ink, below, ink[3] * opacity), below);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const sign = !/[\p{L}\p{N}]/u.test(element.textContent);
    if (ratio < (large || sign || icon(element) ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
  };
  const uncut = (element, box) => {
    for (const at of chain(element)) {
      if (at.title) return;
      const style = getComputedStyle(at);
      const edge = at.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowX) && at !== element) return;
      if (edge.width <= 1) return; // meant for ears only
      const clips = /hidden|clip/.test(style.overflowX) || at.matches('svg.main-svg');
      const shortened = style.textOverflow === 'ellipsis' && at.scrollWidth > at.clientWidth + 1;
      if (clips && (shortened || box.right > edge.right + 1.5 || box.left < edge.left - 1.5)) return say('cut', element);
    }
  };

  const texts = new Set();
  for (const [text, element] of textsOf(document.body)) {
    const said = text.data.trim();
    if (!said || element.closest('script, style, noscript')) continue;
    if (element.closest('canvas')) texts.add(said);
    if (!seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!icon(element) && !element.closest('code, pre')) texts.add(said);
    readable(element, box, getComputedStyle(element));
    uncut(element, box);
  }
  for (const element of document.querySelectorAll('p, li, label, button, summary, h1, h2, h3, [role=alert], text'))
    if (seen(element) && !element.querySelector('code')) texts.add(words(element));
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    if (!icon(element)) for (const name of ['aria-label', 'placeholder', 'title'])
      if (element.getAttribute(name)) texts.add(element.getAttribute(name).trim());

  const main = document.querySelector('[data-testid=stMain]');
  for (const whole of [document.documentElement, main])
    if (whole.scrollWidth > whole.clientWidth + 1) say(`${whole.scrollWidth - whole.clientWidth} px too wide`, whole);

  /* The check-in floats above the page on purpose, the arrows of tabs above those they scroll to. */
  const floating = (element) =>
    element.matches('[data-testid^=stTabsScroll]') || [...chain(element)].some((at) => getComputedStyle(at).position === 'fixed');
  const controls = [...document.querySelectorAll(CONTROLS)].filter((at) => seen(at) && main.contains(at) && !floating(at));
  const boxes = controls.map((control) => control.getBoundingClientRect());
  controls.forEach((one, i) => controls.slice(i + 1).forEach((other, j) => {
    if (one.contains(other) || other.contains(one) || one.closest('label')?.contains(other)) return;
    const [a, b] = [boxes[i], boxes[i + 1 + j]];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 2) say(`overlaps ${outline(other)}`, one);
  }));

  const named = (element) =>
    element.getAttribute('aria-label') || element.title || element.textContent.trim() || element.labels?.[0]?.textContent ||
    document.getElementById(element.getAttribute('aria-labelledby'))?.textContent || element.closest('label')?.textContent;
  for (const control of document.querySelectorAll(CONTROLS))
    if (seen(control) && !control.closest('[aria-hidden=true]') && !named(control)?.trim()) say('without a name', control);
  for (const chart of document.querySelectorAll('[data-testid=stPlotlyChart], [data-testid=stDataFrame]'))
    if (!chart.querySelector('[aria-label]') && !chart.closest('[aria-label]')) say('without an alt text', chart);
  const levels = [...main.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen).map((at) => Number(at.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) faults.push(`headings of the page: ${levels}`);
  levels.forEach((level, i) => i && level > levels[i - 1] + 1 && faults.push(`heading ${level} after ${levels[i - 1]}`));
  return { faults: [...new Set(faults)], texts: [...texts] };
}
