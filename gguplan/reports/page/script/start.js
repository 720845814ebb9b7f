// What every part uses: the data of the page, and elements made without reading names as HTML.

const data = JSON.parse(document.getElementById('data').textContent);
const texts = data.texts;
const byId = (id) => document.getElementById(id);
const column = (place) => data.columns[place];

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) =>
    Object.prototype.hasOwnProperty.call(values, name) ? String(values[name]) : place);
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawn(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}


// The area of who is chosen on a map has a ring; without an area there is none.
function markArea(area) {
  const mark = byId('mark');
  mark.replaceChildren();
  mark.toggleAttribute('hidden', !area);
  if (!area) return;
  const { x, y, width, height } = area.getBBox();
  const ring = { cx: x + width / 2, cy: y + height / 2, r: Math.max(width, height) / 2 + 14 };
  mark.append(drawn('path', { class: 'outline', d: area.getAttribute('d') }),
    drawn('circle', { class: 'ring under', ...ring }), drawn('circle', { class: 'ring', ...ring }));
}
