// Finding a municipality: a combobox after the ARIA Authoring Practices.

const MOST_HITS = 12;
const MOST_SUGGESTED = 5;

function plain(name) {
  return name.replace(/[’‘`´ʼʹ′‛＇]/g, "'").normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\./g, '')
    .replace(/(^|[^\p{L}\p{N}_])'(?=[\p{L}\p{N}_])/gu, '$1').replace(/[\s‐‑‒–—−_,()[\]/-]+/g, ' ').trim()
    .replace(/^gemeente /, '').replace(/ gemeente$/, '');
}

const entries = [
  ...data.names.map((name, place) => ({ key: plain(name), place, why: '' })),
  ...data.other_names.flatMap(([name, how, year, places]) =>
    places.map((place) => ({ key: plain(name), place, why: fill(texts[how], { name, year }) }))),
];

function hitsFor(typed) {
  const code = /^(?:gm\s?)?(\d{1,4})$/i.exec(typed.trim());
  if (code) {
    const place = placeOfCode.get(`GM${code[1].padStart(4, '0')}`);
    return place === undefined ? [] : [{ place, why: '', rank: 0, equal: true }];
  }
  const key = plain(typed);
  if (!key) return [];
  const best = new Map();
  for (const one of entries) {
    if (!one.key.includes(key)) continue;
    const match = one.key === key ? 0 : one.key.startsWith(key) ? 1 : one.key.includes(` ${key}`) ? 4 : 6;
    // What is called so, or begins so, goes before what has or had another name like it.
    const rank = match + (one.why ? (match < 2 ? 2 : 1) : 0);
    const known = best.get(one.place);
    const equal = one.key === key || Boolean(known && known.equal);
    best.set(one.place, !known || rank < known.rank ? { place: one.place, why: one.why, rank, equal } : { ...known, equal });
  }
  return [...best.values()].sort((one, other) =>
    one.rank - other.rank || data.names[one.place].localeCompare(data.names[other.place], data.language));
}

// How many letters must be added, left out, changed or swapped to make one word of the other; above `most` it is most + 1.
function mistakes(typed, key, most) {
  if (Math.abs(typed.length - key.length) > most) return most + 1;
  let before = null;
  let last = [...Array(key.length + 1).keys()];
  for (let row = 1; row <= typed.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= key.length; at += 1) {
      const changed = typed[row - 1] === key[at - 1] ? 0 : 1;
      now[at] = Math.min(now[at - 1] + 1, last[at] + 1, last[at - 1] + changed);
      const swapped = row > 1 && at > 1 && typed[row - 1] === key[at - 2] && typed[row - 2] === key[at - 1];
      if (swapped) now[at] = Math.min(now[at], before[at - 2] + 1);
    }
    [before, last] = [last, now];
  }
  return Math.min(last[key.length], most + 1);
}

function suggestionsFor(typed) {
  const key = plain(typed);
  const most = key.length < 4 ? 0 : key.length < 8 ? 1 : 2;
  const best = new Map();
  for (const one of most ? entries : []) {
    const rank = mistakes(key, one.key, most);
    const known = best.get(one.place);
    if (rank <= most && (!known || rank < known.rank)) best.set(one.place, { place: one.place, why: one.why, rank });
  }
  return [...best.values()].sort((one, other) => one.rank - other.rank).slice(0, MOST_SUGGESTED);
}

const box = byId('name');
const list = byId('hits');
let hits = [];
let suggested = false;
let active = -1;

function closeHits() {
  list.hidden = true;
  active = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

function markActive(index) {
  active = index;
  [...list.children].forEach((item, place) => item.setAttribute('aria-selected', String(place === index)));
  if (index < 0) box.removeAttribute('aria-activedescendant');
  else {
    box.setAttribute('aria-activedescendant', `hit-${index}`);
    list.children[index].scrollIntoView({ block: 'nearest' });
  }
}

function showHits() {
  hits = hitsFor(box.value);
  suggested = !hits.length;
  if (suggested) hits = suggestionsFor(box.value);
  const shown = hits.slice(0, MOST_HITS);
  list.replaceChildren(...shown.map((hit, index) => {
    const words = fill(texts.place, { code: data.codes[hit.place], province: data.provinces[data.province[hit.place]] });
    const item = element('li', { id: `hit-${index}`, role: 'option', 'aria-selected': 'false' },
      element('span', { class: 'hit-name' }, data.names[hit.place]), ' ',
      element('span', { class: 'hit-words' }, hit.why ? `${words}; ${hit.why}` : words));
    item.addEventListener('mousedown', (event) => event.preventDefault());
    item.addEventListener('click', () => take(hit));
    return item;
  }));
  if (!shown.length) closeHits();
  else {
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
    markActive(-1);
  }
  const foundSome = hits.length === 1 ? texts.found_one : texts.found_many;
  const said = !hits.length ? texts.found_none : suggested ? texts.suggested : foundSome;
  byId('said').textContent = box.value.trim() ? fill(said, { count: hits.length }) : '';
}

function take(hit) {
  box.value = data.names[hit.place];
  closeHits();
  byId('said').textContent = '';
  choose(hit.place, shownScenario);
}

function takeWhatIsMeant() {
  const [own, known] = [hits.filter((hit) => hit.rank === 0), hits.filter((hit) => hit.equal)];
  if (active >= 0) take(hits[active]);
  else if (!suggested && hits.length === 1) take(hits[0]);
  else if (!suggested && own.length === 1) take(own[0]);
  else if (!suggested && known.length === 1) take(known[0]);
  // What was looked for is not there, so the bill of another does not stand under it.
  else if (suggested && box.value.trim() && location.hash) location.hash = '';
}

function startSearch() {
  byId('search').hidden = false;
  box.addEventListener('input', showHits);
  box.addEventListener('blur', closeHits);
  box.addEventListener('keydown', (event) => {
    const last = list.children.length - 1;
    const open = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) showHits();
      if (list.hidden) return;
      const down = event.key === 'ArrowDown';
      markActive(down ? (active >= last ? 0 : active + 1) : (active <= 0 ? list.children.length - 1 : active - 1));
    } else if (event.key === 'Escape') {
      if (open) closeHits();
      else box.value = '';
      byId('said').textContent = '';
    }
  });
  byId('search').addEventListener('submit', (event) => {
    event.preventDefault();
    const index = active;
    if (list.hidden) showHits();
    if (index >= 0) active = index;
    takeWhatIsMeant();
  });
}

