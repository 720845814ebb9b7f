// What the address says is shown; what is chosen goes into the address.

let shown = null;
let shownScenario = 0;

function show(moveTo) {
  const { place, scenario, code } = chosen();
  const sameMunicipality = shown === place;
  shown = place;
  shownScenario = scenario;
  if (place === null) {
    byId('bill').hidden = true;
    document.title = `${document.querySelector('h1').textContent} – ${data.scenarios[0].title}`;
    byId('heard').textContent = '';
    if (code) byId('said').textContent = fill(texts.unknown, { code });
  } else {
    showBill(place, scenario);
    const { title } = data.scenarios[scenario];
    document.title = fill(texts.page_title, { name: data.names[place], title });
    const values = { name: data.names[place], amount: byId('bill-amount').textContent, title };
    byId('said').textContent = '';
    byId('heard').textContent = fill(texts.chosen, values);
    if (moveTo && !sameMunicipality) byId('bill-name').focus();
  }
  byId('band-title').textContent = data.scenarios[place === null ? 0 : scenario].title;
  byId('copied').textContent = '';
  showMap(place, scenario);
  markRow(place);
  showColumns(scenario);
}

startSearch();
startTable();
startMap();
byId('print').addEventListener('click', () => window.print());
byId('download').addEventListener('click', () => download(`${texts.file_name}-${data.codes[shown]}`, billLines(shown)));
byId('download-all').addEventListener('click', () => download(texts.file_name_all, everyLine()));
// Where nothing may be copied, the link itself is shown.
byId('copy').addEventListener('click', () => Promise.resolve()
  .then(() => navigator.clipboard.writeText(location.href))
  .then(() => texts.copied, () => location.href)
  .then((told) => { byId('copied').textContent = told; }));
// Without the address of the choice going lost.
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('content').focus();
});
for (const one of document.querySelectorAll('input[name="scenario"]')) {
  one.addEventListener('change', () => choose(shown, Number(one.value) - 1));
}
window.addEventListener('hashchange', () => show(true));
show(true);
