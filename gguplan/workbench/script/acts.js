// What somebody does is sent to the server, one after the other; the state that follows stands in the address.

const tab = sessionStorage.getItem('tab') || String(Math.random()).slice(2);
sessionStorage.setItem('tab', tab);
// What was done and the server has not taken yet, in order.
const undone = [];
let isAsking = false;
// How often somebody went back or forth.
let moves = 0;

const step = () => (history.state && history.state.step) || 0;
const last = () => Number(sessionStorage.getItem('last') || 0);

function showSteps() {
  byId('undo').disabled = step() === 0;
  byId('redo').disabled = step() >= last();
}

function remember(newAddress, replaces) {
  address = newAddress;
  const to = `/?${newAddress}`;
  if (to === location.pathname + location.search) return;
  if (replaces) history.replaceState({ step: step() }, '', to);
  else {
    history.pushState({ step: step() + 1 }, '', to);
    sessionStorage.setItem('last', String(step()));
  }
  const language = byId('language');
  language.href = `${to.replace(/&?lang=[a-z]+$/, '')}&lang=${language.lang}`;
  showSteps();
}

function alarm(text) {
  byId('alarm').textContent = text;
  byId('alarm').hidden = !text;
}

async function send(path, content, keepalive = false) {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    keepalive,
    headers: { 'content-type': 'application/json', 'x-tab': tab },
    body: JSON.stringify(content),
  });
  // A server that has no place for a request has not read it.
  if (response.status === 503) throw new Error('no place');
  return response;
}

async function answerOf(response) {
  // What the server refuses before it reads it has no answer in JSON.
  try {
    return await response.json();
  } catch (_unreadable) {
    return { findings: [texts.refused] };
  }
}

// One act; true once the server has taken it, or refused it for good.
async function ask(done) {
  const { word, path, value, replaces, text, fields } = done;
  const here = moves;
  let response;
  try {
    response = await send('/act', { address, act: word, path, value, known, tab, text, fields });
  } catch (_stopped) {
    alarm(waitingWords(texts.stopped));
    return false;
  }
  if (response.status === 401) {
    alarm(waitingWords(texts.again));
    return false;
  }
  // Somebody went on to another state meanwhile, which is asked for next.
  if (replaces && here !== moves) return true;
  const answer = await answerOf(response);
  if (!response.ok) {
    const what = [...new Set(answer.findings || [])].join(' ');
    alarm(fill(texts.wrong, { what }));
    if (fields) refuseFields(formOf(done), answer.places || [], answer.findings || []);
    else refuse(leverOf(word, path, value), what);
    return true;
  }
  // Another page of the same tab came before it.
  if (answer.superseded) return ask(done);
  alarm('');
  remember(answer.address, replaces);
  if (answer.population !== data.population) {
    // Other municipalities, programmes or groups: another map, and other names to type.
    const added = Object.keys(answer.known).find((name) => name.startsWith('levers-programmes.') && !(name in known));
    if (word === 'programme' && added) sessionStorage.setItem('focus', `${added.replace(/^levers/, 'lever')}.gross`);
    if (word === 'group') sessionStorage.setItem('focus', `lever-groups.${fields.name.trim()}.municipalities`);
    if (fields) formOf(done).reset();
    loadAgain();
    return true;
  }
  show(answer, done);
  if (fields && formOf(done)) forgetRefusals(formOf(done));
  if (word === 'back') settleBelow(path);
  settle(leverOf(word, path, value), value);
  markEarlier();
  return true;
}

// The server is asked one act after the other; one that does not answer is asked again until it does.
async function askAll() {
  if (isAsking) return;
  isAsking = true;
  try {
    while (undone.length && await ask(undone[0])) undone.shift();
  } finally {
    isAsking = false;
  }
  for (const { word, path, value } of undone) markUntaken(leverOf(word, path, value));
  if (undone.length) setTimeout(askAll, 1000);
}

// The form that an act was typed in.
function formOf({ word, path }) {
  const forms = [...document.querySelectorAll(`form[data-fields="${CSS.escape(word)}"]`)];
  return forms.find((form) => (form.dataset.path || '') === path);
}

// When everything that was done is taken: what is taken back then is the last of it.
async function whenTaken() {
  while (undone.length) await new Promise((goOn) => { setTimeout(goOn, 30); });
}

function act(word, path = '', value = '', { replaces = false, text = '', fields } = {}) {
  const latest = undone.at(-1);
  // Of what waits only the latest counts: another value of the same lever takes the place of the first.
  const isInPlace = undone.length > (isAsking ? 1 : 0) && ['set', 'choose', 'look'].includes(word)
    && latest.word === word && latest.path === path;
  if (isInPlace) undone.pop();
  undone.push({ word, path, value, replaces, text, fields });
  askAll();
}

function waitingWords(text) {
  return undone.some(({ word }) => word !== 'look') ? `${text} ${texts.untaken}` : text;
}

// As the search of the page calls it.
const choose = (place) => act('choose', '', data.codes[place]);
