// The map: coloured as the server says; a click shows a bill, or puts a municipality outside a programme.

const areas = new Map([...document.querySelectorAll('#areas [data-place]')].map((one) => [Number(one.dataset.place), one]));
let lastMap = null;
let shownOutside = '';
let shownArea = null;

function showMap(map, chosen) {
  if (!byId('drawing')) return;
  lastMap = map;
  areas.forEach((area, place) => {
    const style = map.styles[map.place[place]];
    if (area.getAttribute('class') !== style) area.setAttribute('class', style);
  });
  showOutside();
  // To mark an area the browser must lay the page out: only where another one is chosen.
  const area = areas.get(placeOfCode.get(chosen)) || null;
  if (area !== shownArea) markArea(area || undefined);
  shownArea = area;
}

// Who is outside the programme that a click puts out of has a cross.
function showOutside() {
  const programme = byId('map-does').value;
  const places = programme ? lastMap.outside[programme] || [] : [];
  if (places.join() === shownOutside) return;
  shownOutside = places.join();
  byId('outside-marks').replaceChildren(...places.filter((place) => areas.has(place)).map((place) => {
    const { x, y, width, height } = areas.get(place).getBBox();
    const [cx, cy, r] = [x + width / 2, y + height / 2, 9];
    return drawn('path', { class: 'cross', d: `M${cx - r} ${cy - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}` });
  }));
}

// The words for an area are made when somebody points at it.
function nameArea({ target }) {
  const area = target.closest('[data-place]');
  if (!area || !lastMap) return;
  const place = Number(area.dataset.place);
  const effect = lastMap.effects[place];
  area.firstElementChild.textContent = fill(texts.map_area, {
    name: data.names[place],
    rate: perInhabitant(lastMap.rates[place]),
    effect: effect ? `${effect > 0 ? '+' : ''}${perInhabitant(effect)}` : texts.map_same,
  });
}

function startMap() {
  const does = byId('map-does');
  if (!does) return;
  does.append(element('option', { value: '' }, texts.map_shows), ...Object.entries(data.titles).map(([name, title]) =>
    element('option', { value: name }, fill(texts.map_puts_out, { title }))));
  does.addEventListener('change', showOutside);
  byId('areas').addEventListener('mouseover', nameArea);
  byId('areas').addEventListener('click', ({ target }) => {
    const area = target.closest('[data-place]');
    if (!area) return;
    const code = data.codes[Number(area.dataset.place)];
    if (does.value) act('outside', does.value, code);
    else act('choose', '', code);
  });
  showMap(data.map, data.chosen);
}
