// The table of all municipalities: in another order, or only some of them.

const body = byId('municipalities').tBodies[0];
// The address marks the row where there is no script; here it shows the bill.
const rows = [...body.rows].map((row) => {
  const place = placeOfCode.get(row.dataset.code || row.id);
  row.removeAttribute('id');
  return { row, place, key: `${plain(data.names[place])}|${plain(data.provinces[data.province[place]])}` };
});

function valuesToSort(head) {
  const { sort, scenario } = head.dataset;
  if (sort === 'name') return null;
  if (sort === 'province') return data.province;
  if (sort === 'inhabitants') return column(data.latest_inhabitants);
  return column(data.scenarios[Number(scenario)][sort]);
}

function sortBy(head) {
  const descends = head.getAttribute('aria-sort') === 'ascending'
    || (!head.hasAttribute('aria-sort') && !['name', 'province'].includes(head.dataset.sort));
  for (const other of document.querySelectorAll('#municipalities [aria-sort]')) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', descends ? 'descending' : 'ascending');
  const values = valuesToSort(head);
  const byName = (one, other) => data.names[one.place].localeCompare(data.names[other.place], data.language);
  const sign = descends ? -1 : 1;
  rows.sort((one, other) => (values ? sign * (values[one.place] - values[other.place]) || byName(one, other) : sign * byName(one, other)));
  body.replaceChildren(...rows.map((one) => one.row));
}

function startTable() {
  byId('every-tools').hidden = false;
  for (const head of document.querySelectorAll('#municipalities th[data-sort]')) {
    const button = element('button', { type: 'button', class: 'sorts' }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener('click', () => sortBy(head));
  }
  byId('filter').addEventListener('input', (event) => {
    const key = plain(event.target.value);
    for (const one of rows) one.row.hidden = !one.key.includes(key);
    const count = rows.filter((one) => !one.row.hidden).length;
    byId('filter-said').textContent = key ? fill(texts.shown, { count, all: rows.length }) : '';
  });
}

// On a telephone there is room for one scenario: that of the choice.
function showColumns(scenario) {
  const table = byId('municipalities');
  const first = scenario ? 2 + 3 * scenario : 3;
  const after = scenario ? first + 3 : 5;
  for (const row of [table.tHead.rows[table.tHead.rows.length - 1], ...rows.map((one) => one.row), table.tFoot.rows[0]]) {
    [...row.cells].forEach((cell, place) => cell.classList.toggle('other', place >= 3 && (place < first || place >= after)));
  }
  table.classList.add('chosen');
  if (byId('every-scenario')) byId('every-scenario').textContent = data.scenarios[scenario].title;
}

function markRow(place) {
  for (const one of rows) one.row.classList.toggle('active', one.place === place);
}

