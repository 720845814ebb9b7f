// What somebody does is sent to the server, one after the other; the state that follows stands in the address.

const tab = sessionStorage.getItem('tab') || String(Math.random()).slice(2);
sessionStorage.setItem('tab', tab);
let waiting = Promise.resolve();
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

let listening = null;

function waitForTheServer() {
  if (listening) return;
  listening = setInterval(() => act('look', '', '', true), 2000);
}

async function send(path, content) {
  return fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  });
}

async function answerOf(response) {
  // What the server refuses before it reads it has no answer in JSON.
  try {
    return await response.json();
  } catch (_unreadable) {
    return { findings: [texts.refused] };
  }
}

async function ask(word, path, value, replaces, text) {
  const here = moves;
  let response;
  try {
    response = await send('/act', { address, act: word, path, value, known, tab, text });
  } catch (_stopped) {
    alarm(texts.stopped);
    waitForTheServer();
    return;
  }
  if (response.status === 401) {
    alarm(texts.again);
    waitForTheServer();
    return;
  }
  if (listening) {
    clearInterval(listening);
    listening = null;
  }
  // Somebody went on to another state meanwhile, which is asked for next.
  if (replaces && here !== moves) return;
  const answer = await answerOf(response);
  if (!response.ok) {
    alarm(fill(texts.wrong, { what: (answer.findings || []).join(' ') }));
    return;
  }
  alarm('');
  remember(answer.address, replaces);
  if (answer.population !== data.population) {
    // Other municipalities: another map, and other names to type.
    location.reload();
    return;
  }
  show(answer);
  markEarlier();
}

function act(word, path = '', value = '', replaces = false, text = '') {
  waiting = waiting.then(() => ask(word, path, value, replaces, text));
  return waiting;
}

// As the search of the page calls it.
const choose = (place) => act('choose', '', data.codes[place]);
