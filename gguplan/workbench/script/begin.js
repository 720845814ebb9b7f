// What is typed, chosen and pressed.

// A browser tells of a day at every digit that is typed: it is sent when the field is left, or with Enter.
const typedDays = new Set();

function sendDay(field) {
  if (!typedDays.delete(field)) return;
  if (field.validity.badInput) refuse(field, texts.no_day);
  else if (field.value !== field.defaultValue) act('set', field.dataset.path, field.value);
  else settle(field, field.value);
}

function sendPutAnew(field) {
  if (putAnew.delete(field) && isTyped(field)) act('set', field.dataset.path, field.value);
}

document.addEventListener('keydown', ({ target, key }) => {
  if (key === 'Enter') sendPutAnew(target);
  if (target.type !== 'date' || target.dataset.path === undefined) return;
  if (key === 'Enter') sendDay(target);
  else if (key !== 'Tab') typedDays.add(target);
});
document.addEventListener('focusout', ({ target }) => {
  if (isPutting) return;
  sendDay(target);
  sendPutAnew(target);
});

document.addEventListener('change', ({ target }) => {
  if (isPutting || typedDays.has(target)) return;
  putAnew.delete(target);
  if (target.dataset.path !== undefined && target.closest('.lever')) {
    act('set', target.dataset.path, target.type === 'checkbox' ? String(target.checked) : target.value);
  } else if (target.dataset.toggle !== undefined) act('toggle', target.dataset.toggle, target.dataset.value);
  else if (target.dataset.add !== undefined && target.value.trim()) {
    const name = target.value.trim();
    target.value = '';
    act('toggle', target.dataset.add, name);
  } else if (target.dataset.choose !== undefined) act(target.dataset.choose, '', target.value);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (button) act(button.dataset.act, button.dataset.path, button.dataset.value);
  const copied = event.target.closest('[data-copy]');
  if (copied) {
    navigator.clipboard.writeText(byId(copied.dataset.copy).textContent).then(() => { byId('heard').textContent = texts.copied; });
  }
  const link = event.target.closest('[data-goto]');
  if (link) {
    event.preventDefault();
    goTo(link.dataset.goto);
  }
});

document.addEventListener('submit', (event) => {
  const { form, path, fields } = event.target.dataset;
  if (!form && !fields) return;
  event.preventDefault();
  if (fields) {
    act(fields, path || '', '', { fields: Object.fromEntries(new FormData(event.target)) });
    return;
  }
  act(form, path, new FormData(event.target).get('value') || '');
});

// On paper nothing can be unfolded: what was changed, and every table, stands open there.
const unfolded = new Set();
window.addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details:not([open])')) {
    if (!one.closest('.levers') || one.querySelector('.moved, .has-mistake')) unfolded.add(one);
  }
  for (const one of unfolded) one.open = true;
});
window.addEventListener('afterprint', () => {
  for (const one of unfolded) one.open = false;
  unfolded.clear();
});

for (const link of document.querySelectorAll('.skip')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    byId(link.getAttribute('href').slice(1)).focus();
  });
}

window.addEventListener('popstate', () => {
  address = location.search.slice(1);
  moves += 1;
  act('look', '', '', { replaces: true });
  showSteps();
});
byId('undo').addEventListener('click', () => whenTaken().then(() => history.back()));
byId('redo').addEventListener('click', () => whenTaken().then(() => history.forward()));
if (!history.state) {
  // A page that was gone to anew has nothing to redo.
  history.replaceState({ step: 0 }, '');
  sessionStorage.setItem('last', '0');
}
showSteps();
startSearch();
startMap();
startSaving();
startLong();
startAgain();
const added = byId(sessionStorage.getItem('focus') || '');
sessionStorage.removeItem('focus');
if (added) {
  unfold(added);
  added.focus({ preventScroll: true });
  added.scrollIntoView({ block: 'center' });
}
if (data.chosen) byId('name').value = data.names[placeOfCode.get(data.chosen)] || '';
