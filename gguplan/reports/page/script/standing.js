// Where a municipality stands among those of its size: in words, and as dots on a line.

function otherPlaces(scenario, place) {
  const sizes = column(scenario.size);
  return sizes.map((_size, other) => other).filter((other) => other !== place && sizes[other] === sizes[place]);
}

function dots(values, own, write) {
  const [width, base, room] = [640, 100, 84];
  const low = Math.min(own, ...values);
  const high = Math.max(own, ...values);
  const x = (value) => Math.round(12 + ((width - 24) * (value - low)) / (high - low));
  const stacks = new Map();
  const spots = values.map((value) => {
    const spot = Math.round(x(value) / 8);
    stacks.set(spot, (stacks.get(spot) || 0) + 1);
    return { cx: x(value), level: stacks.get(spot) };
  });
  const step = Math.min(8, room / Math.max(...stacks.values()));
  const circles = spots.map(({ cx, level }) => drawn('circle', { class: 'dot', cx, cy: base - step * (level - 1) - 6, r: 3.5 }));
  return drawn('svg', { class: 'strip', viewBox: `0 0 ${width} 146`, 'aria-hidden': 'true', focusable: 'false' },
    drawn('line', { class: 'axis', x1: 4, x2: width - 4, y1: base, y2: base }), ...circles,
    drawn('path', { class: 'own', d: `M${x(own)} ${base + 2}l-9 16h18z` }),
    drawn('text', { class: 'axis-text', x: 4, y: 138 }, write(low)),
    drawn('text', { class: 'axis-text', x: width - 4, y: 138, 'text-anchor': 'end' }, write(high)));
}

// Who pays the amount of `end`: its name, or how many pay that to a cent, for then no name says more than another.
function whoPays(places, values, end) {
  const count = places.filter((place) => Math.abs(values[place] - values[end]) < 100).length;
  if (count === 1) return { amount: perInhabitant(values[end]), who: data.names[end] };
  return { amount: euros(Math.round(values[end] / 100)), who: fill(texts.so_many_to_a_cent, { count: number(count) }) };
}

function standingOf(scenario, place, counts, rates, text, sameText) {
  const others = otherPlaces(scenario, place);
  const size = data.sizes[column(scenario.size)[place]];
  if (!others.length) return [element('p', {}, fill(texts.only_one, { name: data.names[place], size }))];
  const [more, same, less] = counts.map((one) => number(column(one)[place]));
  const count = number(others.length);
  const told = [element('p', {}, fill(same === count ? sameText : text, { count, size, more, same, less }))];
  const values = column(rates);
  const ordered = [place, ...others].sort((one, other) => values[one] - values[other] || one - other);
  const [lowest, highest] = [ordered[0], ordered[ordered.length - 1]];
  // Less than a cent apart is rounding of the bills: then there is nothing to draw.
  if (values[highest] - values[lowest] < 100) return told;
  told.push(dots(others.map((other) => values[other]), values[place], perInhabitant));
  const [low, high] = [lowest, highest].map((end) => whoPays(ordered, values, end));
  told.push(element('p', { class: 'meta' }, together(fill(texts.lowest_and_highest, {
    lowest: low.amount,
    low_name: low.who,
    highest: high.amount,
    high_name: high.who,
  }))));
  return told;
}

function showStanding(scenario, place) {
  byId('standing-heading').hidden = isBody(place);
  if (isBody(place)) {
    byId('standing').replaceChildren();
    return;
  }
  const told = standingOf(scenario, place, scenario.standing, scenario.rate, texts.standing, texts.standing_same);
  if (scenario.effect !== undefined) {
    const { effect_standing: counts, effect_rate: rates } = scenario;
    told.push(...standingOf(scenario, place, counts, rates, texts.effect_standing, texts.effect_standing_same));
  }
  byId('standing').replaceChildren(...told);
}

