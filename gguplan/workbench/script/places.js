// The parts of the page: what the server rendered is put in its place, and what was in use stays in use.

let known = data.known;
let address = data.address;
let shownScenario = 0;
const placeOfCode = new Map(data.codes.map((code, place) => [code, place]));

function inUse() {
  const active = document.activeElement;
  const at = active && 'selectionStart' in active && active.type === 'text' ? active.selectionStart : null;
  return { id: active ? active.id : '', at };
}

function useAgain({ id, at }) {
  const active = byId(id);
  if (!active || document.activeElement === active) return;
  for (let around = active; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
  active.focus({ preventScroll: true });
  if (at !== null && 'setSelectionRange' in active) active.setSelectionRange(at, at);
}

function put(place, html) {
  const open = new Map([...place.querySelectorAll('details[id]')].map((one) => [one.id, one.open]));
  place.innerHTML = html;
  for (const one of place.querySelectorAll('details[id]')) {
    if (open.get(one.id)) one.open = true;
  }
}

function show(answer) {
  const used = inUse();
  for (const [name, html] of Object.entries(answer.fragments)) {
    const place = document.querySelector(`[data-fragment="${CSS.escape(name)}"]`);
    if (place) put(place, html);
  }
  known = answer.known;
  showMap(answer.map || lastMap, answer.chosen);
  useAgain(used);
  document.title = document.title.replace(/^.*(?= – )/, answer.title.replace(/\$/g, '$$$$'));
  const heard = document.querySelector('[data-heard]');
  byId('heard').textContent = heard ? heard.dataset.heard : '';
}
