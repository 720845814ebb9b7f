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

