// The parts of the page: what the server rendered is put in its place, and what was in use stays in use.

let known = data.known;
let address = data.address;
let isPutting = false;
// The search of the page of municipalities says of which scenario it chooses.
const shownScenario = 0;
const placeOfCode = new Map(data.codes.map((code, place) => [code, place]));

function put(place, html) {
  const open = new Map([...place.querySelectorAll('details[id]')].map((one) => [one.id, one.open]));
  // A browser tells of a change in a field that is taken away: that is no change of who typed.
  isPutting = true;
  place.innerHTML = html;
  isPutting = false;
  for (const one of place.querySelectorAll('details[id]')) {
    if (open.get(one.id)) one.open = true;
  }
}

function show(answer, done) {
  const used = inUse(done);
  const typed = stillTyped(done);
  for (const [name, html] of Object.entries(answer.fragments)) {
    const place = document.querySelector(`[data-fragment="${CSS.escape(name)}"]`);
    if (place) put(place, html);
  }
  known = answer.known;
  showMap(answer.map || lastMap, answer.chosen);
  typeAgain(typed);
  useAgain(used);
  document.title = document.title.replace(/^.*(?= – )/, answer.title.replace(/\$/g, '$$$$'));
  nameTheScenario(answer.title);
  const heard = document.querySelector('[data-heard]');
  byId('heard').textContent = heard ? heard.dataset.heard : '';
}
