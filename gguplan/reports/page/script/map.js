// The map: the classes of the chosen scenario, with the chosen municipality marked.

const areas = new Map([...document.querySelectorAll('#areas [data-place]')].map((one) => [Number(one.dataset.place), one]));

function swatch(style) {
  return drawn('svg', { class: 'swatch', viewBox: '0 0 28 18', 'aria-hidden': 'true' },
    drawn('rect', { width: 28, height: 18, class: style }));
}

function colour(index) {
  const scenario = data.scenarios[index];
  const classes = data.classes[index];
  const rates = column(index ? scenario.effect_rate : scenario.rate);
  areas.forEach((area, place) => {
    area.setAttribute('class', classes.styles[classes.place[place]]);
    area.firstElementChild.textContent = `${data.names[place]}: ${perInhabitant(rates[place])}`;
  });
  byId('map-scenario').textContent = scenario.title;
  byId('map-title').textContent = classes.title;
  const words = classes.labels.map((label, number_) => fill(texts.map_class, { label, count: classes.counts[number_] }));
  byId('legend').replaceChildren(...words.map((text, number_) =>
    element('li', {}, swatch(classes.styles[number_]), ' ', element('span', {}, text))));
  byId('map-alike').hidden = words.length > 1;
  byId('drawing').setAttribute('aria-label', fill(texts.map_shows, { what: classes.title, classes: words.join('; ') }));
}

function showMap(place, index) {
  if (!byId('drawing')) return;
  colour(index);
  markArea(areas.get(place));
}

function startMap() {
  areas.forEach((area, place) => area.addEventListener('click', () => choose(place, shownScenario)));
  for (const one of document.querySelectorAll('.script-only')) one.hidden = false;
}

