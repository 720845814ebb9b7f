// What is in use stays in use when its part of the page is put anew; where it is gone, what comes after it is.

const controls = 'summary, input, select, textarea, button, a[href]';
const called = (start, name) => `#${CSS.escape(`${start}-${name}`)}`;
const headed = (path) => `${called('table', path)} > summary`;

// How a control is found again.
function nameOf(control) {
  if (control.tagName === 'SUMMARY') return control.parentElement.id ? `#${CSS.escape(control.parentElement.id)} > summary` : '';
  if (control.id) return `#${CSS.escape(control.id)}`;
  const { act, path = '', value = '' } = control.dataset;
  if (act === undefined) return '';
  return `[data-act="${act}"][data-path="${CSS.escape(path)}"][data-value="${CSS.escape(value)}"]`;
}

// What an act makes, and the lever that it is about.
function madeBy({ word, path, value, fields }) {
  if (word === 'table') return [headed(`${path}.${value}`)];
  if (word === 'row') {
    const rows = document.querySelectorAll(`${called('table', path)} > details[id^="table-"]`).length;
    const name = (fields.name || '').trim();
    return [headed(`${path}.${name}`), called('lever', `${path}.${name}`), headed(`${path}.${rows}`)];
  }
  return [];
}

function inUse(done) {
  const active = document.activeElement;
  const part = active.closest('[data-fragment]');
  if (!part) return null;
  const seen = [...part.querySelectorAll(controls)].filter((one) => one === active || one.getClientRects().length);
  const place = seen.indexOf(active);
  const around = [...seen.slice(place + 1), ...seen.slice(0, place).reverse()];
  const { word, path, value } = done;
  const lever = called('lever', path === 'without' ? `without-${value}` : path);
  const own = word === 'row' ? [] : [nameOf(active)];
  const names = [...madeBy(done), ...own, lever, ...around.map(nameOf)].filter(Boolean);
  const at = 'selectionStart' in active && active.type === 'text' ? active.selectionStart : null;
  return { active, names, at, heading: part.closest('section[tabindex]') };
}

function useAgain(used) {
  if (!used || used.active.isConnected) return;
  const found = used.names.map((name) => document.querySelector(name)).find(Boolean) || used.heading;
  if (!found) return;
  unfold(found.tagName === 'SUMMARY' ? found.parentElement.parentElement : found);
  found.focus({ preventScroll: true });
  const isSame = found.id && found.id === used.active.id;
  if (isSame && used.at !== null && 'setSelectionRange' in found) found.setSelectionRange(used.at, used.at);
  else found.scrollIntoView({ block: 'nearest' });
}

// Everything that it stands folded in.
function unfold(target) {
  for (let around = target; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
}
