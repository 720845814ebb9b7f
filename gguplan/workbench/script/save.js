// Saving, and opening what was saved.

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/toml' }));
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function save(toFolder) {
  const name = toFolder ? byId('save-name').value.trim() : null;
  const said = byId('save-said');
  let response;
  try {
    response = await send('/save', {
      address, tab, name, title: byId('save-title').value, source: byId('save-source').value,
      overwrite: Boolean(toFolder && byId('save-over').checked),
    });
  } catch (_stopped) {
    alarm(texts.stopped);
    return;
  }
  const answer = await answerOf(response);
  const { places = [], findings = [] } = answer;
  if (response.status === 401) {
    alarm(texts.again);
    return;
  }
  forgetRefusals(byId('save-form'));
  if (!response.ok) refuseFields(byId('save-form'), places, findings);
  // What is wrong at no field of the form stands below it.
  said.classList.toggle('finding', !response.ok);
  said.textContent = response.ok ? answer.written || texts.ready : findings.filter((_, number) => !byId(places[number])).join(' ');
  if (response.ok && !toFolder) download(answer.name, answer.text);
  // What was saved can be started from.
  if (response.ok && toFolder) act('look', '', '', { replaces: true });
}

// What is saved is called as what is worked on, until somebody calls it otherwise.
function nameTheScenario(title) {
  const field = byId('save-title');
  const isOwn = isTyped(field);
  field.defaultValue = title;
  if (!isOwn) field.value = title;
}

function startSaving() {
  byId('save-form').addEventListener('submit', (event) => {
    event.preventDefault();
    save(Boolean(event.submitter && event.submitter.dataset.where));
  });
  byId('open-file').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    if (file) act('open', '', '', { text: (await file.text()).slice(0, 900000) });
    target.value = '';
  });
}
