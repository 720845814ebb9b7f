// The bill of the chosen municipality.

const numberCell = (text, kind) => element('td', { class: kind ? `number ${kind}` : 'number' }, text);

// Who has no inhabitants has no amount per inhabitant.
const isBody = (place) => data.bodies.includes(place);
const rateOf = (place, units) => (isBody(place) ? '–' : perInhabitant(units));

function changeInWords(scenario, place) {
  const effect = column(scenario.effect)[place];
  const baseline = data.scenarios[0].title;
  if (effect === 0) return fill(texts.same, { baseline });
  const amount = euros(Math.abs(effect));
  const words = fill(effect > 0 ? texts.more : texts.less, { amount, baseline });
  return scenario.paid_nothing.includes(place) ? words : `${words} (${percent(column(scenario.effect_permille)[place])})`;
}

function otherDates(scenario, place) {
  const parts = scenario.other_dates.map(({ year, changes }) => {
    const cents = column(changes)[place];
    const text = cents === 0 ? texts.date_same : cents > 0 ? texts.date_more : texts.date_less;
    return fill(text, { year, amount: euros(Math.abs(cents)) });
  });
  return parts.length ? fill(texts.other_dates, { parts: parts.join('; ') }) : '';
}

function fillBeside(place, active) {
  const body = byId('beside').tBodies[0];
  body.replaceChildren(...data.scenarios.map((one, index) => {
    const cells = [numberCell(euros(column(one.to_pay)[place]))];
    const rate = numberCell(rateOf(place, column(one.rate)[place]), 'spare');
    if (one.effect === undefined) cells.push(numberCell('–'), numberCell('–', 'spare'), rate, numberCell('–', 'spare'));
    else {
      const part = one.paid_nothing.includes(place) ? '–' : percent(column(one.effect_permille)[place]);
      const effectRate = numberCell(rateOf(place, column(one.effect_rate)[place]), 'spare');
      cells.push(numberCell(euros(column(one.effect)[place])), numberCell(part, 'spare'), rate, effectRate);
    }
    return element('tr', index === active ? { class: 'active' } : {}, element('th', { scope: 'row' }, one.title), ...cells);
  }));
}

function programmeRows(programme, place, number_, withEffect) {
  const amount = (name) => (programme[name] === null ? 0 : column(programme[name])[place]);
  const title = (programme.outside.find(({ places }) => places.includes(place)) ?? programme).title;
  const id = `sum-${number_}`;
  const button = element('button', { type: 'button', class: 'opens', 'aria-expanded': 'false', 'aria-controls': id }, texts.show_sum);
  button.setAttribute('aria-label', fill(texts.sum_of, programme));
  const head = element('th', { scope: 'row' }, element('span', { class: 'title' }, title),
    ...shortSum(programme, place).map((text) => element('span', { class: 'short' }, together(text))), button);
  const cells = [numberCell(euros(amount('to_pay'))), numberCell(euros(amount('net')), 'spare net'),
    numberCell(euros(amount('vat')), 'spare'), numberCell(rateOf(place, amount('rate')), 'rate')];
  if (withEffect) cells.push(numberCell(euros(amount('effect')), 'effect'));
  const behind = element('tr', { id, class: 'behind', hidden: '' },
    element('td', { colspan: withEffect ? 6 : 5 }, listOf(wholeSum(programme, place))));
  button.addEventListener('click', () => {
    behind.hidden = !behind.hidden;
    button.setAttribute('aria-expanded', String(!behind.hidden));
  });
  return [element('tr', {}, head, ...cells), behind];
}

function goneRow(programme, place) {
  const nothing = euros(0);
  return element('tr', {}, element('th', { scope: 'row' }, element('span', { class: 'title' }, fill(texts.gone, programme))),
    numberCell(nothing), numberCell(nothing, 'spare net'), numberCell(nothing, 'spare'), numberCell(rateOf(place, 0), 'rate'),
    numberCell(euros(column(programme.effect)[place]), 'effect'));
}

function fillProgrammes(scenario, place) {
  const table = byId('programmes');
  const withEffect = scenario.effect !== undefined;
  table.classList.toggle('without-effect', !withEffect);
  table.tBodies[0].replaceChildren(
    ...scenario.programmes.flatMap((one, index) => programmeRows(one, place, index, withEffect)),
    ...(scenario.gone || []).map((one) => goneRow(one, place)));
  const cells = [numberCell(euros(column(scenario.to_pay)[place])), numberCell(euros(column(scenario.net)[place]), 'spare net'),
    numberCell(euros(column(scenario.vat)[place]), 'spare'), numberCell(rateOf(place, column(scenario.rate)[place]), 'rate')];
  if (withEffect) cells.push(numberCell(euros(column(scenario.effect)[place]), 'effect'));
  table.tFoot.replaceChildren(element('tr', {}, element('th', { scope: 'row' }, texts.total), ...cells));
}

function fillYears(scenario, place) {
  const years = scenario.years.filter(({ inhabitants }) => column(inhabitants)[place] > 0);
  byId('ahead').hidden = years.length === 0;
  byId('years').tBodies[0].replaceChildren(...years.map(({ year, inhabitants, to_pay, low, high, rate }) => {
    const [expected, least, most] = [to_pay, low, high].map((cents) => column(cents)[place]);
    // To the cent where nothing is drawn, else about, in whole euros.
    const amounts = least === most ? [euros(expected), '', ''] : [expected, least, most].map(wholeEuros);
    return element('tr', {}, element('th', { scope: 'row' }, String(year)),
      numberCell(number(column(inhabitants)[place]), 'spare'), ...amounts.map((text) => numberCell(text)),
      numberCell(perInhabitant(column(rate)[place]), 'spare'));
  }));
}

function showBill(place, index) {
  const scenario = data.scenarios[index];
  const inhabitants = fill(texts.inhabitants, { count: number(column(scenario.inhabitants)[place]) });
  const where = fill(texts.place, { code: data.codes[place], province: data.provinces[data.province[place]] });
  const kind = fill(texts.body, { code: data.codes[place], kind: data.provinces[data.province[place]] });
  byId('bill-name').textContent = data.names[place];
  byId('bill-place').textContent = isBody(place) ? kind : `${where}; ${inhabitants} ${data.counted_on[index]}`;
  byId('bill-title').textContent = scenario.title;
  byId('bill-amount').textContent = euros(column(scenario.to_pay)[place]);
  const rate = fill(texts.per_inhabitant, { amount: perInhabitant(column(scenario.rate)[place]) });
  byId('bill-rate').textContent = isBody(place) ? '' : rate;
  byId('bill-change').textContent = scenario.effect === undefined ? '' : changeInWords(scenario, place);
  byId('bill-dates').textContent = otherDates(scenario, place);
  if (byId('beside')) fillBeside(place, index);
  fillProgrammes(scenario, place);
  if (byId('ahead')) fillYears(scenario, place);
  showStanding(scenario, place);
  for (const one of document.querySelectorAll('input[name="scenario"]')) one.checked = Number(one.value) === index + 1;
  byId('bill').hidden = false;
}

